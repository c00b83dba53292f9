"""The options by value against carrying on: bars by what they rest on, with the range that fits under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from partnerwizard.pack.model import Ground
from partnerwizard.report.charts.marks import LINE, SMALL, Label, Line, Mark, Picture, Rect
from partnerwizard.report.fonts import face
from partnerwizard.report.text import fold, printable
from partnerwizard.report.words import points

GROUNDS: tuple[tuple[Ground, str], ...] = (
    ("studied", "studied"),
    ("by-design", "by design"),
    ("judgement", "our judgement"),
    ("unknown", "not known"),
)

_BAR = 16.0
_GAP = 16.0
_NAMES_SHARE = 0.44
_MOST_LINES = 3
_TOP = 24.0
_VALUES = 44.0
_NARROW = 480.0
"""Below this width names stand above their bars."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One option: its difference from carrying on by ground, in all, and at the ends of what fits."""

    name: str
    note: str
    named: bool
    parts: dict[Ground, float]
    total: float
    low: float
    high: float


def ranked(
    bars: Sequence[Bar], width: float, name: str = "ranked", line_name: str = "carrying on", gap: float = _GAP
) -> Picture:
    """Lays the chart out. `line_name` names the line at which bars start; `gap` is the room between rows."""
    above = width < _NARROW
    names_width = width - _VALUES if above else _names_width(bars, width)
    folded = [_label(bar, names_width) for bar in bars]
    scale = _Scale.around(bars, 2 if above else names_width + 20, width - (2 if above else _VALUES + 12))
    marks: list[Mark] = []
    y = _TOP
    for bar, texts in zip(bars, folded, strict=True):
        tall = len(texts) * LINE
        bar_y = y + tall + 4 if above else y
        if above:
            marks.append(Line(scale.x(0), bar_y - 3, scale.x(0), bar_y + _BAR + 12, "muted", 1, "dashed"))
        marks += _row(bar, texts, y, bar_y, scale, width)
        y += (tall + _BAR + 14 if above else max(tall, _BAR + 12)) + gap
    zero = scale.x(0)
    start = _line_label(line_name, zero, width)
    axis: list[Mark] = [start]
    if not above:
        axis.append(Line(zero, _TOP - 6, zero, y - gap + 4, "muted", 1, "dashed"))
    legend, bottom = _legend(0, y + 6, width)
    return Picture(name, width, bottom, (*axis, *marks, *legend))


@dataclass(frozen=True, slots=True)
class _Scale:
    left: float
    right: float
    low: float
    high: float

    @classmethod
    def around(cls, bars: Sequence[Bar], left: float, right: float) -> _Scale:
        ends = [0.0]
        for bar in bars:
            parts = bar.parts.values()
            ends += [bar.low, bar.high, sum(min(0.0, each) for each in parts), sum(max(0.0, each) for each in parts)]
        low, high = min(ends), max(ends)
        if high - low < 1:
            low, high = low - 1, high + 1
        return cls(left, right, low, high)

    def x(self, value: float) -> float:
        return self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)


def _names_width(bars: Sequence[Bar], width: float) -> float:
    most = width * _NAMES_SHARE
    widest = max((face(bar.named).width(printable(bar.name), SMALL) for bar in bars), default=0.0)
    notes = max((face().width(bar.note, SMALL) for bar in bars), default=0.0)
    return min(most, max(widest, notes))


def _label(bar: Bar, width: float) -> list[tuple[str, Literal["ink", "muted"]]]:
    name = fold(printable(bar.name), width, SMALL, bar.named, _MOST_LINES)
    note = fold(printable(bar.note), width, SMALL, most=_MOST_LINES) if bar.note else ()
    return [*((line, "ink") for line in name), *((line, "muted") for line in note)]


def _row(bar: Bar, texts: Sequence[tuple[str, str]], top: float, y: float, scale: _Scale, width: float) -> list[Mark]:
    """The marks of one option: its name from `top` on, its bar from `y` on."""
    marks: list[Mark] = [
        Label(text, 0, top + 12 + index * LINE, color=color, bold=bar.named and color == "ink")
        for index, (text, color) in enumerate(texts)
    ]
    ends = {True: 0.0, False: 0.0}
    for ground, _ in GROUNDS:
        part = bar.parts.get(ground, 0.0)
        if abs(part) < 0.05:
            continue
        up = part > 0
        start, ends[up] = ends[up], ends[up] + part
        left, right = sorted((scale.x(start), scale.x(ends[up])))
        marks.append(swatch(ground, left, y, right - left, _BAR))
    total = scale.x(bar.total)
    marks.append(Rect(total - 1.5, y - 3, 3, _BAR + 6, "ink"))
    under = y + _BAR + 8
    low, high = scale.x(bar.low), scale.x(bar.high)
    marks += [
        Line(low, under, high, under, "muted"),
        Line(low, under - 3, low, under + 3, "muted"),
        Line(high, under - 3, high, under + 3, "muted"),
        Label(points(bar.total), width, top + 12, anchor="end", bold=bar.named),
    ]
    return marks


def swatch(ground: Ground, x: float, y: float, width: float, height: float) -> Rect:
    """A piece of bar in the look of its ground."""
    match ground:
        case "studied":
            return Rect(x, y, width, height, "studied")
        case "by-design":
            return Rect(x, y, width, height, "by_design")
        case "judgement":
            return Rect(x + 0.5, y + 0.5, max(width - 1, 0.5), height - 1, "judgement", "by_design")
        case "unknown":
            return Rect(x + 0.5, y + 0.5, max(width - 1, 0.5), height - 1, "hatch", "hatch")


def _line_label(text: str, x: float, width: float) -> Label:
    label = Label(text, x, 12, anchor="middle", color="muted")
    if label.box.left < 0:
        return Label(text, 0, 12, color="muted")
    if label.box.right > width:
        return Label(text, width, 12, anchor="end", color="muted")
    return label


def _legend(x: float, y: float, width: float) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    left = x
    entries: list[tuple[Ground | Literal["total", "range"], str]] = [
        *GROUNDS,
        ("total", "in all"),
        ("range", "full range"),
    ]
    for kind, text in entries:
        label = Label(text, left + 22, y + 11, color="muted")
        if label.box.right > width:
            left, y = x, y + LINE + 4
            label = Label(text, left + 22, y + 11, color="muted")
        marks += [*_sign(kind, left, y), label]
        left = label.box.right + 16
    return marks, y + LINE + 2


def _sign(kind: Ground | Literal["total", "range"], x: float, y: float) -> list[Mark]:
    match kind:
        case "total":
            return [Rect(x + 6, y - 2, 3, 16, "ink")]
        case "range":
            return [
                Line(x, y + 6, x + 16, y + 6, "muted"),
                Line(x, y + 3, x, y + 9, "muted"),
                Line(x + 16, y + 3, x + 16, y + 9, "muted"),
            ]
        case _:
            return [swatch(kind, x, y, 14, 12)]
