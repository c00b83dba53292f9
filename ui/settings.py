"""What the window remembers between runs: its place on screen, zoom and look, and recent cases."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from partnerwizard.deployment import Deployment

RECENT_LIMIT = 12


@dataclass(frozen=True)
class Recent:
    """A case opened or saved lately, with what the answer was then. Pinned ones stay at the top and never fall off."""

    path: str
    title: str
    verdict: str
    day: str
    pinned: bool = False


class Settings:
    """Settings in one INI file. Every value is text or bytes, because other types come back changed in a new process.

    `safe`: reads nothing that an earlier run has left, and leaves nothing.
    """

    def __init__(self, *, safe: bool = False, here: Deployment | None = None) -> None:
        self.here = here or Deployment()
        self._store: QSettings | None = None
        if not safe:
            with contextlib.suppress(OSError):
                folder = self.here.folder("config")
                folder.mkdir(parents=True, exist_ok=True)
                self._store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def geometry(self) -> QByteArray | None:
        """Where the window stood."""
        found = self._store.value("geometry") if self._store else None
        return found if isinstance(found, QByteArray) else None

    def set_geometry(self, geometry: QByteArray) -> None:
        """Remembers where the window stands."""
        if self._store:
            self._store.setValue("geometry", geometry)
            self._store.sync()

    def text(self, key: str, default: str) -> str:
        """A remembered word."""
        found = self._store.value(key, default) if self._store else default
        return found if isinstance(found, str) else default

    def set_text(self, key: str, value: str) -> None:
        """Remembers a word."""
        if self._store:
            self._store.setValue(key, value)
            self._store.sync()

    def recent(self) -> list[Recent]:
        """Recent cases, the latest first; a list that cannot be read is an empty one."""
        try:
            entries = json.loads(self.text("recent", "[]"))
            return [
                Recent(
                    **{key: str(entry[key]) for key in ("path", "title", "verdict", "day")},
                    pinned=entry.get("pinned") is True,
                )
                for entry in entries
            ]
        except (ValueError, TypeError, KeyError, AttributeError):
            return []

    def remember(self, entry: Recent) -> None:
        """Puts a case at the head of the recent ones, unless none are to be remembered here."""
        if not self.here.recent:
            return
        before = self.recent()
        pinned = any(each.pinned for each in before if Path(each.path) == Path(entry.path))
        kept = [each for each in before if Path(each.path) != Path(entry.path)]
        self._write(_within_limit([replace(entry, pinned=pinned), *kept]))

    def pin(self, path: str, *, pinned: bool) -> None:
        """Keeps a case at the top of the list, or lets it go."""
        self._write(
            _within_limit([replace(each, pinned=pinned) if each.path == path else each for each in self.recent()])
        )

    def forget(self, path: str) -> None:
        """Takes a case off the list."""
        self._write([each for each in self.recent() if each.path != path])

    def forget_all(self) -> None:
        """Empties the list."""
        self._write([])

    def _write(self, entries: list[Recent]) -> None:
        self.set_text("recent", json.dumps([asdict(entry) for entry in entries]))


def _within_limit(entries: list[Recent]) -> list[Recent]:
    """The pinned ones first, all of them; then the latest."""
    pinned = [each for each in entries if each.pinned]
    return [*pinned, *[each for each in entries if not each.pinned][:RECENT_LIMIT]]
