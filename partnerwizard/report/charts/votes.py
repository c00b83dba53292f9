"""What people in a workshop said: who has which first choice, and how far apart weights are, a mark for each person.

Organisations are told apart by filled and ringed marks, not by colour alone. Nobody is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from partnerwizard.report.charts.marks import LINE, SMALL, Dot, Label, Line, Mark, Picture, Rect
from partnerwizard.report.charts.rows import names
from partnerwizard.report.fonts import face
from partnerwizard.report.text import fold, printable
from partnerwizard.report.words import percent

SIDES = 4
"""So many organisations have marks of their own; the last mark stands for all further ones."""

_NAMES_SHARE = 0.36
_PITCH, _RADIUS = 18.0, 7.0
_ROW = 15.0
"""Room between rows."""

_FIGURE, _BEFORE = 60.0, 96.0
_MANY = 30
"""More people than this are drawn smaller and closer."""

_STACK = 8
"""So many marks stand above each other; where there are more, heights and mix stay in proportion and figures say how
many there are."""

_FIGURE_WIDE = 28.0
"""How far apart such figures stand."""


@dataclass(frozen=True, slots=True)
class First:
    """An option with whose first choice it is: for each voter the side, and the share where they tie several.

    `before`: how many had it first in an earlier round; None where there is none.
    """

    name: str
    voters: tuple[tuple[int, float], ...]
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """A criterion with everybody's weight of 0 to 1 and the side of each. `before`: the same in an earlier round."""

    name: str
    weights: tuple[tuple[int, float], ...]
    before: tuple[tuple[int, float], ...] = ()


def first_choices(
    rows: Sequence[First], sides: Sequence[str], width: float, name: str = "first-choices", earlier: str = ""
) -> Picture:
    """A mark for each person beside the option that they put first; smaller where they tie it with another.

    `sides`: the organisations by name, empty where people speak for themselves alone. `earlier`: such as "in round 1".
    """
    with_before = any(row.before is not None for row in rows)
    folded, column = names([row.name for row in rows], [n == 0 for n in range(len(rows))], width * _NAMES_SHARE)
    left = column + 20
    figures = _FIGURE + (_BEFORE if with_before else 0.0)
    room = max(60.0, width - left - figures)
    most = max((len(row.voters) for row in rows), default=0)
    pitch, radius = (_PITCH, _RADIUS) if most <= _MANY else (11.0, 4.2)
    a_line = max(1, int(room // pitch))
    marks: list[Mark] = []
    y = 4.0
    for row, label in zip(rows, folded, strict=True):
        lines = max(1, ceil(len(row.voters) / a_line))
        tall = max(label.tall, lines * pitch)
        marks += label.at(0, y)
        for n, (side, share) in enumerate(sorted(row.voters, key=lambda each: (each[0], -each[1]))):
            across, down = n % a_line, n // a_line
            marks.append(
                _mark(
                    left + radius + across * pitch, y + 9 + down * pitch, radius if share > 0.99 else radius * 0.6, side
                )
            )
        right = width - (_BEFORE if with_before else 0.0)
        marks.append(
            Label(f"{_count(sum(share for _, share in row.voters))} first", right, y + 13, anchor="end", bold=True)
        )
        if row.before is not None:
            marks.append(Label(f"{_count(row.before)} {earlier}".strip(), width, y + 13, anchor="end", color="muted"))
        y += tall + _ROW
    y += _legend(marks, sides, y, width)
    return Picture(name, width, y + 4, tuple(marks))


def spread(
    rows: Sequence[Spread], sides: Sequence[str], width: float, name: str = "spread", earlier: str = ""
) -> Picture:
    """Everybody's weight for each criterion on one scale, an upright line at the middle one; none is an average.

    The first row's name is the bold one. `earlier`: what the marks of the round before are called: "in round 1".
    """
    top = max((weight for row in rows for _, weight in (*row.weights, *row.before)), default=0.1)
    most = min(1.0, max(0.1, ceil(top * 10 - 1e-9) / 10))
    folded, column = names([row.name for row in rows], [n == 0 for n in range(len(rows))], width * _NAMES_SHARE)
    left, right = column + 26, width - 22
    marks: list[Mark] = []
    for share, words in ((0.0, "0 %"), (0.5, percent(most / 2)), (1.0, percent(most))):
        marks.append(Label(words, left + share * (right - left), 12, anchor="middle", color="muted"))
    y = 26.0
    for row, label in zip(rows, folded, strict=True):
        marks += label.at(0, y)
        below = _strip(marks, row.weights, most, (left, right), y, 6.0)
        y = max(y + label.tall + 4, below)
        if row.before:
            below = _strip(marks, row.before, most, (left, right), y, 4.5)
            marks.append(Label(earlier, 0, below - 11, color="muted"))
            y = below
        y += 8
    y += _legend(marks, sides, y + 4, width, middle=True) + 4
    return Picture(name, width, y + 4, tuple(marks))


def _strip(
    marks: list[Mark],
    weights: Sequence[tuple[int, float]],
    most: float,
    ends: tuple[float, float],
    y: float,
    radius: float,
) -> float:
    """One line of marks; those at one place stand above each other, and where they are too many, figures say so.

    Returns where it ends.
    """
    left, right = ends
    spots = sorted((left + min(1.0, weight / most) * (right - left), side) for side, weight in weights)
    places = _stacked(spots, 2 * radius)
    tallest = max((len(stack) for _, stack in places), default=1)
    crowded = tallest > _STACK
    if crowded:
        places = _stacked(spots, _FIGURE_WIDE)
        tallest = max(len(stack) for _, stack in places)
    highest = min(_STACK, tallest)
    base = y + radius + 2 + (highest - 1) * 2 * radius + (LINE if crowded else 0.0)
    marks.append(Line(left, base, right, base, "line", 2.0 if radius > 5 else 1.0))
    for x, stack in places:
        shown = max(1, round(len(stack) * highest / tallest)) if crowded else len(stack)
        mix = sorted(stack)
        for level, side in enumerate(mix[(2 * n + 1) * len(mix) // (2 * shown)] for n in range(shown)):
            marks.append(_mark(x, base - level * 2 * radius, radius, side))
        if crowded:
            marks.append(Label(f"{len(stack)}", x, base - (shown - 1) * 2 * radius - radius - 4, anchor="middle"))
    middle = left + min(1.0, _median([weight for _, weight in weights]) / most) * (right - left)
    marks.append(Line(middle, base + radius + 1, middle, base + radius + 8, "ink", 2.0))
    return base + radius + 10


def _stacked(spots: Sequence[tuple[float, int]], apart: float) -> list[tuple[float, list[int]]]:
    """Places at least so far apart, each with the sides of those who stand there."""
    places: list[tuple[float, list[int]]] = []
    for x, side in spots:
        if places and x - places[-1][0] < apart:
            places[-1][1].append(side)
        else:
            places.append((x, [side]))
    return places


def _mark(x: float, y: float, radius: float, side: int) -> Mark:
    match min(side, SIDES - 1):
        case 0:
            return Dot(x, y, radius, "accent", "accent", 1.5)
        case 1:
            return Dot(x, y, radius - 1, "paper", "caution", 2.5)
        case 2:
            return Rect(x - radius * 0.85, y - radius * 0.85, radius * 1.7, radius * 1.7, "by_design")
    return Rect(x - radius * 0.8, y - radius * 0.8, radius * 1.6, radius * 1.6, "paper", "ink", 2.0)


def _legend(marks: list[Mark], sides: Sequence[str], y: float, width: float, middle: bool = False) -> float:
    """The marks with the organisations' names; how high it is."""
    entries = list(sides) if len(sides) <= SIDES else [*sides[: SIDES - 1], "others"]
    x, top = 0.0, y
    if len(entries) > 1:
        for n, text in enumerate(entries):
            words = fold(printable(text), width - 24, SMALL, False, 1)[0]
            wide = face(False).width(words, SMALL) + 24
            if x > 0 and x + wide > width:
                x, y = 0.0, y + LINE + 4
            marks += [_mark(x + 7, y + 9, 6.0, n), Label(words, x + 20, y + 13, color="muted")]
            x += wide + 16
    if middle:
        words = "the person in the middle"
        wide = face(False).width(words, SMALL) + 24
        if x > 0 and x + wide > width:
            x, y = 0.0, y + LINE + 4
        marks += [Line(x + 7, y + 4, x + 7, y + 13, "ink", 2.0), Label(words, x + 20, y + 13, color="muted")]
        x += wide
    return y - top + LINE + 2 if x else 0.0


def _median(values: Sequence[float]) -> float:
    rows = sorted(values)
    if not rows:
        return 0.0
    half = len(rows) // 2
    return rows[half] if len(rows) % 2 else (rows[half - 1] + rows[half]) / 2


def _count(number: float) -> str:
    """People as a figure; ties make halves and thirds."""
    return f"{number:.0f}" if abs(number - round(number)) < 0.01 else f"{number:.1f}"
