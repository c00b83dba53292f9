"""Fields that the toolkit does not draw well under a stylesheet: a list to pick from, and a figure."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox

from ui.theme import theme
from ui.tokens import BODY, CORNER, FIGURE_STEPS


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
    """A whole figure to type or paste; Up and Down, or its minus and plus, change it by five."""

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
        """Room for four digits, a minus and a plus."""
        return QSize(theme().px(76 + FIGURE_STEPS), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The figure stands beside its minus and plus, not under them: the stylesheet's padding does not reach it."""
        super().resizeEvent(event)
        self.lineEdit().setTextMargins(0, 0, theme().px(FIGURE_STEPS) + 4, 0)

    def more_at(self) -> QRect:
        """Where a press makes it more."""
        half = theme().px(FIGURE_STEPS) // 2
        return QRect(self.width() - half, 0, half, self.height())

    def less_at(self) -> QRect:
        """Where a press makes it less."""
        return self.more_at().translated(-self.more_at().width(), 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Presses the minus or the plus."""
        at = event.position().toPoint()
        if self.less_at().contains(at) or self.more_at().contains(at):
            self.stepBy(1 if self.more_at().contains(at) else -1)
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the minus and the plus into the field."""
        super().paintEvent(event)
        colours, arm = theme().colours, theme().px(5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        enabled = self.isEnabled()
        for where, more, useful in (
            (self.less_at(), False, self.value() > self.minimum()),
            (self.more_at(), True, self.value() < self.maximum()),
        ):
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(where.left(), 7), QPointF(where.left(), self.height() - 7))
            painter.setPen(QPen(QColor(colours.ink if useful and enabled else colours.line), 1.6))
            middle = QRectF(where).center()
            painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
            if more:
                painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))
        painter.end()

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Lets through what is pasted with spaces, commas or a per cent sign."""
        state, _, _ = super().validate(plain_figure(text), place)
        return state, text, place

    def valueFromText(self, text: str) -> float:
        """The figure in what was typed or pasted."""
        return super().valueFromText(plain_figure(text))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel scrolls the page; it must not change an answer."""
        event.ignore()


def plain_figure(text: str) -> str:
    """What was typed or pasted without spaces, thousands separators, currency and per cent signs."""
    return "".join(each for each in text if not each.isspace() and each not in ",'’%£€$")
