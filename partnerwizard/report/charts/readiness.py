"""What is in place with each partner: a sign and a word for each ingredient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from partnerwizard.report.charts.marks import LINE, SMALL, Dot, Label, Line, Mark, Picture, Rect
from partnerwizard.report.charts.rows import names
from partnerwizard.report.text import fold, printable

State = Literal["in-place", "partly", "missing", "unknown"]

_NAMES_SHARE = 0.34
_ROW = 24.0
_MOST_LINES = 3
_WORDS: dict[State, str] = {
    "in-place": "in place",
    "partly": "partly",
    "missing": "missing",
    "unknown": "not known",
}


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One ingredient with its state for each partner in order; `bold` where the advice leans on it."""

    name: str
    bold: bool
    states: tuple[State, ...]


def readiness(partners: Sequence[str], rows: Sequence[Ingredient], width: float, name: str = "ready") -> Picture:
    """Lays the table of signs out; there is no total."""
    folded, column = names([row.name for row in rows], [row.bold for row in rows], width * _NAMES_SHARE)
    left = column + 24
    wide = (width - left) / max(len(partners), 1)
    heads = [fold(printable(each), wide - 12, SMALL, True, _MOST_LINES) for each in partners]
    top = max((len(head) for head in heads), default=0) * LINE + 8
    marks: list[Mark] = [
        Label(line, left + n * wide, 12 + i * LINE, bold=True)
        for n, head in enumerate(heads)
        for i, line in enumerate(head)
    ]
    y = top
    for row, label in zip(rows, folded, strict=True):
        marks.append(Line(0, y - 4, width, y - 4, "line", 0.7))
        marks += label.at(0, y)
        for n, state in enumerate(row.states):
            x = left + n * wide
            marks += sign(state, x + 7, y + 7.5)
            word = Label(_WORDS[state], x + 22, y + 12, color="muted" if state == "unknown" else "ink")
            if word.box.right <= x + wide:
                marks.append(word)
        y += max(_ROW, label.tall + 7)
    note = fold("In bold: what the form named here leans on.", width, SMALL)
    marks += [Label(line, 0, y + 12 + n * LINE, color="muted") for n, line in enumerate(note)]
    return Picture(name, width, y + len(note) * LINE + 4, tuple(marks))


def sign(state: State, x: float, y: float) -> list[Mark]:
    """A sign that differs by shape and fill, never by colour alone."""
    match state:
        case "in-place":
            return [Dot(x, y, 6, "studied", "studied")]
        case "partly":
            return [Dot(x, y, 6, "paper", "studied", 1.6), Dot(x, y, 3, "studied", "studied", 0.5)]
        case "missing":
            return [
                Rect(x - 6, y - 6, 12, 12, "paper", "closed", 1.4),
                Line(x - 4, y - 4, x + 4, y + 4, "closed", 1.6),
                Line(x - 4, y + 4, x + 4, y - 4, "closed", 1.6),
            ]
        case "unknown":
            return [Rect(x - 6, y - 6, 12, 12, "hatch", "hatch")]
