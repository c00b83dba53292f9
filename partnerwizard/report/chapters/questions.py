"""Questions for a non-executive to ask, made from what is weakest in this very case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from partnerwizard.appraisal.model import OptionResult
from partnerwizard.report.blocks import Bullets, Heading, Paragraph, Section, Spans, bold, spans
from partnerwizard.report.chapters.closed import shown_gates
from partnerwizard.report.chapters.precedents import near
from partnerwizard.report.view import AUTHORITY, View
from partnerwizard.report.words import counted, day, inline, listed, percent, points, sentence

MOST = 10
_NEAR = 0.2
"""A weight that tips the answer within so much of where it stands is worth a question."""

_NEAR_RATING = 20.0
_FEW = 2
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")

_Kind = Iterator[Spans]
_STATES = {"missing": "is missing", "partly": "is only partly in place"}
_CLOSING = {"ruled-out": "ruled out", "set-aside": "set aside"}


def questions(view: View) -> Section | None:
    """At most ten, the weakest points first; one of each kind before a second of any."""
    found = ask(view)
    if not found:
        return None
    number = _NUMBERS[len(found)]
    title = f"{number} question{'' if len(found) == 1 else 's'} that a non-executive should ask"
    intro = "Made from the weakest points of this very case. None is an argument for or against."
    return Section(Heading(2, title, "questions"), (Paragraph(spans(intro)), Bullets(tuple(found), numbered=True)))


def ask(view: View) -> list[Spans]:
    """The questions in the order in which they are worth asking."""
    kinds = (
        _no_cause(view),
        _rules(view),
        _to_find_out(view),
        _unknown_cells(view),
        _judged(view),
        _tipping(view),
        _lacking(view),
        _precedents(view),
        _ratings(view),
        _money(view),
        _against_today(view),
        _authority(view),
        _own_figures(view),
        _overdue(view),
        _alternatives(view),
        _readiness_unasked(view),
    )
    return list(islice(_in_turn(kinds), MOST))


def _in_turn(kinds: Iterable[_Kind]) -> _Kind:
    """One of each kind before a second of any; none is made that is not taken, for it would number its sources."""
    waiting = [iter(kind) for kind in kinds]
    while waiting:
        for kind in tuple(waiting):
            try:
                yield next(kind)
            except StopIteration:
                waiting.remove(kind)


def _shown(view: View) -> list[OptionResult]:
    return [option for option in view.named if not view.is_carry_on(option)]


def _no_cause(view: View) -> _Kind:
    if not view.case.causes:
        yield spans(
            bold("What lies behind the problem? "),
            "No diagnosed cause was named, so no option could be tested against one.",
        )
    elif not view.case.held_causes:
        yield spans(
            bold("How sure are we of the cause? "), "Every cause is held with low confidence, so none closed an option."
        )


def _rules(view: View) -> _Kind:
    for option in _shown(view):
        for gate in shown_gates(option):
            if gate.state == "unknown" and gate.effect in _CLOSING and gate.lifted is None:
                facts = listed(dict.fromkeys(inline(view.fact_name(fact)) for fact in gate.missing))
                yield spans(
                    bold(f"Who settles whether the rule “{gate.title}” applies, and when? "),
                    f"If it does, {inline(view.name(option))} is {_CLOSING[gate.effect]}.",
                    f" It turns on: {facts}." if facts else "",
                )


def _to_find_out(view: View) -> _Kind:
    for each in view.appraisal.find_out:
        if each.could_change_the_answer:
            partner = each.about in view.case.partner_by_id
            whom = f" of {view.partner_name(each.about)}" if partner else ""
            yield spans(
                bold(f"When will “{inline(view.fact_name(each.fact))}”{whom} be known? "),
                "The answer to it could change the advice.",
            )


def _unknown_cells(view: View) -> _Kind:
    for option in _shown(view):
        for criterion in sorted(view.weighted, key=lambda each: -view.appraisal.weights[each.id].central):
            cell = option.ratings.get(criterion.id)
            if cell is not None and cell.ground == "unknown":
                weight = percent(view.appraisal.weights[criterion.id].central)
                yield spans(
                    bold(f"{view.form_name(option.form)}: what would it do for “{inline(criterion.name)}”? "),
                    f"Neither study nor reasoning settles it, and this carries {weight} of the weight at the middle.",
                )


def _judged(view: View) -> _Kind:
    rests = view.appraisal.rests_on
    leader = view.leader
    if rests is None or leader is None or not view.named:
        return
    for criterion, value in view.contrast(leader, view.rival)[:_FEW]:
        if criterion != AUTHORITY and value >= 1 and view.ground(leader, criterion) == "judgement":
            yield spans(
                bold(f"Do those who do the work believe the gain in “{inline(view.criterion_name(criterion))}”? "),
                f"It brings {points(value)} points to {inline(view.name(leader))}, and rests on judgement alone. "
                f"Of the whole difference, {percent(rests.judgement)} does.",
            )


def _tipping(view: View) -> _Kind:
    tips = sorted(view.appraisal.tipping, key=lambda tip: abs(tip.to - tip.from_))
    for tip in tips[:_FEW]:
        if abs(tip.to - tip.from_) <= _NEAR:
            name = inline(view.criterion_name(tip.criterion))
            yield spans(
                bold(f"How sure are we of how much “{name}” matters? "),
                f"At {percent(tip.to)} of the weight rather than {percent(tip.from_)}, "
                f"{inline(view.name(tip.winner))} would be first.",
            )


def _lacking(view: View) -> _Kind:
    names = {ingredient.id: ingredient.name for ingredient in view.pack.ingredients}
    for state, words in _STATES.items():
        for each in view.appraisal.readiness:
            if each.leaned_on and each.state == state:
                name = names.get(each.ingredient, each.ingredient)
                yield spans(
                    bold(f"Who puts this in place, and by when: {inline(name)}? "),
                    f"With {view.partner_name(each.partner)} it {words}, and the form leans on it.",
                )


def _precedents(view: View) -> _Kind:
    found = near(view)
    here = {option.form for option in view.named}
    if here and found and not any(precedent.form in here for precedent, _ in found):
        forms = listed(dict.fromkeys(inline(view.form_name(precedent.form)) for precedent, _ in found))
        yield spans(bold("Why do we differ from the nearest precedents? "), f"They chose {forms}.")
    alike = [precedent for precedent, _ in found if precedent.form in here]
    own = [precedent for precedent in view.pack.precedents if precedent.form in here and precedent not in alike]
    for precedent in (*alike, *own)[:_FEW]:
        yield spans(
            bold(f"What is different here from “{precedent.title}” ({precedent.years})? "),
            sentence(precedent.outcome),
            " ",
            view.cite(precedent.sources),
        )


def _ratings(view: View) -> _Kind:
    for change in view.appraisal.smallest_changes:
        if change.kind == "rating" and change.size <= _NEAR_RATING:
            yield spans(bold("Who has checked the rating that matters most? "), sentence(view.brief(change.sentence)))


def _money(view: View) -> _Kind:
    unpriced = [option for option in _shown(view) if option.money is None]
    if unpriced:
        forms = listed(inline(view.form_name(option.form)) for option in unpriced)
        yield spans(
            bold("What would the change cost once, and who pays? "),
            f"No published figure was found for {forms}, and money is in no score.",
        )


def _against_today(view: View) -> _Kind:
    comparator = view.options.get(view.appraisal.reference.comparator)
    if comparator is None:
        return
    for option in _shown(view):
        share = view.beats(option, comparator)
        if share is not None and share < view.pack.head.method.clear.value:
            yield spans(
                bold(f"Why not {inline(view.name(comparator))}? "),
                f"{view.name(option)} is ahead of it in {percent(share)} of the ways that fit, and from "
                f"{percent(view.pack.head.method.clear.value)} on a difference is called clear here.",
            )


def _authority(view: View) -> _Kind:
    for option in _shown(view):
        if option.authority_shortfall > 0:
            yield spans(
                bold("Who can settle a dispute that the partners cannot? "),
                f"The job needs authority of {option.authority_need:g} on a scale of 0 to 3, and "
                f"{inline(view.name(option))} is {option.authority_shortfall:g} short.",
            )


def _own_figures(view: View) -> _Kind:
    if view.case.overrides:
        count = counted(len(view.case.overrides), "rating")
        yield spans(
            bold("Who gave our own ratings, and on what grounds? "),
            f"{count} of ours stand in place of the guidance’s.",
        )
    if view.case.lifted:
        count = counted(len(view.case.lifted), "rule")
        yield spans(bold("Why did we set rules aside? "), f"{count} no longer count, for reasons given by the trust.")


def _overdue(view: View) -> _Kind:
    for overdue in view.appraisal.overdue:
        gate = view.pack.gate_by_id.get(overdue)
        if gate is not None:
            yield spans(
                bold(f"Has the rule “{gate.title}” been checked against the law of today? "),
                f"Its review was due by {day(gate.review_by)}.",
            )


def _alternatives(view: View) -> _Kind:
    if _shown(view) and len(view.case.partners) == 1:
        yield spans(
            bold("Who else could be the partner? "),
            f"{view.partner_name(view.case.partners[0].id)} is the only one in this case.",
        )


def _readiness_unasked(view: View) -> _Kind:
    for partner in dict.fromkeys(each.partner for each in view.appraisal.readiness):
        own = [each for each in view.appraisal.readiness if each.partner == partner]
        if all(each.state == "unknown" for each in own):
            yield spans(
                bold(f"Is the partnership with {view.partner_name(partner)} ready? "),
                f"Nothing was answered about its {len(own)} ingredients of success.",
            )
