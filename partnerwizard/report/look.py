"""The organisation's own look: its accent colour where it can be read, its marking, and its logo."""

from __future__ import annotations

from dataclasses import dataclass, replace

from partnerwizard.case.model import Case
from partnerwizard.report.blocks import Image
from partnerwizard.report.logo import LogoProblem, picture
from partnerwizard.report.palette import DARK, LIGHT, Palette, contrast, hexed, mixed
from partnerwizard.report.text import one_line

LEAST = 4.5
"""The least contrast of the accent with paper, at which small text can be read."""

_STEPS = 20


@dataclass(frozen=True, slots=True)
class Dressed:
    """What of the wishes can be used, and notes on what could not."""

    accent: str | None
    marking: str
    logo: Image | None
    notes: tuple[str, ...]


def dressed(case: Case) -> Dressed:
    """The case's look as far as it can be used."""
    look = case.look
    if look is None:
        return Dressed(None, "", None, ())
    notes: list[str] = []
    accent = None
    if look.accent is not None:
        ratio = min(contrast(look.accent, LIGHT.paper), contrast(look.accent, LIGHT.canvas))
        if ratio >= LEAST:
            accent = look.accent.lower()
        else:
            notes.append(
                f"The accent colour {look.accent} was not used: its contrast with paper is {ratio:.1f} to 1, and "
                f"{LEAST} to 1 is needed."
            )
    logo = None
    if look.logo is not None:
        try:
            logo = Image(look.logo.kind, picture(look.logo), f"Logo of {one_line(case.organisation) or 'the trust'}")
        except LogoProblem as problem:
            notes.append(f"The logo was left out. {problem}")
    return Dressed(accent, one_line(look.marking), logo, tuple(notes))


def palettes(accent: str | None) -> tuple[Palette, Palette]:
    """The light and the dark palette with this accent; on dark it is made lighter until it can be read."""
    if accent is None:
        return LIGHT, DARK
    on_dark = next(
        lighter
        for step in range(_STEPS + 1)
        if contrast(lighter := mixed(accent, "#ffffff", step / _STEPS), DARK.paper) >= LEAST
    )
    return (
        _apart(replace(LIGHT, accent=accent, soft=mixed(accent, LIGHT.paper, 0.88))),
        _apart(replace(DARK, accent=on_dark, soft=mixed(on_dark, DARK.paper, 0.75))),
    )


def _apart(palette: Palette) -> Palette:
    """The palette with accent and soft a shade away from any colour that another token has already."""
    others = {color for name, color in palette.tokens().items() if name not in {"accent", "soft"}}
    accent = _free(palette.accent, others)
    return replace(palette, accent=accent, soft=_free(palette.soft, others | {accent}))


def _free(color: str, taken: set[str]) -> str:
    while color in taken:
        value = int(color[1:], 16)
        color = hexed(value + 1 if value & 0xFF < 0xFF else value - 0xFF)
    return color
