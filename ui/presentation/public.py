"""The answer as slides: only what the report says to everybody.

Private notes, red lines and what was said about a partner stay out, even where a sentence of the appraisal mentions
them: a board room has guests, and the partner may be among them.
"""

from __future__ import annotations

from collections.abc import Iterator

from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from partnerwizard.report.blocks import Spans, bold, spans
from partnerwizard.report.chapters.reasons import kind_word, reasons_against, reasons_for, strength
from partnerwizard.report.charts.marks import Picture
from partnerwizard.report.pictures import best_of_forms, ranked_picture
from partnerwizard.report.view import View
from partnerwizard.report.words import STEP, points, sentence
from ui.presentation.slide import MOST, Slide, with_points
from ui.words import finding

LETTERS = 130
"""So long a reason can be read from the back of a room."""

PUBLIC_CHANGES = {"weights", "rating"}
"""Changes of what the room weighs and of what the guidance rates; the others speak of facts and red lines."""

BARS = 7

LEAST = 0.5
"""Points below this are said as none."""


def public_slides(pack: Pack, case: Case, appraisal: Appraisal) -> tuple[Slide, ...]:
    """The answer, its picture, the reasons, what would change it, what to find out, and the route."""
    view = View(pack, case, appraisal)
    return tuple(_slides(view))


def _slides(view: View) -> Iterator[Slide]:
    appraisal = view.appraisal
    kind = kind_word(view)
    headline, _ = finding(appraisal.verdict.sentence)
    yield Slide(kind, headline, (spans(strength(view)),))
    if view.scored:
        yield _picture(view, kind)
    for title, found in (
        ("What speaks for it", reasons_for(view, letters=LETTERS)),
        ("What speaks against it", reasons_against(view, letters=LETTERS)),
    ):
        yield from with_points(kind, title, found)
    changes = [spans(sentence(each.sentence)) for each in appraisal.smallest_changes if each.kind in PUBLIC_CHANGES]
    yield from with_points("How firm it is", "What would change it", changes[:MOST])
    unknown = [spans(view.fact_name(each.fact)) for each in appraisal.find_out if each.about in {"trust", "context"}]
    yield from with_points("Not known yet", "What we should find out first", unknown[:MOST])
    route: list[Spans] = [
        spans(bold(f"{STEP[step.step]}. "), sentence(step.sentence))
        for step in appraisal.route
        if step.step in {"now", "fallback"}
    ]
    yield from with_points("The way there", "What to do now, and if it cannot be had", route)


def _standing(view: View) -> str:
    """The picture's finding: how far the first stands above carrying on."""
    leader = view.leader
    if leader is None or view.is_carry_on(leader) or view.difference(leader) < LEAST:
        return "Against carrying on as now"
    return f"{view.form_name(leader.form)}: {points(view.difference(leader))} against carrying on as now"


def _picture(view: View, kind: str) -> Slide:
    def draw(width: float, most: int) -> Picture | None:
        return ranked_picture(view, best_of_forms(view, most), width, "ranked-room", 14.0) if most else None

    shown = best_of_forms(view, BARS)
    figures = "; ".join(f"{view.name(option)} {points(view.difference(option))}" for option in shown)
    return Slide(kind, _standing(view), (), draw, f"Points against carrying on: {figures}.")
