"""Every input that fuzzing starts from, and every one that it once failed on, is taken or refused with a clear line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from fuzz import one
from fuzz.mutate import mutated
from fuzz.places import NAMES, ROOT, seeds
from fuzz.targets import TARGETS, tried

INPUTS = [pytest.param(name, path, id=f"{name}-{path.name}") for name in NAMES for path in seeds(name)]


@pytest.mark.parametrize(("name", "path"), INPUTS)
def test_an_input_of_the_repository_is_taken_or_refused(name, path):
    assert tried(name, path.read_bytes()) in {"taken", "refused"}


def test_every_target_starts_from_something_that_is_taken():
    assert list(NAMES) == list(TARGETS)
    for name in NAMES:
        assert any(tried(name, path.read_bytes()) == "taken" for path in seeds(name)), name


def test_the_same_seed_makes_the_same_changes():
    import random

    data = seeds("answers")[0].read_bytes()
    made = [[mutated(data, random.Random(number)) for number in range(50)] for _ in range(2)]
    assert made[0] == made[1]
    assert len(set(made[0])) > 40


def test_a_fault_is_noticed_kept_and_told(tmp_path, monkeypatch, capsys):
    def faulty(data: bytes) -> None:
        if b"partner" in data:
            raise KeyError("a slip")

    monkeypatch.setitem(TARGETS, "case", faulty)
    run = one.Run("case", tmp_path)
    with pytest.raises(KeyError):
        one.unguided(run, 5.0, 1, seeds("case"))
    assert run.finding is not None
    assert "a slip" in run.finding
    assert b"partner" in (tmp_path / "finding-case").read_bytes()
    assert '"how": "finding"' in capsys.readouterr().out


@pytest.mark.long
def test_without_atheris_the_run_goes_on_and_says_so():
    done = subprocess.run(
        [sys.executable, "-m", "fuzz", "codes", "--seconds", "2"],
        cwd=ROOT,
        env={**os.environ, "FUZZ_UNGUIDED": "1", "PYTHONPATH": str(ROOT / "tools")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "NOT guided by coverage" in done.stdout
