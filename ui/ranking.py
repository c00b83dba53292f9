"""Moves in a ranking with ties, as pure functions: each returns a new ranking."""

from __future__ import annotations

from partnerwizard.case.model import Ranking


def ids(ranking: Ranking) -> tuple[str, ...]:
    """Everything ranked, in order."""
    return tuple(each for tie in ranking for each in tie)


def place(ranking: Ranking, item: str) -> int:
    """The number of the group that holds the item, from 0."""
    return next(index for index, tie in enumerate(ranking) if item in tie)


def add(ranking: Ranking, item: str) -> Ranking:
    """The item last."""
    return (*ranking, (item,))


def remove(ranking: Ranking, item: str) -> Ranking:
    """The ranking without the item."""
    return _tidy([[each for each in tie if each != item] for tie in ranking])


def move(ranking: Ranking, item: str, by: int) -> Ranking:
    """One place up (-1) or down (1): out of its tie first, then past the next group."""
    groups = [list(tie) for tie in ranking]
    here = place(ranking, item)
    if len(groups[here]) > 1:
        groups[here].remove(item)
        groups.insert(here if by < 0 else here + 1, [item])
        return _tidy(groups)
    there = here + by
    if 0 <= there < len(groups):
        groups[here], groups[there] = groups[there], groups[here]
    return _tidy(groups)


def tie_with_above(ranking: Ranking, item: str) -> Ranking:
    """The item joins the group before its own."""
    here = place(ranking, item)
    if here == 0 or ranking[here][0] != item:
        return ranking
    groups = [list(tie) for tie in ranking]
    groups[here - 1] += groups.pop(here)
    return _tidy(groups)


def untie(ranking: Ranking, item: str) -> Ranking:
    """The item leaves those that stand before it in its tie; those after it come along as its own tie."""
    here = place(ranking, item)
    groups = [list(tie) for tie in ranking]
    cut = groups[here].index(item)
    if cut == 0:
        return ranking
    groups[here : here + 1] = [groups[here][:cut], groups[here][cut:]]
    return _tidy(groups)


def drop(ranking: Ranking, item: str, before: int) -> Ranking:
    """The item let go of before the row with this number (as rows stood): in the middle of a tie it joins the tie."""
    rows = ids(ranking)
    above = rows[before - 1] if before > 0 else None
    below = rows[before] if before < len(rows) else None
    if item in {above, below}:
        return ranking
    rest = remove(ranking, item)
    groups = [list(tie) for tie in rest]
    if above is not None and below is not None and place(rest, above) == place(rest, below):
        group = groups[place(rest, above)]
        group.insert(group.index(below), item)
    else:
        groups.insert(0 if above is None else place(rest, above) + 1, [item])
    return _tidy(groups)


def tied_with_above(ranking: Ranking, item: str) -> bool:
    """Whether the item stands in one group with the row before it."""
    return ranking[place(ranking, item)][0] != item


def _tidy(groups: list[list[str]]) -> Ranking:
    return tuple(tuple(tie) for tie in groups if tie)
