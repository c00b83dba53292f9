"""What the user says beyond the questions: a hunch, options of their own, ratings of their own, points."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from partnerwizard.appraisal.live import LiveAppraisal
from partnerwizard.case import edit
from partnerwizard.case.file import load_case
from partnerwizard.case.model import RedLine
from tests.ui.driving import Driver
from ui.pages.check import CheckPage
from ui.pages.evidence import CellRow, EvidencePage
from ui.pages.hunch import HunchPage
from ui.pages.options import OptionsPage
from ui.pages.points import Points, around, middle_of
from ui.pages.result import ResultPage
from ui.pages.step import StepPage
from ui.places import CHECK, EVIDENCE, HUNCH, OPTIONS, RESULT
from ui.widgets.fields import PickList

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def words(driver: Driver) -> str:
    """Everything that stands on the page in view."""
    return "\n".join(each.text() for each in driver.window.page.findChildren(QLabel) if each.isVisible())


def undo_all(driver: Driver) -> None:
    while driver.window.session.undo_name is not None:
        driver.window.session.undo()


# --- the hunch --------------------------------------------------------------------------------------------------------


def test_a_hunch_is_asked_after_the_problem_and_can_be_skipped(driver: Driver) -> None:
    driver.window.cases.new()
    driver.shortcut(Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert driver.window.here == HUNCH
    driver.shortcut(Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert driver.window.here == "mandate"
    assert driver.window.session.case.hunch is None


def test_a_hunch_by_keyboard_stands_beside_the_result_and_moves_no_figure(example: Driver) -> None:
    session = example.window.session
    before = session.appraisal
    example.window.go(HUNCH)
    assert not example.window.strip.isVisible()
    example.tab_to("Which form do you expect?")
    for _ in range(40):
        if session.case.hunch is not None and session.case.hunch.form == "merger":
            break
        example.key(Qt.Key.Key_Down)
    example.tab_to("Why, in a sentence")
    example.type("Everybody says so")
    example.appraised()
    assert session.case.hunch is not None
    assert (session.case.hunch.form, session.case.hunch.text) == ("merger", "Everybody says so")
    assert before is not None
    assert session.appraisal is not None
    assert session.appraisal.options == before.options
    example.window.go(RESULT)
    assert isinstance(example.window.page, ResultPage)
    assert "The hunch was: Merger (“Everybody says so”)" in "\n".join(
        each.accessibleName() for each in example.window.page.findChildren(QLabel)
    )
    undo_all(example)
    assert session.case.hunch is None


def test_a_hunch_is_taken_back_by_mouse(example: Driver) -> None:
    example.window.go(HUNCH)
    page = example.window.page
    assert isinstance(page, HunchPage)
    page.text.setFocus()
    example.type("A guess")
    example.click(page.clear)
    assert example.window.session.case.hunch is None
    assert page.text.text() == ""


# --- evidence and own ratings -----------------------------------------------------------------------------------------


@pytest.fixture
def evidence(example: Driver) -> Driver:
    example.window.go(EVIDENCE)
    return example


def rows(driver: Driver) -> dict[tuple[str, str], CellRow]:
    page = driver.window.page
    assert isinstance(page, EvidencePage)
    return page.rows


def test_every_rating_goes_down_to_what_it_rests_on_and_adds_up(evidence: Driver) -> None:
    appraisal = evidence.window.session.appraisal
    assert appraisal is not None
    (option,) = {option for option, _ in rows(evidence)}
    result = appraisal.option(option)
    assert {criterion for _, criterion in rows(evidence)} == set(result.ratings)
    shown = sum(row.points for row in rows(evidence).values()) + (result.contributions or {})["authority"]
    assert result.value is not None
    assert shown == pytest.approx(result.value.likely - appraisal.reference.value.likely)
    cited = next(row for row in rows(evidence).values() if row.cell.sources)
    evidence.click(cited.fold)
    source = evidence.window.session.pack.source_by_id[cited.cell.sources[0]]
    assert source.title in words(evidence)
    assert "What it adds up to" in words(evidence)


def test_all_options_on_one_criterion(evidence: Driver) -> None:
    page = evidence.window.page
    assert isinstance(page, EvidencePage)
    evidence.tab_to("Show the ratings of")
    wanted = next(n for n in range(page.subject.count()) if page.subject.itemText(n).startswith("All options:"))
    while page.subject.currentIndex() != wanted:
        evidence.key(Qt.Key.Key_Down)
    options, criteria = zip(*rows(evidence), strict=True)
    assert len(set(criteria)) == 1
    assert len(set(options)) > 3


def test_an_own_rating_by_keyboard_needs_a_reason_and_is_taken_back(evidence: Driver, tmp_path: Path) -> None:
    session = evidence.window.session
    key = next(iter(rows(evidence)))
    row = rows(evidence)[key]
    criterion = row.criterion.name.lower()
    form = session.pack.form_by_id[row.option.form].name
    likely = row.cell.likely
    evidence.tab_to(row.fold.accessibleName())
    evidence.key(Qt.Key.Key_Space)
    evidence.press(f"Give your own rating of {form} on {criterion}")
    for what, figure in (("Lowest", "10"), ("Likely", "20"), ("Highest", "30")):
        evidence.tab_to(f"{what} rating of {form} on {criterion}")
        evidence.key(Qt.Key.Key_A, CTRL)
        evidence.type(figure)
    evidence.press("Use this rating of")
    assert not session.case.overrides
    assert "Give a reason first." in words(evidence)
    evidence.tab_to("Reason for your rating of")
    evidence.type("We measured it")
    evidence.key(Qt.Key.Key_Return)
    evidence.appraised()
    own = session.case.overrides[0]
    assert (own.low, own.likely, own.high, own.reason) == (10, 20, 30, "We measured it")
    row = rows(evidence)[key]
    assert row.fold.isChecked()
    assert row.fold.hasFocus()
    assert f"The guidance rates {likely:.0f}" in words(evidence)
    session.save(tmp_path / "own.partnering")
    assert load_case(tmp_path / "own.partnering") == session.case
    evidence.press("Take back: ")
    evidence.appraised()
    assert not session.case.overrides
    assert rows(evidence)[key].cell.likely == likely


def test_a_likely_rating_outside_its_own_range_is_refused_in_place_by_mouse(evidence: Driver) -> None:
    key = next(iter(rows(evidence)))
    row = rows(evidence)[key]
    evidence.click(row.fold)
    evidence.click(row.own.open)
    row.own.low.setValue(90)
    row.own.reason.setText("x")
    evidence.click(row.own.use)
    assert "must lie between" in row.own.fault.text()
    assert evidence.window.session.case.overrides == ()


# --- options of one's own ---------------------------------------------------------------------------------------------


def add_by_keyboard(driver: Driver) -> None:
    driver.window.go(OPTIONS)
    driver.press("Add an option of your own")
    driver.type("One team on two sites")
    driver.key(Qt.Key.Key_Tab)
    driver.type("The consultants rotate.")
    held = driver.tab_to("Which form is it most like?")
    assert isinstance(held, PickList)
    while held.currentText() != "Clinical network":
        driver.key(Qt.Key.Key_Down)
    driver.press("Add this option")


def test_an_own_option_by_keyboard_is_weighed_and_marked(example: Driver) -> None:
    session = example.window.session
    add_by_keyboard(example)
    example.appraised()
    (own,) = session.case.local_options
    assert own.id == "own-one-team-on-two-sites"
    assert (own.name, own.text) == ("One team on two sites", "The consultants rotate.")
    assert session.appraisal is not None
    assert any(option.form == own.id for option in session.appraisal.options)
    page = example.window.page
    assert isinstance(page, OptionsPage)
    assert page.cards[own.id].fold.accessibleName().startswith("One team on two sites (added locally)")
    example.press("Remove One team on two sites")
    example.appraised()
    assert not session.case.local_options
    assert own.id not in page.cards
    session.undo()
    assert list(session.case.local_options) == [own]


def test_an_own_option_is_changed_and_rated_by_mouse(example: Driver) -> None:
    session = example.window.session
    add_by_keyboard(example)
    example.appraised()
    page = example.window.page
    assert isinstance(page, OptionsPage)
    (row,) = page.own.rows.values()
    buttons = {each.text(): each for each in row.findChildren(QPushButton)}
    example.click(buttons["Change …"])
    page.own.form.name.setText("Another name")
    example.click(page.own.form.keep)
    (own,) = session.case.local_options
    assert (own.id, own.name) == ("own-one-team-on-two-sites", "Another name")
    example.appraised()
    (row,) = page.own.rows.values()
    example.click(next(each for each in row.findChildren(QPushButton) if each.text() == "Its ratings"))
    assert example.window.here == EVIDENCE
    assert {example.window.session.appraisal.option(o).form for o, _ in rows(example)} == {"own-one-team-on-two-sites"}  # type: ignore[union-attr]


def test_an_own_option_needs_a_name_and_the_form_it_is_like(example: Driver) -> None:
    example.window.go(OPTIONS)
    example.press("Add an option of your own")
    example.press("Add this option")
    assert "Give it a name." in words(example)
    example.tab_to("What is it called?")
    example.type("x")
    example.press("Add this option")
    assert "Choose the form that it is most like" in words(example)
    example.press("Cancel")
    assert example.window.session.case.local_options == ()


# --- points -----------------------------------------------------------------------------------------------------------


def points_of(driver: Driver) -> Points:
    page = driver.window.page
    assert isinstance(page, StepPage)
    return page.topics[0].points  # type: ignore[attr-defined, no-any-return]


def test_points_begin_from_the_rankings_and_are_moved_by_keys(example: Driver) -> None:
    session = example.window.session
    example.window.go("terms")
    example.press("Give points")
    example.appraised()
    weighed = list(points_of(example).rows)
    assert set(session.case.points) == set(weighed)
    top = max(session.case.points, key=lambda each: session.case.points[each][1])
    assert session.case.points[top] == (90, 100)
    assert "they count, in the place of the rankings" in words(example)
    criterion = weighed[1]
    row = points_of(example).rows[criterion]
    example.tab_to(row.slider.accessibleName())
    before = row.slider.value()
    example.key(Qt.Key.Key_Right)
    assert session.case.points[criterion] == around(before + 1, 10)
    example.tab_to(row.doubt.accessibleName())
    example.key(Qt.Key.Key_Up)
    assert session.case.points[criterion] == around(before + 1, 15)
    example.press("Take all points back")
    assert session.case.points == {}


def test_dragging_a_slider_moves_the_answer_at_once_and_is_one_step_of_undo(example: Driver) -> None:
    session, window = example.window.session, example.window
    window.go("terms")
    points_of(example)._begin()
    example.appraised()
    row = list(points_of(example).rows.values())[-1]
    before = session.case.points
    seen: list[object] = []
    session.previewed.connect(seen.append)
    y = row.slider.height() // 2
    QTest.mousePress(row.slider, Qt.MouseButton.LeftButton, pos=QPoint(row.slider.width() // 2, y))
    for x in range(row.slider.width() // 2, row.slider.width(), 9):
        QTest.mouseMove(row.slider, QPoint(x, y))
    QTest.mouseMove(row.slider, QPoint(row.slider.width() - 1, y))
    example.until(lambda: bool(seen))
    assert session.case.points == before
    assert "while you move it" in window.strip.detail.text()
    QTest.mouseRelease(row.slider, Qt.MouseButton.LeftButton, pos=QPoint(row.slider.width() - 1, y))
    assert session.case.points[row.criterion.id] == around(100, row.doubt.value())
    live = LiveAppraisal(session.pack, session.case, as_of=session.as_of, seed=session.case.seed).at(session.case)
    example.appraised()
    assert session.appraisal is not None
    for option, value in live.values.items():
        if (whole := session.appraisal.option(option).value) is not None:
            assert whole.likely == pytest.approx(value)
    session.undo()
    assert session.case.points == before


def test_points_that_contradict_the_ranking_are_asked_back_where_they_are_given(example: Driver) -> None:
    session = example.window.session
    example.window.go("terms")
    points_of(example)._begin()
    first, second = (tie[0] for tie in session.case.aims[:2])
    assert not points_of(example).doubts.isVisible()
    points_of(example).rows[first].slider.setValue(10)
    assert points_of(example).doubts.isVisible()
    assert "Which do you mean?" in points_of(example).doubts.text()
    points_of(example).rows[second].slider.setValue(5)
    for criterion in (each for tie in session.case.aims[1:] for each in tie):
        points_of(example).rows[criterion].slider.setValue(5)
    assert "You ranked" not in points_of(example).doubts.text()


def test_points_wait_for_an_aim(driver: Driver) -> None:
    driver.window.cases.new()
    driver.window.go("terms")
    assert not points_of(driver).begin.isEnabled()
    assert "Choose an aim first" in words(driver)


@pytest.mark.parametrize("given", [(90.0, 100.0), (0.0, 20.0), (40.0, 60.0), (33.0, 33.0), (0.0, 0.0), (50.0, 100.0)])
def test_a_range_is_shown_as_points_and_doubt_that_make_it(given: tuple[float, float]) -> None:
    assert around(*middle_of(given)) == given


# --- what does not fit together ------------------------------------------------------------------------------------


def test_a_contradiction_is_asked_back_on_check_your_answers_and_leads_to_where_it_was_said(example: Driver) -> None:
    session, window = example.window.session, example.window
    window.go(CHECK)
    page = window.page
    assert isinstance(page, CheckPage)
    assert not page.doubts.isVisible()
    first = session.case.aims[0][0]
    barred = tuple(form.id for form in session.pack.forms if form.ratings and form.id != "carry-on")
    line = RedLine(text="None of these", owner="The board", forms=barred)
    session.edit("Red line added", edit.set_red_lines, (line,))
    assert page.doubts.isVisible()
    assert f"“{session.pack.criterion_by_id[first].name}” comes first for you" in words(example)
    example.tab_to("Look at your aims")
    example.key(Qt.Key.Key_Space)
    assert window.here == "aims"
    example.go_on()
    assert window.here == CHECK
    session.undo()
    assert not page.doubts.isVisible()


def test_check_your_answers_lists_what_is_said_besides_the_questions(example: Driver) -> None:
    session = example.window.session
    session.edit("Hunch", edit.set_hunch, "merger", "A guess")
    example.window.go(CHECK)
    page = example.window.page
    assert isinstance(page, CheckPage)
    example.until(lambda: not page.filling)
    row = page.rows[HUNCH, "Your own hunch", None]
    assert "Merger: A guess" in row.accessibleName()
    example.click(row)
    assert example.window.here == HUNCH
