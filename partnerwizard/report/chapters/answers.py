"""What was answered: answered, don't know, does not apply and unanswered told apart."""

from __future__ import annotations

from collections import Counter

from partnerwizard.appraisal.facts import Facts
from partnerwizard.pack.conditions import Fact, Knowledge
from partnerwizard.pack.model import Question
from partnerwizard.report.blocks import Block, Column, Heading, Paragraph, Section, Spans, Table, bold, spans
from partnerwizard.report.text import one_line
from partnerwizard.report.view import View
from partnerwizard.report.words import counted, inline, listed

_BESIDE = {Knowledge.UNANSWERED: "Not answered", Knowledge.DOES_NOT_APPLY: "Does not apply"}


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
        (spans(question.short), answer_words(view, question, fact, partner))
        for question, fact in found
        if fact.knowledge in {Knowledge.ANSWERED, Knowledge.DONT_KNOW}
    )
    whom = "the trust and its setting" if partner is None else view.partner_name(partner)
    blocks: list[Block] = [Paragraph(spans(f"Of {counted(len(found), 'question')}: {said}."))]
    if rows:
        blocks.append(Table(f"Answers about {whom}", (Column("Question", 1), Column("Answer", 2)), rows))
    for knowledge, word in _BESIDE.items():
        names = [inline(question.short) for question, fact in found if fact.knowledge is knowledge]
        if names:
            blocks.append(Paragraph(spans(bold(f"{word}: "), f"{listed(names)}."), "small"))
    return blocks


def answer_words(view: View, question: Question, fact: Fact, partner: str | None = None) -> Spans:
    """What was answered, or that it is not known or does not apply."""
    match fact.knowledge:
        case Knowledge.DONT_KNOW:
            return spans("Don’t know")
        case Knowledge.UNANSWERED | Knowledge.DOES_NOT_APPLY:
            return spans(_BESIDE[fact.knowledge])
    if question.kind == "form":
        return spans(listed(view.form_name(value) for value in fact.values))
    texts = {choice.id: choice.text for choice in question.choices}
    said = "; ".join(one_line(texts.get(value, value)) for value in fact.values)
    return spans(said if partner is None else said.replace("{partner}", view.partner_name(partner)))
