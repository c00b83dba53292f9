"""Situations with advice stated beforehand: the invented archetypes and the decided cases, in one shape.

An archetype is a TOML file: what a sound adviser would and would never say with the reason for it, and under `case` the
plain answers of such a trust ("dont-know" stands for null, which TOML lacks). `like` takes over the answers of another
archetype, so that what stands under `case` is all in which the two differ.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from tests.support import CASES, TESTS, case_of

ARCHETYPES = TESTS / "archetypes"
USUAL_KINDS = ("clear", "leading", "close-group")
DONT_KNOW = "dont-know"


@dataclass(frozen=True)
class Barred:
    """A form that must be barred or warned about, by which gate; None where it must stand in place already."""

    form: str
    by: str | None = None
    direction: str | None = None


@dataclass(frozen=True)
class Situation:
    """Answers and the advice that would be sound, stated before the method was run."""

    id: str
    title: str
    answers: Mapping[str, Any]
    would: frozenset[str]
    first: frozenset[str]
    never: Mapping[str, str]
    kinds: tuple[str, ...] = USUAL_KINDS
    says: str = ""
    closed: tuple[Barred, ...] = ()
    warned: tuple[Barred, ...] = ()
    in_place: tuple[Barred, ...] = ()
    like: str | None = None
    differs: bool | None = None
    decided: bool = False

    def case(self, pack: Pack) -> Case:
        """The case that these answers make under a pack."""
        return case_of(pack, **self.answers)


@cache
def archetypes() -> tuple[Situation, ...]:
    """The invented situations, by name of file."""
    return tuple(_archetype(path) for path in sorted(ARCHETYPES.glob("*.toml")))


@cache
def decided() -> tuple[Situation, ...]:
    """The decided cases: what was acceptable may be first, what was to be avoided may not; more may be named."""
    return tuple(_decided(path) for path in sorted(CASES.glob("*.toml")))


def situations() -> tuple[Situation, ...]:
    """The decided cases and the archetypes."""
    return decided() + archetypes()


def _archetype(path: Path) -> Situation:
    stated = tomllib.loads(path.read_text(encoding="utf-8"))
    would = frozenset(stated["would"])
    return Situation(
        id=path.stem,
        title=stated["title"],
        answers={"title": stated["title"], "problem": stated["situation"], **_answers(path)},
        would=would,
        first=frozenset(stated.get("first", would)),
        never={form: group["reason"] for group in stated["never"] for form in group["forms"]},
        kinds=tuple(stated.get("kinds", USUAL_KINDS)),
        says=stated.get("says", ""),
        closed=tuple(Barred(**each) for each in stated.get("closed", ())),
        warned=tuple(Barred(**each) for each in stated.get("warned", ())),
        in_place=tuple(Barred(**each) for each in stated.get("in_place", ())),
        like=stated.get("like"),
        differs=stated.get("differs"),
    )


def _answers(path: Path) -> dict[str, Any]:
    """The plain answers of an archetype, those of the one it is like included."""
    stated = tomllib.loads(path.read_text(encoding="utf-8"))
    own = _with_nulls(stated.get("case", {}))
    changes = own.pop("partner_answers", {})
    taken = _answers(path.with_stem(stated["like"])) if "like" in stated else {}
    partners = [*taken.get("partners", ()), *own.get("partners", ())]
    return {
        **taken,
        **own,
        "answers": {**taken.get("answers", {}), **own.get("answers", {})},
        "partners": [
            {**partner, "answers": {**partner["answers"], **changes.get(partner["id"], {})}} for partner in partners
        ],
    }


def _with_nulls(stated: Any) -> Any:
    match stated:
        case dict():
            return {key: _with_nulls(value) for key, value in stated.items()}
        case list():
            return [_with_nulls(value) for value in stated]
    return None if stated == DONT_KNOW else stated


def _decided(path: Path) -> Situation:
    record = tomllib.loads(path.read_text(encoding="utf-8"))
    answers = json.loads(path.with_suffix(".answers.json").read_text(encoding="utf-8"))
    return Situation(
        id=path.stem,
        title=record["title"],
        answers={key: value for key, value in answers.items() if key != "format"},
        would=frozenset(record["acceptable_forms"]),
        first=frozenset(record["acceptable_forms"]),
        never={each["form"]: each["reason"] for each in record["must_not_be_top"]},
        kinds=(*USUAL_KINDS, "no-clear-winner"),
        decided=True,
    )
