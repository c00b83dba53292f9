"""Whether a Word or Excel file is put together as those programs demand: parts, relations, order of elements, numbers.

Neither program is here, so this reads the rules of ECMA-376 that they are known to insist on; where one is broken they
offer to repair the file. What passes has been checked against these rules, and opened by LibreOffice, and no more.
"""

from __future__ import annotations

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_KINDS = "{http://schemas.openxmlformats.org/package/2006/content-types}"

_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "num": "abstractNumId lvlOverride",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left bottom right insideH insideV",
    "tcBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tcMar": "top left bottom right",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "sdt": "sdtPr sdtEndPr sdtContent",
}
_PLACES = {name: {each: n for n, each in enumerate(order.split())} for name, order in _ORDER.items()}
_REPEATED = {"headerReference", "footerReference", "tblStylePr", "lvl", "abstractNum", "num", "lvlOverride", "tr"}
_TOGETHER = {"headerReference": "footerReference"}
"""Elements that may stand in any order among each other."""

_FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr", "tr": "trPr"}
"""Elements whose properties must come before all else."""

_STYLE_OF = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}


@dataclass(frozen=True)
class _Package:
    """The parts of a file by name."""

    parts: dict[str, bytes]
    twice: tuple[str, ...]

    @cached_property
    def trees(self) -> dict[str, ET.Element]:
        """Every part that is XML."""
        return {name: ET.fromstring(data) for name, data in self.parts.items() if name.endswith((".xml", ".rels"))}

    def relations(self, name: str) -> dict[str, tuple[str, bool]]:
        """The targets of a part's relations by id, with whether they lie outside the file."""
        folder, file = posixpath.split(name)
        tree = self.trees.get(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for each in tree if tree is not None else ():
            outside = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            path = target if outside else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[each.get("Id", "")] = (path, outside)
        return found


def _opened(data: bytes) -> _Package:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = file.namelist()
        twice = tuple(name for name, count in Counter(names).items() if count > 1)
        return _Package({name: file.read(name) for name in names}, twice)


def word(data: bytes) -> list[str]:
    """What Word would stumble over, or a reader would miss, in a .docx."""
    try:
        package = _opened(data)
        _ = package.trees
    except (zipfile.BadZipFile, ET.ParseError) as problem:
        return [f"it cannot be read: {problem}"]
    if "word/document.xml" not in package.parts:
        return ["there is no word/document.xml"]
    roots = {name: tree for name, tree in package.trees.items() if re.match(r"word/[^/]*\.xml$", name)}
    return [
        *_package(package),
        *(f"{name}: {text}" for name, tree in roots.items() for text in _ordered(tree)),
        *(f"{name}: {text}" for name, tree in roots.items() for text in _tables(tree)),
        *_numbers(roots),
        *_styles(package.trees),
        *_fields(package.trees["word/document.xml"]),
    ]


def _package(package: _Package) -> Iterator[str]:
    for name in package.twice:
        yield f"the part {name} is there twice"
    kinds = package.trees.get("[Content_Types].xml")
    if kinds is None:
        yield "there is no [Content_Types].xml"
        return
    endings = {each.get("Extension", "").lower() for each in kinds.iter(f"{_KINDS}Default")}
    named = {each.get("PartName", "").lstrip("/") for each in kinds.iter(f"{_KINDS}Override")}
    for name in package.parts:
        if name != "[Content_Types].xml" and name not in named and name.rpartition(".")[2].lower() not in endings:
            yield f"the part {name} has no content type"
    for name in sorted(named - set(package.parts)):
        yield f"a content type names {name}, which is not there"
    for name in package.parts:
        relations = package.relations(name)
        for key, (target, outside) in relations.items():
            if not outside and target not in package.parts:
                yield f"{name}: the relation {key} leads to {target}, which is not there"
        if name in package.trees and not name.endswith(".rels"):
            used = {value for each in package.trees[name].iter() for key, value in each.items() if key.startswith(_R)}
            for key in sorted(used - set(relations)):
                yield f"{name}: the relation {key} is used and not there"


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if element.tag.startswith(_W) else ""


def _ordered(root: ET.Element) -> Iterator[str]:
    """Elements out of the order of the schema, and properties given twice."""
    for element in root.iter():
        kind = _local(element)
        children = [_local(child) for child in element]
        if (first := _FIRST.get(kind)) in children and children[0] != first:
            yield f"in w:{kind}, w:{first} does not come first"
        places = _PLACES.get(kind)
        if places is None:
            continue
        last, before = -1, ""
        for child in children:
            if child not in places:
                yield f"in w:{kind} there may be no w:{child}"
                continue
            place = places[_TOGETHER.get(child, child)]
            if place < last:
                yield f"in w:{kind}, w:{child} comes after w:{before}"
            last, before = max(last, place), child
        yield from (
            f"in w:{kind}, w:{child} is there twice"
            for child, count in Counter(children).items()
            if count > 1 and child not in _REPEATED and not child.startswith("bookmark")
        )


def _tables(root: ET.Element) -> Iterator[str]:
    for number, table in enumerate(root.iter(f"{_W}tbl"), 1):
        columns = len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
        rows = table.findall(f"{_W}tr")
        if not rows:
            yield f"table {number} has no row"
        for row in rows:
            cells = row.findall(f"{_W}tc")
            spans = [cell.find(f"{_W}tcPr/{_W}gridSpan") for cell in cells]
            across = sum(1 if span is None else int(span.get(f"{_W}val", "1")) for span in spans)
            if across != columns:
                yield f"a row of table {number} has {across} cells for {columns} columns"
            yield from (
                f"a cell of table {number} does not end in a paragraph"
                for cell in cells
                if not len(cell) or _local(cell[-1]) != "p"
            )
        captioned = table.find(f"{_W}tblPr/{_W}tblCaption") is not None
        if captioned and rows and rows[0].find(f"{_W}trPr/{_W}tblHeader") is None:
            yield f"table {number} has no header row that repeats"


def _numbers(roots: dict[str, ET.Element]) -> Iterator[str]:
    """Numbers and names that must be there once, and what points to them."""
    drawn = [(name, each) for name, tree in roots.items() for each in tree.iter(f"{_WP}docPr")]
    for key, count in Counter(each.get("id") for _, each in drawn).items():
        if count > 1:
            yield f"the picture number {key} is there {count} times"
    for name, each in drawn:
        if not (each.get("descr") or "").strip():
            yield f"{name}: the picture {each.get('name')} has no alternative text"
    body = roots["word/document.xml"]
    starts, ends = ([*body.iter(f"{_W}{tag}")] for tag in ("bookmarkStart", "bookmarkEnd"))
    for what, values in (
        ("number", [each.get(f"{_W}id") for each in starts]),
        ("name", [each.get(f"{_W}name") for each in starts]),
    ):
        yield from (f"the bookmark {what} {value} is there twice" for value, n in Counter(values).items() if n > 1)
    if Counter(each.get(f"{_W}id") for each in starts) != Counter(each.get(f"{_W}id") for each in ends):
        yield "bookmarks do not start and end in pairs"
    names = {each.get(f"{_W}name") for each in starts}
    jumps = {each.get(f"{_W}anchor") for each in body.iter(f"{_W}hyperlink")} - {None}
    yield from (f"a link leads to the bookmark {name}, which is not there" for name in sorted(map(str, jumps - names)))


def _styles(trees: dict[str, ET.Element]) -> Iterator[str]:
    styles = trees["word/styles.xml"] if "word/styles.xml" in trees else ET.Element("none")
    known = {each.get(f"{_W}styleId"): each.get(f"{_W}type") for each in styles.iter(f"{_W}style")}
    ids = [each.get(f"{_W}styleId") for each in styles.iter(f"{_W}style")]
    yield from (f"the style {name} is there twice" for name, count in Counter(ids).items() if count > 1)
    if styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang") is None:
        yield "the language is not given"
    for name, tree in trees.items():
        for tag, kind in _STYLE_OF.items():
            used = {each.get(f"{_W}val") for each in tree.iter(f"{_W}{tag}")}
            yield from (f"{name}: there is no {kind} style {style}" for style in used if known.get(style) != kind)
    numbering = trees.get("word/numbering.xml")
    lists = {each.get(f"{_W}numId") for each in numbering.iter(f"{_W}num")} if numbering is not None else set()
    used = {each.get(f"{_W}val") for each in trees["word/document.xml"].iter(f"{_W}numId")}
    yield from (f"the list {number} is used and not there" for number in sorted(map(str, used - lists)))


def _fields(body: ET.Element) -> Iterator[str]:
    open_fields: list[str] = []
    for each in body.iter(f"{_W}fldChar"):
        kind = each.get(f"{_W}fldCharType", "")
        if kind == "begin":
            open_fields.append(kind)
        elif not open_fields:
            yield f"a field has w:{kind} before it begins"
        elif kind == "separate":
            open_fields[-1] = kind
        else:
            open_fields.pop()
    if open_fields:
        yield "a field does not end"
    written = [*body.iter(f"{_W}instrText")]
    if any(" TOC " in (each.text or "") for each in written) and not list(body.iter(f"{_W}docPartObj")):
        yield "the contents are not marked as such"


def excel(data: bytes) -> list[str]:
    """What Excel would stumble over, or would show as an error, in an .xlsx."""
    try:
        package = _opened(data)
        _ = package.trees
    except (zipfile.BadZipFile, ET.ParseError) as problem:
        return [f"it cannot be read: {problem}"]
    if "xl/workbook.xml" not in package.parts:
        return ["there is no xl/workbook.xml"]
    return [*_package(package), *_cells(package), *_names(package), *_headers(package)]


def _sheets(package: _Package) -> dict[str, tuple[str, ET.Element]]:
    """Sheets by name, each with its part."""
    relations = package.relations("xl/workbook.xml")
    found = {}
    for each in package.trees["xl/workbook.xml"].iter(f"{_S}sheet"):
        path = relations.get(each.get(f"{_R}id", ""), ("", False))[0]
        if path in package.trees:
            found[each.get("name", "")] = (path, package.trees[path])
    return found


def _shared(package: _Package) -> list[str]:
    tree = package.trees.get("xl/sharedStrings.xml")
    items = tree.iter(f"{_S}si") if tree is not None else ()
    return ["".join(each.text or "" for each in item.iter(f"{_S}t")) for item in items]


def _cells(package: _Package) -> Iterator[str]:
    texts = _shared(package)
    yield from (f"a text has {len(text)} characters" for text in texts if len(text) > 32_767)
    for name, (_, tree) in _sheets(package).items():
        if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name):
            yield f"a sheet may not be called {name}"
        for cell in tree.iter(f"{_S}c"):
            where, kind, value = f"{name}!{cell.get('r')}", cell.get("t"), cell.findtext(f"{_S}v")
            if kind == "e" or (value or "").startswith("#"):
                yield f"{where} shows an error: {value}"
            if kind == "s" and not (value or "").isdigit():
                yield f"{where} has no text"
            elif kind == "s" and int(value or 0) >= len(texts):
                yield f"{where} has a text that is not there"
            if kind in {None, "n"} and value is not None and value.lower() in {"nan", "inf", "-inf"}:
                yield f"{where} is not a number: {value}"
            if cell.find(f"{_S}f") is not None and value is None:
                yield f"{where} is a formula without its value"


def _names(package: _Package) -> Iterator[str]:
    sheets = _sheets(package)
    if any("externalLink" in name for name in package.parts):
        yield "another file is linked"
    for each in package.trees["xl/workbook.xml"].iter(f"{_S}definedName"):
        text = each.text or ""
        used = {quoted or bare for quoted, bare in re.findall(r"(?:'([^']+)'|([A-Za-z0-9_]+))!", text)}
        if "#REF!" in text or used - set(sheets):
            yield f"the name {each.get('name')} stands for {text}, which is not there"


def _headers(package: _Package) -> Iterator[str]:
    """Tables whose column titles are not what stands in their header row."""
    texts = _shared(package)
    for name, (path, tree) in _sheets(package).items():
        cells = {cell.get("r"): cell for cell in tree.iter(f"{_S}c")}
        for target, _ in package.relations(path).values():
            if "/tables/" not in target:
                continue
            table = package.trees[target]
            start = re.match(r"([A-Z]+)(\d+):", table.get("ref", ""))
            titles = [each.get("name", "") for each in table.iter(f"{_S}tableColumn")]
            if start is None:
                yield f"{name}: a table has no place"
                continue
            row = [cells.get(f"{_letters(_number(start[1]) + n)}{start[2]}") for n in range(len(titles))]
            shown = [texts[int(each.findtext(f"{_S}v") or 0)] if each is not None else "" for each in row]
            if shown != titles:
                yield f"{name}: the header row is not that of the table"
            if len({title.lower() for title in titles}) < len(titles):
                yield f"{name}: two columns have one title"


def _number(letters: str) -> int:
    """A column's place counted from 1."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place


def _letters(place: int) -> str:
    out = ""
    while place:
        place, rest = divmod(place - 1, 26)
        out = chr(65 + rest) + out
    return out
