"""Starts the window: `partnerwizard-app [--safe] [CASE]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from partnerwizard.deployment import deployment
from partnerwizard.files import FileProblem
from partnerwizard.pack.load import load_pack
from partnerwizard.resources import guidance_dir, icon_file
from ui import accessibility, dialogs
from ui.crash import CrashReporter
from ui.session import Session
from ui.settings import Settings
from ui.theme import theme
from ui.window import MainWindow

LAST_WAIT = 20_000
"""Milliseconds to wait at the end for work that has begun; killing a thread that holds numpy would crash."""


def main(argv: Sequence[str] | None = None) -> int:
    """Shows the window until it is closed."""
    arguments = _parser().parse_args(argv)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    safe = arguments.safe or arguments.smoke is not None
    try:
        here = deployment(safe=safe)
    except FileProblem as problem:
        return _cannot_start("The settings of this computer cannot be used", str(problem), arguments.smoke is None)
    crash = CrashReporter(app, here)
    crash.install()
    app.setApplicationName("Partner Wizard")
    app.setDesktopFileName("partnerwizard")
    app.setWindowIcon(QIcon(str(icon_file())))
    theme()
    accessibility.install()
    try:
        pack = load_pack(here.pack or guidance_dir())
    except (FileProblem, FileNotFoundError) as problem:
        return _cannot_start("The guidance cannot be used", str(problem), arguments.smoke is None)
    window = MainWindow(Session(pack), Settings(safe=safe, here=here), crash)
    crash.save_copy = window.cases.save_copy
    window.show()
    try:
        if arguments.smoke is not None:
            from ui.smoke import smoke

            crash.interactive = False
            return smoke(window, arguments.smoke)
        QTimer.singleShot(0, window, lambda: _begin(window, arguments.case))
        return app.exec()
    finally:
        window.session.stop()
        QThreadPool.globalInstance().waitForDone(LAST_WAIT)
        sys.excepthook = sys.__excepthook__
        crash.close()


def _begin(window: MainWindow, case: Path | None) -> None:
    """What an earlier run did not save comes first; then the case named."""
    if not window.cases.offer_left_over() and case is not None:
        window.cases.open(case)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="partnerwizard-app", description="Helps a trust choose a form of partnering, in a window."
    )
    parser.add_argument("case", nargs="?", type=Path, metavar="CASE", help="a case file to open")
    parser.add_argument("--safe", action="store_true", help="start with nothing that an earlier run has remembered")
    parser.add_argument(
        "--smoke", type=Path, metavar="OUTDIR", help="show the window, write the example's report to OUTDIR, and end"
    )
    return parser


def _cannot_start(title: str, problem: str, shown: bool) -> int:
    """Without guidance or settings there is nothing to show but the reason."""
    if sys.stderr is not None:
        sys.stderr.write(f"{problem}\n")
    if shown:
        dialogs.tell_problem_alone(title, problem)
    return 2


if __name__ == "__main__":
    sys.exit(main())
