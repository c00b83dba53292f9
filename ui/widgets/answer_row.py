"""One line of the list of answers: the question, what was said, what it costs not to know, and the word Change."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.review import FIRST, Row
from ui.theme import theme
from ui.tokens import GAP, HAIR, SMALL, TIGHT
from ui.widgets.measure import WRAP, breakable, longest_word, wrapped
from ui.words import shortened

SIDE_BY_SIDE = 520
"""Narrower than this, at 100 %, the answer stands under its question."""

MOST = 400
"""Letters of an answer that are shown here; a pasted wall of text stays whole in the case."""

CHANGE = "Change"


class AnswerRow(QPushButton):
    """Painted, so that a hundred of them cost little and wrap at any size; pressing it goes to the question."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.row = row
        self.setProperty("role", "fold")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_row(row)

    def show_row(self, row: Row) -> None:
        """Shows what the case says now."""
        self.row = row
        self._title, self._words = breakable(row.title), breakable(shortened(row.words, MOST))
        self.setAccessibleName(f"{CHANGE}: {row.title}. {shortened(row.words, MOST)}")
        self.setAccessibleDescription(row.cost)
        self.updateGeometry()
        self.update()

    def _areas(self, width: int) -> tuple[QRect, QRect, QRect, QRect]:
        """Where the question, the answer, the cost and the word Change stand."""
        px = theme().px
        change = longest_word(CHANGE, SMALL)
        top, left, room = px(TIGHT), px(HAIR), width - 2 * px(HAIR)
        words = max(1, room - change - px(GAP))
        if width >= px(SIDE_BY_SIDE):
            half = (words - px(GAP)) // 2
            words = half
            question = QRect(QPoint(left, top), wrapped(self._title, words, SMALL))
            place = QPoint(left + half + px(GAP), top)
        else:
            question = QRect(QPoint(left, top), wrapped(self._title, words, SMALL))
            place = QPoint(left, top + question.height() + px(HAIR))
        answer = QRect(place, wrapped(self._words, words, SMALL, semibold=True))
        below = place + QPoint(0, answer.height() + px(2))
        cost = QRect(below, wrapped(self.row.cost, words, SMALL) if self.row.cost else QSize())
        return question, answer, cost, QRect(left + room - change, top, change, wrapped(CHANGE, change, SMALL).height())

    def heightForWidth(self, width: int) -> int:
        """High enough for every line."""
        question, answer, cost, _ = self._areas(width)
        return max(question.bottom(), answer.bottom(), cost.bottom() if self.row.cost else 0) + theme().px(TIGHT) + 2

    def hasHeightForWidth(self) -> bool:
        """The text wraps."""
        return True

    def sizeHint(self) -> QSize:
        """A comfortable line."""
        width = theme().px(SIDE_BY_SIDE)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Room for a word and for Change."""
        return QSize(theme().px(160), theme().px(34))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses it, as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line, with a hairline under it."""
        colours = theme().colours
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(colours.canvas))
        question, answer, cost, change = self._areas(self.width())
        given = self.row.state == "given"
        painter.setFont(theme().font(SMALL))
        painter.setPen(QColor(colours.ink))
        painter.drawText(question, WRAP, self._title)
        painter.setFont(theme().font(SMALL, semibold=True))
        painter.setPen(QColor(colours.ink if given else colours.muted))
        painter.drawText(answer, WRAP, self._words)
        font = theme().font(SMALL)
        painter.setFont(font)
        if self.row.cost:
            painter.setPen(QColor(colours.caution if self.row.cost == FIRST else colours.muted))
            painter.drawText(cost, WRAP, self.row.cost)
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(QColor(colours.accent))
        painter.drawText(change, 0, CHANGE)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
