"""Who has a case open: a small file beside it, as office programs have, that names the holder and since when.

It is a courtesy between people, not a guard: whoever sees it may open a copy, or open the case all the same. What is
written by two is caught by `partnerwizard.recovery.disk` before anything is replaced.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from partnerwizard.files import FileProblem, read_json, write_whole

SIZE = 10_000


@dataclass(frozen=True)
class Holder:
    """A person who has a case open, on which computer, in which process, since when."""

    who: str
    computer: str
    process: int
    since: datetime

    @property
    def here(self) -> bool:
        """Whether it is this computer."""
        return self.computer == socket.gethostname()

    @property
    def gone(self) -> bool:
        """Whether it is a process of this computer that has ended. Of other computers nobody can tell."""
        return self.here and not _runs(self.process)


def mark_of(path: Path) -> Path:
    """The file beside a case that says who has it open."""
    return path.with_name(f".~{path.name}.open")


def holder_of(path: Path) -> Holder | None:
    """Who has the case open; None for nobody, for ourselves, and for one whose program has ended."""
    try:
        said = read_json(mark_of(path), SIZE)
        holder = Holder(
            who=str(said["who"])[:100],
            computer=str(said["computer"])[:100],
            process=int(said["process"]),
            since=datetime.fromisoformat(said["since"]),
        )
    except (FileProblem, KeyError, TypeError, ValueError):
        return None
    ours = holder.here and holder.process == os.getpid()
    return None if ours or holder.gone else holder


def hold(path: Path, at: datetime) -> bool:
    """Says that we have the case open. False where nothing can be written there: then nobody is told."""
    try:
        who = getpass.getuser()
    except (OSError, KeyError, ImportError):
        who = "somebody"
    said = {"who": who, "computer": socket.gethostname(), "process": os.getpid(), "since": at.isoformat()}
    try:
        write_whole(mark_of(path), json.dumps(said).encode())
    except FileProblem:
        return False
    return True


def let_go(path: Path) -> None:
    """Takes our mark away; that of somebody else stays."""
    try:
        said = read_json(mark_of(path), SIZE)
    except FileProblem:
        return
    if isinstance(said, dict) and (said.get("computer"), said.get("process")) == (socket.gethostname(), os.getpid()):
        with contextlib.suppress(OSError):
            mark_of(path).unlink()


def _runs(process: int) -> bool:
    if process <= 0:
        return False
    if os.name == "nt":
        import ctypes

        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
        handle = kernel.OpenProcess(0x1000, False, process)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return False
        kernel.CloseHandle(handle)
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
