"""A case, its pack and its appraisal joined for reading: names, sources, and what is compared with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from partnerwizard.appraisal import facts
from partnerwizard.appraisal.local import with_local
from partnerwizard.appraisal.model import Appraisal, OptionResult
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Claim, Criterion, Form, Ground, Pack, Source
from partnerwizard.report.blocks import Cite, SourceEntry, Spans, spans
from partnerwizard.report.budget import BUDGETS
from partnerwizard.report.text import one_line, shortened_inside
from partnerwizard.report.words import SURENESS, day, inline

AUTHORITY = "authority"
_DERIVED = {
    "causes": "Diagnosed causes",
    "causes-held": "Diagnosed causes",
    "number-of-bodies": "Number of bodies",
    "option.direction": "Who leads",
}


class View:
    """What the chapters read. References are numbered in the order in which chapters ask for them."""

    def __init__(self, pack: Pack, case: Case, appraisal: Appraisal) -> None:
        self.pack = with_local(pack, case)
        self.case = case
        self.appraisal = appraisal
        self.verdict = appraisal.verdict
        self.budget = BUDGETS[0]
        self._numbers: dict[str, int] = {}

    # Names

    @cached_property
    def options(self) -> dict[str, OptionResult]:
        """Options by id."""
        return {option.id: option for option in self.appraisal.options}

    def name(self, option: OptionResult | str) -> str:
        """The name of an option, or of a form where the id is a form's."""
        if isinstance(option, str):
            if option not in self.options:
                return self.form_name(option)
            option = self.options[option]
        return shortened_inside(one_line(option.name), self.budget.name)

    def against(self, option: OptionResult) -> str:
        """An option as what another is set against: carrying on, or its name."""
        return "carrying on" if self.is_carry_on(option) else inline(self.name(option))

    def form_name(self, form: str) -> str:
        """The name of a form."""
        found = self.pack.form_by_id.get(form)
        return found.name if found else form

    def form(self, option: OptionResult) -> Form:
        """The form of an option."""
        return self.pack.form_by_id[option.form]

    def criterion_name(self, criterion: str) -> str:
        """The name of a criterion, or of the authority hurdle."""
        if criterion == AUTHORITY:
            return "Authority for the job"
        return self.pack.criterion_by_id[criterion].name

    def cause_name(self, cause: str) -> str:
        """The name of a cause."""
        return self.pack.cause_by_id[cause].name

    def partner_name(self, partner: str) -> str:
        """The name of a partner."""
        return shortened_inside(one_line(self.case.partner_by_id[partner].name), self.budget.name) or partner

    def fact_name(self, fact: str) -> str:
        """What a fact is called."""
        question = self.pack.question_by_id.get(fact)
        return question.short if question else _DERIVED.get(fact, fact)

    @cached_property
    def weighted(self) -> tuple[Criterion, ...]:
        """The criteria that count in this case."""
        weights = self.appraisal.weights
        return tuple(each for each in self.pack.criteria if each.id in weights and weights[each.id].high > 0)

    @cached_property
    def facts(self) -> facts.Facts:
        """The facts of the case."""
        return facts.of_case(self.pack, self.case)

    # Who stands where

    @cached_property
    def named(self) -> tuple[OptionResult, ...]:
        """The options that the verdict names, in its order."""
        return tuple(self.options[option] for option in self.verdict.options)

    @cached_property
    def contestants(self) -> tuple[OptionResult, ...]:
        """The options that took part in the verdict, by likely value."""
        found = [self.options[contestant.option] for contestant in self.appraisal.forms]
        return tuple(sorted(found, key=lambda option: (-self.difference(option), option.id)))

    @cached_property
    def scored(self) -> tuple[OptionResult, ...]:
        """Every option that has a value, by rank."""
        found = [option for option in self.appraisal.options if option.value is not None]
        return tuple(
            sorted(found, key=lambda option: (option.rank or len(found) + 1, -self.difference(option), option.id))
        )

    @cached_property
    def closed(self) -> tuple[OptionResult, ...]:
        """Every option that is set aside or ruled out."""
        return tuple(option for option in self.appraisal.options if option.status in {"set-aside", "ruled-out"})

    @cached_property
    def leader(self) -> OptionResult | None:
        """The option that the verdict rests on: its leader, else the first that it names."""
        if self.verdict.leader is not None:
            return self.options.get(self.verdict.leader) or self.best_of(self.verdict.leader)
        return self.named[0] if self.named else None

    def best_of(self, form: str) -> OptionResult | None:
        """The option by which a form took part."""
        for contestant in self.appraisal.forms:
            if contestant.form == form:
                return self.options[contestant.option]
        return None

    @cached_property
    def runner_up(self) -> OptionResult | None:
        """The contestant of highest likely value that the verdict does not name."""
        named = {option.id for option in (*self.named, *((self.leader,) if self.leader else ()))}
        return next((option for option in self.contestants if option.id not in named), None)

    @cached_property
    def subject(self) -> OptionResult | None:
        """The option that is advised now, if it is a change: the route's first step, else what leads."""
        now = next((self.best_of(step.form) for step in self.appraisal.route if step.step == "now"), None)
        found = now if now is not None and now in self.named else next(iter(self.named), None)
        return None if self.is_carry_on(found) else found

    @property
    def start(self) -> date:
        """The day from which the plan is counted."""
        return self.case.timetable_start or self.appraisal.as_of

    @cached_property
    def _short_names(self) -> tuple[tuple[str, str], ...]:
        """Long option names with the short one that stands for each on the first page, longest first."""
        short = {option.name: self.form_name(option.form) for option in self.contestants}
        return tuple(sorted(short.items(), key=lambda pair: -len(pair[0])))

    def brief(self, text: str) -> str:
        """A text in which the options that took part go by the name of their form."""
        for long, short in self._short_names:
            text = text.replace(long, short)
        return told(text)

    @property
    def carry_on(self) -> str:
        """The id of carrying on."""
        return self.appraisal.reference.id

    def is_carry_on(self, option: OptionResult | None) -> bool:
        """True for carrying on itself."""
        return option is not None and option.form == self.carry_on

    @cached_property
    def rival(self) -> OptionResult | None:
        """What the leader is set against in words: carrying on, or its closest rival where it is carrying on itself."""
        if self.is_carry_on(self.leader):
            return self.runner_up
        return self.options.get(self.carry_on)

    # Figures

    def difference(self, option: OptionResult) -> float:
        """Points of likely value against carrying on."""
        return 0.0 if option.value is None else option.value.likely - self.appraisal.reference.value.likely

    def contrast(self, option: OptionResult, other: OptionResult | None) -> list[tuple[str, float]]:
        """By criterion, how many points set an option apart from another, the largest gain first."""
        mine = option.contributions or {}
        theirs = (other.contributions if other else None) or {}
        keys = [*(criterion.id for criterion in self.pack.criteria), AUTHORITY]
        found = [(key, mine.get(key, 0.0) - theirs.get(key, 0.0)) for key in keys if key in mine or key in theirs]
        return sorted(found, key=lambda pair: -pair[1])

    def ground(self, option: OptionResult, criterion: str) -> Ground:
        """What an option's points on a criterion rest on; the authority hurdle is by design."""
        cell = option.ratings.get(criterion)
        return cell.ground if cell else "by-design"

    def parts(self, option: OptionResult) -> dict[Ground, float]:
        """An option's difference from carrying on, by what it rests on."""
        found: dict[Ground, float] = defaultdict(float)
        for criterion, value in (option.contributions or {}).items():
            found[self.ground(option, criterion)] += value
        return dict(found)

    def beats(self, option: OptionResult, other: OptionResult) -> float | None:
        """The share in which one contestant is ahead of another."""
        for contestant in self.appraisal.forms:
            if contestant.option == option.id:
                return contestant.beats.get(other.form)
        return None

    # Sources

    @property
    def numbers(self) -> dict[str, int]:
        """The numbers given to sources so far; set it back where something that referred to more is thrown away."""
        return dict(self._numbers)

    @numbers.setter
    def numbers(self, numbers: dict[str, int]) -> None:
        self._numbers = dict(numbers)

    def cite(self, sources: Iterable[str]) -> Cite:
        """A reference to sources by their numbers; a source gets its number when it is first referred to."""
        known = [source for source in sources if source in self.pack.source_by_id]
        return Cite(tuple(sorted({self._numbers.setdefault(source, len(self._numbers) + 1) for source in known})))

    def cited(self) -> tuple[SourceEntry, ...]:
        """The sources referred to so far, by number."""
        return tuple(_entry(number, self.pack.source_by_id[source]) for source, number in self._numbers.items())

    def claim(self, claim: Claim) -> Spans:
        """A claim of the pack with its sources and how sure it is; without a source it is our judgement."""
        sure = SURENESS[claim.confidence]
        if claim.sources:
            return spans(claim.text, " ", self.cite(claim.sources), f" (confidence: {sure})")
        return spans(claim.text, f" (our judgement, confidence: {sure}. {claim.why})")


def told(text: str) -> str:
    """A sentence about answers in general, in which no partner's name stands for “{partner}”."""
    return text.replace("{partner}", "the partner")


def _entry(number: int, source: Source) -> SourceEntry:
    return SourceEntry(number, source.title, source.publisher, source.published, source.url, day(source.checked))
