"""Tables with known answers: published, or derived by hand. Each stands beside its source and its expected figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from partnerwizard.analysis.document import analyse
from partnerwizard.analysis.table import load_table
from tests.support import TESTS

TABLES = TESTS / "tables"
CASES = sorted(path.name.removesuffix(".expected.json") for path in TABLES.glob("*.expected.json"))


def at(document: Any, place: str) -> Any:
    for key in place.split("/"):
        document = document[int(key)] if isinstance(document, list) else document[key]
    return document


def close(found: Any, expected: Any, within: float) -> bool:
    if isinstance(expected, dict):
        return found.keys() == expected.keys() and all(close(found[key], expected[key], within) for key in expected)
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(close, found, expected, [within] * len(expected)))
    if isinstance(expected, float | int) and not isinstance(found, str | None):
        return abs(found - expected) <= within
    return bool(found == expected)


def test_there_are_many_tables_each_with_its_source() -> None:
    assert len(CASES) >= 20
    assert {path.name for path in TABLES.iterdir()} == {
        f"{name}{end}" for name in CASES for end in (".json", ".expected.json")
    }


@pytest.mark.parametrize("name", CASES)
def test_the_answer_is_the_known_one(name: str) -> None:
    known = json.loads((TABLES / f"{name}.expected.json").read_text())
    assert known["source"]
    document = analyse(load_table(TABLES / f"{name}.json"), samples=known["samples"], seed=0)
    wrong = [
        f"{line['at']}: {at(document, line['at'])}, not {line['is']}"
        for line in known["expected"]
        if not close(at(document, line["at"]), line["is"], line.get("within", 1e-9))
    ]
    assert wrong == []


def test_no_table_is_left_without_json(tmp_path: Path) -> None:
    for name in CASES:
        document = analyse(load_table(TABLES / f"{name}.json"), samples=50, seed=3)
        (tmp_path / name).write_text(json.dumps(document, allow_nan=False))
