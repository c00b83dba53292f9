"""The answer in words: every figure in a sentence is read back and found in the document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerwizard.analysis.document import analyse
from partnerwizard.analysis.table import load_table
from partnerwizard.analysis.words import in_words
from tests.support import TESTS

TABLES = sorted(path for path in (TESTS / "tables").glob("*.json") if not path.name.endswith(".expected.json"))
FIGURE = re.compile(r"-?\d+(?:\.\d+)?%?")


@pytest.fixture(params=TABLES, ids=lambda path: path.stem)
def told(request: pytest.FixtureRequest) -> tuple[dict[str, Any], list[str]]:
    path: Path = request.param
    document = analyse(load_table(path), samples=300, seed=0)
    return document, list(in_words(document))


def split(text: str) -> dict[str, float]:
    return {name: float(share) / 100 for name, share in re.findall(r"([\w-]+) (\d+)%", text)}


def is_split(text: str, shares: dict[str, float]) -> bool:
    said = split(text)
    return said.keys() == {name for name, share in shares.items() if share} and all(
        abs(said[name] - shares[name]) <= 0.005 + 1e-9 for name in said
    )


def test_reasons_add_up_to_the_lead(told: tuple[dict[str, Any], list[str]]) -> None:
    document, lines = told
    for reasons in document["reasons"]:
        parts = [part["points"] for part in (*reasons["for"], *reasons["against"])]
        assert sum(parts) == pytest.approx(reasons["points"], abs=1e-6)
        a, b = (document["contributions"][reasons[key]] for key in ("option", "beside"))
        assert sum(a.values()) - sum(b.values()) == pytest.approx(reasons["points"], abs=1e-6)
        likely = [document["values"][reasons[key]]["likely"] for key in ("option", "beside")]
        assert likely[0] - likely[1] == pytest.approx(reasons["points"], abs=1e-6)
    if not document["reasons"]:
        return
    first = document["reasons"][0]
    lead = [line for line in lines if re.search(r" points ahead of | are level\.$", line)]
    if first["points"]:
        assert float(re.findall(r" is (\d+\.\d) points", lead[0])[0]) == pytest.approx(first["points"], abs=0.05 + 1e-9)
    else:
        assert lead[0] == f"{first['option']} and {first['beside']} are level."
    for name, parts in ((first["option"], first["for"]), (first["beside"], first["against"])):
        (line,) = [line for line in lines if line.startswith(f"For {name} speak")] or [""]
        said = [float(points) for points in re.findall(r"\((\d+\.\d)\)", line)]
        assert sum(said) == pytest.approx(sum(abs(part["points"]) for part in parts), abs=0.05 * (len(said) + 1))
        for part in parts[:3]:
            assert f"{part['criterion']} ({abs(part['points']):.1f})" in line


def test_equivalent_changes_change_nothing(told: tuple[dict[str, Any], list[str]]) -> None:
    document, lines = told
    weights = document["central_weights"]
    pattern = r"- (\d+) points less on (\S+) are made up for by (\d+\.\d) more on ([^ .]+)"
    for line in lines:
        if found := re.match(pattern, line):
            lost, gained = float(found[1]) * weights[found[2]], float(found[3]) * weights[found[4]]
            assert lost == pytest.approx(gained, abs=0.05 * weights[found[4]] + 1e-6)
            if ends := re.search(r"\((?:at least )?(\d+\.\d)(?: to (\d+\.\d))? over", line):
                assert float(ends[1]) <= float(found[3]) <= float(ends[2] or "inf")


def test_the_answers_that_are_enough_are_listed(told: tuple[dict[str, Any], list[str]]) -> None:
    document, lines = told
    enough = document["enough"]
    if enough is None:
        assert any("does not force the result" in line for line in lines)
        # Then the first is not forced at likely ratings, let alone throughout.
        first = min(document["ranks"], key=lambda option: document["ranks"][option])
        assert first not in document["necessarily_best"]
    elif not enough["answers"]:
        assert any(f"{enough['option']} stays first without any answer" in line for line in lines)
    else:
        (line,) = [line for line in lines if line.startswith("- Of ") and "about the weights" in line]
        assert [int(number) for number in re.findall(r"\d+", line)[:2]] == [enough["of"], len(enough["answers"])]
        assert line.endswith(f": {'; '.join(enough['answers'])}.")
    if enough is not None and enough["meaning"] == "throughout":
        assert enough["option"] in document["necessarily_best"]


def test_who_would_be_first_instead(told: tuple[dict[str, Any], list[str]]) -> None:
    document, lines = told
    others = [test for test in document["sensitivities"] if not test["same"]]
    said = [line for line in lines if line.endswith("would be first.")]
    assert len(said) == len(others)
    for test, line in zip(others, said, strict=True):
        assert all(option in line for option in test["first"])
        assert ("equal weights" in line) if test["criterion"] is None else (f"Without {test['criterion']}," in line)


def settled(line: str) -> Iterator[str]:
    yield from re.findall(r"(?:would be|the other way): ([^.;]*)", line)


def test_the_group_is_told_with_its_split(told: tuple[dict[str, Any], list[str]]) -> None:
    document, lines = told
    group = document["group"]
    if group is None:
        assert "The group" not in lines
        return
    (first,) = [line for line in lines if line.startswith("- First choice of ")]
    assert is_split(first.split(":")[1], group["top_choice_split"])
    agreement = [line for line in lines if "Kendall" in line]
    assert len(agreement) == (group["kendall_w"] is not None)
    if agreement:
        assert lines.index(agreement[0]) == lines.index(first) + 1
        assert float(FIGURE.findall(agreement[0])[-1]) == pytest.approx(group["kendall_w"], abs=0.005 + 1e-9)
    if by := group["one_voice_per_organisation"]:
        (line,) = [line for line in lines if line.startswith("- One voice per organisation")]
        assert ("neither is the answer" in line) == (by["leaders"] != group["one_voice_each"]["leaders"])
        assert all(option in line for option in by["leaders"])
    topics = [line for line in lines if line.startswith(("- They weigh", "- They rate", "- Some weigh"))]
    assert len(topics) == min(3, len(group["agenda"]))
    for topic, line in zip(group["agenda"], topics, strict=False):
        ways = [topic["middle"]] if topic["middle"] is not None else topic["sides"]
        for text, way in zip(settled(line), ways, strict=True):
            assert is_split(text, way["top_choice_split"])


def test_everything_written_is_finite(told: tuple[dict[str, Any], list[str]]) -> None:
    document, lines = told
    json.dumps(document, allow_nan=False)
    assert not re.search(r"\bnan\b|\binf\b|None", " ".join(lines))
