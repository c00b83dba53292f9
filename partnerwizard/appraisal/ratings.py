"""What each option scores on each criterion: the pack's interval moved by the facts, or the user's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from partnerwizard.appraisal.gates import Judge
from partnerwizard.appraisal.model import Cell, Interval, Moved
from partnerwizard.appraisal.options import Option
from partnerwizard.case.model import OwnRating
from partnerwizard.pack.conditions import Truth
from partnerwizard.pack.model import Adjustment, Criterion, Ground, Pack, Rating

FULL_SCALE = (0.0, 100.0)


class Rater:
    """Rates options of a case; the intervals before adjustment are worked out once for each form."""

    def __init__(self, judge: Judge) -> None:
        pack, case = judge.pack, judge.case
        self._pack = pack
        self._overrides: dict[tuple[str, str], OwnRating] = {
            (option.id, criterion): rating
            for option in case.local_options
            for criterion, rating in option.ratings.items()
        }
        self._overrides |= {(each.form, each.criterion): each for each in case.overrides}
        self._moving: dict[tuple[str, str], list[Adjustment]] = defaultdict(list)
        for adjustment in pack.adjustments:
            for form in adjustment.forms:
                for criterion in adjustment.criteria:
                    self._moving[form, criterion].append(adjustment)
        self._before: dict[tuple[str, str], Interval] = {}
        for rated in pack.forms:
            for scale in pack.criteria:
                if scale.id in rated.ratings:
                    self._before[rated.id, scale.id] = interval(pack, scale, rated.ratings[scale.id])

    def grounds(self, option: Option) -> dict[str, Ground]:
        """What each of the option's ratings rests on, by criterion; a user's own rating is judgement."""
        return {
            criterion.id: self._rating(option, criterion).ground
            if (option.form.id, criterion.id) not in self._overrides
            else "judgement"
            for criterion in self._pack.criteria
        }

    def intervals(self, judge: Judge, option: Option) -> dict[str, Interval]:
        """The option's ratings after adjustments, by criterion."""
        return {criterion.id: self._after(judge, option, criterion)[0] for criterion in self._pack.criteria}

    def likely(self, judge: Judge, option: Option) -> Mapping[str, float | None]:
        """The option's likely ratings by criterion, None where the rating is unknown."""
        grounds = self.grounds(option)
        return {
            criterion: None if grounds[criterion] == "unknown" else found.likely
            for criterion, found in self.intervals(judge, option).items()
        }

    def cells(self, judge: Judge, option: Option) -> dict[str, Cell]:
        """The option's ratings with what they rest on, for explaining."""
        found: dict[str, Cell] = {}
        for criterion in self._pack.criteria:
            after, moved = self._after(judge, option, criterion)
            rating = self._rating(option, criterion)
            override = self._overrides.get((option.form.id, criterion.id))
            found[criterion.id] = Cell(
                low=after.low,
                likely=after.likely,
                high=after.high,
                ground="judgement" if override else rating.ground,
                confidence=None if override else rating.confidence,
                reason=f"Your own rating: {override.reason}" if override else rating.reason,
                sources=() if override else rating.sources,
                adjustments=moved,
                original=self._before[option.form.id, criterion.id] if override else None,
            )
        return found

    def _rating(self, option: Option, criterion: Criterion) -> Rating:
        return option.form.ratings[criterion.id]

    def _after(self, judge: Judge, option: Option, criterion: Criterion) -> tuple[Interval, tuple[Moved, ...]]:
        key = (option.form.id, criterion.id)
        if (override := self._overrides.get(key)) is not None:
            return _own(override), ()
        before = self._before[key]
        if self._rating(option, criterion).ground == "unknown":
            return before, ()
        holding = [each for each in self._moving.get(key, ()) if judge.truth(option, each.when) is Truth.HOLDS]
        if not holding:
            return before, ()
        cap = self._pack.head.method.adjustment_cap.value
        by = min(max(sum(each.points for each in holding), -cap), cap)
        largest_first = sorted(holding, key=lambda each: -abs(each.points))
        moved = tuple(
            Moved(id=each.id, points=each.points, reason=each.reason, sources=each.sources) for each in largest_first
        )
        low, likely, high = (_clipped(end + by) for end in (before.low, before.likely, before.high))
        return Interval(low=low, likely=likely, high=high), moved


def interval(pack: Pack, criterion: Criterion, rating: Rating) -> Interval:
    """A rating as [low, likely, high] on 0-100. Unknown: carry-on's place in the middle and the whole scale as range.

    The likely value is carry-on's place plus 25 points a level; the half-width goes by ground, and confidence widens it
    without moving the middle. All three are clipped to the scale.
    """
    method = pack.head.method
    if rating.level is None or rating.confidence is None:
        return Interval(low=FULL_SCALE[0], likely=criterion.carry_on, high=FULL_SCALE[1])
    width = {
        "studied": method.half_widths.studied,
        "by-design": method.half_widths.by_design,
        "judgement": method.half_widths.judgement,
    }[rating.ground] * method.confidence_factors[rating.confidence]
    likely = _clipped(criterion.carry_on + rating.level * method.points_per_level.value)
    return Interval(low=_clipped(likely - width), likely=likely, high=_clipped(likely + width))


def as_unknown(pack: Pack) -> dict[str, Interval]:
    """The interval of an unknown cell on each criterion: the same for every form."""
    return {
        criterion.id: Interval(low=FULL_SCALE[0], likely=criterion.carry_on, high=FULL_SCALE[1])
        for criterion in pack.criteria
    }


def _own(override: OwnRating) -> Interval:
    return Interval(low=override.low, likely=override.likely, high=override.high)


def _clipped(points: float) -> float:
    return min(max(points, FULL_SCALE[0]), FULL_SCALE[1])
