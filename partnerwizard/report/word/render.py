"""The report as a Word document that a board secretary can go on with: real styles, headings, captions and fields."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any, NamedTuple

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from docx.shared import Emu, Mm

from partnerwizard.report.blocks import (
    Block,
    Break,
    Bullets,
    Callout,
    Chart,
    Cite,
    Heading,
    Image,
    KeyFacts,
    Pair,
    Paragraph,
    Report,
    Run,
    Section,
    SourceEntry,
    SourceList,
    Spans,
    Table,
    walk,
)
from partnerwizard.report.fonts import face
from partnerwizard.report.logo import as_png as logo_png
from partnerwizard.report.look import palettes
from partnerwizard.report.palette import Palette
from partnerwizard.report.pictures import WIDTH
from partnerwizard.report.raster import as_png
from partnerwizard.report.text import one_line, plain, shortened
from partnerwizard.report.word.markup import (
    Node,
    bookmarked,
    close_field,
    field,
    jump,
    new_line,
    node,
    on,
    open_field,
    paragraph,
    run,
    tab,
    valued,
    web_link,
)
from partnerwizard.report.word.styles import (
    CALLOUT_WORDS,
    CALLOUTS,
    HEADER_SIZE,
    LABELS_MM,
    TABLE,
    TEXT_WIDTH,
    TONES,
    TWIPS,
    TYPEFACE,
    numbering,
    write_numbering,
    write_styles,
)

_TEXT_MM = TEXT_WIDTH / TWIPS
_TALLEST = 1000.0
"""Height of the tallest picture that is drawn over the whole width."""

_WHOLE_ROW = 900
"""Characters of a row that is never broken over two pages; a longer one may be."""

_KEEP = 9
"""Lines of a table that is never broken over two pages."""

_GUTTER = 340
"""Space between the halves of a pair, in twentieths of a point."""

_CHAPTERS = "_Chapters"
_UPDATE = "For page numbers, update this list: right-click it and choose “Update field”. This line then disappears."
_FACTS = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_PART = "application/vnd.openxmlformats-officedocument"
_NOT_OURS = ("stylesWithEffects", "webSettings", "customXml", "thumbnail", "fontTable", "extended-properties")
_LONGEST_PROPERTY = 255

_LOGO_HEIGHT, _LOGO_WIDTH = 9.0, 58.0
"""The most that the logo takes, in millimetres."""

_LOGO_ID = 10_000
"""A number that no other picture of the document has."""

_APART = 16.0
"""Points between the two halves of the header's line."""


def render_docx(report: Report) -> bytes:
    """The report as .docx; the same report gives the same bytes."""
    document = docx.Document()
    _strip(document)
    _add_parts(document)
    palette, _ = palettes(report.accent)
    write_styles(document.styles.element, palette)
    _write_settings(document)
    _write_properties(document, report)
    _write_page(document, report)
    writer = _Writer(document, report, palette)
    writer.write()
    write_numbering(document.part.numbering_part.element, writer.numbered_lists)
    return _saved(document)


class _Styles(NamedTuple):
    """Styles of running text and of items."""

    text: str
    bullet: str
    number: str


_USUAL = _Styles("Normal", "ListBullet", "ListNumber")
_SIDE = _Styles("SideText", "SideBullet", "SideNumber")


class _Writer:
    """Turns blocks into paragraphs and tables of the body."""

    def __init__(self, document: Document, report: Report, palette: Palette) -> None:
        self.numbered_lists = 0
        self._document = document
        self._report = report
        self._body: list[Node] = []
        self._styles = _USUAL
        self._captions = {"Table": 0, "Figure": 0}
        self._pictures = 0
        charts = [block for blocks in _all_blocks(report) for block in walk(blocks) if isinstance(block, Chart)]
        drawn = as_png([chart.picture for chart in charts], palette)
        self._pngs = dict(zip((id(chart) for chart in charts), drawn, strict=True))

    def write(self) -> None:
        """Writes the front page, the contents and the chapters into the body."""
        report = self._report
        occasion = [new_line(), *run(report.occasion, "Reference")] if report.occasion else []
        self._add(paragraph("Title", [*run(report.title), *occasion]))
        self._blocks(report.front)
        if report.appendices:
            self._contents(report.chapters)
        for number, section in enumerate(report.sections):
            self._chapter(section, new_page=number == 0 and not report.appendices)
        for number, section in enumerate(report.appendices):
            self._chapter(section, new_page=number == 0)
        body = self._document.element.body
        body.clear_content()
        for made in self._body:
            body[-1].addprevious(made)

    def _add(self, made: Node) -> None:
        self._body.append(made)

    # Chapters

    def _contents(self, chapters: Iterable[Section]) -> None:
        first, last = list(open_field(f'TOC \\o "2-2" \\h \\z \\b {_CHAPTERS}')), [close_field()]
        entries = [jump(_toc(n), *run(chapter.heading.text)) for n, chapter in enumerate(chapters)]
        lines = [paragraph("TOC2", [*(first if n == 0 else ()), entry]) for n, entry in enumerate(entries)]
        lines.append(paragraph("Small", [*run(_UPDATE), *last]))
        gallery = node("docPartObj", valued("docPartGallery", "Table of Contents"), on("docPartUnique"))
        title = paragraph("TOCHeading", [*run("Contents")], on("pageBreakBefore"))
        inside = node("sdtContent", title, *lines)
        self._add(node("sdt", node("sdtPr", gallery), inside))

    def _chapter(self, section: Section, new_page: bool = False) -> None:
        chapters = len(self._report.chapters)
        place = next(n for n, each in enumerate(self._report.chapters) if each is section)
        properties = (on("pageBreakBefore"),) if new_page else ()
        name = bookmarked(_toc(place), place + 1, self._heading_text(section.heading))
        start = [node("bookmarkStart", id=str(chapters + 1), name=_CHAPTERS)] if place == 0 else []
        self._add(paragraph("Heading2", [*start, *name], *properties))
        self._blocks(section.blocks)
        if place == chapters - 1:
            self._body[-1].append(node("bookmarkEnd", id=str(chapters + 1)))

    # Blocks

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                style = self._styles.text if block.tone == "body" else TONES[block.tone]
                self._text(style, self._spans(block.content))
            case Bullets():
                self._items(block)
            case Table():
                self._caption("Table", block.caption)
                self._add(self._table(block))
            case Chart():
                self._caption("Figure", block.caption)
                self._add(paragraph("Figure", [self._picture(block)]))
            case KeyFacts():
                for label, content in block.items:
                    gap = tab() if face().width(label, 10) < LABELS_MM / 25.4 * 72 - 6 else new_line()
                    self._text("KeyFact", [*run(label, "KeyLabel"), gap, *self._spans(content)])
            case Callout():
                word = run(f"{block.word}:", CALLOUT_WORDS[block.kind])
                self._text(CALLOUTS[block.kind], [*word, *run(" "), *self._spans(block.content)])
            case Pair():
                self._pair(block)
            case SourceList():
                for entry in block.entries:
                    self._source(entry, "SourceCompact" if block.compact else "Source")

    def _text(self, style: str, content: Iterable[Node], *properties: Node) -> None:
        """A paragraph, a little further away where it follows a table."""
        after_table = bool(self._body) and self._body[-1].tag == qn("w:tbl")
        spacing = (node("spacing", before="120"),) if after_table else ()
        self._add(paragraph(style, content, *properties, *spacing))

    def _heading(self, heading: Heading) -> None:
        beside = self._styles is _SIDE
        content = [*run(heading.text, "SideHeading")] if beside else self._heading_text(heading)
        spacing = (node("spacing", before="100", after="80"),) if beside else ()
        self._add(paragraph(f"Heading{heading.level}", content, *spacing))

    @staticmethod
    def _heading_text(heading: Heading) -> list[Node]:
        tail = [new_line(), *run(heading.tail, "HeadingTail")] if heading.tail else []
        return [*run(heading.text), *tail]

    def _items(self, block: Bullets) -> None:
        if not block.numbered:
            for item in block.items:
                self._text(self._styles.bullet, self._spans(item))
            return
        for item in block.items:
            self._text(self._styles.number, self._spans(item), numbering(self.numbered_lists))
        self.numbered_lists += 1

    def _pair(self, pair: Pair) -> None:
        """Two cells side by side without lines: they stay in reading order and may run on to the next page."""
        if not pair.left or not pair.right:
            self._blocks((*pair.left, *pair.right))
            return
        outside, self._styles = self._body, _SIDE
        cells = []
        for blocks, gap in ((pair.left, _GUTTER), (pair.right, 0)):
            self._body = []
            self._blocks(blocks)
            cells.append(_side(self._body, gap))
        self._body, self._styles = outside, _USUAL
        properties = node(
            "tblPr",
            valued("tblStyle", "SideBySide"),
            node("tblW", w=str(TEXT_WIDTH), type="dxa"),
            node("tblLayout", type="fixed"),
            node("tblLook", val="0000"),
        )
        grid = node("tblGrid", *(node("gridCol", w=str(TEXT_WIDTH // 2)) for _ in cells))
        self._add(node("tbl", properties, grid, node("tr", *cells)))

    def _caption(self, kind: str, text: str) -> None:
        self._captions[kind] += 1
        number = field(f"SEQ {kind} \\* ARABIC", str(self._captions[kind]))
        self._add(paragraph("Caption", [*run(f"{kind} "), number, *run(f". {text}")]))

    def _table(self, table: Table) -> Node:
        whole = sum(column.share for column in table.columns)
        widths = [round(TEXT_WIDTH * column.share / whole) for column in table.columns]
        head = node(
            "tr",
            node("trPr", on("cantSplit"), on("tblHeader")),
            *(
                self._cell(width, "TableHeading", [*run(column.title)], column.align)
                for width, column in zip(widths, table.columns, strict=True)
            ),
        )
        last = len(table.rows) - 1
        kept = range(last) if _short(table) else {0, last - 1} - {last}
        rows = [
            node(
                "tr",
                *([node("trPr", on("cantSplit"))] if sum(map(_length, row)) < _WHOLE_ROW else []),
                *(
                    self._cell(width, "TableText", self._spans(cell), column.align, number in kept)
                    for width, column, cell in zip(widths, table.columns, row, strict=True)
                ),
            )
            for number, row in enumerate(table.rows)
        ]
        properties = node(
            "tblPr",
            valued("tblStyle", TABLE),
            node("tblW", w=str(sum(widths)), type="dxa"),
            node("tblLayout", type="fixed"),
            node("tblLook", val="00A0", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0", noHBand="1"),
            valued("tblCaption", plain(table.caption)),
        )
        grid = node("tblGrid", *(node("gridCol", w=str(width)) for width in widths))
        return node("tbl", properties, grid, head, *rows)

    @staticmethod
    def _cell(width: int, style: str, content: Iterable[Node], align: str, kept: bool = False) -> Node:
        """A cell; `kept`: its row stands on the same page as the next."""
        properties = [*([on("keepNext")] if kept else []), *([valued("jc", "right")] if align == "right" else [])]
        return node("tc", node("tcPr", node("tcW", w=str(width), type="dxa")), paragraph(style, content, *properties))

    def _picture(self, chart: Chart) -> Node:
        self._pictures += 1
        share = min(chart.picture.width / WIDTH, 1.0, _TALLEST / chart.picture.height)
        inline = self._document.part.new_pic_inline(
            io.BytesIO(self._pngs[id(chart)]), width=Emu(round(Mm(_TEXT_MM) * share)), height=None
        )
        _describe(inline, self._pictures, f"Figure {self._pictures}", chart.alt, chart.caption)
        return node("r", node("drawing", inline))

    def _source(self, entry: SourceEntry, style: str) -> None:
        address = one_line(entry.url)
        shown = run(address, "Hyperlink")
        if address.startswith(("https://", "http://")):
            shown = [web_link(self._document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, True), *shown)]
        number = len(self._report.chapters) + 1 + entry.number
        content = [
            *bookmarked(_source(entry.number), number, [*run(str(entry.number))]),
            tab(),
            *run(f"{entry.title}.", "Strong"),
            *run(f" {entry.publisher}, {entry.published}. "),
            *shown,
            *run(f" Checked {entry.checked}."),
        ]
        self._add(paragraph(style, content))

    # Text

    def _spans(self, content: Spans) -> Iterator[Node]:
        for span in content:
            match span:
                case Run():
                    yield from run(span.text, "Strong" if span.bold else None)
                case Break():
                    yield new_line()
                case Cite():
                    yield from _cite(span)


def _side(content: list[Node], gap: int) -> Node:
    """One half of a pair; a cell must end in a paragraph."""
    end = [] if content[-1].tag == qn("w:p") else [paragraph("SideText", ())]
    margins = node("tcMar", node("right", w=str(gap), type="dxa"))
    return node("tc", node("tcPr", node("tcW", w=str(TEXT_WIDTH // 2), type="dxa"), margins), *content, *end)


def _cite(cite: Cite) -> Iterator[Node]:
    yield from run("[", "Reference")
    for place, number in enumerate(cite.numbers):
        if place:
            yield from run(", ", "Reference")
        yield jump(_source(number), *run(str(number), "Reference"))
    yield from run("]", "Reference")


def _short(table: Table) -> bool:
    """Whether a table is short enough to be kept on one page."""
    return sum(max(map(_length, row)) // 25 + 1 for row in table.rows) <= _KEEP


def _length(cell: Spans) -> int:
    return sum(len(span.text) for span in cell if isinstance(span, Run))


def _toc(place: int) -> str:
    return f"_Toc{place + 1:06}"


def _source(number: int) -> str:
    return f"_Source{number}"


def _all_blocks(report: Report) -> Iterator[tuple[Block, ...]]:
    yield report.front
    yield from (chapter.blocks for chapter in report.chapters)


# The document around the body


def _strip(document: Document) -> None:
    """Takes away what the library's template brings along and the report does not need."""
    for relations in (document.part.package.rels, document.part.rels):
        for name in [key for key, relation in relations.items() if relation.reltype.endswith(_NOT_OURS)]:
            del relations[name]


def _add_parts(document: Document) -> None:
    package = document.part.package
    assert package is not None
    fonts = (
        f'<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:font w:name="{TYPEFACE}">'
        '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
    application = f'<Properties xmlns="{_FACTS}"><Application>Partner Wizard</Application></Properties>'
    for owner, name, kind, relation, text in (
        (document.part, "/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, fonts),
        (
            package,
            "/docProps/app.xml",
            CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
            RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
            application,
        ),
    ):
        data = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()
        owner.relate_to(Part(PackURI(name), kind, data, package), relation)


def _write_settings(document: Document) -> None:
    settings = document.settings.element
    settings.clear()
    modern = node("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15")
    settings.extend(
        [
            node("zoom", percent="100"),
            valued("defaultTabStop", 567),
            node("characterSpacingControl", val="doNotCompress"),
            node("compat", modern),
            node("themeFontLang", val="en-GB"),
            valued("decimalSymbol", "."),
            valued("listSeparator", ","),
        ]
    )


def _write_properties(document: Document, report: Report) -> None:
    properties = document.core_properties
    moment = datetime.combine(report.day, time())
    properties.title = shortened(one_line(report.title), _LONGEST_PROPERTY)
    properties.author = properties.last_modified_by = one_line(report.organisation)
    properties.created = properties.modified = moment
    properties.subject = one_line(report.status)
    properties.comments = shortened(one_line(report.footer), _LONGEST_PROPERTY)
    properties.keywords = properties.category = ""
    properties.language = "en-GB"
    properties.revision = 1


def _write_page(document: Document, report: Report) -> None:
    """A4 with the header and the footer of every page; the first has the logo above its header."""
    page = document.element.body[-1]
    page.clear()
    kinds = ("first", "default") if report.logo else ("default",)
    for number, kind in enumerate(kinds, 1):
        for make, name, content, relation in (
            (_header, "header", CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
            (_footer, "footer", CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
        ):
            part = _Edge(PackURI(f"/word/{name}{number}.xml"), content, make(report), document.part.package)
            if make is _header and report.logo and kind == "first":
                part.element.insert(0, paragraph("Logo", [_logo(part, report.logo)]))
                part.element.append(paragraph("Logo", ()))
            reference = node(f"{name}Reference", type=kind)
            reference.set(qn("r:id"), document.part.relate_to(part, relation))
            page.append(reference)
    page.append(node("pgSz", w="11906", h="16838"))
    sides = {"top": 25, "right": 18, "bottom": 24, "left": 18, "header": 11, "footer": 10, "gutter": 0}
    page.append(node("pgMar", **{side: str(round(width * TWIPS)) for side, width in sides.items()}))
    if report.logo:
        page.append(on("titlePg"))


class _Edge(StoryPart):
    """A header or a footer, which may hold a picture."""


def _header(report: Report) -> Node:
    """Who, how confidential, draft or decided, and the day: on one line if they fit."""
    who = report.organisation or shortened(one_line(report.title), 90)
    marking = f"{report.marking} · " if report.marking else ""
    what = f"{report.status} · {report.day_words}"
    fits = face(semibold=True).width(f"{who}{marking}{what}", HEADER_SIZE) + _APART < TEXT_WIDTH / 20
    between = tab() if fits else new_line()
    return node("hdr", paragraph("Header", [*run(who, "Strong"), between, *run(marking, "Strong"), *run(what)]))


def _footer(report: Report) -> Node:
    pages = [tab(), *run("Page "), field("PAGE", "1"), *run(" of "), field("NUMPAGES", "1")]
    return node("ftr", paragraph("Footer", [*run(report.footer), new_line(), *run(report.marking, "Strong"), *pages]))


def _logo(part: _Edge, logo: Image) -> Node:
    """The organisation's logo, as tall as the header has room for and not wider than a third of the page."""
    inline = part.new_pic_inline(io.BytesIO(logo_png(logo)))
    inline.extent.cx, inline.extent.cy = size = _within(inline.extent.cx, inline.extent.cy)
    shape = inline.graphic.graphicData.pic.spPr
    shape.cx, shape.cy = size
    _describe(inline, _LOGO_ID, "Logo", logo.alt)
    return node("r", node("drawing", inline))


def _within(width: int, height: int) -> tuple[Emu, Emu]:
    share = min(Mm(_LOGO_HEIGHT) / height, Mm(_LOGO_WIDTH) / width)
    return Emu(max(round(width * share), 1)), Emu(max(round(height * share), 1))


def _describe(inline: Any, number: int, name: str, alt: str, title: str = "") -> None:
    """Name, number and alternative text of a picture in line with text, and no room around it."""
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    given = {"id": str(number), "name": name, "descr": plain(alt), "title": plain(title)}
    for key, value in given.items():
        if value:
            inline.docPr.set(key, value)


def _saved(document: Document) -> bytes:
    """The file with the same times and attributes on every entry, whenever and wherever it is written."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
