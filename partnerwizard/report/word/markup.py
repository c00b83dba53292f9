"""The pieces of WordprocessingML that the report is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from partnerwizard.report.text import plain

Node = BaseOxmlElement


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


def run(text: str, style: str | None = None) -> Node:
    """Text in one character style, cleaned of what the format cannot carry; new lines are kept."""
    made = node("r")
    if style:
        made.append(node("rPr", valued("rStyle", style)))
    for number, line in enumerate(plain(text).split("\n")):
        if number:
            made.append(on("br"))
        piece = node("t")
        piece.set(qn("xml:space"), "preserve")
        piece.text = line.replace("\t", " ")
        made.append(piece)
    return made


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
    return node("fldSimple", run(shown), instr=f" {instruction} ")


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
