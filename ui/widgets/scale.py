"""A rating on its fixed scale of 0 to 100: low, likely and high, where carrying on stands, and where others stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerwizard.appraisal.explain import GROUND_WORDS
from partnerwizard.appraisal.model import Interval
from partnerwizard.pack.model import Ground
from ui.theme import theme
from ui.tokens import HAIR, SMALL

THICK = 14
DOT = 4


@dataclass(frozen=True)
class OnScale:
    """What a scale shows. `marks`: likely ratings of other options by name; `original`: what the guidance rates."""

    carry_on: float
    rating: Interval | None = None
    ground: Ground = "judgement"
    original: Interval | None = None
    marks: tuple[tuple[str, float], ...] = ()


class ScaleBar(QWidget):
    """Painted; says the same in words to a screen reader."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._shown = OnScale(50.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def show_scale(self, shown: OnScale) -> None:
        """Shows another state."""
        self._shown = shown
        self.setAccessibleName(f"{self._name}. {self._words()}")
        self.setToolTip(", ".join(f"{name} {value:.0f}" for name, value in shown.marks))
        self.update()

    def _words(self) -> str:
        shown = self._shown
        parts = [f"Carrying on stands at {shown.carry_on:g}."]
        if shown.rating is not None:
            rated = shown.rating
            how = GROUND_WORDS[shown.ground]
            parts.append(f"Likely {rated.likely:.0f}, from {rated.low:.0f} to {rated.high:.0f} of 100, {how}.")
        if shown.original is not None:
            parts.append(f"The guidance rates {shown.original.likely:.0f}.")
        if shown.marks:
            parts.append("; ".join(f"{name} {value:.0f}" for name, value in shown.marks) + ".")
        return " ".join(parts)

    def sizeHint(self) -> QSize:
        """A line with figures under it."""
        return QSize(theme().px(320), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the bar and the figures."""
        px = theme().px
        return QSize(px(160), px(THICK + 2 * DOT + HAIR) + QFontMetrics(theme().font(SMALL)).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the scale."""
        colours, px, shown = theme().colours, theme().px, self._shown
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = px(DOT + 1)
        width, top, thick = self.width() - 2 * side, px(2 * DOT), px(THICK)

        def x(points: float) -> float:
            return side + points / 100 * width

        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.track))
        painter.drawRect(QRectF(side, top, width, thick))
        if shown.rating is not None:
            self._draw_rating(painter, x, top, thick)
        if shown.original is not None:
            painter.setPen(QPen(QColor(colours.muted), 2))
            line = round(x(shown.original.likely))
            painter.drawLine(line, top - px(3), line, top + thick + px(3))
        painter.setPen(QPen(QColor(colours.ink), 1.4, Qt.PenStyle.DotLine))
        painter.drawLine(round(x(shown.carry_on)), top - px(4), round(x(shown.carry_on)), top + thick + px(4))
        painter.setPen(QPen(QColor(colours.paper), 1))
        painter.setBrush(QColor(colours.accent))
        for _, value in shown.marks:
            painter.drawEllipse(QPointF(x(value), top + thick / 2), px(DOT), px(DOT))
        self._draw_figures(painter, x, top + thick + px(HAIR))
        painter.end()

    def _draw_rating(self, painter: QPainter, x: Callable[[float], float], top: int, thick: int) -> None:
        colours, rated = theme().colours, self._shown.rating
        assert rated is not None
        fill = {"studied": colours.studied, "by-design": colours.by_design}.get(self._shown.ground, colours.judgement)
        area = QRectF(x(rated.low), top, max(2.0, x(rated.high) - x(rated.low)), thick)
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(QColor(fill))
        if self._shown.ground == "unknown":
            painter.setBrush(QBrush(QColor(colours.hatch), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ink))
        painter.drawRect(QRectF(x(rated.likely) - 1.5, top - 3, 3, thick + 6))

    def _draw_figures(self, painter: QPainter, x: Callable[[float], float], top: int) -> None:
        painter.setFont(theme().font(SMALL))
        painter.setPen(QColor(theme().colours.muted))
        metrics = QFontMetrics(painter.font())
        left, right = x(0.0), x(100.0)
        taken = [(left, left + metrics.horizontalAdvance("0")), (right - metrics.horizontalAdvance("100"), right)]
        baseline = top + metrics.ascent()
        painter.drawText(round(taken[0][0]), baseline, "0")
        painter.drawText(round(taken[1][0]), baseline, "100")
        label = "carrying on"
        half = metrics.horizontalAdvance(label) / 2
        place = min(max(x(self._shown.carry_on), half), self.width() - half)
        if all(place + half + 6 < start or place - half - 6 > end for start, end in taken):
            painter.drawText(round(place - half), baseline, label)
