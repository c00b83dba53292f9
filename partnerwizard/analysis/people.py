"""What several people's results say together, as part of the answer to a decision table."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from partnerwizard.analysis.numbers import by_name, number, own_units, pairs, ranks_by_name
from partnerwizard.analysis.table import DecisionTable
from partnerwizard.decision import groups
from partnerwizard.decision.agenda import SAMPLES, Disagreement, Settlement, agenda
from partnerwizard.decision.groups import Voice

MOST_ON_AGENDA: Final = 20
"""Disagreements that are written, those with the largest effect."""

MOST_TALK: Final = 400_000
"""Participants times options times options beyond which no agenda is made: each settlement counts them all anew."""


def group(table: DecisionTable, *, samples: int, seed: int) -> dict[str, Any]:
    """Each participant's own result, and what they say together. Who gave ranks has no values.

    Shares are over at most `groups.SAMPLES` draws for each person. Agreement is never written without the split.
    """
    organisations = list(dict.fromkeys(each.organisation for each in table.participants if each.organisation))
    people = [
        groups.Participant(
            each.weights,
            each.ranks,
            each.ratings,
            organisations.index(each.organisation) if each.organisation else None,
        )
        for each in table.participants
    ]
    ids = [each.id for each in table.participants]
    draws = min(samples, groups.SAMPLES)
    found = groups.group_result(table.ratings, people, samples=draws, seed=seed)
    wanted = len(people) * len(table.options) ** 2 <= MOST_TALK
    return {
        "samples": draws,
        "standard_error": number(0.5 / draws**0.5),
        "participants": {
            each.id: {
                "values": None if person.values is None else by_name(table.options, person.values),
                "ranks": ranks_by_name(table.options, person.ranks),
                "weights": None if person.weights is None else by_name(table.criteria, person.weights),
                "organisation": each.organisation,
                "first_choice": by_name(table.options, person.first),
                "pairwise": pairs(table.options, person.pairwise),
            }
            for each, person in zip(table.participants, found.people, strict=True)
        },
        "rank_sums": by_name(table.options, found.rank_sums),
        "top_choice_split": by_name(table.options, found.each.split),
        "kendall_w": None if found.kendall_w is None else number(found.kendall_w),
        "agreement": [
            {
                "participants": [ids[a], ids[b]],
                "tau_b": None if np.isnan(found.tau[a, b]) else number(found.tau[a, b]),
                "same_first_choice": bool(found.same_first[a, b]),
                "distance": number(found.distance[a, b]),
            }
            for a in range(len(ids))
            for b in range(a + 1, len(ids))
        ],
        "one_voice_each": _voice(table, found.each),
        "one_voice_per_organisation": None if found.by_organisation is None else _voice(table, found.by_organisation),
        "clusters": [
            {
                "participants": [ids[n] for n in cluster.people],
                "largest_distance": number(cluster.apart),
                "weights": None if cluster.weights is None else by_name(table.criteria, cluster.weights),
                **_voice(table, cluster.voice),
            }
            for cluster in found.clusters
        ],
        "agenda": [
            _disagreement(table, ids, each)
            for each in agenda(table.ratings, people, samples=min(samples, SAMPLES), seed=seed)[:MOST_ON_AGENDA]
        ]
        if wanted
        else None,
    }


def _voice(table: DecisionTable, voice: Voice) -> dict[str, Any]:
    return {
        "leaders": [table.options[n] for n in voice.leaders],
        "top_choice_split": by_name(table.options, voice.split),
        "pairwise": pairs(table.options, voice.pairwise),
    }


def _disagreement(table: DecisionTable, ids: list[str], each: Disagreement) -> dict[str, Any]:
    names = table.options if each.kind == "rating" else table.criteria
    ends = [each.low, each.high]
    sides = list(each.sides)
    if each.kind == "rating" and table.minimised[each.criterion]:
        ends, sides = [own_units(table, each.criterion, end) for end in reversed(ends)], sides[::-1]
    return {
        "kind": each.kind,
        "criterion": table.criteria[each.criterion],
        "other": None if each.other is None else names[each.other],
        "low": number(ends[0]),
        "high": number(ends[1]),
        "middle": None if each.middle is None else _settlement(table, ids, each, each.middle),
        "sides": [_settlement(table, ids, each, side) for side in sides],
    }


def _settlement(table: DecisionTable, ids: list[str], each: Disagreement, settled: Settlement) -> dict[str, Any]:
    at: Any
    match each.kind:
        case "statement":
            at = table.criteria[int(settled.at)]
        case "rating":
            at = number(own_units(table, each.criterion, settled.at))
        case _:
            at = number(settled.at)
    return {
        "at": at,
        "held_by": [ids[n] for n in settled.people],
        "leaders": [table.options[n] for n in settled.voice.leaders],
        "top_choice_split": by_name(table.options, settled.voice.split),
        "moved": number(settled.moved),
        "shift": number(settled.shift),
        "changes_leaders": settled.changes_leader,
    }
