"""Decided cases from the public record: each is kept as plain answers and as a case file, appraised and reported."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from partnerwizard import resources
from partnerwizard.appraisal.fit import require_fit
from partnerwizard.case import answers as plain
from partnerwizard.case.file import load_case
from partnerwizard.report.export import render
from tests.support import CASES, appraised, guidance

FILES = sorted(CASES.glob("*.partnering"))
EXAMPLES = sorted(resources.examples_dir().glob("*.partnering"))


def test_all_eight_decided_cases_and_an_example_are_here() -> None:
    assert len(FILES) == 8
    assert EXAMPLES


@pytest.mark.parametrize("path", [*FILES, *EXAMPLES], ids=lambda path: path.stem)
def test_the_case_file_says_what_the_answers_say_and_names_this_pack(path: Path) -> None:
    pack, case = guidance(), load_case(path)
    require_fit(pack, case, path.name)
    answers_file = path.with_suffix(".answers.json")
    assert case.as_of is not None
    assert case.pack is not None
    at = next(answer.at for answer in case.answers.values())
    assert plain.new_case(plain.load_answers(answers_file), at, case.pack, path.name) == case
    assert (case.pack.id, case.pack.content_hash) == (pack.head.id, pack.content_hash), "run `make cases`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_is_reported_twice_with_the_same_bytes(path: Path) -> None:
    pack, case = guidance(), load_case(path)
    appraisal = appraised(pack, case)
    for format_, begins in (("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("json", b"{")):
        first, second = (render(format_, pack, case, appraised(pack, case), "full") for _ in range(2))
        assert first.lower().startswith(begins.lower())
        assert first == second
    page = unescape(render("html", pack, case, appraisal, "full").decode())
    assert all(appraisal.option(option).name in page for option in appraisal.verdict.options)
