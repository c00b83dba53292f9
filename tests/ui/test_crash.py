"""When it still goes wrong: the report helps whoever mends it, and tells nothing of the case or of its user."""

from __future__ import annotations

import logging
import logging.handlers
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from partnerwizard.case import edit
from partnerwizard.case.file import save_case
from partnerwizard.case.model import Case
from partnerwizard.deployment import read_deployment
from tests.ui.driving import Driver
from ui.crash import LOG, LOG_NAME, CrashReporter, report_of
from ui.settings import Recent, Settings

SECRET = "Jane Roe of Westmere"


def _caught(work: object) -> BaseException:
    try:
        work()  # type: ignore[operator]
    except BaseException as error:  # noqa: BLE001
        return error
    raise AssertionError("nothing was raised")


def test_the_report_names_the_place_and_no_word_of_the_error() -> None:
    def slip() -> None:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"no partner {SECRET} in /home/jane/case.partnering") from error

    told = report_of(_caught(slip))
    assert "ValueError\n" in told
    assert "KeyError\n" in told
    assert "test_crash.py:" in told
    assert " in slip" in told
    assert SECRET not in told
    assert "jane" not in told.lower()
    assert str(Path.cwd()) not in told


def test_a_fault_deep_in_the_program_shows_our_lines_and_a_bearable_length() -> None:
    told = report_of(_caught(lambda: edit.answer(Case(), "x", object(), None, None)))  # type: ignore[arg-type]
    assert "partnerwizard/case/edit.py:" in told

    def endless() -> None:
        endless()

    assert len(report_of(_caught(endless)).splitlines()) < 60


def test_a_whole_journey_leaves_nothing_of_the_case_in_the_log(driver: Driver, tmp_path: Path) -> None:
    window = driver.window
    folder = tmp_path / SECRET
    folder.mkdir()
    case = edit.describe(Case(), _now(), title=SECRET, organisation=SECRET, problem=SECRET)
    save_case(edit.add_partner(case, SECRET, _now()), folder / f"{SECRET}.partnering")
    window.cases.open(folder / f"{SECRET}.partnering")
    driver.answer("Go on")
    window.crash.report(OSError(2, "No such file", str(folder)))
    log = window.crash.log_file
    assert log is not None
    logged = log.read_text(encoding="utf-8")
    assert "FileNotFoundError" in logged
    assert SECRET not in logged
    assert str(tmp_path) not in logged


def _now() -> datetime:
    from tests.support import AT

    return AT


def test_copied_details_are_what_was_logged_and_the_dialog_stays(driver: Driver) -> None:
    QApplication.clipboard().clear()
    told: list[str] = []

    class AndThen(list[str]):
        def append(self, words: str) -> None:
            driver.answer("Go on", told)

    driver.answer("Copy details", AndThen())
    driver.window.crash.report(ValueError(SECRET))
    driver.until(lambda: bool(told))
    copied = QApplication.clipboard().text()
    assert copied.startswith("Partner Wizard ")
    assert "ValueError" in copied
    assert SECRET not in copied
    assert not any(isinstance(each, QDialog) and each.isVisible() for each in QApplication.topLevelWidgets())


def test_logs_rotate_and_stay_small(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    reporter: CrashReporter = driver.window.crash
    reporter.interactive = False
    handler = next(each for each in LOG.handlers if isinstance(each, logging.handlers.RotatingFileHandler))
    handler.maxBytes = 2000
    for _ in range(60):
        reporter.report(ValueError("x"))
    assert reporter.log_file is not None
    files = sorted(reporter.log_file.parent.glob(f"{LOG_NAME}*"))
    assert len(files) == 1 + handler.backupCount
    assert all(each.stat().st_size <= 2000 for each in files)


def test_safe_mode_forgets_settings_and_keeps_the_policy(tmp_path: Path) -> None:
    machine = tmp_path / "policy.toml"
    machine.write_text('join = false\nlocked = ["join"]\n')
    everyday = {
        "PARTNERWIZARD_HOME": str(tmp_path / "home"),
        "PARTNERWIZARD_PACK": str(tmp_path / "broken"),
        "PARTNERWIZARD_TEMPLATES": str(tmp_path / "own"),
        "PARTNERWIZARD_JOIN": "yes",
    }
    here = read_deployment(machine, None, everyday)
    remembered = Settings(here=here)
    remembered.set_text("look", "dark")
    remembered.remember(Recent("/a/b.partnering", SECRET, "clear", "2026-11-24"))
    assert here.pack is not None

    safe = read_deployment(machine, None, everyday, safe=True)
    assert (safe.pack, safe.templates, safe.home) == (None, None, None)
    assert safe.join is False
    assert safe.lock("join") == str(machine)
    plain = Settings(safe=True, here=safe)
    assert plain.text("look", "light") == "light"
    assert plain.recent() == []
    plain.set_text("look", "contrast")
    assert Settings(here=here).text("look", "light") == "dark"
