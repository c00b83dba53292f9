"""Which facts that nobody knows could change the answer: each possible answer is tried in turn, without draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from partnerwizard.appraisal.assess import CLOSED, Assessed, Assessment, contestants
from partnerwizard.appraisal.facts import CAUSES, of_case, read_by_form
from partnerwizard.appraisal.model import FindOut, SmallestChange
from partnerwizard.appraisal.options import COMPARED
from partnerwizard.pack.conditions import Truth, answered
from partnerwizard.pack.model import Effect, Pack, Question

NAMED_CHANGES = 3
CLOSING: frozenset[Effect] = frozenset({"ruled-out", "set-aside"})
NOTICEABLE = 3.0
"""Points by which an answer must move two front runners against each other to be worth asking for: our judgement.

A fact that moves them by less may shift a share a little, and is still in the list, but is not said to decide.
"""


@dataclass(frozen=True)
class Trial:
    """A fact that is not known, and for each answer the option that would then be first, if it is another.

    `closes`: a rule that could close one of the front runners waits for it. `shift`: the most points by which an answer
    moves two of the front runners against each other.
    """

    fact: str
    partner: str | None
    about: str
    why: str
    short: str
    winners: Mapping[str, str | None]
    closes: bool = False
    shift: float = 0.0

    @property
    def share(self) -> float:
        """The share of the answers that change which form is first."""
        return sum(winner is not None for winner in self.winners.values()) / max(1, len(self.winners))

    @property
    def decides(self) -> bool:
        """Whether knowing it could change the answer: what is first, what is closed, or how far ahead it is."""
        return self.share > 0 or self.closes or self.shift >= NOTICEABLE


def trials(assessment: Assessment) -> tuple[Trial, ...]:
    """Every fact not known that some rule reads; those first that change the answer in most of their answers.

    The front runners are the contestants of highest likely value, as many as a close group may name.
    """
    pack = assessment.pack
    front = _Front(assessment)
    read = _read(pack)
    found: list[Trial] = []
    facts = of_case(pack, assessment.case)
    for question in pack.questions:
        if question.id not in read:
            continue
        partners = list(assessment.case.partner_by_id) if question.scope == "partner" else [None]
        for partner, fact in zip(partners, facts(question.id), strict=True):
            if not fact.known:
                about = partner or question.scope
                name = "the partner" if partner is None else assessment.case.partner_by_id[partner].name
                why = question.why.replace("{partner}", name)
                found.append(front.trial(question.id, partner, about, why, question.short, _answers(pack, question)))
    if not assessment.case.held_causes:
        answers = {cause.name: cause.id for cause in pack.causes}
        why = "A form that does not touch the cause cannot put the problem right."
        found.append(front.trial(CAUSES, None, "trust", why, "Cause", answers))
    key_facts = set(pack.head.method.key_facts)

    def place(each: Trial) -> tuple[float, bool, float, bool, str, str]:
        return -each.share, not each.closes, -each.shift, each.fact not in key_facts, each.fact, each.about

    return tuple(sorted(found, key=place))


def find_out(tried: Sequence[Trial]) -> tuple[FindOut, ...]:
    """The facts to find out, most decisive first."""
    return tuple(
        FindOut(fact=each.fact, about=each.about, why=each.why, could_change_the_answer=each.decides, share=each.share)
        for each in tried
    )


def fact_changes(assessment: Assessment, tried: Sequence[Trial]) -> tuple[SmallestChange, ...]:
    """For the most decisive facts, one answer with which another option would be first."""
    names = {option.id: option.name for option in assessment.options}
    changes: list[SmallestChange] = []
    for each in tried:
        for answer, winner in each.winners.items():
            if winner is not None and len(changes) < NAMED_CHANGES:
                who = f" ({assessment.case.partner_by_id[each.partner].name})" if each.partner is not None else ""
                sentence = f"If the answer to “{each.short}”{who} were “{answer}”, {names[winner]} would stand first."
                changes.append(SmallestChange(kind="fact", size=1, winner=winner, sentence=sentence))
                break
    return tuple(changes)


class _Front:
    """The front runners of a case as it is, against which each answer is tried."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._value = _values(assessment, assessment.assessed)
        entered = contestants(assessment.pack, assessment.assessed, self._value)
        ranked = sorted(entered, key=lambda each: (self._value[each.option.id], each.option.id), reverse=True)
        self._first = ranked[0] if ranked else None
        self._runners = ranked[: int(assessment.pack.head.method.close_group_size.value)]

    def trial(
        self, fact: str, partner: str | None, about: str, why: str, short: str, answers: Mapping[str, str]
    ) -> Trial:
        """Tries each answer, an id by its wording."""
        winners: dict[str, str | None] = {}
        shift = 0.0
        for text, answer in answers.items():
            assessed = self._assessment.suppose({(fact, partner): answered(answer)})
            then = _first(self._assessment, assessed)
            changes = then is not None and (self._first is None or _family(then) != _family(self._first))
            winners[text] = then.option.id if then is not None and changes else None
            shift = max(shift, self._shift(_values(self._assessment, assessed)))
        return Trial(fact, partner, about, why, short, winners, self._waits_for(fact, partner), shift)

    def _shift(self, value: Mapping[str, float]) -> float:
        """The most points by which two front runners have moved against each other; one that closed is `closes`."""
        moved = [value[o] - self._value[o] for each in self._runners if (o := each.option.id) in value]
        return max(moved, default=0.0) - min(moved, default=0.0)

    def _waits_for(self, fact: str, partner: str | None) -> bool:
        """Whether a rule that could close a front runner, or fix another form, is unknown for want of the fact."""
        judge = self._assessment.judge
        for each in self._runners:
            if partner is not None and partner not in each.option.partners and "none" not in each.option.form.takes:
                continue
            unknown = [
                standing.gate.when
                for standing in each.standings
                if standing.counts
                and standing.gate is not None
                and standing.effect in CLOSING
                and standing.truth is Truth.UNKNOWN
            ]
            # Of several facts that a rule waits for, the first is asked; if that settles it, the others need not be.
            if any(fact == judge.facts(each.option).missing(condition)[0] for condition in unknown):
                return True
        roles = self._assessment.pack.head.roles
        fixing = roles.fixed_form_when.evaluate(facts := of_case(self._assessment.pack, self._assessment.case))
        if fixing is Truth.UNKNOWN:
            return fact in facts.missing(roles.fixed_form_when)
        return fixing is Truth.HOLDS and fact == roles.fixed_form


def _answers(pack: Pack, question: Question) -> dict[str, str]:
    """The ids of the allowed answers by their wording; none for words and days, which no rule compares."""
    if question.kind == "form":
        return {form.name: form.id for form in pack.forms if form.kind in COMPARED and form.id != pack.head.reference}
    return {choice.text: choice.id for choice in question.choices}


def _values(assessment: Assessment, assessed: Sequence[Assessed]) -> dict[str, float]:
    return {each.option.id: assessment.likely_value(each) for each in assessed if each.status not in CLOSED}


def _first(assessment: Assessment, assessed: Sequence[Assessed]) -> Assessed | None:
    """The contestant of highest likely value."""
    value = _values(assessment, assessed)
    entered = contestants(assessment.pack, assessed, value)
    return max(entered, key=lambda each: (value[each.option.id], each.option.id), default=None)


def _family(each: Assessed) -> str:
    return each.option.form.contest_family or each.option.form.id


def _read(pack: Pack) -> frozenset[str]:
    """The facts that some rule reads, and those on which it depends whether they are asked."""
    read = set(_all(read_by_form(pack)))
    for question in pack.questions:
        if question.asked_when is not None and question.id in read:
            read.update(question.asked_when.facts())
    return frozenset(read)


def _all(read: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for facts in read.values():
        yield from facts
