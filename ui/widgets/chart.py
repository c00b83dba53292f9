"""A chart of the report in the window's own colours, at the width that there is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from partnerwizard.report.charts.marks import Picture, draw
from ui.theme import theme
from ui.widgets.text import button

AXIS = 24
"""Above this, at 100 %, stands the name of the line at which bars start, and no row."""

LONE_ROW = 40
"""How high a row is that stands alone."""

ABOVE_FIGURE = 16
"""How far a row reaches above the foot of its figure."""

Rows = tuple[tuple[str, Callable[[], object]], ...]
"""What can be pressed in a chart with a row for each thing: its name, and what pressing it does."""


class ChartView(QWidget):
    """Lays a chart out for its width and draws it for the palette; says its words to a screen reader.

    `rows`: rows that can be pressed, in the chart's own order; each lies over the row whose figure stands at the right.
    """

    def __init__(self, lay_out: Callable[[float], Picture], alt: str, rows: Rows = ()) -> None:
        super().__init__()
        self._rows = rows
        self.hits: list[QPushButton] = []
        self._lay_out = lay_out
        self._svg = QSvgWidget()
        self._svg.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._drawn: tuple[int, str, int] | None = None
        layers = QGridLayout(self)
        layers.setContentsMargins(0, 0, 0, 0)
        layers.addWidget(self._svg, 0, 0)
        self._over = QWidget()
        self._places = QGridLayout(self._over)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setSpacing(0)
        layers.addWidget(self._over, 0, 0)
        self._make_hits()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(alt)
        self._svg.setAccessibleName(alt)
        theme().changed.connect(self._draw)

    def show_picture(self, lay_out: Callable[[float], Picture], alt: str, rows: Rows = ()) -> None:
        """Shows another chart in place."""
        self._lay_out = lay_out
        if [name for name, _ in rows] != [name for name, _ in self._rows]:
            self._rows = rows
            self._make_hits()
        self.setAccessibleName(alt)
        self._svg.setAccessibleName(alt)
        self._drawn = None
        self._draw()

    def sizeHint(self) -> QSize:
        """The chart at its natural size."""
        return QSize(theme().px(560), self.height() if self._drawn else theme().px(280))

    def minimumSizeHint(self) -> QSize:
        """Small; the layout gives what there is."""
        return QSize(theme().px(240), 60)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another layout of the chart."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        zoom = theme().zoom / 100
        width = max(240, round(self.width() / zoom))
        state = (width, theme().look, theme().zoom)
        if state == self._drawn:
            return
        self._drawn = state
        picture = self._lay_out(float(width))
        self._svg.load(QByteArray(draw(picture, theme().colours).encode()))
        renderer = self._svg.renderer()
        if not renderer.isValid():
            raise ValueError(f"the chart {picture.name} is not drawable")
        renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedHeight(round(picture.height * zoom))
        self._lay_hits(picture, zoom)

    def _make_hits(self) -> None:
        """A button without a look of its own for each row that can be pressed."""
        for old in self.hits:
            self._places.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.hits = []
        for number, (name, pressed) in enumerate(self._rows, 1):
            hit = button("", pressed, "hit", name=name, about="Shows where its points come from.")
            hit.setToolTip(name)
            hit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            self._places.addWidget(hit, number, 0)
            self.hits.append(hit)

    def _lay_hits(self, picture: Picture, zoom: float) -> None:
        """Puts the buttons over their rows."""
        feet = [
            label.y for label in picture.labels if label.anchor == "end" and label.x == picture.width and label.y > AXIS
        ]
        shown = bool(self.hits) and len(feet) == len(self.hits)
        for hit in self.hits:
            hit.setVisible(shown)
        for number in range(self._places.rowCount()):
            self._places.setRowMinimumHeight(number, 0)
            self._places.setRowStretch(number, 0)
        if not shown:
            return
        tops = [round((foot - ABOVE_FIGURE) * zoom) for foot in feet]
        last = min((below - above for above, below in pairwise(tops)), default=round(LONE_ROW * zoom))
        self._places.setRowMinimumHeight(0, tops[0])
        for number, (above, below) in enumerate(pairwise([*tops, tops[-1] + last]), 1):
            self._places.setRowMinimumHeight(number, below - above)
        self._places.setRowStretch(len(tops) + 1, 1)
