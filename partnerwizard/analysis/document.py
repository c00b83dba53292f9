"""The answer to a decision table, `partnerwizard-analysis/1`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from partnerwizard.analysis.table import DecisionTable
from partnerwizard.decision import groups
from partnerwizard.decision.acceptability import acceptability
from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.robustness import (
    extremes,
    necessarily_preferred,
    possibly_best,
    smallest_rating_changes,
    smallest_weight_change,
    tipping_points,
)

FORMAT: Final = "partnerwizard-analysis/1"
DIGITS: Final = 9


def analyse(table: DecisionTable, *, samples: int, seed: int) -> dict[str, Any]:
    """The whole answer as a JSON document. The same arguments give the same document.

    Values, ranks, tipping points and smallest changes are at central weights and likely ratings; shares over draws of
    weights and ratings together; `necessary`, `possibly_best` and `necessarily_best` hold exactly over the sets, to
    1e-6 points.
    """
    options, ratings = table.options, table.ratings
    central = table.weights.central()
    region = table.weights.region()
    likely = ratings.values(ratings.likely, central)
    low, high = extremes(ratings, region)
    drawn = acceptability(ratings, table.weights, samples, seed)
    necessary = necessarily_preferred(ratings, region)
    possible = possibly_best(ratings, region, drawn.rank_shares[:, 0] > 0)
    nobody = ratings.penalty
    change = smallest_weight_change(ratings.likely, nobody, central)
    return {
        "format": FORMAT,
        "samples": samples,
        "seed": seed,
        "central_weights": _by(table.criteria, central),
        "values": {
            option: {"low": _number(low[n]), "likely": _number(likely[n]), "high": _number(high[n])}
            for n, option in enumerate(options)
        },
        "ranks": _ranks(options, groups.shared_ranks(likely)),
        "rank_shares": {option: [_number(share) for share in drawn.rank_shares[n]] for n, option in enumerate(options)},
        "weights_when_first": {
            option: None if np.isnan(drawn.confidence[n]) else _by(table.criteria, drawn.weights_when_first[n])
            for n, option in enumerate(options)
        },
        "confidence": {
            option: None if np.isnan(drawn.confidence[n]) else _number(drawn.confidence[n])
            for n, option in enumerate(options)
        },
        "pairwise": {
            option: {other: _number(drawn.pairwise[n, m]) for m, other in enumerate(options) if m != n}
            for n, option in enumerate(options)
        },
        "standard_error": _number(drawn.standard_error),
        "necessary": [[options[a], options[b]] for a, b in np.argwhere(necessary).tolist() if a != b],
        "possibly_best": [option for n, option in enumerate(options) if possible[n]],
        "necessarily_best": [option for n, option in enumerate(options) if necessary[n].all()],
        "tipping": [
            {
                "criterion": table.criteria[point.criterion],
                "weight": _number(point.weight),
                "stable_from": _number(point.stable_from),
                "stable_to": _number(point.stable_to),
                "below": [options[n] for n in point.below],
                "above": [options[n] for n in point.above],
            }
            for point in tipping_points(ratings.likely, nobody, central)
        ],
        "smallest_weight_change": None
        if change is None
        else {
            "distance": _number(change.distance),
            "winner": options[change.winner],
            "weights": _by(table.criteria, change.weights),
        },
        "smallest_rating_changes": [
            {
                "option": options[each.option],
                "criterion": table.criteria[each.criterion],
                "from": _number(_own_units(table, each.criterion, each.from_)),
                "to": _number(_own_units(table, each.criterion, each.to)),
                "winner": options[each.winner],
            }
            for each in smallest_rating_changes(ratings.likely, nobody, central)
        ],
        "group": _group(table) if table.participants else None,
    }


def _group(table: DecisionTable) -> dict[str, Any]:
    """Each participant's own result, and what they say together. Who gave ranks has no values."""
    people: dict[str, Any] = {}
    rows = []
    for person in table.participants:
        values = None
        if person.weights is not None:
            values = table.ratings.values(table.ratings.likely, person.weights)
            ranks = groups.shared_ranks(values)
        else:
            assert person.ranks is not None
            ranks = groups.shared_ranks(-person.ranks)
        rows.append(ranks)
        people[person.id] = {
            "values": None if values is None else _by(table.options, values),
            "ranks": _ranks(table.options, ranks),
        }
    ranking = np.array(rows, dtype=np.float64)
    agreement = groups.kendall_w(ranking)
    return {
        "participants": people,
        "rank_sums": _by(table.options, groups.rank_sums(ranking)),
        "top_choice_split": _by(table.options, groups.top_choice_split(ranking)),
        "kendall_w": None if agreement is None else _number(agreement),
    }


def _own_units(table: DecisionTable, criterion: int, value: float) -> float:
    return 100.0 - value if table.minimised[criterion] else value


def _by(names: Sequence[str], values: FloatArray) -> dict[str, float]:
    return {name: _number(value) for name, value in zip(names, values, strict=True)}


def _ranks(names: Sequence[str], ranks: Iterable[Any]) -> Mapping[str, int]:
    return {name: int(rank) for name, rank in zip(names, ranks, strict=True)}


def _number(value: Any) -> float:
    """Rounded as everything written is; no minus zero."""
    return round(float(value), DIGITS) + 0.0
