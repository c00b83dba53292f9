"""The result on one large page for the wall of a workshop: a few words, big enough to be read from two metres."""

from __future__ import annotations

from dataclasses import dataclass

from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from partnerwizard.report.blocks import Chart, Run, Spans
from partnerwizard.report.chapters.front import split_headline
from partnerwizard.report.chapters.options import ranked_chart
from partnerwizard.report.chapters.reasons import kind_word, reasons_against, reasons_for
from partnerwizard.report.chapters.sheet import status
from partnerwizard.report.look import dressed
from partnerwizard.report.pdf import typeset, values
from partnerwizard.report.pictures import best_of_forms
from partnerwizard.report.text import first_sentences, one_line, shortened
from partnerwizard.report.view import View
from partnerwizard.report.words import day, inline, listed, percent, sentence, unbroken

_BARS = 4
_NAME = 90
_LETTERS = 240
_CHART = 400.0
"""The width of the picture: printed over some 700 points, so that its letters are 23 points high and more."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with a few short lines."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """What the page says."""

    title: str
    organisation: str
    status: str
    day_words: str
    headline: str
    strength: str
    chart: Chart | None
    parts: tuple[Part, ...]
    footer: str
    marking: str
    accent: str | None


def render_wall(pack: Pack, case: Case, appraisal: Appraisal) -> bytes:
    """One A3 page across as PDF; the same input gives the same bytes."""
    document, _ = wall_with_warnings(pack, case, appraisal)
    return document


def wall_with_warnings(pack: Pack, case: Case, appraisal: Appraisal) -> tuple[bytes, list[str]]:
    """The page with what the typesetter warned of; there should be nothing."""
    return typeset("wall.typ", values(wall(View(pack, case, appraisal))), appraisal.as_of)


def wall(view: View) -> Wall:
    """What stands on the wall: the answer, the picture, why, what speaks against it, what would change it, and next."""
    headline, rest = split_headline(unbroken(one_line(view.verdict.sentence)))
    look = dressed(view.case)
    return Wall(
        title=shortened(one_line(view.case.title) or "Partnering options", _NAME),
        organisation=shortened(one_line(view.case.organisation), _NAME),
        status=status(view),
        day_words=day(view.appraisal.as_of),
        headline=headline,
        strength=rest or f"{kind_word(view)}.",
        chart=_chart(view),
        parts=tuple(part for part in _parts(view) if part.items),
        footer=(
            "Bars start at carrying on. Supports a decision and does not take it; not legal advice. Guidance "
            f"{view.appraisal.pack.version}, checked {day(view.appraisal.pack.checked)}."
        ),
        marking=look.marking,
        accent=look.accent,
    )


def _chart(view: View) -> Chart | None:
    drawn = tuple(
        option
        for option in best_of_forms(view, _BARS + 1)
        if not view.is_carry_on(option) or option in view.named or len(view.scored) == 1
    )[:_BARS]
    return ranked_chart(view, "ranked-wall", drawn, gap=8, width=_CHART) if drawn else None


def _parts(view: View) -> tuple[Part, ...]:
    group = view.verdict.kind == "close-group"
    return (
        Part("For each" if group else "Why", tuple(_label(each) for each in reasons_for(view))),
        Part("Against each" if group else "Against", tuple(_label(each) for each in reasons_against(view))),
        Part("What would change it", _changes(view)),
        Part("Next", _next(view)),
    )


def _label(reason: Spans) -> str:
    """The bold words with which a reason begins."""
    words = next((span.text for span in reason if isinstance(span, Run)), "")
    return words.removesuffix(".")


def _changes(view: View) -> tuple[str, ...]:
    found = view.appraisal.smallest_changes[:1]
    return tuple(sentence(first_sentences(view.brief(each.sentence), _LETTERS)) for each in found)


def _next(view: View) -> tuple[str, ...]:
    now = [sentence(view.brief(each.sentence)) for each in view.appraisal.route if each.step == "now"]
    facts = dict.fromkeys(
        inline(view.fact_name(each.fact)) for each in view.appraisal.find_out if each.could_change_the_answer
    )
    asked = (f"Find out first: {listed([*facts][:2])}.",) if facts else ()
    rival = view.runner_up
    behind = view.beats(view.leader, rival) if view.leader is not None and rival is not None and view.named else None
    second = (
        f"Runner-up: {inline(view.form_name(rival.form))}, behind in {percent(behind)}." if rival and behind else ""
    )
    return (*now[:1], *asked, *((second,) if second else ()))
