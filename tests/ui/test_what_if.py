"""Trying things without touching the case, keeping them under names, and going back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from partnerwizard.case import edit
from tests.support import AT
from tests.ui.driving import Driver
from ui.pages.points import Points
from ui.pages.what_if import MOST_KEPT, BroughtBack, WhatIfPage
from ui.places import WHAT_IF

ALT = Qt.KeyboardModifier.AltModifier
TRAVEL_FIRST = (("equity-and-travel",), ("fragile-services",))


def what_if(driver: Driver) -> WhatIfPage:
    driver.window.go(WHAT_IF)
    page = driver.window.page
    assert isinstance(page, WhatIfPage)
    driver.until(lambda: not page.trial.appraising)
    return page


def tried(driver: Driver, page: WhatIfPage) -> None:
    driver.until(lambda: not page.trial.appraising and page.trial.appraisal is not None)


def test_an_aim_tried_by_keyboard_shows_what_it_moves_and_leaves_the_case_alone(example: Driver) -> None:
    session = example.window.session
    before = session.case
    page = what_if(example)
    example.press("Other aims, or another order. as in the case")
    example.tab_to("Number 4 of 4: Fairness and travel")
    for _ in range(3):
        example.key(Qt.Key.Key_Up, ALT)
    tried(example, page)
    assert page.trial.case.aims[0] == ("equity-and-travel",)
    assert session.case is before
    assert page.trial.appraisal == session.appraisal_of(page.trial.case)
    assert "Aims: fairness and travel" in page.outcome.tried.text()
    assert "points" in page.outcome.table.accessibleDescription()
    assert page.outcome.own.text().startswith(("In the case:", "The case says the same"))


def test_one_press_puts_everything_back(example: Driver) -> None:
    page = what_if(example)
    page.trial.edit("aims", edit.rank_aims, TRAVEL_FIRST)
    page.trial.edit("fact", edit.answer, "timescale", "over-24-months")
    tried(example, page)
    example.click(page.outcome.back)
    tried(example, page)
    assert not page.trial.changed_anything
    assert page.outcome.sentence.text() == "The answer stays the same."
    assert not page.outcome.back.isVisible()


def test_facts_and_ratings_and_red_lines_can_be_tried(example: Driver) -> None:
    page = what_if(example)
    levers = page.levers.parts
    example.click(levers["facts"].fold)
    facts = levers["facts"].inside
    place = next(n for n in range(facts.pick.count()) if facts.pick.itemText(n).startswith("Carrying on"))  # type: ignore[union-attr]
    facts.pick.setCurrentIndex(place)  # type: ignore[union-attr]
    facts.pick.activated.emit(place)  # type: ignore[union-attr]
    chosen = facts.editor  # type: ignore[union-attr]
    chosen.give("closed", "closed")
    tried(example, page)
    assert page.trial.case.answers["carry-on-state"].value == "closed"
    assert page.trial.appraisal is not None
    assert page.trial.appraisal.reference.closed

    example.click(levers["ratings"].fold)
    ratings = levers["ratings"].inside
    for pick, wanted in ((ratings.form, "clinical-network"), (ratings.criterion, "fragile-services")):  # type: ignore[union-attr]
        pick.setCurrentIndex(pick.findData(wanted))
        pick.activated.emit(pick.currentIndex())
    ratings.figure.setFocus()  # type: ignore[union-attr]
    ratings.figure.setValue(10)  # type: ignore[union-attr]
    tried(example, page)
    (own,) = page.trial.case.overrides
    assert (own.form, own.criterion, own.likely) == ("clinical-network", "fragile-services", 10)
    assert own.low == 0
    example.click(ratings.back)  # type: ignore[union-attr]
    assert page.trial.case.overrides == ()

    page.trial.edit("lines", edit.set_red_lines, ())
    tried(example, page)
    assert "Without the red line" in page.outcome.tried.text()
    assert example.window.session.case.red_lines


def test_up_to_four_are_kept_by_name_and_stand_beside_the_case(example: Driver) -> None:
    session = example.window.session
    page = what_if(example)
    page.trial.edit("aims", edit.rank_aims, TRAVEL_FIRST)
    tried(example, page)
    example.tab_to("Name for this what-if")
    example.type("Travel first")
    example.key(Qt.Key.Key_Return)
    example.appraised()
    example.until(lambda: len(page.kept.cards) == 2)
    assert [each.name for each in session.case.scenarios] == ["Travel first"]
    assert session.case.aims != TRAVEL_FIRST
    example.type("Travel first")
    example.key(Qt.Key.Key_Return)
    assert "Choose another" in page.outcome.keeping.note.text()
    for number in range(MOST_KEPT - 1):
        session.edit_paper(f"more {number}", edit.save_scenario, f"Number {number}", page.trial.case)
    example.appraised()
    example.until(lambda: len(page.kept.cards) == MOST_KEPT + 1)
    assert not page.outcome.keeping.save.isEnabled()
    assert "Remove one" in page.outcome.keeping.note.text()


def test_a_kept_what_if_can_be_tried_again_made_the_case_and_removed(example: Driver) -> None:
    session = example.window.session
    page = what_if(example)
    page.trial.edit("aims", edit.rank_aims, TRAVEL_FIRST)
    session.edit_paper("kept", edit.save_scenario, "Travel first", page.trial.case)
    page.put_back()
    example.appraised()
    example.until(lambda: len(page.kept.cards) == 2)
    example.press("Try again: Travel first")
    assert page.trial.case.aims == TRAVEL_FIRST
    example.press("Make it the case: Travel first")
    assert session.case.aims == TRAVEL_FIRST
    assert not page.trial.changed_anything
    session.undo()
    assert session.case.aims != TRAVEL_FIRST
    example.appraised()
    example.until(lambda: len(page.kept.cards) == 2)
    example.press("Remove: Travel first")
    assert session.case.scenarios == ()


def test_keeping_a_what_if_leaves_the_day_of_the_advice(example: Driver) -> None:
    case = example.window.session.case
    later = AT.replace(year=AT.year + 1)
    kept = edit.save_scenario(case, "x", edit.rank_aims(case, TRAVEL_FIRST, later))
    assert (kept.as_of, kept.scenarios[0].aims) == (case.as_of, TRAVEL_FIRST)
    page = what_if(example)
    page.trial.edit("aims", edit.rank_aims, TRAVEL_FIRST)
    assert page.trial.case.as_of == case.as_of


def test_what_is_tried_stays_when_the_case_changes_elsewhere(example: Driver) -> None:
    page = what_if(example)
    page.trial.edit("aims", edit.rank_aims, TRAVEL_FIRST)
    example.window.session.edit("fact", edit.answer, "timescale", "over-24-months")
    example.window.go("result")
    example.window.go(WHAT_IF)
    assert page.trial.case.aims == TRAVEL_FIRST
    assert page.trial.case.answers["timescale"].value == "over-24-months"
    assert "How soon" not in page.outcome.tried.text()


@pytest.mark.parametrize("begun", [False, True])
def test_without_an_answer_the_page_says_what_to_do(driver: Driver, begun: bool) -> None:
    driver.window.cases.new()
    if begun:
        driver.window.session.edit("title", edit.describe, title="A case")
        driver.appraised()
    page = what_if(driver)
    assert page.outcome.headline.text()
    assert not page.outcome.keeping.save.isEnabled()


def test_an_option_that_is_set_aside_can_be_tried_brought_back(example: Driver) -> None:
    page = what_if(example)
    case = example.window.session.case
    part = page.levers.parts["lifted"]
    part.fold.click()
    inside = part.inside
    assert isinstance(inside, BroughtBack)
    example.until(lambda: inside.option.count() > 0)
    chosen = str(inside.option.itemData(0))
    inside.option.setCurrentIndex(0)
    inside.option.activated.emit(0)
    example.click(inside.lift)
    example.until(lambda: not page.trial.appraising)
    assert page.trial.appraisal is not None
    assert page.trial.appraisal.option(chosen).status != "set-aside"
    assert example.window.session.case == case
    example.click(inside.back)
    assert not page.trial.changed_anything


def test_points_can_be_tried(example: Driver) -> None:
    page = what_if(example)
    part = page.levers.parts["points"]
    part.fold.click()
    inside = part.inside
    assert isinstance(inside, Points)
    example.click(inside.begin)
    assert page.trial.scenario.points
    assert not example.window.session.case.points


def test_the_table_leads_to_why(example: Driver) -> None:
    page = what_if(example)
    titles: list[str] = []

    def look(dialog: QDialog) -> None:
        titles.append(dialog.windowTitle())
        dialog.reject()

    example.when_modal(look)
    example.click(page.outcome.why)
    assert titles == ["Why, or why not?"]
