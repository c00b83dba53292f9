"""The workshop as a case holds it: who takes part, what is asked, the rounds with their votes, and the record.

Votes that are not revealed stand here sealed only; their key is never part of a case (`partnerwizard.workshop.vault`).
Everything in a vote is a whole number or an id, so that browsers and this program write it in the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from partnerwizard.case.base import Id, Line, Name, Telling, Whole

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=200_000)]
Percent = Annotated[int, Field(ge=0, le=100)]
Swung = Annotated[int, Field(ge=0, le=1000)]
Ranks = tuple[tuple[Id, ...], ...]
"""Ids in groups, most important first; a group of several is a tie."""

Way = Literal["laptop", "file", "code", "excel", "forms", "room", "phone"]
"""How a vote came in: typed in turn, by returned ballot file, by short code, by Excel ballot, from an online form's
export, entered by one person for the room, or from a phone on the same network."""

Away = Literal["absent", "abstains", "withdrawn"]
RoundState = Literal["open", "closed", "revealed"]
ReadyState = Literal["in-place", "partly", "missing", "dont-know"]
Names = Literal["codes", "roles", "names"]
"""How people may be shown: by anonymous code alone, by role and organisation, or by name."""

StageKind = Literal["welcome", "vote", "reveal", "talk", "break", "decision"]

PEOPLE_LIMIT = 500
ROUND_LIMIT = 20
RECORD_LIMIT = 20_000


class Held(BaseModel):
    """Base of all workshop data: frozen, and unknown keys are refused, never dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Organisation(Held):
    """An organisation whose people take part. `partner`: the candidate partner of the case that it is, if it is one."""

    id: Id
    name: Name
    partner: Id | None = None


class Asked(Held):
    """What one participant is asked: weights as ranks or points or not at all, criteria to rate options on, and
    partners whose readiness they know."""

    weights: Literal["ranks", "points"] | None = "ranks"
    ratings: tuple[Id, ...] = ()
    readiness: tuple[Id, ...] = ()


class Participant(Held):
    """One person, known by the code that is the id in capitals, and by name and role only as far as they agree."""

    id: Id
    name: Line = ""
    role: Line = ""
    organisation: Id | None = None
    asked: Asked = Asked()

    @property
    def code(self) -> str:
        """The anonymous code."""
        return self.id.upper()


class Stage(Held):
    """A part of the session with its time. `round`: the round that it belongs to."""

    title: Name
    kind: StageKind
    minutes: Annotated[int, Field(ge=1, le=480)]
    round: Annotated[int, Field(ge=1, le=ROUND_LIMIT)] | None = None
    text: Telling = ""


class Questions(Held):
    """What a round asks, fixed when it opens: the criteria to weigh, the forms to rate, and readiness."""

    aims: tuple[Id, ...]
    terms: tuple[Id, ...]
    forms: tuple[Id, ...] = ()
    ingredients: tuple[Id, ...] = ()


class Vote(Held):
    """One participant's answers in one round.

    `aims`, `terms`: rankings; aims not named were not chosen. `swing`: the top term's swing when the top aim's is 100,
    [low, high]. `points`: swing points by criterion, in the place of rankings and swing, each give or take `give`.
    `ratings`: level of 0 to 100 by criterion and form. `readiness`: by partner and ingredient. What is absent was not
    answered.
    """

    participant: Id
    round: int
    aims: Ranks = ()
    terms: Ranks = ()
    swing: tuple[Swung, Swung] | None = None
    points: dict[Id, Percent] = {}
    give: Percent = 0
    ratings: dict[Id, dict[Id, Percent]] = {}
    readiness: dict[Id, dict[Id, ReadyState]] = {}

    @property
    def weighs(self) -> bool:
        """Whether it says anything about weights."""
        return bool(self.aims or self.terms or self.swing or self.points)


class Sealed(Held):
    """A vote that nobody can read without the round's key. `commitment`: hash of the vote and a random number."""

    participant: Id
    way: Way
    at: datetime
    commitment: Hash
    box: Base64


class Counted(Held):
    """A revealed vote with the random number of its commitment. `late`: given after the round had been revealed."""

    participant: Id
    way: Way
    at: datetime
    commitment: Hash
    nonce: Hex
    vote: Vote
    late: bool = False


class Round(Held):
    """One round of votes. `away`: who is absent, abstains or has withdrawn."""

    number: Annotated[int, Field(ge=1, le=ROUND_LIMIT)]
    state: RoundState
    questions: Questions
    opened: datetime
    revealed: datetime | None = None
    sealed: tuple[Sealed, ...] = Field(default=(), max_length=PEOPLE_LIMIT)
    votes: tuple[Counted, ...] = Field(default=(), max_length=PEOPLE_LIMIT)
    away: dict[Id, Away] = {}


class Remark(Held):
    """Dissent or another remark in somebody's own words. `participant`: None where it was not to be attributed."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=4000), Whole]
    participant: Id | None = None
    at: datetime


class LogEntry(Held):
    """One line of the record. `hash` covers everything here and, through `before`, every line before it."""

    number: Annotated[int, Field(ge=1)]
    at: datetime
    what: Id
    detail: dict[Id, Annotated[str, StringConstraints(max_length=8000)]] = {}
    before: Hash
    hash: Hash


class Workshop(Held):
    """A workshop on a case.

    `id`: random, so that ballots of another workshop are told apart. `names`: how people may be shown.
    `share_readiness`: whether each side's answers on readiness may stand in papers that both sides see.
    """

    id: Hex
    names: Names = "codes"
    share_readiness: bool = False
    organisations: tuple[Organisation, ...] = Field(default=(), max_length=40)
    participants: tuple[Participant, ...] = Field(default=(), max_length=PEOPLE_LIMIT)
    plan: tuple[Stage, ...] = Field(default=(), max_length=60)
    rounds: tuple[Round, ...] = Field(default=(), max_length=ROUND_LIMIT)
    remarks: tuple[Remark, ...] = Field(default=(), max_length=PEOPLE_LIMIT)
    record: tuple[LogEntry, ...] = Field(default=(), max_length=RECORD_LIMIT)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = [
            f"{what} {each} is named more than once"
            for what, ids in (
                ("organisation", [each.id for each in self.organisations]),
                ("participant", [each.id for each in self.participants]),
            )
            for each in dict.fromkeys(ids)
            if ids.count(each) > 1
        ]
        named = {each.id for each in self.organisations}
        problems += [
            f"participant {each.id} belongs to {each.organisation}, which is not among the organisations"
            for each in self.participants
            if each.organisation is not None and each.organisation not in named
        ]
        if [each.number for each in self.rounds] != list(range(1, len(self.rounds) + 1)):
            problems.append("rounds are not numbered 1, 2, 3 in order")
        if problems:
            raise ValueError("; ".join(problems))
        return self

    @cached_property
    def participant_by_id(self) -> Mapping[str, Participant]:
        """Participants by id."""
        return {each.id: each for each in self.participants}

    @cached_property
    def organisation_by_id(self) -> Mapping[str, Organisation]:
        """Organisations by id."""
        return {each.id: each for each in self.organisations}
