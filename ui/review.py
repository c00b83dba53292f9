"""Everything that the case says, as rows grouped by step, with what is missing told apart and what that costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from partnerwizard import flow
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case import edit
from partnerwizard.case.model import DOES_NOT_APPLY, Case, Ranking
from partnerwizard.pack.model import Pack
from ui.places import EVIDENCE, HUNCH, OPTIONS
from ui.words import CONFIDENCES, answer_in_words, answer_of, partner_names, with_partner

State = Literal["given", "not-known", "does-not-apply", "skipped", "missing", "none"]
"""`none`: nothing is said and nothing need be, such as no red line."""

NOT_PROVIDED = "Not provided"
SKIPPED = "Skipped for now"

FIRST = "It could still change the answer: what comes first, what is open, or how far ahead it is."
COULD = "It moves the figures a little; by itself it would not change the answer."
CANNOT = "No answer counts here, as things stand."
NO_RESULT = "What it costs can be said once there is a first answer."


@dataclass(frozen=True)
class Row:
    """One thing that the case says. `ask`: its question; without one it is changed on the step itself."""

    title: str
    words: str
    state: State
    cost: str
    place: str
    ask: flow.Ask | None = None

    @property
    def key(self) -> tuple[str, str, str | None]:
        """What tells the row apart from the others."""
        return (self.place, self.ask.question.id if self.ask else self.title, self.ask.partner if self.ask else None)


@dataclass(frozen=True)
class Group:
    """The rows of one step, or those of one partner on it."""

    title: str
    rows: tuple[Row, ...]


class Review:
    """Reads a case."""

    def __init__(self, pack: Pack, case: Case, appraisal: Appraisal | None) -> None:
        self._pack = pack
        self._case = case
        self._appraisal = appraisal
        self._decisive: set[tuple[str, str | None]] = set()
        self._read: dict[str, int] = {}
        if appraisal is not None:
            self._decisive = {
                (each.fact, each.about if each.about in case.partner_by_id else None)
                for each in appraisal.find_out
                if each.could_change_the_answer
            }
            recommendable = {"open", "needs", "unresolved"}
            forms = frozenset(option.form for option in appraisal.options if option.status in recommendable)
            self._read = flow.readers(pack, forms)

    def groups(self) -> Iterator[Group]:
        """Every step in order; questions about partners in a group for each."""
        for step in self._pack.head.steps:
            asks = flow.asks(self._pack, self._case, step.id)
            own = [self._of_ask(step.id, ask) for ask in asks if ask.partner is None]
            rows = (*self._topics(step.id), *own)
            if rows:
                yield Group(step.title, rows)
            for partner in self._case.partners:
                about = tuple(self._of_ask(step.id, ask) for ask in asks if ask.partner == partner.id)
                if about:
                    yield Group(f"{step.title}: {partner.name}", about)
        yield Group("What you say besides", tuple(self._said_besides()))

    def _said_besides(self) -> Iterator[Row]:
        """What is said beyond the questions; none of it need be."""
        case, pack = self._case, self._pack
        hunch = ""
        if case.hunch is not None:
            form = pack.form_by_id.get(case.hunch.form or "")
            hunch = ": ".join(each for each in (form.name if form else "", " ".join(case.hunch.text.split())) if each)
        criteria = pack.criterion_by_id
        given = [(criteria[each].name, ends) for each, ends in case.points.items() if each in criteria]
        points = "; ".join(f"{name} {low:g} to {high:g}" for name, (low, high) in given)
        own = [(rated.form, rated.criterion) for rated in case.overrides]
        own += [(option.id, criterion) for option in case.local_options for criterion in option.ratings]
        ratings = "; ".join(
            f"{pack.form_by_id[form].name}: {criteria[criterion].name.lower()}"
            for form, criterion in own
            if form in pack.form_by_id and criterion in criteria
        )
        for title, words, place in (
            ("Your own hunch", hunch, HUNCH),
            ("Points for aims and terms", points, flow.TOPIC_STEPS["terms"]),
            ("Options of your own", "; ".join(option.name for option in case.local_options), OPTIONS),
            ("Ratings of your own", ratings, EVIDENCE),
            ("Options brought back", self._brought_back(), OPTIONS),
        ):
            yield Row(title, words or "None", "given" if words else "none", "", place)

    def _brought_back(self) -> str:
        forms = self._pack.form_by_id
        said = []
        for each in self._case.lifted:
            form = each.option.partition(":")[0]
            said.append(f"{forms[form].name if form in forms else each.option} ({each.reason})")
        return "; ".join(said)

    def _of_ask(self, place: str, ask: flow.Ask) -> Row:
        answer = answer_of(self._case, ask)
        words = with_partner(answer_in_words(self._pack, ask, answer), self._case, ask.partner)
        state: State = "given"
        if answer is None:
            state = "skipped" if self._is_skipped(ask) else "missing"
            words = SKIPPED if state == "skipped" else NOT_PROVIDED
        elif answer.value is None:
            state = "not-known"
        elif answer.value == DOES_NOT_APPLY:
            state = "does-not-apply"
        cost = self.cost(ask) if state in {"not-known", "skipped", "missing"} else ""
        return Row(ask.wording(self._case), words, state, cost, place, ask)

    def _is_skipped(self, ask: flow.Ask) -> bool:
        """Whether the question was left for later."""
        case = self._case
        return ask.question.id in (case if ask.partner is None else case.partner_by_id[ask.partner]).skipped

    def cost(self, ask: flow.Ask) -> str:
        """What it costs the advice that this is not known."""
        if self._appraisal is None:
            return NO_RESULT
        if (ask.question.id, ask.partner) in self._decisive:
            return FIRST
        return COULD if ask.question.id in self._read else CANNOT

    def _topics(self, step: str) -> Iterator[Row]:
        case, pack = self._case, self._pack
        match step:
            case "problem":
                yield self._row(step, "What is wrong, in your own words", case.problem, "It opens the report.")
                held = "; ".join(
                    f"{pack.cause_by_id[cause.id].name} ({CONFIDENCES[cause.confidence].lower()})"
                    for cause in case.causes
                    if cause.id in pack.cause_by_id
                )
                yield self._row(step, "What lies behind it", held, "No form is set aside for missing the cause.")
            case "trust":
                yield self._row(step, "Your trust’s name", case.organisation, "The report’s first page has no name.")
                yield self._row(step, "Name of this piece of work", case.title, "The report has a general title.")
            case "partners":
                names = "; ".join(partner.name for partner in case.partners)
                yield self._row(
                    step, "Possible partners", names, "Only forms that need no partner can be weighed fully."
                )
                if len(case.partners) > 1:
                    groups = "; ".join(partner_names(case, each.partners) for each in case.groupings)
                    yield self._row(
                        step, "Who would act together", groups, "Forms that take several partners are left out."
                    )
            case "aims":
                yield self._row(
                    step,
                    "What should get better, in order",
                    self._ranked(case.aims),
                    "Without an aim there is no advice.",
                )
            case "red-lines":
                lines = "; ".join(f"{line.text} ({line.owner})" for line in case.red_lines)
                yield Row("Red lines", lines or "None", "given" if lines else "none", "", step)
            case "terms":
                yield self._row(
                    step, "What the change may ask, in order", self._ranked(case.terms), "All terms count alike."
                )
                swing = f"Between {case.swing[0]:g} and {case.swing[1]:g} of 100" if case.swing else ""
                yield self._row(
                    step,
                    "The top term against the top aim",
                    swing,
                    "The terms together are taken to weigh "
                    f"{pack.head.method.terms_share_low.value:.0%} to {pack.head.method.terms_share_high.value:.0%}.",
                )

    def _row(self, step: str, title: str, words: str, cost: str) -> Row:
        if words.strip():
            return Row(title, " ".join(words.split()), "given", "", step)
        skipped = any(self._is_skipped(ask) for ask in flow.asks(self._pack, self._case, step))
        return Row(title, SKIPPED if skipped else NOT_PROVIDED, "skipped" if skipped else "missing", cost, step)

    def _ranked(self, ranking: Ranking) -> str:
        names = self._pack.criterion_by_id
        return ", then ".join(
            " and ".join(names[each].name if each in names else each for each in tie) for tie in ranking
        )


def skip_step(case: Case, pack: Pack, step: str) -> Case:
    """The case with every question of a step that has no answer left for later."""
    for ask in flow.asks(pack, case, step):
        if answer_of(case, ask) is None:
            case = edit.skip(case, ask.question.id, ask.partner)
    return case


def summary(groups: tuple[Group, ...]) -> str:
    """How much is given, and what of the rest could still change the answer."""
    rows = [row for group in groups for row in group.rows]
    counts = {state: sum(row.state == state for row in rows) for state in ("given", "not-known", "does-not-apply")}
    open_ = [row for row in rows if row.state in {"missing", "skipped"}]
    skipped = sum(row.state == "skipped" for row in open_)
    parts = [
        f"{counts['given']} given",
        f"{counts['not-known']} not known",
        f"{counts['does-not-apply']} not applying",
        f"{len(open_)} not provided" + (f" ({skipped} skipped for now)" if skipped else ""),
    ]
    if any(row.cost == NO_RESULT for row in rows):
        return f"{', '.join(parts)}."
    first = sum(row.cost == FIRST for row in rows)
    if not first:
        return f"{', '.join(parts)}. Nothing that is missing would change the answer by itself."
    return f"{', '.join(parts)}. {first} of what is missing could still change the answer."
