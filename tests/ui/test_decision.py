"""Recording what was decided, also against the advice."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from tests.ui.driving import Driver
from ui.pages.decision import DecisionPage
from ui.places import DECISION, REPORT

ALT = Qt.KeyboardModifier.AltModifier


def decision_page(driver: Driver) -> DecisionPage:
    driver.window.go(DECISION)
    page = driver.window.page
    assert isinstance(page, DecisionPage)
    return page


def test_a_decision_against_the_advice_is_recorded_by_keyboard_and_taken_back(example: Driver) -> None:
    page, session = decision_page(example), example.window.session
    assert page.status.text() == "for discussion"
    pick = example.tab_to("What was decided: an option")
    for _ in range(40):
        if page.form.option.currentData() == "merger:eastmarsh":
            break
        example.key(Qt.Key.Key_Down)
    assert pick is page.form.option
    assert "differs from the advice" in page.form.differs.text()
    example.tab_to("Decided by")
    example.type("The board of directors")
    for part, figures in (("day", "14"), ("month", "1"), ("year", "2026")):
        example.tab_to(f"Day of the decision: {part}")
        example.type(figures)
    example.tab_to("Reasons")
    example.type("Two boards had agreed before.")
    example.tab_to("Minority view")
    example.type("Two directors preferred a network.")
    example.shortcut(Qt.Key.Key_D, ALT)
    decision = session.case.decision
    assert decision is not None
    assert (decision.option, decision.day) == ("merger:eastmarsh", date(2026, 1, 14))
    assert decision.minority_view == "Two directors preferred a network."
    assert "recorded" in page.status.text()
    assert "differs from the advice" in page.record.differs.text()
    example.press("Take the record back")
    assert session.case.decision is None
    assert page.status.text() == "for discussion"
    session.undo()
    assert session.case.decision == decision


def test_nothing_is_recorded_until_it_says_what_who_and_when(example: Driver) -> None:
    page = decision_page(example)
    told = []
    for fill in (
        lambda: None,
        lambda: page.form.words.show_text("Wait for the review."),
        lambda: page.form.by.show_text("The board"),
    ):
        fill()
        example.click(example.window.footer.positive)
        told.append(page.form.fault.text())
    assert told == [
        "Choose what was decided, or say it in words.",
        "Say who decided.",
        "Give the day of the decision.",
    ]
    assert example.window.session.case.decision is None


def test_a_decision_in_words_is_recorded_by_mouse_and_the_report_comes_next(example: Driver) -> None:
    page = decision_page(example)
    page.form.words.show_text("Wait for the review of stroke services.")
    page.form.by.show_text("The board")
    page.form.day.show_value("2026-01-14")
    example.click(example.window.footer.positive)
    decision = example.window.session.case.decision
    assert decision is not None
    assert decision.option is None
    assert page.record.isVisible()
    example.click(example.window.footer.positive)
    assert example.window.here == REPORT


def test_recording_a_decision_leaves_the_advice_and_its_day_as_they_are(example: Driver) -> None:
    session = example.window.session
    before = session.appraisal
    page = decision_page(example)
    page.form.words.show_text("Wait.")
    page.form.by.show_text("The board")
    page.form.day.show_value("2026-12-01")
    page.form.give()
    example.appraised()
    assert session.appraisal == before
