"""Tries the whole chain in a real window: opens the example, appraises it, writes its report, and says the verdict."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from partnerwizard.resources import examples_dir
from ui.pages.report import ReportPage
from ui.places import REPORT
from ui.window import MainWindow

EXAMPLE = "fragile-stroke-service.partnering"
PATIENCE = 120.0
"""Seconds; a cold start of a frozen app on a slow disk needs some."""


def smoke(window: MainWindow, folder: Path) -> int:
    """Returns 0 and prints one line where everything worked, else 1 and the reason."""
    try:
        sentence = _run(window, folder)
    except Exception as error:  # noqa: BLE001 - the reason is the whole point
        _say(sys.stderr, f"smoke failed: {type(error).__name__}: {error}")
        return 1
    _say(sys.stdout, f"smoke ok: {sentence}")
    return 0


def _run(window: MainWindow, folder: Path) -> str:
    failed: list[Exception] = []
    window.session.appraisal_failed.connect(failed.append)
    _wait(window.isVisible, "the window to show")
    window.session.start(window.session.read(examples_dir() / EXAMPLE), None)
    window.go(window.places[0].id)
    _wait(lambda: bool(failed) or window.session.appraisal is not None, "the appraisal")
    if failed:
        raise failed[0]
    appraisal = window.session.appraisal
    assert appraisal is not None
    for place in window.places:
        window.go(place.id)
        QApplication.processEvents()
    window.go(REPORT)
    page = window.page
    assert isinstance(page, ReportPage)
    page.folder.setText(str(folder))
    page.write()
    _wait(lambda: page.exporter.job is None, "the report")
    missing = [kind for kind in page.chosen_formats if not list(folder.glob(f"*.{kind}"))]
    if missing:
        raise RuntimeError(f"no {' and no '.join(missing)} report was written: {page.state.text()}")
    return appraisal.verdict.sentence


def _wait(ready: Callable[[], bool], what: str) -> None:
    """Lets the window live until it is ready."""
    loop = QEventLoop()
    tick, end = QTimer(interval=20), QTimer(singleShot=True, interval=round(PATIENCE * 1000))
    tick.timeout.connect(lambda: loop.quit() if ready() else None)
    end.timeout.connect(loop.quit)
    tick.start()
    end.start()
    loop.exec()
    if not ready():
        raise TimeoutError(f"waited {PATIENCE:.0f} seconds for {what}")


def _say(stream: object, text: str) -> None:
    """A frozen window program may have no streams."""
    if stream is not None:
        stream.write(f"{text}\n")  # type: ignore[attr-defined]
        stream.flush()  # type: ignore[attr-defined]
