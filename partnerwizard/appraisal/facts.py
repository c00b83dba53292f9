"""Facts of a case as conditions read them: answered, don't know, does not apply and unanswered told apart."""

from __future__ import annotations

from collections.abc import Iterable

from partnerwizard.case.model import DOES_NOT_APPLY as NOT_APPLICABLE
from partnerwizard.case.model import Answer, Case
from partnerwizard.pack.conditions import (
    DOES_NOT_APPLY,
    DONT_KNOW,
    UNANSWERED,
    Condition,
    Fact,
    Truth,
    answered,
    count,
)
from partnerwizard.pack.model import Pack, Question

DERIVED = ("causes", "causes-held", "number-of-bodies", "option.direction")
"""Facts that the program derives from the case and the option instead of asking."""

SWITCH = "switch."


class Facts:
    """Looks facts up for a case, or for one option of it.

    `partners`: whose answers partner facts are read from; none named means that partner facts are not known.
    """

    def __init__(
        self, pack: Pack, case: Case, partners: Iterable[str], direction: str | None = None, bodies: bool = True
    ) -> None:
        self._pack = pack
        self._case = case
        self._partners = tuple(partners)
        self._direction = direction
        self._bodies = bodies
        self._found: dict[str, tuple[Fact, ...]] = {}

    def __call__(self, fact: str) -> tuple[Fact, ...]:
        """The fact: one entry, or one for each partner in question (none where no partner is named)."""
        if fact not in self._found:
            self._found[fact] = self._look_up(fact)
        return self._found[fact]

    def evaluate(self, condition: Condition) -> Truth:
        """What a condition comes to on these facts."""
        return condition.evaluate(self)

    def missing(self, condition: Condition) -> tuple[str, ...]:
        """The facts that a condition reads and that are not known, in reading order."""
        unknown = [
            fact for fact in condition.facts() if not (found := self(fact)) or not all(each.known for each in found)
        ]
        return tuple(dict.fromkeys(unknown))

    def _look_up(self, fact: str) -> tuple[Fact, ...]:
        question = self._pack.question_by_id.get(fact)
        if question is not None:
            if question.scope == "partner":
                return tuple(self._answer(question, partner) for partner in self._partners)
            return (self._answer(question, None),)
        if fact.startswith(SWITCH):
            return (answered(self._pack.head.switches[fact.removeprefix(SWITCH)]),)
        return (self._derive(fact),)

    def _derive(self, fact: str) -> Fact:
        match fact:
            case "causes":
                held = self._case.held_causes
                return answered(*held) if held else UNANSWERED
            case "causes-held":
                return answered("some" if self._case.held_causes else "none")
            case "number-of-bodies":
                return count(1 + len(self._partners)) if self._partners and self._bodies else UNANSWERED
            case "option.direction":
                return DOES_NOT_APPLY if self._direction is None else answered(self._direction)
        raise KeyError(f"no fact {fact}: not a question of the pack, a switch or a derived fact")

    def _answer(self, question: Question, partner: str | None) -> Fact:
        if question.asked_when is not None:
            asker = self if partner is None or self._partners == (partner,) else self.about(partner)
            if question.asked_when.evaluate(asker) is Truth.FAILS:
                return DOES_NOT_APPLY
        answers = self._case.answers if partner is None else self._case.partner_by_id[partner].answers
        return read(answers.get(question.id))

    def about(self, partner: str | None) -> Facts:
        """The same case seen for one partner, or for none."""
        return Facts(self._pack, self._case, () if partner is None else (partner,), self._direction, self._bodies)


def read(given: Answer | None) -> Fact:
    """An answer of the case as a fact."""
    if given is None:
        return UNANSWERED
    match given.value:
        case None:
            return DONT_KNOW
        case str() as text if text == NOT_APPLICABLE:
            return DOES_NOT_APPLY
        case str() as text:
            return answered(text)
        case several:
            return answered(*several)


def of_case(pack: Pack, case: Case) -> Facts:
    """Facts as the form that needs no partner reads them: about the trust, the context, and every partner named."""
    return Facts(pack, case, tuple(case.partner_by_id), bodies=bool(case.partners))
