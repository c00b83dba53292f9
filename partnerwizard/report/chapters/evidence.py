"""What the ratings of the named options and of the runner-up rest on, cell by cell."""

from __future__ import annotations

from partnerwizard.appraisal.model import Cell, OptionResult
from partnerwizard.report.blocks import (
    Block,
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
from partnerwizard.report.text import one_line
from partnerwizard.report.view import View
from partnerwizard.report.words import GROUND, SURENESS, capital, level, points, sentence, span_of


def evidence(view: View) -> Section | None:
    """A table for each option: rating, ground, confidence, reason with sources, and adjustments."""
    shown = [*view.named, *((view.runner_up,) if view.runner_up else ())]
    if not shown:
        shown = list(view.contestants[:3])
    blocks: list[Block] = [
        Paragraph(
            spans(
                "Ratings run from 0 to 100; what the ends of each scale mean stands below. The first "
                "figure is the likely one, and the range is what it may be. Sources are numbered; their dates stand in "
                "the list of sources."
            )
        )
    ]
    for option in {option.id: option for option in shown}.values():
        if option.ratings:
            blocks.append(Heading(3, view.name(option), f"evidence-{len(blocks)}"))
            blocks.append(_table(view, option))
    blocks += _overrides(view)
    if len(blocks) == 1:
        return None
    blocks += [Heading(3, "What the scales mean", "scales"), _scales(view)]
    return Section(Heading(2, "The evidence, rating by rating", "evidence"), tuple(blocks))


def _overrides(view: View) -> list[Block]:
    """The ratings that the trust put in place of the pack's, whatever the options that are named."""
    if not view.case.overrides:
        return []
    rows = tuple(
        (
            spans(view.form_name(own.form)),
            spans(view.criterion_name(own.criterion)),
            spans(f"{level(own.likely)} ({span_of(own.low, own.high)})"),
            spans(sentence(one_line(own.reason))),
        )
        for own in view.case.overrides
    )
    columns = (Column("Form", 1.3), Column("Criterion", 1.3), Column("Rating", 1, "right"), Column("Reason given", 3))
    return [
        Heading(3, "Ratings that the trust put in place of ours", "overrides"),
        Table("The trust’s own ratings, with the reason for each", columns, rows),
    ]


def _scales(view: View) -> Table:
    rows = tuple(
        (spans(each.name), spans(each.zero), spans(f"{each.carry_on:g}: {each.carrying_on}"), spans(each.hundred))
        for each in view.weighted
    )
    columns = (Column("Criterion", 1.2), Column("0", 2), Column("Carrying on", 2), Column("100", 2))
    return Table("The ends of each scale, three years from now", columns, rows)


def _table(view: View, option: OptionResult) -> Table:
    rows = tuple(
        (
            spans(criterion.name),
            spans(f"{level(cell.likely)} ({span_of(cell.low, cell.high)})"),
            _ground(cell),
            _reason(view, cell),
        )
        for criterion in view.weighted
        if (cell := option.ratings.get(criterion.id)) is not None
    )
    columns = (Column("Criterion", 1.2), Column("Rating", 0.9, "right"), Column("Ground", 1.4), Column("Why", 3.2))
    return Table(f"Ratings of {view.name(option)}", columns, rows)


def _ground(cell: Cell) -> Spans:
    sure = f"confidence {SURENESS[cell.confidence]}" if cell.confidence else ""
    return lines([capital(GROUND[cell.ground]), sure])


def _reason(view: View, cell: Cell) -> Spans:
    own = f"The pack’s own rating was {span_of(cell.original.low, cell.original.high)}." if cell.original else ""
    return lines(
        [
            spans(sentence(cell.reason), " ", view.cite(cell.sources)),
            own,
            *(
                spans(bold(f"{points(moved.points)}: "), sentence(moved.reason), " ", view.cite(moved.sources))
                for moved in cell.adjustments
            ),
        ]
    )
