"""What-ifs that were given a name: a scenario holds only what differs from its case, and else follows the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from partnerwizard.case.model import Answer, Case, Scenario

WHOLE: Final = ("causes", "aims", "terms", "points", "red_lines", "overrides", "lifted")
"""Parts of a case that a scenario holds whole or not at all; answers are held one by one."""

Changes = dict[str, Answer | None]


def with_scenario(case: Case, scenario: str) -> Case:
    """The case as it would be under one of its scenarios, to be appraised. Raises KeyError if there is none."""
    for each in case.scenarios:
        if each.id == scenario:
            return apply(case, each)
    raise KeyError(scenario)


def apply(case: Case, scenario: Scenario) -> Case:
    """The case with what the scenario says, and without scenarios; answers about partners that have gone fall away."""
    fields: dict[str, Any] = {part: value for part in WHOLE if (value := getattr(scenario, part)) is not None}
    if scenario.swing is not None:
        fields["swing"] = None if scenario.swing == "pack" else scenario.swing
    partners = tuple(
        partner.model_copy(update={"answers": _changed(partner.answers, scenario.partner_answers.get(partner.id, {}))})
        for partner in case.partners
    )
    current = {name: getattr(case, name) for name in Case.model_fields}
    answers = _changed(case.answers, scenario.answers)
    return Case(**{**current, **fields, "answers": answers, "partners": partners, "scenarios": ()})


def from_difference(case: Case, changed: Case, scenario: str, name: str) -> Scenario:
    """The scenario, with this id and name, that makes `changed` of the case, in all that a scenario can hold."""
    whole = {part: getattr(changed, part) if getattr(changed, part) != getattr(case, part) else None for part in WHOLE}
    by_partner = {
        partner.id: difference
        for partner in case.partners
        if (other := changed.partner_by_id.get(partner.id)) is not None
        and (difference := _difference(partner.answers, other.answers))
    }
    return Scenario(
        id=scenario,
        name=name,
        answers=_difference(case.answers, changed.answers),
        partner_answers=by_partner,
        swing=None if changed.swing == case.swing else changed.swing or "pack",
        **whole,
    )


def differs(case: Case, scenario: Scenario) -> bool:
    """Whether the scenario still says anything that the case does not."""
    now = from_difference(case, apply(case, scenario), scenario.id, scenario.name)
    return now != Scenario(id=scenario.id, name=scenario.name)


def _changed(answers: Mapping[str, Answer], changes: Mapping[str, Answer | None]) -> dict[str, Answer]:
    return {question: given for question, given in {**answers, **changes}.items() if given is not None}


def _difference(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> Changes:
    """Answers that are others now, and None for those taken back; only the value counts, not the time."""
    found: Changes = {
        question: given
        for question, given in after.items()
        if question not in before or before[question].value != given.value
    }
    return {**found, **{question: None for question in before if question not in after}}
