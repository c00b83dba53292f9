"""Independent pieces of work on all cores: numpy lets other threads run while it draws, multiplies and compares."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from threading import Lock, Thread
from typing import TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_parallel(work: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
    """The work's result for each part, in their order, whatever the number of cores; raises what the work raises.

    No part may depend on another. Each thread takes the next part that nobody has taken yet.
    """
    results: dict[int, Result] = {}
    failures: dict[int, BaseException] = {}
    left = iter(enumerate(parts))
    lock = Lock()

    def take() -> None:
        while not failures:
            with lock:
                taken = next(left, None)
            if taken is None:
                return
            number, part = taken
            try:
                results[number] = work(part)
            except BaseException as failure:
                failures[number] = failure

    helpers = [Thread(target=take, daemon=True) for _ in range(min(cores(), len(parts)) - 1)]
    for helper in helpers:
        helper.start()
    take()
    for helper in helpers:
        helper.join()
    if failures:
        raise failures[min(failures)]
    return [results[number] for number in range(len(parts))]
