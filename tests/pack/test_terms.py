"""Glossary words are found where a reader meets them, and everyday words are left alone."""

from __future__ import annotations

import pytest

from partnerwizard.pack.terms import terms_in
from tests.support import guidance


def found(text: str) -> set[str]:
    return {term.term for term in terms_in(guidance(), text)}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Is it a foundation trust?", "Foundation trust"),
        ("Two NHS foundation trusts", "Foundation trust"),
        ("Has the ICB agreed?", "Integrated care board (ICB)"),
        ("The integrated care board agrees", "Integrated care board (ICB)"),
        ("TUPE applies", "TUPE"),
    ],
)
def test_a_term_is_found_by_its_name_its_plural_and_its_abbreviation(text: str, term: str) -> None:
    assert term in found(text)


@pytest.mark.parametrize("text", ["a group of people", "in the long term", "mergers" * 3, "an icb", "stupefied"])
def test_everyday_words_and_parts_of_words_are_not_explained(text: str) -> None:
    assert found(text) == set()


def test_questions_use_words_that_the_glossary_explains() -> None:
    said = [f"{question.text} {question.why}" for question in guidance().questions]
    assert sum(bool(terms_in(guidance(), text)) for text in said) > 15
