"""The laptop as a voting booth: handed over, typed, sealed, cleared, passed on. One thing at a time, in large controls.

What is typed lives in these widgets alone until it is sealed: it is in no case, no draft and no log, and when the vote
is in, or the person stops, the widgets are destroyed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from partnerwizard.case.model import Ranking
from partnerwizard.case.workshop import Vote, Way
from partnerwizard.files import FileProblem
from partnerwizard.pack.model import Criterion, Pack
from partnerwizard.workshop.ballot import GIVE, GIVES, MOST_SWING, STEP, Ballot, Scale, Thing, checked, unanswered
from ui.theme import theme
from ui.tokens import COLUMN, EDGE, GAP, HAIR, NEAR, TIGHT
from ui.widgets.choice import CheckCard, RadioCard
from ui.widgets.fields import Figure, PickList
from ui.widgets.order import focus_by_key, next_stop
from ui.widgets.rank import RankList
from ui.widgets.text import Text, button, rule
from ui.workshop.host import WorkshopHost
from ui.workshop.parts import Said
from ui.workshop.words import READY


class Screen(QWidget):
    """One screen of the booth: a title, what is asked, and the answers it gives. `changed`: something was answered."""

    changed = Signal()

    def __init__(self, title: str, about: str) -> None:
        super().__init__()
        self.title = title
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(NEAR)
        self.heading = Text(title, "title")
        self.column.addWidget(self.heading)
        if about:
            self.column.addWidget(Text(about))

    def add_answers(self, said: dict[str, Any]) -> None:
        """Puts what is answered here into the fields of a vote."""

    def come(self, said: dict[str, Any]) -> None:
        """Called when the screen is shown, with what the other screens say."""


class RankScreen(Screen):
    """A ranking."""

    def __init__(self, title: str, about: str, key: str, criteria: tuple[Criterion, ...]) -> None:
        super().__init__(title, about)
        self._key = key
        self._ranking: Ranking = ()
        self.list = RankList(
            criteria,
            empty="Nothing is chosen yet. Tick below what matters, most important first.",
            rest_title="To choose from",
            rest_help=lambda: "Tick to choose. Leave what does not matter to you.",
        )
        self.list.ranked.connect(self._ranked)
        self.list.show_ranking(())
        self.column.addWidget(self.list)

    def _ranked(self, ranking: Ranking, _words: str) -> None:
        self._ranking = ranking
        self.list.show_ranking(ranking)
        self.changed.emit()

    def add_answers(self, said: dict[str, Any]) -> None:
        said[self._key] = self._ranking


class SwingScreen(Screen):
    """The top term against the top aim; only where both are ranked."""

    def __init__(self, asked: Ballot) -> None:
        super().__init__("The one against the other", "")
        self._asked = asked
        self.question = Text("")
        self.column.addWidget(self.question)
        self.aim, self.term = Text("", "small-ink"), Text("", "small-ink")
        self._cards: list[QFrame] = []
        for each in (self.aim, self.term):
            card = QFrame()
            card.setProperty("role", "card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(16, NEAR, 16, NEAR)
            inside.addWidget(each)
            self.column.addWidget(card)
            self._cards.append(card)
        self.answer = CheckCard("I can compare the two", "Leave it if you cannot say: then the usual range counts.")
        self.answer.toggled.connect(self._toggled)
        self.column.addWidget(self.answer)
        self._range = QWidget()
        row = QHBoxLayout(self._range)
        row.setContentsMargins(0, 0, 0, 0)
        self.low = Figure("At least", f"In steps of {STEP}.", MOST_SWING, 40)
        self.high = Figure("At most", f"In steps of {STEP}.", MOST_SWING, 60)
        for words, field in (("between", self.low), ("and", self.high)):
            label = QLabel(words)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
            field.setEnabled(False)
        row.addStretch(1)
        self.column.addWidget(self._range)
        self._ready = False

    def come(self, said: dict[str, Any]) -> None:
        aims: Ranking = said.get("aims", ())
        terms: Ranking = said.get("terms", ())
        self._ready = bool(aims and terms)
        self.answer.setVisible(self._ready)
        for each in (self._range, *self._cards):
            each.setVisible(self._ready)
        if not self._ready:
            self.question.setText("You did not rank both an aim and a term, so there is nothing to compare. Go on.")
            return
        scales = {each.id: each for each in (*self._asked.aims, *self._asked.terms)}
        aim, term = scales[aims[0][0]], scales[terms[0][0]]
        self.aim.setText(f"{aim.name}: from “{aim.zero}” to “{aim.hundred}” counts 100.")
        self.term.setText(f"{term.name}: from “{term.zero}” to “{term.hundred}” counts …")
        self.question.setText(
            f"If that step on {aim.name.lower()} counts 100, how much does that step on {term.name.lower()} count? "
            "More than 100 means that it matters more. Give a range as wide as your doubt."
        )

    def _toggled(self, on: bool) -> None:
        for each in (self.low, self.high):
            each.setEnabled(on)
        self.changed.emit()

    def add_answers(self, said: dict[str, Any]) -> None:
        if self._ready and self.answer.isChecked():
            said["swing"] = tuple(sorted(_stepped(each) for each in (self.low, self.high)))


class PointScreen(Screen):
    """Points for every aim and term, and how far off they could be."""

    def __init__(self, asked: Ballot) -> None:
        super().__init__(
            "What matters, in points",
            "100 for the step that matters most to you, and for the others what they are worth beside it; 0 for none.",
        )
        self.fields: dict[str, Figure] = {}
        for scale in (*asked.aims, *asked.terms):
            self.fields[scale.id] = _scale_row(self.column, scale, scale.name, 100)
        row = QHBoxLayout()
        self.give = PickList("Each could be off by so many points")
        for each in GIVES:
            self.give.addItem(f"give or take {each}", each)
        self.give.setCurrentIndex(GIVES.index(GIVE))
        row.addWidget(Text("Each could be off by"), 1)
        row.addWidget(self.give)
        self.column.addLayout(row)

    def add_answers(self, said: dict[str, Any]) -> None:
        said["points"] = {id_: _stepped(field) for id_, field in self.fields.items()}
        said["give"] = self.give.currentData()


class RateScreen(Screen):
    """How well each form would do on one criterion."""

    def __init__(self, scale: Scale, forms: tuple[Thing, ...]) -> None:
        super().__init__(f"How well would each do: {scale.name.lower()}", scale.question)
        self._scale = scale
        self.column.addWidget(Text(f"0: {scale.zero}", "small-ink"))
        self.column.addWidget(Text(f"{scale.carry_on}, as now: {scale.carrying_on}", "small-ink"))
        self.column.addWidget(Text(f"100: {scale.hundred}", "small-ink"))
        self.rows: dict[str, tuple[CheckCard, Figure]] = {}
        for form in forms:
            row = QHBoxLayout()
            know = CheckCard(form.name, form.about, compact=True)
            know.setAccessibleName(f"I can rate {form.name}")
            field = Figure(f"Rating of {form.name}", "0 to 100.", 100, scale.carry_on)
            field.setEnabled(False)
            know.toggled.connect(field.setEnabled)
            row.addWidget(know, 1)
            row.addWidget(field)
            self.column.addLayout(row)
            self.rows[form.id] = (know, field)

    def add_answers(self, said: dict[str, Any]) -> None:
        rated = {form: int(field.value()) for form, (know, field) in self.rows.items() if know.isChecked()}
        if rated:
            said.setdefault("ratings", {})[self._scale.id] = rated


class ReadyScreen(Screen):
    """Whether a partnership is ready, ingredient by ingredient."""

    def __init__(self, partner: Thing, ingredients: tuple[Thing, ...]) -> None:
        super().__init__(f"Ready for a partnership with {partner.name}?", "As you see it today.")
        self._partner = partner
        self.groups: dict[str, QButtonGroup] = {}
        for each in ingredients:
            self.column.addWidget(Text(each.name, "strong"))
            if each.about:
                self.column.addWidget(Text(each.about.replace("{partner}", partner.name), "small"))
            group = QButtonGroup(self)
            row = QHBoxLayout()
            row.setSpacing(TIGHT)
            for state, words in READY.items():
                card = RadioCard(words.capitalize(), compact=True)
                card.setAccessibleName(f"{each.name}: {words}")
                card.setProperty("state", state)
                group.addButton(card)
                row.addWidget(card)
            self.column.addLayout(row)
            self.groups[each.id] = group

    def add_answers(self, said: dict[str, Any]) -> None:
        found = {
            id_: str(chosen.property("state"))
            for id_, group in self.groups.items()
            if (chosen := group.checkedButton()) is not None
        }
        if found:
            said.setdefault("readiness", {})[self._partner.id] = found


class Booth(QDialog):
    """Covers the window while people vote at it. `awaited` says who is still to vote; `over` that people are done."""

    over = Signal()

    def __init__(
        self, parent: QWidget, host: WorkshopHost, pack: Pack, way: Way, awaited: Callable[[], list[str]]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Your vote")
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._host, self._pack, self._way, self._awaited = host, pack, way, awaited
        self._asked: Ballot | None = None
        self._screens: list[Screen] = []
        self._number = 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(EDGE, NEAR, EDGE, NEAR)
        self.place = Text("", "overline")
        top.addWidget(self.place, 1)
        self.stop = button("Stop without voting", self._stop, "quiet", about="Clears the screen; nothing is kept.")
        top.addWidget(self.stop)
        outer.addLayout(top)
        outer.addWidget(rule())
        self._area = QScrollArea()
        self._area.setProperty("role", "paper")
        self._area.setWidgetResizable(True)
        self._paper = QWidget()
        self._paper.setProperty("role", "paper")
        self._middle = QHBoxLayout(self._paper)
        self._middle.setContentsMargins(EDGE, GAP, EDGE, GAP)
        self._area.setWidget(self._paper)
        outer.addWidget(self._area, 1)
        outer.addWidget(rule())
        bottom = QHBoxLayout()
        bottom.setContentsMargins(EDGE, NEAR, EDGE, NEAR)
        bottom.setSpacing(NEAR)
        self.back = button("Back", self._go_back, "big")
        self.on = button("Next", self._go_on, "big-primary")
        bottom.addWidget(self.back)
        bottom.addStretch(1)
        bottom.addWidget(self.on)
        outer.addLayout(bottom)
        self._holder: QWidget | None = None
        self._then: Callable[[], object] = self._stop
        parent_size = parent.window().size()
        self.resize(parent_size)

    # --- one person after another ---------------------------------------------------------------------------------

    def hand_over(self, participant: str) -> None:
        """The first screen for somebody: nothing of anybody else is left on it."""
        try:
            self._asked = self._host.desk.ballot(self._host.session_case(), participant)
        except FileProblem as problem:
            self._show_words("This vote cannot be taken here", str(problem), "Back to the facilitator", self._stop)
            return
        asked = self._asked
        again = participant in self._voted()
        words = (
            "Turn the screen so that nobody else can read it. What you choose is sealed when you finish: nobody sees "
            "it before the reveal, the facilitator included."
            if self._way == "laptop"
            else "Entered by one person for the room. It is sealed when you finish and counts as this person’s vote."
        )
        if again:
            words += " A vote of yours is in already. If you go on to the end, the new one takes its place."
        self.place.setText(f"{asked.code} · ROUND {asked.round}")
        self._show_words(f"{asked.code}: the laptop is yours", words, "Begin", self._start)

    def _voted(self) -> set[str]:
        from partnerwizard.workshop.rounds import standing

        workshop = self._host.workshop
        assert workshop is not None
        return set(standing(workshop).voted)

    def _start(self) -> None:
        asked = self._asked
        assert asked is not None
        by_id = self._pack.criterion_by_id
        screens: list[Screen] = []
        if asked.weights == "ranks":
            screens += [
                RankScreen(
                    "What should get better?",
                    "Choose what matters here and put it in order. Two or three are usual.",
                    "aims",
                    tuple(by_id[each.id] for each in asked.aims),
                ),
                RankScreen(
                    "What may the change ask of you?",
                    "Put first what you would least like to lose. What you leave out still counts, less and all alike.",
                    "terms",
                    tuple(by_id[each.id] for each in asked.terms),
                ),
                SwingScreen(asked),
            ]
        elif asked.weights == "points":
            screens.append(PointScreen(asked))
        screens += [RateScreen(scale, asked.forms) for scale in asked.rated if asked.forms]
        screens += [ReadyScreen(partner, asked.ingredients) for partner in asked.partners]
        self._screens = screens
        for each in screens:
            each.setParent(self)
            each.hide()
        self._show_screen(0)

    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for each in self._screens:
            each.add_answers(said)
        return said

    def _show_screen(self, number: int) -> None:
        asked = self._asked
        assert asked is not None
        self._number = number
        screen = self._screens[number]
        screen.come(self._said())
        self.place.setText(f"{asked.code} · {number + 1} OF {len(self._screens) + 1}")
        self._put(screen)
        self._buttons("Next", self._after, back=number > 0)
        self.setAccessibleName(screen.title)

    def _after(self) -> None:
        if self._number + 1 < len(self._screens):
            self._show_screen(self._number + 1)
        else:
            self._check()

    def _go_back(self) -> None:
        self._show_screen(max(0, self._number - 1) if self.on.text() == "Next" else len(self._screens) - 1)

    def _check(self) -> None:
        """The last screen: what is left open, and sealing."""
        asked = self._asked
        assert asked is not None
        self.place.setText(f"{asked.code} · {len(self._screens) + 1} OF {len(self._screens) + 1}")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        self.fault = Said()
        try:
            vote: Vote | None = checked(asked, self._said(), "Your vote")
        except FileProblem as problem:
            vote = None
            self.fault.say(str(problem))
        column.addWidget(Text("Ready to seal?", "title"))
        column.addWidget(self.fault)
        left = unanswered(asked, vote) if vote is not None else ()
        if left:
            column.addWidget(Text("Left open, which is allowed:"))
            for each in left:
                column.addWidget(Text(f"• {each}"))
        elif vote is not None:
            column.addWidget(Text("Everything is answered. After sealing nobody can read it before the reveal."))
        self._put(box)
        self._buttons("Seal my vote", self._seal, back=bool(self._screens))
        self.on.setEnabled(vote is not None)

    def _seal(self) -> None:
        asked = self._asked
        assert asked is not None
        try:
            vote = checked(asked, self._said(), "Your vote")
            taken = self._host.take(vote, self._way, replace=True)
        except FileProblem as problem:
            self.fault.say(str(problem))
            return
        self._clear()
        # At once, not when the toolkit comes to it: the next person may be quick.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._show_receipt(asked.code, taken.receipt)

    def _show_receipt(self, code: str, receipt: str) -> None:
        self.place.setText(f"{code} · SEALED")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setSpacing(NEAR)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Text("Your vote is in", "title"))
        column.addWidget(
            Text("Note this receipt. After the reveal it stands in the list of the votes that were counted.")
        )
        self.receipt = Text(receipt, "receipt")
        column.addWidget(self.receipt)
        self._put(box)
        self._buttons("Clear the screen", self._pass_on, back=False)
        self.stop.hide()

    def _pass_on(self) -> None:
        """Nothing of the vote is on the screen: who is next?"""
        self._asked = None
        self.place.setText("NEXT")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setSpacing(NEAR)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Text("Pass the laptop on", "title"))
        waiting = self._awaited()
        self.next: PickList | None = None
        workshop = self._host.workshop
        if waiting and workshop is not None:
            column.addWidget(Text("Who is next?"))
            self.next = PickList("Who is next")
            for each in waiting:
                self.next.addItem(each.upper(), each)
            column.addWidget(self.next)
            row = QHBoxLayout()
            row.addWidget(button("Back to the facilitator", self._stop, "big"))
            row.addStretch(1)
            column.addLayout(row)
        else:
            column.addWidget(Text("Everybody who takes part has voted or is away."))
        self._put(box)
        if self.next is not None:
            self._buttons("Hand over", self._hand_to_next, back=False)
        else:
            self._buttons("Back to the facilitator", self._stop, back=False)

    def _hand_to_next(self) -> None:
        assert self.next is not None
        self.stop.show()
        self.hand_over(str(self.next.currentData()))

    # --- what is on the screen ------------------------------------------------------------------------------------

    def _show_words(self, title: str, words: str, positive: str, then: Callable[[], object]) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(Text(title, "title"))
        column.addWidget(Text(words))
        self._put(box)
        self._buttons(positive, then, back=False)

    def _put(self, content: QWidget) -> None:
        holder = QWidget()
        holder.setMaximumWidth(theme().px(COLUMN))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, HAIR)
        column.addWidget(content)
        column.addStretch(1)
        content.show()
        if self._holder is not None:
            for each in self._screens:
                # A screen that one may come back to outlives the holder.
                if self._holder.isAncestorOf(each) and each is not content:
                    each.hide()
                    each.setParent(self)
            self._middle.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = holder
        while self._middle.count():
            self._middle.takeAt(0)
        self._middle.addStretch(1)
        self._middle.addWidget(holder, 1000)
        self._middle.addStretch(1)
        self._area.verticalScrollBar().setValue(0)

    def _buttons(self, positive: str, then: Callable[[], object], *, back: bool) -> None:
        self._then = then
        self.on.setText(positive)
        self.on.setAccessibleName(positive)
        self.on.setEnabled(True)
        self.back.setVisible(back)
        self.on.setFocus()

    def _go_on(self) -> None:
        self._then()

    def _clear(self) -> None:
        """Takes everything that was typed off the screen and out of memory, as far as the toolkit lets go of it."""
        if self._holder is not None:
            self._middle.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
            self._holder = None
        for each in self._screens:
            each.hide()
            each.deleteLater()
        self._screens = []

    def _stop(self) -> None:
        self._clear()
        self.close()

    # --- the dialog itself ----------------------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes in reading order."""
        held = self.focusWidget()
        target = next_stop(self, held, forward=forward)
        if target is None:
            return False
        focus_by_key(target)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape does not throw a vote away; Return presses the button in focus."""
        if event.key() == Qt.Key.Key_Escape:
            return
        focused = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QPushButton):
            focused.click()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """However it ends, nothing typed is left."""
        self._clear()
        self.over.emit()
        super().closeEvent(event)


def _scale_row(column: QVBoxLayout, scale: Scale, name: str, most: float) -> Figure:
    row = QHBoxLayout()
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Text(scale.name, "strong"))
    words.addWidget(Text(f"0: {scale.zero} 100: {scale.hundred}", "small"))
    field = Figure(f"Points for {name}", f"In steps of {STEP}.", most, 0)
    row.addLayout(words, 1)
    row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(row)
    return field


def _stepped(field: Figure) -> int:
    """A figure at the nearest step that ballots use."""
    return round(field.value() / STEP) * STEP
