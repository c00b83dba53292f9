"""The presentation: one thing at a time, readable from the last row, and nothing on it that is not for everybody."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from partnerwizard.case import edit
from partnerwizard.case.model import RedLine
from partnerwizard.report.blocks import bold, spans
from tests.ui.driving import Driver
from ui.presentation.public import public_slides
from ui.presentation.slide import MOST, Slide, plain, with_points
from ui.presentation.stage import LEAST, POINT
from ui.presentation.window import Presentation, projector

SIZES = [(1024, 768), (1280, 720), (1920, 1080), (3840, 2160)]
F5 = Qt.Key.Key_F5
NONE = Qt.KeyboardModifier.NoModifier


def slides(driver: Driver) -> tuple[Slide, ...]:
    session = driver.window.session
    assert session.appraisal is not None
    return public_slides(session.pack, session.case, session.appraisal)


@pytest.fixture
def room(example: Driver) -> Presentation:
    example.shortcut(F5, NONE)
    shown = example.window.tools.presenting.shown
    assert shown is not None
    return shown


def press(shown: Presentation, key: Qt.Key) -> None:
    QTest.keyClick(shown, key)


def test_f5_shows_the_finding_first(room: Presentation) -> None:
    assert room.isFullScreen()
    assert room.stage.slide is not None
    assert room.stage.slide.headline == "Clinical network with Eastmarsh Hospitals leads."
    assert "1 of " in room.stage.place
    assert room.stage.slide.headline in room.stage.accessibleName()


def test_nothing_can_be_presented_before_there_is_an_answer(driver: Driver) -> None:
    driver.press("New case")
    assert not driver.window.menus.present.isEnabled()
    driver.window.tools.present()
    assert driver.window.tools.presenting.shown is None


def test_a_clicker_goes_on_and_back_and_stops_at_the_ends(room: Presentation) -> None:
    press(room, Qt.Key.Key_PageUp)
    assert room.number == 0
    press(room, Qt.Key.Key_PageDown)
    press(room, Qt.Key.Key_Right)
    assert room.number == 2
    press(room, Qt.Key.Key_Left)
    assert room.number == 1
    press(room, Qt.Key.Key_End)
    last = room.number
    press(room, Qt.Key.Key_Space)
    assert room.number == last > 1
    QTest.mouseClick(room, Qt.MouseButton.RightButton)
    assert room.number == last - 1
    press(room, Qt.Key.Key_Home)
    assert room.number == 0


def test_b_makes_the_screen_dark_and_the_next_key_brings_back_the_same_slide(room: Presentation) -> None:
    press(room, Qt.Key.Key_Right)
    press(room, Qt.Key.Key_B)
    assert room.stage.blank
    assert room.stage.grab().toImage().pixelColor(room.width() // 2, 60).name() == "#000000"
    press(room, Qt.Key.Key_Right)
    assert not room.stage.blank
    assert room.number == 1


def test_l_turns_the_letters_dark_for_a_bright_room(room: Presentation) -> None:
    before = room.stage.grab().toImage().pixelColor(3, 3)
    press(room, Qt.Key.Key_L)
    after = room.stage.grab().toImage().pixelColor(3, 3)
    assert before.lightness() < 60 < 200 < after.lightness()


def test_escape_ends_it_and_it_can_begin_again(example: Driver, room: Presentation) -> None:
    press(room, Qt.Key.Key_Escape)
    example.until(lambda: example.window.tools.presenting.shown is None)
    with example.qtbot.waitActive(example.window):
        example.window.activateWindow()
    example.shortcut(F5, NONE)
    assert example.window.tools.presenting.shown is not None


def test_the_slides_follow_the_answer(example: Driver, room: Presentation) -> None:
    before = room.stage.accessibleName()
    example.window.session.edit("aims", edit.rank_aims, (("digital",), ("finance",)))
    example.appraised()
    example.until(lambda: room.stage.accessibleName() != before)
    assert room.stage.slide == slides(example)[0]


def test_another_case_never_appears_on_the_screen_by_itself(example: Driver, room: Presentation) -> None:
    assert room.isVisible()
    example.window.cases.new()
    assert example.window.tools.presenting.shown is None


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_slide_fits_in_type_that_the_last_row_can_read(
    example: Driver, room: Presentation, width: int, height: int
) -> None:
    room.showNormal()
    room.resize(width, height)
    for number in range(len(slides(example))):
        room.go(number)
        room.grab()
        assert room.stage.overflow() == 0, slides(example)[number].headline
    assert POINT * LEAST * room.stage.scale >= 19


def test_nothing_private_is_on_any_slide(example: Driver) -> None:
    """Red lines, notes, what was said about a partner: none of it, though the appraisal and the report hold it."""
    session = example.window.session
    line = RedLine(text="Zebra ward stays", owner="Ocelot board", forms=("service-chain",))
    session.edit("line", edit.set_red_lines, (line,))
    example.appraised()
    about_partners = {each.fact for each in session.appraisal.find_out if each.about in session.case.partner_by_id}  # type: ignore[union-attr]
    said = " ".join(slide.said for slide in slides(example))
    for secret in ("Zebra", "Ocelot", "red line"):
        assert secret not in said
    for fact in about_partners:
        assert session.pack.question_by_id[fact].short not in said
    assert session.case.notes == "" or session.case.notes not in said


def test_many_points_go_on_to_further_slides() -> None:
    made = list(with_points("Leading", "Reasons", [spans(bold(f"Point {n}.")) for n in range(2 * MOST + 1)]))
    assert [len(slide.points) for slide in made] == [MOST, MOST, 1]
    assert made[1].kicker == "Leading, continued"
    assert plain(made[2].points[0]) == f"Point {2 * MOST}."


def test_a_second_screen_is_used_where_there_is_one(example: Driver) -> None:
    own = QGuiApplication.primaryScreen()
    other = object()
    assert projector([own], own) is own
    assert projector([own, other], own) is other  # type: ignore[list-item]
