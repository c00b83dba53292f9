"""The workshop for a room: who is in while people vote; then where they differ, and whether it matters. No names."""

from __future__ import annotations

from collections.abc import Iterator

from partnerwizard.case.workshop import Workshop
from partnerwizard.report.blocks import bold, spans
from partnerwizard.report.charts.marks import Picture
from partnerwizard.report.charts.votes import first_choices, spread
from partnerwizard.workshop.rounds import standing
from ui.presentation.slide import Draw, Slide, with_points
from ui.workshop.findings import Findings

TALK_ITEMS = 6
CRITERIA = 4


def waiting_slides(workshop: Workshop) -> tuple[Slide, ...]:
    """While a round runs: how many are in, and nothing else."""
    found = workshop.rounds[-1]
    now = standing(workshop)
    people = len(workshop.participants) - len(now.away)
    state = "votes are sealed until the reveal" if found.state == "open" else "closed, not yet revealed"
    return (
        Slide(
            f"Round {found.number} · {state}",
            f"{len(now.voted)} of {people} are in",
            (spans("Nobody sees a vote before the reveal, the facilitator included."),),
        ),
    )


def room_slides(found: Findings) -> tuple[Slide, ...]:
    """What a revealed round says, one thing at a time."""
    return tuple(_slides(found))


def _slides(found: Findings) -> Iterator[Slide]:
    result = found.result
    late = f" · {len(result.late)} after the reveal" if result.late else ""
    kicker = f"Round {result.round} · {result.counted} votes counted · nobody is named{late}"
    if result.group is None:
        yield Slide(kicker, found.headline)
        return
    yield Slide(kicker, found.headline, (), _drawn_first(found), found.first_words())
    yield Slide(kicker, found.spread_headline(), (), _drawn_spread(found), found.spread_words(CRITERIA))
    if found.movement is not None and found.before is not None:
        moved = [spans(each) for each in found.movement_lines()]
        yield from with_points(f"Round {found.before.round} to round {result.round}", "What moved", moved)
    voices = found.voices_line()
    sides = [found.both_line()] if found.by_side else []
    yield from with_points(
        kicker, "Everybody’s voice counts the same", [spans(each) for each in (voices, *sides) if each]
    )
    if found.by_side:
        for name, lines in found.organisation_parts():
            yield from with_points("What each side wants", name, [spans(each) for each in lines])
    if found.talk is not None:
        for number, item in enumerate(found.talk.items[:TALK_ITEMS], 1):
            yield Slide(f"To talk about · {number}", item.question, (spans(item.sentence),))
        if found.talk.forced:
            shared = [spans(each) for each in found.talk.forced]
            yield from with_points("What we share already", "These shared views alone force the result", shared)
        stop = [spans(bold("Stop rule: "), each) for each in found.talk.stop]
        yield from with_points("Where to stop", "What further talk cannot change", stop)


def _drawn_first(found: Findings) -> Draw:
    rows = found.first_rows()

    def draw(width: float, most: int) -> Picture | None:
        return first_choices(rows[:most], found.sides, width, "first-choices-room", found.earlier) if most else None

    return draw


def _drawn_spread(found: Findings) -> Draw:
    # One round at a time: a slide says what moved.
    rows = found.spread_rows(CRITERIA, with_before=False)

    def draw(width: float, most: int) -> Picture | None:
        return spread(rows[:most], found.sides, width, "spread-room", found.earlier) if most else None

    return draw
