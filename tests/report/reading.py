"""Reads the texts of a report back out of its blocks, its HTML and its PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

import pikepdf

from partnerwizard.report.blocks import (
    Bullets,
    Callout,
    Chart,
    Heading,
    KeyFacts,
    Paragraph,
    Report,
    Run,
    SourceList,
    Spans,
    Table,
    walk,
)

VOID = {"meta", "br", "hr", "img", "link", "input"}


def said(report: Report) -> Iterator[str]:
    """Every text that all formats must carry."""
    for blocks in (report.front, *(chapter.blocks for chapter in report.chapters)):
        for block in walk(blocks):
            yield from _texts(block)
    for chapter in report.chapters:
        yield chapter.heading.text


def _texts(block: Any) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
            yield block.tail
        case Paragraph():
            yield from _runs(block.content)
        case Callout():
            yield block.word
            yield from _runs(block.content)
        case Bullets():
            for item in block.items:
                yield from _runs(item)
        case KeyFacts():
            for label, content in block.items:
                yield label
                yield from _runs(content)
        case Table():
            yield block.caption
            yield from (column.title for column in block.columns)
            for row in block.rows:
                for cell in row:
                    yield from _runs(cell)
        case Chart():
            yield block.caption
        case SourceList():
            for entry in block.entries:
                yield from (entry.title, entry.publisher, entry.published)
                if not block.compact:
                    yield from (entry.url, entry.checked)


def _runs(content: Spans) -> Iterator[str]:
    yield from (span.text for span in content if isinstance(span, Run))


def words(text: str) -> list[str]:
    """Words without marks around them, for comparing texts that were folded in other places."""
    return re.findall(r"[^\W_]+", text)


class Page(HTMLParser):
    """An HTML page taken apart: tags with their attributes, texts, and whether the tags are well nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.styles: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        (self.styles if self._open and self._open[-1] == "style" else self.texts).append(data)

    def all(self, *names: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of these names."""
        return [attrs for tag, attrs in self.tags if tag in names]

    @property
    def text(self) -> str:
        """All text of the page."""
        return " ".join(self.texts)


def pdf_text(data: bytes) -> str:
    """The text of a PDF as it is drawn, without what is marked as an artifact (headers and footers)."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return " ".join(page_text(page) for page in document.pages)


def pdf_words(data: bytes) -> str:
    """The text of a PDF as `pdf_text` has it, without what is inside pictures."""
    with pikepdf.open(io.BytesIO(data)) as document:
        drawn: dict[tuple[int, int], set[int]] = {}
        for element in document.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
                _inside(element, None, drawn)
        return " ".join(page_text(page, frozenset(drawn.get(page.obj.objgen, ()))) for page in document.pages)


def _inside(element: Any, page: Any, found: dict[tuple[int, int], set[int]]) -> None:
    """The numbers of marked content under an element of the structure, by page."""
    match element:
        case int():
            found.setdefault(page.objgen, set()).add(element)
        case pikepdf.Array():
            for each in element:
                _inside(each, page, found)
        case pikepdf.Dictionary():
            page = element.get("/Pg", page)
            if "/MCID" in element:
                found.setdefault(page.objgen, set()).add(int(element.MCID))
            _inside(element.get("/K", pikepdf.Array()), page, found)


def page_text(page: pikepdf.Page, left_out: frozenset[int] = frozenset()) -> str:
    """The text of one page, without what is marked as an artifact or by one of the numbers that are left out."""
    fonts = {str(name): _characters(font) for name, font in page.Resources.Font.items()}
    out: list[str] = []
    marked: list[bool] = []
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                named = operands[1] if len(operands) > 1 else {}
                number = named.get("/MCID") if isinstance(named, pikepdf.Dictionary) else None
                marked.append(str(operands[0]) == "/Artifact" or number in left_out)
            case "EMC":
                marked.pop()
            case "Tf":
                current = fonts[str(operands[0])]
            case "BT":
                out.append(" ")
            case "Tj" | "TJ" if not any(marked):
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                strings = (bytes(part) for part in parts if isinstance(part, pikepdf.String))
                for string in strings:
                    codes = (int.from_bytes(string[n : n + 2], "big") for n in range(0, len(string), 2))
                    out += [current.get(code, "") for code in codes]
    return "".join(out)


def _characters(font: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    table = bytes(font.ToUnicode.read_bytes()).decode("ascii", "replace")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = int.from_bytes(bytes.fromhex(text), "big")
            for offset in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + offset] = chr(start + offset)
    return found


def tells(text: str, told: str) -> bool:
    """Whether all of a text is in what was told, but for a page break."""
    found = words(text)
    joined = joined_words(told)
    windows = ["".join(found[n : n + 3]) for n in range(max(1, len(found) - 2))]
    gaps = sum(window not in joined for window in windows)
    return gaps <= (2 if len(found) > 8 else 0) * (1 + len(found) // 300)


@lru_cache(maxsize=8)
def joined_words(text: str) -> str:
    """All words of a text without anything between them."""
    return "".join(words(text))
