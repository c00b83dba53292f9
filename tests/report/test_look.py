"""The organisation's own look: accent with contrast, marking, logo; and the page for the wall."""

from __future__ import annotations

import base64
import io
import struct
import zlib

import pikepdf
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from partnerwizard.case.model import Logo, Look
from partnerwizard.report import logo
from partnerwizard.report.compose import compose
from partnerwizard.report.html import render_html
from partnerwizard.report.look import LEAST, dressed, palettes
from partnerwizard.report.palette import DARK, LIGHT, contrast, mixed
from partnerwizard.report.pdf import render_with_warnings
from partnerwizard.report.wall import render_wall, wall_with_warnings
from tests.report.cases import KINDS, WORKED, Material, material, usual, with_verdict, worked
from tests.report.reading import Page, pdf_text, words
from tests.report.test_paper import text_of


def drawn(kind: str, width: int = 60, height: int = 20) -> bytes:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(120, 0, 90, 200))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)
    return bytes(buffer.data().data())


def with_look(look: Look) -> Material:
    pack, case, appraisal = usual()
    return pack, case.model_copy(update={"look": look}), appraisal


@pytest.mark.parametrize("accent", ["#7a0060", "#000000", "#16242f", "#51616d", "#005eb8"])
def test_an_accent_is_used_where_it_can_be_read_in_the_light_and_in_the_dark(accent: str) -> None:
    light, dark = palettes(accent)
    assert contrast(light.accent, light.paper) >= LEAST
    assert contrast(dark.accent, dark.paper) >= LEAST
    for palette in (light, dark):
        assert len(set(palette.tokens().values())) == len(palette.tokens())
    html = render_html(compose(*with_look(Look(accent=accent))))
    assert f"--accent:{light.accent};" in html
    assert LIGHT.accent not in html


def test_an_accent_that_cannot_be_read_is_left_out_with_a_note() -> None:
    found = with_look(Look(accent="#ffee00"))
    assert dressed(found[1]).accent is None
    for length in ("full", "summary"):
        report = compose(*found, length)  # type: ignore[arg-type]
        assert report.accent is None
        assert "The accent colour #ffee00 was not used" in text_of(report)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    for palette in (LIGHT, DARK):
        assert contrast(palette.accent, palette.paper) >= LEAST


def test_a_marking_stands_on_every_page() -> None:
    report = compose(*with_look(Look(marking="OFFICIAL – SENSITIVE")))
    assert Page(render_html(report)).text.count("OFFICIAL – SENSITIVE") == 2
    document, warnings = render_with_warnings(report)
    assert warnings == []
    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert pdf.pages[0].Contents


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_packed_anew_and_drawn(qapp: object, kind: str) -> None:
    prepared = logo.prepared(drawn(kind))
    found = with_look(Look(logo=prepared))
    report = compose(*found)
    assert report.logo is not None
    assert QImage.fromData(report.logo.data).width() == 60
    (image,) = Page(render_html(report)).all("img")
    assert (image["src"] or "").startswith(f"data:image/{kind.lower()};base64,")
    assert image["alt"] == "Logo of Westmere Hospitals NHS Trust"
    assert render_with_warnings(report)[1] == []


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def test_nothing_but_the_picture_is_kept(qapp: object) -> None:
    png = drawn("PNG")
    noted = png[:33] + chunk(b"tEXt", b"Author\0Somebody") + png[33:] + b"trailing"
    assert b"Somebody" in noted
    kept = base64.b64decode(logo.prepared(noted).data)
    assert b"Somebody" not in kept
    assert b"trailing" not in kept
    jpeg = drawn("JPEG")
    told = jpeg[:2] + b"\xff\xfe\x00\x0aSomebody" + jpeg[2:]
    assert b"Somebody" not in base64.b64decode(logo.prepared(told).data)


def bad_logos() -> dict[str, bytes]:
    png, jpeg = drawn("PNG"), drawn("JPEG")
    huge = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    lying = struct.pack(">IIBBBBB", 10, 10, 8, 6, 0, 0, 0)
    bomb = zlib.compress(b"\0" * 10_000_000)
    head = b"\x89PNG\r\n\x1a\n"
    return {
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        "empty": b"",
        "cut": png[: len(png) // 2],
        "cut-jpeg": jpeg[: len(jpeg) // 2],
        "check": png[:-20] + b"xx" + png[-18:],
        "huge": head + chunk(b"IHDR", huge) + chunk(b"IDAT", b"") + chunk(b"IEND", b""),
        "bomb": head + chunk(b"IHDR", lying) + chunk(b"IDAT", bomb) + chunk(b"IEND", b""),
        "jpeg-rubbish": b"\xff\xd8\xff\xe0\x00\x10" + b"a" * 40,
    }


@pytest.mark.parametrize("name", ["svg", "empty", "cut", "cut-jpeg", "check", "huge", "bomb", "jpeg-rubbish"])
def test_a_bad_logo_is_refused_with_one_message(qapp: object, name: str) -> None:
    with pytest.raises(logo.LogoProblem) as caught:
        logo.prepared(bad_logos()[name])
    assert str(caught.value).startswith("The logo ")


def test_a_logo_that_is_too_large_is_refused(qapp: object) -> None:
    image = QImage(600, 600, QImage.Format.Format_RGB32)
    noise = (n * 2654435761 % 2**32 for n in range(360_000))
    for n, value in enumerate(noise):
        image.setPixel(n % 600, n // 600, value ^ (value >> 13))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    with pytest.raises(logo.LogoProblem, match="300 kB is the most"):
        logo.prepared(bytes(buffer.data().data()))


def test_a_damaged_logo_in_a_case_is_left_out_with_a_note() -> None:
    found = with_look(Look(logo=Logo(kind="png", data=base64.b64encode(b"rubbish").decode())))
    report = compose(*found)
    assert report.logo is None
    assert "The logo was left out." in text_of(report)


@pytest.mark.parametrize("name", WORKED)
def test_the_wall_has_one_large_page_with_the_answer(name: str) -> None:
    found = worked(name)
    document, warnings = wall_with_warnings(*found)
    assert warnings == []
    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert len(pdf.pages) == 1
        assert [float(edge) for edge in pdf.pages[0].MediaBox][2:] == pytest.approx([1190.55, 841.89], abs=0.1)
        assert str(pdf.Root.Lang) == "en-GB"
    told = "".join(words(pdf_text(document)))
    assert "".join(words(found[2].verdict.sentence)) in told
    assert render_wall(*found) == document


@pytest.mark.parametrize("kind", KINDS)
def test_the_wall_takes_every_kind_of_verdict(kind: str) -> None:
    for options in (0, 1, 3):
        document, warnings = wall_with_warnings(*with_verdict(usual(), kind, options))
        assert warnings == []
        with pikepdf.open(io.BytesIO(document)) as pdf:
            assert len(pdf.pages) == 1


def test_the_wall_holds_long_and_strange_names() -> None:
    name = "East Riverside 🚀 <b>University</b> #set page() Teaching Hospitals NHS Foundation Trust " * 3
    found = material(title=name[:250], partners=[{"id": "p1", "name": name[:250]}, {"id": "p2", "name": "x" * 250}])
    document, warnings = wall_with_warnings(*found)
    assert warnings == []
    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert len(pdf.pages) == 1
