"""Every command that the project's pages show is run, or is on a list with the reason why it is not."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from partnerwizard.cli import main
from partnerwizard.resources import examples_dir, guidance_dir
from tests.docs.reading import ROOT, Command, commands, name, pages
from tests.support import ORCHESTRAS

EXAMPLE = examples_dir() / "fragile-stroke-service.partnering"

STAND_FOR = {
    "CASE": "case.partnering",
    "CASE…": "case.partnering",
    "CASE.partnering": "case.partnering",
    "PATH…": "case.partnering",
    "OPTION": "carry-on",
    "TABLE.json": "table.json",
    "FORMAT": "case",
    "FILE.html": "file.html",
    "FOLDER": "folder",
}
"""What the pages' words in capitals stand for here."""

SLOW = {
    "make advice": "two minutes; tests/advice runs the same",
    "make app": "minutes: freezes the program, in make verify",
    "make bench": "minutes, and needs the peers; its figures stand in docs/benchmarks.md alone",
    "make cases": "rewrites files of this checkout; tests/case holds them current",
    "make check": "lint and types, run by .ci/run",
    "make format": "rewrites the code",
    "make lock": "needs uv and the registry",
    "make package": "needs the frozen app, and root for the clean root",
    "make run": "tries this with a window or without in .ci/run",
    "make screens": "rewrites docs/screens",
    "make setup": "the environment that this test runs in",
    "make test": "the run that this test is part of",
    "make verify": "minutes; .ci/run calls it",
    "partnerwizard-app --safe": "a window that stays; tests/ui starts it so",
    "tools/setup.sh run test verify": "installs packages",
    "PYTHONPATH=tools .venv/bin/python -m verify": "part of make verify",
    "PYTHONPATH=tools .venv/bin/python -m verify my.html my.pdf": "needs a browser; part of make verify",
    "python tools/structure.py": "rewrites the picture; tests/docs/test_structure.py holds it current",
    "apt-get install ./partnerwizard_VERSION-1_amd64.deb": "make package installs it in a clean root",
    "apt-get purge partnerwizard": "make package removes it in a clean root",
    "./install.sh": "in the tarball; make package tries it",
}
"""Commands that are not run here, with the reason."""

SHOWN = sorted({each.text: each for page in pages() for each in commands(page)}.values(), key=str)
RUN = [each for each in SHOWN if each.text.startswith("partnerwizard ")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds what the pages take for granted."""
    shutil.copytree(guidance_dir(), tmp_path / "guidance")
    shutil.copytree(ORCHESTRAS, tmp_path / "tests" / "packs" / "orchestras")
    shutil.copy(EXAMPLE, tmp_path / "case.partnering")
    shutil.copy(ROOT / "tests" / "cases" / "medway-gstt-2015.answers.json", tmp_path / "answers.json")
    shutil.copy(ROOT / "tests" / "tables" / "two-criteria-cut.json", tmp_path / "table.json")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "report.css").write_text('{% include "builtin/report.css" %}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", RUN, ids=str)
def test_each_command_line_runs(command: Command, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, *words = shlex.split(command.text)
    if words[0] == "new":
        (folder / "case.partnering").unlink()
    status = main([STAND_FOR.get(each, each) for each in words])
    said = capsys.readouterr()
    # A check may find that something is due for review; a bad use would be 2, a failed write 3.
    assert status == 0 or (words[0] == "check" and status == 1), said.err
    if "-o" in words:
        written = folder / STAND_FOR.get(words[words.index("-o") + 1], words[words.index("-o") + 1])
        assert written.is_file() or any(written.iterdir())


@pytest.mark.parametrize("command", [each for each in SHOWN if each not in RUN], ids=str)
def test_what_is_not_run_is_on_the_list(command: Command) -> None:
    whole = command.text
    assert whole in SLOW or re.sub(r" [A-Z_]+=\S+", "", whole) in SLOW, f"{command}: run it here, or say why not"


def test_nothing_on_the_list_is_left_over() -> None:
    shown = {re.sub(r" [A-Z_]+=\S+", "", each.text) for each in SHOWN}
    targets = set(re.findall(r"`(make [a-z]+)`", "".join(page.read_text(encoding="utf-8") for page in pages())))
    deployment = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    assert [each for each in SLOW if each not in shown | targets and each not in deployment] == []


@pytest.mark.parametrize("page", pages(), ids=name)
def test_each_target_of_make_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^    )make ([a-z]+)", text, re.MULTILINE))
    there = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= there


@pytest.mark.parametrize("page", pages(), ids=name)
def test_each_subcommand_and_option_that_a_page_names_is_there(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = page.read_text(encoding="utf-8")
    for line in set(re.findall(r"`partnerwizard ([a-z]+[^`]*)`", text)):
        command, *rest = line.split()
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0, line
        told = capsys.readouterr().out
        assert all(each in told for each in rest if each.startswith("-")), line


def test_a_file_that_a_page_names_is_there() -> None:
    kept = set(
        subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.splitlines()
    )
    for page in pages():
        for named in re.findall(
            r"`((?:docs|tools|tests|ui|partnerwizard)/[\w./-]+)`", page.read_text(encoding="utf-8")
        ):
            path = named.rstrip("/")
            assert path in kept or any(each.startswith((f"{path}/", f"{path}.")) for each in kept), (
                f"{name(page)}: {named}"
            )
