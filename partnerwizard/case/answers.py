"""Plain answers, `partnerwizard-answers/1`: the short form in which people and scripts write a new case."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from partnerwizard.case.base import Id, Line, Prose
from partnerwizard.case.file import require_format, validated
from partnerwizard.case.model import (
    LIST_LIMIT,
    PARTNER_LIMIT,
    Case,
    Grouping,
    HeldCause,
    PackReference,
    RedLine,
    Swing,
)
from partnerwizard.files import read_json

FORMAT: Final = "partnerwizard-answers/1"

_Several = Annotated[tuple[Id, ...], Field(max_length=LIST_LIMIT)]
PlainValue = Annotated[str, StringConstraints(max_length=4000)] | _Several | None


class Plain(BaseModel):
    """Base of the plain answers: frozen, and unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PlainPartner(Plain):
    """A partner with its answers by question id."""

    id: Id
    name: Line = ""
    answers: dict[str, PlainValue] = {}


class Answers(Plain):
    """A whole file of plain answers. Every key is optional; null is "don't know", "n/a" does not apply.

    `aims`, `terms`: most important first, a nested list is a tie.
    """

    format: Literal["partnerwizard-answers/1"] = FORMAT
    title: Line = ""
    organisation: Line = ""
    problem: Prose = ""
    answers: dict[str, PlainValue] = {}
    partners: tuple[PlainPartner, ...] = Field(default=(), max_length=PARTNER_LIMIT)
    groupings: tuple[Grouping, ...] = Field(default=(), max_length=PARTNER_LIMIT)
    aims: tuple[Id | _Several, ...] = Field(default=(), max_length=LIST_LIMIT)
    terms: tuple[Id | _Several, ...] = Field(default=(), max_length=LIST_LIMIT)
    swing: Swing | None = None
    causes: tuple[HeldCause, ...] = Field(default=(), max_length=LIST_LIMIT)
    red_lines: tuple[RedLine, ...] = Field(default=(), max_length=100)


def load_answers(path: Path) -> Answers:
    """Reads plain answers. Raises FileProblem with every problem."""
    return answers_from(read_json(path), str(path))


def answers_from(document: Any, name: str) -> Answers:
    """Plain answers from a JSON document; `name` stands before each problem."""
    require_format(document, name, FORMAT, "an answers file")
    return validated(Answers, document, name)


def new_case(answers: Answers, at: datetime, pack: PackReference, name: str) -> Case:
    """A case from plain answers, all given at one time. Raises FileProblem where they contradict each other."""
    document = {
        "title": answers.title,
        "organisation": answers.organisation,
        "problem": answers.problem,
        "as_of": at.date().isoformat(),
        "pack": pack.model_dump(),
        "answers": _answers(answers.answers, at),
        "partners": [
            {"id": each.id, "name": each.name or each.id, "answers": _answers(each.answers, at)}
            for each in answers.partners
        ],
        "groupings": [each.model_dump() for each in answers.groupings],
        "causes": [each.model_dump() for each in answers.causes],
        "aims": [[each] if isinstance(each, str) else each for each in answers.aims],
        "terms": [[each] if isinstance(each, str) else each for each in answers.terms],
        "swing": answers.swing,
        "red_lines": [each.model_dump() for each in answers.red_lines],
    }
    return validated(Case, document, name)


def _answers(values: dict[str, PlainValue], at: datetime) -> dict[str, Any]:
    return {question: {"value": value, "at": at.isoformat()} for question, value in values.items()}
