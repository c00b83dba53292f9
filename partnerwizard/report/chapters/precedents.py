"""The nearest decided cases, and where this advice departs from what they chose."""

from __future__ import annotations

from partnerwizard.pack.model import Precedent
from partnerwizard.report.blocks import (
    Block,
    Column,
    Heading,
    KeyFacts,
    Paragraph,
    Section,
    Spans,
    Table,
    bold,
    lines,
    spans,
)
from partnerwizard.report.view import View, told
from partnerwizard.report.words import SURENESS, counted, inline, listed, sentence


def near(view: View) -> list[tuple[Precedent, str]]:
    """The nearest precedents with what makes them near."""
    known = {precedent.id: precedent for precedent in view.pack.precedents}
    return [(known[each.id], each.why_near) for each in view.appraisal.precedents if each.id in known]


def precedents(view: View) -> Section | None:
    """The nearest in a table: what was chosen, what happened, the lesson."""
    found = near(view)
    if not found:
        return None
    rows = tuple(
        (
            lines([bold(precedent.title), precedent.years]),
            spans(sentence(precedent.chosen)),
            spans(sentence(precedent.outcome), " ", view.cite(precedent.sources)),
            spans(sentence(precedent.lesson)),
        )
        for precedent, _ in found
    )
    columns = (Column("Case", 1.2), Column("Chosen", 1.6), Column("What happened", 2), Column("Lesson", 1.5))
    blocks: tuple[Block, ...] = (
        Paragraph(spans("They illustrate and challenge. They never moved a figure of this report.")),
        Paragraph(departure(view)),
        Table("The nearest decided cases", columns, rows),
    )
    return Section(Heading(2, "The nearest precedents", "precedents"), blocks)


def departure(view: View) -> Spans:
    """Which of the nearest precedents chose otherwise than is advised here."""
    found = near(view)
    if not view.named:
        return spans("No form is named here, so there is nothing to compare with what they chose.")
    here = {option.form for option in view.named}
    others = [precedent for precedent, _ in found if precedent.form not in here]
    if not others:
        return spans(bold("No departure. "), "All of them chose what is named here.")
    forms = dict.fromkeys(view.form_name(precedent.form) for precedent in others)
    said = listed(inline(form) for form in forms)
    if len(others) == len(found):
        return spans(
            bold("This advice departs from all of them. "),
            f"They chose {said}. The reasons are those of the first page, and they need to be strong.",
        )
    same = len(found) - len(others)
    return spans(
        bold(f"This advice departs from {counted(len(others), 'case')} of {len(found)}. "),
        f"{'It' if len(others) == 1 else 'They'} chose {said}; {counted(same, 'case')} chose what is named here.",
    )


def in_full(view: View) -> Section | None:
    """Why each is near, the law of its time, and how sure the account of it is."""
    found = near(view)
    if not found:
        return None
    blocks: list[Block] = []
    for precedent, why in found:
        blocks.append(Heading(3, f"{precedent.title} ({precedent.years})", f"precedent-{precedent.id}"))
        blocks.append(
            KeyFacts(
                (
                    ("Why it is near", spans(sentence(told(why)))),
                    ("Form chosen", spans(view.form_name(precedent.form))),
                    ("Law of its time", spans(sentence(precedent.law_era.replace("-", " ")))),
                    ("How sure", spans(sentence(f"confidence in this account: {SURENESS[precedent.confidence]}"))),
                )
            )
        )
    return Section(Heading(2, "Why these precedents are near", "precedents-in-full"), tuple(blocks))
