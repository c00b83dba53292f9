"""Errors reach one place, nothing leaks, and what runs in the background never holds up or brings down the window."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QEvent, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from partnerwizard.case import edit
from tests.ui.conftest import EXAMPLE
from tests.ui.driving import PATIENCE, Driver
from ui.crash import LOG_NAME, CrashReporter
from ui.pages.report import ReportPage
from ui.places import REPORT, START


def visit_all(driver: Driver) -> None:
    for place in [START, *(place.id for place in driver.window.places)]:
        driver.window.go(place)
        QApplication.processEvents()


def sweep() -> None:
    """Lets everything go that is waiting to be deleted."""
    for _ in range(3):
        gc.collect()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def test_no_widget_is_without_a_parent(example: Driver) -> None:
    """One that is would be deleted by Python's collector at any moment, also while Qt goes through all widgets."""
    visit_all(example)
    sweep()
    alone = [each for each in QApplication.topLevelWidgets() if each.parent() is None and each is not example.window]
    assert [f"{type(each).__name__} {each.accessibleName()}" for each in alone] == []


def test_two_hundred_page_changes_leave_no_widgets_behind(example: Driver) -> None:
    visit_all(example)
    sweep()
    before = len(QApplication.allWidgets())
    for number in range(200):
        example.window.go(example.window.places[number % len(example.window.places)].id)
    sweep()
    assert len(QApplication.allWidgets()) <= before


def test_other_answers_leave_no_widgets_behind(example: Driver) -> None:
    window, session = example.window, example.window.session
    window.go("result")
    counts = []
    for number in range(12):
        session.edit("aims", edit.rank_aims, (("access",), ("finance",)) if number % 2 else (("finance",), ("access",)))
        example.appraised()
        window.go("options" if number % 3 else "result")
        sweep()
        counts.append(len(QApplication.allWidgets()))
    assert max(counts[6:]) <= max(counts[:6])


def test_an_edit_does_not_hold_up_the_window(example: Driver) -> None:
    """A change is shown within a frame or two on a fast machine; the bound is wide, for machines that are not."""
    session = example.window.session
    for place in ("problem", "reach", "aims", "result"):
        example.window.go(place)
        QApplication.processEvents()
        took = []
        for number in range(5):
            start = perf_counter()
            session.edit(f"words {number}", edit.describe, problem=f"{place} {number}")
            QApplication.processEvents()
            took.append(perf_counter() - start)
        assert min(took) < 0.25, (place, took)


# --- background work --------------------------------------------------------------------------------------------------


def test_only_the_last_of_quick_changes_is_shown(example: Driver) -> None:
    session = example.window.session
    seen = []
    session.appraised.connect(seen.append)
    for number in range(10):
        session.edit(f"seed {number}", edit.describe, title=f"Case {number}")
    example.appraised()
    assert session.appraisal is not None
    assert session.appraisal.case.title == "Case 9"
    assert len(seen) < 10


def test_the_window_may_be_closed_in_the_middle_of_a_job(example: Driver, tmp_path: Path) -> None:
    window = example.window
    window.go(REPORT)
    page = window.page
    assert isinstance(page, ReportPage)
    page.folder.setText(str(tmp_path))
    page.write()
    window.session.edit("title", edit.describe, title="Other")
    example.answer("Don’t save")
    assert window.close()
    QThreadPool.globalInstance().waitForDone(PATIENCE)
    QApplication.processEvents()


def test_writing_can_be_cancelled_and_leaves_no_half_file(example: Driver, tmp_path: Path) -> None:
    window = example.window
    window.go(REPORT)
    page = window.page
    assert isinstance(page, ReportPage)
    page.folder.setText(str(tmp_path / "out"))
    page.write()
    example.click(page.cancel)
    assert "Cancelled" in page.state.text()
    QThreadPool.globalInstance().waitForDone(PATIENCE)
    assert not list(tmp_path.rglob("*.part"))
    page.write()
    example.until(lambda: page.exporter.job is None)
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".html", ".pdf"]


def test_a_report_that_cannot_be_written_is_told_in_plain_words(example: Driver, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    example.window.go(REPORT)
    page = example.window.page
    assert isinstance(page, ReportPage)
    page.folder.setText(str(blocked / "out"))
    told: list[str] = []
    example.answer("Close", told)
    page.write()
    example.until(lambda: bool(told))
    assert "the folder cannot be made" in told[0]
    assert blocked.read_text() == "a file where the folder should be"


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def reporter(driver: Driver) -> CrashReporter:
    return driver.window.crash


def test_an_error_is_logged_and_shown_once_with_a_way_to_save_a_copy(
    driver: Driver, reporter: CrashReporter, tmp_path: Path
) -> None:
    driver.window.cases.new()
    driver.window.session.edit("words", edit.describe, problem="Keep me")
    reporter.save_copy = driver.window.cases.save_copy
    copy = tmp_path / "copy.partnering"
    told: list[str] = []
    driver.answer("Save a copy", told)

    def then_name_the_file() -> None:
        driver.name_file(copy)

    reporter_dialog = reporter.save_copy
    reporter.save_copy = lambda: (then_name_the_file(), reporter_dialog())
    reporter.report(ZeroDivisionError("a slip"))
    assert "Your answers are still here" in told[0]
    assert driver.window.session.read(copy).problem == "Keep me"
    assert driver.window.session.modified
    assert reporter.log_file is not None
    assert reporter.log_file.name == LOG_NAME
    assert "ZeroDivisionError" in reporter.log_file.read_text()


def test_an_error_off_the_gui_thread_is_shown_on_it(driver: Driver, reporter: CrashReporter) -> None:
    told: list[str] = []
    driver.answer("Go on", told)
    thread = threading.Thread(target=reporter.report, args=(ValueError("elsewhere"),))
    thread.start()
    driver.until(lambda: bool(told))
    thread.join()


def test_while_one_error_is_shown_the_next_is_only_logged(driver: Driver, reporter: CrashReporter) -> None:
    boxes = 0

    def second() -> None:
        nonlocal boxes
        reporter.report(KeyError("second"))
        boxes = sum(isinstance(each, QMessageBox) and each.isVisible() for each in QApplication.topLevelWidgets())

    driver.answer("Go on")
    QTimer.singleShot(5, second)
    reporter.report(KeyError("first"))
    assert boxes <= 1
    assert reporter.log_file is not None
    logged = reporter.log_file.read_text()
    assert logged.index("KeyError") < logged.rindex("KeyError")


def test_the_reporter_cannot_raise(driver: Driver, reporter: CrashReporter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    reporter.interactive = False
    reporter._hook(None, None, None)  # type: ignore[arg-type]
    reporter.report(RuntimeError("no stream to write to"))


def test_an_appraisal_that_fails_is_told_and_the_answers_stay(
    example: Driver, reporter: CrashReporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ArithmeticError("no such figure")

    monkeypatch.setattr("partnerwizard.appraisal.appraise.appraise", fails)
    session = example.window.session
    told: list[str] = []
    example.answer("Go on", told)
    session.edit("words", edit.describe, problem="Still here")
    example.until(lambda: bool(told))
    assert session.case.problem == "Still here"
    assert "could not be worked out" in example.window.strip.headline.text()
    monkeypatch.undo()
    session.edit("words", edit.describe, problem="And again")
    example.appraised()
    assert "could not be" not in example.window.strip.headline.text()


# --- the program ------------------------------------------------------------------------------------------------------


def test_smoke_shows_appraises_and_writes(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ui", "--smoke", str(tmp_path / "out")], capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("smoke ok: ")
    assert len(run.stdout.splitlines()) == 1
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".html", ".pdf"]


def test_smoke_fails_loudly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    run = subprocess.run(
        [sys.executable, "-m", "ui", "--smoke", str(tmp_path / "file" / "out")],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 1
    assert "smoke failed" in run.stderr


def test_the_example_is_where_the_smoke_run_looks() -> None:
    assert EXAMPLE.exists()
