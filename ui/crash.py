"""The one place that every unexpected error reaches: logged, shown once, nothing lost, and it never fails itself."""

from __future__ import annotations

import contextlib
import logging
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from partnerwizard.deployment import Deployment

LOG = logging.getLogger("partnerwizard.window")
LOG_NAME = "window.log"


class CrashReporter(QObject):
    """Takes over `sys.excepthook`. An error off the GUI thread is handed over by a queued signal."""

    caught = Signal(str)

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
            text = "".join(traceback.format_exception(kind, error, trace))
            LOG.error("%s", text)
            if sys.stderr is not None:
                sys.stderr.write(text)
            if self.thread() is QThread.currentThread():
                self._show(text)
            else:
                self.caught.emit(text)

    def _show(self, text: str) -> None:
        if self._showing or not self.interactive:
            return
        self._showing = True
        try:
            self._dialog(text)
        finally:
            self._showing = False

    def _dialog(self, text: str) -> None:
        box = QMessageBox(QApplication.activeWindow())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Something went wrong")
        box.setText("Something went wrong inside Partner Wizard. Your answers are still here.")
        where = f"The details were written to {self.log_file}." if self.log_file else "The details stand below."
        box.setInformativeText(f"Save a copy of your case now, then go on. {where}")
        box.setDetailedText(text)
        copy: QPushButton | None = None
        if self.save_copy is not None:
            copy = box.addButton("&Save a copy", QMessageBox.ButtonRole.ActionRole)
        go_on = box.addButton("&Go on", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(go_on)
        box.setEscapeButton(go_on)
        box.exec()
        if copy is not None and box.clickedButton() is copy and self.save_copy is not None:
            self.save_copy()
