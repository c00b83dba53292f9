"""A round: who is in, the ways in, absent and late people, closing, reopening, the reveal."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Away, Questions, Round, Way, Workshop
from partnerwizard.report.words import counted
from partnerwizard.workshop import rounds
from partnerwizard.workshop.ballot import questions
from ui.pages.page import Page
from ui.shell import Footer, Shell
from ui.tokens import GAP, NEAR, TIGHT
from ui.widgets.choice import CheckCard
from ui.widgets.fold import FoldButton
from ui.widgets.text import Text, button, chip, rule
from ui.workshop.booth import Booth
from ui.workshop.handout import HandOut
from ui.workshop.parts import Choices, Said, sure
from ui.workshop.places import RESULTS, SET_UP
from ui.workshop.returned import Codes, Files, Intake, OnlineForms
from ui.workshop.words import STATES, person, where_they_are

RATED = 5
"""So many forms are ticked for rating at first: those that are ahead."""


class RoundPage(Page):
    """The round that runs, or the way to open the next one."""

    whole_width = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Rounds")
        self.host = shell.workshop
        self.setAcceptDrops(True)
        row = QHBoxLayout()
        self.status = chip("")
        row.addWidget(self.status)
        row.addStretch(1)
        head = QVBoxLayout()
        head.setSpacing(NEAR)
        head.addLayout(row)
        head.addWidget(self.heading)
        self.note = Text("", "muted")
        head.addWidget(self.note)
        self.column.addLayout(head)
        self.fault = Said()
        self.column.addWidget(self.fault)
        self.lost_key = LostKey(self)
        self.opening = Opening(self)
        self.who = WhoIsIn(self)
        self.ways = WaysIn(self)
        self.steps = Steps(self)
        for each in (self.lost_key, self.opening, self.who, self.ways, self.steps):
            self.column.addWidget(each)
        self.booth: Booth | None = None

    # --- what stands ----------------------------------------------------------------------------------------------

    @property
    def workshop(self) -> Workshop:
        """The workshop as it is now."""
        workshop = self.host.workshop
        assert workshop is not None
        return workshop

    @property
    def round(self) -> Round | None:
        """The latest round."""
        workshop = self.host.workshop
        return workshop.rounds[-1] if workshop is not None and workshop.rounds else None

    def refresh(self) -> None:
        workshop, found = self.host.workshop, self.round
        ready = workshop is not None and bool(workshop.participants)
        if workshop is None or found is None:
            self.status.setText("no round yet")
            self.heading.setText("Rounds")
            self.note.setText(
                "Open the first round when people are ready to vote."
                if ready
                else "Nobody takes part yet. Set up the workshop first."
            )
        else:
            standing = rounds.standing(workshop)
            people = len(workshop.participants)
            self.status.setText(STATES[found.state])
            self.heading.setText(f"Round {found.number}: {len(standing.voted)} of {people} in")
            waiting = len(standing.awaited)
            away = f", {len(standing.away)} away" if standing.away else ""
            self.note.setText(
                f"{waiting} awaited{away}. "
                + (
                    "What was voted is on the next page."
                    if found.state == "revealed"
                    else "Nobody sees a vote before the reveal, the facilitator included: only who is in."
                )
            )
        has_key = found is None or found.state == "revealed" or self.host.desk.has_key(self.session.case)
        self.lost_key.setVisible(not has_key)
        self.opening.setVisible(ready and (found is None or found.state == "revealed"))
        self.who.setVisible(found is not None)
        self.ways.setVisible(found is not None and found.state == "open" and has_key)
        self.steps.setVisible(found is not None)
        if workshop is not None and ready:
            self.opening.refresh()
        if workshop is not None and found is not None:
            self.who.refresh(workshop, found)
            self.ways.refresh(workshop, found)
            self.steps.refresh(found, has_key=has_key)

    def change(self, problem: str, done: str) -> bool:
        """Says what came of a change."""
        self.fault.say(problem, "")
        self.shell.announce(problem or done)
        if problem:
            self.to_top()
        self.shell.refresh_footer()
        return not problem

    def footer(self) -> Footer:
        """The next thing to do."""
        found = self.round
        if self.host.workshop is None or not self.host.workshop.participants:
            return Footer("Set up the workshop", partial(self.shell.go, SET_UP))
        if found is None:
            return Footer("Open round 1", self.opening.open)
        if found.state == "revealed":
            return Footer(
                "&Continue to the results",
                partial(self.shell.go, RESULTS),
                f"Open round {found.number + 1}",
                self.opening.open,
            )
        return Footer(f"Reveal round {found.number}", self.steps.reveal)

    # --- voting at the laptop -------------------------------------------------------------------------------------

    def hand_over(self, participant: str, way: Way) -> None:
        """Covers the window with the booth."""
        booth = Booth(self.window(), self.host, self.session.pack, way, self._awaited)
        self.booth = booth
        booth.over.connect(self._back_from_booth)
        booth.hand_over(participant)
        if self.window().isMaximized() or self.window().isFullScreen():
            booth.setWindowState(self.window().windowState())
        booth.show()
        booth.on.setFocus()

    def _awaited(self) -> list[str]:
        return list(rounds.standing(self.workshop).awaited)

    def _back_from_booth(self) -> None:
        self.booth = None
        self.refresh()
        self.shell.refresh_footer()
        # The booth is modal until it has closed.
        QTimer.singleShot(0, self, self._take_focus)

    def _take_focus(self) -> None:
        self.window().activateWindow()
        self.who.list.setFocus()

    # --- files dropped --------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Ballots can be dropped anywhere on the page while the round is open."""
        urls = event.mimeData().urls()
        if not self.ways.isHidden() and urls and all(each.isLocalFile() for each in urls):
            self.ways.files.show_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They were taken elsewhere."""
        self.ways.files.show_over(False)
        super().dragLeaveEvent(event)

    def dragMoveEvent(self, event: object) -> None:
        """Anywhere on the page."""
        event.acceptProposedAction()  # type: ignore[attr-defined]

    def dropEvent(self, event: QDropEvent) -> None:
        """Reads them."""
        self.ways.files.show_over(False)
        event.acceptProposedAction()
        self.ways.files.read([Path(each.toLocalFile()) for each in event.mimeData().urls()])


class Opening(QWidget):
    """Opens the next round: which options are rated by those who are asked to."""

    def __init__(self, page: RoundPage) -> None:
        super().__init__()
        self._page = page
        self.cards: dict[str, CheckCard] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        self._title = Text("", "section")
        column.addWidget(self._title)
        self.note = Text("", "muted")
        column.addWidget(self.note)
        self._forms = QVBoxLayout()
        self._forms.setSpacing(0)
        column.addLayout(self._forms)
        row = QHBoxLayout()
        self.button = button("", self.open)
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)

    def refresh(self) -> None:
        """Shows what would be asked."""
        workshop = self._page.workshop
        number = len(workshop.rounds) + 1
        self._title.setText(f"Open round {number}")
        self.button.setText(f"Open round {number}")
        self.button.setAccessibleName(f"Open round {number}")
        raters = sum(bool(each.asked.ratings) for each in workshop.participants)
        self.note.setText(
            f"{counted(raters, 'participant')} rate options, as those who know. Tick which options:"
            if raters
            else "Everybody is asked what the set-up says. What is asked is fixed while the round runs."
        )
        for id_, name, ticked in self._offered() if raters and not self.cards else ():
            card = CheckCard(name, compact=True, flat=True)
            card.setChecked(ticked)
            self.cards[id_] = card
            self._forms.addWidget(card)
        for card in self.cards.values():
            card.setVisible(bool(raters))

    def _offered(self) -> list[tuple[str, str, bool]]:
        """The forms that are set against each other, those ahead first."""
        session = self._page.session
        forms = session.pack.form_by_id
        if session.appraisal is None:
            return []
        scored = [each for each in session.appraisal.options if each.value is not None and each.status != "in-place"]
        scored.sort(key=lambda each: -(each.value.likely if each.value else 0.0))
        order = [
            each for each in dict.fromkeys(option.form for option in scored) if each != session.pack.head.reference
        ]
        return [(each, forms[each].name, n < RATED) for n, each in enumerate(order)]

    def asked(self) -> Questions:
        """What the round would ask."""
        forms = [id_ for id_, card in self.cards.items() if card.isChecked()]
        return questions(self._page.session.pack, forms)

    def open(self) -> None:
        """Opens the round, its key first on disk."""
        page = self._page
        number = len(page.workshop.rounds) + 1
        problem = page.host.attempt(lambda case, at: page.host.desk.open_round(case, self.asked(), at))
        page.ways.intake.clear()
        if page.change(problem, f"Round {number} is open."):
            page.fault.say("", f"Round {number} is open. Note its recovery code on paper: the button is at the foot.")
            page.to_top()
            page.who.list.setFocus()


class WhoIsIn(QWidget):
    """Everybody with how it stands; who is absent, abstains or withdraws."""

    def __init__(self, page: RoundPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("Who is in", "section"))
        self.list = Choices("Participants and how it stands", "Arrow keys choose one. What was voted is not shown.")
        self.list.picked.connect(self._picked)
        column.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.buttons = {
            "absent": button("Absent", partial(self._mark, "absent"), "small"),
            "abstains": button("Abstains", partial(self._mark, "abstains"), "small"),
            "withdrawn": button("Withdraws", partial(self._withdraw), "small"),
            "": button("Takes part again", partial(self._mark, None), "small"),
        }
        for each in self.buttons.values():
            row.addWidget(each)
        row.addStretch(1)
        column.addLayout(row)

    def refresh(self, workshop: Workshop, found: Round) -> None:
        """Shows everybody."""
        known = where_they_are(found)
        lines = [
            (each.id, f"{person(workshop, each)} – {known.get(each.id, 'awaited')}") for each in workshop.participants
        ]
        self.list.show_lines(lines)
        if self.list.chosen is None and lines:
            with QSignalBlocker(self.list):
                self.list.choose(next((id_ for id_, _ in lines if id_ not in known), lines[0][0]))
        self._picked(self.list.chosen)

    def _picked(self, id_: str | None) -> None:
        found = self._page.round
        if found is None or id_ is None:
            return
        voted = id_ in rounds.standing(self._page.workshop).voted
        away = id_ in found.away
        code = id_.upper()
        for kind, each in self.buttons.items():
            each.setEnabled({"absent": not voted, "abstains": not voted, "withdrawn": True, "": away}[kind])
            each.setAccessibleName(f"{code}: {each.text().lower()}")
        self._page.ways.show_chosen(id_)

    def _mark(self, state: Away | None) -> None:
        chosen = self.list.chosen
        if chosen is not None:
            problem = self._page.host.attempt(lambda case, at: rounds.mark(case, chosen, state, at))
            self._page.change(problem, f"{chosen.upper()}: {state or 'takes part again'}.")

    def _withdraw(self) -> None:
        chosen = self.list.chosen
        if chosen is None:
            return
        voted = chosen in rounds.standing(self._page.workshop).voted
        if voted and not sure(
            self,
            f"Take the vote of {chosen.upper()} out?",
            "It is deleted and cannot be brought back. The record says that it was withdrawn, and not what it said.",
            "&Take it out",
        ):
            return
        self._mark("withdrawn")


class WaysIn(QWidget):
    """All the ways in which a vote can come; all give the same result."""

    def __init__(self, page: RoundPage) -> None:
        super().__init__()
        self._page = page
        host, shell = page.host, page.shell
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(rule())
        column.addWidget(Text("Take votes in", "section"))
        column.addWidget(
            Text(
                "Whichever way a vote comes, it counts the same. Each is sealed and kept on this computer before it is "
                "said to be in, so that a crash loses none. Joining by phone over the network is not part of this "
                "version: use the laptop, ballot files or codes.",
                "muted",
            )
        )
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.laptop = button("", partial(self._hand_over, "laptop"), about="The screen is covered, then cleared.")
        self.room = button("", partial(self._hand_over, "room"), about="One person types for somebody in the room.")
        row.addWidget(self.laptop)
        row.addWidget(self.room)
        row.addStretch(1)
        column.addLayout(row)
        self.intake = Intake(host, shell)
        self.files = Files(host, shell, self.intake)
        column.addWidget(self.files)
        self.codes_title = Text("A code that is read out", "small-strong")
        column.addWidget(self.codes_title)
        self.codes = Codes(host, self.intake)
        column.addWidget(self.codes)
        self.forms = OnlineForms(host, shell, self.intake)
        column.addWidget(self.forms)
        column.addWidget(self.intake)
        self.papers_fold = FoldButton("Hand out ballots")
        self.papers_fold.show_answer("Hand out ballots", "web pages, Excel, guide, page for the wall", False)
        self.papers = HandOut(self, shell)
        self.papers.hide()
        self.papers_fold.toggled.connect(self.papers.setVisible)
        column.addWidget(self.papers_fold)
        column.addWidget(self.papers)

    def refresh(self, workshop: Workshop, found: Round) -> None:
        """Shows whose vote each way would take."""
        self.papers.refresh()
        if found.state != "open":
            return
        awaited = set(rounds.standing(workshop).awaited)
        able = [e for e in workshop.participants if e.asked.weights and not (e.asked.ratings or e.asked.readiness)]
        able.sort(key=lambda each: each.id not in awaited)
        self.codes.show_people([(each.id, each.code) for each in able])
        for each in (self.codes, self.codes_title):
            each.setVisible(bool(able))

    def show_chosen(self, id_: str) -> None:
        """Whose turn it is."""
        code = id_.upper()
        for each, words in ((self.laptop, f"Hand the laptop to {code}"), (self.room, f"Enter for {code}")):
            each.setText(words)
            each.setAccessibleName(words)

    def _hand_over(self, way: Way) -> None:
        chosen = self._page.who.list.chosen
        if chosen is not None:
            self._page.hand_over(chosen, way)


class Steps(QWidget):
    """Closing, reopening, the reveal, and the code by which a round can be opened on another computer."""

    def __init__(self, page: RoundPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(rule())
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.close_round = button("Close the round", self._close, about="Takes no more votes in; reveals nothing.")
        self.reopen = button("Reopen the round", self._reopen, about="The record says so.")
        self.recovery = button("Recovery code …", self._show_code, about="To open the round on another computer.")
        for each in (self.close_round, self.reopen, self.recovery):
            row.addWidget(each)
        row.addStretch(1)
        column.addLayout(row)
        self.code = Text("", "notice", selectable=True)
        self.code.hide()
        column.addWidget(self.code)

    def refresh(self, found: Round, *, has_key: bool) -> None:
        """Shows what can be done now."""
        self.close_round.setVisible(found.state == "open" and found.revealed is None)
        self.reopen.setVisible(found.state != "open")
        self.recovery.setVisible(found.state != "revealed" and has_key)
        if found.state == "revealed":
            self.code.hide()

    def _close(self) -> None:
        page = self._page
        page.change(page.host.attempt(rounds.close_round), "The round is closed.")

    def _reopen(self) -> None:
        page, found = self._page, self._page.round
        assert found is not None
        if found.state == "revealed" and not sure(
            self,
            f"Reopen round {found.number} after its reveal?",
            "Votes that come in from now on are marked as given with the results known. The record says so.",
            "&Reopen it",
        ):
            return

        def reopened(case: Case, at: datetime) -> Case:
            return rounds.reopen_round(case, found.number, at)

        page.change(page.host.attempt(reopened), f"Round {found.number} is open again.")

    def reveal(self) -> None:
        """Reveals every vote at once, after a question where somebody is awaited."""
        page, found = self._page, self._page.round
        assert found is not None
        awaited = rounds.standing(page.workshop).awaited
        codes = ", ".join(each.upper() for each in awaited[:8])
        more = f" and {len(awaited) - 8} more" if len(awaited) > 8 else ""
        if awaited and not sure(
            self,
            f"Reveal round {found.number} now?",
            f"{counted(len(awaited), 'participant')} still awaited: {codes}{more}. A reveal cannot be taken back.",
            "&Reveal it",
        ):
            return
        problem = page.host.attempt(page.host.desk.reveal)
        if page.change(problem, f"Round {found.number} is revealed."):
            page.shell.go(RESULTS)

    def _show_code(self) -> None:
        code = self._page.host.desk.recovery_code(self._page.session.case)
        self.code.setText(
            f"{code}\nNote it on paper and keep it apart from the case file: whoever has both can read the votes. It "
            "opens this round on another computer if this one fails."
        )
        self.code.setVisible(self.code.isHidden())


class LostKey(QWidget):
    """The round was opened on another computer: its recovery code lets it go on here."""

    def __init__(self, page: RoundPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(
            Text(
                "The key of this round is not on this computer, so no vote can be taken in or revealed here. Go on "
                "where the round was opened, or type its recovery code.",
                "notice",
            )
        )
        row = QHBoxLayout()
        self.code = QLineEdit()
        self.code.setMaxLength(80)
        self.code.setPlaceholderText("Recovery code")
        self.code.setAccessibleName("Recovery code of this round")
        self.code.returnPressed.connect(self._recover)
        row.addWidget(self.code, 1)
        row.addWidget(button("Use the code", self._recover))
        column.addLayout(row)
        column.addSpacing(GAP)

    def _recover(self) -> None:
        page = self._page

        def recovered(case: Case, _at: datetime) -> Case:
            page.host.desk.recover(case, self.code.text())
            return case

        if page.change(page.host.attempt(recovered), "The round can go on here."):
            self.code.clear()
            page.refresh()
