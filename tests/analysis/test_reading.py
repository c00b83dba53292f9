"""Reading a decision table: every problem at once, each with its place and what to do."""

from __future__ import annotations

import copy
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.analysis.document import analyse
from partnerwizard.analysis.schema import ANALYSIS, TABLE
from partnerwizard.analysis.table import load_table, table_from
from partnerwizard.files import FileProblem
from tests.support import TESTS

GOOD: dict[str, Any] = {
    "format": "partnerwizard-table/1",
    "criteria": [{"id": "cost", "direction": "min"}, {"id": "quality", "direction": "max"}],
    "options": ["a", "b", "c"],
    "values": {
        "a": {"cost": 40, "quality": [20, 60]},
        "b": {"cost": [10, 15, 40], "quality": 50},
        "c": {"cost": 90, "quality": 90},
    },
    "weights": {"kind": "exact", "values": {"cost": 1, "quality": 3}},
    "draw_with": {"b": "a"},
    "participants": [
        {"id": "p1", "weights": {"kind": "ordinal", "order": ["cost", "quality"]}},
        {"id": "p2", "ranks": {"a": 1, "b": 2, "c": 2}},
        {"id": "p3", "weights": {"cost": 1, "quality": 1}},
    ],
}


def changed(*path: Any, to: Any = None, drop: bool = False) -> dict[str, Any]:
    document: Any = copy.deepcopy(GOOD)
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    if drop:
        del inner[path[-1]]
    else:
        inner[path[-1]] = to
    return document  # type: ignore[no-any-return]


def problems(document: Any) -> list[str]:
    with pytest.raises(FileProblem) as caught:
        table_from(document, "t.json")
    return list(caught.value.problems)


def test_values_are_read_on_the_value_scale() -> None:
    table = table_from(GOOD, "t.json")
    np.testing.assert_array_equal(table.ratings.low, [[60, 20], [60, 50], [10, 90]])
    np.testing.assert_array_equal(table.ratings.likely, [[60, 40], [85, 50], [10, 90]])
    np.testing.assert_array_equal(table.ratings.high, [[60, 60], [90, 50], [10, 90]])
    assert table.ratings.draw.tolist() == [0, 0, 2]
    np.testing.assert_allclose(table.weights.central(), [0.25, 0.75])


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([], ["t.json: this is not a decision table"]),
        (changed("format", to="partnerwizard-case/1"), ["t.json:format: this is not a decision table"]),
        (changed("format", drop=True), ["t.json:format: this is not a decision table"]),
        (changed("options", to=[]), ["t.json:options: there is no option"]),
        (changed("options", to="a"), ['t.json:options: "a" is not a list']),
        (changed("options", to=["a", "b", "c", "a", ""]), ["t.json:options.3: the id", "t.json:options.4: "]),
        (changed("options", to=["a", "b"]), ["t.json:values.c: there is no option", "t.json:participants.1.ranks.c"]),
        (changed("criteria", to=[]), ["t.json:criteria: there is no criterion"]),
        (changed("criteria", drop=True), ["t.json:criteria: this key is missing"]),
        (changed("criteria", 1, "id", to="cost"), ["t.json:criteria.1.id: the id", "t.json:values.a.quality"]),
        (changed("criteria", 1, "direction", to="up"), ["t.json:criteria.1.direction"]),
        (changed("criteria", 1, "wieght", to=3), ["t.json:criteria.1.wieght: this key is not known"]),
        (changed("criteria", 1, to="quality"), ["t.json:criteria.1: "]),
        (changed("values", "b", drop=True), ["t.json:values.b: the values of this option are missing"]),
        (changed("values", "b", "cost", drop=True), ["t.json:values.b.cost: this value is missing"]),
        (changed("values", "b", "speed", to=3), ["t.json:values.b.speed: there is no criterion"]),
        (changed("values", "b", to=[1]), ["t.json:values.b: "]),
        (changed("values", to=3), ["t.json:values: 3 is not an object"]),
        (changed("values", "b", "cost", to=math.inf), ["t.json:values.b.cost: Infinity is not a finite number"]),
        (changed("values", "b", "cost", to=math.nan), ["t.json:values.b.cost: NaN is not a finite number"]),
        (changed("values", "b", "cost", to=10**400), ["t.json:values.b.cost: 1"]),
        (changed("values", "b", "cost", to=True), ["t.json:values.b.cost: true is not a finite number"]),
        (changed("values", "b", "cost", to="40"), ['t.json:values.b.cost: "40"']),
        (changed("values", "b", "cost", to=None), ["t.json:values.b.cost: null"]),
        (changed("values", "b", "cost", to=100.5), ["t.json:values.b.cost: 100.5 is outside 0-100"]),
        (changed("values", "b", "cost", to=[-1, 4]), ["t.json:values.b.cost: -1 is outside 0-100"]),
        (changed("values", "b", "cost", to=[40, 20]), ["t.json:values.b.cost: [40, 20] is not in rising order"]),
        (changed("values", "b", "cost", to=[1, 2, 3, 4]), ["t.json:values.b.cost: [1, 2, 3, 4] has 4 numbers"]),
        (changed("values", "b", "cost", to=[]), ["t.json:values.b.cost: [] has 0 numbers"]),
        (changed("colour", to=1), ["t.json:colour: this key is not known"]),
        (changed("weights", drop=True), ["t.json:weights: this key is missing"]),
        (changed("weights", to=None), ["t.json:weights: null is not an object"]),
        (changed("weights", to={"kind": "swing"}), ['t.json:weights.kind: "swing" is no kind of weights']),
        (changed("weights", "values", "cost", to=-1), ["t.json:weights.values.cost: -1 is below 0"]),
        (changed("weights", "values", "speed", to=1), ["t.json:weights.values.speed: there is no criterion"]),
        (changed("weights", "values", "cost", drop=True), ["t.json:weights.values.cost: the weight of this criterion"]),
        (changed("weights", "values", to={"cost": 0, "quality": 0}),
         ["t.json:weights.values: the weights add up to 0"]),
        (changed("weights", "order", to=["cost"]), ["t.json:weights.order: this key is not known"]),
        (
            changed("weights", "statements", to=[{"more": "cost", "less": "quality", "times": 2}]),
            ["t.json:weights: the exact weights contradict what is stated: cost weighs at least 2 times as much"],
        ),
        (
            changed(
                "weights",
                to={
                    "kind": "none",
                    "statements": [{"more": "cost", "less": "x"}, 3, {"more": "cost", "less": "cost", "times": 1}],
                },
            ),
            [
                "weights.statements.0.less",
                "weights.statements.0.times",
                "weights.statements.1",
                "weights.statements.2: a criterion is compared with itself",
            ],
        ),
        (
            changed("weights", to={"kind": "none", "statements": [{"more": "cost", "less": "quality", "times": 0}]}),
            ["weights.statements.0.times: 0 times"],
        ),
        (changed("weights", to={"kind": "ordinal", "order": ["cost"]}),
         ['weights.order: the criterion "quality" is not']),
        (
            changed("weights", to={"kind": "ordinal", "order": ["cost", ["quality", "cost"], []]}),
            ["weights.order.1.1: ", "weights.order.2: this tie is empty"],
        ),
        (
            changed("weights", to={"kind": "intervals", "values": {"cost": [0.2, 1.2], "quality": [0.5, 0.4]}}),
            ["weights.values.cost: 1.2 is outside 0-1", "weights.values.quality: [0.5, 0.4] is not in rising order"],
        ),
        (
            changed("weights", to={"kind": "intervals", "values": {"cost": [0.6, 1], "quality": [0.5, 0.6]}}),
            [
                "t.json:weights: what is said contradicts itself; this cannot hold together (the weights add up to 1): "
                "cost weighs at least 0.6; quality weighs at least 0.5. Drop"
            ],
        ),
        (
            changed("weights", to={"kind": "points", "values": {"cost": [0, 0], "quality": [0, 0]}}),
            ["t.json:weights: what is said contradicts itself"],
        ),
        (changed("weights", to={"kind": "points", "values": {"cost": [0, 10]}}),
         ["weights.values.quality: the weight"]),
        (changed("draw_with", to={"d": "a", "a": "e"}), ["t.json:draw_with.d: ", "t.json:draw_with.a: "]),
        (changed("draw_with", to=["a"]), ["t.json:draw_with: "]),
        (changed("participants", 1, "id", to="p1"), ['t.json:participants.1.id: the id "p1" is given twice']),
        (changed("participants", 1, "weights", to={}), ["t.json:participants.1: a participant has either"]),
        (changed("participants", 1, "ranks", drop=True), ["t.json:participants.1: a participant has either"]),
        (changed("participants", 1, "ranks", "a", to=0), ["t.json:participants.1.ranks.a: 0 is outside 1-3"]),
        (changed("participants", 1, "ranks", "a", drop=True), ["t.json:participants.1.ranks.a: the rank"]),
        (changed("participants", 2, "weights", to={"cost": 1}), ["t.json:participants.2.weights.values.quality"]),
        (changed("participants", to={}), ["t.json:participants: {} is not a list"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(document: Any, expected: list[str]) -> None:
    found = problems(document)
    for start in expected:
        assert any(start in line for line in found), found
    for line in found:
        assert line.startswith("t.json:")
        assert line.endswith(".")


def test_every_problem_is_named_at_once() -> None:
    document = changed("values", "a", "cost", to="x")
    document["options"].append("d")
    document["weights"] = {"kind": "points", "values": {"cost": [5, 1]}}
    document["colour"] = 1
    document["participants"].append({"id": "p4"})
    places = {line.split(":")[1] for line in problems(document)}
    assert places >= {
        "values.a.cost",
        "values.d",
        "weights.values.cost",
        "weights.values.quality",
        "colour",
        "participants.3",
    }


def test_a_table_full_of_faults_does_not_fill_the_screen() -> None:
    options = [f"o{n}" for n in range(1000)]
    found = problems({**GOOD, "options": options, "draw_with": {}, "participants": []})
    assert len(found) == 1001
    assert "more problems" in found[-1]


def test_a_million_cells_are_refused_in_words() -> None:
    ids = [f"x{n}" for n in range(1000)]
    row = dict.fromkeys(ids, 1)
    document = {
        **GOOD,
        "criteria": [{"id": each, "direction": "max"} for each in ids],
        "options": ids,
        "values": dict.fromkeys(ids, row),
    }
    (line,) = problems(document)
    assert "1000 options and 1000 criteria" in line


@pytest.mark.parametrize("kind", ["none", "ordinal", "intervals", "points"])
def test_a_set_of_weights_of_each_kind(kind: str) -> None:
    extra: dict[str, Any] = {
        "none": {},
        "ordinal": {"order": [["quality", "cost"]]},
        "intervals": {"values": {"cost": [0.2, 0.9]}, "order": ["cost"]},
        "points": {"values": {"cost": [20, 90], "quality": 50}},
    }[kind]
    for statements in ([], [{"more": "cost", "less": "quality", "times": 1.5}]):
        document = changed("weights", to={"kind": kind, **extra, "statements": statements})
        answer = analyse(table_from(document, "t.json"), samples=500, seed=0)
        assert sum(answer["central_weights"].values()) == pytest.approx(1, abs=1e-6)
        if statements:
            assert answer["central_weights"]["cost"] >= 1.5 * answer["central_weights"]["quality"] - 1e-6


def test_the_order_of_intervals_joins_their_bounds() -> None:
    weights = {"kind": "intervals", "values": {"cost": [0.1, 0.6]}, "order": ["quality", "cost"]}
    answer = analyse(table_from(changed("weights", to=weights), "t.json"), samples=100, seed=0)
    assert answer["central_weights"]["cost"] == pytest.approx(0.3)


def fits(schema: dict[str, Any], value: Any) -> bool:
    """As much of JSON Schema as the two schemas use."""
    if "anyOf" in schema:
        return any(fits(each, value) for each in schema["anyOf"])
    if "oneOf" in schema:
        return sum(fits(each, value) for each in schema["oneOf"]) == 1
    if "const" in schema:
        return bool(value == schema["const"])
    if "enum" in schema:
        return value in schema["enum"]
    match schema.get("type"):
        case "object":
            known = schema.get("properties", {})
            rest = schema.get("additionalProperties", True)
            return (
                isinstance(value, dict)
                and all(key in value for key in schema.get("required", []))
                and all(
                    fits(known[key], each) if key in known else rest is True or (rest is not False and fits(rest, each))
                    for key, each in value.items()
                )
            )
        case "array":
            return (
                isinstance(value, list)
                and schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", math.inf)
                and all(fits(schema["items"], each) for each in value)
            )
        case "string":
            return isinstance(value, str) and len(value) >= schema.get("minLength", 0)
        case "number" | "integer":
            return (
                isinstance(value, int | float)
                and not isinstance(value, bool)
                and schema.get("minimum", -math.inf) <= value <= schema.get("maximum", math.inf)
                and value > schema.get("exclusiveMinimum", -math.inf)
                and (schema["type"] == "number" or value == int(value))
            )
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
    raise AssertionError(schema)


@pytest.mark.parametrize("path", sorted((TESTS / "tables").glob("*.json")), ids=lambda path: path.stem)
def test_tables_and_answers_fit_their_schemas(path: Path) -> None:
    if path.name.endswith(".expected.json"):
        return
    assert fits(TABLE, json.loads(path.read_text()))
    assert fits(ANALYSIS, analyse(load_table(path), samples=50, seed=0))


def test_what_the_schema_refuses_the_reader_refuses() -> None:
    assert fits(TABLE, GOOD)
    for path, value in (
        (("colour",), 1),
        (("options",), []),
        (("criteria", 0, "direction"), "up"),
        (("values", "a", "cost"), 101),
        (("weights",), {"kind": "ordinal"}),
        (("participants", 0, "ranks"), {}),
    ):
        document = changed(*path, to=value)
        assert not fits(TABLE, document)
        assert problems(document)


@settings(deadline=None, max_examples=150, derandomize=True)
@given(st.data())
def test_whatever_stands_in_a_table_there_is_an_answer_or_a_list_of_problems(data: st.DataObject) -> None:
    junk = st.one_of(
        st.none(), st.booleans(), st.floats(), st.integers(-5, 200), st.text(max_size=3), st.just([]), st.just({}),
        st.lists(st.floats(0, 100), max_size=4), st.sampled_from(["a", "cost", "quality", ["cost", "quality"]]),
    )  # fmt: skip
    document: Any = copy.deepcopy(GOOD)
    for _ in range(data.draw(st.integers(1, 3))):
        inner = document
        while True:
            keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if isinstance(inner[key], dict | list) and inner[key] and data.draw(st.booleans()):
                inner = inner[key]
                continue
            inner[key] = data.draw(junk)
            break
    try:
        table = table_from(document, "t.json")
    except FileProblem:
        assert all(line.startswith("t.json") for line in problems(document))
    else:
        json.dumps(analyse(table, samples=20, seed=0), allow_nan=False)


def test_participants_may_say_more() -> None:
    person = {
        "id": "p1",
        "weights": {"cost": 1, "quality": 1},
        "organisation": "one",
        "values": {"a": {"cost": [0, 10]}},
    }
    document = changed("participants", 0, to=person)
    assert fits(TABLE, document)
    own = table_from(document, "t.json").participants[0]
    assert own.organisation == "one"
    assert own.ratings is not None
    # Less cost is better, so 0 to 10 is 90 to 100 in value; the other cells are the table's.
    np.testing.assert_allclose(
        [own.ratings.low[0], own.ratings.likely[0], own.ratings.high[0]], [[90, 20], [95, 40], [100, 60]]
    )


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("organisation", "", "participants.0.organisation"),
        ("organisation", 3, "participants.0.organisation"),
        ("values", [], "participants.0.values"),
        ("values", {"z": {"cost": 1}}, "participants.0.values.z"),
        ("values", {"a": {"z": 1}}, "participants.0.values.a.z"),
        ("values", {"a": {"cost": 101}}, "participants.0.values.a.cost"),
        ("values", {"a": 5}, "participants.0.values.a"),
        ("mood", "good", "participants.0.mood"),
    ],
)
def test_what_a_participant_says_wrongly_is_named(key: str, value: Any, place: str) -> None:
    document = changed("participants", 0, key, to=value)
    # A schema cannot know which ids there are.
    assert fits(TABLE, document) == ("z" in place.split("."))
    assert any(line.startswith(f"t.json:{place}: ") for line in problems(document))


def test_who_ranks_has_no_ratings() -> None:
    document = changed("participants", 1, "values", to={"a": {"cost": 1}})
    assert not fits(TABLE, document)
    assert problems(document)[0].startswith("t.json:participants.1.values: ")


def test_more_opinions_than_can_be_compared_are_refused() -> None:
    document = changed("participants", to=[{"id": "p", "ranks": {}}] * 3_000_000)
    assert problems(document)[0].startswith("t.json:participants: there are 3000000 participants on 3 options")


@pytest.mark.parametrize("values", [{"cost": 1e308, "quality": 1e308}, {"cost": 5e-324, "quality": 5e-324}])
@pytest.mark.parametrize("kind", ["exact", "points"])
def test_only_proportions_count_however_large_or_small(kind: str, values: dict[str, float]) -> None:
    answer = analyse(table_from(changed("weights", to={"kind": kind, "values": values}), "t.json"), samples=20, seed=0)
    assert answer["central_weights"] == {"cost": 0.5, "quality": 0.5}


@pytest.mark.parametrize("times", [1e300, 1e-300, 1e308])
def test_a_contradiction_is_named_however_steep(times: float) -> None:
    weights = {
        "kind": "intervals",
        "values": {"cost": [0.4, 0.6], "quality": [0.4, 0.6]},
        "statements": [
            {"more": "cost", "less": "quality", "times": times},
            {"more": "quality", "less": "cost", "times": 1 / times},
        ],
    }
    (line,) = problems(changed("weights", to=weights))
    assert f"{max(times, 1 / times):g} times as much" in line
