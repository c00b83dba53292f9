"""The options that are open, by value and by what they ask, and those that are not with the reason for each."""

from __future__ import annotations

from itertools import groupby

from partnerwizard.appraisal.model import GateResult, OptionResult, Status
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
    lines,
    spans,
)
from partnerwizard.report.charts.tradeoff import Spot, frontier
from partnerwizard.report.pictures import MOST, ranked_options, ranked_picture, tradeoff_picture
from partnerwizard.report.view import AUTHORITY, View
from partnerwizard.report.words import (
    BASIS,
    EFFECT,
    STATUS,
    capital,
    counted,
    day,
    label,
    level,
    listed,
    money,
    points,
    points_span,
    sentence,
)

_ORDER: tuple[Status, ...] = ("open", "needs", "unresolved", "in-place", "set-aside", "ruled-out")
_SHOWN = 8
_HURDLES = {"cause": "Cause named in this case", "reach": "Scale of this case", "fixed-form": "The mandate"}


def ranked_chart(view: View, name: str, most: int) -> Chart:
    """Values against carrying on, with their figures."""
    drawn = ranked_options(view, most)
    rows = tuple(_value_row(view, option) for option in drawn)
    columns = (
        Column("Option", 3),
        Column("Points against carrying on", 1.2, "right"),
        Column("All that fits", 1.2, "right"),
        Column("Studied", 0.8, "right"),
        Column("By design", 0.8, "right"),
        Column("Our judgement", 0.9, "right"),
        Column("Not known", 0.8, "right"),
    )
    alt = "Points against carrying on. " + "; ".join(
        f"{view.name(option)} {points(view.difference(option))}" for option in drawn
    )
    more = len(view.scored) - len(drawn)
    caption = "Points against carrying on" + (
        f", for the first {len(drawn)} of {len(view.scored)} options" if more else ""
    )
    return Chart(
        name,
        ranked_picture(view, most=most, name=name),
        caption,
        alt + ".",
        Table(caption, columns, rows),
        ranked_picture(view, 340, most, f"{name}-narrow"),
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


def compared(view: View) -> Section:
    """The open options: values, what makes them up, benefit against terms, and money beside."""
    if not view.scored:
        text = "No option is open, so there are no values to compare. Why each is closed is said below."
        return Section(Heading(2, "The options compared", "options"), (Paragraph(spans(text)),))
    blocks: list[Block] = [
        Paragraph(
            spans(
                "A bar starts at carrying on. Its parts to the right are gains and to the left are losses, by what they "
                "rest on; the dark mark is where they come to in all. The thin line shows everything that fits what was "
                "said and what is known."
            )
        ),
        ranked_chart(view, "ranked", MOST),
        _short_list(view),
        Heading(3, "What makes up the difference", "contributions"),
        Paragraph(
            spans(
                "Points that each criterion adds to, or takes from, carrying on at the middle of the weights. They add "
                "up to the difference in all."
            )
        ),
        _contributions(view),
        Heading(3, "Benefit against what the change asks", "tradeoff"),
        Paragraph(spans(_frontier_words(view))),
        _tradeoff_chart(view),
    ]
    return Section(Heading(2, "The options compared", "options"), tuple(blocks))


def _short_list(view: View) -> Table:
    rows = tuple(
        (
            spans(bold(view.name(option)) if option.id in view.verdict.options else view.name(option)),
            spans(STATUS[option.status]),
            spans(points(view.difference(option))),
            spans(level(option.benefit) if option.benefit is not None else ""),
            spans(level(option.terms) if option.terms is not None else ""),
            spans(money(option.money)),
        )
        for option in ranked_options(view, MOST)
    )
    columns = (
        Column("Option", 2.6),
        Column("Status", 1.5),
        Column("Against carrying on", 1, "right"),
        Column("Benefit, of 100", 0.9, "right"),
        Column("Terms, of 100", 0.9, "right"),
        Column("One-off money, not scored", 1.5),
    )
    return Table("Open options side by side", columns, rows)


def _contributions(view: View) -> Table:
    options = [option for option in ranked_options(view, _SHOWN) if not view.is_carry_on(option)][:6]
    keys = [criterion.id for criterion in view.weighted]
    if any(abs((option.contributions or {}).get(AUTHORITY, 0.0)) >= 0.5 for option in options):
        keys.append(AUTHORITY)
    columns = (Column("Criterion", 2), *(Column(view.name(option), 1, "right") for option in options))
    rows = [
        (
            spans(view.criterion_name(key)),
            *(spans(points((option.contributions or {}).get(key, 0.0))) for option in options),
        )
        for key in keys
    ]
    total = (spans(bold("In all")), *(spans(bold(points(view.difference(option)))) for option in options))
    return Table("Points by criterion", columns, (*rows, total))


def _frontier_words(view: View) -> str:
    spots = [
        Spot(view.name(option), option.benefit, option.terms, "option")
        for option in view.scored
        if option.benefit is not None and option.terms is not None
    ]
    best = [spot.name for spot in frontier(spots)]
    verb = "is" if len(best) == 1 else "are"
    return (
        f"No other option is better on both benefit and terms than {listed(best)}. "
        f"Whoever prefers an option off this line pays for it with one or the other. There {verb} "
        f"{counted(len(best), 'option')} on the line. Money is not in the picture: it stands beside, as a range."
    )


def _tradeoff_chart(view: View) -> Chart:
    rows = tuple(
        (
            spans(view.name(option)),
            spans(level(option.benefit)),
            spans(level(option.terms)),
            spans(money(option.money)),
        )
        for option in ranked_options(view)
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
        for option in ranked_options(view)
        if option.benefit is not None and option.terms is not None
    )
    caption = "Benefit against terms"
    return Chart("tradeoff", tradeoff_picture(view), caption, alt + ".", Table(caption, columns, rows))


def not_taken(view: View) -> Section | None:
    """The forms that are not open, in one line each; the appendix says it in full."""
    rows = []
    for form in view.pack.forms:
        options = [option for option in view.appraisal.options if option.form == form.id]
        if not options or any(option.status not in {"set-aside", "ruled-out"} for option in options):
            continue
        decisive = _decisive(options[0])
        rows.append(
            (
                spans(form.name),
                spans(STATUS[options[0].status]),
                spans(sentence(decisive.reason), " ", view.cite(decisive.sources)) if decisive else spans(""),
                spans(_rule_date(view, decisive) if decisive else ""),
            )
        )
    if not rows:
        return None
    columns = (Column("Form", 1.6), Column("Outcome", 0.9), Column("Why", 3.2), Column("Rule or fact, date", 1.5))
    return Section(
        Heading(2, "Considered and not taken forward", "not-taken"),
        (
            Paragraph(spans("These are closed by a rule or a fact, not by a score. The first reason is given here.")),
            Table("Forms that are not open", columns, tuple(rows)),
        ),
    )


def _decisive(option: OptionResult) -> GateResult | None:
    for effect in ("ruled-out", "set-aside"):
        for gate in option.gates:
            if gate.effect == effect and gate.state == "holds" and gate.lifted is None:
                return gate
    return None


def _rule_date(view: View, gate: GateResult) -> str:
    if gate.id not in view.pack.gate_by_id:
        return _hurdle(gate)
    basis = capital(BASIS[gate.basis])
    return f"{basis}, in force {day(gate.in_force)}" if gate.in_force else basis


def _hurdle(gate: GateResult) -> str:
    """What closes an option where it is no rule of the pack."""
    return _HURDLES.get(gate.id, "Red line of this case")


def every_form(view: View) -> Section:
    """Every option with its status and all gates that hold or are not known, hurdles apart from scores."""
    blocks: list[Block] = [
        Paragraph(
            spans(
                "Each entry says whether the option is open, and lists every rule that holds or cannot be settled yet, "
                "with what it rests on and its dates. Scores play no part here. Options of one form that fare alike "
                "stand together."
            )
        )
    ]
    for status in _ORDER:
        groups = _alike([option for option in view.appraisal.options if option.status == status])
        if not groups:
            continue
        rows = tuple(
            (
                lines(bold(view.name(option)) for option in group),
                lines(_gate(view, gate) for gate in shown_gates(group[0])) or spans("No rule stands in the way."),
            )
            for group in groups
        )
        blocks.append(Heading(3, f"{STATUS[status]} ({sum(len(group) for group in groups)})", f"forms-{status}"))
        blocks.append(Table(f"{STATUS[status]}: options and rules", (Column("Option", 1), Column("Rules", 2.6)), rows))
    return Section(Heading(2, "Every form considered", "every-form"), tuple(blocks))


def _alike(options: list[OptionResult]) -> list[list[OptionResult]]:
    """Options of one form with the same rules, together."""
    groups: list[list[OptionResult]] = []
    for _, of_form in groupby(options, key=lambda option: option.form):
        by_rules: dict[tuple[GateResult, ...], list[OptionResult]] = {}
        for option in of_form:
            by_rules.setdefault(shown_gates(option), []).append(option)
        groups += by_rules.values()
    return groups


def shown_gates(option: OptionResult) -> tuple[GateResult, ...]:
    """The gates that hold, are not known, or were lifted."""
    return tuple(gate for gate in option.gates if gate.state != "fails" or gate.lifted is not None)


def _gate(view: View, gate: GateResult) -> Spans:
    word = EFFECT[gate.effect]
    if gate.state == "unknown":
        word = f"Not known ({word.lower()} if so)"
    if gate.lifted is not None:
        word = f"Lifted by the trust ({EFFECT[gate.effect].lower()} otherwise)"
    parts: list[Spans] = [
        spans(bold(f"{word}: {label(gate.title)} "), sentence(gate.reason), " ", view.cite(gate.sources))
    ]
    if gate.lifted is not None:
        parts.append(spans(f" Brought back because: {sentence(gate.lifted)}"))
    if gate.step:
        parts.append(spans(f" Step: {sentence(gate.step)}"))
    if gate.missing:
        parts.append(
            spans(f" To settle it, find out: {listed(view.fact_name(fact).lower() for fact in gate.missing)}.")
        )
    parts.append(spans(f" ({_gate_dates(view, gate)})"))
    return spans(*parts)


def _gate_dates(view: View, gate: GateResult) -> str:
    if gate.id not in view.pack.gate_by_id:
        return _hurdle(gate).lower()
    found = [BASIS[gate.basis]]
    if gate.in_force:
        found.append(f"in force {day(gate.in_force)}")
    if gate.review_by:
        found.append(f"review by {day(gate.review_by)}")
    found.append(f"confidence {gate.confidence}")
    return ", ".join(found)
