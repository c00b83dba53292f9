"""Conditions in words: one reading each, negations carried down, brackets where parts stand inside parts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from partnerwizard.book.conditions import in_words
from partnerwizard.pack.conditions import Condition
from tests.support import guidance, orchestras

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


def said(condition: dict[str, Any], **options: bool) -> str:
    return in_words(CONDITION.validate_python(condition), orchestras(), **options)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"always": True}, "In every case."),
        ({"not": {"always": True}}, "In no case."),
        ({"fact": "health", "is": "weak"}, "When “Condition” is “Weak”."),
        ({"fact": "health", "in": ["weak", "failing"]}, "When “Condition” is “Weak” or “Failing”."),
        ({"not": {"fact": "health", "is": "weak"}}, "When “Condition” is not “Weak”."),
        ({"not": {"not": {"fact": "health", "is": "weak"}}}, "When “Condition” is “Weak”."),
        ({"not": {"fact": "health", "in": ["weak", "sound"]}}, "When “Condition” is none of “Weak” and “Sound”."),
        ({"fact": "health", "only": ["weak", "sound"]}, "When “Condition” includes nothing but “Weak” or “Sound”."),
        ({"fact": "far", "is": "far"}, "When a partner’s “Distance” is “Far”."),
        ({"fact": "far", "is": "far", "of": "all"}, "When every partner’s “Distance” is “Far”."),
        ({"not": {"fact": "far", "is": "far"}}, "When no partner’s “Distance” is “Far”."),
        ({"not": {"fact": "far", "is": "far", "of": "all"}}, "When not every partner’s “Distance” is “Far”."),
        ({"fact": "required-form", "is": "takeover"}, "When “Required form” is “Takeover”."),
        ({"fact": "number-of-bodies", "at_least": 3}, "When at least 3 bodies take part."),
        ({"not": {"fact": "number-of-bodies", "at_least": 3}}, "When fewer than 3 bodies take part."),
        ({"fact": "option.direction", "is": "they-lead"}, "When the partner leads."),
        ({"not": {"fact": "option.direction", "is": "we-lead"}}, "When we do not lead."),
        ({"fact": "causes", "is": "few-players"}, "When the causes held include “Too few players”."),
        ({"not": {"fact": "causes", "is": "few-players"}}, "When the causes held do not include “Too few players”."),
        ({"fact": "causes", "only": ["weak-leaders"]}, "When the causes held include nothing but “Weak leaders”."),
        ({"fact": "causes-held", "is": "none"}, "When no cause is held with confidence."),
        ({"not": {"fact": "causes-held", "is": "none"}}, "When some cause is held with confidence."),
        (
            {"fact": "switch.charity-law", "is": "as-before"},
            "When the switch “charity-law” stands at “as-before”.",
        ),
        ({"fact": "nobody", "is": "knows"}, "When “nobody” is “knows”."),
    ],
)
def test_each_kind_of_condition_reads_as_a_sentence(condition: dict[str, Any], words: str) -> None:
    assert said(condition) == words


WEAK, OWN, FAR = ({"fact": "health", "is": "weak"}, {"fact": "nature", "is": "own"}, {"fact": "far", "is": "far"})


def test_parts_are_joined_and_parts_inside_parts_stand_in_brackets() -> None:
    assert said({"all": [WEAK, OWN]}) == "When “Condition” is “Weak”, and “Own choice” is “Our own”."
    assert said({"all": [WEAK, {"any": [OWN, FAR]}]}) == (
        "When “Condition” is “Weak”, and (either “Own choice” is “Our own”, or a partner’s “Distance” is “Far”)."
    )
    assert said({"any": [{"all": [WEAK]}, OWN]}) == "When either “Condition” is “Weak”, or “Own choice” is “Our own”."


def test_a_negation_turns_and_into_or() -> None:
    assert said({"not": {"all": [WEAK, OWN]}}) == (
        "When either “Condition” is not “Weak”, or “Own choice” is not “Our own”."
    )
    assert said({"not": {"any": [WEAK, FAR]}}) == (
        "When “Condition” is not “Weak”, and no partner’s “Distance” is “Far”."
    )


def test_a_question_about_one_partner_speaks_of_that_partner() -> None:
    assert said({"not": FAR}, of_one_partner=True) == "When the partner’s “Distance” is not “Far”."


def test_a_short_name_that_partners_share_says_whose_it_is() -> None:
    pack = guidance()
    ours = CONDITION.validate_python({"fact": "org-type", "is": "nhs-trust"})
    assert in_words(ours, pack).startswith("When your “Kind of body” is ")


def nested(children: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    several = st.lists(children, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda parts: {"all": parts}),
        several.map(lambda parts: {"any": parts}),
        children.map(lambda part: {"not": part}),
    )


@given(st.recursive(st.sampled_from([WEAK, OWN, FAR, {"always": True}]), nested, max_leaves=12))
def test_any_condition_gives_one_sentence_with_balanced_brackets_and_twice_not_changes_nothing(
    condition: dict[str, Any],
) -> None:
    words = said(condition)
    assert words.startswith(("When ", "In "))
    assert words.endswith(".")
    assert words.count("(") == words.count(")")
    assert said({"not": {"not": condition}}) == words
