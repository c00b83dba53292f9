"""The bars of the strip: options against carrying on, with their intervals, moving smoothly when answers change."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QRect, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.motion import motion
from ui.theme import theme
from ui.tokens import HAIR, NEAR, SMALL
from ui.widgets.measure import WRAP, wrapped

LASTING = 180


@dataclass(frozen=True)
class Bar:
    """One option: its name, whether the verdict names it, and its value against carrying on."""

    id: str
    name: str
    named: bool
    low: float
    likely: float
    high: float


class Bars(QWidget):
    """Intervals on one scale with a dashed line at carrying on. Says the same in words to a screen reader.

    `pressed` brings the id of a bar that is clicked. By keyboard the same is reached by Ctrl+D, wherever one is.
    """

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Press a bar to see where its points come from (Ctrl+D)")
        self._bars: tuple[Bar, ...] = ()
        self._before: dict[str, Bar] = {}
        self._share = 1.0
        self._scale = (-10.0, 10.0)
        self._scale_before = self._scale
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._motion = QVariantAnimation(self)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._advance)
        theme().changed.connect(self.updateGeometry)
        self._say()

    def _say(self) -> None:
        """The same in words, as the name of the picture: not every reader asks for a description."""
        said = (
            f"{bar.name}: {bar.likely:+.0f} points, from {bar.low:+.0f} to {bar.high:+.0f}" for bar in self._bars
        )
        self.setAccessibleName(f"Options against carrying on. {'; '.join(said) or 'None yet'}.")

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Moves to these bars."""
        if bars == self._bars:
            return
        self._before = {bar.id: bar for bar in self._bars}
        self._scale_before = self._scale
        self._bars = bars
        ends = [0.0, *(bar.low for bar in bars), *(bar.high for bar in bars)]
        room = max(1.0, (max(ends) - min(ends)) * 0.04)
        self._scale = (min(ends) - room, max(ends) + room)
        self._say()
        self.updateGeometry()
        self._motion.stop()
        if motion().still or not self._before or not self.isVisible():
            self._advance(1.0)
        else:
            self._motion.setDuration(LASTING)
            self._motion.start()

    def _advance(self, share: float) -> None:
        self._share = float(share)
        self.update()

    def _name_height(self, bar: Bar, width: int) -> int:
        return wrapped(bar.name, width, SMALL, semibold=bar.named).height()

    def heightForWidth(self, width: int) -> int:
        """Names, bars, and the word under the line."""
        px = theme().px
        rows = sum(self._name_height(bar, width) + px(HAIR) + px(10) + px(NEAR) for bar in self._bars)
        return rows + QFontMetrics(theme().font(SMALL)).height() + px(2) if self._bars else 0

    def hasHeightForWidth(self) -> bool:
        """Names wrap."""
        return True

    def sizeHint(self) -> QSize:
        """As wide as the strip."""
        width = theme().px(270)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(theme().px(140), 0)

    def bar_at(self, y: float) -> str | None:
        """The id of the bar at this height."""
        px, top = theme().px, 0.0
        for bar in self._bars:
            top += self._name_height(bar, self.width()) + px(HAIR) + px(10) + px(NEAR)
            if y < top:
                return bar.id
        return None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on a bar asks for its story."""
        found = self.bar_at(event.position().y())
        if found is not None and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(found)

    def _between(self, before: float, after: float) -> float:
        return before + (after - before) * self._share

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the bars as far as they have moved."""
        if not self._bars:
            return
        colours, px = theme().colours, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low = self._between(self._scale_before[0], self._scale[0])
        high = self._between(self._scale_before[1], self._scale[1])
        width = self.width()

        def x(value: float) -> float:
            return (value - low) / (high - low) * width

        y, thick = 0, px(10)
        for bar in self._bars:
            old = self._before.get(bar.id, bar)
            height = self._name_height(bar, width)
            painter.setFont(theme().font(SMALL, semibold=bar.named))
            painter.setPen(QColor(colours.ink))
            painter.drawText(QRect(0, y, width, height), WRAP, bar.name)
            y += height + px(HAIR)
            painter.setPen(QPen(QColor(colours.line), 1) if colours.track == colours.paper else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.track))
            painter.drawRect(QRectF(0, y, width, thick))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.by_design))
            left, right = x(self._between(old.low, bar.low)), x(self._between(old.high, bar.high))
            painter.drawRect(QRectF(left, y, max(2.0, right - left), thick))
            painter.setBrush(QColor(colours.ink))
            painter.drawRect(QRectF(x(self._between(old.likely, bar.likely)) - 1.5, y - 2, 3, thick + 4))
            # The line at carrying on stands at the bars only, so that it crosses no name.
            painter.setPen(QPen(QColor(colours.ink), 1.4, Qt.PenStyle.DotLine))
            painter.drawLine(round(x(0.0)), y - px(3), round(x(0.0)), y + thick + px(3))
            y += thick + px(NEAR)
        zero = x(0.0)
        painter.setPen(QColor(colours.muted))
        painter.setFont(theme().font(SMALL))
        metrics = QFontMetrics(painter.font())
        words = "carrying on"
        place = min(
            max(0.0, zero - metrics.horizontalAdvance(words) / 2), max(0.0, width - metrics.horizontalAdvance(words))
        )
        painter.drawText(round(place), y + metrics.ascent() - px(2), words)
        painter.end()
