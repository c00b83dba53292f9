"""What is closed and by what, and every option with the rules that bear on it; hurdles stand apart from scores."""

from __future__ import annotations

from partnerwizard.appraisal.model import GateResult, OptionResult, Status
from partnerwizard.pack.model import Form
from partnerwizard.report.blocks import (
    Block,
    Column,
    Heading,
    Paragraph,
    Part,
    Section,
    Spans,
    Table,
    bold,
    lines,
    spans,
)
from partnerwizard.report.chapters.options import short_list, side_by_side
from partnerwizard.report.view import View
from partnerwizard.report.words import BASIS, EFFECT, STATUS, capital, counted, day, inline, listed, sentence

_ORDER: tuple[Status, ...] = ("open", "needs", "unresolved", "in-place", "set-aside", "ruled-out")
_CLOSING = ("ruled-out", "set-aside")
_IF_SO = {
    "ruled-out": "ruled out if so",
    "set-aside": "set aside if so",
    "needs": "a step to take if so",
    "caution": "a caution if so",
}
_FOR_SEVERAL = {
    "cause": "None of these touches a cause that is held with confidence; each may go with another form.",
    "reach": "None of these fits the scale of this case: each is made for another one.",
}
_HURDLES = {"cause": "Cause named in this case", "reach": "Scale of this case", "fixed-form": "The mandate"}


def not_taken(view: View) -> Section | None:
    """The forms that are not open, together by what closes them; the appendix says it for each option."""
    groups = closing_groups(view)
    if not groups:
        return None
    most = view.budget.items
    rows = tuple(
        (
            spans(listed(form.name if not n else inline(form.name) for n, form in enumerate(forms))),
            spans(EFFECT[gate.effect]),
            spans(sentence(common_reason(gate, len(forms))), " ", view.cite(gate.sources)),
            spans(_rule_date(view, gate)),
        )
        for gate, forms in groups[:most]
    )
    rest = sum(len(forms) for _, forms in groups[most:])
    more = (Paragraph(spans(f"{counted(rest, 'more form')}: see the appendix."), "small"),) if rest else ()
    columns = (Column("Form", 2), Column("Outcome", 0.8), Column("Why", 2.8), Column("Rule or fact, date", 1.5))
    return Section(
        Heading(2, "Considered and not taken forward", "not-taken"),
        (
            Paragraph(
                spans(
                    "These are closed by a rule or a fact, not by a score. What closes each first is given here; an "
                    "appendix says it for every option."
                )
            ),
            Table("Forms that are not open", columns, rows),
            *more,
        ),
    )


def common_reason(gate: GateResult, forms: int) -> str:
    """What closes one form, or several at once."""
    return _FOR_SEVERAL.get(gate.id, gate.reason) if forms > 1 else gate.reason


def closing_name(view: View, gate: GateResult) -> str:
    """What closes a form, by its name."""
    return f"{gate.title} ({_dates_short(gate)})" if gate.id in view.pack.gate_by_id else _hurdle(gate)


def closing_groups(view: View) -> list[tuple[GateResult, list[Form]]]:
    """The forms that are not open, together by what closes them first."""
    groups: dict[str, tuple[GateResult, list[Form]]] = {}
    for form in view.pack.forms:
        options = [option for option in view.appraisal.options if option.form == form.id]
        if options and all(option.status in _CLOSING for option in options):
            gate = _decisive(options[0])
            if gate is not None:
                groups.setdefault(gate.id, (gate, []))[1].append(form)
    return sorted(groups.values(), key=lambda group: -len(group[1]))


def _dates_short(gate: GateResult) -> str:
    return f"{BASIS[gate.basis]}, in force {day(gate.in_force)}" if gate.in_force else BASIS[gate.basis]


def _decisive(option: OptionResult) -> GateResult | None:
    for effect in _CLOSING:
        for gate in option.gates:
            if gate.effect == effect and gate.state == "holds" and gate.lifted is None:
                return gate
    return None


def _rule_date(view: View, gate: GateResult) -> str:
    if gate.id not in view.pack.gate_by_id:
        return _hurdle(gate)
    until = f", review by {day(gate.review_by)}" if gate.review_by else ""
    return f"{capital(_dates_short(gate))}{until}"


def _hurdle(gate: GateResult) -> str:
    """What closes an option where it is no rule of the pack."""
    return _HURDLES.get(gate.id, "Red line of this case")


def every_form(view: View) -> Section:
    """Every option with its status and why, hurdles apart from scores; then each rule once, with its dates."""
    blocks: list[Block] = [
        Paragraph(
            spans(
                "Scores play no part here. What closes an option is said in full; other rules are named, and stand "
                "below with their reasons, dates and sources. Options of one form that fare alike stand together."
            )
        )
    ]
    for status in _ORDER:
        options = [option for option in view.appraisal.options if option.status == status]
        if not options:
            continue
        rows = tuple((lines(view.name(option) for option in group), _why(view, group[0])) for group in _alike(options))
        blocks.append(Heading(3, f"{STATUS[status]} ({len(options)})", f"forms-{status}"))
        blocks.append(Table(f"Options: {STATUS[status].lower()}", (Column("Option", 1), Column("Why", 2.2)), rows))
    if len(view.scored) > len(short_list(view)):
        blocks.append(Heading(3, "Every option that can be compared", "all-values"))
        blocks.append(side_by_side(view, view.scored, "Options by value"))
    blocks += _rules(view)
    return Section(Heading(2, "Every form considered", "every-form"), tuple(blocks))


def _alike(options: list[OptionResult]) -> list[list[OptionResult]]:
    """Options of one form with the same rules, together."""
    groups: dict[tuple[str, tuple[GateResult, ...]], list[OptionResult]] = {}
    for option in options:
        groups.setdefault((option.form, shown_gates(option)), []).append(option)
    return list(groups.values())


def shown_gates(option: OptionResult) -> tuple[GateResult, ...]:
    """The gates that hold, are not known, or were lifted."""
    return tuple(gate for gate in option.gates if gate.state != "fails" or gate.lifted is not None)


def _why(view: View, option: OptionResult) -> Spans:
    """What closes the option in full, then the other rules by name."""
    shown = shown_gates(option)
    closing = [gate for gate in shown if gate.effect in _CLOSING and (gate.state == "holds" or gate.lifted is not None)]
    parts: list[Part] = [_closing(view, gate) for gate in closing]
    for effect in EFFECT:
        holding = [
            gate.title for gate in shown if gate.effect == effect and gate.state == "holds" and gate not in closing
        ]
        if holding:
            parts.append(spans(bold(f"{EFFECT[effect]}: "), sentence("; ".join(holding))))
    for effect in EFFECT:
        if option.value is None and effect not in _CLOSING:
            continue  # it is closed already, so what else it would need is left to the table of rules
        unsettled = [gate.title for gate in shown if gate.effect == effect and gate.state == "unknown"]
        if unsettled:
            parts.append(spans(bold(f"Not settled ({_IF_SO[effect]}): "), sentence("; ".join(unsettled))))
    if option.authority_shortfall > 0:
        parts.append(
            spans(
                bold("Authority: "),
                f"the job needs {option.authority_need:g} of 3, and it is {option.authority_shortfall:g} short.",
            )
        )
    return lines(parts) or spans("No rule stands in the way.")


def _closing(view: View, gate: GateResult) -> Spans:
    text = spans(
        bold(f"{EFFECT[gate.effect]}: "),
        sentence(gate.reason),
        " ",
        view.cite(gate.sources),
        f" ({_dates(view, gate)})",
    )
    if gate.lifted is None:
        return text
    return spans(bold("Brought back by the trust. "), f"Reason given: {sentence(gate.lifted)} Otherwise: ", text)


def _rules(view: View) -> list[Block]:
    """Each rule of the pack that holds or is not settled for some option, once."""
    found: dict[str, list[GateResult]] = {}
    for option in view.appraisal.options:
        for gate in shown_gates(option):
            if gate.id in view.pack.gate_by_id:
                found.setdefault(gate.id, []).append(gate)
    if not found:
        return []
    rows = tuple(_rule(view, found[gate.id]) for gate in view.pack.gates if gate.id in found)
    columns = (Column("Rule", 1.1), Column("What it says", 2.4), Column("Rests on", 1.2))
    return [
        Heading(3, f"The rules behind it ({len(rows)})", "rules"),
        Table("Rules that hold for some option, or are not settled", columns, rows),
    ]


def _rule(view: View, gates: list[GateResult]) -> tuple[Spans, ...]:
    gate = gates[0]
    missing = dict.fromkeys(fact for each in gates for fact in each.missing)
    to_find = listed(inline(view.fact_name(fact)) for fact in missing)
    return (
        spans(gate.title),
        lines(
            [
                spans(sentence(gate.reason), " ", view.cite(gate.sources)),
                spans(f"Step: {sentence(gate.step)}") if gate.step else "",
                spans(f"To settle it, find out: {to_find}.") if to_find else "",
            ]
        ),
        spans(capital(_dates(view, gate))),
    )


def _dates(view: View, gate: GateResult) -> str:
    if gate.id not in view.pack.gate_by_id:
        return _hurdle(gate).lower()
    found = [BASIS[gate.basis]]
    if gate.in_force:
        found.append(f"in force {day(gate.in_force)}")
    if gate.review_by:
        found.append(f"review by {day(gate.review_by)}")
    found.append(f"confidence {gate.confidence}")
    return ", ".join(found)
