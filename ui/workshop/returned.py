"""Ballots that come back: files dropped or chosen, codes read out, and exports of online forms with their columns.

What could not be taken in is listed with what to do, and the file stays where it is. No value of a vote is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Vote, Way
from partnerwizard.files import FileProblem, read_bytes
from partnerwizard.report.words import counted
from partnerwizard.workshop.rounds import standing
from ui.jobs import Job
from ui.tokens import HAIR, NEAR, TIGHT
from ui.widgets.fields import PickList
from ui.widgets.text import Text, button, restyle
from ui.workshop.host import WorkshopHost
from ui.workshop.parts import Choices, Said
from ui.workshop.words import person

if TYPE_CHECKING:
    from partnerwizard.workshop.desk import Desk
    from partnerwizard.workshop.forms import ColumnMapping, Imported, Target
    from partnerwizard.workshop.spreadsheet import Rows
    from ui.shell import Shell

SLICE = 8
"""So many votes are taken in before the window is given a turn."""


@dataclass(frozen=True)
class Read:
    """A ballot that was read, sealed in memory only; or why it was not. `name`: the file, or file and row."""

    name: str
    vote: Vote | None
    way: Way
    problem: str = ""


class Intake(QWidget):
    """Takes read ballots in, a few at a time, and lists what came of each; where somebody voted twice it asks."""

    def __init__(self, host: WorkshopHost, shell: Shell) -> None:
        super().__init__()
        self._host, self._shell = host, shell
        self._queue: list[Read] = []
        self._lines: list[str] = []
        self._taken = self._same = self._failed = 0
        self.waiting: list[Read] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        self.said = Said()
        column.addWidget(self.said)
        self.list = Choices("What came of each ballot", "The latest first.", rows=6)
        self.list.hide()
        column.addWidget(self.list)
        self._box = QFrame()
        self._box.setProperty("role", "card")
        self._rows = QVBoxLayout(self._box)
        self._rows.setSpacing(TIGHT)
        self._box.hide()
        column.addWidget(self._box)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._some)

    @property
    def busy(self) -> bool:
        """Whether ballots are still on their way in."""
        return bool(self._queue)

    def clear(self) -> None:
        """Lets go of what is shown."""
        self._turn.stop()
        self._queue, self._lines, self.waiting = [], [], []
        self._taken = self._same = self._failed = 0
        self._show()

    def take(self, read: Sequence[Read]) -> None:
        """Takes these in."""
        self._queue += read
        self._taken = self._same = self._failed = 0
        self._turn.start()

    def _some(self) -> None:
        for each in self._queue[:SLICE]:
            self._one(each)
        del self._queue[:SLICE]
        if not self._queue:
            self._turn.stop()
            self._shell.announce(self._summary())
        self._show()

    def _one(self, read: Read, *, instead: bool = False) -> None:
        if read.vote is None:
            self._failed += 1
            self._lines += reversed(read.problem.splitlines())
            return
        code = read.vote.participant.upper()
        try:
            taken = self._host.take(read.vote, read.way, replace=instead)
        except FileProblem as problem:
            if self._differs(read.vote):
                self.waiting.append(read)
                self._lines.append(f"{read.name}: {code} has voted already, otherwise. Say below which vote counts.")
            else:
                self._failed += 1
                self._lines += [f"{read.name}: {line}" for line in reversed(str(problem).splitlines())]
            return
        if taken.again:
            self._same += 1
            self._lines.append(f"{read.name}: this vote of {code} was in already.")
        else:
            self._taken += 1
            self._lines.append(f"{read.name}: {code} is in. Receipt {taken.receipt}")

    def _differs(self, vote: Vote) -> bool:
        """Whether the round is open and another vote of the same person is in."""
        workshop = self._host.workshop
        if workshop is None or not 1 <= vote.round <= len(workshop.rounds):
            return False
        found = workshop.rounds[vote.round - 1]
        return found.state == "open" and vote.participant in standing(workshop).voted

    def _summary(self) -> str:
        parts = [f"{counted(self._taken, 'vote')} taken in"] if self._taken else []
        parts += [f"{self._same} in already"] if self._same else []
        parts += [f"{counted(self._failed, 'ballot')} not taken in"] if self._failed else []
        parts += [f"{len(self.waiting)} to decide on"] if self.waiting else []
        return f"{', '.join(parts) or 'Nothing taken in'}."

    def _show(self) -> None:
        lines = list(reversed(self._lines))
        self.list.setVisible(bool(lines))
        self.list.show_lines([(str(n), line) for n, line in enumerate(lines)])
        problems = [line for line in lines if " is in. Receipt" not in line and "was in already" not in line]
        self.said.say("\n".join(problems[:3]) if self._failed else "", self._summary() if lines else "")
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for read in self.waiting:
            assert read.vote is not None
            code = read.vote.participant.upper()
            box = QWidget()
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(Text(f"{code} has voted already, and {read.name} says something else."), 1)
            keep, instead = f"Keep the first of {code}", f"Use {read.name} instead"
            row.addWidget(button("Keep the first", partial(self._decide, read, False), "small", name=keep))
            row.addWidget(button("Use this one", partial(self._decide, read, True), "small", name=instead))
            self._rows.addWidget(box)
        self._box.setVisible(bool(self.waiting))

    def _decide(self, read: Read, instead: bool) -> None:
        self.waiting.remove(read)
        if instead:
            self._one(read, instead=True)
        else:
            self._lines.append(f"{read.name}: not taken in; the first vote counts.")
        self._show()


class Files(QFrame):
    """Where ballot files are dropped, many at once, or chosen."""

    def __init__(self, host: WorkshopHost, shell: Shell, intake: Intake) -> None:
        super().__init__()
        self._host, self._intake, self._shell = host, intake, shell
        self._job: Job | None = None
        self.setProperty("role", "drop")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, NEAR, 16, NEAR)
        column.setSpacing(HAIR)
        column.addWidget(Text("Drop returned ballots here", "strong"))
        column.addWidget(Text("Web ballots (.json) and Excel ballots (.xlsx), as many as you like at once.", "small"))
        row = QHBoxLayout()
        self.choose = button("Choose files …", self._choose)
        row.addWidget(self.choose)
        row.addStretch(1)
        column.addLayout(row)

    @property
    def busy(self) -> bool:
        """Whether files are being read."""
        return self._job is not None

    def show_over(self, over: bool) -> None:
        """Shows that what is held would be taken here."""
        self.setProperty("over", over)
        restyle(self)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, "Returned ballots", "", "Ballots (*.json *.xlsx);;All files (*)")
        if chosen:
            self.read([Path(each) for each in chosen])

    def read(self, paths: Sequence[Path]) -> None:
        """Reads files off the GUI thread and takes their votes in."""
        if self._job is not None:
            self._shell.announce("The last ballots are still being read.")
            return
        self._job = Job(partial(_read_files, self._host.desk, self._host.session_case(), tuple(paths)), self)
        self._job.finished.connect(self._done)
        self._job.start()

    def _done(self, job: Job) -> None:
        self._job = None
        job.deleteLater()
        if job.error is not None:
            raise job.error
        self._intake.take(job.result)


def _read_files(desk: Desk, case: Case, paths: tuple[Path, ...]) -> list[Read]:
    """On a worker thread."""
    found: list[Read] = []
    for path in paths:
        try:
            vote, way = desk.vote_from_file(case, path)
        except FileProblem as problem:
            found.append(Read(path.name, None, "file", str(problem)))
        else:
            found.append(Read(path.name, vote, way))
    return found


class Codes(QWidget):
    """A code that a participant reads out."""

    def __init__(self, host: WorkshopHost, intake: Intake) -> None:
        super().__init__()
        self._host, self._intake = host, intake
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.who = PickList("Whose code it is")
        self.code = QLineEdit()
        self.code.setMaxLength(200)
        self.code.setPlaceholderText("Code, with or without dashes")
        self.code.setAccessibleName("Code that was read out")
        self.code.setAccessibleDescription("Capitals and dashes do not matter; O is 0, I and L are 1.")
        self.code.returnPressed.connect(self._take)
        row.addWidget(self.who)
        row.addWidget(self.code, 1)
        self.give = button("Take the code in", self._take)
        row.addWidget(self.give)
        column.addLayout(row)
        self.said = Said()
        column.addWidget(self.said)

    def show_people(self, people: list[tuple[str, str]]) -> None:
        """Shows whose code it can be: those still awaited first."""
        now = [(str(self.who.itemData(n)), self.who.itemText(n)) for n in range(self.who.count())]
        if now != people:
            kept = self.who.currentData()
            self.who.clear()
            for id_, words in people:
                self.who.addItem(words, id_)
            self.who.setCurrentIndex(max(0, self.who.findData(kept)))

    def _take(self) -> None:
        who = self.who.currentData()
        if who is None or not self.code.text().strip():
            return
        try:
            vote = self._host.desk.vote_from_code(self._host.session_case(), str(who), self.code.text())
        except FileProblem as problem:
            self.said.say(str(problem))
            return
        self.said.say("")
        self.code.clear()
        self._intake.take([Read(f"Code of {str(who).upper()}", vote, "code")])
        self.code.setFocus()


class OnlineForms(QWidget):
    """An export of Microsoft Forms, Google Forms and the like: which column is what, then its votes.

    Of the export only titles of columns are shown, and whom a row is from; never an answer.
    """

    def __init__(self, host: WorkshopHost, shell: Shell, intake: Intake) -> None:
        super().__init__()
        self._host, self._shell, self._intake = host, shell, intake
        self._job: Job | None = None
        self._rows: Rows = ()
        self._mapping: ColumnMapping | None = None
        self._name = ""
        self._targets: tuple[tuple[Target, str], ...] = ()
        self.fields: list[PickList] = []
        self.people: dict[str, PickList] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        row = QHBoxLayout()
        self.choose = button("Import an export of an online form …", self._choose, about="CSV or Excel.")
        row.addWidget(self.choose)
        row.addStretch(1)
        column.addLayout(row)
        self.said = Said()
        column.addWidget(self.said)
        self._box = QFrame()
        self._box.setProperty("role", "card")
        self._inside = QVBoxLayout(self._box)
        self._inside.setSpacing(TIGHT)
        self._title = Text("", "strong")
        self._inside.addWidget(self._title)
        self._inside.addWidget(
            Text(
                "What does each column hold? This is suggested from the titles; look at each before you go on.", "small"
            )
        )
        self._grid_box: QWidget | None = None
        buttons = QHBoxLayout()
        self.give = button("Take these votes in", self._give, "primary")
        buttons.addWidget(self.give)
        buttons.addWidget(button("Leave it", self._leave))
        buttons.addStretch(1)
        self._inside.addLayout(buttons)
        self._box.hide()
        column.addWidget(self._box)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "Export of an online form", "", "Exports (*.csv *.xlsx *.txt *.tsv);;All files (*)"
        )
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Reads an export and suggests what its columns hold."""
        session = self._shell.session
        self._name = path.name
        self._start(partial(_read_export, session.pack, session.case, path), self._show_mapping)

    def _start(self, work: Callable[[], Any], done: Callable[[Job], None]) -> None:
        if self._job is not None:
            return
        self._job = Job(work, self)
        self._job.finished.connect(done)
        self._job.start()

    def _finish(self, job: Job) -> bool:
        self._job = None
        job.deleteLater()
        if job.error is None:
            return True
        if not isinstance(job.error, FileProblem):
            raise job.error
        self.said.say(str(job.error))
        return False

    def _show_mapping(self, job: Job) -> None:
        if not self._finish(job):
            return
        self.said.say("")
        self._rows, self._mapping, self._targets = job.result
        assert self._mapping is not None
        self._title.setText(f"{self._name}: {counted(len(self._rows) - 1, 'row')}")
        if self._grid_box is not None:
            self._inside.removeWidget(self._grid_box)
            self._grid_box.hide()
            self._grid_box.deleteLater()
        self._grid_box = QWidget()
        grid = QGridLayout(self._grid_box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(TIGHT)
        self.fields = []
        for n, (title, target) in enumerate(zip(self._rows[0], self._mapping.columns, strict=True)):
            grid.addWidget(Text(title or f"Column {n + 1}", "small-ink"), n, 0)
            field = PickList(f"What the column “{title[:60]}” holds")
            field.addItem("Nothing that is used", None)
            for each, words in self._targets:
                field.addItem(words, each)
            places = [each for each, _ in self._targets]
            field.setCurrentIndex(0 if target is None else 1 + places.index(target))
            field.activated.connect(self._ask_who)
            grid.addWidget(field, n, 1)
            self.fields.append(field)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._grid = grid
        self.people = {}
        self._inside.insertWidget(2, self._grid_box)
        self._ask_who()
        self._box.show()
        if self.fields:
            self.fields[0].setFocus()

    def _columns(self) -> tuple[Target | None, ...]:
        return tuple(
            None if field.currentIndex() < 1 else self._targets[field.currentIndex() - 1][0] for field in self.fields
        )

    def _ask_who(self, _index: int = 0) -> None:
        """Rows that no code or name tells: whose they are is asked."""
        from partnerwizard.workshop.forms import Target, who

        workshop = self._host.workshop
        columns = self._columns()
        if workshop is None:
            return
        texts: list[str] = []
        if Target("who") in columns:
            n = columns.index(Target("who"))
            texts = [row[n] for row in self._rows[1:] if len(row) == len(columns) and row[n]]
        unknown = [each for each in dict.fromkeys(texts) if who(workshop, each) is None]
        if list(self.people) == unknown:
            return
        for n in range(len(self.fields), self._grid.rowCount()):
            for across in (0, 1):
                item = self._grid.itemAtPosition(n, across)
                if item is not None and (widget := item.widget()) is not None:
                    self._grid.removeWidget(widget)
                    widget.hide()
                    widget.deleteLater()
        self.people = {}
        for n, text in enumerate(unknown, len(self.fields)):
            field = PickList(f"Who “{text[:60]}” is")
            field.addItem("Leave this row out", None)
            for each in workshop.participants:
                field.addItem(person(workshop, each), each.id)
            self._grid.addWidget(Text(f"Who is “{text[:60]}”?", "small-ink"), n, 0)
            self._grid.addWidget(field, n, 1)
            self.people[text] = field

    def _give(self) -> None:
        assert self._mapping is not None
        people = {text: str(field.currentData()) for text, field in self.people.items() if field.currentData()}
        mapping = replace(self._mapping, columns=self._columns(), people=people)
        session = self._shell.session
        self._start(
            partial(_votes_in_export, session.pack, session.case, self._rows, mapping, self._name), self._votes_read
        )

    def _votes_read(self, job: Job) -> None:
        if not self._finish(job):
            return
        found: Imported = job.result
        read = [Read(f"{self._name}:{row}", vote, "forms") for row, vote in found.votes]
        read += [Read(self._name, None, "forms", problem) for problem in found.problems]
        self.said.say("", "\n".join(found.notes))
        self._leave()
        self._intake.take(read)

    def _leave(self) -> None:
        """The export's answers are let go of."""
        self._rows, self._mapping = (), None
        self._box.hide()
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)


def _read_export(pack: Any, case: Case, path: Path) -> tuple[Rows, ColumnMapping, tuple[tuple[Target, str], ...]]:
    """On a worker thread."""
    from partnerwizard.workshop import forms, spreadsheet

    rows = spreadsheet.rows_of(read_bytes(path, spreadsheet.LIMIT), path.name)
    return rows, forms.suggest_mapping(pack, case, rows), forms.targets(pack, case)


def _votes_in_export(pack: Any, case: Case, rows: Rows, mapping: ColumnMapping, name: str) -> Imported:
    """On a worker thread."""
    from partnerwizard.workshop.forms import apply_mapping

    return apply_mapping(pack, case, rows, mapping, name)
