"""A plan of the session with suggested times; the facilitator changes it as they like."""

from __future__ import annotations

from math import ceil

from partnerwizard.case.workshop import Stage, Workshop

_WELCOME, _BREAK, _DECISION = 15, 15, 20
_VOTE_LEAST, _VOTE_MOST = 15, 45
_REVEAL = 15
_TALK = 35


def suggested_plan(workshop: Workshop, rounds: int = 2) -> tuple[Stage, ...]:
    """Welcome, then for each round a vote, its reveal and talk, with a break between, and the decision.

    Times are our judgement from how long each part takes to explain and to do; a vote takes longer with more people,
    because some will type at the one laptop in turn.
    """
    vote = max(_VOTE_LEAST, min(_VOTE_MOST, 10 + 5 * ceil(len(workshop.participants) / 5)))
    stages = [
        Stage(
            title="Welcome and how it works",
            kind="welcome",
            minutes=_WELCOME,
            text="What is decided here and what is not; how votes are kept apart; how people are shown.",
        )
    ]
    for number in range(1, rounds + 1):
        again = "as you see it" if number == 1 else "again, with what you have heard"
        stages += [
            Stage(
                title=f"Round {number}: vote",
                kind="vote",
                minutes=vote,
                round=number,
                text=f"Everybody votes, {again}.",
            ),
            Stage(
                title=f"Round {number}: reveal",
                kind="reveal",
                minutes=_REVEAL,
                round=number,
                text="First the spread, then the split of first choices; no average before that.",
            ),
        ]
        if number < rounds:
            stages += [
                Stage(
                    title="Talk about what could change the answer",
                    kind="talk",
                    minutes=_TALK,
                    round=number,
                    text="Take the agenda from the top, and stop where further talk can change nothing.",
                ),
                Stage(title="Break", kind="break", minutes=_BREAK),
            ]
    stages.append(
        Stage(
            title="Decision and dissent",
            kind="decision",
            minutes=_DECISION,
            text="Record what was decided, also where it goes against the result, and dissent in people’s own words.",
        )
    )
    return tuple(stages)
