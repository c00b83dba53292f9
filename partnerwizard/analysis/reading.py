"""Every problem of a document at once, each with its place.

By hand and not by pydantic: the checks across the table (unknown ids, missing cells, contradictions) are most of the
work, and loading pydantic would take a third of the time of a whole analysis.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, Final, NoReturn

from partnerwizard.files import FileProblem

MOST_SHOWN: Final = 1000


class Problems:
    """The problems found so far in one file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: list[str] = []

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, place: str, what: str, mend: str) -> None:
        """Notes that something is wrong at a place and what to do about it; both are sentences without a full stop."""
        self._lines.append(f"{self._name}:{place}: {what}. {mend}." if place else f"{self._name}: {what}. {mend}.")

    def stop_if_any(self) -> None:
        """Raises FileProblem with a line for each problem, if there is one."""
        if self._lines:
            self.stop()

    def stop(self) -> NoReturn:
        """Raises FileProblem with a line for each problem."""
        lines = list(dict.fromkeys(self._lines))
        if len(lines) > MOST_SHOWN:
            more = len(lines) - MOST_SHOWN
            lines = [
                *lines[:MOST_SHOWN],
                f"{self._name}: there are {more} more problems of these kinds. Mend these first.",
            ]
        raise FileProblem(*lines)

    def mapping(self, value: Any, place: str) -> dict[str, Any]:
        """The value if it is a JSON object, else none and a problem."""
        if isinstance(value, dict):
            return value
        self.add(place, f"{shown(value)} is not an object", "Write {…} here")
        return {}

    def listing(self, value: Any, place: str) -> list[Any]:
        """The value if it is a JSON array, else none and a problem."""
        if isinstance(value, list):
            return value
        self.add(place, f"{shown(value)} is not a list", "Write […] here")
        return []

    def keys(self, value: Mapping[str, Any], place: str, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Notes keys that are missing and keys that are not known."""
        needed = list(required)
        for key in needed:
            if key not in value:
                self.add(join(place, key), "this key is missing", "Add it")
        for key in value:
            if key not in needed and key not in optional:
                known = ", ".join([*needed, *optional])
                self.add(join(place, key), "this key is not known here", f"Take it out; known are {known}")

    def ids(self, values: Iterable[tuple[Any, str]], what: str) -> list[str]:
        """The ids among (value, place) pairs, each once; notes what is no id and what is given twice."""
        found: dict[str, None] = {}
        for value, place in values:
            if not isinstance(value, str) or not value.strip():
                self.add(place, f"{shown(value)} is not the id of {what}", "Give a text that is not empty")
            elif value in found:
                self.add(place, f"the id {shown(value)} is given twice", "Give each a different id")
            else:
                found[value] = None
        return list(found)

    def known(self, value: Any, place: str, ids: Mapping[str, int], what: str) -> int | None:
        """The position of an id, or None and a problem."""
        if isinstance(value, str) and value in ids:
            return ids[value]
        some = ", ".join(list(ids)[:20]) + (" …" if len(ids) > 20 else "")
        self.add(place, f"there is no {what} {shown(value)}", f"Use one of: {some}" if ids else "Name it first")
        return None

    def number(self, value: Any, place: str, low: float, high: float) -> float | None:
        """A number within low-high, or None and a problem."""
        try:
            number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
        except OverflowError:
            number = math.inf
        if low <= number <= high and math.isfinite(number):
            return number
        what = "not a finite number" if not math.isfinite(number) else f"outside {low:g}-{high:g}"
        if math.isfinite(number) and high == math.inf:
            what = f"below {low:g}"
        upper = "" if high == math.inf else f" to {high:g}"
        self.add(place, f"{shown(value)} is {what}", f"Give a number from {low:g}{upper}")
        return None

    def rising(self, value: Any, place: str, sizes: tuple[int, ...], low: float, high: float) -> list[float] | None:
        """Numbers within low-high in rising order, as many as one of `sizes`; a single number is a list of one."""
        given = value if isinstance(value, list) else [value]
        if len(given) not in sizes:
            forms = {1: "a number", 2: "[low, high]", 3: "[low, likely, high]"}
            wanted = " or ".join(forms[size] for size in sizes)
            self.add(place, f"{shown(value)} has {len(given)} numbers", f"Give {wanted}")
            return None
        numbers = [self.number(each, place, low, high) for each in given]
        found = [each for each in numbers if each is not None]
        if len(found) < len(given):
            return None
        if any(a > b for a, b in pairwise(found)):
            self.add(place, f"{shown(value)} is not in rising order", "Put the lowest first")
            return None
        return found


def join(place: str, key: str | int) -> str:
    """A place further in."""
    return f"{place}.{key}" if place else str(key)


def shown(value: Any) -> str:
    """A value as it is to be shown in a message, shortened."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"
