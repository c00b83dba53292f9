"""What is compared: each form with its partner or grouping and its direction. Combinations are never enumerated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from partnerwizard.appraisal.model import Direction
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Form, Pack

COMPARED = ("form", "service-model")
"""Kinds of form that are options; a contract is a later layer and a regime is what happens otherwise."""

DIRECTIONS: tuple[Direction, ...] = ("we-lead", "they-lead")


@dataclass(frozen=True)
class Option:
    """A form with its partners (none named where the case has none that it could take) and its direction."""

    form: Form
    partners: tuple[str, ...]
    direction: Direction | None
    name: str

    @cached_property
    def id(self) -> str:
        """`form`, `form:partner`, `form:partner+partner`, with the direction last where it applies."""
        parts = [self.form.id, "+".join(self.partners), self.direction or ""]
        return ":".join(part for part in parts if part)

    @property
    def partner(self) -> str | None:
        """The one partner, where there is exactly one."""
        return self.partners[0] if len(self.partners) == 1 else None


def options(pack: Pack, case: Case) -> tuple[Option, ...]:
    """Every option of the case, in the pack's order of forms, then partners, groupings and directions."""
    found: list[Option] = []
    for form in pack.forms:
        if form.kind not in COMPARED:
            continue
        for partners in _partners(form, case):
            found += [
                Option(form, partners, direction, _name(form, case, partners, direction))
                for direction in (DIRECTIONS if form.directed else (None,))
            ]
    return tuple({option.id: option for option in found}.values())


def _partners(form: Form, case: Case) -> Iterator[tuple[str, ...]]:
    """The partners or groupings that the form can take; one entry without any where the case has none to give."""
    named: list[tuple[str, ...]] = []
    if "one" in form.takes:
        named += [(partner.id,) for partner in case.partners]
    if "several" in form.takes:
        named += [grouping.partners for grouping in case.groupings]
    if "none" in form.takes or not named:
        yield ()
    yield from named


def _name(form: Form, case: Case, partners: tuple[str, ...], direction: Direction | None) -> str:
    if not partners and "none" in form.takes:
        return form.name
    who = listed([case.partner_by_id[partner].name for partner in partners]) if partners else "a partner"
    if direction is not None and direction in form.direction_words:
        words = form.direction_words[direction].replace("{partner}'s", f"{who}'" if who.endswith("s") else f"{who}'s")
        return f"{form.name} ({words.replace('{partner}', who)})"
    return f"{form.name} with {who}" if partners else form.name


def listed(names: list[str]) -> str:
    """Names as a sentence lists them: "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
