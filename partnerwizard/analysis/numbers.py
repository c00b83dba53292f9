"""How figures are written in the analysis: by name, rounded, in the table's own units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from partnerwizard.analysis.table import DecisionTable
from partnerwizard.decision.arrays import FloatArray

DIGITS: Final = 9


def number(value: Any) -> float:
    """Rounded as everything written is; no minus zero."""
    return round(float(value), DIGITS) + 0.0


def by_name(names: Sequence[str], values: FloatArray) -> dict[str, float]:
    """A figure for each name."""
    return {name: number(value) for name, value in zip(names, values, strict=True)}


def pairs(names: Sequence[str], shares: FloatArray) -> dict[str, dict[str, float]]:
    """A figure for each name against each other name, from (N, N)."""
    return {
        name: {other: number(shares[n, m]) for m, other in enumerate(names) if m != n} for n, name in enumerate(names)
    }


def ranks_by_name(names: Sequence[str], ranks: Iterable[Any]) -> Mapping[str, int]:
    """A place for each name."""
    return {name: int(rank) for name, rank in zip(names, ranks, strict=True)}


def own_units(table: DecisionTable, criterion: int, value: float) -> float:
    """A value on the value scale in the table's units: 100 - x where less is better."""
    return 100.0 - value if table.minimised[criterion] else value
