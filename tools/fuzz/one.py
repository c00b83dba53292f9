"""One target for some seconds: guided by coverage with atheris, or without it where this Python has none.

python -m fuzz.one TARGET SECONDS SEED FOLDER      the last line of standard output says what was done, as JSON
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

from fuzz.places import seeds

AT_MOST = 5.0
"""Seconds that an input may take."""

MEGABYTES = 1500


class Slow(Exception):
    """An input took longer than AT_MOST."""


def _slow(_number: int, _frame: FrameType | None) -> None:
    raise Slow


class Run:
    """Counts what inputs come to, and keeps the first that is a finding."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.done: Counter[str] = Counter()
        self.finding: str | None = None

    def give(self, data: bytes) -> None:
        """Tries one input. Raises what is a finding, after its input was put down."""
        from fuzz.targets import tried

        signal.setitimer(signal.ITIMER_REAL, AT_MOST)
        try:
            word = tried(self.name, data)
        except BaseException as error:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.folder.mkdir(parents=True, exist_ok=True)
            file = self.folder / f"finding-{self.name}"
            file.write_bytes(data)
            self.finding = "".join(traceback.format_exception(error)[-4:]).strip()
            self.say("finding")
            raise
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.done[word] += 1

    def say(self, how: str) -> None:
        """One line for `__main__`."""
        document: dict[str, Any] = {"how": how, "finding": self.finding, **self.done}
        print(json.dumps(document), flush=True)


def guided(run: Run, seconds: float, seed: int, start: list[Path]) -> None:
    """With atheris: the engine keeps what reaches new code. Does not return."""
    import atheris

    with atheris.instrument_imports(include=["partnerwizard"]):
        from fuzz import targets  # noqa: F401 - loads everything that is to be watched
    from fuzz.mutate import mutated

    end = time.monotonic() + seconds

    def once(data: bytes) -> None:
        if time.monotonic() > end:
            run.say("guided")
            os._exit(0)
        run.give(data)

    def mutator(data: bytes, most: int, number: int) -> bytes:
        if number % 3 == 0:
            return bytes(atheris.Mutate(data, most))
        return mutated(bytes(data), random.Random(number), most)

    corpus = run.folder / f"corpus-{run.name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(start):
        (corpus / f"{number}-{path.name}").write_bytes(path.read_bytes())
    arguments = [
        "fuzz",
        f"-seed={seed}",
        "-max_len=65536",
        "-len_control=0",
        f"-rss_limit_mb={MEGABYTES}",
        f"-max_total_time={int(seconds) + 30}",
        f"-artifact_prefix={run.folder}/",
        "-verbosity=0",
        "-print_final_stats=0",
        "-handle_alrm=0",
        str(corpus),
    ]
    atheris.Setup(arguments, once, custom_mutator=mutator)
    atheris.Fuzz()


def unguided(run: Run, seconds: float, seed: int, start: list[Path]) -> None:
    """Without atheris: changes of the seeds, and of what was taken so far, as they come."""
    from fuzz.mutate import mutated

    rng = random.Random(seed)
    pool = [path.read_bytes() for path in start]
    end = time.monotonic() + seconds
    for data in list(pool):
        run.give(data)
    while time.monotonic() < end:
        data = mutated(rng.choice(pool), rng)
        taken = run.done["taken"]
        run.give(data)
        if run.done["taken"] > taken and len(pool) < 2000:
            pool.append(data)
    run.say("unguided")


def main() -> int:
    """Runs one target; a finding ends it with status 1."""
    name, seconds, seed, folder = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    signal.signal(signal.SIGALRM, _slow)
    run = Run(name, folder)
    if importlib.util.find_spec("atheris") is not None and os.environ.get("FUZZ_UNGUIDED") != "1":
        guided(run, seconds, seed, seeds(name))
    try:
        unguided(run, seconds, seed, seeds(name))
    except Exception:  # noqa: BLE001 - said already
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
