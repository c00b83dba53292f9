"""The guidance pack: every model is frozen, every claim has its source, its confidence and its date.

Files and their models (`guidance/`): `pack.toml` (PackHead), `questions.toml` (Question), `criteria.toml` (Criterion),
`causes.toml` (Cause), `forms/<id>.toml` (Form), `gates.toml` (Gate), `duties.toml` (Duty), `adjustments.toml`
(Adjustment), `authority.toml` (AuthorityNeed), `readiness.toml` (Ingredient), `precedents.toml` (Precedent),
`sources/*.toml` (Source), `glossary.toml` (Term). A list is a TOML array of tables named after its model in lower case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from partnerwizard.pack.conditions import Condition

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Confidence = Literal["high", "moderate", "low"]
Ground = Literal["studied", "by-design", "judgement", "unknown"]
Effect = Literal["ruled-out", "set-aside", "needs", "caution"]
Branch = Literal["aims", "terms"]
Takes = Literal["none", "one", "several"]
Scope = Literal["trust", "partner", "context"]
Points = Annotated[float, Field(ge=0, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]


class Entry(BaseModel):
    """Base of all pack data: frozen, unknown keys are faults, and a number is a number: TOML knows nan and inf."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Claim(Entry):
    """A sentence that the pack states, with its sources; without one it is our judgement, and `why` says why."""

    text: Text
    sources: tuple[Id, ...] = ()
    confidence: Confidence
    why: Text | None = None

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        if not self.sources and self.why is None:
            raise ValueError("a claim without a source needs `why`: the reason for our judgement")
        return self


class Source(Entry):
    """A published document: where it is, when it is from, and the day on which it was last looked at."""

    id: Id
    title: Text
    publisher: Text
    published: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://", max_length=500)]
    checked: date
    review_by: date | None = None


class Term(Entry):
    """A glossary entry: a word of the field in plain English."""

    id: Id
    term: Text
    meaning: Text


class Choice(Entry):
    """One allowed answer to a question."""

    id: Id
    text: Text
    help: Text | None = None


class Question(Entry):
    """A fact that the program asks for, with why it is asked.

    `kind`: one answer, many answers, free text, a date, or the id of a form. `quick`: its place in the quick look.
    `asked_when`: where this fails for a case, the fact does not apply and is not asked. In `text`, `{partner}` stands
    for the partner's name. `note` is the number under which the rule dossier knows the fact.
    """

    id: Id
    scope: Scope
    step: Id
    kind: Literal["one", "many", "text", "date", "form"] = "one"
    text: Text
    why: Text
    short: Text
    choices: tuple[Choice, ...] = ()
    asked_when: Condition | None = None
    quick: int | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _choices_fit(self) -> Self:
        if (self.kind in {"one", "many"}) != bool(self.choices):
            raise ValueError("questions of kind one or many need choices, and the others have none")
        return self


class Criterion(Entry):
    """What options are judged on, as a scale of 0 to 100 with its ends and carrying on described in a trust's words."""

    id: Id
    branch: Branch
    name: Text
    question: Text
    zero: Text
    carrying_on: Text
    hundred: Text
    carry_on: Points
    watched: bool = False


class Cause(Entry):
    """A diagnosed cause of the problem."""

    id: Id
    name: Text
    text: Text


class Touch(Entry):
    """How a form touches a cause, and by what mechanism."""

    how: Literal["directly", "partly"]
    text: Text


class Rating(Entry):
    """A form on a criterion: a level on the scale, or explicitly unknown; never a number where nothing is known.

    `level` is in steps of 25 points against carrying on (-2 to +2 for aims, 0 to -4 for terms), in quarters.
    """

    ground: Ground
    level: Annotated[float, Field(ge=-4, le=4, multiple_of=0.25)] | None = None
    confidence: Confidence | None = None
    reason: Text
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _level_fits_ground(self) -> Self:
        if self.ground == "unknown":
            if self.level is not None or self.confidence is not None:
                raise ValueError("an unknown rating has no level and no confidence")
        elif self.level is None or self.confidence is None:
            raise ValueError(f"a rating that is {self.ground} needs a level and a confidence")
        if self.ground == "studied" and not self.sources:
            raise ValueError("a studied rating needs at least one source")
        return self


class Typology(Entry):
    """The form's place: who usually starts it, and how large it is (the typology of the seed's Table 1)."""

    nature: tuple[Literal["mandated", "voluntary"], ...] = Field(min_length=1)
    scale: Literal["individual", "structural"]


class Money(Entry):
    """The one-off money of the change, in pounds, with the cases it is read from; never part of the score."""

    low: Annotated[float, Field(ge=0)] | None = None
    high: Annotated[float, Field(ge=0)] | None = None
    note: Text
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError("give both low and high, or neither")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high")
        return self


class Duration(Entry):
    """How long it takes until the form works, in months."""

    low: Annotated[float, Field(ge=0)]
    high: Annotated[float, Field(ge=0)]
    note: Text
    sources: tuple[Id, ...] = ()


class ApprovalStep(Entry):
    """One body that must agree or be consulted, in order.

    `months`: how long the step has typically taken, shortest and longest, after the step before; None where no source
    says. `precedent`: a named, dated case from which that is read.
    """

    who: Text
    what: Text
    role: Literal["decides", "agrees", "consulted", "informed"] = "agrees"
    months: tuple[Annotated[float, Field(ge=0)], Annotated[float, Field(ge=0)]] | None = None
    precedent: Text | None = None
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _months_ordered(self) -> Self:
        if self.months is not None and self.months[0] > self.months[1]:
            raise ValueError("months: the shorter time comes first")
        return self


class Form(Entry):
    """A partnering model: its card, where it fits, what it touches, and its ratings.

    `takes`: partners needed. `directed`: it matters who leads. `reach`: answers of the question `reach` that it fits.
    `authority`: 0 advice, 1 agreement, 2 shared leaders or management, 3 one board, in halves. `in_place_when`: today's
    arrangement already is this form or more. `vehicles`: legal routes to it. `family`: Dalton's families.
    `contest_family`: forms with the same entry count as one when the verdict is formed.
    """

    id: Id
    name: Text
    other_names: tuple[Text, ...] = ()
    kind: Literal["form", "service-model", "contract", "regime"]
    family: Literal["collaborative", "contractual", "consolidation", "none"]
    contest_family: Id | None = None
    takes: tuple[Takes, ...] = Field(min_length=1)
    directed: bool = False
    direction_words: dict[Literal["we-lead", "they-lead"], Text] = {}
    typology: Typology
    reach: tuple[Id, ...] = ()
    authority: Annotated[float, Field(ge=0, le=3, multiple_of=0.5)]
    vehicles: tuple[Id, ...] = ()
    in_place_when: Condition | None = None
    definition: Claim
    governs: Claim
    accountable: Claim
    reversibility: Claim
    needs: tuple[Claim, ...] = ()
    helps: tuple[Claim, ...] = ()
    harms: tuple[Claim, ...] = ()
    warning_signs: tuple[Claim, ...] = ()
    first_ninety_days: tuple[Text, ...] = ()
    review_triggers: tuple[Text, ...] = ()
    leads_to: tuple[Id, ...] = ()
    goes_with: tuple[Id, ...] = ()
    fallback: tuple[Id, ...] = ()
    leans_on: tuple[Id, ...] = ()
    money: Money
    time: Duration
    approvals: tuple[ApprovalStep, ...] = ()
    causes: dict[Id, Touch] = {}
    ratings: dict[Id, Rating] = {}


class Gate(Entry):
    """A dated, sourced rule on facts. `vehicle` narrows it to one legal route of its forms.

    A ruled-out vehicle closes the form only when no route is left; otherwise it is a need: use the other route.
    """

    id: Id
    title: Text
    forms: tuple[Id, ...] = Field(min_length=1)
    vehicle: Id | None = None
    effect: Effect
    basis: Literal["law", "policy", "evidence", "judgement"]
    when: Condition
    reason: Text
    step: Text | None = None
    sources: tuple[Id, ...] = ()
    confidence: Confidence
    in_force: date | None = None
    review_by: date
    also_adjusts: Text | None = None

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if not self.sources and self.basis != "judgement":
            raise ValueError(f"a gate whose basis is {self.basis} needs at least one source")
        return self


class Duty(Entry):
    """Something the law or policy asks of whoever goes this way, beside the choice: it changes no option's standing."""

    id: Id
    title: Text
    forms: tuple[Id, ...] = Field(min_length=1)
    when: Condition
    text: Text
    basis: Literal["law", "policy", "evidence", "judgement"]
    sources: tuple[Id, ...] = ()
    confidence: Confidence
    in_force: date | None = None
    review_by: date


class Adjustment(Entry):
    """A fact that moves ratings: every listed form on every listed criterion, by the same points."""

    id: Id
    when: Condition
    forms: tuple[Id, ...] = Field(min_length=1)
    criteria: tuple[Id, ...] = Field(min_length=1)
    points: Annotated[float, Field(ge=-25, le=25)]
    reason: Text
    sources: tuple[Id, ...] = ()
    confidence: Confidence = "low"


class AuthorityNeed(Entry):
    """How much authority a kind of job needs; the highest need that holds counts."""

    id: Id
    when: Condition
    need: Annotated[float, Field(ge=0, le=3, multiple_of=0.5)]
    reason: Text
    sources: tuple[Id, ...] = ()


class Ingredient(Entry):
    """An ingredient that makes any form work; its question is about each partner and never adds to a score."""

    id: Id
    name: Text
    question: Id
    builds: Text
    sources: tuple[Id, ...] = ()


class Precedent(Entry):
    """A named, decided case: illustrates and challenges, never enters gates, ratings or the verdict.

    `facts`: answers knowable before the decision, by question id, for finding the nearest.
    """

    id: Id
    title: Text
    years: Text
    form: Id
    nature: Literal["mandated", "voluntary"]
    scale: Literal["individual", "structural"]
    facts: dict[Id, Id | tuple[Id, ...]] = {}
    causes: tuple[Id, ...] = ()
    chosen: Text
    outcome: Text
    lesson: Text
    law_era: Text
    confidence: Confidence
    sources: tuple[Id, ...] = Field(min_length=1)


class Threshold(Entry):
    """A number of the method with the reason for its value."""

    value: Annotated[float, Field(strict=True)]
    reason: Text


class HalfWidths(Entry):
    """Half-widths of rating intervals in points by ground; unknown cells take the whole scale."""

    studied: Points
    by_design: Points
    judgement: Points
    reason: Text


class Method(Entry):
    """The numbers of the method: all are our judgement, and each comes with its reason."""

    points_per_level: Threshold
    half_widths: HalfWidths
    confidence_factors: dict[Confidence, Annotated[float, Field(gt=0)]]
    terms_share_low: Threshold
    terms_share_high: Threshold
    common_share: Threshold
    clear: Threshold
    leading: Threshold
    close_group_size: Threshold
    authority_points: Threshold
    adjustment_cap: Threshold
    key_facts: tuple[Id, ...]
    key_facts_share: Threshold
    samples: Annotated[int, Field(gt=0)] = 10_000


class Step(Entry):
    """A theme of the wizard, in order: questions name the step they belong to."""

    id: Id
    title: Text
    intro: Text


class Roles(Entry):
    """Which facts play a part in the method itself, so that no question is named in code.

    `reach`: the question answered by what `Form.reach` lists. `mandated_when`: the change is (partly) mandated.
    `fixed_form_when`: the mandate names the form, which `fixed_form` answers. `enough_when`: what exists is enough.
    """

    reach: Id
    mandated_when: Condition
    fixed_form_when: Condition
    fixed_form: Id
    enough_when: Condition


class PackHead(Entry):
    """`pack.toml`: which pack this is, when it was checked, and the numbers of the method."""

    id: Id
    title: Text
    version: Text
    checked: date
    review_by: date
    reference: Id
    least_structural_first: tuple[Id, ...]
    switches: dict[Id, Id] = {}
    steps: tuple[Step, ...] = Field(min_length=1)
    roles: Roles
    method: Method
    disclaimer: Text


class Pack(Entry):
    """A whole guidance pack. Lists keep the order of the files; forms keep the order `least_structural_first`."""

    head: PackHead
    questions: tuple[Question, ...]
    criteria: tuple[Criterion, ...]
    causes: tuple[Cause, ...]
    forms: tuple[Form, ...]
    gates: tuple[Gate, ...]
    duties: tuple[Duty, ...]
    adjustments: tuple[Adjustment, ...]
    authority_needs: tuple[AuthorityNeed, ...]
    ingredients: tuple[Ingredient, ...]
    precedents: tuple[Precedent, ...]
    sources: tuple[Source, ...]
    glossary: tuple[Term, ...]
    content_hash: str

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def criterion_by_id(self) -> Mapping[str, Criterion]:
        """Criteria by id."""
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def cause_by_id(self) -> Mapping[str, Cause]:
        """Causes by id."""
        return {cause.id: cause for cause in self.causes}

    @cached_property
    def form_by_id(self) -> Mapping[str, Form]:
        """Forms by id."""
        return {form.id: form for form in self.forms}

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def gate_by_id(self) -> Mapping[str, Gate]:
        """Gates by id."""
        return {gate.id: gate for gate in self.gates}

    def branch(self, branch: Branch) -> tuple[Criterion, ...]:
        """The criteria of one branch, in the pack's order."""
        return tuple(criterion for criterion in self.criteria if criterion.branch == branch)
