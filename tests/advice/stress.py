"""What is done to the guidance and to the answers to see how much the advice moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from statistics import fmean
from typing import Any

from partnerwizard.appraisal.facts import BODIES, CAUSES
from partnerwizard.pack.model import Form, Pack, Rating

NOISE = 0.5
"""Half a level, either way."""

Change = Callable[[str, str, Rating], Mapping[str, Any]]
"""By form and criterion: what is put in the place of parts of its rating."""


def remade(pack: Pack, **parts: Any) -> Pack:
    """The pack with some parts replaced; nothing that was derived from the old parts is kept."""
    return Pack.model_construct(**{**{name: getattr(pack, name) for name in Pack.model_fields}, **parts})


def unadjusted(pack: Pack) -> Pack:
    """No fact moves a rating."""
    return remade(pack, adjustments=())


def flat(pack: Pack) -> Pack:
    """Every form is rated alike on every aim, at the mean of all forms, as a judgement."""
    means = {
        criterion.id: fmean(
            level for form in _partnering(pack) if (level := form.ratings[criterion.id].level) is not None
        )
        for criterion in pack.branch("aims")
    }
    return _rerated(
        pack,
        lambda form, criterion, rating: (
            {"ground": "judgement", "confidence": "moderate", "level": means[criterion]} if criterion in means else {}
        ),
    )


def shuffled(pack: Pack, seed: int) -> Pack:
    """The forms' ratings on each aim are dealt out anew among them."""
    random = Random(seed)
    dealt: dict[tuple[str, str], Rating] = {}
    for criterion in pack.branch("aims"):
        ratings = [form.ratings[criterion.id] for form in _partnering(pack)]
        random.shuffle(ratings)
        dealt |= {(form.id, criterion.id): rating for form, rating in zip(_partnering(pack), ratings, strict=True)}
    return _rerated(pack, lambda form, criterion, rating: dict(dealt.get((form, criterion), rating)))


def noisy(pack: Pack, seed: int) -> Pack:
    """Every known rating is moved by up to half a level."""
    random = Random(seed)
    return _rerated(
        pack,
        lambda form, criterion, rating: (
            {} if rating.level is None else {"level": rating.level + random.uniform(-NOISE, NOISE)}
        ),
    )


def widened(pack: Pack, form: str, factor: float) -> Pack:
    """The intervals of one form's known ratings are wider by a factor."""
    method = pack.head.method
    factors = {name + "-widened": factor * value for name, value in method.confidence_factors.items()}
    head = pack.head.model_copy(
        update={"method": method.model_copy(update={"confidence_factors": {**method.confidence_factors, **factors}})}
    )
    return _rerated(
        remade(pack, head=head),
        lambda rated, criterion, rating: (
            {"confidence": f"{rating.confidence}-widened"} if rated == form and rating.confidence else {}
        ),
    )


def unknown_for_all(pack: Pack, criterion: str) -> Pack:
    """Nothing is known about any form on one criterion."""
    blank = {"ground": "unknown", "level": None, "confidence": None}
    return _rerated(pack, lambda form, rated, rating: blank if rated == criterion else {}, reference=True)


def key_facts(pack: Pack) -> tuple[str, ...]:
    """The facts that decide most and can be hidden: the number of bodies follows from the partners named."""
    return tuple(fact for fact in pack.head.method.key_facts if fact != BODIES)


def hidden(pack: Pack, answers: Mapping[str, Any], fact: str) -> dict[str, Any]:
    """Plain answers in which nobody knows the fact, with any partner."""
    if fact == CAUSES:
        return {**answers, "causes": []}
    if pack.question_by_id[fact].scope != "partner":
        return {**answers, "answers": _without(answers.get("answers", {}), fact)}
    partners = [
        {**partner, "answers": _without(partner.get("answers", {}), fact)} for partner in answers.get("partners", ())
    ]
    return {**answers, "partners": partners}


def _without(answers: Mapping[str, Any], fact: str) -> dict[str, Any]:
    """Answers with "don't know" in the place of one that was given."""
    return {question: None if question == fact else answer for question, answer in answers.items()}


def _partnering(pack: Pack) -> list[Form]:
    return [form for form in pack.forms if form.ratings and form.id != pack.head.reference]


def _rerated(pack: Pack, change: Change, reference: bool = False) -> Pack:
    """The pack with ratings changed, carrying on left as it is unless `reference` is set."""

    def changed(form: Form) -> Form:
        if form.id == pack.head.reference and not reference:
            return form
        ratings = {
            criterion: rating.model_copy(update=dict(change(form.id, criterion, rating)))
            for criterion, rating in form.ratings.items()
        }
        return form.model_copy(update={"ratings": ratings})

    return remade(pack, forms=tuple(changed(form) for form in pack.forms))
