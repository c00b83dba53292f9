from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from datetime import date
from itertools import combinations

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from partnerwizard.report.charts.contributions import Made, Part, contributions
from partnerwizard.report.charts.marks import Picture, Rect, draw
from partnerwizard.report.charts.ranked import Bar, ranked
from partnerwizard.report.charts.readiness import Ingredient, readiness
from partnerwizard.report.charts.shares import Places, Share, ahead, places
from partnerwizard.report.charts.timetable import Stretch, timetable
from partnerwizard.report.charts.tipping import Tipping, tipping
from partnerwizard.report.charts.tradeoff import Spot, frontier, tradeoff
from partnerwizard.report.charts.typology import Placed, typology
from partnerwizard.report.palette import DARK, LIGHT, PRINT
from partnerwizard.report.pictures import best_of_forms, ranked_picture, tradeoff_picture, typology_picture
from partnerwizard.report.view import View
from tests.report.cases import WORKED, many_options, worked

LONG = "Management contract between NHS trusts (East Riverside University Hospitals supplies our leadership) {}"
COUNTS = [1, 2, 7, 24]
LIMITS = ((0.6, "leading"), (0.8, "clear"))
NAMES = ["Form {}", LONG, "🚀 <b>&amp; {} " + "x" * 200]


def bars(count: int, name: str) -> list[Bar]:
    chance = random.Random(count)
    return [
        Bar(
            name=name.format(n),
            note="in place already" if n % 5 == 2 else "",
            named=n == 0,
            parts={
                "studied": chance.uniform(-5, 9),
                "by-design": chance.uniform(-9, 2),
                "unknown": 3.0,
                "judgement": 4.0,
            },
            total=chance.uniform(-10, 20),
            low=-30 - n,
            high=40 + n,
        )
        for n in range(count)
    ]


def spots(count: int, name: str) -> list[Spot]:
    chance = random.Random(count)
    kinds = ("named", "carry-on", "in-place")
    return [
        Spot(name.format(n), chance.uniform(0, 100), chance.uniform(0, 100), kinds[n] if n < 3 else "option")  # type: ignore[arg-type]
        for n in range(count)
    ]


def placed(count: int, name: str) -> list[Placed]:
    natures, scales = ("mandated", "either", "voluntary"), ("individual", "structural")
    states = ("named", "open", "in-place", "closed")
    return [Placed(name.format(n), natures[n % 3], scales[n % 2], states[n % 4]) for n in range(count)]  # type: ignore[arg-type]


def more(count: int, name: str, width: float) -> list[Picture]:
    """The charts with a row for each name; those in columns have at most four."""
    chance = random.Random(count)
    names = [name.format(n) for n in range(count)]
    few = names[:4]
    shares = [chance.uniform(0, 1) for _ in names]
    made = [
        Made(each, n == 0, tuple(Part(chance.uniform(-20, 20), "studied") for _ in names), 3)
        for n, each in enumerate(few)
    ]
    states = ("in-place", "partly", "missing", "unknown")
    stretches = [
        Stretch(
            each, n, n + chance.uniform(0, 9), None if n % 2 else n + 20, n % 3 > 0, "May 2027 to November 2027", n == 0
        )
        for n, each in enumerate(names)
    ]
    return [
        ahead([Share(each, share) for each, share in zip(names, shares, strict=True)], LIMITS, width),
        places(
            [
                Places(each, (0.5, 0.3, 0.2 - share / 9, share / 9), False)
                for each, share in zip(names, shares, strict=True)
            ],
            width,
        ),
        tipping(
            [
                Tipping(each, 0.1, 0.2, 0.4, ((0.05, names[0]), (0.9, names[-1]))[: n % 3])
                for n, each in enumerate(names)
            ],
            width,
        ),
        contributions(names, made, width),
        readiness(
            few,
            [
                Ingredient(each, n % 2 == 0, tuple(states[(n + m) % 4] for m in range(len(few))))
                for n, each in enumerate(names)
            ],
            width,
        ),
        timetable(stretches, date(2026, 11, 23), width),
    ]  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [600.0, 754.0])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", COUNTS)
def test_charts_with_a_row_for_each_name_hold_their_texts(qapp: object, count: int, name: str, width: float) -> None:
    for picture in more(count, name, width):
        check(picture)


@pytest.mark.parametrize("count", [1, 7])
def test_charts_for_a_phone_hold_their_texts(qapp: object, count: int) -> None:
    rows = [Share(f"Management contract {n}", 0.4) for n in range(count)]
    check(ahead(rows, LIMITS, 340))
    check(places([Places(row.name, (0.4, 0.3, 0.2, 0.1), False) for row in rows], 340))


def check(picture: Picture) -> None:
    """No text overlaps another or leaves the picture, and every drawing of it is valid SVG for Qt."""
    labels = [label for label in picture.labels if label.text]
    for label in labels:
        assert label.box.left >= -0.5, label
        assert label.box.top >= -0.5, label
        assert label.box.right <= picture.width + 0.5, label
        assert label.box.bottom <= picture.height + 0.5, label
    for one, other in combinations(labels, 2):
        assert not one.box.meets(other.box), (one, other)
    for palette in (LIGHT, DARK, PRINT):
        svg = draw(picture, palette, title="A chart")
        root = ET.fromstring(svg)
        allowed = {"svg", "defs", "pattern", "path", "text", "rect", "line", "circle"}
        assert {element.tag.rpartition("}")[2] for element in root.iter()} <= allowed
        assert not any(name in {"style", "class"} for element in root.iter() for name in element.attrib)
        assert QSvgRenderer(QByteArray(svg.encode())).isValid()


@pytest.mark.parametrize("width", [320.0, 420.0, 650.0, 754.0, 1100.0])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", COUNTS)
def test_charts_hold_their_texts(qapp: object, count: int, name: str, width: float) -> None:
    check(ranked(bars(count, name), width))
    if width > 420:
        check(tradeoff(spots(count, name), width))
        check(typology(placed(count, name), "mandated", ("structural", "individual"), width))


@pytest.mark.parametrize("case", WORKED)
def test_charts_of_worked_cases_hold_their_texts(qapp: object, case: str) -> None:
    view = View(*worked(case))
    check(ranked_picture(view, best_of_forms(view)))
    check(tradeoff_picture(view))
    check(typology_picture(view))


def test_a_chart_of_every_option_holds_its_texts(qapp: object) -> None:
    view = View(*many_options())
    check(ranked_picture(view, view.scored))


def test_charts_of_nothing_can_be_drawn(qapp: object) -> None:
    check(ranked([], 650))
    check(tradeoff([], 650))
    check(typology([], None, (), 650))
    check(ahead([], LIMITS, 650))
    check(places([], 650))
    check(tipping([], 650))
    check(contributions([], [], 650))
    check(readiness([], [], 650))
    check(timetable([], date(2026, 1, 1), 650))


def test_bars_start_at_carrying_on_and_end_where_their_parts_do() -> None:
    bar = Bar("One", "", True, {"studied": 10, "by-design": -5}, 5, -10, 20)
    picture = ranked([bar], 650)
    up, down = (next(m for m in picture.marks if isinstance(m, Rect) and m.fill == f) for f in ("studied", "by_design"))
    assert down.x + down.width == pytest.approx(up.x)
    assert up.width == pytest.approx(2 * down.width)


def test_names_are_escaped() -> None:
    svg = draw(ranked(bars(1, "<script>&\"'{}"), 650), LIGHT, title='"><script>')
    assert "<script" not in svg
    ET.fromstring(svg)


def test_frontier_has_what_nothing_beats_on_both() -> None:
    a, b, c = Spot("a", 80, 20, "option"), Spot("b", 40, 90, "option"), Spot("c", 39, 89, "option")
    assert frontier([c, b, a]) == (a, b)
    assert frontier([a, a]) == (a, a)
