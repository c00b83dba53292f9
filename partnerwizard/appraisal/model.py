"""The appraisal: what a case comes to under a pack on a day. Its JSON is a contract (`partnerwizard-appraisal/1`).

Values, benefit, terms and ratings are points of 0 to 100; shares and weights are fractions of 1. Figures are exact
here and rounded to nine decimals when written.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from partnerwizard.pack.model import Effect, Ground

FORMAT = "partnerwizard-appraisal/1"
DECIMALS = 9

Direction = Literal["we-lead", "they-lead"]
Status = Literal["open", "needs", "unresolved", "set-aside", "ruled-out", "in-place"]
VerdictKind = Literal["clear", "leading", "close-group", "no-clear-winner", "not-enough-known", "nothing-open"]


class Part(BaseModel):
    """Base of all parts of an appraisal."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseName(Part):
    """Which case was appraised."""

    title: str
    file: str | None


class PackName(Part):
    """Which pack it was appraised under."""

    id: str
    version: str
    checked: date
    content_hash: str


class Verdict(Part):
    """The recommendation and its strength; see the contract for each figure."""

    kind: VerdictKind
    options: tuple[str, ...]
    over_weights: float
    over_weights_and_ratings: float
    drawn_apart: float
    drawn_in_common: float
    sentence: str
    leader: str | None
    limits: tuple[str, ...]


class Contestant(Part):
    """A form that takes part in the verdict, by its best option, with the share in which it beats each other."""

    form: str
    option: str
    leads: bool
    beats: dict[str, float]


class GateResult(Part):
    """A gate as it stands for one option."""

    id: str
    title: str
    effect: Effect
    state: Literal["holds", "fails", "unknown"]
    reason: str
    step: str | None = None
    sources: tuple[str, ...] = ()
    basis: str = "judgement"
    confidence: str = "low"
    in_force: date | None = None
    review_by: date | None = None
    missing: tuple[str, ...] = ()
    lifted: str | None = None


class Interval(Part):
    """Extremes over weights and ratings together, and the likely value at central weights and likely ratings."""

    low: float
    likely: float
    high: float


class MoneyRange(Part):
    """One-off money in pounds."""

    low: float
    high: float


class Moved(Part):
    """One adjustment of a cell: its points and why."""

    id: str
    points: float
    reason: str
    sources: tuple[str, ...]


class Cell(Part):
    """An option's rating on one criterion after adjustments, with what it rests on."""

    low: float
    likely: float
    high: float
    ground: Ground
    confidence: str | None
    reason: str
    sources: tuple[str, ...]
    adjustments: tuple[Moved, ...] = ()
    original: Interval | None = None


class OptionResult(Part):
    """An option: in or out and why, and where it is scored its value and what makes it up.

    `local`: the user added it.
    """

    id: str
    form: str
    name: str
    partner: str | None
    partners: tuple[str, ...]
    direction: Direction | None
    status: Status
    gates: tuple[GateResult, ...]
    causes_touched: tuple[str, ...]
    authority_need: float
    authority_shortfall: float
    value: Interval | None = None
    benefit: float | None = None
    terms: float | None = None
    money: MoneyRange | None = None
    rank: int | None = None
    rank_shares: tuple[float, ...] | None = None
    necessarily_best: bool = False
    possibly_best: bool = False
    contributions: dict[str, float] | None = None
    ratings: dict[str, Cell] = {}
    local: bool = False


class Reference(Part):
    """Carrying on as now, valued even where it is closed."""

    id: str
    value: Interval
    closed: bool
    comparator: str


class WeightRange(Part):
    """A criterion's weight: its extremes over what was said, and the central weight."""

    low: float
    central: float
    high: float


class Tip(Part):
    """The weight at which another option takes over, when this one weight moves and the others keep proportion."""

    criterion: str
    from_: float
    to: float
    winner: str


class Sensitivity(Part):
    """One plain test of the answer: what was changed, and which option is then first by likely value."""

    what: str
    first: str
    same: bool


class SmallestChange(Part):
    """The smallest change of one kind at which another option is first."""

    kind: Literal["weights", "rating", "gate", "fact", "red-line"]
    size: float
    winner: str
    sentence: str


class RestsOn(Part):
    """Shares of the leader's difference from carrying on (absolute contributions) by ground; they add up to 1."""

    studied: float
    by_design: float
    judgement: float
    unknown: float


class OnEvidenceAlone(Part):
    """The verdict when judged cells are treated exactly as unknown ones."""

    kind: VerdictKind
    options: tuple[str, ...]
    cells_set_aside: int


class FindOut(Part):
    """A fact that is not known. `share`: of its possible answers, how many put another form first, as a share."""

    fact: str
    about: str
    why: str
    could_change_the_answer: bool
    share: float


class RouteStep(Part):
    """A step of the route: what now, what goes with it, what it can lead to, and the fallback."""

    step: Literal["now", "with", "next", "fallback"]
    form: str
    sentence: str


class Readiness(Part):
    """Whether one ingredient of success is in place with one partner, and whether the leading form leans on it."""

    partner: str
    ingredient: str
    state: Literal["in-place", "partly", "missing", "unknown"]
    leaned_on: bool


class DutyResult(Part):
    """A duty that comes with one of the named options, or would if a fact that is not known turned out so."""

    id: str
    title: str
    text: str
    state: Literal["holds", "unknown"]
    options: tuple[str, ...]
    basis: str
    confidence: str
    sources: tuple[str, ...]
    in_force: date | None
    review_by: date


class NearPrecedent(Part):
    """A decided case that resembles this one. It illustrates; it never moves a figure."""

    id: str
    form: str
    outcome: str
    why_near: str


class Appraisal(Part):
    """The computed result of a case under a pack on a day."""

    case: CaseName
    pack: PackName
    as_of: date
    samples: int
    seed: int
    standard_error: float
    verdict: Verdict
    forms: tuple[Contestant, ...]
    options: tuple[OptionResult, ...]
    reference: Reference
    weights: dict[str, WeightRange]
    tipping: tuple[Tip, ...]
    sensitivities: tuple[Sensitivity, ...]
    smallest_changes: tuple[SmallestChange, ...]
    rests_on: RestsOn | None
    on_evidence_alone: OnEvidenceAlone
    find_out: tuple[FindOut, ...]
    route: tuple[RouteStep, ...]
    readiness: tuple[Readiness, ...]
    duties: tuple[DutyResult, ...]
    precedents: tuple[NearPrecedent, ...]
    cautions: tuple[str, ...]
    overdue: tuple[str, ...]

    def option(self, option_id: str) -> OptionResult:
        """The option with this id; KeyError if there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    def as_json(self) -> dict[str, Any]:
        """The document of the contract: plain JSON values, figures rounded to nine decimals."""
        document: dict[str, Any] = {"format": FORMAT, **self.model_dump(mode="json")}
        for tip in document["tipping"]:
            tip["from"] = tip.pop("from_")
        rounded = _rounded(document)
        assert isinstance(rounded, dict)
        return rounded


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(value, DECIMALS) + 0.0
        case dict():
            return {key: _rounded(each) for key, each in value.items()}
        case list():
            return [_rounded(each) for each in value]
    return value


def contract_schema() -> dict[str, Any]:
    """The JSON Schema of the appraisal as it is written."""
    schema = Appraisal.model_json_schema(mode="serialization")
    schema["properties"] = {"format": {"const": FORMAT}, **schema["properties"]}
    schema["required"] = ["format", *schema["required"]]
    tip = schema["$defs"]["Tip"]
    tip["properties"] = {name.rstrip("_"): each for name, each in tip["properties"].items()}
    tip["required"] = [name.rstrip("_") for name in tip["required"]]
    return schema
