"""Gives hostile input, made by machine, to everything that reads files; any end but "taken" or a clear refusal fails.

    PYTHONPATH=tools .venv/bin/python -m fuzz [--seconds 60] [--seed 1] [TARGET ...]

The seconds are for all targets together, two at a time. Inputs are guided by coverage where atheris can be had for this
Python, and said not to be where it cannot. What fails is put down in build/fuzz/finding-TARGET; put it into
tests/fuzz/seeds/TARGET once it is mended, and it is tried on every `make test` from then on.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from fuzz.places import NAMES, ROOT

BUILD = ROOT / "build" / "fuzz"
AT_ONCE = 2
STARTING = 60
"""Seconds that a process may take beside its time: loading, and an input that was begun."""


def one(name: str, seconds: float, seed: int) -> tuple[str, dict[str, Any]]:
    """One target in a process of its own, whose memory and time are watched."""
    scratch = Path(tempfile.mkdtemp(prefix="partnerwizard-fuzz-"))
    command = [sys.executable, "-m", "fuzz.one", name, str(seconds), str(seed), str(BUILD)]
    environment = {**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": f"{ROOT / 'tools'}{os.pathsep}{ROOT}"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds + STARTING, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        return name, {"finding": "it came to no end", "how": "?"}
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    said = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"how"')]
    if not said:
        return name, {"finding": f"it ended with {done.returncode}: {done.stderr.strip()[-600:]}", "how": "?"}
    found = next((each for each in said if each["finding"]), said[-1])
    return name, found


def main() -> int:
    """Tries every target and says what came of it."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", choices=[[], *NAMES])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    names = given.targets or list(NAMES)
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    each = max(2.0, given.seconds * AT_ONCE / len(names))
    failed = False
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, said in pool.map(lambda name: one(name, each, given.seed), names):
            counts = f"{said.get('taken', 0):7d} taken {said.get('refused', 0):7d} refused"
            if said["finding"]:
                failed = True
                print(
                    f"FAILED   {name:<10} {counts}\n{said['finding']}\n         input: build/fuzz/finding-{name}",
                    flush=True,
                )
            elif said["how"] == "unguided":
                print(f"ok       {name:<10} {counts}   NOT guided by coverage: no atheris for this Python", flush=True)
            elif not said.get("taken"):
                failed = True
                print(f"FAILED   {name:<10} {counts}: not even a seed was taken, so nothing was tried", flush=True)
            else:
                print(f"ok       {name:<10} {counts}   guided by coverage", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
