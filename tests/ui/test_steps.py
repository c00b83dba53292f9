"""Jumping between steps, and what is kept while one is away."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from partnerwizard import flow
from partnerwizard.case import edit
from tests.support import AT, ORCHESTRAS
from tests.ui.driving import Driver
from tests.ui.test_walk import choose
from ui.crash import CrashReporter
from ui.places import OPTIONS, REPORT, RESULT, places
from ui.session import Session
from ui.settings import Settings
from ui.theme import theme
from ui.widgets.dates import DateField
from ui.window import MainWindow


def test_answers_and_half_typed_words_survive_a_jump(driver: Driver) -> None:
    driver.press("New case")
    driver.tab_to("What is wrong, in your own words")
    driver.type("Half a sen")
    driver.click(driver.window.steps.buttons["terms"])
    assert driver.window.here == "terms"
    driver.click(driver.window.steps.buttons["problem"])
    assert driver.window.page.findChild(QPlainTextEdit).toPlainText() == "Half a sen"


def test_an_answer_that_no_longer_applies_is_kept_and_comes_back(driver: Driver) -> None:
    driver.window.cases.new()
    driver.window.go("mandate")
    choose(driver, "Mandated")
    session = driver.window.session
    hidden = next(
        ask for ask in flow.asks(session.pack, session.case, "mandate") if ask.question.asked_when is not None
    )
    assert driver.window.page.editor(hidden) is not None  # type: ignore[attr-defined]
    driver.window.page.show_ask(hidden)  # type: ignore[attr-defined]
    session.edit("answer", edit.answer, hidden.question.id, None)
    choose(driver, "Our own choice")
    assert driver.window.page.editor(hidden) is None  # type: ignore[attr-defined]
    assert hidden.question.id in session.case.answers
    choose(driver, "Mandated")
    editor = driver.window.page.editor(hidden)  # type: ignore[attr-defined]
    assert "We do not know" in editor.fold.accessibleName()


def test_marks_tell_open_begun_and_done_in_words_too(driver: Driver) -> None:
    driver.window.cases.new()
    button = driver.window.steps.buttons["reach"]
    assert button.mark == "open"
    driver.window.go("reach")
    choose(driver, "One clinical service")
    assert button.mark == "part"
    assert "begun" in button.accessibleName()
    driver.window.session.edit("answer", edit.answer, "service-kind", ("concentrated-care",))
    assert button.mark == "done"
    assert "done" in button.accessibleName()


def test_the_next_question_that_counts_is_shown_and_has_the_focus(example: Driver) -> None:
    session = example.window.session
    session.edit("answer", edit.unanswer, "carry-on-state")
    example.appraised()
    example.window.open_next_ask()
    appraisal = session.appraisal
    assert appraisal is not None
    assert example.window.here in {place.id for place in example.window.places}
    assert example.window.page.isAncestorOf(example.focus)


def test_a_date_that_is_none_stops_continue_with_the_reason(driver: Driver) -> None:
    driver.window.cases.new()
    driver.window.session.edit("answer", edit.answer, "nature", "mandated")
    driver.window.go("mandate")
    page = driver.window.page
    pack, case = driver.window.session.pack, driver.window.session.case
    ask = next(ask for ask in flow.asks(pack, case, "mandate") if ask.question.kind == "date")
    page.show_ask(ask)  # type: ignore[attr-defined]
    driver.type("31")
    driver.tab_to(driver.focus.accessibleName().replace("day", "month"))
    driver.type("2")
    driver.tab_to(driver.focus.accessibleName().replace("month", "year"))
    driver.type("2027")
    driver.go_on()
    assert driver.window.here == "mandate"
    assert "31 2 2027 is not a date" in page.notice.text()  # type: ignore[attr-defined]
    day = page.findChild(DateField).fields[0]
    day.selectAll()
    day.setFocus()
    driver.type("28")
    assert driver.window.session.case.answers[ask.question.id].value == "2027-02-28"


def test_another_pack_is_shown_with_its_own_steps(driver: Driver) -> None:
    from partnerwizard.pack.load import load_pack

    pack = load_pack(ORCHESTRAS)
    window = MainWindow(Session(pack), Settings(), CrashReporter(theme()))
    driver.qtbot.addWidget(window)
    window.show()
    window.cases.new()
    case = edit.add_partner(window.session.case, "City Strings", AT)
    window.session.start(case, None)
    window.go(window.places[0].id)
    for place in places(pack):
        window.go(place.id)
        assert window.page.isVisible()
    Driver(driver.qtbot, window).until(lambda: not window.session.appraising)
    window.close()


@pytest.mark.parametrize("place", [RESULT, OPTIONS, REPORT])
def test_pages_of_an_empty_case_say_what_to_do(driver: Driver, place: str) -> None:
    driver.window.cases.new()
    driver.window.go(place)
    assert driver.window.page.isVisible()
    assert driver.window.footer.positive.isEnabled()
