"""A window killed at any moment loses at most the last second of work, and never a file.

PARTNERWIZARD_KILLS: how often; 25 in `make verify`, 500 in `make long`. This shows what happens when a program ends,
not when the power fails: what was written and not yet synchronised survives a killed program.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from partnerwizard.case.file import load_case, save_case
from partnerwizard.case.model import Case
from partnerwizard.recovery.drafts import DraftBook

KILLS = int(os.environ.get("PARTNERWIZARD_KILLS", "25"))
AT_MOST = 1.0
"""Seconds of work that may be lost, beside the longest time in which the machine gave the window no turn at all."""

ROOT = Path(__file__).parents[2]


def _number(case: Case) -> int:
    found = re.fullmatch(r"edit (\d+)", case.title)
    return int(found[1]) if found else 0


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL on this system")
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_window_loses_a_second_at_most(seed, tmp_path):
    path, home = tmp_path / "case.partnering", tmp_path / "home"
    save_case(Case(title="edit 0"), path)
    window = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.busy_window", str(home), str(path), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert window.stdout is not None
    lines = [window.stdout.readline()]
    assert lines[0], window.stderr.read() if window.stderr else ""
    time.sleep(random.Random(seed).uniform(0.05, 4.0))
    killed = time.monotonic()
    window.send_signal(signal.SIGKILL)
    lines += window.communicate()[0].splitlines()

    edits, saved, saving, beats = {0: 0.0}, 0, 0, []
    for line in lines:
        what, *rest = line.split()
        match what:
            case "edit":
                edits[int(rest[0])] = float(rest[1])
            case "saving":
                saving = int(rest[0])
            case "saved":
                saved = int(rest[0])
        beats.append(float(rest[-1]))
    gap = max((later - earlier for earlier, later in zip(beats, [*beats[1:], killed], strict=True)), default=0.0)

    in_file = _number(load_case(path))
    assert in_file in (saved, saving), "the file holds what was saved last, or what was just being saved"
    drafts, problems = DraftBook(home / "state" / "drafts").left_over()
    assert problems == []
    newest = max([in_file, *(_number(draft.case) for draft in drafts)])
    due = max(number for number, at in edits.items() if at < killed - AT_MOST - gap)
    assert newest >= due, f"edit {due} is lost; the latest kept is {newest} (longest pause {gap:.2f} s)"
    assert all(draft.path == path for draft in drafts)
