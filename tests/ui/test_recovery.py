"""What the user sees of recovery: drafts after a crash, earlier versions, cases open or changed elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from partnerwizard.case.edit import describe
from partnerwizard.case.file import load_case, save_case
from partnerwizard.case.model import Case
from partnerwizard.recovery import holder
from partnerwizard.recovery.drafts import DraftBook
from tests.ui.driving import Driver
from ui.recovering import EarlierVersions, LeftOver
from ui.window import MainWindow

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def _press(kind: type, words: str) -> None:
    """As soon as a dialog of this kind is up, presses the first button with these words."""

    def act() -> None:
        shown = QApplication.activeModalWidget()
        if not isinstance(shown, kind):
            QTimer.singleShot(20, act)
            return
        next(each for each in shown.findChildren(QPushButton) if words in each.text().replace("&", "")).click()

    QTimer.singleShot(20, act)


def _title(driver: Driver, text: str) -> None:
    driver.window.session.edit("Title", describe, title=text)


def _folder(window: MainWindow) -> Path:
    return window.safekeeping.folder


def test_unsaved_work_is_on_disk_a_moment_later_and_gone_once_it_is_saved(driver: Driver, tmp_path: Path) -> None:
    drafts = _folder(driver.window) / "drafts"
    driver.window.cases.new()
    _title(driver, "Half done")
    driver.qtbot.waitUntil(lambda: list(drafts.glob("*.draft")) != [])
    (found,) = drafts.glob("*.draft")
    assert "Half done" in found.read_text(encoding="utf-8")
    assert driver.window.cases._save_to(tmp_path / "case.partnering")
    driver.window.safekeeping.flush()
    assert list(drafts.glob("*.draft")) == []


def test_after_a_crash_the_work_is_offered_with_what_differs_and_no_file_is_touched(
    driver: Driver, tmp_path: Path
) -> None:
    path = tmp_path / "case.partnering"
    save_case(Case(title="As saved"), path)
    before = path.read_bytes()
    crashed = DraftBook(_folder(driver.window) / "drafts")
    crashed.keep(Case(title="Newer"), path, NOW)
    crashed.close()
    _press(LeftOver, "Open it")
    assert driver.window.cases.offer_left_over()
    session = driver.window.session
    assert (session.case.title, session.path, session.modified) == ("Newer", path, True)
    assert path.read_bytes() == before
    driver.window.safekeeping.flush()
    assert not crashed.file.exists(), "our own draft stands for it now"
    assert len(list((_folder(driver.window) / "drafts").glob("*.draft"))) == 1
    assert driver.window.cases.save()
    assert load_case(path).title == "Newer"


def test_deciding_later_keeps_the_work_and_discarding_it_asks_first(driver: Driver) -> None:
    crashed = DraftBook(_folder(driver.window) / "drafts")
    crashed.keep(Case(title="Newer"), None, NOW)
    crashed.close()
    _press(LeftOver, "Decide later")
    assert not driver.window.cases.offer_left_over()
    assert crashed.file.exists()
    _press(LeftOver, "Discard")
    QTimer.singleShot(200, lambda: _press(QMessageBox, "Discard"))
    driver.window.cases.offer_left_over()
    assert not crashed.file.exists()


def test_nothing_is_offered_where_the_file_already_holds_it(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "case.partnering"
    save_case(Case(title="Same"), path)
    crashed = DraftBook(_folder(driver.window) / "drafts")
    crashed.keep(Case(title="Same"), path, NOW)
    crashed.close()
    assert not driver.window.cases.offer_left_over()
    assert not crashed.file.exists()


def test_a_save_keeps_what_stood_there_and_it_opens_as_a_copy(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "case.partnering"
    driver.window.cases.new()
    for title in ("first", "second"):
        _title(driver, title)
        assert driver.window.cases._save_to(path)
    _press(EarlierVersions, "Open a copy")
    driver.window.cases.show_versions()
    assert driver.window.session.case.title == "first"
    assert driver.window.session.path is None
    assert load_case(path).title == "second"


@pytest.mark.parametrize(
    ("answer", "opened", "own_file"), [("copy", True, False), ("all the same", True, True), ("Cancel", False, False)]
)
def test_a_case_that_is_open_elsewhere_opens_as_a_copy_or_not_at_all(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, opened: bool, own_file: bool
) -> None:
    path = tmp_path / "case.partnering"
    save_case(Case(title="Theirs"), path)
    monkeypatch.setattr("socket.gethostname", lambda: "PC-7")
    holder.hold(path, NOW)
    monkeypatch.undo()
    _press(QMessageBox, answer)
    assert driver.window.cases.open(path) is opened
    assert (driver.window.session.path == path) is own_file


def test_a_change_by_somebody_else_is_seen_before_saving_and_both_are_kept(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "case.partnering"
    driver.window.cases.new()
    _title(driver, "mine")
    assert driver.window.cases._save_to(path)
    save_case(Case(title="theirs"), path)
    _title(driver, "mine, later")
    _press(QMessageBox, "Keep both")
    assert driver.window.cases.save()
    titles = {load_case(each).title for each in tmp_path.glob("case*.partnering")}
    assert titles == {"mine, later", "theirs"}
    _title(driver, "mine, later still")
    assert driver.window.cases.save(), "no second question about what is settled"


def test_cancelling_that_question_leaves_both_sides_as_they_are(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "case.partnering"
    driver.window.cases.new()
    _title(driver, "mine")
    assert driver.window.cases._save_to(path)
    save_case(Case(title="theirs"), path)
    _title(driver, "mine, later")
    _press(QMessageBox, "Cancel")
    assert not driver.window.cases.save()
    assert load_case(path).title == "theirs"
    assert driver.window.session.modified


def test_where_no_draft_can_be_kept_the_window_says_so_and_work_goes_on(driver: Driver) -> None:
    folder = _folder(driver.window) / "drafts"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    driver.window.cases.new()
    _title(driver, "Half done")
    driver.qtbot.waitUntil(lambda: "no draft can be kept" in driver.window.header.state.text())
    folder.unlink()
    _title(driver, "More")
    driver.qtbot.waitUntil(lambda: driver.window.header.state.text() == "Changes not saved")


def test_the_mark_of_an_open_case_goes_when_it_is_closed(qtbot: QtBot, driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "case.partnering"
    save_case(Case(title="Ours"), path)
    assert driver.window.cases.open(path)
    driver.window.safekeeping.flush()
    assert holder.mark_of(path).exists()
    driver.window.close()
    assert not holder.mark_of(path).exists()
