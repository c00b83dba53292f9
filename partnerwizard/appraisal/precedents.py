"""The nearest decided cases, by the facts that were knowable then. They illustrate; no figure reads them."""

from __future__ import annotations

from partnerwizard.appraisal.facts import of_case
from partnerwizard.appraisal.model import NearPrecedent
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack, Precedent

SHOWN = 4


def nearest(pack: Pack, case: Case) -> tuple[NearPrecedent, ...]:
    """The precedents that share most facts and causes with the case, at least two; ties in the pack's order."""
    scored = [(_shared(pack, case, precedent), precedent) for precedent in pack.precedents]
    near = sorted((each for each in scored if len(each[0]) >= 2), key=lambda each: -len(each[0]))
    return tuple(
        NearPrecedent(
            id=precedent.id,
            form=precedent.form,
            outcome=precedent.outcome,
            why_near="Also there: " + "; ".join(shared) + ".",
        )
        for shared, precedent in near[:SHOWN]
    )


def _shared(pack: Pack, case: Case, precedent: Precedent) -> list[str]:
    """What the case and the precedent have in common, in words."""
    facts = of_case(pack, case)
    shared: list[str] = []
    for name, wanted in precedent.facts.items():
        question = pack.question_by_id.get(name)
        values = {value for fact in (facts(name) if question else ()) for value in fact.values}
        same = values.intersection([wanted] if isinstance(wanted, str) else wanted)
        if question is not None and same:
            words = {choice.id: choice.text.replace("{partner}", "the partner") for choice in question.choices}
            shared.append(f"{question.short.lower()}: {', '.join(words.get(each, each) for each in sorted(same))}")
    shared += [
        f"cause: {pack.cause_by_id[cause].name.lower()}"
        for cause in precedent.causes
        if cause in case.held_causes and cause in pack.cause_by_id
    ]
    return shared
