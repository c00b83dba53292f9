"""The second page of the summary: what was compared, what was not taken forward, the route, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from partnerwizard import __version__
from partnerwizard.report.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    KeyFacts,
    Paragraph,
    Section,
    SourceList,
    Spans,
    Table,
    bold,
    lines,
    spans,
)
from partnerwizard.report.chapters.closed import closing_groups, closing_name
from partnerwizard.report.chapters.options import short_list
from partnerwizard.report.chapters.sheet import front_sheet
from partnerwizard.report.look import dressed
from partnerwizard.report.measure import height
from partnerwizard.report.text import first_sentences, one_line, shortened
from partnerwizard.report.view import View
from partnerwizard.report.words import STATUS, STEP, counted, day, inline, level, listed, money, points, sentence

_NAME = 90
_MOST_FORMS = 4
_PAGE = 715.0
"""What may stand on the page, in points."""


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is told, so that it fits on one page."""

    options: int
    letters: int
    cautions: int
    groups: int
    triggers: bool


_ROOMS = (
    _Room(6, 220, 4, 9, True),
    _Room(5, 170, 3, 7, True),
    _Room(4, 140, 2, 5, True),
    _Room(3, 120, 2, 4, False),
    _Room(3, 130, 1, 3, False),
)


def second_page(view: View, said: int) -> tuple[Section, ...]:
    """The sections that follow the first page, as much of each as one page holds; `said`: cautions told already."""
    before = view.numbers
    for room in _ROOMS:
        view.numbers = before
        found = (
            _sheet(view),
            _compared(view, room),
            _not_taken(view, room),
            _route(view, room),
            _cautions(view, room, said),
            _origin(view),
        )
        sections = tuple(each for each in found if each is not None)
        if sum(height((each.heading, *each.blocks)) for each in sections) <= _PAGE:
            break
    return sections


def _sheet(view: View) -> Section | None:
    """The front sheet, where one was given, and the decision, where there is one."""
    blocks: list[Block] = []
    if view.case.front is not None:
        (facts,) = front_sheet(view).blocks
        assert isinstance(facts, KeyFacts)
        told = spans()
        for label, content in facts.items:
            told = spans(told, " · " if told else "", f"{label}: ", _flat(content))
        blocks.append(Paragraph(told, "small"))
    decision = view.case.decision
    if decision is not None:
        name = view.name(decision.option) if decision.option else ""
        text = shortened(one_line(f"{name}. {decision.text}" if name and decision.text else name or decision.text), 300)
        blocks.append(
            Paragraph(spans(bold("Decided. "), f"{sentence(text)} {decision.decided_by}, {day(decision.day)}."))
        )
    return Section(Heading(2, "This paper", "front-sheet"), tuple(blocks)) if blocks else None


def _flat(content: Spans) -> str:
    return shortened(" ".join(getattr(span, "text", " ") for span in content), 200)


def _compared(view: View, room: _Room) -> Section | None:
    """The short list in a small table."""
    if not view.scored:
        return None
    rows = tuple(
        (
            spans(
                bold(shortened(view.name(option), _NAME))
                if option in view.named
                else shortened(view.name(option), _NAME)
            ),
            spans(STATUS[option.status]),
            spans(points(view.difference(option))),
            spans(level(option.benefit) if option.benefit is not None else ""),
            spans(level(option.terms) if option.terms is not None else ""),
            spans(money(option.money)),
        )
        for option in short_list(view)[: room.options]
    )
    columns = (
        Column("Option", 3),
        Column("Status", 1.5),
        Column("Points", 0.6, "right"),
        Column("Benefit", 0.7, "right"),
        Column("Terms", 0.6, "right"),
        Column("One-off money", 1.2),
    )
    return Section(
        Heading(2, "The short list", "options"),
        (Table("Points against carrying on; benefit and terms of 100; money in no score", columns, rows),),
    )


def _not_taken(view: View, room: _Room) -> Section | None:
    """The forms that are closed, together by what closes them."""
    groups = closing_groups(view)
    if not groups:
        return None
    items = tuple(
        spans(
            bold(f"{closing_name(view, gate)}: "),
            sentence(listed(inline(form.name) for form in forms)),
            " ",
            view.cite(gate.sources),
        )
        for gate, forms in groups[: room.groups]
    )
    rest = sum(len(forms) for _, forms in groups[room.groups :])
    more = (Paragraph(spans(f"{counted(rest, 'more form')}: see the full paper."), "small"),) if rest else ()
    return Section(Heading(2, "Not taken forward", "not-taken"), (Bullets(items), *more))


def _route(view: View, room: _Room) -> Section | None:
    """The route in a line for each kind of step, with when to look again."""
    items: list[Spans] = []
    for step, word in STEP.items():
        found = [each for each in view.appraisal.route if each.step == step]
        if step == "now" or not found:
            continue
        forms = listed(
            (inline(view.form_name(each.form)) for each in found[:_MOST_FORMS]), "or" if step != "with" else "and"
        )
        items.append(spans(bold(f"{word}. "), sentence(forms)))
    subject = view.subject
    if room.triggers and subject is not None and view.form(subject).review_triggers:
        triggers = " ".join(sentence(each) for each in view.form(subject).review_triggers)
        items.append(spans(bold("Look again when: "), triggers))
    return Section(Heading(2, "The route", "route"), (Bullets(tuple(items)),)) if items else None


def _cautions(view: View, room: _Room, said: int) -> Section | None:
    """Cautions that the first page has no room for."""
    rest = view.appraisal.cautions[said:]
    if not rest:
        return None
    items = tuple(spans(sentence(first_sentences(view.brief(each), room.letters))) for each in rest[: room.cautions])
    more = len(rest) - len(items)
    tail = (Paragraph(spans(f"{more} more: see the full paper."), "small"),) if more else ()
    return Section(Heading(2, "Cautions", "cautions"), (Bullets(items), *tail))


def _origin(view: View) -> Section:
    """The sources referred to, at their shortest, and what the summary was made from."""
    appraisal = view.appraisal
    blocks: list[Block] = []
    entries = view.cited()
    if entries:
        blocks.append(SourceList(entries, compact=True))
    made = (
        f"Guidance {appraisal.pack.id} {appraisal.pack.version}, checked {day(appraisal.pack.checked)}, fingerprint "
        f"{appraisal.pack.content_hash[:12]}. Partner Wizard {__version__}. Advice for {day(appraisal.as_of)}; "
        f"{appraisal.samples:,} draws, seed {appraisal.seed}. The full paper has the evidence and the rules."
    )
    blocks.append(Paragraph(lines([view.pack.head.disclaimer, made, *dressed(view.case).notes]), "small"))
    return Section(Heading(2, "Sources, and what this was made from", "sources"), tuple(blocks))
