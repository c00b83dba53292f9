"""Answers from Microsoft Forms, Google Forms and the like: which column is what is suggested, and the user decides.

Ways of asking that are understood: a ranking question in one column (`A;B;C;`), a column for each criterion with its
place (also Google's grid, `Question [Row]`), points or ratings of 0 to 100 in a column each, readiness in words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from partnerwizard.case.model import Case
from partnerwizard.case.workshop import ReadyState, Vote, Workshop
from partnerwizard.pack.model import Pack
from partnerwizard.workshop.ballot import GIVE, Ballot, ballots, checked, required
from partnerwizard.workshop.problems import Refused
from partnerwizard.workshop.spreadsheet import Rows

Kind = Literal[
    "who", "aims-in-order", "terms-in-order", "aim", "term", "swing", "swing-low", "swing-high", "points", "give",
    "rating", "readiness",
]  # fmt: skip

_STATES: dict[str, ReadyState] = {
    "in place": "in-place",
    "yes": "in-place",
    "partly": "partly",
    "partially": "partly",
    "missing": "missing",
    "not in place": "missing",
    "no": "missing",
    "dont know": "dont-know",
    "do not know": "dont-know",
    "not sure": "dont-know",
}
_WHO = ("code", "ballot", "participant", "who are you", "name")
_NEVER_WHO = ("start time", "completion time", "timestamp", "last modified")


@dataclass(frozen=True, slots=True)
class Target:
    """What a column holds. `id`: the criterion, or the partner of readiness; `other`: the form or ingredient."""

    kind: Kind
    id: str = ""
    other: str = ""


@dataclass(frozen=True)
class ColumnMapping:
    """What each column holds (None: nothing that is used), and who a row is where its text does not tell."""

    columns: tuple[Target | None, ...]
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """Votes with the row that each came from, what could not be read, and what was left out."""

    votes: tuple[tuple[int, Vote], ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def suggest_mapping(pack: Pack, case: Case, rows: Rows) -> ColumnMapping:
    """The likeliest meaning of each column by its title; the user looks at it and changes it before it is applied."""
    offered = _together(pack, case)
    if not rows:
        raise Refused("The export has no rows. Export the answers again.")
    columns: list[Target | None] = []
    taken: set[Target] = set()
    for title in rows[0]:
        found = _target(offered, _plain(title))
        columns.append(None if found in taken else found)
        if found is not None:
            taken.add(found)
    return ColumnMapping(tuple(columns))


def targets(pack: Pack, case: Case) -> tuple[tuple[Target, str], ...]:
    """Everything that a column can hold in this round, each with its words, for the user to choose from."""
    offered = _together(pack, case)
    found = [(Target("who"), "Who it is from")]
    if offered.aims:
        found += [
            (Target("aims-in-order"), "Aims in order, most important first"),
            (Target("terms-in-order"), "Terms in order, most important first"),
            *((Target("aim", each.id), f"Place of the aim: {each.name}") for each in offered.aims),
            *((Target("term", each.id), f"Place of the term: {each.name}") for each in offered.terms),
            (Target("swing"), "First term against first aim, as a range"),
            (Target("swing-low"), "First term against first aim, lowest"),
            (Target("swing-high"), "First term against first aim, highest"),
            *((Target("points", each.id), f"Points: {each.name}") for each in (*offered.aims, *offered.terms)),
            (Target("give"), "Points, give or take"),
        ]
    found += [
        (Target("rating", scale.id, form.id), f"{scale.name}: {form.name}")
        for scale in offered.rated
        for form in offered.forms
    ]
    found += [
        (Target("readiness", partner.id, each.id), f"Readiness with {partner.name}: {each.name}")
        for partner in offered.partners
        for each in offered.ingredients
    ]
    return tuple(found)


def apply_mapping(pack: Pack, case: Case, rows: Rows, mapping: ColumnMapping, name: str) -> Imported:
    """The votes in an export. Every row that cannot be read is named with what to do; the others are read."""
    workshop = required(case.workshop)
    if Target("who") not in mapping.columns:
        raise Refused(f"{name}: no column says who each answer is from. Choose the column with codes or names.")
    asked = {each.participant: each for each in ballots(pack, case, workshop.rounds[-1])} if workshop.rounds else {}
    votes: dict[str, tuple[int, Vote]] = {}
    twice: set[str] = set()
    problems: list[str] = []
    notes: list[str] = []
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        place = f"{name}:{number}"
        text = row[mapping.columns.index(Target("who"))] if len(row) == len(mapping.columns) else ""
        person = mapping.people.get(text) or who(workshop, text)
        if len(row) != len(mapping.columns):
            problems.append(f"{place}: it has {len(row)} columns, not {len(mapping.columns)}. Correct the row.")
            continue
        if person is None or person not in asked:
            shown = text[:60] or "nothing"
            problems.append(f"{place}: “{shown}” is nobody’s code or name here. Choose the participant for this row.")
            continue
        try:
            said, left = answers_of(asked[person], row, mapping.columns)
            vote = checked(asked[person], said, place)
        except Refused as refused:
            problems += [each if each.startswith(place) else f"{place}: {each}" for each in refused.problems]
            continue
        if left:
            notes.append(f"{place}: {left} answers were not asked of {person.upper()} and are left out.")
        first, earlier = votes.setdefault(person, (number, vote))
        if earlier != vote:
            problems.append(
                f"{place}: {person.upper()} answered in row {first} too, differently. Take one of the two rows out."
            )
            twice.add(person)
    once = tuple(found for person, found in votes.items() if person not in twice)
    return Imported(once, tuple(problems), tuple(notes))


def who(workshop: Workshop, text: str) -> str | None:
    """The one participant whose code or name a text is; None where it is nobody's, or more than one person's."""
    wanted = _plain(text)
    if not wanted:
        return None
    found = [each.id for each in workshop.participants if wanted in {_plain(each.id), _plain(each.name)}]
    return found[0] if len(found) == 1 else None


def _together(pack: Pack, case: Case) -> Ballot:
    """Everything that anybody is asked in the latest round, as one ballot."""
    workshop = required(case.workshop)
    if not workshop.rounds:
        raise Refused("No round has been opened yet. Open one, then take answers in.")
    found = ballots(pack, case, workshop.rounds[-1])
    if not found:
        raise Refused("Nobody is asked anything in this round. Choose what is asked of whom.")
    most = max(found, key=lambda each: len(each.aims))

    def every(part: str) -> tuple[Any, ...]:
        return tuple({each.id: each for asked in found for each in getattr(asked, part)}.values())

    from dataclasses import replace

    return replace(
        most,
        rated=every("rated"),
        forms=every("forms"),
        partners=every("partners"),
        ingredients=every("ingredients"),
    )


def _target(offered: Ballot, title: str) -> Target | None:
    partners = [each for each in offered.partners if _within(each.name, title)]
    ingredients = [each for each in offered.ingredients if _within(each.name, title)]
    if ingredients and (partners or len(offered.partners) == 1):
        return Target("readiness", (partners or list(offered.partners))[0].id, _longest(ingredients).id)
    rated = [each for each in offered.rated if _within(each.name, title)]
    forms = [each for each in offered.forms if _within(each.name, title)]
    if rated and forms:
        return Target("rating", _longest(rated).id, _longest(forms).id)
    for scales, one in ((offered.aims, "aim"), (offered.terms, "term")):
        named = [each for each in scales if _within(each.name, title)]
        if named:
            kind: Kind = "points" if offered.weights == "points" else "aim" if one == "aim" else "term"
            return Target(kind, _longest(named).id)
    if re.search(r"\b(first|top) term\b", title):
        return Target("swing-low" if "lowest" in title else "swing-high" if "highest" in title else "swing")
    if re.search(r"\baims?\b|get better", title):
        return Target("aims-in-order")
    if re.search(r"\bterms?\b|may ask", title):
        return Target("terms-in-order")
    if not any(each in title for each in _NEVER_WHO) and any(re.search(rf"\b{each}\b", title) for each in _WHO):
        return Target("who")
    return None


def answers_of(asked: Ballot, row: Sequence[str], columns: Sequence[Target | None]) -> tuple[dict[str, Any], int]:
    """The fields of a vote, and how many answers were given that this participant was not asked for.

    `row`: a text for each of `columns`. Raises Refused for a text that its column cannot hold.
    """
    places: dict[str, dict[str, int]] = {"aim": {}, "term": {}}
    said: dict[str, Any] = {"points": {}, "ratings": {}, "readiness": {}}
    ends: dict[str, int] = {}
    left = 0
    for text, target in zip(row, columns, strict=True):
        if target is None or target.kind == "who" or not text:
            continue
        if not _asked(asked, target):
            left += 1
            continue
        match target.kind:
            case "aims-in-order" | "terms-in-order":
                ours = target.kind == "aims-in-order"
                said["aims" if ours else "terms"] = _in_order(asked.aims if ours else asked.terms, text)
            case "aim" | "term":
                if (place := _whole(text)) is not None:
                    places[target.kind][target.id] = place
            case "swing":
                numbers = [int(each) for each in re.findall(r"\d+", text)]
                if numbers:
                    said["swing"] = (numbers[0], numbers[-1])
            case "swing-low" | "swing-high":
                ends[target.kind] = _number(text)
            case "points":
                said["points"][target.id] = _number(text)
            case "give":
                said["give"] = _number(text)
            case "rating":
                if _plain(text) not in {"dont know", "do not know", "not sure"}:
                    said["ratings"].setdefault(target.id, {})[target.other] = _number(text)
            case "readiness":
                state = _STATES.get(_plain(text))
                if state is None:
                    raise Refused(f"Readiness: “{text[:60]}” is none of in place, partly, missing, don’t know.")
                said["readiness"].setdefault(target.id, {})[target.other] = state
    for one, many in (("aim", "aims"), ("term", "terms")):
        if places[one]:
            levels = sorted(set(places[one].values()))
            said[many] = [[each for each, place in places[one].items() if place == level] for level in levels]
    if len(ends) == 2:
        said["swing"] = (ends["swing-low"], ends["swing-high"])
    if said["points"]:
        said.setdefault("give", GIVE)
    return said, left


def _asked(asked: Ballot, target: Target) -> bool:
    match target.kind:
        case "points" | "give":
            return asked.weights == "points"
        case "rating":
            return target.id in {each.id for each in asked.rated} and bool(asked.forms)
        case "readiness":
            return target.id in {each.id for each in asked.partners}
    return asked.weights == "ranks"


def _in_order(scales: Iterable[Any], text: str) -> list[list[str]]:
    """A ranking in one cell: names between semicolons or lines, or between commas where that is how it is written."""
    names = {_plain(each.name): each.id for each in scales}
    for pattern in (r"[;\n|]", r","):
        parts = [_plain(re.sub(r"^\s*\d+[.)]\s*", "", each)) for each in re.split(pattern, text) if each.strip()]
        if all(each in names for each in parts):
            return [[names[each]] for each in parts]
    unknown = next(each for each in re.split(r"[;\n|]", text) if _plain(each) not in names)
    raise Refused(f"Ranking: “{unknown.strip()[:60]}” is no criterion of this round. Check the export.")


def _whole(text: str) -> int | None:
    """The number at the start of a text such as "2nd"; None where it has none ("not chosen")."""
    found = re.match(r"\s*(\d{1,3})", text)
    return int(found[1]) if found else None


def _number(text: str) -> int:
    found = re.fullmatch(r"\s*(\d{1,4})(?:[.,]0+)?\s*(?:%|points?)?\s*", text)
    if found is None:
        raise Refused(f"Figure: “{text[:60]}” is no whole number of 0 to 100. Correct it in the export.")
    return int(found[1])


def _within(name: str, title: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_plain(name))}(?!\w)", title) is not None


def _longest(things: Sequence[Any]) -> Any:
    return max(things, key=lambda each: len(each.name))


def _plain(text: str) -> str:
    """A text for comparing: without capitals, accents, apostrophes and repeated spaces."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))
    return " ".join(re.sub(r"['’‘`]", "", bare).split())
