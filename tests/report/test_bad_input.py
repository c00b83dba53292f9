"""Reports where something goes wrong: a right report or one clear message, and never a part of a file."""

from __future__ import annotations

import errno
import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from partnerwizard.case.file import save_case
from partnerwizard.cli import main
from partnerwizard.report.blocks import Heading
from partnerwizard.report.compose import compose
from partnerwizard.report.export import FORMATS
from partnerwizard.report.html import render_html
from partnerwizard.report.pdf import render_with_warnings
from tests.report.cases import Material, material, usual, worked
from tests.report.reading import Page, pdf_text
from tests.report.test_paper import text_of
from tests.support import CASES, DAY, guidance

CASE = CASES / "frimley-2014.partnering"


def report(out: Path, to: str = "pdf", *more: str) -> int:
    return main(["report", str(CASE), "--to", to, "-o", str(out), "--date", str(DAY), *more])


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_room)


@pytest.mark.parametrize("to", FORMATS)
def test_a_full_disk_leaves_the_old_file_whole_and_says_so(
    to: str, tmp_path: Path, full_disk: None, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"report.{to}"
    out.write_bytes(b"the old report")
    assert report(out, to) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{out}: the file could not be written (")
    assert said.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    assert out.read_bytes() == b"the old report"


def test_a_file_that_another_program_holds_open_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def held(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "The process cannot access the file because it is used by another process")

    out = tmp_path / "report.xlsx"
    out.write_bytes(b"open in a spreadsheet")
    monkeypatch.setattr(Path, "replace", held)  # what Windows does where a program holds the file
    assert report(out, "xlsx") == 3
    said = capsys.readouterr().err
    assert "used by another process" in said
    assert said.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    assert out.read_bytes() == b"open in a spreadsheet"


def test_two_exports_at_once_leave_one_whole_report(tmp_path: Path) -> None:
    alone, out = tmp_path / "alone.pdf", tmp_path / "report.pdf"
    assert report(alone) == 0
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(lambda _: report(out), range(3))) == [0, 0, 0]
    assert out.read_bytes() == alone.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone.pdf", "report.pdf"]


def few_open(count: int) -> Material:
    """A case in which red lines leave so many forms open beside carrying on."""
    pack = guidance()
    _, _, found = usual()
    open_forms = list(dict.fromkeys(each.form for each in found.options if each.value is not None))
    today = found.reference.id
    kept = {*[form for form in open_forms if form != today][:count], today}
    closed = [form.id for form in pack.forms if form.id not in kept]
    return material(red_lines=[{"text": "Nothing else", "owner": "The board", "forms": closed}])


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_anything_open_is_a_whole_report(count: int) -> None:
    found = few_open(count)
    for length in ("full", "summary"):
        made = compose(*found, length)  # type: ignore[arg-type]
        Page(render_html(made))
        document, warnings = render_with_warnings(made)
        assert warnings == []
        assert "".join(found[2].verdict.sentence.split())[:40] in "".join(pdf_text(document).split())


def test_private_notes_of_any_length_stay_private() -> None:
    pack, case, appraisal = usual()
    notes = "SECRET " * 10_000
    noted = compose(pack, case.model_copy(update={"notes": notes}), appraisal)
    assert "SECRET" not in text_of(noted)
    assert "SECRET" not in render_html(noted)


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    _, case, _ = material(
        title="=HYPERLINK(\"https://example.org\") {{ 7*7 }} #eval('x') <b>שלום 🚀</b>",
        partners=[{"id": "p1", "name": "+44 @SUM(A1) \u202eנגד " + "x" * 200}],
    )
    path = tmp_path / "strange.partnering"
    save_case(case, path)
    return path


def test_strange_names_come_through_the_command_line_in_every_format(strange: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["report", str(strange), "--to", ",".join(FORMATS), "-o", str(out), "--date", str(DAY)]) == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(f"strange.{each}" for each in FORMATS)
    assert "<b>" not in (out / "strange.html").read_text(encoding="utf-8").partition("</head>")[0]
    with pikepdf.open(io.BytesIO((out / "strange.pdf").read_bytes())) as pdf:
        title = str(pdf.docinfo.Title)
    assert title.startswith('=HYPERLINK("https://example.org") {{ 7*7 }} #eval')


def test_the_wall_page_comes_from_the_command_line_as_pdf_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "wall.pdf"
    assert report(out, "pdf", "--length", "wall") == 0
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.pages[0].MediaBox[2] > pdf.pages[0].MediaBox[3]
    capsys.readouterr()
    assert report(tmp_path / "no", "pdf,html", "--length", "wall") == 2
    assert capsys.readouterr().err == (
        "--length wall: the page for the wall is a PDF. Add --to pdf, and make other formats apart.\n"
    )
    assert not (tmp_path / "no").exists()


def test_bookmarks_keep_the_space_where_a_heading_breaks_its_line() -> None:
    made = compose(*worked("frimley-2014"))
    heading = made.front[0]
    assert isinstance(heading, Heading)
    assert heading.tail
    document, _ = render_with_warnings(made)
    with pikepdf.open(io.BytesIO(document)) as pdf, pdf.open_outline() as outline:
        title = str(outline.root[0].title)
    assert title == f"{heading.text} {heading.tail}"
