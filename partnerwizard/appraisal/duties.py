"""What law or policy asks beside the choice: duties of the options that the verdict names; no figure reads them."""

from __future__ import annotations

from collections.abc import Sequence

from partnerwizard.appraisal.assess import Assessed, Assessment
from partnerwizard.appraisal.model import DutyResult
from partnerwizard.pack.conditions import Truth


def duties(assessment: Assessment, named: Sequence[Assessed]) -> tuple[DutyResult, ...]:
    """Each duty that holds for a named option, or may, with the options it comes with."""
    found: list[DutyResult] = []
    for duty in assessment.pack.duties:
        truths = {
            each.option.id: truth
            for each in named
            if each.option.form.id in duty.forms
            and (duty.in_force is None or duty.in_force <= assessment.judge.as_of)
            and (truth := assessment.judge.truth(each.option, duty.when)) is not Truth.FAILS
        }
        if truths:
            found.append(
                DutyResult(
                    id=duty.id,
                    title=duty.title,
                    text=duty.text,
                    state="holds" if Truth.HOLDS in truths.values() else "unknown",
                    options=tuple(truths),
                    basis=duty.basis,
                    confidence=duty.confidence,
                    sources=duty.sources,
                    in_force=duty.in_force,
                    review_by=duty.review_by,
                )
            )
    return tuple(found)
