"""In what share of the ways that fit the leader is ahead of each other form; and who comes first, second and third."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerwizard.report.charts.marks import Label, Line, Mark, Picture, Rect
from partnerwizard.report.charts.rows import BAR, key, names
from partnerwizard.report.words import percent

_NAMES_SHARE = 0.4
_GAP = 12.0
_TOP = 24.0
_ROOM = 84.0
"""For the figure at the right."""

PLACES = ("first", "second", "third", "lower")
_FILLS: tuple[tuple[str, str | None, str], ...] = (
    ("studied", None, "paper"),
    ("by_design", None, "paper"),
    ("judgement", "by_design", "ink"),
    ("paper", "line", "muted"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """One row: a name and a share of 1."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Places:
    """One option and the shares in which it comes first, second, third and lower."""

    name: str
    shares: tuple[float, float, float, float]
    bold: bool


def ahead(rows: Sequence[Share], limits: Sequence[tuple[float, str]], width: float, name: str = "ahead") -> Picture:
    """A bar for each row from 0 to 100 %, with upright lines at the limits (rising) that the verdict goes by."""
    folded, column = names([row.name for row in rows], [False] * len(rows), width * _NAMES_SHARE)
    left, right = column + 16, width - _ROOM
    marks: list[Mark] = []
    y = _TOP
    for row, label in zip(rows, folded, strict=True):
        end = left + row.share * (right - left)
        marks += [
            *label.at(0, y),
            Rect(left, y, right - left, BAR, "canvas"),
            Rect(left, y, max(end - left, 0.5), BAR, "by_design"),
            Label(percent(row.share), width, y + 12, anchor="end", bold=True),
        ]
        y += max(label.tall, BAR) + _GAP
    bottom = y - _GAP + 6
    start = 0.0
    for share, word in limits:
        x = left + share * (right - left)
        title = Label(word, x, 12, anchor="middle", color="muted")
        if title.box.left >= start and title.box.right <= width:
            marks.append(title)
            start = title.box.right + 6
        marks.append(Line(x, _TOP - 6, x, bottom, "ink", 1, "dashed"))
    return Picture(name, width, max(bottom, _TOP) + 4, tuple(marks))


def places(rows: Sequence[Places], width: float, name: str = "places") -> Picture:
    """A bar of 100 % for each row, cut into its places; a figure stands in each piece that has room for it."""
    folded, column = names([row.name for row in rows], [row.bold for row in rows], width * _NAMES_SHARE)
    left, right = column + 16, width
    entries: list[tuple[Mark, str]] = [(_piece(n, 0, 0, 14, 12), word) for n, word in enumerate(PLACES)]
    signs, top = key(entries, 0, width)
    marks: list[Mark] = list(signs)
    y = top + 8
    for row, label in zip(rows, folded, strict=True):
        marks += label.at(0, y)
        x = left
        for n, share in enumerate(row.shares):
            wide = share * (right - left)
            if wide >= 1:
                marks.append(_piece(n, x, y, wide, BAR))
                figure = Label(percent(share), x + wide / 2, y + 12.5, anchor="middle", color=_FILLS[n][2])
                if figure.width + 4 <= wide:
                    marks.append(figure)
            x += wide
        y += max(label.tall, BAR) + _GAP
    return Picture(name, width, y, tuple(marks))


def _piece(place: int, x: float, y: float, width: float, height: float) -> Rect:
    fill, edge, _ = _FILLS[place]
    if edge is None:
        return Rect(x, y, width, height, fill)
    return Rect(x + 0.5, y + 0.5, max(width - 1, 0.5), height - 1, fill, edge)
