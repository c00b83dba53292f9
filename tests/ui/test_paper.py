"""What the paper says about itself and how it looks, set on the report page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit

from partnerwizard.case.model import FrontSheet
from tests.ui.driving import Driver
from ui.pages.report import ReportPage
from ui.places import REPORT

ALT = Qt.KeyboardModifier.AltModifier


def report_page(driver: Driver) -> ReportPage:
    driver.window.go(REPORT)
    page = driver.window.page
    assert isinstance(page, ReportPage)
    return page


def test_the_front_sheet_is_filled_by_keyboard_and_undone_by_name(example: Driver) -> None:
    page, session = report_page(example), example.window.session
    example.press("Front sheet")
    example.tab_to("Meeting")
    example.type("Board of directors")
    for part, figures in (("day", "14"), ("month", "1"), ("year", "2027")):
        example.tab_to(f"Day of the meeting: {part}")
        example.type(figures)
    example.tab_to("For discussion")
    example.key(Qt.Key.Key_Up)
    example.key(Qt.Key.Key_Space)
    example.tab_to("Sponsor")
    example.type("Director of strategy")
    front = session.case.front
    assert front == FrontSheet(
        meeting="Board of directors", day=date(2027, 1, 14), purpose="decision", sponsor="Director of strategy"
    )
    assert "Board of directors, 14" in page.front.fold.accessibleName()
    while session.undo_name is not None:
        session.undo()
    assert session.case.front is None


def test_the_paper_leaves_the_advice_as_it_is(example: Driver) -> None:
    page, session = report_page(example), example.window.session
    before = session.appraisal
    for part in (page.front, page.start, page.look):
        part.fold.setChecked(True)
    page.front.lines["author"].given.emit("The strategy team")
    page.start.day.given.emit("2020-02-01")
    page.look.marking.given.emit("Confidential")
    example.appraised()
    assert session.appraisal == before
    assert session.case.look is not None
    assert session.case.look.marking == "Confidential"
    page.refresh()
    assert "before the day of the advice" in page.start.past.text()


def test_an_accent_that_cannot_be_read_is_said_beside_it(example: Driver) -> None:
    page, session = report_page(example), example.window.session
    example.click(page.look.fold)
    example.tab_to("Accent colour")
    example.type("#ffcc00")
    assert "Text needs 4.5 to 1" in page.look.contrast.text()
    assert page.look.swatch.isVisible()
    page.look.accent.field.selectAll()
    example.type("#00306")
    assert "Not a colour yet" in page.look.contrast.text()
    assert not page.look.swatch.isVisible()
    example.type("b")
    assert "good to read" in page.look.contrast.text()
    assert session.case.look is not None
    assert session.case.look.accent == "#00306b"


def test_a_logo_is_chosen_from_a_file_and_one_that_is_none_is_refused_in_one_sentence(
    example: Driver, tmp_path: Path
) -> None:
    page, session = report_page(example), example.window.session
    example.click(page.look.fold)
    wrong, right = tmp_path / "notes.png", tmp_path / "logo.png"
    wrong.write_text("no picture at all")
    picture = QImage(60, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    picture.save(str(right))
    example.name_file(wrong)
    example.click(page.look.choose)
    example.until(lambda: page.look.job is None and page.look.fault.isVisible())
    assert "neither PNG" in page.look.fault.text()
    assert session.case.look is None
    example.name_file(right)
    example.click(page.look.choose)
    example.until(lambda: page.look.job is None and session.case.look is not None)
    assert not page.look.fault.isVisible()
    assert page.look.picture.isVisible()
    example.click(page.look.remove)
    assert session.case.look is None


def test_the_page_for_the_wall_is_written_beside_the_report(example: Driver, tmp_path: Path) -> None:
    page = report_page(example)
    for kind, card in page.formats.items():
        card.setChecked(kind == "wall")
    page.folder.setText(str(tmp_path))
    assert "-wall.pdf" in page.names.text()
    example.shortcut(Qt.Key.Key_W, ALT)
    example.until(lambda: page.exporter.job is None)
    (written,) = tmp_path.glob("*.pdf")
    assert written.name.endswith("-wall.pdf")
    assert written.read_bytes().startswith(b"%PDF")


def test_a_second_report_is_not_begun_while_one_is_written(example: Driver, tmp_path: Path) -> None:
    page = report_page(example)
    page.folder.setText(str(tmp_path))
    page.write()
    job = page.exporter.job
    page.write()
    assert page.exporter.job is job
    assert "being written already" in page.state.text()
    example.until(lambda: page.exporter.job is None)


def test_a_day_that_is_none_stops_the_report_with_the_reason(example: Driver, tmp_path: Path) -> None:
    page = report_page(example)
    page.folder.setText(str(tmp_path))
    example.click(page.start.fold)
    for part, figures in (("day", "31"), ("month", "2"), ("year", "2027")):
        example.tab_to(f"Start of the timetable: {part}")
        assert isinstance(example.focus, QLineEdit)
        example.type(figures)
    example.shortcut(Qt.Key.Key_W, ALT)
    assert page.exporter.job is None
    assert "is not a date" in page.state.text()
    assert not list(tmp_path.glob("*.*"))


def test_templates_of_ones_own_are_tried_when_chosen_and_used_for_the_web_page(example: Driver, tmp_path: Path) -> None:
    page = report_page(example)
    example.click(page.templates.fold)
    bad, good, out = tmp_path / "bad", tmp_path / "good", tmp_path / "out"
    for folder, text in (
        (bad, "{{ nothing.at.all }}"),
        (good, "{% block foot %}<footer>Northmoor</footer>{% endblock %}"),
    ):
        folder.mkdir()
        (folder / "report.html.j2").write_text('{% extends "builtin/report.html.j2" %}' + text)
    (bad / "report.html.j2").write_text("{{ nothing.at.all }}")
    for folder in (bad, good):
        example.name_file(folder)
        example.click(page.templates.choose)
        example.until(lambda: page.templates.job is None)
        if folder is bad:
            assert "report.html.j2" in page.templates.fault.text()
            assert page.templates.folder is None
    assert page.templates.folder == good
    assert not page.templates.fault.isVisible()
    page.formats["pdf"].setChecked(False)
    page.folder.setText(str(out))
    example.click(example.window.footer.positive)
    example.until(lambda: page.exporter.job is None)
    (written,) = out.glob("*.html")
    assert "<footer>Northmoor</footer>" in written.read_text()
    (good / "report.html.j2").write_text("{{ nothing.at.all }}")
    example.click(example.window.footer.positive)
    example.until(lambda: page.exporter.job is None)
    assert "used instead" in page.state.text()
    assert "<footer>Northmoor</footer>" not in written.read_text()
    example.click(page.templates.own)
    assert page.templates.folder is None
