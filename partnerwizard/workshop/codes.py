"""Weights as a short code to read out, and what ties a vote to a participant's own ballot.

A code is five check characters and the answers, masked: whoever overhears it learns nothing without the ballot's
token. The check characters depend on the token, the ballot and the answers, so that a slip of the tongue, another
participant's code and a guessed one are all refused (one guess in 33 million gets past). The ballot page
(`report_templates/ballot/ballot.js`) does the same; tests hold the two together.
"""

from __future__ import annotations

import hmac

from partnerwizard.case.workshop import Ranks, Vote
from partnerwizard.workshop import base32
from partnerwizard.workshop.ballot import GIVES, MOST_SWING, STEP, Ballot, checked
from partnerwizard.workshop.canonical import canonical
from partnerwizard.workshop.problems import Refused

_CHECKS = 5
_POINTS = 100 // STEP + 1
_SWINGS = MOST_SWING // STEP + 1
_LONGEST = 200


def nonce_of(token: bytes, vote: Vote) -> str:
    """The random-looking number of a vote's commitment: the same for the same vote, whichever way it comes in."""
    return hmac.digest(token, b"nonce" + canonical(vote), "sha256")[:16].hex()


def vote_code(asked: Ballot, token: bytes, vote: Vote) -> str:
    """The weights of a vote as a code."""
    number = 0
    for digit, base in reversed(_digits(asked, vote)):
        number = number * base + digit
    symbols: list[int] = []
    while number or not symbols:
        symbols.append(number % 32)
        number //= 32
    checks = _checks(asked, token, symbols)
    return base32.written([*checks, *_masked(token, checks, symbols)])


def vote_from_code(asked: Ballot, token: bytes, code: str) -> Vote:
    """The vote that a code says. Raises Refused where it is mistyped, guessed, or of another ballot."""
    symbols = _symbols(asked, code)
    checks = symbols[:_CHECKS]
    plain = _masked(token, checks, symbols[_CHECKS:])
    if not hmac.compare_digest(bytes(_checks(asked, token, plain)), bytes(checks)):
        raise Refused(
            f"Code of {asked.code}: the check characters do not fit. Have it read out again, letter by letter; "
            "if it still does not fit, it belongs to another participant, round or workshop."
        )
    number = sum(each << (5 * n) for n, each in enumerate(plain))
    return checked(asked, _answers(asked, number), f"Code of {asked.code}")


def _symbols(asked: Ballot, code: str) -> list[int]:
    try:
        symbols = base32.read(code[:_LONGEST])
    except ValueError as wrong:
        raise Refused(
            f"Code of {asked.code}: “{wrong}” is in no code. Codes have digits and letters without I, L, O and U."
        ) from None
    if len(symbols) <= _CHECKS:
        raise Refused(f"Code of {asked.code}: it is too short. Type all of it, with or without the dashes.")
    return symbols


def _checks(asked: Ballot, token: bytes, symbols: list[int]) -> list[int]:
    about = b"check" + bytes.fromhex(asked.fingerprint) + bytes(symbols)
    return base32.to_symbols(hmac.digest(token, about, "sha256"), _CHECKS)


def _masked(token: bytes, checks: list[int], symbols: list[int]) -> list[int]:
    mask = b""
    while len(mask) < len(symbols):
        mask += hmac.digest(token, b"mask" + bytes([len(mask) // 32]) + bytes(checks), "sha256")
    return [each ^ (other & 31) for each, other in zip(symbols, mask, strict=False)]


def _digits(asked: Ballot, vote: Vote) -> list[tuple[int, int]]:
    """The answers as digits, each with its base, in the order in which they are read."""
    if asked.weights == "points":
        points = [(vote.points[each.id] // STEP, _POINTS) for each in (*asked.aims, *asked.terms)]
        return [(GIVES.index(vote.give), len(GIVES)), *points]
    digits = []
    for scales, ranks in ((asked.aims, vote.aims), (asked.terms, vote.terms)):
        place = {each: n for n, tie in enumerate(ranks, 1) for each in tie}
        digits.append((len(ranks), len(scales) + 1))
        digits += [(place.get(each.id, 0), len(ranks) + 1) for each in scales]
    swing = 0 if vote.swing is None else 1 + vote.swing[0] // STEP * _SWINGS + vote.swing[1] // STEP
    return [*digits, (swing, _SWINGS**2 + 1)]


def _answers(asked: Ballot, number: int) -> dict[str, object]:
    def take(base: int) -> int:
        nonlocal number
        number, digit = divmod(number, base)
        return digit

    if asked.weights == "points":
        give = GIVES[take(len(GIVES))]
        return {"points": {each.id: take(_POINTS) * STEP for each in (*asked.aims, *asked.terms)}, "give": give}

    def ranks(ids: list[str]) -> Ranks:
        levels = take(len(ids) + 1)
        found: list[list[str]] = [[] for _ in range(levels + 1)]
        for each in ids:
            found[take(levels + 1)].append(each)
        return tuple(tuple(tie) for tie in found[1:])

    aims = ranks([each.id for each in asked.aims])
    terms = ranks([each.id for each in asked.terms])
    swing = take(_SWINGS**2 + 1)
    return {
        "aims": aims,
        "terms": terms,
        "swing": None if swing == 0 else tuple(part * STEP for part in divmod(swing - 1, _SWINGS)),
    }
