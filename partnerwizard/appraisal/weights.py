"""From rankings and the swing question, or from swing points, to the set of weights that fits what was said."""

from __future__ import annotations

import numpy as np

from partnerwizard.case.model import Case, Ranking
from partnerwizard.decision.stated import PointWeights, WeightSet
from partnerwizard.decision.weights import BranchedWeights, Order
from partnerwizard.pack.model import Criterion, Pack


def weights_of(pack: Pack, case: Case) -> WeightSet:
    """All weights that fit the case; columns are the pack's criteria in order.

    Aims that were not chosen weigh nothing; with none chosen, all are tied. Terms that were not named follow those that
    were, as one tie, so that none ever weighs nothing by silence. The swing is stored as [low, high] of 100. Points for
    every criterion that weighs take the place of rankings and swing.
    """
    if points_count(pack, case):
        weighed = {criterion.id for criterion in to_weigh(pack, case)}
        given = [case.points[each.id] if each.id in weighed else (0.0, 0.0) for each in pack.criteria]
        return PointWeights(np.array([low for low, _ in given]), np.array([high for _, high in given]), ())
    return ranked_weights(pack, case)


def ranked_weights(pack: Pack, case: Case) -> BranchedWeights:
    """The weights that fit rankings and swing alone, whatever points were given."""
    columns = {criterion.id: number for number, criterion in enumerate(pack.criteria)}
    terms = _terms(pack, case)
    method = pack.head.method
    return BranchedWeights(
        columns=len(columns),
        aims=_order(_aims(pack, case), columns),
        terms=_order(terms, columns),
        terms_share=(method.terms_share_low.value, method.terms_share_high.value),
        swing=None if case.swing is None else (case.swing[0] / 100, case.swing[1] / 100),
    )


def to_weigh(pack: Pack, case: Case) -> tuple[Criterion, ...]:
    """The criteria that weigh something, in the order of the rankings: the aims chosen (all if none), every term."""
    return tuple(
        pack.criterion_by_id[criterion]
        for tie in (*_aims(pack, case), *_terms(pack, case))
        for criterion in tie
        if criterion in pack.criterion_by_id
    )


def points_count(pack: Pack, case: Case) -> bool:
    """Whether points take the place of rankings: every criterion that weighs has some, and some aim more than none."""
    weighed = to_weigh(pack, case)
    return all(each.id in case.points for each in weighed) and any(
        case.points[each.id][1] > 0 for each in weighed if each.branch == "aims"
    )


def _aims(pack: Pack, case: Case) -> Ranking:
    return case.aims or (tuple(criterion.id for criterion in pack.branch("aims")),)


def _terms(pack: Pack, case: Case) -> Ranking:
    named = {term for tie in case.terms for term in tie}
    rest = tuple(criterion.id for criterion in pack.branch("terms") if criterion.id not in named)
    return (*case.terms, rest) if rest else case.terms


def _order(ranking: Ranking, columns: dict[str, int]) -> Order:
    return tuple(tuple(columns[criterion] for criterion in tie) for tie in ranking)
