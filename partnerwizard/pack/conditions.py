"""Conditions on facts, as data: three-valued, so that a fact nobody knows never decides anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


class Truth(Enum):
    """Kleene's strong three-valued logic: what a condition comes to on the facts at hand."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"

    def __invert__(self) -> Truth:
        """The negation; not knowing stays not knowing."""
        if self is Truth.UNKNOWN:
            return self
        return Truth.FAILS if self is Truth.HOLDS else Truth.HOLDS


def every(truths: Iterable[Truth]) -> Truth:
    """Conjunction: one failure settles it, otherwise one unknown leaves it open."""
    found = Truth.HOLDS
    for truth in truths:
        if truth is Truth.FAILS:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


def some(truths: Iterable[Truth]) -> Truth:
    """Disjunction: one that holds settles it, otherwise one unknown leaves it open."""
    found = Truth.FAILS
    for truth in truths:
        if truth is Truth.HOLDS:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


class Knowledge(Enum):
    """How well a fact is known; the four are told apart everywhere."""

    ANSWERED = "answered"
    DONT_KNOW = "don't know"
    DOES_NOT_APPLY = "does not apply"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact about the trust, a partner or the context: how well it is known, and its values when answered."""

    knowledge: Knowledge
    values: tuple[str, ...] = ()
    number: float | None = None

    @property
    def known(self) -> bool:
        """True when the fact is answered or does not apply."""
        return self.knowledge is Knowledge.ANSWERED or self.knowledge is Knowledge.DOES_NOT_APPLY


UNANSWERED = Fact(Knowledge.UNANSWERED)
DONT_KNOW = Fact(Knowledge.DONT_KNOW)
DOES_NOT_APPLY = Fact(Knowledge.DOES_NOT_APPLY)


def answered(*values: str) -> Fact:
    """A fact that is known to have these values (several only where a question takes several answers)."""
    return Fact(Knowledge.ANSWERED, values)


def count(number: float) -> Fact:
    """A fact that is known to be this number."""
    return Fact(Knowledge.ANSWERED, (), number)


Lookup = Callable[[str], tuple[Fact, ...]]
"""Finds a fact by id: one entry, or one for each partner of the option where the fact is about partners."""


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class All(_Node):
    """Holds when every part holds."""

    all: tuple[Condition, ...] = Field(min_length=1)

    def evaluate(self, lookup: Lookup) -> Truth:
        """The conjunction of the parts."""
        return every(part.evaluate(lookup) for part in self.all)

    def facts(self) -> Iterator[str]:
        """Ids of the facts read."""
        for part in self.all:
            yield from part.facts()


class Some(_Node):
    """Holds when at least one part holds."""

    any: tuple[Condition, ...] = Field(min_length=1)

    def evaluate(self, lookup: Lookup) -> Truth:
        """The disjunction of the parts."""
        return some(part.evaluate(lookup) for part in self.any)

    def facts(self) -> Iterator[str]:
        """Ids of the facts read."""
        for part in self.any:
            yield from part.facts()


class Not(_Node):
    """Holds when its part fails."""

    not_: Condition = Field(alias="not")

    def evaluate(self, lookup: Lookup) -> Truth:
        """The negation of the part."""
        return ~self.not_.evaluate(lookup)

    def facts(self) -> Iterator[str]:
        """Ids of the facts read."""
        yield from self.not_.facts()


class Comparison(_Node):
    """One fact compared: `is` one answer, `in` several, `only` (every chosen answer is among these), `at_least`.

    Where the fact is about partners and the option has several, `of` says whether any of them or all must match.
    """

    fact: str
    is_: str | None = Field(default=None, alias="is")
    in_: tuple[str, ...] | None = Field(default=None, alias="in")
    only: tuple[str, ...] | None = None
    at_least: float | None = None
    of: Literal["any", "all"] = "any"

    @model_validator(mode="after")
    def _one_comparison(self) -> Comparison:
        given = [name for name in ("is_", "in_", "only", "at_least") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("a comparison needs exactly one of: is, in, only, at_least")
        return self

    @property
    def wanted(self) -> tuple[str, ...]:
        """The answers named by the comparison."""
        if self.is_ is not None:
            return (self.is_,)
        return self.in_ or self.only or ()

    def evaluate(self, lookup: Lookup) -> Truth:
        """Compares each partner's fact (or the one fact), then joins them as `of` says; no fact at all is unknown."""
        found = lookup(self.fact)
        if not found:
            return Truth.UNKNOWN
        return (some if self.of == "any" else every)(self._compare(fact) for fact in found)

    def facts(self) -> Iterator[str]:
        """The id of the fact read."""
        yield self.fact

    def _compare(self, fact: Fact) -> Truth:
        if fact.knowledge is Knowledge.DOES_NOT_APPLY:
            return Truth.FAILS
        if fact.knowledge is not Knowledge.ANSWERED:
            return Truth.UNKNOWN
        if self.at_least is not None:
            matches = fact.number is not None and fact.number >= self.at_least
        elif self.only is not None:
            matches = bool(fact.values) and set(fact.values) <= set(self.only)
        else:
            matches = not set(fact.values).isdisjoint(self.wanted)
        return Truth.HOLDS if matches else Truth.FAILS


class Always(_Node):
    """Holds in every case, for rules that come with the form itself."""

    always: Literal[True]

    def evaluate(self, _lookup: Lookup) -> Truth:
        """Always holds."""
        return Truth.HOLDS

    def facts(self) -> Iterator[str]:
        """Reads nothing."""
        yield from ()


_SHAPES: dict[str, type[_Node]] = {"all": All, "any": Some, "not": Not, "fact": Comparison, "always": Always}


def _by_shape(value: Any) -> Any:
    """Chooses the one model that the table's keys name, so that an error speaks of that model only."""
    if not isinstance(value, dict):
        return value
    shapes = [shape for shape in _SHAPES if shape in value]
    if len(shapes) != 1:
        raise ValueError("a condition needs exactly one of: all, any, not, fact, always")
    return _SHAPES[shapes[0]].model_validate(value)


Condition = Annotated[All | Some | Not | Comparison | Always, BeforeValidator(_by_shape)]

for _model in (All, Some, Not):
    _model.model_rebuild()


def comparisons(condition: All | Some | Not | Comparison | Always) -> Iterator[Comparison]:
    """Every comparison inside a condition, for checks that its facts and answers exist."""
    match condition:
        case Comparison():
            yield condition
        case All(all=parts) | Some(any=parts):
            for part in parts:
                yield from comparisons(part)
        case Not(not_=part):
            yield from comparisons(part)
        case Always():
            return
