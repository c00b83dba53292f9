"""The answer to a decision table, `partnerwizard-analysis/1`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from partnerwizard.analysis.numbers import by_name, number, own_units, pairs, ranks_by_name
from partnerwizard.analysis.table import DecisionTable
from partnerwizard.decision import groups
from partnerwizard.decision.acceptability import acceptability
from partnerwizard.decision.arrays import TIE, FloatArray
from partnerwizard.decision.enough import enough
from partnerwizard.decision.regions import Region
from partnerwizard.decision.robustness import (
    extremes,
    necessarily_preferred,
    possibly_best,
    smallest_rating_changes,
    smallest_weight_change,
    tipping_points,
)
from partnerwizard.decision.tradeoffs import exchange

FORMAT: Final = "partnerwizard-analysis/1"
MOST_BESIDE: Final = 64
MOST_EXCHANGED: Final = 30


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
    parts = ratings.likely * central
    change = smallest_weight_change(ratings.likely, nobody, central)
    return {
        "format": FORMAT,
        "samples": samples,
        "seed": seed,
        "central_weights": by_name(table.criteria, central),
        "values": {
            option: {"low": number(low[n]), "likely": number(likely[n]), "high": number(high[n])}
            for n, option in enumerate(options)
        },
        "ranks": ranks_by_name(options, groups.shared_ranks(likely)),
        "rank_shares": {option: [number(share) for share in drawn.rank_shares[n]] for n, option in enumerate(options)},
        "weights_when_first": {
            option: None if np.isnan(drawn.confidence[n]) else by_name(table.criteria, drawn.weights_when_first[n])
            for n, option in enumerate(options)
        },
        "confidence": {
            option: None if np.isnan(drawn.confidence[n]) else number(drawn.confidence[n])
            for n, option in enumerate(options)
        },
        "pairwise": pairs(options, drawn.pairwise),
        "standard_error": number(drawn.standard_error),
        "necessary": [[options[a], options[b]] for a, b in np.argwhere(necessary).tolist() if a != b],
        "possibly_best": [option for n, option in enumerate(options) if possible[n]],
        "necessarily_best": [option for n, option in enumerate(options) if necessary[n].all()],
        "tipping": [
            {
                "criterion": table.criteria[point.criterion],
                "weight": number(point.weight),
                "stable_from": number(point.stable_from),
                "stable_to": number(point.stable_to),
                "below": [options[n] for n in point.below],
                "above": [options[n] for n in point.above],
            }
            for point in tipping_points(ratings.likely, nobody, central)
        ],
        "smallest_weight_change": None
        if change is None
        else {
            "distance": number(change.distance),
            "winner": options[change.winner],
            "weights": by_name(table.criteria, change.weights),
        },
        "smallest_rating_changes": [
            {
                "option": options[each.option],
                "criterion": table.criteria[each.criterion],
                "from": number(own_units(table, each.criterion, each.from_)),
                "to": number(own_units(table, each.criterion, each.to)),
                "winner": options[each.winner],
            }
            for each in smallest_rating_changes(ratings.likely, nobody, central)
        ],
        "contributions": {option: by_name(table.criteria, parts[n]) for n, option in enumerate(options)},
        "reasons": _reasons(table, parts, likely),
        "sensitivities": _sensitivities(table, central),
        "enough": _enough(table, likely, region),
        "equivalent_changes": list(_equivalent_changes(table, central, region)),
        "group": _group(table, samples, seed) if table.participants else None,
    }


def _first(likely: FloatArray) -> int:
    """The first option of highest value, the one whose robustness is asked about."""
    return int(np.flatnonzero(likely >= likely.max() - TIE)[0])


def _reasons(table: DecisionTable, parts: FloatArray, likely: FloatArray) -> list[dict[str, Any]]:
    """What speaks for and against the first beside each other option, strongest first; they add up to `points`.

    Beside the next best alone where there are more than MOST_BESIDE options.
    """
    first = _first(likely)
    others = sorted((n for n in range(len(likely)) if n != first), key=lambda n: (-likely[n], n))
    found = []
    for other in others if len(likely) <= MOST_BESIDE else others[:1]:
        gaps = parts[first] - parts[other]
        strongest = np.argsort(-np.abs(gaps), kind="stable").tolist()
        for_it, against = (
            [{"criterion": table.criteria[c], "points": number(gaps[c])} for c in strongest if sign * gaps[c] > 0]
            for sign in (1, -1)
        )
        found.append(
            {
                "option": table.options[first],
                "beside": table.options[other],
                "points": number(likely[first] - likely[other]),
                "for": for_it,
                "against": against,
            }
        )
    return found


def _sensitivities(table: DecisionTable, central: FloatArray) -> list[dict[str, Any]]:
    """Who is first with equal weights and without each criterion, at likely ratings; ties are all named."""

    def firsts(weights: FloatArray) -> list[str]:
        values = table.ratings.values(table.ratings.likely, weights)
        return [table.options[n] for n in np.flatnonzero(values >= values.max() - TIE)]

    today = firsts(central)
    weighted = central > 0
    tests: list[tuple[str, str | None, FloatArray]] = [("equal-weights", None, weighted / weighted.sum())]
    for n, criterion in enumerate(table.criteria):
        if 0 < central[n] < 1 - TIE:
            left = np.where(np.arange(len(central)) == n, 0.0, central)
            tests.append(("without", criterion, left / left.sum()))
    found = []
    for what, left_out, weights in tests:
        then = firsts(weights)
        found.append({"what": what, "criterion": left_out, "first": then, "same": then == today})
    return found


def _group(table: DecisionTable, samples: int, seed: int) -> dict[str, Any]:
    # Only now, since most tables have no participants and what they need takes a while to load.
    from partnerwizard.analysis.people import group

    return group(table, samples=samples, seed=seed)


def _enough(table: DecisionTable, likely: FloatArray, region: Region) -> dict[str, Any] | None:
    """The fewest answers about the weights that keep the first option first when the rest is dropped."""
    found = enough(table.ratings, table.answers, _first(likely), region)
    if found is None:
        return None
    return {
        "option": table.options[_first(likely)],
        "meaning": found.meaning,
        "answers": [table.answer_words[n] for n in found.answers],
        "of": len(table.answer_words),
        "fewest": found.fewest,
    }


def _equivalent_changes(table: DecisionTable, central: FloatArray, region: Region) -> Iterator[dict[str, Any]]:
    """Points on one criterion that make up for a point lost on another, for each two that weigh something.

    With more than MOST_EXCHANGED criteria, for the heaviest and each other alone. `high` is null without a limit.
    """
    rates = exchange(central, region)
    heaviest = int(np.argmax(central))
    for lost, gained in np.argwhere(~np.isnan(rates.central)).tolist():
        if lost == gained or (len(central) > MOST_EXCHANGED and heaviest not in {lost, gained}):
            continue
        low, high = rates.low[lost, gained], rates.high[lost, gained]
        yield {
            "lost": table.criteria[lost],
            "gained": table.criteria[gained],
            "points": number(rates.central[lost, gained]),
            **({} if np.isnan(low) else {"low": number(low)}),
            **({} if np.isnan(high) else {"high": number(high) if np.isfinite(high) else None}),
        }
