"""Every change can be taken back, by name, down to the case one started with."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt

from tests.ui.driving import Driver
from tests.ui.test_walk import choose
from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def test_undo_to_the_start_gives_the_empty_case_and_redo_brings_all_back(driver: Driver) -> None:
    session = driver.window.session
    driver.press("New case")
    empty = session.case
    driver.press("Culture: surely")
    driver.window.go("mandate")
    choose(driver, "Mandated")
    driver.window.go("partners")
    driver.tab_to("Name of a possible partner")
    driver.type("A")
    driver.key(Qt.Key.Key_Return)
    driver.window.go("aims")
    driver.press("Access and waiting times")
    full = session.case
    names = []
    while session.undo_name is not None:
        names.append(session.undo_name)
        driver.shortcut(Qt.Key.Key_Z, CTRL)
    assert session.case == empty
    assert not session.modified
    assert names[-1] == "Culture: surely"
    assert "Choice or mandate: Mandated" in names
    while session.redo_name is not None:
        driver.shortcut(Qt.Key.Key_Z, CTRL_SHIFT)
    assert session.case == full


def test_the_header_and_the_menu_name_what_undo_takes_back(driver: Driver) -> None:
    driver.press("New case")
    driver.press("Culture: surely")
    assert driver.window.header.undo.text() == "Undo “Culture: surely”"
    assert driver.window.menus.undo.text() == "&Undo “Culture: surely”"
    driver.click(driver.window.header.undo)
    assert driver.window.header.undo.text() == "Undo"
    assert driver.window.header.redo.isVisible()


def test_undo_clears_the_mark_on_the_page(driver: Driver) -> None:
    driver.press("New case")
    driver.go_on()
    driver.window.go("reach")
    choose(driver, "One clinical service")
    driver.shortcut(Qt.Key.Key_Z, CTRL)
    page = driver.window.page
    (editor,) = [each for (question, _), each in page._editors.items() if question == "reach"]  # type: ignore[attr-defined]
    assert not any(card.isChecked() for card in editor._answers.cards.values())


def test_choosing_the_same_answer_again_is_no_change(driver: Driver) -> None:
    driver.press("New case")
    driver.window.go("reach")
    choose(driver, "One clinical service")
    given = driver.window.session.case.answers["reach"].at
    driver.key(Qt.Key.Key_Space)
    assert isinstance(given, datetime)
    assert driver.window.session.case.answers["reach"].at == given


def test_an_answer_can_be_cleared_and_is_then_unanswered(driver: Driver) -> None:
    driver.press("New case")
    driver.window.go("reach")
    choose(driver, "We do not know")
    session: Session = driver.window.session
    assert session.case.answers["reach"].value is None
    choose(driver, "Does not apply")
    assert session.case.answers["reach"].value == "n/a"
    driver.press("Clear the answer to")
    assert "reach" not in session.case.answers
