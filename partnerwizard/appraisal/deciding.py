"""From draws to a verdict: the two drawings of what is valued, and what the design's rules make of their shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from partnerwizard.appraisal import explain
from partnerwizard.appraisal.assess import SCORED, Assessed, Assessment, contestants
from partnerwizard.appraisal.facts import key_facts_known
from partnerwizard.appraisal.model import Contestant, Verdict, VerdictKind
from partnerwizard.appraisal.verdict import Reading, Shares, at_most_leading, join, read_shares, smallest_share
from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.sampling import drawings, pairwise, rank_shares
from partnerwizard.pack.model import Ground, Pack

WEIGHTS_STREAM, RATINGS_STREAM = 0, 1


@dataclass(frozen=True)
class Drawn:
    """Pairwise shares by option id from the two drawings, and rank shares from the drawing in common."""

    common: Shares
    apart: Shares
    ranks: FloatArray


def draw_weights(assessment: Assessment, samples: int, seed: int) -> FloatArray:
    """Draws of weights that fit the case, (N, C), from their own stream."""
    return assessment.weights.sample(samples, np.random.default_rng([seed, WEIGHTS_STREAM]))


def rating_stream(seed: int) -> np.random.Generator:
    """What rating draws start from; the same for every drawing of a case."""
    return np.random.default_rng([seed, RATINGS_STREAM])


def both_drawings(pack: Pack) -> tuple[float, float]:
    """The share of draws in common of the drawing in common, and of the drawing apart."""
    return pack.head.method.common_share.value, 0.0


def scored_and_valued(assessment: Assessment) -> tuple[list[Assessed], list[Assessed]]:
    """The options scored; and these with carrying on last where it is closed, since it is valued all the same."""
    scored = [each for each in assessment.assessed if each.status in SCORED]
    return scored, scored if assessment.reference in scored else [*scored, assessment.reference]


def draw(
    assessment: Assessment,
    valued: Sequence[Assessed],
    ranked: int,
    weights: FloatArray,
    seed: int,
    as_unknown: tuple[Ground, ...] = (),
) -> Drawn:
    """Both drawings of the options valued; rank shares over the first `ranked` of them."""
    table = assessment.table(valued, as_unknown)
    return count(valued, ranked, drawings(table, weights, rating_stream(seed), both_drawings(assessment.pack)))


def count(valued: Sequence[Assessed], ranked: int, values: Sequence[FloatArray]) -> Drawn:
    """The shares of both drawings, given as values (N, O): in common and apart."""
    ids = [each.option.id for each in valued]
    common, apart = (
        {a: dict(zip(ids, row, strict=True)) for a, row in zip(ids, pairwise(each).tolist(), strict=True)}
        for each in values
    )
    ranks = rank_shares(values[0][:, :ranked]) if ranked else np.zeros((0, 0))
    return Drawn(common, apart, ranks)


def in_the_contest(entered: Sequence[Assessed], verdict: Verdict, drawn: Drawn) -> tuple[Contestant, ...]:
    """Each contestant with the share of draws in common in which it beats each other."""
    return tuple(
        Contestant(
            form=each.option.form.id,
            option=each.option.id,
            leads=each.option.id == verdict.leader,
            beats={
                other.option.form.id: drawn.common[each.option.id][other.option.id]
                for other in entered
                if other is not each
            },
        )
        for each in entered
    )


@dataclass(frozen=True)
class Decision:
    """The verdict before it is put in words."""

    kind: VerdictKind
    options: tuple[str, ...]
    reading: Reading | None
    limits: tuple[str, ...]


def decide(
    assessment: Assessment,
    entered: Sequence[Assessed],
    valued: Sequence[Assessed],
    value: Mapping[str, float],
    drawn: Drawn,
) -> Decision:
    """The kind of verdict, the options it names and the limits that applied, by the design's rules in their order."""
    pack, case = assessment.pack, assessment.case
    method = pack.head.method
    ids = [each.option.id for each in entered]
    if not entered:
        return Decision("nothing-open", (), None, ())
    limits: list[str] = []
    common = read_shares(drawn.common, ids, value, method)
    apart = read_shares(drawn.apart, ids, value, method)
    reading = join(common, apart, drawn.apart, ids, method)
    if reading.kind != common.kind:
        limits.append(explain.TWO_DRAWINGS)
    if reading.kind == "clear" and not _stays_clear(assessment, reading, valued, value, drawn):
        reading = at_most_leading(reading)
        limits.append(explain.UNRESOLVED)
    if reading.kind == "clear" and explain.mandated(assessment) and not case.held_causes:
        reading = at_most_leading(reading)
        limits.append(explain.CAUSE_NOT_KNOWN)
    if all(each is assessment.reference for each in entered):
        return Decision("nothing-open", (), reading, ())
    known, counted = key_facts_known(pack, case)
    if not case.aims or known < method.key_facts_share.value * counted:
        return Decision("not-enough-known", (), reading, ())
    named = tuple(sorted(reading.members, key=lambda option: (-value[option], option)))
    return Decision(reading.kind, named, reading, tuple(limits))


def reach_verdict(
    assessment: Assessment,
    entered: Sequence[Assessed],
    valued: Sequence[Assessed],
    value: Mapping[str, float],
    drawn: Drawn,
    weights: FloatArray,
) -> Verdict:
    """The verdict with its figures and its sentence."""
    decision = decide(assessment, entered, valued, value, drawn)
    ids = [each.option.id for each in entered]
    over_weights = common = apart = 1.0
    leader = None if decision.reading is None else decision.reading.leader
    if leader is not None:
        table = assessment.table(entered)
        beats = pairwise(table.values(table.likely, weights))
        place = ids.index(leader)
        over_weights = float(min((beats[place, n] for n in range(len(ids)) if n != place), default=1.0))
        common = smallest_share(drawn.common, leader, ids)
        apart = smallest_share(drawn.apart, leader, ids)
    bare = Verdict(
        kind=decision.kind,
        options=decision.options,
        over_weights=over_weights,
        over_weights_and_ratings=common,
        drawn_apart=apart,
        drawn_in_common=common,
        sentence="",
        leader=leader,
        limits=decision.limits,
    )
    return bare.model_copy(update={"sentence": explain.verdict_sentence(assessment, bare, entered, drawn.common)})


def _stays_clear(
    assessment: Assessment, reading: Reading, valued: Sequence[Assessed], value: Mapping[str, float], drawn: Drawn
) -> bool:
    """Whether the verdict is clear for the same option when everything unresolved is taken out."""
    left = contestants(assessment.pack, valued, value, without={"unresolved"})
    ids = [each.option.id for each in left]
    if reading.leader not in ids:
        return False
    method = assessment.pack.head.method
    common, apart = (read_shares(shares, ids, value, method) for shares in (drawn.common, drawn.apart))
    again = join(common, apart, drawn.apart, ids, method)
    return again.kind == "clear" and again.leader == reading.leader
