"""The bundled typeface, as far as layout needs it: which characters it has and how wide they are."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from partnerwizard.resources import templates_dir

SAFETY = 1.01
"""Room for rounding; pair kerning, which is not read, mostly makes text narrower."""

_FILES = {False: "OpenSans-Regular.ttf", True: "OpenSans-Semibold.ttf"}


@dataclass(frozen=True)
class Face:
    """Character map and advance widths of one font file, in thousandths of the type size."""

    glyphs: dict[int, int]
    advances: tuple[float, ...]
    _known: dict[str, float] = field(default_factory=dict, compare=False)

    def has(self, character: str) -> bool:
        """True when the face can draw the character."""
        return ord(character) in self.glyphs

    def width(self, text: str, size: float) -> float:
        """How wide a line of text is at a type size."""
        return sum(map(self._wide, text)) * size / 1000 * SAFETY

    def _wide(self, character: str) -> float:
        if character not in self._known:
            self._known[character] = self.advances[min(self.glyphs.get(ord(character), 0), len(self.advances) - 1)]
        return self._known[character]


def fonts_dir() -> Path:
    """The folder of the bundled fonts."""
    return templates_dir() / "fonts"


@cache
def face(semibold: bool = False) -> Face:
    """The regular or the semibold face."""
    return _read((fonts_dir() / _FILES[semibold]).read_bytes())


def _read(data: bytes) -> Face:
    tables = _tables(data)
    head, hhea, hmtx = tables[b"head"], tables[b"hhea"], tables[b"hmtx"]
    (units,) = struct.unpack_from(">H", data, head + 18)
    (count,) = struct.unpack_from(">H", data, hhea + 34)
    pairs = struct.unpack_from(f">{count * 2}H", data, hmtx)
    advances = tuple(advance * 1000 / units for advance in pairs[::2])
    return Face(_characters(data, tables[b"cmap"]), advances)


def _tables(data: bytes) -> dict[bytes, int]:
    (count,) = struct.unpack_from(">H", data, 4)
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count))
    return {tag: offset for tag, _, offset, _ in entries}


def _characters(data: bytes, cmap: int) -> dict[int, int]:
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    found: dict[int, int] = {}
    for index in range(count):
        platform, _, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * index)
        (kind,) = struct.unpack_from(">H", data, cmap + offset)
        if platform in {0, 3} and kind == 4:
            found |= _segments(data, cmap + offset)
    return found


def _segments(data: bytes, start: int) -> dict[int, int]:
    """Reads a subtable of format 4: runs of characters with either a delta or a list of glyphs."""
    double = struct.unpack_from(">H", data, start + 6)[0]
    shape = f">{double // 2}H"
    ends = struct.unpack_from(shape, data, start + 14)
    starts = struct.unpack_from(shape, data, start + 16 + double)
    deltas = struct.unpack_from(shape, data, start + 16 + 2 * double)
    base = start + 16 + 3 * double
    offsets = struct.unpack_from(shape, data, base)
    found: dict[int, int] = {}
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if offset:
                (glyph,) = struct.unpack_from(">H", data, base + 2 * index + offset + 2 * (code - first))
                glyph = (glyph + delta) & 0xFFFF if glyph else 0
            else:
                glyph = (code + delta) & 0xFFFF
            if glyph:
                found[code] = glyph
    return found
