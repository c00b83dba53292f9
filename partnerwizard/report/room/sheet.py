"""A ballot as an Excel workbook, for people who may open nothing else."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from partnerwizard.report.excel.render import FONT
from partnerwizard.report.palette import PRINT
from partnerwizard.report.room.page import STATES
from partnerwizard.report.text import one_line, plain
from partnerwizard.workshop.ballot import GIVE, GIVES, MOST_SWING, STEP, Ballot, Scale
from partnerwizard.workshop.forms import Target
from partnerwizard.workshop.workbook import ANSWERS, KEY, head_of, written

_WIDTHS = (44, 18, 90)
_MADE = datetime.combine(date(2000, 1, 1), time())
"""A day that says nothing, so that the same ballot is the same bytes."""


def render_excel_ballot(asked: Ballot, token: bytes) -> bytes:
    """The ballot as .xlsx; the same ballot gives the same bytes."""
    file = io.BytesIO()
    typed = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {**typed, "in_memory": True}) as workbook:
        workbook.set_properties({"title": f"Ballot {asked.code}, round {asked.round}", "created": _MADE})
        _Page(workbook, asked).write()
        hidden = workbook.add_worksheet(KEY)
        for row, (name, value) in enumerate(head_of(asked, token).items()):
            hidden.write_string(row, 0, name)
            hidden.write_string(row, 1, value)
        hidden.very_hidden()
    return file.getvalue()


class _Page:
    """The one sheet that people see: a row for each thing that is asked."""

    def __init__(self, workbook: Any, asked: Ballot) -> None:
        usual = {"font_name": FONT, "font_size": 11, "font_color": PRINT.ink, "text_wrap": True, "valign": "top"}

        def look(**properties: Any) -> Any:
            return workbook.add_format(usual | properties)

        self._asked = asked
        self._sheet = workbook.add_worksheet(ANSWERS)
        self._label = look(bold=True)
        self._muted = look(font_color=PRINT.muted)
        self._beside = look(font_color=PRINT.muted, indent=1)
        self._title = look(bold=True, font_size=18, text_wrap=False)
        self._heading = look(bold=True, font_size=14, text_wrap=False)
        self._answer = look(bg_color=PRINT.caution_soft, border=1, border_color=PRINT.muted, locked=False, align="left")
        self._row = 0

    def write(self) -> None:
        asked, sheet = self._asked, self._sheet
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_column(len(_WIDTHS), len(_WIDTHS), None, None, {"hidden": True})
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        self._line(f"Ballot of {asked.code}, round {asked.round}", self._title)
        about = " · ".join(one_line(plain(each)) for each in (asked.organisation, asked.title) if each.strip())
        self._line(about, self._muted)
        self._line(
            "Answer in the tinted cells, save, and give the file back. Leave out what you do not know. "
            "This file is not sealed: whoever opens it can read your answers.",
            self._muted,
        )
        if asked.weights == "ranks":
            self._ranks(
                "What should get better", "1 matters most; leave out what does not matter here.", "aim", asked.aims
            )
            self._ranks(
                "What the change may ask of you", "1 is what you would least like to lose.", "term", asked.terms
            )
            self._part(
                "The one against the other",
                "If your first aim going from its 0 to its 100 counts 100, how much does that step on your first term "
                f"count? A range from 0 to {MOST_SWING}, in steps of {STEP}.",
            )
            self._number("At least", "", Target("swing-low"), MOST_SWING)
            self._number("At most", "", Target("swing-high"), MOST_SWING)
        elif asked.weights == "points":
            self._part(
                "What matters, in points", f"100 for the step that matters most, 0 for none; in steps of {STEP}."
            )
            for scale in (*asked.aims, *asked.terms):
                self._number(scale.name, _ends(scale), Target("points", scale.id), 100)
            self._ask(
                "Each could be off by", "points", Target("give"), {"validate": "list", "source": list(GIVES)}, str(GIVE)
            )
        for scale in asked.rated if asked.forms else ():
            self._part(f"How well each would do: {scale.name}", _ends(scale))
            for form in asked.forms:
                self._number(form.name, form.about, Target("rating", scale.id, form.id), 100)
        for partner in asked.partners:
            self._part(f"Ready for a partnership with {partner.name}?", "As you see it today.")
            for ingredient in asked.ingredients:
                rule = {"validate": "list", "source": [word for _, word in STATES]}
                target = Target("readiness", partner.id, ingredient.id)
                self._ask(ingredient.name, ingredient.about.replace("{partner}", partner.name), target, rule)
        sheet.protect("", {"format_rows": True, "format_columns": True})

    def _ranks(self, title: str, about: str, kind: Any, scales: tuple[Scale, ...]) -> None:
        self._part(title, about)
        places = {"validate": "list", "source": list(range(1, len(scales) + 1))}
        for scale in scales:
            self._ask(scale.name, scale.question, Target(kind, scale.id), places)

    def _number(self, name: str, about: str, target: Target, most: int) -> None:
        message = f"A whole number from 0 to {most}, please."
        rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": most, "error_message": message}
        self._ask(name, about, target, rule)

    def _ask(self, name: str, about: str, target: Target, rule: dict[str, Any], value: str = "") -> None:
        row = self._row
        self._sheet.write_string(row, 0, one_line(plain(name)), self._label)
        if value:
            self._sheet.write_number(row, 1, int(value), self._answer)
        else:
            self._sheet.write_blank(row, 1, None, self._answer)
        self._sheet.write_string(row, 2, one_line(plain(about)), self._beside)
        self._sheet.write_string(row, len(_WIDTHS), written(target))
        self._sheet.data_validation(row, 1, row, 1, rule)
        self._sheet.set_row(row, 15 * max(1, -(-len(about) // 95), -(-len(name) // 42)) + 3)
        self._row += 1

    def _part(self, title: str, about: str) -> None:
        self._row += 1
        self._line(title, self._heading)
        self._line(about, self._muted)

    def _line(self, text: str, look: Any) -> None:
        if look is self._muted:
            self._sheet.merge_range(self._row, 0, self._row, 2, "", look)
            self._sheet.set_row(self._row, 15 * max(1, -(-len(text) // 150)) + 3)
        else:
            self._sheet.set_row(self._row, 26 if look is self._title else 22)
        self._sheet.write_string(self._row, 0, one_line(plain(text)), look)
        self._row += 1


def _ends(scale: Scale) -> str:
    return f"0: {scale.zero} {scale.carry_on}, as now: {scale.carrying_on} 100: {scale.hundred}"
