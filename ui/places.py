"""Where one can be in the window, in order: the quick look, then the answer and what deepens it, then the report."""

from __future__ import annotations

from dataclasses import dataclass

from partnerwizard import flow
from partnerwizard.pack.model import Pack

START = "start"
HUNCH = "hunch"
EVIDENCE = "evidence"
RESULT = "result"
OPTIONS = "options"
COMPARE = "compare"
WHAT_IF = "what-if"
CHECK = "check"
DECISION = "decision"
REPORT = "report"


@dataclass(frozen=True)
class Place:
    """One entry of the step list. `step`: the pack's step that it shows, or None for a page of the window's own."""

    id: str
    title: str
    quick: bool
    step: str | None = None


def places(pack: Pack) -> tuple[Place, ...]:
    """All places in reading order. A step belongs to the quick look if the quick look can ask anything on it."""
    asked = {question.step for question in pack.questions if question.quick is not None}
    quick = asked | set(flow.TOPIC_STEPS.values())
    steps = [Place(step.id, step.title, step.id in quick, step.id) for step in pack.head.steps]
    later = [place for place in steps if not place.quick]
    last = len(later) - 1
    begin = [place for place in steps if place.quick]
    return (
        *begin[:1],
        # Asked once the problem is said, and before any result that could lead it.
        Place(HUNCH, "Your own hunch", True),
        *begin[1:],
        Place(RESULT, "Answer so far", False),
        *later[:last],
        Place(OPTIONS, "Options and why", False),
        Place(EVIDENCE, "Evidence and your own ratings", False),
        *later[max(last, 0) :],
        Place(COMPARE, "Compare two options", False),
        Place(WHAT_IF, "What if …", False),
        Place(CHECK, "Check your answers", False),
        Place(DECISION, "Record the decision", False),
        Place(REPORT, "Report", False),
    )
