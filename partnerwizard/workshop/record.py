"""The record of a workshop: lines that are only ever added, each with the hash of the one before.

What it shows: that no line was changed, dropped or put in between by accident or by a later edit of one place. What it
does not show: whoever owns the laptop could write the whole record anew. That is why the last hash, the seal, stands on
the reveal, in the report and in people's own notes: a record written anew has another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from partnerwizard.case.workshop import LogEntry, Workshop
from partnerwizard.workshop import base32
from partnerwizard.workshop.canonical import commitment, digest

START = "0" * 64
_SHORT = 12


def noted(workshop: Workshop, what: str, at: datetime, **detail: str) -> Workshop:
    """The workshop with one more line in its record. `detail`: ids (in snake case) and short texts."""
    before = workshop.record[-1].hash if workshop.record else START
    body = {
        "number": len(workshop.record) + 1,
        "at": at,
        "what": what,
        "detail": {name.replace("_", "-"): text for name, text in detail.items()},
        "before": before,
    }
    bare = LogEntry(**body, hash=START)  # type: ignore[arg-type]
    return workshop.model_copy(update={"record": (*workshop.record, bare.model_copy(update={"hash": _hash(bare)}))})


def seal_of(workshop: Workshop) -> str:
    """The record's last hash, short enough to note on paper: 12 letters and digits."""
    return receipt(workshop.record[-1].hash if workshop.record else START)


def receipt(hash_: str) -> str:
    """A hash as 12 letters and digits in three groups: what a participant keeps to find their vote again."""
    return base32.written(base32.to_symbols(bytes.fromhex(hash_), _SHORT))


def check_record(workshop: Workshop) -> tuple[str, ...]:
    """Everything that does not fit together, as lines for the facilitator; nothing where the record is whole."""
    return (*_chain_problems(workshop), *_vote_problems(workshop))


def _hash(entry: LogEntry) -> str:
    return digest(entry.model_dump(mode="json", exclude={"hash"}))


def _chain_problems(workshop: Workshop) -> Iterator[str]:
    before = START
    for place, entry in enumerate(workshop.record, 1):
        if entry.number != place:
            yield f"Record, line {place}: it is numbered {entry.number}, so lines were taken out or put in."
        if entry.before != before:
            yield f"Record, line {place}: it does not follow from the line before, which was changed or taken out."
        if entry.hash != _hash(entry):
            yield f"Record, line {place}: it was changed after it had been written."
        before = entry.hash


def _vote_problems(workshop: Workshop) -> Iterator[str]:
    taken = {
        (entry.detail.get("round"), entry.detail.get("participant"), entry.detail.get("receipt"))
        for entry in workshop.record
        if entry.what in {"vote-in", "vote-restored"}
    }
    for number in workshop.rounds:
        present = [(each.participant, each.commitment) for each in number.sealed]
        present += [(each.participant, each.commitment) for each in number.votes]
        for participant, fixed in present:
            if (str(number.number), participant, fixed) not in taken:
                yield f"Round {number.number}: the vote of {participant.upper()} is not in the record."
        for counted in number.votes:
            if commitment(counted.nonce, counted.vote) != counted.commitment:
                yield (
                    f"Round {number.number}: the vote of {counted.participant.upper()} is not the one that came in; "
                    "it was changed after the reveal."
                )
