"""Case files of every earlier format still open, say the same, and become the present format when they are saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from partnerwizard.case.file import case_from, dump_case, load_case, save_case
from partnerwizard.case.migrations import CURRENT, FAMILY, STEPS, migrated
from partnerwizard.case.model import FORMAT
from partnerwizard.files import FileProblem

KEPT = sorted((Path(__file__).parent / "formats").glob("*.partnering"))


def test_there_is_a_file_of_every_earlier_format():
    assert {int(path.name.partition("-")[0]) for path in KEPT} == set(STEPS) == set(range(1, CURRENT))
    assert f"{FAMILY}/{CURRENT}" == FORMAT


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_an_old_file_opens_with_everything_in_it_and_saves_in_the_present_format(path, tmp_path):
    old = json.loads(path.read_text(encoding="utf-8"))
    assert old["format"] != FORMAT
    case = load_case(path)
    save_case(case, tmp_path / "new.partnering")
    new = json.loads((tmp_path / "new.partnering").read_text(encoding="utf-8"))
    assert new["format"] == FORMAT
    assert {key: value for key, value in new.items() if key != "format"} == {
        key: value for key, value in old.items() if key != "format"
    }
    assert load_case(tmp_path / "new.partnering") == case


def test_opening_an_old_file_does_not_change_it(tmp_path):
    for path in KEPT:
        before = path.read_bytes()
        load_case(path)
        assert path.read_bytes() == before


def test_migrating_twice_is_migrating_once():
    for path in KEPT:
        document = json.loads(path.read_text(encoding="utf-8"))
        assert migrated(migrated(document)) == migrated(document)


@pytest.mark.parametrize("number", ["3", "99", "100000000000000000000", "9" * 5000])
def test_a_newer_format_is_refused_with_what_to_do(number):
    with pytest.raises(FileProblem, match="Install the newer Partner Wizard"):
        case_from({"format": f"{FAMILY}/{number}"}, "x.partnering")


@pytest.mark.parametrize(
    "given",
    [
        "partnerwizard-case/0",
        "partnerwizard-case/",
        "partnerwizard-case/-1",
        "partnerwizard-case/²",
        2,
        None,
        "other/1",
    ],
)
def test_what_is_no_format_of_ours_is_refused_as_such(given):
    with pytest.raises(FileProblem, match="this is not a case file"):
        case_from({"format": given}, "x.partnering")


def test_an_unknown_key_is_refused_whatever_the_format():
    for number in range(1, CURRENT + 1):
        with pytest.raises(FileProblem, match="not known here"):
            case_from({"format": f"{FAMILY}/{number}", "surprise": 1}, "x.partnering")


def test_a_case_written_now_is_of_the_present_format():
    assert json.loads(dump_case(load_case(KEPT[0])))["format"] == FORMAT
