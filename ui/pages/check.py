"""Check your answers: everything the case says on one page, each with a way to change it and come back."""

from __future__ import annotations

from functools import partial
from itertools import islice

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.page import Page
from ui.places import RESULT
from ui.review import Group, Review, Row, summary
from ui.shell import Footer, Shell
from ui.tokens import GAP, NEAR
from ui.widgets.answer_row import AnswerRow
from ui.widgets.choice import CheckCard
from ui.widgets.doubts import Doubts
from ui.widgets.order import focus_by_key
from ui.widgets.text import Text, rule

AT_ONCE = 24
"""So many rows are made before the window may draw again."""

MISSING = {"missing", "skipped", "not-known"}


class CheckPage(Page):
    """Reads the case; a row that was changed has the focus when one comes back."""

    widest = 900
    replaceable = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Check your answers")
        head = QVBoxLayout()
        head.setSpacing(NEAR)
        head.addWidget(self.heading)
        head.addWidget(
            Text(
                "Everything that the advice rests on. Press a line to change it; Continue then brings you back here.",
                "muted",
            )
        )
        self.column.addLayout(head)
        self.counts = Text("", "strong")
        self.column.addWidget(self.counts)
        self.doubts = Doubts(shell)
        self.column.addWidget(self.doubts)
        self.only_missing = CheckCard("Show only what is missing or not known", compact=True)
        self.only_missing.clicked.connect(self._fill)
        self.column.addWidget(self.only_missing)
        self.nothing = Text("Nothing is missing.", "muted")
        self.column.addWidget(self.nothing)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.column.addLayout(self._list)
        self.rows: dict[tuple[str, str, str | None], AnswerRow] = {}
        self._groups: tuple[Group, ...] = ()
        self._boxes: list[QWidget] = []
        self._waiting: list[tuple[str, Row]] = []
        self._headings: set[str] = set()
        self._wanted: tuple[str, str, str | None] | None = None
        self._pause = QTimer(self, interval=0)
        self._pause.timeout.connect(self._fill_some)

    @property
    def filling(self) -> bool:
        """Whether lines are still being added."""
        return bool(self._waiting)

    def refresh(self) -> None:
        session = self.session
        self.doubts.refresh()
        review = Review(session.pack, session.case, session.appraisal)
        groups = tuple(review.groups())
        if groups == self._groups:
            return
        keys = [row.key for group in groups for row in group.rows]
        same = keys == [row.key for group in self._groups for row in group.rows]
        self._groups = groups
        self.counts.setText(summary(groups))
        if same and not self._waiting and not self.only_missing.isChecked():
            for group in groups:
                for row in group.rows:
                    self.rows[row.key].show_row(row)
        else:
            self._fill()

    def _fill(self, _checked: bool = False) -> None:
        only = self.only_missing.isChecked()
        for box in self._boxes:
            self._list.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes, self.rows, self._headings = [], {}, set()
        self._waiting = [
            (group.title, row) for group in self._groups for row in group.rows if not only or row.state in MISSING
        ]
        self.nothing.setVisible(not self._waiting)
        self._fill_some()

    def _fill_some(self) -> None:
        for title, row in islice(self._waiting, AT_ONCE):
            if title not in self._headings:
                self._headings.add(title)
                self._add(_Heading(title, first=len(self._headings) == 1))
            made = AnswerRow(row)
            made.clicked.connect(partial(self._change, made))
            self.rows[row.key] = made
            self._add(made)
        del self._waiting[:AT_ONCE]
        if self._waiting:
            self._pause.start()
        else:
            self._pause.stop()
            self._find_again()

    def _add(self, widget: QWidget) -> None:
        self._boxes.append(widget)
        self._list.addWidget(widget)
        widget.show()

    def _change(self, pressed: AnswerRow, _checked: bool = False) -> None:
        self._wanted = pressed.row.key
        self.shell.change(pressed.row.place, pressed.row.ask)

    def come_back(self) -> None:
        """The row that was changed has the focus; if it is gone, what changed is said at the top anyway."""
        self._find_again()

    def _find_again(self) -> None:
        found = self.rows.get(self._wanted) if self._wanted is not None else None
        if found is not None and self.isVisible():
            self._wanted = None
            self.lay_out_now()
            focus_by_key(found)

    def footer(self) -> Footer:
        """On, or to the answer."""
        return Footer("&Continue", self.shell.go_next, "See the &answer", partial(self.shell.go, RESULT))


class _Heading(QWidget):
    """The title of a group, with room above it."""

    def __init__(self, title: str, *, first: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0 if first else GAP, 0, 0)
        column.setSpacing(NEAR // 2)
        column.addWidget(Text(title, "section"))
        column.addWidget(rule("strong-rule"))
