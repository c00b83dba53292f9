"""What cannot be is prevented, with the reason beside the control; what is only unlikely is said and let through."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from partnerwizard.case import edit
from partnerwizard.case.model import PARTNER_LIMIT
from tests.ui.driving import Driver
from ui.pages.partners import Partners
from ui.pages.step import StepPage
from ui.widgets.text import Text


def partners(driver: Driver) -> Partners:
    driver.window.go("partners")
    (found,) = driver.window.page.findChildren(Partners)
    return found


def test_a_partner_is_named_once(driver: Driver) -> None:
    driver.window.cases.new()
    page = partners(driver)
    for name in ("Northmoor Hospitals", "northmoor  hospitals"):
        driver.tab_to("Name of a possible partner")
        driver.type(name)
        driver.key(Qt.Key.Key_Return)
    assert len(driver.window.session.case.partners) == 1
    assert "among the partners already" in page.note.text()
    assert page.note.isVisible()


def test_a_grouping_takes_two_and_is_named_once(driver: Driver) -> None:
    driver.window.cases.new()
    for name in ("Southfell", "Linmouth", "Tidewater"):
        driver.window.session.edit(name, edit.add_partner, name)
    page = partners(driver)
    page.refresh()
    groupings = page.groupings
    assert not groupings.add.isEnabled()
    assert "two or more" in groupings.note.text()
    for each in ("southfell", "linmouth"):
        driver.click(groupings.cards[each])
    driver.click(groupings.add)
    assert len(driver.window.session.case.groupings) == 1
    for each in ("southfell", "linmouth"):
        driver.click(groupings.cards[each])
    assert not groupings.add.isEnabled()
    assert "already" in groupings.note.text()


def test_more_partners_than_can_be_compared_are_refused_with_the_reason(driver: Driver) -> None:
    driver.window.cases.new()
    for number in range(PARTNER_LIMIT):
        driver.window.session.edit(f"{number}", edit.add_partner, f"Trust {number}")
    page = partners(driver)
    assert not page.add.isEnabled()
    assert "Remove one" in page.note.text()
    driver.window.session.stop()


def test_a_day_that_has_passed_is_said_and_let_through(driver: Driver) -> None:
    driver.window.cases.new()
    session = driver.window.session
    session.edit("nature", edit.answer, "nature", "mandated")
    session.edit("day", edit.answer, "mandate-deadline", "2019-02-28")
    driver.window.go("mandate")
    page = driver.window.page
    assert isinstance(page, StepPage)
    ask = next(key for key in page._editors if key[0] == "mandate-deadline")
    page._editors[ask].set_unfolded(True)
    assert any("has passed" in each.text() and each.isVisible() for each in page.findChildren(Text))
    driver.go_on()
    assert driver.window.here != "mandate"


UGLY = {
    "one long word": "X" * 300,
    "right to left": "مؤسسة المستشفيات الشرقية",
    "direction marks": "\u202eevil\u202c Hospitals",
    "emoji": "🏥 Hospitals 🙂",
    "markup": "<b>Sons</b> & Co",
}


@pytest.mark.parametrize("name", UGLY.values(), ids=UGLY)
def test_any_name_fits_on_every_page(example: Driver, name: str) -> None:
    session = example.window.session
    session.edit("name", edit.rename_partner, "eastmarsh", name)
    session.edit("title", edit.describe, title=name, organisation=name, problem=f"{name} " * 300)
    example.appraised()
    for place in example.window.places:
        example.window.go(place.id)
        example.qtbot.wait(10)
        assert example.window.page.horizontalScrollBar().maximum() == 0, place.id
        assert example.window.width() <= 1280
    example.window.go("partners")
    (page,) = example.window.page.findChildren(Partners)
    assert page.row_of["eastmarsh"].field.text() == name


def test_a_wall_of_text_is_cut_with_the_reason(example: Driver) -> None:
    from ui.pages.decision import DecisionPage
    from ui.places import DECISION

    example.window.go(DECISION)
    page = example.window.page
    assert isinstance(page, DecisionPage)
    page.form.reasons.field.setPlainText("wall of text " * 2000)
    assert len(page.form.reasons.field.toPlainText()) == 4000
    assert "left out" in page.form.reasons.fault.text()
    assert page.form.reasons.fault.isVisible()
