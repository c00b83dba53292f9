"""What a what-if does to the answer, in words and figures: two appraisals of one case side by side."""

from __future__ import annotations

from dataclasses import dataclass

from partnerwizard.appraisal.model import Appraisal, OptionResult
from partnerwizard.pack.model import Pack
from partnerwizard.report.words import STATUS, VERDICT, inline, points

PLACES = ("1st", "2nd", "3rd")


@dataclass(frozen=True)
class Standing:
    """A form by its best option: points against carrying on, and its place among those that took part."""

    points: float | None
    place: int | None
    status: str


@dataclass(frozen=True)
class Moved:
    """A form before and after."""

    form: str
    name: str
    before: Standing
    after: Standing

    @property
    def difference(self) -> float | None:
        """Points more or less than before; None where one of the two has none."""
        if self.before.points is None or self.after.points is None:
            return None
        return self.after.points - self.before.points

    @property
    def in_words(self) -> str:
        """What moved, in a few words."""
        if self.before.points is None and self.after.points is None:
            return "no change"
        if self.after.points is None:
            return f"now {self.after.status.lower()}"
        if self.before.points is None:
            return f"was {self.before.status.lower()}"
        moved = self.difference or 0.0
        words = f"{points(moved)} points" if round(moved) else "no change"
        if self.before.place != self.after.place and self.before.place and self.after.place:
            words += f", from {ordinal(self.before.place)} to {ordinal(self.after.place)}"
        return words


def ordinal(place: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    return PLACES[place - 1] if place <= len(PLACES) else f"{place}th"


def moved(pack: Pack, before: Appraisal, after: Appraisal) -> tuple[Moved, ...]:
    """Every form that has points in one of the two, the best after the change first."""
    was, now = _standings(before), _standings(after)
    gone = Standing(None, None, "not among the options")
    found = [
        Moved(form, _name(pack, form), was.get(form, gone), now.get(form, gone))
        for form in dict.fromkeys((*now, *was))
        if any(standing.points is not None for standing in (was.get(form, gone), now.get(form, gone)))
    ]

    def worse(each: Moved) -> tuple[float, str]:
        return (float("inf") if each.after.points is None else -each.after.points, each.form)

    return tuple(sorted(found, key=worse))


def in_a_sentence(pack: Pack, before: Appraisal, after: Appraisal) -> str:
    """What the change does to the verdict and to who leads."""
    kinds = (VERDICT[before.verdict.kind].lower(), VERDICT[after.verdict.kind].lower())
    leaders = [_leader(pack, each) for each in (before, after)]
    if kinds[0] == kinds[1] and before.verdict.options == after.verdict.options:
        return "The answer stays the same."
    parts = []
    if leaders[0] != leaders[1] and leaders[0] and leaders[1]:
        parts.append(f"{leaders[1]} comes to the front instead of {inline(leaders[0])}")
    elif leaders[1] and leaders[0] == leaders[1]:
        parts.append(f"{leaders[1]} stays in front")
    if kinds[0] != kinds[1]:
        parts.append(f"the answer is “{kinds[1]}” instead of “{kinds[0]}”")
    if not parts:
        parts.append("the answer names other options")
    words = ", and ".join(parts)
    return f"{words[:1].upper()}{words[1:]}."


def _standings(appraisal: Appraisal) -> dict[str, Standing]:
    start = appraisal.reference.value.likely
    best: dict[str, OptionResult] = {}
    for option in appraisal.options:
        held = best.get(option.form)
        if held is None or _likely(option) > _likely(held):
            best[option.form] = option
    entered = {contestant.form: appraisal.option(contestant.option) for contestant in appraisal.forms}
    best.update(entered)
    order = sorted(entered, key=lambda form: (-_likely(entered[form]), entered[form].id))
    return {
        form: Standing(
            None if option.value is None else option.value.likely - start,
            order.index(form) + 1 if form in entered else None,
            STATUS[option.status],
        )
        for form, option in best.items()
        if form != appraisal.reference.id
    }


def _likely(option: OptionResult) -> float:
    return float("-inf") if option.value is None else option.value.likely


def _leader(pack: Pack, appraisal: Appraisal) -> str:
    leader = appraisal.verdict.leader
    return "" if leader is None else _name(pack, leader.partition(":")[0])


def _name(pack: Pack, form: str) -> str:
    found = pack.form_by_id.get(form)
    return found.name if found is not None else form
