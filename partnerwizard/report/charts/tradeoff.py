"""Benefit against terms: what each option brings by what it asks, with the options that nothing beats on both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from partnerwizard.report.charts.marks import LINE, SMALL, Box, Dot, Label, Line, Mark, Picture, Rect
from partnerwizard.report.text import fold, printable

_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 12.0, 30.0, 44.0
_NAME_WIDTH = 190.0
_COLUMN = 230.0
_MOST_LINES = 3
_RADIUS = 5.0

Kind = Literal["named", "option", "carry-on", "in-place"]


@dataclass(frozen=True, slots=True)
class Spot:
    """One option: its benefit and its terms on the scale of 0 to 100."""

    name: str
    benefit: float
    terms: float
    kind: Kind


def frontier(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """The options that no other option beats on both, from the one that asks most to the one that asks least."""
    best = [
        spot
        for spot in spots
        if not any(
            (other.benefit >= spot.benefit and other.terms >= spot.terms)
            and (other.benefit > spot.benefit or other.terms > spot.terms)
            for other in spots
        )
    ]
    return tuple(sorted(best, key=lambda spot: (spot.terms, -spot.benefit, spot.name)))


def tradeoff(spots: Sequence[Spot], width: float, name: str = "tradeoff") -> Picture:
    """Lays the chart out: names beside their marks, or all in a column at the side where there is no room."""
    beside = _Plot.over(spots, width - _RIGHT, 330)
    labels = _beside(spots, beside)
    if labels is not None:
        return _picture(name, width, beside, spots, [label for group in labels for label in group])
    lines = [fold(_text(spot), _COLUMN, SMALL, spot.kind == "named", _MOST_LINES) for spot in spots]
    height = max(330.0, sum(len(each) * LINE + 6 for each in lines) + _TOP + _BOTTOM)
    plot = _Plot.over(spots, width - _RIGHT - _COLUMN - 36, height)
    return _picture(name, width, plot, spots, _in_column(spots, lines, plot, width))


@dataclass(frozen=True, slots=True)
class _Plot:
    right: float
    height: float
    benefit: tuple[float, float]
    terms: tuple[float, float]

    @classmethod
    def over(cls, spots: Sequence[Spot], right: float, height: float) -> _Plot:
        return cls(
            right,
            height,
            _ends([spot.benefit for spot in spots]),
            _ends([spot.terms for spot in spots]),
        )

    @property
    def bottom(self) -> float:
        return self.height - _BOTTOM

    def place(self, spot: Spot) -> tuple[float, float]:
        across = (spot.terms - self.terms[0]) / (self.terms[1] - self.terms[0])
        up = (spot.benefit - self.benefit[0]) / (self.benefit[1] - self.benefit[0])
        return _LEFT + across * (self.right - _LEFT), self.bottom - up * (self.bottom - _TOP)


def _ends(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=100.0)
    room = max((high - low) * 0.12, 3.0)
    return low - room, high + room


def _text(spot: Spot) -> str:
    return printable(spot.name + (" (in place)" if spot.kind == "in-place" else ""))


def _picture(name: str, width: float, plot: _Plot, spots: Sequence[Spot], labels: Sequence[Mark]) -> Picture:
    marks: list[Mark] = [
        Rect(_LEFT, _TOP, plot.right - _LEFT, plot.bottom - _TOP, None, "line"),
        Label("brings more benefit", _LEFT, 16, color="muted", bold=True),
        Label("asks less", plot.right, plot.bottom + 20, anchor="end", color="muted", bold=True),
        Label("asks more", _LEFT, plot.bottom + 20, color="muted", bold=True),
    ]
    best = [plot.place(spot) for spot in frontier(spots)]
    marks += [Line(*first, *second, "accent", 1.5) for first, second in pairwise(best)]
    marks += labels
    marks += [_sign(spot.kind, *plot.place(spot)) for spot in sorted(spots, key=lambda spot: spot.kind == "named")]
    note = Label("line: no other option is better on both", _LEFT, plot.height - 4, color="muted")
    return Picture(name, width, plot.height, (*marks, note))


def _sign(kind: Kind, x: float, y: float) -> Mark:
    match kind:
        case "named":
            return Dot(x, y, _RADIUS + 1, "accent", "accent")
        case "carry-on":
            return Rect(x - 5, y - 5, 10, 10, "ink")
        case "in-place":
            return Rect(x - 4, y - 4, 8, 8, "paper", "ink", 1.5)
        case "option":
            return Dot(x, y, _RADIUS, "paper", "by_design", 2)


def _around(x: float, y: float) -> Box:
    return Box(x - 7, y - 7, x + 7, y + 7)


def _beside(spots: Sequence[Spot], plot: _Plot) -> list[list[Label]] | None:
    """A place beside its mark for each name, or nothing where one of them has no room."""
    taken = [_around(*plot.place(spot)) for spot in spots]
    best = [plot.place(spot) for spot in frontier(spots)]
    for first, second in pairwise(best):
        taken += _along(first, second)
    out: list[list[Label]] = []
    for spot in sorted(spots, key=lambda each: (each.kind != "named", each.kind != "carry-on")):
        lines = fold(_text(spot), _NAME_WIDTH, SMALL, spot.kind == "named", _MOST_LINES)
        group = _free_place(lines, spot, plot, taken)
        if group is None:
            return None
        taken.append(_hull(group))
        out.append(group)
    return out


def _along(first: tuple[float, float], second: tuple[float, float]) -> list[Box]:
    """Small boxes along a line, for keeping names off it."""
    steps = max(2, int(max(abs(second[0] - first[0]), abs(second[1] - first[1])) / 4))
    points = (
        (first[0] + (second[0] - first[0]) * n / steps, first[1] + (second[1] - first[1]) * n / steps)
        for n in range(steps + 1)
    )
    return [Box(x - 1, y - 1, x + 1, y + 1) for x, y in points]


def _free_place(lines: tuple[str, ...], spot: Spot, plot: _Plot, taken: Sequence[Box]) -> list[Label] | None:
    x, y = plot.place(spot)
    tall = len(lines) * LINE
    places: tuple[tuple[float, float, Literal["start", "middle", "end"]], ...] = (
        (x + 11, y + 4.5 - (tall - LINE) / 2, "start"),
        (x - 11, y + 4.5 - (tall - LINE) / 2, "end"),
        (x, y - 12 - (tall - LINE), "middle"),
        (x, y + 22, "middle"),
        (x + 8, y - 9 - (tall - LINE), "start"),
        (x + 8, y + 18, "start"),
        (x - 8, y - 9 - (tall - LINE), "end"),
        (x - 8, y + 18, "end"),
    )
    for left, top, anchor in places:
        group = [
            Label(line, left, top + n * LINE, anchor=anchor, bold=spot.kind == "named") for n, line in enumerate(lines)
        ]
        box = _hull(group)
        inside = (
            box.left >= _LEFT + 2
            and box.right <= plot.right - 2
            and box.top >= _TOP + 2
            and box.bottom <= plot.bottom - 2
        )
        if inside and not any(box.meets(other) for other in taken):
            return group
    return None


def _hull(labels: Sequence[Label]) -> Box:
    boxes = [label.box for label in labels]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _in_column(spots: Sequence[Spot], lines: Sequence[tuple[str, ...]], plot: _Plot, width: float) -> list[Mark]:
    """All names in a column at the right, in the order of their marks, each with a thin line to its mark."""
    order = sorted(range(len(spots)), key=lambda n: (plot.place(spots[n])[1], -plot.place(spots[n])[0]))
    heights = [len(lines[n]) * LINE + 6 for n in order]
    tops = _spread([plot.place(spots[n])[1] - LINE / 2 for n in order], heights, _TOP, plot.bottom)
    x = width - _RIGHT - _COLUMN + 6
    marks: list[Mark] = []
    for n, top in zip(order, tops, strict=True):
        mark_x, mark_y = plot.place(spots[n])
        middle = top + LINE / 2
        marks.append(Line(mark_x, mark_y, plot.right + 8, middle, "hatch", 0.6))
        marks.append(Line(plot.right + 8, middle, x - 5, middle, "hatch", 0.6))
        first = Label("", x, top + 13, bold=spots[n].kind == "named")
        marks += [replace(first, text=line, y=first.y + i * LINE) for i, line in enumerate(lines[n])]
    return marks


def _spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Tops as near as can be to where they are wanted, in order, without overlap and within the bounds."""
    tops: list[float] = []
    edge = top
    for want, height in zip(wanted, heights, strict=True):
        tops.append(max(want, edge))
        edge = tops[-1] + height
    edge = bottom
    for index in reversed(range(len(tops))):
        tops[index] = min(tops[index], edge - heights[index])
        edge = tops[index]
    return tops
