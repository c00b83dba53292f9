"""How much the body of the full paper tells, so that it stays within twelve pages; an appendix has what it leaves out.

Type is never made smaller for it: what people wrote at length is cut, lists are told by their first entries, and a
picture of less weight moves back.
"""

from __future__ import annotations

from dataclasses import dataclass

BODY = 6950.0
"""What the pages after the first can hold, in points as `partnerwizard.report.measure` counts them: eleven pages with
what keeping pictures and short tables whole leaves blank."""

ASIDES = {"own-views": 400.0}
"""Chapters, by their anchors, that stand in an appendix where they are higher than this."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What is told at most: letters of a text that people wrote, and of a name; entries of a list; claims on a form's
    card for each heading; options on the short list; and whether the picture of places stands in the body."""

    prose: int
    name: int
    items: int
    claims: int
    short: int
    places: bool


WHOLE_NAMES = 1000
BUDGETS = (
    Budget(1500, WHOLE_NAMES, 12, 2, 6, True),
    Budget(900, 120, 8, 2, 6, False),
    Budget(600, 100, 6, 1, 5, False),
    Budget(400, 80, 4, 1, 4, False),
    Budget(250, 60, 3, 1, 3, False),
)
"""From the most to the least; the first that fits is taken."""
