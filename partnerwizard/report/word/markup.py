"""The pieces of WordprocessingML that the report is made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from partnerwizard.report.text import plain

Node = BaseOxmlElement

_FIRST_TURNED = "\u0590"
"""No character before this one is written from right to left."""

_TURNED = re.compile(r"Rm*(?:[nm]*Rm*)*")


def node(tag: str, *children: Node, **attributes: str) -> Node:
    """An element of the word-processing namespace with attributes of the same namespace."""
    made: Node = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): value for name, value in attributes.items()})
    made.extend(children)
    return made


def on(tag: str) -> Node:
    """A property that is simply set."""
    return node(tag)


def valued(tag: str, value: str | int) -> Node:
    """A property with one value."""
    return node(tag, val=str(value))


def run(text: str, style: str | None = None) -> list[Node]:
    """Text in one character style, cleaned of what the format cannot carry; new lines are kept.

    It is one run, but that each stretch written from right to left is a run of its own and marked as such: without the
    mark Word would put its words in the wrong order.
    """
    return [_run(piece, style, turned) for piece, turned in _stretches(plain(text))]


def _run(text: str, style: str | None, turned: bool) -> Node:
    made = node("r")
    properties = [*([valued("rStyle", style)] if style else []), *([on("rtl")] if turned else [])]
    if properties:
        made.append(node("rPr", *properties))
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(on("br"))
        piece = node("t")
        piece.set(qn("xml:space"), "preserve")
        piece.text = line.replace("\t", " ")
        made.append(piece)
    return made


def _stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is written from right to left."""
    done = 0
    if any(each >= _FIRST_TURNED for each in text):
        for found in _TURNED.finditer("".join(map(_direction, text))):
            if found.start() > done:
                yield text[done : found.start()], False
            yield text[found.start() : found.end()], True
            done = found.end()
    if done < len(text):
        yield text[done:], False


def _direction(character: str) -> str:
    """R: written from right to left, L: from left to right, m: a mark on what stands before it, n: neither."""
    match unicodedata.bidirectional(character):
        case "R" | "AL":
            return "R"
        case "L" | "B":
            return "L"
        case "NSM":
            return "m"
    return "n"


def tab() -> Node:
    """A tab."""
    return node("r", on("tab"))


def new_line() -> Node:
    """A new line in the same paragraph."""
    return node("r", on("br"))


def paragraph(style: str, content: Iterable[Node], *properties: Node) -> Node:
    """A paragraph in a style; `properties` are in the order of the schema."""
    return node("p", node("pPr", valued("pStyle", style), *properties), *content)


def field(instruction: str, shown: str) -> Node:
    """A field on one line with what it shows until it is updated."""
    return node("fldSimple", *run(shown), instr=f" {instruction} ")


def open_field(instruction: str) -> Iterator[Node]:
    """The start of a field that shows whole paragraphs."""
    words = node("instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {instruction} "
    yield node("r", node("fldChar", fldCharType="begin"))
    yield node("r", words)
    yield node("r", node("fldChar", fldCharType="separate"))


def close_field() -> Node:
    """The end of a field that shows whole paragraphs."""
    return node("r", node("fldChar", fldCharType="end"))


def bookmarked(name: str, number: int, content: Iterable[Node]) -> Iterator[Node]:
    """Content under a bookmark; `number` is unique in the document."""
    yield node("bookmarkStart", id=str(number), name=name)
    yield from content
    yield node("bookmarkEnd", id=str(number))


def jump(bookmark: str, *content: Node) -> Node:
    """A link to a bookmark."""
    return node("hyperlink", *content, anchor=bookmark, history="1")


def web_link(relation: str, *content: Node) -> Node:
    """A link to an address that the document part holds as a relation."""
    made = node("hyperlink", *content, history="1")
    made.set(qn("r:id"), relation)
    return made
