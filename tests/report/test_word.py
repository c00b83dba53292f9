from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length

from partnerwizard.case.model import Case, FrontSheet, Look
from partnerwizard.report import logo
from partnerwizard.report.blocks import (
    Callout,
    Chart,
    Heading,
    Pair,
    Paragraph,
    Report,
    Run,
    SourceList,
    Table,
    spans,
    walk,
)
from partnerwizard.report.compose import compose
from partnerwizard.report.text import plain
from partnerwizard.report.word.render import render_docx
from tests.report.cases import KINDS, WORKED, Material, many_options, material, usual, with_verdict, worked
from tests.report.reading import said, words
from tests.report.test_look import drawn

HOSTILE = (
    '<w:p/> & "quoted" =2+2 {{ 7 * 7 }} 🚀 中文 עברית \u202eturned\u202c \u0007\ue000\ud800 two\nlines\there '
    + "x" * 120
)


def opened(report: Report) -> Document:
    return docx.Document(io.BytesIO(render_docx(report)))


def text_of(document: Document) -> str:
    """Every text of the body, in its order."""
    pieces = {qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:p")}
    return "".join(each.text if each.tag == qn("w:t") else " " for each in document.element.body.iter(*pieces))


def blocks_of(report: Report, kind: type) -> list[Any]:
    found = (report.front, *(chapter.blocks for chapter in report.chapters))
    return [block for blocks in found for block in walk(blocks) if isinstance(block, kind)]


@pytest.mark.parametrize("name", WORKED)
@pytest.mark.parametrize("length", ["full", "summary"])
def test_word_has_every_text_of_the_report(name: str, length: str) -> None:
    report = compose(*worked(name), length)  # type: ignore[arg-type]
    told = " ".join(words(text_of(opened(report))))
    assert [text for text in said(report) if " ".join(words(text)) not in told] == []
    assert " ".join(words(report.title)) in told


def test_every_option_figure_and_source_is_told() -> None:
    found = many_options()
    report = compose(*found)
    told = text_of(opened(report)).replace("\u00a0", " ")
    assert all(option.name in told for option in found[2].options)
    assert all(entry.url in told for entries in blocks_of(report, SourceList) for entry in entries.entries)
    figures = Counter(re.findall(r"[+\u2212]\d+", " ".join(said(report))))
    assert not figures - Counter(re.findall(r"[+\u2212]\d+", told))


@pytest.mark.parametrize("name", WORKED)
def test_headings_are_headings_and_skip_no_level(name: str) -> None:
    report = compose(*worked(name))
    document = opened(report)
    levels = [
        (int(style.rpartition(" ")[2]), each.text)
        for each in _paragraphs(document)
        if (style := str(each.style.name).lower()).startswith("heading ")
    ]
    assert levels[0][0] == 1
    assert all(after[0] - before[0] <= 1 for before, after in pairwise(levels))
    wanted = [block.text for block in blocks_of(report, Heading)] + [each.heading.text for each in report.chapters]
    assert Counter(plain(text) for text in wanted) == Counter(text.split("\n")[0] for _, text in levels)


def _paragraphs(document: Document) -> list[Any]:
    from docx.text.paragraph import Paragraph as WordParagraph

    return [WordParagraph(each, document) for each in document.element.body.iter(qn("w:p"))]


def test_tables_repeat_their_header_row_and_have_captions() -> None:
    report = compose(*usual())
    body = opened(report).element.body
    tables = [each for each in body.iter(qn("w:tbl")) if _style(each, "tblStyle") == "ReportTable"]
    wanted = blocks_of(report, Table)
    assert len(tables) == len(wanted)
    for made, block in zip(tables, wanted, strict=True):
        first, *rest = made.findall(qn("w:tr"))
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert first.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None for row in rest)
        assert len(rest) == len(block.rows)
        caption = made.getprevious()
        assert _style(caption, "pStyle") == "Caption"
        assert "".join(each.text for each in caption.iter(qn("w:t"))).endswith(block.caption)
        assert made.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(qn("w:val")) == block.caption
    numbers = re.findall(r"Table (\d+)\. ", text_of(opened(report)))
    assert numbers == [str(n + 1) for n in range(len(wanted))]


def _style(element: Any, kind: str) -> str:
    found = element.find(f".//{qn(f'w:{kind}')}")
    return "" if found is None else str(found.get(qn("w:val")))


def test_every_picture_has_its_alternative_text() -> None:
    report = compose(*usual())
    pictures = list(opened(report).element.body.iter(qn("wp:docPr")))
    charts = blocks_of(report, Chart)
    assert charts
    assert [each.get("descr") for each in pictures] == [chart.alt for chart in charts]
    assert len({each.get("id") for each in pictures}) == len(pictures)


def test_styles_are_real_and_every_one_that_is_used_is_there() -> None:
    document = opened(compose(*usual()))
    known = {each.get(qn("w:styleId")) for each in document.styles.element.iter(qn("w:style"))}
    used = {
        each.get(qn("w:val"))
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
        for root in (document.element.body, document.styles.element)
        for each in root.iter(qn(f"w:{tag}"))
    }
    assert used <= known
    assert {"Heading1", "Heading2", "Heading3", "Heading4", "ListBullet", "ListNumber", "Caption", "TOC2"} <= used
    lists = {each.get(qn("w:numId")) for each in document.part.numbering_part.element.iter(qn("w:num"))}
    assert {each.get(qn("w:val")) for each in document.element.body.iter(qn("w:numId"))} <= lists


def test_references_lead_to_bookmarks_that_are_there_once() -> None:
    body = opened(compose(*usual())).element.body
    names = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    ids = [each.get(qn("w:id")) for each in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(each.get(qn("w:id")) for each in body.iter(qn("w:bookmarkEnd")))
    assert all(re.fullmatch(r"_?[A-Za-z]\w{0,38}", name) for name in names)
    jumps = {each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))} - {None}
    assert jumps
    assert jumps <= set(names)


def test_contents_are_a_field_that_lists_every_chapter() -> None:
    report = compose(*usual())
    body = opened(report).element.body
    assert any("TOC" in (each.text or "") for each in body.iter(qn("w:instrText")))
    kinds = [each.get(qn("w:fldCharType")) for each in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    (contents,) = body.iter(qn("w:sdt"))
    told = "".join(each.text for each in contents.iter(qn("w:t")))
    assert all(chapter.heading.text in told for chapter in report.chapters)
    assert not list(opened(compose(*usual(), "summary")).element.body.iter(qn("w:sdt")))


def test_page_header_footer_language_and_properties() -> None:
    report = compose(*usual())
    document = opened(report)
    section = document.sections[0]
    header = "".join(each.text for each in section.header.part.element.iter(qn("w:t")))
    footer = "".join(each.text for each in section.footer.part.element.iter(qn("w:t")))
    assert report.status in header
    assert report.organisation in header
    assert report.footer in footer
    fields = [each.get(qn("w:instr")).strip() for each in section.footer.part.element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    properties = document.core_properties
    assert properties.title == report.title
    assert properties.author == report.organisation
    assert properties.created == properties.modified
    assert properties.created == datetime(2026, 11, 23, tzinfo=properties.created.tzinfo)
    assert properties.language == "en-GB"
    assert "python" not in properties.comments
    languages = [each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))]
    assert languages == ["en-GB"]
    with zipfile.ZipFile(io.BytesIO(render_docx(report))) as file:
        assert b"Arial" in file.read("word/fontTable.xml")
        assert not any("thumbnail" in name or "customXml" in name for name in file.namelist())


def dressed() -> Material:
    pack, case, appraisal = usual()
    front = FrontSheet(meeting="Board of directors", day=date(2026, 12, 3), purpose="decision")
    look = Look(accent="#7a0060", marking="OFFICIAL – SENSITIVE", logo=logo.prepared(drawn("PNG", 600, 200)))
    return pack, case.model_copy(update={"look": look, "front": front}), appraisal


def test_the_organisations_own_look_is_in_the_document() -> None:
    report = compose(*dressed())
    document = opened(report)
    section = document.sections[0]
    assert section.different_first_page_header_footer
    for edge in (section.header, section.footer, section.first_page_header, section.first_page_footer):
        assert "OFFICIAL – SENSITIVE" in "".join(each.text or "" for each in edge.part.element.iter(qn("w:t")))
    (picture,) = section.first_page_header.part.element.iter(qn("wp:inline"))
    assert picture.docPr.get("descr") == "Logo of Westmere Hospitals NHS Trust"
    height, width = (Length(int(picture.extent.get(key))).mm for key in ("cy", "cx"))
    assert height <= 9.1
    assert width == pytest.approx(3 * height, rel=0.01)
    assert not list(section.header.part.element.iter(qn("wp:inline")))
    links = document.styles["Hyperlink"].element.find(f".//{qn('w:color')}")
    assert links.get(qn("w:val")) == "7A0060"
    assert "For decision · Board of directors · 3\u00a0December\u00a02026" in text_of(document)
    pictures = {part.blob for part in document.part.package.image_parts}
    # The logo, and charts that show the accent.
    assert len(pictures - {part.blob for part in opened(compose(*usual())).part.package.image_parts}) > 1


def test_a_long_name_and_a_marking_take_two_lines_of_the_header() -> None:
    pack, case, appraisal = usual()
    name = "East Riverside and Northern Marshes University Teaching Hospitals NHS Foundation Trust"
    wide = case.model_copy(update={"organisation": name, "look": Look(marking="OFFICIAL – SENSITIVE")})
    for each, breaks in (((pack, wide, appraisal), 1), (usual(), 0)):
        header = opened(compose(*each)).sections[0].header.part.element
        assert len(list(header.iter(qn("w:br")))) == breaks


def test_what_is_written_from_right_to_left_is_marked_so_that_its_words_keep_their_order() -> None:
    pack, case, appraisal = usual()
    said = "The clinic בית חולים (12) ירושלים asked مستشفى for help 🚀"
    body = opened(compose(pack, case.model_copy(update={"problem": said}), appraisal)).element.body
    turned = [
        "".join(piece.text for piece in each.iter(qn("w:t")))
        for each in body.iter(qn("w:r"))
        if each.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None
    ]
    assert turned[:2] == ["בית חולים (12) ירושלים", "مستشفى"]
    assert said in text_of(opened(compose(pack, case.model_copy(update={"problem": said}), appraisal)))
    assert not list(opened(compose(*usual())).element.body.iter(qn("w:rtl")))


def test_short_tables_stay_on_one_page_and_no_row_stands_alone() -> None:
    body = opened(compose(*usual())).element.body
    for made in (each for each in body.iter(qn("w:tbl")) if _style(each, "tblStyle") == "ReportTable"):
        rows = made.findall(qn("w:tr"))[1:]
        kept = [next(row.iter(qn("w:pPr"))).find(qn("w:keepNext")) is not None for row in rows]
        assert not kept[-1]
        assert len(rows) == 1 or (kept[0] and kept[-2])


def test_a_text_of_ten_thousand_words_and_one_of_broken_characters_arrive() -> None:
    pack, case, appraisal = usual()
    said = " ".join(f"word{n}" for n in range(10_000))
    assert said in text_of(opened(compose(pack, case.model_copy(update={"problem": said}), appraisal)))
    broken = case.model_copy(update={"problem": "a\ud83d b\x00c\ufffed", "organisation": "\udc00", "title": "\x01"})
    told = text_of(opened(compose(pack, broken, appraisal)))
    assert "a bcd" in told


def test_the_same_input_gives_the_same_bytes() -> None:
    report = compose(*usual())
    assert render_docx(report) == render_docx(compose(*usual()))
    with zipfile.ZipFile(io.BytesIO(render_docx(report))) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def hostile() -> Material:
    pack, _, _ = usual()
    found = material(
        title=HOSTILE[:200].encode(errors="ignore").decode(),
        partners=[{"id": "p1", "name": HOSTILE[:250].encode(errors="ignore").decode()}],
    )
    case: Case = found[1].model_copy(
        update={"title": HOSTILE * 3, "problem": f"{HOSTILE}\n\n{HOSTILE * 200}", "organisation": HOSTILE[:100]}
    )
    return pack, case, found[2]


def test_text_that_people_type_stays_text() -> None:
    document = opened(compose(*hostile()))
    told = text_of(document)
    assert "<w:p/>" in told
    assert "🚀 中文 עברית turned" in told
    assert "{{ 7 * 7 }}" in told
    assert not set("\u202e\u0007\ue000") & set(told)
    assert len(document.core_properties.title) <= 255


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_verdict_renders(kind: str) -> None:
    assert opened(compose(*with_verdict(usual(), kind, 2)))


def test_no_open_option_renders() -> None:
    pack, _, _ = usual()
    every = [form.id for form in pack.forms]
    found = material(red_lines=[{"text": "Nothing at all", "owner": "The board", "forms": every}])
    assert opened(compose(*found))


def test_rare_blocks_render() -> None:
    report = compose(*usual(), "summary")
    table = Table("A table", blocks_of(report, Table)[0].columns[:1], ((spans("a", Run("b", bold=True)),),))
    block = Pair((table,), (Callout("closed", "Closed", spans("No.")), Paragraph(spans("Small."), "small")))
    alone = Pair((Paragraph(spans("Alone.")),), ())
    body = opened(
        Report(**{**_fields(report), "front": (report.front[0], block, alone), "organisation": ""})
    ).element.body
    cells = list(body.iter(qn("w:tc")))
    assert all(cell[-1].tag == qn("w:p") for cell in cells)


def _fields(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in report.__dataclass_fields__}
