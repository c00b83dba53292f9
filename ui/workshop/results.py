"""What the votes say: distribution before average, sides, groups, movement, what to talk about, where to stop."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerwizard.report.words import counted
from partnerwizard.workshop.record import seal_of
from ui.pages.page import Page
from ui.shell import Footer, Shell
from ui.tokens import GAP, HAIR, NEAR, TIGHT
from ui.widgets.chart import ChartView
from ui.widgets.choice import CheckCard, set_quietly
from ui.widgets.fields import PickList
from ui.widgets.fold import FoldButton
from ui.widgets.text import Text, button, chip, rule
from ui.workshop.places import RECORD, ROUND

AGENDA = 5
"""So many items are in view; the others unfold."""


class ResultsPage(Page):
    """Shows a revealed round; worked out off the GUI thread."""

    whole_width = True
    widest = 860

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "What the votes say")
        self.host = shell.workshop
        self.host.findings.connect(self.refresh)
        self._shown: object = None
        row = QHBoxLayout()
        self.status = chip("")
        row.addWidget(self.status)
        row.addStretch(1)
        self.which = PickList("Which round")
        self.which.activated.connect(self._choose)
        row.addWidget(self.which)
        head = QVBoxLayout()
        head.setSpacing(NEAR)
        head.addLayout(row)
        head.addWidget(self.heading)
        self.note = Text("", "muted")
        head.addWidget(self.note)
        self.column.addLayout(head)
        self.warning = Text("", "notice")
        self.column.addWidget(self.warning)
        tools = QHBoxLayout()
        tools.setSpacing(TIGHT)
        self.project = button("Show it to the room", shell.project, about="One thing at a time, on the projector.")
        tools.addWidget(self.project)
        tools.addStretch(1)
        self.column.addLayout(tools)
        self.sides = CheckCard(
            "Tell the organisations apart",
            "Filled and ringed marks, here and on the projector. With few people that can show what each of them said.",
            compact=True,
        )
        self.sides.clicked.connect(self._tell_apart)
        self.column.addWidget(self.sides)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self.column.addWidget(self._body)

    @property
    def number(self) -> int | None:
        """The round shown: the one chosen, else the latest revealed."""
        chosen = self.which.currentData()
        revealed = self.host.revealed
        return chosen if chosen in revealed else (revealed[-1] if revealed else None)

    def refresh(self, _found: object = None) -> None:
        host = self.host
        host.find()
        revealed = host.revealed
        now = [self.which.itemData(n) for n in range(self.which.count())]
        if now != list(revealed):
            self.which.clear()
            for each in revealed:
                self.which.addItem(f"Round {each}", each)
            self.which.setCurrentIndex(len(revealed) - 1)
        self.which.setVisible(len(revealed) > 1)
        number = self.number
        result = host.results.get(number) if number is not None else None
        for part in (self.project, self.sides, self._body):
            part.setVisible(result is not None)
        if result is None or number is None:
            self._shown = None
            self.warning.hide()
            self.status.setText("being worked out" if host.working else "nothing revealed")
            self.heading.setText("What the votes say")
            self.note.setText(
                "The votes are being put together …"
                if host.working
                else "No round has been revealed yet. Until then nobody sees a vote, the facilitator included."
            )
            return
        workshop = host.workshop
        assert workshop is not None
        self.status.setText(f"round {number} · {counted(result.counted, 'vote')} counted")
        late = f" {counted(len(result.late), 'vote')} came after the reveal." if result.late else ""
        self.note.setText(
            f"Seal of the record: {seal_of(workshop)}. Note it down: a record written anew has another.{late}"
        )
        self.warning.setText("\n".join(result.identifies))
        self.warning.setVisible(bool(result.identifies))
        self.sides.setVisible(bool(workshop.organisations))
        set_quietly(self.sides, host.show_sides)
        state = (result, host.results.get(number - 1), host.talk, host.show_sides, workshop.share_readiness)
        if self._shown is not None and all(a is b for a, b in zip(self._shown, state, strict=True)):  # type: ignore[call-overload]
            return
        self._shown = state
        self._build(number)

    def _choose(self, _index: int) -> None:
        self.refresh()
        self.shell.refresh_footer()

    def _tell_apart(self, on: bool) -> None:
        self.host.show_sides = on
        self.host.findings.emit()

    # --- what it says ---------------------------------------------------------------------------------------------

    def _build(self, number: int) -> None:
        from partnerwizard.report.charts.votes import first_choices, spread

        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        found = self.host.found(number)
        self.heading.setText(f"{found.headline}.")
        if found.result.group is None:
            self._part("Readiness, as each side says", found.readiness_lines())
            return
        firsts, spreads = found.first_rows(), found.spread_rows()
        self._column.addWidget(
            ChartView(
                lambda width: first_choices(firsts, found.sides, width, earlier=found.earlier), found.first_words()
            )
        )
        self._part("What moved", found.movement_lines())
        self._part("One voice each, and one for each organisation", [found.voices_line(), found.both_line()])
        for name, lines in found.organisation_parts() if found.by_side else []:
            self._part(f"What {name} wants", lines)
        self._part("People who see it alike", [*found.cluster_lines(), found.agreement_line()])
        self._title(f"{found.spread_headline()}.")
        self._column.addWidget(
            ChartView(lambda width: spread(spreads, found.sides, width, earlier=found.earlier), found.spread_words())
        )
        self._talk(number)
        self._part("How those who know rate options", found.rated_lines())
        private = (
            "" if self.host.workshop and self.host.workshop.share_readiness else " (private: not on the projector)"
        )
        self._part(f"Readiness, as each side says{private}", found.readiness_lines())

    def _talk(self, number: int) -> None:
        if number != self.host.revealed[-1]:
            return
        talk = self.host.talk
        self._title("What to talk about, by what it would change")
        if talk is None:
            self._column.addWidget(Text("Being worked out …", "muted"))
            return
        for n, item in enumerate(talk.items[:AGENDA], 1):
            self._card(f"{n}. {item.question}", [item.sentence])
        rest = [f"• {each.question} {each.sentence}" for each in talk.items[AGENDA:]]
        self._folded("More differences that could change what comes first", rest)
        if not talk.items:
            self._column.addWidget(Text("No single disagreement, settled either way, changes what comes first."))
        if talk.forced is not None:
            shared = [f"• {each}" for each in talk.forced]
            self._card("The fewest shared views that already force the result", shared or ["Whatever the weights are."])
        if talk.stop:
            self._card("Where to stop", list(talk.stop))
        quiet = [f"• {item.question}" for item in talk.settled]
        self._folded("Differences that change nothing about what comes first", quiet)

    def _folded(self, title: str, lines: Sequence[str]) -> None:
        """A line that unfolds; nothing where there is nothing in it."""
        if not lines:
            return
        fold = FoldButton(title)
        fold.show_answer(title, str(len(lines)), False)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(TIGHT)
        for each in lines:
            column.addWidget(Text(each, selectable=True))
        box.hide()
        fold.toggled.connect(box.setVisible)
        self._column.addWidget(fold)
        self._column.addWidget(box)

    def _title(self, title: str) -> None:
        self._column.addWidget(Text(title, "section"))

    def _part(self, title: str, lines: Sequence[str]) -> None:
        """A heading with lines; nothing where there is nothing to say."""
        lines = [each for each in lines if each]
        if not lines:
            return
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(rule())
        column.addWidget(Text(title, "section"))
        for each in lines:
            column.addWidget(Text(each, selectable=True))
        self._column.addWidget(box)

    def _card(self, title: str, lines: Sequence[str]) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, NEAR, 16, NEAR)
        column.setSpacing(HAIR)
        column.addWidget(Text(title, "strong"))
        for each in lines:
            column.addWidget(Text(each, selectable=True))
        self._column.addWidget(card)

    def footer(self) -> Footer:
        """On to the record; or another round."""
        if not self.host.revealed:
            return Footer("Go to the rounds", partial(self.shell.go, ROUND))
        return Footer(
            "&Continue to the record", partial(self.shell.go, RECORD), "Another round", partial(self.shell.go, ROUND)
        )
