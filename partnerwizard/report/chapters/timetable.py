"""Who must agree, in order and with dates as far as published cases tell; and the duties that come with it."""

from __future__ import annotations

from partnerwizard.appraisal.model import DutyResult, OptionResult
from partnerwizard.report.blocks import (
    Block,
    Bullets,
    Chart,
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
from partnerwizard.report.calendar import after, month, month_span
from partnerwizard.report.chapters.closed import shown_gates
from partnerwizard.report.charts.timetable import Stretch
from partnerwizard.report.pictures import timetable_picture
from partnerwizard.report.schedule import Planned, planned
from partnerwizard.report.view import View
from partnerwizard.report.words import BASIS, capital, counted, day, inline, label, listed, months, sentence

ROLE = {"decides": "decides", "agrees": "agrees", "consulted": "is consulted", "informed": "is told"}
_UNKNOWN = "not known"


def timetable(view: View) -> Section | None:
    """The advised option's approvals as a dated plan."""
    if view.subject is None:
        return None
    option = view.subject
    form = view.form(option)
    counted_from = "the day given" if view.case.timetable_start else "the day of this report"
    blocks: list[Block] = [
        Paragraph(
            spans(
                f"For {inline(view.name(option))}, counted from {day(view.start)} ({counted_from}). Each step follows "
                "the one before. Lengths are read from published cases; where none was found, the length is not known, "
                "and later dates are the earliest that are possible. Plan your own dates with those who must agree."
            )
        )
    ]
    rows = _stretches(view, option)
    if form.approvals:
        blocks.append(_chart(view, option, rows))
        blocks.append(approvals(view, option, f"Who must agree: {view.name(option)}"))
    blocks += steps_asked(view, option)
    if len(blocks) == 1:
        return None
    return Section(Heading(2, "Approvals and timetable", "timetable"), tuple(blocks))


def approvals(view: View, option: OptionResult, caption: str) -> Table:
    """The steps of one option in order, with their dates as far as they are known."""
    columns = (
        Column("Who", 1.3),
        Column("What", 2.7),
        Column("Takes", 1.15),
        Column("Done at the earliest", 1.15),
        Column("At the latest", 1.15),
    )
    return Table(caption, columns, tuple(_row(view, each) for each in planned(view.form(option))))


def steps_asked(view: View, option: OptionResult) -> list[Block]:
    """What rules ask for beside the usual approvals."""
    needs = [gate for gate in shown_gates(option) if gate.effect == "needs"]
    if not needs:
        return []
    items = tuple(
        spans(
            bold(label(gate.title)),
            " " if gate.state == "holds" else " If it applies, which is not settled: ",
            sentence(gate.step or gate.reason) if gate.state == "holds" else inline(sentence(gate.step or gate.reason)),
            " ",
            view.cite(gate.sources),
        )
        for gate in needs
    )
    return [Heading(3, "Steps that rules ask for beside these", f"asked-{option.form}"), Bullets(items)]


def _row(view: View, each: Planned) -> tuple[Spans, ...]:
    step = each.step
    known = step.months is not None
    return (
        lines([bold(step.who), ROLE[step.role]]),
        lines([spans(sentence(step.what), " ", view.cite(step.sources)), sentence(step.precedent or "")]),
        spans(months(*step.months) if step.months else _UNKNOWN),
        spans(month(after(view.start, each.done)) if known else _UNKNOWN),
        spans(month(after(view.start, each.latest)) if known and each.latest is not None else _UNKNOWN),
    )


def _stretches(view: View, option: OptionResult) -> tuple[Stretch, ...]:
    form = view.form(option)
    rows = []
    for each in planned(form):
        known = each.step.months is not None
        words = "not known"
        if known:
            done = month(after(view.start, each.done))
            words = f"from {done}" if each.latest is None else month_span_of(view, each.done, each.latest)
        rows.append(Stretch(each.step.who, each.begins, each.done, each.latest, known, words))
    if form.time.high > 0:
        words = month_span_of(view, form.time.low, form.time.high)
        rows.append(Stretch("Until it works, in all", 0.0, form.time.low, form.time.high, True, words, bold=True))
    return tuple(rows)


def month_span_of(view: View, low: float, high: float) -> str:
    """From one month to another, counted from the start of the plan."""
    return month_span(after(view.start, low), after(view.start, high))


def _chart(view: View, option: OptionResult, rows: tuple[Stretch, ...]) -> Chart:
    caption = f"Approvals of {inline(view.name(option))} on a line of time"
    data = Table(
        caption,
        (Column("Step", 2), Column("Done", 2)),
        tuple((spans(row.name), spans(row.words)) for row in rows),
    )
    alt = "; ".join(f"{row.name}: {row.words}" for row in rows)
    return Chart(
        "timetable",
        timetable_picture(view, rows),
        caption,
        f"{caption}. {alt}.",
        data,
        timetable_picture(view, rows, 380, "timetable-narrow"),
    )


def duties(view: View) -> Section | None:
    """What law or policy asks beside the choice: what applies, and what may."""
    found = view.appraisal.duties
    if not found:
        return None
    applies = [duty for duty in found if duty.state == "holds"]
    may = [duty for duty in found if duty.state == "unknown"]
    blocks: list[Block] = [
        Paragraph(
            spans(
                "These come with what is named here and do not help to choose between options. An appendix says each "
                "in full. They are a list to check with those who advise the trust on the law, and not legal advice."
            )
        )
    ]
    for title, some in (("Apply", applies), ("May apply: a fact is not known", may)):
        if some:
            blocks.append(Paragraph(spans(bold(f"{title}. "), *_listed(view, some))))
    return Section(Heading(2, "Duties that come with it", "duties"), tuple(blocks))


def _listed(view: View, some: list[DutyResult]) -> list[Part]:
    """Duties by their titles with their sources, in one sentence."""
    out: list[Part] = []
    for n, duty in enumerate(some):
        cited = view.cite(duty.sources)
        title = inline(duty.title) if n else duty.title
        out += [title, " " if cited.numbers else "", cited, "; " if n < len(some) - 1 else "."]
    return out


def duties_in_full(view: View) -> Section | None:
    """Each duty with what it asks, what it rests on and its dates."""
    found = view.appraisal.duties
    if not found:
        return None
    rows = tuple((lines([bold(duty.title), _state(duty)]), _told(view, duty), spans(_rests(duty))) for duty in found)
    columns = (Column("Duty", 1.3), Column("What it asks", 3), Column("Rests on", 1.2))
    text = f"{counted(len(found), 'duty', 'duties')}, checked on the days given in the list of sources."
    return Section(
        Heading(2, "The duties in full", "duties-in-full"),
        (Paragraph(spans(text)), Table("Duties that come with what is named", columns, rows)),
    )


def _state(duty: DutyResult) -> str:
    return "applies" if duty.state == "holds" else "may apply"


def _told(view: View, duty: DutyResult) -> Spans:
    several = len(view.named) > 1
    whom = listed(dict.fromkeys(view.form_name(view.options[each].form) for each in duty.options))
    return lines([spans(sentence(duty.text), " ", view.cite(duty.sources)), f"With: {whom}." if several else ""])


def _rests(duty: DutyResult) -> str:
    found = [BASIS[duty.basis]]
    if duty.in_force:
        found.append(f"in force {day(duty.in_force)}")
    found += [f"review by {day(duty.review_by)}", f"confidence {duty.confidence}"]
    return capital(", ".join(found))
