"""Everything the case says on one page, and changing it from there."""

from __future__ import annotations

from PySide6.QtCore import Qt

from partnerwizard import flow
from partnerwizard.case import edit
from tests.ui.driving import Driver
from tests.ui.test_walk import choose
from ui.pages.check import CheckPage
from ui.places import CHECK, RESULT
from ui.review import CANNOT, COULD, FIRST, NOT_PROVIDED, SKIPPED, Review, Row
from ui.widgets.choice import RadioCard


def check_page(driver: Driver) -> CheckPage:
    driver.window.go(CHECK)
    page = driver.window.page
    assert isinstance(page, CheckPage)
    driver.until(lambda: not page.filling)
    return page


def row_of(driver: Driver, question: str) -> Row:
    session = driver.window.session
    review = Review(session.pack, session.case, session.appraisal)
    return next(
        row
        for group in review.groups()
        for row in group.rows
        if row.ask is not None and row.ask.question.id == question
    )


def test_every_question_that_applies_is_listed_once_under_its_step(example: Driver) -> None:
    session = example.window.session
    page = check_page(example)
    asked = [
        (step.id, ask.question.id, ask.partner)
        for step in session.pack.head.steps
        for ask in flow.asks(session.pack, session.case, step.id)
    ]
    listed = [key for key, row in page.rows.items() if row.row.ask is not None]
    assert sorted(listed, key=str) == sorted(asked, key=str)


def test_a_change_by_keyboard_comes_back_to_the_changed_line(example: Driver) -> None:
    page = check_page(example)
    example.tab_to("Change: How wide should the partnership reach?")
    example.key(Qt.Key.Key_Return)
    assert example.window.here == "reach"
    assert isinstance(example.focus, RadioCard)
    choose(example, "Several clinical services")
    example.go_on()
    assert example.window.here == CHECK
    example.until(lambda: example.focus is page.rows.get(("reach", "reach", None)))
    assert "Several clinical services" in example.focus.accessibleName()


def test_a_change_by_mouse_comes_back_and_the_next_continue_goes_on(example: Driver) -> None:
    page = check_page(example)
    example.click(page.rows["trust", "segment", None])
    assert example.window.here == "trust"
    question = example.window.session.pack.question_by_id["segment"]
    text = next(choice.text for choice in question.choices if choice.id == "segment-2")
    example.click(next(each for each in example.window.page.findChildren(RadioCard) if each.title == text))
    example.click(example.window.footer.positive)
    assert example.window.here == CHECK
    assert example.window.session.case.answers["segment"].value == "segment-2"
    example.click(example.window.footer.positive)
    assert example.window.here != CHECK


def test_four_ways_of_not_having_an_answer_are_told_apart(driver: Driver) -> None:
    driver.window.cases.new()
    session = driver.window.session
    assert row_of(driver, "nature").words == NOT_PROVIDED
    session.edit("a", edit.answer, "nature", None)
    session.edit("b", edit.answer, "region-support", "n/a")
    driver.window.go("reach")
    driver.shortcut(Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    words = [row_of(driver, each).words for each in ("nature", "region-support", "reach", "org-type")]
    assert words == ["We do not know", "Does not apply", SKIPPED, NOT_PROVIDED]
    session.edit("c", edit.answer, "reach", "one-service")
    assert row_of(driver, "reach").state == "given"


def test_what_a_missing_answer_costs_is_what_the_appraisal_finds(example: Driver) -> None:
    session = example.window.session
    for question in ("carry-on-state", "segment", "nature"):
        session.edit(question, edit.unanswer, question)
    example.appraised()
    appraisal = session.appraisal
    assert appraisal is not None
    open_forms = frozenset(each.form for each in appraisal.options if each.status in {"open", "needs", "unresolved"})
    counted = flow.readers(session.pack, open_forms)
    decisive = {each.fact for each in appraisal.find_out if each.could_change_the_answer}
    assert decisive
    costs = set()
    for group in Review(session.pack, session.case, appraisal).groups():
        for row in group.rows:
            if row.ask is None or row.state not in {"missing", "not-known", "skipped"}:
                continue
            fact = row.ask.question.id
            assert row.cost == (FIRST if fact in decisive else COULD if fact in counted else CANNOT)
            costs.add(row.cost)
    assert FIRST in costs


def test_only_what_is_missing_can_be_shown(example: Driver) -> None:
    page = check_page(example)
    everything = len(page.rows)
    example.tab_to("Show only what is missing or not known")
    example.key(Qt.Key.Key_Space)
    example.until(lambda: not page.filling)
    assert 0 < len(page.rows) < everything
    assert {row.row.state for row in page.rows.values()} <= {"missing", "skipped", "not-known"}


def test_twelve_partners_are_listed_without_holding_up_the_window(example: Driver) -> None:
    session = example.window.session
    for number in range(11):
        session.edit(f"p{number}", edit.add_partner, f"Trust number {number}")
    example.appraised()
    page = check_page(example)
    assert sum(row.row.ask is not None and row.row.ask.partner is not None for row in page.rows.values()) > 200


def test_sharpening_the_answer_comes_back_to_it(example: Driver) -> None:
    session = example.window.session
    for question in ("carry-on-state", "segment", "nature"):
        session.edit(question, edit.unanswer, question)
    example.appraised()
    example.window.go(RESULT)
    before = flow.remaining(session.pack, session.case, session.appraisal)  # type: ignore[arg-type]
    assert before
    example.shortcut(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert example.window.here == before[0].question.step
    example.key(Qt.Key.Key_Space)
    example.go_on()
    assert example.window.here == RESULT


def test_a_question_that_an_answer_brings_up_is_named_in_the_footer(driver: Driver) -> None:
    driver.window.cases.new()
    driver.window.go("reach")
    assert driver.window.footer.note.text() == ""
    choose(driver, "One clinical service")
    assert driver.window.footer.note.text() == "Still open below: Kind of service"
    driver.window.session.edit("kind", edit.answer, "service-kind", ("pathology",))
    assert driver.window.footer.note.text() == ""
