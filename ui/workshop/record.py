"""The record: every line in words, whether its chain holds, receipts, dissent in people's own words, the decision."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerwizard.report.words import counted, day
from partnerwizard.workshop import rounds
from partnerwizard.workshop.record import check_record, receipt, seal_of
from partnerwizard.workshop.telling import told
from ui.pages.page import Page
from ui.places import DECISION, REPORT
from ui.shell import Footer, Shell
from ui.tokens import NEAR, TIGHT
from ui.widgets.fields import PickList
from ui.widgets.forms import AreaField
from ui.widgets.text import Text, button
from ui.workshop.parts import Choices, Said, sure
from ui.workshop.words import person

NOBODY = "Not attributed to anybody"


class RecordPage(Page):
    """What happened, in order; lines are only ever added."""

    whole_width = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Record of the workshop")
        self.host = shell.workshop
        self.column.addWidget(self.heading)
        self.column.addWidget(
            Text(
                "Lines are only ever added, and each is tied to the one before by a hash. That shows accidents and "
                "later changes of one place. It does not protect against the owner of this computer, who could write "
                "the whole record anew: that is why people note the seal and their receipts.",
                "muted",
            )
        )
        self.check = Text("", "notice", selectable=True)
        self.column.addWidget(self.check)
        self.seal = Text("", "strong", selectable=True)
        self.column.addWidget(self.seal)
        self.list = Choices("The record, line by line", "The latest last.", rows=12)
        self.column.addWidget(self.list)
        self.receipts = Receipts(self)
        self.dissent = Dissent(self)
        self.decision = FinalDecision(self)
        self.over = Over(self)
        for each in (self.receipts, self.dissent, self.decision, self.over):
            self.column.addWidget(each)

    @property
    def replaceable(self) -> bool:
        """While nobody is typing a remark."""
        return not self.dissent.words.field.toPlainText()

    def refresh(self) -> None:
        workshop = self.host.workshop
        for each in (self.check, self.seal, self.list, self.receipts, self.dissent, self.over):
            each.setVisible(workshop is not None)
        self.decision.refresh()
        if workshop is None:
            return
        problems = check_record(workshop)
        self.check.set_role("fault" if problems else "notice")
        self.check.setText(
            "\n".join(problems)
            if problems
            else f"The chain holds: {counted(len(workshop.record), 'line')}, none changed, taken out or put in between."
        )
        self.seal.setText(f"Seal: {seal_of(workshop)}")
        lines = [
            (str(each.number), f"{each.number}. {each.at.astimezone():%H:%M} {told(workshop, each)}")
            for each in workshop.record
        ]
        self.list.show_lines(lines)
        self.list.scrollToBottom()
        self.receipts.refresh()
        self.dissent.refresh()

    def footer(self) -> Footer:
        """The workshop is a chapter of the report."""
        return Footer(
            "Make the &report", partial(self.shell.go, REPORT), "Record the decision", partial(self.shell.go, DECISION)
        )


class Receipts(QWidget):
    """Votes that were counted, by receipt, so that everybody can find theirs."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("Was my vote counted?", "section"))
        row = QHBoxLayout()
        self.field = QLineEdit()
        self.field.setMaxLength(40)
        self.field.setPlaceholderText("Receipt")
        self.field.setAccessibleName("Receipt to look for")
        self.field.returnPressed.connect(self._look)
        row.addWidget(self.field, 1)
        row.addWidget(button("Look for it", self._look))
        column.addLayout(row)
        self.said = Said()
        column.addWidget(self.said)
        self.list = Text("", "small", selectable=True)
        column.addWidget(self.list)

    def refresh(self) -> None:
        """Receipts of what has been revealed, in the order of the receipts and not of the people."""
        workshop = self._page.host.workshop
        assert workshop is not None
        lines = []
        for each in workshop.rounds:
            found = sorted(receipt(vote.commitment) for vote in each.votes)
            if found:
                lines.append(f"Round {each.number}: {', '.join(found)}")
        self.list.setText("\n".join(lines) or "Receipts are listed after the first reveal.")

    def _look(self) -> None:
        workshop = self._page.host.workshop
        wanted = _bare(self.field.text())
        if workshop is None or not wanted:
            return
        for each in workshop.rounds:
            if wanted in {_bare(receipt(vote.commitment)) for vote in each.votes}:
                self.said.say("", f"Yes: it is among the votes counted in round {each.number}.")
                return
            if wanted in {_bare(receipt(sealed.commitment)) for sealed in each.sealed}:
                self.said.say("", f"It is in, sealed, and will be counted when round {each.number} is revealed.")
                return
        known = {_bare(receipt(line.detail["receipt"])) for line in workshop.record if "receipt" in line.detail}
        self.said.say(
            "It was in once, and was withdrawn or replaced by a later vote; the record says when."
            if wanted in known
            else "No vote has this receipt. Check each group of letters."
        )


class Dissent(QWidget):
    """Somebody's own words for the record."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("Dissent and remarks, in people’s own words", "section"))
        self.shown = Text("", "body", selectable=True)
        column.addWidget(self.shown)
        self.words = AreaField("What is to stand in the record", "It goes into the report as it is typed here.")
        column.addWidget(self.words)
        row = QHBoxLayout()
        self.who = PickList("Whose words they are")
        row.addWidget(self.who, 1)
        self.add = button("Put it on record", self._add)
        row.addWidget(self.add)
        column.addLayout(row)
        self.said = Said()
        column.addWidget(self.said)

    def refresh(self) -> None:
        """Shows what has been said."""
        workshop = self._page.host.workshop
        assert workshop is not None
        people = [("", NOBODY), *((each.id, person(workshop, each)) for each in workshop.participants)]
        if [(self.who.itemData(n), self.who.itemText(n)) for n in range(self.who.count())] != people:
            kept = self.who.currentData()
            self.who.clear()
            for id_, words in people:
                self.who.addItem(words, id_)
            self.who.setCurrentIndex(max(0, self.who.findData(kept)))
        said = [
            f"“{each.text}” ({each.participant.upper() if each.participant else 'not attributed'})"
            for each in workshop.remarks
        ]
        self.shown.setText("\n\n".join(said) or "Nobody has asked for anything to be recorded.")
        self.shown.set_role("body" if said else "muted")

    def _add(self) -> None:
        text = self.words.field.toPlainText().strip()
        who = str(self.who.currentData() or "") or None
        problem = self._page.host.attempt(lambda case, at: rounds.remark(case, text, who, at))
        self.said.say(problem)
        if not problem:
            self.words.field.clear()
            self._page.shell.announce("It is on record.")


class FinalDecision(QWidget):
    """What was decided in the end; also where it goes against the result."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("The final decision", "section"))
        self.words = Text("", selectable=True)
        column.addWidget(self.words)
        row = QHBoxLayout()
        self.button = button("Record the decision …", partial(page.shell.go, DECISION))
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)

    def refresh(self) -> None:
        """Shows the decision."""
        decision = self._page.session.case.decision
        if decision is None:
            self.words.setText(
                "None is recorded yet. A decision against the result is allowed, and the record says that it is."
            )
            self.button.setText("Record the decision …")
            return
        names = {}
        if self._page.session.appraisal is not None:
            names = {each.id: each.name for each in self._page.session.appraisal.options}
        what = names.get(decision.option or "", decision.option or "") or decision.text
        self.words.setText(f"{what}. {decision.decided_by}, {day(decision.day)}.")
        self.button.setText("Change the record …")


class Over(QWidget):
    """When the workshop is over: keys and journal go from this computer."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("When the workshop is over", "section"))
        column.addWidget(
            Text(
                "The keys of the rounds, and a sealed copy of every vote against a crash, are kept on this computer. "
                "Delete them once the case is saved. What has been revealed stays in the case.",
                "muted",
            )
        )
        row = QHBoxLayout()
        self.button = button("Delete keys and journal …", self._forget)
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        self.said = Said()
        column.addWidget(self.said)

    def _forget(self) -> None:
        page = self._page
        workshop = page.host.workshop
        assert workshop is not None
        sealed = sum(len(each.sealed) for each in workshop.rounds)
        warning = f"{counted(sealed, 'vote')} not revealed can then never be read. " if sealed else ""
        text = f"{warning}This cannot be taken back."
        if sure(self, "Delete the keys and the journal of this workshop?", text, "&Delete them"):
            page.host.desk.forget(page.session.case)
            self.said.say("", "They are deleted.")


def _bare(text: str) -> str:
    return "".join(each for each in text.upper() if each.isalnum())
