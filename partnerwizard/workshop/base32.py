"""Letters and digits that are easy to read out: Crockford's base 32 (no I, L, O, U), in groups of four."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = {letter: number for number, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_GROUP = 4


def to_symbols(data: bytes, count: int) -> list[int]:
    """The first `count` groups of five bits."""
    bits = int.from_bytes(data, "big")
    whole = len(data) * 8
    return [(bits >> (whole - 5 * (n + 1))) & 31 for n in range(count)]


def written(symbols: list[int]) -> str:
    """Symbols in groups of four with dashes between."""
    text = "".join(ALPHABET[each] for each in symbols)
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def read(text: str) -> list[int]:
    """Symbols of a text as somebody typed or heard it: case, spaces and dashes do not matter, O is 0, I and L are 1.

    Raises ValueError that names the first character that is none of them.
    """
    found = []
    for character in text.upper():
        if character in _READ:
            found.append(_READ[character])
        elif not (character.isspace() or character in "-–—.·_"):
            raise ValueError(character)
    return found
