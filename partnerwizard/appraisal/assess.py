"""Options, gates, ratings and values of a case, without draws: quick enough to ask "what if" many times."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from partnerwizard.appraisal import gates
from partnerwizard.appraisal.facts import CAUSES, Supposed, conditions_of, read_by_form
from partnerwizard.appraisal.gates import Judge, Standing
from partnerwizard.appraisal.local import with_local
from partnerwizard.appraisal.model import Interval, Status
from partnerwizard.appraisal.options import Option, options
from partnerwizard.appraisal.ratings import Rater, as_unknown
from partnerwizard.appraisal.weights import weights_of
from partnerwizard.case.model import Case
from partnerwizard.decision.stated import WeightSet
from partnerwizard.decision.table import Table
from partnerwizard.pack.conditions import Condition, Truth
from partnerwizard.pack.model import Ground, Pack

SCORED: frozenset[Status] = frozenset({"open", "needs", "unresolved", "in-place"})
RECOMMENDABLE: frozenset[Status] = frozenset({"open", "needs", "unresolved"})
CLOSED: frozenset[Status] = frozenset({"set-aside", "ruled-out"})


@dataclass(frozen=True)
class Assessed:
    """One option as it stands: gates, status, the authority it is short of, ratings and what they rest on."""

    option: Option
    standings: tuple[Standing, ...]
    status: Status
    authority_need: float
    shortfall: float
    intervals: Mapping[str, Interval]
    grounds: Mapping[str, Ground]


class Assessment:
    """Every option of a case as it stands, and its value at central weights and likely ratings."""

    def __init__(self, pack: Pack, case: Case, as_of: date) -> None:
        self._begin(with_local(pack, case), case, Judge(with_local(pack, case), case, as_of))
        self.rater = Rater(self.judge)
        self.options = options(self.pack, case)
        self.assessed = tuple(self._assess_one(self.judge, option) for option in self.options)

    def _begin(self, pack: Pack, case: Case, judge: Judge) -> None:
        self.pack, self.case, self.judge = pack, case, judge
        self.weights: WeightSet = weights_of(pack, case)
        self.central = self.weights.central()

    def reweighed(self, case: Case) -> Assessment:
        """The assessment of a case that differs in weights and in the user's own ratings alone, quickly.

        Only options of forms whose own ratings changed are done anew.
        """
        again = Assessment.__new__(Assessment)
        again._begin(self.pack, case, Judge(self.pack, case, self.judge.as_of, base=self.judge))
        again.rater, again.options, again.assessed = self.rater, self.options, self.assessed
        if forms := {each.form for each in {*self.case.overrides} ^ {*case.overrides}}:
            again.rater = Rater(again.judge)
            again.assessed = tuple(
                again._assess_one(again.judge, each.option) if each.option.form.id in forms else each
                for each in self.assessed
            )
        return again

    def suppose(self, supposed: Supposed) -> tuple[Assessed, ...]:
        """The options as they would stand with these facts; only those that depend on them are done anew."""
        judge = self.judge.suppose(supposed)
        return tuple(
            self._assess_again(judge, each) if self._depends(each.option, judge, supposed) else each
            for each in self.assessed
        )

    def _depends(self, option: Option, judge: Judge, supposed: Supposed) -> bool:
        """Whether an option can change with these facts: its form reads one, about the trust or one of its partners."""
        if judge.affected.isdisjoint(self._read_by_form[option.form.id]):
            return False
        everyone = "none" in option.form.takes
        return everyone or any(partner is None or partner in option.partners for _, partner in supposed)

    def _assess_again(self, judge: Judge, before: Assessed) -> Assessed:
        """An option under a judge who supposes something; where gates alone come out otherwise, they alone are done."""
        option, roles = before.option, self.pack.head.roles
        if not judge.affected.isdisjoint((CAUSES, roles.reach, roles.fixed_form)):
            return self._assess_one(judge, option)  # hurdles that compare facts themselves
        changed = {
            id(condition)
            for condition in self._conditions(option.form.id, judge.affected)
            if judge.truth(option, condition) is not self.judge.truth(option, condition)
        }
        if not changed:
            return before
        if not changed <= self._gates_alone or judge.fixed_form(option) is not None:
            return self._assess_one(judge, option)
        found = gates.standings_again(judge, option, before.standings)
        return replace(before, standings=found, status=gates.status(judge, option, found))

    @cached_property
    def _gates_alone(self) -> frozenset[int]:
        """The conditions that nothing but gates has."""
        others = {id(self.pack.head.roles.fixed_form_when)}
        others.update(id(form.in_place_when) for form in self.pack.forms)
        others.update(id(need.when) for need in self.pack.authority_needs)
        others.update(id(adjustment.when) for adjustment in self.pack.adjustments)
        return frozenset(id(gate.when) for gate in self.pack.gates) - others

    def _conditions(self, form: str, affected: frozenset[str]) -> tuple[Condition, ...]:
        """The conditions of a form that read one of these facts."""
        key = (form, affected)
        if key not in self._reading:
            self._reading[key] = tuple(
                condition for condition, read in self._read_in[form] if not affected.isdisjoint(read)
            )
        return self._reading[key]

    @cached_property
    def _reading(self) -> dict[tuple[str, frozenset[str]], tuple[Condition, ...]]:
        return {}

    @cached_property
    def _read_in(self) -> Mapping[str, list[tuple[Condition, frozenset[str]]]]:
        """Every condition that the rules about each form have, with the facts that it reads."""
        return {
            form.id: [(condition, frozenset(condition.facts())) for condition in conditions_of(self.pack, form)]
            for form in self.pack.forms
        }

    @cached_property
    def _read_by_form(self) -> Mapping[str, frozenset[str]]:
        return read_by_form(self.pack)

    @cached_property
    def reference(self) -> Assessed:
        """Carrying on as now."""
        return next(each for each in self.assessed if each.option.form.id == self.pack.head.reference)

    @property
    def closed(self) -> bool:
        """Whether carrying on is closed: it is then still valued, but no contestant."""
        return self.reference.status in CLOSED

    def table(self, assessed: Sequence[Assessed], as_unknown_grounds: Collection[Ground] = ()) -> Table:
        """The decision table of these options over all criteria; ratings of the grounds named are taken as unknown."""
        unknown = as_unknown(self.pack)
        rows = [
            [
                unknown[criterion.id]
                if each.grounds[criterion.id] in as_unknown_grounds
                else each.intervals[criterion.id]
                for criterion in self.pack.criteria
            ]
            for each in assessed
        ]
        form_numbers = {form.id: number for number, form in enumerate(self.pack.forms)}
        return Table(
            low=np.array([[cell.low for cell in row] for row in rows]),
            likely=np.array([[cell.likely for cell in row] for row in rows]),
            high=np.array([[cell.high for cell in row] for row in rows]),
            penalty=np.array([self.penalty(each) for each in assessed]),
            draw=np.array([form_numbers[each.option.form.id] for each in assessed]),
        )

    def penalty(self, each: Assessed) -> float:
        """Points that the shortfall of authority takes off the option's value."""
        return each.shortfall * self.pack.head.method.authority_points.value

    def likely_value(self, each: Assessed) -> float:
        """The option's value at central weights and likely ratings."""
        known = self._likely.get(id(each))
        if known is not None:
            return known
        weighed = sum(weight * each.intervals[criterion].likely for criterion, weight in self._weighted)
        return max(0.0, weighed - self.penalty(each))

    @cached_property
    def _likely(self) -> Mapping[int, float]:
        """The likely values of the options as they are, which most what-ifs leave as they are."""
        self.__dict__["_likely"] = {}
        return {id(each): self.likely_value(each) for each in self.assessed}

    @cached_property
    def _weighted(self) -> tuple[tuple[str, float], ...]:
        """The criteria that weigh something, with their central weights."""
        return tuple((c.id, float(w)) for c, w in zip(self.pack.criteria, self.central, strict=True) if w > 0)

    def _assess_one(self, judge: Judge, option: Option) -> Assessed:
        intervals = self.rater.intervals(judge, option)
        grounds = self.rater.grounds(option)
        likely = {
            criterion: None if grounds[criterion] == "unknown" else cell.likely for criterion, cell in intervals.items()
        }
        found = gates.standings(judge, option, likely)
        need = 0.0
        if option.form.id != self.pack.head.reference:
            need = max(
                (each.need for each in self.pack.authority_needs if judge.truth(option, each.when) is Truth.HOLDS),
                default=0.0,
            )
        return Assessed(
            option=option,
            standings=found,
            status=gates.status(judge, option, found),
            authority_need=need,
            shortfall=max(0.0, need - option.form.authority),
            intervals=intervals,
            grounds=grounds,
        )


def contestants(
    pack: Pack, assessed: Iterable[Assessed], value: Mapping[str, float], without: Collection[Status] = ()
) -> tuple[Assessed, ...]:
    """Each form (or family that counts as one) by its open option of highest likely value; carry-on unless closed.

    `value`: likely values by option id. `without`: statuses to leave out. In the order of the options.
    """
    best: dict[str, Assessed] = {}
    for each in assessed:
        if each.status not in RECOMMENDABLE or each.status in without:
            continue
        family = each.option.form.contest_family or each.option.form.id
        rival = best.get(family)
        if rival is None or (-value[each.option.id], each.option.id) < (-value[rival.option.id], rival.option.id):
            best[family] = each
    entered = {each.option.id for each in best.values()}
    return tuple(each for each in assessed if each.option.id in entered)
