"""What several people's results say together: ranks, agreement, first choices, two ways of counting voices, clusters.

Ranks are arrays (P, O): P people, O options, 1 the best. Nobody's weights or ratings are averaged: each person has a
result of their own, and only results are put together. Nothing depends on the order in which people are given.

Sources. Kendall's W and its correction for ties: Kendall and Babington Smith (1939), "The problem of m rankings";
Kendall and Gibbons (1990), "Rank correlation methods", chapter 6. Tau-b: Kendall (1945), "The treatment of ties in
ranking problems". Clusters by complete linkage: Sorensen (1948); Everitt et al. (2011), "Cluster analysis", chapter 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from partnerwizard.decision.arrays import TIE, BoolArray, FloatArray, IntArray
from partnerwizard.decision.sampling import draw_values, pairwise
from partnerwizard.decision.table import Table

SAMPLES: Final = 2000
"""Draws for each person's own pairwise shares."""

APART: Final = 0.25
"""How far apart two people of one cluster are at most: a quarter of the pairs in another order is a tau of a half."""

WEIGHTS_STREAM, RATINGS_STREAM = range(2)


class Weights(Protocol):
    """A set of weights with its uniform distribution: every set of `stated` and `weights` is one."""

    def central(self) -> FloatArray:
        """The mean, (C,), summing to 1."""
        ...

    def sample(self, samples: int, rng: np.random.Generator) -> FloatArray:
        """Independent draws, (N, C), each >= 0 and summing to 1."""
        ...


@dataclass(frozen=True, eq=False)
class Participant:
    """One person: a set of weights, or a ranking of the options (O,), 1 the best, ties allowed; never both.

    ratings: the person's own table; None: that of the problem. organisation: a number shared by those of one
    organisation; None: nobody else's. Raises ValueError where it has both weights and ranks, or neither.
    """

    weights: Weights | None = None
    ranks: FloatArray | None = None
    ratings: Table | None = None
    organisation: int | None = None

    def __post_init__(self) -> None:
        if (self.weights is None) == (self.ranks is None):
            raise ValueError("a participant has either weights or ranks")


@dataclass(frozen=True, eq=False)
class Person:
    """One person's own result.

    weights: central weights, (C,); values: at central weights and likely ratings, (O,), 0-100; None where only ranks
    were given. ranks: (O,), ties share the better place. pairwise: (O, O), share of the draws over the person's own set
    of weights and rating intervals in which row scores more than column by over 1e-9; from ranks 0 or 1. first: (O,),
    the person's voice for the first choice, 1 in all, split evenly where several tie for first.
    """

    weights: FloatArray | None
    values: FloatArray | None
    ranks: IntArray
    pairwise: FloatArray
    first: FloatArray


@dataclass(frozen=True, eq=False)
class Voice:
    """What several people's results come to when each voice counts the same.

    pairwise: (O, O), mean of the voices' pairwise shares. split: (O,), share of the voices whose first choice an option
    is, summing to 1. smallest: (O,), an option's smallest share in `pairwise` against any other, 1 if it is alone.
    leaders: the options whose smallest share is the largest; several only where they are level.
    """

    pairwise: FloatArray
    split: FloatArray
    smallest: FloatArray
    leaders: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Cluster:
    """People, by position, of whom no two are further apart than `APART`, and what they come to together.

    apart: the largest distance between two of them, 0-1. weights: mean of their central weights, (C,), to say what
    marks them; None where none gave any.
    """

    people: tuple[int, ...]
    apart: float
    voice: Voice
    weights: FloatArray | None


@dataclass(frozen=True, eq=False)
class GroupResult:
    """Everybody's own result and what they say together.

    people: in the order given. rank_sums: (O,). kendall_w: 0-1, None where everybody ties everything; it says nothing
    of who wants what, so it is never shown without `each.split`. tau: (P, P), tau-b of two people's value orders, NaN
    where one ties everything. same_first: (P, P), whether two have the same first choice or choices. distance: (P, P),
    see `distances`. each: one voice each. by_organisation: one voice per organisation, each the mean of its members;
    None where nobody has one. Where the two differ, neither is the answer. clusters: largest first.
    """

    people: tuple[Person, ...]
    rank_sums: FloatArray
    kendall_w: float | None
    tau: FloatArray
    same_first: BoolArray
    distance: FloatArray
    each: Voice
    by_organisation: Voice | None
    clusters: tuple[Cluster, ...]


def group_result(
    problem: Table, participants: Sequence[Participant], *, samples: int = SAMPLES, seed: int = 0, common: float = 0.0
) -> GroupResult:
    """The results of several people on one table of options. Equal arguments give equal results.

    problem: the ratings for whoever has none of their own; its penalties and draw numbers hold for everybody.
    samples, seed: draws for each person; all people use the same streams, so equal people get equal results.
    common: as in `draw_values`. Raises ValueError for no participant, no draw, or arrays that do not fit the problem.
    """
    if not participants:
        raise ValueError("there is no participant")
    if samples < 1:
        raise ValueError(f"{samples} draws are too few")
    people = tuple(_person(problem, each, samples, seed, common) for each in participants)
    ranks = np.array([person.ranks for person in people], dtype=np.float64)
    shares = np.array([person.pairwise for person in people])
    first = np.array([person.first for person in people])
    apart = distances(shares)
    members = _organisations(participants)
    return GroupResult(
        people=people,
        rank_sums=rank_sums(ranks),
        kendall_w=kendall_w(ranks),
        tau=tau_b(ranks),
        same_first=np.asarray((np.abs(first[:, np.newaxis] - first) <= TIE).all(axis=2)),
        distance=apart,
        each=voice(shares, first),
        by_organisation=None
        if members is None
        else voice(
            np.array([_mean(shares[list(own)]) for own in members]),
            np.array([_mean(first[list(own)]) for own in members]),
        ),
        clusters=tuple(_cluster(people, own, apart) for own in clusters(apart, _canonical(people))),
    )


def _person(problem: Table, given: Participant, samples: int, seed: int, common: float) -> Person:
    table = problem if given.ratings is None else given.ratings
    if table.low.shape != problem.low.shape:
        raise ValueError(f"own ratings have shape {table.low.shape}, those of the problem {problem.low.shape}")
    if given.weights is None:
        assert given.ranks is not None
        if np.shape(given.ranks) != (problem.options,) or not np.isfinite(given.ranks).all():
            raise ValueError(f"ranks must be a finite number for each of {problem.options} options")
        places = np.asarray(given.ranks, dtype=np.float64)
        values, central, ranks = None, None, shared_ranks(-places)
        shares = (ranks[:, np.newaxis] < ranks).astype(np.float64)
    else:
        central = given.weights.central()
        values = table.values(table.likely, central)
        ranks = shared_ranks(values)
        drawn = given.weights.sample(samples, np.random.default_rng([seed, WEIGHTS_STREAM]))
        shares = pairwise(draw_values(table, drawn, np.random.default_rng([seed, RATINGS_STREAM]), common))
    return Person(central, values, ranks, shares, top_choice_split(ranks[np.newaxis].astype(np.float64)))


def voice(shares: FloatArray, first: FloatArray) -> Voice:
    """The mean of voices: their pairwise shares (P, O, O) and first choices (P, O)."""
    together = _mean(shares)
    options = len(together)
    smallest = np.where(np.eye(options, dtype=np.bool_), np.inf, together).min(axis=1)
    smallest = np.where(np.isinf(smallest), 1.0, smallest)
    leaders = np.flatnonzero(smallest >= smallest.max() - TIE)
    return Voice(together, _mean(first), smallest, tuple(leaders.tolist()))


def _mean(values: FloatArray) -> FloatArray:
    """The mean over the first axis, the same to the last bit in whatever order it is."""
    found: FloatArray = np.sort(values, axis=0).sum(axis=0) / len(values)
    return found


def _organisations(participants: Sequence[Participant]) -> list[tuple[int, ...]] | None:
    """The positions of each organisation's members; None if nobody has one. Who has none speaks for themselves."""
    if all(each.organisation is None for each in participants):
        return None
    found: dict[tuple[str, int], tuple[int, ...]] = {}
    for position, each in enumerate(participants):
        own = ("alone", position) if each.organisation is None else ("organisation", each.organisation)
        found[own] = (*found.get(own, ()), position)
    return list(found.values())


def shared_ranks(values: FloatArray) -> IntArray:
    """Places by value, highest first, (O,); values within 1e-9 of each other share the better place (1, 1, 3)."""
    ahead: IntArray = (values > values[:, np.newaxis] + TIE).sum(axis=1)
    return ahead + 1


def middle_ranks(ranks: FloatArray) -> FloatArray:
    """Ranks (P, O) with ties at the mean of the places they fill (1.5, 1.5, 3), as Kendall's W needs them."""
    smaller = (ranks[:, np.newaxis] < ranks[:, :, np.newaxis]).sum(axis=2)
    equal = (ranks[:, np.newaxis] == ranks[:, :, np.newaxis]).sum(axis=2)
    return np.asarray(smaller + (equal + 1) / 2)


def rank_sums(ranks: FloatArray) -> FloatArray:
    """Each option's sum of middle ranks over people, (O,)."""
    return np.asarray(middle_ranks(ranks).sum(axis=0))


def kendall_w(ranks: FloatArray) -> float | None:
    """Agreement of P rankings, 0 (none) to 1 (all alike), corrected for ties; None where everybody ties everything.

    W = (12·S - 3·P²·O·(O+1)²) / (P²·O·(O²-1) - P·T), with S the sum of squared rank sums and T the sum of t³ - t over
    everybody's groups of t tied options.
    """
    people, options = ranks.shape
    sums = rank_sums(ranks)
    equal = (ranks[:, np.newaxis] == ranks[:, :, np.newaxis]).sum(axis=2)
    ties = float((equal.astype(np.float64) ** 2 - 1).sum())
    most = people**2 * options * (options**2 - 1) - people * ties
    if most <= TIE:
        return None
    return float((12 * (sums**2).sum() - 3 * people**2 * options * (options + 1) ** 2) / most)


def top_choice_split(ranks: FloatArray) -> FloatArray:
    """Share of people whose first choice each option is, (O,), summing to 1; a tie for first is split evenly."""
    first = ranks == ranks.min(axis=1, keepdims=True)
    return np.asarray((first / first.sum(axis=1, keepdims=True)).mean(axis=0))


def tau_b(ranks: FloatArray) -> FloatArray:
    """Kendall's tau-b of each two rankings, (P, P), -1 to 1; NaN where one of the two ties everything.

    tau-b = (pairs in the same order - pairs in opposite order) / sqrt(pairs that one does not tie · pairs that the
    other does not tie).
    """
    upper = np.triu_indices(ranks.shape[1], 1)
    signs = np.sign(ranks[:, :, np.newaxis] - ranks[:, np.newaxis])[:, upper[0], upper[1]]
    untied = np.abs(signs).sum(axis=1)
    most = np.sqrt(np.outer(untied, untied))
    found = np.full(most.shape, np.nan)
    np.divide(signs @ signs.T, most, out=found, where=most > 0)
    return found


def distances(shares: FloatArray) -> FloatArray:
    """How far apart two people's pairwise shares (P, O, O) are, (P, P): the mean of |p - q| over all pairs of options.

    0: the same; 1: surely the opposite order of every pair. For two orders without ties it is the share of pairs on
    which they differ, so it is (1 - tau) / 2. With one option everybody agrees.
    """
    people, options = shares.shape[:2]
    pairs = options * (options - 1)
    flat = shares.reshape(people, -1)
    if not pairs:
        return np.zeros((people, people))
    return np.array([np.abs(flat - own).sum(axis=1) / pairs for own in flat])


def clusters(apart: FloatArray, order: Sequence[int]) -> list[tuple[int, ...]]:
    """People, by position, put together by complete linkage from distances (P, P), the largest cluster first.

    The two clusters whose farthest members are nearest are joined, again and again, until that distance is above
    `APART`. Of equally near pairs the first in `order` (all positions) is joined; equal sizes stand in that order too.
    """
    found = [[position] for position in order]
    between = np.round(apart[np.ix_(order, order)], 9)
    np.fill_diagonal(between, np.inf)
    while len(found) > 1:
        one, other = sorted(divmod(int(between.argmin()), len(found)))
        if between[one, other] > APART:
            break
        joined = np.maximum(between[one], between[other])
        between[one], between[:, one] = joined, joined
        between[one, one] = np.inf
        between = np.delete(np.delete(between, other, axis=0), other, axis=1)
        found[one] += found.pop(other)
    return [tuple(sorted(own)) for own in sorted(found, key=len, reverse=True)]


def _canonical(people: Sequence[Person]) -> list[int]:
    """Positions in an order that depends on what people said alone."""

    def said(position: int) -> tuple[float, ...]:
        person = people[position]
        weights = [] if person.weights is None else person.weights.tolist()
        return tuple(np.round([*person.pairwise.ravel().tolist(), *person.first.tolist(), *weights], 9).tolist())

    return sorted(range(len(people)), key=said)


def _cluster(people: Sequence[Person], own: tuple[int, ...], apart: FloatArray) -> Cluster:
    members = [people[position] for position in own]
    weights = [member.weights for member in members if member.weights is not None]
    return Cluster(
        people=own,
        apart=float(apart[np.ix_(own, own)].max()),
        voice=voice(np.array([member.pairwise for member in members]), np.array([member.first for member in members])),
        weights=_mean(np.array(weights)) if weights else None,
    )
