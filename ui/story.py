"""Where an option's points come from, step by step: evidence, adjustment, weight, points, down to the source."""

from __future__ import annotations

from dataclasses import dataclass

from partnerwizard.appraisal.model import Appraisal, Cell, OptionResult
from partnerwizard.pack.model import Pack
from partnerwizard.report.view import AUTHORITY
from partnerwizard.report.words import GROUND, inline, level, listed, percent, points, sentence, span_of


@dataclass(frozen=True)
class Source:
    """A source as it is shown: what it is, who published it, when it was checked."""

    title: str
    where: str


@dataclass(frozen=True)
class Part:
    """What one criterion adds to an option's points against carrying on, and every step to it."""

    name: str
    points: float
    summary: str
    steps: tuple[str, ...]
    sources: tuple[Source, ...]


def parts(pack: Pack, appraisal: Appraisal, option: OptionResult) -> tuple[Part, ...]:
    """The parts of an option's points, the largest first, adding up to its difference; none where it is closed."""
    found = []
    for criterion, value in sorted((option.contributions or {}).items(), key=lambda each: -abs(each[1])):
        if criterion == AUTHORITY:
            if abs(value) > 1e-9:
                found.append(_authority(pack, option, value))
        elif (cell := option.ratings.get(criterion)) is not None:
            found.append(_part(pack, appraisal, criterion, cell, value))
    return tuple(found)


def sources_of(pack: Pack, ids: tuple[str, ...]) -> tuple[Source, ...]:
    """Sources by their ids, in the order given, each once."""
    known = [pack.source_by_id[each] for each in dict.fromkeys(ids) if each in pack.source_by_id]
    return tuple(Source(each.title, f"{each.publisher}, {each.published}. {each.url or ''}".strip()) for each in known)


def _part(pack: Pack, appraisal: Appraisal, criterion: str, cell: Cell, value: float) -> Part:
    name = pack.criterion_by_id[criterion].name
    weight = appraisal.weights[criterion].central if criterion in appraisal.weights else 0.0
    moved = sum(each.points for each in cell.adjustments)
    steps = [
        f"{'Rated' if cell.ground != 'unknown' else 'Not known; taken as'} {level(cell.likely - moved)} of 100 "
        f"({GROUND[cell.ground]}): {sentence(cell.reason)}"
        if cell.adjustments
        else f"{'Rated' if cell.ground != 'unknown' else 'Not known; taken as'} {level(cell.likely)} of 100, likely "
        f"range {span_of(cell.low, cell.high)} ({GROUND[cell.ground]}): {sentence(cell.reason)}"
    ]
    steps += [f"Moved {points(each.points)} by your answers: {sentence(each.reason)}" for each in cell.adjustments]
    if cell.adjustments:
        steps.append(f"So {level(cell.likely)} of 100, likely range {span_of(cell.low, cell.high)}.")
    if cell.original is not None:
        steps.append(
            f"The guidance says {level(cell.original.likely)}, from {span_of(cell.original.low, cell.original.high)}."
        )
    if weight > 0:
        start = cell.likely - value / weight
        steps.append(
            f"Carrying on stands at {level(start)}, so the difference is {points(cell.likely - start)}. "
            f"It weighs {percent(weight)}: {points_exactly(value)} points."
        )
    else:
        steps.append("It has no weight here, so it gives no points.")
    own = (*cell.sources, *(source for each in cell.adjustments for source in each.sources))
    return Part(name, value, f"{level(cell.likely)} of 100, {GROUND[cell.ground]}", tuple(steps), sources_of(pack, own))


def _authority(pack: Pack, option: OptionResult, value: float) -> Part:
    form = pack.form_by_id[option.form]
    steps = (
        f"The job seems to need authority of {option.authority_need:g} on a scale from 0 (advice) to 3 (one board).",
        f"{form.name} brings {form.authority:g}, which is {option.authority_shortfall:g} short: "
        f"{points_exactly(value)} points.",
    )
    return Part("Authority for the job", value, "short of authority, by design", steps, ())


def points_exactly(value: float) -> str:
    """A difference in points to one decimal, with its sign."""
    rounded = round(value, 1)
    if rounded == 0:
        return "0"
    return f"+{rounded:.1f}" if rounded > 0 else f"\u2212{-rounded:.1f}"


def total(appraisal: Appraisal, option: OptionResult) -> str:
    """The sum, in a sentence."""
    if option.value is None:
        return "It has no points, because it is closed."
    difference = option.value.likely - appraisal.reference.value.likely
    range_ = span_of(option.value.low, option.value.high)
    return (
        f"In all {points_exactly(difference)} points against carrying on: {option.value.likely:.1f} of 100 beside "
        f"{appraisal.reference.value.likely:.1f}. Over all weights and ratings that fit, it lies between {range_}."
    )


def touches(pack: Pack, option: OptionResult) -> str:
    """Which of the causes it touches."""
    names = [inline(pack.cause_by_id[each].name) for each in option.causes_touched if each in pack.cause_by_id]
    return f"It touches these causes: {listed(names)}." if names else "It touches none of the causes that you hold."
