"""A real window on the built-in guidance, with settings, logs and home in a folder of the test's own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from pytestqt.qtbot import QtBot

from partnerwizard.case.model import Case
from tests.support import guidance
from tests.ui.driving import PATIENCE, Driver
from ui.crash import CrashReporter
from ui.session import Session
from ui.settings import Settings
from ui.theme import theme
from ui.window import MainWindow

EXAMPLE = Path(__file__).parents[2] / "guidance" / "examples" / "fragile-stroke-service.partnering"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing a test does reaches the user's own settings."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    return home


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on the start page. Its case is dropped at the end without a question."""
    # What the last test left to be deleted is gone before the looks change.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme().set_zoom(100)
    theme().choose("light")
    before = sys.excepthook
    shown = MainWindow(Session(guidance()), Settings(), crash := CrashReporter(theme()))
    qtbot.addWidget(shown, before_close_func=_drop_case)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    yield shown
    QThreadPool.globalInstance().waitForDone(PATIENCE)
    crash.close()
    sys.excepthook = before


def _drop_case(shown: MainWindow) -> None:
    """The test is over: nobody is there to answer a question about unsaved work."""
    shown.session.start(Case(), None)


@pytest.fixture
def driver(qtbot: QtBot, window: MainWindow) -> Driver:
    """Someone at the keyboard."""
    return Driver(qtbot, window)


@pytest.fixture
def example(driver: Driver) -> Driver:
    """The same, with the example open as a copy and appraised."""
    assert driver.window.cases.open(EXAMPLE, as_copy=True)
    driver.appraised()
    return driver
