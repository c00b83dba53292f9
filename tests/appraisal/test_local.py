"""An option that the trust adds is appraised like the form it is most like, and is never taken for the guidance's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnerwizard.appraisal.appraise import appraise
from partnerwizard.appraisal.explain import option_in_words
from partnerwizard.appraisal.fit import misfits, require_fit
from partnerwizard.appraisal.local import with_local
from partnerwizard.case import edit
from partnerwizard.case.model import Case, LocalOption, Override, OwnRating, RedLine
from partnerwizard.files import FileProblem
from tests.support import AT, DAY, appraised, case_of, orchestras

NORTH = {"id": "north", "name": "North"}


def with_own(like: str = "shared-season", **answers: object) -> Case:
    case = case_of(orchestras(), **{"partners": [NORTH], **answers})
    return edit.add_local_option(case, "A pool of players", "Six players move between the two.", like, AT)


def test_it_takes_partners_gates_authority_and_reach_from_the_form_it_is_like() -> None:
    result = appraised(orchestras(), with_own("one-orchestra", answers={"charity": "no"}))
    own, like = result.option("own-a-pool-of-players:north"), result.option("one-orchestra:north")
    assert own.local
    assert not like.local
    assert own.name == "A pool of players (added locally) with North"
    assert [(gate.id, gate.state) for gate in own.gates] == [(gate.id, gate.state) for gate in like.gates]
    assert own.authority_shortfall == like.authority_shortfall
    assert own.status == like.status


def test_ratings_taken_over_are_judgement_and_own_ratings_stand_beside_where_they_came_from() -> None:
    case = with_own()
    case = edit.override(
        case, Override(form="own-a-pool-of-players", criterion="pay", low=60, likely=70, high=80, reason="Costed."), AT
    )
    result = appraised(orchestras(), case)
    own, like = result.option("own-a-pool-of-players:north"), result.option("shared-season:north")
    assert {cell.ground for cell in own.ratings.values()} == {"judgement"}
    assert like.ratings["independence"].ground == "by-design"
    assert own.ratings["audience"].likely == like.ratings["audience"].likely
    assert own.ratings["audience"].reason.startswith("Taken to be as Shared season:")
    pay = own.ratings["pay"]
    assert (pay.low, pay.likely, pay.high, pay.reason) == (60, 70, 80, "Your own rating: Costed.")
    assert pay.original is not None
    assert pay.original.likely == like.ratings["pay"].likely


def test_it_enters_the_contest_as_a_form_of_its_own_and_leaves_the_others_as_they_were() -> None:
    case = with_own()
    result, without = appraised(orchestras(), case), appraised(orchestras(), case_of(orchestras(), partners=[NORTH]))
    assert {each.form for each in result.forms} == {each.form for each in without.forms} | {"own-a-pool-of-players"}
    values = {option.id: option.value for option in without.options}
    assert all(option.value == values[option.id] for option in result.options if not option.local)


def test_it_is_never_in_place_already() -> None:
    case = with_own(partners=[{**NORTH, "answers": {"together": "season"}}])
    result = appraised(orchestras(), case)
    assert result.option("shared-season:north").status == "in-place"
    assert result.option("own-a-pool-of-players:north").status == "open"


def test_red_lines_and_options_brought_back_can_name_it() -> None:
    case = edit.set_red_lines(with_own(), (RedLine(text="No", owner="Board", forms=("own-a-pool-of-players",)),), AT)
    require_fit(orchestras(), case, "case")
    assert appraised(orchestras(), case).option("own-a-pool-of-players:north").status == "set-aside"


def test_it_is_labelled_wherever_it_is_explained() -> None:
    case = with_own()
    result = appraised(orchestras(), case)
    words = list(option_in_words(orchestras(), case, result, result.option("own-a-pool-of-players:north")))
    assert "(added locally)" in words[0]
    assert words[1].startswith("Six players move between the two. The trust added this option.")
    if "own-a-pool-of-players:north" in result.verdict.options:
        assert any("the trust added it" in caution for caution in result.cautions)


def test_a_pack_that_knows_the_options_of_another_case_gives_the_same() -> None:
    """The window's pack holds those of the case that is open; another case is read with its own."""
    other = with_local(orchestras(), with_own("takeover"))
    case = with_own()
    assert appraise(other, case, as_of=DAY, samples=50, seed=0) == appraise(
        orchestras(), case, as_of=DAY, samples=50, seed=0
    )
    assert with_local(other, Case()) is orchestras()
    assert not list(misfits(other, case))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"like": "circus"}, "local_options.0.like: circus is not a form"),
        ({"like": "alone"}, "local_options.0.like: alone is not a form"),
        ({"id": "takeover"}, "local_options.0.id: takeover is a form of the guidance"),
        (
            {"ratings": {"fame": OwnRating(low=0, likely=1, high=2, reason="x")}},
            "local_options.0.ratings.fame: there is no criterion fame",
        ),
    ],
)
def test_what_the_pack_does_not_know_is_named(changed: dict[str, object], says: str) -> None:
    option = LocalOption(**{"id": "own-x", "name": "X", "like": "takeover", **changed})  # type: ignore[arg-type]
    with pytest.raises(FileProblem, match=says):
        require_fit(orchestras(), Case(local_options=(option,)), "case")


def test_scenarios_points_hunch_and_questions_left_for_later_are_checked_too() -> None:
    case = edit.set_points(edit.set_hunch(Case(), "circus", "", AT), {"fame": (1, 2)}, AT)
    case = edit.skip(case, "colour")
    changed = edit.answer(edit.set_points(case, {"glory": (1, 2)}, AT), "weather", "x", AT)
    changed = edit.rank_aims(changed, (("honour",),), AT + timedelta(days=1))
    case = edit.save_scenario(case, "What if", changed)
    problems = "\n".join(misfits(orchestras(), case))
    for place in (
        "hunch.form",
        "points.fame",
        "skipped.0",
        "scenarios.0.points.glory",
        "scenarios.0.answers.weather",
        "scenarios.0.aims.0",
    ):
        assert place in problems
    assert len(problems.splitlines()) == 6
