"""Every line of the record as a sentence, for the window and the report alike. Never a value of a vote."""

from __future__ import annotations

from partnerwizard.case.workshop import Away, LogEntry, Workshop
from partnerwizard.workshop.record import receipt
from partnerwizard.workshop.rounds import WAYS

AWAY: dict[Away, str] = {"absent": "absent", "abstains": "abstains", "withdrawn": "has withdrawn"}
CHANGED = {
    "names": "how people are shown",
    "organisations": "organisations",
    "participants": "participants",
    "plan": "plan of the session",
    "share-readiness": "who sees answers on readiness",
}


def told(workshop: Workshop, entry: LogEntry) -> str:
    """A line of the record as a sentence."""
    detail = entry.detail
    number = detail.get("round", "")
    who = detail.get("participant", "").upper()
    taken = receipt(detail["receipt"]) if "receipt" in detail else ""
    way = dict(WAYS).get(detail.get("way", ""), "")  # type: ignore[call-overload]
    match entry.what:
        case "set-up":
            changed = [
                CHANGED.get(each.strip().replace("_", "-"), each) for each in detail.get("changed", "").split(",")
            ]
            people = f" {detail['participants']} take part." if "participants" in detail else ""
            return f"Set-up changed: {', '.join(changed)}.{people}" if any(changed) else "Workshop set up."
        case "round-opened":
            return f"Round {number} opened."
        case "round-restored":
            return f"Round {number} opened, put back after the program had ended unexpectedly."
        case "round-closed":
            return f"Round {number} closed."
        case "round-reopened":
            return f"Round {number} reopened before its reveal."
        case "round-reopened-after-reveal":
            return f"Round {number} reopened after its reveal: votes from here on are marked as late."
        case "vote-in" | "vote-restored":
            again = " It takes the place of an earlier vote." if "replaces" in detail else ""
            back = ", put back after the program had ended unexpectedly" if entry.what == "vote-restored" else ""
            return f"Round {number}: vote of {who} in, {way}{back}. Receipt {taken}.{again}"
        case "presence":
            state = dict(AWAY).get(detail.get("state", ""), "takes part again")  # type: ignore[call-overload]
            gone = f" The vote with receipt {taken} was taken out." if taken else ""
            return f"Round {number}: {who} {'is ' if state == 'absent' else ''}{state}.{gone}"
        case "round-revealed":
            return f"Round {number} revealed with {detail.get('votes', '')} votes."
        case "remark":
            by = detail.get("by", "")
            return f"A remark was put on record, {'by ' + by.upper() if by in workshop.participant_by_id else by}."
        case "decision":
            against = " It goes against the advice." if detail.get("against-advice") == "yes" else ""
            return f"The final decision was recorded.{against}"
    return entry.what.replace("-", " ").capitalize() + "."
