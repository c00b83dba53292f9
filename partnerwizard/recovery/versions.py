"""Earlier versions of case files: a dated copy of what stood there before each save, so that a bad save can be undone.

Kept for each file: the ten latest, and the last of each of the thirty latest days on which it was saved.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from partnerwizard.case.file import SUFFIX, load_case
from partnerwizard.files import FileProblem, read_bytes, write_whole

LATEST = 10
DAYS = 30
_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True)
class Version:
    """A copy of a case file as it stood until `at` (UTC)."""

    file: Path
    at: datetime


def keep_version(folder: Path, path: Path, at: datetime) -> None:
    """Copies the file at `path` before it is replaced, then drops versions that are no longer kept.

    Nothing is copied where there is no file, where it is no readable case, or where the latest copy is the same.
    Raises NotWritten.
    """
    try:
        load_case(path)
        content = read_bytes(path)
    except FileProblem:
        return
    earlier = versions(folder, path)
    with contextlib.suppress(FileProblem):
        if earlier and read_bytes(earlier[0].file) == content:
            return
    own = _own(folder, path)
    with contextlib.suppress(OSError):
        own.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(own / f"{at.astimezone(UTC).strftime(_STAMP)}{SUFFIX}", content)
    _rotate(versions(folder, path))


def versions(folder: Path, path: Path) -> list[Version]:
    """The versions kept of a file, the latest first."""
    found = []
    with contextlib.suppress(OSError):  # a folder that cannot be read has none to offer
        for file in _own(folder, path).glob(f"*{SUFFIX}"):
            with contextlib.suppress(ValueError):
                found.append(Version(file, datetime.strptime(file.stem, _STAMP).replace(tzinfo=UTC)))
    return sorted(found, key=lambda version: version.at, reverse=True)


def _rotate(kept: list[Version]) -> None:
    last_of_day: dict[str, Version] = {}
    for version in kept:
        last_of_day.setdefault(version.at.strftime("%Y-%m-%d"), version)
    staying = {*kept[:LATEST], *list(last_of_day.values())[:DAYS]}
    for version in kept:
        if version not in staying:
            with contextlib.suppress(OSError):
                version.file.unlink()


def _own(folder: Path, path: Path) -> Path:
    """The folder for one file's versions: readable, and one for each place in the file system."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", path.stem)[:40].strip("-") or "case"
    return folder / f"{name}-{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}"
