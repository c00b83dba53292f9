"""The appraisal in words: every sentence is made from the figures and gates it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from partnerwizard.appraisal.assess import Assessed, Assessment
from partnerwizard.appraisal.facts import Facts, key_facts_known, of_case
from partnerwizard.appraisal.local import local_option, with_local
from partnerwizard.appraisal.model import Appraisal, Interval, OptionResult, Verdict
from partnerwizard.appraisal.options import listed
from partnerwizard.appraisal.verdict import Shares
from partnerwizard.case.model import Case
from partnerwizard.pack.conditions import Truth
from partnerwizard.pack.model import Criterion, Pack

TWO_DRAWINGS = (
    "It would be stronger if the ratings were wrong in common only; drawn each on its own, they do not bear that out."
)
UNRESOLVED = "It is not called clear because a rule that could close an option is not settled."
CAUSE_NOT_KNOWN = "It is not called clear because the change is mandated and no cause is held with confidence."

STATUS_WORDS = {
    "open": "open",
    "needs": "open, with steps needed",
    "unresolved": "open, but a rule that could close it is not settled",
    "set-aside": "set aside",
    "ruled-out": "ruled out",
    "in-place": "already in place",
}
GROUND_WORDS = {
    "studied": "studied",
    "by-design": "by design",
    "judgement": "our judgement",
    "unknown": "not known",
}


def percent(share: float) -> str:
    """A share as whole per cent, rounded down, so that "at least" stays true; never 100 where it is not."""
    return f"{int(share * 100 + 1e-9)} %"


def mandated(assessment: Assessment) -> bool:
    """Whether the change is mandated, wholly or partly."""
    when = assessment.pack.head.roles.mandated_when
    return of_case(assessment.pack, assessment.case).evaluate(when) is Truth.HOLDS


def verdict_sentence(assessment: Assessment, verdict: Verdict, entered: Sequence[Assessed], shares: Shares) -> str:
    """The recommendation and its strength in one or two sentences."""
    by_id = {each.option.id: each for each in entered}
    parts = [*_fixed(assessment, verdict), *_enough(assessment), _main(assessment, verdict, by_id, shares)]
    parts += _family(assessment, verdict, by_id)
    parts += _another_partner(assessment, verdict)
    return " ".join(parts)


def comparator(assessment: Assessment, value: Mapping[str, float]) -> str:
    """What the options are really compared with: carry-on, or where it is closed the least structural open option."""
    if not assessment.closed:
        return assessment.reference.option.id
    order = {form.id: number for number, form in enumerate(assessment.pack.forms)}
    open_options = [each for each in assessment.assessed if each.status in {"open", "needs", "unresolved"}]
    if not open_options:
        return assessment.reference.option.id
    lightest = min(open_options, key=lambda each: (order[each.option.form.id], -value[each.option.id], each.option.id))
    return lightest.option.id


def cautions(
    assessment: Assessment,
    verdict: Verdict,
    recommended: Sequence[Assessed],
    entered: Sequence[Assessed],
    value: Mapping[str, float],
) -> tuple[str, ...]:
    """What the reader must not overlook: warnings about the named options, watched aims, unknown cells, limits."""
    found = list(verdict.limits)
    for each in recommended:
        found += [
            f"{each.option.name}: {_reason(standing.gate)}"
            for standing in each.standings
            if standing.gate is not None and standing.effect == "caution" and standing.truth is Truth.HOLDS
        ]
        found += _watched(assessment, each)
        if each.shortfall > 0:
            found.append(
                f"{each.option.name}: it brings less authority than the job seems to need (short by {each.shortfall:g} "
                "on a scale of 0 to 3)."
            )
    found += _own_ratings(assessment, recommended)
    found += _unknown_cells(assessment, verdict, entered, value)
    found += [
        f"{lifted.option} was brought back although “{lifted.gate}” sets it aside. Reason given: {lifted.reason}"
        for lifted in assessment.case.lifted
    ]
    if not assessment.closed and assessment.reference.option.id in verdict.options and len(verdict.options) > 1:
        found.append("Carrying on as now is in this group: the options named are not told apart from it.")
    return tuple(dict.fromkeys(found))


def option_in_words(pack: Pack, case: Case, appraisal: Appraisal, option: OptionResult) -> Iterator[str]:
    """Why an option is in or out and where its score comes from, a line at a time."""
    yield f"{option.name}: {STATUS_WORDS[option.status]}."
    form = with_local(pack, case).form_by_id[option.form]
    yield form.definition.text
    for gate in option.gates:
        if gate.state == "fails":
            continue
        short = ", ".join(
            pack.question_by_id[fact].short.lower() for fact in gate.missing if fact in pack.question_by_id
        )
        state = "applies" if gate.state == "holds" else f"not settled (not known: {short or 'its rating'})"
        dated = [f"in force {gate.in_force}"] if gate.in_force else []
        dated += [f"review by {gate.review_by}"] if gate.review_by else []
        sources = [f"sources: {', '.join(gate.sources)}"] if gate.sources else []
        detail = "; ".join([gate.basis, *dated, *sources])
        lifted = f" Brought back by the user: {gate.lifted}" if gate.lifted else ""
        yield f"- {gate.effect} ({gate.id}), {state}: {gate.reason} [{detail}]{lifted}"
    if option.causes_touched:
        yield f"It touches: {', '.join(pack.cause_by_id[cause].name.lower() for cause in option.causes_touched)}."
    if option.value is None or option.contributions is None:
        yield "It is not scored, because a gate has closed it."
        return
    reference = appraisal.reference.value.likely
    yield (
        f"Value {option.value.likely:.1f} of 100 (from {option.value.low:.1f} to {option.value.high:.1f}), "
        f"{option.value.likely - reference:+.1f} against carrying on; rank {option.rank}."
    )
    yield f"Aims {option.benefit:.1f}, terms {option.terms:.1f}, each of 100." if option.terms is not None else ""
    for name, points in sorted(option.contributions.items(), key=lambda each: -abs(each[1])):
        if name == "authority":
            if abs(points) > 1e-9:
                yield (
                    f"  {points:+6.2f}  authority: the job needs {option.authority_need:g}, the form brings "
                    f"{form.authority:g} [by design]"
                )
            continue
        cell = option.ratings[name]
        moved = "".join(f"; moved {each.points:+g}: {each.reason}" for each in cell.adjustments)
        yield (
            f"  {points:+6.2f}  {pack.criterion_by_id[name].name}: {cell.likely:g} ({cell.low:g} to {cell.high:g}), "
            f"{GROUND_WORDS[cell.ground]}: {cell.reason}{moved}"
            + (f" [{', '.join(cell.sources)}]" if cell.sources else "")
            + (f" Without it the guidance rates: {_range(cell.original)}." if cell.original is not None else "")
        )


def _range(rated: Interval) -> str:
    return f"{rated.likely:g} ({rated.low:g} to {rated.high:g})"


def _main(assessment: Assessment, verdict: Verdict, by_id: Mapping[str, Assessed], shares: Shares) -> str:
    names = [by_id[option].option.name for option in verdict.options]
    reference = assessment.reference.option.id
    share = percent(verdict.over_weights_and_ratings)
    match verdict.kind:
        case "nothing-open":
            if assessment.closed:
                return "Every form considered is closed, and so is carrying on. The facts or the limits must change."
            return "No form is open: none of those considered solves the problem within the limits set."
        case "not-enough-known":
            return _not_enough(assessment)
        case "clear" | "leading" if verdict.options == (reference,):
            strength = "is clearly ahead of" if verdict.kind == "clear" else "leads"
            return (
                f"{names[0]} {strength} every other form considered, in at least {share} of the ways of weighing and "
                "rating that fit the answers: not yet is the best answer."
            )
        case "clear" | "leading" if len(by_id) == 1:
            return f"{names[0]} is the only form left open."
        case "clear":
            return (
                f"{names[0]} is clearly ahead: it beats every other form considered in at least {share} of the ways of "
                "weighing and rating that fit the answers."
            )
        case "leading":
            return (
                f"{names[0]} leads: it is ahead of every other form considered in at least {share} of the ways of "
                "weighing and rating that fit the answers."
            )
        case "close-group":
            carry_on = (
                " The others are not told apart from carrying on."
                if reference in verdict.options and len(names) > 1
                else ""
            )
            return f"{listed(names)} are too close to tell apart.{carry_on}"
        case "no-clear-winner":
            close = [
                option
                for option in by_id
                if verdict.leader is not None
                and option != verdict.leader
                and shares[verdict.leader][option] < assessment.pack.head.method.leading.value
            ]
            untold = " None of them is told apart from carrying on." if reference in {verdict.leader, *close} else ""
            return f"No clear winner: {len(close) + 1} of the {len(by_id)} open forms are close to one another.{untold}"
    raise AssertionError(verdict.kind)


def _another_partner(assessment: Assessment, verdict: Verdict) -> Iterator[str]:
    """Where nothing is open with the partners named, carrying on is first for want of a partner, not on its merits."""
    if verdict.kind != "nothing-open" and verdict.options != (assessment.reference.option.id,):
        return
    with_partners = [each for each in assessment.assessed if each.option.partners]
    if with_partners and all(each.status in {"ruled-out", "set-aside"} for each in with_partners):
        names = listed([partner.name for partner in assessment.case.partners])
        yield f"No form with {names} is open, though: another partner may give another answer."


def _not_enough(assessment: Assessment) -> str:
    known, counted = key_facts_known(assessment.pack, assessment.case)
    if not assessment.case.aims:
        return "Not enough is known to advise: no aim has been chosen yet."
    return f"Not enough is known to advise: {known} of the {counted} facts that decide most are known."


def _fixed(assessment: Assessment, verdict: Verdict) -> Iterator[str]:
    fixed = assessment.judge.fixed_form(assessment.reference.option)
    if fixed is None:
        return
    yield f"The form was not a choice: the mandate fixes {assessment.pack.form_by_id[fixed].name}."
    if verdict.kind == "nothing-open":
        yield "Yet the rules close it; take that back to the body that mandated it."


def _enough(assessment: Assessment) -> Iterator[str]:
    """Where what exists with a partner is said to be enough, that comes first."""
    pack, case = assessment.pack, assessment.case
    when = pack.head.roles.enough_when
    names = [each.name for each in case.partners if Facts(pack, case, (each.id,)).evaluate(when) is Truth.HOLDS]
    if names:
        yield f"Keep and deepen what you already have with {listed(names)}: you say it is enough."


def _family(assessment: Assessment, verdict: Verdict, by_id: Mapping[str, Assessed]) -> Iterator[str]:
    """Merger and acquisition count as one: both routes are named where both are open."""
    for option in verdict.options:
        form = by_id[option].option.form
        if form.contest_family is None:
            continue
        routes = dict.fromkeys(
            each.option.form.name
            for each in assessment.assessed
            if each.option.form.contest_family == form.contest_family and each.status in {"open", "needs", "unresolved"}
        )
        if len(routes) > 1:
            yield f"{listed(list(routes))} count as one here; which of them is a choice of legal route."


def _reason(gate: object) -> str:
    return str(getattr(gate, "reason", ""))


def _watched(assessment: Assessment, each: Assessed) -> Iterator[str]:
    """A watched aim that was not chosen has no weight, but a named option that may harm it is warned about."""
    for criterion, weight in zip(assessment.pack.criteria, assessment.central, strict=True):
        if not criterion.watched or weight > 0 or each.grounds[criterion.id] == "unknown":
            continue
        if each.intervals[criterion.id].likely < assessment.reference.intervals[criterion.id].likely:
            name = criterion.name.lower()
            yield f"{each.option.name}: {name} may get worse than by carrying on; it was not among your aims."


def _own_ratings(assessment: Assessment, recommended: Sequence[Assessed]) -> Iterator[str]:
    """A named option that the trust added or rated itself: the guidance does not answer for that."""
    own = {(each.form, each.criterion) for each in assessment.case.overrides}
    for each in recommended:
        form = each.option.form
        if local_option(assessment.case, form.id) is not None:
            yield f"{each.option.name}: the trust added it. Its ratings are judgement; nothing published is about it."
        rated = [c.name.lower() for c in assessment.pack.criteria if (form.id, c.id) in own]
        if rated:
            yield f"{each.option.name}: the trust's own rating on {listed(rated)} takes the place of the guidance's."


def _unknown_cells(
    assessment: Assessment, verdict: Verdict, entered: Sequence[Assessed], value: Mapping[str, float]
) -> Iterator[str]:
    """The leader's unknown ratings at 0 and a rival's at 100: names the cells where that turns the order."""
    leader = next((each for each in entered if each.option.id == verdict.leader), None)
    if leader is None or verdict.kind not in {"clear", "leading"}:
        return
    own_unknown = _unknown(assessment, leader)
    worst = value[leader.option.id] - sum(weight * leader.intervals[c.id].likely for c, weight in own_unknown)
    ahead: list[str] = []
    cells = [f"{leader.option.form.name} on {criterion.name.lower()}" for criterion, _ in own_unknown]
    for rival in entered:
        unknown = [] if rival is leader else _unknown(assessment, rival)
        best = value[rival.option.id] + sum(weight * (100 - rival.intervals[c.id].likely) for c, weight in unknown)
        if rival is not leader and best > worst and (own_unknown or unknown):
            ahead.append(rival.option.form.name)
            cells += [f"{rival.option.form.name} on {criterion.name.lower()}" for criterion, _ in unknown]
    if ahead:
        yield (
            f"If all that is not known turned out against it, {leader.option.name} would fall behind {listed(ahead)}. "
            f"Not known: {'; '.join(cells)}."
        )


def _unknown(assessment: Assessment, each: Assessed) -> list[tuple[Criterion, float]]:
    return [
        (criterion, float(weight))
        for criterion, weight in zip(assessment.pack.criteria, assessment.central, strict=True)
        if weight > 0 and each.grounds[criterion.id] == "unknown"
    ]
