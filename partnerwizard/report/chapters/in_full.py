"""What the body had to cut, whole: texts that the trust wrote, and lists of which it gives the first entries."""

from __future__ import annotations

from partnerwizard.report.blocks import Block, Bullets, Heading, Paragraph, Section, bold, spans
from partnerwizard.report.chapters.firmness import about
from partnerwizard.report.chapters.situation import red_lines
from partnerwizard.report.text import paragraphs
from partnerwizard.report.view import View
from partnerwizard.report.words import sentence

_NO_LIMIT = 100_000


def in_full(view: View) -> Section | None:
    """The texts and lists that stand in the body only in part."""
    blocks = [*_texts(view), *_red_lines(view), *_facts(view), *_cautions(view)]
    if not blocks:
        return None
    return Section(Heading(2, "In full: what the body cuts", "in-full"), tuple(blocks))


def _texts(view: View) -> list[Block]:
    front, decision = view.case.front, view.case.decision
    written = {
        "The problem": view.case.problem,
        "What the board is asked": front.asked if front else "",
        "Seen before by": front.earlier_committees if front else "",
        "The decision": decision.text if decision else "",
        "Reasons of the decision": decision.reasons if decision else "",
        "The minority view": decision.minority_view if decision else "",
    }
    blocks: list[Block] = []
    for number, (title, text) in enumerate(written.items()):
        told = paragraphs(text)
        if len("\n".join(told)) > view.budget.prose:
            blocks += [Heading(3, title, f"in-full-{number}"), *(Paragraph(spans(each)) for each in told)]
    return blocks


def _red_lines(view: View) -> list[Block]:
    whole = red_lines(view, _NO_LIMIT)
    if len(whole) <= view.budget.items and whole == red_lines(view, view.budget.prose // 4):
        return []
    return [Heading(3, "Red lines", "in-full-red-lines"), Bullets(tuple(whole))]


def _facts(view: View) -> list[Block]:
    found = [each for each in view.appraisal.find_out if each.could_change_the_answer]
    if len(found) <= view.budget.items:
        return []
    items = (
        spans(bold(f"{view.fact_name(each.fact)} ({about(view, each.about)}). "), sentence(each.why)) for each in found
    )
    return [Heading(3, "Facts that could change the answer", "in-full-facts"), Bullets(tuple(items), numbered=True)]


def _cautions(view: View) -> list[Block]:
    cautions = view.appraisal.cautions
    if len(cautions) <= view.budget.items:
        return []
    return [Heading(3, "Cautions", "in-full-cautions"), Bullets(tuple(spans(sentence(each)) for each in cautions))]
