"""From what a table says of weights to the set of weights, and contradictions in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import numpy as np

from partnerwizard.analysis.reading import Problems, join, shown
from partnerwizard.decision.arrays import TIE, FloatArray
from partnerwizard.decision.enough import Answers
from partnerwizard.decision.stated import (
    BoundedWeights,
    Contradiction,
    ExactWeights,
    PointWeights,
    RankedWeights,
    Statement,
    WeightSet,
    at_least,
    at_most,
    ratio,
)
from partnerwizard.decision.weights import Order

KINDS: Final = ("exact", "ordinal", "intervals", "points", "none")
_KEYS: Final = {
    "exact": (("values",), ()),
    "ordinal": (("order",), ()),
    "intervals": (("values",), ("order",)),
    "points": (("values",), ()),
    "none": ((), ()),
}


@dataclass(frozen=True, eq=False)
class Stated:
    """A set of weights, and what was said of it answer by answer: the answers, and each one's words."""

    weights: WeightSet
    answers: Answers
    words: tuple[str, ...]


@dataclass
class _Said:
    """Statements about weights, each with its words."""

    statements: list[Statement] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def add(self, statement: Statement, words: str) -> None:
        self.statements.append(statement)
        self.words.append(words)


def read_weights(document: Any, place: str, criteria: Mapping[str, int], problems: Problems) -> Stated | None:
    """The set of weights that a `weights` object describes, or None and at least one problem."""
    before = len(problems)
    given = problems.mapping(document, place)
    kind = given.get("kind")
    if len(problems) > before:
        return None
    if kind not in KINDS:
        problems.add(join(place, "kind"), f"{shown(kind)} is no kind of weights", f"Use one of: {', '.join(KINDS)}")
        return None
    required, optional = _KEYS[kind]
    problems.keys(given, place, ("kind", *required), (*optional, "statements"))
    if len(problems) > before:
        return None
    order, ordered = _order(given.get("order"), join(place, "order"), criteria, problems, whole=kind == "ordinal")
    stated = _statements(given.get("statements"), join(place, "statements"), criteria, problems)
    values = _values(given["values"], kind, join(place, "values"), criteria, problems) if "values" in required else {}
    if len(problems) > before:
        return None
    made = _made(kind, order, ordered, values, stated, place, criteria, problems)
    return None if made is None else _by_answers(made, order, values, stated.statements, list(criteria), kind)


def _by_answers(
    made: WeightSet,
    order: Order,
    values: Mapping[str, list[float]],
    statements: list[Statement],
    names: list[str],
    kind: str,
) -> Stated:
    """What was said, as one answer for each criterion that was given a number, each link of the order, each statement.

    Numbers stand for proportions where they are exact weights or points: p = w / t for some t > 0.
    """
    axes = np.eye(len(names))
    free = kind in {"exact", "points"}
    largest = max((ends[-1] for ends in values.values()), default=1.0) or 1.0
    rows: list[FloatArray] = []
    words: list[str] = []
    for name, ends in values.items():
        low, high, axis = ends[0], ends[-1], axes[names.index(name)]
        if free:
            rows.append(np.array([np.append(axis, -low / largest), np.append(-axis, high / largest)]))
        else:
            rows.append(np.array([axis - low, high - axis]))
        size = f"{low:g}" if low == high else f"{low:g} to {high:g}"
        words.append(
            {"exact": f"{name} has the weight {size}", "points": f"{name} has {size} points"}.get(
                kind, f"{name} weighs {size}"
            )
        )
    links = []
    for upper, lower in pairwise(order):
        links.append(np.array([axes[more] - axes[less] for more in upper for less in lower]))
        one, other = ([names[n] for n in group] for group in (upper, lower))
        verb = "weigh each" if len(one) > 1 else "weighs"
        words.append(f"{' and '.join(one)} {verb} at least as much as {' or '.join(other)}")
    said = [statement.coefficients[np.newaxis] for statement in statements]
    words += [statement_in_words(names, statement) for statement in statements]
    if free:
        said = [np.column_stack([row, np.zeros(len(row))]) for row in said]
    whole = order if not values and not statements and sum(map(len, order)) == len(names) else ()
    return Stated(made, Answers(len(names), (*rows, *links, *said), whole), tuple(words))


def statement_in_words(names: list[str], statement: Statement) -> str:
    """A ratio statement as a reader says it."""
    more, less = int(np.argmax(statement.coefficients)), int(np.argmin(statement.coefficients))
    return f"{names[more]} weighs at least {-statement.coefficients[less]:g} times as much as {names[less]}"


def _made(
    kind: str,
    order: Order,
    ordered: _Said,
    values: Mapping[str, list[float]],
    stated: _Said,
    place: str,
    criteria: Mapping[str, int],
    problems: Problems,
) -> WeightSet | None:
    """The set, once all its parts are sound by themselves."""
    names = list(criteria)
    said = _Said()
    make: WeightSet
    try:
        match kind:
            case "exact":
                return _exact(values, stated, place, criteria, problems)
            case "points":
                low, high = (np.array([values[name][end] for name in names]) for end in (0, -1))
                said.words += [f"{name} has at least {least:g} points" for name, least in zip(names, low, strict=True)]
                said.words += [f"{name} has at most {most:g} points" for name, most in zip(names, high, strict=True)]
                said.words += stated.words
                make = PointWeights(low, high, stated.statements)
            case "ordinal" | "none" if not stated.statements:
                make = RankedWeights(order or (tuple(range(len(criteria))),))
            case _:
                for name, ends in values.items():
                    low_end, high_end = ends[0], ends[-1]
                    if low_end > 0:
                        said.add(at_least(len(names), criteria[name], low_end), f"{name} weighs at least {low_end:g}")
                    if high_end < 1:
                        said.add(at_most(len(names), criteria[name], high_end), f"{name} weighs at most {high_end:g}")
                said = _Said([*said.statements, *ordered.statements, *stated.statements], said.words)
                said.words += [*ordered.words, *stated.words]
                make = BoundedWeights(len(names), said.statements, order if kind == "ordinal" else ())
    except Contradiction as contradiction:
        fewest = [said.words[number] for number in contradiction.statements]
        alone = " (the weights add up to 1)" if kind != "points" else " (some points are above 0)"
        problems.add(
            place,
            f"what is said contradicts itself; this cannot hold together{alone}: {'; '.join(fewest)}",
            "Drop or change one of these" if len(fewest) > 1 else "Change it",
        )
        return None
    return make


def _exact(
    values: Mapping[str, list[float]], stated: _Said, place: str, criteria: Mapping[str, int], problems: Problems
) -> WeightSet | None:
    weights = np.array([values[name][0] for name in criteria])
    largest = float(weights.max())
    if largest <= 0:
        problems.add(join(place, "values"), "the weights add up to 0", "Give at least one above 0")
        return None
    # Only proportions count, and in parts of the largest no sum is too large.
    weights /= largest
    weights /= math.fsum(weights)
    broken = [
        words
        for statement, words in zip(stated.statements, stated.words, strict=True)
        if statement.coefficients @ weights < -TIE
    ]
    for words in broken:
        problems.add(place, f"the exact weights contradict what is stated: {words}", "Change the weights or drop this")
    return None if broken else ExactWeights(weights)


def _order(
    given: Any, place: str, criteria: Mapping[str, int], problems: Problems, *, whole: bool
) -> tuple[Order, _Said]:
    """Groups of positions, most important first, and what they say in words."""
    said = _Said()
    if given is None and not whole:
        return (), said
    groups: list[tuple[int, ...]] = []
    seen: dict[int, None] = {}
    for number, each in enumerate(problems.listing(given, place)):
        members = []
        for part, name in enumerate(each if isinstance(each, list) else [each]):
            where = join(join(place, number), part) if isinstance(each, list) else join(place, number)
            position = problems.known(name, where, criteria, "criterion")
            if position in seen:
                problems.add(where, f"{shown(name)} is ranked twice", "Leave one of the two")
            elif position is not None:
                seen[position] = None
                members.append(position)
        if members:
            groups.append(tuple(members))
        elif each == []:
            problems.add(join(place, number), "this tie is empty", "Take it out")
    if whole:
        for name, position in criteria.items():
            if position not in seen:
                problems.add(
                    place, f"the criterion {shown(name)} is not ranked", "Add it; what is tied goes in a nested list"
                )
    names = list(criteria)
    for upper, lower in pairwise(groups):
        for more in upper:
            for less in lower:
                said.add(ratio(len(names), more, less, 1.0), f"{names[more]} weighs at least as much as {names[less]}")
    return tuple(groups), said


def _statements(given: Any, place: str, criteria: Mapping[str, int], problems: Problems) -> _Said:
    said = _Said()
    if given is None:
        return said
    for number, each in enumerate(problems.listing(given, place)):
        where = join(place, number)
        before = len(problems)
        statement = problems.mapping(each, where)
        if len(problems) > before:
            continue
        problems.keys(statement, where, ("more", "less", "times"))
        more, less = (
            problems.known(statement[key], join(where, key), criteria, "criterion") if key in statement else None
            for key in ("more", "less")
        )
        times = problems.number(statement["times"], join(where, "times"), 0, math.inf) if "times" in statement else None
        if times == 0:
            problems.add(join(where, "times"), "0 times as much says nothing", "Give a number above 0")
        elif more is not None and more == less:
            problems.add(where, "a criterion is compared with itself", "Name two criteria")
        elif more is not None and less is not None and times is not None:
            given_ratio = ratio(len(criteria), more, less, times)
            said.add(given_ratio, f"{statement_in_words(list(criteria), given_ratio)} ({where})")
    return said


def _values(
    given: Any, kind: str, place: str, criteria: Mapping[str, int], problems: Problems
) -> dict[str, list[float]]:
    """Numbers for each criterion: one for exact weights, else a low and a high one."""
    found: dict[str, list[float]] = {}
    before = len(problems)
    values = problems.mapping(given, place)
    if len(problems) > before:
        return found
    for name, value in values.items():
        where = join(place, name)
        if problems.known(name, where, criteria, "criterion") is None:
            continue
        sizes, most = ((1,) if kind == "exact" else (1, 2)), (1.0 if kind == "intervals" else math.inf)
        numbers = problems.rising(value, where, sizes, 0.0, most)
        if numbers is not None:
            found[name] = numbers
    if kind != "intervals":
        for name in criteria:
            if name not in values:
                problems.add(
                    join(place, name), "the weight of this criterion is missing", "Add it; 0 if it does not count"
                )
    return found
