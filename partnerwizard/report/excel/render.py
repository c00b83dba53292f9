"""The working behind the report as an Excel workbook whose scores are live formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.image import Image as Picture

from partnerwizard import __version__
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from partnerwizard.report.blocks import Bullets, Chart, Heading, KeyFacts, Paragraph, Report, walk
from partnerwizard.report.compose import compose
from partnerwizard.report.excel import context, participants, scores, sheets
from partnerwizard.report.excel.sheets import Formula, Look, Numbers, Sheet, Value, words_of
from partnerwizard.report.fonts import face
from partnerwizard.report.logo import as_png as logo_png
from partnerwizard.report.look import palettes
from partnerwizard.report.palette import PRINT
from partnerwizard.report.raster import PIXELS, as_png
from partnerwizard.report.text import one_line, plain, shortened
from partnerwizard.report.view import View
from partnerwizard.report.words import VERDICT, day, percent, sentence

_LONGEST_CELL = 32_000
_LONGEST_LINE = 80
"""Characters of one part of a header: the three together may have 255."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

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

_LOGO_HIGH, _LOGO_WIDE = 40, 260
"""The most that the logo takes, in pixels."""

_LONGEST_TITLE = 200

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
    listed = _sheets(View(pack, case, appraisal), report)
    file = io.BytesIO()
    # What people type is never taken for a formula, an address or a number.
    typed = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {**typed, "in_memory": True}) as workbook:
        book = _Book(workbook, report)
        book.summary(View(pack, case, appraisal), listed)
        for sheet in listed:
            book.table(sheet)
        for name, cells in scores.names(listed).items():
            workbook.define_name(name, f"={cells}")
    return file.getvalue()


def _sheets(view: View, report: Report) -> list[Sheet]:
    """Every sheet after the summary, in order; one that has nothing to say is left out."""
    numbers = Numbers(view, report)
    always = [
        scores.scores(view),
        scores.contributions(view),
        scores.ratings(view, numbers),
        scores.weights(view),
        sheets.options(view, numbers),
        sheets.gates(view, numbers),
        sheets.answers(view),
        sheets.sensitivities(view),
    ]
    beside = [
        context.what_ifs(report),
        context.route(view),
        context.readiness(view, numbers),
        context.precedents(view, numbers),
        participants.participants(view),
        participants.record(view),
    ]
    return [*always, *(sheet for sheet in beside if sheet.rows), sheets.sources(numbers)]


class _Book:
    """Writes sheets into the workbook."""

    def __init__(self, workbook: Any, report: Report) -> None:
        self._workbook = workbook
        self._report = report
        self._formats: dict[str, Any] = {}
        self._cleaned: dict[str, str] = {}
        self._heights: dict[tuple[str, float, float], float] = {}
        self._palette, _ = palettes(report.accent)
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
        marking = f"&C{_literal(report.marking, _LONGEST_LINE)}" if report.marking else ""
        who = _literal(report.organisation or report.title, _LONGEST_LINE)
        worksheet.set_header(f"&L{who}{marking}&R{report.status} · {report.day_words}")
        worksheet.set_footer(f"&L{name}{marking}&RPage &P of &N")
        return worksheet

    def _put(self, worksheet: Any, row: int, column: int, value: Value, **properties: Any) -> None:
        """Writes a cell in a format with these properties.

        A text that looks like the start of a formula is marked as text, so that it stays one when it is edited.
        """
        if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
            properties["quote_prefix"] = True
        shape = self._format(**properties)
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

    def _title(self, worksheet: Any, title: str, about: str, row: int = 0) -> None:
        worksheet.set_row(row, 24)
        self._put(worksheet, row, 0, title, font_size=15, bold=True, text_wrap=False, valign="vcenter")
        self._put(worksheet, row + 1, 0, about, font_color=PRINT.muted, text_wrap=False)

    def table(self, sheet: Sheet) -> None:
        """A sheet with its table: the header row stays in view and is printed on every page."""
        worksheet = self._sheet(sheet.name)
        self._title(worksheet, sheet.name, sheet.about)
        for number, line in enumerate(sheet.above, 3):
            for column, (value, look) in enumerate(line.cells):
                if value != "":
                    self._put(worksheet, number, column, value, text_wrap=False, **_LOOKS[look])
        for column, field in enumerate(sheet.fields):
            worksheet.set_column(column, column, field.width)
        if not sheet.rows:
            return
        widths = [field.width for field in sheet.fields]
        if sum(widths) > _WIDE:
            worksheet.set_paper(_A3)
        self._head(worksheet, sheet)
        under = {"bottom": 1, "bottom_color": PRINT.line}
        for number, row in enumerate(sheet.rows):
            worksheet.set_row(sheet.first + number, max(map(self._height, row, widths)))
            for column, (value, field) in enumerate(zip(row, sheet.fields, strict=True)):
                strong = {"bold": True} if field.look == "strong" and number in sheet.strong else {}
                shape = {**under, **_LOOKS[field.look], **strong}
                self._put(worksheet, sheet.first + number, column, value, **shape)
        printed = [n for n, field in enumerate(sheet.fields) if field.look != "key"]
        worksheet.print_area(0, 0, sheet.first + len(sheet.rows) - 1, printed[-1])
        worksheet.freeze_panes(sheet.first, sheet.keep)
        worksheet.repeat_rows(sheet.head)

    def _head(self, worksheet: Any, sheet: Sheet) -> None:
        """The header row, as that of a table of Excel's own: a screen reader then says it with each cell."""
        look = {"bold": True, "bottom": 1, "bottom_color": PRINT.muted, "valign": "vcenter"}
        titles: list[dict[str, Any]] = []
        for field, title in zip(sheet.fields, _told_apart(field.title for field in sheet.fields), strict=True):
            side = _RIGHT if _LOOKS[field.look].get("align") == "right" else {}
            shape = self._format(**look, bg_color=self._palette.soft, **side)
            titles.append({"header": title, "header_format": shape})
        heights = (self._height(field.title, field.width - 3) for field in sheet.fields)
        worksheet.set_row(sheet.head, max(heights) + _ROOM)
        worksheet.add_table(
            sheet.head,
            0,
            sheet.first + len(sheet.rows) - 1,
            len(sheet.fields) - 1,
            {"name": f"{sheet.name.replace(' ', '')}Table", "columns": titles, "style": None},
        )

    def summary(self, view: View, listed: Iterable[Sheet]) -> None:
        """The first sheet: the first page of the paper, what the sheets hold, and what all this was made from."""
        worksheet = self._sheet("Summary")
        worksheet.set_portrait()
        worksheet.set_column(0, 0, _LABEL)
        worksheet.set_column(1, 1, _TEXT)
        report, appraisal = self._report, view.appraisal
        row = self._logo(worksheet)
        self._title(worksheet, report.title, _under_title(report), row)
        row += 2
        if report.marking:
            self._put(worksheet, row, 0, report.marking, bold=True, text_wrap=False)
            row += 1
        row = self._lines(worksheet, row + 1, [("Answer", appraisal.verdict.sentence)], bold=True, font_size=11)
        row = self._lines(worksheet, row, _verdict(view))
        row = self._chart(worksheet, row + 1)
        for title, lines in (
            ("The first page of the paper", _first_page(report)),
            ("Cautions", [("Caution", sentence(caution)) for caution in appraisal.cautions]),
            ("What is on the sheets", [(sheet.name, sheet.about) for sheet in listed]),
            ("What this was made from", _made_from(view, report)),
        ):
            if lines:
                self._put(worksheet, row, 0, title, bold=True, font_size=11, text_wrap=False)
                row = self._lines(worksheet, row + 1, lines) + 1

    def _lines(self, worksheet: Any, row: int, lines: Iterable[tuple[str, str]], **look: Any) -> int:
        """Labels with their texts, one below the other; the row after them."""
        size = look.get("font_size", _SIZE)
        for name, value in lines:
            self._put(worksheet, row, 0, name, font_color=PRINT.muted)
            self._put(worksheet, row, 1, value, **look)
            # Bold and larger letters take more room than is measured.
            worksheet.set_row(row, self._height(value, _TEXT - (8 if look else 0), size))
            row += 1
        return row

    def _logo(self, worksheet: Any) -> int:
        """The organisation's logo in the first row, if there is one; the row after it."""
        logo = self._report.logo
        if logo is None:
            return 0
        data = io.BytesIO(logo_png(logo))
        picture = Picture(data)
        across = picture._width * 96 / picture._x_dpi
        down = picture._height * 96 / picture._y_dpi
        scale = min(_LOGO_HIGH / down, _LOGO_WIDE / across)
        worksheet.set_row(0, _LOGO_HIGH * 0.75 + _ROOM)
        options = {"image_data": data, "x_scale": scale, "y_scale": scale, "description": one_line(logo.alt)}
        worksheet.insert_image(0, 0, f"logo.{'jpg' if logo.kind == 'jpeg' else 'png'}", options)
        return 1

    def _chart(self, worksheet: Any, row: int) -> int:
        """The report's first picture with its text alternative; the row below it."""
        chart = next((block for block in walk(self._report.front) if isinstance(block, Chart)), None)
        if chart is None:
            return row
        self._put(worksheet, row, 0, chart.caption, bold=True, font_size=11, text_wrap=False)
        (png,) = as_png([chart.picture], self._palette)
        scale = 1 / PIXELS
        worksheet.insert_image(
            row + 1,
            0,
            f"{chart.name}.png",
            {"image_data": io.BytesIO(png), "x_scale": scale, "y_scale": scale, "description": one_line(chart.alt)},
        )
        return row + 3 + ceil(chart.picture.height / 20)


def _literal(text: str, most: int) -> str:
    """A text for a header or footer, in which & starts a code."""
    return shortened(one_line(text).replace("&", "&&"), most)


def _told_apart(titles: Iterable[str]) -> list[str]:
    """Titles of columns, no two the same: a table of Excel's own takes each only once."""
    out: list[str] = []
    for title in titles:
        line, number = shortened(one_line(title), _LONGEST_TITLE), 1
        while line.lower() in {each.lower() for each in out}:
            number += 1
            line = f"{one_line(title)} ({number})"
        out.append(line)
    return out


def _verdict(view: View) -> list[tuple[str, str]]:
    """The kind of verdict with its figures."""
    verdict = view.verdict
    found = [("Kind of answer", VERDICT[verdict.kind])]
    if verdict.options:
        found.append(("Options named", "\n".join(view.name(option) for option in verdict.options)))
    if len(view.contestants) > 1 and view.leader is not None:
        ahead = f"{view.form_name(view.leader.form)} is ahead of each other form in at least"
        common, apart = percent(verdict.drawn_in_common), percent(verdict.drawn_apart)
        found += [
            ("By the weights alone", f"{ahead} {percent(verdict.over_weights)}."),
            (
                "By weights and ratings",
                f"{ahead} {percent(verdict.over_weights_and_ratings)}: {common} with errors of rating mostly shared, "
                f"{apart} with each form’s own.",
            ),
        ]
    return found


def _first_page(report: Report) -> list[tuple[str, str]]:
    """What the paper's first page says, line by line under its headings; its cautions stand apart."""
    out: list[tuple[str, str]] = []
    label = ""
    for block in walk(report.front):
        match block:
            case Heading() if block.level > 1:
                label = block.text
            case KeyFacts():
                out += [(name, words_of(content)) for name, content in block.items]
            case Bullets():
                out += [(label if n == 0 else "", words_of(item)) for n, item in enumerate(block.items)]
            case Paragraph() if label:
                out.append((label, words_of(block.content)))
    return out


def _made_from(view: View, report: Report) -> list[tuple[str, str]]:
    appraisal = view.appraisal
    return [
        ("Guidance", f"{view.pack.head.title}: {appraisal.pack.id} {appraisal.pack.version}"),
        ("Guidance checked", day(appraisal.pack.checked)),
        ("Guidance fingerprint", appraisal.pack.content_hash),
        ("Program", f"Partner Wizard {__version__}"),
        ("Advice for the day", report.day_words),
        ("Draws and seed", f"{appraisal.samples:,} draws, seed {appraisal.seed}"),
        ("", report.footer),
    ]


def _under_title(report: Report) -> str:
    return " · ".join(filter(None, (report.organisation, report.occasion, report.status, report.day_words)))
