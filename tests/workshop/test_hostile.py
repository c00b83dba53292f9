"""Spreadsheets made to do harm: each is refused with one line, or read within the limits."""

from __future__ import annotations

import io
import zipfile

import pytest

from partnerwizard.files import FileProblem
from partnerwizard.workshop.spreadsheet import rows_of

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ROW = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'


def book(sheet: str, shared: str = "", whole: bytes | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        sheets = '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets>'
        package.writestr("xl/workbook.xml", f"<workbook {MAIN} {REL}>{sheets}</workbook>")
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        package.writestr("xl/worksheets/sheet1.xml", whole or f"<worksheet {MAIN}>{sheet}</worksheet>".encode())
        package.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{shared}</sst>")
    return out.getvalue()


def cells(inner: str) -> str:
    return f"<sheetData>{inner}</sheetData>"


MANY = "".join(f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 100 + "</row>" for row in range(1, 200))
CORNER = '<row r="5000"><c r="OJ5000" t="inlineStr"><is><t>y</t></is></c></row>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(book(cells(MANY), f"<si><t>{'x' * 30_000}</t></si>"), id="one string in every cell"),
        pytest.param(book(cells('<row r="1">' + "<c/>" * 1_000_001 + "</row>")), id="cells without end"),
        pytest.param(
            book(cells(CORNER) + "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 5000 + "</mergeCells>"),
            id="merged over and over",
        ),
        pytest.param(book("<a>" * 5000), id="nested"),
        pytest.param(book("", whole=b'<!DOCTYPE a [<!ENTITY a "aa">]><worksheet>&a;</worksheet>'), id="entities"),
        pytest.param(book("", whole=b'<?xml version="1.0" encoding="utf-7"?><a/>'), id="encoding of many bytes"),
        pytest.param(book("", whole=b'<?xml version="1.0" encoding="rot13"?><a/>'), id="encoding that is none"),
        pytest.param(book(ROW)[:300], id="cut short"),
    ],
)
def test_it_is_refused_with_one_line(data: bytes) -> None:
    with pytest.raises(FileProblem) as caught:
        rows_of(data, "votes.xlsx")
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith("votes.xlsx")


@pytest.mark.parametrize("figure", ["²", "9" * 5000, "-1", "99999999999"])
def test_a_number_of_a_string_that_is_none_gives_an_empty_cell(figure: str) -> None:
    sheet = cells(f'<row r="{figure}"><c r="A1" t="s"><v>{figure}</v></c></row><row r="2"><c r="A2"><v>7</v></c></row>')
    assert rows_of(book(sheet, "<si><t>a</t></si>"), "x")[-1] == ("7",)


def test_one_enormous_token_is_read_in_time() -> None:
    assert rows_of(book(ROW + f"<!--{' ' * 40_000_000}-->"), "x") == (("x",),)
