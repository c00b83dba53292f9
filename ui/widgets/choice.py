"""Cards to choose from: real radio buttons and check boxes, painted as cards whose text wraps at any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from ui.theme import theme
from ui.tokens import BODY, CORNER, HAIR, NEAR, SMALL, TARGET, TIGHT
from ui.widgets.measure import UNBOUNDED, WRAP, breakable, longest_word, wrapped
from ui.widgets.order import focus_by_key

ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    # At run time a plain mixin: two Qt classes as bases of one class crash the toolkit.
    _Button = object


class _Card(_Button):
    """What radio and check cards share: measuring and painting. Mixed into a real Qt button for its behaviour."""

    title: str
    help: str
    round_mark: bool

    def _set_up(self, title: str, help_text: str, *, compact: bool, flat: bool) -> None:
        self.flat = flat
        self.title = breakable(title)
        self.help = breakable(help_text)
        self.compact = compact
        self.setText(title.replace("&", "&&"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(help_text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _mark(self) -> int:
        return theme().px(20 if not self.compact else 18)

    def _inner(self, width: int) -> QRect:
        px = theme().px
        left = self._mark_left() + self._mark() + px(TIGHT if self.flat else 14)
        top = px(HAIR if self.flat else TIGHT if self.compact else NEAR)
        return QRect(left, top, max(1, width - left - px(NEAR)), UNBOUNDED)

    def _mark_left(self) -> int:
        return theme().px(HAIR if self.flat else 16)

    def _lines(self, width: int) -> tuple[QRect, QRect]:
        """Where title and help stand on a card of this width."""
        inner = self._inner(width)
        size = SMALL if self.compact else BODY
        title = wrapped(self.title, inner.width(), size, semibold=True)
        below = inner.translated(0, title.height() + theme().px(2))
        help_text = wrapped(self.help, inner.width(), SMALL) if self.help else QSize()
        return QRect(inner.topLeft(), title), QRect(below.topLeft(), help_text)

    def heightForWidth(self, width: int) -> int:
        """High enough for every line."""
        title, help_text = self._lines(width)
        bottom = max(title.bottom(), help_text.bottom() if self.help else 0)
        least = theme().px(TARGET if self.flat else TARGET + 12)
        return max(least, bottom + theme().px(HAIR if self.flat else TIGHT if self.compact else NEAR) + 2)

    def hasHeightForWidth(self) -> bool:
        """The text wraps, so the height depends on the width."""
        return True

    def sizeHint(self) -> QSize:
        """A comfortable card."""
        width = theme().px(200 if self.compact else 360)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """No narrower than its longest word."""
        size = SMALL if self.compact else BODY
        word = longest_word(f"{self.title} {self.help}", size, semibold=True)
        width = self._inner(0).left() + word + theme().px(NEAR)
        return QSize(width, theme().px(TARGET))

    def hitButton(self, pos: QPoint) -> bool:
        """The whole card can be pressed."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card, its mark and its text."""
        colours = theme().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focused = self.isChecked(), self.hasFocus()
        line = 2.0 if chosen or focused else 1.0
        edge = colours.accent if chosen or focused else colours.edge if self.underMouse() else colours.line
        painter.setPen(QPen(QColor(edge), line))
        painter.setBrush(QColor(colours.soft if chosen else colours.paper))
        if self.flat:
            chosen = False
            line = 2.0
            painter.setPen(QPen(QColor(colours.accent), line) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = line / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), CORNER, CORNER)
        if focused and chosen:
            # On a selected card the border is already accent: focus is a second line inside it.
            painter.setPen(QPen(QColor(colours.ink), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), CORNER - 2, CORNER - 2)
        title, help_text = self._lines(self.width())
        size = SMALL if self.compact else BODY
        first_line = QFontMetrics(theme().font(size, semibold=True)).height()
        side = self._mark()
        box = QRectF(self._mark_left(), title.top() + (first_line - side) / 2, side, side)
        self._paint_mark(painter, box)
        painter.setPen(QColor(colours.ink))
        painter.setFont(theme().font(size, semibold=True))
        painter.drawText(title, WRAP, self.title)
        if self.help:
            painter.setPen(QColor(colours.muted))
            painter.setFont(theme().font(SMALL))
            painter.drawText(help_text, WRAP, self.help)
        painter.end()

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        colours = theme().colours
        on = self.isChecked()
        painter.setPen(QPen(QColor(colours.accent if on else colours.edge), 1.5))
        painter.setBrush(QColor(colours.accent if on else colours.paper))
        if self.round_mark:
            painter.drawEllipse(box)
            if on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.on_accent))
                painter.drawEllipse(box.center(), box.width() * 0.2, box.width() * 0.2)
            return
        painter.drawRoundedRect(box, HAIR, HAIR)
        if on:
            paint_tick(painter, box, colours.on_accent)


class RadioCard(_Card, QRadioButton):
    """One of several answers."""

    round_mark = True

    def __init__(self, title: str, help_text: str = "", *, compact: bool = False, flat: bool = False) -> None:
        super().__init__()
        self._set_up(title, help_text, compact=compact, flat=flat)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return chooses the card in focus, as Space does; arrows go through the group in reading order."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
            return
        group = self.group()
        if event.key() in ARROWS and group is not None:
            cards = [each for each in group.buttons() if each.isVisible() and each.isEnabled()]
            focus_by_key(cards[(cards.index(self) + ARROWS[Qt.Key(event.key())]) % len(cards)])
            return
        super().keyPressEvent(event)


class CheckCard(_Card, QCheckBox):
    """One of several things that may all be chosen."""

    round_mark = False

    def __init__(self, title: str, help_text: str = "", *, compact: bool = False, flat: bool = False) -> None:
        super().__init__()
        self._set_up(title, help_text, compact=compact, flat=flat)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return ticks the card in focus, as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)


def paint_tick(painter: QPainter, box: QRectF, colour: str) -> None:
    """A tick inside a box or circle."""
    pen = QPen(QColor(colour), max(1.6, box.width() * 0.11))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    x, y, side = box.x(), box.y(), box.width()
    painter.drawPolyline(
        [
            QPointF(x + side * 0.28, y + side * 0.52),
            QPointF(x + side * 0.44, y + side * 0.68),
            QPointF(x + side * 0.73, y + side * 0.34),
        ]
    )


def set_quietly(control: QAbstractButton, checked: bool) -> None:
    """Sets a control to what the case says without its taking that for a gesture."""
    blocked = control.blockSignals(True)
    control.setChecked(checked)
    control.blockSignals(blocked)
    control.update()
