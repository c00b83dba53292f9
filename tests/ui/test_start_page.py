"""Where one begins: new, continue, recent cases, worked examples, the guidance."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from partnerwizard.case import edit
from partnerwizard.case.file import load_case, save_case
from partnerwizard.resources import examples_dir
from tests.support import guidance
from tests.ui.conftest import EXAMPLE
from tests.ui.driving import Driver
from ui.pages.start import StartPage
from ui.places import REPORT, RESULT, START
from ui.settings import RECENT_LIMIT, Recent, Settings

EXAMPLES = sorted(examples_dir().glob("*.partnering"))


def start(driver: Driver) -> StartPage:
    driver.window.go(START)
    page = driver.window.page
    assert isinstance(page, StartPage)
    return page


def recent(path: Path, title: str) -> Recent:
    return Recent(str(path), title, "Merger leads.", "1 May 2026")


def test_continue_is_not_offered_before_there_is_anything_to_continue(driver: Driver) -> None:
    assert not start(driver).go_on.isVisible()


def test_continue_goes_back_to_the_open_case_by_keyboard(example: Driver) -> None:
    session = example.window.session
    session.edit("aims", edit.rank_aims, (("access",),))
    case = session.case
    page = start(example)
    example.tab_to("Continue with A fragile stroke service")
    example.key(Qt.Key.Key_Space)
    assert session.case is case
    assert example.window.here == RESULT
    assert page.go_on.accessibleName().startswith("Continue with")


def test_continue_opens_the_last_case_by_mouse(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "ours.partnering"
    save_case(load_case(EXAMPLE), path)
    driver.window.settings.remember(recent(tmp_path / "gone.partnering", "Gone"))
    driver.window.settings.remember(recent(path, "Ours"))
    page = start(driver)
    page.refresh()
    assert page.go_on.accessibleName() == "Continue with Ours"
    driver.click(page.go_on)
    assert driver.window.session.path == path


def test_a_case_that_is_gone_says_so_and_can_be_removed(driver: Driver, tmp_path: Path) -> None:
    driver.window.settings.remember(recent(tmp_path / "gone.partnering", "Gone"))
    page = start(driver)
    page.refresh()
    assert len(page.recent_cards) == 1
    driver.press("Remove Gone from the list")
    assert page.recent_cards == []
    assert driver.window.settings.recent() == []
    assert driver.focus is page.new


def test_a_pinned_case_stays_at_the_top_after_many_others_and_a_restart(driver: Driver, tmp_path: Path) -> None:
    settings = driver.window.settings
    settings.remember(recent(tmp_path / "kept.partnering", "Kept"))
    page = start(driver)
    page.refresh()
    driver.press("Pin Kept")
    for number in range(20):
        settings.remember(recent(tmp_path / f"{number}.partnering", f"Number {number}"))
    page.refresh()
    assert page.recent_cards[0].path == tmp_path / "kept.partnering"
    assert len(page.recent_cards) == RECENT_LIMIT + 1
    again = Settings().recent()
    assert again[0].pinned
    assert [each.title for each in again[1:3]] == ["Number 19", "Number 18"]
    settings.remember(recent(tmp_path / "kept.partnering", "Kept, saved again"))
    assert settings.recent()[0].pinned


def test_settings_of_an_older_version_are_read(driver: Driver) -> None:
    settings = driver.window.settings
    settings.set_text("recent", '[{"path": "/x.partnering", "title": "X", "verdict": "", "day": ""}]')
    assert settings.recent() == [Recent("/x.partnering", "X", "", "")]
    settings.set_text("recent", '["damaged"]')
    assert settings.recent() == []


def test_there_are_examples_for_mandated_and_voluntary_small_and_large() -> None:
    roles = guidance().head.roles
    kinds = set()
    for path in EXAMPLES:
        case = load_case(path)
        (nature,) = roles.mandated_when.facts()
        small = case.answers[roles.reach].value in {"people", "one-service"}
        kinds.add((case.answers[nature].value, small))
    assert kinds == {("mandated", True), ("mandated", False), ("voluntary", True), ("voluntary", False)}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_opens_as_an_untitled_copy_and_reaches_the_report(driver: Driver, path: Path) -> None:
    before = path.read_bytes()
    page = start(driver)
    card = next(card for card in page.example_cards if card.path == path)
    driver.click(card.button)
    driver.appraised()
    assert driver.window.session.path is None
    appraisal = driver.window.session.appraisal
    assert appraisal is not None
    assert appraisal.verdict.kind not in {"not-enough-known", "nothing-open"}
    driver.window.go(REPORT)
    assert path.read_bytes() == before


def test_the_map_marks_the_case_and_names_precedents(example: Driver) -> None:
    from ui.pages.typology import TypologyMap

    example.window.go("reach")
    (found,) = example.window.page.findChildren(TypologyMap)
    assert "voluntary" in found.place.text()
    assert "Your case: voluntary" in found.chart.accessibleName()
    assert found.precedents_title.isVisible()
    example.window.session.edit("nature", edit.answer, "nature", "mandated")
    example.appraised()
    assert "Your case: mandated" in found.chart.accessibleName()
