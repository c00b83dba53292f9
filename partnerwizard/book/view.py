"""The pack as the book's templates read it: names, places, cross-references and lists in reading order."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property

from partnerwizard.book import evidence
from partnerwizard.book.conditions import in_words
from partnerwizard.book.due import SOON, Due, due
from partnerwizard.book.places import Places, form_file
from partnerwizard.pack.check import DERIVED_ANSWERS
from partnerwizard.pack.conditions import Condition
from partnerwizard.pack.load import PackFiles
from partnerwizard.pack.model import (
    Choice,
    Confidence,
    Criterion,
    Effect,
    Form,
    Gate,
    Ground,
    Question,
    Rating,
    Source,
    Term,
)
from partnerwizard.report.words import listed

CHAPTERS = {
    "reading": "How to read this book",
    "due": "What is due for review",
    "gaps": "What has no evidence",
    "matrix": "Forms and criteria at a glance",
    "forms": "The forms",
    "criteria": "Criteria and their scales",
    "causes": "Causes",
    "questions": "Questions",
    "gates": "Gates",
    "duties": "Duties",
    "adjustments": "Adjustments",
    "authority": "Authority that a job needs",
    "readiness": "Readiness",
    "precedents": "Precedents",
    "method": "Numbers of the method",
    "glossary": "Words",
    "sources": "Sources",
}
"""The chapters by anchor, in order."""

EFFECTS: tuple[Effect, ...] = ("ruled-out", "set-aside", "needs", "caution")

THRESHOLDS = {
    "points_per_level": "Points a level",
    "terms_share_low": "Least share of the terms",
    "terms_share_high": "Largest share of the terms",
    "common_share": "Share of error that all forms have in common",
    "clear": "Clear from",
    "leading": "Leading from",
    "close_group_size": "Largest close group",
    "authority_points": "Points for a step of authority",
    "adjustment_cap": "Most that facts may move a rating",
    "key_facts_share": "Share of the deciding facts that must be known",
}
"""The single numbers of the method by key, in words."""

_SWITCH = "switch."
_AUTHORITY = {0: "advice", 1: "agreement", 2: "shared leaders or management", 3: "one board"}


class View:
    """What the templates ask about the pack on a day."""

    def __init__(self, files: PackFiles, on: date) -> None:
        self.pack = files.pack
        self.on = on
        self.places = Places(files)
        self.chapters = {anchor: (number, title) for number, (anchor, title) in enumerate(CHAPTERS.items(), 1)}
        self.soon = SOON
        self.rated = tuple(form for form in self.pack.forms if form.ratings)

    # Lists in reading order

    @cached_property
    def due(self) -> list[Due]:
        """What is overdue or due soon."""
        return due(self.pack, self.places, self.on)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources by id, as a reader looks them up."""
        return tuple(sorted(self.pack.sources, key=lambda source: source.id))

    @cached_property
    def terms(self) -> list[tuple[int, Term]]:
        """The glossary in alphabetical order, with each term's number in the file."""
        return sorted(enumerate(self.pack.glossary), key=lambda entry: entry[1].term.casefold())

    @cached_property
    def uses(self) -> dict[str, tuple[evidence.Use, ...]]:
        """Where each source is used."""
        return evidence.uses(self.pack)

    def gates(self, effect: Effect) -> list[tuple[int, Gate]]:
        """The gates of an effect with their numbers in the file."""
        return [(number, gate) for number, gate in enumerate(self.pack.gates) if gate.effect == effect]

    def questions(self, step: str) -> list[tuple[int, Question]]:
        """The questions of a step with their numbers in the file."""
        return [(number, each) for number, each in enumerate(self.pack.questions) if each.step == step]

    def about(self, form: str) -> dict[str, list[tuple[str, str]]]:
        """Ids and anchors of the rules and precedents that name a form, by kind."""
        pack = self.pack
        kinds = {
            "Gates": [(each.id, f"gate-{each.id}") for each in pack.gates if form in each.forms],
            "Duties": [(each.id, f"duty-{each.id}") for each in pack.duties if form in each.forms],
            "Adjustments": [(each.id, f"adjustment-{each.id}") for each in pack.adjustments if form in each.forms],
            "Precedents": [(each.id, f"precedent-{each.id}") for each in pack.precedents if form == each.form],
        }
        return {kind: entries for kind, entries in kinds.items() if entries}

    def contest(self, form: Form) -> list[str]:
        """The other forms that stand as one with a form when the answer is formed."""
        return [
            other.id for other in self.pack.forms if other.contest_family == form.contest_family and other.id != form.id
        ]

    def touching(self, cause: str, how: str) -> list[str]:
        """The forms that touch a cause directly or partly."""
        return [form.id for form in self.pack.forms if cause in form.causes and form.causes[cause].how == how]

    def leaning(self, ingredient: str) -> list[str]:
        """The forms that lean most on an ingredient."""
        return [form.id for form in self.pack.forms if ingredient in form.leans_on]

    def reads_switch(self, switch: str) -> list[tuple[str, str]]:
        """Ids and anchors of the gates, duties, adjustments and authority needs that read a switch."""
        pack = self.pack
        rules: list[tuple[str, str, Condition]] = [
            *((each.id, f"gate-{each.id}", each.when) for each in pack.gates),
            *((each.id, f"duty-{each.id}", each.when) for each in pack.duties),
            *((each.id, f"adjustment-{each.id}", each.when) for each in pack.adjustments),
            *((each.id, f"authority-{each.id}", each.when) for each in pack.authority_needs),
        ]
        return [(id_, anchor) for id_, anchor, when in rules if f"{_SWITCH}{switch}" in when.facts()]

    # Words

    def condition(self, condition: Condition, of_one_partner: bool = False) -> str:
        """A condition as a sentence."""
        return in_words(condition, self.pack, of_one_partner=of_one_partner)

    def reads(self, condition: Condition) -> list[tuple[str, str | None]]:
        """The facts that a condition reads, each with the anchor of its question (None: derived or a switch)."""
        return [
            (fact, f"question-{fact}" if fact in self.pack.question_by_id else None)
            for fact in dict.fromkeys(condition.facts())
        ]

    def authority(self, value: float) -> str:
        """An amount of authority with what it means: 1 (agreement), 1.5 (between agreement and shared leaders …)."""
        if value == int(value):
            return f"{value:g} of 3: {_AUTHORITY[int(value)]}"
        return f"{value:g} of 3: between {_AUTHORITY[int(value)]} and {_AUTHORITY[int(value) + 1]}"

    def reaches(self, form: Form) -> str:
        """The scales that a form fits, in the words of the question."""
        question = self.pack.question_by_id[self.pack.head.roles.reach]
        texts = {choice.id: choice.text for choice in question.choices}
        return "; ".join(texts[reach] for reach in form.reach)

    def answers(self, fact: str, value: str | tuple[str, ...]) -> str:
        """The answer to a question, in words."""
        chosen = (value,) if isinstance(value, str) else value
        question = self.pack.question_by_id.get(fact)
        choices: tuple[Choice, ...] = () if question is None else question.choices
        texts = {choice.id: choice.text for choice in choices}
        return listed(texts.get(each, each) for each in chosen)

    def ingredient_name(self, ingredient: str) -> str:
        """The name of an ingredient."""
        return next(each.name for each in self.pack.ingredients if each.id == ingredient)

    def fact_name(self, fact: str) -> str:
        """The short name of a question, marked where it is about partners, or the id of a fact that is derived."""
        question = self.pack.question_by_id.get(fact)
        if question is None:
            return fact
        return f"{question.short} (partner)" if question.scope == "partner" else question.short

    @property
    def derived(self) -> tuple[str, ...]:
        """Facts that the program derives instead of asking."""
        return tuple(DERIVED_ANSWERS)

    # Evidence

    def claims(self, form: Form) -> dict[str, list[evidence.Stated]]:
        """The claims of a form's card by heading; a heading without claims stays, so that the gap shows."""
        grouped: dict[str, list[evidence.Stated]] = {
            heading: [] for heading in (*evidence.SINGLE.values(), *evidence.LISTED.values())
        }
        for stated in evidence.claims(form):
            grouped[stated.heading].append(stated)
        return grouped

    form_file = staticmethod(form_file)
    grounds = evidence.GROUNDS
    sure = evidence.SURE
    effects = EFFECTS
    thresholds = THRESHOLDS

    @cached_property
    def by_confidence(self) -> list[tuple[str, Counter[Confidence]]]:
        """Statements by confidence."""
        return evidence.by_confidence(self.pack)

    @cached_property
    def unknown_cells(self) -> list[tuple[Criterion, list[tuple[Form, Rating]]]]:
        """The cells that nobody knows, by criterion."""
        return evidence.unknown_cells(self.pack)

    @cached_property
    def unsourced_claims(self) -> list[tuple[Form, list[evidence.Stated]]]:
        """The claims without a source, by form."""
        return evidence.unsourced_claims(self.pack)

    @cached_property
    def unsourced_rules(self) -> list[tuple[str, list[tuple[str, str]], int]]:
        """Kinds of rule with those that name no source."""
        return evidence.unsourced_rules(self.pack)

    @cached_property
    def cells_by_ground(self) -> dict[str, Counter[Ground]]:
        """Cells on each ground, by criterion."""
        return evidence.cells_by_ground(self.pack)

    @cached_property
    def totals(self) -> dict[Ground, int]:
        """Cells on each ground, over all criteria."""
        return {ground: sum(found.get(ground, 0) for found in self.cells_by_ground.values()) for ground in self.grounds}
