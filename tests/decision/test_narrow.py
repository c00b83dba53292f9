"""A set of weights narrower than any difference that counts is a point, and is analysed as one."""

from __future__ import annotations

import pytest

from partnerwizard.analysis.document import analyse
from partnerwizard.analysis.table import table_from


def test_bounds_a_billionth_apart_are_as_good_as_exact_weights():
    ids = [f"c{n}" for n in range(60)]
    bounds = {each: [1 / 60 - 1e-9, 1 / 60 + 1e-9] for each in ids}
    document = {
        "format": "partnerwizard-table/1",
        "criteria": [{"id": each, "direction": "max"} for each in ids],
        "options": ["a", "b"],
        "values": {"a": dict.fromkeys(ids, 40), "b": {each: 30 + n % 7 for n, each in enumerate(ids)}},
        "weights": {"kind": "intervals", "values": bounds},
    }
    found = analyse(table_from(document, "t"), samples=200, seed=0)
    assert found["values"]["a"]["likely"] == pytest.approx(40)
    assert found["rank_shares"]["a"] == [1.0, 0.0]
    assert sum(found["central_weights"].values()) == pytest.approx(1)
