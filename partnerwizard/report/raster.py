"""Charts as PNG pictures, for formats that take no SVG."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import typst

from partnerwizard.report.charts.marks import Picture, draw
from partnerwizard.report.fonts import fonts_dir
from partnerwizard.report.palette import PRINT, Palette
from partnerwizard.resources import templates_dir

PIXELS = 2
"""Pixels of the PNG for one unit of the picture, so that it is sharp on paper."""


def as_png(pictures: Sequence[Picture], palette: Palette = PRINT) -> list[bytes]:
    """Each picture in the colours of a palette, else in those of paper; the same pictures give the same bytes."""
    if not pictures:
        return []
    charts = [{"svg": draw(picture, palette), "width": picture.width} for picture in pictures]
    pages: Any = typst.compile(
        str(templates_dir() / "charts" / "png.typ"),
        format="png",
        ppi=72 * PIXELS,
        sys_inputs={"charts": json.dumps(charts)},
        font_paths=[str(fonts_dir())],
        ignore_system_fonts=True,
    )
    return [pages] if isinstance(pages, bytes) else list(pages)
