"""A small guidance pack with forms of every kind, and cases that reach every verdict under it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from partnerwizard.appraisal.appraise import appraise
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TRUST = "Westmere Hospitals NHS Trust"

CRITERIA = (
    ("clinical-quality", "aims", "Clinical quality and safety", 50),
    ("access", "aims", "Access and waiting times", 50),
    ("workforce", "aims", "Staff for all services", 50),
    ("fragile-services", "aims", "The fragile service can go on", 50),
    ("time-to-effect", "terms", "Time until it makes a difference", 100),
    ("disruption", "terms", "Upheaval", 100),
    ("autonomy", "terms", "Independence", 100),
    ("reversibility", "terms", "The way back", 100),
)

FORMS: tuple[tuple[str, str, dict[str, Any], tuple[Any, ...]], ...] = (
    # id, name, more fields, levels by criterion (None: unknown; a studied level is a string)
    ("carry-on", "Carrying on as now", {"takes": ["none"], "authority": 0}, (0, 0, 0, 0, 0, 0, 0, 0)),
    ("buddying", "Buddying", {"authority": 0.5}, (0.5, None, None, 0, -0.25, -0.25, -0.25, 0)),
    ("clinical-network", "Clinical network", {"authority": 0.5}, ("1", None, 0.5, 0.75, -0.5, -0.25, 0, 0)),
    ("strategic-alliance", "Strategic alliance", {"authority": 1}, (0.5, None, 0.5, 0.75, -0.5, -0.25, -0.25, -0.25)),
    ("service-chain", "Service chain", {"authority": 1.5}, (0.75, None, 0.5, 1, -0.75, -0.5, -0.5, -0.75)),
    ("shared-leadership", "Shared leadership", {"authority": 2}, (None, None, None, 0.5, -0.5, -0.5, -0.75, -0.75)),
    (
        "management-contract",
        "Management contract with another NHS trust",
        {
            "authority": 2,
            "directed": True,
            "direction_words": {"we-lead": "we run {partner}", "they-lead": "{partner} runs us"},
        },
        (0.75, None, None, None, -0.5, -0.75, -1.25, -0.75),
    ),
    ("hospital-group", "Hospital group", {"authority": 2.5}, (None, None, 0.75, 1, -0.75, -0.75, -1, -1)),
    ("merger", "Merger", {"authority": 3, "contest_family": "union"}, ("0.25", "0.25", 0.75, 1.5, -1.5, -1.75, -2, -2)),
    (
        "acquisition",
        "Acquisition",
        {"authority": 3, "contest_family": "union"},
        (0.5, None, 0.75, 1.5, -1.5, -1.75, -2, -2),
    ),
)

_BY_DESIGN = {"time-to-effect", "disruption", "autonomy", "reversibility"}
_STRUCTURAL = {"service-chain", "hospital-group", "merger", "acquisition", "management-contract"}
_CAUSES = {
    "clinical-network": {"staff-supply": "partly", "skills": "partly"},
    "strategic-alliance": {"staff-supply": "partly", "subscale": "partly"},
    "service-chain": {"subscale": "directly", "skills": "partly"},
    "shared-leadership": {"leadership": "directly", "subscale": "partly"},
    "management-contract": {"leadership": "directly"},
    "hospital-group": {"leadership": "directly", "subscale": "partly", "staff-supply": "partly"},
    "merger": {"subscale": "directly", "staff-supply": "partly", "leadership": "partly"},
    "acquisition": {"subscale": "directly", "staff-supply": "partly", "leadership": "directly"},
    "buddying": {"skills": "directly"},
}


def pack(extra_forms: int = 0) -> Pack:
    """The sample pack, with copies of a form under long names where many options are wanted."""
    forms = [_form(*form) for form in FORMS]
    for number in range(extra_forms):
        name = f"A rather long form of partnering with a name that goes on, number {number + 1}"
        forms.append(
            _form(
                f"extra-{number + 1}",
                name,
                {"authority": 1},
                (0.25 * (number % 5), None, 0.5, 0.25, -0.25 * (number % 3), -0.5, -0.5, -0.25),
            )
        )
    return Pack.model_validate(
        {
            "head": _head([form["id"] for form in forms]),
            "questions": _questions(),
            "criteria": [
                {
                    "id": id_,
                    "branch": branch,
                    "name": name,
                    "question": f"How much does {name.lower()} matter?",
                    "zero": "Three years on, it has become a new serious problem.",
                    "carrying_on": "It is about where it would have been anyway.",
                    "hundred": "The problem you named is largely gone, and patients and staff see it.",
                    "carry_on": place,
                    "watched": id_ in {"clinical-quality", "access"},
                }
                for id_, branch, name, place in CRITERIA
            ],
            "causes": [
                {
                    "id": "staff-supply",
                    "name": "Too few staff to be had",
                    "text": "Posts cannot be filled, whatever is tried.",
                },
                {
                    "id": "subscale",
                    "name": "Too small",
                    "text": "There are too few patients to run the service safely alone.",
                },
                {
                    "id": "skills",
                    "name": "Skills and know-how",
                    "text": "People are willing but have not been shown how.",
                },
                {"id": "leadership", "name": "Leadership and governance", "text": "The board is not in control."},
            ],
            "forms": forms,
            "gates": _gates(),
            "adjustments": [
                {
                    "id": "near",
                    "when": {"fact": "distance", "is": "near"},
                    "forms": ["clinical-network", "service-chain", "merger"],
                    "criteria": ["workforce"],
                    "points": 6.25,
                    "reason": "People can work on both sites in one day",
                    "sources": ["networks"],
                }
            ],
            "authority_needs": [
                {
                    "id": "default",
                    "when": {"always": True},
                    "need": 1,
                    "reason": "Someone must be able to decide the rota.",
                }
            ],
            "ingredients": [
                {
                    "id": "trust",
                    "name": "Trust between the leaders",
                    "question": "leaders-trust",
                    "builds": "Meet monthly, in person, with one shared problem on the table.",
                    "sources": ["ingredients"],
                },
                {
                    "id": "people",
                    "name": "Named people with time",
                    "question": "named-people",
                    "builds": "Agree names, days and who pays before the start.",
                },
            ],
            "precedents": [
                {
                    "id": "northmoor",
                    "title": "Northmoor and Eastmarsh stroke network",
                    "years": "2015 to 2018",
                    "form": "clinical-network",
                    "nature": "voluntary",
                    "scale": "individual",
                    "facts": {"reach": "one-service", "nature": "voluntary"},
                    "causes": ["staff-supply"],
                    "chosen": "One rota for two hospitals.",
                    "outcome": "The service went on and met its standards after two years.",
                    "lesson": "The rota was shared in fact, not only on paper.",
                    "law_era": "2013-to-mid-2022",
                    "confidence": "moderate",
                    "sources": ["networks"],
                }
            ],
            "sources": [
                {
                    "id": "networks",
                    "title": "Networks that work: what was measured",
                    "publisher": "Institute for Health Studies",
                    "published": "2021",
                    "url": "https://example.org/networks/what-was-measured-and-how-it-was-measured",
                    "checked": "2026-11-01",
                },
                {
                    "id": "ingredients",
                    "title": "Ingredients for success",
                    "publisher": "Health Foundation of Examples",
                    "published": "March 2017",
                    "url": "https://example.org/ingredients",
                    "checked": "2026-11-01",
                },
                {
                    "id": "act",
                    "title": "National Health Service Act 2006, section 56",
                    "publisher": "legislation.example",
                    "published": "2006, as amended to 2022",
                    "url": "https://example.org/act/section/56",
                    "checked": "2026-11-01",
                    "review_by": "2026-11-10",
                },
            ],
            "glossary": [
                {"id": "rota", "term": "Rota", "meaning": "Who is on duty when."},
                {
                    "id": "icb",
                    "term": "Integrated care board",
                    "meaning": "The body that plans and pays for care in an area.",
                },
            ],
            "content_hash": "0" * 63 + "1",
        }
    )


def _form(id_: str, name: str, more: dict[str, Any], levels: Sequence[Any]) -> dict[str, Any]:
    claim = {"sources": ["networks"], "confidence": "moderate"}
    return {
        "id": id_,
        "name": name,
        "kind": "form",
        "family": "collaborative" if id_ in {"buddying", "clinical-network"} else "contractual",
        "takes": ["one", "several"] if id_ in {"strategic-alliance", "clinical-network"} else ["one"],
        "typology": {
            "nature": ["mandated", "voluntary"]
            if id_ in {"merger", "shared-leadership"}
            else ["voluntary"]
            if id_ != "buddying"
            else ["mandated"],
            "scale": "structural" if id_ in _STRUCTURAL else "individual",
        },
        "reach": ["one-service", "organisation"] if id_ not in {"hospital-group"} else ["organisation"],
        "definition": {
            "text": f"{name} means that the trusts agree who does what and stay who they are, or not.",
            **claim,
        },
        "governs": {"text": "A joint group that reports to both boards.", **claim},
        "accountable": {"text": "Each board stays accountable for its own patients.", **claim},
        "reversibility": {
            "text": "It can be ended with six months’ notice.",
            "confidence": "low",
            "why": "Agreements of this kind usually say so",
        },
        "needs": [{"text": "A named lead on each side with a day a week.", **claim}],
        "warning_signs": [
            {
                "text": "Meetings are cancelled, and nobody asks for new dates.",
                "confidence": "low",
                "why": "Seen in several cases",
            }
        ],
        "first_ninety_days": ["Name the leads", "Agree the first shared rota", "Tell staff and patients what changes"],
        "review_triggers": ["The shared rota has gaps for two months running"],
        "leans_on": ["trust"],
        "money": {
            "low": 200_000,
            "high": 1_500_000,
            "note": "Read from three published business cases.",
            "sources": ["networks"],
        }
        if id_ != "buddying"
        else {"note": "Nobody has published it."},
        "time": {"low": 6, "high": 12, "note": "From agreement to the first shared rota.", "sources": ["networks"]},
        "approvals": [{"who": "Both boards", "what": "Agree the terms and the named leads.", "sources": ["act"]}],
        "causes": {
            cause: {"how": how, "text": "One rota over two sites needs fewer people than two."}
            for cause, how in _CAUSES.get(id_, {"staff-supply": "partly"} if id_ != "carry-on" else {}).items()
        },
        "ratings": {
            criterion[0]: _rating(criterion[0], level, name) for criterion, level in zip(CRITERIA, levels, strict=True)
        },
        **({"leads_to": ["service-chain"], "fallback": ["strategic-alliance"]} if id_ == "clinical-network" else {}),
        **more,
    }


def _rating(criterion: str, level: Any, name: str) -> dict[str, Any]:
    if level is None:
        return {
            "ground": "unknown",
            "reason": f"No study says what {name.lower()} does here, and reasoning does not settle it.",
        }
    if isinstance(level, str):
        return {
            "ground": "studied",
            "level": float(level),
            "confidence": "moderate",
            "reason": f"{name}: a comparison over five years found a gain.",
            "sources": ["networks"],
        }
    ground = "by-design" if criterion in _BY_DESIGN or level == 0 else "judgement"
    return {
        "ground": ground,
        "level": level,
        "confidence": "low",
        "reason": f"{name}: the way it is set up leads to this.",
    }


def _gates() -> list[dict[str, Any]]:
    shared = {"review_by": "2027-03-31", "confidence": "high"}
    return [
        {
            "id": "gate-1",
            "title": "No foundation trust takes part",
            "forms": ["merger", "acquisition"],
            "effect": "ruled-out",
            "basis": "law",
            "when": {"fact": "org-type", "is": "nhs-trust"},
            "reason": "A statutory merger or acquisition needs at least one foundation trust.",
            "sources": ["act"],
            "in_force": "2022-07-01",
            **shared,
        },
        {
            "id": "gate-2",
            "title": "Both sides’ appointment steps",
            "forms": ["shared-leadership", "hospital-group"],
            "effect": "needs",
            "basis": "law",
            "when": {"always": True},
            "reason": "Each trust stays a separate body with its own duties.",
            "step": "Run each board’s own appointment process.",
            "sources": ["act"],
            **shared,
        },
        {
            "id": "gate-3",
            "title": "A partner with room",
            "forms": ["buddying", "clinical-network"],
            "effect": "set-aside",
            "basis": "evidence",
            "when": {"fact": "partner-capacity", "is": "no"},
            "reason": "A partner without named people cannot help.",
            "sources": ["ingredients"],
            **shared,
        },
        {
            "id": "gate-4",
            "title": "Money may move",
            "forms": ["service-chain"],
            "effect": "caution",
            "basis": "judgement",
            "when": {"always": True},
            "reason": "Income goes to the partner; agree who pays for the fixed costs that stay.",
            **shared,
        },
        {
            "id": "gate-5",
            "title": "A named body closes it",
            "forms": ["carry-on"],
            "effect": "ruled-out",
            "basis": "policy",
            "when": {"fact": "carry-on-state", "is": "closed"},
            "reason": "A named body has decided that today’s arrangement must end.",
            "sources": ["act"],
            **shared,
        },
    ]


def _questions() -> list[dict[str, Any]]:
    def one(id_: str, scope: str, short: str, *choices: str, **more: Any) -> dict[str, Any]:
        return {
            "id": id_,
            "scope": scope,
            "step": "all",
            "text": f"{short}?",
            "why": f"{short} decides which rules apply.",
            "short": short,
            "choices": [{"id": each, "text": each.replace("-", " ").capitalize()} for each in choices],
            **more,
        }

    return [
        one("org-type", "trust", "Kind of body", "nhs-trust", "foundation-trust"),
        one("carry-on-state", "trust", "Carrying on", "open", "closed"),
        one("nature", "context", "Choice or mandate", "voluntary", "mandated", "this-form"),
        {
            "id": "mandate-form",
            "scope": "context",
            "step": "all",
            "kind": "form",
            "text": "Which form?",
            "why": "It fixes the form.",
            "short": "Form required",
            "asked_when": {"fact": "nature", "is": "this-form"},
        },
        one("reach", "context", "Reach", "one-service", "organisation"),
        {
            "id": "by-whom",
            "scope": "context",
            "step": "all",
            "kind": "text",
            "text": "By whom?",
            "why": "That body signs it off.",
            "short": "By whom",
        },
        one("partner-capacity", "partner", "Room to help", "yes", "no"),
        one("distance", "partner", "Distance", "near", "far"),
        one("leaders-trust", "partner", "Leaders trust each other", "in-place", "partly", "missing"),
        one("named-people", "partner", "Named people with time", "in-place", "partly", "missing"),
        one("enough", "partner", "What exists is enough", "yes", "no"),
    ]


def _head(forms: list[str]) -> dict[str, Any]:
    def number(value: float) -> dict[str, Any]:
        return {"value": value, "reason": "It stood the test on decided cases."}

    return {
        "id": "sample",
        "title": "Sample guidance",
        "version": "2026.11",
        "checked": "2026-11-23",
        "review_by": "2027-06-30",
        "reference": "carry-on",
        "least_structural_first": forms,
        "steps": [{"id": "all", "title": "Everything", "intro": "All questions."}],
        "roles": {
            "reach": "reach",
            "mandated_when": {"fact": "nature", "in": ["mandated", "this-form"]},
            "fixed_form_when": {"fact": "nature", "is": "this-form"},
            "fixed_form": "mandate-form",
            "enough_when": {"fact": "enough", "is": "yes"},
        },
        "method": {
            **{
                name: number(value)
                for name, value in {
                    "points_per_level": 25,
                    "terms_share_low": 0.2,
                    "terms_share_high": 0.4,
                    "common_share": 0.7,
                    "clear": 0.8,
                    "leading": 0.6,
                    "close_group_size": 3,
                    "authority_points": 12.5,
                    "adjustment_cap": 25,
                    "key_facts_share": 0.5,
                }.items()
            },
            "half_widths": {"studied": 12, "by_design": 2, "judgement": 22, "reason": "Design is nearly certain."},
            "confidence_factors": {"high": 0.85, "moderate": 1.0, "low": 1.15},
            "key_facts": ["reach", "partner-capacity"],
        },
        "disclaimer": "This is help with a decision, not the decision. It is not legal advice.",
    }


def case(**changes: Any) -> Case:
    """A case with one partner that comes to an answer; `changes` replace its fields."""
    fields: dict[str, Any] = {
        "title": "Partnering options: the stroke service",
        "organisation": TRUST,
        "problem": "The stroke rota has three consultants where it needs six.\n\nTwo posts have been empty since 2024.",
        "answers": answered(
            {"org-type": "foundation-trust", "nature": "voluntary", "reach": "one-service", "by-whom": None}
        ),
        "partners": [partner("p1", "Eastmarsh NHS Foundation Trust")],
        "causes": [{"id": "staff-supply", "confidence": "high"}, {"id": "subscale", "confidence": "low"}],
        "aims": [["fragile-services"], ["clinical-quality", "workforce"]],
        "terms": [["time-to-effect"], ["autonomy"]],
        "red_lines": [{"text": "No site loses its own A&E", "owner": "Board of directors", "forms": ["acquisition"]}],
        "notes": "PRIVATE: the chair dislikes their chief executive.",
    }
    return Case.model_validate(fields | changes)


def answered(values: dict[str, Any]) -> dict[str, Any]:
    """Answers of a case from plain values."""
    return {question: {"value": value, "at": AT} for question, value in values.items()}


def partner(id_: str, name: str, **answers: Any) -> dict[str, Any]:
    """A partner with plain answers."""
    given = {"partner-capacity": "yes", "distance": "near", "leaders-trust": "partly", "named-people": None} | answers
    return {"id": id_, "name": name, "answers": answered(given)}


def appraised(of_pack: Pack, of_case: Case) -> Appraisal:
    """The case appraised on the sample day with few draws."""
    return appraise(of_pack, of_case, as_of=DAY, samples=500, seed=0, file="sample.partnering")
