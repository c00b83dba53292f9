"""Drafts: what was changed and not saved yet, kept beside the user's data so that a crash loses a second at most.

A draft never touches the case's own file. Each running window has one draft file and holds a lock beside it; when the
program dies the system lets the lock go, and by that the next start knows a draft that was left over from one that a
second window is still writing.
"""

from __future__ import annotations

import contextlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from partnerwizard.case.file import case_from, dump_case
from partnerwizard.case.model import Case
from partnerwizard.files import FileProblem, read_json, write_whole

FORMAT = "partnerwizard-draft/1"
SUFFIX = ".draft"


@dataclass(frozen=True)
class Draft:
    """Work that was not saved: the case, the file it belongs to (None: it never had one), and when it was kept."""

    file: Path
    case: Case
    path: Path | None
    at: datetime


class DraftBook:
    """The draft of one running window, in a folder that all windows of a user share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = uuid.uuid4().hex
        self._lock: FileLock | None = None

    @property
    def file(self) -> Path:
        """Where this window's draft is, or would be."""
        return self._folder / f"{self._name}{SUFFIX}"

    def keep(self, case: Case, path: Path | None, at: datetime) -> None:
        """Writes the draft, whole or not at all. May be called on any thread. Raises NotWritten."""
        if self._lock is None:
            # Private: a case may name people. The lock first, so that nobody takes the draft for a left-over one.
            with contextlib.suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = _lock_of(self.file)
            with contextlib.suppress(OSError, Timeout):
                lock.acquire(timeout=0)
                self._lock = lock
        document = {
            "format": FORMAT,
            "at": at.isoformat(),
            "path": None if path is None else str(path),
            "case": json.loads(dump_case(case)),
        }
        write_whole(self.file, (json.dumps(document, ensure_ascii=False, sort_keys=True) + "\n").encode())

    def drop(self) -> None:
        """Takes the draft away: the work is saved, or the user does not want it."""
        _remove(self.file)

    def close(self) -> None:
        """Lets the lock go; a draft that is still there will be offered at the next start."""
        if self._lock is not None:
            with contextlib.suppress(OSError):
                self._lock.release()
            self._lock = None
            with contextlib.suppress(OSError):
                if not self.file.exists():
                    _remove(Path(_lock_of(self.file).lock_file))

    def left_over(self) -> tuple[list[Draft], list[str]]:
        """Drafts that no running window is writing, the latest first, and what is wrong with unreadable ones."""
        drafts: list[Draft] = []
        problems: list[str] = []
        for file in sorted(self._folder.glob(f"*{SUFFIX}")) if self._folder.is_dir() else ():
            if file == self.file or not _abandoned(file):
                continue
            try:
                drafts.append(_read(file))
            except FileProblem as problem:
                problems.extend(problem.problems)
        return sorted(drafts, key=lambda draft: draft.at, reverse=True), problems


def discard(file: Path) -> None:
    """Takes a left-over draft away for good."""
    _remove(file)
    _remove(Path(_lock_of(file).lock_file))


def _lock_of(file: Path) -> FileLock:
    return FileLock(file.with_suffix(".lock"), thread_local=False)


def _abandoned(file: Path) -> bool:
    lock = _lock_of(file)
    try:
        lock.acquire(timeout=0)
        lock.release()
    except (Timeout, OSError):
        return False
    return True


def _read(file: Path) -> Draft:
    document = read_json(file)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise FileProblem(f"{file}: this is not recovered work of this program. Move it away.")
    path, at = document.get("path"), document.get("at")
    try:
        when = datetime.fromisoformat(at) if isinstance(at, str) else None
    except ValueError:
        when = None
    if when is None or when.tzinfo is None or not isinstance(path, str | None):
        raise FileProblem(f"{file}: this recovered work is damaged. Move it away.")
    case = case_from(document.get("case"), str(file))
    return Draft(file, case, None if path is None else Path(path), when)


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()
