"""Fields that the toolkit does not draw well under a stylesheet: a list to pick from, and a figure."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox

from ui.theme import theme
from ui.tokens import BODY, CORNER


class PickList(QComboBox):
    """Pick one from a list; drawn by itself, so that border, focus and arrow look like the other fields."""

    def __init__(self, name: str, about: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription(about)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """As high as a line of text to type in."""
        return QSize(theme().px(320), theme().px(40))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows elide nothing until the longest entry no longer fits."""
        return QSize(theme().px(160), theme().px(40))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel scrolls the page; it must not change an answer."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the field."""
        colours, px = theme().colours, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.edge), line))
        painter.setBrush(QColor(colours.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2), CORNER, CORNER)
        chosen = self.currentIndex() >= 0
        painter.setFont(theme().font(BODY))
        painter.setPen(QColor(colours.ink if chosen else colours.muted))
        text = self.currentText() if chosen else self.placeholderText()
        room = self.rect().adjusted(px(11), 0, -px(36), 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        x, y, size = self.width() - px(20), self.height() / 2, px(5)
        pen = QPen(QColor(colours.muted), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(
            [QPointF(x - size, y - size / 2), QPointF(x, y + size / 2), QPointF(x + size, y - size / 2)]
        )
        painter.end()


class Figure(QDoubleSpinBox):
    """A whole figure to type; Up and Down change it by five."""

    def __init__(self, name: str, about: str, most: float, start: float) -> None:
        super().__init__()
        self.setDecimals(0)
        self.setRange(0, most)
        self.setSingleStep(5)
        self.setValue(start)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(name)
        self.setAccessibleDescription(about)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Room for four digits."""
        return QSize(theme().px(88), super().sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel scrolls the page; it must not change an answer."""
        event.ignore()
