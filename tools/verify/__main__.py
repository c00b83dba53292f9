"""Makes the reports of three cases and checks them; every check is first shown to fail on a broken report.

    PYTHONPATH=tools .venv/bin/python -m verify [--no-self-test] [FILE ...]

With files it checks those (HTML and PDF) instead of making reports. VERIFY_STRICT=1 makes a skipped check a failure.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pikepdf

from verify import access, html, ink, material, pdf, programs
from verify.broken import HTML, PDF, Break, NoPlace
from verify.browser import Browser
from verify.outcome import Ledger, Missing, Verdict

Check = Callable[[Path], Verdict]

_TEMPLATE = programs.ROOT / "report_templates" / "report.typ"
_OFFICE = programs.ROOT / "tools" / "verify_office.py"


def _read(check: Check, path: Path) -> Verdict:
    """What a check says of a PDF; one that cannot be read at all is a problem too."""
    try:
        return check(path)
    except pikepdf.PdfError as error:
        return Verdict((f"it cannot be read: {str(error).replace(str(path), path.name)}",))


def _length(path: Path) -> str:
    return path.parent.name if path.parent.name in material.LENGTHS else ""


def _pdf_checks() -> dict[str, Check]:
    allowed = ink.margins(_TEMPLATE)
    return {
        "PDF/UA-1": partial(pdf.profile, name="PDF/UA-1"),
        "PDF/A-2a": partial(pdf.profile, name="PDF/A-2a"),
        "structure": pdf.structure,
        "qpdf": pdf.syntax,
        "margins": partial(ink.drawn, allowed=allowed),
        "words": ink.words,
        "pages": lambda path: pdf.pages(path, _length(path)),
    }


def _check(ledger: Ledger, name: str, check: Check, files: list[Path], shown: Callable[[Path], str]) -> None:
    """Make one check of all files; a missing tool is said once."""
    try:
        for path in files:
            ledger.add(name, shown(path), _read(check, path))
    except Missing as missing:
        ledger.skip(name, str(missing))


def _pages(ledger: Ledger, files: list[Path], shown: Callable[[Path], str]) -> None:
    axe, executable = programs.axe(), programs.browser()
    with Browser(executable, programs.BUILD) as browser:
        for path in files:
            for view in html.VIEWS:
                ledger.add(view.name, shown(path), html.look(browser, path, view, axe))


def _markup(ledger: Ledger, files: list[Path], shown: Callable[[Path], str]) -> None:
    for path, verdict in html.grammar(files).items():
        ledger.add("vnu", shown(path), verdict)


# --- the checks are checked --------------------------------------------------------------------------------------
def _found(ledger: Ledger, each: Break, before: Verdict, after: Verdict) -> None:
    """A broken copy must be told from the whole file by what is said of it."""
    said = [text for text in (*after.problems, *after.warnings) if text not in (*before.problems, *before.warnings)]
    hits = [text for text in said if each.says in text]
    if hits:
        ledger.add(f"self-test: {each.check}", each.name, Verdict(note=f"found: {hits[0][:90]}"))
    else:
        ledger.add(f"self-test: {each.check}", each.name, Verdict((f"not found (it said: {said[:3]})",)))


def _broken(ledger: Ledger, breaks: tuple[Break, ...], name: str, source: Path) -> dict[Path, Break]:
    """Copies of a report, each broken in a way that the check of this name must find."""
    # The folder's own name tells the length of the report.
    folder = programs.BUILD / "broken" / name.replace("/", "") / source.parent.name
    folder.mkdir(parents=True, exist_ok=True)
    copies = {}
    for number, each in enumerate(each for each in breaks if each.check == name):
        copy = folder / f"{number}{source.suffix}"
        try:
            each.of(source, copy)
        except NoPlace as problem:
            verdict = Verdict((f"the report has no place to break: {problem}",))
            ledger.add(f"self-test: {name}", each.name, verdict)
        else:
            copies[copy] = each
    return copies


def _self_test_pages(ledger: Ledger, source: Path) -> None:
    axe, executable = programs.axe(), programs.browser()
    # The narrow light view: everything that a broken copy has is to be seen in it.
    view = html.View(dark=False, width=390)
    with Browser(executable, programs.BUILD) as browser:
        whole = html.look(browser, source, view, axe)
        for copy, each in _broken(ledger, HTML, "browser", source).items():
            _found(ledger, each, whole, html.look(browser, copy, view, axe))


def _self_test_markup(ledger: Ledger, source: Path) -> None:
    copies = _broken(ledger, HTML, "vnu", source)
    verdicts = html.grammar([source, *copies])
    for copy, each in copies.items():
        _found(ledger, each, verdicts[source], verdicts[copy])


def _self_test_pdf(ledger: Ledger, source: Path) -> None:
    for name, check in _pdf_checks().items():
        try:
            whole = check(source)
            for copy, each in _broken(ledger, PDF, name, source).items():
                _found(ledger, each, whole, _read(check, copy))
        except Missing as missing:
            ledger.skip(f"self-test: {name}", str(missing))


# --- the window --------------------------------------------------------------------------------------------------
_NAMELESS = ("a push button has no name", "a text has no name", "a check box has no name", "there is no heading")


def _window(ledger: Ledger, *, self_test: bool) -> None:
    """The wizard through the accessibility tree alone, and a bad window that must be told from it."""
    ledger.add("accessibility tree", "start page to report", access.walk())
    if self_test:
        said = access.look_at_nameless()
        for wanted in _NAMELESS:
            found = any(wanted in each for each in said)
            verdict = Verdict(note="found") if found else Verdict((f"not found (it said: {said[:4]})",))
            ledger.add("self-test: accessibility", wanted, verdict)


# --- Word and Excel ----------------------------------------------------------------------------------------------
def _office(ledger: Ledger) -> None:
    """The round trips through LibreOffice, by their own program."""
    if not _OFFICE.is_file():
        ledger.later("Word and Excel", "tools/verify_office.py is not there yet, so neither is opened in LibreOffice")
        return
    programs.program("soffice")
    done = programs.run(sys.executable, _OFFICE, seconds=900)
    lines = [line.rstrip() for line in done.out.splitlines() if line.strip()]
    if done.status:
        said = [line.strip() for line in (*lines, *done.err.strip().splitlines()[-3:])]
        ledger.add("Word and Excel", _OFFICE.name, Verdict((*said, f"it ended with {done.status}")))
        return
    for line in lines:
        print(f"         {line}")
    # It makes its reports itself, and breaks copies of them as well.
    ledger.add("Word and Excel", _OFFICE.name, Verdict(note=f"{len(lines) - 1} cases, and broken copies were found"))


def _check_all(ledger: Ledger, pages: list[Path], documents: list[Path], shown: Callable[[Path], str]) -> None:
    if pages:
        with ledger.part("HTML in headless Chromium: axe-core, console, requests, width"):
            _pages(ledger, pages, shown)
        with ledger.part("HTML by the Nu Html Checker"):
            _markup(ledger, pages, shown)
    if documents:
        with ledger.part("PDF: profiles, structure, syntax, drawn pages"):
            for name, check in _pdf_checks().items():
                _check(ledger, name, check, documents, shown)


def main() -> int:
    """Make the reports, check the checks, check the reports."""
    parser = argparse.ArgumentParser(prog="verify", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--no-self-test", action="store_true", help="leave out the broken copies")
    given = parser.parse_args()
    ledger = Ledger(strict=os.environ.get("VERIFY_STRICT") == "1")
    programs.BUILD.mkdir(parents=True, exist_ok=True)

    print("--- checked with")
    for line in programs.versions():
        print(f"         {line}")
    if given.files:
        pages = [path for path in given.files if path.suffix == ".html"]
        _check_all(ledger, pages, [path for path in given.files if path.suffix == ".pdf"], lambda path: path.name)
        return ledger.close()

    made = None
    with ledger.part("the reports that are checked"):
        try:
            made = material.make(programs.BUILD / "reports")
            ledger.add(
                "made", "build/verify/reports", Verdict(note=f"3 cases, 2 lengths, {', '.join(made.formats)}; books")
            )
        except material.NotMade as problem:
            ledger.add("made", "build/verify/reports", Verdict((str(problem),)))
    if made is None:
        return ledger.close()
    _check_all(ledger, [*made.files("html"), made.book, made.guide], made.files("pdf"), made.name)
    with ledger.part("Word and Excel through LibreOffice"):
        _office(ledger)
    with ledger.part("the window through the accessibility tree alone"):
        _window(ledger, self_test=not given.no_self_test)
    if not given.no_self_test:
        example = next(path for path in made.files("html") if path.stem != "empty" and _length(path) == "summary")
        with ledger.part("each check fails on a broken report: browser"):
            _self_test_pages(ledger, example)
        with ledger.part("each check fails on a broken report: vnu"):
            _self_test_markup(ledger, example)
        with ledger.part("each check fails on a broken report: PDF"):
            _self_test_pdf(ledger, example.with_suffix(".pdf"))
    return ledger.close()


if __name__ == "__main__":
    sys.exit(main())
