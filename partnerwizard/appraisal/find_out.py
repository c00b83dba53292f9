"""Which facts that nobody knows could change the answer: each possible answer is tried in turn, without draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from partnerwizard.appraisal.assess import CLOSED, Assessed, Assessment, contestants
from partnerwizard.appraisal.facts import CAUSES, of_case, read_by_form
from partnerwizard.appraisal.model import FindOut, SmallestChange
from partnerwizard.pack.conditions import answered
from partnerwizard.pack.model import Pack

NAMED_CHANGES = 3


@dataclass(frozen=True)
class Trial:
    """A fact that is not known, and for each answer the option that would then be first, if it is another."""

    fact: str
    partner: str | None
    about: str
    why: str
    short: str
    winners: Mapping[str, str | None]

    @property
    def share(self) -> float:
        """The share of the answers that change which form is first."""
        return sum(winner is not None for winner in self.winners.values()) / max(1, len(self.winners))


def trials(assessment: Assessment) -> tuple[Trial, ...]:
    """Every fact not known that some rule reads; those first that change the answer in most of their answers."""
    pack = assessment.pack
    today = _first(assessment, assessment.assessed)
    read = _read(pack)
    found: list[Trial] = []
    facts = of_case(pack, assessment.case)
    for question in pack.questions:
        if question.id not in read:
            continue
        partners = list(assessment.case.partner_by_id) if question.scope == "partner" else [None]
        for partner, fact in zip(partners, facts(question.id), strict=True):
            if not fact.known:
                answers = {choice.text: (question.id, choice.id) for choice in question.choices}
                winners = _winners(assessment, today, answers, partner)
                about = partner or question.scope
                name = "the partner" if partner is None else assessment.case.partner_by_id[partner].name
                why = question.why.replace("{partner}", name)
                found.append(Trial(question.id, partner, about, why, question.short, winners))
    if not assessment.case.held_causes:
        answers = {cause.name: (CAUSES, cause.id) for cause in pack.causes}
        why = "A form that does not touch the cause cannot put the problem right."
        found.append(Trial(CAUSES, None, "trust", why, "Cause", _winners(assessment, today, answers, None)))
    key_facts = set(pack.head.method.key_facts)
    return tuple(sorted(found, key=lambda each: (-each.share, each.fact not in key_facts, each.fact, each.about)))


def find_out(tried: Sequence[Trial]) -> tuple[FindOut, ...]:
    """The facts to find out, most decisive first."""
    return tuple(
        FindOut(fact=each.fact, about=each.about, why=each.why, could_change_the_answer=each.share > 0)
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


def _winners(
    assessment: Assessment, today: Assessed | None, answers: Mapping[str, tuple[str, str]], partner: str | None
) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for text, (fact, answer) in answers.items():
        then = _first(assessment, assessment.suppose({(fact, partner): answered(answer)}))
        changes = then is not None and (today is None or _family(then) != _family(today))
        found[text] = then.option.id if then is not None and changes else None
    return found


def _first(assessment: Assessment, assessed: Sequence[Assessed]) -> Assessed | None:
    """The contestant of highest likely value."""
    value = {each.option.id: assessment.likely_value(each) for each in assessed if each.status not in CLOSED}
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
