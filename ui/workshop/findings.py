"""What revealed rounds say, in words and rows for charts: the page and the projector say the same. No Qt, no names.

Distribution first: who has which first choice, then how far apart weights are; a mean is never shown alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Organisation
from partnerwizard.pack.model import Pack
from partnerwizard.report.charts.votes import First, Spread
from partnerwizard.report.words import counted, listed, percent
from partnerwizard.workshop.agenda import Talk
from partnerwizard.workshop.ballot import required
from partnerwizard.workshop.results import Movement, RoundResult, movement
from partnerwizard.workshop.results import Spread as CriterionSpread
from ui.workshop.words import READY

LEAST = 0.01
"""A smaller share of first choices is no row of its own."""

FEW_OPTIONS = 4


@dataclass(frozen=True, eq=False)
class Findings:
    """A revealed round with the one before it, and its agenda once that is worked out.

    `by_side`: whether it may be seen which organisation a mark belongs to.
    """

    pack: Pack
    case: Case
    result: RoundResult
    before: RoundResult | None
    talk: Talk | None
    by_side: bool

    # --- people and sides -----------------------------------------------------------------------------------------

    @property
    def voters(self) -> int:
        """How many gave weights."""
        return len(self.result.setting.voters)

    @property
    def sides(self) -> tuple[str, ...]:
        """The organisations with voters, by name; none where they are not to be told apart."""
        if not self.by_side:
            return ()
        return tuple(each.name for each in self._organisations)

    @property
    def _organisations(self) -> tuple[Organisation, ...]:
        workshop = required(self.case.workshop)
        there = set(self.result.setting.organisations)
        return tuple(each for each in workshop.organisations if each.id in there)

    def _side(self, result: RoundResult, voter: int) -> int:
        if not self.by_side:
            return 0
        numbers = {each.id: n for n, each in enumerate(self._organisations)}
        return numbers.get(result.setting.organisations[voter], len(numbers))

    def name(self, option: str) -> str:
        """An option by its name."""
        setting = self.result.setting
        return setting.names[setting.options.index(option)] if option in setting.options else option

    def names(self, options: Sequence[str]) -> str:
        """Several options."""
        return listed([self.name(each) for each in options])

    def criterion(self, id_: str) -> str:
        """A criterion by its name."""
        return self.pack.criterion_by_id[id_].name

    # --- first choices --------------------------------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """The distribution of first choices in one sentence."""
        group, people = self.result.group, self.voters
        if group is None:
            return "Nobody gave weights, so options cannot be put in order"
        rows = self.first_rows()
        top = rows[0]
        have = sum(share for _, share in top.voters)
        if have > people - 0.01:
            return f"Everybody puts {_inline(top.name)} first"
        level = [row for row in rows if abs(sum(share for _, share in row.voters) - have) < LEAST]
        if len(level) > 1:
            return (
                f"We are split: {_figure(have)} of {people} each put {listed([_inline(r.name) for r in level])} first"
            )
        return f"{_figure(have)} of {people} put {_inline(top.name)} first"

    def first_rows(self) -> list[First]:
        """Options that somebody has first, the most often named on top; with the round before beside it."""
        group = self.result.group
        if group is None:
            return []
        setting = self.result.setting
        counts = sum((each.first for each in group.people), np.zeros(len(setting.options)))
        before = self._counts_before()
        rows = []
        for n in np.argsort(-counts, kind="stable"):
            earlier = None if before is None else before.get(setting.options[n], 0.0)
            if counts[n] < LEAST and not earlier:
                continue
            voters = tuple(
                (self._side(self.result, p), float(each.first[n]))
                for p, each in enumerate(group.people)
                if each.first[n] > LEAST
            )
            rows.append(First(setting.names[n], voters, earlier))
        return rows

    def _counts_before(self) -> dict[str, float] | None:
        if self.before is None or self.before.group is None:
            return None
        counts = sum((each.first for each in self.before.group.people), np.zeros(len(self.before.setting.options)))
        return dict(zip(self.before.setting.options, counts.tolist(), strict=True))

    @property
    def earlier(self) -> str:
        """What the round before is called beside a figure."""
        return f"in round {self.before.round}" if self.before is not None else ""

    def first_words(self) -> str:
        """The chart of first choices in words."""
        parts = []
        for row in self.first_rows():
            now = f"{row.name}: {_figure(sum(share for _, share in row.voters))} first"
            parts.append(now if row.before is None else f"{now}, {_figure(row.before)} {self.earlier}")
        return ". ".join(parts) + "."

    # --- weights --------------------------------------------------------------------------------------------------

    def _by_difference(self) -> list[CriterionSpread]:
        return sorted(self.result.spread, key=lambda each: (round(each.low - each.high, 6), each.criterion))

    def spread_rows(self, most: int | None = None, *, with_before: bool = True) -> list[Spread]:
        """Criteria with everybody's weight, those on top on which people differ most."""
        ordered = self._by_difference()
        rows = []
        for each in ordered[:most]:
            before: tuple[tuple[int, float], ...] = ()
            if self.before is not None and with_before:
                before = tuple(
                    (self._side(self.before, self.before.setting.voters.index(person)), weight)
                    for earlier in self.before.spread
                    if earlier.criterion == each.criterion
                    for person, weight in earlier.weights
                )
            voters = self.result.setting.voters
            weights = tuple((self._side(self.result, voters.index(person)), weight) for person, weight in each.weights)
            rows.append(Spread(self.criterion(each.criterion), weights, before))
        return rows

    def spread_headline(self) -> str:
        """On what people differ most."""
        ordered = self._by_difference()
        if not ordered:
            return "Nobody gave weights"
        top = ordered[0]
        if top.high - top.low < 0.02:
            return "We weigh everything much alike"
        ends = f"from {percent(top.low)} to {percent(top.high)} of everything"
        return f"We differ most on how much one thing counts: {_inline(self.criterion(top.criterion))}, {ends}"

    def spread_words(self, most: int | None = None) -> str:
        """The chart of weights in words."""
        ordered = self._by_difference()
        return ". ".join(
            f"{self.criterion(each.criterion)}: from {percent(each.low)} to {percent(each.high)}, "
            f"the person in the middle {percent(each.middle)}"
            for each in ordered[:most]
        )

    # --- organisations --------------------------------------------------------------------------------------------

    def organisation_parts(self) -> list[tuple[str, tuple[str, ...]]]:
        """For each organisation what its people put first, and what is better than carrying on for them."""
        parts = []
        for each in self.result.organisations:
            people = len(each.voters)
            first = listed([self.result.setting.names[n] for n in each.voice.leaders])
            share = max(float(each.voice.split[n]) for n in each.voice.leaders)
            lines = [f"{first} comes first; {_figure(share * people)} of {people} put it first."]
            if each.beats_today is not None:
                ahead = list(each.beats_today)[:FEW_OPTIONS]
                shown = listed([f"{self.name(option)} ({percent(each.beats_today[option])})" for option in ahead])
                more = len(each.beats_today) - len(ahead)
                rest = f", and {more} more" if more > 0 else ""
                lines.append(
                    f"Ahead of carrying on in more than half of their ways of weighing: {shown}{rest}."
                    if ahead
                    else "No option is ahead of carrying on in more than half of their ways of weighing."
                )
            parts.append((each.name, tuple(lines)))
        return parts

    def both_line(self) -> str:
        """Which options beat carrying on for every side; empty where that cannot be said."""
        found = self.result.beats_today_for_all
        if found is None:
            return ""
        if not found:
            return "No option is ahead of carrying on for every side."
        more = len(found) - 6
        rest = f", and {more} more" if more > 0 else ""
        each = "both" if len(self.result.organisations) == 2 else "every side"
        return f"Ahead of carrying on for {each}: {self.names(found[:6])}{rest}."

    def voices_line(self) -> str:
        """One voice each, and one voice per organisation."""
        if self.result.group is None:
            return ""
        one = f"One voice each: {self.names(self.result.leaders)} comes first."
        rows = self.first_rows()
        if rows and rows[0].name not in {self.name(each) for each in self.result.leaders}:
            one += (
                f" {rows[0].name} has more first choices, but over everybody’s ways of weighing it does less well "
                "against the others, one by one."
            )
        other = self.result.leaders_by_organisation
        if other is None:
            return one
        if self.result.same_answer:
            return f"{one} One voice for each organisation gives the same."
        return (
            f"{one} One voice for each organisation: {self.names(other)} comes first. "
            "The two differ, and neither is the answer."
        )

    def cluster_lines(self) -> list[str]:
        """People who see it alike, as groups; nobody is named."""
        group = self.result.group
        if group is None:
            return []
        together = [each for each in group.clusters if len(each.people) > 1]
        alone = sum(len(each.people) == 1 for each in group.clusters)
        lines = []
        for each in together:
            first = listed([self.result.setting.names[n] for n in each.voice.leaders])
            lines.append(f"{len(each.people)} see it much alike: {first} comes first for them.")
        if alone:
            lines.append(f"{counted(alone, 'person', 'people')} see{'s' if alone == 1 else ''} it unlike anybody else.")
        return lines

    def agreement_line(self) -> str:
        """Kendall's W, with its limits; never without the split."""
        group = self.result.group
        if group is None or group.kendall_w is None:
            return ""
        return (
            f"Agreement on the whole order is {group.kendall_w:.2f} from 0 (none) to 1 (the same order). "
            "It does not say whether a difference matters, and two camps can hide behind a middling figure: read it "
            "with the split above."
        )

    def readiness_lines(self) -> list[str]:
        """Each side's own answers on readiness."""
        workshop = required(self.case.workshop)
        ingredients = {each.id: each.name for each in self.pack.ingredients}
        lines = []
        for each in self.result.readiness:
            organisation = workshop.organisation_by_id.get(each.organisation or "")
            partner = self.case.partner_by_id.get(each.partner)
            lines.append(
                f"{organisation.name if organisation else 'Others'}, on {partner.name if partner else each.partner}:"
            )
            for ingredient, answers in each.answers.items():
                said = ", ".join(f"{answers[state]} {words}" for state, words in READY.items() if answers.get(state))
                lines.append(f"• {ingredients.get(ingredient, ingredient)}: {said}")
        return lines

    def rated_lines(self) -> list[str]:
        """How people who know rate an option, beside the guidance."""
        forms = {each.id: each.name for each in self.pack.forms}
        lines = []
        for each in self.result.rated:
            levels = sorted(level for _, level in each.levels)
            low, likely, high = each.guidance
            said = str(levels[0]) if len(levels) == 1 else f"{levels[0]} to {levels[-1]}, by {len(levels)} people"
            lines.append(
                f"{self.criterion(each.criterion)}, {forms.get(each.form, each.form)}: {said}; "
                f"the guidance says {likely:.0f} ({low:.0f} to {high:.0f})."
            )
        return lines

    # --- movement -------------------------------------------------------------------------------------------------

    @property
    def movement(self) -> Movement | None:
        """What changed since the round before."""
        return None if self.before is None else movement(self.before, self.result)

    def movement_lines(self) -> list[str]:
        """What changed since the round before, in words."""
        found = self.movement
        if found is None:
            return []
        people = len(found.both)
        moved = len(found.moved)
        lines = [
            f"{moved} of {people} who voted in both rounds have another first choice now."
            if moved
            else f"All {people} who voted in both rounds kept their first choice."
        ]
        for words, ranges in (("closer together", found.narrower), ("further apart", found.wider)):
            if ranges:
                lines.append(
                    f"Views moved {words} on {listed([self.criterion(each).lower() for each, _, _ in ranges[:4]])}."
                )
        lines.append(
            "What comes first is the same as before."
            if found.same_leaders
            else "What comes first is another than before."
        )
        return lines


def _figure(number: float) -> str:
    return f"{number:.0f}" if abs(number - round(number)) < 0.01 else f"{number:.1f}"


def _inline(name: str) -> str:
    """A name inside a sentence; one that begins with capitals keeps them."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
