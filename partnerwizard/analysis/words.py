"""The answer to a decision table in words: every figure comes from the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def in_words(document: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a plain account, best option first."""
    values, ranks = document["values"], document["ranks"]
    ordered = sorted(values, key=lambda option: (ranks[option], list(values).index(option)))
    shares = document["rank_shares"]
    width = max(map(len, ordered))
    yield f"{'option':{width}}  rank  likely   low  high  first in"
    for option in ordered:
        value = values[option]
        yield (
            f"{option:{width}}  {ranks[option]:>4}  {value['likely']:6.1f} {value['low']:5.1f} {value['high']:5.1f}  "
            f"{shares[option][0]:8.1%}"
        )
    yield ""
    yield (
        f"Shares are of {document['samples']} draws of the weights and ratings that fit (seed {document['seed']}); "
        f"sampling error at most {document['standard_error']:.1%} (one standard error)."
    )
    weights = ", ".join(f"{criterion} {weight:.3f}" for criterion, weight in document["central_weights"].items())
    yield f"Central weights: {weights}."
    yield _best(document)
    yield from _changes(document, ordered[0])
    if document["group"] is not None:
        yield from _group(document["group"])


def _best(document: Mapping[str, Any]) -> str:
    surely, possibly = document["necessarily_best"], document["possibly_best"]
    if surely:
        return f"Best whatever the weights and ratings within what was said: {', '.join(surely)}."
    return f"Nothing is best throughout; best for some weights and ratings within what was said: {', '.join(possibly)}."


def _changes(document: Mapping[str, Any], first: str) -> Iterator[str]:
    for tip in document["tipping"]:
        for limit, takers in (("stable_from", "below"), ("stable_to", "above")):
            if tip[takers]:
                yield (
                    f"{_all(tip[takers])} would take over from {first} with the weight of {tip['criterion']} {takers} "
                    f"{tip[limit]:.3f} (now {tip['weight']:.3f})."
                )
    change = document["smallest_weight_change"]
    if change is None:
        yield f"No weights put another option level with {first} at likely ratings."
    else:
        yield f"The nearest weights at which {change['winner']} draws level are {change['distance']:.3f} away."
    for each in document["smallest_rating_changes"]:
        yield (
            f"With {each['to']:.1f} instead of {each['from']:.1f} for {each['option']} on {each['criterion']}, "
            f"{each['winner']} would draw level."
        )


def _group(group: Mapping[str, Any]) -> Iterator[str]:
    split = ", ".join(f"{option} {share:.0%}" for option, share in group["top_choice_split"].items() if share)
    yield f"First choice of {len(group['participants'])} participants: {split}."
    if group["kendall_w"] is not None:
        yield f"Their agreement (Kendall's W, 0 to 1) is {group['kendall_w']:.2f}; read it only beside that split."


def _all(options: Sequence[str]) -> str:
    return " and ".join([", ".join(options[:-1]), options[-1]] if len(options) > 1 else options)
