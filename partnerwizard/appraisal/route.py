"""Forms are steps as well as ends: what now, what goes with it, what it can lead to, and the fallback."""

from __future__ import annotations

from collections.abc import Sequence

from partnerwizard.appraisal.assess import CLOSED, Assessed, Assessment
from partnerwizard.appraisal.model import RouteStep, Verdict
from partnerwizard.appraisal.verdict import Shares

NAMED_WITH = 2


def route(
    assessment: Assessment, verdict: Verdict, entered: Sequence[Assessed], shares: Shares
) -> tuple[RouteStep, ...]:
    """The route of the verdict; empty where the verdict names nothing."""
    now = first_step(assessment, verdict, entered, shares)
    if now is None:
        return ()
    form = now.option.form
    names = {each.id: each.name for each in assessment.pack.forms}
    closed_forms = {each.option.form.id for each in assessment.assessed} - {
        each.option.form.id for each in assessment.assessed if each.status not in CLOSED
    }
    steps = [RouteStep(step="now", form=form.id, sentence=_now_sentence(assessment, verdict, now))]
    steps += [
        RouteStep(step="with", form=other, sentence=f"{names[other]} can go with it.")
        for other in form.goes_with[:NAMED_WITH]
        if other in names
    ]
    for other in form.leads_to:
        if other in names:
            closed = " It is closed today; see why before planning for it." if other in closed_forms else ""
            steps.append(
                RouteStep(step="next", form=other, sentence=f"It can lead to {_lower(names[other])} later.{closed}")
            )
    open_forms = {each.option.form.id: each for each in entered}
    fallback = next((other for other in form.fallback if other in open_forms), None)
    if fallback is None:
        others = [each for each in entered if each is not now]
        best = max(others, key=assessment.likely_value, default=None)
        fallback = best.option.form.id if best is not None else None
    if fallback is not None:
        steps.append(
            RouteStep(step="fallback", form=fallback, sentence=f"If it cannot be agreed: {_lower(names[fallback])}.")
        )
    return tuple(steps)


def first_step(
    assessment: Assessment, verdict: Verdict, entered: Sequence[Assessed], shares: Shares
) -> Assessed | None:
    """What to do now. Within a close group: the least structural form that is no worse than carrying on.

    That is the first in the pack's order, other than carry-on, without a shortfall of authority and ahead of carry-on
    in at least half of the draws; carry-on if there is none. The rule is the pack's, and the report says so.
    """
    named = [each for each in entered if each.option.id in verdict.options]
    if not named:
        return None
    if verdict.kind != "close-group":
        return named[0]
    order = {form.id: number for number, form in enumerate(assessment.pack.forms)}
    reference = assessment.reference
    lightest = sorted(named, key=lambda each: order[each.option.form.id])
    for each in lightest:
        if each is reference or each.shortfall > 0:
            continue
        if assessment.closed or shares[each.option.id][reference.option.id] >= 0.5:
            return each
    return reference if not assessment.closed else lightest[0]


def _now_sentence(assessment: Assessment, verdict: Verdict, now: Assessed) -> str:
    name = now.option.name
    if now is assessment.reference:
        return f"{name}, and review when a fact below is known."
    if verdict.kind == "close-group":
        return f"{name}: the least structural of the close group, which is a rule of this guidance and not a finding."
    return f"{name}: agree the terms and begin."


def _lower(name: str) -> str:
    """A name inside a sentence; abbreviations keep their capitals."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
