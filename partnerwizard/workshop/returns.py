"""Ballot files that come back: each is opened with its participant's own secret, so that none can be altered or forged.

A file is sealed by the browser (AES-256-GCM); where a browser cannot, it is open and signed (HMAC-SHA-256).
"""

from __future__ import annotations

import base64
import hmac
import json
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from partnerwizard.case.file import require_format, validated
from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Hash, Hex, Vote
from partnerwizard.pack.model import Pack
from partnerwizard.workshop.ballot import Ballot, ballot, checked, required
from partnerwizard.workshop.canonical import canonical
from partnerwizard.workshop.problems import Refused
from partnerwizard.workshop.sealing import RoundKey

FORMAT: Final = "partnerwizard-ballot/1"
LIMIT = 200_000
"""Bytes of a ballot file; a real one has some thousand."""

_NONCE = 12


class BallotFile(BaseModel):
    """What a ballot page saves: whose it is, and the answers sealed, or open and signed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["partnerwizard-ballot/1"]
    workshop: Hex
    round: Annotated[int, Field(ge=1)]
    participant: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]
    fingerprint: Hash
    sealed: Annotated[str, StringConstraints(max_length=100_000)] | None = None
    vote: dict[str, Any] | None = None
    mac: Hash | None = None


def ballot_file(document: Any, name: str) -> BallotFile:
    """The ballot file that a JSON document is. Raises FileProblem with every problem."""
    require_format(document, name, FORMAT, "a ballot file")
    return validated(BallotFile, document, name)


def vote_from_file(pack: Pack, case: Case, key: RoundKey, returned: BallotFile, name: str) -> Vote:
    """The vote in a ballot file. Raises Refused where it is of another workshop, round or ballot, or was altered."""
    asked = asked_of(pack, case, returned, name)
    token = key.token(returned.participant)
    head = canonical(
        returned.model_dump(mode="json", include={"format", "workshop", "round", "participant", "fingerprint"})
    )
    said = _opened(returned, token, head)
    if said is None:
        raise Refused(
            f"{name}: the ballot was altered or is damaged, or it was not made by this workshop’s program. "
            f"Ask {asked.code} to save the ballot again, or take the answers in another way."
        )
    if said.pop("participant", None) != asked.participant or said.pop("round", None) != asked.round:
        raise Refused(f"{name}: the answers inside belong to another ballot. Ask {asked.code} to save it again.")
    return checked(asked, said, name)


def asked_of(pack: Pack, case: Case, returned: BallotFile, name: str) -> Ballot:
    """The ballot to which a file answers. Raises Refused where there is none such in this workshop."""
    workshop = required(case.workshop)
    if returned.workshop != workshop.id:
        raise Refused(f"{name}: this ballot belongs to another workshop. Open the case that it was made for.")
    if returned.round > len(workshop.rounds):
        raise Refused(f"{name}: this ballot is of round {returned.round}, which is not open. Open the right case.")
    if returned.participant not in workshop.participant_by_id:
        raise Refused(
            f"{name}: {returned.participant.upper()} does not take part in this workshop. Add the participant again."
        )
    round_ = workshop.rounds[returned.round - 1]
    asked = ballot(pack, case, round_, workshop.participant_by_id[returned.participant])
    if returned.fingerprint != asked.fingerprint:
        raise Refused(
            f"{name}: this ballot asked something else than round {returned.round} does. "
            f"Give {asked.code} the ballot of this round."
        )
    return asked


def _opened(returned: BallotFile, token: bytes, head: bytes) -> dict[str, Any] | None:
    """The answers inside, or None where the file was altered."""
    if returned.sealed is not None and returned.vote is None and returned.mac is None:
        return _unsealed(returned.sealed, token, head)
    if returned.vote is not None and returned.mac is not None and returned.sealed is None:
        right = hmac.digest(token, b"open" + head + canonical(returned.vote), "sha256").hex()
        return dict(returned.vote) if hmac.compare_digest(right, returned.mac) else None
    return None


def _unsealed(sealed: str, token: bytes, head: bytes) -> dict[str, Any] | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        data = base64.b64decode(sealed, validate=True)
        inside = AESGCM(hmac.digest(token, b"file", "sha256")).decrypt(data[:_NONCE], data[_NONCE:], head)
        said = json.loads(inside)
    except (InvalidTag, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
