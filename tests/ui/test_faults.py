"""What keeps one from going on is said on Continue, at the top, with the focus on it and a way to each field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.driving import Driver
from tests.ui.hands import Keyboard
from tests.ui.test_walk import choose
from ui.pages.step import StepPage
from ui.widgets.dates import DateField
from ui.widgets.faults import Faults
from ui.widgets.fields import Figure, plain_figure


@pytest.fixture
def deadline(driver: Driver) -> tuple[Driver, StepPage, DateField]:
    """On the mandate's step, with a day that there is not half way down the page."""
    driver.window.cases.new()
    driver.window.go("mandate")
    page = driver.window.page
    assert isinstance(page, StepPage)
    choose(driver, "Mandated")
    hand = Keyboard(driver)
    hand.unfold("By when must it be done?")
    for part, words in (("day", "31"), ("month", "2"), ("year", "2028")):
        hand.write(f"By when must it be done?: {part}", words)
    return driver, page, page.findChildren(DateField)[0]


def test_leaving_a_field_says_nothing_and_continue_says_it_at_both_places(
    deadline: tuple[Driver, StepPage, DateField],
) -> None:
    driver, page, field = deadline
    driver.key(Qt.Key.Key_Tab)
    assert field.fault.isHidden()
    assert page.notice.isHidden()
    driver.go_on()
    assert driver.window.here == "mandate"
    assert isinstance(driver.focus, Faults)
    assert field.fault.isVisible()
    assert page.notice.text() == field.fault.text() == "31 2 2028 is not a date. Use figures, such as 27 3 2027."
    assert page.verticalScrollBar().value() == 0


def test_the_summary_leads_to_the_field_and_a_mended_field_lets_one_on(
    deadline: tuple[Driver, StepPage, DateField],
) -> None:
    driver, page, field = deadline
    driver.go_on()
    driver.press("Go to it")
    assert field.isAncestorOf(driver.focus)
    hand = Keyboard(driver)
    hand.write("By when must it be done?: day", "28")
    assert field.fault.isHidden()
    driver.go_on()
    assert driver.window.here == "reach"
    driver.window.go("mandate")
    assert page.notice.isHidden()


def test_an_untouched_step_leads_to_its_first_control(driver: Driver) -> None:
    driver.window.cases.new()
    driver.window.go("reach")
    driver.go_on()
    assert isinstance(driver.focus, Faults)
    driver.press("Go to it")
    assert driver.focus.accessibleName() == "Individual people or teams"


def test_a_name_that_is_typed_but_not_added_is_led_to(driver: Driver) -> None:
    driver.window.cases.new()
    driver.window.go("partners")
    Keyboard(driver).write("Name of a possible partner", "Westmere")
    driver.go_on()
    driver.press("Go to it: “Westmere”")
    assert driver.focus.accessibleName() == "Name of a possible partner"


@given(st.integers(0, 1000), st.sampled_from(["{}", " {} ", "{}%", "{} %", "£{}", "{:,}"]))
def test_figures_are_taken_as_people_write_them(figure: int, written: str) -> None:
    assert float(plain_figure(written.format(figure))) == figure


def test_a_pasted_figure_with_a_comma_and_a_sign_is_taken(driver: Driver) -> None:
    field = Figure("A figure", "", 10_000, 5)
    driver.qtbot.addWidget(field)
    field.show()
    field.selectAll()
    QApplication.clipboard().setText(" 1,250 %")
    field.lineEdit().paste()
    field.interpretText()
    assert field.value() == 1250
