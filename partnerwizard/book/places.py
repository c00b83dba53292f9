"""Where each entry of a pack stands, so that a correction can name its file and line."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property

from partnerwizard.pack.load import FORMS, SOURCES, PackFiles, line_of

Place = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*\[(\[?)([A-Za-z0-9_.-]+)\]\]?\s*(#.*)?$")


class Places:
    """Files and lines of a pack's entries; table headers are read once for each file."""

    def __init__(self, files: PackFiles) -> None:
        self._files = files
        self._headers: dict[str, dict[Place, int]] = {}

    def line(self, file: str, *place: str | int) -> int:
        """The line of a place in a file, or of the nearest enclosing one that can be found."""
        if file not in self._headers:
            self._headers[file] = _headers(self._files.texts[file])
        return self._headers[file].get(place) or line_of(self._files.texts[file], place)

    def at(self, file: str, *place: str | int) -> str:
        """`file:line` of a place."""
        return f"{file}:{self.line(file, *place)}"

    def source(self, source: str) -> str:
        """`file:line` of a source."""
        return self.at(*self._sources[source])

    @cached_property
    def _sources(self) -> dict[str, tuple[str, str, int]]:
        return {
            entry["id"]: (file, "source", number)
            for file, text in self._files.texts.items()
            if file.startswith(f"{SOURCES}/")
            for number, entry in enumerate(tomllib.loads(text).get("source", []))
        }


def form_file(form: str) -> str:
    """The file of a form."""
    return f"{FORMS}/{form}.toml"


def _headers(text: str) -> dict[Place, int]:
    """Lines of the tables that have a header of their own, by their place from the top."""
    found: dict[Place, int] = {}
    counted: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header is None:
            continue
        if header[1]:
            counted[header[2]] = counted.get(header[2], -1) + 1
            found[header[2], counted[header[2]]] = number
        else:
            found.setdefault(tuple(header[2].split(".")), number)
    return found
