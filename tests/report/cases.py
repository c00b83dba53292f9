"""Cases on the built-in pack, and verdicts of every kind, for tests of the report."""

from __future__ import annotations

from functools import cache
from typing import Any

from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.file import load_case
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from tests.support import CASES, appraised, case_of, guidance

WORKED = sorted(path.stem for path in CASES.glob("*.partnering"))
KINDS = ("clear", "leading", "close-group", "no-clear-winner", "not-enough-known", "nothing-open")

Material = tuple[Pack, Case, Appraisal]


def document(**changes: Any) -> dict[str, Any]:
    """Plain answers of a trust with a fragile service and two partners."""
    return {
        "title": "Partnering options: the stroke service",
        "answers": {
            "trust-condition": "fragile-services",
            "org-type": "nhs-trust",
            "nature": "voluntary",
            "reach": "one-service",
            "finance-us": None,
        },
        "partners": [
            {"id": "p1", "name": "Eastmarsh University Hospitals", "answers": {"distance": "30-to-60"}},
            {"id": "p2", "name": "Northmoor NHS Foundation Trust", "answers": {"distance": "over-60"}},
        ],
        "aims": ["fragile-services", ["clinical-quality", "access"]],
        "terms": ["time-to-effect"],
        "causes": [{"id": "staff-supply", "confidence": "high"}],
        "red_lines": [{"text": "No site loses its A&E", "owner": "Board of directors", "forms": ["merger"]}],
    } | changes


def material(**changes: Any) -> Material:
    """Pack, case and appraisal of the plain answers with changes."""
    pack = guidance()
    case = case_of(pack, **document(**changes))
    case = case.model_copy(update={"organisation": "Westmere Hospitals NHS Trust", "notes": "PRIVATE NOTE"})
    return pack, case, appraised(pack, case, samples=300)


@cache
def worked(name: str) -> Material:
    """A worked case of the tests."""
    case = load_case(CASES / f"{name}.partnering")
    return guidance(), case, appraised(guidance(), case, samples=300)


@cache
def usual() -> Material:
    """The case without changes."""
    return material()


def many_options() -> Material:
    """A case with far more than sixty options, under long names."""
    partners = [
        {"id": f"p{n}", "name": f"East Riverside University Teaching Hospitals NHS Foundation Trust number {n}"}
        for n in range(5)
    ]
    return material(partners=partners)


def with_verdict(found: Material, kind: str, options: int) -> Material:
    """The same material with another kind of verdict that names the first contestants."""
    pack, case, appraisal = found
    order = sorted(appraisal.forms, key=lambda form: -(appraisal.option(form.option).value or none()).likely)
    named = tuple(form.option for form in order[:options])
    verdict = appraisal.verdict.model_copy(update={"kind": kind, "options": named, "leader": order[0].option})
    return pack, case, appraisal.model_copy(update={"verdict": verdict})


def none() -> Any:
    """Fails: a contestant has a value."""
    raise AssertionError("a contestant has a value")
