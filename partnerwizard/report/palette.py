"""The colours of charts and reports as named tokens: for light, dark and paper, in one place."""

from __future__ import annotations

from dataclasses import asdict, dataclass

FONT = "Open Sans"


@dataclass(frozen=True, slots=True)
class Palette:
    """One colour for each token, as `#rrggbb`. No two tokens of one palette share a colour."""

    ink: str
    muted: str
    line: str
    paper: str
    canvas: str
    accent: str
    soft: str
    studied: str
    by_design: str
    judgement: str
    hatch: str
    caution: str
    caution_soft: str
    closed: str
    closed_soft: str

    def tokens(self) -> dict[str, str]:
        """Colours by token."""
        return asdict(self)


LIGHT = Palette(
    ink="#16242f",
    muted="#51616d",
    line="#d5dce1",
    paper="#ffffff",
    canvas="#f4f6f7",
    accent="#00566b",
    soft="#e2eff2",
    studied="#00576c",
    by_design="#5b8fa8",
    judgement="#b9cfd9",
    hatch="#7d909c",
    caution="#7a4f00",
    caution_soft="#fdf1d8",
    closed="#8f2d1f",
    closed_soft="#f9e6e2",
)

DARK = Palette(
    ink="#e8eef1",
    muted="#a9b8c1",
    line="#3a4852",
    paper="#162028",
    canvas="#0f171d",
    accent="#7cc9dc",
    soft="#1d3a44",
    studied="#7ccadd",
    by_design="#4a8fa8",
    judgement="#234a5a",
    hatch="#8799a4",
    caution="#f2c76b",
    caution_soft="#36290d",
    closed="#f3a89c",
    closed_soft="#3d1d18",
)

PRINT = LIGHT
"""Paper is white, so what is printed uses the light colours."""
