"""From rankings and the swing question to the set of weights that fits what was said."""

from __future__ import annotations

from partnerwizard.case.model import Case, Ranking
from partnerwizard.decision.weights import BranchedWeights, Order
from partnerwizard.pack.model import Pack


def weights_of(pack: Pack, case: Case) -> BranchedWeights:
    """All weights that fit the case; columns are the pack's criteria in order.

    Aims that were not chosen weigh nothing; with none chosen, all are tied. Terms that were not named follow those that
    were, as one tie, so that none ever weighs nothing by silence. The swing is stored as [low, high] of 100.
    """
    columns = {criterion.id: number for number, criterion in enumerate(pack.criteria)}
    aims = case.aims or (tuple(criterion.id for criterion in pack.branch("aims")),)
    named = {term for tie in case.terms for term in tie}
    rest = tuple(criterion.id for criterion in pack.branch("terms") if criterion.id not in named)
    terms = (*case.terms, rest) if rest else case.terms
    method = pack.head.method
    return BranchedWeights(
        columns=len(columns),
        aims=_order(aims, columns),
        terms=_order(terms, columns),
        terms_share=(method.terms_share_low.value, method.terms_share_high.value),
        swing=None if case.swing is None else (case.swing[0] / 100, case.swing[1] / 100),
    )


def _order(ranking: Ranking, columns: dict[str, int]) -> Order:
    return tuple(tuple(columns[criterion] for criterion in tie) for tie in ranking)
