"""A line that unfolds: a title with a short word of what is inside."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.theme import theme
from ui.tokens import BODY, CORNER, NEAR, SMALL
from ui.widgets.measure import BREAK, UNBOUNDED, WRAP, breakable, wrapped


class FoldButton(QPushButton):
    """Title, answer below it, and an arrow. Painted, so that both wrap at any size."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "fold")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._title = breakable(title)
        self._answer = ""
        self._given = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(self._name)
        self._name()

    def show_answer(self, title: str, answer: str, given: bool) -> None:
        """Shows a title and what is inside; `given` draws it as settled."""
        self._title, self._answer, self._given = breakable(title), breakable(answer), given
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._title}. {self._answer}".strip().replace(BREAK, ""))
        self.setAccessibleDescription("Unfolded. Press to fold." if self.isChecked() else "Press to unfold.")

    def _areas(self, width: int) -> tuple[QRect, QRect]:
        px = theme().px
        inner = QRect(px(16), px(NEAR), max(1, width - px(16) - px(44)), UNBOUNDED)
        title = wrapped(self._title, inner.width(), BODY, semibold=True)
        below = inner.translated(0, title.height() + px(2))
        answer = wrapped(self._answer, inner.width(), SMALL, semibold=True) if self._answer else QSize()
        return QRect(inner.topLeft(), title), QRect(below.topLeft(), answer)

    def heightForWidth(self, width: int) -> int:
        """High enough for every line."""
        title, answer = self._areas(width)
        return max(title.bottom(), answer.bottom() if self._answer else 0) + theme().px(NEAR) + 2

    def hasHeightForWidth(self) -> bool:
        """The text wraps."""
        return True

    def sizeHint(self) -> QSize:
        """A comfortable line."""
        width = theme().px(360)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Room for a word and the arrow."""
        return QSize(theme().px(160), theme().px(44))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return unfolds, as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line."""
        colours, px = theme().colours, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = 2.0 if self.hasFocus() else 1.0
        edge = colours.accent if self.hasFocus() else colours.edge if self.underMouse() else colours.line
        painter.setPen(QPen(QColor(edge), line))
        painter.setBrush(QColor(colours.canvas if self.isChecked() else colours.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2), CORNER, CORNER)
        title, answer = self._areas(self.width())
        painter.setPen(QColor(colours.ink))
        painter.setFont(theme().font(BODY, semibold=True))
        painter.drawText(title, WRAP, self._title)
        if self._answer:
            painter.setPen(QColor(colours.accent if self._given else colours.muted))
            painter.setFont(theme().font(SMALL, semibold=self._given))
            painter.drawText(answer, WRAP, self._answer)
        x, y, size = self.width() - px(26), self.height() / 2, px(5)
        pen = QPen(QColor(colours.muted), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        down = 1 if not self.isChecked() else -1
        painter.drawPolyline(
            [
                QPointF(x - size, y - size / 2 * down),
                QPointF(x, y + size / 2 * down),
                QPointF(x + size, y - size / 2 * down),
            ]
        )
        painter.end()
