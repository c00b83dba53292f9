"""A pack with a fault is told so by file and line, every fault at once."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from partnerwizard import resources
from partnerwizard.pack.check import check_pack
from partnerwizard.pack.load import PackProblem, load_pack, load_pack_files
from tests.support import ORCHESTRAS

CHECKED = date(2026, 2, 1)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ORCHESTRAS, tmp_path / "pack"))


def found(pack: Path, on: date = CHECKED) -> list[str]:
    """Findings as `file:line: message` with the folder left out."""
    try:
        findings = check_pack(load_pack_files(pack), on)
    except PackProblem as problem:
        findings = list(problem.findings)
    return [str(finding).removeprefix(f"{pack}/") for finding in findings]


def change(pack: Path, file: str, old: str, new: str) -> int:
    """Replaces the first occurrence and returns its line."""
    text = (pack / file).read_text()
    assert old in text
    (pack / file).write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def test_the_packs_in_the_tree_have_no_findings() -> None:
    assert found(ORCHESTRAS) == []
    guidance = load_pack_files(resources.guidance_dir())
    assert [str(finding) for finding in check_pack(guidance, guidance.pack.head.checked)] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("gates.toml", 'sources = ["charity-guide"]', 'sources = ["lost-guide"]', "there is no source lost-guide"),
        ("gates.toml", 'forms = ["takeover"]', 'forms = ["take-over"]', "there is no form take-over"),
        ("gates.toml", 'fact = "charity"', 'fact = "charities"', "there is no fact charities"),
        ("gates.toml", 'is = "they-lead"', 'is = "they"', "option.direction has no answer they"),
        ("gates.toml", 'vehicle = "merger-deed"', 'vehicle = "deed"', "one-orchestra has no vehicle deed"),
        ("adjustments.toml", 'criteria = ["audience"]', 'criteria = ["sound"]', "there is no criterion sound"),
        ("adjustments.toml", 'forms = ["alone"]', 'forms = ["alonee"]', "there is no form alonee"),
        ("questions.toml", 'step = "partners"', 'step = "partner"', "there is no step partner"),
        ("questions.toml", "quick = 2", "quick = 1", "health has the same place"),
        ("readiness.toml", 'question = "ready-trust"', 'question = "health"', "not a question about partners"),
        ("precedents.toml", 'form = "shared-season"', 'form = "season"', "there is no form season"),
        ("precedents.toml", 'causes = ["few-players"]', 'causes = ["rain"]', "there is no cause rain"),
        ("pack.toml", 'key_facts = ["health"', 'key_facts = ["wealth"', "the key fact wealth"),
        ("forms/guest-players.toml", "[ratings.time]", "[ratings.tempo]", "there is no criterion tempo"),
        ("forms/shared-season.toml", 'leads_to = ["one-orchestra"]', 'leads_to = ["one"]', "there is no form one"),
        ("forms/takeover.toml", "[causes.few-players]", "[causes.no-players]", "there is no cause no-players"),
    ],
)
def test_each_broken_reference_is_found_on_its_line(pack: Path, file: str, old: str, new: str, says: str) -> None:
    line = change(pack, file, old, new)
    findings = found(pack)
    assert any(finding.startswith(f"{file}:{line}: ") and says in finding for finding in findings), findings


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("gates.toml", 'effect = "needs"', 'effect = "closes"', "effect"),
        ("gates.toml", "review_by = 2027-01-01", 'review_by = "soon"', "review_by"),
        ("forms/takeover.toml", "authority = 3", "authority = 3.3", "authority"),
        ("forms/takeover.toml", 'kind = "form"', 'kinds = "form"', "kind"),
        ("questions.toml", 'scope = "trust"', 'scope = "room"', "scope"),
        ("pack.toml", "value = 0.6", "value = true", "value"),
        ("glossary.toml", 'term = "Desk"', "term = ", "not TOML"),
        ("criteria.toml", "carry_on = 50", "carry_on = 150", "carry_on"),
        ("sources/all.toml", 'url = "https:', 'url = "javascript:', "url"),
    ],
)
def test_faults_of_form_are_found_with_their_file(pack: Path, file: str, old: str, new: str, says: str) -> None:
    line = change(pack, file, old, new)
    findings = found(pack)
    near = [finding for finding in findings if finding.startswith(f"{file}:") and says in finding]
    assert near, findings
    assert any(abs(int(finding.split(":")[1]) - line) <= 1 for finding in near), near


def test_an_unrated_cell_an_unused_source_and_a_double_id_are_found(pack: Path) -> None:
    form = pack / "forms/takeover.toml"
    form.write_text(form.read_text().split("[ratings.independence]")[0])
    source = (pack / "sources/all.toml").read_text()
    (pack / "sources/all.toml").write_text(source + source.replace("charity-guide", "unread"))
    gates = (pack / "gates.toml").read_text()
    (pack / "gates.toml").write_text(gates + "\n" + gates[gates.rindex("[[gate]]") :])
    text = "\n".join(found(pack))
    assert "not rated on independence" in text
    assert "nothing uses the source unread" in text
    assert "players-agree is defined twice" in text


def test_a_fact_that_warns_and_adjusts_without_a_reason_is_found(pack: Path) -> None:
    change(pack, "gates.toml", "also_adjusts = ", "# also_adjusts = ")
    line = (pack / "gates.toml").read_text().splitlines().index('when = { fact = "far", is = "far" }') + 1
    assert [each for each in found(pack) if f"gates.toml:{line}: far also adjusts a rating of shared-season" in each]


def test_all_faults_of_a_pack_come_at_once(pack: Path) -> None:
    change(pack, "gates.toml", 'effect = "needs"', 'effect = "closes"')
    change(pack, "criteria.toml", 'branch = "aims"', 'branch = "hopes"')
    (pack / "causes.toml").unlink()
    files = {finding.split(":")[0] for finding in found(pack)}
    assert {"gates.toml", "criteria.toml", "causes.toml"} <= files


def test_overdue_rules_are_found_on_the_day_after(pack: Path) -> None:
    assert found(pack, date(2027, 1, 1)) == []
    assert any("charities-only was due for review" in each for each in found(pack, date(2027, 1, 2)))


def test_a_missing_folder_an_empty_one_and_a_link_are_refused(tmp_path: Path, pack: Path) -> None:
    assert "no such folder" in found(tmp_path / "nowhere")[0]
    (tmp_path / "empty").mkdir()
    assert any("pack.toml" in each for each in found(tmp_path / "empty"))
    (pack / "gates.toml").rename(tmp_path / "gates.toml")
    (pack / "gates.toml").symlink_to(tmp_path / "gates.toml")
    assert any("not links" in each for each in found(pack))


def test_the_hash_changes_with_every_word(pack: Path) -> None:
    before = load_pack(pack).content_hash
    change(pack, "glossary.toml", "share a stand", "share one stand")
    assert load_pack(pack).content_hash != before
