"""Votes sealed until the reveal. A round has one secret of 16 bytes; everything else is derived from it.

Whom this protects against: whoever sees the case file, its autosave, its log or a backup, and whoever opens a returned
ballot file, cannot read a vote before the reveal. It does not protect against the owner of the laptop that holds the
round's secret, who could always write a program of their own to open votes early: only watching the laptop can.

AES-256-GCM and HKDF come from the library `cryptography`.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from dataclasses import dataclass

from partnerwizard.case.workshop import Vote
from partnerwizard.workshop import base32
from partnerwizard.workshop.canonical import canonical
from partnerwizard.workshop.problems import Refused

SECRET = 16
_NONCE = 12
_RECOVERY = 26
_CHECKS = 6
"""Check characters of a recovery code: one for another round passes once in a thousand million times."""
_TOKEN = 16


@dataclass(frozen=True)
class RoundKey:
    """The secret of one round of one workshop."""

    workshop: str
    round: int
    secret: bytes

    def derived(self, purpose: str, length: int = 32) -> bytes:
        """A key for one purpose."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        about = f"partnerwizard/{self.workshop}/{self.round}/{purpose}".encode()
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=about).derive(self.secret)

    def token(self, participant: str) -> bytes:
        """The participant's own secret in this round: it stands in their ballot and signs what returns."""
        return self.derived(f"ballot/{participant}", _TOKEN)

    @property
    def recovery_code(self) -> str:
        """The secret as 32 letters and digits, so that the round can be opened on another laptop."""
        symbols = base32.to_symbols(self.secret + b"\0", _RECOVERY)
        return base32.written([*symbols, *self._checks(symbols)])

    def _checks(self, symbols: list[int]) -> list[int]:
        about = f"{self.workshop}/{self.round}/".encode() + bytes(symbols)
        return base32.to_symbols(hmac.digest(b"partnerwizard recovery", about, "sha256"), _CHECKS)


def new_key(workshop: str, number: int) -> RoundKey:
    """A new secret for a round, from the system's random numbers."""
    return RoundKey(workshop, number, secrets.token_bytes(SECRET))


def recovered(workshop: str, number: int, code: str) -> RoundKey:
    """The key from its recovery code. Raises Refused where it is mistyped or belongs to another round."""
    try:
        symbols = base32.read(code)
    except ValueError:
        symbols = []
    key = None
    if len(symbols) == _RECOVERY + _CHECKS:
        number_of_bits = sum(each << (5 * (_RECOVERY - 1 - n)) for n, each in enumerate(symbols[:_RECOVERY])) >> 2
        key = RoundKey(workshop, number, number_of_bits.to_bytes(SECRET, "big"))
    if key is None or base32.read(key.recovery_code) != symbols:
        raise Refused(
            f"Recovery code: this is not the code of round {number} of this workshop. "
            "Check each group of four letters against the paper, and that it is the code of this round."
        )
    return key


@dataclass(frozen=True)
class Opened:
    """What was in a sealed vote."""

    nonce: str
    vote: Vote


def seal(key: RoundKey, nonce: str, vote: Vote) -> str:
    """The vote in a box that only the round's key opens; it names its workshop, round and participant unforgeably."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt = secrets.token_bytes(_NONCE)
    inside = canonical({"nonce": nonce, "vote": vote.model_dump(mode="json")})
    # Boxes are filled up to full kilobytes, so that their length does not tell who ranked much and who little.
    inside += b" " * (-len(inside) % 1024)
    return base64.b64encode(
        salt + AESGCM(key.derived("votes")).encrypt(salt, inside, _about(key, vote.participant))
    ).decode()


def unseal(key: RoundKey, participant: str, box: str) -> Opened:
    """The vote in a box. Raises Refused where the key is another one or the box was altered."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        data = base64.b64decode(box, validate=True)
        inside = AESGCM(key.derived("votes")).decrypt(data[:_NONCE], data[_NONCE:], _about(key, participant))
        document = json.loads(inside)
        vote = Vote.model_validate_json(json.dumps(document["vote"]), strict=True)
    except (InvalidTag, ValueError, KeyError):
        raise Refused(
            f"Vote of {participant.upper()}: it cannot be opened with the key of round {key.round}, or it was altered. "
            "Restore the case file from a copy, enter the recovery code of the round, or ask for this vote again."
        ) from None
    return Opened(document["nonce"], vote)


def _about(key: RoundKey, participant: str) -> bytes:
    return f"{key.workshop}/{key.round}/{participant}".encode()
