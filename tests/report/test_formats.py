from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtGui import QImage

from partnerwizard.case.model import Case
from partnerwizard.report.blocks import Chart, walk
from partnerwizard.report.compose import compose
from partnerwizard.report.export import FORMATS, LENGTHS, render
from partnerwizard.report.html import render_html
from partnerwizard.report.palette import DARK, LIGHT
from partnerwizard.report.pdf import render_pages, render_pdf, render_with_warnings
from partnerwizard.report.text import printable
from tests.report.cases import KINDS, WORKED, Material, many_options, material, usual, with_verdict, worked
from tests.report.reading import Page, page_text, pdf_text, words

FULL_SIZE = 10.0

HOSTILE = (
    '<script>alert(1)</script> & "quoted" #image("x") *bold* $x$ @ref {{ 7 * 7 }} {% raw %} =2+2 '
    "🚀 中文 עברית \u202eturned\u202c \u0007\ue000 " + "x" * 120
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_verdict_renders(kind: str) -> None:
    report = compose(*with_verdict(usual(), kind, 2))
    Page(render_html(report))
    assert render_with_warnings(report)[1] == []


def test_many_options_render() -> None:
    found = many_options()
    assert len(found[2].options) > 60
    report = compose(*found)
    Page(render_html(report))
    assert render_with_warnings(report)[1] == []


def test_no_open_option_renders() -> None:
    pack, _, _ = usual()
    every = [form.id for form in pack.forms]
    found = material(red_lines=[{"text": "Nothing at all", "owner": "The board", "forms": every}])
    assert found[2].verdict.kind == "nothing-open"
    report = compose(*found)
    Page(render_html(report))
    assert render_with_warnings(report)[1] == []


def hostile() -> Material:
    pack, _, _ = usual()
    found = material(
        title=HOSTILE[:200],
        partners=[{"id": "p1", "name": HOSTILE[:250]}],
        red_lines=[{"text": HOSTILE, "owner": HOSTILE[:200], "forms": ["merger"]}],
    )
    case: Case = found[1].model_copy(update={"problem": f"{HOSTILE}\n\n{HOSTILE * 50}", "organisation": HOSTILE[:100]})
    return pack, case, found[2]


def test_text_that_people_type_stays_text() -> None:
    report = compose(*hostile())
    html = render_html(report)
    page = Page(html)
    assert "<script" not in html.lower()
    assert "<script>alert(1)</script>" in page.text
    assert "🚀 中文" in page.text
    assert "{{ 7 * 7 }}" in page.text
    assert "\u202e" not in html
    assert "\u0007" not in html
    assert "\ue000" not in html


def test_pdf_shows_what_its_typeface_lacks_by_number_and_says_so() -> None:
    document, warnings = render_with_warnings(compose(*hostile()))
    text = pdf_text(document)
    assert warnings == []
    for shown in ("#image", "*bold*", "$x$", "@ref", "[U+1F680]", "[U+4E2D]"):
        assert shown in text.replace(" ", "").replace("\u200b", "")
    assert "not in the typeface" in text.replace("\n", " ")
    assert "not in the typeface" not in pdf_text(render_pdf(compose(*usual())))


def test_the_same_input_gives_the_same_bytes() -> None:
    for name in FORMATS:
        for length in LENGTHS:
            assert render(name, *usual(), length) == render(name, *usual(), length)


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from tests.report.cases import usual; from partnerwizard.report.export import FORMATS, render;"
        "print([hashlib.sha256(render(name, *usual())).hexdigest() for name in FORMATS])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd())},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_html_fetches_nothing_and_runs_nothing() -> None:
    html = render_html(compose(*usual()))
    page = Page(html)
    assert not page.all("script", "link", "img", "iframe", "object", "embed", "base", "form")
    assert html.index("Content-Security-Policy") < html.index("<style")
    policies = [meta["content"] for meta in page.all("meta") if "http-equiv" in meta]
    assert len(policies) == 1
    assert (policies[0] or "").startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    for tag, attributes in page.tags:
        for name, value in attributes.items():
            assert not name.startswith("on")
            if name in {"src", "srcset", "action", "background", "data"}:
                pytest.fail(f"{tag} {name}={value}")
            if name == "href":
                assert tag == "a"
    assert all(target == "#" for target in re.findall(r"url\((.)", html))
    assert "@import" not in "".join(page.styles)


def test_html_can_be_read_without_seeing_it() -> None:
    page = Page(render_html(compose(*usual())))
    assert page.all("html") == [{"lang": "en-GB"}]
    for landmark in ("header", "main", "nav", "footer", "h1", "title"):
        assert len(page.all(landmark)) == 1
    assert page.all("a")[0]["class"] == "skip"
    assert all(cell["scope"] in {"col", "row"} for cell in page.all("th"))
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(link["href"][1:] in ids for link in page.all("a") if (link["href"] or "").startswith("#"))
    charts = page.all("svg")
    assert charts
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in charts)
    assert len(page.all("details")) == len(page.all("figure"))


def test_html_turns_every_colour_of_the_charts_in_the_dark() -> None:
    page = Page(render_html(compose(*usual())))
    style = "".join(page.styles)
    used = {value for tag, attributes in page.tags for name, value in attributes.items() if name in {"fill", "stroke"}}
    colours = {value for value in used if value and value.startswith("#")}
    assert colours <= set(LIGHT.tokens().values())
    assert all(f'[fill="{colour}"]' in style for colour in colours)
    for palette in (LIGHT, DARK):
        assert len(set(palette.tokens().values())) == len(palette.tokens())


def test_pdf_is_tagged_titled_and_bookmarked() -> None:
    report = compose(*usual())
    with pikepdf.open(io.BytesIO(render_pdf(report))) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert bool(document.Root.MarkInfo.Marked)
        assert document.docinfo["/Title"] == report.title
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root[0].children]
        assert "How firm it is" in titles
        kinds = [
            (str(each.get("/S")), each)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
        ]
        figures = [each for kind, each in kinds if kind == "/Figure"]
        drawn = [
            block for blocks in (report.front, *(each.blocks for each in report.chapters)) for block in walk(blocks)
        ]
        assert len(figures) == sum(isinstance(block, Chart) for block in drawn)
        assert all(str(figure.get("/Alt", "")) for figure in figures)
        tables = [each for kind, each in kinds if kind == "/Table"]
        assert len([each for kind, each in kinds if kind == "/THead"]) >= len(tables)
        mediabox = [float(edge) for edge in document.pages[0].MediaBox]
        assert mediabox == pytest.approx([0, 0, 595.28, 841.89], abs=0.1)


@pytest.mark.parametrize("name", WORKED)
def test_the_first_page_stands_alone_at_full_size_and_nothing_runs_over(name: str) -> None:
    report = compose(*worked(name))
    document = render_pdf(report)
    pages = _pages(document)
    assert "".join(words(report.sections[0].heading.text)) in "".join(words(pages[1]))
    body = next(n for n, page in enumerate(pages) if "AppendixA" in "".join(words(page)))
    assert body <= 12
    assert FULL_SIZE in sizes(document, 0)
    summary = render_pdf(compose(*worked(name), "summary"))
    assert len(_pages(summary)) == 2
    assert FULL_SIZE in sizes(summary, 0)


def test_a_long_name_makes_the_first_page_smaller_and_not_longer() -> None:
    name = "East Riverside and Northern Marshes University Teaching Hospitals NHS Foundation Trust " * 3
    report = compose(*material(partners=[{"id": "p1", "name": name[:250]}]))
    assert "Frontsheet" in "".join(words(_pages(render_pdf(report))[1]))


def sizes(data: bytes, page: int) -> set[float]:
    """The type sizes that a page uses."""
    with pikepdf.open(io.BytesIO(data)) as document:
        found = pikepdf.parse_content_stream(document.pages[page])
        return {round(float(operands[1]), 2) for operands, operator in found if str(operator) == "Tf"}


def _pages(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as document:
        return [page_text(page) for page in document.pages]


def test_preview_gives_the_pages_asked_for() -> None:
    report = compose(*usual())
    pages = render_pages(report, 1, 2, ppi=50)
    assert len(pages) == 2
    assert all(page.startswith(b"\x89PNG") for page in pages)
    assert render_pages(report, 2, 2, ppi=50) == pages[1:]


def test_the_first_page_alone_looks_like_that_of_the_whole_but_for_the_number_of_pages() -> None:
    report = compose(*usual())
    (alone,) = render_pages(report, 1, 1, ppi=50)
    whole = render_pages(report, 1, 2, ppi=50)[0]
    first, second = (QImage.fromData(each) for each in (alone, whole))
    assert first.size() == second.size()
    above = first.height() * 9 // 10
    assert first.copy(0, 0, first.width(), above) == second.copy(0, 0, second.width(), above)


def test_json_is_the_appraisal() -> None:
    pack, case, appraisal = usual()
    data = render("json", pack, case, appraisal).decode()
    assert data.endswith("}\n")
    assert json.loads(data) == appraisal.as_json()
    assert list(json.loads(data)) == list(appraisal.as_json())


def test_formats_other_than_these_are_not_known() -> None:
    assert FORMATS == ("html", "pdf", "docx", "xlsx", "json")
    with pytest.raises(KeyError):
        render("doc", *usual())


def test_printable_has_no_character_that_stops_the_pdf() -> None:
    every = "".join(chr(code) for code in range(0x20, 0x3000) if not 0xD800 <= code < 0xE000)
    pack, case, appraisal = usual()
    report = compose(pack, case.model_copy(update={"problem": printable(every)[:1400]}), appraisal)
    assert render_with_warnings(report)[1] == []
