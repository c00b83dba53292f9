"""The approvals on a line of time: from the earliest to the latest, and where nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partnerwizard.report.calendar import after, month
from partnerwizard.report.charts.marks import Label, Line, Mark, Picture, Rect
from partnerwizard.report.charts.rows import fitting, key, names

_NAMES_SHARE = 0.3
_ROOM = 34.0
"""Between bars and words; a stretch of unknown length may run into it."""
_TOP = 26.0
_BAR = 12.0
_GAP = 11.0
_MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Stretch:
    """One row in months from the start: it begins, ends at the earliest, and at the latest (None: not known).

    `known`: how long it takes is known at all. `words`: what stands at the right.
    """

    name: str
    begins: float
    done: float
    latest: float | None
    known: bool
    words: str
    bold: bool = False


def timetable(rows: Sequence[Stretch], start: date, width: float, name: str = "timetable") -> Picture:
    """Lays the plan out."""
    folded, column = names([row.name for row in rows], [row.bold for row in rows], width * _NAMES_SHARE)
    words = max((Label(row.words, 0, 0).width for row in rows), default=0.0)
    left, right = column + 16, width - words - _ROOM
    last = max((max(row.done, row.latest or 0.0) for row in rows), default=0.0) or 12.0
    marks: list[Mark] = []
    y = _TOP
    for row, label in zip(rows, folded, strict=True):
        marks += label.at(0, y)
        marks += _bar(row, left, (right - left) / last, y + 2)
        marks.append(Label(row.words, width, y + 12, anchor="end", color="ink" if row.known else "muted"))
        y += max(label.tall, _BAR + 4) + _GAP
    entries: list[tuple[Mark, str]] = [
        (Rect(0, 0, 14, 12, "studied"), "at the earliest"),
        (Rect(0.5, 0.5, 13, 11, "judgement", "by_design"), "up to the latest"),
        (Rect(0.5, 0.5, 13, 11, "hatch", "hatch"), "how long is not known"),
    ]
    legend, bottom = key(entries, y + 2, width)
    return Picture(name, width, bottom, (*_axis(start, last, left, right, y, width), *marks, *legend))


def _bar(row: Stretch, left: float, scale: float, y: float) -> list[Mark]:
    x = left + row.begins * scale
    if not row.known:
        return [Rect(x + 0.5, y + 0.5, 23, _BAR - 1, "hatch", "hatch")]
    done = left + row.done * scale
    marks: list[Mark] = []
    if row.latest is not None and row.latest > row.done:
        wide = (row.latest - row.done) * scale
        marks.append(Rect(done + 0.5, y + 0.5, max(wide - 1, 0.5), _BAR - 1, "judgement", "by_design"))
    elif row.latest is None:
        marks.append(Rect(done + 0.5, y + 0.5, 23, _BAR - 1, "hatch", "hatch"))
    return [*marks, Rect(x, y, max(done - x, 2), _BAR, "studied")]


def _axis(start: date, last: float, left: float, right: float, bottom: float, width: float) -> list[Mark]:
    every = next(each for each in (1, 3, 6, 12, 24, 60, 120, 1200) if last / each <= _MOST_TICKS or each == 1200)
    marks: list[Mark] = []
    edge = -1.0
    for n in range(int(last // every) + 1):
        x = left + n * every / last * (right - left)
        label = fitting(month(after(start, n * every)), x, 12, width, "muted")
        marks.append(Line(x, _TOP - 8, x, bottom - 4, "line", 1))
        if label.box.left > edge:
            marks.append(label)
            edge = label.box.right + 8
    return marks
