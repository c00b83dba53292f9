"""Times a workshop with many people: `workshop.py [PEOPLE]` prints Markdown (200 people unless said).

Targets: a vote taken in and the counts shown anew in under 100 ms, the reveal with its results in under 1 s.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from partnerwizard import resources
from partnerwizard.appraisal.local import with_local
from partnerwizard.case.file import load_case
from partnerwizard.case.workshop import Organisation, Participant
from partnerwizard.pack.load import load_pack
from partnerwizard.workshop import rounds
from partnerwizard.workshop.agenda import talk
from partnerwizard.workshop.ballot import checked, questions
from partnerwizard.workshop.desk import Desk
from partnerwizard.workshop.results import round_result
from partnerwizard.workshop.vault import Vault

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def answers(chance: random.Random, aims: list[str], terms: list[str]) -> dict[str, Any]:
    """What somebody says at random: three to six aims in order, all terms, and a swing."""
    low = 5 * chance.randint(0, 20)
    chosen = chance.sample(aims, chance.randint(3, 6))
    return {
        "aims": [[each] for each in chosen],
        "terms": [[each] for each in chance.sample(terms, len(terms))],
        "swing": [low, low + 20],
    }


def main(people: int) -> None:
    """One round with so many people on the example case."""
    case = load_case(resources.examples_dir() / "fragile-stroke-service.partnering")
    pack = with_local(load_pack(resources.guidance_dir()), case)
    chance = random.Random(0)
    case = rounds.set_up(
        rounds.new_workshop(case.model_copy(update={"workshop": None}), "0" * 32, START),
        START,
        organisations=[Organisation(id="one", name="One"), Organisation(id="two", name="Two")],
        participants=[
            Participant(id=f"p{n:03}", organisation=chance.choice(("one", "two"))) for n in range(1, people + 1)
        ],
    )
    aims, terms = ([each.id for each in pack.branch(branch)] for branch in ("aims", "terms"))
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(pack, Vault(Path(folder)))
        case = desk.open_round(case, questions(pack), START)
        taken, counted = [], []
        assert case.workshop is not None
        for n, person in enumerate(case.workshop.participants):
            said = answers(chance, aims, terms)
            start = time.perf_counter()
            vote = checked(desk.ballot(case, person.id), said)
            case = desk.take(case, vote, "file", START + timedelta(seconds=n)).case
            taken.append(time.perf_counter() - start)
            start = time.perf_counter()
            assert case.workshop is not None
            rounds.standing(case.workshop)
            counted.append(time.perf_counter() - start)
        start = time.perf_counter()
        case = desk.reveal(case, START + timedelta(hours=1))
        result = round_result(pack, case, 1, START.date())
        revealed = time.perf_counter() - start
        start = time.perf_counter()
        talk(pack, case, result)
        talked = time.perf_counter() - start
    print(
        f"## A workshop of {people} people, {len(result.setting.options)} options\n\n"
        "| | ms |\n| --- | ---: |\n"
        f"| a vote taken in: checked, sealed, on disk; the slowest | {1000 * max(taken):.1f} |\n"
        f"| who is in, counted anew; the slowest | {1000 * max(counted):.2f} |\n"
        f"| reveal: every vote opened, and the results | {1000 * revealed:.0f} |\n"
        f"| the agenda, beside it | {1000 * talked:.0f} |\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
