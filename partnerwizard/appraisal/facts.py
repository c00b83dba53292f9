"""Facts of a case as conditions read them: answered, don't know, does not apply and unanswered told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
from partnerwizard.pack.model import Form, Pack, Question

CAUSES = "causes"
CAUSES_HELD = "causes-held"
BODIES = "number-of-bodies"
DIRECTION = "option.direction"
DERIVED = (CAUSES, CAUSES_HELD, BODIES, DIRECTION)
"""Facts that the program derives from the case and the option instead of asking."""

SWITCH = "switch."

Supposed = Mapping[tuple[str, str | None], Fact]
"""Facts supposed for a what-if: by question id and partner id (None: about the trust or the context)."""


class Facts:
    """Looks facts up for a case, or for one option of it.

    `partners`: whose answers partner facts are read from; none named means that partner facts are not known.
    `supposed` takes the place of what the case says.
    """

    def __init__(
        self,
        pack: Pack,
        case: Case,
        partners: tuple[str, ...] = (),
        direction: str | None = None,
        supposed: Supposed | None = None,
    ) -> None:
        self._pack = pack
        self._case = case
        self._partners = partners
        self._direction = direction
        self._supposed: Supposed = supposed or {}
        self._found: dict[str, tuple[Fact, ...]] = {}

    def __call__(self, fact: str) -> tuple[Fact, ...]:
        """The fact: one entry, or one for each partner in question (none where no partner is named).

        Raises KeyError for a fact that is neither a question of the pack, a switch nor derived.
        """
        if fact not in self._found:
            self._found[fact] = self._look_up(fact)
        return self._found[fact]

    def evaluate(self, condition: Condition) -> Truth:
        """What a condition comes to on these facts."""
        return condition.evaluate(self)

    def missing(self, condition: Condition) -> tuple[str, ...]:
        """The facts that a condition reads and that are not known, in reading order."""
        return tuple(dict.fromkeys(fact for fact in condition.facts() if not self.known(fact)))

    def known(self, fact: str) -> bool:
        """Whether the fact is answered or does not apply, for every partner in question."""
        found = self(fact)
        return bool(found) and all(each.known for each in found)

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
                if (supposed := self._supposed.get((CAUSES, None))) is not None:
                    return supposed
                held = self._case.held_causes
                return answered(*held) if held else UNANSWERED
            case "causes-held":
                return answered("some" if self(CAUSES)[0].values else "none")
            case "number-of-bodies":
                return count(1 + len(self._partners)) if self._partners else UNANSWERED
            case "option.direction":
                return DOES_NOT_APPLY if self._direction is None else answered(self._direction)
        raise KeyError(f"no fact {fact}: not a question of the pack, a switch or a derived fact")

    def _answer(self, question: Question, partner: str | None) -> Fact:
        if question.asked_when is not None:
            asker = self if partner is None or self._partners == (partner,) else self._about(partner)
            if question.asked_when.evaluate(asker) is Truth.FAILS:
                return DOES_NOT_APPLY
        if (supposed := self._supposed.get((question.id, partner))) is not None:
            return supposed
        answers = self._case.answers if partner is None else self._case.partner_by_id[partner].answers
        return read(answers.get(question.id))

    def _about(self, partner: str) -> Facts:
        return Facts(self._pack, self._case, (partner,), self._direction, self._supposed)


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
    """Facts as a form that takes no partner reads them: about the trust, the context, and every partner named."""
    return Facts(pack, case, tuple(case.partner_by_id))


def affected_by(pack: Pack, fact: str) -> frozenset[str]:
    """The fact and every fact that changes with it, because its question is asked or not depending on it."""
    affected = {fact, CAUSES_HELD} if fact == CAUSES else {fact}
    while more := {
        question.id
        for question in pack.questions
        if question.asked_when is not None
        and question.id not in affected
        and not affected.isdisjoint(question.asked_when.facts())
    }:
        affected |= more
    return frozenset(affected)


def read_by_form(pack: Pack) -> dict[str, frozenset[str]]:
    """The facts that some rule about each form reads: its own rules, and those that every form has."""
    roles = pack.head.roles
    every = {CAUSES, roles.reach, roles.fixed_form}
    return {
        form.id: frozenset(every.union(*(condition.facts() for condition in conditions_of(pack, form))))
        for form in pack.forms
    }


def conditions_of(pack: Pack, form: Form) -> Iterator[Condition]:
    """Every condition that some rule about a form has: its own rules, and those that every form has."""
    yield pack.head.roles.fixed_form_when
    if form.in_place_when is not None:
        yield form.in_place_when
    for need in pack.authority_needs:
        yield need.when
    for gate in pack.gates:
        if form.id in gate.forms:
            yield gate.when
    for adjustment in pack.adjustments:
        if form.id in adjustment.forms:
            yield adjustment.when


def key_facts_known(pack: Pack, case: Case) -> tuple[int, int]:
    """How many of the facts that decide most are known, and how many count (partner facts only with partners).

    A fact is known that is answered or does not apply; a partner fact, when it is so for at least one partner.
    """
    facts = of_case(pack, case)
    counted = [facts(fact) for fact in pack.head.method.key_facts if fact != BODIES or case.partners]
    with_entries = [found for found in counted if found]
    return sum(any(each.known for each in found) for found in with_entries), len(with_entries)
