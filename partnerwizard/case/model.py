"""The case: one trust's answers, frozen. Every change makes a new case.

The file format is described in `partnerwizard.case.file`. Ids of questions, criteria, causes and forms are those of the
pack that the case names; whether they exist there is checked where case and pack meet (`partnerwizard.appraisal.fit`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from partnerwizard.case.base import Id, Line, Name, Prose, Reason, Telling, Whole
from partnerwizard.case.workshop import Workshop

LIST_LIMIT = 1000
"""Of causes, criteria, forms, own ratings and the like: far above any pack, and quick to check."""

Confidence = Literal["high", "moderate", "low"]
Points = Annotated[float, Field(ge=0, le=100)]
Value = Telling | Annotated[tuple[Id, ...], Field(max_length=LIST_LIMIT)] | None
"""An answer: text or the id of a choice, several ids, `"n/a"` (does not apply) or None (don't know)."""

Purpose = Literal["decision", "discussion", "assurance"]

DOES_NOT_APPLY = "n/a"
FORMAT: Final = "partnerwizard-case/2"
PARTNER_LIMIT = 40
LOCAL_LIMIT = 20
SCENARIO_LIMIT = 40


class Entry(BaseModel):
    """Base of all case data: frozen, and unknown keys are refused, never dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(Entry):
    """One answer and when it was given (UTC)."""

    value: Value
    at: datetime


class Partner(Entry):
    """A candidate partner and the facts about it. `skipped`: questions left for later; it enters no figure."""

    id: Id
    name: Line
    answers: dict[Id, Answer] = {}
    skipped: tuple[Id, ...] = ()


class Grouping(Entry):
    """Partners that the user names together, for forms that take several."""

    id: Id
    partners: tuple[Id, ...] = Field(min_length=1, max_length=PARTNER_LIMIT)


class HeldCause(Entry):
    """A diagnosed cause and how surely it is held; low confidence closes nothing."""

    id: Id
    confidence: Confidence

    @property
    def held(self) -> bool:
        """True when the cause is held with confidence: high or moderate."""
        return self.confidence != "low"


class RedLine(Entry):
    """What its owner will not accept: certain forms, or less than a least level on an aim."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=1000), Whole]
    owner: Line
    forms: tuple[Id, ...] = Field(default=(), max_length=LIST_LIMIT)
    aim: Id | None = None
    at_least: Points | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.aim is None) != (self.at_least is None):
            raise ValueError("a red line on an aim needs both `aim` and `at_least`")
        if bool(self.forms) == (self.aim is not None):
            raise ValueError("a red line names either `forms`, or an `aim` with `at_least`")
        return self


class Lifted(Entry):
    """An option brought back by the user although a gate sets it aside, with the reason that the report prints."""

    option: Annotated[str, StringConstraints(max_length=500)]
    gate: Id
    reason: Reason


class OwnRating(Entry):
    """A rating that the user gives, 0 to 100, with the reason for it."""

    low: Points
    likely: Points
    high: Points
    reason: Reason

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.likely <= self.high:
            raise ValueError("needs low ≤ likely ≤ high")
        return self


class Override(OwnRating):
    """A rating replaced by the user, with the reason; the pack's own rating is kept and shown beside it."""

    form: Id
    criterion: Id


class LocalOption(Entry):
    """An option that the user adds: most like one form of the pack, from which all that is not said here is taken.

    `like`: that form. `ratings`: the user's own, by criterion; the others are the form's, as judgement.
    """

    id: Id
    name: Name
    text: Annotated[str, StringConstraints(max_length=2000), Whole] = ""
    like: Id
    ratings: dict[Id, OwnRating] = {}


class Hunch(Entry):
    """What the board expected before it saw the result: a form, words, or both, and when it said so (UTC)."""

    form: Id | None = None
    text: Telling = ""
    at: datetime

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.form is None and not self.text.strip():
            raise ValueError("a hunch names a `form`, or says in `text` what was expected")
        return self


class FrontSheet(Entry):
    """What a board paper says about itself. It changes nothing of the advice.

    `earlier_committees`: where the paper has been before. `asked`: what the board is asked to do.
    """

    meeting: Line = ""
    day: date | None = None
    sponsor: Line = ""
    author: Line = ""
    purpose: Purpose = "discussion"
    earlier_committees: Telling = ""
    risk_register: Line = ""
    asked: Telling = ""


class Decision(Entry):
    """What was decided in the end: an option of the appraisal by its id, words, or both; and who saw it otherwise."""

    option: Annotated[str, StringConstraints(max_length=500)] | None = None
    text: Telling = ""
    decided_by: Name
    day: date
    reasons: Telling = ""
    minority_view: Telling = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.option and not self.text.strip():
            raise ValueError("a decision names an `option`, or says in `text` what was decided")
        return self


class Logo(Entry):
    """A picture for the head of the report, as base64; `partnerwizard.report.logo.prepared` makes it from a file."""

    kind: Literal["png", "jpeg", "svg"]
    data: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=410_000)]


class Look(Entry):
    """How the organisation wants its papers to look: accent colour, confidentiality marking, logo."""

    accent: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    marking: Annotated[str, StringConstraints(max_length=80), Whole] = ""
    logo: Logo | None = None


class PackReference(Entry):
    """The pack under which the case was last answered."""

    id: Id
    version: Line
    content_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Advised(Entry):
    """What the advice was when the case was last saved and under which guidance, to compare with that of a later one.

    `kind`: the verdict's kind. `options`: ids of the options it named.
    """

    pack: PackReference
    as_of: date
    kind: Line
    options: tuple[Annotated[str, StringConstraints(max_length=500)], ...]
    sentence: Telling


Ranking = Annotated[tuple[Annotated[tuple[Id, ...], Field(max_length=LIST_LIMIT)], ...], Field(max_length=LIST_LIMIT)]
"""Ids in groups, most important first; a group of several is a tie."""

_Swing = Annotated[float, Field(ge=0, le=10_000)]
Swing = tuple[_Swing, _Swing]
"""The top term's swing when the top aim's is 100, as [low, high]."""

PointRange = tuple[Points, Points]
"""Swing points of one criterion, as [low, high]: how far apart they are is how unsure they are."""


class Scenario(Entry):
    """A what-if that was given a name: only what differs from the case; None means as in the case.

    An answer of None is one that is taken back (don't know is an answer). `swing` "pack": the pack's range.
    """

    id: Id
    name: Name
    answers: dict[Id, Answer | None] = {}
    partner_answers: dict[Id, dict[Id, Answer | None]] = {}
    causes: Annotated[tuple[HeldCause, ...], Field(max_length=LIST_LIMIT)] | None = None
    aims: Ranking | None = None
    terms: Ranking | None = None
    swing: Swing | Literal["pack"] | None = None
    points: dict[Id, PointRange] | None = None
    red_lines: Annotated[tuple[RedLine, ...], Field(max_length=100)] | None = None
    overrides: Annotated[tuple[Override, ...], Field(max_length=LIST_LIMIT)] | None = None
    lifted: Annotated[tuple[Lifted, ...], Field(max_length=LIST_LIMIT)] | None = None


class Case(Entry):
    """One trust's saved work.

    `aims`, `terms`: rankings. `swing`: the top term's swing when the top aim's is 100, as [low, high]. `points`: swing
    points by criterion; given for every criterion that weighs, they take the place of rankings and swing. `as_of`: the
    day of the last answer, for which advice is given by default. `notes` are private and never reach a report.
    `timetable_start`: the day from which the plan of approvals is counted. `front`, `decision` and `look` are for the
    paper and enter no figure, nor do `advised`, `hunch`, `scenarios` and `skipped` (questions left for later).
    """

    format: Literal["partnerwizard-case/2"] = FORMAT
    title: Line = ""
    organisation: Line = ""
    as_of: date | None = None
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    pack: PackReference | None = None
    advised: Advised | None = None
    problem: Prose = ""
    answers: dict[Id, Answer] = {}
    partners: tuple[Partner, ...] = Field(default=(), max_length=PARTNER_LIMIT)
    groupings: tuple[Grouping, ...] = Field(default=(), max_length=PARTNER_LIMIT)
    causes: tuple[HeldCause, ...] = Field(default=(), max_length=LIST_LIMIT)
    aims: Ranking = ()
    terms: Ranking = ()
    swing: Swing | None = None
    points: dict[Id, PointRange] = {}
    red_lines: tuple[RedLine, ...] = Field(default=(), max_length=100)
    lifted: tuple[Lifted, ...] = Field(default=(), max_length=LIST_LIMIT)
    overrides: tuple[Override, ...] = Field(default=(), max_length=LIST_LIMIT)
    local_options: tuple[LocalOption, ...] = Field(default=(), max_length=LOCAL_LIMIT)
    scenarios: tuple[Scenario, ...] = Field(default=(), max_length=SCENARIO_LIMIT)
    hunch: Hunch | None = None
    skipped: tuple[Id, ...] = ()
    notes: Prose = ""
    front: FrontSheet | None = None
    timetable_start: date | None = None
    decision: Decision | None = None
    look: Look | None = None
    workshop: Workshop | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = [*_repeated("partner", [partner.id for partner in self.partners])]
        problems += _repeated("grouping", [grouping.id for grouping in self.groupings])
        problems += _repeated("cause", [cause.id for cause in self.causes])
        problems += _repeated("aim", [aim for tie in self.aims for aim in tie])
        problems += _repeated("term", [term for tie in self.terms for term in tie])
        problems += _repeated("local option", [option.id for option in self.local_options])
        problems += _repeated("scenario", [scenario.id for scenario in self.scenarios])
        named = {partner.id for partner in self.partners}
        for grouping in self.groupings:
            problems += [
                f"grouping {grouping.id} names {partner}, which is not among the partners"
                for partner in grouping.partners
                if partner not in named
            ]
            problems += _repeated(f"partner in grouping {grouping.id}", list(grouping.partners))
        if any(not tie for tie in (*self.aims, *self.terms)):
            problems.append("a ranking holds an empty tie")
        problems += _upside_down(self.swing, self.points)
        for scenario in self.scenarios:
            swing = None if isinstance(scenario.swing, str) else scenario.swing
            for branch in (scenario.aims or (), scenario.terms or ()):
                problems += _repeated(f"criterion in scenario {scenario.id}", [each for tie in branch for each in tie])
                problems += [f"a ranking of scenario {scenario.id} holds an empty tie"] * (() in branch)
            causes = [cause.id for cause in scenario.causes or ()]
            problems += _repeated(f"cause in scenario {scenario.id}", causes)
            found = _upside_down(swing, scenario.points or {})
            problems += [f"scenario {scenario.id}: {problem}" for problem in found]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    @cached_property
    def partner_by_id(self) -> Mapping[str, Partner]:
        """Partners by id."""
        return {partner.id: partner for partner in self.partners}

    @property
    def held_causes(self) -> tuple[str, ...]:
        """Ids of the causes held with high or moderate confidence."""
        return tuple(cause.id for cause in self.causes if cause.held)


def _upside_down(swing: Swing | None, points: Mapping[str, PointRange]) -> list[str]:
    ranges = {"swing": swing} if swing is not None else {}
    ranges |= {f"points of {criterion}": each for criterion, each in points.items()}
    return [
        f"{what} runs from {low:g} down to {high:g}; put the lower figure first"
        for what, (low, high) in ranges.items()
        if low > high
    ]


def _repeated(what: str, ids: list[str]) -> list[str]:
    return [f"{what} {each} is named more than once" for each, times in Counter(ids).items() if times > 1]
