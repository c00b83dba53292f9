"""Cleaning and folding of text that people typed."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from partnerwizard.report.fonts import face

_BREAK_AFTER = 24
"""A run without a space longer than this may be broken anywhere."""

# Marks that turn the reading direction of what follows them; left in, one name could turn a whole line round.
_TURNS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Text without what no format can carry: controls (but tab and newline), private use, surrogates, turns."""
    text = unicodedata.normalize("NFC", text)
    if all(map(_carried, set(text))):
        return text
    return "".join(filter(_carried, text))


def printable(text: str) -> str:
    """Text in the bundled typeface: a character that it lacks is shown by its number, such as [U+4E2D]."""
    text = plain(text)
    for each in set(text):
        if not _drawn(each):
            text = text.replace(each, f"[U+{ord(each):04X}]")
    return text


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a longer text, without empty ones."""
    return tuple(line for each in plain(text).splitlines() if (line := " ".join(each.split())))


def one_line(text: str) -> str:
    """Text on one line, with single spaces."""
    return " ".join(plain(text).split())


def shortened(text: str, limit: int) -> str:
    """Text of at most `limit` characters, cut between words where it can be and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut).rstrip(" ,;:.") + "…"


def shortened_inside(text: str, limit: int) -> str:
    """Text of at most `limit` characters, with its beginning and its end: what tells long names apart is often last."""
    if len(text) <= limit:
        return text
    tail = limit // 3
    return f"{text[: limit - tail - 3].rstrip()} … {text[-tail:].lstrip()}"


def first_sentences(text: str, limit: int) -> str:
    """As many whole sentences, or parts before a semicolon, as `limit` characters hold; else a shortened first one."""
    if len(text) <= limit:
        return text
    cut = max(text.rfind(f"{mark} ", 0, limit + 1) for mark in ".!?;")
    return text[: cut + 1].rstrip(";") if cut > 0 else shortened(text, limit)


def fold(text: str, width: float, size: float, semibold: bool = False, most: int = 0) -> tuple[str, ...]:
    """Folds text into lines that fit a width; `most` lines at most (0: as many as it takes), the last then cut."""
    measure = face(semibold)
    space = measure.width(" ", size)
    out: list[str] = []
    line, long = "", 0.0
    for word in one_line(text).split(" "):
        for piece in _pieces(word, width, size, semibold):
            wide = measure.width(piece, size)
            if line and long + space + wide > width:
                out.append(line)
                line, long = piece, wide
            else:
                line, long = (f"{line} {piece}", long + space + wide) if line else (piece, wide)
    out.append(line)
    if most and len(out) > most:
        last = out[most - 1]
        while last and measure.width(last + "…", size) > width:
            last = last[:-1].rstrip()
        out = [*out[: most - 1], last + "…"]
    return tuple(out)


def breakable(text: str) -> str:
    """Text in which a very long word may be broken: with spaces of no width inside it."""
    return re.sub(rf"(\S{{{_BREAK_AFTER}}})(?=\S)", "\\1\u200b", text)


def _pieces(word: str, width: float, size: float, semibold: bool) -> list[str]:
    measure = face(semibold)
    out: list[str] = []
    while len(word) > 1 and measure.width(word, size) > width:
        cut = len(word) - 1
        while cut > 1 and measure.width(word[:cut], size) > width:
            cut -= 1
        out.append(word[:cut])
        word = word[cut:]
    return [*out, word]


@cache
def _carried(character: str) -> bool:
    if character in "\t\n":
        return True
    code = ord(character)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or character in _TURNS:
        return False
    return unicodedata.category(character) not in {"Cc", "Cs", "Co"}


@cache
def _drawn(character: str) -> bool:
    return character in "\t\n" or (face().has(character) and face(semibold=True).has(character))
