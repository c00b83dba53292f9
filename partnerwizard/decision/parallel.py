"""Independent pieces of work on all cores: numpy lets other threads run while it draws, multiplies and compares."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from threading import Thread
from typing import Final, TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")

_EACH: Final = 4
"""Parts that a thread takes before all wait for the slowest; so few that their results do not fill the memory."""


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_parallel(work: Callable[[Part], Result], parts: Iterable[Part], most: int | None = None) -> Iterator[Result]:
    """The work's result for each part, in their order, whatever the number of cores; raises what the work raises.

    No part may depend on another. `most`: threads at once, where each part fills much memory.
    """
    threads = cores() if most is None else max(1, min(most, cores()))
    if threads == 1:
        yield from map(work, parts)
        return
    left = iter(parts)
    while batch := list(islice(left, _EACH * threads)):
        yield from _together(work, batch, min(threads, len(batch)))


def _together(work: Callable[[Part], Result], parts: list[Part], threads: int) -> list[Result]:
    results: dict[int, Result] = {}
    failures: list[Exception] = []
    # Threads take from the end of the list, which is safe without a lock.
    left = list(reversed(list(enumerate(parts))))

    def take() -> None:
        while left and not failures:
            try:
                number, part = left.pop()
            except IndexError:
                return
            try:
                results[number] = work(part)
            except Exception as failure:  # noqa: BLE001 - whatever it is, it is raised where the work was asked for
                failures.append(failure)

    helpers = [Thread(target=take, daemon=True) for _ in range(threads - 1)]
    for helper in helpers:
        helper.start()
    take()
    for helper in helpers:
        helper.join()
    if failures:
        raise failures[0]
    return [results[number] for number in range(len(parts))]
