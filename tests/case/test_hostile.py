"""Files made to do harm: refused with readable lines, soon, and without much memory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from partnerwizard import files
from partnerwizard.case.answers import answers_from
from partnerwizard.case.file import FAULTS_LIMIT, VALUES_LIMIT, case_from, load_case
from partnerwizard.case.model import LIST_LIMIT
from partnerwizard.cli import main
from partnerwizard.files import MOST_PROBLEMS, FileProblem, parse_toml, read_json, visible

HEAD = {"format": "partnerwizard-case/2"}


def refused(document: object) -> tuple[str, ...]:
    with pytest.raises(FileProblem) as caught:
        case_from(document, "x")
    return caught.value.problems


def test_a_message_is_one_readable_line_whatever_the_file_holds() -> None:
    lines = refused(HEAD | {"\x1b2J\u202e\n/etc/passwd:1: all is well": 1, "k" * 100_000: 1})
    assert len(lines) == 2
    assert lines[0].startswith("x:[U+001B]2J[U+202E] /etc/passwd:1: all is well: this key is not known here")
    assert max(map(len, lines)) < 2000
    assert all(line.isprintable() for line in lines)


def test_a_great_many_problems_are_told_up_to_a_thousand() -> None:
    lines = refused(HEAD | {f"key-{number}": 1 for number in range(MOST_PROBLEMS + 500)})
    assert len(lines) == MOST_PROBLEMS + 1
    assert lines[-1] == "There are 500 more problems of these kinds. Mend these first."
    assert len(refused(HEAD | {f"k{number}": 1 for number in range(FAULTS_LIMIT + 1)})) == 1


@pytest.mark.parametrize(
    "part",
    [
        {"aims": [[f"a{number}"] for number in range(100_000)]},
        {"aims": [[f"a{number}" for number in range(100_000)]]},
        {"causes": [{"id": f"a{number}", "confidence": "low"} for number in range(100_000)]},
        {"groupings": [{"id": "g", "partners": [f"p{number}" for number in range(100_000)]}]},
        {"overrides": [{}] * 100_000},
        {"red_lines": [{"text": "t", "owner": "o", "forms": ["merger"] * 100_000}]},
        {"answers": {"q": {"value": ["a"] * 100_000, "at": "2026-01-01T00:00:00Z"}}},
    ],
    ids=lambda part: next(iter(part)),
)
def test_lists_beyond_any_case_are_refused_at_once(part: dict[str, object]) -> None:
    told = refused(HEAD | part)
    assert len(told) <= 6 * LIST_LIMIT
    assert any("at most" in line or "too many to name" in line for line in told)


def test_answers_have_the_same_limits() -> None:
    with pytest.raises(FileProblem, match="at most"):
        answers_from({"format": "partnerwizard-answers/1", "aims": [f"a{n}" for n in range(100_000)]}, "x")


def test_a_file_of_more_values_than_any_work_has_is_refused_before_they_are_built(tmp_path: Path) -> None:
    path = tmp_path / "a.partnering"
    path.write_text("[" + "{}," * files.PIECES_LIMIT + "{}]")
    with pytest.raises(FileProblem, match="holds more than"):
        load_case(path)
    assert "values" in refused({"format": "partnerwizard-case/2", "skipped": [[]] * (VALUES_LIMIT + 1)})[0]


@pytest.mark.parametrize("figure", ["1e999", "-1e999", "NaN", "Infinity", "9" * 2000])
def test_numbers_that_are_none_are_refused(figure: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(f'{{"a": {figure}}}')
    with pytest.raises(FileProblem, match="number"):
        read_json(path)


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", "nobody\udcff/there"])
@pytest.mark.parametrize("command", ["check", "appraise", "analyse", "questions --pack", "new"])
def test_a_name_that_no_file_can_have_gets_a_clear_line(
    command: str, name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*command.split(), name]) in {2, 3}
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "fault of the program" not in told
    assert "[U+0000]" in told or "\0" not in name


def test_titles_cannot_act_in_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.partnering"
    path.write_text(json.dumps(HEAD | {"title": "\x1b[2J\u202eevil"}))
    assert main(["appraise", str(path), "--samples", "100"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("[U+001B][2J[U+202E]evil\n")
    assert visible("plain — “text”\n") == "plain — “text”\n"


def test_a_fault_of_the_program_is_one_line_without_what_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("Westmere")

    path = tmp_path / "a.partnering"
    path.write_text(json.dumps(HEAD))
    monkeypatch.setattr("partnerwizard.appraisal.appraise.appraise", fails)
    assert main(["appraise", str(path)]) == 2
    told = capsys.readouterr().err
    assert told.startswith("partnerwizard: a fault of the program (KeyError at commands.py:")
    assert told.count("\n") == 1
    assert "Westmere" not in told


@pytest.mark.parametrize(
    "text",
    [
        ".".join("a" * 100_000) + " = 1",
        "[" + ".".join('"a"' for _ in range(50_000)) + "]",
        "a = {" + " . ".join("b" * 50_000) + " = 1}",
        "x = " + "9" * 5000,
        "x = " + "[" * 100_000,
    ],
    ids=["dotted", "header", "inline", "digits", "brackets"],
)
def test_toml_made_to_take_long_is_no_toml(text: str) -> None:
    import tomllib

    with pytest.raises(tomllib.TOMLDecodeError):
        parse_toml(text)
    assert parse_toml('a.b.c = "e. g. this. " # x.y') == {"a": {"b": {"c": "e. g. this. "}}}
