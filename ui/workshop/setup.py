"""Set up the workshop: who takes part, how they may be shown, what each is asked, the plan of the session, papers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, QTime
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerwizard.case.workshop import Names, Organisation, Stage, Workshop
from partnerwizard.report.words import counted
from partnerwizard.workshop import rounds
from partnerwizard.workshop.plan import suggested_plan
from ui.pages.page import Page
from ui.shell import Footer, Shell
from ui.theme import theme
from ui.tokens import NEAR, TIGHT
from ui.widgets.choice import CheckCard, RadioCard, set_quietly
from ui.widgets.fields import Figure
from ui.widgets.text import Text, button
from ui.workshop.handout import HandOut
from ui.workshop.host import own_organisation
from ui.workshop.parts import Said
from ui.workshop.people import People
from ui.workshop.places import ROUND, SET_UP
from ui.workshop.words import KINDS

SHOWN: tuple[tuple[Names, str, str], ...] = (
    ("codes", "By code alone", "P01, P02 and so on. Usual, and best where there is an imbalance of power."),
    (
        "roles",
        "By role and organisation",
        "Only where everybody has agreed. With few people a role is as good as a name.",
    ),
    ("names", "By name", "Only where everybody has agreed."),
)


class SetUpPage(Page):
    """Everything that can be got ready before people come."""

    whole_width = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Set up the workshop")
        self.host = shell.workshop
        self.column.addWidget(self.heading)
        self.column.addWidget(
            Text(
                "People vote apart, and nobody sees a vote before the reveal: the facilitator sees who is in, no more. "
                "Then it is shown where people differ, and whether it matters. Nothing is sent anywhere. What you do "
                "here goes into the workshop’s record and cannot be undone by Ctrl+Z; change it here instead.",
                "muted",
            )
        )
        self.fault = Said()
        self.column.addWidget(self.fault)
        self.begin = button("Set up a workshop", self._begin, "primary", about="Adds a workshop to this case.")
        row = QHBoxLayout()
        row.addWidget(self.begin)
        row.addStretch(1)
        self.column.addLayout(row)
        self.body = QWidget()
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(NEAR)
        self.organisations = Organisations(self)
        self.people = People(self)
        self.shown = Shown(self)
        self.plan = Plan(self)
        self.papers = HandOut(self, shell)
        for each in (self.organisations, self.people, self.shown, self.plan, self.papers):
            inside.addWidget(each)
        self.column.addWidget(self.body)

    def refresh(self) -> None:
        workshop = self.host.workshop
        self.begin.setVisible(workshop is None)
        self.body.setVisible(workshop is not None)
        if workshop is not None:
            for each in (self.organisations, self.people, self.shown, self.plan):
                each.show_workshop(workshop)
            self.papers.refresh()

    def _begin(self) -> None:
        self.fault.say(self.host.begin())
        self.refresh()
        self.shell.go(SET_UP)
        self.organisations.name.setFocus()

    def change(self, **parts: object) -> bool:
        """Changes parts of the set-up; says why not where that is refused."""

        def changed(case: object, at: object) -> object:
            return rounds.set_up(case, at, **parts)  # type: ignore[arg-type]

        problem = self.host.attempt(changed)  # type: ignore[arg-type]
        self.fault.say(problem)
        if problem:
            self.to_top()
            self.shell.announce(problem)
            self.refresh()
        return not problem

    def footer(self) -> Footer:
        """On to the rounds."""
        workshop = self.host.workshop
        if workshop is None:
            return Footer("&Continue", self.shell.go_next, note="Nothing is set up yet")
        note = counted(len(workshop.participants), "participant")
        return Footer("&Continue to the rounds", partial(self.shell.go, ROUND), note=note)


class Organisations(QWidget):
    """Whose people take part."""

    def __init__(self, page: SetUpPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("Whose people take part", "section"))
        self.empty = Text("Nobody is named yet. Without organisations everybody speaks alone.", "muted")
        column.addWidget(self.empty)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(TIGHT)
        column.addLayout(self._rows)
        self._shown: tuple[object, ...] | None = None
        self._boxes: list[QWidget] = []
        row = QHBoxLayout()
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.name.setPlaceholderText("Name of an organisation")
        self.name.setAccessibleName("Name of an organisation that takes part")
        self.name.setAccessibleDescription("Type a name and press Return to add it.")
        self.name.returnPressed.connect(self._add_typed)
        row.addWidget(self.name, 1)
        row.addWidget(button("Add organisation", self._add_typed))
        column.addLayout(row)

    def show_workshop(self, workshop: Workshop) -> None:
        """Shows those there are, and those of the case that could be added."""
        case = self._page.session.case
        offered = [own_organisation(case)] if case.organisation.strip() else []
        offered += [
            Organisation(id=each.id, name=each.name, partner=each.id) for each in case.partners if each.name.strip()
        ]
        taken = {each.partner for each in workshop.organisations} | set(workshop.organisation_by_id)
        named = {each.name.casefold() for each in workshop.organisations}
        offered = [each for each in offered if each.id not in taken and each.name.casefold() not in named]
        state = (workshop.organisations, tuple(offered))
        if state == self._shown:
            return
        self._shown = state
        for box in self._boxes:
            self._rows.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = []
        for each in workshop.organisations:
            self._row(each.name, "Take out", partial(self._remove, each.id), f"Take out {each.name}", "body")
        for each in offered:
            self._row(each.name, "Add", partial(self._add, each), f"Add {each.name}", "muted")
        self.empty.setVisible(not workshop.organisations)

    def _row(self, name: str, words: str, pressed: object, said: str, role: str) -> None:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Text(name, role), 1)
        row.addWidget(button(words, pressed, "small", name=said))  # type: ignore[arg-type]
        self._rows.addWidget(box)
        self._boxes.append(box)

    def _add_typed(self) -> None:
        name = " ".join(self.name.text().split())
        workshop = self._page.host.workshop
        if not name or workshop is None:
            return
        if name.casefold() in {each.name.casefold() for each in workshop.organisations}:
            self._page.fault.say(f"{name} is among the organisations already.")
            return
        used = {each.id for each in workshop.organisations}
        number = next(n for n in range(1, 1000) if f"o{n}" not in used)
        self._add(Organisation(id=f"o{number}", name=name))
        self.name.clear()
        self.name.setFocus()

    def _add(self, organisation: Organisation) -> None:
        workshop = self._page.host.workshop
        assert workshop is not None
        self._page.change(organisations=(*workshop.organisations, organisation))

    def _remove(self, id_: str) -> None:
        workshop = self._page.host.workshop
        assert workshop is not None
        members = sum(each.organisation == id_ for each in workshop.participants)
        if members:
            self._page.fault.say(
                f"{workshop.organisation_by_id[id_].name}: {counted(members, 'participant')} belong to it. "
                "Move them or take them out first."
            )
            return
        self._page.change(organisations=tuple(each for each in workshop.organisations if each.id != id_))


class Shown(QWidget):
    """How people are shown, and who sees what each side says about readiness."""

    def __init__(self, page: SetUpPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("How people may be shown", "section"))
        group = QButtonGroup(self)
        self.cards: dict[str, RadioCard] = {}
        for name, title, help_text in SHOWN:
            card = RadioCard(title, help_text, compact=True)
            group.addButton(card)
            card.clicked.connect(partial(self._choose, name))
            self.cards[name] = card
            column.addWidget(card)
        self.share = CheckCard(
            "Answers on readiness may stand in papers that both sides see",
            "Each side’s judgement of the other is private unless both agree to show it.",
            compact=True,
        )
        self.share.clicked.connect(self._share)
        column.addWidget(self.share)

    def show_workshop(self, workshop: Workshop) -> None:
        """Shows what is agreed."""
        for name, card in self.cards.items():
            set_quietly(card, name == workshop.names)
        set_quietly(self.share, workshop.share_readiness)

    def _choose(self, name: str, _checked: bool = False) -> None:
        self._page.change(names=name)

    def _share(self, on: bool) -> None:
        self._page.change(share_readiness=on)


class Plan(QWidget):
    """The parts of the session with suggested times, as the facilitator wants them."""

    def __init__(self, page: SetUpPage) -> None:
        super().__init__()
        self._page = page
        self._stages: tuple[Stage, ...] = ()
        self.rows: list[StageRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("Plan of the session", "section"))
        self.note = Text("", "muted")
        column.addWidget(self.note)
        start = QHBoxLayout()
        label = Text("Begins at", "small-strong")
        self.start = QLineEdit("09:30")
        self.start.setMaxLength(5)
        self.start.setMaximumWidth(theme().px(88))
        self.start.setAccessibleName("The session begins at")
        self.start.setAccessibleDescription("Hours and minutes, such as 13:30. It is not kept with the case.")
        self.start.editingFinished.connect(self._show_times)
        start.addWidget(label)
        start.addWidget(self.start)
        start.addStretch(1)
        column.addLayout(start)
        self._list = QVBoxLayout()
        self._list.setSpacing(TIGHT)
        column.addLayout(self._list)
        buttons = QHBoxLayout()
        self.suggest = button("Suggest a plan", self._suggest, about="Two rounds with talk between them.")
        self.add = button("Add a part", self._add)
        for each in (self.suggest, self.add):
            buttons.addWidget(each)
        buttons.addStretch(1)
        column.addLayout(buttons)

    def show_workshop(self, workshop: Workshop) -> None:
        """Shows the plan."""
        stages = workshop.plan
        while len(self.rows) > len(stages):
            row = self.rows.pop()
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(stages):
            row = StageRow(self, len(self.rows))
            self.rows.append(row)
            self._list.addWidget(row)
        self._stages = stages
        for row, stage in zip(self.rows, stages, strict=True):
            row.show_stage(stage)
        total = sum(each.minutes for each in stages)
        self.note.setText(
            f"{total // 60} h {total % 60:02} min in all. The times are a suggestion."
            if stages
            else "No plan yet. A suggested one has two rounds with talk between them."
        )
        self.suggest.setVisible(not stages)
        self._show_times()

    def _show_times(self) -> None:
        at = QTime.fromString(self.start.text().strip().replace(".", ":"), "H:m")
        if not at.isValid():
            at = QTime(9, 30)
        self.start.setText(at.toString("HH:mm"))
        for row, stage in zip(self.rows, self._stages, strict=False):
            row.time.setText(at.toString("HH:mm"))
            at = at.addSecs(60 * stage.minutes)

    def _suggest(self) -> None:
        workshop = self._page.host.workshop
        assert workshop is not None
        self._page.change(plan=suggested_plan(workshop))
        if self.rows:
            self.rows[0].title.setFocus()

    def _add(self) -> None:
        self._page.change(plan=(*self._stages, Stage(title="Another part", kind="talk", minutes=15)))
        self.rows[-1].title.setFocus()
        self.rows[-1].title.selectAll()

    def put(self, number: int, stage: Stage | None) -> None:
        """Changes one part, or (None) takes it out."""
        before, after = self._stages[:number], self._stages[number + 1 :]
        self._page.change(plan=(*before, *(() if stage is None else (stage,)), *after))

    def shift(self, number: int, by: int) -> None:
        """Moves a part up or down."""
        stages = list(self._stages)
        there = number + by
        if 0 <= there < len(stages):
            stages[number], stages[there] = stages[there], stages[number]
            self._page.change(plan=tuple(stages))
            (self.rows[there].up if by < 0 else self.rows[there].down).setFocus()


class StageRow(QWidget):
    """One part of the session."""

    def __init__(self, plan: Plan, number: int) -> None:
        super().__init__()
        self._plan, self._number = plan, number
        self._stage: Stage | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TIGHT)
        self.time = Text("00:00", "strong")
        self.time.setWordWrap(False)
        self.title = QLineEdit()
        self.title.setMaxLength(200)
        self.title.editingFinished.connect(self._edited)
        self.minutes = Figure(f"Minutes of part {number + 1}", "Up and Down change it by 5.", 480, 15)
        self.minutes.setMinimum(1)
        self.minutes.valueChanged.connect(self._edited)
        self.title.setAccessibleName(f"Part {number + 1} of the session")
        self.up = button("▲", partial(plan.shift, number, -1), "small", name=f"Move part {number + 1} up")
        self.down = button("▼", partial(plan.shift, number, 1), "small", name=f"Move part {number + 1} down")
        self.out = button("✕", partial(plan.put, number, None), "small", name=f"Take out part {number + 1}")
        row.addWidget(self.time)
        row.addWidget(self.title, 1)
        row.addWidget(self.minutes)
        minutes = Text("min", "small")
        minutes.setWordWrap(False)
        row.addWidget(minutes)
        for each in (self.up, self.down, self.out):
            row.addWidget(each)

    def show_stage(self, stage: Stage) -> None:
        """Shows a part."""
        self._stage = stage
        if self.title.text() != stage.title:
            self.title.setText(stage.title)
            self.title.setCursorPosition(0)
        self.title.setAccessibleDescription(". ".join(filter(None, (KINDS[stage.kind], stage.text))))
        self.title.setToolTip(stage.text)
        with QSignalBlocker(self.minutes):
            self.minutes.setValue(stage.minutes)

    def _edited(self, _value: object = None) -> None:
        title = " ".join(self.title.text().split())
        if self._stage is None:
            return
        new = self._stage.model_copy(update={"title": title or self._stage.title, "minutes": int(self.minutes.value())})
        if new != self._stage:
            self._stage = new
            self._plan.put(self._number, new)
