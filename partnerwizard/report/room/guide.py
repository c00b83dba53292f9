"""The facilitator's guide to print: the plan with its times, who is asked what, how to run a round, what to do if."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Participant, Stage, Workshop
from partnerwizard.pack.model import Pack
from partnerwizard.report.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Heading,
    Paragraph,
    Report,
    Section,
    Spans,
    Table,
    bold,
    spans,
)
from partnerwizard.report.look import dressed
from partnerwizard.report.text import one_line
from partnerwizard.report.words import counted, day, inline, listed
from partnerwizard.workshop.ballot import required
from partnerwizard.workshop.plan import suggested_plan

_SHOWN = {
    "codes": "People are shown by code alone, on the screen and in the report.",
    "roles": "People are shown by role and organisation, on the screen and in the report.",
    "names": "People are shown by name, on the screen and in the report. Everybody must have agreed to that.",
}
_WEIGHTS = {"ranks": "ranks aims and terms", "points": "gives points", None: ""}
_WAYS = (
    ("At the laptop, in turn", "One person at a time types, presses done, and the screen is cleared for the next."),
    (
        "Ballot page",
        "A file for each person that opens on any phone or laptop, offline. It gives back a small sealed file.",
    ),
    ("Code", "Who is asked for weights alone can read out a short code from the ballot page."),
    ("Excel ballot", "For those who can open nothing else. It comes back unsealed: do not open it yourself."),
    (
        "Online form",
        "An export of Microsoft Forms or Google Forms. You see which column is taken for what before it counts.",
    ),
    ("For the room", "One person enters what somebody says or writes on paper."),
)
_IF = (
    (
        "Somebody is late",
        "Keep the round open, or reopen it. After a reveal a late vote is marked as given with the results known.",
    ),
    (
        "Somebody votes twice",
        "The same vote again changes nothing. A different one is taken only if you say that it replaces the first.",
    ),
    (
        "Somebody will not vote",
        "Record that they abstain. Nobody is made to vote, and the report says how many abstained.",
    ),
    (
        "Somebody takes a vote back",
        "Withdraw it. What it said then stands nowhere; the record says that a vote was withdrawn.",
    ),
    ("The program or the laptop stops", "Open the case again. Every vote that had been said to be in is still there."),
    (
        "The laptop is lost",
        "With the case file and the recovery code of the round, another laptop can open it. Otherwise ask again.",
    ),
    ("The two ways of counting differ", "Show both. Neither is the answer; that they differ is what to talk about."),
    ("Few people voted", "A split can show what each person said. Ask them before you show it."),
)


def guide(pack: Pack, case: Case) -> Report:
    """The guide of a case's workshop. Private notes, red lines and answers about partners are never read."""
    workshop = required(case.workshop)
    look = dressed(case)
    stages = workshop.plan or suggested_plan(workshop)
    when = case.as_of or (workshop.record[0].at.date() if workshop.record else date.min)
    return Report(
        title=f"Facilitator’s guide: {one_line(case.title) or 'workshop'}",
        organisation=one_line(case.organisation),
        status="For the facilitator",
        day=when,
        day_words=day(when),
        front=tuple(_front(workshop, stages)),
        sections=(
            Section(Heading(2, "Who is asked what", "people"), tuple(_people(pack, case, workshop))),
            Section(Heading(2, "Running a round", "round"), tuple(_round())),
            Section(Heading(2, "Ways to vote", "ways"), (_two("Ways to vote", "Way", "How it goes", _WAYS),)),
            Section(Heading(2, "What to do if", "if"), (_two("What to do if", "If", "Then", _IF),)),
            Section(Heading(2, "What is protected, and what is not", "protected"), tuple(_protected())),
        ),
        appendices=(),
        footer="Supports a decision and does not take it. Keep this guide to yourself.",
        marking=look.marking,
        accent=look.accent,
        logo=look.logo,
    )


def _front(workshop: Workshop, stages: Iterable[Stage]) -> Iterable[Block]:
    stages = tuple(stages)
    total = sum(each.minutes for each in stages)
    yield Heading(1, "Facilitator’s guide", "answer")
    yield Paragraph(
        spans(
            f"{counted(len(workshop.participants), 'person', 'people')}, {_hours(total)} in all. Votes are kept apart "
            "until the reveal: nobody sees one before, you included. The quiet voice counts as much as the loud one."
        ),
        "lead",
    )
    rows: list[tuple[Spans, ...]] = []
    minutes = 0
    for each in stages:
        rows.append(
            (spans(bold(one_line(each.title))), spans(_hours(minutes)), spans(_hours(each.minutes)), spans(each.text))
        )
        minutes += each.minutes
    columns = (Column("Part", 2), Column("Starts after", 0.9), Column("Takes", 0.9), Column("What happens", 4))
    yield Table("Plan of the session", columns, tuple(rows))
    yield Paragraph(spans("Times are suggestions; the plan in the program can be changed."), "small")


def _people(pack: Pack, case: Case, workshop: Workshop) -> Iterable[Block]:
    yield Paragraph(spans(_SHOWN[workshop.names]))
    rows = tuple(
        (
            spans(bold(each.code)),
            spans(", ".join(filter(None, (one_line(each.name), one_line(each.role))))),
            spans(_organisation(workshop, each)),
            spans(_asked(pack, case, each)),
        )
        for each in workshop.participants
    )
    if rows:
        columns = (Column("Code", 0.6), Column("Who", 2), Column("Organisation", 2), Column("Asked for", 3))
        yield Table("Participants", columns, rows)
    else:
        yield Paragraph(spans("Nobody is in the list yet."))


def _organisation(workshop: Workshop, person: Participant) -> str:
    found = workshop.organisation_by_id.get(person.organisation or "")
    return one_line(found.name) if found else "none"


def _asked(pack: Pack, case: Case, person: Participant) -> str:
    asked = person.asked
    rated = [inline(pack.criterion_by_id[each].name) for each in asked.ratings if each in pack.criterion_by_id]
    known = [one_line(case.partner_by_id[each].name) or each for each in asked.readiness if each in case.partner_by_id]
    parts = [
        _WEIGHTS[asked.weights],
        f"rates options on {listed(rated)}" if rated else "",
        f"readiness with {listed(known)}" if known else "",
    ]
    return "; ".join(filter(None, parts)) or "nothing"


def _round() -> Iterable[Block]:
    steps = (
        "Open the round. Note its recovery code on a paper that stays with you.",
        "Hand out the ballots: each person gets their own and no other.",
        "Say: answer for yourself, leave out what you do not know, and keep your receipt.",
        "Watch who is in. The program shows that and nothing else.",
        "Close the round when everybody is in, absent or abstaining.",
        "Reveal. Show the spread first, then the split of first choices, then each organisation.",
        "Let people note the seal of the record that the screen shows, and find their receipts in the list.",
        "Talk along the agenda, from the top. Stop where the program says that further talk can change nothing.",
        "Open the next round, or record the decision and any dissent in people’s own words.",
    )
    yield Bullets(tuple(spans(each) for each in steps), numbered=True)


def _protected() -> Iterable[Block]:
    yield Bullets(
        tuple(
            spans(each)
            for each in (
                "Until the reveal votes are sealed: the case file, its copies and its log do not show them.",
                "The key of a round stays on this computer, in a folder of your own, and never in the case file.",
                "The record shows every later change of a line. It cannot show that a whole record was written anew: "
                "for that, people note the seal.",
                "A receipt shows its owner that the vote was counted as given.",
            )
        )
    )
    yield Callout(
        "caution",
        "Not protected",
        spans(
            "Whoever owns this computer could open votes early with a program of their own, and a returned Excel "
            "ballot or an export can be read by whoever opens it. Let somebody of the other side sit with you."
        ),
    )


def _two(caption: str, one: str, other: str, rows: Iterable[tuple[str, str]]) -> Table:
    return Table(caption, (Column(one, 1.2), Column(other, 3.5)), tuple((spans(bold(a)), spans(b)) for a, b in rows))


def _hours(minutes: int) -> str:
    """A stretch of time: 45 min, 1 h, 2 h 15 min."""
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")))
