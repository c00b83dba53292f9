"""Options of the user's own: each becomes a form of its own, made from the form of the pack that it is most like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from partnerwizard.case.model import Case, LocalOption
from partnerwizard.pack.model import Adjustment, Claim, Duty, Form, Gate, Pack, Rating

ADDED: Final = "added locally"
"""What stands behind the name of such an option wherever it is named."""

MOST_WORDS: Final = 1500
"""Characters of the user's own description that are repeated wherever the form is defined."""

Rule = TypeVar("Rule", Gate, Duty, Adjustment)


class ExtendedPack(Pack):
    """A pack with a case's own options among its forms. `base`: the pack as it was read."""

    base: Pack


def with_local(pack: Pack, case: Case) -> Pack:
    """The pack with the case's own options among its forms, each after the one that it is most like.

    All that is said of that form holds for the option: gates, duties, adjustments, authority, reach, causes. Its
    ratings are the start, as judgement. It is never in place already, since it was named to be compared, and it counts
    as a form of its own. An option like a form that the pack does not have is left out. Without any: the pack itself.
    """
    base = without_local(pack)
    added = {each.id: each for each in case.local_options if each.like in base.form_by_id}
    if not added:
        return base
    by_like: dict[str, list[str]] = {}
    for option in added.values():
        by_like.setdefault(option.like, []).append(option.id)
    forms: list[Form] = []
    for form in base.forms:
        forms += [form, *(_form(added[option], form) for option in by_like.get(form.id, ()))]
    parts: dict[str, Any] = {name: getattr(base, name) for name in Pack.model_fields}
    return ExtendedPack.model_construct(
        **{
            **parts,
            "forms": tuple(forms),
            "gates": _widened(base.gates, by_like),
            "duties": _widened(base.duties, by_like),
            "adjustments": _widened(base.adjustments, by_like),
            "base": base,
        }
    )


def without_local(pack: Pack) -> Pack:
    """The pack as it was read."""
    return pack.base if isinstance(pack, ExtendedPack) else pack


def local_option(case: Case, form: str) -> LocalOption | None:
    """The option of the user's own behind a form's id; None for a form of the pack."""
    return next((each for each in case.local_options if each.id == form), None)


def _widened(rules: tuple[Rule, ...], by_like: Mapping[str, list[str]]) -> tuple[Rule, ...]:
    """The rules about a form are about the options that are like it too."""
    return tuple(_about_more(rule, [own for form in rule.forms for own in by_like.get(form, ())]) for rule in rules)


def _about_more(rule: Rule, own: list[str]) -> Rule:
    return rule.model_copy(update={"forms": (*rule.forms, *own)}) if own else rule


def _form(option: LocalOption, like: Form) -> Form:
    name = " ".join(option.name.split()) or option.id
    own_words = option.text.strip()
    taken = f"The trust added this option. In all that it does not say itself it is taken to be like {like.name}."
    return like.model_copy(
        update={
            "id": option.id,
            "name": f"{name} ({ADDED})",
            "other_names": (),
            "contest_family": None,
            "in_place_when": None,
            "definition": Claim(
                text=f"{_short(own_words)} {taken}".strip(),
                confidence="low",
                why="It is the trust's own option; nothing published is about it.",
            ),
            "ratings": {criterion: _taken_over(rating, like) for criterion, rating in like.ratings.items()},
        }
    )


def _short(words: str) -> str:
    """Words that leave room in a claim for the sentence that follows them."""
    return words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS]}…"


def _taken_over(rating: Rating, like: Form) -> Rating:
    """Whatever the form's own rating rests on: that the option does alike is a judgement; unknown stays unknown."""
    if rating.ground == "unknown":
        return rating
    return rating.model_copy(update={"ground": "judgement", "reason": f"Taken to be as {like.name}: {rating.reason}"})
