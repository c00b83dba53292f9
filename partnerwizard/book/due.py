"""What is overdue for review on a day, or soon will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partnerwizard.book.places import Places
from partnerwizard.pack.load import HEAD
from partnerwizard.pack.model import Pack

SOON = 90
"""Days ahead that count as soon: a quarter, the rhythm in which boards meet."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be reviewed: by when, in how many days (negative: overdue), what it is and where it stands."""

    by: date
    days: int
    kind: str
    id: str
    title: str
    anchor: str
    at: str

    @property
    def overdue(self) -> bool:
        """True when the day has passed."""
        return self.days < 0


def due(pack: Pack, places: Places, on: date) -> list[Due]:
    """What was to be reviewed before the day or is to be within 90 days of it, the longest overdue first."""
    dated = [(pack.head.review_by, "the pack", pack.head.id, pack.head.title, "start", places.at(HEAD, "review_by"))]
    dated += [
        (each.review_by, "gate", each.id, each.title, f"gate-{each.id}", places.at("gates.toml", "gate", number))
        for number, each in enumerate(pack.gates)
    ]
    dated += [
        (each.review_by, "duty", each.id, each.title, f"duty-{each.id}", places.at("duties.toml", "duty", number))
        for number, each in enumerate(pack.duties)
    ]
    dated += [
        (each.review_by, "source", each.id, each.title, f"source-{each.id}", places.source(each.id))
        for each in pack.sources
        if each.review_by is not None
    ]
    found = [Due(by, (by - on).days, *rest) for by, *rest in dated if (by - on).days <= SOON]
    return sorted(found, key=lambda each: each.by)
