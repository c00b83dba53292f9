"""The one small set of type, space and colour that every screen is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Look = Literal["light", "dark", "contrast-light", "contrast-dark"]

FAMILY = "Open Sans"
TITLE, SECTION, BODY, SMALL = 26, 17, 15, 13
"""Text sizes in pixels at 100 %; nothing is smaller than SMALL."""

HAIR, TIGHT, NEAR, GAP, GROUP, EDGE = 4, 8, 12, 20, 32, 44
"""Space: one step between related things, three between groups."""

CORNER = 6
COLUMN = 720
"""Widest column of text, at 100 %."""

TARGET = 24
"""Smallest side of anything to press."""


@dataclass(frozen=True)
class Colours:
    """Every colour on screen, by what it is for."""

    ink: str
    muted: str
    line: str
    edge: str
    paper: str
    canvas: str
    track: str
    accent: str
    accent_soft: str
    on_accent: str
    studied: str
    by_design: str
    judgement: str
    judgement_edge: str
    caution: str
    caution_soft: str
    closed: str
    closed_soft: str


COLOURS: dict[Look, Colours] = {
    "light": Colours(
        ink="#16242f",
        muted="#51616d",
        line="#d5dce1",
        edge="#6f808c",
        paper="#ffffff",
        canvas="#f4f6f7",
        track="#e3e9eb",
        accent="#00566b",
        accent_soft="#e2eff2",
        on_accent="#ffffff",
        studied="#00566b",
        by_design="#5b8fa8",
        judgement="#b9cfd9",
        judgement_edge="#5b8fa8",
        caution="#7a4f00",
        caution_soft="#fdf1d8",
        closed="#8f2d1f",
        closed_soft="#f9e6e2",
    ),
    "dark": Colours(
        ink="#e7eef2",
        muted="#a7b6c0",
        line="#33424d",
        edge="#82949f",
        paper="#141d24",
        canvas="#0d141a",
        track="#24313a",
        accent="#7cc8da",
        accent_soft="#173844",
        on_accent="#06232c",
        studied="#7cc8da",
        by_design="#4a89a1",
        judgement="#2c4a58",
        judgement_edge="#5f9db5",
        caution="#f3cb7d",
        caution_soft="#3a2d0f",
        closed="#f4ada0",
        closed_soft="#43211b",
    ),
    "contrast-light": Colours(
        ink="#000000",
        muted="#000000",
        line="#000000",
        edge="#000000",
        paper="#ffffff",
        canvas="#ffffff",
        track="#ffffff",
        accent="#00354d",
        accent_soft="#ffffff",
        on_accent="#ffffff",
        studied="#00354d",
        by_design="#4d7f99",
        judgement="#d6e6ee",
        judgement_edge="#000000",
        caution="#000000",
        caution_soft="#ffffff",
        closed="#000000",
        closed_soft="#ffffff",
    ),
    "contrast-dark": Colours(
        ink="#ffffff",
        muted="#ffffff",
        line="#ffffff",
        edge="#ffffff",
        paper="#000000",
        canvas="#000000",
        track="#000000",
        accent="#8be9ff",
        accent_soft="#000000",
        on_accent="#000000",
        studied="#8be9ff",
        by_design="#4fa3ba",
        judgement="#0f3a47",
        judgement_edge="#ffffff",
        caution="#ffffff",
        caution_soft="#000000",
        closed="#ffffff",
        closed_soft="#000000",
    ),
}
