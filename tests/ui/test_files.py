"""Unsaved work, files that cannot be used, recent cases, and files dropped on the window."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from partnerwizard.case import edit
from partnerwizard.files import SIZE_LIMIT
from tests.ui.conftest import EXAMPLE
from tests.ui.driving import Driver
from ui.pages.start import StartPage
from ui.places import START


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "ours.partnering"
    shutil.copy(EXAMPLE, path)
    return path


def change(driver: Driver, text: str = "Something else is wrong") -> None:
    driver.window.session.edit("What is wrong: words changed", edit.describe, problem=text)


# --- unsaved work -----------------------------------------------------------------------------------------------------


def test_closing_with_unsaved_work_can_be_cancelled(driver: Driver) -> None:
    driver.window.cases.new()
    change(driver)
    driver.answer("Cancel")
    assert not driver.window.close()
    assert driver.window.isVisible()
    assert driver.window.session.modified


def test_closing_without_saving_leaves_the_file_alone(driver: Driver, saved: Path) -> None:
    before = saved.read_bytes()
    assert driver.window.cases.open(saved)
    change(driver)
    told: list[str] = []
    driver.answer("Don’t save", told)
    assert driver.window.close()
    assert saved.read_bytes() == before
    assert "Westmere" in told[0]


def test_closing_with_saving_writes_the_file(driver: Driver, saved: Path) -> None:
    assert driver.window.cases.open(saved)
    change(driver)
    driver.answer("Save")
    assert driver.window.close()
    assert json.loads(saved.read_text())["problem"] == "Something else is wrong"


def test_nothing_is_asked_when_nothing_has_changed(driver: Driver, saved: Path) -> None:
    assert driver.window.cases.open(saved)
    driver.window.cases.new()
    assert driver.window.session.path is None


@pytest.mark.parametrize("button", ["Cancel", "Don’t save"])
def test_a_new_case_asks_first(driver: Driver, button: str) -> None:
    driver.window.cases.new()
    change(driver)
    driver.answer(button)
    driver.window.cases.new()
    assert driver.window.session.modified == (button == "Cancel")


def test_saving_where_nothing_can_be_written_says_so_and_the_work_stays(driver: Driver, tmp_path: Path) -> None:
    driver.window.cases.new()
    change(driver)
    told: list[str] = []
    # The toolkit's own file dialog refuses such a folder, so the file is named directly.
    driver.window.session.path = tmp_path / "missing" / "ours.partnering"
    driver.answer("Close", told)
    assert not driver.window.cases.save()
    assert "folder does not exist" in told[0]
    assert driver.window.session.modified
    driver.window.session.path = None


# --- bad files --------------------------------------------------------------------------------------------------------


def damaged(kind: str, folder: Path) -> Path:
    """A file that is wrong in one way."""
    path = folder / f"{kind}.partnering"
    good = EXAMPLE.read_text()
    match kind:
        case "missing":
            pass
        case "empty":
            path.write_text("")
        case "truncated":
            path.write_text(good[: len(good) // 2])
        case "binary":
            path.write_bytes(bytes(range(256)) * 8)
        case "future":
            path.write_text(good.replace("partnerwizard-case/2", "partnerwizard-case/3"))
        case "other":
            path.write_text('{"format": "something-else/1"}')
        case "unknown":
            path.write_text(json.dumps({**json.loads(good), "colour": "blue", "seed": "seven"}))
        case "misfit":
            path.write_text(json.dumps({**json.loads(good), "aims": [["happiness"]]}))
        case "enormous":
            with path.open("wb") as out:
                out.truncate(SIZE_LIMIT + 1)
    return path


KINDS = ("missing", "empty", "truncated", "binary", "future", "other", "unknown", "misfit", "enormous")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_cannot_be_used_is_told_in_the_words_of_the_command_line(
    driver: Driver, tmp_path: Path, kind: str
) -> None:
    path = damaged(kind, tmp_path)
    before = path.read_bytes() if path.is_file() else None
    command = subprocess.run(
        [sys.executable, "-m", "partnerwizard", "appraise", str(path), "--json"], capture_output=True, text=True
    )
    assert command.returncode == 2
    told: list[str] = []
    driver.answer("Close", told)
    assert not driver.window.cases.open(path)
    assert told == [command.stderr.rstrip("\n")]
    assert driver.window.here == START
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_folder_is_not_a_case(driver: Driver, tmp_path: Path) -> None:
    told: list[str] = []
    driver.answer("Close", told)
    assert not driver.window.cases.open(tmp_path)
    assert told == [f"{tmp_path}: this is not a file. Name a file."]


def test_a_bad_file_leaves_the_open_case_as_it_is(driver: Driver, tmp_path: Path) -> None:
    driver.window.cases.new()
    change(driver)
    driver.answer("Close")
    assert not driver.window.cases.open(damaged("truncated", tmp_path))
    assert driver.window.session.case.problem == "Something else is wrong"


# --- examples, recent cases, dropped files ----------------------------------------------------------------------------


def test_an_example_opens_as_a_copy_and_is_never_written(driver: Driver, tmp_path: Path) -> None:
    before = EXAMPLE.read_bytes()
    page = driver.window.page
    assert isinstance(page, StartPage)
    driver.click(page.example_cards[0].button)
    assert driver.window.session.path is None
    change(driver)
    target = tmp_path / "mine.partnering"
    driver.name_file(target)
    assert driver.window.cases.save()
    assert target.exists()
    assert EXAMPLE.read_bytes() == before


def test_recent_cases_show_their_verdict_and_say_when_a_file_is_gone(driver: Driver, saved: Path) -> None:
    assert driver.window.cases.open(saved)
    driver.appraised()
    (entry,) = driver.window.settings.recent()
    assert entry.path == str(saved)
    assert entry.verdict == driver.window.strip.headline.text()
    saved.unlink()
    driver.window.go(START)
    page = driver.window.page
    assert isinstance(page, StartPage)
    told: list[str] = []
    driver.answer("Close", told)
    driver.click(page.recent_cards[0].button)
    assert "there is no such file" in told[0]


def test_recent_cases_and_the_zoom_survive_into_another_process(driver: Driver, saved: Path) -> None:
    assert driver.window.cases.open(saved)
    driver.appraised()
    driver.shortcut(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    driver.window.close()
    code = "from ui.settings import Settings; s = Settings(); print(s.recent()[0].path, s.text('zoom', '?'))"
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert out.split() == [str(saved), "110"]


def test_a_dropped_case_is_opened(driver: Driver, saved: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(saved))])
    drop = QDropEvent(
        QPoint(10, 10).toPointF(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    driver.window.dropEvent(drop)
    driver.until(lambda: driver.window.session.path == saved)
