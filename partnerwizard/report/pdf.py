"""The report as a tagged, archivable PDF, and its pages as pictures for the window."""

from __future__ import annotations

import ctypes
import json
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import typst

from partnerwizard.report.blocks import Callout, Chart, Image, Report, Run, SourceEntry, Spans, Table
from partnerwizard.report.charts.marks import draw
from partnerwizard.report.fonts import fonts_dir
from partnerwizard.report.look import palettes
from partnerwizard.report.measure import height
from partnerwizard.report.palette import FONT, Palette
from partnerwizard.report.text import breakable, plain, printable
from partnerwizard.resources import templates_dir

STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_REMEMBERED = 11
_KEEP = 232.0
"""Points of height up to which a table is never broken over two pages."""

_MOST_ROWS = 12
_WHOLE = 1200
"""Letters of a row up to which the rows of a table are never broken over two pages."""

_REPLACED = (
    "Some characters are not in the typeface of this document and are shown by their number, such as [U+4E2D]. "
    "The HTML report has them as they were typed."
)


def render_pdf(report: Report) -> bytes:
    """The report as PDF/A-2a and PDF/UA-1; the same report gives the same bytes."""
    document, _ = render_with_warnings(report)
    return document


def render_with_warnings(report: Report) -> tuple[bytes, list[str]]:
    """The report as PDF with what the typesetter warned of; there should be nothing."""
    return typeset("report.typ", _content(report), report.day)


def render_pages(report: Report, first: int = 1, last: int | None = None, ppi: float = 110) -> list[bytes]:
    """The pages `first` to `last` (counted from 1) of the very PDF as PNG pictures.

    The first page alone is made without the others, which takes a fraction of the time; it then does not say how many
    pages there are.
    """
    alone = (first, last) == (1, 1)
    content = _content(replace(report, sections=(), appendices=()) if alone else report) | {"alone": alone}
    pages = typst.compile(**_arguments("report.typ", content), format="png", ppi=ppi)
    return ([pages] if isinstance(pages, bytes) else list(pages))[first - 1 : last]


def typeset(template: str, content: dict[str, Any], day: date) -> tuple[bytes, list[str]]:
    """A template of this program filled with content, as PDF/A-2a and PDF/UA-1, with warnings."""
    document, warnings = typst.compile_with_warnings(
        **_arguments(template, content),
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=datetime.combine(day, time(), UTC),
    )
    return document, [warning.message for warning in warnings]


def forget() -> None:
    """Lets go of what the typesetter keeps to be quicker with the next document: some 45 MB for each of the last ten.

    It forgets what the last ten documents have not used, and keeps what it has freed; so ten empty ones, and then the
    freed memory back to the system. Takes a tenth of a second: for a worker, after the last page.
    """
    for _ in range(_REMEMBERED):
        typst.compile(b"", font_paths=_fonts(), ignore_system_fonts=True)
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # the GNU C library alone has it
        if trim is not None:
            trim(0)


def _arguments(template: str, content: dict[str, Any]) -> dict[str, Any]:
    return {
        "input": str(templates_dir() / template),
        "root": str(templates_dir()),
        "sys_inputs": {"content": json.dumps(content, ensure_ascii=False)},
        "font_paths": _fonts(),
        "ignore_system_fonts": True,
    }


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts_dir())])


def _content(report: Report) -> dict[str, Any]:
    """The report as JSON values with every text in the bundled typeface, and whether a character was replaced."""
    return values(report) | {"alone": False}


def values(thing: Any) -> dict[str, Any]:
    """A dataclass with an accent as JSON values for a template, with colours, typeface and what was replaced."""
    palette, _ = palettes(thing.accent)
    writer = _Writer(palette)
    content = writer.value(thing)
    assert isinstance(content, dict)
    replaced = _REPLACED if writer.replaced else None
    return content | {"palette": palette.tokens(), "font": FONT, "replaced": replaced}


def _short(table: Table) -> bool:
    """Whether a table is short enough to be kept on one page."""
    return len(table.rows) <= _MOST_ROWS and height((table,)) <= _KEEP


def _length(cell: Spans) -> int:
    return sum(len(span.text) if isinstance(span, Run) else 8 for span in cell)


class _Writer:
    """Turns blocks into JSON values; notes whether a character had to be replaced."""

    def __init__(self, palette: Palette) -> None:
        self.replaced = False
        self._palette = palette

    def value(self, value: object) -> Any:
        match value:
            case str():
                return self.text(value)
            case Report():
                return {**self.fields(value), "name": self.clean(value.title)}
            case Table():
                whole = all(sum(map(_length, row)) < _WHOLE for row in value.rows)
                return {"kind": "Table", "keep": _short(value), "whole": whole, **self.fields(value)}
            case Callout():
                return {
                    "kind": "Callout",
                    "look": value.kind,
                    "word": self.text(value.word),
                    "content": self.value(value.content),
                }
            case SourceEntry():
                return {**self.fields(value), "target": self.clean(value.url)}
            case Chart():
                return {
                    "kind": "Chart",
                    "svg": draw(value.picture, self._palette),
                    "width": value.picture.width,
                    "height": value.picture.height,
                    "caption": self.text(value.caption),
                    "alt": self.clean(value.alt),
                }
            case Image():
                return {"format": value.kind, "data": [*value.data], "alt": self.clean(value.alt)}
            case tuple() | list():
                return [self.value(each) for each in value]
            case None | bool() | int() | float():
                return value
            case date():
                return value.isoformat()
            case _ if is_dataclass(value):
                return {"kind": type(value).__name__, **self.fields(value)}
        raise TypeError(f"no way to write {type(value).__name__}")

    def fields(self, value: Any) -> dict[str, Any]:
        return {field.name: self.value(getattr(value, field.name)) for field in fields(value)}

    def text(self, text: str) -> str:
        return breakable(self.clean(text))

    def clean(self, text: str) -> str:
        shown = printable(text)
        self.replaced = self.replaced or shown != plain(text)
        return shown
