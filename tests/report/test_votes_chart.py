"""The charts of a workshop: everybody has a mark, sides are told apart without colour, nothing leaves the picture."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.report.charts.marks import Dot, Picture, Rect
from partnerwizard.report.charts.votes import First, Spread, first_choices, spread

WIDTH = 754.0
SIDES = ("Westmere", "Eastmarsh")


def marks_of_people(picture: Picture) -> list[tuple[str, str]]:
    """Fill and edge of every mark that stands for somebody."""
    return [(mark.fill or "", mark.edge or "") for mark in picture.marks if isinstance(mark, Dot | Rect)]


def inside(picture: Picture) -> bool:
    boxes = [label.box for label in picture.labels]
    dots = [(mark.x, mark.y, mark.radius) for mark in picture.marks if isinstance(mark, Dot)]
    return all(
        box.left >= -0.5 and box.right <= picture.width + 0.5 and box.bottom <= picture.height + 0.5 for box in boxes
    ) and all(
        r <= x + 0.5 and x + r <= picture.width + 0.5 and r <= y + 0.5 and y + r <= picture.height for x, y, r in dots
    )


def test_everybody_has_a_mark_beside_their_first_choice() -> None:
    rows = [First("Clinical network", ((0, 1.0), (0, 1.0), (1, 1.0))), First("Carry on", ((1, 0.5), (0, 0.5)), 2.0)]
    picture = first_choices(rows, (), WIDTH, earlier="in round 1")
    assert len(marks_of_people(picture)) == 5
    words = {label.text for label in picture.labels}
    assert {"3 first", "1 first", "2 in round 1"} <= words


def test_a_shared_first_choice_is_drawn_smaller() -> None:
    picture = first_choices([First("Carry on", ((0, 1.0), (0, 0.5)))], (), WIDTH)
    whole, half = sorted((mark.radius for mark in picture.marks if isinstance(mark, Dot)), reverse=True)
    assert half < whole


def test_sides_are_told_apart_by_filled_and_ringed_marks_and_named() -> None:
    picture = first_choices([First("Clinical network", ((0, 1.0), (1, 1.0)))], SIDES, WIDTH)
    filled, ringed = marks_of_people(picture)[:2]
    assert filled[0] == filled[1]
    assert ringed[0] == "paper"
    assert {"Westmere", "Eastmarsh"} <= {label.text for label in picture.labels}


def test_more_people_at_one_place_than_fit_keep_their_mix_and_are_counted() -> None:
    many = tuple((0, 0.2) for _ in range(30)) + tuple((1, 0.2) for _ in range(10))
    picture = spread([Spread("Access", many)], (), WIDTH)
    people = marks_of_people(picture)
    ringed = sum(fill == "paper" for fill, _ in people)
    assert "40" in {label.text for label in picture.labels}
    assert ringed * 4 == len(people)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 1)), min_size=1, max_size=60), min_size=1, max_size=6),
    st.sampled_from([400.0, 754.0, 1100.0]),
)
def test_nothing_leaves_the_picture(weights: list[list[tuple[int, float]]], width: float) -> None:
    names = ("Westmere", "Eastmarsh", "Northmoor", "Southfell", "Midvale")
    spreads = [Spread(f"Criterion {n}", tuple(each), tuple(each[:3])) for n, each in enumerate(weights)]
    assert inside(spread(spreads, names, width, earlier="in round 1"))
    firsts = [First("A form with a rather long name", tuple((s, 1.0) for s, _ in each), 3.0) for each in weights]
    assert inside(first_choices(firsts, names, width, earlier="in round 1"))
