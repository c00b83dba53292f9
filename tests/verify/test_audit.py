"""The dependencies as they are, and what the audit must notice."""

from __future__ import annotations

import json

import pytest
from audit.__main__ import ROOT, main, pins, unexplained, weaknesses

HASH = f"--hash=sha256:{'0' * 64}"


def test_the_dependencies_of_this_project_pass_and_what_is_skipped_is_said(capsys, monkeypatch):
    monkeypatch.delenv("PARTNERWIZARD_OSV", raising=False)
    assert main() == 0
    assert "SKIPPED: known weaknesses" in capsys.readouterr().out


def test_every_package_installed_with_the_program_has_a_licence_row():
    from package.prepare import licences

    known = licences((ROOT / "LICENCES-THIRD-PARTY.md").read_text(encoding="utf-8"))
    assert pins((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")).keys() <= known.keys()


@pytest.mark.parametrize("line", ["numpy>=2", "numpy==2.0", f"numpy @ https://example.org/x {HASH}"])
def test_a_line_without_exact_version_and_hash_is_noticed(line):
    with pytest.raises(ValueError, match="numpy"):
        pins(line)
    assert pins(f"Num_Py==2.0 ; python_version > '3' \\\n    {HASH}\n") == {"num-py": "2.0"}


def test_a_package_without_reason_is_noticed():
    assert unexplained('    "a>=1",   # why\n    "b>=1",\n') == ["b"]


def test_a_known_weakness_of_an_installed_version_is_named(tmp_path):
    advisory = {
        "id": "X-1",
        "summary": "bad",
        "affected": [{"package": {"ecosystem": "PyPI", "name": "Jinja2"}, "versions": ["3.1.4"]}],
    }
    (tmp_path / "x.json").write_text(json.dumps(advisory))
    assert list(weaknesses(tmp_path, {"jinja2": "3.1.4"})) == ["jinja2 3.1.4: X-1 bad"]
    assert list(weaknesses(tmp_path, {"jinja2": "3.1.6"})) == []
