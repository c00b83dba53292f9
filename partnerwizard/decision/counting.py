"""Counting who is ahead of whom and who fills which place, sixty-four draws at a time.

What holds in a draw is one bit, and the draws of a block are the bits of a few machine words. Places are then added up
by full adders on whole words, each bit a sum of its own ("carry-save" or "bit-sliced" counting: Knuth, The Art of
Computer Programming 4A, section 7.1.3), and shares are counts of set bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from partnerwizard.decision.arrays import TIE, BoolArray, FloatArray, IntArray, blocks

Bits: TypeAlias = npt.NDArray[np.uint64]
"""Sixty-four draws a word along the last axis; what is left over in the last word is 0."""

FlagArray: TypeAlias = npt.NDArray[np.uint8]
"""0 or 1."""

_WORD: Final = 64
_TIE: Final = np.float64(TIE)
_MOST_DRAWS: Final = 8192
_MOST_CELLS: Final = 1 << 21
_MOST_FLAGS: Final = 1 << 26
_COMPARED: Final = 64
"""Options up to which comparing each with each is quicker than sorting."""


@dataclass(frozen=True, eq=False)
class Counted:
    """What some of N draws say of O options; together, what `counted` gives says what all of them say.

    won: (O, O), in how many of them row scores more than column by over 1e-9. tied: (T,), the numbers of those in which
    some tie, other than copies, that is options whose values are the same in all of them; the rest is without these.
    filled: (O, O), how many times the option (row) fills a place (column, best first); copies split their places
    evenly. draws: which they are. first: (O, n), who is first in each; each of `copies`, (O,), has that part of it.
    """

    draws: slice | IntArray
    won: IntArray
    filled: FloatArray
    first: FlagArray
    copies: IntArray
    tied: IntArray


def counted(values: FloatArray) -> Iterator[Counted]:
    """Counts draws, values (N, O), block after block.

    Up to some tens of options each is compared with each, in single precision first; the draws in which that leaves any
    two too close to tell come last, compared exactly.
    """
    size = max(256, min(_MOST_DRAWS, _MOST_CELLS // values.shape[1]))
    close = [np.empty(0, dtype=np.int64)]
    for block in blocks(len(values), size):
        part = np.ascontiguousarray(values[block].T)
        found, left = _counted(part, block, np.arange(block.start, block.stop), roughly=True)
        close.append(left)
        yield found
    again = np.concatenate(close)
    for block in blocks(len(again), size):
        yield _counted(np.ascontiguousarray(values[again[block]].T), again[block], again[block], roughly=False)[0]


def _counted(
    values: FloatArray, draws: slice | IntArray, numbers: IntArray, *, roughly: bool
) -> tuple[Counted, IntArray]:
    """Counts a block, values (O, n), of the draws with these numbers, (n,), and says which are left to compare."""
    kept, which = _distinct(values)
    copies = np.bincount(which)
    rows = values if len(kept) == len(which) else values[kept]
    nothing = np.empty(0, dtype=np.int64)
    if len(kept) > _COMPARED:
        won, starts, first, apart = _by_sorting(rows, copies)
        tied, left = numbers[~apart], nothing
    else:
        won, starts, first, apart = _by_pairs(rows, copies, roughly=roughly)
        tied, left = (nothing, numbers[~apart]) if roughly else (numbers[~apart], nothing)
    if len(kept) == len(which):
        return Counted(draws, won, starts.astype(np.float64), first, copies, tied), left
    copies = copies[which]
    filled = _spread(starts[which], copies)
    return Counted(draws, won[np.ix_(which, which)], filled, first[which], copies, tied), left


def _distinct(values: FloatArray) -> tuple[list[int], IntArray]:
    """The rows that differ from all before them, and for each row (O, N) which of these it is, (O,)."""
    kept: list[int] = []
    which = np.empty(len(values), dtype=np.int64)
    alike: dict[bytes, list[int]] = {}
    for row, drawn in enumerate(values):
        # A few draws tell most apart; whom they do not tell apart is looked at whole.
        candidates = alike.setdefault(drawn[:4].tobytes(), [])
        for number in candidates:
            if np.array_equal(values[kept[number]], drawn):
                which[row] = number
                break
        else:
            which[row] = len(kept)
            candidates.append(len(kept))
            kept.append(row)
    return kept, which


def _by_pairs(
    values: FloatArray, copies: IntArray, *, roughly: bool
) -> tuple[IntArray, IntArray, FlagArray, BoolArray]:
    """Who is ahead of whom (D, D), the best place of each (D, O), who is first (D, N), and the draws without ties (N,).

    Of D distinct options, values (D, N), each of which stands for `copies`, (D,). Compares each with each. `roughly`:
    in single precision, and then of the draws without ties alone, among which those too close to tell count as ties.
    """
    count = values.shape[1]
    if roughly:
        # A value is off by at most 2^-24 of itself, another by as much, and so is the difference that the margin makes.
        margin = max(values.max(), -values.min()) * 2.0**-22 + TIE
        who = ahead(values.astype(np.float32), np.float32(margin))
    else:
        who = ahead(values)
    won = times(who)
    among = without_ties(who, won, count)
    apart = unpacked(among, count).astype(np.bool_)
    if roughly and not apart.all():
        words = np.unique(np.flatnonzero(~apart) // _WORD)
        won -= times(who[:, :, words] & ~among[words])
    filled = at_places(who if copies.max() == 1 else np.repeat(who, copies, axis=0), among)
    return won, times(filled).T, unpacked(filled[0], count), apart


def _by_sorting(values: FloatArray, copies: IntArray) -> tuple[IntArray, IntArray, FlagArray, BoolArray]:
    """The same by sorting each draw, after which numbers of places are compared instead of values."""
    options, total = len(values), int(copies.sum())
    rows = np.ascontiguousarray(values.T)
    order = np.argsort(rows, axis=1)[:, ::-1]
    ranked = np.take_along_axis(rows, order, axis=1)
    apart = np.asarray((ranked[:, :-1] - ranked[:, 1:] > TIE).all(axis=1))
    ahead_of = np.cumsum(copies[order], axis=1) - copies[order]
    places = np.empty(order.shape, dtype=np.uint16)
    np.put_along_axis(places, order, ahead_of.astype(np.uint16), axis=1)
    place = np.ascontiguousarray(places[apart].T)
    won = np.zeros((options, options), dtype=np.int64)
    tied = values[:, ~apart]
    for block in blocks(tied.shape[1], max(_WORD, _MOST_FLAGS // options**2)):
        won += times(ahead(tied[:, block]))
    starts = np.empty((options, total), dtype=np.int64)
    for option in range(options):
        starts[option] = np.bincount(place[option], minlength=total)
        before = times(packed(place[option] < place[:option]))
        won[option, :option] += before
        won[:option, option] += place.shape[1] - before
    first = np.zeros(values.shape, dtype=np.uint8)
    first[:, apart] = place == 0
    return won, starts, first, apart


def _spread(starts: IntArray, copies: IntArray) -> FloatArray:
    """How many times each option fills a place, (O, O), from those at which it and its copies start, (O, O)."""
    filled = np.zeros(starts.shape)
    for step in range(int(copies.max())):
        several = copies > step
        filled[several, step:] += starts[several, : starts.shape[1] - step] / copies[several, np.newaxis]
    return filled


def packed(flags: BoolArray) -> Bits:
    """Bits (…, W) of flags (…, N)."""
    count = flags.shape[-1]
    held = np.zeros((*flags.shape[:-1], -(-count // _WORD) * 8), dtype=np.uint8)
    held[..., : -(-count // 8)] = np.packbits(flags, axis=-1, bitorder="little")
    return held.view(np.uint64)


def unpacked(bits: Bits, count: int) -> FlagArray:
    """Whether it held in each of `count` draws, (…, N), from bits (…, W)."""
    return np.unpackbits(bits.view(np.uint8), axis=-1, count=count, bitorder="little")


def times(bits: Bits) -> IntArray:
    """In how many draws it holds, (…), from bits (…, W)."""
    return np.asarray(np.bitwise_count(bits).sum(axis=-1, dtype=np.uint32), dtype=np.int64)


def ahead(values: npt.NDArray[np.floating], margin: np.floating = _TIE) -> Bits:
    """In which draws row is ahead of column by more than a margin, (O, O, W), from values (O, N)."""
    options, count = values.shape
    held = np.zeros((options, options, -(-count // _WORD) * 8), dtype=np.uint8)
    flags = np.empty(values.shape, dtype=np.bool_)
    for option in range(options):
        np.less(values, values[option] - margin, out=flags)
        held[option, :, : -(-count // 8)] = np.packbits(flags, axis=-1, bitorder="little")
    return held.view(np.uint64)


def without_ties(who: Bits, won: IntArray, count: int) -> Bits:
    """The draws, (W,), of `count`, in which of any two options one is ahead; `who` as from `ahead`, `won` its times."""
    options = len(who)
    every = packed(np.ones(count, dtype=np.bool_))
    if int(won.sum()) == count * (options * (options - 1) // 2):
        return every
    decided = who | who.transpose(1, 0, 2)
    decided[np.arange(options), np.arange(options)] = every
    return np.asarray(np.bitwise_and.reduce(decided.reshape(-1, who.shape[-1]), axis=0))


def at_places(who: Bits, among: Bits) -> Bits:
    """In which of the draws `among`, (W,), each option fills each place, (place, D, W), best first.

    `who`, (O, D, W): in which draws each of O is ahead of it, whose number is its place.
    """
    planes = _sums(who)
    found = np.broadcast_to(among, (1, *planes[0].shape))
    for level, plane in reversed(list(enumerate(planes))):
        # Of the draws so far at place p, in units of 2^(level + 1), those at 2p and those at 2p + 1 of the next unit.
        halves = np.empty((len(found), 2, *plane.shape), dtype=np.uint64)
        np.bitwise_and(found, plane, out=halves[:, 1])
        np.bitwise_xor(found, halves[:, 1], out=halves[:, 0])
        found = halves.reshape(-1, *plane.shape)[: ((len(who) - 1) >> level) + 1]
    return found


def _sums(bits: Bits) -> list[Bits]:
    """How many of the first axis hold, draw by draw: the binary digits of the sums, lowest first, each (…, W)."""
    digits = []
    column = bits
    while True:
        carries = []
        while len(column) > 1:
            third = len(column) // 3
            if third:
                a, b, c = column[:third], column[third : 2 * third], column[2 * third : 3 * third]
                odd = a ^ b
                carries.append((a & b) | (odd & c))
                column = np.concatenate([odd ^ c, column[3 * third :]])
            else:
                carries.append(column[:1] & column[1:])
                column = column[:1] ^ column[1:]
        digits.append(column[0])
        if not carries:
            return digits
        column = np.concatenate(carries)
