"""A chart of the report in the window's own colours, at the width that there is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from partnerwizard.report.charts.marks import Picture, draw
from ui.theme import theme


class ChartView(QWidget):
    """Lays a chart out for its width and draws it for the palette; says its words to a screen reader."""

    def __init__(self, lay_out: Callable[[float], Picture], alt: str) -> None:
        super().__init__()
        self._lay_out = lay_out
        self._svg = QSvgWidget()
        self._svg.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._drawn: tuple[int, str, int] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._svg)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(alt)
        self._svg.setAccessibleName(alt)
        theme().changed.connect(self._draw)

    def show_picture(self, lay_out: Callable[[float], Picture], alt: str) -> None:
        """Shows another chart in place."""
        self._lay_out = lay_out
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
