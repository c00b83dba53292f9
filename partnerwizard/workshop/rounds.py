"""Set-up and rounds as pure functions from case to case; each change is a line of the record.

Nothing here moves the day of the advice: votes are no answers about the trust. The time, keys and random numbers come
in as arguments. Every function raises Refused, with what to do, where something cannot be done; then nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from partnerwizard.case import edit
from partnerwizard.case.file import problem_lines
from partnerwizard.case.model import Case, Decision
from partnerwizard.case.workshop import (
    Away,
    Counted,
    Names,
    Organisation,
    Participant,
    Questions,
    Remark,
    Round,
    Sealed,
    Stage,
    Vote,
    Way,
    Workshop,
)
from partnerwizard.workshop.ballot import required
from partnerwizard.workshop.canonical import commitment, digest
from partnerwizard.workshop.codes import nonce_of
from partnerwizard.workshop.problems import Refused
from partnerwizard.workshop.record import noted, receipt
from partnerwizard.workshop.sealing import RoundKey, seal, unseal
from partnerwizard.workshop.vault import Kept

WAYS: dict[Way, str] = {
    "laptop": "typed at the laptop",
    "file": "by ballot file",
    "code": "by code",
    "excel": "by Excel ballot",
    "forms": "from an online form",
    "room": "entered for the room",
    "phone": "by phone in the room",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a vote: the case with it, and the receipt. `again`: the same vote was in already."""

    case: Case
    commitment: str
    sealed: Sealed | None

    @property
    def again(self) -> bool:
        """Whether this very vote was in already, so that nothing changed."""
        return self.sealed is None

    @property
    def receipt(self) -> str:
        """What the participant keeps to find their vote in the published list."""
        return receipt(self.commitment)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is in, awaited or away, by participant id; nothing about what anybody voted."""

    voted: tuple[str, ...]
    awaited: tuple[str, ...]
    away: tuple[tuple[str, Away], ...]


# Set-up


def new_workshop(case: Case, workshop_id: str, at: datetime) -> Case:
    """The case with an empty workshop. `workshop_id`: 32 random hexadecimal digits."""
    if case.workshop is not None:
        raise Refused("This case has a workshop already. Go on with it.")
    return _with(case, noted(Workshop(id=workshop_id), "set-up", at))


def set_up(
    case: Case,
    at: datetime,
    *,
    names: Names | None = None,
    share_readiness: bool | None = None,
    organisations: Sequence[Organisation] | None = None,
    participants: Sequence[Participant] | None = None,
    plan: Sequence[Stage] | None = None,
) -> Case:
    """Changes the parts that are given. Who has voted stays, and what people are asked stays while a round is open."""
    workshop = required(case.workshop)
    changes: dict[str, Any] = {
        name: tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
        for name, value in (
            ("names", names),
            ("share_readiness", share_readiness),
            ("organisations", organisations),
            ("participants", participants),
            ("plan", plan),
        )
        if value is not None and value != getattr(workshop, name)
    }
    changes = {name: value for name, value in changes.items() if value != getattr(workshop, name)}
    if not changes:
        return case
    try:
        new = Workshop(**{name: getattr(workshop, name) for name in Workshop.model_fields} | changes)
    except ValidationError as error:
        raise Refused(*problem_lines(error, "Workshop")) from None
    problems = _set_up_problems(workshop, new)
    if problems:
        raise Refused(*problems)
    detail = {"changed": ", ".join(sorted(changes))}
    if "participants" in changes:
        detail["participants"] = str(len(new.participants))
    return _with(case, noted(new, "set-up", at, **detail))


def next_id(workshop: Workshop) -> str:
    """The next free participant id: p01, p02, …; never one that was used before."""
    used = [int(each.id[1:]) for each in workshop.participants if each.id[:1] == "p" and each.id[1:].isdigit()]
    used += [
        int(person[1:])
        for entry in workshop.record
        if (person := entry.detail.get("participant", ""))[:1] == "p" and person[1:].isdigit()
    ]
    return f"p{max(used, default=0) + 1:02}"


# Rounds


def open_round(case: Case, questions: Questions, at: datetime) -> Case:
    """Opens the next round. Its key must be kept first (`partnerwizard.workshop.desk` does both)."""
    workshop = required(case.workshop)
    if not workshop.participants:
        raise Refused("Nobody takes part yet. Add participants before a round is opened.")
    if (running := running_round(workshop)) is not None:
        raise Refused(f"Round {running.number} is not revealed yet. Reveal it before the next one is opened.")
    number = len(workshop.rounds) + 1
    new = Round(number=number, state="open", questions=questions, opened=at)
    grown = workshop.model_copy(update={"rounds": (*workshop.rounds, new)})
    return _with(case, noted(grown, "round-opened", at, round=str(number), asks=digest(questions)))


def close_round(case: Case, at: datetime) -> Case:
    """Takes no more votes in; nothing is revealed by it."""
    found = _in_state(case, "open", "There is no open round to close. Open a round first.")
    return _replaced(case, found.model_copy(update={"state": "closed"}), "round-closed", at)


def reopen_round(case: Case, number: int, at: datetime) -> Case:
    """Takes votes in again. After a reveal, votes that come in are marked as given with the results known."""
    workshop = required(case.workshop)
    found = _numbered(workshop, number)
    if found.state == "open":
        raise Refused(f"Round {number} is open already.")
    if number != len(workshop.rounds):
        raise Refused(f"Round {number} is followed by another one. Open a new round instead.")
    what = "round-reopened-after-reveal" if found.revealed else "round-reopened"
    return _replaced(case, found.model_copy(update={"state": "open"}), what, at)


def cast(case: Case, key: RoundKey, vote: Vote, way: Way, at: datetime, *, replace: bool = False) -> Taken:
    """Takes a vote in, sealed. The vote has been checked against its ballot (`partnerwizard.workshop.ballot.checked`).

    The same vote again changes nothing. Another vote of the same participant is refused unless `replace` is said.
    """
    workshop = required(case.workshop)
    person = vote.participant
    if person not in workshop.participant_by_id:
        raise Refused(f"{person.upper()} does not take part in this workshop. Add the participant, or check the code.")
    found = _open_for(workshop, vote.round, person)
    nonce = nonce_of(key.token(person), vote)
    fixed = commitment(nonce, vote)
    earlier = next((each for each in _mine(found, person)), None)
    if earlier is not None and earlier.commitment == fixed:
        return Taken(case, fixed, None)
    if earlier is not None and not replace:
        raise Refused(
            f"{person.upper()} has voted in this round already ({WAYS[earlier.way]}, {earlier.at:%H:%M} UTC), and this "
            "vote is another one. Keep the vote that is in, or say that this one replaces it."
        )
    sealed = Sealed(participant=person, way=way, at=at, commitment=fixed, box=seal(key, nonce, vote))
    new = _with_vote(found, sealed)
    detail = {"participant": person, "way": way, "receipt": fixed}
    if earlier is not None:
        detail["replaces"] = earlier.commitment
    return Taken(_replaced(case, new, "vote-in", at, **detail), fixed, sealed)


def mark(case: Case, participant: str, away: Away | None, at: datetime) -> Case:
    """Records that somebody is absent, abstains or withdraws in the latest round, or (None) takes part again.

    To withdraw takes a vote that is in out of the round, revealed or not; what it said is then nowhere in the case.
    """
    workshop = required(case.workshop)
    if not workshop.rounds:
        raise Refused("No round has been opened yet. Take the participant out of the list instead.")
    if participant not in workshop.participant_by_id:
        raise Refused(f"{participant.upper()} does not take part in this workshop. Check the code.")
    found = workshop.rounds[-1]
    mine = [each.commitment for each in _mine(found, participant)]
    if away in {"absent", "abstains"} and mine:
        raise Refused(
            f"{participant.upper()} has voted in round {found.number}. Withdraw the vote first if it is not to count."
        )
    others = {person: state for person, state in found.away.items() if person != participant}
    new = found.model_copy(
        update={
            "away": others if away is None else others | {participant: away},
            "sealed": tuple(e for e in found.sealed if away != "withdrawn" or e.participant != participant),
            "votes": tuple(e for e in found.votes if away != "withdrawn" or e.participant != participant),
        }
    )
    detail = {"participant": participant, "state": away or "takes-part"}
    if away == "withdrawn" and mine:
        detail["receipt"] = mine[0]
    return _replaced(case, new, "presence", at, **detail)


def reveal(case: Case, key: RoundKey, at: datetime) -> Case:
    """Opens every vote of the round that is not revealed yet, all at once. Closes it first if it is open."""
    workshop = required(case.workshop)
    found = running_round(workshop)
    if found is None:
        raise Refused("There is no round to reveal. Open a round first.")
    if not found.sealed and not found.votes:
        raise Refused(f"No vote is in yet in round {found.number}, so there is nothing to reveal.")
    late = found.revealed is not None
    votes = [_opened(key, each, late) for each in found.sealed]
    again = {each.participant for each in votes}
    # In the order of the codes: the order in which votes came in is nobody's business.
    all_votes = sorted([*(e for e in found.votes if e.participant not in again), *votes], key=lambda e: e.participant)
    new = found.model_copy(
        update={"state": "revealed", "revealed": found.revealed or at, "sealed": (), "votes": tuple(all_votes)}
    )
    receipts = digest(sorted(each.commitment for each in all_votes))
    return _replaced(case, new, "round-revealed", at, votes=str(len(all_votes)), receipts=receipts)


def standing(workshop: Workshop, number: int | None = None) -> Standing:
    """Who is in, awaited and away in a round (the latest one)."""
    found = workshop.rounds[-1] if number is None else _numbered(workshop, number)
    voted = {each.participant for each in found.sealed} | {each.participant for each in found.votes}
    return Standing(
        voted=tuple(each.id for each in workshop.participants if each.id in voted),
        awaited=tuple(e.id for e in workshop.participants if e.id not in voted and e.id not in found.away),
        away=tuple((e.id, found.away[e.id]) for e in workshop.participants if e.id in found.away),
    )


def running_round(workshop: Workshop) -> Round | None:
    """The round that is open or closed and not revealed."""
    last = workshop.rounds[-1] if workshop.rounds else None
    return None if last is None or last.state == "revealed" else last


def restored(case: Case, journal: Iterable[Kept], at: datetime) -> Case:
    """Puts back what a crash kept out of the case file: a round that was opened, and votes that had come in."""
    workshop = case.workshop
    if workshop is None:
        return case
    seen = {entry.detail["receipt"] for entry in workshop.record if "receipt" in entry.detail}
    for line in journal:
        workshop = required(case.workshop)
        if line.questions is not None and line.round == len(workshop.rounds) + 1 and running_round(workshop) is None:
            new = Round(number=line.round, state="open", questions=line.questions, opened=line.at)
            grown = workshop.model_copy(update={"rounds": (*workshop.rounds, new)})
            detail = {"round": str(line.round), "asks": digest(line.questions)}
            case = _with(case, noted(grown, "round-restored", at, **detail))
        running = running_round(required(case.workshop))
        sealed = line.sealed
        if sealed is None or running is None or running.number != line.round or sealed.commitment in seen:
            continue
        detail = {"participant": sealed.participant, "way": sealed.way, "receipt": sealed.commitment}
        case = _replaced(case, _with_vote(running, sealed), "vote-restored", at, **detail)
    return case


# What people say in the end


def remark(case: Case, text: str, participant: str | None, at: datetime) -> Case:
    """Records dissent or another remark in somebody's own words, attributed only if they agree."""
    workshop = required(case.workshop)
    if participant is not None and participant not in workshop.participant_by_id:
        raise Refused(f"{participant.upper()} does not take part in this workshop. Check the code.")
    try:
        new = Remark(text=text.strip(), participant=participant, at=at)
    except ValidationError as error:
        raise Refused(*problem_lines(error, "Remark")) from None
    grown = workshop.model_copy(update={"remarks": (*workshop.remarks, new)})
    return _with(case, noted(grown, "remark", at, words=digest(new.text), by=participant or "not attributed"))


def decide(case: Case, decision: Decision, advised: Sequence[str], at: datetime) -> Case:
    """Records the final decision, in the case and in the workshop's record, also where it goes against the advice.

    `advised`: options that the verdict names.
    """
    workshop = required(case.workshop)
    against = "yes" if decision.option and decision.option not in advised else "no"
    detail = {"option": decision.option or "in words", "against-advice": against, "wording": digest(decision)}
    return _with(edit.record_decision(case, decision), noted(workshop, "decision", at, **detail))


# Pieces


def _with(case: Case, workshop: Workshop | None) -> Case:
    return case.model_copy(update={"workshop": workshop})


def _replaced(case: Case, new: Round, what: str, at: datetime, **detail: str) -> Case:
    workshop = required(case.workshop)
    rounds = tuple(new if each.number == new.number else each for each in workshop.rounds)
    return _with(case, noted(workshop.model_copy(update={"rounds": rounds}), what, at, round=str(new.number), **detail))


def _numbered(workshop: Workshop, number: int) -> Round:
    if not 1 <= number <= len(workshop.rounds):
        raise Refused(f"There is no round {number}. This workshop has had {len(workshop.rounds)}.")
    return workshop.rounds[number - 1]


def _in_state(case: Case, state: str, otherwise: str) -> Round:
    found = running_round(required(case.workshop))
    if found is None or found.state != state:
        raise Refused(otherwise)
    return found


def _open_for(workshop: Workshop, number: int, person: str) -> Round:
    found = _numbered(workshop, number)
    if found.state == "closed":
        raise Refused(
            f"Round {number} is closed, and the vote of {person.upper()} came late. Reopen the round to take it in; "
            "the record will say so."
        )
    if found.state == "revealed":
        raise Refused(
            f"Round {number} has been revealed, and the vote of {person.upper()} came late. Reopen the round to take "
            "it in, marked as given with the results known, or ask again in the next round."
        )
    return found


def _with_vote(found: Round, sealed: Sealed) -> Round:
    person = sealed.participant
    return found.model_copy(
        update={
            "sealed": (*(each for each in found.sealed if each.participant != person), sealed),
            "away": {each: state for each, state in found.away.items() if each != person},
        }
    )


def _mine(found: Round, person: str) -> list[Sealed | Counted]:
    """What is in from a participant: first what is sealed, which is later than what was revealed."""
    return [
        *(each for each in found.sealed if each.participant == person),
        *(each for each in found.votes if each.participant == person),
    ]


def _opened(key: RoundKey, sealed: Sealed, late: bool) -> Counted:
    inside = unseal(key, sealed.participant, sealed.box)
    right = (inside.vote.participant, inside.vote.round) == (sealed.participant, key.round)
    if not right or commitment(inside.nonce, inside.vote) != sealed.commitment:
        raise Refused(
            f"Vote of {sealed.participant.upper()}: it is not the vote that came in; the case file was altered. "
            "Restore it from a copy, or ask for this vote again."
        )
    return Counted(
        participant=sealed.participant,
        way=sealed.way,
        at=sealed.at,
        commitment=sealed.commitment,
        nonce=inside.nonce,
        vote=inside.vote,
        late=late,
    )


def _set_up_problems(old: Workshop, new: Workshop) -> list[str]:
    problems = []
    for found in old.rounds:
        voted = {each.participant for each in found.sealed} | {each.participant for each in found.votes}
        problems += [
            f"{person.upper()} has voted in round {found.number}, so the participant stays. Withdraw the vote instead."
            for person in sorted(voted - set(new.participant_by_id))
        ]
    running = running_round(old)
    if running is not None:
        problems += [
            f"{each.code}: round {running.number} is running, so what is asked stays. Change it after the reveal."
            for each in old.participants
            if (now := new.participant_by_id.get(each.id)) is not None and now.asked != each.asked
        ]
    return problems
