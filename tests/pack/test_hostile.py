"""Packs made to do harm: links that lead out, numbers that are none, and lists without end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from partnerwizard.pack.load import PackProblem, load_pack
from tests.support import ORCHESTRAS


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ORCHESTRAS, tmp_path / "pack"))


def told(pack: Path) -> str:
    with pytest.raises(PackProblem) as caught:
        load_pack(pack)
    assert len(caught.value.problems) <= 1001
    return str(caught.value)


@pytest.mark.parametrize("name", ["glossary.toml", "forms", "sources", "forms/other.toml"])
def test_links_lead_nowhere(pack: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.toml").write_text("secret = 1")
    path = pack / name
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    path.symlink_to(outside / "secret.toml" if name.endswith("toml") else outside)
    found = told(pack)
    assert "not links" in found
    assert "secret = 1" not in found


@pytest.mark.parametrize("figure", ["nan", "inf", "-inf"])
def test_what_is_no_number_is_refused_with_its_line(pack: Path, figure: str) -> None:
    head = (pack / "pack.toml").read_text().splitlines()
    at = head.index("[method.clear]") + 1
    assert head[at].startswith("value = ")
    head[at] = f"value = {figure}"
    (pack / "pack.toml").write_text("\n".join(head))
    assert f"pack.toml:{at + 1}: " in told(pack)


@pytest.mark.parametrize(
    "text",
    [
        "[[term]]\n" * 200_000,
        "\n".join(f"[a{number}]" for number in range(20_000)),
        ".".join("a" * 500_000) + " = 1",
        "x = " + "9" * 1_000_000,
    ],
    ids=["entries", "tables", "dots", "digits"],
)
def test_a_file_made_to_take_long_is_refused(pack: Path, text: str) -> None:
    (pack / "glossary.toml").write_text(text)
    assert "glossary.toml:" in told(pack)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_a_source_leads_to_a_web_address_and_nowhere_else(pack: Path, address: str) -> None:
    file = next((pack / "sources").glob("*.toml"))
    lines = file.read_text().splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("url = "))
    lines[at] = f'url = "{address}"'
    file.write_text("\n".join(lines))
    assert f"{file.name}:{at + 1}: url: " in told(pack)
