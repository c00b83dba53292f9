"""The full paper: at most twelve pages before the appendices, whatever people typed, and with nothing lost."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pikepdf
import pytest

from partnerwizard.case.model import Decision, FrontSheet, Override
from partnerwizard.report.blocks import Report, Section
from partnerwizard.report.compose import compose
from partnerwizard.report.pdf import render_with_warnings
from partnerwizard.report.text import shortened_inside
from tests.report.cases import WORKED, Material, many_options, material, usual, with_verdict, worked
from tests.report.reading import page_text, said, tells
from tests.report.test_formats import hostile

MOST = 12
STORY = "The rota cannot be filled, and three years of recruiting brought no lasting success. "
LONG = "University Teaching Hospitals of the Eastern Riverside and the Northern Marshes NHS Foundation Trust, once "


def changed(found: Material, **fields: Any) -> Material:
    pack, case, appraisal = found
    return pack, case.model_copy(update=fields), appraisal


def decided() -> Material:
    front = FrontSheet(
        meeting="Board of directors",
        day=date(2026, 12, 3),
        sponsor="Chief executive",
        purpose="decision",
        earlier_committees="Finance committee\n" * 30,
        asked=STORY * 40,
    )
    decision = Decision(
        text=STORY * 20,
        decided_by="Board of directors",
        day=date(2026, 12, 3),
        reasons=STORY * 40,
        minority_view=STORY * 30,
    )
    return changed(usual(), front=front, decision=decision, problem=STORY * 700)


def red_lines() -> Material:
    return material(
        red_lines=[
            {"text": f"Line {n}: {STORY * 11}"[:1000], "owner": f"Owner {n}", "forms": ["merger"]} for n in range(100)
        ]
    )


def own_ratings() -> Material:
    pack, case, appraisal = usual()
    forms = [form.id for form in pack.forms[:20]]
    overrides = tuple(
        Override(form=form, criterion="clinical-quality", low=10, likely=20, high=30, reason=STORY * 20)
        for form in forms
    )
    return pack, case.model_copy(update={"overrides": overrides}), appraisal


def long_names() -> Material:
    return material(partners=[{"id": f"p{n}", "name": (LONG * 3)[:280] + f" {n}"} for n in range(4)])


HARD = {
    "many": many_options,
    "close-group-of-many": lambda: with_verdict(many_options(), "close-group", 3),
    "long-names": long_names,
    "hostile": hostile,
    "decided": decided,
    "red-lines": red_lines,
    "own-ratings": own_ratings,
}


@cache
def paper(name: str) -> tuple[Report, tuple[str, ...]]:
    """The report of a case by its name, and the text of each page."""
    report = compose(*(HARD[name]() if name in HARD else worked(name)))
    document, warnings = render_with_warnings(report)
    assert warnings == []
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return report, tuple(page_text(page) for page in pdf.pages)


def body(report: Report, pages: tuple[str, ...]) -> int:
    """How many pages stand before the first appendix."""
    first = "".join(report.appendices[0].heading.text.split())
    return next(n for n, text in enumerate(pages) if first in "".join(text.replace("\u200b", "").split()))


@pytest.mark.parametrize(
    "name", [*WORKED[:1], *[pytest.param(name, marks=pytest.mark.long) for name in (*WORKED[1:], *HARD)]]
)
def test_the_body_has_at_most_twelve_pages(name: str) -> None:
    report, pages = paper(name)
    assert 4 <= body(report, pages) <= MOST


@pytest.mark.parametrize("name", ["decided", "red-lines"])
def test_what_the_body_cuts_stands_whole_in_an_appendix(name: str) -> None:
    _, case, _ = HARD[name]()
    report, _ = paper(name)
    told = "\n".join(
        text for each in report.appendices for text in said(report_of(report, each)) if each.heading.anchor == "in-full"
    )
    wrote = [case.problem, *(line.text for line in case.red_lines)] if name == "red-lines" else [case.problem]
    if case.decision is not None and case.front is not None:
        wrote += [case.decision.text, case.decision.reasons, case.decision.minority_view, case.front.asked]
    for text in wrote:
        assert tells(text, told)


def report_of(report: Report, section: Section) -> Report:
    """A report with one appendix alone, to read it."""
    return replace(report, front=(), sections=(), appendices=(section,))


def test_long_names_that_differ_at_their_end_are_still_told_apart() -> None:
    names = [f"{LONG * 3} {n}" for n in range(4)]
    for limit in (60, 80, 120):
        short = [shortened_inside(name, limit) for name in names]
        assert len(set(short)) == 4
        assert all(len(each) <= limit for each in short)
    report, _ = paper("long-names")
    full = (LONG * 3)[:280]
    assert any(full in text for each in report.appendices for text in said(report_of(report, each)))
