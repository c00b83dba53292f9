"""Which options are open: dated gates on facts, the cause and reach hurdles, red lines and a fixed form.

Three-valued throughout: a fact that is not known leaves a gate unresolved and never closes a form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from partnerwizard.appraisal.facts import CAUSES, Facts, Supposed, affected_by
from partnerwizard.appraisal.model import GateResult, Status
from partnerwizard.appraisal.options import Option
from partnerwizard.case.model import Case, RedLine
from partnerwizard.pack.conditions import Condition, Truth
from partnerwizard.pack.model import Effect, Gate, Pack

CAUSE = "cause"
REACH = "reach"
RED_LINE = "red-line-"
FIXED_FORM = "fixed-form"
IN_PLACE = "in-place"


@dataclass(frozen=True, slots=True)
class Standing:
    """A gate as it stands for one option, before it is put in words. `gate` is None for hurdles and red lines."""

    id: str
    effect: Effect
    truth: Truth
    gate: Gate | None = None
    lifted: str | None = None
    red_line: RedLine | None = None

    @property
    def counts(self) -> bool:
        """Whether it may still close or condition the option: it holds or is unknown, and was not lifted."""
        return self.truth is not Truth.FAILS and self.lifted is None


class Judge:
    """Evaluates conditions for options and remembers the results.

    `suppose` gives a judge of the same case with one fact supposed; it evaluates anew only what reads that fact.
    """

    def __init__(
        self, pack: Pack, case: Case, as_of: date, supposed: Supposed | None = None, base: Judge | None = None
    ) -> None:
        self.pack = pack
        self.case = case
        self._supposed = supposed or {}
        self._base = base
        self.affected = frozenset[str]().union(*(affected_by(pack, fact) for fact, _ in self._supposed))
        self._facts: dict[str, Facts] = {}
        self._truths: dict[tuple[str, int], Truth] = {}
        self._reads: dict[int, frozenset[str]] = {} if base is None else base._reads
        self.as_of = as_of
        self.gates_of: Mapping[str, list[Gate]] = _gates_of(pack, as_of) if base is None else base.gates_of

    def suppose(self, supposed: Supposed) -> Judge:
        """The same case with other facts."""
        return Judge(self.pack, self.case, self.as_of, supposed, self)

    def facts(self, option: Option) -> Facts:
        """Facts as this option reads them; a form that takes no partner reads those of every partner named."""
        if option.id not in self._facts:
            everyone = tuple(self.case.partner_by_id) if "none" in option.form.takes else option.partners
            self._facts[option.id] = Facts(self.pack, self.case, everyone, option.direction, self._supposed)
        return self._facts[option.id]

    def truth(self, option: Option, condition: Condition) -> Truth:
        """What the condition comes to for the option."""
        key = (option.id, id(condition))
        if key not in self._truths:
            if self._base is not None and self.affected.isdisjoint(self._read_by(condition)):
                self._truths[key] = self._base.truth(option, condition)
            else:
                self._truths[key] = condition.evaluate(self.facts(option))
        return self._truths[key]

    def fixed_form(self, option: Option) -> str | None:
        """The form that the mandate fixes, where it does."""
        roles = self.pack.head.roles
        if self.truth(option, roles.fixed_form_when) is not Truth.HOLDS:
            return None
        (fixed,) = self.facts(option)(roles.fixed_form) or (None,)
        return fixed.values[0] if fixed is not None and fixed.values else None

    def _read_by(self, condition: Condition) -> frozenset[str]:
        if id(condition) not in self._reads:
            self._reads[id(condition)] = frozenset(condition.facts())
        return self._reads[id(condition)]


def standings(judge: Judge, option: Option, likely: Mapping[str, float | None]) -> tuple[Standing, ...]:
    """Every gate, hurdle and red line of an option. `likely`: its likely ratings by criterion, None where not known."""
    found: list[Standing] = []
    fixed = judge.fixed_form(option)
    for gate in judge.gates_of[option.form.id]:
        truth = judge.truth(option, gate.when)
        found.append(Standing(gate.id, _effect(judge, option, gate), truth, gate))
    condition = option.form.in_place_when
    if condition is not None and judge.truth(option, condition) is Truth.UNKNOWN:
        found.append(Standing(IN_PLACE, "caution", Truth.UNKNOWN))
    if option.form.id != judge.pack.head.reference:
        found.append(Standing(CAUSE, "set-aside", _misses_causes(judge, option)))
        found.append(Standing(REACH, "set-aside", _misses_reach(judge, option)))
    for number, red_line in enumerate(judge.case.red_lines, 1):
        truth = _crosses(red_line, option, likely)
        found.append(Standing(f"{RED_LINE}{number}", "set-aside", truth, red_line=red_line))
    if fixed is not None:
        if option.form.id == fixed:
            # The form was not a choice: what would make it a misfit is a warning about it, not a way out of it.
            found = [
                Standing(each.id, "caution", each.truth, each.gate, red_line=each.red_line)
                if each.effect == "set-aside"
                else each
                for each in found
            ]
        else:
            found.append(Standing(FIXED_FORM, "set-aside", Truth.HOLDS))
    return tuple(_lifted(judge.case, option, each) for each in found)


def standings_again(judge: Judge, option: Option, before: tuple[Standing, ...]) -> tuple[Standing, ...]:
    """The standings under a judge for whom nothing but conditions of gates comes out otherwise than before."""
    return tuple(
        each
        if each.gate is None
        else replace(each, effect=_effect(judge, option, each.gate), truth=judge.truth(option, each.gate.when))
        for each in before
    )


def status(judge: Judge, option: Option, found: tuple[Standing, ...]) -> Status:
    """The worst of what stands: ruled out, set aside, in place, unresolved, needs, open."""
    holding = {each.effect for each in found if each.counts and each.truth is Truth.HOLDS}
    if "ruled-out" in holding:
        return "ruled-out"
    if "set-aside" in holding:
        return "set-aside"
    if in_place(judge, option):
        return "in-place"
    unknown = {each.effect for each in found if each.counts and each.truth is Truth.UNKNOWN}
    if "ruled-out" in unknown or "set-aside" in unknown:
        return "unresolved"
    if "needs" in holding or "needs" in unknown:
        return "needs"
    return "open"


def in_place(judge: Judge, option: Option) -> bool:
    """Whether today's arrangement already is this form or more; a form that the mandate fixes never is."""
    condition = option.form.in_place_when
    if condition is None or judge.fixed_form(option) == option.form.id:
        return False
    return judge.truth(option, condition) is Truth.HOLDS


def causes_touched(judge: Judge, option: Option) -> tuple[str, ...]:
    """The causes held with confidence that the form touches; touching partly counts."""
    (causes,) = judge.facts(option)(CAUSES)
    return tuple(cause for cause in causes.values if cause in option.form.causes)


def in_words(judge: Judge, option: Option, each: Standing) -> GateResult:
    """A standing gate with its reason, sources and dates."""
    state: Literal["holds", "fails", "unknown"] = each.truth.value
    if each.gate is not None:
        return GateResult(
            id=each.id,
            title=each.gate.title,
            effect=each.effect,
            state=state,
            reason=each.gate.reason,
            step=each.gate.step,
            sources=each.gate.sources,
            basis=each.gate.basis,
            confidence=each.gate.confidence,
            in_force=each.gate.in_force,
            review_by=each.gate.review_by,
            missing=judge.facts(option).missing(each.gate.when) if each.truth is Truth.UNKNOWN else (),
            lifted=each.lifted,
        )
    title, reason, missing = _hurdle_words(judge, option, each)
    return GateResult(
        id=each.id,
        title=title,
        effect=each.effect,
        state=state,
        reason=reason,
        missing=missing if each.truth is Truth.UNKNOWN else (),
        lifted=each.lifted,
    )


def _hurdle_words(judge: Judge, option: Option, each: Standing) -> tuple[str, str, tuple[str, ...]]:
    pack = judge.pack
    form = option.form.name
    match each.id:
        case "cause":
            (causes,) = judge.facts(option)(CAUSES)
            named = ", ".join(pack.cause_by_id[cause].name.lower() for cause in causes.values)
            touched = ", ".join(pack.cause_by_id[cause].name.lower() for cause in causes_touched(judge, option))
            if each.truth is Truth.HOLDS:
                reason = (
                    f"{form} touches none of the causes held with confidence ({named}). It may go with another form."
                )
            elif touched:
                reason = f"{form} touches {touched}."
            else:
                reason = "No cause is held with confidence, so none closes a form."
            return "Does it touch the cause?", reason, (CAUSES,)
        case "reach":
            question = pack.question_by_id[pack.head.roles.reach]
            words = {choice.id: choice.text for choice in question.choices}
            fits = "; ".join(words[each_reach].lower() for each_reach in option.form.reach if each_reach in words)
            (reach,) = judge.facts(option)(question.id)
            said = words.get(reach.values[0], reach.values[0]).lower() if reach.values else "not known"
            reason = {
                Truth.HOLDS: f"The intended scale is {said}; {form} fits: {fits}.",
                Truth.FAILS: f"{form} fits the intended scale ({said}).",
                Truth.UNKNOWN: f"The intended scale is not known; {form} fits: {fits}.",
            }[each.truth]
            return "Does it fit the scale?", reason, (question.id,)
        case "in-place":
            condition = option.form.in_place_when
            assert condition is not None
            reason = f"Whether you already have this is not known: {form} may be in place."
            return "Is it in place already?", reason, judge.facts(option).missing(condition)
        case "fixed-form":
            fixed = judge.fixed_form(option)
            assert fixed is not None
            name = pack.form_by_id[fixed].name
            return "The form is fixed", f"The mandate fixes the form: {name}.", ()
    red_line = each.red_line
    assert red_line is not None
    owner = f" ({red_line.owner})" if red_line.owner else ""
    if red_line.aim is None:
        return "Red line", f"Red line{owner}: {red_line.text}", ()
    aim = pack.criterion_by_id[red_line.aim].name.lower()
    level = f"at least {red_line.at_least:g} points on {aim}"
    rest = "; how this form does there is not known" if each.truth is Truth.UNKNOWN else ""
    return "Red line", f"Red line{owner}: {red_line.text} ({level}{rest})", ()


def _gates_of(pack: Pack, as_of: date) -> Mapping[str, list[Gate]]:
    """The gates of each form that are in force on the day; a rule to come does not count before its day."""
    found: dict[str, list[Gate]] = defaultdict(list)
    for gate in pack.gates:
        for form in gate.forms if gate.in_force is None or gate.in_force <= as_of else ():
            found[form].append(gate)
    return found


def _effect(judge: Judge, option: Option, gate: Gate) -> Effect:
    """A closed legal route rules the form out only when no other route is left; otherwise another route is needed."""
    if gate.vehicle is None or gate.effect != "ruled-out":
        return gate.effect
    for vehicle in option.form.vehicles:
        if vehicle != gate.vehicle and not any(
            other.vehicle == vehicle
            and other.effect == "ruled-out"
            and judge.truth(option, other.when) is not Truth.FAILS
            for other in judge.gates_of[option.form.id]
        ):
            return "needs"
    return "ruled-out"


def _misses_causes(judge: Judge, option: Option) -> Truth:
    (causes,) = judge.facts(option)(CAUSES)
    if not causes.values:
        return Truth.FAILS
    return Truth.FAILS if causes_touched(judge, option) else Truth.HOLDS


def _misses_reach(judge: Judge, option: Option) -> Truth:
    if not option.form.reach:
        return Truth.FAILS
    (reach,) = judge.facts(option)(judge.pack.head.roles.reach)
    if not reach.known:
        everywhere = {choice.id for choice in judge.pack.question_by_id[judge.pack.head.roles.reach].choices}
        return Truth.FAILS if everywhere <= set(option.form.reach) else Truth.UNKNOWN
    return Truth.FAILS if not reach.values or reach.values[0] in option.form.reach else Truth.HOLDS


def _crosses(red_line: RedLine, option: Option, likely: Mapping[str, float | None]) -> Truth:
    if red_line.aim is None:
        return Truth.HOLDS if option.form.id in red_line.forms else Truth.FAILS
    rating = likely[red_line.aim]
    if rating is None:
        return Truth.UNKNOWN
    return Truth.HOLDS if rating < (red_line.at_least or 0) else Truth.FAILS


def _lifted(case: Case, option: Option, each: Standing) -> Standing:
    if each.effect != "set-aside":
        return each
    for lifted in case.lifted:
        if lifted.gate == each.id and lifted.option in {option.id, option.form.id}:
            return Standing(each.id, each.effect, each.truth, each.gate, lifted.reason, each.red_line)
    return each
