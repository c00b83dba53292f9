"""A decision list of ten lines: what a busy adviser might say by heart. The method must earn its place beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.advice.cases import Situation

Facts = Mapping[str, Any]
"""Plain answers by question id; `partners`: a tuple of the partners' answers; `causes`: those held with confidence."""

KINDS = {
    "planned-surgery": "surgical-hub",
    "pathology": "pathology-network",
    "budget-pathway": "lead-provider",
    "out-of-hospital": "lead-provider",
    "corporate": "shared-services",
}


def _next_step(facts: Facts) -> str:
    return "merger" if _any(facts, "present-arrangement", "group") else "hospital-group"


def _any(facts: Facts, question: str, *values: str) -> bool:
    return any(partner.get(question) in values for partner in facts["partners"])


RULES: tuple[tuple[Callable[[Facts], bool], Callable[[Facts], str]], ...] = (
    (lambda f: f["mandate-requires"] == "this-form", lambda f: f["mandate-form"]),
    (lambda f: f["trust-condition"] == "failure-regime", lambda f: "acquisition"),
    (lambda f: _any(f, "arrangement-enough", "yes") or f["improving"] == "yes", lambda f: "carry-on"),
    (lambda f: f["trust-condition"] == "sound" and not f["causes"], lambda f: "carry-on"),
    (lambda f: f["kind"] in KINDS, lambda f: KINDS[f["kind"]]),
    (lambda f: f["causes"] <= {"skills"} and f["causes"] != set(), lambda f: "buddying"),
    (lambda f: f["reach"] == "one-service", lambda f: "clinical-network"),
    (lambda f: len(f["partners"]) > 2 or f["reach"] == "several-services", lambda f: "provider-collaborative"),
    (lambda f: _any(f, "arrangement-enough", "no-tried", "partly"), _next_step),
    (lambda f: f["trust-condition"] in {"weak", "failing"}, lambda f: "shared-leadership"),
)  # fmt: skip
ELSE = "strategic-alliance"


def by_heart(situation: Situation) -> str:
    """The form that the first line to fit names."""
    facts = _facts(situation.answers)
    return next((form(facts) for fits, form in RULES if fits(facts)), ELSE)


def _facts(document: Mapping[str, Any]) -> Facts:
    answers = dict.fromkeys(("mandate-requires", "improving", "reach", "trust-condition"))
    answers |= document.get("answers", {})
    kinds = answers.get("service-kind") or [None]
    held = {each["id"] for each in document.get("causes", ()) if each["confidence"] != "low"}
    partners = tuple(partner.get("answers", {}) for partner in document.get("partners", ()))
    return {**answers, "kind": kinds[0], "causes": held, "partners": partners}
