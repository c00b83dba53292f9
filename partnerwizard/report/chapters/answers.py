"""What was answered: answered, don't know, does not apply and unanswered told apart."""

from __future__ import annotations

from collections import Counter

from partnerwizard.appraisal.facts import Facts
from partnerwizard.pack.conditions import Fact, Knowledge
from partnerwizard.pack.model import Question
from partnerwizard.report.blocks import Block, Column, Heading, Paragraph, Section, Spans, Table, spans
from partnerwizard.report.text import one_line
from partnerwizard.report.view import View
from partnerwizard.report.words import listed

_SAID = {
    Knowledge.DONT_KNOW: "Don’t know",
    Knowledge.DOES_NOT_APPLY: "Does not apply",
    Knowledge.UNANSWERED: "Not answered",
}


def answers(view: View) -> Section:
    """Every question with its answer, about the trust and the setting, then about each partner."""
    own = [question for question in view.pack.questions if question.scope != "partner"]
    blocks: list[Block] = [Heading(3, "The trust and its setting", "answers-trust"), *_table(view, own, None)]
    about_partners = [question for question in view.pack.questions if question.scope == "partner"]
    for partner in view.case.partners:
        blocks.append(Heading(3, view.partner_name(partner.id), f"answers-{partner.id}"))
        blocks += _table(view, about_partners, partner.id)
    return Section(Heading(2, "Answers given", "answers"), tuple(blocks))


def _table(view: View, questions: list[Question], partner: str | None) -> list[Block]:
    known = view.facts if partner is None else Facts(view.pack, view.case, (partner,))
    found = [(question, known(question.id)[0]) for question in questions if known(question.id)]
    counts = Counter(fact.knowledge for _, fact in found)
    said = listed(f"{counts[each]} {each.value}" for each in Knowledge if counts[each])
    rows = tuple(
        (spans(question.short), _answer(view, question, fact))
        for question, fact in found
        if fact.knowledge is not Knowledge.DOES_NOT_APPLY
    )
    beside = [question.short for question, fact in found if fact.knowledge is Knowledge.DOES_NOT_APPLY]
    whom = "the trust and its setting" if partner is None else view.partner_name(partner)
    blocks: list[Block] = [
        Paragraph(spans(f"Of {len(found)} questions: {said}.")) if said else Paragraph(spans("None."))
    ]
    if rows:
        blocks.append(Table(f"Answers about {whom}", (Column("Question", 1), Column("Answer", 2)), rows))
    if beside:
        blocks.append(Paragraph(spans(f"Does not apply: {listed(name.lower() for name in beside)}."), "small"))
    return blocks


def _answer(view: View, question: Question, fact: Fact) -> Spans:
    if fact.knowledge is not Knowledge.ANSWERED:
        return spans(_SAID[fact.knowledge])
    if question.kind == "form":
        return spans(listed(view.form_name(value) for value in fact.values))
    texts = {choice.id: choice.text for choice in question.choices}
    return spans("; ".join(one_line(texts.get(value, value)) for value in fact.values))
