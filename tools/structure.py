"""Draws docs/structure.svg: the packages on their floors, and who really imports whom.

    python tools/structure.py [--check]

The floors are those of pyproject.toml that import-linter enforces; the lines are read from the code by grimp, which
comes with import-linter. `--check` writes nothing and ends with 1 if the picture is not the one that would be drawn.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import grimp
import jinja2

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "structure.svg"
TEMPLATE = Path(__file__).with_suffix(".svg.j2")
INSIDE = "partnerwizard"
WIDTH, LEFT, TOP = 860, 40, 76
BOX, TALL, FLOOR, GAP = 148, 44, 76, 104
ABOUT = {
    "ui": "the window",
    "cli": "the command line",
    "deployment": "settings of a computer",
    "book": "the pack to review",
    "guide": "the user guide",
    "report": "blocks, charts, formats",
    "workshop": "rounds, sealed votes",
    "flow": "which question next",
    "appraisal": "pack and case joined",
    "recovery": "drafts, versions",
    "pack": "what the guidance says",
    "case": "what the user said",
    "analysis": "any decision table",
    "decision": "numbers only",
    "files": "bytes in and out",
    "resources": "where data lives",
}
"""What each package is for, in the words that fit its box."""


def floors() -> list[list[str]]:
    """The packages by floor, the highest first, by the first contract of pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [[name.strip().removeprefix(f"{INSIDE}.") for name in layer.split("|")] for layer in layers]


def imports() -> set[tuple[str, str]]:
    """Which package imports which, by the code."""
    graph = grimp.build_graph(INSIDE, "ui", cache_dir=None)
    known = {name for floor in floors() for name in floor}
    found = set()
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            pair = (_package(importer), _package(imported))
            if pair[0] != pair[1] and known.issuperset(pair):
                found.add(pair)
    return found


def essential(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The imports that do not follow from others: A to C is left out where A reaches C by way of B."""
    below: dict[str, set[str]] = {}

    def reached(name: str) -> set[str]:
        if name not in below:
            below[name] = set()
            for one, other in pairs:
                if one == name:
                    below[name] |= {other} | reached(other)
        return below[name]

    return {
        (one, other)
        for one, other in pairs
        if not any(other in reached(between) for who, between in pairs if who == one and between != other)
    }


def _package(module: str) -> str:
    """`ui`, or the part of partnerwizard that a module belongs to; partnerwizard's own modules are named too."""
    parts = module.split(".")
    return parts[0] if parts[0] != INSIDE else parts[-1 if len(parts) == 1 else 1]


def picture() -> str:
    """The whole picture as SVG; the same code gives the same text."""
    rows = floors()
    boxes, centre = [], {}
    for row, names in enumerate(rows):
        wide = WIDTH - 2 * LEFT if names == ["ui"] else BOX
        whole = len(names) * wide + (len(names) - 1) * GAP
        for column, name in enumerate(names):
            x, y = (WIDTH - whole) / 2 + column * (wide + GAP), TOP + row * FLOOR
            boxes.append({"x": x, "y": y, "wide": wide, "name": name, "about": ABOUT[name]})
            centre[name] = (x + wide / 2, y, wide)
    used = sorted(essential(imports()))
    return (
        jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
        .from_string(TEMPLATE.read_text(encoding="utf-8"))
        .render(
            width=WIDTH,
            height=TOP + len(rows) * FLOOR,
            left=LEFT,
            tall=TALL,
            boxes=boxes,
            lines=[_line(*centre[one], *centre[other]) for one, other in used],
            title=f"{len(boxes)} packages on {len(rows)} floors. "
            + ". ".join(
                f"{one} imports {_listed(other for who, other in used if who == one)}"
                for one in centre
                if any(one == who for who, _ in used)
            )
            + ".",
        )
        + "\n"
    )


def _listed(names: object) -> str:
    return ", ".join(sorted(names))  # type: ignore[call-overload]


def _line(x: float, y: float, wide: float, to_x: float, to_y: float, _to_wide: float) -> dict[str, str]:
    """From the lower edge of a box to the upper edge of another; a wide box is left straight above the other."""
    half = wide / 2 - 12
    from_x = min(max(to_x, x - half), x + half) if wide > BOX else x + (to_x - x) * 0.15
    from_y = y + TALL
    bend = (to_y - from_y) / 2
    start, end = f"{from_x:.1f} {from_y:.1f}", f"{to_x:.1f} {to_y:.1f}"
    path = f"M{start}C{from_x:.1f} {from_y + bend:.1f} {to_x:.1f} {to_y - bend:.1f} {end}"
    return {"path": path, "x": f"{to_x:.1f}", "y": f"{to_y:.1f}"}


def main() -> int:
    """Writes the picture, or says whether it is current."""
    drawn = picture()
    if "--check" in sys.argv[1:]:
        same = PICTURE.read_text(encoding="utf-8") == drawn
        print("docs/structure.svg is current" if same else "docs/structure.svg is old: run python tools/structure.py")
        return 0 if same else 1
    PICTURE.write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
