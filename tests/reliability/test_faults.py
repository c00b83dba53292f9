"""Whatever file operation fails, and whenever the program dies: the old or the new file is whole and opens."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from partnerwizard.case.file import load_case, save_case
from partnerwizard.case.model import Case
from partnerwizard.files import FileProblem, write_whole
from partnerwizard.recovery import disk as others
from partnerwizard.recovery import holder
from partnerwizard.recovery.drafts import DraftBook
from partnerwizard.recovery.versions import keep_version, versions
from tests.reliability.faults import ERRORS, Disk, in_a_process_that_dies, operations

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OLD, NEW = Case(title="the old one"), Case(title="the new one", notes="more " * 2000)
FORMATS_KEPT = Path(__file__).parents[1] / "case" / "formats"


@dataclass(frozen=True)
class Work:
    """A piece of work on files, what stands there before, and what must hold whatever happened."""

    prepare: Callable[[Path], None]
    do: Callable[[Path], object]
    whole: Callable[[Path], bool]


def _old_case(folder: Path) -> None:
    save_case(OLD, folder / "case.partnering")


def _case_is_whole(folder: Path) -> bool:
    return load_case(folder / "case.partnering") in (OLD, NEW)


def _old_report(folder: Path) -> None:
    (folder / "report.html").write_bytes(b"<old>" * 5000)


def _report_is_whole(folder: Path) -> bool:
    return (folder / "report.html").read_bytes() in (b"<old>" * 5000, b"<new>" * 9000)


def _old_draft(folder: Path) -> None:
    book = DraftBook(folder / "drafts")
    book.keep(OLD, None, NOW)
    book.close()


def _add_draft(folder: Path) -> None:
    book = DraftBook(folder / "drafts")
    book.keep(NEW, None, NOW)
    book.close()


def _drafts_are_whole(folder: Path) -> bool:
    found, problems = DraftBook(folder / "drafts").left_over()
    return (
        problems == [] and OLD in [draft.case for draft in found] and all(draft.case in (OLD, NEW) for draft in found)
    )


def _versions_are_whole(folder: Path) -> bool:
    kept = versions(folder / "versions", folder / "case.partnering")
    return _case_is_whole(folder) and all(load_case(version.file) in (OLD, NEW) for version in kept)


def _both_are_whole(folder: Path) -> bool:
    copies = [path for path in folder.glob("case (other*") if path.suffix == ".partnering"]
    return _case_is_whole(folder) and all(load_case(path) == OLD for path in copies)


def _old_format(folder: Path) -> None:
    kept = next(FORMATS_KEPT.glob("1-*.partnering"))
    (folder / "case.partnering").write_bytes(kept.read_bytes())


def _migrate(folder: Path) -> None:
    save_case(load_case(folder / "case.partnering"), folder / "case.partnering")


def _migrated_is_whole(folder: Path) -> bool:
    return load_case(folder / "case.partnering") == load_case(next(FORMATS_KEPT.glob("1-*.partnering")))


def _held_is_whole(folder: Path) -> bool:
    return _case_is_whole(folder) and holder.holder_of(folder / "case.partnering") is None


WORKS = {
    "saving a case": Work(_old_case, lambda at: save_case(NEW, at / "case.partnering"), _case_is_whole),
    "writing a report": Work(
        _old_report, lambda at: write_whole(at / "report.html", b"<new>" * 9000), _report_is_whole
    ),
    "keeping a draft": Work(_old_draft, _add_draft, _drafts_are_whole),
    "keeping an earlier version": Work(
        _old_case, lambda at: keep_version(at / "versions", at / "case.partnering", NOW), _versions_are_whole
    ),
    "keeping what somebody else wrote": Work(
        _old_case, lambda at: others.keep_theirs(at / "case.partnering", NOW), _both_are_whole
    ),
    "saying that a case is open": Work(_old_case, lambda at: holder.hold(at / "case.partnering", NOW), _held_is_whole),
    "opening and saving an old format": Work(_old_format, _migrate, _migrated_is_whole),
}


def _fresh(tmp_path: Path, name: str, work: Work) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    work.prepare(folder)
    return folder


def _counted(work: Work, tmp_path: Path) -> list[str]:
    work.do(_fresh(tmp_path, "first", work))  # what is imported on first use is read from disk as well
    folder = _fresh(tmp_path, "counted", work)
    return operations(lambda: work.do(folder))


@pytest.mark.parametrize("name", WORKS)
def test_one_failing_operation_loses_nothing(name, tmp_path):
    work = WORKS[name]
    done = _counted(work, tmp_path)
    assert len(done) >= 5
    for at in range(1, len(done) + 1):
        for fault in (*ERRORS, "short write"):
            folder = _fresh(tmp_path, f"{at}-{fault.replace('/', ' ')}", work)
            try:
                with Disk(at, fault).in_use():
                    work.do(folder)
            except FileProblem:
                pass  # told in words; whatever else escapes fails this test
            assert work.whole(folder), f"operation {at} ({done[at - 1]}): {fault}"
            if done[at - 1] != "unlink":
                assert list(folder.glob(".*.part")) == [], f"operation {at} ({done[at - 1]}) left a half-written file"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be copied on this system")
@pytest.mark.parametrize("name", WORKS)
def test_a_program_that_dies_at_any_operation_loses_nothing_and_the_next_one_goes_on(name, tmp_path):
    work = WORKS[name]
    done = _counted(work, tmp_path)
    for at in range(1, len(done) + 1):
        for fault in ("dies before", "dies after"):
            folder = _fresh(tmp_path, f"{at}-{fault}", work)
            assert in_a_process_that_dies(lambda folder=folder: work.do(folder), Disk(at, fault))
            assert work.whole(folder), f"operation {at} ({done[at - 1]}): {fault}"
            work.do(folder)
            assert work.whole(folder), f"operation {at} ({done[at - 1]}): {fault}, and once more"


def test_everything_written_is_on_the_disk_before_its_name_is(tmp_path):
    """A power cut may lose what was not synchronised: first the content, then the name, then the folder."""
    _old_case(tmp_path)
    order = operations(lambda: save_case(NEW, tmp_path / "case.partnering"))
    replace = order.index("replace")
    assert "fsync" in order[order.index("write") : replace]
    assert "fsync" in order[replace:] or os.name == "nt"
