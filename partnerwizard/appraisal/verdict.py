"""The verdict: from pairwise shares, so that one more form or partner does not weaken the answer.

The rules are those of the design, in its order. Shares are fractions of draws in which one contestant scores strictly
more than another; the thresholds are pack data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from partnerwizard.appraisal.model import VerdictKind
from partnerwizard.pack.model import Method

Shares = Mapping[str, Mapping[str, float]]
"""Pairwise shares by option id: shares[a][b] is the share of draws in which a scores strictly more than b."""


@dataclass(frozen=True)
class Reading:
    """What one drawing says: who leads, by which smallest share, and which kind of verdict that would be."""

    kind: VerdictKind
    leader: str
    share: float
    members: tuple[str, ...]


def smallest_share(shares: Shares, option: str, among: Sequence[str]) -> float:
    """The smallest share in which the option beats any other contestant; 1 if it is alone."""
    return min((shares[option][other] for other in among if other != option), default=1.0)


def read_shares(shares: Shares, among: Sequence[str], value: Mapping[str, float], method: Method) -> Reading:
    """Leader, kind and members from one drawing; `among` are the contestants, at least one."""
    leader = max(among, key=lambda option: (smallest_share(shares, option, among), value[option]))
    share = smallest_share(shares, leader, among)
    if share >= method.clear.value:
        return Reading("clear", leader, share, (leader,))
    if share >= method.leading.value:
        return Reading("leading", leader, share, (leader,))
    close = [other for other in among if other != leader and shares[leader][other] < method.leading.value]
    return _group(leader, share, [leader, *close], method)


def join(common: Reading, apart: Reading, apart_shares: Shares, among: Sequence[str], method: Method) -> Reading:
    """The verdict of both drawings: that in common names it, that with each form apart can only temper it.

    Clear only if the same form at least leads apart; two different leaders make at most a close group with both.
    """
    if common.kind == "no-clear-winner":
        return common
    if apart.leader != common.leader:
        members = list(dict.fromkeys([*common.members, apart.leader]))
        return _group(common.leader, common.share, members, method)
    leads_apart = smallest_share(apart_shares, common.leader, among) >= method.leading.value
    if common.kind == "clear" and not leads_apart:
        return Reading("leading", common.leader, common.share, common.members)
    return common


def at_most_leading(reading: Reading) -> Reading:
    """Tempers a clear verdict to leading."""
    if reading.kind != "clear":
        return reading
    return Reading("leading", reading.leader, reading.share, reading.members)


def _group(leader: str, share: float, members: Sequence[str], method: Method) -> Reading:
    if len(members) <= method.close_group_size.value:
        return Reading("close-group", leader, share, tuple(members))
    return Reading("no-clear-winner", leader, share, ())
