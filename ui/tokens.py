"""The one small set of type, space and colour that every screen is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from partnerwizard.report.palette import DARK, FONT, LIGHT, Palette

Look = Literal["light", "dark", "contrast-light", "contrast-dark"]

FAMILY = FONT
TITLE, SECTION, BODY, SMALL = 26, 17, 15, 13
"""Text sizes in pixels at 100 %; nothing is smaller than SMALL."""

HAIR, TIGHT, NEAR, GAP, GROUP, EDGE = 4, 8, 12, 20, 32, 44
"""Space: one step between related things, three between groups."""

CORNER = 6
COLUMN = 720
"""Widest column of text, at 100 %."""

TARGET = 24
"""Smallest side of anything to press."""

FIGURE_STEPS = 2 * (TARGET + 4)
"""Width of the minus and the plus of a figure, together."""


@dataclass(frozen=True, slots=True)
class Colours(Palette):
    """The report's colours, and those that only a window needs: edges of controls, tracks, text on the accent."""

    edge: str
    track: str
    on_accent: str


COLOURS: dict[Look, Colours] = {
    "light": Colours(**LIGHT.tokens(), edge="#6f808c", track="#e3e9eb", on_accent="#ffffff"),
    "dark": Colours(**DARK.tokens(), edge="#82949f", track="#26343e", on_accent="#06232c"),
    "contrast-light": Colours(
        ink="#000000",
        muted="#000000",
        line="#000000",
        paper="#ffffff",
        canvas="#ffffff",
        accent="#003049",
        soft="#ffffff",
        studied="#003049",
        by_design="#4d7f99",
        judgement="#d6e6ee",
        hatch="#000000",
        caution="#000000",
        caution_soft="#ffffff",
        closed="#000000",
        closed_soft="#ffffff",
        edge="#000000",
        track="#ffffff",
        on_accent="#ffffff",
    ),
    "contrast-dark": Colours(
        ink="#ffffff",
        muted="#ffffff",
        line="#ffffff",
        paper="#000000",
        canvas="#000000",
        accent="#8be9ff",
        soft="#000000",
        studied="#8be9ff",
        by_design="#4fa3ba",
        judgement="#0f3a47",
        hatch="#ffffff",
        caution="#ffffff",
        caution_soft="#000000",
        closed="#ffffff",
        closed_soft="#000000",
        edge="#ffffff",
        track="#000000",
        on_accent="#000000",
    ),
}
