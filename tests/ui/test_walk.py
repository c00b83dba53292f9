"""From the start page to an exported report without a mouse."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from partnerwizard.appraisal.model import Appraisal
from tests.ui.driving import Driver
from ui.pages.report import ReportPage
from ui.places import REPORT, RESULT
from ui.widgets.choice import RadioCard

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def choose(driver: Driver, title: str) -> None:
    """Tabs into a question's answers and goes to one of them by the arrows."""
    cards = [each for each in driver.window.page.findChildren(RadioCard) if each.title == title and each.isVisible()]
    assert cards, f"no answer {title!r} in view"
    group = cards[0].group()
    for _ in range(250):
        held = driver.focus
        if isinstance(held, RadioCard) and held.group() is group:
            break
        driver.key(Qt.Key.Key_Tab)
    for _ in range(20):
        if driver.focus is cards[0]:
            break
        driver.key(Qt.Key.Key_Down)
    driver.key(Qt.Key.Key_Space)
    assert cards[0].isChecked()


def test_from_the_start_page_to_an_exported_report_by_keyboard_alone(driver: Driver, tmp_path: Path) -> None:
    window, session = driver.window, driver.window.session

    driver.tab_to("New case")
    driver.key(Qt.Key.Key_Space)
    assert window.here == "problem"

    driver.tab_to("What is wrong, in your own words")
    driver.type("The rota cannot be filled")
    driver.press("Too few staff to be had: surely")
    driver.press("Too small: probably")
    assert session.case.problem == "The rota cannot be filled"
    assert session.case.held_causes == ("staff-supply", "subscale")
    driver.go_on()

    assert window.here == "hunch"
    driver.go_on()

    assert window.here == "mandate"
    choose(driver, "Our own choice")
    driver.go_on()

    assert window.here == "reach"
    choose(driver, "One clinical service")
    driver.go_on()

    assert window.here == "partners"
    driver.tab_to("Name of a possible partner")
    driver.type("Eastmarsh Hospitals")
    driver.key(Qt.Key.Key_Return)
    assert [partner.name for partner in session.case.partners] == ["Eastmarsh Hospitals"]
    choose(driver, "Strong")
    driver.go_on()

    assert window.here == "arrangement"
    choose(driver, "Practical support")
    driver.go_on()

    assert window.here == "aims"
    driver.press("The fragile service can go on")
    driver.press("Clinical quality and safety")
    driver.tab_to("Number 2 of 2: Clinical quality")
    driver.key(Qt.Key.Key_Up, ALT)
    assert session.case.aims == (("clinical-quality",), ("fragile-services",))
    driver.go_on()

    assert window.here == "red-lines"
    driver.press("Add a red line")
    driver.type("Emergency surgery stays")
    driver.tab_to("Whose line is it?")
    driver.type("The council of governors")
    driver.press("It closes certain forms")
    driver.press("Merger")
    driver.press("Add this red line")
    assert session.case.red_lines[0].forms == ("merger",)
    driver.go_on()

    assert window.here == "terms"
    driver.press("Time until it helps")
    driver.press("Use these figures")
    assert session.case.swing == (40, 60)
    driver.go_on()

    assert window.here == RESULT
    driver.appraised()
    appraisal: Appraisal | None = session.appraisal
    assert appraisal is not None
    assert appraisal.verdict.kind != "not-enough-known"
    driver.shortcut(Qt.Key.Key_R, ALT)

    assert window.here == REPORT
    page = window.page
    assert isinstance(page, ReportPage)
    field = driver.tab_to("Folder for the report")
    assert isinstance(field, QLineEdit)
    field.selectAll()
    driver.type(str(tmp_path / "out"))
    driver.shortcut(Qt.Key.Key_W, ALT)
    driver.until(lambda: page.exporter.job is None and bool(list((tmp_path / "out").glob("*.pdf"))))
    assert (tmp_path / "out" / "partnering-report.html").stat().st_size > 10_000
    assert (tmp_path / "out" / "partnering-report.pdf").read_bytes().startswith(b"%PDF")
    assert "Written" in page.state.text()


def test_saving_by_keyboard_writes_a_case_that_opens_again(driver: Driver, tmp_path: Path) -> None:
    driver.press("New case")
    driver.tab_to("What is wrong, in your own words")
    driver.type("Deficit")
    path = tmp_path / "ours.partnering"
    driver.name_file(path)
    driver.shortcut(Qt.Key.Key_S, CTRL)
    driver.until(path.exists)
    assert not driver.window.session.modified
    assert driver.window.session.read(path).problem == "Deficit"
    assert "saved" in driver.window.header.state.text()


def test_continue_explains_itself_on_an_untouched_step_and_skip_goes_on(driver: Driver) -> None:
    driver.press("New case")
    driver.go_on()
    assert driver.window.here == "problem"
    notice = driver.window.page.notice  # type: ignore[attr-defined]
    assert notice.isVisible()
    assert "Skip for now" in notice.text()
    driver.shortcut(Qt.Key.Key_K, ALT)
    assert driver.window.here == "hunch"


def test_the_step_list_is_one_stop_and_arrows_go_through_it(driver: Driver) -> None:
    driver.press("New case")
    driver.shortcut(Qt.Key.Key_L, CTRL)
    assert driver.focus.accessibleName().startswith("What is wrong")
    for _ in range(3):
        driver.key(Qt.Key.Key_Down)
    driver.key(Qt.Key.Key_Space)
    assert driver.window.here == "reach"
