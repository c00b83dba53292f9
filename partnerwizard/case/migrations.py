"""Case files of earlier formats, brought to the present one step by step; each step is a pure function on the document.

A step is never changed once its format has been used. `tests/case/formats` keeps files of each number.

| number | what it brought |
| --- | --- |
| 1 | the first |
| 2 | a hunch, points, scenarios, local options, skipped questions, a workshop; nothing of 1 was changed |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

FAMILY = "partnerwizard-case"
CURRENT = 2

Document = dict[str, Any]


def _from_1(document: Document) -> Document:
    return document


STEPS: Mapping[int, Callable[[Document], Document]] = {1: _from_1}
"""From each earlier number to the next."""


def migrated(document: Any) -> Any:
    """The document as the present format has it; what is no case of an earlier format comes back as it is."""
    number = _number(document)
    while number is not None and number in STEPS:
        document = {**STEPS[number](document), "format": f"{FAMILY}/{number + 1}"}
        number += 1
    return document


def _number(document: Any) -> int | None:
    given = document.get("format") if isinstance(document, dict) else None
    family, _, number = given.partition("/") if isinstance(given, str) else ("", "", "")
    return int(number) if family == FAMILY and number.isascii() and number.isdigit() and len(number) < 6 else None
