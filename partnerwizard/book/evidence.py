"""What the pack rests on: where each source is used, and what stands without one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from partnerwizard.book.places import Place
from partnerwizard.pack.model import Claim, Confidence, Criterion, Form, Ground, Pack, Rating

GROUNDS: tuple[Ground, ...] = get_args(Ground)
SURE: tuple[Confidence, ...] = get_args(Confidence)

SINGLE = {
    "definition": "What it is",
    "governs": "Who governs",
    "accountable": "Who stays accountable",
    "reversibility": "The way back",
}
LISTED = {
    "needs": "What it needs",
    "helps": "What it helps",
    "harms": "What it harms or leaves alone",
    "warning_signs": "Warning signs",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim of a form's card: under which heading, where in the file, and the claim itself."""

    heading: str
    place: Place
    claim: Claim


@dataclass(frozen=True, slots=True)
class Use:
    """Where a source is used: the entry's name, its anchor in the book and how often."""

    name: str
    anchor: str
    times: int


def claims(form: Form) -> Iterator[Stated]:
    """Every claim of a form's card in reading order."""
    for key, heading in SINGLE.items():
        yield Stated(heading, (key,), getattr(form, key))
    for key, heading in LISTED.items():
        found: tuple[Claim, ...] = getattr(form, key)
        for number, claim in enumerate(found):
            yield Stated(heading, (key, number), claim)


def uses(pack: Pack) -> dict[str, tuple[Use, ...]]:
    """Where each source of the pack is used, in the order of the book."""
    counted: dict[str, Counter[tuple[str, str]]] = {source.id: Counter() for source in pack.sources}
    for name, anchor, sources in _named(pack):
        for source in sources:
            counted[source][name, anchor] += 1
    return {
        source: tuple(Use(name, anchor, times) for (name, anchor), times in found.items())
        for source, found in counted.items()
    }


def unknown_cells(pack: Pack) -> list[tuple[Criterion, list[tuple[Form, Rating]]]]:
    """The cells that nobody knows, by criterion."""
    found = [
        (
            criterion,
            [
                (form, form.ratings[criterion.id])
                for form in pack.forms
                if criterion.id in form.ratings and form.ratings[criterion.id].ground == "unknown"
            ],
        )
        for criterion in pack.criteria
    ]
    return [(criterion, cells) for criterion, cells in found if cells]


def unsourced_claims(pack: Pack) -> list[tuple[Form, list[Stated]]]:
    """The claims without a source, by form."""
    found = [(form, [stated for stated in claims(form) if not stated.claim.sources]) for form in pack.forms]
    return [(form, stated) for form, stated in found if stated]


def cells_by_ground(pack: Pack) -> dict[str, Counter[Ground]]:
    """How many forms are rated on each ground, by criterion."""
    return {
        criterion.id: Counter(form.ratings[criterion.id].ground for form in pack.forms if criterion.id in form.ratings)
        for criterion in pack.criteria
    }


def by_confidence(pack: Pack) -> list[tuple[str, Counter[Confidence]]]:
    """How sure the pack is of its claims, ratings, rules and cases."""
    rated = [rating.confidence for form in pack.forms for rating in form.ratings.values() if rating.confidence]
    return [
        ("Claims on the cards", Counter(each.claim.confidence for form in pack.forms for each in claims(form))),
        ("Ratings that are known", Counter(rated)),
        ("Gates", Counter(gate.confidence for gate in pack.gates)),
        ("Duties", Counter(duty.confidence for duty in pack.duties)),
        ("Adjustments", Counter(adjustment.confidence for adjustment in pack.adjustments)),
        ("Precedents", Counter(precedent.confidence for precedent in pack.precedents)),
    ]


def unsourced_rules(pack: Pack) -> list[tuple[str, list[tuple[str, str]], int]]:
    """Kinds of rule with the ids and anchors of those that name no source, and how many there are of the kind."""
    kinds = [
        ("Gates", "gate", [(each.id, each.sources) for each in pack.gates]),
        ("Duties", "duty", [(each.id, each.sources) for each in pack.duties]),
        ("Adjustments", "adjustment", [(each.id, each.sources) for each in pack.adjustments]),
        ("Authority that a job needs", "authority", [(each.id, each.sources) for each in pack.authority_needs]),
        ("Ingredients", "ingredient", [(each.id, each.sources) for each in pack.ingredients]),
    ]
    return [
        (kind, [(each, f"{anchor}-{each}") for each, sources in entries if not sources], len(entries))
        for kind, anchor, entries in kinds
        if entries
    ]


def _named(pack: Pack) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every place that names sources: the entry's name, its anchor and the sources."""
    for form in pack.forms:
        named = (
            *(stated.claim.sources for stated in claims(form)),
            *(form.money.sources, form.time.sources),
            *(step.sources for step in form.approvals),
            *(rating.sources for rating in form.ratings.values()),
        )
        yield from ((form.name, f"form-{form.id}", sources) for sources in named)
    for gate in pack.gates:
        yield f"gate {gate.id}", f"gate-{gate.id}", gate.sources
    for duty in pack.duties:
        yield f"duty {duty.id}", f"duty-{duty.id}", duty.sources
    for adjustment in pack.adjustments:
        yield f"adjustment {adjustment.id}", f"adjustment-{adjustment.id}", adjustment.sources
    for need in pack.authority_needs:
        yield f"authority {need.id}", f"authority-{need.id}", need.sources
    for ingredient in pack.ingredients:
        yield f"readiness {ingredient.id}", f"ingredient-{ingredient.id}", ingredient.sources
    for precedent in pack.precedents:
        yield f"precedent {precedent.id}", f"precedent-{precedent.id}", precedent.sources
