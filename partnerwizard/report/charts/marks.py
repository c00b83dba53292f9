"""What charts are made of, and how they become SVG that browsers, typst and QtSvg draw alike.

Layout uses the bundled typeface's own widths, so that what fits here fits everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from partnerwizard.report.fonts import face
from partnerwizard.report.palette import FONT, Palette
from partnerwizard.resources import templates_dir

if TYPE_CHECKING:
    import jinja2

SMALL = 13.0
LINE = 17.0
"""Height of a line of text at the size SMALL."""

Anchor = Literal["start", "middle", "end"]
Stroke = Literal["solid", "dashed"]

ASCENT, DESCENT = 0.76, 0.24
"""How far letters reach above and below their line, as a share of the type size."""


class Box(NamedTuple):
    """The rectangle that a mark covers."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """True when the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; `y` is the line that it stands on."""

    text: str
    x: float
    y: float
    size: float = SMALL
    anchor: Anchor = "start"
    color: str = "ink"
    bold: bool = False

    @property
    def width(self) -> float:
        """How wide the text is."""
        return face(self.bold).width(self.text, self.size)

    @property
    def box(self) -> Box:
        """Where the text stands."""
        left = self.x - {"start": 0.0, "middle": self.width / 2, "end": self.width}[self.anchor]
        top, bottom = self.y - ASCENT * self.size, self.y + DESCENT * self.size
        return Box(left, top, left + self.width, bottom)


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle. A fill of `hatch` is hatched; `edge` is the colour of its outline."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None
    edge: str | None = None
    thick: float = 1.0
    round: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    color: str = "ink"
    thick: float = 1.0
    stroke: Stroke = "solid"


@dataclass(frozen=True, slots=True)
class Dot:
    """A round mark, filled or ringed."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str
    thick: float = 1.5


Mark = Label | Rect | Line | Dot


@dataclass(frozen=True, slots=True)
class Picture:
    """A laid-out chart: its size and its marks, back to front, in the colours' names."""

    name: str
    width: float
    height: float
    marks: tuple[Mark, ...]

    @property
    def labels(self) -> tuple[Label, ...]:
        """The texts of the chart."""
        return tuple(mark for mark in self.marks if isinstance(mark, Label))


def draw(picture: Picture, palette: Palette, title: str | None = None, hold_widths: bool = False) -> str:
    """The chart as SVG.

    `title`: the text alternative, for an SVG that stands inside a page. `hold_widths`: gives each text its measured
    width, for readers that may not have the bundled typeface.
    """
    return (
        _template()
        .render(
            picture=picture,
            colors=palette.tokens(),
            font=FONT,
            title=title,
            hold_widths=hold_widths,
        )
        .strip()
    )


@cache
def _template() -> jinja2.Template:
    # Charts are named by much that draws none; the template engine loads with the first drawing.
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_dir() / "charts"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["figure"] = _figure
    environment.tests["kind"] = lambda mark, name: type(mark).__name__ == name
    return environment.get_template("picture.svg.j2")


def _figure(value: float) -> str:
    """A coordinate: two decimals at most, no needless zeros."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
