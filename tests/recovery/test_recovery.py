"""Work that was not saved comes back after a crash, and only then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from partnerwizard.case.file import save_case
from partnerwizard.case.model import Case
from partnerwizard.recovery import disk, drafts, holder, versions

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
CASE = Case(title="Half done")

WRITER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from partnerwizard.case.model import Case
from partnerwizard.recovery.drafts import DraftBook
book = DraftBook(Path(sys.argv[1]))
book.keep(Case(title="Half done"), Path("/somewhere/case.partnering"), datetime(2026, 11, 24, tzinfo=UTC))
print("kept", flush=True)
time.sleep(600)
"""


def _other_window(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "kept\n"
    return process


def test_what_a_killed_window_left_is_found_by_the_next(tmp_path):
    other = _other_window(tmp_path)
    mine = drafts.DraftBook(tmp_path)
    assert mine.left_over() == ([], []), "a window that is still running is not a crash"
    other.send_signal(signal.SIGKILL)
    other.wait()
    (found,), problems = mine.left_over()
    assert problems == []
    assert (found.case.title, found.path) == ("Half done", Path("/somewhere/case.partnering"))
    drafts.discard(found.file)
    assert mine.left_over() == ([], [])
    assert list(tmp_path.iterdir()) == []


def test_a_window_that_ends_in_order_leaves_nothing(tmp_path):
    book = drafts.DraftBook(tmp_path)
    book.keep(CASE, None, NOW)
    book.drop()
    book.close()
    assert list(tmp_path.iterdir()) == []


def test_work_that_was_closed_without_saving_and_not_dropped_is_offered(tmp_path):
    book = drafts.DraftBook(tmp_path)
    book.keep(CASE, None, NOW)
    book.close()
    (found,), _ = drafts.DraftBook(tmp_path).left_over()
    assert found.case == CASE
    assert found.path is None


def test_a_damaged_draft_is_named_and_the_others_are_offered(tmp_path):
    for title in ("one", "two"):
        book = drafts.DraftBook(tmp_path)
        book.keep(Case(title=title), None, NOW)
        book.close()
    damaged = min(tmp_path.glob("*.draft"))
    damaged.write_bytes(damaged.read_bytes()[:40])
    found, problems = drafts.DraftBook(tmp_path).left_over()
    assert len(found) == 1
    assert len(problems) == 1
    assert str(damaged) in problems[0]


@pytest.mark.skipif(os.name != "posix", reason="permissions as on POSIX")
def test_drafts_are_for_their_owner_alone(tmp_path):
    book = drafts.DraftBook(tmp_path / "state" / "drafts")
    book.keep(CASE, None, NOW)
    assert (tmp_path / "state" / "drafts").stat().st_mode & 0o077 == 0
    book.close()


def test_earlier_versions_are_kept_and_rotate(tmp_path):
    path, folder = tmp_path / "case.partnering", tmp_path / "versions"
    for number in range(60):
        versions.keep_version(folder, path, NOW + timedelta(hours=number))
        save_case(Case(title=f"version {number}"), path)
    kept = versions.versions(folder, path)
    hours = [round((version.at - NOW) / timedelta(hours=1)) for version in kept]
    assert hours[:10] == list(range(59, 49, -1)), "the ten latest"
    assert len({version.at.date() for version in kept}) == 3, "and one of each day"
    assert len(kept) <= 10 + 30


def test_a_version_is_what_stood_there_before(tmp_path):
    path, folder = tmp_path / "case.partnering", tmp_path / "versions"
    save_case(Case(title="first"), path)
    before = path.read_bytes()
    versions.keep_version(folder, path, NOW)
    save_case(Case(title="second"), path)
    assert versions.versions(folder, path)[0].file.read_bytes() == before


def test_files_of_one_name_in_two_folders_keep_their_versions_apart(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        save_case(Case(title=name), tmp_path / name / "case.partnering")
        versions.keep_version(tmp_path / "versions", tmp_path / name / "case.partnering", NOW)
    assert len(versions.versions(tmp_path / "versions", tmp_path / "a" / "case.partnering")) == 1


def test_a_file_that_is_no_case_is_not_kept_as_a_version(tmp_path):
    path = tmp_path / "case.partnering"
    path.write_text("something else")
    versions.keep_version(tmp_path / "versions", path, NOW)
    assert versions.versions(tmp_path / "versions", path) == []


def test_who_has_a_case_open_is_known_until_they_close_it(tmp_path):
    path = tmp_path / "case.partnering"
    code = (
        "import sys, time; from pathlib import Path; from datetime import UTC, datetime;"
        "from partnerwizard.recovery.holder import hold;"
        "hold(Path(sys.argv[1]), datetime.now(UTC)); print('held', flush=True); time.sleep(600)"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    found = holder.holder_of(path)
    assert found is not None
    assert found.process == other.pid
    holder.let_go(path)
    assert holder.holder_of(path) is not None, "the mark of another is not ours to take away"
    other.kill()
    other.wait()
    assert holder.holder_of(path) is None, "a program that has ended holds nothing"


def test_our_own_mark_is_no_obstacle_and_goes_again(tmp_path):
    path = tmp_path / "case.partnering"
    assert holder.hold(path, NOW)
    assert holder.holder_of(path) is None
    holder.let_go(path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("said", ["", "[]", '{"who": 1}', "\x00" * 50, '{"who":"a","computer":"b","process":"x"}'])
def test_a_damaged_mark_is_as_none(tmp_path, said):
    path = tmp_path / "case.partnering"
    holder.mark_of(path).write_text(said)
    assert holder.holder_of(path) is None


def test_a_change_by_somebody_else_is_noticed_and_both_are_kept(tmp_path):
    path = tmp_path / "case.partnering"
    save_case(Case(title="ours"), path)
    stamp = disk.stamp_of(path)
    assert not disk.changed_since(path, stamp)
    save_case(Case(title="theirs"), path)
    assert disk.changed_since(path, stamp)
    theirs = path.read_bytes()
    first, second = disk.keep_theirs(path, NOW), disk.keep_theirs(path, NOW)
    assert first != second
    assert first.read_bytes() == second.read_bytes() == theirs
    assert "other version 2026-11-24 10.30" in first.name


def test_a_file_touched_but_not_changed_is_no_change(tmp_path):
    path = tmp_path / "case.partnering"
    save_case(CASE, path)
    stamp = disk.stamp_of(path)
    save_case(CASE, path)
    assert not disk.changed_since(path, stamp)
