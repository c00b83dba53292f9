"""Broken copies of a report, made on the fly: each must be found by the check that is there to find it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf


class NoPlace(Exception):
    """A report has no place where it could be broken in this way."""


@dataclass(frozen=True)
class Break:
    """One way to break a report: what is done to it, the check that must find it, and a word that it must say."""

    name: str
    check: str
    says: str
    of: Callable[[Path, Path], None]


# --- HTML --------------------------------------------------------------------------------------------------------
def _html(pattern: str, new: str, *, policy: bool = True, often: bool = False) -> Callable[[Path, Path], None]:
    def of(source: Path, target: Path) -> None:
        text, count = re.subn(
            pattern, new, source.read_text(encoding="utf-8"), count=0 if often else 1, flags=re.DOTALL
        )
        if not count:
            raise NoPlace(pattern)
        if not policy:
            text = re.sub(r"<meta http-equiv=\"?Content-Security-Policy[^>]*>", "", text, count=1)
        target.write_text(text, encoding="utf-8")

    return of


_LONG = "Partnership" * 12

HTML = (
    Break(
        "chart without a text",
        "browser",
        "axe: svg-img-alt",
        _html(r'(<svg[^>]*role="img") aria-label="[^"]*"', r"\1", often=True),
    ),
    Break(
        "pale text",
        "browser",
        "axe: color-contrast",
        _html(r"</head>", "<style>p{color:#ccc;background:#fff}</style></head>"),
    ),
    Break("no language", "browser", "axe: html-has-lang", _html(r"<html[^>]*>", "<html>")),
    Break(
        "fault in what is folded away",
        "browser",
        "axe: image-alt",
        _html(
            r"(<main[^>]*>)",
            r'\1<details><summary>More</summary><img src="data:image/svg+xml,%3Csvg/%3E"></details>',
        ),
    ),
    Break(
        "script that the policy stops",
        "browser",
        "console: error",
        _html(r"</body>", "<script>document.title = 1</script></body>"),
    ),
    Break(
        "script that runs and speaks",
        "browser",
        "console: console.log",
        _html(r"</body>", "<script>console.log('here')</script></body>", policy=False),
    ),
    # The address is this machine's own and nothing listens there.
    Break(
        "outside image",
        "browser",
        "request: http",
        _html(r"(<main[^>]*>)", r'\1<img alt="x" src="http://127.0.0.1:9/x.png">', policy=False),
    ),
    Break(
        "outside image that the policy stops",
        "browser",
        "console: error",
        _html(r"(<main[^>]*>)", r'\1<img alt="x" src="http://127.0.0.1:9/x.png">'),
    ),
    Break(
        "second file",
        "browser",
        "request: a second file",
        _html(r"</head>", '<link rel="stylesheet" href="x.css"></head>', policy=False),
    ),
    Break(
        "wide table",
        "browser",
        "overflow:",
        _html(r"(<main[^>]*>)", r"\1<table><tr>" + "<th scope='col'>Partnership</th>" * 20 + "</tr></table>"),
    ),
    Break(
        "long word", "browser", "overflow:", _html(r"(<main[^>]*>)", rf'\1<p style="overflow-wrap:normal">{_LONG}</p>')
    ),
    Break(
        "text cut off",
        "browser",
        "cut off:",
        _html(r"(<main[^>]*>)", rf'\1<p style="overflow:hidden;white-space:nowrap;width:60px">{_LONG}</p>'),
    ),
    Break("unclosed tag", "vnu", "Unclosed element", _html(r"</main>", "<section><h2>Open</h2></main>")),
    Break("same id twice", "vnu", "Duplicate ID", _html(r"(<main[^>]*>)", r'\1<p id="twice">a</p><p id="twice">b</p>')),
)


# --- PDF ---------------------------------------------------------------------------------------------------------
def _pdf(change: Callable[[pikepdf.Pdf], bool | None]) -> Callable[[Path, Path], None]:
    def of(source: Path, target: Path) -> None:
        with pikepdf.open(source) as document:
            if change(document) is False:
                raise NoPlace(change.__name__)
            document.save(target, preserve_pdfa=True)

    return of


def _first(document: pikepdf.Pdf, kind: str, number: int = 1) -> Any:
    """The n-th structure element of a kind."""
    found = [
        each
        for each in document.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == kind and "/P" in each
    ]
    if len(found) < number:
        raise NoPlace(f"there are {len(found)} of {kind}")
    return found[number - 1]


def _no_alternative(document: pikepdf.Pdf) -> None:
    del _first(document, "/Figure")["/Alt"]


def _untagged(document: pikepdf.Pdf) -> None:
    del document.Root["/StructTreeRoot"]
    del document.Root["/MarkInfo"]


def _no_language(document: pikepdf.Pdf) -> None:
    del document.Root["/Lang"]


def _no_title(document: pikepdf.Pdf) -> None:
    del document.docinfo["/Title"]


def _skipped_level(document: pikepdf.Pdf) -> None:
    _first(document, "/H2").S = pikepdf.Name("/H4")


def _no_header_cells(document: pikepdf.Pdf) -> None:
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH":
            each.S = pikepdf.Name("/TD")


def _lost_cell(document: pikepdf.Pdf) -> None:
    row = _first(document, "/TR", 2)
    del row.K[0]


def _no_font_file(document: pikepdf.Pdf) -> bool:
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile2", "/FontFile3"):
                if key in each:
                    del each[key]
                    return True
    return False


def _no_bookmarks(document: pikepdf.Pdf) -> None:
    del document.Root["/Outlines"]


def _runs(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
    document.Root.OpenAction = document.make_indirect(action)


def _box(left: float, low: float, width: float, height: float) -> Callable[[pikepdf.Pdf], None]:
    """Draw a box on the first page; its place in points from the lower left corner."""

    def drawing(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q q 0 0 0 rg {left} {low} {width} {height} re f Q".encode())

    return drawing


def _twice(document: pikepdf.Pdf) -> None:
    """Draw the first page a second time, a little to the right."""
    page = document.pages[0]
    page.contents_coalesce()
    content = page.obj.Contents.read_bytes()
    page.obj.Contents = document.make_stream(b"q\n" + content + b"\nQ\nq 1 0 0 1 9 0 cm\n" + content + b"\nQ\n")


def _extra_pages(document: pikepdf.Pdf) -> None:
    for _ in range(13):
        document.pages.append(document.pages[0])


def _length_off(source: Path, target: Path) -> None:
    data = source.read_bytes()
    found = re.search(rb"/Length (\d*[1-8])\b", data)
    if found is None:
        raise NoPlace("/Length")
    target.write_bytes(data[: found.start(1)] + b"%d" % (int(found[1]) + 1) + data[found.end(1) :])


def _cut_off(source: Path, target: Path) -> None:
    data = source.read_bytes()
    target.write_bytes(data[: len(data) * 9 // 10])


_HEIGHT = 841.89

PDF = (
    Break("figure without Alt", "structure", "no alternative text", _pdf(_no_alternative)),
    Break("figure without Alt", "PDF/UA-1", "UA", _pdf(_no_alternative)),
    Break("untagged", "structure", "not tagged", _pdf(_untagged)),
    Break("untagged", "PDF/UA-1", "UA", _pdf(_untagged)),
    Break("untagged", "PDF/A-2a", "PDFA2A", _pdf(_untagged)),
    Break("no language", "structure", "language", _pdf(_no_language)),
    Break("no title", "structure", "no title", _pdf(_no_title)),
    Break("heading level skipped", "structure", "is of level 4", _pdf(_skipped_level)),
    Break("table without header cells", "structure", "no header cells", _pdf(_no_header_cells)),
    Break("table that lost a cell", "structure", "rows of", _pdf(_lost_cell)),
    Break("font not embedded", "structure", "not embedded", _pdf(_no_font_file)),
    Break("font not embedded", "PDF/A-2a", "PDFA2A", _pdf(_no_font_file)),
    Break("no bookmarks", "structure", "no bookmarks", _pdf(_no_bookmarks)),
    Break("script when opened", "structure", "runs something", _pdf(_runs)),
    Break("wrong /Length", "PDF/A-2a", "endstream does not follow", _length_off),
    Break("end cut off", "qpdf", "", _cut_off),
    Break("ink left of the margin", "margins", "left of the margin", _pdf(_box(20, 400, 10, 10))),
    Break("ink right of the margin", "margins", "right of the margin", _pdf(_box(540, 400, 30, 10))),
    Break("text into the header", "margins", "between header and text", _pdf(_box(100, _HEIGHT - 68, 60, 10))),
    Break("text into the footer", "margins", "between text and footer", _pdf(_box(100, 50, 60, 10))),
    Break("words on words", "words", "lie on one another", _pdf(_twice)),
    Break("too many pages", "pages", "should have", _pdf(_extra_pages)),
)
