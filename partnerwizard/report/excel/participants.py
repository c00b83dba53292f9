"""Sheets of the workshop: every revealed vote under its anonymous code, and the record."""

from __future__ import annotations

from partnerwizard.case.workshop import Counted
from partnerwizard.report.excel.sheets import Field, Sheet, in_order
from partnerwizard.report.text import one_line
from partnerwizard.report.view import View
from partnerwizard.report.words import inline
from partnerwizard.workshop.record import receipt, seal_of
from partnerwizard.workshop.results import shown_as


def participants(view: View) -> Sheet:
    """What each participant said in each revealed round, shown as agreed. Readiness is left to each side."""
    fields = (
        Field("Round", 8, "whole"),
        Field("Participant", 30, "strong"),
        Field("Organisation", 30),
        Field("Aims, most important first", 50),
        Field("Terms, most important first", 40),
        Field("First term against first aim at 100", 18),
        Field("Points", 50),
        Field("Ratings", 60),
        Field("With the results known", 12),
        Field("Receipt", 18),
    )
    held = view.case.workshop
    rows = () if held is None else tuple(_row(view, each.number, vote) for each in held.rounds for vote in each.votes)
    about = "Every revealed vote as it was given, people shown as they agreed. They enter no other sheet."
    return Sheet("Participants", about, fields, rows, keep=2)


def record(view: View) -> Sheet:
    """The record of the workshop, line by line."""
    fields = (
        Field("Line", 7, "whole"),
        Field("When (UTC)", 20),
        Field("What", 26, "strong"),
        Field("Details", 90),
        Field("Hash", 66, "key"),
    )
    held = view.case.workshop
    if held is None:
        return Sheet("Record", "", fields, ())
    rows = tuple(
        (
            entry.number,
            f"{entry.at:%Y-%m-%d %H:%M}",
            entry.what.replace("-", " "),
            "; ".join(f"{name}: {text}" for name, text in sorted(entry.detail.items())),
            entry.hash,
        )
        for entry in held.record
        # When each vote came in could tell who voted how; the paper leaves it out too.
        if entry.what != "vote-in"
    )
    return Sheet("Record", f"Every line but those that a vote came in. Seal: {seal_of(held)}.", fields, rows)


def _row(view: View, number: int, counted: Counted) -> tuple[str | int, ...]:
    held = view.case.workshop
    assert held is not None
    vote = counted.vote
    person = held.participant_by_id.get(counted.participant)
    organisation = held.organisation_by_id.get((person.organisation or "") if person else "")
    points = "; ".join(f"{view.criterion_name(each)} {given}" for each, given in vote.points.items())
    return (
        number,
        one_line(shown_as(held, counted.participant)),
        one_line(organisation.name) if organisation else "",
        in_order(view, vote.aims),
        in_order(view, vote.terms),
        "" if vote.swing is None else f"{vote.swing[0]} to {vote.swing[1]}",
        f"{points}, give or take {vote.give}" if points else "",
        "; ".join(
            f"{view.criterion_name(criterion)}, {inline(view.form_name(form))}: {level}"
            for criterion, levels in vote.ratings.items()
            for form, level in levels.items()
        ),
        "Yes" if counted.late else "",
        receipt(counted.commitment),
    )
