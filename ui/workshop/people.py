"""Who takes part: a list by code, what each is asked, and adding many at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerwizard.case.workshop import PEOPLE_LIMIT, Asked, Participant, Workshop
from partnerwizard.report.words import counted
from partnerwizard.workshop import rounds
from ui.tokens import NEAR, TIGHT
from ui.widgets.choice import CheckCard, set_quietly
from ui.widgets.fields import Figure, PickList
from ui.widgets.fold import FoldButton
from ui.widgets.forms import LineField
from ui.widgets.text import Text, button
from ui.workshop.parts import Choices
from ui.workshop.words import person

if TYPE_CHECKING:
    from ui.workshop.setup import SetUpPage

WEIGHTS = (("ranks", "rank aims and terms"), ("points", "give points"), ("", "not weigh"))
ALONE = "No organisation"


class People(QWidget):
    """The participants, one of them open to change."""

    def __init__(self, page: SetUpPage) -> None:
        super().__init__()
        self._page = page
        self.session = page.session
        self._organisations: object = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("Who takes part, and what each is asked", "section"))
        self.note = Text("", "muted")
        column.addWidget(self.note)
        adding = QHBoxLayout()
        adding.setSpacing(TIGHT)
        self.count = Figure("How many people to add", "Up and Down change it by 1.", 200, 6)
        self.count.setSingleStep(1)
        self.count.setMinimum(1)
        self.of = PickList("Of which organisation")
        self.weights = PickList("What they are asked to do")
        for value, words in WEIGHTS:
            self.weights.addItem(f"who {words}", value)
        adding.addWidget(self.count)
        adding.addWidget(self.of, 1)
        column.addLayout(adding)
        more = QHBoxLayout()
        more.addWidget(self.weights, 1)
        more.addWidget(button("Add people", self._add, about="Adds them with a code each."))
        column.addLayout(more)
        self.list = Choices("Participants", "Arrow keys choose one; what they are asked stands below.")
        self.list.picked.connect(self._picked)
        column.addWidget(self.list)
        self.editor = Editor(self)
        column.addWidget(self.editor)

    @property
    def workshop(self) -> Workshop:
        """The workshop as it is now."""
        workshop = self._page.host.workshop
        assert workshop is not None
        return workshop

    def show_workshop(self, workshop: Workshop) -> None:
        """Shows everybody."""
        if workshop.organisations != self._organisations:
            self._organisations = workshop.organisations
            for field in (self.of, self.editor.organisation):
                kept = field.currentData()
                with QSignalBlocker(field):
                    field.clear()
                    for each in workshop.organisations:
                        field.addItem(each.name, each.id)
                    field.addItem(ALONE, "")
                    field.setCurrentIndex(max(0, field.findData(kept)))
        people = workshop.participants
        self.note.setText(
            f"{counted(len(people), 'participant')}. Codes are enough: give names or roles only where that is agreed."
            if people
            else "Nobody takes part yet. Add people by number: each gets a code."
        )
        self.list.show_lines([(each.id, f"{person(workshop, each)} – {asked_words(each.asked)}") for each in people])
        self.list.setVisible(bool(people))
        if people and self.list.chosen is None:
            with QSignalBlocker(self.list):
                self.list.choose(people[0].id)
        self._picked(self.list.chosen)

    def _picked(self, id_: str | None) -> None:
        found = self.workshop.participant_by_id.get(id_ or "")
        self.editor.setVisible(found is not None)
        if found is not None:
            self.editor.show_person(found)

    def _add(self) -> None:
        workshop = self.workshop
        number = int(self.count.value())
        if len(workshop.participants) + number > PEOPLE_LIMIT:
            self._page.fault.say(f"A workshop has at most {PEOPLE_LIMIT} participants.")
            return
        asked = Asked(weights=self.weights.currentData() or None)
        first = int(rounds.next_id(workshop)[1:])
        new = tuple(
            Participant(id=f"p{first + n:02}", organisation=self.of.currentData() or None, asked=asked)
            for n in range(number)
        )
        if self._page.change(participants=(*workshop.participants, *new)):
            self._page.shell.announce(f"{counted(number, 'person', 'people')} added.")
            self.list.choose(new[0].id)

    def put(self, change: Callable[[Participant], Participant | None], who: Callable[[Participant], bool]) -> None:
        """Changes those for whom `who` is true; None takes one out."""
        people = []
        for each in self.workshop.participants:
            new = change(each) if who(each) else each
            if new is not None:
                people.append(new)
        self._page.change(participants=tuple(people))


class Editor(QFrame):
    """One participant."""

    def __init__(self, people: People) -> None:
        super().__init__()
        self._people = people
        self._person: Participant | None = None
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, NEAR, 16, NEAR)
        column.setSpacing(TIGHT)
        self.code = Text("", "strong")
        column.addWidget(self.code)
        self.role = LineField("Role, if it may be known", "", 200)
        self.name = LineField("Name, if it may be known", "", 200)
        for field in (self.role, self.name):
            field.field.editingFinished.connect(self._keep)
            column.addWidget(field)
        column.addWidget(Text("Organisation", "small-strong"))
        self.organisation = PickList("Organisation of this participant")
        self.organisation.activated.connect(self._keep)
        column.addWidget(self.organisation)
        column.addWidget(Text("Is asked to", "small-strong"))
        self.weights = PickList("What this participant is asked to do")
        for value, words in WEIGHTS:
            self.weights.addItem(words.capitalize(), value)
        self.weights.activated.connect(self._keep)
        column.addWidget(self.weights)
        session = people.session
        self.ratings = AskedAbout(
            "Rates options, as one who knows, on", [(each.id, each.name) for each in session.pack.criteria]
        )
        self.readiness = AskedAbout(
            "Says how ready the partnership is with",
            [(each.id, each.name or each.id) for each in session.case.partners],
        )
        for part in (self.ratings, self.readiness):
            part.ticked.connect(self._keep)
            column.addWidget(part)
            part.setVisible(bool(part.cards))
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.all = button("Ask everybody the same", partial(self._same, False), "small")
        self.side = button("Ask everybody of this organisation the same", partial(self._same, True), "small")
        self.out = button("Take out", self._out, "small")
        row.addWidget(self.all)
        row.addWidget(self.side)
        row.addStretch(1)
        row.addWidget(self.out)
        column.addLayout(row)

    def show_person(self, found: Participant) -> None:
        """Shows a participant."""
        self._person = found
        self.code.setText(f"{found.code}")
        self.role.show_text(found.role)
        self.name.show_text(found.name)
        for field, value in ((self.organisation, found.organisation or ""), (self.weights, found.asked.weights or "")):
            with QSignalBlocker(field):
                field.setCurrentIndex(field.findData(value))
        self.ratings.show_ticked(found.asked.ratings)
        self.readiness.show_ticked(found.asked.readiness)
        workshop = self._people.workshop
        organisation = workshop.organisation_by_id.get(found.organisation or "")
        self.side.setVisible(organisation is not None)

    def _asked(self) -> Asked:
        return Asked(
            weights=self.weights.currentData() or None,
            ratings=self.ratings.chosen,
            readiness=self.readiness.chosen,
        )

    def _keep(self, _value: object = None) -> None:
        held = self._person
        if held is None:
            return
        new = held.model_copy(
            update={
                "role": " ".join(self.role.field.text().split()),
                "name": " ".join(self.name.field.text().split()),
                "organisation": self.organisation.currentData() or None,
                "asked": self._asked(),
            }
        )
        if new != held:
            self._person = new
            self._people.put(lambda _: new, lambda each: each.id == held.id)

    def _same(self, side: bool) -> None:
        held = self._person
        assert held is not None
        asked = self._asked()
        self._people.put(
            lambda each: each.model_copy(update={"asked": asked}),
            lambda each: not side or each.organisation == held.organisation,
        )

    def _out(self) -> None:
        held = self._person
        assert held is not None
        self._people.put(lambda _: None, lambda each: each.id == held.id)
        self._people.list.setFocus()


class AskedAbout(QWidget):
    """A line that unfolds into things to tick."""

    ticked = Signal()

    def __init__(self, title: str, things: list[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.fold = FoldButton(title)
        column.addWidget(self.fold)
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(NEAR, TIGHT, 0, 0)
        inside.setSpacing(0)
        self.cards: dict[str, CheckCard] = {}
        for id_, name in things:
            card = CheckCard(name, compact=True, flat=True)
            card.setAccessibleName(f"{title} {name}")
            card.clicked.connect(lambda _=False: self.ticked.emit())
            self.cards[id_] = card
            inside.addWidget(card)
        box.hide()
        self.fold.toggled.connect(box.setVisible)
        column.addWidget(box)

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is ticked, by id."""
        return tuple(id_ for id_, card in self.cards.items() if card.isChecked())

    def show_ticked(self, given: tuple[str, ...]) -> None:
        """Shows what somebody is asked about."""
        for id_, card in self.cards.items():
            set_quietly(card, id_ in given)
        names = [card.title for id_, card in self.cards.items() if id_ in given]
        self.fold.show_answer(self._title, ", ".join(names) or "nothing", bool(names))


def asked_words(asked: Asked) -> str:
    """What somebody is asked, in a few words."""
    parts = [words for value, words in WEIGHTS if value == asked.weights]
    if asked.ratings:
        parts.append(f"rate on {counted(len(asked.ratings), 'criterion', 'criteria')}")
    if asked.readiness:
        parts.append(f"readiness with {counted(len(asked.readiness), 'partner')}")
    return ", ".join(parts) or "asked nothing"
