"""What one participant is asked in a round, with the words that a ballot prints, and whether answers fit it.

A ballot is made from the shared part of a case alone: names, and the guidance's own descriptions. Nothing that the case
says about a partner, no private note, no red line, no weight and no result of it reaches a ballot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import ValidationError

from partnerwizard.case.file import problem_lines
from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Participant, Questions, Round, Vote, Workshop
from partnerwizard.pack.model import Pack
from partnerwizard.workshop.canonical import digest
from partnerwizard.workshop.problems import Refused

STEP = 5
"""Swing and points are given in steps of so many, so that a code that is read out stays short."""

MOST_SWING = 200
GIVES = (0, 5, 10, 20)
GIVE = 10


@dataclass(frozen=True, slots=True)
class Scale:
    """A criterion with its described scale."""

    id: str
    name: str
    question: str
    zero: str
    carrying_on: str
    hundred: str
    carry_on: int


@dataclass(frozen=True, slots=True)
class Thing:
    """A form, a partner or an ingredient by its name, with a sentence about it."""

    id: str
    name: str
    about: str = ""


@dataclass(frozen=True)
class Ballot:
    """What a participant is asked in a round. `fingerprint` tells ballots apart that ask something else."""

    workshop: str
    round: int
    participant: str
    title: str
    organisation: str
    weights: Literal["ranks", "points"] | None
    aims: tuple[Scale, ...]
    terms: tuple[Scale, ...]
    rated: tuple[Scale, ...]
    forms: tuple[Thing, ...]
    partners: tuple[Thing, ...]
    ingredients: tuple[Thing, ...]
    fingerprint: str

    @property
    def code(self) -> str:
        """The participant's anonymous code."""
        return self.participant.upper()

    @property
    def weights_alone(self) -> bool:
        """Whether it asks for weights and nothing else, so that a code can be read out."""
        return self.weights is not None and not (self.rated and self.forms) and not self.partners

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Everything that can be named, by id."""
        scales = {each.id: each.name for each in (*self.aims, *self.terms, *self.rated)}
        return scales | {each.id: each.name for each in (*self.forms, *self.partners, *self.ingredients)}


def questions(pack: Pack, forms: Sequence[str] = ()) -> Questions:
    """What a round asks unless the facilitator narrows it: every criterion, these forms, every ingredient."""
    return Questions(
        aims=tuple(each.id for each in pack.branch("aims")),
        terms=tuple(each.id for each in pack.branch("terms")),
        forms=tuple(forms),
        ingredients=tuple(each.id for each in pack.ingredients),
    )


def ballot(pack: Pack, case: Case, round_: Round, participant: Participant) -> Ballot:
    """The ballot of one participant. Ids that the pack or the case no longer knows are left out."""
    workshop = case.workshop
    assert workshop is not None
    asked, offered = participant.asked, round_.questions
    readiness = tuple(each for each in asked.readiness if each in case.partner_by_id) if offered.ingredients else ()
    rated = asked.ratings if offered.forms else ()
    return Ballot(
        workshop=workshop.id,
        round=round_.number,
        participant=participant.id,
        title=case.title,
        organisation=case.organisation,
        weights=asked.weights,
        aims=_scales(pack, offered.aims) if asked.weights else (),
        terms=_scales(pack, offered.terms) if asked.weights else (),
        rated=_scales(pack, rated),
        forms=tuple(
            Thing(each, pack.form_by_id[each].name, pack.form_by_id[each].definition.text)
            for each in offered.forms
            if rated and each in pack.form_by_id
        ),
        partners=tuple(Thing(each, case.partner_by_id[each].name or each) for each in readiness),
        ingredients=tuple(
            Thing(each.id, each.name, pack.question_by_id[each.question].text)
            for each in pack.ingredients
            if readiness and each.id in offered.ingredients
        ),
        fingerprint=digest(
            {
                "workshop": workshop.id,
                "round": round_.number,
                "questions": offered.model_dump(mode="json"),
                "asked": asked.model_dump(mode="json"),
            }
        ),
    )


def ballots(pack: Pack, case: Case, round_: Round) -> tuple[Ballot, ...]:
    """The ballots of everybody who is asked something."""
    workshop = case.workshop
    assert workshop is not None
    found = (ballot(pack, case, round_, each) for each in workshop.participants)
    return tuple(each for each in found if each.weights or each.forms or each.partners)


def checked(asked: Ballot, answers: Mapping[str, Any], where: str = "") -> Vote:
    """The vote that these answers are. Raises Refused with every reason why they fit the ballot nowhere.

    `answers`: the fields of a vote as plain values, without participant and round. `where` stands before each problem:
    a file's name, or nothing for the participant's code.
    """
    place = where or f"Ballot of {asked.code}"
    document = {**answers, "participant": asked.participant, "round": asked.round}
    try:
        vote = Vote.model_validate(document)
    except ValidationError as error:
        raise Refused(*problem_lines(error, place)) from None
    vote = _tidy(vote)
    problems = list(dict.fromkeys(_problems(asked, vote)))
    if problems:
        raise Refused(*(f"{place}: {each}" for each in problems))
    return vote


def unanswered(asked: Ballot, vote: Vote) -> tuple[str, ...]:
    """What the vote leaves open, in words; the rest counts."""
    found = []
    if asked.weights == "ranks":
        if not vote.aims:
            found.append("no aim is ranked: all aims are taken as tied")
        if not vote.terms:
            found.append("no term is ranked: all terms are taken as tied")
        if vote.swing is None and vote.aims and vote.terms:
            found.append("the top term is not set against the top aim: the guidance’s range is used")
    if asked.weights == "points" and not vote.points:
        found.append("no points are given: no weights are counted")
    for criterion in asked.rated:
        left = [each.name for each in asked.forms if each.id not in vote.ratings.get(criterion.id, {})]
        if left:
            found.append(f"{criterion.name}: not rated for {', '.join(left)}")
    for partner in asked.partners:
        left = [each.name for each in asked.ingredients if each.id not in vote.readiness.get(partner.id, {})]
        if left:
            found.append(f"readiness with {partner.name}: {len(left)} of {len(asked.ingredients)} not answered")
    return tuple(found)


def required(workshop: Workshop | None) -> Workshop:
    """The workshop of a case. Raises Refused where there is none."""
    if workshop is None:
        raise Refused("This case has no workshop yet. Set one up first.")
    return workshop


def _scales(pack: Pack, ids: Iterable[str]) -> tuple[Scale, ...]:
    known = (pack.criterion_by_id[each] for each in ids if each in pack.criterion_by_id)
    return tuple(
        Scale(each.id, each.name, each.question, each.zero, each.carrying_on, each.hundred, round(each.carry_on))
        for each in known
    )


def _tidy(vote: Vote) -> Vote:
    """The one way to write the same answers: ties in the order of ids, and nothing empty."""
    return vote.model_copy(
        update={
            "aims": tuple(tuple(sorted(tie)) for tie in vote.aims if tie),
            "terms": tuple(tuple(sorted(tie)) for tie in vote.terms if tie),
            "give": vote.give if vote.points else 0,
            "ratings": {each: cells for each, cells in vote.ratings.items() if cells},
            "readiness": {each: states for each, states in vote.readiness.items() if states},
        }
    )


def _problems(asked: Ballot, vote: Vote) -> Iterator[str]:
    aims, terms = {each.id for each in asked.aims}, {each.id for each in asked.terms}
    yield from _ranking_problems(vote.aims, aims, "aims")
    yield from _ranking_problems(vote.terms, terms, "terms")
    if asked.weights == "points" and (vote.aims or vote.terms or vote.swing):
        yield "it ranks criteria, but points were asked for. Give points."
    if asked.weights != "points" and vote.points:
        yield "it gives points, which were not asked for. Take them out."
    if vote.swing is not None:
        yield from _swing_problems(vote)
    if vote.points:
        yield from _point_problems(asked, vote)
    yield from _known("criterion", vote.ratings, {each.id for each in asked.rated})
    for cells in vote.ratings.values():
        yield from _known("form", cells, {each.id for each in asked.forms})
    yield from _known("partner", vote.readiness, {each.id for each in asked.partners})
    for states in vote.readiness.values():
        yield from _known("ingredient", states, {each.id for each in asked.ingredients})
    if not (vote.weighs or vote.ratings or vote.readiness):
        yield "nothing is answered. Answer something, or record that this participant abstains."


def _ranking_problems(ranks: Iterable[tuple[str, ...]], offered: set[str], what: str) -> Iterator[str]:
    named = [each for tie in ranks for each in tie]
    for each in dict.fromkeys(named):
        if each not in offered:
            yield f"{each} is not among the {what} that this ballot asks about. Use the ballot of this workshop."
        if named.count(each) > 1:
            yield f"{each} is ranked more than once. Rank it once."


def _swing_problems(vote: Vote) -> Iterator[str]:
    assert vote.swing is not None
    low, high = vote.swing
    if not (vote.aims and vote.terms):
        yield "it sets the top term against the top aim, but does not rank both. Rank an aim and a term."
    if low > high or high > MOST_SWING or low % STEP or high % STEP:
        yield (
            f"{low} to {high} is no range for the top term. "
            f"Give two whole numbers from 0 to {MOST_SWING} in steps of {STEP}, the lower one first."
        )


def _point_problems(asked: Ballot, vote: Vote) -> Iterator[str]:
    offered = [each.id for each in (*asked.aims, *asked.terms)]
    yield from _known("criterion", vote.points, set(offered))
    left = [asked.names[each] for each in offered if each not in vote.points]
    if left:
        yield f"no points for {', '.join(left)}. Give points to each; 0 where it does not matter."
    odd = [f"{asked.names.get(each, each)} ({number})" for each, number in vote.points.items() if number % STEP]
    if odd:
        yield f"points go in steps of {STEP}, unlike {', '.join(odd)}. Round them."
    if vote.give not in GIVES:
        yield f"give or take {vote.give} is not offered. Choose one of {', '.join(map(str, GIVES))}."
    if not any(vote.points.values()):
        yield "all points are 0. Give points to what matters most."


def _known(what: str, named: Iterable[str], offered: set[str]) -> Iterator[str]:
    for each in named:
        if each not in offered:
            yield f"the {what} {each} is not on this ballot. Use the ballot of this workshop."
