"""The answer to a decision table in words: every figure comes from the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

NAMED: Final = 3
"""Reasons, equivalent changes and points of an agenda that are spelt out; the document has them all."""

_MEANINGS: Final = {
    "throughout": "for all weights that fit, whatever the ratings within their ranges",
    "at-likely-ratings": "for all weights that fit, at likely ratings",
    "at-central-weights": "at the central weights that fit and likely ratings, not for all weights",
}


def in_words(document: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a plain account, best option first."""
    values, ranks = document["values"], document["ranks"]
    ordered = sorted(values, key=lambda option: (ranks[option], list(values).index(option)))
    shares = document["rank_shares"]
    width = max(6, *map(len, ordered))
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
    yield from _reasons(document["reasons"])
    yield from _heading("What would change it", _changes(document, ordered[0]))
    yield from _heading("What it hangs on", _hangs_on(document))
    if document["group"] is not None:
        yield from _heading("The group", _group(document["group"]))


def _heading(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield ""
    yield title
    for line in lines:
        yield f"- {line}"


def _best(document: Mapping[str, Any]) -> str:
    surely, possibly = document["necessarily_best"], document["possibly_best"]
    if surely:
        return f"Best whatever the weights and ratings within what was said: {', '.join(surely)}."
    return f"Nothing is best throughout; best for some weights and ratings within what was said: {', '.join(possibly)}."


def _reasons(reasons: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The first beside the next best; points add up to the difference."""
    if not reasons:
        return
    next_best = reasons[0]
    option, beside = next_best["option"], next_best["beside"]
    if next_best["points"] == 0:
        yield f"{option} and {beside} are level."
    else:
        yield f"{option} is {next_best['points']:.1f} points ahead of {beside}."
    for name, parts in ((option, next_best["for"]), (beside, next_best["against"])):
        if parts:
            rest = sum(abs(part["points"]) for part in parts[NAMED:])
            said = [f"{part['criterion']} ({abs(part['points']):.1f})" for part in parts[:NAMED]]
            said += [f"{len(parts) - NAMED} more ({rest:.1f})"] if parts[NAMED:] else []
            yield f"For {name} speak {_all(said)}." if len(said) > 1 else f"For {name} speaks {said[0]}."


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
    for test in document["sensitivities"]:
        if not test["same"]:
            what = "With equal weights" if test["criterion"] is None else f"Without {test['criterion']}"
            yield f"{what}, {_all(test['first'])} would be first."


def _hangs_on(document: Mapping[str, Any]) -> Iterator[str]:
    enough = document["enough"]
    if enough is None:
        yield "All that was said of the weights does not force the result: other weights that fit change it."
    elif not enough["answers"]:
        meaning = _MEANINGS[enough["meaning"]]
        yield f"{enough['option']} stays first without any answer about the weights, {meaning}."
    else:
        kept, meaning = enough["answers"], _MEANINGS[enough["meaning"]]
        more = "" if enough["fewest"] else " (fewer may do)"
        keep = "keeps" if len(kept) == 1 else "keep"
        yield (
            f"Of {_count(enough['of'], 'answer')} about the weights, {len(kept)}{more} {keep} {enough['option']} "
            f"first, {meaning}: {'; '.join(kept)}."
        )
    weights = document["central_weights"]
    heaviest = max(weights, key=lambda criterion: weights[criterion])
    named = [each for each in document["equivalent_changes"] if each["gained"] == heaviest]
    for each in sorted(named, key=lambda each: -weights[each["lost"]])[:NAMED]:
        points = f"{10 * each['points']:.1f} more on {heaviest}{_ends(each)}"
        yield f"10 points less on {each['lost']} are made up for by {points}."


def _ends(each: Mapping[str, Any]) -> str:
    if "low" not in each or "high" not in each or each["low"] == each["high"]:
        return ""
    if each["high"] is None:
        return f" (at least {10 * each['low']:.1f} over the weights that fit)"
    return f" ({10 * each['low']:.1f} to {10 * each['high']:.1f} over the weights that fit)"


def _group(group: Mapping[str, Any]) -> Iterator[str]:
    yield f"First choice of {_count(len(group['participants']), 'participant')}: {_split(group['top_choice_split'])}."
    if group["kendall_w"] is not None:
        yield f"Their agreement (Kendall's W, 0 to 1) is {group['kendall_w']:.2f}; read it only beside that split."
    each, by_organisation = group["one_voice_each"], group["one_voice_per_organisation"]
    yield f"One voice each: {_all(each['leaders'])} ahead."
    if by_organisation is not None:
        differ = by_organisation["leaders"] != each["leaders"]
        yield (
            f"One voice per organisation: {_all(by_organisation['leaders'])} ahead"
            f"{'; the two ways of counting differ, and neither is the answer' if differ else ''}."
        )
    if len(group["clusters"]) > 1:
        for cluster in group["clusters"]:
            yield f"{_all(cluster['participants'])}: {_all(cluster['leaders'])} ahead."
    for topic in (group["agenda"] or [])[:NAMED]:
        yield _topic(topic)


def _topic(topic: Mapping[str, Any]) -> str:
    match topic["kind"]:
        case "weight":
            what = f"They weigh {topic['criterion']} from {topic['low']:.2f} to {topic['high']:.2f}"
        case "rating":
            what = f"They rate {topic['other']} on {topic['criterion']} from {topic['low']:.1f} to {topic['high']:.1f}"
        case _:
            what = f"Some weigh {topic['criterion']} above {topic['other']}, some below"
    if topic["middle"] is not None:
        return f"{what}. Settled in the middle, first choices would be: {_split(topic['middle']['top_choice_split'])}."
    one, other = (_split(side["top_choice_split"]) for side in topic["sides"])
    return f"{what}. Settled one way, first choices would be: {one}; the other way: {other}."


def _split(split: Mapping[str, float]) -> str:
    return ", ".join(f"{option} {share:.0%}" for option, share in split.items() if share)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _all(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
