"""Ranking by buttons, keys and dragging, and the moves behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from partnerwizard.case.model import Ranking
from tests.ui.driving import Driver
from ui import ranking as moves

ALT = Qt.KeyboardModifier.AltModifier
START: Ranking = (("a",), ("b", "c"), ("d",))


@pytest.mark.parametrize(
    ("item", "by", "result"),
    [
        ("a", -1, (("a",), ("b", "c"), ("d",))),
        ("a", 1, (("b", "c"), ("a",), ("d",))),
        ("c", -1, (("a",), ("c",), ("b",), ("d",))),
        ("b", 1, (("a",), ("c",), ("b",), ("d",))),
        ("d", -1, (("a",), ("d",), ("b", "c"))),
        ("d", 1, (("a",), ("b", "c"), ("d",))),
    ],
)
def test_one_place_up_or_down_leaves_a_tie_first(item: str, by: int, result: Ranking) -> None:
    assert moves.move(START, item, by) == result


def test_ties_are_made_and_undone() -> None:
    tied = moves.tie_with_above((("a",), ("b",), ("c",)), "b")
    assert tied == (("a", "b"), ("c",))
    assert moves.tied_with_above(tied, "b")
    assert moves.untie(tied, "b") == (("a",), ("b",), ("c",))
    assert moves.tie_with_above(tied, "a") == tied


@pytest.mark.parametrize(
    ("item", "before", "result"),
    [
        ("d", 0, (("d",), ("a",), ("b", "c"))),
        ("d", 2, (("a",), ("b", "d", "c"))),
        ("a", 4, (("b", "c"), ("d",), ("a",))),
        ("a", 1, START),
        ("b", 4, (("a",), ("c",), ("d",), ("b",))),
    ],
)
def test_dropping_inside_a_tie_joins_it(item: str, before: int, result: Ranking) -> None:
    assert moves.drop(START, item, before) == result


@given(
    st.permutations("abcdef"),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["up", "down", "tie", "untie", "drop"]))),
    st.integers(0, 6),
)
def test_no_move_loses_or_doubles_anything(order: list[str], steps: list[tuple[str, str]], gap: int) -> None:
    ranking: Ranking = tuple((each,) for each in order)
    for item, step in steps:
        match step:
            case "up" | "down":
                ranking = moves.move(ranking, item, -1 if step == "up" else 1)
            case "tie":
                ranking = moves.tie_with_above(ranking, item)
            case "untie":
                ranking = moves.untie(ranking, item)
            case _:
                ranking = moves.drop(ranking, item, gap)
        assert sorted(moves.ids(ranking)) == list("abcdef")
        assert all(ranking)


# --- on the page ------------------------------------------------------------------------------------------------------


@pytest.fixture
def aims(driver: Driver) -> Driver:
    driver.window.cases.new()
    driver.window.go("aims")
    for name in ("Clinical quality and safety", "Access and waiting times", "Lasting finances"):
        driver.press(name)
    return driver


def ranked(driver: Driver) -> Ranking:
    return driver.window.session.case.aims


def test_by_keys(aims: Driver) -> None:
    assert ranked(aims) == (("clinical-quality",), ("access",), ("finance",))
    aims.tab_to("Number 3 of 3: Lasting finances")
    aims.key(Qt.Key.Key_Up, ALT)
    assert ranked(aims) == (("clinical-quality",), ("finance",), ("access",))
    assert aims.focus.accessibleName() == "Number 2 of 3: Lasting finances"
    aims.key(Qt.Key.Key_T)
    assert ranked(aims) == (("clinical-quality", "finance"), ("access",))
    assert aims.focus.accessibleName() == "Tied at 1 of 3: Lasting finances"
    aims.key(Qt.Key.Key_Delete)
    assert ranked(aims) == (("clinical-quality",), ("access",))


def test_by_buttons(aims: Driver) -> None:
    rows = aims.window.page.topics[0].list.rows  # type: ignore[attr-defined]
    aims.click(rows["finance"].up)
    aims.click(rows["finance"].up)
    assert ranked(aims) == (("finance",), ("clinical-quality",), ("access",))
    aims.click(rows["access"].tie)
    assert ranked(aims) == (("finance",), ("clinical-quality", "access"))
    aims.click(rows["clinical-quality"].leave)
    assert ranked(aims) == (("finance",), ("access",))


def test_by_dragging(aims: Driver) -> None:
    rows = aims.window.page.topics[0].list.rows  # type: ignore[attr-defined]
    row, target = rows["finance"], rows["clinical-quality"]
    QTest.mousePress(row, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    top = row.mapFromGlobal(target.mapToGlobal(QPoint(20, 2)))
    QTest.mouseMove(row, QPoint(20, 0))
    QTest.mouseMove(row, top)
    QTest.mouseRelease(row, Qt.MouseButton.LeftButton, pos=top)
    assert ranked(aims) == (("finance",), ("clinical-quality",), ("access",))


def test_a_click_on_a_row_moves_nothing(aims: Driver) -> None:
    before = ranked(aims)
    row = aims.window.page.topics[0].list.rows["access"]  # type: ignore[attr-defined]
    aims.click(row, QPoint(20, 10))
    assert ranked(aims) == before
    assert row.hasFocus()
