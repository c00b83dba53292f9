"""The command line, run as its users run it: a process, its output and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from partnerwizard.cli import main
from tests.support import ORCHESTRAS

ANSWERS: dict[str, Any] = {
    "format": "partnerwizard-answers/1",
    "title": "Two orchestras",
    "answers": {"health": "weak", "reach": "everything", "nature": "own", "charity": "yes"},
    "partners": [{"id": "north", "name": "North", "answers": {"together": "nothing", "far": None}}],
    "aims": ["audience", "pay"],
    "terms": [["independence", "time"]],
    "swing": [40, 60],
    "causes": [{"id": "few-players", "confidence": "high"}],
}
PACK = ["--pack", str(ORCHESTRAS)]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS))
    path = tmp_path / "two.partnering"
    assert main(["new", str(path), "--from", str(answers), *PACK, "--date", "2026-03-01"]) == 0
    return path


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main([str(word) for word in words])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return status, out, err


def test_appraise_as_json_is_one_document_dated_by_the_case(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "appraise", case, "--json", "--samples", "500", *PACK)
    document = json.loads(out)
    assert (status, err) == (0, "")
    assert document["format"] == "partnerwizard-appraisal/1"
    assert document["case"] == {"title": "Two orchestras", "file": "two.partnering"}
    assert (document["as_of"], document["samples"], document["seed"]) == ("2026-03-01", 500, 0)


def test_the_same_call_gives_the_same_bytes_and_another_seed_others(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["appraise", case, "--json", "--samples", "300", *PACK]
    first, second = (run(capsys, *words)[1] for _ in range(2))
    other = run(capsys, *words, "--seed", "5")[1]
    assert first == second
    assert first != other


def test_appraise_in_words_names_the_verdict_the_day_and_the_pack(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "appraise", case, "--date", "2026-04-02", *PACK)
    assert status == 0
    assert "2026-04-02" in out
    assert "orchestras 1" in out


def test_a_folder_is_a_batch_that_goes_on_past_a_bad_case(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (case.parent / "bad.partnering").write_text("{")
    (case.parent / "z.partnering").write_bytes(case.read_bytes())
    status, out, err = run(capsys, "appraise", case.parent, "--json", "--samples", "100", *PACK)
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 2
    assert [line["file"] for line in lines] == ["bad.partnering", "two.partnering", "z.partnering"]
    assert "error" in lines[0]
    assert lines[1]["verdict"] == lines[2]["verdict"]
    assert err.count("\n") == 1
    assert "bad.partnering:1: " in err


def test_jobs_give_the_same_lines(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (case.parent / "z.partnering").write_bytes(case.read_bytes())
    words = ["appraise", case.parent, "--json", "--samples", "100", *PACK]
    assert run(capsys, *words)[1] == run(capsys, *words, "--jobs", "2")[1]


def test_new_lists_every_unknown_id_and_answer_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {
        **ANSWERS,
        "answers": {"health": "splendid", "wealth": "yes", "far": "near"},
        "aims": ["fame"],
        "causes": [{"id": "rain", "confidence": "high"}],
    }
    (tmp_path / "a.json").write_text(json.dumps(wrong))
    status, out, err = run(capsys, "new", tmp_path / "a.partnering", "--from", tmp_path / "a.json", *PACK)
    assert (status, out) == (2, "")
    for place in ("answers.health", "answers.wealth", "answers.far", "aims.0", "causes.0.id"):
        assert f"a.json:{place}: " in err
    assert not (tmp_path / "a.partnering").exists()


def test_new_makes_an_empty_case_and_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.partnering"
    assert run(capsys, "new", path, *PACK)[0] == 0
    before = path.read_bytes()
    status, _, err = run(capsys, "new", path, *PACK)
    assert status == 2
    assert "already" in err
    assert path.read_bytes() == before


def test_questions_as_json_carry_scope_why_and_answers(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "questions", "--json", *PACK)
    by_id = {question["id"]: question for question in json.loads(out)}
    assert by_id["together"]["scope"] == "partner"
    assert [answer["id"] for answer in by_id["health"]["answers"]] == ["sound", "weak", "failing"]
    assert all(question["why"] for question in by_id.values())


def test_check_says_nothing_of_what_is_sound_and_everything_of_what_is_not(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "check", case, *PACK) == (0, "", "")
    document = json.loads(case.read_text())
    document["answers"]["health"]["value"] = "splendid"
    document["colour"] = 1
    case.write_text(json.dumps(document))
    status, out, _ = run(capsys, "check", case, ORCHESTRAS, "--date", "2030-01-01", *PACK)
    assert status == 1
    assert "colour: this key is not known here" in out
    assert "was due for review" in out


def test_explain_says_why_in_or_out_and_where_the_points_come_from(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "explain", case, "one-orchestra:north", *PACK)
    assert status == 0
    assert "The players must be asked." in out
    assert "Independence" in out
    status, _, err = run(capsys, "explain", case, "marriage", *PACK)
    assert status == 2
    assert "there is no option marriage" in err


@pytest.mark.parametrize("name", ["pack", "case", "answers", "appraisal"])
def test_schemas_are_json(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "schema", name)
    assert status == 0
    assert json.loads(out)["type"] == "object"


def test_report_writes_a_file_or_a_folder_and_names_what_it_wrote(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "report", case, "--to", "json,html", "-o", tmp_path / "out", *PACK)
    assert status == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["two.html", "two.json"]
    assert out.splitlines() == [str(tmp_path / "out" / "two.json"), str(tmp_path / "out" / "two.html")]
    run(capsys, "report", case, "--to", "json", "-o", tmp_path / "one.json", *PACK)
    assert json.loads((tmp_path / "one.json").read_text())["samples"] == 10_000


def test_what_cannot_be_written_is_status_3_and_leaves_nothing(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("kept")
    status, _, err = run(capsys, "report", case, "--to", "json", "-o", tmp_path / "file" / "x.json", *PACK)
    assert status == 3
    assert err.startswith(str(tmp_path / "file"))
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.parametrize(
    "words",
    [
        ["appraise"],
        ["appraise", "x", "--date", "tomorrow"],
        ["appraise", "x", "--samples", "0"],
        ["appraise", "x", "--seed", "-1"],
        ["report", "x", "--to", "papyrus"],
        ["fly"],
    ],
)
def test_bad_use_is_status_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_as_a_process_output_is_utf8_and_a_closed_pipe_is_no_traceback(case: Path) -> None:
    command = [sys.executable, "-m", "partnerwizard", "questions", *PACK]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": ""}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert done.stdout.decode("utf-8")
    reader = subprocess.Popen(
        [sys.executable, "-m", "partnerwizard", "questions", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert reader.stdout is not None
    assert reader.stderr is not None
    reader.stdout.close()
    errors = reader.stderr.read()
    reader.wait()
    assert b"Traceback" not in errors
    assert b"Exception" not in errors
