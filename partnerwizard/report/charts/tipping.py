"""How far one weight may move before another option is first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerwizard.report.charts.marks import LINE, SMALL, Dot, Label, Line, Mark, Picture, Rect
from partnerwizard.report.charts.rows import names
from partnerwizard.report.text import fold, printable
from partnerwizard.report.words import percent

_NAMES_SHARE = 0.27
_TRACK_SHARE = 0.33
_TOP = 26.0
_GAP = 12.0
_MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class Tipping:
    """One criterion: the weights that fit, the weight at the middle, and who takes over at which weight."""

    name: str
    low: float
    central: float
    high: float
    tips: tuple[tuple[float, str], ...]


def tipping(rows: Sequence[Tipping], width: float, name: str = "tipping") -> Picture:
    """A track from 0 to 100 % for each criterion, and beside it in words where it tips to what."""
    folded, column = names([row.name for row in rows], [False] * len(rows), width * _NAMES_SHARE)
    left = column + 16
    right = left + width * _TRACK_SHARE
    words_left = right + 20
    marks: list[Mark] = [
        Label("0 %", left, 12, color="muted"),
        Label("100 %", right, 12, anchor="end", color="muted"),
        Label("another option is first", words_left, 12, color="muted"),
    ]
    y = _TOP
    for row, label in zip(rows, folded, strict=True):
        said = [_told(row, weight, winner, width - words_left) for weight, winner in row.tips]
        lines = [line for each in said for line in each]
        marks += label.at(0, y)
        marks += [Label(line, words_left, y + 12 + n * LINE) for n, line in enumerate(lines)]
        marks += _track(row, left, right, y + 8)
        y += max(label.tall, len(lines) * LINE, 20) + _GAP
    marks += _legend(left, y)
    return Picture(name, width, y + 20, tuple(mark for mark in marks if not isinstance(mark, Label) or mark.text))


def _told(row: Tipping, weight: float, winner: str, room: float) -> tuple[str, ...]:
    where = "below" if weight < row.central else "above"
    return fold(printable(f"{where} {percent(weight)}: {winner}"), room, SMALL, most=_MOST_LINES)


def _track(row: Tipping, left: float, right: float, y: float) -> list[Mark]:
    def at(share: float) -> float:
        return left + share * (right - left)

    return [
        Line(left, y, right, y, "line", 1),
        Rect(at(row.low), y - 4, max(at(row.high) - at(row.low), 1), 8, "judgement"),
        Rect(at(row.central) - 1.5, y - 8, 3, 16, "ink"),
        *(Dot(at(weight), y, 4.5, "paper", "closed", 2) for weight, _ in row.tips),
    ]


def _legend(left: float, y: float) -> list[Mark]:
    first = Label("weights that fit", left + 22, y + 11, color="muted")
    second = Label("the middle", first.box.right + 32, y + 11, color="muted")
    third = Label("tips here", second.box.right + 34, y + 11, color="muted")
    return [
        Rect(left, y + 3, 16, 8, "judgement"),
        first,
        Rect(first.box.right + 20, y - 1, 3, 16, "ink"),
        second,
        Dot(second.box.right + 22, y + 7, 4.5, "paper", "closed", 2),
        third,
    ]
