"""What each criterion adds to, or takes from, carrying on: one column of bars for each option."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerwizard.pack.model import Ground
from partnerwizard.report.charts.marks import LINE, SMALL, Label, Line, Mark, Picture, Rect
from partnerwizard.report.charts.ranked import GROUNDS, swatch
from partnerwizard.report.charts.rows import key, names
from partnerwizard.report.text import fold, printable
from partnerwizard.report.words import points

_NAMES_SHARE = 0.3
_FIGURE = 30.0
_BAR = 12.0
_ROW = 22.0
_PAD = 10.0
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One option's points on one criterion, with what they rest on."""

    points: float
    ground: Ground


@dataclass(frozen=True, slots=True)
class Made:
    """One option: its name, its points by criterion in the order of the criteria, and what they come to."""

    name: str
    bold: bool
    parts: tuple[Part, ...]
    total: float


def contributions(criteria: Sequence[str], options: Sequence[Made], width: float, name: str = "made-of") -> Picture:
    """Lays the chart out; all columns have one scale."""
    rows, column = names(criteria, [False] * len(criteria), width * _NAMES_SHARE)
    left = column + 12
    wide = (width - left) / max(len(options), 1)
    heads = [fold(printable(each.name), wide - 2 * _PAD, SMALL, each.bold, _MOST_LINES) for each in options]
    top = max((len(head) for head in heads), default=0) * LINE + 10
    most = max((abs(part.points) for option in options for part in option.parts), default=0.0) or 1.0
    reach = max((wide - 2 * _PAD) / 2 - _FIGURE, 4.0)
    marks: list[Mark] = []
    heights = [max(_ROW, row.tall + 5) for row in rows]
    tops = [top + sum(heights[:n]) for n in range(len(rows))]
    end = top + sum(heights)
    for row, y in zip(rows, tops, strict=True):
        marks += row.at(0, y)
        marks.append(Line(0, y - 3, width, y - 3, "line", 0.7))
    marks.append(Line(0, end - 3, width, end - 3, "ink", 1))
    marks.append(Label("In all", 0, end + 13, bold=True))
    for n, option in enumerate(options):
        middle = left + n * wide + wide / 2
        marks += [
            Label(line, middle, 12 + i * LINE, anchor="middle", bold=option.bold) for i, line in enumerate(heads[n])
        ]
        marks.append(Line(middle, top - 3, middle, end - 3, "muted", 1, "dashed"))
        for part, y in zip(option.parts, tops, strict=True):
            marks += _bar(part, middle, y, reach / most)
        marks.append(Label(points(option.total), middle, end + 13, anchor="middle", bold=True))
    entries: list[tuple[Mark, str]] = [(swatch(ground, 0, 0, 14, 12), word) for ground, word in GROUNDS]
    legend, bottom = key(entries, end + 26, width)
    return Picture(name, width, bottom, (*marks, *legend))


def _bar(part: Part, middle: float, y: float, scale: float) -> list[Mark]:
    if round(part.points) == 0:
        return [Rect(middle - 1, y + 2, 2, _BAR, "muted")]
    long = abs(part.points) * scale
    up = part.points > 0
    edge = middle + long + 4 if up else middle - long - 4
    return [
        swatch(part.ground, middle if up else middle - long, y + 2, long, _BAR),
        Label(points(part.points), edge, y + 12.5, anchor="start" if up else "end"),
    ]
