"""Which words of the glossary a text uses, so that their meaning can be shown beside it."""

from __future__ import annotations

import re

from partnerwizard.pack.model import Pack, Term

PLAIN_WORD = 7
"""Single everyday words of at most this many letters ("group", "term") are not explained wherever they occur."""


def terms_in(pack: Pack, text: str) -> tuple[Term, ...]:
    """The glossary's terms that occur in a text as whole words, by name or by the abbreviation in brackets."""
    return tuple(term for term in pack.glossary if any(_occurs(name, text) for name in _names(term)))


def _names(term: Term) -> list[str]:
    """The names that stand for a term: without its abbreviation, and the abbreviation itself."""
    found = re.fullmatch(r"(.+?) \((.+)\)", term.term)
    names = [term.term] if found is None else [found[1], found[2]]
    return [name for name in names if " " in name or name.isupper() or len(name) > PLAIN_WORD]


def _occurs(name: str, text: str) -> bool:
    """Abbreviations must be written as such; other names may differ in capitals and take an s."""
    case = 0 if name.isupper() else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text, case) is not None
