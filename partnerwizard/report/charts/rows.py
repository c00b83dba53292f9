"""What charts with one row for each name share: the column of names, and a key of signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from partnerwizard.report.charts.marks import LINE, SMALL, Label, Mark, Rect
from partnerwizard.report.fonts import face
from partnerwizard.report.text import fold, printable

BAR = 16.0
_MOST_LINES = 3
_GAP = 16.0


@dataclass(frozen=True, slots=True)
class Name:
    """A row's name, folded; `bold` for what the advice names."""

    lines: tuple[str, ...]
    bold: bool

    @property
    def tall(self) -> float:
        """How high its lines stand."""
        return len(self.lines) * LINE

    def at(self, x: float, y: float) -> list[Mark]:
        """The name with its first line standing in a row that begins at `y`."""
        return [Label(line, x, y + 12 + n * LINE, bold=self.bold) for n, line in enumerate(self.lines)]


def names(texts: Sequence[str], bold: Sequence[bool], width: float) -> tuple[tuple[Name, ...], float]:
    """The names folded into a column no wider than `width`, and how wide the column has to be."""
    out = tuple(
        Name(fold(printable(text), width, SMALL, strong, _MOST_LINES), strong)
        for text, strong in zip(texts, bold, strict=True)
    )
    widest = max((face(name.bold).width(line, SMALL) for name in out for line in name.lines), default=0.0)
    return out, min(width, widest)


def key(entries: Sequence[tuple[Mark, str]], y: float, width: float) -> tuple[list[Mark], float]:
    """Signs with their words in as many lines as it takes; each sign is a small box drawn at 0, 0."""
    marks: list[Mark] = []
    left = 0.0
    for sign, text in entries:
        label = Label(text, left + 22, y + 11, color="muted")
        if label.box.right > width and left > 0:
            left, y = 0.0, y + LINE + 4
            label = Label(text, left + 22, y + 11, color="muted")
        marks += [moved(sign, left, y), label]
        left = label.box.right + _GAP
    return marks, y + LINE + 2


def moved(sign: Mark, x: float, y: float) -> Mark:
    """A box moved to where it belongs."""
    assert isinstance(sign, Rect)
    return replace(sign, x=sign.x + x, y=sign.y + y)


def fitting(text: str, x: float, y: float, width: float, color: str = "ink", bold: bool = False) -> Label:
    """A text centred at `x` that stays between 0 and `width`."""
    label = Label(text, x, y, anchor="middle", color=color, bold=bold)
    if label.box.left < 0:
        return replace(label, x=0.0, anchor="start")
    return replace(label, x=width, anchor="end") if label.box.right > width else label
