"""Work off the GUI thread: one function, its result or its error back on the GUI thread, and cancelling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal


class Job(QObject):
    """One piece of work. `finished` brings the job itself, with its result or its error; never once it is cancelled.

    Connect it to methods of QObjects only: those run on the GUI thread, a bare function would run on the worker's.
    """

    finished = Signal(object)

    def __init__(self, work: Callable[[], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.result: Any = None
        self.error: Exception | None = None
        self.cancelled = False

    def start(self) -> None:
        """Hands the work to the pool."""
        QThreadPool.globalInstance().start(_Runner(self))

    def cancel(self) -> None:
        """Drops the result; work that has begun runs to its end unseen, unless it looks at `cancelled` itself."""
        self.cancelled = True

    def _is_cancelled(self) -> bool:
        return self.cancelled

    def run(self) -> None:
        """Called on a worker thread."""
        if self.cancelled:
            return
        try:
            self.result = self._work()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told on the GUI thread
            self.error = error
        # The window may have been closed meanwhile, and the job with it.
        if shiboken6.isValid(self) and not self._is_cancelled():
            self.finished.emit(self)


class _Runner(QRunnable):
    """Carries a job to a worker thread; keeps the job's Python side alive meanwhile."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job.run()
