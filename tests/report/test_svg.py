"""SVG logos: drawn in every format, and everything that could act, fetch or grow refused with one message."""

from __future__ import annotations

import base64
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from partnerwizard.case.model import Look
from partnerwizard.report import logo, svg
from partnerwizard.report.compose import compose
from partnerwizard.report.html import render_html
from partnerwizard.report.pdf import render_pages, render_with_warnings
from tests.report.reading import Page
from tests.report.test_look import with_look
from tests.report.test_paper import text_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">'
DRAWN = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made by a drawing program -->
{HEAD}<title>Westmere</title><metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>
<defs><style type="text/css"> .cls-1 {{ fill: #ff0000; }} .cls-2{{fill:url(#fade)}} </style>
<linearGradient id="fade"><stop offset="0" style="stop-color:#0000ff"/><stop offset="1" stop-color="#0000ff"/>
</linearGradient><path id="mark" d="M0 0h50v50h-50z"/></defs>
<rect class="cls-1" width="100" height="100" fill="#00ff00"/>
<rect class="cls-2" x="100" width="50" height="100"/>
<use xlink:href="#mark" x="150" y="0" style="fill:#00ff00"/></svg>"""


def pixel(data: bytes, across: float, down: float) -> tuple[int, int, int]:
    image = QImage.fromData(data)
    color = image.pixelColor(int(across * image.width()), int(down * image.height()))
    return color.red(), color.green(), color.blue()


def test_a_drawing_looks_in_png_as_its_classes_gradients_and_uses_say(qapp: object) -> None:
    report = compose(*with_look(Look(logo=logo.prepared(DRAWN.encode()))))
    assert report.logo is not None
    assert report.logo.kind == "svg"
    drawn = logo.as_png(report.logo)
    assert QImage.fromData(drawn).width() == 2 * QImage.fromData(drawn).height()
    assert pixel(drawn, 0.25, 0.5) == (255, 0, 0)  # the class wins over the attribute
    assert pixel(drawn, 0.625, 0.5) == (0, 0, 255)
    assert pixel(drawn, 0.875, 0.25) == (0, 255, 0)
    assert logo.as_png(report.logo) == drawn


def test_a_drawing_stands_in_the_page_and_in_the_paper(qapp: object) -> None:
    plain = compose(*with_look(Look()))
    report = compose(*with_look(Look(logo=logo.prepared(DRAWN.encode()))))
    (image,) = Page(render_html(report)).all("img")
    source = image["src"] or ""
    assert source.startswith("data:image/svg+xml;base64,")
    assert image["alt"] == "Logo of Westmere Hospitals NHS Trust"
    root = ET.fromstring(base64.b64decode(source.partition(",")[2]))
    assert root.get("viewBox") == "0 0 200 100"
    assert render_with_warnings(report)[1] == []
    with_logo, without = (QImage.fromData(render_pages(each, 1, 1)[0]) for each in (report, plain))
    red = [
        (x, y)
        for x in range(0, with_logo.width() // 2, 2)
        for y in range(0, with_logo.height() // 6, 2)
        if with_logo.pixelColor(x, y).getRgb()[:3] == (255, 0, 0)
    ]
    assert len(red) > 50
    assert with_logo.size() == without.size()


def test_what_was_written_once_is_written_the_same_again() -> None:
    once = svg.sanitised(DRAWN.encode())
    assert svg.sanitised(once) == once
    assert b"Westmere" not in once
    assert b"drawing program" not in once


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_drawing_may_come_in_any_usual_encoding(encoding: str) -> None:
    text = DRAWN.replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    assert svg.sanitised(text.encode(encoding)) == svg.sanitised(DRAWN.encode())


def inside(parts: str) -> str:
    return f"{HEAD}{parts}</svg>"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
USES = "".join(
    f'<g id="u{n}">{f"""<use xlink:href="#u{n - 1}"/>""" * 10}</g>' if n else '<path id="u0" d="M0 0h1"/>'
    for n in range(8)
)

HOSTILE = {
    "script": (inside("<script>alert(1)</script>"), "holds a script"),
    "script-in-notes": (inside("<metadata><script>alert(1)</script></metadata>"), "holds a script"),
    "onload": (HEAD.replace("<svg", '<svg onload="alert(1)"') + "</svg>", r"holds a script \(onload\)"),
    "onclick": (inside('<path d="M0 0h9" ONCLICK="x()"/>'), "holds a script"),
    "foreign": (inside("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"), "no drawing"),
    "link": (inside('<a xlink:href="javascript:alert(1)"><path d="M0 0h9"/></a>'), "holds a link"),
    "image-file": (inside('<image href="file:///etc/passwd" width="9" height="9"/>'), "another picture"),
    "image-data": (inside('<image href="data:image/png;base64,AAAA" width="9" height="9"/>'), "another picture"),
    "use-http": (inside('<use href="http://example.org/x.svg#a"/>'), "outside itself"),
    "use-file": (inside('<use xlink:href="file:///etc/passwd#a"/>'), "outside itself"),
    "use-data": (inside('<use xlink:href="data:image/svg+xml,#a"/>'), "outside itself"),
    "use-relative": (inside('<use xlink:href="other.svg#a"/>'), "outside itself"),
    "gradient-http": (inside('<linearGradient id="a" href="https://example.org#b"/>'), "outside itself"),
    "fill-url": (inside('<path d="M0 0h9" fill="url(http://example.org/#a)"/>'), "outside itself"),
    "style-url": (inside('<path d="M0 0h9" style="fill:url(//example.org/a)"/>'), "outside itself"),
    "style-unknown-url": (inside('<path d="M0 0h9" style="background:url(http://example.org)"/>'), "outside itself"),
    "style-escaped": (inside(r'<path d="M0 0h9" style="fill:u\72l(http://example.org)"/>'), "outside itself"),
    "import": (inside('<style>@import url("http://example.org/a.css");</style>'), "other files"),
    "font": (inside("<style>@font-face{src:url(http://example.org/a.woff)}</style>"), "other files"),
    "sheet-selector": (inside("<style>svg *{fill:red}</style>"), "more than plain classes"),
    "sheet-url": (inside("<style>.a{fill:url(http://example.org)}</style>"), "outside itself"),
    "sheet-instruction": ('<?xml-stylesheet href="http://example.org/a.css"?>' + inside(""), "instruction"),
    "animation": (inside('<path d="M0 0h9"><animate attributeName="d" to="x"/></path>'), "animation"),
    "set": (inside('<path d="M0 0h9"><set attributeName="href" to="javascript:x"/></path>'), "animation"),
    "filter": (inside('<filter id="f"><feImage href="http://example.org"/></filter>'), "filter"),
    "external-entity": ('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + inside("&x;"), "entities"),
    "external-dtd": ('<!DOCTYPE svg SYSTEM "http://example.org/x.dtd">' + inside(""), "entities"),
    "laughs": (f'<!DOCTYPE svg [<!ENTITY l0 "ha">{LAUGHS}]>' + inside("&l9;"), "entities"),
    "use-itself": (inside('<g id="a"><use xlink:href="#a"/></g>'), "in a circle"),
    "use-circle": (
        inside('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        "in a circle",
    ),
    "clip-circle": (inside('<clipPath id="a"><path d="M0 0h9" clip-path="url(#a)"/></clipPath>'), "in a circle"),
    "use-laughs": (inside(f"<defs>{USES}</defs><use xlink:href='#u7'/>"), "draws more than"),
    "dangling": (inside('<use xlink:href="#nothing"/>'), "does not have"),
    "wrong-kind": (inside('<path id="a" d="M0 0"/><path d="M0 0h9" fill="url(#a)"/>'), "does not have"),
    "deep": (inside("<g>" * 30 + "</g>" * 30), "nested more than"),
    "deep-notes": (inside("<metadata>" + "<g>" * 500 + "</g>" * 500 + "</metadata>"), "nested more than"),
    "many": (inside('<path d="M0 0h9"/>' * 2001), "more than 2000 parts"),
    "huge": (inside(f'<path d="{"M0 0h9" * 60_000}"/>'), "300 kB is the most"),
    "text": (inside("<text>Westmere</text>"), "outlines"),
    "numbers": (inside('<path d="M0 0;alert(1)"/>'), "cannot be read"),
    "no-size": ('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>', "how large"),
    "vast": (HEAD.replace("0 0 200 100", "0 0 1e9 1e9") + "</svg>", "how large"),
    "thread": (HEAD.replace("0 0 200 100", "0 0 1000 1") + "</svg>", "times as long"),
    "nowhere": (HEAD.replace("0 0 200 100", "0 0 nan 9") + "</svg>", "cannot be read"),
    "cut": (DRAWN[: len(DRAWN) // 2], "damaged"),
    "html": ("<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "no SVG"),
    "encoding": ('<?xml version="1.0" encoding="nonsense"?>' + inside(""), "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_could_act_fetch_or_grow_is_refused_with_one_message(name: str) -> None:
    text, said = HOSTILE[name]
    with pytest.raises(logo.LogoProblem, match=said) as caught:
        logo.prepared(text.encode())
    message = str(caught.value)
    assert message.startswith("The logo ")
    assert "\n" not in message
    assert message.endswith(("choose that file.", "Save a smaller picture."))


def test_a_drawing_that_was_changed_inside_a_case_is_left_out_with_a_note() -> None:
    good = logo.prepared(DRAWN.encode())
    bad = base64.b64encode(inside("<script>alert(1)</script>").encode()).decode()
    report = compose(*with_look(Look(logo=good.model_copy(update={"data": bad}))))
    assert report.logo is None
    assert "The logo was left out. The logo holds a script." in text_of(report)
    assert "alert(1)" not in render_html(report)


@given(st.text("<>/=\"'#&;:(){}@ \nabcdefghiklmnoprstuvxyzSVGURL0123456789.-", max_size=200))
def test_no_text_in_a_drawing_gets_through_but_allowed_shapes(text: str) -> None:
    try:
        out = svg.sanitised(inside(text).encode()).decode()
    except svg.SvgProblem:
        return
    for element in ET.fromstring(out).iter():
        tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        assert tag in svg._ALLOWED
        assert not any(name.lower().startswith("on") for name in element.attrib)
        assert element.text is None or not element.text.strip()
