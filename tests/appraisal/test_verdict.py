"""The verdict's rules on shares made by hand."""

from __future__ import annotations

from partnerwizard.appraisal.verdict import Reading, join, read_shares
from tests.support import orchestras

METHOD = orchestras().head.method


def shares(**beats: dict[str, float]) -> dict[str, dict[str, float]]:
    return beats


def reading(table: dict[str, dict[str, float]], **value: float) -> Reading:
    return read_shares(table, list(table), {name: value.get(name, 0.0) for name in table}, METHOD)


def test_clear_leading_and_close_by_the_leaders_smallest_share() -> None:
    assert reading(shares(a={"b": 0.8, "c": 0.9}, b={"a": 0.2, "c": 0.5}, c={"a": 0.1, "b": 0.5})).kind == "clear"
    assert reading(shares(a={"b": 0.79, "c": 0.9}, b={"a": 0.2, "c": 0.5}, c={"a": 0.1, "b": 0.5})).kind == "leading"
    close = reading(shares(a={"b": 0.55, "c": 0.9}, b={"a": 0.45, "c": 0.5}, c={"a": 0.1, "b": 0.5}))
    assert (close.kind, close.members) == ("close-group", ("a", "b"))


def test_more_than_three_close_ones_are_no_clear_winner() -> None:
    names = "abcd"
    table = {one: {other: 0.5 for other in names if other != one} for one in names}
    assert reading(table).kind == "no-clear-winner"
    three = {one: {other: 0.5 for other in "abc" if other != one} for one in "abc"}
    assert reading(three).kind == "close-group"


def test_alone_is_clear_and_a_tie_goes_to_the_higher_value() -> None:
    assert reading({"a": {}}) == Reading("clear", "a", 1.0, ("a",))
    assert reading(shares(a={"b": 0.5}, b={"a": 0.5}), a=1, b=2).leader == "b"


def test_drawing_apart_only_tempers() -> None:
    clear = shares(a={"b": 0.9}, b={"a": 0.1})
    weak = shares(a={"b": 0.55}, b={"a": 0.45})
    turned = shares(a={"b": 0.4}, b={"a": 0.6})
    common = reading(clear)
    assert join(common, reading(weak), weak, ["a", "b"], METHOD).kind == "leading"
    assert join(common, reading(clear), clear, ["a", "b"], METHOD).kind == "clear"
    both = join(common, reading(turned), turned, ["a", "b"], METHOD)
    assert (both.kind, both.leader, both.members) == ("close-group", "a", ("a", "b"))


def test_two_leaders_with_more_than_three_members_are_no_clear_winner() -> None:
    close = Reading("close-group", "a", 0.5, ("a", "b", "c"))
    other = Reading("leading", "d", 0.7, ("d",))
    assert join(close, other, {}, ["a", "b", "c", "d"], METHOD).kind == "no-clear-winner"
