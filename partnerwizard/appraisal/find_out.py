"""Which facts that nobody knows could change the answer: each possible answer is tried in turn, without draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from partnerwizard.appraisal.assess import CLOSED, Assessed, Assessment, contestants
from partnerwizard.appraisal.facts import CAUSES, Supposed, of_case, read_by_form
from partnerwizard.appraisal.model import FindOut
from partnerwizard.pack.conditions import answered
from partnerwizard.pack.model import Pack, Question


def find_out(assessment: Assessment, entered: Sequence[Assessed], value: Mapping[str, float]) -> tuple[FindOut, ...]:
    """Facts not known that some rule reads; those first that change the answer in most of their answers."""
    pack = assessment.pack
    today = _answer(assessment, assessment.assessed)
    found: list[tuple[float, FindOut]] = []
    read = _read(pack)
    for question, partner in _unknown(assessment):
        if question.id not in read:
            continue
        tries = [_answer(assessment, assessment.suppose(each)) != today for each in _answers(question, partner)]
        share = sum(tries) / len(tries) if tries else 0.0
        about = partner or question.scope
        found.append(
            (share, FindOut(fact=question.id, about=about, why=question.why, could_change_the_answer=share > 0))
        )
    if not assessment.case.held_causes:
        tries = [
            _answer(assessment, assessment.suppose({(CAUSES, None): answered(cause.id)})) != today
            for cause in pack.causes
        ]
        share = sum(tries) / len(tries) if tries else 0.0
        why = "A form that does not touch the cause cannot put the problem right."
        found.append((share, FindOut(fact=CAUSES, about="trust", why=why, could_change_the_answer=share > 0)))
    key_facts = set(pack.head.method.key_facts)
    ordered = sorted(found, key=lambda each: (-each[0], each[1].fact not in key_facts, each[1].fact, each[1].about))
    return tuple(each for _, each in ordered)


def _answer(assessment: Assessment, assessed: Sequence[Assessed]) -> tuple[str, bool] | None:
    """The answer in short: which form or family is first by likely value, and whether carrying on is closed."""
    value = {each.option.id: assessment.likely_value(each) for each in assessed if each.status not in CLOSED}
    entered = contestants(assessment.pack, assessed, value)
    if not entered:
        return None
    first = max(entered, key=lambda each: (value[each.option.id], each.option.id))
    form = first.option.form
    return form.contest_family or form.id, first.status == "unresolved"


def _unknown(assessment: Assessment) -> Iterator[tuple[Question, str | None]]:
    facts = of_case(assessment.pack, assessment.case)
    for question in assessment.pack.questions:
        partners = list(assessment.case.partner_by_id) if question.scope == "partner" else [None]
        for partner, fact in zip(partners, facts(question.id), strict=True):
            if not fact.known:
                yield question, partner


def _answers(question: Question, partner: str | None) -> Iterator[Supposed]:
    for choice in question.choices:
        yield {(question.id, partner): answered(choice.id)}


def _read(pack: Pack) -> frozenset[str]:
    """The facts that some rule reads, and those on which it depends whether they are asked."""
    read = set[str]().union(*read_by_form(pack).values())
    for question in pack.questions:
        if question.asked_when is not None and question.id in read:
            read.update(question.asked_when.facts())
    return frozenset(read)
