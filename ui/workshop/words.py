"""What the workshop's pages call things, in plain words. Never a value of a vote."""

from __future__ import annotations

from collections.abc import Mapping

from partnerwizard.case.workshop import Participant, Round, RoundState, StageKind, Workshop
from partnerwizard.workshop.rounds import WAYS
from partnerwizard.workshop.telling import AWAY

STATES: dict[RoundState, str] = {"open": "open", "closed": "closed, not revealed", "revealed": "revealed"}
KINDS: dict[StageKind, str] = {
    "welcome": "Welcome",
    "vote": "Vote",
    "reveal": "Reveal",
    "talk": "Talk",
    "break": "Break",
    "decision": "Decision",
}
READY = {"in-place": "in place", "partly": "partly", "missing": "missing", "dont-know": "don’t know"}


def person(workshop: Workshop, participant: Participant | str) -> str:
    """The facilitator's line for somebody: the code, and whatever of name, role and organisation is known."""
    found = workshop.participant_by_id.get(participant) if isinstance(participant, str) else participant
    if found is None:
        return str(participant).upper()
    organisation = workshop.organisation_by_id.get(found.organisation or "")
    more = ", ".join(
        part for part in (found.name.strip(), found.role.strip(), organisation.name if organisation else "") if part
    )
    return f"{found.code} · {more}" if more else found.code


def where_they_are(round_: Round) -> Mapping[str, str]:
    """For everybody who has voted or is away, how it stands, by participant id; nothing of what was said."""
    found = {id_: AWAY[state] for id_, state in round_.away.items()}
    for each in round_.votes:
        found[each.participant] = f"in, {WAYS[each.way]}{', after the reveal' if each.late else ''}"
    for sealed in round_.sealed:
        found[sealed.participant] = f"in, {WAYS[sealed.way]}"
    return found
