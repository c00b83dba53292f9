"""Every change a user can make, as a pure function from case to case; the time comes in as an argument."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from partnerwizard.case.model import (
    Answer,
    Case,
    Decision,
    FrontSheet,
    Grouping,
    HeldCause,
    Lifted,
    Look,
    Partner,
    Ranking,
    RedLine,
    Value,
)


def answer(case: Case, question: str, value: Value, at: datetime, partner: str | None = None) -> Case:
    """Records an answer, about one partner if it is named. None is "don't know", "n/a" does not apply."""
    given = {question: Answer(value=value, at=at)}
    if partner is None:
        return _changed(case, at, answers={**case.answers, **given})
    return _with_partner_answers(case, partner, at, {**case.partner_by_id[partner].answers, **given})


def unanswer(case: Case, question: str, at: datetime, partner: str | None = None) -> Case:
    """Takes an answer back, so that the fact is unanswered again."""
    if partner is None:
        return _changed(case, at, answers={each: kept for each, kept in case.answers.items() if each != question})
    kept_answers = {each: kept for each, kept in case.partner_by_id[partner].answers.items() if each != question}
    return _with_partner_answers(case, partner, at, kept_answers)


def describe(case: Case, at: datetime, **texts: str) -> Case:
    """Sets plain texts of the case: `title`, `organisation`, `problem`, `notes`."""
    return _changed(case, at, **texts)


def add_partner(case: Case, name: str, at: datetime) -> Case:
    """Adds a partner with an id made from its name."""
    new = Partner(id=new_id(name, taken=set(case.partner_by_id)), name=name)
    return _changed(case, at, partners=(*case.partners, new))


def rename_partner(case: Case, partner: str, name: str, at: datetime) -> Case:
    """Changes a partner's name; its id stays, so that nothing that names it is lost."""
    return _changed(
        case, at, partners=tuple(p.model_copy(update={"name": name}) if p.id == partner else p for p in case.partners)
    )


def remove_partner(case: Case, partner: str, at: datetime) -> Case:
    """Removes a partner with its answers; groupings lose it, and one left with a single partner goes."""
    left = tuple(
        Grouping(id=grouping.id, partners=members)
        for grouping in case.groupings
        if len(members := tuple(each for each in grouping.partners if each != partner)) > 1
    )
    return _changed(case, at, partners=tuple(p for p in case.partners if p.id != partner), groupings=left)


def set_groupings(case: Case, groupings: tuple[Grouping, ...], at: datetime) -> Case:
    """Replaces the named groupings of partners."""
    return _changed(case, at, groupings=groupings)


def set_causes(case: Case, causes: tuple[HeldCause, ...], at: datetime) -> Case:
    """Replaces the diagnosed causes."""
    return _changed(case, at, causes=causes)


def rank_aims(case: Case, aims: Ranking, at: datetime) -> Case:
    """Replaces the chosen aims, most important first."""
    return _changed(case, at, aims=aims)


def rank_terms(case: Case, terms: Ranking, at: datetime) -> Case:
    """Replaces the ranking of the terms, most important first."""
    return _changed(case, at, terms=terms)


def set_swing(case: Case, swing: tuple[float, float] | None, at: datetime) -> Case:
    """Sets the top term's swing against a top aim of 100, or takes it back (None: the pack's range)."""
    return _changed(case, at, swing=swing)


def set_red_lines(case: Case, red_lines: tuple[RedLine, ...], at: datetime) -> Case:
    """Replaces the red lines."""
    return _changed(case, at, red_lines=red_lines)


def lift(case: Case, lifted: Lifted, at: datetime) -> Case:
    """Brings an option back that a gate sets aside, with the user's reason."""
    return _changed(case, at, lifted=(*unlift(case, lifted.option, lifted.gate, at).lifted, lifted))


def unlift(case: Case, option: str, gate: str, at: datetime) -> Case:
    """Lets the gate count again."""
    return _changed(case, at, lifted=tuple(each for each in case.lifted if (each.option, each.gate) != (option, gate)))


def set_front(case: Case, front: FrontSheet | None) -> Case:
    """Sets what the paper says about itself, or takes it away; the day of the advice stays."""
    return _for_the_paper(case, front=front)


def set_timetable_start(case: Case, start: date | None) -> Case:
    """Sets the day from which approvals are counted (None: the day of the report); the day of the advice stays."""
    return _for_the_paper(case, timetable_start=start)


def record_decision(case: Case, decision: Decision | None) -> Case:
    """Records what was decided, or takes the record away; the day of the advice stays."""
    return _for_the_paper(case, decision=decision)


def set_look(case: Case, look: Look | None) -> Case:
    """Sets how papers look, or goes back to the usual look; the day of the advice stays."""
    return _for_the_paper(case, look=look)


def new_id(name: str, taken: set[str]) -> str:
    """A kebab-case id from a name, plain ASCII, not among those taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "partner"
    return next(
        each
        for number in range(1, len(taken) + 3)
        if (each := stem if number == 1 else f"{stem}-{number}") not in taken
    )


def _with_partner_answers(case: Case, partner: str, at: datetime, answers: dict[str, Answer]) -> Case:
    return _changed(
        case,
        at,
        partners=tuple(p.model_copy(update={"answers": answers}) if p.id == partner else p for p in case.partners),
    )


def _changed(case: Case, at: datetime, **fields: Any) -> Case:
    """A new, validated case; its day becomes that of the change."""
    return _for_the_paper(case, **fields, as_of=at.date())


def _for_the_paper(case: Case, **fields: Any) -> Case:
    """A new, validated case of the same day: what is changed does not enter the advice."""
    current = {name: getattr(case, name) for name in Case.model_fields}
    return Case(**{**current, **fields})
