"""The decision table as a file, `partnerwizard-table/1`: reading it, with every problem named at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from partnerwizard.analysis.reading import Problems, join, shown
from partnerwizard.analysis.weights import read_weights
from partnerwizard.decision.arrays import FloatArray, IntArray
from partnerwizard.decision.enough import Answers
from partnerwizard.decision.stated import WeightSet
from partnerwizard.decision.table import Table
from partnerwizard.files import read_json

FORMAT: Final = "partnerwizard-table/1"
SIZE_LIMIT: Final = 50_000_000
"""Bytes of a file; a table of the most options and criteria, with three figures a cell, has about 13 million."""

MOST_OPTIONS: Final = 1100
MOST_CRITERIA: Final = 200
MOST_OPINIONS: Final = 20_000_000
"""Participants times options times options: every person's share for each two options is kept."""


@dataclass(frozen=True, eq=False)
class Participant:
    """One person: a set of weights or a ranking (O,), 1 the best; own ratings where any were given; organisation."""

    id: str
    weights: WeightSet | None
    ranks: FloatArray | None
    ratings: Table | None
    organisation: str | None


@dataclass(frozen=True, eq=False)
class DecisionTable:
    """A table as the file gives it, ratings already on the value scale (100 - x where less is better).

    answers: what was said of the weights answer by answer; answer_words: the words of each.
    """

    criteria: tuple[str, ...]
    minimised: tuple[bool, ...]
    options: tuple[str, ...]
    ratings: Table
    weights: WeightSet
    answers: Answers
    answer_words: tuple[str, ...]
    participants: tuple[Participant, ...]


def load_table(path: Path) -> DecisionTable:
    """Reads a table. Raises FileProblem with every problem."""
    return table_from(read_json(path, SIZE_LIMIT), str(path))


def table_from(document: Any, name: str) -> DecisionTable:
    """A table from a JSON document; `name` stands before each problem. Raises FileProblem with every problem."""
    problems = Problems(name)
    _require_format(document, problems)
    problems.keys(document, "", ("format", "criteria", "options", "values", "weights"), ("draw_with", "participants"))
    criteria, minimised = _criteria(document.get("criteria", []), problems)
    listed = problems.listing(document.get("options", []), "options")
    options = problems.ids(((each, join("options", n)) for n, each in enumerate(listed)), "an option")
    if "options" in document and not listed:
        problems.add("options", "there is no option", "Name at least one")
    if len(options) > MOST_OPTIONS or len(criteria) > MOST_CRITERIA:
        problems.add(
            "",
            f"the table has {len(options)} options and {len(criteria)} criteria; at most {MOST_OPTIONS} options and "
            f"{MOST_CRITERIA} criteria are analysed",
            "Leave out what cannot matter",
        )
        problems.stop()
    places = {criterion: n for n, criterion in enumerate(criteria)}
    numbers = {option: n for n, option in enumerate(options)}
    low, likely, high = _ratings(document.get("values", {}), numbers, places, minimised, problems)
    draw = _draw(document.get("draw_with"), numbers, problems)
    stated = (
        read_weights(document["weights"], "weights", places, problems) if places and "weights" in document else None
    )
    cells = np.array([low, likely, high])
    people = _People(numbers, places, minimised, cells, draw, problems).read(document.get("participants"))
    problems.stop_if_any()
    assert stated is not None
    return DecisionTable(
        criteria=tuple(criteria),
        minimised=tuple(minimised),
        options=tuple(options),
        ratings=Table(low, likely, high, np.zeros(len(options)), draw),
        weights=stated.weights,
        answers=stated.answers,
        answer_words=stated.words,
        participants=tuple(people),
    )


def _require_format(document: Any, problems: Problems) -> None:
    if not isinstance(document, dict):
        problems.add("", "this is not a decision table (a JSON object is needed)", "Choose another file")
        problems.stop()
    given = document.get("format")
    if given != FORMAT:
        what = "is missing" if given is None else f"is {shown(given)}"
        problems.add(
            "format", f'this is not a decision table: its format {what}, not "{FORMAT}"', "Choose another file"
        )
        problems.stop()


def _criteria(given: Any, problems: Problems) -> tuple[list[str], list[bool]]:
    listed = problems.listing(given, "criteria")
    if given == []:
        problems.add("criteria", "there is no criterion", "Name at least one")
    named = []
    directions: dict[Any, bool] = {}
    for n, each in enumerate(listed):
        place = join("criteria", n)
        before = len(problems)
        criterion = problems.mapping(each, place)
        if len(problems) > before:
            continue
        problems.keys(criterion, place, ("id", "direction"))
        direction = criterion.get("direction", "max")
        if direction not in ("max", "min"):
            problems.add(join(place, "direction"), f"{shown(direction)} is no direction", 'Use "max" or "min"')
        if "id" in criterion:
            named.append((criterion["id"], join(place, "id")))
            if isinstance(criterion["id"], str):
                directions.setdefault(criterion["id"], direction == "min")
    ids = problems.ids(named, "a criterion")
    return ids, [directions[each] for each in ids]


def _ratings(
    given: Any, options: Mapping[str, int], criteria: Mapping[str, int], minimised: list[bool], problems: Problems
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Low, likely and high values, each (O, C); cells that are wrong stay 0."""
    cells = np.zeros((3, len(options), len(criteria)))
    rows = problems.mapping(given, "values")
    for option in rows:
        problems.known(option, join("values", option), options, "option")
    for option, o in options.items():
        place = join("values", option)
        if option not in rows:
            problems.add(place, "the values of this option are missing", "Add them")
            continue
        before = len(problems)
        row = problems.mapping(rows[option], place)
        if len(problems) > before:
            continue
        for criterion in row:
            problems.known(criterion, join(place, criterion), criteria, "criterion")
        for criterion, c in criteria.items():
            where = join(place, criterion)
            if criterion not in row:
                problems.add(where, "this value is missing", "Add it")
                continue
            cells[:, o, c] = _cell(row[criterion], where, minimised[c], problems) or (0.0, 0.0, 0.0)
    return cells[0], cells[1], cells[2]


def _cell(given: Any, place: str, minimised: bool, problems: Problems) -> tuple[float, float, float] | None:
    """Low, likely and high on the value scale, or None and a problem."""
    numbers = problems.rising(given, place, (1, 2, 3), 0.0, 100.0)
    if numbers is None:
        return None
    if minimised:
        numbers = [100.0 - number for number in reversed(numbers)]
    middle = numbers[1] if len(numbers) == 3 else (numbers[0] + numbers[-1]) / 2
    return numbers[0], min(max(middle, numbers[0]), numbers[-1]), numbers[-1]


def _draw(given: Any, options: Mapping[str, int], problems: Problems) -> IntArray:
    """The draw number of each option, (O,): that of the first option it is tied to, directly or through others."""
    root = list(range(len(options)))
    if given is not None:
        for option, other in problems.mapping(given, "draw_with").items():
            place = join("draw_with", option)
            one = problems.known(option, place, options, "option")
            two = problems.known(other, place, options, "option")
            if one is not None and two is not None:
                low, high = sorted((root[one], root[two]))
                root = [low if each == high else each for each in root]
    return np.array(root, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class _People:
    """Reads participants, whose ratings are the table's (3, O, C) except where they give their own."""

    options: Mapping[str, int]
    criteria: Mapping[str, int]
    minimised: list[bool]
    cells: FloatArray
    draw: IntArray
    problems: Problems

    def read(self, given: Any) -> list[Participant]:
        """Everybody, or what can be read of them and at least one problem."""
        problems = self.problems
        if given is None:
            return []
        people: list[Participant] = []
        ids: list[tuple[Any, str]] = []
        listed = problems.listing(given, "participants")
        if len(listed) * max(1, len(self.options)) ** 2 > MOST_OPINIONS:
            problems.add(
                "participants",
                f"there are {len(listed)} participants on {len(self.options)} options, more than can be compared",
                "Leave out options that nobody wants, or split the group",
            )
            return []
        for n, each in enumerate(listed):
            place = join("participants", n)
            before = len(problems)
            person = problems.mapping(each, place)
            if len(problems) > before:
                continue
            problems.keys(person, place, ("id",), ("weights", "ranks", "organisation", "values"))
            if "id" in person:
                ids.append((person["id"], join(place, "id")))
            if ("weights" in person) == ("ranks" in person):
                problems.add(place, "a participant has either weights or ranks", "Give one of the two")
                continue
            weights = ranks = None
            if "weights" in person:
                weights = _own_weights(person["weights"], join(place, "weights"), self.criteria, problems)
            else:
                ranks = _ranks(person["ranks"], join(place, "ranks"), self.options, problems)
            ratings = self._own_ratings(person.get("values"), join(place, "values"), ranked=ranks is not None)
            people.append(
                Participant(str(person.get("id")), weights, ranks, ratings, self._organisation(person, place))
            )
        problems.ids(ids, "a participant")
        return people

    def _own_ratings(self, given: Any, place: str, *, ranked: bool) -> Table | None:
        problems = self.problems
        if given is None:
            return None
        if ranked:
            problems.add(place, "who ranks the options has no use for ratings", "Give weights, or leave these out")
            return None
        cells = self.cells.copy()
        for option, row in problems.mapping(given, place).items():
            o = problems.known(option, join(place, option), self.options, "option")
            for criterion, value in problems.mapping(row, join(place, option)).items():
                where = join(join(place, option), criterion)
                c = problems.known(criterion, where, self.criteria, "criterion")
                own = None if c is None else _cell(value, where, self.minimised[c], problems)
                if o is not None and own is not None:
                    cells[:, o, c] = own
        # With any problem the table is refused, and it may not even have a shape.
        return None if len(problems) else Table(cells[0], cells[1], cells[2], np.zeros(len(self.options)), self.draw)

    def _organisation(self, person: Mapping[str, Any], place: str) -> str | None:
        given = person.get("organisation")
        if given is None or (isinstance(given, str) and given.strip()):
            return given
        self.problems.add(
            join(place, "organisation"), f"{shown(given)} is no name of an organisation", "Give a text, or leave it out"
        )
        return None


def _own_weights(given: Any, place: str, criteria: Mapping[str, int], problems: Problems) -> WeightSet | None:
    """A participant's weights, written as a table's weights are or simply as a number for each criterion."""
    if not criteria:
        return None
    if isinstance(given, dict) and not isinstance(given.get("kind"), str):
        given = {"kind": "exact", "values": given}
    stated = read_weights(given, place, criteria, problems)
    return None if stated is None else stated.weights


def _ranks(given: Any, place: str, options: Mapping[str, int], problems: Problems) -> FloatArray:
    ranks = np.zeros(len(options))
    before = len(problems)
    row = problems.mapping(given, place)
    if len(problems) > before:
        return ranks
    for option in row:
        problems.known(option, join(place, option), options, "option")
    for option, o in options.items():
        if option not in row:
            problems.add(join(place, option), "the rank of this option is missing", "Add it")
        else:
            number = problems.number(row[option], join(place, option), 1.0, float(len(options)))
            ranks[o] = 0.0 if number is None else number
    return ranks
