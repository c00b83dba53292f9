"""Two options side by side, and where an option's points come from."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from partnerwizard.case import edit
from tests.ui.driving import Driver
from ui.pages.compare import ComparePage
from ui.pages.result import ResultPage
from ui.pages.why import WhyDialog
from ui.places import COMPARE, RESULT
from ui.story import parts

CTRL = Qt.KeyboardModifier.ControlModifier


def in_dialog(driver: Driver, act: object) -> list[str]:
    """What the next dialog of this kind says; `act` is done in it, then it is closed by Escape."""
    said: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, WhyDialog):
            QTimer.singleShot(10, look)
            return
        try:
            said.append(dialog.pick.currentText())
            if callable(act):
                act(dialog)
        finally:
            if dialog.isVisible():
                QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(10, look)
    return said


def test_the_differences_add_up_to_the_difference_of_the_values(example: Driver) -> None:
    example.window.go(COMPARE)
    page = example.window.page
    assert isinstance(page, ComparePage)
    appraisal = example.window.session.appraisal
    assert appraisal is not None
    scored = [option for option in appraisal.options if option.value is not None]
    for one, other in pairwise(scored):
        page.choose(one.id, other.id)
        assert page.body is not None
        assert one.value is not None
        assert other.value is not None
        total = sum(part.points for part in page.body.parts)
        assert total == pytest.approx(one.value.likely - other.value.likely)


def test_any_two_are_chosen_by_keyboard_and_the_first_view_sets_what_leads_against_the_next(example: Driver) -> None:
    example.window.go(COMPARE)
    page = example.window.page
    assert isinstance(page, ComparePage)
    appraisal = example.window.session.appraisal
    assert appraisal is not None
    assert page.first.currentData() == appraisal.verdict.options[0]
    assert page.second.currentData() != page.first.currentData()
    assert example.tab_to("First option") is page.first
    example.key(Qt.Key.Key_Down)
    assert example.tab_to("Second option") is page.second
    while page.second.currentIndex() < page.second.count() - 1:
        example.key(Qt.Key.Key_Down)
    assert page.body is not None
    assert "has no points" in page.body.said
    assert page.second.currentText() in page.body.said
    example.press("Swap the two options")
    assert "has no points" in page.body.said


def test_the_same_option_twice_is_said_kindly(example: Driver) -> None:
    example.window.compare("carry-on", "carry-on")
    page = example.window.page
    assert isinstance(page, ComparePage)
    assert page.body is not None
    assert "the same option" in page.body.said


def test_the_choice_survives_another_answer(example: Driver) -> None:
    example.window.compare("strategic-alliance:eastmarsh", "merger:eastmarsh")
    example.window.session.edit("fact", edit.answer, "timescale", "over-24-months")
    example.appraised()
    page = example.window.page
    assert isinstance(page, ComparePage)
    assert (page.first.currentData(), page.second.currentData()) == ("strategic-alliance:eastmarsh", "merger:eastmarsh")


def test_the_steps_to_a_score_add_up_and_end_at_sources(example: Driver) -> None:
    session = example.window.session
    appraisal = session.appraisal
    assert appraisal is not None
    for option in appraisal.options:
        found = parts(session.pack, appraisal, option)
        if option.value is None:
            assert found == ()
            continue
        difference = option.value.likely - appraisal.reference.value.likely
        assert sum(part.points for part in found) == pytest.approx(difference, abs=1e-6)
        for part in found:
            assert part.steps
    leader = appraisal.option(appraisal.verdict.options[0])
    assert any(part.sources for part in parts(session.pack, appraisal, leader))


def test_a_row_of_the_chart_tells_where_its_points_come_from(example: Driver) -> None:
    example.window.go(RESULT)
    page = example.window.page
    assert isinstance(page, ResultPage)
    assert page.chart is not None
    assert len(page.chart.hits) >= 5
    first = page.chart.hits[0]
    assert first.accessibleName().startswith("Clinical network with Eastmarsh Hospitals: +")

    def unfold(dialog: WhyDialog) -> None:
        assert dialog.story is not None
        QTest.mouseClick(dialog.story.parts[0].fold, Qt.MouseButton.LeftButton)
        assert dialog.story.parts[0].fold.isChecked()

    said = in_dialog(example, unfold)
    example.click(first)
    assert said[0].startswith("Clinical network")
    example.until(lambda: example.window.isAncestorOf(example.focus))
    example.tab_to("Strategic alliance with Eastmarsh Hospitals: +")
    said = in_dialog(example, None)
    example.key(Qt.Key.Key_Space)
    assert said[0].startswith("Strategic alliance")


def test_every_form_of_the_guidance_can_be_asked_about_from_anywhere(example: Driver) -> None:
    example.window.go("terms")
    forms = {form.id for form in example.window.session.pack.forms}
    met: set[str] = set()

    def through_all(dialog: WhyDialog) -> None:
        for number in range(dialog.pick.count()):
            dialog.pick.setCurrentIndex(number)
            met.add(str(dialog.pick.currentData()).partition(":")[0])
            assert dialog.story is not None

    said = in_dialog(example, through_all)
    example.shortcut(Qt.Key.Key_D, CTRL)
    assert said
    assert met == forms


def test_a_bar_of_the_strip_tells_the_same(example: Driver) -> None:
    example.window.go("terms")
    said = in_dialog(example, None)
    example.click(example.window.strip.bars, QPoint(10, 10))
    assert said[0].startswith("Clinical network")


def test_an_option_can_be_compared_from_its_story(example: Driver) -> None:
    in_dialog(example, lambda dialog: QTest.mouseClick(dialog.compare, Qt.MouseButton.LeftButton))
    example.window.explain("strategic-alliance")
    assert example.window.here == COMPARE
    page = example.window.page
    assert isinstance(page, ComparePage)
    assert page.first.currentData() == "strategic-alliance:eastmarsh"
    assert page.second.currentData() == "clinical-network:eastmarsh"
