"""What would change the answer: tipping points, plain tests, and the smallest changes, at likely ratings.

"First" here is the contestant of highest likely value at central weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from partnerwizard.appraisal.assess import RECOMMENDABLE, Assessed, Assessment, contestants
from partnerwizard.appraisal.gates import CAUSE, FIXED_FORM, REACH, RED_LINE, Standing
from partnerwizard.appraisal.model import Interval, Sensitivity, SmallestChange, Tip
from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.robustness import smallest_rating_changes, smallest_weight_change, tipping_points
from partnerwizard.decision.table import Table
from partnerwizard.pack.conditions import Truth


def tipping(assessment: Assessment, entered: Sequence[Assessed]) -> tuple[Tip, ...]:
    """For each weight, where another contestant takes over when it alone moves; one entry for each end that has one."""
    if not entered:
        return ()
    table = assessment.table(entered)
    tips: list[Tip] = []
    for point in tipping_points(table.likely, table.penalty, assessment.central):
        if point.weight <= 0:
            continue
        for limit, takers in ((point.stable_from, point.below), (point.stable_to, point.above)):
            if takers:
                tips.append(
                    Tip(
                        criterion=assessment.pack.criteria[point.criterion].id,
                        from_=point.weight,
                        to=limit,
                        winner=entered[takers[0]].option.id,
                    )
                )
    return tuple(tips)


def plain_tests(assessment: Assessment, entered: Sequence[Assessed]) -> tuple[Sensitivity, ...]:
    """Equal weights, each criterion left out, every unproven gain at its low end: the same first, or which."""
    if not entered:
        return ()
    pack, central = assessment.pack, assessment.central
    table = assessment.table(entered)
    today = _first(table, central)
    weighted = central > 0
    found = [("Equal weights", _first(table, weighted / weighted.sum()))]
    for number, criterion in enumerate(pack.criteria):
        if 0 < central[number] < 1:
            without = central.copy()
            without[number] = 0
            found.append((f"Without {criterion.name.lower()}", _first(table, without / without.sum())))
    low_ends = [_unproven_gains_low(assessment, each) for each in entered]
    found.append(("Every unproven gain at its low end", _first(assessment.table(low_ends), central)))
    return tuple(Sensitivity(what=what, first=entered[n].option.id, same=n == today) for what, n in found)


def smallest_changes(
    assessment: Assessment, entered: Sequence[Assessed], value: Mapping[str, float]
) -> tuple[SmallestChange, ...]:
    """The smallest change of the weights, of one rating, of one gate or red line at which another option is first."""
    if not entered:
        return ()
    table = assessment.table(entered)
    changes: list[SmallestChange] = []
    # Criteria without weight stay without it: the user left them out.
    weighted = np.flatnonzero(assessment.central)
    nearest = smallest_weight_change(table.likely[:, weighted], table.penalty, assessment.central[weighted])
    if nearest is not None:
        moved = assessment.central.copy()
        moved[weighted] = nearest.weights
        changes.append(_weights_in_words(assessment, entered, moved, nearest.winner, nearest.distance))
    seen: set[str] = set()
    for change in smallest_rating_changes(table.likely, table.penalty, assessment.central):
        winner = entered[change.winner].option
        if winner.id in seen:
            continue
        seen.add(winner.id)
        criterion = assessment.pack.criteria[change.criterion].name.lower()
        sentence = (
            f"If {entered[change.option].option.name} stood at {change.to:.1f} instead of {change.from_:.1f} of 100 on "
            f"{criterion}, {winner.name} would draw level."
        )
        size = abs(change.to - change.from_)
        changes.append(SmallestChange(kind="rating", size=size, winner=winner.id, sentence=sentence))
    changes += _gate_changes(assessment, entered, value)
    return tuple(changes)


def _first(table: Table, weights: FloatArray) -> int:
    return int(np.argmax(table.values(table.likely, weights)))


def _unproven_gains_low(assessment: Assessment, each: Assessed) -> Assessed:
    """The option with every judged or unknown rating that is above carrying on taken at its low end."""
    reference = assessment.reference.intervals
    return replace(
        each,
        intervals={
            criterion: Interval(low=cell.low, likely=cell.low, high=cell.low)
            if each.grounds[criterion] in {"judgement", "unknown"} and cell.likely > reference[criterion].likely
            else cell
            for criterion, cell in each.intervals.items()
        },
    )


def _weights_in_words(
    assessment: Assessment, entered: Sequence[Assessed], weights: FloatArray, winner: int, distance: float
) -> SmallestChange:
    moved = weights - assessment.central
    largest = sorted(range(len(moved)), key=lambda n: -abs(moved[n]))[:2]
    parts = [
        f"{assessment.pack.criteria[n].name.lower()} counted {'more' if moved[n] > 0 else 'less'} "
        f"({100 * assessment.central[n]:.1f} % to {100 * weights[n]:.1f} %)"
        for n in largest
        if abs(moved[n]) > 5e-4
    ]
    name = entered[winner].option.name
    sentence = f"If {' and '.join(parts)}, {name} would draw level." if parts else f"{name} is level already."
    return SmallestChange(kind="weights", size=distance, winner=entered[winner].option.id, sentence=sentence)


def _gate_changes(
    assessment: Assessment, entered: Sequence[Assessed], value: Mapping[str, float]
) -> Iterator[SmallestChange]:
    """Closing gates and red lines without which a closed option would stand first; what would close the first."""
    first = max(entered, key=lambda each: (value[each.option.id], each.option.id))
    best_closed: dict[str, tuple[float, Assessed, Standing]] = {}
    for each in assessment.assessed:
        closing = [s for s in each.standings if s.counts and s.truth is Truth.HOLDS and s.effect in _CLOSING]
        if each is assessment.reference or len(closing) != 1:
            continue
        would_be = assessment.likely_value(each)
        key = closing[0].id
        if would_be > value[first.option.id] and (key not in best_closed or would_be > best_closed[key][0]):
            best_closed[key] = (would_be, each, closing[0])
    for _, each, standing in best_closed.values():
        red_line = standing.id.startswith(RED_LINE)
        what = f"the red line “{standing.red_line.text}”" if standing.red_line else _rule(standing)
        yield SmallestChange(
            kind="red-line" if red_line else "gate",
            size=1,
            winner=each.option.id,
            sentence=f"Without {what}, {each.option.name} would stand first.",
        )
    yield from _closing_the_first(assessment, first, value)


def _closing_the_first(assessment: Assessment, first: Assessed, value: Mapping[str, float]) -> Iterator[SmallestChange]:
    """What would close the first: each rule that is not settled, wherever else it then closes; a lift taken back."""
    for standing in first.standings:
        if standing.effect not in _CLOSING:
            continue
        if standing.counts and standing.truth is Truth.UNKNOWN:
            left = [each for each in assessment.assessed if not _waits_for(each, standing.id)]
            cause = f"If {_rule(standing)} applies"
        elif standing.lifted is not None and standing.truth is Truth.HOLDS:
            left = [each for each in assessment.assessed if each is not first]
            cause = f"If {first.option.name} had not been brought back in spite of {_rule(standing)}"
        else:
            continue
        rivals = contestants(assessment.pack, [each for each in left if each.status in RECOMMENDABLE], value)
        if rivals:
            second = max(rivals, key=lambda each: (value[each.option.id], each.option.id))
            yield SmallestChange(
                kind="red-line" if standing.id.startswith(RED_LINE) else "gate",
                size=1,
                winner=second.option.id,
                sentence=f"{cause}, {first.option.name} closes and {second.option.name} leads.",
            )


def _waits_for(each: Assessed, gate: str) -> bool:
    return any(
        standing.id == gate and standing.counts and standing.truth is Truth.UNKNOWN for standing in each.standings
    )


def _rule(standing: Standing) -> str:
    """A gate or hurdle as a reader knows it."""
    if standing.gate is not None:
        return f"the rule “{standing.gate.title}”"
    return {
        CAUSE: "the hurdle of the diagnosed cause",
        REACH: "the hurdle of the intended scale",
        FIXED_FORM: "the fixed form",
    }.get(standing.id, "a red line")


_CLOSING = frozenset({"ruled-out", "set-aside"})
