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


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart in lightness, from 1 to 21, as the web's accessibility guidelines count it."""
    low, high = sorted((_lightness(one), _lightness(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two, with this share of the other."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    red, green, blue = (round(first + (second - first) * share) for first, second in pairs)
    return hexed(red << 16 | green << 8 | blue)


def hexed(value: int) -> str:
    """A colour as #rrggbb."""
    return f"#{value:06x}"


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _lightness(color: str) -> float:
    linear = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in _parts(color)
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
