"""The styles of the Word report: few, named as Word names its own, in the colours and type of the other formats."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement

from partnerwizard.report.palette import PRINT, Palette
from partnerwizard.report.word.markup import Node, node, on, valued

TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""

TEXT_WIDTH = round(174 * TWIPS)
LABELS_MM = 44.0
"""Width of the labels of key facts."""

TYPEFACE = "Arial"
"""The bundled typeface is on few computers, and Word would put another in its place; this one is everywhere."""

TABLE = "ReportTable"
HEADER_SIZE = 8.5
CALLOUTS = {"note": "CalloutNote", "caution": "CalloutCaution", "closed": "CalloutClosed"}
CALLOUT_WORDS = {"note": "NoteWord", "caution": "CautionWord", "closed": "ClosedWord"}
TONES = {"body": "Normal", "lead": "Lead", "small": "Small"}

_BULLETS, _NUMBERS = 1, 2
_LABELS = round(LABELS_MM * TWIPS)
_NUMBER = round(9 * TWIPS)
_ITEM = round(5 * TWIPS)


def write_styles(root: BaseOxmlElement, palette: Palette = PRINT) -> None:
    """Puts the report's styles in place of those that are there; links have the palette's accent."""
    root.clear()
    root.extend([_defaults(), *_paragraph_styles(), *_character_styles(palette), *_table_styles()])


def numbering(numbered_list: int) -> Node:
    """The property by which an item belongs to the numbered list of this number, counted from 0."""
    return node("numPr", valued("ilvl", 0), valued("numId", _NUMBERS + numbered_list))


def write_numbering(root: BaseOxmlElement, numbered_lists: int) -> None:
    """One numbering for bullets, and one for each numbered list, so that each starts at 1."""
    root.clear()
    root.extend([_list_kind(_BULLETS, "bullet", "•"), _list_kind(_NUMBERS, "decimal", "%1.")])
    root.append(node("num", valued("abstractNumId", _BULLETS), numId=str(_BULLETS)))
    for number in range(numbered_lists):
        start = node("lvlOverride", valued("startOverride", 1), ilvl="0")
        root.append(node("num", valued("abstractNumId", _NUMBERS), start, numId=str(_NUMBERS + number)))


def _list_kind(number: int, kind: str, mark: str) -> Node:
    level = node(
        "lvl",
        valued("start", 1),
        valued("numFmt", kind),
        valued("lvlText", mark),
        valued("lvlJc", "left"),
        node("pPr", node("ind", left=str(_ITEM), hanging=str(_ITEM))),
        node("rPr", _fonts(), _color("muted")),
        ilvl="0",
    )
    return node("abstractNum", valued("multiLevelType", "singleLevel"), level, abstractNumId=str(number))


def _defaults() -> Node:
    text = node("rPr", _fonts(), _color("ink"), *_size(10), node("lang", val="en-GB", eastAsia="en-GB", bidi="he-IL"))
    return node("docDefaults", node("rPrDefault", text), node("pPrDefault", node("pPr", _space(0, 6))))


def _fonts() -> Node:
    return node("rFonts", ascii=TYPEFACE, hAnsi=TYPEFACE, eastAsia=TYPEFACE, cs=TYPEFACE)


def _rgb(token: str, palette: Palette = PRINT) -> str:
    return palette.tokens()[token].lstrip("#").upper()


def _color(token: str, palette: Palette = PRINT) -> Node:
    return valued("color", _rgb(token, palette))


def _size(points: float) -> tuple[Node, Node]:
    return valued("sz", round(points * 2)), valued("szCs", round(points * 2))


def _bold() -> tuple[Node, Node]:
    return on("b"), on("bCs")


def _space(before: float, after: float) -> Node:
    return node("spacing", before=str(round(before * 20)), after=str(round(after * 20)), line="240", lineRule="auto")


def _edge(side: str, token: str, eighths: int, space: int = 0) -> Node:
    return node(side, val="single", sz=str(eighths), space=str(space), color=_rgb(token))


def _style(
    kind: str,
    name: str,
    paragraph: tuple[Node, ...] = (),
    text: tuple[Node, ...] = (),
    based_on: str | None = None,
    following: str | None = None,
    own: bool = False,
) -> Node:
    """A style; its id is its name without spaces. `own`: not one of Word's."""
    made = node("style", valued("name", name), type=kind, styleId=_key(name), **({"customStyle": "1"} if own else {}))
    if based_on:
        made.append(valued("basedOn", based_on))
    if following:
        made.append(valued("next", following))
    made.append(on("qFormat"))
    if paragraph:
        made.append(node("pPr", *paragraph))
    if text:
        made.append(node("rPr", *text))
    return made


def _key(name: str) -> str:
    return "".join("TOC" if word == "toc" else word[0].upper() + word[1:] for word in name.split(" "))


def _text(name: str, *layout: Node, text: tuple[Node, ...] = (), own: bool = False, based_on: str = "Normal") -> Node:
    return _style("paragraph", name, layout, text, based_on, own=own)


def _heading(level: int, size: float, before: float, after: float) -> Node:
    layout = (on("keepNext"), on("keepLines"), _space(before, after), valued("outlineLvl", level - 1))
    return _style("paragraph", f"heading {level}", layout, (*_bold(), *_size(size)), "Normal", "Normal")


def _callout(name: str, edge: str, fill: str) -> Node:
    return _text(
        name,
        on("keepLines"),
        node("pBdr", _edge("left", edge, 24, 6)),
        node("shd", val="clear", color="auto", fill=_rgb(fill)),
        _space(4, 4),
        node("ind", left="180", right="60"),
        own=True,
    )


def _paragraph_styles() -> list[Node]:
    normal = _style("paragraph", "Normal", (on("widowControl"),))
    tabs = node("tabs", node("tab", val="left", pos=str(_LABELS)))
    lines = node("pBdr", *(_edge(side, "line", 4, 2) for side in ("top", "bottom", "between")))
    title = (_color("muted"), *_size(11))
    small = (_color("muted"), *_size(9))
    return [
        _default(normal),
        _style("paragraph", "Title", (on("keepNext"), _space(0, 5)), title, "Normal", "Normal"),
        _heading(1, 17, 0, 8),
        _heading(2, 14, 16, 6),
        _heading(3, 11.5, 12, 5),
        _heading(4, 10, 9, 4),
        _text("Lead", text=_size(11), own=True),
        _text("Small", text=small, own=True),
        _text("List Bullet", node("numPr", valued("numId", _BULLETS)), _space(0, 4)),
        _text("List Number", _space(0, 4)),
        _text("Side Text", text=_size(9), own=True),
        _text("Side Bullet", text=_size(9), own=True, based_on="ListBullet"),
        _text("Side Number", text=_size(9), own=True, based_on="ListNumber"),
        _text("Key Fact", lines, tabs, _space(0, 0), _hanging(_LABELS), own=True),
        _callout("Callout Note", "muted", "canvas"),
        _callout("Callout Caution", "caution", "caution_soft"),
        _callout("Callout Closed", "closed", "closed_soft"),
        _text("caption", on("keepNext"), on("keepLines"), _space(9, 4), text=small),
        _text("Figure", _space(0, 8), own=True),
        _text("Table Text", _space(2.5, 2.5), text=_size(9), own=True),
        _text("Table Heading", on("keepNext"), text=(*_bold(), _color("muted")), own=True, based_on="TableText"),
        _text("Source", _space(0, 4), _hanging(_NUMBER), text=_size(9), own=True),
        _text("Source Compact", _space(0, 1.5), text=_size(7.5), own=True, based_on="Source"),
        _text("TOC Heading", on("keepNext"), _space(0, 6), text=(*_bold(), *_size(14))),
        _text("toc 2", _right_tab(), _space(0, 3)),
        _text(
            "header", node("pBdr", _edge("bottom", "ink", 8, 4)), _right_tab(), _space(0, 0), text=_pale(HEADER_SIZE)
        ),
        _text("Logo", _space(0, 5), own=True),
        _text("footer", node("pBdr", _edge("top", "line", 4, 4)), _right_tab(), _space(0, 0), text=_pale(7.5)),
    ]


def _default(style: Node) -> Node:
    """The style as the one that is used where none is named."""
    marked = node("style", default="1")
    style.attrib.update(marked.attrib)
    return style


def _hanging(width: int) -> Node:
    return node("ind", left=str(width), hanging=str(width))


def _right_tab() -> Node:
    return node("tabs", node("tab", val="right", pos=str(TEXT_WIDTH)))


def _pale(points: float) -> tuple[Node, ...]:
    return (_color("muted"), *_size(points))


def _character_styles(palette: Palette) -> list[Node]:
    return [
        _style("character", "Strong", text=_bold()),
        _style("character", "Hyperlink", text=(_color("accent", palette), valued("u", "single"))),
        _style(
            "character",
            "Heading Tail",
            text=(node("b", val="0"), node("bCs", val="0"), *_size(11.5)),
            own=True,
        ),
        _style("character", "Side Heading", text=_size(11), own=True),
        _style("character", "Key Label", text=(_color("muted"),), own=True),
        _style("character", "Reference", text=(_color("muted"), *_size(8.5)), own=True),
        *(
            _style("character", name, text=(*_bold(), _color(color)), own=True)
            for name, color in (("Note Word", "muted"), ("Caution Word", "caution"), ("Closed Word", "closed"))
        ),
    ]


def _table_styles() -> list[Node]:
    plain = _default(_style("table", "Table Normal"))
    plain.append(node("tblPr", node("tblInd", w="0", type="dxa"), _margins(108)))
    report = _style("table", "Report Table", based_on="TableNormal", own=True)
    lines = node("tblBorders", _edge("bottom", "line", 4), _edge("insideH", "line", 4))
    report.append(node("tblPr", lines, _margins(0, 190)))
    beside = _style("table", "Side by Side", based_on="TableNormal", own=True)
    beside.append(node("tblPr", _margins(0)))
    under = node("tcPr", node("tcBorders", _edge("bottom", "muted", 6)))
    report.append(node("tblStylePr", under, type="firstRow"))
    return [plain, report, beside]


def _margins(left: int, right: int | None = None) -> Node:
    sides = {"top": 0, "left": left, "bottom": 0, "right": left if right is None else right}
    return node("tblCellMar", *(node(side, w=str(width), type="dxa") for side, width in sides.items()))
