"""What a revealed round says: the engine's own answers, the same whoever comes first in the list."""

from __future__ import annotations

import random
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest

from partnerwizard.appraisal.weights import weights_of
from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Asked, Organisation, Participant
from partnerwizard.decision import groups
from partnerwizard.decision.forcing import fewest_forcing, orders_as_statements, shared_caps, shared_orders
from partnerwizard.decision.stated import BoundedWeights, RankedWeights
from partnerwizard.decision.table import Table
from partnerwizard.workshop import rounds
from partnerwizard.workshop.agenda import talk
from partnerwizard.workshop.ballot import questions
from partnerwizard.workshop.problems import Refused
from partnerwizard.workshop.results import RoundResult, as_case, movement, round_result, shown_as
from tests.support import guidance
from tests.workshop.cases import FORMS, answers, desk, later, opened, revealed, two_trusts, vote_of

DAY = date(2026, 11, 24)


@cache
def shown() -> Case:
    with TemporaryDirectory() as folder:
        return revealed(Path(folder))


@cache
def found() -> RoundResult:
    return round_result(guidance(), shown(), 1, DAY)


def run(said: dict[str, dict[str, Any]], organisations: dict[str, str], order: list[str] | None = None) -> RoundResult:
    """A round in which these people say this, in this order of the list."""
    case = rounds.set_up(
        two_trusts(),
        later(0),
        organisations=[Organisation(id=each, name=each.title()) for each in dict.fromkeys(organisations.values())],
        participants=[
            Participant(id=each, organisation=organisations.get(each), asked=Asked(ratings=("clinical-quality",)))
            for each in order or list(said)
        ],
    )
    with TemporaryDirectory() as folder:
        at_desk = desk(Path(folder))
        case = at_desk.open_round(case, questions(guidance(), FORMS), later(1))
        for n, person in enumerate(order or list(said)):
            vote = vote_of(guidance(), case, int(person[1:]), said[person])
            case = at_desk.take(case, vote, "laptop", later(2 + n)).case
        return round_result(guidance(), at_desk.reveal(case, later(60)), 1, DAY)


def test_group_results_are_the_engines_on_the_same_votes() -> None:
    result = found()
    setting = result.setting
    votes = {each.participant: each.vote for each in shown().workshop.rounds[0].votes}  # type: ignore[union-attr]
    people = [
        groups.Participant(
            weights=weights_of(guidance(), as_case(shown(), votes[person])),
            ratings=own.ratings,
            organisation=int(votes[person].participant > "p06"),
        )
        for person, own in zip(setting.voters, setting.people, strict=True)
    ]
    again = groups.group_result(setting.table, people, samples=2000, seed=shown().seed, common=setting.common)
    assert result.group is not None
    assert np.array_equal(result.group.each.split, again.each.split)
    assert np.array_equal(result.group.each.pairwise, again.each.pairwise)
    assert result.group.kendall_w == again.kendall_w
    assert again.by_organisation is not None
    assert result.leaders_by_organisation == tuple(setting.options[n] for n in again.by_organisation.leaders)


def test_permuting_people_changes_nothing() -> None:
    said = {f"p{n:02}": answers(n) | {"ratings": {}, "readiness": {}} for n in range(1, 9)}
    organisations = {person: "us" if person < "p04" else "them" for person in said}
    order = list(said)
    random.Random(3).shuffle(order)
    one, other = run(said, organisations), run(said, organisations, order)
    assert one.group is not None
    assert other.group is not None
    assert np.array_equal(one.group.each.pairwise, other.group.each.pairwise)
    assert one.spread == other.spread
    assert one.leaders_by_organisation == other.leaders_by_organisation
    assert {each.id: each.beats_today for each in one.organisations} == {
        each.id: each.beats_today for each in other.organisations
    }


def test_one_large_organisation_does_not_silence_a_small_one() -> None:
    fragile = {"aims": [["fragile-services"]], "swing": None}
    travel = {"aims": [["equity-and-travel"]], "swing": None}
    said = {f"p{n:02}": fragile for n in range(1, 7)} | {"p07": travel}
    organisations = dict.fromkeys(said, "large") | {"p07": "small"}
    result = run(said, organisations)
    large, small = result.organisations
    assert result.leaders == tuple(result.setting.options[n] for n in large.voice.leaders)
    assert result.group is not None
    assert result.group.by_organisation is not None
    middle = (large.voice.pairwise + small.voice.pairwise) / 2
    assert np.allclose(result.group.by_organisation.pairwise, middle)
    assert result.beats_today_for_all is not None
    assert set(result.beats_today_for_all) == set(large.beats_today or {}) & set(small.beats_today or {})
    assert any("Small: only 1 voted" in each for each in result.identifies)


def test_what_people_rate_is_used_for_them_alone() -> None:
    low = {"aims": [["clinical-quality"]], "ratings": {"clinical-quality": dict.fromkeys(FORMS, 0)}}
    high = {"aims": [["clinical-quality"]], "ratings": {"clinical-quality": dict.fromkeys(FORMS, 100)}}
    plain = {"aims": [["clinical-quality"]]}
    result = run({"p01": low, "p02": high, "p03": plain}, {})
    assert result.group is not None
    rated = [n for n, each in enumerate(result.setting.options) if each.split(":")[0] in FORMS]
    one, two, three = (each.values for each in result.group.people)
    assert one is not None
    assert two is not None
    assert three is not None
    assert rated
    assert all(one[n] < three[n] < two[n] for n in rated)
    assert [n for n in range(len(one)) if one[n] != three[n]] == rated
    assert {each.form for each in result.rated} <= set(FORMS)


def test_readiness_is_kept_apart_by_side() -> None:
    sides = {each.organisation: each.answers for each in found().readiness}
    assert sides == {
        "us": {"diagnosis": {"partly": 2}},
        "eastmarsh": {"diagnosis": {"missing": 2}},
    }


def test_people_who_gave_no_weights_are_counted_but_not_guessed() -> None:
    result = run({"p01": {"aims": [["access"]]}, "p02": {"ratings": {"clinical-quality": {FORMS[0]: 70}}}}, {})
    assert result.counted == 2
    assert result.setting.voters == ("p01",)
    assert result.organisations == ()
    assert any("Only 2 voted" in each for each in result.identifies)


def test_movement_between_rounds_names_who_moved_and_where_views_came_closer(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    for n in range(1, 7):
        case = at_desk.take(case, vote_of(guidance(), case, n), "laptop", later(n)).case
    case = at_desk.open_round(at_desk.reveal(case, later(20)), questions(guidance(), FORMS), later(21))
    for n in range(1, 6):
        same = answers(1) | {"ratings": {}, "readiness": {}}
        case = at_desk.take(case, vote_of(guidance(), case, n, same), "laptop", later(21 + n)).case
    case = at_desk.reveal(case, later(40))
    before, after = (round_result(guidance(), case, number, DAY) for number in (1, 2))
    moved = movement(before, after)
    assert moved is not None
    assert moved.both == ("p01", "p02", "p03", "p04", "p05")
    assert {person for person, *_ in moved.moved} == {
        person for person in moved.both if before.first_choice(person) != after.first_choice(person)
    }
    assert "fragile-services" in {criterion for criterion, *_ in moved.narrower}
    assert movement(before, before) is not None
    assert movement(before, before).moved == ()  # type: ignore[union-attr]


def test_a_round_that_is_not_revealed_shows_nothing(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    case = at_desk.take(case, vote_of(guidance(), case, 1), "laptop", later(2)).case
    with pytest.raises(Refused, match="is not revealed"):
        round_result(guidance(), case, 1, DAY)


def test_people_are_shown_as_they_agreed() -> None:
    workshop = two_trusts().workshop
    assert workshop is not None
    shown_by = {
        names: shown_as(workshop.model_copy(update={"names": names}), "p07") for names in ("codes", "roles", "names")
    }
    assert shown_by == {"codes": "P07", "roles": "Clinician, Eastmarsh University Hospitals", "names": "Person 7"}
    assert shown_as(workshop, "p99") == "P99"


def test_the_agenda_says_what_settling_each_would_do_and_when_to_stop() -> None:
    said = talk(guidance(), shown(), found())
    assert said.items
    assert all(each.changes_leader for each in said.items)
    assert all(not each.changes_leader for each in said.settled)
    assert [each.moved for each in said.items] == sorted((each.moved for each in said.items), reverse=True)
    assert all("can change who leads" in each.sentence for each in said.items)
    assert all("same option leads" in each.sentence for each in said.settled)


def test_where_everybody_agrees_there_is_nothing_to_talk_about() -> None:
    same = {"aims": [["fragile-services"]], "terms": [["time-to-effect"]]}
    result = run({"p01": same, "p02": same, "p03": same}, {})
    said = talk(guidance(), shown(), result)
    assert said.items == ()
    assert said.settled == ()
    assert any("Nobody disagrees" in each for each in said.stop)


def _table(rows: list[list[float]]) -> Table:
    likely = np.array(rows)
    return Table(likely, likely, likely, np.zeros(len(rows)), np.arange(len(rows)))


def test_the_fewest_shared_statements_that_force_the_first_are_found() -> None:
    # The first option wins as soon as the first criterion counts at least as much as the second.
    table = _table([[80, 40, 50], [40, 70, 50]])
    sets = [RankedWeights(((0,), (1,), (2,))), RankedWeights(((2,), (0,), (1,)))]
    pairs = shared_orders([each.region() for each in sets], 3)
    assert pairs == ((0, 1),)
    assert fewest_forcing(table, 0, orders_as_statements(pairs, 3)) == (0,)
    assert fewest_forcing(table, 1, orders_as_statements(pairs, 3)) is None


def test_statements_that_force_it_force_it_in_every_draw_that_fits() -> None:
    rng = np.random.default_rng(5)
    forced = 0
    for _ in range(30):
        table = _table(rng.integers(0, 101, (4, 4)).astype(float).tolist())
        order = tuple((int(each),) for each in rng.permutation(4))
        pairs = shared_orders([RankedWeights(order).region()], 4)
        statements = orders_as_statements(pairs, 4)
        first = int(np.argmax(table.likely @ RankedWeights(order).central()))
        few = fewest_forcing(table, first, statements)
        if not few:
            continue
        forced += 1
        drawn = BoundedWeights(4, [statements[n] for n in few]).sample(300, np.random.default_rng(0)) @ table.likely.T
        assert (drawn[:, first] >= drawn.max(axis=1) - 1e-6).all()
        for left_out in few:
            rest = [statements[n] for n in few if n != left_out]
            assert fewest_forcing(table, first, rest) is None
    assert forced >= 5


def test_caps_are_the_most_that_anybody_could_mean() -> None:
    regions = [RankedWeights(((0,), (1,))).region(), RankedWeights(((0, 1),)).region()]
    assert shared_caps(regions[:1], 2).tolist() == [1.0, 0.5]
    assert shared_caps(regions, 2).tolist() == [1.0, 1.0]
