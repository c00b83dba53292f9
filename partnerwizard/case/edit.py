"""Every change a user can make, as a pure function from case to case; the time comes in as an argument."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import BaseModel

from partnerwizard.case import scenarios
from partnerwizard.case.model import (
    Answer,
    Case,
    Decision,
    FrontSheet,
    Grouping,
    HeldCause,
    Hunch,
    Lifted,
    LocalOption,
    Look,
    Override,
    OwnRating,
    PackReference,
    Partner,
    PointRange,
    Ranking,
    RedLine,
    Value,
)

Model = TypeVar("Model", bound=BaseModel)


def answer(case: Case, question: str, value: Value, at: datetime, partner: str | None = None) -> Case:
    """Records an answer, about one partner if it is named. None is "don't know", "n/a" does not apply."""
    given = {question: Answer(value=value, at=at)}
    case = unskip(case, question, partner)
    if partner is None:
        return _changed(case, at, answers={**case.answers, **given})
    return _with_partner_answers(case, partner, at, {**case.partner_by_id[partner].answers, **given})


def unanswer(case: Case, question: str, at: datetime, partner: str | None = None) -> Case:
    """Takes an answer back, so that the fact is unanswered again."""
    if partner is None:
        return _changed(case, at, answers={each: kept for each, kept in case.answers.items() if each != question})
    kept_answers = {each: kept for each, kept in case.partner_by_id[partner].answers.items() if each != question}
    return _with_partner_answers(case, partner, at, kept_answers)


def skip(case: Case, question: str, partner: str | None = None) -> Case:
    """Leaves a question for later; the day of the advice stays, which it does not change."""
    return _set_skipped(case, partner, (*_skipped(unskip(case, question, partner), partner), question))


def unskip(case: Case, question: str, partner: str | None = None) -> Case:
    """The question is no longer left for later; the day of the advice stays."""
    skipped = _skipped(case, partner)
    if question not in skipped:
        return case
    return _set_skipped(case, partner, tuple(each for each in skipped if each != question))


def describe(case: Case, at: datetime, **texts: str) -> Case:
    """Sets plain texts of the case: `title`, `organisation`, `problem`, `notes`."""
    return _changed(case, at, **texts)


def add_partner(case: Case, name: str, at: datetime) -> Case:
    """Adds a partner with an id made from its name."""
    new = Partner(id=new_id(name, taken=set(case.partner_by_id)), name=name)
    return _changed(case, at, partners=(*case.partners, new))


def rename_partner(case: Case, partner: str, name: str, at: datetime) -> Case:
    """Changes a partner's name; its id stays, so that nothing that names it is lost."""
    return _changed(case, at, partners=tuple(_with(p, name=name) if p.id == partner else p for p in case.partners))


def remove_partner(case: Case, partner: str, at: datetime) -> Case:
    """Removes a partner with its answers, in every scenario too; groupings lose it, and one left with one goes."""
    left = tuple(
        Grouping(id=grouping.id, partners=members)
        for grouping in case.groupings
        if len(members := tuple(each for each in grouping.partners if each != partner)) > 1
    )
    kept = tuple(
        _with(each, partner_answers={p: given for p, given in each.partner_answers.items() if p != partner})
        for each in case.scenarios
    )
    partners = tuple(p for p in case.partners if p.id != partner)
    return _changed(case, at, partners=partners, groupings=left, scenarios=kept)


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


def set_points(case: Case, points: Mapping[str, PointRange], at: datetime) -> Case:
    """Sets the swing points by criterion, [low, high] of 100, or takes them back (none)."""
    return _changed(case, at, points=dict(points))


def set_hunch(case: Case, form: str | None, text: str, at: datetime) -> Case:
    """Keeps what the board expects before it sees the result, or takes it back (no form and no words)."""
    said = form is not None or bool(text.strip())
    return _for_the_paper(case, hunch=Hunch(form=form, text=text, at=at) if said else None)


def set_red_lines(case: Case, red_lines: tuple[RedLine, ...], at: datetime) -> Case:
    """Replaces the red lines."""
    return _changed(case, at, red_lines=red_lines)


def lift(case: Case, lifted: Lifted, at: datetime) -> Case:
    """Brings an option back that a gate sets aside, with the user's reason."""
    return _changed(case, at, lifted=(*unlift(case, lifted.option, lifted.gate, at).lifted, lifted))


def unlift(case: Case, option: str, gate: str, at: datetime) -> Case:
    """Lets the gate count again."""
    return _changed(case, at, lifted=tuple(each for each in case.lifted if (each.option, each.gate) != (option, gate)))


def override(case: Case, own: Override, at: datetime) -> Case:
    """Puts the user's own rating in the place of the guidance's; of an option of the user's own, among its ratings."""
    if (local := _local(case, own.form)) is not None:
        rating = OwnRating(low=own.low, likely=own.likely, high=own.high, reason=own.reason)
        return _with_local(case, _with(local, ratings={**local.ratings, own.criterion: rating}), at)
    return _changed(case, at, overrides=(*_without_override(case, own.form, own.criterion), own))


def take_back_override(case: Case, form: str, criterion: str, at: datetime) -> Case:
    """Lets the guidance's own rating count again."""
    if (local := _local(case, form)) is not None:
        left = {each: rating for each, rating in local.ratings.items() if each != criterion}
        return _with_local(case, _with(local, ratings=left), at)
    return _changed(case, at, overrides=_without_override(case, form, criterion))


def add_local_option(case: Case, name: str, text: str, like: str, at: datetime) -> Case:
    """Adds an option of the user's own that is most like the form `like`; its id is `own-` and the name."""
    taken = {each.id for each in case.local_options}
    new = LocalOption(id=new_id(f"own-{name}", taken), name=name, text=text, like=like)
    return _changed(case, at, local_options=(*case.local_options, new))


def change_local_option(case: Case, option: str, name: str, text: str, like: str, at: datetime) -> Case:
    """Changes what an option of the user's own is; its id and its own ratings stay."""
    (local,) = (each for each in case.local_options if each.id == option)
    return _with_local(case, _with(local, name=name, text=text, like=like), at)


def remove_local_option(case: Case, option: str, at: datetime) -> Case:
    """Removes an option of the user's own, and what was said of it in red lines, scenarios and options brought back."""
    left = tuple(
        _with(
            scenario,
            red_lines=None if scenario.red_lines is None else _red_lines_without(scenario.red_lines, option),
            lifted=None if scenario.lifted is None else _lifted_without(scenario.lifted, option),
        )
        for scenario in case.scenarios
    )
    return _changed(
        case,
        at,
        local_options=tuple(each for each in case.local_options if each.id != option),
        red_lines=_red_lines_without(case.red_lines, option),
        lifted=_lifted_without(case.lifted, option),
        scenarios=left,
    )


def save_scenario(case: Case, name: str, changed: Case, scenario: str | None = None) -> Case:
    """Keeps what differs in `changed` under a name: as a new scenario, or in the place of the one with this id.

    The case itself answers as before, so the day of the advice stays.
    """
    taken = {each.id for each in case.scenarios}
    kept = scenarios.from_difference(case, changed, scenario or new_id(name, taken), name)
    if scenario in taken:
        return _for_the_paper(case, scenarios=tuple(kept if each.id == scenario else each for each in case.scenarios))
    return _for_the_paper(case, scenarios=(*case.scenarios, kept))


def rename_scenario(case: Case, scenario: str, name: str) -> Case:
    """Changes a scenario's name; its id stays, and so does the day of the advice."""
    renamed = (_with(each, name=name) if each.id == scenario else each for each in case.scenarios)
    return _for_the_paper(case, scenarios=tuple(renamed))


def remove_scenario(case: Case, scenario: str) -> Case:
    """Removes a scenario; the case itself stays as it is, with the day of its advice."""
    return _for_the_paper(case, scenarios=tuple(each for each in case.scenarios if each.id != scenario))


def adopt_scenario(case: Case, scenario: str, at: datetime) -> Case:
    """Makes what a scenario says the case itself; the scenarios stay."""
    return _changed(scenarios.with_scenario(case, scenario), at, scenarios=case.scenarios)


def adopt_pack(case: Case, pack: PackReference) -> Case:
    """Goes on under another edition of the guidance; what was advised under the earlier one is no longer kept."""
    return _for_the_paper(case, pack=pack, advised=None)


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


def _with(entry: Model, **fields: Any) -> Model:
    """A new, validated entry."""
    return type(entry)(**{**{name: getattr(entry, name) for name in type(entry).model_fields}, **fields})


def _red_lines_without(red_lines: tuple[RedLine, ...], form: str) -> tuple[RedLine, ...]:
    """Red lines that no longer name the form; one that named nothing else goes."""
    return tuple(
        _with(line, forms=tuple(each for each in line.forms if each != form))
        for line in red_lines
        if line.forms != (form,)
    )


def _lifted_without(lifted: tuple[Lifted, ...], form: str) -> tuple[Lifted, ...]:
    return tuple(each for each in lifted if each.option.partition(":")[0] != form)


def _local(case: Case, form: str) -> LocalOption | None:
    return next((each for each in case.local_options if each.id == form), None)


def _with_local(case: Case, local: LocalOption, at: datetime) -> Case:
    return _changed(
        case, at, local_options=tuple(local if each.id == local.id else each for each in case.local_options)
    )


def _without_override(case: Case, form: str, criterion: str) -> tuple[Override, ...]:
    return tuple(each for each in case.overrides if (each.form, each.criterion) != (form, criterion))


def _skipped(case: Case, partner: str | None) -> tuple[str, ...]:
    return case.skipped if partner is None else case.partner_by_id[partner].skipped


def _set_skipped(case: Case, partner: str | None, skipped: tuple[str, ...]) -> Case:
    if partner is None:
        return _for_the_paper(case, skipped=skipped)
    changed = (_with(p, skipped=skipped) if p.id == partner else p for p in case.partners)
    return _for_the_paper(case, partners=tuple(changed))


def _with_partner_answers(case: Case, partner: str, at: datetime, answers: dict[str, Answer]) -> Case:
    return _changed(
        case,
        at,
        partners=tuple(_with(p, answers=answers) if p.id == partner else p for p in case.partners),
    )


def _changed(case: Case, at: datetime, **fields: Any) -> Case:
    """A new, validated case; its day becomes that of the change."""
    return _for_the_paper(case, **fields, as_of=at.date())


def _for_the_paper(case: Case, **fields: Any) -> Case:
    """A new, validated case of the same day: what is changed does not enter the advice."""
    return _with(case, **fields)
