"""From a pack, a case and its appraisal to the report: a pure function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf
from string import ascii_uppercase
from typing import Literal

from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from partnerwizard.report.blocks import Callout, Report, Section
from partnerwizard.report.budget import ASIDES, BODY, BUDGETS, WHOLE_NAMES
from partnerwizard.report.chapters import (
    cards,
    closed,
    firmness,
    front,
    in_full,
    method,
    options,
    own_views,
    partners,
    plan,
    precedents,
    questions,
    sheet,
    situation,
    summary,
    timetable,
    workshop,
)
from partnerwizard.report.chapters.answers import answers
from partnerwizard.report.chapters.evidence import evidence
from partnerwizard.report.look import dressed
from partnerwizard.report.measure import height
from partnerwizard.report.text import one_line, shortened
from partnerwizard.report.view import View
from partnerwizard.report.words import day

Length = Literal["full", "summary"]

_NAME = 120

_Chapter = Callable[[View], Section | None]

_BODY: tuple[_Chapter, ...] = (
    sheet.front_sheet,
    situation.problem,
    situation.place,
    situation.priorities,
    options.compared,
    closed.not_taken,
    own_views.own_views,
    firmness.firmness,
    firmness.rests_on,
    firmness.unknowns,
    cards.recommended,
    partners.partners,
    partners.readiness,
    plan.route,
    timetable.timetable,
    timetable.duties,
    precedents.precedents,
    plan.cautions,
    workshop.workshop,
    questions.questions,
    sheet.decision_record,
)
_APPENDICES: tuple[_Chapter, ...] = (
    cards.in_full,
    closed.every_form,
    firmness.places_apart,
    firmness.all_pairs,
    evidence,
    timetable.duties_in_full,
    precedents.in_full,
    in_full.in_full,
    own_views.scenarios,
    workshop.record,
    answers,
    method.method,
    method.glossary,
    method.sources,
    method.provenance,
)


def compose(pack: Pack, case: Case, appraisal: Appraisal, length: Length = "full") -> Report:
    """The report in full, or the summary of two pages. Private notes of the case are never read."""
    view = View(pack, case, appraisal)
    short = length == "summary"
    look = dressed(case)
    page = front.front(view, short)
    cautions = sum(isinstance(block, Callout) for block in page)
    body, appendices = (summary.second_page(view, cautions), ()) if short else _full(view)
    return Report(
        title=one_line(case.title) or "Partnering options",
        organisation=shortened(one_line(case.organisation), _NAME),
        status=sheet.status(view),
        day=appraisal.as_of,
        day_words=day(appraisal.as_of),
        front=page,
        sections=body,
        appendices=tuple(
            _lettered(section, letter) for section, letter in zip(appendices, ascii_uppercase, strict=False)
        ),
        footer=(
            "Supports a decision and does not take it; not legal advice. "
            f"Guidance {appraisal.pack.version}, checked {day(appraisal.pack.checked)}."
        ),
        occasion=sheet.occasion(view),
        marking=look.marking,
        accent=look.accent,
        logo=look.logo,
    )


def _full(view: View) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """The chapters of the body as far as twelve pages hold them, and the appendices with the rest."""
    before = view.numbers
    for budget in BUDGETS:
        view.numbers, view.budget = before, budget
        sections = _sections(view, _BODY)
        high = {section.heading.anchor: _high(section) for section in sections}
        far = {anchor for anchor, points in high.items() if points > ASIDES.get(anchor, inf)}
        aside = tuple(section for section in sections if section.heading.anchor in far)
        body = tuple(section for section in sections if section.heading.anchor not in far)
        if sum(high[section.heading.anchor] for section in body) <= BODY:
            break
    view.budget = replace(budget, name=WHOLE_NAMES)
    return body, (*aside, *_sections(view, _APPENDICES))


def _high(section: Section) -> float:
    return height((section.heading, *section.blocks))


def _lettered(section: Section, letter: str) -> Section:
    return replace(section, heading=replace(section.heading, text=f"Appendix {letter}: {section.heading.text}"))


def _sections(view: View, chapters: tuple[_Chapter, ...]) -> tuple[Section, ...]:
    return tuple(section for chapter in chapters if (section := chapter(view)) is not None)
