"""From a pack, a case and its appraisal to the report: a pure function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from string import ascii_uppercase
from typing import Literal

from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from partnerwizard.report.blocks import Report, Section
from partnerwizard.report.chapters import firmness, front, method, options, plan, situation
from partnerwizard.report.chapters.answers import answers
from partnerwizard.report.chapters.evidence import evidence
from partnerwizard.report.text import one_line, shortened
from partnerwizard.report.view import View
from partnerwizard.report.words import day

Length = Literal["full", "summary"]

_NAME = 120
STATUS = "For board discussion"

_Chapter = Callable[[View], Section | None]

_SUMMARY: tuple[_Chapter, ...] = (options.not_taken, plan.route, method.sources, method.provenance)
_BODY: tuple[_Chapter, ...] = (
    situation.problem,
    situation.place,
    situation.priorities,
    options.compared,
    options.not_taken,
    firmness.firmness,
    firmness.rests_on,
    firmness.unknowns,
    plan.recommended,
    plan.route,
    plan.readiness,
    plan.precedents,
    plan.cautions,
)
_APPENDICES: tuple[_Chapter, ...] = (
    options.every_form,
    evidence,
    situation.full_account,
    answers,
    method.method,
    method.glossary,
    method.sources,
    method.provenance,
)


def compose(pack: Pack, case: Case, appraisal: Appraisal, length: Length = "full") -> Report:
    """The report in full, or the summary of about two pages. Private notes of the case are never read."""
    view = View(pack, case, appraisal)
    page = front.front(view)
    body, appendices = (_SUMMARY, ()) if length == "summary" else (_BODY, _APPENDICES)
    return Report(
        title=one_line(case.title) or "Partnering options",
        organisation=shortened(one_line(case.organisation), _NAME),
        status=STATUS,
        day=appraisal.as_of,
        day_words=day(appraisal.as_of),
        front=page,
        sections=_sections(view, body),
        appendices=tuple(
            _lettered(section, letter)
            for section, letter in zip(_sections(view, appendices), ascii_uppercase, strict=False)
        ),
        footer=(
            "Supports a decision and does not take it; not legal advice. "
            f"Guidance {appraisal.pack.version}, checked {day(appraisal.pack.checked)}."
        ),
    )


def _lettered(section: Section, letter: str) -> Section:
    return replace(section, heading=replace(section.heading, text=f"Appendix {letter}: {section.heading.text}"))


def _sections(view: View, chapters: tuple[_Chapter, ...]) -> tuple[Section, ...]:
    return tuple(section for chapter in chapters if (section := chapter(view)) is not None)
