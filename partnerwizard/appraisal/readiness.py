"""Whether each partnership is ready for the leading form. Advice beside the form: it never adds to a score."""

from __future__ import annotations

from typing import Literal

from partnerwizard.appraisal.assess import Assessed, Assessment
from partnerwizard.appraisal.facts import Facts
from partnerwizard.appraisal.model import Readiness

State = Literal["in-place", "partly", "missing", "unknown"]


def readiness(assessment: Assessment, leader: Assessed | None) -> tuple[Readiness, ...]:
    """Each ingredient with each partner of the leading option (every partner where that names none)."""
    pack, case = assessment.pack, assessment.case
    partners = (leader.option.partners if leader is not None else ()) or tuple(case.partner_by_id)
    leaned_on = leader.option.form.leans_on if leader is not None else ()
    return tuple(
        Readiness(
            partner=partner,
            ingredient=ingredient.id,
            state=_state(Facts(pack, case, (partner,)), ingredient.question),
            leaned_on=ingredient.id in leaned_on,
        )
        for partner in partners
        for ingredient in pack.ingredients
    )


def _state(facts: Facts, question: str) -> State:
    (fact,) = facts(question)
    match fact.values:
        case ("in-place",):
            return "in-place"
        case ("partly",):
            return "partly"
        case ("missing",):
            return "missing"
    return "unknown"
