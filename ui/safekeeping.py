"""Keeps unsaved work safe while the window runs: a draft at most a moment behind, and a mark beside the open case."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from partnerwizard.case.model import Case
from partnerwizard.files import FileProblem
from partnerwizard.recovery import holder
from partnerwizard.recovery.drafts import Draft, DraftBook, discard
from partnerwizard.recovery.versions import Version, keep_version, versions
from ui.session import Session

SOON = 300
"""Milliseconds after a change until the draft is written; more changes meanwhile do not put it off."""


class Safekeeping(QObject):
    """Writes drafts, earlier versions and the mark of who has a case open, all off the GUI thread but for `flush`.

    `folder`: where drafts and versions are kept.
    """

    kept = Signal(str)
    """Whether drafts can be written has changed: the problem, or nothing once they can be written again."""

    def __init__(self, session: Session, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.folder = folder
        self._drafts = DraftBook(folder / "drafts")
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="safekeeping")
        self._failing = False
        self._held: Path | None = None
        self._timer = QTimer(self, singleShot=True, interval=SOON)
        self._timer.timeout.connect(self._keep)
        session.changed.connect(self._changed)
        session.saved.connect(self._settled)
        session.opened.connect(self._settled)

    # --- drafts ---------------------------------------------------------------------------------------------------

    def _changed(self, _case: Case) -> None:
        if self._session.modified:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._no_draft()

    def _settled(self) -> None:
        """What is shown is what is stored, or another case is open."""
        self._changed(self._session.case)
        path = self._session.path
        if path != self._held:
            if self._held is not None:
                self._do(holder.let_go, self._held)
            if path is not None:
                self._do(holder.hold, path, datetime.now(UTC))
            self._held = path

    def _keep(self) -> None:
        self._do(self._write, self._session.case, self._session.path)

    def _write(self, case: Case, path: Path | None) -> None:
        """On the worker."""
        try:
            self._drafts.keep(case, path, datetime.now(UTC))
        except FileProblem as problem:
            self._tell(str(problem))
        else:
            self._tell("")

    def _tell(self, problem: str) -> None:
        if bool(problem) != self._failing:
            self._failing = bool(problem)
            self.kept.emit(problem)

    def _no_draft(self) -> None:
        self._timer.stop()
        self._do(self._drafts.drop)

    def _do(self, work: Callable[..., object], *arguments: object) -> None:
        with contextlib.suppress(RuntimeError):  # the worker has been told to end
            self._worker.submit(work, *arguments)

    def flush(self) -> None:
        """Waits until everything asked for so far is on disk."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()
        self._worker.submit(lambda: None).result()

    def close(self) -> None:
        """The window closes and its work is saved or given up: nothing of ours stays behind."""
        self._timer.stop()
        if self._held is not None:
            self._do(holder.let_go, self._held)
            self._held = None
        self._do(self._drafts.drop)
        self._do(self._drafts.close)
        self._worker.shutdown(wait=True)

    # --- what an earlier run has left -----------------------------------------------------------------------------

    def left_over(self) -> tuple[list[Draft], list[str]]:
        """Work that an earlier run did not save, and what is wrong with what cannot be read."""
        return self._drafts.left_over()

    def take_over(self, draft: Draft) -> None:
        """The draft has been opened here: from now on our own stands for it."""
        self.flush()
        if self._drafts.file.exists():
            discard(draft.file)

    def discard(self, draft: Draft) -> None:
        """The user does not want it."""
        discard(draft.file)

    # --- earlier versions -----------------------------------------------------------------------------------------

    def keep_version(self, path: Path) -> None:
        """Keeps what stands in a file that is about to be replaced. Saving goes on where that cannot be done."""
        with contextlib.suppress(FileProblem):
            keep_version(self.folder / "versions", path, datetime.now(UTC))

    def versions(self, path: Path) -> list[Version]:
        """The earlier versions of a file, the latest first."""
        return versions(self.folder / "versions", path)
