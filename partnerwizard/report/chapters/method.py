"""How it was worked out, the words used, and what this report was made from."""

from __future__ import annotations

from hashlib import sha256

from partnerwizard import __version__
from partnerwizard.case.file import dump_case
from partnerwizard.report.blocks import (
    Bullets,
    Column,
    Heading,
    KeyFacts,
    Paragraph,
    Section,
    SourceList,
    Table,
    bold,
    spans,
)
from partnerwizard.report.look import dressed
from partnerwizard.report.text import one_line
from partnerwizard.report.view import View
from partnerwizard.report.words import day, percent, sentence


def method(view: View) -> Section:
    """The method in a page, and its numbers with the reason for each."""
    numbers = view.pack.head.method
    steps = (
        ("Options", "Each form, with each partner or grouping named and each way of leading it, is one option."),
        (
            "Gates",
            "Dated rules on facts close options, ask for a step, or warn. A fact that is not known leaves a rule "
            "unsettled and closes nothing.",
        ),
        (
            "Two hurdles",
            "A form that touches none of the causes held with confidence is set aside. A form with less authority than "
            "the job needs loses points, and the report says so.",
        ),
        (
            "Ratings",
            "Each option is rated on each criterion with a range. Studies, design, our judgement and what is not known "
            "are told apart. Not knowing widens the range and never moves the middle. Facts about the case move a "
            "rating by a stated amount for a stated reason.",
        ),
        (
            "Weights",
            "Every set of weights that fits the order given is used, and none is preferred. Money is in no weight and "
            "no score.",
        ),
        (
            "Verdict",
            "Forms are set against each other, two by two, over many ways of weighing and rating. Adding a form or a "
            "partner does not weaken the answer.",
        ),
        ("Precedents and readiness", "They inform, and never change a figure."),
    )
    widths = numbers.half_widths
    rows = (
        ("Points for one level of a rating", f"{numbers.points_per_level.value:g}", numbers.points_per_level.reason),
        (
            "Half-width of a range: by design, studied, our judgement",
            f"{widths.by_design:g}, {widths.studied:g}, {widths.judgement:g}",
            widths.reason,
        ),
        ("Least share of the terms", percent(numbers.terms_share_low.value), numbers.terms_share_low.reason),
        ("Largest share of the terms", percent(numbers.terms_share_high.value), numbers.terms_share_high.reason),
        ("Share of draws with errors in common", percent(numbers.common_share.value), numbers.common_share.reason),
        ("Clear from", percent(numbers.clear.value), numbers.clear.reason),
        ("Leading from", percent(numbers.leading.value), numbers.leading.reason),
        ("Largest close group", f"{numbers.close_group_size.value:g}", numbers.close_group_size.reason),
        (
            "Points for a step of missing authority",
            f"{numbers.authority_points.value:g}",
            numbers.authority_points.reason,
        ),
        ("Most that facts may move a rating", f"{numbers.adjustment_cap.value:g}", numbers.adjustment_cap.reason),
        ("Key facts that must be known", percent(numbers.key_facts_share.value), numbers.key_facts_share.reason),
    )
    columns = (Column("Number", 1.6), Column("Value", 0.7, "right"), Column("Why this value", 3))
    return Section(
        Heading(2, "How it was worked out", "method"),
        (
            Bullets(tuple(spans(bold(f"{name}. "), text) for name, text in steps)),
            Table(
                "The numbers of the method: all are our judgement",
                columns,
                tuple((spans(name), spans(value), spans(sentence(reason))) for name, value, reason in rows),
            ),
        ),
    )


def glossary(view: View) -> Section | None:
    """The words of the field in plain English."""
    if not view.pack.glossary:
        return None
    terms = sorted(view.pack.glossary, key=lambda term: term.term.casefold())
    return Section(
        Heading(2, "Words used", "glossary"),
        (KeyFacts(tuple((term.term, spans(sentence(term.meaning))) for term in terms)),),
    )


def sources(view: View) -> Section | None:
    """The sources that the report refers to."""
    entries = view.cited()
    if not entries:
        return None
    return Section(Heading(2, "Sources", "sources"), (SourceList(entries),))


def provenance(view: View) -> Section:
    """What the report was made from, so that it can be made again."""
    appraisal = view.appraisal
    facts = (
        ("Case", one_line(appraisal.case.title) or "untitled"),
        ("Guidance", f"{view.pack.head.title}: {appraisal.pack.id} {appraisal.pack.version}"),
        ("Guidance checked", day(appraisal.pack.checked)),
        ("Guidance fingerprint", appraisal.pack.content_hash),
        ("Program", f"Partner Wizard {__version__}"),
        ("Advice for the day", day(appraisal.as_of)),
        ("Case fingerprint", sha256(dump_case(view.case.model_copy(update={"advised": None}))).hexdigest()),
        ("Draws and seed", f"{appraisal.samples:,} draws, seed {appraisal.seed}"),
    )
    return Section(
        Heading(2, "About this report", "about"),
        (
            Paragraph(spans(view.pack.head.disclaimer)),
            KeyFacts(tuple((label, spans(text)) for label, text in facts)),
            *(Paragraph(spans(note)) for note in dressed(view.case).notes),
            Paragraph(
                spans("The same case, guidance, day, draws and seed give the same report, byte for byte."), "small"
            ),
        ),
    )
