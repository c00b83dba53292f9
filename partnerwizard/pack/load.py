"""Loading a guidance pack: TOML files into frozen models, every fault with its file and line, all at once."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from partnerwizard.files import FileProblem, is_folder, parse_toml, read_text
from partnerwizard.pack.model import (
    Adjustment,
    AuthorityNeed,
    Cause,
    Criterion,
    Duty,
    Entry,
    Form,
    Gate,
    Ingredient,
    Pack,
    PackHead,
    Precedent,
    Question,
    Source,
    Term,
)

HEAD = "pack.toml"
FORMS = "forms"
SOURCES = "sources"
LISTS: dict[str, tuple[str, type[Entry]]] = {
    "questions.toml": ("question", Question),
    "criteria.toml": ("criterion", Criterion),
    "causes.toml": ("cause", Cause),
    "gates.toml": ("gate", Gate),
    "duties.toml": ("duty", Duty),
    "adjustments.toml": ("adjustment", Adjustment),
    "authority.toml": ("authority_need", AuthorityNeed),
    "readiness.toml": ("ingredient", Ingredient),
    "precedents.toml": ("precedent", Precedent),
    "glossary.toml": ("term", Term),
}
FILE_LIMIT = 2_000_000
FILES_LIMIT = 500
ENTRIES_LIMIT = 5000
"""Of one list, and of keys that are not known in one file."""

TEXT_LIMIT = 20_000_000
"""Characters of all files together; the built-in pack has under a million."""

Model = TypeVar("Model", bound=Entry)


@dataclass(frozen=True)
class Finding:
    """Something wrong with a pack: the file, the line, what it is and what to do."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class PackProblem(FileProblem):
    """A pack that cannot be used; `findings` tell every reason."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(*(str(finding) for finding in findings))
        self.findings = tuple(findings)


@dataclass(frozen=True)
class PackFiles:
    """A pack together with its files' texts, so that a check can say on which line something stands."""

    pack: Pack
    root: Path
    texts: dict[str, str]

    def finding(self, file: str, message: str, *place: str | int) -> Finding:
        """A finding at a place in a file: keys and list positions from the top, as in the data."""
        return Finding(self.root / file, line_of(self.texts[file], place), message)


def load_pack(root: Path) -> Pack:
    """Loads the pack in a folder. Raises PackProblem with every fault of form; `check` finds faults of sense."""
    return load_pack_files(root).pack


def load_pack_files(root: Path) -> PackFiles:
    """Loads the pack and keeps its texts. Raises PackProblem."""
    findings: list[Finding] = []
    if not is_folder(root):
        raise PackProblem([Finding(root, 1, "there is no such folder. Name the folder of a guidance pack.")])
    texts: dict[str, str] = {}
    tables: dict[str, dict[str, Any]] = {}
    for file in _files(root, findings):
        try:
            texts[file] = read_text(root / file, FILE_LIMIT)
            if sum(map(len, texts.values())) > TEXT_LIMIT:
                raise PackProblem([Finding(root, 1, "far too much text. Check that this is a guidance pack.")])
            tables[file] = parse_toml(texts[file])
        except PackProblem:
            raise
        except FileProblem as problem:
            findings.append(Finding(root / file, 1, problem.problems[0].partition(": ")[2]))
        except tomllib.TOMLDecodeError as error:
            line = int(found[1]) if (found := re.search(r"line (\d+)", str(error))) else _last_line(texts[file])
            findings.append(Finding(root / file, line, f"this is not TOML ({error}). Correct the line."))

    parts: dict[str, Any] = {}
    head = _one(PackHead, tables.get(HEAD), root, HEAD, texts, findings)
    for file, (key, model) in LISTS.items():
        parts[file] = tuple(_many(model, key, tables.get(file, {}), root, file, texts, findings))
    forms = [
        form
        for file in tables
        if file.startswith(f"{FORMS}/") and (form := _one(Form, tables[file], root, file, texts, findings)) is not None
    ]
    sources = [
        source
        for file in tables
        if file.startswith(f"{SOURCES}/")
        for source in _many(Source, "source", tables[file], root, file, texts, findings)
    ]
    if findings or head is None:
        raise PackProblem(findings)
    place = {form: number for number, form in enumerate(head.least_structural_first)}
    pack = Pack(
        head=head,
        questions=parts["questions.toml"],
        criteria=parts["criteria.toml"],
        causes=parts["causes.toml"],
        forms=tuple(sorted(forms, key=lambda form: (place.get(form.id, len(place)), form.id))),
        gates=parts["gates.toml"],
        duties=parts["duties.toml"],
        adjustments=parts["adjustments.toml"],
        authority_needs=parts["authority.toml"],
        ingredients=parts["readiness.toml"],
        precedents=parts["precedents.toml"],
        sources=tuple(sources),
        glossary=parts["glossary.toml"],
        content_hash=_hash(texts),
    )
    return PackFiles(pack, root, texts)


def line_of(text: str, place: tuple[str | int, ...]) -> int:
    """The line (from 1) on which a place of a TOML document stands, or the nearest enclosing one that can be found.

    Reads the layout that packs keep: one key per line and tables under headers.
    """
    index = _lines_of(text)
    return next((index[place[:length]] for length in range(len(place), 0, -1) if place[:length] in index), 1)


@lru_cache(maxsize=64)
def _lines_of(text: str) -> dict[tuple[str | int, ...], int]:
    """The line on which each place of a document is first named; a header names everything that it stands in."""
    found: dict[tuple[str | int, ...], int] = {}
    counters: dict[tuple[str | int, ...], int] = {}
    here: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if header := re.match(r"^\[(\[?)([^\[\]]+)\]\]?\s*(#.*)?$", stripped):
            keys: list[str | int] = []
            parts = [part.strip().strip("\"'") for part in header[2].split(".")]
            for index, part in enumerate(parts):
                keys.append(part)
                last = index == len(parts) - 1
                if header[1] and last:
                    counters[tuple(keys)] = counters.get(tuple(keys), -1) + 1
                    keys.append(counters[tuple(keys)])
                elif tuple(keys) in counters:
                    keys.append(counters[tuple(keys)])
            here = tuple(keys)
            for length in range(1, len(here) + 1):
                found.setdefault(here[:length], number)
        elif key := re.match(r"^([A-Za-z0-9_-]+|\"[^\"]+\")\s*=", stripped):
            found.setdefault((*here, key[1].strip('"')), number)
    return found


def _files(root: Path, findings: list[Finding]) -> Iterator[str]:
    """The pack's files, links and everything outside the folder left out, in a fixed order."""
    wanted = [root / HEAD, *(root / file for file in LISTS)]
    for folder in (FORMS, SOURCES):
        if (root / folder).is_symlink():
            findings.append(Finding(root / folder, 1, "a pack holds folders, not links. Put the folder itself here."))
        else:
            wanted += sorted(islice((root / folder).glob("*.toml"), FILES_LIMIT))
    if len(wanted) > FILES_LIMIT:
        findings.append(Finding(root, 1, f"more than {FILES_LIMIT} files. Check that this is a guidance pack."))
        return
    for path in wanted:
        file = path.relative_to(root).as_posix()
        if path.is_symlink():
            findings.append(Finding(path, 1, "a pack holds files, not links. Put the file itself here."))
        elif not path.exists():
            findings.append(
                Finding(path, 1, "this file of the pack is missing. Add it (an empty file is a valid list).")
            )
        else:
            yield file


def _one(
    model: type[Model],
    table: dict[str, Any] | None,
    root: Path,
    file: str,
    texts: dict[str, str],
    findings: list[Finding],
) -> Model | None:
    if table is None:
        return None
    try:
        return model.model_validate(table)
    except ValidationError as error:
        findings += _faults(error, root, file, texts[file], ())
        return None


def _many(
    model: type[Model],
    key: str,
    table: dict[str, Any],
    root: Path,
    file: str,
    texts: dict[str, str],
    findings: list[Finding],
) -> Iterator[Model]:
    findings += [
        Finding(root / file, line_of(texts[file], (other,)), f"{other} is not known here. This file lists [[{key}]].")
        for other in sorted(table.keys() - {key})[:ENTRIES_LIMIT]
    ]
    entries = table.get(key, [])
    if not isinstance(entries, list):
        findings.append(Finding(root / file, 1, f"{key} must be a list. Write [[{key}]] before each entry."))
        return
    if len(entries) > ENTRIES_LIMIT:
        message = (
            f"{key} has {len(entries)} entries; at most {ENTRIES_LIMIT} are read. Check that this is the right file."
        )
        findings.append(Finding(root / file, 1, message))
        return
    for index, entry in enumerate(entries):
        try:
            yield model.model_validate(entry)
        except ValidationError as error:
            findings += _faults(error, root, file, texts[file], (key, index))


def _faults(
    error: ValidationError, root: Path, file: str, text: str, inside: tuple[str | int, ...]
) -> Iterator[Finding]:
    for problem in error.errors(include_url=False):
        place = (*inside, *problem["loc"])
        shown = ".".join(str(part) for part in problem["loc"])
        message = problem["msg"].removeprefix("Value error, ")
        prefix = f"{shown}: " if shown else ""
        yield Finding(root / file, line_of(text, place), f"{prefix}{message}. Correct it.")


def _last_line(text: str) -> int:
    return max(1, text.count("\n"))


def _hash(texts: dict[str, str]) -> str:
    """One hash over names and contents, so that a case can say exactly which guidance it was answered under."""
    digest = hashlib.sha256()
    for file in sorted(texts):
        digest.update(f"{file}\0{len(texts[file].encode())}\0".encode())
        digest.update(texts[file].encode())
    return digest.hexdigest()
