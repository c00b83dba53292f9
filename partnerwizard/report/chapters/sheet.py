"""The front sheet of a board paper, and the record of what was decided."""

from __future__ import annotations

from partnerwizard.case.model import FrontSheet
from partnerwizard.report.blocks import Block, Heading, KeyFacts, Paragraph, Section, Spans, lines, spans
from partnerwizard.report.text import one_line, paragraphs, shortened
from partnerwizard.report.view import View
from partnerwizard.report.words import day, listed

PURPOSE = {"decision": "For decision", "discussion": "For discussion", "assurance": "For assurance"}
UNDECIDED = "For board discussion"
_ASKED = "To discuss what is advised here, what would change it, and what is not known. Nothing is decided yet."


def status(view: View) -> str:
    """What the paper is: for discussion, until a decision is recorded."""
    decision = view.case.decision
    return UNDECIDED if decision is None else f"Decision of {day(decision.day)} recorded"


def occasion(view: View) -> str:
    """Purpose, meeting and day in a line, where a front sheet is given."""
    front = view.case.front
    if front is None:
        return ""
    parts = (PURPOSE[front.purpose], one_line(front.meeting), day(front.day) if front.day else "")
    return " · ".join(part for part in parts if part)


def front_sheet(view: View) -> Section:
    """The fields that boards use, as far as they were given."""
    front = view.case.front or FrontSheet()
    given = (
        ("Meeting", one_line(front.meeting)),
        ("Date", day(front.day) if front.day else ""),
        ("Sponsor", one_line(front.sponsor)),
        ("Author", one_line(front.author)),
        ("Purpose", PURPOSE[front.purpose]),
        ("Seen before by", front.earlier_committees),
        ("Risk register", one_line(front.risk_register)),
        ("The board is asked", front.asked.strip() or _ASKED),
    )
    items = tuple((label, told(view, text)) for label, text in given if text.strip())
    return Section(Heading(2, "Front sheet", "front-sheet"), (KeyFacts(items),))


def told(view: View, text: str) -> Spans:
    """What the trust wrote, as much of it as the paper has room for; an appendix has the rest."""
    whole = "\n".join(paragraphs(text))
    shown = shortened(whole, view.budget.prose)
    return lines([*shown.split("\n"), "The whole text is in an appendix." if shown != whole else ""])


def decision_record(view: View) -> Section:
    """What was decided, by whom, when and why, with the minority view."""
    decision = view.case.decision
    heading = Heading(2, "Decision record", "decision")
    if decision is None:
        text = (
            "No decision is recorded, so this paper is for discussion. Once there is one, its wording, who took it, "
            "its day, its reasons and any minority view stand here."
        )
        return Section(heading, (Paragraph(spans(text)),))
    said: list[tuple[str, Spans]] = []
    if decision.option:
        said.append(("Option", spans(view.name(decision.option))))
    for label, text in (
        ("Decision", decision.text),
        ("Decided by", decision.decided_by),
        ("Day", day(decision.day)),
        ("Reasons", decision.reasons or "None were recorded."),
        ("Minority view", decision.minority_view or "None was recorded."),
    ):
        if text.strip():
            said.append((label, told(view, text)))
    blocks: list[Block] = [KeyFacts(tuple(said))]
    if decision.option and decision.option not in view.verdict.options and view.named:
        advised = listed((view.name(option) for option in view.named), "or")
        blocks.append(Paragraph(spans(f"This differs from the advice of this paper, which names {advised}.")))
    return Section(heading, tuple(blocks))
