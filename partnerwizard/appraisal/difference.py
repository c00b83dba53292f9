"""Any two options side by side: where the difference of their values comes from, and what that says in words.

Points are those of the appraisal's `contributions`: w·(v - reference) at central weights and likely ratings, and
`authority`. The reference cancels out, so a criterion adds w·(v_a - v_b), and all parts add up to the difference of the
two likely values (additive value model: Keeney and Raiffa (1976), "Decisions with multiple objectives").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from partnerwizard.appraisal.explain import percent
from partnerwizard.appraisal.model import Appraisal, Cell
from partnerwizard.appraisal.options import listed
from partnerwizard.pack.model import Ground, Pack

AUTHORITY = "authority"
AUTHORITY_NAME = "authority for the job"
NAMED = 3
SEEN = 0.05
"""Points below this are not shown in sentences, which give tenths."""


@dataclass(frozen=True)
class Part:
    """What one criterion, or `authority`, adds to the lead of the first option, in points of value.

    weight: central weight, 0-1; None for authority. a, b: likely ratings of the two, 0-100; grounds likewise; None for
    authority and for carrying on where it is closed and so has no row of its own.
    """

    criterion: str
    name: str
    points: float
    weight: float | None
    a: Cell | None
    b: Cell | None

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """What the two ratings rest on, each ground once."""
        return tuple(dict.fromkeys(cell.ground for cell in (self.a, self.b) if cell is not None))


@dataclass(frozen=True)
class Difference:
    """The difference between two options. Positive points speak for the first.

    parts: in the pack's order, authority last; they add up to `total`, the difference of likely values. speaks_for,
    speaks_against: those above and below 0, strongest first. ahead: share of draws of weights and ratings in which the
    first scores strictly more, and the second; None unless both are contestants. sentences: true short sentences made
    from these figures.
    """

    option_a: str
    option_b: str
    name_a: str
    name_b: str
    value_a: float
    value_b: float
    total: float
    parts: tuple[Part, ...]
    speaks_for: tuple[Part, ...]
    speaks_against: tuple[Part, ...]
    ahead: tuple[float, float] | None
    sentences: tuple[str, ...]


def difference(pack: Pack, appraisal: Appraisal, option_a: str, option_b: str) -> Difference:
    """The difference between two options of an appraisal, which are scored or carrying on.

    Raises KeyError for an option that the appraisal does not have and ValueError for one that a gate has closed, which
    has no value.
    """
    value_a, points_a = _scored(appraisal, option_a)
    value_b, points_b = _scored(appraisal, option_b)
    a, b = appraisal.option(option_a), appraisal.option(option_b)
    parts = [
        Part(
            criterion=criterion.id,
            name=criterion.name.lower(),
            points=points_a.get(criterion.id, 0.0) - points_b.get(criterion.id, 0.0),
            weight=appraisal.weights[criterion.id].central,
            a=a.ratings.get(criterion.id),
            b=b.ratings.get(criterion.id),
        )
        for criterion in pack.criteria
        if criterion.id in appraisal.weights
    ]
    shortfall = points_a.get(AUTHORITY, 0.0) - points_b.get(AUTHORITY, 0.0)
    parts.append(Part(AUTHORITY, AUTHORITY_NAME, shortfall, None, None, None))
    ordered = sorted(parts, key=lambda part: -abs(part.points))
    beats = {contestant.option: contestant.beats for contestant in appraisal.forms}
    ahead = None
    if option_a != option_b and option_a in beats and option_b in beats:
        ahead = beats[option_a][b.form], beats[option_b][a.form]
    bare = Difference(
        option_a=option_a,
        option_b=option_b,
        name_a=a.name,
        name_b=b.name,
        value_a=value_a,
        value_b=value_b,
        total=value_a - value_b,
        parts=tuple(parts),
        speaks_for=tuple(part for part in ordered if part.points > 0),
        speaks_against=tuple(part for part in ordered if part.points < 0),
        ahead=ahead,
        sentences=(),
    )
    return replace(bare, sentences=tuple(_sentences(bare)))


def _scored(appraisal: Appraisal, option_id: str) -> tuple[float, Mapping[str, float]]:
    """The option's likely value and its contributions against carrying on, which has none against itself."""
    if option_id == appraisal.reference.id:
        return appraisal.reference.value.likely, {}
    option = appraisal.option(option_id)
    if option.value is None or option.contributions is None:
        raise ValueError(f"{option.name} is closed by a gate and has no value")
    return option.value.likely, option.contributions


def _sentences(found: Difference) -> Iterator[str]:
    a, b = found.name_a, found.name_b
    if found.option_a == found.option_b:
        yield f"This is {a} twice."
        return
    if abs(found.total) < SEEN:
        yield f"{a} and {b} are less than 0.1 points of 100 apart (about {found.value_a:.1f} each)."
    else:
        first, second, more, less = (
            (a, b, found.value_a, found.value_b) if found.total > 0 else (b, a, found.value_b, found.value_a)
        )
        yield f"{first} is ahead of {second} by {abs(found.total):.1f} points of 100 ({more:.1f} against {less:.1f})."
    sides = [(a, found.speaks_for), (b, found.speaks_against)]
    for name, parts in sides if found.total >= 0 else reversed(sides):
        seen = [part for part in parts if abs(part.points) >= SEEN]
        if seen:
            yield f"For {name}: {_reasons(seen)}."
        else:
            yield f"No criterion speaks for {name} by as much as 0.1 points."
    if found.ahead is not None:
        over, under = found.ahead
        first, second, share = (a, b, over) if over >= under else (b, a, under)
        often = "every one" if share >= 1 else f"at least {percent(share)}"
        yield f"{first} is ahead of {second} in {often} of the ways of weighing and rating that were drawn."


def _reasons(parts: Sequence[Part]) -> str:
    named, rest = parts[:NAMED], parts[NAMED:]
    reasons = [f"{part.name} ({abs(part.points):.1f} points)" for part in named]
    if rest:
        reasons.append(f"{len(rest)} more ({sum(abs(part.points) for part in rest):.1f} points together)")
    return listed(reasons)
