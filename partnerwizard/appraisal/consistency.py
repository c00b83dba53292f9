"""What does not seem to fit together in what was said: asked back kindly, never corrected and never counted."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from partnerwizard.appraisal.facts import Facts, of_case
from partnerwizard.appraisal.local import with_local
from partnerwizard.appraisal.options import COMPARED, listed
from partnerwizard.appraisal.ratings import interval
from partnerwizard.case.model import DOES_NOT_APPLY, Answer, Case, PointRange
from partnerwizard.pack.conditions import Truth
from partnerwizard.pack.model import Branch, Criterion, Form, Pack

BEST = 3
"""How many forms that do most for an aim are looked at when a red line is set against it."""


@dataclass(frozen=True)
class Look:
    """Where to look again. `id`: of the criterion or question, or the number of the red line; empty where it is one."""

    what: Literal["points", "aims", "terms", "swing", "hunch", "red-line", "question"]
    id: str = ""
    partner: str | None = None


@dataclass(frozen=True)
class Doubt:
    """Two things that do not seem to fit: a sentence that asks, and where to look again."""

    id: str
    sentence: str
    look_at: tuple[Look, ...]


def consistency(pack: Pack, case: Case) -> tuple[Doubt, ...]:
    """Every doubt that what was said gives rise to; nothing where all of it can be meant at once."""
    pack = with_local(pack, case)
    return (
        *_points_against_ranks(pack, case, "aims"),
        *_points_against_ranks(pack, case, "terms"),
        *_points_against_swing(pack, case),
        *_red_lines(pack, case),
        *_fixed_form(pack, case),
        *_answers(pack, case),
        *_hunch(pack, case),
    )


def about(doubts: tuple[Doubt, ...], *what: str) -> tuple[Doubt, ...]:
    """The doubts that speak of one of these, to be shown where it is said."""
    return tuple(doubt for doubt in doubts if any(look.what in what for look in doubt.look_at))


def _points_against_ranks(pack: Pack, case: Case, branch: Branch) -> Iterator[Doubt]:
    """Neighbours of a ranking whose points say the opposite whatever is meant within their ranges."""
    ranking = case.aims if branch == "aims" else case.terms
    what: Literal["aims", "terms"] = "aims" if branch == "aims" else "terms"
    for upper, lower in pairwise(ranking):
        for more in upper:
            for less in lower:
                if more not in case.points or less not in case.points:
                    continue
                if case.points[more][1] < case.points[less][0]:
                    names = [_name(pack, criterion) for criterion in (more, less)]
                    yield Doubt(
                        f"points-{more}-{less}",
                        f"You ranked {names[0]} above {names[1]}, but gave it fewer points "
                        f"({_points(case.points[more])} against {_points(case.points[less])}). Which do you mean? "
                        "Where points are given for everything, they count.",
                        (Look("points", more), Look("points", less), Look(what)),
                    )


def _points_against_swing(pack: Pack, case: Case) -> Iterator[Doubt]:
    """The comparison of the top aim with the top term, as it was answered and as the points say it."""
    if case.swing is None or not case.aims or not case.terms:
        return
    aim, term = case.aims[0], case.terms[0]
    if len(aim) > 1 or len(term) > 1 or aim[0] not in case.points or term[0] not in case.points:
        return
    (aim_low, aim_high), (term_low, term_high) = case.points[aim[0]], case.points[term[0]]
    if aim_high == 0:
        return
    low = 100 * term_low / aim_high
    high = 100 * term_high / aim_low if aim_low else math.inf
    if high < case.swing[0] or low > case.swing[1]:
        by_points = f"{low:.0f} to {high:.0f}" if math.isfinite(high) else f"{low:.0f} or more"
        yield Doubt(
            "points-swing",
            f"You said that {_name(pack, term[0])} counts {_points(case.swing)} where {_name(pack, aim[0])} counts "
            f"100; by your points it would count {by_points}. Which do you mean?",
            (Look("swing"), Look("points", aim[0]), Look("points", term[0])),
        )


def _red_lines(pack: Pack, case: Case) -> Iterator[Doubt]:
    choosable = [form for form in pack.forms if form.kind in COMPARED and form.id != pack.head.reference]
    chosen = {aim for tie in case.aims for aim in tie}
    barred = {form for line in case.red_lines for form in line.forms}
    for number, line in enumerate(case.red_lines, 1):
        if line.aim is None or line.aim not in pack.criterion_by_id:
            continue
        criterion = pack.criterion_by_id[line.aim]
        if not any((_likely(pack, form, criterion) or 0) >= (line.at_least or 0) for form in choosable):
            yield Doubt(
                f"red-line-{number}-reach",
                f"No form is rated {line.at_least:g} or more on {_name(pack, line.aim)} to begin with, so this red "
                "line may leave nothing open. Is the level what you meant?",
                (Look("red-line", str(number)),),
            )
        if criterion.branch == "aims" and case.aims and line.aim not in chosen:
            yield Doubt(
                f"red-line-{number}-aim",
                f"A red line asks for at least {line.at_least:g} on {_name(pack, line.aim)}, which is not among your "
                "aims. Should it be one?",
                (Look("red-line", str(number)), Look("aims")),
            )
    for aim in case.aims[0] if case.aims else ():
        best = _best_for(pack, choosable, aim)
        if best and {form.id for form in best} <= barred:
            names = listed([form.name for form in best])
            yield Doubt(
                f"red-line-{aim}",
                f"{_name(pack, aim)} comes first for you, yet what does most for it is behind a red line: "
                f"{names}. Are both what you mean?",
                (Look("aims"), *(Look("red-line", str(n)) for n, line in enumerate(case.red_lines, 1) if line.forms)),
            )


def _fixed_form(pack: Pack, case: Case) -> Iterator[Doubt]:
    """A form that is required, and a red line or an intended scale that it cannot fit."""
    roles, facts = pack.head.roles, of_case(pack, case)
    if facts.evaluate(roles.fixed_form_when) is not Truth.HOLDS:
        return
    (fixed,) = facts(roles.fixed_form)
    form = pack.form_by_id.get(fixed.values[0]) if fixed.values else None
    if form is None:
        return
    for number, line in enumerate(case.red_lines, 1):
        if form.id in line.forms:
            yield Doubt(
                f"fixed-form-red-line-{number}",
                f"{form.name} is what the mandate requires, and it is behind a red line. One of the two has to give; "
                "who can decide that?",
                (Look("question", roles.fixed_form), Look("red-line", str(number))),
            )
    (reach,) = facts(roles.reach)
    if form.reach and reach.values and reach.values[0] not in form.reach:
        words = {choice.id: choice.text.lower() for choice in pack.question_by_id[roles.reach].choices}
        yield Doubt(
            "fixed-form-reach",
            f"{form.name} is what the mandate requires, but it does not fit what you want to reach "
            f"({words.get(reach.values[0], reach.values[0])}). Is the reach what you meant?",
            (Look("question", roles.fixed_form), Look("question", roles.reach)),
        )


def _answers(pack: Pack, case: Case) -> Iterator[Doubt]:
    """Answers to questions that another answer has since made pointless."""
    yield from _pointless(pack, case, case.answers, None)
    for partner in case.partners:
        yield from _pointless(pack, case, partner.answers, partner.id)


def _pointless(pack: Pack, case: Case, given: dict[str, Answer], partner: str | None) -> Iterator[Doubt]:
    facts = of_case(pack, case) if partner is None else Facts(pack, case, (partner,))
    for question in pack.questions:
        if question.asked_when is None or question.id not in given:
            continue
        value = given[question.id].value
        if value is None or value == DOES_NOT_APPLY or question.asked_when.evaluate(facts) is not Truth.FAILS:
            continue
        others = [each for each in dict.fromkeys(question.asked_when.facts()) if each in pack.question_by_id]
        who = "" if partner is None else f" about {case.partner_by_id[partner].name}"
        names = listed([f"“{pack.question_by_id[each].short}”" for each in others]) if others else "other answers"
        looks = [
            Look("question", each, partner if pack.question_by_id[each].scope == "partner" else None) for each in others
        ]
        yield Doubt(
            f"answer-{question.id}" + (f"-{partner}" if partner else ""),
            f"You answered “{question.short}”{who}, but after what you said at {names} it is no longer asked and does "
            "not count. Is that as you mean it?",
            (Look("question", question.id, partner), *looks),
        )


def _hunch(pack: Pack, case: Case) -> Iterator[Doubt]:
    """The form that was expected, against the first aim, the causes and the red lines."""
    if case.hunch is None or case.hunch.form is None or case.hunch.form not in pack.form_by_id:
        return
    form = pack.form_by_id[case.hunch.form]
    if form.id == pack.head.reference:
        return
    for aim in case.aims[0] if case.aims else ():
        criterion = pack.criterion_by_id[aim]
        likely = _likely(pack, form, criterion)
        if likely is not None and likely <= criterion.carry_on:
            yield Doubt(
                f"hunch-{aim}",
                f"Your hunch was {form.name}, but on what you put first, {_name(pack, aim)}, it is rated no better "
                "than carrying on. What do you expect of it?",
                (Look("hunch"), Look("aims")),
            )
    if case.held_causes and not set(case.held_causes) & set(form.causes):
        causes = listed([pack.cause_by_id[each].name.lower() for each in case.held_causes if each in pack.cause_by_id])
        yield Doubt(
            "hunch-causes",
            f"Your hunch was {form.name}, but it touches none of the causes that you hold ({causes}). Is there "
            "another?",
            (Look("hunch"), Look("question", "causes")),
        )
    lines = [number for number, line in enumerate(case.red_lines, 1) if form.id in line.forms]
    if lines:
        yield Doubt(
            "hunch-red-line",
            f"Your hunch was {form.name}, and a red line bars it. Are both what you mean?",
            (Look("hunch"), *(Look("red-line", str(number)) for number in lines)),
        )


def _best_for(pack: Pack, forms: list[Form], aim: str) -> list[Form]:
    """The forms that are rated highest on an aim, of those better than carrying on."""
    criterion = pack.criterion_by_id[aim]
    rated = [(likely, form) for form in forms if (likely := _likely(pack, form, criterion)) is not None]
    better = sorted((each for each in rated if each[0] > criterion.carry_on), key=lambda each: -each[0])
    return [form for _, form in better[:BEST]]


def _likely(pack: Pack, form: Form, criterion: Criterion) -> float | None:
    """The form's likely rating before any fact moves it, None where it is not known."""
    rating = form.ratings.get(criterion.id)
    if rating is None or rating.ground == "unknown":
        return None
    return interval(pack, criterion, rating).likely


def _name(pack: Pack, criterion: str) -> str:
    return f"“{pack.criterion_by_id[criterion].name if criterion in pack.criterion_by_id else criterion}”"


def _points(given: PointRange) -> str:
    return f"{given[0]:g}" if given[0] == given[1] else f"{given[0]:g} to {given[1]:g}"
