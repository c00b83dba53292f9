"""Reading what spreadsheets and online forms export, safely: CSV of any separator and encoding, and .xlsx.

Everything is text when it leaves here; a formula gives the value that was saved with it and is never computed. An .xlsx
is read with the standard library's own parser: no entities, no outside references, and limits on size and depth.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from partnerwizard.files import FileProblem

LIMIT: Final = 20_000_000
UNPACKED: Final = 60_000_000
PARTS: Final = 2_000
ROWS: Final = 5_000
COLUMNS: Final = 400
CELL: Final = 32_767
ELEMENTS: Final = 1_000_000
_SEPARATORS = (",", ";", "\t", "|")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"

Rows = tuple[tuple[str, ...], ...]


def rows_of(data: bytes, name: str) -> Rows:
    """The rows of a CSV, or of the first sheet of an .xlsx that has any; blank rows at the end are left out.

    Raises FileProblem with what is wrong and what to do.
    """
    if data[:4] == b"PK\x03\x04":
        sheets = sheets_of(data, name)
        return next((rows for rows in sheets.values() if rows), ())
    if data[:4] == _OLD_EXCEL:
        raise FileProblem(
            f"{name}: this is an old Excel file or one with a password. Save it as .xlsx without a password."
        )
    return _csv(_text(data, name), name)


def sheets_of(data: bytes, name: str) -> Mapping[str, Rows]:
    """The sheets of an .xlsx by name, in their order; a merged area has its value in each of its cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _Workbook(package, name).sheets()
    except FileProblem:
        raise
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, zlib.error):
        raise FileProblem(f"{name}: the .xlsx is damaged or has a password. Save it anew and try again.") from None
    except (expat.ExpatError, ValueError, LookupError):  # the last two: an encoding that it names and nobody has
        raise FileProblem(
            f"{name}: the .xlsx is damaged inside. Open it in Excel, save it anew and try again."
        ) from None


def _text(data: bytes, name: str) -> str:
    """The text in the encoding that it is most likely in: by its mark, else UTF-8, else that of Windows."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encodings = ["utf-16"]
    elif data[1:2] == b"\0" or data[:1] == b"\0":
        encodings = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileProblem(f"{name}: this is neither text nor .xlsx. Export the answers as CSV or .xlsx and try again.")


def _csv(text: str, name: str) -> Rows:
    if not text.strip():
        raise FileProblem(f"{name}: the file is empty. Export the answers again.")
    found: list[tuple[float, Rows]] = []
    for separator in _SEPARATORS:
        try:
            rows = _limited(csv.reader(io.StringIO(text, newline=""), delimiter=separator), name)
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if any(row))
        if widths:
            (width, times) = widths.most_common(1)[0]
            found.append((times * min(width, 2) + width / 1000, rows))
    if not found:
        raise FileProblem(f"{name}: the rows cannot be told apart. Export the answers as CSV or .xlsx and try again.")
    # The separator with which most rows have the same number of columns, and more than one.
    return max(found, key=lambda each: each[0])[1]


def _limited(rows: Iterator[list[str]], name: str) -> Rows:
    out = []
    for number, row in enumerate(rows, 1):
        if number > ROWS or len(row) > COLUMNS:
            raise FileProblem(
                f"{name}:{number}: there are more than {ROWS} rows or {COLUMNS} columns. Export the answers alone."
            )
        out.append(tuple(cell.strip()[:CELL] for cell in row))
    while out and not any(out[-1]):
        out.pop()
    return tuple(out)


@dataclass
class _Workbook:
    """One .xlsx package, read part by part."""

    package: zipfile.ZipFile
    name: str
    strings: list[str] = field(default_factory=list)
    characters: int = 0
    elements: int = 0

    def __post_init__(self) -> None:
        parts = self.package.infolist()
        if len(parts) > PARTS or sum(each.file_size for each in parts) > UNPACKED:
            raise FileProblem(
                f"{self.name}: the .xlsx unpacks to far more than answers need. Export the answers alone."
            )

    def sheets(self) -> dict[str, Rows]:
        targets = {
            given.get("Id", ""): given.get("Target", "")
            for element, given, _ in self._elements("xl/_rels/workbook.xml.rels")
            if element == _PACKAGE
        }
        self.strings = list(self._shared())
        found = {}
        for element, given, _ in self._elements("xl/workbook.xml"):
            if element == _MAIN + "sheet":
                target = targets.get(given.get(_LINK, ""), "").removeprefix("/")
                part = target if target.startswith("xl/") else f"xl/{target}"
                found[given.get("name", "")] = self._sheet(part)
        return found

    def _shared(self) -> Iterator[str]:
        if "xl/sharedStrings.xml" not in self.package.namelist():
            return
        text = ""
        for element, _, content in self._elements("xl/sharedStrings.xml"):
            # Phonetic hints stand inside the string and are no part of it; runs of other looks are.
            if element == _MAIN + "t":
                text += content
            elif element == _MAIN + "rPh":
                text = ""
            elif element == _MAIN + "si":
                yield text
                text = ""

    def _sheet(self, part: str) -> Rows:
        cells: dict[tuple[int, int], str] = {}
        merged: list[tuple[int, int, int, int]] = []
        value = inline = ""
        row = column = 0
        for element, given, content in self._elements(part):
            match element.removeprefix(_MAIN):
                case "v":
                    value = content
                case "t":
                    inline += content
                case "c":
                    row, column = _place(given.get("r", ""), row, column)
                    self._put(cells, row, column, _cell(given.get("t", "n"), value, inline, self.strings))
                    value = inline = ""
                case "row":
                    row, column = _counted(given.get("r", ""), row), 0
                case "mergeCell":
                    ends = [_place(end, 1, 0) for end in given.get("ref", "").split(":")]
                    if len(ends) == 2:
                        merged.append((*ends[0], *ends[1]))
        last = max((at for at, _ in cells), default=0)
        width = max((at for _, at in cells), default=0)
        filled = 0
        for top, left, bottom, right in merged:
            text = cells.get((top, left), "")
            filled += max(0, min(bottom, last) - top + 1) * max(0, min(right, width) - left + 1)
            if filled > ROWS * COLUMNS:
                raise FileProblem(f"{self.name}: merged areas lie over one another. Take the merging out.")
            for at in range(top, min(bottom, last) + 1):
                for across in range(left, min(right, width) + 1):
                    cells.setdefault((at, across), text)
        rows = ([cells.get((at, across), "") for across in range(1, width + 1)] for at in range(1, last + 1))
        return _limited(iter(rows), self.name)

    def _put(self, cells: dict[tuple[int, int], str], row: int, column: int, text: str) -> None:
        if not text:
            return
        if row > ROWS or column > COLUMNS:
            raise FileProblem(
                f"{self.name}: there are more than {ROWS} rows or {COLUMNS} columns. Export the answers alone."
            )
        # One shared string may stand in every cell, so that a small file holds far more than it has.
        self.characters += len(text)
        if self.characters > UNPACKED:
            raise FileProblem(f"{self.name}: the .xlsx holds far more text than answers do. Export the answers alone.")
        cells[row, column] = text

    def _elements(self, part: str) -> Iterator[tuple[str, dict[str, str], str]]:
        """Every element of a part as it ends: its name, its attributes and its own text."""
        if part not in self.package.namelist():
            raise FileProblem(f"{self.name}: the .xlsx has no {part}. Save it anew in Excel and try again.")
        parser = expat.ParserCreate(namespace_separator=" ")
        open_elements: list[tuple[str, dict[str, str], list[str]]] = []
        done: list[tuple[str, dict[str, str], str]] = []

        def begin(element: str, given: dict[str, str]) -> None:
            self.elements += 1
            if self.elements > ELEMENTS:
                raise FileProblem(
                    f"{self.name}: the .xlsx has more than {ELEMENTS} cells and parts. Export the answers alone."
                )
            if len(open_elements) > 50:
                raise FileProblem(f"{self.name}: the .xlsx is nested too deeply. Save it anew in Excel.")
            open_elements.append((element, given, []))

        def end(_: str) -> None:
            element, given, texts = open_elements.pop()
            done.append((element, given, "".join(texts)))

        def refuse(*_: object) -> None:
            raise FileProblem(f"{self.name}: the .xlsx holds declarations that no spreadsheet has. Do not use it.")

        parser.StartElementHandler = begin
        parser.EndElementHandler = end
        parser.CharacterDataHandler = lambda text: open_elements[-1][2].append(text) if open_elements else None
        parser.StartDoctypeDeclHandler = refuse
        parser.EntityDeclHandler = refuse
        with self.package.open(part) as content:
            size = 0
            # Large blocks, because a token that runs over many is looked through anew with each.
            while block := content.read(1 << 22):
                size += len(block)
                if size > UNPACKED:
                    raise FileProblem(f"{self.name}: the .xlsx unpacks to far more than it says. Do not use it.")
                parser.Parse(block, False)
                yield from done
                done.clear()
            parser.Parse(b"", True)
            yield from done


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    """Row and column of a cell, counted from 1: "C7" is 7, 3; without a reference the next one in the row."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})", reference)
    if found is None:
        return max(row, 1), column + 1
    across = 0
    for letter in found[1]:
        across = across * 26 + ord(letter) - 64
    return int(found[2]), across


def _counted(text: str, otherwise: int) -> int:
    """The whole number that a text is, where it is one of a length that a spreadsheet has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else otherwise


def _cell(kind: str, value: str, inline: str, strings: list[str]) -> str:
    match kind:
        case "s":
            number = _counted(value, len(strings))
            return strings[number] if number < len(strings) else ""
        case "inlineStr":
            return inline
        case "b":
            return {"1": "yes", "0": "no"}.get(value, value)
        case "e":
            return ""
        case "n":
            return value.removesuffix(".0")
    return value
