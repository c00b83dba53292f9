"""The smallest set of answers that is enough for today's result: with only these given, the same form is still first.

"First" is the contestant of highest likely value at central weights, as in tipping points. More answers can undo what
fewer did, so no quick search finds the fewest for sure. The single answers are all tried first, and larger sets while
there are few; beyond that answers are left out, many at a time, then fewer (delta debugging: Zeller and Hildebrandt
(2002), "Simplifying and isolating failure-inducing input"), until none of those kept can be left out alone. Each trial
appraises the case anew without draws, so this can take seconds and is made on request.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from partnerwizard.appraisal.assess import CLOSED, Assessed, Assessment, contestants
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack

MOST_TRIED_AT_ONCE = 200
"""Sets of one size that are all tried; what is larger is searched by leaving answers out."""


@dataclass(frozen=True)
class GivenAnswer:
    """One answer of the case. kind: ranking, swing, points, cause, red-line, fact, own-rating or brought-back.

    about: the partner's id, or None. name: as a reader knows it.
    """

    kind: str
    about: str | None
    name: str


@dataclass(frozen=True)
class EnoughAnswers:
    """The answers that are enough, of `given` in all.

    first: the option that is first today. answers: none of them can be left out alone. fewest: whether it is known that
    no smaller set does. sentence: the same in words.
    """

    first: str
    answers: tuple[GivenAnswer, ...]
    given: int
    fewest: bool
    sentence: str


def enough_answers(pack: Pack, case: Case, as_of: date) -> EnoughAnswers | None:
    """The smallest set of answers found with which the form that is first today stays first.

    None if nothing is open. The case must fit the pack (`partnerwizard.appraisal.fit`).
    """
    today = _first(Assessment(pack, case, as_of))
    if today is None:
        return None
    given = tuple(_given(pack, case))
    known: dict[frozenset[int], bool] = {}

    def works(kept: frozenset[int]) -> bool:
        if kept not in known:
            then = _first(Assessment(pack, _only(case, [given[n][1] for n in sorted(kept)]), as_of))
            known[kept] = then is not None and then.option.form.id == today.option.form.id
        return known[kept]

    found, fewest = _smallest(works, len(given))
    answers = tuple(given[n][0] for n in found)
    return EnoughAnswers(
        first=today.option.id,
        answers=answers,
        given=len(given),
        fewest=fewest,
        sentence=_sentence(today.option.form.name, answers, len(given)),
    )


def _smallest(works: Callable[[frozenset[int]], bool], count: int) -> tuple[tuple[int, ...], bool]:
    """The smallest set of 0 … count-1 that works, and whether it is known to be; all together work."""
    size = 0
    while size < count and math.comb(count, size) <= MOST_TRIED_AT_ONCE:
        for chosen in combinations(range(count), size):
            if works(frozenset(chosen)):
                return chosen, True
        size += 1
    kept = list(range(count))
    chunk = max(1, count // 2)
    while True:
        left_out = False
        # From the end: rankings and causes come first, and stay where there is a choice.
        for start in range((len(kept) - 1) // chunk * chunk, -1, -chunk):
            fewer = kept[:start] + kept[start + chunk :]
            if len(fewer) < len(kept) and works(frozenset(fewer)):
                kept, left_out = fewer, True
        if chunk == 1 and not left_out:
            return tuple(kept), len(kept) == size
        chunk = max(1, chunk // 2)


_Part = tuple[str, Any]
"""A field of the case, and what of it is kept: all of it, or one entry."""


def _given(pack: Pack, case: Case) -> Iterator[tuple[GivenAnswer, _Part]]:
    """Everything the user said that can move the advice, with the part of the case that holds it."""
    wholes = (
        ("aims", "ranking", "the ranking of aims"),
        ("terms", "ranking", "the ranking of terms"),
        ("swing", "swing", "the swing between aims and terms"),
        ("points", "points", "the points for each aim and term"),
    )
    for field, kind, name in wholes:
        if getattr(case, field):
            yield GivenAnswer(kind, None, name), (field, getattr(case, field))
    for cause in case.causes:
        yield GivenAnswer("cause", None, f"the cause “{pack.cause_by_id[cause.id].name.lower()}”"), ("causes", cause)
    for red_line in case.red_lines:
        yield GivenAnswer("red-line", None, f"the red line “{red_line.text}”"), ("red_lines", red_line)
    for lifted in case.lifted:
        yield GivenAnswer("brought-back", None, f"bringing back {lifted.option}"), ("lifted", lifted)
    for override in case.overrides:
        criterion = pack.criterion_by_id[override.criterion].name.lower()
        yield GivenAnswer("own-rating", None, f"your own rating on {criterion}"), ("overrides", override)
    for question, answer in case.answers.items():
        if answer.value is not None:
            yield GivenAnswer("fact", None, _short(pack, question)), ("answers", {question: answer})
    for partner in case.partners:
        for question, answer in partner.answers.items():
            if answer.value is not None:
                name = f"{_short(pack, question)} ({partner.name})"
                yield GivenAnswer("fact", partner.id, name), ("partners", (partner.id, {question: answer}))


def _short(pack: Pack, question: str) -> str:
    return pack.question_by_id[question].short.lower()


def _only(case: Case, parts: Sequence[_Part]) -> Case:
    """The case with these answers alone; partners, groupings and options of the user's own stay as they are."""
    fields: dict[str, Any] = {name: getattr(case, name) for name in Case.model_fields}
    for field in ("causes", "red_lines", "lifted", "overrides"):
        fields[field] = tuple(part for name, part in parts if name == field)
    for field, empty in (("aims", ()), ("terms", ()), ("swing", None), ("points", {})):
        fields[field] = next((part for name, part in parts if name == field), empty)
    fields["answers"] = {
        question: answer for name, part in parts if name == "answers" for question, answer in part.items()
    }
    own: dict[str, dict[str, Any]] = {partner.id: {} for partner in case.partners}
    for name, part in parts:
        if name == "partners":
            own[part[0]].update(part[1])
    fields["partners"] = tuple(partner.model_copy(update={"answers": own[partner.id]}) for partner in case.partners)
    return Case(**fields)


def _first(assessment: Assessment) -> Assessed | None:
    """The contestant of highest likely value."""
    value = {each.option.id: assessment.likely_value(each) for each in assessment.assessed if each.status not in CLOSED}
    entered = contestants(assessment.pack, assessment.assessed, value)
    return max(entered, key=lambda each: (value[each.option.id], each.option.id), default=None)


def _sentence(name: str, answers: Sequence[GivenAnswer], given: int) -> str:
    if not answers:
        return f"{name}: first even if none of your {given} answers had been given."
    if len(answers) == given:
        return f"{name}: first, and without any one of your {given} answers another form would be."
    what = "; ".join(answer.name for answer in answers)
    few, rest = len(answers), given - len(answers)
    return (
        f"{name}: first, and of your {given} answers {few} {'is' if few == 1 else 'are'} enough for that: {what}. "
        f"With the other {rest} left out together, it would still be first."
    )
