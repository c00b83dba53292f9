"""What a round's votes say together: distribution first, and nowhere one person's weights mixed with another's.

The options are those that the appraisal sets against each other. Everybody's own result comes from their own weights
and, where they rated, their own ratings; the group's is the mean of the participants' own results, one voice each, and
beside it one voice for each organisation (`partnerwizard.decision.groups`). Pure: day and seed come in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from partnerwizard.appraisal.assess import SCORED, Assessment, contestants
from partnerwizard.appraisal.weights import weights_of
from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Counted, Participant, Round, Vote, Workshop
from partnerwizard.decision import groups
from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.groups import GroupResult, Voice
from partnerwizard.decision.stated import WeightSet
from partnerwizard.decision.table import Table
from partnerwizard.pack.model import Pack
from partnerwizard.workshop.ballot import required
from partnerwizard.workshop.problems import Refused

DRAWS = 2000
"""Draws for each person's own shares while people are few; fewer when they are many, so that a reveal stays quick."""

_ALL_DRAWS = 40_000
_LEAST_DRAWS = 200

FEW = 5
"""In a group smaller than this, a split can show what each person said."""


@dataclass(frozen=True, eq=False)
class Setting:
    """Who votes on what, in the engine's terms: options and criteria by position, people in the order of their ids."""

    options: tuple[str, ...]
    names: tuple[str, ...]
    carry_on: int | None
    criteria: tuple[str, ...]
    table: Table
    voters: tuple[str, ...]
    organisations: tuple[str, ...]
    people: tuple[groups.Participant, ...]
    sets: tuple[WeightSet, ...]
    common: float


@dataclass(frozen=True, eq=False)
class OrganisationResult:
    """What one organisation's people say, one voice each. `beats_today`: options ahead of carrying on in more than half
    of its people's ways, with the share; None where carrying on is closed.
    """

    id: str
    name: str
    voters: tuple[str, ...]
    voice: Voice
    beats_today: dict[str, float] | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How much a criterion counts for each participant: central weights of 0 to 1 with whose they are, lowest first."""

    criterion: str
    weights: tuple[tuple[str, float], ...]

    @property
    def low(self) -> float:
        """The least that it counts for anybody."""
        return self.weights[0][1]

    @property
    def high(self) -> float:
        """The most that it counts for anybody."""
        return self.weights[-1][1]

    @property
    def middle(self) -> float:
        """The median."""
        return float(np.median([weight for _, weight in self.weights]))


@dataclass(frozen=True, slots=True)
class Rated:
    """How people who rated see an option's form on a criterion: levels of 0 to 100, with the guidance's own."""

    criterion: str
    form: str
    levels: tuple[tuple[str, int], ...]
    guidance: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class SideReadiness:
    """What one organisation's people say of a partnership, ingredient by ingredient: how many gave which answer."""

    partner: str
    organisation: str | None
    answers: dict[str, dict[str, int]]


@dataclass(frozen=True, eq=False)
class RoundResult:
    """All that a revealed round says.

    `voice`: one voice each; `by_organisation`: one voice per organisation, None where fewer than two have voters.
    `same_answer`: whether both ways of counting put the same options first (None where there is one way only).
    `beats_today_for_all`: options ahead of carrying on in every organisation. `group` None: nobody gave weights.
    `identifies`: warnings where a figure could show what a single person said.
    """

    round: int
    setting: Setting
    group: GroupResult | None
    organisations: tuple[OrganisationResult, ...]
    beats_today_for_all: tuple[str, ...] | None
    spread: tuple[Spread, ...]
    rated: tuple[Rated, ...]
    readiness: tuple[SideReadiness, ...]
    counted: int
    late: tuple[str, ...]
    identifies: tuple[str, ...]

    @property
    def leaders(self) -> tuple[str, ...]:
        """The options first with one voice each."""
        return () if self.group is None else tuple(self.setting.options[n] for n in self.group.each.leaders)

    @property
    def leaders_by_organisation(self) -> tuple[str, ...] | None:
        """The options first with one voice per organisation."""
        found = None if self.group is None else self.group.by_organisation
        return None if found is None else tuple(self.setting.options[n] for n in found.leaders)

    @property
    def same_answer(self) -> bool | None:
        """Whether both ways of counting agree on who is first."""
        other = self.leaders_by_organisation
        return None if other is None else other == self.leaders

    def first_choice(self, participant: str) -> tuple[str, ...]:
        """The participant's own first choice, several where they tie."""
        assert self.group is not None
        first = self.group.people[self.setting.voters.index(participant)].first
        return tuple(self.setting.options[n] for n in np.flatnonzero(first > 0))


@dataclass(frozen=True, eq=False)
class Movement:
    """What changed from one round to another among those who voted in both.

    `moved`: who has another first choice, with the choice before and after. `narrower`, `wider`: criteria on which
    people's weights came closer together or moved apart, with the range before and after.
    """

    before: int
    after: int
    both: tuple[str, ...]
    moved: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    narrower: tuple[tuple[str, float, float], ...]
    wider: tuple[tuple[str, float, float], ...]
    same_leaders: bool
    agreement: tuple[float | None, float | None]


def as_case(case: Case, vote: Vote) -> Case:
    """The case with one participant's weights in the place of its own."""
    points = {
        each: (float(max(0, given - vote.give)), float(min(100, given + vote.give))) if given else (0.0, 0.0)
        for each, given in vote.points.items()
    }
    swing = None if vote.swing is None else (float(vote.swing[0]), float(vote.swing[1]))
    return case.model_copy(update={"aims": vote.aims, "terms": vote.terms, "swing": swing, "points": points})


def setting(pack: Pack, case: Case, round_: Round, as_of: date) -> Setting:
    """The options, and everybody in the round who gave weights. `pack`: with the case's own options among its forms."""
    workshop = required(case.workshop)
    assessment = Assessment(pack, case, as_of)
    value = {each.option.id: assessment.likely_value(each) for each in assessment.assessed if each.status in SCORED}
    entered = contestants(pack, assessment.assessed, value)
    if not entered:
        raise Refused("No option is open, so there is nothing to compare. Look at why each is closed.")
    table = assessment.table(entered)
    forms = [each.option.form.id for each in entered]
    criteria = tuple(each.id for each in pack.criteria)
    votes = sorted((each.vote for each in round_.votes if each.vote.weighs), key=lambda vote: vote.participant)
    numbers = {each.id: n for n, each in enumerate(workshop.organisations)}
    sets = tuple(weights_of(pack, as_case(case, vote)) for vote in votes)
    return Setting(
        options=tuple(each.option.id for each in entered),
        names=tuple(each.option.name for each in entered),
        carry_on=forms.index(pack.head.reference) if pack.head.reference in forms else None,
        criteria=criteria,
        table=table,
        voters=tuple(vote.participant for vote in votes),
        organisations=tuple(_organisation(workshop, vote.participant) for vote in votes),
        people=tuple(
            groups.Participant(
                weights=own,
                ratings=own_table(pack, table, forms, vote),
                organisation=numbers.get(_organisation(workshop, vote.participant)),
            )
            for own, vote in zip(sets, votes, strict=True)
        ),
        sets=sets,
        common=pack.head.method.common_share.value,
    )


def own_table(pack: Pack, table: Table, forms: Sequence[str], vote: Vote) -> Table | None:
    """The table as one participant rates it: their level, give or take what the guidance allows a judgement."""
    if not vote.ratings:
        return None
    width = pack.head.method.half_widths.judgement
    low, likely, high = table.low.copy(), table.likely.copy(), table.high.copy()
    for column, criterion in enumerate(pack.criteria):
        for form, level in vote.ratings.get(criterion.id, {}).items():
            for row in (n for n, each in enumerate(forms) if each == form):
                likely[row, column] = level
                low[row, column], high[row, column] = max(0.0, level - width), min(100.0, level + width)
    return Table(low, likely, high, table.penalty, table.draw)


def round_result(pack: Pack, case: Case, number: int, as_of: date) -> RoundResult:
    """What a revealed round says. Raises Refused for a round that is not revealed."""
    workshop = required(case.workshop)
    if not 1 <= number <= len(workshop.rounds) or not workshop.rounds[number - 1].votes:
        raise Refused(f"Round {number} is not revealed, so there is nothing to show.")
    round_ = workshop.rounds[number - 1]
    found = setting(pack, case, round_, as_of)
    people = len(found.people)
    group = None
    if people:
        draws = max(_LEAST_DRAWS, min(DRAWS, _ALL_DRAWS // people))
        group = groups.group_result(found.table, found.people, samples=draws, seed=case.seed, common=found.common)
        if group.by_organisation is not None and len(set(found.organisations) - {""}) < 2:
            group = _without_organisations(group)
    organisations = _organisations(workshop, found, group)
    return RoundResult(
        round=number,
        setting=found,
        group=group,
        organisations=organisations,
        beats_today_for_all=_for_all(found, organisations),
        spread=_spread(found, group),
        rated=_rated(pack, found, round_),
        readiness=_readiness(workshop, round_),
        counted=len(round_.votes),
        late=tuple(each.participant for each in round_.votes if each.late),
        identifies=_identifies(workshop, found, round_),
    )


def movement(before: RoundResult, after: RoundResult) -> Movement | None:
    """What changed between two rounds; None where nobody gave weights in both."""
    both = tuple(each for each in before.setting.voters if each in after.setting.voters)
    if not both or before.group is None or after.group is None:
        return None
    changes = [(each, before.first_choice(each), after.first_choice(each)) for each in both]
    ranges = []
    for criterion in before.setting.criteria:
        then, now = (_range(each, criterion, both) for each in (before, after))
        if then is not None and now is not None:
            ranges.append((criterion, then, now))
    return Movement(
        before=before.round,
        after=after.round,
        both=both,
        moved=tuple(each for each in changes if each[1] != each[2]),
        narrower=tuple(each for each in ranges if each[2] < each[1] - 0.01),
        wider=tuple(each for each in ranges if each[2] > each[1] + 0.01),
        same_leaders=before.leaders == after.leaders,
        agreement=(before.group.kendall_w, after.group.kendall_w),
    )


def shown_as(workshop: Workshop, participant: str | Participant) -> str:
    """How a participant may be shown, as agreed: by code, by role and organisation, or by name."""
    person = workshop.participant_by_id.get(participant) if isinstance(participant, str) else participant
    if person is None:
        return str(participant).upper()
    organisation = workshop.organisation_by_id.get(person.organisation or "")
    where = organisation.name if organisation else ""
    if workshop.names == "names" and person.name.strip():
        return person.name
    if workshop.names in {"names", "roles"} and person.role.strip():
        return ", ".join(filter(None, (person.role, where)))
    return person.code


def _without_organisations(group: GroupResult) -> GroupResult:
    from dataclasses import replace

    return replace(group, by_organisation=None)


def _organisation(workshop: Workshop, participant: str) -> str:
    person = workshop.participant_by_id.get(participant)
    return (person.organisation or "") if person else ""


def _organisations(workshop: Workshop, found: Setting, group: GroupResult | None) -> tuple[OrganisationResult, ...]:
    results = []
    for organisation in workshop.organisations:
        own = [n for n, each in enumerate(found.organisations) if each == organisation.id]
        if not own or group is None:
            continue
        shares = np.array([group.people[n].pairwise for n in own])
        voice = groups.voice(shares, np.array([group.people[n].first for n in own]))
        beats = None
        if found.carry_on is not None:
            today = voice.pairwise[:, found.carry_on]
            beats = {found.options[n]: float(today[n]) for n in np.argsort(-today, kind="stable") if today[n] > 0.5}
        voters = tuple(found.voters[n] for n in own)
        results.append(OrganisationResult(organisation.id, organisation.name, voters, voice, beats))
    return tuple(results)


def _for_all(found: Setting, organisations: Sequence[OrganisationResult]) -> tuple[str, ...] | None:
    if found.carry_on is None or len(organisations) < 2:
        return None
    return tuple(each for each in found.options if all(each in (own.beats_today or {}) for own in organisations))


def _spread(found: Setting, group: GroupResult | None) -> tuple[Spread, ...]:
    if group is None:
        return ()
    central: FloatArray = np.array([each.weights for each in group.people])
    return tuple(
        Spread(
            criterion,
            tuple(sorted(zip(found.voters, central[:, n].tolist(), strict=True), key=lambda each: (each[1], each[0]))),
        )
        for n, criterion in enumerate(found.criteria)
        if central[:, n].max() > 0
    )


def _range(result: RoundResult, criterion: str, people: Sequence[str]) -> float | None:
    for each in result.spread:
        if each.criterion == criterion:
            own = [weight for person, weight in each.weights if person in people]
            return max(own) - min(own)
    return None


def _rated(pack: Pack, found: Setting, round_: Round) -> tuple[Rated, ...]:
    rows: Mapping[str, int] = {option.split(":")[0]: n for n, option in reversed(list(enumerate(found.options)))}
    out = []
    for column, criterion in enumerate(found.criteria):
        for form in round_.questions.forms:
            levels = tuple(
                (each.participant, each.vote.ratings[criterion][form])
                for each in round_.votes
                if form in each.vote.ratings.get(criterion, {})
            )
            if levels and form in rows:
                row = rows[form]
                own = tuple(
                    float(each[row, column]) for each in (found.table.low, found.table.likely, found.table.high)
                )
                out.append(Rated(criterion, form, levels, (own[0], own[1], own[2])))
    return tuple(out)


def _readiness(workshop: Workshop, round_: Round) -> tuple[SideReadiness, ...]:
    sides: dict[tuple[str, str], list[Counted]] = {}
    for counted in round_.votes:
        for partner in counted.vote.readiness:
            sides.setdefault((partner, _organisation(workshop, counted.participant)), []).append(counted)
    found = []
    for (partner, organisation), votes in sorted(sides.items()):
        answers: dict[str, Counter[str]] = {}
        for each in votes:
            for ingredient, state in each.vote.readiness[partner].items():
                answers.setdefault(ingredient, Counter())[state] += 1
        plain = {ingredient: dict(count) for ingredient, count in answers.items()}
        found.append(SideReadiness(partner, organisation or None, plain))
    return tuple(found)


def _identifies(workshop: Workshop, found: Setting, round_: Round) -> tuple[str, ...]:
    """Where a split can show what a single person said: said before it is shown, so that people can choose."""
    out = []
    if 0 < len(round_.votes) < FEW:
        out.append(f"Only {len(round_.votes)} voted: whoever knows some of the votes can work out the others.")
    counts = Counter(_organisation(workshop, each.participant) for each in round_.votes)
    out += [
        f"{organisation.name}: only {counts[organisation.id]} voted, so a split by organisation can show what each of "
        "them said. Ask them before you show it."
        for organisation in workshop.organisations
        if 0 < counts[organisation.id] < FEW and len(counts) > 1
    ]
    return tuple(out)
