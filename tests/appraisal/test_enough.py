"""The smallest set of answers with which the same form is still first."""

from __future__ import annotations

import random

import pytest

from partnerwizard.appraisal.assess import CLOSED, Assessment, contestants
from partnerwizard.appraisal.enough import _only, _smallest, enough_answers
from partnerwizard.case.file import load_case
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from partnerwizard.resources import guidance_dir
from tests.support import CASES, DAY, case_of, guidance, orchestras


def first(pack: Pack, case: Case) -> str | None:
    assessment = Assessment(pack, case, DAY)
    value = {e.option.id: assessment.likely_value(e) for e in assessment.assessed if e.status not in CLOSED}
    entered = contestants(pack, assessment.assessed, value)
    best = max(entered, key=lambda each: (value[each.option.id], each.option.id), default=None)
    return None if best is None else best.option.form.id


@pytest.mark.parametrize("name", ["frimley-2014", "nlag-hull-2022"])
def test_with_these_answers_alone_the_form_is_first_and_with_one_less_it_is_not(name: str) -> None:
    case = load_case(CASES / f"{name}.partnering")
    found = enough_answers(guidance(), case, DAY)
    assert found is not None
    assert found.fewest
    from partnerwizard.appraisal.enough import _given

    parts = [part for answer, part in _given(guidance(), case) if answer in found.answers]
    today = first(guidance(), case)
    assert first(guidance(), _only(case, parts)) == today
    for left_out in range(len(parts)):
        assert first(guidance(), _only(case, parts[:left_out] + parts[left_out + 1 :])) != today
    assert guidance().form_by_id[str(today)].name in found.sentence
    assert f"of your {found.given} answers {len(found.answers)} " in found.sentence
    assert f"the other {found.given - len(found.answers)} " in found.sentence
    assert all(answer.name in found.sentence for answer in found.answers)


def test_a_case_without_answers_needs_none() -> None:
    found = enough_answers(orchestras(), case_of(orchestras()), DAY)
    assert found is None or (found.answers, found.given) == ((), 0)


def test_all_answers_kept_are_the_same_case() -> None:
    from partnerwizard.appraisal.enough import _given

    case = load_case(next((guidance_dir() / "examples").glob("*.partnering")))
    again = _only(case, [part for _, part in _given(guidance(), case)])
    one, other = Assessment(guidance(), case, DAY), Assessment(guidance(), again, DAY)
    assert [each.status for each in one.assessed] == [each.status for each in other.assessed]
    assert [one.likely_value(each) for each in one.assessed] == [other.likely_value(each) for each in other.assessed]


def test_what_is_found_always_works_and_nothing_in_it_can_be_left_out() -> None:
    rng = random.Random(0)
    for _ in range(60):
        count = rng.randint(0, 9)
        good = {frozenset(n for n in range(count) if rng.random() < 0.5) for _ in range(3)} | {frozenset(range(count))}
        found, fewest = _smallest(lambda kept, good=good: kept in good, count)  # type: ignore[misc]
        assert frozenset(found) in good
        assert not any(frozenset(found) - {each} in good for each in found)
        if fewest:
            assert len(found) == min(map(len, good))
