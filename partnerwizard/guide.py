"""The user guide: the Markdown pages of docs/user as one HTML file that needs no network and no other file."""

from __future__ import annotations

import itertools
import re
import struct
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import jinja2
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from partnerwizard.report.page import OPTIONS, POLICY
from partnerwizard.report.palette import DARK, LIGHT
from partnerwizard.resources import templates_dir, user_guide_dir

INDEX = "README.md"
"""The page that lists the others in their order."""


class GuideFault(ValueError):
    """A page names a page, a heading or a picture that is not there; its text says which."""


@dataclass(frozen=True)
class Heading:
    """A heading of the second level, for the contents."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Chapter:
    """One page of the guide."""

    anchor: str
    title: str
    headings: tuple[Heading, ...]
    body: Markup


def render_guide(folder: Path | None = None) -> str:
    """The whole guide as HTML; the same pages and pictures give the same text.

    `folder` holds the pages, by default the program's own. Raises GuideFault where a link or a picture leads nowhere.
    """
    place = folder or user_guide_dir()
    written = {name: _markdown().parse(_page(place, name)) for name in pages_of(place)}
    anchors = {name: _give_anchors(name, tokens) for name, tokens in written.items()}
    chapters = [_chapter(place, name, tokens, anchors) for name, tokens in written.items()]
    return _template().render(chapters=chapters, light=LIGHT.tokens(), dark=DARK.tokens(), policy=POLICY)


def pages_of(folder: Path) -> tuple[str, ...]:
    """The names of the pages in the order of the index, the index first."""
    index = _page(folder, INDEX)
    return (INDEX, *dict.fromkeys(re.findall(r"\]\(([a-z-]+\.md)\)", index)))


def _page(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except OSError as error:
        raise GuideFault(f"{INDEX}: the link {name} leads nowhere. Name a page of the guide.") from error


def slug(title: str) -> str:
    """What a heading is addressed by: lower-case words joined by hyphens, as code hosts make it."""
    return re.sub(r"[^\w\s-]", "", title.casefold()).strip().replace(" ", "-")


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _give_anchors(name: str, tokens: list[Token]) -> set[str]:
    """Writes an id on every heading and returns those that this page's links may name."""
    page = _anchor(name, "")
    found = {""}
    for token, inline in itertools.pairwise(tokens):
        if token.type == "heading_open":
            own = "" if token.tag == "h1" else slug(_words(inline))
            token.attrSet("id", page if not own else f"{page}--{own}")
            found.add(own)
    return found


def _anchor(name: str, part: str) -> str:
    page = "start" if name == INDEX else name.removesuffix(".md")
    return f"{page}--{part}" if part else page


def _words(inline: Token) -> str:
    return "".join(each.content for each in inline.children or () if each.type in {"text", "code_inline"})


def _chapter(place: Path, name: str, tokens: list[Token], anchors: dict[str, set[str]]) -> Chapter:
    titles = {
        token.attrGet("id"): (token.tag, _words(inline))
        for token, inline in itertools.pairwise(tokens)
        if token.type == "heading_open"
    }
    for token in tokens:
        for part in token.children or ():
            if part.type == "link_open":
                part.attrSet("href", _target(name, str(part.attrGet("href")), anchors))
            elif part.type == "image":
                _embed(part, place / unquote(str(part.attrGet("src"))), name)
    return Chapter(
        anchor=_anchor(name, ""),
        title=next((title for tag, title in titles.values() if tag == "h1"), name),
        headings=tuple(Heading(str(id_), title) for id_, (tag, title) in titles.items() if tag == "h2"),
        # The Markdown is the project's own, and raw HTML in it is escaped.
        body=Markup(_markdown().renderer.render(tokens, _markdown().options, {})),  # noqa: S704
    )


def _target(name: str, href: str, anchors: dict[str, set[str]]) -> str:
    """Where a link between pages leads inside the one file."""
    if href.startswith("https://"):
        return href
    page, _, part = href.partition("#")
    page = page or name
    if part not in anchors.get(page, ()):
        raise GuideFault(f"{name}: the link {href} leads nowhere. Name a page of the guide and a heading in it.")
    return f"#{_anchor(page, part)}"


def _embed(image: Token, path: Path, name: str) -> None:
    """Puts the picture itself in place of its name, with its size so that nothing moves when it is drawn."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GuideFault(f"{name}: the picture {path.name} is not there. Make it with `make screens`.") from error
    width, height = struct.unpack(">II", data[16:24])
    image.attrSet("src", f"data:image/png;base64,{b64encode(data).decode()}")
    image.attrSet("width", str(width))
    image.attrSet("height", str(height))


@cache
def _template() -> jinja2.Template:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(templates_dir()), **OPTIONS).get_template("guide.html.j2")  # noqa: S701 - OPTIONS turn escaping on
