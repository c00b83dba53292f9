"""A disk that fails: the n-th file operation of a piece of work raises an error, writes short, or is the last one ever.

Every operation that `partnerwizard` makes on files goes through the functions named here. They are counted once in an
undisturbed run; then the work is run anew for each of them, with that one failing.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

ERRORS = {
    "no room": errno.ENOSPC,
    "input/output error": errno.EIO,
    "not permitted": errno.EACCES,
    "interrupted": errno.EINTR,
}
CRASHED = 99


class Disk:
    """Counts operations, and at number `at` does what `fault` says.

    `fault`: a name of ERRORS, "short write", "dies before" or "dies after".
    """

    def __init__(self, at: int = 0, fault: str = "") -> None:
        self.at = at
        self.fault = fault
        self.done: list[str] = []

    def _step(self, name: str, act: Callable[[], Any], short: Callable[[], Any] | None = None) -> Any:
        self.done.append(name)
        if len(self.done) != self.at:
            return act()
        if self.fault == "dies before":
            os._exit(CRASHED)
        if self.fault == "dies after":
            try:
                act()
            finally:
                os._exit(CRASHED)
        if self.fault == "short write":
            if short is None:
                return act()
            short()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise OSError(ERRORS[self.fault], os.strerror(ERRORS[self.fault]))

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Within this block every file operation passes through here."""
        with contextlib.ExitStack() as stack:
            for owner, name in (
                (tempfile, "mkstemp"),
                (os, "fsync"),
                (os, "open"),
                (os, "close"),
                (Path, "chmod"),
                (Path, "replace"),
                (Path, "unlink"),
                (Path, "mkdir"),
                (Path, "read_bytes"),
                (Path, "stat"),
            ):
                stack.enter_context(mock.patch.object(owner, name, self._watched(name, getattr(owner, name))))
            real = os.fdopen
            stack.enter_context(
                mock.patch.object(os, "fdopen", lambda *given, **named: _Watched(self, real(*given, **named)))
            )
            yield

    def _watched(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given, **named: self._step(name, lambda: real(*given, **named))


class _Watched:
    """A file being written."""

    def __init__(self, disk: Disk, file: io.BufferedWriter) -> None:
        self._disk, self._file = disk, file

    def __enter__(self) -> _Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        def half() -> None:
            self._file.write(data[: len(data) // 2])
            self._file.flush()

        return int(self._disk._step("write", lambda: self._file.write(data), half))

    def flush(self) -> None:
        self._disk._step("flush", self._file.flush)

    def fileno(self) -> int:
        return self._file.fileno()


def operations(work: Callable[[], object]) -> list[str]:
    """The names of the file operations of an undisturbed run."""
    disk = Disk()
    with disk.in_use():
        work()
    return disk.done


def in_a_process_that_dies(work: Callable[[], object], disk: Disk) -> bool:
    """Runs the work in a copy of this process; True where the disk killed it, False where it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            with disk.in_use():
                work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == CRASHED
