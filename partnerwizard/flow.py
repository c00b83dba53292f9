"""Which question comes next and why: the steps, the quick look, what could still matter. Knows no window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from partnerwizard.appraisal.facts import Facts
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from partnerwizard.pack.conditions import Fact, Knowledge, Truth
from partnerwizard.pack.model import Pack, Question, Step

Topic = Literal["causes", "partners", "aims", "terms"]
"""What is asked on a page of its own instead of by a question of the pack."""

TOPIC_STEPS: dict[Topic, str] = {"causes": "problem", "partners": "partners", "aims": "aims", "terms": "terms"}
QUICK_LOOK_LIMIT = 12


@dataclass(frozen=True)
class Ask:
    """One question about the trust or the context, or about one partner (its id)."""

    question: Question
    partner: str | None

    def wording(self, case: Case) -> str:
        """The question's text with the partner's name in it."""
        name = "the partner" if self.partner is None else case.partner_by_id[self.partner].name
        return self.question.text.replace("{partner}", name)


@dataclass(frozen=True)
class StepView:
    """A step with its questions as they apply now, and how far it is done: open, part or done."""

    step: Step
    asks: tuple[Ask, ...]
    answered: int
    total: int

    @property
    def state(self) -> Literal["open", "part", "done"]:
        """Whether nothing, something or everything of the step has been given an answer (don't know is one)."""
        if self.answered == 0:
            return "open"
        return "done" if self.answered >= self.total else "part"


@dataclass(frozen=True)
class QuickItem:
    """One thing that the quick look asks: a question, or a topic with a page of its own."""

    what: Ask | Topic
    done: bool


def fact(pack: Pack, case: Case, ask: Ask) -> Fact:
    """How well the fact behind a question is known, with its answer."""
    (found,) = _facts(pack, case, ask)(ask.question.id)
    return found


def applies(pack: Pack, case: Case, ask: Ask) -> bool:
    """False where the question's own condition fails for this case: the fact then does not apply and is not asked."""
    if ask.question.asked_when is None:
        return True
    return ask.question.asked_when.evaluate(_facts(pack, case, ask)) is not Truth.FAILS


def _facts(pack: Pack, case: Case, ask: Ask) -> Facts:
    """Facts as the question reads them: of its partner, or for the trust and the context of every partner named."""
    return Facts(pack, case, tuple(case.partner_by_id) if ask.partner is None else (ask.partner,))


def asks(pack: Pack, case: Case, step: str) -> tuple[Ask, ...]:
    """The questions of a step as they apply now; those about partners once for each partner."""
    found: list[Ask] = []
    for question in pack.questions:
        if question.step != step:
            continue
        about = tuple(case.partner_by_id) if question.scope == "partner" else (None,)
        found += [ask for partner in about if applies(pack, case, ask := Ask(question, partner))]
    return tuple(found)


def steps(pack: Pack, case: Case) -> tuple[StepView, ...]:
    """Every step of the wizard with what it asks of this case and how far it is done."""
    views: list[StepView] = []
    for step in pack.head.steps:
        mine = asks(pack, case, step.id)
        given = sum(fact(pack, case, ask).knowledge is not Knowledge.UNANSWERED for ask in mine)
        topics = [topic for topic, place in TOPIC_STEPS.items() if place == step.id]
        topics_done = sum(topic_done(case, topic) for topic in topics)
        views.append(StepView(step, mine, given + topics_done, len(mine) + len(topics)))
    return tuple(views)


def topic_done(case: Case, topic: Topic) -> bool:
    """Whether a topic with a page of its own has been given anything."""
    return bool({"causes": case.causes, "partners": case.partners, "aims": case.aims, "terms": case.terms}[topic])


def quick_look(pack: Pack, case: Case) -> tuple[QuickItem, ...]:
    """The quick look in order: at most the twelve things that decide most, about the first partner."""
    first = next(iter(case.partner_by_id), None)
    items: list[QuickItem] = []
    ordered = sorted((q for q in pack.questions if q.quick is not None), key=lambda q: q.quick or 0)
    for step in pack.head.steps:
        items += [QuickItem(topic, topic_done(case, topic)) for topic, place in TOPIC_STEPS.items() if place == step.id]
        for question in ordered:
            ask = Ask(question, first if question.scope == "partner" else None)
            if question.step == step.id and applies(pack, case, ask):
                known = ask.partner is not None or question.scope != "partner"
                done = known and fact(pack, case, ask).knowledge is not Knowledge.UNANSWERED
                items.append(QuickItem(ask, done))
    return tuple(items[:QUICK_LOOK_LIMIT])


def readers(pack: Pack, forms: frozenset[str]) -> dict[str, int]:
    """How many rules of these forms read each fact; a fact that none reads cannot matter."""
    counted: dict[str, int] = {}
    conditions = [gate.when for gate in pack.gates if forms & set(gate.forms)]
    conditions += [each.when for each in pack.adjustments if forms & set(each.forms)]
    conditions += [need.when for need in pack.authority_needs]
    conditions += [form.in_place_when for form in pack.forms if form.id in forms and form.in_place_when is not None]
    for condition in conditions:
        for read in set(condition.facts()):
            counted[read] = counted.get(read, 0) + 1
    return counted


def remaining(pack: Pack, case: Case, appraisal: Appraisal) -> tuple[Ask, ...]:
    """The unanswered questions that could still change the answer, most decisive first; none when no answer could.

    Each is found by trying its answers one at a time (`partnerwizard.appraisal.find_out`). A question answered "don't
    know" is not asked again.
    """
    found: list[Ask] = []
    for each in appraisal.find_out:
        question = pack.question_by_id.get(each.fact)
        if question is None or not each.could_change_the_answer:
            continue
        ask = Ask(question, each.about if question.scope == "partner" else None)
        # An appraisal of a moment ago may still speak of a partner that has gone since.
        there = ask.partner is None or ask.partner in case.partner_by_id
        if there and applies(pack, case, ask) and fact(pack, case, ask).knowledge is Knowledge.UNANSWERED:
            found.append(ask)
    return tuple(found)
