"""The report as plain blocks: what it says, and nothing about how a format shows it.

Every text is plain text; a format escapes it in its own way. Numbers, dates and names are already words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from partnerwizard.report.charts.marks import Picture

Align = Literal["left", "right"]
Tone = Literal["body", "lead", "small"]
CalloutKind = Literal["note", "caution", "closed"]


@dataclass(frozen=True, slots=True)
class Run:
    """Text, plain or bold."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Cite:
    """References to numbered sources, in rising order."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A new line inside a cell or an item."""


Span = Run | Cite | Break
Spans = tuple[Span, ...]
Part = str | Span | Spans


def spans(*parts: Part) -> Spans:
    """Joins texts and spans into one; empty texts and empty references fall away."""
    return tuple(_flat(parts))


def bold(text: str) -> Run:
    """Text in bold."""
    return Run(text, bold=True)


def lines(parts: Iterable[Part]) -> Spans:
    """Parts one below the other; parts with nothing in them fall away."""
    out: list[Span] = []
    for part in parts:
        line = spans(part)
        if line:
            out += [*([Break()] if out else []), *line]
    return tuple(out)


def _flat(parts: Iterable[Part]) -> Iterator[Span]:
    for part in parts:
        match part:
            case str():
                if part:
                    yield Run(part)
            case tuple():
                yield from _flat(part)
            case Run(text="") | Cite(numbers=()):
                continue
            case _:
                yield part


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 is the report's own, 2 a section's, 3 and 4 inside it. `anchor` is unique in the report.

    `tail`: the rest of a long sentence, part of the heading but less prominent.
    """

    level: int
    text: str
    anchor: str
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    content: Spans
    tone: Tone = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, with numbers where the order matters."""

    items: tuple[Spans, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its share of the width, and how it is aligned."""

    title: str
    share: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; the first cell of each row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with what it shows in words, and its figures as a table; `narrow` is the picture for a phone."""

    name: str
    picture: Picture
    caption: str
    alt: str
    data: Table
    narrow: Picture | None = None


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """Short labelled statements, one below the other."""

    items: tuple[tuple[str, Spans], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A statement that must not be missed; `word` says what it is, so that colour is never the only sign."""

    kind: CalloutKind
    word: str
    content: Spans


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups of blocks side by side where there is room, else one after the other."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A numbered source as the list of sources prints it."""

    number: int
    title: str
    publisher: str
    published: str
    url: str
    checked: str


@dataclass(frozen=True, slots=True)
class SourceList:
    """The numbered sources that the report refers to; `compact`: in small type without
    addresses in print (the title is the link) and days of checking, where room is short."""

    entries: tuple[SourceEntry, ...]
    compact: bool = False


Block = Heading | Paragraph | Bullets | Table | Chart | KeyFacts | Callout | Pair | SourceList


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter or an appendix: its heading is level 2, the headings among its blocks are level 3 and 4."""

    heading: Heading
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that people gave, checked and safe to embed."""

    kind: Literal["png", "jpeg", "svg"]
    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report. `front` is the page that stands alone and starts with the only heading of level 1.

    `occasion`: purpose, meeting and day in a line, above the first page's heading. It stands on the front sheet too.
    `marking`: how confidential it is. `accent`: a colour of the organisation's own, already fit to be read.
    """

    title: str
    organisation: str
    status: str
    day: date
    day_words: str
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    appendices: tuple[Section, ...]
    footer: str
    occasion: str = ""
    marking: str = ""
    accent: str | None = None
    logo: Image | None = None

    @property
    def chapters(self) -> tuple[Section, ...]:
        """Sections and appendices in order."""
        return (*self.sections, *self.appendices)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in reading order; a pair gives its own blocks."""
    for block in blocks:
        if isinstance(block, Pair):
            yield from walk((*block.left, *block.right))
        else:
            yield block
