"""`partnerwizard analyse`, and what `check` and `schema` say of tables."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from partnerwizard.cli import main
from tests.support import TESTS

TABLE = TESTS / "tables" / "twins.json"


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main([str(word) for word in words])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return status, out, err


def test_one_document_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "analyse", TABLE, "--json", "--samples", "400", "--seed", "7")
    document = json.loads(out)
    assert (status, err) == (0, "")
    assert (document["format"], document["samples"], document["seed"]) == ("partnerwizard-analysis/1", 400, 7)


def test_the_same_call_gives_the_same_bytes_and_another_seed_others(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["analyse", TABLE, "--json", "--samples", "300"]
    first, second = (run(capsys, *words)[1] for _ in range(2))
    assert first == second
    assert first != run(capsys, *words, "--seed", "5")[1]


@pytest.mark.parametrize("path", sorted((TESTS / "tables").glob("*[a-z].json")), ids=lambda path: path.stem)
def test_in_words(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if path.name.endswith(".expected.json"):
        return
    status, out, err = run(capsys, "analyse", path, "--samples", "200")
    assert (status, err) == (0, "")
    document = json.loads(run(capsys, "analyse", path, "--samples", "200", "--json")[1])
    for option, value in document["values"].items():
        assert any(line.startswith(option) and f"{value['likely']:.1f}" in line for line in out.splitlines())
    for option in document["necessarily_best"] or document["possibly_best"]:
        assert option in next(line for line in out.splitlines() if "est " in line and ":" in line)


def test_a_bad_table_is_one_line_a_problem_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(TABLE.read_text())
    document["values"]["b"]["a"] = [5, 500]
    document["weights"] = {"kind": "intervals", "values": {"a": [0, 0.5]}}
    path = tmp_path / "t.json"
    path.write_text(json.dumps(document))
    status, out, err = run(capsys, "analyse", path)
    assert (status, out) == (2, "")
    assert f"{path}:values.b.a: 500 is outside 0-100" in err
    assert f"{path}:weights: what is said contradicts itself" in err
    assert "a weighs at most 0.5" in err


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": "partnerwizard-table/1", "format": "x"}', "NaN"])
def test_what_is_no_table_at_all(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.json"
    path.write_text(text)
    status, out, err = run(capsys, "analyse", path, "--json")
    assert (status, out) == (2, "")
    assert err.startswith(str(path))


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "analyse", tmp_path / "none.json")[0] == 2


def test_check_names_problems_of_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", TABLE) == (0, "", "")
    document = json.loads(TABLE.read_text())
    del document["values"]["b"]
    path = tmp_path / "t.json"
    path.write_text(json.dumps(document))
    status, out, _ = run(capsys, "check", path)
    assert status == 1
    assert out.startswith(f"{path}:values.b: ")


@pytest.mark.parametrize("name", ["table", "analysis"])
def test_schemas(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "schema", name)
    assert status == 0
    assert json.loads(out)["title"] == f"partnerwizard-{name}/1"


def test_a_process_loads_no_more_than_it_needs() -> None:
    program = (
        "import sys; from partnerwizard.cli import main; "
        f"main(['analyse', {str(TABLE)!r}, '--json', '--samples', '10']); "
        "print([name for name in ('pydantic', 'jinja2', 'highspy', 'partnerwizard.pack') if name in sys.modules], "
        "file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
