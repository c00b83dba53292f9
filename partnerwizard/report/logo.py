"""Logos that people give: looked through, stripped of everything but the picture, and limited in size.

PNG is packed anew; of JPEG only the parts that draw the picture are kept; SVG is written anew from a short list of
shapes (`partnerwizard.report.svg`). Nothing else is taken.
"""

from __future__ import annotations

import base64
import binascii
import json
import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import typst

from partnerwizard.case.model import Logo
from partnerwizard.report.blocks import Image
from partnerwizard.report.svg import SvgProblem, looks_like_svg, sanitised

LIMIT = 300 * 1024
MOST_PIXELS = 3000
"""Of one side."""

_PROBE = "#set page(width: auto, height: auto, margin: 0pt, fill: none); #image(bytes(json(bytes(sys.inputs.data))))"
"""Draws the picture once, so that what cannot be drawn is found before a report is made."""

_SHARP = 144.0
"""Pixels to the inch of 72 points at which an SVG logo becomes a PNG: 900 pixels for its longer side."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS"}
_FRAMES = {0xC0, 0xC1, 0xC2}
_JPEG_KEPT = {*_FRAMES, 0xC4, 0xDB, 0xDD, 0xDA}
_SCAN, _END, _COMPONENTS = 0xDA, 0xD9, {1, 3}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


class LogoProblem(ValueError):
    """The logo cannot be used, with what to do about it."""


def prepared(data: bytes) -> Logo:
    """A logo from the bytes of a file. Raises LogoProblem with one clear message."""
    if data.startswith(_PNG):
        return _stored("png", _png(data))
    if data.startswith(_JPEG):
        return _stored("jpeg", _jpeg(data))
    if looks_like_svg(data):
        return _stored("svg", _svg(data))
    raise LogoProblem("The logo is neither PNG nor JPEG nor SVG. Save it as PNG and choose that file.")


@lru_cache(maxsize=8)
def picture(logo: Logo) -> bytes:
    """The bytes of a stored logo, checked once more. Raises LogoProblem."""
    try:
        data = base64.b64decode(logo.data, validate=True)
    except binascii.Error:
        raise LogoProblem("The logo in this case is damaged. Choose the file again.") from None
    return base64.b64decode(prepared(data).data)


@lru_cache(maxsize=8)
def as_png(image: Image) -> bytes:
    """A logo as PNG or JPEG, for formats that take no SVG; the same logo gives the same bytes."""
    return _drawn(image.data, _SHARP) if image.kind == "svg" else image.data


def _stored(kind: Literal["png", "jpeg", "svg"], data: bytes) -> Logo:
    if len(data) > LIMIT:
        raise _too_large(len(data))
    try:
        _drawn(data, 10)
    except typst.TypstError:
        raise _damaged() from None
    return Logo(kind=kind, data=base64.b64encode(data).decode())


def _too_large(size: int) -> LogoProblem:
    return LogoProblem(
        f"The logo takes {size / 1024:.0f} kB, and {LIMIT // 1024} kB is the most. Save a smaller picture."
    )


def _drawn(data: bytes, ppi: float) -> bytes:
    """The picture alone on a page of its size, as PNG."""
    drawn: bytes = typst.compile(
        _PROBE.encode(),
        sys_inputs={"data": json.dumps([*data])},
        format="png",
        ppi=ppi,
        ignore_system_fonts=True,
    )
    return drawn


def _svg(data: bytes) -> bytes:
    if len(data) > LIMIT:
        raise _too_large(len(data))
    try:
        return sanitised(data)
    except SvgProblem as problem:
        raise LogoProblem(
            f"The logo {problem}. Save it from the drawing program as plain SVG with outlines only, or as PNG, and "
            "choose that file."
        ) from None


def _damaged() -> LogoProblem:
    return LogoProblem("The logo is damaged or of a kind that cannot be printed. Save it as PNG again and choose that.")


def _measured(width: int, height: int) -> None:
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise LogoProblem(
            f"The logo is {width} by {height} pixels, and {MOST_PIXELS} is the most for a side. Save a smaller picture."
        )


def _png(data: bytes) -> bytes:
    kept: list[tuple[bytes, bytes]] = []
    packed = b""
    for name, body in _chunks(data):
        if name == b"IDAT":
            packed += body
        elif name in _PNG_KEPT:
            kept.append((name, body))
    if not kept or kept[0][0] != b"IHDR" or len(kept[0][1]) != 13:
        raise _damaged()
    width, height, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", kept[0][1])
    _measured(width, height)
    if color not in _CHANNELS or depth not in {1, 2, 4, 8, 16} or interlaced:
        raise _damaged()
    size = height * (1 + (width * depth * _CHANNELS[color] + 7) // 8)
    unpacker = zlib.decompressobj()
    try:
        pixels = unpacker.decompress(packed, size + 1)
    except zlib.error:
        raise _damaged() from None
    if len(pixels) != size:
        raise _damaged()
    parts = [*kept, (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b"")]
    return _PNG + b"".join(_chunk(name, body) for name, body in parts)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        check = data[at + 8 + length : at + 12 + length]
        if check != struct.pack(">I", zlib.crc32(name + body)):
            raise _damaged()
        if name == b"IEND":
            return
        yield name, body
        at += 12 + length
    raise _damaged()


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _jpeg(data: bytes) -> bytes:
    out = bytearray(data[:2])
    at = 2
    framed = False
    while at + 4 <= len(data):
        mark, (length,) = data[at + 1], struct.unpack_from(">H", data, at + 2)
        if data[at] != 0xFF or length < 2 or at + 2 + length > len(data):
            raise _damaged()
        segment = data[at : at + 2 + length]
        if mark in _FRAMES:
            if length < 8:
                raise _damaged()
            height, width = struct.unpack_from(">HH", segment, 5)
            _measured(width, height)
            if segment[9] not in _COMPONENTS or segment[4] != 8:
                raise _damaged()
            framed = True
        if mark in _JPEG_KEPT:
            out += segment
        elif not 0xE0 <= mark <= 0xFE:
            raise _damaged()
        at += len(segment)
        if mark == _SCAN:
            if not framed:
                raise _damaged()
            end = _end_of_scan(data, at)
            out += data[at:end]
            at = end
            if data[at + 1] == _END:
                return bytes(out + data[at : at + 2])
    raise _damaged()


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands after the picture's own bytes; stuffed bytes and restarts belong to them."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    raise _damaged()
