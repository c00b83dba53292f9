"""What the window remembers between runs: its place on screen, zoom and look, and recent cases."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from partnerwizard.deployment import Deployment

RECENT_LIMIT = 12


@dataclass(frozen=True)
class Recent:
    """A case opened or saved lately, with what the answer was then."""

    path: str
    title: str
    verdict: str
    day: str


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
                Recent(**{key: str(entry[key]) for key in ("path", "title", "verdict", "day")}) for entry in entries
            ]
        except (ValueError, TypeError, KeyError):
            return []

    def remember(self, entry: Recent) -> None:
        """Puts a case at the head of the recent ones, unless none are to be remembered here."""
        if not self.here.recent:
            return
        kept = [each for each in self.recent() if Path(each.path) != Path(entry.path)]
        self._write([entry, *kept][:RECENT_LIMIT])

    def forget(self, path: str) -> None:
        """Takes a case off the list."""
        self._write([each for each in self.recent() if each.path != path])

    def forget_all(self) -> None:
        """Empties the list."""
        self._write([])

    def _write(self, entries: list[Recent]) -> None:
        self.set_text("recent", json.dumps([asdict(entry) for entry in entries]))
