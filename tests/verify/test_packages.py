"""Word and Excel files that break a rule of those programs are told from the project's own, which break none."""

from __future__ import annotations

from functools import cache

import pytest
from verify import packages
from verify.broken_office import EXCEL, WORD, Break

from partnerwizard.case.model import Look
from partnerwizard.report.compose import compose
from partnerwizard.report.excel.render import render_xlsx
from partnerwizard.report.word.render import render_docx
from tests.report.cases import usual


@cache
def document() -> bytes:
    return render_docx(compose(*usual()))


@cache
def workbook() -> bytes:
    return render_xlsx(*usual())


def test_the_reports_break_no_rule() -> None:
    assert packages.word(document()) == []
    assert packages.excel(workbook()) == []
    pack, case, appraisal = usual()
    marked = case.model_copy(update={"look": Look(accent="#7a0060", marking="OFFICIAL"), "organisation": "שלום & co"})
    assert packages.word(render_docx(compose(pack, marked, appraisal, "summary"))) == []
    assert packages.excel(render_xlsx(pack, marked, appraisal)) == []


@pytest.mark.parametrize("each", WORD, ids=lambda each: each.name)
def test_a_broken_document_is_found(each: Break) -> None:
    assert any(each.says in problem for problem in packages.word(each.of(document())))


@pytest.mark.parametrize("each", EXCEL, ids=lambda each: each.name)
def test_a_broken_workbook_is_found(each: Break) -> None:
    assert any(each.says in problem for problem in packages.excel(each.of(workbook())))


def test_what_cannot_be_read_is_found() -> None:
    for read in (packages.word, packages.excel):
        assert read(b"")
        assert read(document()[:1000])
    assert packages.word(workbook()) == ["there is no word/document.xml"]
    assert packages.excel(document()) == ["there is no xl/workbook.xml"]
