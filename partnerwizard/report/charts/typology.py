"""Where the case sits: who starts a partnering by how large it is, with the forms in their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from partnerwizard.report.charts.marks import LINE, SMALL, Dot, Label, Line, Mark, Picture, Rect
from partnerwizard.report.text import fold, printable

Nature = Literal["mandated", "either", "voluntary"]
Scale = Literal["individual", "structural"]
State = Literal["named", "open", "in-place", "closed"]

NATURES: tuple[tuple[Nature, str], ...] = (
    ("mandated", "Mandated"),
    ("either", "Mandated or voluntary"),
    ("voluntary", "Voluntary"),
)
SCALES: tuple[tuple[Scale, str, str], ...] = (
    ("structural", "Structural", "whole services or organisations"),
    ("individual", "Individual", "people and teams"),
)
STATES: tuple[tuple[State, str], ...] = (
    ("named", "named in this advice"),
    ("open", "open"),
    ("in-place", "in place already"),
    ("closed", "set aside or ruled out"),
)

_SIDE = 104.0
_HEAD = 30.0
_PAD = 12.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A form in its place on the map."""

    name: str
    nature: Nature
    scale: Scale
    state: State


def typology(
    forms: Sequence[Placed], nature: Nature | None, scales: Sequence[Scale], width: float, name: str = "typology"
) -> Picture:
    """Lays the map out; `nature` and `scales` say where the case itself sits (nothing where it is not known)."""
    column = (width - _SIDE) / len(NATURES)
    marks: list[Mark] = []
    own: list[Rect] = []
    y = _HEAD
    for index, (_, title) in enumerate(NATURES):
        x = _SIDE + index * column
        lines = fold(title, column - 2 * _PAD, SMALL, True)
        marks += [Label(line, x + _PAD, 14 + n * LINE, bold=True) for n, line in enumerate(lines)]
        y = max(y, _HEAD + (len(lines) - 1) * LINE)
    for scale, title, meaning in SCALES:
        cells = [
            _cell([form for form in forms if (form.nature, form.scale) == (each, scale)], column) for each, _ in NATURES
        ]
        height = max(84.0, *(len(cell) * LINE + 2 * _PAD + 24 for cell in cells))
        marks += [Label(title, 0, y + 24, bold=True)]
        marks += [
            Label(line, 0, y + 24 + (n + 1) * LINE, color="muted")
            for n, line in enumerate(fold(meaning, _SIDE - 14, SMALL))
        ]
        for index, (each, _) in enumerate(NATURES):
            x = _SIDE + index * column
            here = each == nature and scale in scales
            marks.append(Rect(x + 0.5, y + 0.5, column - 1, height - 1, "soft" if here else "paper", "line"))
            top = y + _PAD + 24
            if here:
                own.append(Rect(x + 1, y + 1, column - 2, height - 2, None, "accent", 2))
            for n, (text, state) in enumerate(cells[index]):
                baseline = top + 11 + n * LINE
                if state is not None:
                    marks.append(_sign(state, x + _PAD + 4, baseline - 4.5))
                marks.append(
                    Label(
                        text,
                        x + _PAD + 16,
                        baseline,
                        color="muted" if _closed(cells[index], n) else "ink",
                        bold=_named(cells[index], n),
                    )
                )
        y += height
    legend = _legend(y + 12, width)
    bottom = max(mark.box.bottom for mark in legend if isinstance(mark, Label)) + 4
    return Picture(name, width, bottom, (*marks, *_own_place(own), *legend))


def _own_place(cells: Sequence[Rect]) -> list[Mark]:
    """One outline around the cells of the case, with its label in the first."""
    if not cells:
        return []
    first, last = cells[0], cells[-1]
    outline = replace(first, height=last.y + last.height - first.y)
    tag = Label("This case", first.x + 42, first.y + 16, anchor="middle", color="paper", bold=True)
    return [outline, Rect(first.x, first.y, 84, 22, "accent"), tag]


_Lines = list[tuple[str, State | None]]


def _cell(forms: Sequence[Placed], column: float) -> _Lines:
    """The lines of a cell; only the first line of each name carries its state."""
    lines: _Lines = []
    for form in forms:
        folded = fold(printable(form.name), column - 2 * _PAD - 16, SMALL, form.state == "named")
        lines += [(text, form.state if n == 0 else None) for n, text in enumerate(folded)]
    return lines


def _state(lines: _Lines, index: int) -> State:
    while (state := lines[index][1]) is None:
        index -= 1
    return state


def _named(lines: _Lines, index: int) -> bool:
    return _state(lines, index) == "named"


def _closed(lines: _Lines, index: int) -> bool:
    return _state(lines, index) == "closed"


def _sign(state: State, x: float, y: float) -> Mark:
    match state:
        case "named":
            return Dot(x, y, 4.5, "accent", "accent")
        case "open":
            return Dot(x, y, 3.2, "by_design", "by_design")
        case "in-place":
            return Rect(x - 3.5, y - 3.5, 7, 7, "ink")
        case "closed":
            return Line(x - 4, y, x + 4, y, "hatch", 1.5)


def _legend(y: float, width: float) -> list[Mark]:
    marks: list[Mark] = []
    left = 0.0
    for state, text in STATES:
        label = Label(text, left + 16, y + 11, color="muted")
        if label.box.right > width:
            left, y = 0.0, y + LINE + 4
            label = Label(text, left + 16, y + 11, color="muted")
        marks += [_sign(state, left + 5, y + 6.5), label]
        left = label.box.right + 18
    return marks
