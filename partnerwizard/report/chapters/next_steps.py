"""What must be true for the advice to hold, and what to do next and by when."""

from __future__ import annotations

from collections.abc import Iterator

from partnerwizard.report.blocks import Spans, bold, spans
from partnerwizard.report.calendar import after, in_days, month
from partnerwizard.report.chapters.closed import shown_gates
from partnerwizard.report.text import first_sentences, one_line
from partnerwizard.report.view import View
from partnerwizard.report.words import day, inline, listed, months, sentence

_CLOSING = {"ruled-out": "rule it out", "set-aside": "set it aside"}
_DAYS = 90
_NEED = 150
_FACTS = 2


def must_be_true(view: View, most: int) -> list[Spans]:
    """What the advised option stands on: rules not settled, ingredients not there yet, and what the form needs."""
    if view.subject is None:
        return []
    found = [*list(_unsettled(view))[:1], *list(_lacking(view))[:1]]
    return [*found, *_needs(view)][:most]


def _unsettled(view: View) -> Iterator[Spans]:
    assert view.subject is not None
    for gate in shown_gates(view.subject):
        if gate.state == "unknown" and gate.effect in _CLOSING and gate.lifted is None:
            text = f" does not apply. It is not settled, and would {_CLOSING[gate.effect]}."
            yield spans(f"The rule “{gate.title}”", text)


def _lacking(view: View) -> Iterator[Spans]:
    """Ingredients that the form leans on and that are said to be missing or there in part."""
    names = {ingredient.id: ingredient.name for ingredient in view.pack.ingredients}
    states = {"missing": "is missing", "partly": "is only partly in place"}
    for state, words in states.items():
        for each in view.appraisal.readiness:
            if each.leaned_on and each.state == state:
                name = names.get(each.ingredient, each.ingredient)
                yield spans(f"{name} with {view.partner_name(each.partner)}: it {words}, and the form leans on it.")


def _needs(view: View) -> Iterator[Spans]:
    assert view.subject is not None
    for gate in shown_gates(view.subject):
        if gate.effect == "needs" and gate.state == "holds":
            yield spans(sentence(first_sentences(gate.step or gate.reason, _NEED)), " ", view.cite(gate.sources))
            break
    for claim in view.form(view.subject).needs:
        yield spans(sentence(first_sentences(claim.text, _NEED)), " ", view.cite(claim.sources))


def next_steps(view: View, most: int) -> list[Spans]:
    """The first step, what to find out, the first things to do with their day, when to look again, the fallback."""
    steps = [*_now(view), *_find_out(view), *_first_things(view), *_look_again(view)]
    return [*steps[: max(most - 1, 1)], *_fallback(view)]


def _now(view: View) -> Iterator[Spans]:
    for each in view.appraisal.route:
        if each.step == "now":
            yield spans(bold("Now. "), sentence(view.brief(each.sentence)))


def _find_out(view: View) -> Iterator[Spans]:
    found = [each for each in view.appraisal.find_out if each.could_change_the_answer][:_FACTS]
    by_whom: dict[str, list[str]] = {}
    for each in found:
        partner = each.about in view.case.partner_by_id and len(view.case.partners) > 1
        of = f" of {view.partner_name(each.about)}" if partner else ""
        by_whom.setdefault(of, []).append(inline(view.fact_name(each.fact)))
    if by_whom:
        said = "; ".join(f"{listed(facts)}{of}" for of, facts in by_whom.items())
        yield spans(bold("Find out first. "), sentence(f"{said}. It could change the answer"))


def _first_things(view: View) -> Iterator[Spans]:
    if view.subject is not None:
        by = day(in_days(view.start, _DAYS))
        things = view.form(view.subject).first_ninety_days[:2]
        if things:
            yield spans(bold(f"By {by}. "), " ".join(sentence(one_line(each)) for each in things))


def _look_again(view: View) -> Iterator[Spans]:
    if view.subject is not None and (time := view.form(view.subject).time).high > 0:
        by = month(after(view.start, time.high))
        long = f"It may take {months(time.low, time.high)} until it works. "
        yield spans(bold(f"Review by {by}. "), long, view.cite(time.sources))


def _fallback(view: View) -> Iterator[Spans]:
    forms = [inline(view.form_name(each.form)) for each in view.appraisal.route if each.step == "fallback"]
    if forms:
        yield spans(bold("Fallback. "), sentence(f"If it cannot be agreed: {listed(forms, 'or')}"))
