"""The route with its review triggers, and every caution."""

from __future__ import annotations

from partnerwizard.appraisal.model import RouteStep
from partnerwizard.report.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Heading,
    Paragraph,
    Section,
    Spans,
    Table,
    bold,
    lines,
    spans,
)
from partnerwizard.report.view import View
from partnerwizard.report.words import STEP, capital, counted, inline, listed, sentence


def route(view: View) -> Section:
    """Now, with it, next and fallback; and when to look again."""
    steps = view.appraisal.route
    blocks: list[Block] = []
    if steps:
        rows = tuple(
            (
                spans(bold(word)),
                spans(capital(listed(inline(view.form_name(each.form)) for each in found))),
                _said(view, step, found),
            )
            for step, word in STEP.items()
            if (found := [each for each in steps if each.step == step])
        )
        columns = (Column("Step", 0.7), Column("Form", 1.5), Column("What and why", 3))
        blocks.append(Table("The route: forms are steps as well as ends", columns, rows))
    else:
        blocks.append(Paragraph(spans("No route is named. Settle what is not known, then appraise again.")))
    if view.verdict.kind == "close-group":
        blocks.append(
            Paragraph(
                spans(
                    "Where options are not told apart, the least structural one that has the authority for the job "
                    "goes first. This is a rule of this program, not a finding: a lighter step is easier to undo."
                ),
                "small",
            )
        )
    triggers = [
        (option, trigger)
        for option in {option.form: option for option in view.named}.values()
        for trigger in view.form(option).review_triggers
    ]
    if triggers:
        several = len({option.form for option, _ in triggers}) > 1
        blocks.append(Heading(3, "Look again when", "triggers"))
        blocks.append(
            Bullets(
                tuple(
                    spans(bold(f"{view.form_name(option.form)}: ") if several else "", sentence(trigger))
                    for option, trigger in triggers
                )
            )
        )
    return Section(Heading(2, "The route, and when to review it", "route"), tuple(blocks))


_LATER = {"with": "Can go with it.", "next": "It can lead there later."}


def _said(view: View, step: str, found: list[RouteStep]) -> Spans:
    """A step in words; where several forms share a step, what they have in common and then what they have not."""
    if step not in _LATER:
        return lines(sentence(each.sentence) for each in found)
    own = (each.sentence.partition(". ")[2] for each in found)
    notes = (f"{view.form_name(each.form)}: {inline(note)}" for each, note in zip(found, own, strict=True) if note)
    return lines([_LATER[step], *notes])


def cautions(view: View) -> Section | None:
    """Every caution, and rules whose review is overdue."""
    most = view.budget.items
    blocks: list[Block] = [
        Callout("caution", "Caution", spans(sentence(caution))) for caution in view.appraisal.cautions[:most]
    ]
    if len(view.appraisal.cautions) > most:
        more = counted(len(view.appraisal.cautions) - most, "more caution")
        blocks.append(Paragraph(spans(f"{more}: see the appendix with what is cut here."), "small"))
    overdue = [_overdue_name(view, each) for each in view.appraisal.overdue]
    if overdue:
        blocks.append(Heading(3, "Rules and sources whose review is overdue", "overdue"))
        blocks.append(Paragraph(spans("Check these against the law of the day before you rely on them.")))
        blocks.append(Bullets(tuple(spans(name) for name in overdue)))
    if not blocks:
        return None
    return Section(Heading(2, "Cautions", "cautions"), tuple(blocks))


def _overdue_name(view: View, overdue: str) -> str:
    gate = view.pack.gate_by_id.get(overdue)
    if gate is not None:
        return f"Rule: {gate.title}"
    source = view.pack.source_by_id.get(overdue)
    return f"Source: {source.title}, {source.publisher}" if source else overdue
