"""The step list at the left: where one is, what is done, and a way to jump anywhere."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.places import Place
from ui.theme import theme
from ui.tokens import BODY, GAP, TIGHT
from ui.widgets.marks import WORDS, Mark, paint_mark
from ui.widgets.measure import UNBOUNDED, WRAP, wrapped
from ui.widgets.text import Text

ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class StepButton(QPushButton):
    """One step. Painted, so that a long title wraps beside its mark."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self._mark: Mark = "open"
        self._detail = ""
        self._here = False
        self.setProperty("role", "step")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_state("open", "", here=False)

    def show_state(self, mark: Mark, detail: str, *, here: bool) -> None:
        """Shows how far the step is, by mark and in words."""
        self._mark, self._detail, self._here = mark, detail, here
        words = detail or WORDS[mark]
        self.setAccessibleName(f"{self.place.title}, {words}{', you are here' if here else ''}")
        self.setAccessibleDescription("Goes to this step.")
        self.setToolTip(f"{self.place.title}: {words}")
        self.update()

    @property
    def mark(self) -> Mark:
        """How far the step is."""
        return self._mark

    def _text_area(self, width: int) -> QRect:
        px = theme().px
        left = px(GAP) + px(18) + px(10)
        return QRect(left, px(6), max(1, width - left - px(TIGHT)), UNBOUNDED)

    def heightForWidth(self, width: int) -> int:
        """High enough for the wrapped title."""
        room = self._text_area(width).width()
        return wrapped(self.place.title, room, BODY - 1, semibold=True).height() + 2 * theme().px(6)

    def hasHeightForWidth(self) -> bool:
        """The title wraps."""
        return True

    def sizeHint(self) -> QSize:
        """As wide as the list."""
        width = theme().px(231)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Room for the longest word."""
        return QSize(theme().px(140), theme().px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are for the list; Return goes to the step, as Space does."""
        if event.key() in ARROWS:
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws mark and title; the present step has a bar at its left and stands on paper."""
        colours, px = theme().colours, theme().px
        painter = QPainter(self)
        if self._here:
            painter.fillRect(self.rect(), QColor(colours.paper))
            painter.fillRect(QRect(0, 0, 3, self.height()), QColor(colours.accent))
        elif self.underMouse():
            painter.fillRect(self.rect(), QColor(colours.track))
        area = self._text_area(self.width())
        font = theme().font(BODY - 1, semibold=self._here)
        side = px(18)
        top = (self.height() - side) / 2
        paint_mark(painter, QRectF(px(GAP), top, side, side), self._mark, colours, here=self._here)
        painter.setFont(font)
        painter.setPen(QColor(colours.ink))
        area.setBottom(self.height())
        area.setTop(0)
        painter.drawText(area, WRAP | int(Qt.AlignmentFlag.AlignVCenter), self.place.title)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


class StepList(QScrollArea):
    """All steps in two groups, then the workshop's if there is one. Tab reaches the list once; arrows go through it."""

    chosen = Signal(str)

    def __init__(self, places: tuple[Place, ...], workshop: tuple[Place, ...] = ()) -> None:
        super().__init__()
        self.setProperty("role", "canvas")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Steps")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("role", "canvas")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 24, 0, 12)
        column.setSpacing(0)
        self._quick_heading = Text("Quick look", "overline")
        self._then_heading = Text("Then", "overline")
        self.buttons: dict[str, StepButton] = {}
        for quick, heading in ((True, self._quick_heading), (False, self._then_heading)):
            heading.setContentsMargins(20, 4 if quick else 16, 8, 6)
            column.addWidget(heading)
            for place in places:
                if place.quick is quick:
                    column.addWidget(self._button(place))
        self._workshop = QWidget()
        in_workshop = QVBoxLayout(self._workshop)
        in_workshop.setContentsMargins(0, 0, 0, 0)
        in_workshop.setSpacing(0)
        heading = Text("WORKSHOP", "overline")
        heading.setContentsMargins(20, 16, 8, 6)
        in_workshop.addWidget(heading)
        for place in workshop:
            in_workshop.addWidget(self._button(place))
        self._workshop.hide()
        column.addWidget(self._workshop)
        column.addStretch(1)
        self.setWidget(inside)

    def _button(self, place: Place) -> StepButton:
        made = StepButton(place)
        made.clicked.connect(lambda: self.chosen.emit(place.id))
        self.buttons[place.id] = made
        return made

    def show_state(self, place: str, mark: Mark, detail: str, *, here: bool) -> None:
        """Shows how far one step is."""
        button = self.buttons[place]
        button.show_state(mark, detail, here=here)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
        if here:
            self.ensureWidgetVisible(button, 0, 60)

    def show_workshop(self, shown: bool) -> None:
        """Shows or hides the workshop's places."""
        self._workshop.setVisible(shown)

    def show_progress(self, done: int, total: int) -> None:
        """Says how far the quick look is."""
        self._quick_heading.setText("QUICK LOOK · DONE" if done >= total else f"QUICK LOOK · {done} OF {total}")
        self._quick_heading.setAccessibleName(f"Quick look, {done} of {total} answered")
        self._then_heading.setText("THEN")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from step to step."""
        order = [each for each in self.buttons.values() if each.isVisible()]
        held = next((index for index, button in enumerate(order) if button.hasFocus()), None)
        if held is None or event.key() not in ARROWS:
            super().keyPressEvent(event)
            return
        target = order[max(0, min(len(order) - 1, held + ARROWS[Qt.Key(event.key())]))]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(target, 0, 20)
