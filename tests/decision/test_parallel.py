"""Work on several cores: the same results in the same order as on one, and nothing swallowed."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from partnerwizard.decision import parallel
from partnerwizard.decision.acceptability import Acceptability, acceptability
from partnerwizard.decision.parallel import cores, in_parallel
from partnerwizard.decision.stated import RankedWeights
from partnerwizard.decision.table import Table


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_results_come_in_the_order_of_the_parts(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: threads)
    assert list(in_parallel(lambda part: part * part, range(100))) == [part * part for part in range(100)]
    assert list(in_parallel(str, [])) == []


def test_as_many_threads_as_cores_work_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: 3)
    meeting = threading.Barrier(3, timeout=20)
    # Nobody gets past the barrier unless three are at it.
    assert len([meeting for _ in in_parallel(lambda _: meeting.wait(), range(3))]) == 3
    assert cores() >= 1


@pytest.mark.parametrize("threads", [1, 4])
def test_what_a_part_raises_is_raised(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: threads)

    def work(part: int) -> int:
        if part == 7:
            raise ValueError("part 7")
        return part

    with pytest.raises(ValueError, match="part 7"):
        list(in_parallel(work, range(20)))


def test_shares_do_not_depend_on_the_number_of_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    low = np.random.default_rng(0).uniform(0, 50, (6, 4))
    table = Table(low, low + 20, low + 45, np.zeros(6), np.array([0, 1, 2, 3, 4, 4]))

    def shares(threads: int) -> Acceptability:
        monkeypatch.setattr(parallel, "cores", lambda: threads)
        return acceptability(table, RankedWeights(((0,), (1, 2), (3,))), 60_000, 3)

    one, four = shares(1), shares(4)
    for name in ("rank_shares", "pairwise", "weights_when_first", "confidence"):
        np.testing.assert_array_equal(getattr(one, name), getattr(four, name))
