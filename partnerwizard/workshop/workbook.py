"""The Excel ballot as it comes back. What each answer is stands in a hidden column beside it, so rows may be moved."""

from __future__ import annotations

import hmac
from typing import Final, get_args

from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Vote
from partnerwizard.pack.model import Pack
from partnerwizard.workshop.ballot import Ballot, checked
from partnerwizard.workshop.canonical import canonical
from partnerwizard.workshop.forms import Kind, Target, answers_of
from partnerwizard.workshop.problems import Refused
from partnerwizard.workshop.returns import FORMAT, BallotFile, asked_of, ballot_file
from partnerwizard.workshop.sealing import RoundKey
from partnerwizard.workshop.spreadsheet import sheets_of

ANSWERS: Final = "Ballot"
KEY: Final = "Key"
ANSWER_COLUMN, TARGET_COLUMN = 1, 3


def head_of(asked: Ballot, token: bytes) -> dict[str, str]:
    """What the hidden sheet says: which ballot this is, signed with the participant's own secret."""
    head = {
        "format": FORMAT,
        "workshop": asked.workshop,
        "round": str(asked.round),
        "participant": asked.participant,
        "fingerprint": asked.fingerprint,
    }
    return head | {"mac": hmac.digest(token, b"excel" + canonical(head), "sha256").hex()}


def written(target: Target) -> str:
    """What a row is about, as its hidden cell says it."""
    return "|".join((target.kind, target.id, target.other))


def vote_from_workbook(pack: Pack, case: Case, key: RoundKey, data: bytes, name: str) -> Vote:
    """The vote in a returned Excel ballot. Raises FileProblem, or Refused where it is of another ballot or altered."""
    sheets = sheets_of(data, name)
    if not {ANSWERS, KEY} <= set(sheets):
        raise Refused(f"{name}: this is no Excel ballot of this program. For the export of an online form, use Import.")
    head = {row[0]: row[1] for row in sheets[KEY] if len(row) > 1 and row[0]}
    asked = asked_of(pack, case, _identity(head, name), name)
    right = head_of(asked, key.token(asked.participant))
    if not hmac.compare_digest(right["mac"], head.get("mac", "")):
        raise Refused(
            f"{name}: the ballot’s signature does not fit, so it was copied together or altered. "
            f"Give {asked.code} a new ballot, or take the answers in another way."
        )
    cells = [row for row in sheets[ANSWERS] if len(row) > TARGET_COLUMN and "|" in row[TARGET_COLUMN]]
    columns = [_target(row[TARGET_COLUMN], name) for row in cells]
    if len(set(columns)) < len(columns):
        raise Refused(f"{name}: some rows stand in the ballot twice. Take the copies out.")
    try:
        said, _ = answers_of(asked, [row[ANSWER_COLUMN] for row in cells], columns)
    except Refused as refused:
        raise Refused(*(f"{name}: {each}" for each in refused.problems)) from None
    return checked(asked, said, name)


def _identity(head: dict[str, str], name: str) -> BallotFile:
    number = int(head["round"]) if head.get("round", "").isdigit() else head.get("round")
    return ballot_file({each: text for each, text in head.items() if each != "mac"} | {"round": number}, name)


def _target(text: str, name: str) -> Target:
    kind, _, rest = text.partition("|")
    one, _, other = rest.partition("|")
    for known in get_args(Kind):
        if kind == known:
            return Target(known, one, other)
    raise Refused(f"{name}: its hidden column was changed ({text[:40]}). Use a new ballot.")
