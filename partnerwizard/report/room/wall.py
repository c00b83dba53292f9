"""A page for the wall of the room before anybody votes: what is decided, how it goes, what is compared. No result."""

from __future__ import annotations

from datetime import date

from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from partnerwizard.report.look import dressed
from partnerwizard.report.pdf import typeset, values
from partnerwizard.report.text import one_line, shortened
from partnerwizard.report.wall import Part, Wall
from partnerwizard.report.words import counted, day
from partnerwizard.workshop.ballot import required
from partnerwizard.workshop.plan import suggested_plan

_NAME = 90
_HOW = (
    "Answer for yourself, and leave out what you do not know.",
    "Nobody sees a vote before the reveal, the facilitator included.",
    "First the spread, then first choices, then each organisation. Never an average first.",
    "Your receipt lets you check that your vote was counted.",
    "You may abstain, or take your vote back.",
)

_SAY = (
    "What should get better, and what the change may ask of you.",
    "How much the one counts against the other.",
)


def render_room_wall(pack: Pack, case: Case) -> bytes:
    """One A3 page across as PDF; the same input gives the same bytes."""
    found = room_wall(pack, case)
    when = case.as_of or date(2000, 1, 1)
    document, _ = typeset("wall.typ", values(found), when)
    return document


def room_wall(pack: Pack, case: Case) -> Wall:
    """What stands on the wall, from the shared part of the case alone."""
    workshop = required(case.workshop)
    look = dressed(case)
    stages = workshop.plan or suggested_plan(workshop)
    title = shortened(one_line(case.title) or "Partnering options", _NAME)
    rounds = len({each.round for each in stages if each.kind == "vote"})
    return Wall(
        title=title,
        organisation=shortened(one_line(case.organisation), _NAME),
        status="Workshop",
        day_words=day(case.as_of) if case.as_of else "",
        headline=title,
        strength=(
            f"{counted(len(workshop.participants), 'voice')}, {counted(rounds, 'round')}. "
            "Votes stay apart until the reveal."
        ),
        chart=None,
        parts=(
            Part("How it goes", _HOW),
            Part("What you say", _SAY),
            Part("Today", tuple(f"{one_line(each.title)}, {each.minutes} min" for each in stages)),
        ),
        footer="Supports a decision and does not take it; not legal advice.",
        marking=look.marking,
        accent=look.accent,
    )
