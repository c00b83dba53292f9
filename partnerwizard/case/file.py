"""The case file: `NAME.partnering`, UTF-8 JSON, indented, keys sorted, newline at the end, `partnerwizard-case/2`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from partnerwizard.case.base import whole
from partnerwizard.case.migrations import migrated
from partnerwizard.case.model import FORMAT, Case
from partnerwizard.files import FileProblem, read_json, write_whole, writing

SUFFIX = ".partnering"
VALUES_LIMIT = 500_000
FAULTS_LIMIT = 20_000

Model = TypeVar("Model", bound=BaseModel)


def load_case(path: Path) -> Case:
    """Reads a case. Raises FileProblem with every problem: damage, another kind, a newer format, wrong content."""
    return case_from(read_json(path), str(path))


def case_from(document: Any, name: str) -> Case:
    """A case from the JSON document of a case file; `name` stands before each problem."""
    document = migrated(document)
    require_format(document, name, FORMAT, "a case file")
    return validated(Case, document, name)


def dump_case(case: Case) -> bytes:
    """The bytes of the case file: the same case always gives the same bytes."""
    document = case.model_dump(mode="json", exclude_defaults=True) | {"format": FORMAT}
    text: str = whole(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True))
    return f"{text}\n".encode()


def save_case(case: Case, path: Path) -> None:
    """Writes a case whole or not at all, under a lock. Raises NotWritten."""
    with writing(path):
        write_whole(path, dump_case(case))


def require_format(document: Any, name: str, wanted: str, what: str) -> None:
    """Raises FileProblem unless the document is an object of the wanted format; a newer one is told apart."""
    family, _, number = wanted.partition("/")
    if not isinstance(document, dict):
        raise FileProblem(f"{name}: this is not {what} (a JSON object is needed). Choose another file.")
    given = document.get("format")
    if given == wanted:
        return
    if isinstance(given, str) and given.startswith(f"{family}/"):
        suffix = given.partition("/")[2]
        # As text: a longer row of digits is a greater number, however long it is.
        if suffix.isascii() and suffix.isdigit() and (len(suffix), suffix) > (len(number), number):
            raise FileProblem(
                f"{name}:format: {what} of a newer program ({given}; this one reads {wanted}). "
                "Install the newer Partner Wizard to open it; nothing was changed."
            )
    if given is None:
        raise FileProblem(f'{name}:format: this is not {what}: "format": "{wanted}" is missing. Choose another file.')
    raise FileProblem(
        f"{name}:format: this is not {what}: its format is {_shown(given)}, not {wanted}. Choose another file."
    )


def validated(model: type[Model], document: Any, name: str) -> Model:
    """The JSON document as a model, types taken strictly: "3" is no number.

    Raises FileProblem with one line for each thing that is wrong, and its place.
    """
    _require_few(document, name)
    try:
        return model.model_validate_json(whole(json.dumps(document, ensure_ascii=False)), strict=True)
    except ValidationError as error:
        if error.error_count() > FAULTS_LIMIT:
            raise FileProblem(
                f"{name}: {error.error_count()} things are wrong, too many to name. Use an undamaged copy."
            ) from None
        raise FileProblem(*problem_lines(error, name)) from None


def _require_few(document: Any, name: str) -> None:
    """Raises FileProblem where a document holds more values than any saved work does; each takes time to check."""
    count, layer = 0, [document]
    while layer and count <= VALUES_LIMIT:
        layer = [
            inner
            for each in layer
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        count += len(layer)
    if count > VALUES_LIMIT:
        raise FileProblem(f"{name}: the file holds more than {VALUES_LIMIT} values. Check that this is the right file.")


def problem_lines(error: ValidationError, name: str) -> list[str]:
    """One line for each problem that pydantic found: `FILE:PLACE: what is wrong. What to do.`"""
    lines = []
    for problem in error.errors(include_url=False):
        place = ".".join(str(part) for part in problem["loc"] if not _is_branch(part))
        what, mend = _in_words(problem["type"], problem["msg"], problem.get("input"))
        lines.append(f"{name}:{place}: {what}. {mend}" if place else f"{name}: {what}. {mend}")
    return list(dict.fromkeys(lines))


def _is_branch(part: int | str) -> bool:
    """Pydantic names the branch of a union in the place; a reader of the file does not see branches."""
    return isinstance(part, str) and ("[" in part or part in {"str", "tuple", "none"})


def _in_words(kind: str, message: str, given: Any) -> tuple[str, str]:
    match kind:
        case "extra_forbidden":
            return "this key is not known here", "Take it out, or open the file with the program that wrote it."
        case "missing":
            return "this key is missing", "Add it."
        case "value_error":
            return message.removeprefix("Value error, "), "Correct it."
    return f"{_shown(given)} does not fit ({message[:1].lower()}{message[1:]})", "Correct it."


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"
