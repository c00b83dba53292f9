"""Checks of a PDF report: its profiles, its structure, its syntax and its length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from verify import programs
from verify.outcome import Missing, Verdict

_LENGTH_RULE = "PDFA2A-STREAM-LENGTH-001"
_STREAM = re.compile(rb"(\d+)\s+(\d+)\s+obj\b((?:(?!endobj|\bobj\b).)*?)\bstream(\r\n|\n)", re.DOTALL)
# PDF/A wants an end of line before endstream, and /Length does not count it.
_AFTER = re.compile(rb"(?:\r\n|\n|\r)endstream\b")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?:\s+(\d+)\s+R)?")

SUMMARY_PAGES = 2
BODY_PAGES = 12


# --- profiles ----------------------------------------------------------------------------------------------------
def stream_lengths(data: bytes) -> tuple[list[str], int]:
    """Read each stream's /Length off the bytes: those that are wrong, and how many streams merely end in CR.

    A stream whose last byte is CR, followed by the LF before endstream, looks to some checkers as if CR LF ended
    it one byte early. Its length is right all the same.
    """
    wrong, ends_in_return, position = [], 0, 0
    while (found := _STREAM.search(data, position)) is not None:
        name = f"object {int(found[1])}"
        # Nested dictionaries of a stream have no /Length of their own in what we write; the last one is the stream's.
        given = _LENGTH.findall(found[3])
        if not given:
            wrong.append(f"{name} is a stream without /Length")
            position = found.end()
            continue
        number, generation = given[-1]
        length = int(number)
        if generation:
            other = re.search(rb"(?:^|[\r\n ])%s\s+%s\s+obj\s+(\d+)" % (number, generation), data)
            length = int(other[1]) if other else -1
        end = found.end() + length
        if length < 0 or _AFTER.match(data, end) is None:
            wrong.append(f"{name}: endstream does not follow after /Length {length}")
            position = found.end()
            continue
        ends_in_return += data[end - 1 : end] == b"\r"
        position = end
    return wrong, ends_in_return


def profile(path: Path, name: str) -> Verdict:
    """Conformance with PDF/UA-1 or PDF/A-2a as far as page-validation sees it."""
    try:
        import page
    except ImportError:
        raise Missing("the Python package page-validation is not installed; tools/setup.sh run test verify") from None
    profiles = {"PDF/UA-1": page.ValidationProfile.PDF_UA_1, "PDF/A-2a": page.ValidationProfile.PDF_A_2A}
    try:
        found = page.validate_pdf(str(path), profile=profiles[name])
    except page.PageError as error:
        return Verdict((f"it cannot be read: {error}",))
    wrong, ends_in_return = stream_lengths(path.read_bytes())
    problems = wrong
    note = f"{found.rules.passed} of {found.rules.total} rules passed"
    for failure in found.failures:
        if failure.rule_id == _LENGTH_RULE and ends_in_return and not wrong:
            note += f", {_LENGTH_RULE} is a false alarm ({ends_in_return} streams end in CR, every length is right)"
        else:
            problems.append(f"{failure.rule_id}: {failure.message}")
    return Verdict(tuple(problems), note=note)


# --- structure ---------------------------------------------------------------------------------------------------
def _elements(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Every structure element in reading order, with its kind and the kinds above it."""
    for each in node if isinstance(node, pikepdf.Array) else [node]:
        if isinstance(each, pikepdf.Dictionary) and "/S" in each:
            kind = str(each.S)[1:]
            yield kind, each, path
            if "/K" in each:
                yield from _elements(each.K, (*path, kind))


def _children(element: Any) -> list[Any]:
    kids = element.get("/K", pikepdf.Array())
    return [
        each for each in (kids if isinstance(kids, pikepdf.Array) else [kids]) if isinstance(each, pikepdf.Dictionary)
    ]


def _cells(row: Any) -> tuple[int, int]:
    """How many columns a row fills, and how many of its cells are headers."""
    columns = headers = 0
    for cell in _children(row):
        kind = str(cell.get("/S", ""))
        if kind not in ("/TH", "/TD"):
            continue
        given = cell.get("/A", pikepdf.Array())
        spans = [
            int(each.get("/ColSpan", 1))
            for each in (given if isinstance(given, pikepdf.Array) else [given])
            if isinstance(each, pikepdf.Dictionary)
        ]
        columns += max(spans, default=1)
        headers += kind == "/TH"
    return columns, headers


def _table(table: Any, number: int) -> list[str]:
    rows = []
    for each in _children(table):
        kind = str(each.get("/S", ""))
        rows += [each] if kind == "/TR" else _children(each) if kind in ("/THead", "/TBody", "/TFoot") else []
    if not rows:
        return [f"table {number} has no rows"]
    counted = [_cells(row) for row in rows]
    problems = []
    if counted[0][1] == 0:
        problems.append(f"table {number} has no header cells in its first row")
    if len({columns for columns, _ in counted}) > 1:
        problems.append(f"table {number} has rows of {sorted({columns for columns, _ in counted})} columns")
    return problems


def _tags(root: Any) -> tuple[list[str], str]:
    if "/StructTreeRoot" not in root or not root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False):
        return ["it is not tagged"], "no tags"
    problems, before, tables, figures, headings = [], 0, 0, 0, 0
    for kind, element, above in _elements(root.StructTreeRoot.get("/K", pikepdf.Array())):
        if kind == "Figure":
            figures += 1
            if len(str(element.get("/Alt", "")).strip()) < 3:
                problems.append(f"figure {figures} has no alternative text")
        elif kind == "Table":
            tables += 1
            problems += _table(element, tables)
        elif re.fullmatch(r"H[1-6]", kind):
            headings += 1
            level = int(kind[1])
            if headings == 1 and level != 1:
                problems.append(f"the first heading is of level {level}")
            elif level > before + 1:
                problems.append(f"heading {headings} is of level {level} after one of level {before}")
            before = level
        elif kind == "LI" and above[-1:] != ("L",):
            problems.append("a list item stands outside a list")
    if not headings:
        problems.append("it has no heading")
    return problems, f"{headings} headings, {tables} tables, {figures} figures"


def _fonts(document: pikepdf.Pdf) -> tuple[list[str], int]:
    problems, names = [], set()
    for each in document.objects:
        if not isinstance(each, pikepdf.Dictionary) or each.get("/Type") != "/Font" or each.get("/Subtype") == "/Type0":
            continue
        name = str(each.get("/BaseFont", "/?"))[1:]
        names.add(name)
        if each.get("/Subtype") == "/Type3":
            continue
        descriptor = each.get("/FontDescriptor", pikepdf.Dictionary())
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            problems.append(f"the font {name} is not embedded")
    if not names:
        problems.append("it has no fonts, so no text")
    return problems, len(names)


def _bookmarks(document: pikepdf.Pdf) -> list[str]:
    with document.open_outline() as outline:
        titles: list[str] = []
        level = list(outline.root)
        while level:
            titles += [str(each.title) for each in level]
            level = [child for each in level for child in each.children]
    return titles


def _runs_by_itself(document: pikepdf.Pdf) -> list[str]:
    problems = [f"it runs something when opened ({key})" for key in ("/OpenAction", "/AA") if key in document.Root]
    problems += [
        f"it has an action of the kind {each.S}"
        for each in document.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") in ("/JavaScript", "/Launch", "/SubmitForm")
    ]
    if "/EmbeddedFiles" in document.Root.get("/Names", pikepdf.Dictionary()):
        problems.append("it carries other files")
    return problems


def structure(path: Path) -> Verdict:
    """What a screen reader needs and what must not be there, read off the file with pikepdf."""
    warnings = []
    with pikepdf.open(path) as document:
        root: Any = document.Root
        problems, note = _tags(root)
        if not str(document.docinfo.get("/Title", "")).strip():
            problems.append("it has no title")
        if not root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle", False):
            problems.append("a reader's window shows the file's name instead of its title")
        if not re.fullmatch(r"en(-[A-Za-z]+)?", str(root.get("/Lang", ""))):
            problems.append(f"its language is {str(root.get('/Lang', '')) or 'not said'}, and not English")
        missing, fonts = _fonts(document)
        titles = _bookmarks(document)
        if not titles:
            problems.append("it has no bookmarks")
        # A line break in a heading leaves no space in its bookmark.
        warnings += [
            f"words run together in a bookmark: {each[:100]!r}"
            for each in titles
            if re.search(r"[a-z][:;.?!][A-Za-z]{2}", each)
        ]
        problems += missing + _runs_by_itself(document)
    return Verdict(tuple(problems), tuple(warnings), f"{note}, {fonts} fonts, {len(titles)} bookmarks")


# --- syntax and length -------------------------------------------------------------------------------------------
def syntax(path: Path) -> Verdict:
    """What qpdf finds: it ends with 0, or with 2 and 3 for errors and warnings."""
    done = programs.run(programs.program("qpdf"), "--check", path)
    lines = [
        line for line in (done.err + done.out).splitlines() if re.search(r"error|warning|damaged", line, re.IGNORECASE)
    ]
    lines = [line for line in lines if not line.startswith(("No syntax", "errors that qpdf"))]
    lines = [line.replace(str(path), path.name) for line in lines]
    return (
        Verdict(tuple(lines or [f"qpdf ended with {done.status}"]))
        if done.status
        else Verdict(note="no errors, no warnings")
    )


def _first_appendix(document: pikepdf.Pdf) -> int | None:
    """The page (from 1) on which the first appendix starts, by its bookmark."""
    numbers: dict[Any, int] = {each.objgen: number for number, each in enumerate(document.pages, 1)}
    with document.open_outline() as outline:
        level = list(outline.root)
        while level:
            for each in level:
                if str(each.title).startswith("Appendix"):
                    given: Any = each.destination
                    if given is None and each.action is not None:
                        given = each.action.get("/D")
                    if isinstance(given, pikepdf.Array) and len(given):
                        return numbers.get(given[0].objgen)
            level = [child for each in level for child in each.children]
    return None


def pages(path: Path, length: str) -> Verdict:
    """The number of pages; too many of them is a warning for now."""
    with pikepdf.open(path) as document:
        count = len(document.pages)
        appendix = _first_appendix(document)
    warnings = []
    note = f"{count} pages"
    if length == "summary" and count > SUMMARY_PAGES:
        warnings.append(f"the summary has {count} pages, and should have {SUMMARY_PAGES}")
    if length == "full":
        if appendix is None:
            warnings.append("no bookmark names the first appendix, so the body's pages cannot be counted")
        else:
            note += f", {appendix - 1} before the appendices"
            if appendix - 1 > BODY_PAGES:
                warnings.append(f"the body has {appendix - 1} pages, and should have at most {BODY_PAGES}")
    return Verdict((), tuple(warnings), note)
