"""Settings for this computer: by file, by environment, and what an administrator has locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerwizard.cli import main
from partnerwizard.deployment import Deployment, read_deployment
from partnerwizard.files import FileProblem
from partnerwizard.resources import examples_dir, guidance_dir


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _read(tmp_path: Path, environment: dict[str, str] | None = None, *, safe: bool = False) -> Deployment:
    return read_deployment(
        tmp_path / "policy.toml",
        tmp_path / "program" / "partnerwizard-portable.toml",
        {"PARTNERWIZARD_HOME": str(tmp_path / "home"), **(environment or {})},
        safe=safe,
    )


def test_nothing_set_is_the_built_in_program(tmp_path):
    found = _read(tmp_path)
    assert (found.pack, found.templates, found.join, found.recent) == (None, None, True, True)


def test_folders_are_beside_the_file_that_names_them(tmp_path):
    _written(tmp_path / "policy.toml", 'pack = "our guidance"\n')
    assert _read(tmp_path).pack == tmp_path / "our guidance"


def test_the_environment_goes_over_the_machine_unless_that_has_locked_it(tmp_path):
    other = {"PARTNERWIZARD_PACK": str(tmp_path / "other"), "PARTNERWIZARD_JOIN": "yes"}
    _written(tmp_path / "policy.toml", 'pack = "ours"\njoin = false\n')
    assert _read(tmp_path, other).pack == tmp_path / "other"
    assert _read(tmp_path, other).join is True
    _written(tmp_path / "policy.toml", 'pack = "ours"\njoin = false\nlocked = ["pack", "join"]\n')
    assert _read(tmp_path, other).pack == tmp_path / "ours"
    assert _read(tmp_path, other).join is False


def test_a_portable_folder_keeps_everything_beside_the_program_where_policy_allows_it(tmp_path):
    _written(tmp_path / "program" / "partnerwizard-portable.toml", "")
    alone = read_deployment(tmp_path / "policy.toml", tmp_path / "program" / "partnerwizard-portable.toml", {})
    assert alone.folder("state") == tmp_path / "program" / "partnerwizard-data" / "state"
    _written(tmp_path / "policy.toml", "portable = false\n")
    refused = read_deployment(tmp_path / "policy.toml", tmp_path / "program" / "partnerwizard-portable.toml", {})
    assert refused.home is None


def test_safe_mode_listens_to_the_administrator_alone(tmp_path):
    _written(tmp_path / "policy.toml", "join = false\n")
    found = _read(tmp_path, {"PARTNERWIZARD_TEMPLATES": str(tmp_path)}, safe=True)
    assert (found.join, found.templates) == (False, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pack = 3\n", "policy.toml:pack: a folder is wanted here"),
        ('join = "perhaps"\n', "policy.toml:join: write true or false"),
        ("colour = 1\n", "policy.toml:colour: there is no such setting"),
        ('locked = ["everything"]\n', "policy.toml:locked: this is a list of settings"),
        ("join = \n", "policy.toml: this is not TOML"),
    ],
)
def test_a_mistake_in_a_settings_file_is_named_with_its_place(tmp_path, text, said):
    _written(tmp_path / "policy.toml", text)
    with pytest.raises(FileProblem, match="policy") as problem:
        _read(tmp_path)
    assert said in str(problem.value)


def test_the_command_line_uses_the_guidance_set_and_refuses_another_where_it_is_locked(tmp_path, monkeypatch, capsys):
    policy = _written(tmp_path / "policy.toml", f"pack = {str(guidance_dir())!r}\nlocked = ['pack']\n")
    monkeypatch.setattr("partnerwizard.deployment.machine_file", lambda: policy)
    example = str(next(examples_dir().glob("*.partnering")))
    assert main(["appraise", example]) == 0
    assert main(["appraise", example, "--pack", str(tmp_path)]) == 2
    assert "has fixed the pack for this computer" in capsys.readouterr().err
    monkeypatch.setattr("partnerwizard.deployment.machine_file", lambda: tmp_path / "none.toml")
    monkeypatch.setenv("PARTNERWIZARD_PACK", str(tmp_path / "nowhere"))
    assert main(["appraise", example]) == 2
    assert "nowhere" in capsys.readouterr().err
