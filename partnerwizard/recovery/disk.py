"""Whether a case file was changed by somebody else since we read or wrote it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from partnerwizard.files import FileProblem, NotWritten, read_bytes, write_whole


@dataclass(frozen=True)
class Stamp:
    """What a file held when we last read or wrote it: a hash of its bytes, None where there was none."""

    digest: str | None


def stamp_of(path: Path) -> Stamp:
    """The stamp of what a file holds now. A file that cannot be read counts as none."""
    try:
        return Stamp(hashlib.sha256(read_bytes(path)).hexdigest())
    except FileProblem:
        return Stamp(None)


def changed_since(path: Path, stamp: Stamp) -> bool:
    """Whether there is a file now that holds something else than it did. One that has gone is no change to keep."""
    now = stamp_of(path)
    return now.digest is not None and now != stamp


def keep_theirs(path: Path, at: datetime) -> Path:
    """Copies the file as it stands to a free name beside it, and returns that. Raises NotWritten or FileProblem."""
    content = read_bytes(path)
    stem = f"{path.stem} (other version {at.strftime('%Y-%m-%d %H.%M')}"
    for number in range(1, 1000):
        copy = path.with_name(f"{stem}{'' if number == 1 else f' {number}'}){path.suffix}")
        try:
            free = not copy.exists()
        except OSError as error:
            raise NotWritten(
                f"{copy}: its folder cannot be read ({error.strerror}). Save under another name."
            ) from None
        if free:
            write_whole(copy, content)
            return copy
    raise FileProblem(f"{path}: there are too many other versions beside it. Move some away.")
