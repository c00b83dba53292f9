"""The checkers of make verify find what they are there to find, as far as they need no browser and no other program.

`make verify` itself breaks whole reports and shows that every check finds it; here are the small parts.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from verify import ink, outcome, pdf, programs
from verify.broken import HTML, PDF, NoPlace
from verify.outcome import Ledger, Missing, Verdict

from partnerwizard.report.compose import compose
from partnerwizard.report.html import render_html
from partnerwizard.report.pdf import render_pdf
from tests.support import appraised, case_of, orchestras

HERE = programs.ROOT / "tools" / "verify"
MARGINS = ink.Margins(top=25, bottom=22, side=18, ascent=6, descent=6)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a summary as HTML and PDF."""
    pack = orchestras()
    case = case_of(pack)
    folder = tmp_path_factory.mktemp("summary")
    made = compose(pack, case, appraised(pack, case), "summary")
    (folder / "report.html").write_text(render_html(made), encoding="utf-8")
    (folder / "report.pdf").write_bytes(render_pdf(made))
    return folder


# --- bytes of streams --------------------------------------------------------------------------------------------
def _object(length: str, data: bytes, end: bytes = b"\n") -> bytes:
    return b"7 0 obj\n<< /Length " + length.encode() + b" >>\nstream\n" + data + end + b"endstream\nendobj\n"


@pytest.mark.parametrize(
    ("data", "wrong", "returns"),
    [
        (_object("5", b"abcde"), 0, 0),
        (_object("5", b"abcd\r"), 0, 1),
        (_object("4", b"abcd\r"), 0, 0),  # CR LF is one end of line: four bytes is a right answer too
        (_object("6", b"abcde"), 1, 0),
        (_object("4", b"abcde"), 1, 0),
        (_object("5", b"abcde", b""), 1, 0),
        (_object("9 0 R", b"abcde") + b"9 0 obj\n5\nendobj\n", 0, 0),
        (_object("9 0 R", b"abcde") + b"9 0 obj\n3\nendobj\n", 1, 0),
        (_object("9 0 R", b"abcde"), 1, 0),
        (_object("18", b"stream\n1 0 obj <<>"), 0, 0),
    ],
)
def test_lengths_are_read_off_the_bytes(data: bytes, wrong: int, returns: int) -> None:
    problems, ends_in_return = pdf.stream_lengths(b"%PDF-1.7\n" + data)
    assert (len(problems), ends_in_return) == (wrong, returns), problems


def test_every_stream_of_a_report_is_seen(report: Path) -> None:
    data = (report / "report.pdf").read_bytes()
    assert pdf.stream_lengths(data)[0] == []
    with pikepdf.open(io.BytesIO(data)) as document:
        streams = sum(isinstance(each, pikepdf.Stream) for each in document.objects)
    seen = 0
    position = 0
    while (found := pdf._STREAM.search(data, position)) is not None:
        seen += 1
        position = data.index(b"endstream", found.end())
    assert seen >= streams > 0


def test_only_a_false_alarm_about_lengths_is_allowed(tmp_path: Path, report: Path) -> None:
    pytest.importorskip("page")
    with pikepdf.open(report / "report.pdf") as document:
        page = document.pages[0]
        page.contents_coalesce()
        page.obj.Contents = document.make_stream(page.obj.Contents.read_bytes() + b" \r")
        document.save(tmp_path / "return.pdf", compress_streams=False, preserve_pdfa=True)
    allowed = pdf.profile(tmp_path / "return.pdf", "PDF/A-2a")
    assert allowed.problems == ()
    data = (tmp_path / "return.pdf").read_bytes()
    place = data.index(b" \r\nendstream")
    (tmp_path / "wrong.pdf").write_bytes(data[:place] + b"\nendstream" + b"  " + data[place + 12 :])
    assert pdf.profile(tmp_path / "wrong.pdf", "PDF/A-2a").problems


# --- structure ---------------------------------------------------------------------------------------------------
def test_a_report_is_sound(report: Path) -> None:
    assert pdf.structure(report / "report.pdf").problems == ()


@pytest.mark.parametrize("each", [each for each in PDF if each.check == "structure"], ids=lambda each: each.name)
def test_broken_structure_is_found(tmp_path: Path, report: Path, each) -> None:
    try:
        each.of(report / "report.pdf", tmp_path / "broken.pdf")
    except NoPlace:
        pytest.skip("the small report has no place to break")
    assert any(each.says in problem for problem in pdf.structure(tmp_path / "broken.pdf").problems)


@pytest.mark.parametrize("each", HTML, ids=lambda each: each.name)
def test_html_can_be_broken(tmp_path: Path, report: Path, each) -> None:
    try:
        each.of(report / "report.html", tmp_path / "broken.html")
    except NoPlace:
        pytest.skip("the small report has no place to break")
    assert (tmp_path / "broken.html").read_bytes() != (report / "report.html").read_bytes()


def test_pages_are_counted(tmp_path: Path, report: Path) -> None:
    assert pdf.pages(report / "report.pdf", "summary").warnings == ()
    next(each for each in PDF if each.check == "pages").of(report / "report.pdf", tmp_path / "long.pdf")
    assert "should have 2" in pdf.pages(tmp_path / "long.pdf", "summary").warnings[0]
    assert pdf.pages(tmp_path / "long.pdf", "full").warnings


# --- ink and words -----------------------------------------------------------------------------------------------
def test_the_margins_are_those_of_the_template() -> None:
    assert ink.margins(programs.ROOT / "report_templates" / "report.typ").side > 10


def test_a_template_without_margins_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.typ").write_text("#set page(margin: 2cm)")
    with pytest.raises(ValueError, match="margins"):
        ink.margins(tmp_path / "x.typ")


@pytest.mark.parametrize(
    ("left", "top", "where"),
    [
        (100, 100, ""),
        (10, 100, "left of the margin"),
        (198, 100, "right of the margin"),
        (100, 12, ""),
        (100, 22, "between header and text"),
        (100, 285, ""),
        (100, 278, "between text and footer"),
        (100, 2, "upper edge"),
        (100, 295, "lower edge"),
    ],
)
def test_ink_outside_the_margins_is_found(left: float, top: float, where: str) -> None:
    page = np.full((1169, 827), 255, np.uint8)
    assert ink.outside(page, MARGINS) == []
    row, column = round(top / 25.4 * 100), round(left / 25.4 * 100)
    page[row : row + 3, column : column + 3] = 90
    found = ink.outside(page, MARGINS)
    assert len(found) == bool(where)
    assert where in "".join(found)


def test_words_on_one_another_are_found() -> None:
    one = ink.Word(10, 10, 40, 20, "one")
    beside, below, on = (
        ink.Word(41, 10, 60, 20, "two"),
        ink.Word(10, 19, 40, 29, "below"),
        ink.Word(35, 11, 60, 21, "on"),
    )
    assert ink.overlaps([one, beside, below]) == []
    assert [(a.text, b.text) for a, b in ink.overlaps([one, on])] == [("one", "on")]


# --- what is said ------------------------------------------------------------------------------------------------
def test_a_skip_is_seen_and_fails_where_nothing_may_be_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    for strict, status in ((False, 0), (True, 1)):
        ledger = Ledger(strict=strict)
        with ledger.part("a part"):
            raise Missing("no tool; on Debian: apt-get install tool")
        assert ledger.close() == status
        said = capsys.readouterr().out
        assert "SKIPPED: a part" in said
        assert "1 SKIPPED" in said


def test_a_part_that_breaks_off_fails(capsys: pytest.CaptureFixture[str]) -> None:
    ledger = Ledger()
    with ledger.part("a part"):
        raise OSError("disk full")
    assert ledger.close() == 1
    assert "it broke off: OSError: disk full" in capsys.readouterr().out


def test_problems_fail_and_warnings_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    ledger = Ledger()
    ledger.add("check", "one.pdf", Verdict(warnings=("odd",), note="3 pages"))
    assert ledger.close() == 0
    ledger.add("check", "two.pdf", Verdict(problems=tuple(f"bad {number}" for number in range(outcome.SHOWN + 2))))
    assert ledger.close() == 1
    said = capsys.readouterr().out
    assert "and 2 more" in said
    assert "certified" not in said


def test_a_missing_program_names_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(Missing, match="apt-get install qpdf"):
        programs.program("qpdf")
    with pytest.raises(Missing, match="apt-get install chromium"):
        programs.browser()


def test_the_lock_of_the_node_packages_has_hashes_and_no_address() -> None:
    text = (HERE / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    assert "resolved" not in text
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads(text)["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all(each["integrity"].startswith("sha512-") for name, each in locked.items() if name)
