"""A case of two trusts with twelve people, and rounds run on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Asked, Organisation, Participant, Vote
from partnerwizard.pack.model import Pack
from partnerwizard.workshop import rounds
from partnerwizard.workshop.ballot import ballot, checked, questions
from partnerwizard.workshop.desk import Desk
from partnerwizard.workshop.vault import Vault
from tests.report.cases import usual
from tests.support import guidance

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORKSHOP = "0123456789abcdef" * 2
FORMS = ("clinical-network", "shared-services", "provider-collaborative")
PEOPLE = 12


def later(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


@cache
def two_trusts() -> Case:
    """The usual case with a workshop: six people of the trust, six of its candidate partner."""
    _, case, _ = usual()
    case = rounds.new_workshop(case, WORKSHOP, AT)
    people = []
    for n in range(1, PEOPLE + 1):
        ours = n <= PEOPLE // 2
        asked = Asked(
            ratings=("clinical-quality",) if n in {1, 7} else (),
            readiness=("p1",) if n in {2, 3, 8, 9} else (),
        )
        people.append(
            Participant(
                id=f"p{n:02}",
                name=f"Person {n}",
                role="Director" if ours else "Clinician",
                organisation="us" if ours else "eastmarsh",
                asked=asked,
            )
        )
    return rounds.set_up(
        case,
        AT,
        organisations=[
            Organisation(id="us", name="Westmere Hospitals"),
            Organisation(id="eastmarsh", name="Eastmarsh University Hospitals", partner="p1"),
        ],
        participants=people,
    )


def desk(folder: Path) -> Desk:
    return Desk(guidance(), Vault(folder / "vault"))


def opened(folder: Path, case: Case | None = None) -> tuple[Desk, Case]:
    """A desk, and the case with its first round open."""
    at_desk = desk(folder)
    return at_desk, at_desk.open_round(case or two_trusts(), questions(guidance(), FORMS), later(1))


def answers(number: int) -> dict[str, Any]:
    """What person `number` says: one half puts the fragile service first, the other half travel."""
    first, second = ("fragile-services", "clinical-quality") if number % 2 else ("equity-and-travel", "access")
    said: dict[str, Any] = {
        "aims": [[first], [second, "workforce"]],
        "terms": [["autonomy"], ["time-to-effect"]] if number > 6 else [["time-to-effect"]],
        "swing": [30, 50] if number % 3 else None,
    }
    if number in {1, 7}:
        said["ratings"] = {"clinical-quality": dict.fromkeys(FORMS, 40 + 5 * number)}
    if number in {2, 3, 8, 9}:
        said["readiness"] = {"p1": {"diagnosis": "partly" if number < 7 else "missing"}}
    return said


def vote_of(pack: Pack, case: Case, number: int, said: dict[str, Any] | None = None) -> Vote:
    """The vote of person `number` in the latest round."""
    workshop = case.workshop
    assert workshop is not None
    person = workshop.participant_by_id[f"p{number:02}"]
    return checked(ballot(pack, case, workshop.rounds[-1], person), said or answers(number))


def voted(folder: Path, people: range = range(1, PEOPLE + 1)) -> tuple[Desk, Case]:
    """A desk, and the case with these people's votes in its open round."""
    at_desk, case = opened(folder)
    for n in people:
        case = at_desk.take(case, vote_of(guidance(), case, n), "laptop", later(2 + n)).case
    return at_desk, case


def revealed(folder: Path) -> Case:
    """The case with its first round revealed."""
    at_desk, case = voted(folder)
    return at_desk.reveal(case, later(30))
