"""The verdict again and again while weights or own ratings move: draws are kept, so that only what was moved moves.

For sliders. Whatever a case says otherwise (facts, partners, causes, red lines) is taken as it was at the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from partnerwizard.appraisal.assess import Assessment, contestants
from partnerwizard.appraisal.deciding import (
    both_drawings,
    count,
    draw_weights,
    in_the_contest,
    rating_stream,
    reach_verdict,
    scored_and_valued,
)
from partnerwizard.appraisal.model import Contestant, Status, Verdict
from partnerwizard.case.model import Case
from partnerwizard.decision.sampling import UnitDraws
from partnerwizard.pack.model import Pack

MOVES: Final = frozenset({"aims", "terms", "swing", "points", "overrides"})
"""The parts of a case that may change while it is live."""

DRAWS: Final = 2000
"""Draws for a picture that moves: a share's standard error is then at most 0.011."""


@dataclass(frozen=True)
class Live:
    """What a moving picture needs, with the figures that an appraisal with as many draws and the same seed has.

    verdict: kind, options named, shares and sentence. forms: the contestants and whom they beat how often. central:
    weights by criterion, sum 1. values: likely value of each option that is scored, 0-100, in the options' order; of
    carrying on too where it is closed. rank_shares: of each option that is scored, best place first. statuses: of
    every option; own ratings can move one across a red line.
    """

    verdict: Verdict
    forms: tuple[Contestant, ...]
    central: Mapping[str, float]
    values: Mapping[str, float]
    rank_shares: Mapping[str, tuple[float, ...]]
    statuses: Mapping[str, Status]


class LiveAppraisal:
    """A case made ready once; after that, each change of weights or own ratings is appraised within a few ms.

    Pure: the same case gives the same figures, whatever was asked before. Not for two threads at once.
    """

    def __init__(self, pack: Pack, case: Case, *, as_of: date, seed: int, samples: int = DRAWS) -> None:
        """Takes about as long as a first look at the facts: some 10 ms. Raises ValueError if samples is below 1."""
        if samples < 1:
            raise ValueError(f"{samples} draws are too few")
        self._samples, self._seed = samples, seed
        self._start = Assessment(pack, case, as_of)
        pack = self._start.pack
        self._draws = UnitDraws(
            range(len(pack.forms)), len(pack.criteria), samples, rating_stream(seed), both_drawings(pack)
        )

    def takes(self, case: Case) -> bool:
        """Whether the case differs from the first one only in what may move (`MOVES`), so that `at` can answer."""
        first = self._start.case
        return case is first or all(
            getattr(case, name) == getattr(first, name) for name in Case.model_fields if name not in MOVES
        )

    def at(self, case: Case) -> Live:
        """The case as it stands now. Raises ValueError if it differs in more than what may move."""
        if not self.takes(case):
            raise ValueError("the case differs in more than weights and own ratings; make it ready anew")
        assessment = self._start.reweighed(case)
        scored, valued = scored_and_valued(assessment)
        value = {each.option.id: assessment.likely_value(each) for each in valued}
        weights = draw_weights(assessment, self._samples, self._seed)
        drawn = count(valued, len(scored), self._draws.values(assessment.table(valued), weights))
        entered = contestants(assessment.pack, assessment.assessed, value)
        verdict = reach_verdict(assessment, entered, valued, value, drawn, weights)
        return Live(
            verdict=verdict,
            forms=in_the_contest(entered, verdict, drawn),
            central={c.id: float(w) for c, w in zip(assessment.pack.criteria, assessment.central, strict=True)},
            values=value,
            rank_shares={each.option.id: tuple(row) for each, row in zip(scored, drawn.ranks.tolist(), strict=True)},
            statuses={each.option.id: each.status for each in assessment.assessed},
        )
