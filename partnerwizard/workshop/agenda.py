"""What is worth talking about: disagreements by what settling each would do, what can no longer matter, and why.

Slower than the results themselves, so the window runs it beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from partnerwizard.appraisal.explain import percent
from partnerwizard.case.model import Case
from partnerwizard.decision import agenda as engine
from partnerwizard.decision.agenda import Disagreement, Settlement
from partnerwizard.decision.forcing import fewest_forcing, orders_as_statements, shared_caps, shared_orders
from partnerwizard.decision.stated import Statement, at_most
from partnerwizard.pack.model import Pack
from partnerwizard.workshop.results import RoundResult, Setting

_DRAWS = 400
_ALL_DRAWS = 8_000
_LEAST_DRAWS = 100
_LIKE = 0.005


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way of settling a disagreement: in words, who holds it now (participant ids), and what would then lead."""

    what: str
    holders: tuple[str, ...]
    leaders: tuple[str, ...]
    changes_leader: bool
    moved: float


@dataclass(frozen=True, slots=True)
class Item:
    """Something on which people differ. `question`: what to talk about; `sentence`: what settling it would do.

    `subject`: the criterion, and for a pair of criteria or a rating the other criterion or the option, by id.
    """

    kind: Literal["weight", "statement", "rating"]
    subject: tuple[str, str | None]
    question: str
    sentence: str
    outcomes: tuple[Outcome, ...]
    changes_leader: bool
    moved: float


@dataclass(frozen=True, slots=True)
class Talk:
    """The agenda of a round.

    `items`: what could change who leads or many first choices, the strongest first. `settled`: disagreements that,
    settled at either end or in the middle, leave the same option ahead. `forced`: the fewest shared statements that
    already force who leads, at the likely ratings; None where what is shared does not force it. `stop`: sentences that
    say what further discussion cannot change.
    """

    items: tuple[Item, ...]
    settled: tuple[Item, ...]
    forced: tuple[str, ...] | None
    stop: tuple[str, ...]

    @property
    def any_changes(self) -> bool:
        """Whether settling any one disagreement would change who leads."""
        return any(each.changes_leader for each in self.items)


def talk(pack: Pack, case: Case, result: RoundResult) -> Talk:
    """What a round's disagreements are worth. Empty where nobody gave weights."""
    found = result.setting
    if result.group is None:
        return Talk((), (), None, ())
    draws = max(_LEAST_DRAWS, min(_DRAWS, _ALL_DRAWS // len(found.people)))
    differences = engine.agenda(found.table, found.people, samples=draws, seed=case.seed, common=found.common)
    items = [_item(pack, found, each) for each in differences]
    open_items = tuple(each for each in items if each.changes_leader)
    settled = tuple(each for each in items if not each.changes_leader)
    leaders = result.group.each.leaders
    forced = _forced(pack, found, leaders[0]) if len(leaders) == 1 and not _rated(found) else None
    return Talk(open_items, settled, forced, tuple(_stop(pack, found, result, open_items, settled, forced)))


def _item(pack: Pack, found: Setting, difference: Disagreement) -> Item:
    ways = [_outcome(pack, found, difference, each) for each in difference.settlements]
    name = _name(pack, found.criteria[difference.criterion])
    subject: tuple[str, str | None] = (found.criteria[difference.criterion], None)
    match difference.kind:
        case "weight":
            spread = f"from {percent(difference.low)} to {percent(difference.high)} of everything"
            question = f"How much does {name.lower()} count? People say {spread}."
        case "statement":
            assert difference.other is not None
            other = _name(pack, found.criteria[difference.other])
            subject = (subject[0], found.criteria[difference.other])
            question = f"Does {name.lower()} count more than {other.lower()}, or the other way round?"
        case "rating":
            assert difference.other is not None
            option = found.names[difference.other]
            subject = (subject[0], found.options[difference.other])
            spread = f"{difference.low:.0f} to {difference.high:.0f} of 100"
            question = f"How well does this do on {name.lower()}: {option}? People say {spread}."
    changes, moved, _ = difference.effect
    return Item(difference.kind, subject, question, _sentence(found, ways), tuple(ways), changes, moved)


def _outcome(pack: Pack, found: Setting, difference: Disagreement, way: Settlement) -> Outcome:
    match difference.kind:
        case "weight":
            what = f"at {percent(way.at)}"
        case "rating":
            what = f"at {way.at:.0f}"
        case "statement":
            what = f"{_name(pack, found.criteria[int(way.at)]).lower()} first"
    return Outcome(
        what=what,
        holders=tuple(found.voters[n] for n in way.people),
        leaders=tuple(found.options[n] for n in way.voice.leaders),
        changes_leader=way.changes_leader,
        moved=way.moved,
    )


def _sentence(found: Setting, ways: Sequence[Outcome]) -> str:
    names = dict(zip(found.options, found.names, strict=True))
    other = [each for each in ways if each.changes_leader]
    if other:
        parts = list(dict.fromkeys(f"{each.what}, {' and '.join(names[n] for n in each.leaders)}" for each in other))
        return f"Settling it can change who leads: {'; '.join(parts)}."
    moved = max((each.moved for each in ways), default=0.0)
    if moved > _LIKE:
        return f"Settled either way the same option leads, though up to {percent(moved)} of first choices would move."
    return "Settled either way the same option leads, and no first choice moves."


def _forced(pack: Pack, found: Setting, leader: int) -> tuple[str, ...] | None:
    columns = len(found.criteria)
    regions = [each.region() for each in found.sets]
    pairs = shared_orders(regions, columns)
    statements: list[Statement] = orders_as_statements(pairs, columns)
    names = [_name(pack, each) for each in found.criteria]
    words = [f"{names[more]} counts at least as much as {names[less].lower()}." for more, less in pairs]
    for column, cap in enumerate(shared_caps(regions, columns)):
        # A full percent above what anybody could mean, so that the sentence is true of everybody.
        most = min(1.0, (int(cap * 100 - 1e-9) + 1) / 100) if cap > 1e-9 else 0.0
        if most < 1:
            statements.append(at_most(columns, column, most))
            least = f"{names[column]} does not count here."
            words.append(least if most == 0 else f"{names[column]} counts for at most {percent(most)} of everything.")
    few = fewest_forcing(found.table, leader, statements)
    return None if few is None else tuple(words[n] for n in few)


def _rated(found: Setting) -> bool:
    return any(each.ratings is not None for each in found.people)


def _stop(
    pack: Pack,
    found: Setting,
    result: RoundResult,
    items: Sequence[Item],
    settled: Sequence[Item],
    forced: tuple[str, ...] | None,
) -> list[str]:
    out = []
    if forced is not None:
        leader = found.names[found.options.index(result.leaders[0])]
        shared = (
            "whatever the weights are" if not forced else f"{len(forced)} statements that everybody shares force it"
        )
        out.append(
            f"Further discussion of weights cannot change what leads, at the ratings that are likeliest: {leader}; "
            f"{shared if len(forced) != 1 else 'one statement that everybody shares forces it'}."
        )
    quiet = list(
        dict.fromkeys(
            _name(pack, each.subject[0]).lower()
            for each in settled
            if each.kind == "weight" and not any(other.subject[0] == each.subject[0] for other in items)
        )
    )
    if quiet:
        out.append(
            "Tried at both ends and in the middle of what people say, settling how much these count changes nothing "
            f"about what leads, so further discussion of them alone cannot: {', '.join(quiet)}."
        )
    if not items and not settled:
        out.append("Nobody disagrees on anything that was asked.")
    elif not items:
        out.append("No single disagreement, settled either way, changes what leads. The discussion can stop here.")
    return out


def _name(pack: Pack, criterion: str) -> str:
    return pack.criterion_by_id[criterion].name
