"""Each partner as answered, apart from the form, and whether the partnership is ready; nothing is added up."""

from __future__ import annotations

from collections import Counter

from partnerwizard.appraisal.facts import Facts
from partnerwizard.pack.conditions import Fact, Knowledge
from partnerwizard.pack.model import Question
from partnerwizard.report.blocks import (
    Block,
    Bullets,
    Chart,
    Column,
    Heading,
    Paragraph,
    Section,
    Spans,
    Table,
    bold,
    spans,
)
from partnerwizard.report.chapters.answers import answer_words
from partnerwizard.report.charts.readiness import Ingredient, State
from partnerwizard.report.pictures import readiness_picture
from partnerwizard.report.view import View
from partnerwizard.report.words import READINESS, counted, inline, listed, sentence

_MOST = 4
_STATES: tuple[State, ...] = ("in-place", "partly", "missing", "unknown")
_ADVICE = "Test each partner apart from the form: right forms have failed with the wrong partner."


def partners(view: View) -> Section:
    """What was answered about each partner, side by side, and what is not known."""
    heading = Heading(2, "Each partner, apart from the form", "partners")
    shown = _shown(view)
    if not shown:
        return Section(heading, (Paragraph(spans(f"No partner is named yet. {_ADVICE}")),))
    blocks: list[Block] = [Paragraph(spans(f"{_ADVICE} Shown as answered, and nothing is added up."))]
    if len(shown) < len(view.case.partners):
        text = f"{counted(len(view.case.partners), 'partner')} are in this case; an appendix has the others."
        blocks.append(Paragraph(spans(text), "small"))
    facts = {partner: Facts(view.pack, view.case, (partner,)) for partner in shown}
    rows: list[tuple[Spans, ...]] = []
    silent: list[str] = []
    for question in _asked(view):
        found = [facts[partner](question.id)[0] for partner in shown]
        if any(fact.knowledge is Knowledge.ANSWERED for fact in found):
            rows.append((spans(question.short), *_answers(view, question, found, shown)))
        elif any(not fact.known for fact in found):
            silent.append(inline(question.short))
    rows += _readiness_row(view, shown)
    if rows:
        columns = (Column("Fact", 1), *(Column(view.partner_name(partner), 1.6) for partner in shown))
        blocks.append(Table("What is known of each partner", columns, tuple(rows)))
    if silent:
        whom = "the partner" if len(shown) == 1 else "any of them"
        blocks.append(Paragraph(spans(bold(f"Not known of {whom}: "), f"{listed(silent)}."), "small"))
    return Section(heading, tuple(blocks))


def _answers(view: View, question: Question, found: list[Fact], shown: list[str]) -> list[Spans]:
    return [answer_words(view, question, fact, partner) for fact, partner in zip(found, shown, strict=True)]


def _shown(view: View) -> list[str]:
    """The partners of what is named and of what comes next, then the others, as many as fit side by side."""
    options = (*view.named, *((view.leader,) if view.leader else ()), *((view.runner_up,) if view.runner_up else ()))
    first = [partner for option in options for partner in option.partners]
    return [*dict.fromkeys((*first, *view.case.partner_by_id))][:_MOST]


def _asked(view: View) -> list[Question]:
    ready = {ingredient.question for ingredient in view.pack.ingredients}
    return [each for each in view.pack.questions if each.scope == "partner" and each.id not in ready]


def _readiness_row(view: View, shown: list[str]) -> list[tuple[Spans, ...]]:
    counts = {
        partner: Counter(each.state for each in view.appraisal.readiness if each.partner == partner)
        for partner in shown
    }
    if not any(count[state] for count in counts.values() for state in _STATES[:-1]):
        return []
    cells = (
        listed(f"{counts[partner][state]} {READINESS[state].lower()}" for state in _STATES if counts[partner][state])
        for partner in shown
    )
    return [(spans("Readiness"), *(spans(cell or "not asked") for cell in cells))]


def readiness(view: View) -> Section | None:
    """What is in place with each partner and what to put in place first."""
    found = view.appraisal.readiness
    if not found:
        return None
    heading = Heading(2, "Is the partnership ready?", "readiness")
    own = {partner: [each for each in found if each.partner == partner] for partner in _shown(view)}
    told = [partner for partner, some in own.items() if any(each.state != "unknown" for each in some)]
    blank = [view.partner_name(partner) for partner, some in own.items() if some and partner not in told]
    blocks: list[Block] = [
        Paragraph(spans("This is advice on making the form work. It adds nothing to any score, and there is no total."))
    ]
    if blank:
        text = f"Nothing has been answered about readiness with {listed(blank, 'or')} yet."
        blocks.append(Paragraph(spans(text)))
    if told:
        blocks.append(_chart(view, told))
    blocks += _first(view, told or list(own))
    return Section(heading, tuple(blocks))


def _chart(view: View, told: list[str]) -> Chart:
    names = [view.partner_name(partner) for partner in told]
    states = {(each.partner, each.ingredient): each.state for each in view.appraisal.readiness}
    leaned = {each.ingredient for each in view.appraisal.readiness if each.leaned_on}
    rows = tuple(
        Ingredient(each.name, each.id in leaned, tuple(states.get((partner, each.id), "unknown") for partner in told))
        for each in view.pack.ingredients
    )
    data = Table(
        "Ingredients of success with each partner",
        (Column("Ingredient", 2), Column("The named form leans on it", 1), *(Column(name, 1.2) for name in names)),
        tuple(
            (spans(row.name), spans("Yes" if row.bold else "No"), *(spans(READINESS[state]) for state in row.states))
            for row in rows
        ),
    )
    alt = "; ".join(
        f"{name}: " + ", ".join(f"{inline(row.name)} {READINESS[row.states[n]].lower()}" for row in rows)
        for n, name in enumerate(names)
    )
    caption = f"Ingredients of success with {listed(names)}"
    return Chart("readiness", readiness_picture(names, rows), caption, f"{caption}. {alt}.", data)


def _first(view: View, told: list[str]) -> list[Block]:
    """What to put in place first: what the advice leans on, each ingredient once with the partners that lack it."""
    lacking: dict[str, list[str]] = {}
    for each in view.appraisal.readiness:
        if each.leaned_on and each.partner in told and each.state != "in-place":
            lacking.setdefault(each.ingredient, []).append(f"{READINESS[each.state].lower()}")
    ingredients = {ingredient.id: ingredient for ingredient in view.pack.ingredients}
    items = tuple(
        spans(
            bold(f"{ingredients[each].name} "),
            f"({listed(dict.fromkeys(states), 'or')}). ",
            sentence(ingredients[each].builds),
            " ",
            view.cite(ingredients[each].sources),
        )
        for each, states in lacking.items()
        if each in ingredients
    )
    return [Heading(3, "Put in place first", "readiness-first"), Bullets(items)] if items else []
