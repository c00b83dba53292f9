"""Nothing holds up the window: every turn of the event loop is short, a change of page shorter than one notices."""

from __future__ import annotations

from itertools import count

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from partnerwizard.case import edit
from tests.ui.conftest import EXAMPLE
from tests.ui.driving import Driver
from tests.ui.watchdog import Watchdog
from ui.places import RESULT, START
from ui.theme import theme

PAGE = 0.100
"""Seconds that a change of page, of case, of size or of colours may take."""

pytestmark = pytest.mark.long
"""Not in `make test`, where measuring which lines run makes everything slower."""

RANKINGS = ((("access",), ("finance",)), (("finance",), ("access",)))
NUMBERS = count()


@pytest.fixture
def dog(example: Driver) -> Watchdog:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return Watchdog(app)


def rank(driver: Driver) -> None:
    """Another ranking: every figure on screen changes."""
    number = next(NUMBERS)
    driver.window.session.edit(f"aims {number}", edit.rank_aims, RANKINGS[number % 2])


def test_the_watchdog_names_who_took_too_long(dog: Watchdog) -> None:
    class Busy(QObject):
        def event(self, _event: QEvent) -> bool:
            return sum(range(8_000_000)) > 0

    busy = Busy()
    said = dog.too_long(lambda: QApplication.postEvent(busy, QEvent(QEvent.Type.User)))
    assert "Busy User" in said
    assert dog.too_long(lambda: None) == ""


def test_a_change_is_shown_without_holding_up_the_window(example: Driver, dog: Watchdog) -> None:
    window = example.window
    slow = {}
    for place in window.places:
        window.go(place.id)
        slow[place.id] = dog.too_long(lambda: rank(example), ready=lambda: not window.session.appraising)
    assert not {place: said for place, said in slow.items() if said}


def test_pages_turn_faster_than_one_notices(example: Driver, dog: Watchdog) -> None:
    window = example.window

    def from_the_start_page() -> None:
        # As on a first visit: the page is made, styled, laid out and painted.
        window.go(START)
        window._forget_pages()

    slow = {}
    for place in window.places:
        slow[place.id] = dog.too_long(lambda: window.go(place.id), PAGE, before=from_the_start_page)  # noqa: B023
    assert not {place: said for place, said in slow.items() if said}


def test_another_size_and_other_colours_style_only_what_is_in_view(example: Driver, dog: Watchdog) -> None:
    window = example.window

    def visit_all() -> None:
        for place in window.places:
            window.go(place.id)
        window.go(RESULT)

    looks = iter(("dark", "light") * 4)
    said = dog.too_long(lambda: theme().choose(next(looks)), 2 * PAGE, before=visit_all)  # type: ignore[arg-type]
    assert not said
    steps = iter((1, -1) * 4)
    assert not dog.too_long(lambda: theme().zoom_by(next(steps)), 2 * PAGE, before=visit_all)
    window.go("aims")
    assert window.page.isVisible()


def test_what_is_half_typed_outlives_another_size(example: Driver) -> None:
    window = example.window
    window.go("partners")
    example.tab_to("Name of a possible partner")
    example.type("Westmere")
    window.go(RESULT)
    theme().zoom_by(1)
    window.go("partners")
    assert any("Westmere" in problem for problem in window.page.problems())  # type: ignore[attr-defined]


def test_a_case_opens_quickly(example: Driver, dog: Watchdog) -> None:
    assert not dog.too_long(lambda: example.window.cases.open(EXAMPLE, as_copy=True), PAGE)
