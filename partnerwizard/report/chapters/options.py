"""The short list compared: by value, by what makes it up, and by what it asks."""

from __future__ import annotations

from partnerwizard.appraisal.model import OptionResult
from partnerwizard.report.blocks import (
    Block,
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
from partnerwizard.report.charts.tradeoff import Spot, frontier
from partnerwizard.report.pictures import WIDTH, best_of_forms, contributions_picture, ranked_picture, tradeoff_picture
from partnerwizard.report.view import AUTHORITY, View
from partnerwizard.report.words import (
    STATUS,
    counted,
    inline,
    level,
    listed,
    money,
    percent,
    points,
    points_span,
)

_COLUMNS = 4


def ranked_chart(
    view: View, name: str, drawn: tuple[OptionResult, ...], gap: float = 16.0, width: float = WIDTH
) -> Chart:
    """Values of these options against carrying on, with their figures; `gap` is the room between rows."""
    rows = tuple(_value_row(view, option) for option in drawn)
    columns = (
        Column("Option", 3),
        Column("Points against carrying on", 1.2, "right"),
        Column("Full range", 1.2, "right"),
        Column("Studied", 0.8, "right"),
        Column("By design", 0.8, "right"),
        Column("Our judgement", 0.9, "right"),
        Column("Not known", 0.8, "right"),
    )
    figures = "; ".join(f"{view.name(option)} {points(view.difference(option))}" for option in drawn)
    caption = "Points against carrying on"
    return Chart(
        name,
        ranked_picture(view, drawn, width, name, gap),
        caption,
        f"{caption}: {figures}.",
        Table(caption, columns, rows),
        ranked_picture(view, drawn, 340, f"{name}-narrow"),
    )


def _value_row(view: View, option: OptionResult) -> tuple[Spans, ...]:
    parts = view.parts(option)
    start = view.appraisal.reference.value.likely
    assert option.value is not None
    return (
        spans(view.name(option)),
        spans(points(view.difference(option))),
        spans(points_span(option.value.low - start, option.value.high - start)),
        *(spans(points(parts.get(ground, 0.0))) for ground in ("studied", "by-design", "judgement", "unknown")),
    )


def short_list(view: View) -> tuple[OptionResult, ...]:
    """Three to six options: the best of each form by value, what the verdict names, and the true comparator."""
    best = best_of_forms(view)
    must = {option.id for option in view.named} | {view.carry_on, view.appraisal.reference.comparator}
    room = view.budget.short - sum(option.id in must for option in best)
    others = [option.id for option in best if option.id not in must][: max(room, 0)]
    return tuple(option for option in best if option.id in must or option.id in others)


def compared(view: View) -> Section:
    """The short list: values, what makes them up, benefit against terms, and money beside."""
    if not view.scored:
        text = "No option is open, so there are no values to compare. Why each is closed is said below."
        return Section(Heading(2, "The short list compared", "options"), (Paragraph(spans(text)),))
    forms = {option.form for option in view.scored}
    chosen = short_list(view)
    blocks: list[Block] = [
        Paragraph(
            spans(
                f"{counted(len(view.scored), 'option')} of {counted(len(forms), 'form')} can be compared, and these "
                f"are the best {counted(len(chosen), 'of them', 'of them')}, one for each form; an appendix has all. ",
                _against_what(view),
                " A bar starts there. Its parts to the right are gains and to the left are losses, by what they rest "
                "on; the upright mark is where they come to in all. The thin line shows everything that fits what was "
                "said and what is known.",
            )
        ),
        ranked_chart(view, "ranked", chosen, gap=10),
        side_by_side(view, chosen, "The short list side by side"),
        Heading(3, "What makes up the difference", "contributions"),
        Paragraph(
            spans(
                "Points that each criterion adds to, or takes from, carrying on at the middle of the weights. They add "
                "up to the difference in all."
            )
        ),
        _contributions(view, chosen),
        Heading(3, "Benefit against what the change asks", "tradeoff"),
        Paragraph(spans(_frontier_words(view))),
        _tradeoff_chart(view),
    ]
    return Section(Heading(2, "The short list compared", "options"), tuple(blocks))


def _against_what(view: View) -> str:
    reference = view.appraisal.reference
    if not reference.closed:
        return "All are set against carrying on with today’s arrangement."
    return (
        f"Carrying on is closed, so the true comparator is {inline(view.name(reference.comparator))}; points are still "
        "counted from carrying on."
    )


def side_by_side(view: View, options: tuple[OptionResult, ...], caption: str) -> Table:
    """Options in a table: status, points, benefit, terms, and money beside."""
    rows = tuple(
        (
            spans(bold(view.name(option)) if option.id in view.verdict.options else view.name(option)),
            spans(STATUS[option.status]),
            spans(points(view.difference(option))),
            spans(_ahead_of_today(view, option)),
            spans(level(option.benefit) if option.benefit is not None else ""),
            spans(level(option.terms) if option.terms is not None else ""),
            spans(money(option.money)),
        )
        for option in options
    )
    columns = (
        Column("Option", 2.5),
        Column("Status", 1.5),
        Column("Points against carrying on", 1.25, "right"),
        Column("Ahead of it in", 0.8, "right"),
        Column("Benefit, of 100", 0.8, "right"),
        Column("Terms, of 100", 0.8, "right"),
        Column("One-off money, not scored", 1.4),
    )
    return Table(caption, columns, rows)


def _ahead_of_today(view: View, option: OptionResult) -> str:
    """In what share the option is ahead of carrying on; nothing where it did not take part."""
    today = view.options.get(view.carry_on)
    share = view.beats(option, today) if today is not None else None
    return "–" if share is None else percent(share)


def _contributions(view: View, chosen: tuple[OptionResult, ...]) -> Chart:
    options = tuple(option for option in chosen if not view.is_carry_on(option))[:_COLUMNS]
    keys = [criterion.id for criterion in view.weighted]
    if any(abs((option.contributions or {}).get(AUTHORITY, 0.0)) >= 0.5 for option in options):
        keys.append(AUTHORITY)
    columns = (Column("Criterion", 2), *(Column(view.form_name(option.form), 1, "right") for option in options))
    rows = [
        (
            spans(view.criterion_name(each)),
            *(spans(points((option.contributions or {}).get(each, 0.0))) for option in options),
        )
        for each in keys
    ]
    total = (spans(bold("In all")), *(spans(bold(points(view.difference(option)))) for option in options))
    caption = "Points by criterion, against carrying on"
    alt = "; ".join(
        f"{view.form_name(option.form)}: "
        + ", ".join(
            f"{inline(view.criterion_name(each))} {points((option.contributions or {}).get(each, 0.0))}"
            for each in keys
        )
        for option in options
    )
    return Chart(
        "made-of",
        contributions_picture(view, options, keys),
        caption,
        f"{caption}. {alt}.",
        Table(caption, columns, (*rows, total)),
    )


def _frontier_words(view: View) -> str:
    spots = [
        Spot(view.form_name(option.form), option.benefit, option.terms, "option")
        for option in best_of_forms(view)
        if option.benefit is not None and option.terms is not None
    ]
    best = [inline(spot.name) for spot in frontier(spots)]
    return (
        "The picture takes the best option of each form. Nothing beats these on both benefit and terms: "
        f"{listed(best)}. Whoever prefers a form off this line pays for it with one or the other. Money is not in the "
        "picture: it stands beside it, as a range."
    )


def _tradeoff_chart(view: View) -> Chart:
    rows = tuple(
        (
            spans(view.name(option)),
            spans(level(option.benefit)),
            spans(level(option.terms)),
            spans(money(option.money)),
        )
        for option in best_of_forms(view)
        if option.benefit is not None and option.terms is not None
    )
    columns = (
        Column("Option", 3),
        Column("Benefit, of 100", 1, "right"),
        Column("Terms, of 100", 1, "right"),
        Column("One-off money", 1.5),
    )
    alt = "Benefit by terms; high on both is best. " + "; ".join(
        f"{view.name(option)}: benefit {level(option.benefit)}, terms {level(option.terms)}"
        for option in best_of_forms(view)
        if option.benefit is not None and option.terms is not None
    )
    caption = "Benefit against terms"
    return Chart("tradeoff", tradeoff_picture(view), caption, alt + ".", Table(caption, columns, rows))
