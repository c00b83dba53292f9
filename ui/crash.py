"""The one place that every unexpected error reaches: logged, shown once, nothing lost, and it never fails itself.

What is logged and copied says where in the program it happened and on what system. It holds no words of an error, no
values and no folders, since any of them may quote a case or name its user; those are shown on the screen alone.
"""

from __future__ import annotations

import contextlib
import logging
import platform
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal, qVersion
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from partnerwizard import __version__
from partnerwizard.deployment import Deployment

LOG = logging.getLogger("partnerwizard.window")
LOG_NAME = "window.log"


_OURS = ("partnerwizard", "ui")
_MOST_FRAMES = 40


def report_of(error: BaseException) -> str:
    """What helps to find a fault: versions, kinds of error and places in code, without anything of a case or a user."""
    lines = [
        f"Partner Wizard {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()} {platform.machine()}"
    ]
    told: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in told:
        told.add(id(cause))
        frames = traceback.StackSummary.extract(traceback.walk_tb(cause.__traceback__), lookup_lines=False)
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}".removeprefix("builtins."))
        if len(frames) > _MOST_FRAMES:
            lines.append(f"  … {len(frames) - _MOST_FRAMES} calls …")
        lines += [f"  {_file(each.filename)}:{each.lineno} in {each.name}" for each in frames[-_MOST_FRAMES:]]
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
        if cause is not None:
            lines.append("which came of")
    return "\n".join(lines) + "\n"


def _file(filename: str) -> str:
    """A file of code by its package; the folders above it may name whoever uses the computer."""
    parts = Path(filename).parts
    for package in ("site-packages", *_OURS):
        if package in parts[:-1]:
            last = len(parts) - 1 - parts[::-1].index(package)
            return "/".join(parts[last + (package == "site-packages") :])
    return parts[-1] if parts else "?"


class CrashReporter(QObject):
    """Takes over `sys.excepthook`. An error off the GUI thread is handed over by a queued signal."""

    caught = Signal(str, str)

    def __init__(self, parent: QObject, here: Deployment | None = None) -> None:
        super().__init__(parent)
        self.log_file: Path | None = None
        self.save_copy: Callable[[], object] | None = None
        self.interactive = True
        self._showing = False
        self.caught.connect(self._show)
        with contextlib.suppress(OSError):
            folder = (here or Deployment()).folder("log")
            folder.mkdir(parents=True, exist_ok=True)
            self.log_file = folder / LOG_NAME
            handler = RotatingFileHandler(self.log_file, maxBytes=500_000, backupCount=3, encoding="utf-8", delay=True)
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            LOG.addHandler(handler)
            LOG.setLevel(logging.INFO)
            LOG.propagate = False

    def install(self) -> None:
        """From here on every unexpected error comes here."""
        sys.excepthook = self._hook

    def close(self) -> None:
        """Gives the log file back."""
        for handler in list(LOG.handlers):
            LOG.removeHandler(handler)
            handler.close()

    def report(self, error: BaseException) -> None:
        """Logs and shows an error that was caught elsewhere."""
        self._hook(type(error), error, error.__traceback__)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        # A hook that raises would hide the first error behind the second.
        with contextlib.suppress(Exception):
            if issubclass(kind, KeyboardInterrupt):
                QApplication.exit(1)
                return
            text, words = report_of(error), str(error)
            LOG.error("%s", text)
            if sys.stderr is not None:
                # To a person at a terminal everything; what is redirected may be kept by somebody.
                whole = sys.stderr.isatty()
                sys.stderr.write("".join(traceback.format_exception(kind, error, trace)) if whole else text)
            if self.thread() is QThread.currentThread():
                self._show(text, words)
            else:
                self.caught.emit(text, words)

    def _show(self, text: str, words: str) -> None:
        if self._showing or not self.interactive:
            return
        self._showing = True
        try:
            self._dialog(text, words)
        finally:
            self._showing = False

    def _dialog(self, text: str, words: str) -> None:
        box = QMessageBox(QApplication.activeWindow())
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Something went wrong")
        box.setText("Something went wrong inside Partner Wizard. Your answers are still here.")
        where = f"The details were written to {self.log_file}." if self.log_file else "The details stand below."
        box.setInformativeText(f"Save a copy of your case now, then go on. {where}")
        said = f"\nIn the error’s own words, which are neither logged nor copied:\n{words}" if words else ""
        box.setDetailedText(text + said)
        details = box.addButton("&Copy details", QMessageBox.ButtonRole.ActionRole)
        copy: QPushButton | None = None
        if self.save_copy is not None:
            copy = box.addButton("&Save a copy", QMessageBox.ButtonRole.ActionRole)
        go_on = box.addButton("&Go on", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(go_on)
        box.setEscapeButton(go_on)
        box.exec()
        if box.clickedButton() is details:
            QApplication.clipboard().setText(text)
            box.setInformativeText(
                "The details are on the clipboard: where in the program it happened, and nothing of your case. "
                f"Save a copy of your case now, then go on. {where}"
            )
            box.exec()
        if copy is not None and box.clickedButton() is copy and self.save_copy is not None:
            self.save_copy()
