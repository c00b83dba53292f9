"""The working behind the report as an Excel workbook whose scores are live formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time
from math import ceil
from typing import Any

import xlsxwriter

from partnerwizard import __version__
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from partnerwizard.report.blocks import Chart, KeyFacts, Report, walk
from partnerwizard.report.compose import compose
from partnerwizard.report.excel import scores, sheets
from partnerwizard.report.excel.sheets import Formula, Look, Numbers, Sheet, Value, words_of
from partnerwizard.report.fonts import face
from partnerwizard.report.palette import PRINT
from partnerwizard.report.raster import PIXELS, as_png
from partnerwizard.report.text import one_line, plain, shortened
from partnerwizard.report.view import View
from partnerwizard.report.words import day

_LONGEST_CELL = 32_000
_LONGEST_LINE = 90
_LABEL, _TEXT = 24.0, 84.0
"""Widths of the two columns of the summary, in characters."""

_A3, _A4 = 8, 9
_WIDE = 150
"""Characters across which a sheet of A4 still prints legibly."""

FONT = "Arial"
"""A workbook cannot name a typeface to fall back on, so it takes one that is everywhere."""

_NARROWER = 0.96
"""How much narrower it is than the bundled typeface, by which texts are measured; a little on the safe side."""

_SIZE = 9.0
_LINE = 1.36
"""Height of a line, in type sizes."""

_ROW = 15.0
_TALLEST_ROW = 409.0
_ROOM = 6.0
"""Points of a cell's width that its edges take."""

_RIGHT = {"align": "right", "indent": 1}
_TINT = {"bg_color": PRINT.caution_soft}
_LOOKS: dict[Look, dict[str, Any]] = {
    "text": {},
    "strong": {},
    "key": {"font_color": PRINT.muted, "font_size": 8},
    "note": {"font_color": PRINT.muted, "font_size": 8, **_RIGHT},
    "whole": {"num_format": "0", **_RIGHT},
    "points": {"num_format": "0.0", **_RIGHT},
    "total": {"num_format": "0.0", "bold": True, **_RIGHT},
    "share": {"num_format": "0.0%", **_RIGHT},
    "money": {"num_format": "£#,##0", **_RIGHT},
    "date": {"num_format": "d mmm yyyy", "align": "left"},
    "input": {"num_format": "0.0", **_TINT, **_RIGHT},
    "share-input": {"num_format": "0.0%", **_TINT, **_RIGHT},
}


def render_xlsx(pack: Pack, case: Case, appraisal: Appraisal) -> bytes:
    """The workbook as .xlsx; the same input gives the same bytes. Sources have the numbers of the full paper."""
    report = compose(pack, case, appraisal)
    view = View(pack, case, appraisal)
    numbers = Numbers(view, report)
    rated, weighed = scores.ratings(view, numbers), scores.weights(view)
    listed = [
        scores.scores(view, rated, weighed),
        rated,
        weighed,
        sheets.options(view, numbers),
        sheets.gates(view, numbers),
        sheets.answers(view),
        sheets.sensitivities(view),
    ]
    listed.append(sheets.sources(numbers))
    file = io.BytesIO()
    # What people type is never taken for a formula, an address or a number.
    typed = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {**typed, "in_memory": True}) as workbook:
        book = _Book(workbook, report)
        book.summary(view, listed)
        for sheet in listed:
            book.table(sheet)
    return file.getvalue()


class _Book:
    """Writes sheets into the workbook."""

    def __init__(self, workbook: Any, report: Report) -> None:
        self._workbook = workbook
        self._report = report
        self._formats: dict[str, Any] = {}
        self._cleaned: dict[str, str] = {}
        self._heights: dict[tuple[str, float, float], float] = {}
        workbook.set_properties(
            {
                "title": shortened(one_line(report.title), 255),
                "author": one_line(report.organisation),
                "subject": report.status,
                "comments": shortened(one_line(report.footer), 255),
                "created": datetime.combine(report.day, time()),
            }
        )
        workbook.set_size(24_000, 14_000)

    def _format(self, **properties: Any) -> Any:
        """The format with these properties; each is made once."""
        key = repr(sorted(properties.items()))
        if key not in self._formats:
            usual = {"font_name": FONT, "font_size": _SIZE, "font_color": PRINT.ink, "valign": "top", "text_wrap": True}
            self._formats[key] = self._workbook.add_format(usual | properties)
        return self._formats[key]

    def _sheet(self, name: str) -> Any:
        worksheet = self._workbook.add_worksheet(name)
        worksheet.hide_gridlines(2)
        worksheet.set_landscape()
        worksheet.set_paper(_A4)
        worksheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        worksheet.fit_to_pages(1, 0)
        report = self._report
        who = shortened(one_line(report.organisation or report.title), _LONGEST_LINE).replace("&", "&&")
        worksheet.set_header(f"&L{who}&R{report.status} · {report.day_words}")
        worksheet.set_footer(f"&L{name}&RPage &P of &N")
        return worksheet

    def _put(self, worksheet: Any, row: int, column: int, value: Value, shape: Any) -> None:
        match value:
            case None | "":
                worksheet.write_blank(row, column, None, shape)
            case Formula():
                worksheet.write_formula(row, column, value.text, shape, value.value)
            case str():
                worksheet.write_string(row, column, self._clean(value), shape)
            case date():
                worksheet.write_datetime(row, column, value, shape)
            case _:
                worksheet.write_number(row, column, value, shape)

    def _clean(self, text: str) -> str:
        if text not in self._cleaned:
            self._cleaned[text] = shortened(plain(text), _LONGEST_CELL)
        return self._cleaned[text]

    def _height(self, value: Value, width: float, size: float = _SIZE) -> float:
        """The height that a text takes in a column of this width."""
        if not isinstance(value, str):
            return _ROW
        key = (value, width, size)
        if key not in self._heights:
            room = (width * 7 + 5) * 0.75 - _ROOM
            lines = sum(
                ceil(max(face().width(line, size) * _NARROWER, 1) / room) for line in self._clean(value).split("\n")
            )
            self._heights[key] = min(max(lines * size * _LINE + 3, _ROW), _TALLEST_ROW)
        return self._heights[key]

    def _title(self, worksheet: Any, title: str, about: str) -> None:
        worksheet.set_row(0, 24)
        title_look = self._format(font_size=15, bold=True, text_wrap=False, valign="vcenter")
        self._put(worksheet, 0, 0, title, title_look)
        self._put(worksheet, 1, 0, about, self._format(font_color=PRINT.muted, text_wrap=False))

    def table(self, sheet: Sheet) -> None:
        """A sheet with its table: the header row stays in view and is printed on every page."""
        worksheet = self._sheet(sheet.name)
        self._title(worksheet, sheet.name, sheet.about)
        for number, line in enumerate(sheet.above, 3):
            for column, (value, look) in enumerate(line.cells):
                if value != "":
                    self._put(worksheet, number, column, value, self._format(text_wrap=False, **_LOOKS[look]))
        for column, field in enumerate(sheet.fields):
            worksheet.set_column(column, column, field.width)
        if not sheet.rows:
            return
        widths = [field.width for field in sheet.fields]
        if sum(widths) > _WIDE:
            worksheet.set_paper(_A3)
        header = {"bold": True, "bg_color": PRINT.soft, "bottom": 1, "bottom_color": PRINT.muted, "valign": "vcenter"}
        for column, field in enumerate(sheet.fields):
            side = _RIGHT if _LOOKS[field.look].get("align") == "right" else {}
            self._put(worksheet, sheet.head, column, field.title, self._format(**header, **side))
        titles = (self._height(field.title, field.width - 3) for field in sheet.fields)
        worksheet.set_row(sheet.head, max(titles) + _ROOM)
        under = {"bottom": 1, "bottom_color": PRINT.line}
        for number, row in enumerate(sheet.rows):
            worksheet.set_row(sheet.first + number, max(map(self._height, row, widths)))
            for column, (value, field) in enumerate(zip(row, sheet.fields, strict=True)):
                strong = {"bold": True} if field.look == "strong" and number in sheet.strong else {}
                self._put(
                    worksheet,
                    sheet.first + number,
                    column,
                    value,
                    self._format(**under, **_LOOKS[field.look], **strong),
                )
        last = len(sheet.fields) - 1
        printed = [n for n, field in enumerate(sheet.fields) if field.look != "key"]
        worksheet.print_area(0, 0, sheet.first + len(sheet.rows) - 1, printed[-1])
        worksheet.freeze_panes(sheet.first, sheet.keep)
        worksheet.autofilter(sheet.head, 0, sheet.first + len(sheet.rows) - 1, last)
        worksheet.repeat_rows(sheet.head)

    def summary(self, view: View, listed: Iterable[Sheet]) -> None:
        """The first sheet: the answer, its picture, what the sheets hold, and what all this was made from."""
        worksheet = self._sheet("Summary")
        worksheet.set_portrait()
        worksheet.set_column(0, 0, _LABEL)
        worksheet.set_column(1, 1, _TEXT)
        report, appraisal = self._report, view.appraisal
        self._title(worksheet, report.title, _under_title(report))
        label, text = self._format(font_color=PRINT.muted), self._format()
        row = 3
        for name, value, size in (("Answer", appraisal.verdict.sentence, 11.0), *_key_facts(report)):
            self._put(worksheet, row, 0, name, label)
            self._put(worksheet, row, 1, value, self._format(bold=size > _SIZE, font_size=size))
            worksheet.set_row(row, self._height(value, _TEXT - (8 if size > _SIZE else 0), size))
            row += 1
        heading = self._format(bold=True, font_size=11, text_wrap=False)
        row = self._chart(worksheet, row + 1, heading)
        facts = (
            ("Guidance", f"{view.pack.head.title}: {appraisal.pack.id} {appraisal.pack.version}"),
            ("Guidance checked", day(appraisal.pack.checked)),
            ("Guidance fingerprint", appraisal.pack.content_hash),
            ("Program", f"Partner Wizard {__version__}"),
            ("Advice for the day", report.day_words),
            ("Draws and seed", f"{appraisal.samples:,} draws, seed {appraisal.seed}"),
            ("", report.footer),
        )
        for title, lines in (
            ("What is on the sheets", tuple((sheet.name, sheet.about) for sheet in listed)),
            ("What this was made from", facts),
        ):
            self._put(worksheet, row, 0, title, heading)
            for number, (name, value) in enumerate(lines, row + 1):
                self._put(worksheet, number, 0, name, label)
                self._put(worksheet, number, 1, value, text)
                worksheet.set_row(number, self._height(value, _TEXT))
            row += len(lines) + 2

    def _chart(self, worksheet: Any, row: int, heading: Any) -> int:
        """The report's first picture with its text alternative; the row below it."""
        chart = next((block for block in walk(self._report.front) if isinstance(block, Chart)), None)
        if chart is None:
            return row
        self._put(worksheet, row, 0, chart.caption, heading)
        (png,) = as_png([chart.picture])
        scale = 1 / PIXELS
        worksheet.insert_image(
            row + 1,
            0,
            f"{chart.name}.png",
            {"image_data": io.BytesIO(png), "x_scale": scale, "y_scale": scale, "description": one_line(chart.alt)},
        )
        return row + 3 + ceil(chart.picture.height / 20)


def _under_title(report: Report) -> str:
    return " · ".join(filter(None, (report.organisation, report.status, report.day_words)))


def _key_facts(report: Report) -> list[tuple[str, str, float]]:
    found = [block for block in walk(report.front) if isinstance(block, KeyFacts)]
    return [(name, words_of(content), _SIZE) for block in found for name, content in block.items]
