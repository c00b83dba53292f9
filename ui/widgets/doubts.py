"""What does not seem to fit together, asked back kindly, each with the places to look at again."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerwizard import flow
from partnerwizard.appraisal.consistency import Doubt, Look, consistency
from partnerwizard.appraisal.facts import CAUSES
from ui.places import HUNCH
from ui.shell import Shell
from ui.tokens import HAIR, NEAR, TIGHT
from ui.widgets.text import Text, button

PLACES: dict[str, tuple[str, str]] = {
    "points": (flow.TOPIC_STEPS["terms"], "Look at the points"),
    "terms": (flow.TOPIC_STEPS["terms"], "Look at the ranking of terms"),
    "swing": (flow.TOPIC_STEPS["terms"], "Look at aims against terms"),
    "aims": (flow.TOPIC_STEPS["aims"], "Look at your aims"),
    "red-line": ("red-lines", "Look at your red lines"),
    "hunch": (HUNCH, "Look at your hunch"),
}


class Doubts(QWidget):
    """A section that is there only while something does not fit."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(TIGHT)
        self._column.addWidget(Text("Do these fit together?", "section"))
        self._column.addWidget(
            Text("Both may be what you mean; then leave them. Nothing here changes the advice by itself.", "small")
        )
        self.shown: tuple[Doubt, ...] = ()
        self._cards: list[QWidget] = []
        self.hide()

    def refresh(self) -> None:
        """Shows the doubts that the case gives rise to."""
        found = consistency(self.shell.session.pack, self.shell.session.case)
        self.setVisible(bool(found))
        if found == self.shown:
            return
        self.shown = found
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._card(doubt) for doubt in found]
        for card in self._cards:
            self._column.addWidget(card)
            card.show()

    def _card(self, doubt: Doubt) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, NEAR, 16, NEAR)
        column.setSpacing(HAIR)
        column.addWidget(Text(doubt.sentence))
        # Several things to look at may stand in one place: one way there is enough.
        ways = {(place, ask): words for place, ask, words in map(self._way, reversed(doubt.look_at))}
        for (place, ask), words in reversed(ways.items()):
            row = QHBoxLayout()
            row.addWidget(
                button(words, partial(self.shell.change, place, ask), "link", name=f"{words}. {doubt.sentence}")
            )
            row.addStretch(1)
            column.addLayout(row)
        return card

    def _way(self, look: Look) -> tuple[str, flow.Ask | None, str]:
        """Where to look: a place, the question there, and what the way is called."""
        if look.what != "question":
            place, words = PLACES[look.what]
            return place, None, words
        if look.id == CAUSES:
            return flow.TOPIC_STEPS["causes"], None, "Look at what lies behind it"
        pack, case = self.shell.session.pack, self.shell.session.case
        question = pack.question_by_id[look.id]
        ask = flow.Ask(question, look.partner)
        partner = case.partner_by_id.get(look.partner or "")
        about = f" ({partner.name})" if partner is not None else ""
        if question.scope == "partner" and look.partner is None:
            return question.step, None, f"Look at “{question.short}”"
        shown = ask if flow.applies(pack, case, ask) else None
        return question.step, shown, f"Look at “{question.short}”{about}"
