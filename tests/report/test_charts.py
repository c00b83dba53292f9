from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from partnerwizard.report.charts.marks import Picture, Rect, draw
from partnerwizard.report.charts.ranked import Bar, ranked
from partnerwizard.report.charts.tradeoff import Spot, frontier, tradeoff
from partnerwizard.report.charts.typology import Placed, typology
from partnerwizard.report.palette import DARK, LIGHT, PRINT
from partnerwizard.report.pictures import best_of_forms, ranked_picture, tradeoff_picture, typology_picture
from partnerwizard.report.view import View
from tests.report.cases import WORKED, many_options, worked

LONG = "Management contract between NHS trusts (East Riverside University Hospitals supplies our leadership) {}"
COUNTS = [1, 2, 7, 24]
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
