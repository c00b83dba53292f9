"""What should get better, and what the change may ask: two rankings and the one question between them."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from partnerwizard.case import edit
from partnerwizard.case.model import Ranking
from partnerwizard.pack.model import Criterion
from ui import ranking as moves
from ui.pages.points import Points
from ui.session import Session
from ui.tokens import HAIR, NEAR, TIGHT
from ui.widgets.fields import Figure
from ui.widgets.rank import RankList
from ui.widgets.text import Text, button
from ui.widgets.topic import Topic


class Aims(Topic):
    """The aims, chosen and ranked."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.column.addWidget(Text("Your aims, most important first", "section"))
        self.list = RankList(
            session.pack.branch("aims"),
            empty="Nothing is chosen yet. Tick below what should get better; two or three are usual.",
            rest_title="To choose from",
            rest_help=lambda: (
                "Tick to choose. What is left here has no weight, but care and fairness are watched all the same."
            ),
        )
        self.list.ranked.connect(self._rank)
        self.column.addWidget(self.list)

    def _rank(self, ranking: Ranking, words: str) -> None:
        self.session.edit(words, edit.rank_aims, ranking)

    def refresh(self) -> None:
        self.list.show_ranking(self.session.case.aims)


class Terms(Topic):
    """The terms, ranked, and the question that weighs the top aim against the top term."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.column.addWidget(Text("What matters to you, most first", "section"))
        self.list = RankList(
            session.pack.branch("terms"),
            empty="Nothing is ranked yet: all of these count alike. Tick below what matters most to you.",
            rest_title="To rank",
            rest_help=self._rest_help,
        )
        self.list.ranked.connect(self._rank)
        self.column.addWidget(self.list)
        self.swing = Swing(session)
        self.column.addWidget(self.swing)
        self.points = Points(session)
        self.column.addWidget(self.points)

    def _rest_help(self) -> str:
        if self.session.case.terms:
            return "Tick to rank. What is left here still counts, less than what is ranked and all alike."
        return "Tick to rank, what matters most first."

    def _rank(self, ranking: Ranking, words: str) -> None:
        self.session.edit(words, edit.rank_terms, ranking)

    def refresh(self) -> None:
        self.list.show_ranking(self.session.case.terms)
        self.swing.refresh()
        self.points.refresh()


class Swing(QWidget):
    """How much the whole step on the top term matters when the whole step on the top aim counts 100."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(Text("Aims against terms", "section"))
        column.addWidget(
            Text(
                "Why we ask: a form that does more for patients usually asks more of you. "
                "This one comparison says how to set the two against each other.",
                "why",
            )
        )
        self.waiting = Text("Choose an aim and rank a term first; then the two at the top are compared here.", "muted")
        column.addWidget(self.waiting)
        self._asking = QWidget()
        column.addWidget(self._asking)
        inside = QVBoxLayout(self._asking)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(NEAR)
        cards = QHBoxLayout()
        cards.setSpacing(NEAR)
        self.aim_card, self.term_card = _SwingCard(), _SwingCard()
        for card in (self.aim_card, self.term_card):
            cards.addWidget(card, 1)
        inside.addLayout(cards)
        self.question = Text("", "body")
        inside.addWidget(self.question)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        about = "Against 100 for the top aim. Up and Down change it by 5."
        self.low = Figure("Lowest figure for the top term", about, 1000, 40)
        self.high = Figure("Highest figure for the top term", about, 1000, 60)
        between, and_ = QLabel("between"), QLabel("and")
        between.setBuddy(self.low)
        and_.setBuddy(self.high)
        for each in (between, self.low, and_, self.high):
            row.addWidget(each)
        row.addStretch(1)
        inside.addLayout(row)
        self.state = Text("", "small")
        inside.addWidget(self.state)
        buttons = QHBoxLayout()
        self.set_button = button("&Use these figures", self._give, about="Records the two figures as your answer.")
        self.clear = button("Clear this answer", self._clear, "link", name="Clear the comparison of aims and terms")
        buttons.addWidget(self.set_button)
        buttons.addWidget(self.clear)
        buttons.addStretch(1)
        inside.addLayout(buttons)
        for field in (self.low, self.high):
            field.editingFinished.connect(self._edited)

    def refresh(self) -> None:
        """Shows the two criteria at the top and what has been said about them."""
        case, pack = self.session.case, self.session.pack
        aim, term = _top(pack.branch("aims"), case.aims), _top(pack.branch("terms"), case.terms)
        ready = aim is not None and term is not None
        self.waiting.setVisible(not ready)
        self._asking.setVisible(ready)
        if aim is None or term is None:
            return
        self.aim_card.show_criterion("Your top aim, from its worst to its best", aim, "This whole step counts 100.")
        self.term_card.show_criterion(
            "Your top term, from its worst to its best", term, "How much does this whole step count?"
        )
        self.question.setText(
            f"If the step on {aim.name.lower()} counts 100, how much does the step on {term.name.lower()} count? "
            "Give a range as wide as your doubt; more than 100 means that it matters more."
        )
        low, high = case.swing if case.swing is not None else (40.0, 60.0)
        for field, value in ((self.low, low), (self.high, high)):
            if not field.hasFocus() or case.swing is not None:
                with QSignalBlocker(field):
                    field.setValue(value)
        method = pack.head.method
        self.state.setText(
            f"Your answer: between {low:g} and {high:g}."
            if case.swing is not None
            else "Not answered. Until it is, the terms together are taken to weigh "
            f"{method.terms_share_low.value:.0%} to {method.terms_share_high.value:.0%} of everything. "
            "The figures above are only a place to start from."
        )
        self.set_button.setVisible(case.swing is None)
        self.clear.setVisible(case.swing is not None)

    def _edited(self) -> None:
        if self.session.case.swing is not None:
            self._give()

    def _give(self) -> None:
        low, high = sorted((self.low.value(), self.high.value()))
        self.session.edit(f"Aims against terms: {low:g} to {high:g}", edit.set_swing, (low, high))

    def _clear(self) -> None:
        self.session.edit("Aims against terms: cleared", edit.set_swing, None)


class _SwingCard(QFrame):
    """A criterion with its two described ends."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, NEAR, 16, NEAR)
        column.setSpacing(HAIR)
        self.overline, self.name = Text("", "overline"), Text("", "strong")
        self.zero, self.hundred, self.counts = Text("", "small-ink"), Text("", "small-ink"), Text("", "small")
        for each in (self.overline, self.name):
            column.addWidget(each)
        column.addSpacing(HAIR)
        column.addWidget(Text("From", "small"))
        column.addWidget(self.zero)
        column.addWidget(Text("to", "small"))
        column.addWidget(self.hundred)
        column.addStretch(1)
        column.addWidget(self.counts)

    def show_criterion(self, overline: str, criterion: Criterion, counts: str) -> None:
        """Shows a criterion with its ends."""
        self.overline.setText(overline)
        self.name.setText(criterion.name)
        self.zero.setText(criterion.zero)
        self.hundred.setText(criterion.hundred)
        self.counts.setText(counts)
        self.setAccessibleName(f"{criterion.name}: from {criterion.zero} to {criterion.hundred}")


def _top(criteria: tuple[Criterion, ...], ranking: Ranking) -> Criterion | None:
    by_id = {criterion.id: criterion for criterion in criteria}
    ranked = [by_id[each] for each in moves.ids(ranking) if each in by_id]
    return ranked[0] if ranked else None
