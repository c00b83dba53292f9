"""A ranking to choose and order: by buttons, by Alt and the arrow keys, or by dragging; ties are said, not guessed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerwizard.case.model import Ranking
from partnerwizard.pack.model import Criterion
from ui import ranking as moves
from ui.theme import theme
from ui.tokens import HAIR, NEAR, TIGHT
from ui.widgets.choice import CheckCard, set_quietly
from ui.widgets.order import focus_by_key
from ui.widgets.text import Text, button, restyle


class RankRow(QFrame):
    """One ranked criterion."""

    moved = Signal(str, int)
    tied = Signal(str, bool)
    dropped = Signal(str, object)
    dragged = Signal(object)
    removed = Signal(str)

    def __init__(self, criterion: Criterion) -> None:
        super().__init__()
        self.criterion = criterion
        self.setProperty("role", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._pressed: QPoint | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 10)
        column.setSpacing(HAIR)
        top = QHBoxLayout()
        top.setSpacing(TIGHT)
        self.number = Text("", "strong")
        self.number.setFixedWidth(theme().px(34))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(criterion.name, "strong"))
        words.addWidget(Text(criterion.question, "small"))
        top.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        name = criterion.name
        self.up = button(
            "▲", lambda: self.moved.emit(criterion.id, -1), "small", name=f"Move {name} up", about="Alt+Up"
        )
        self.down = button(
            "▼", lambda: self.moved.emit(criterion.id, 1), "small", name=f"Move {name} down", about="Alt+Down"
        )
        self.leave = button(
            "✕",
            lambda: self.removed.emit(criterion.id),
            "small",
            name=f"Take {name} out of the ranking",
            about="Delete",
        )
        self.tie = CheckCard("As important as the one above", compact=True, flat=True)
        self.tie.clicked.connect(lambda on: self.tied.emit(criterion.id, on))
        words.addWidget(self.tie)
        tools = ((self.up, "Move up (Alt+Up)"), (self.down, "Move down (Alt+Down)"), (self.leave, "Take out (Delete)"))
        for each, tip in tools:
            each.setToolTip(tip)
            top.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)

    def show_place(self, number: int, count: int, *, tied: bool, first: bool, last: bool) -> None:
        """Shows where the row stands."""
        self.number.setText(f"{number}{'=' if tied else ''}")
        self.tie.setVisible(not first)
        set_quietly(self.tie, tied)
        self.tie.setAccessibleName(f"{self.criterion.name} is as important as the one above")
        self.up.setEnabled(not first or tied)
        self.down.setEnabled(not last)
        place = f"{'Tied at' if tied else 'Number'} {number} of {count}"
        self.setAccessibleName(f"{place}: {self.criterion.name}")
        self.setAccessibleDescription(
            f"{self.criterion.question} Alt+Up and Alt+Down move it, T ties it with the one above, Delete takes it out."
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the row; plain arrows go from row to row."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        match event.key():
            case Qt.Key.Key_Up if alt:
                self.moved.emit(self.criterion.id, -1)
            case Qt.Key.Key_Down if alt:
                self.moved.emit(self.criterion.id, 1)
            case Qt.Key.Key_Up:
                self.focusNextPrevChild(False)
            case Qt.Key.Key_Down:
                self.focusNextPrevChild(True)
            case Qt.Key.Key_T if not self.tie.isHidden():
                self.tied.emit(self.criterion.id, not self.tie.isChecked())
            case Qt.Key.Key_Delete:
                self.removed.emit(self.criterion.id)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Dragging begins."""
        self._pressed = event.position().toPoint()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging goes on."""
        if self._pressed is None:
            return
        point = event.position().toPoint()
        if (point - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self.dragged.emit(self.mapToParent(point))
            if self.property("lifted") is not True:
                self.setProperty("lifted", True)
                restyle(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Dragging ends."""
        if self.property("lifted") is True:
            self.setProperty("lifted", False)
            restyle(self)
            self.dropped.emit(self.criterion.id, self.mapToParent(event.position().toPoint()))
        self._pressed = None


class RankList(QWidget):
    """The ranked criteria, and below them those that can be added. Emits `ranked`: a new ranking and its name."""

    ranked = Signal(object, str)

    def __init__(
        self, criteria: tuple[Criterion, ...], *, empty: str, rest_title: str, rest_help: Callable[[], str]
    ) -> None:
        super().__init__()
        self._criteria = {criterion.id: criterion for criterion in criteria}
        self._ranking: Ranking = ()
        self._rest_help = rest_help
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        self.empty = Text(empty, "muted")
        column.addWidget(self.empty)
        self._box = QWidget()
        self._box.setAccessibleName("Ranking, most important first")
        self._rows = QVBoxLayout(self._box)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(TIGHT)
        column.addWidget(self._box)
        self.rows: dict[str, RankRow] = {}
        self._line = QFrame(self._box)
        self._line.setProperty("role", "strong-rule")
        self._line.hide()
        column.addSpacing(NEAR)
        self._rest_title = Text(rest_title, "section")
        column.addWidget(self._rest_title)
        self._rest_line = Text("", "small")
        column.addWidget(self._rest_line)
        self.adds: dict[str, CheckCard] = {}
        for criterion in criteria:
            card = CheckCard(criterion.name, criterion.question)
            card.setAccessibleDescription(f"{criterion.question} Ticking puts it last in the ranking.")
            card.clicked.connect(lambda _=False, each=criterion.id: self._add(each))
            self.adds[criterion.id] = card
            column.addWidget(card)

    def show_ranking(self, ranking: Ranking) -> None:
        """Shows a ranking; what the pack does not know is left out of sight and kept."""
        self._ranking = ranking
        order = [each for each in moves.ids(ranking) if each in self._criteria]
        held = next(
            (each for each, row in self.rows.items() if row.isAncestorOf(QApplication.focusWidget() or self)), None
        )
        if list(self.rows) != order:
            self._lay_out(order)
        number = 0
        for index, each in enumerate(order):
            tied = moves.tied_with_above(ranking, each)
            number = number if tied else index + 1
            self.rows[each].show_place(number, len(order), tied=tied, first=index == 0, last=index == len(order) - 1)
        self.empty.setVisible(not order)
        rest = [each for each in self._criteria if each not in order]
        self._rest_title.setVisible(bool(rest))
        self._rest_line.setVisible(bool(rest))
        self._rest_line.setText(self._rest_help())
        for each, card in self.adds.items():
            set_quietly(card, False)
            card.setVisible(each not in order)
        if held in self.rows and not self.rows[held].isAncestorOf(QApplication.focusWidget() or self):
            self.rows[held].setFocus()

    def _lay_out(self, order: list[str]) -> None:
        for each in [each for each in self.rows if each not in order]:
            row = self.rows.pop(each)
            row.hide()
            row.deleteLater()
        for each in order:
            if each not in self.rows:
                self.rows[each] = self._row(self._criteria[each])
        self.rows = {each: self.rows[each] for each in order}
        for row in self.rows.values():
            self._rows.removeWidget(row)
            self._rows.addWidget(row)

    def _row(self, criterion: Criterion) -> RankRow:
        row = RankRow(criterion)
        row.moved.connect(self._move)
        row.tied.connect(self._tie)
        row.removed.connect(self._remove)
        row.dropped.connect(self._drop)
        row.dragged.connect(self._show_line)
        return row

    # --- gestures -------------------------------------------------------------------------------------------------

    def _name(self, item: str) -> str:
        return self._criteria[item].name

    def _add(self, item: str) -> None:
        order = [each for each in self._criteria if not self.adds[each].isHidden()]
        after = order[order.index(item) + 1 :] + order[: order.index(item)]
        self.ranked.emit(moves.add(self._ranking, item), f"{self._name(item)} added")
        if after:
            focus_by_key(self.adds[after[0]])

    def _remove(self, item: str) -> None:
        self.ranked.emit(moves.remove(self._ranking, item), f"{self._name(item)} taken out")
        focus_by_key(self.adds[item])

    def _move(self, item: str, by: int) -> None:
        self.ranked.emit(moves.move(self._ranking, item, by), f"{self._name(item)} moved {'up' if by < 0 else 'down'}")
        focus_by_key(self.rows[item])

    def _tie(self, item: str, on: bool) -> None:
        if on:
            self.ranked.emit(moves.tie_with_above(self._ranking, item), f"{self._name(item)} tied")
        else:
            self.ranked.emit(moves.untie(self._ranking, item), f"{self._name(item)} no longer tied")

    def _gap(self, point: QPoint) -> int:
        """The number of the row before which a point lies."""
        return sum(point.y() > row.geometry().center().y() for row in self.rows.values())

    def _show_line(self, point: QPoint) -> None:
        rows = list(self.rows.values())
        gap = self._gap(point)
        top = rows[gap].geometry().top() - 5 if gap < len(rows) else rows[-1].geometry().bottom() + 3
        self._line.setGeometry(0, max(0, top), self._box.width(), 2)
        self._line.raise_()
        self._line.show()

    def _drop(self, item: str, point: QPoint) -> None:
        self._line.hide()
        new = moves.drop(self._ranking, item, self._gap(point))
        self.ranked.emit(new, f"{self._name(item)} moved")
        focus_by_key(self.rows[item])

    def changeEvent(self, event: QEvent) -> None:
        """Another zoom: the numbers' column keeps its proportion."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for row in self.rows.values():
                row.number.setFixedWidth(theme().px(34))
