"""What things are called on screen: answers, statuses, names of options, in plain words."""

from __future__ import annotations

from datetime import date

from partnerwizard.appraisal.model import OptionResult
from partnerwizard.case.model import DOES_NOT_APPLY, Answer, Case
from partnerwizard.flow import Ask
from partnerwizard.pack.model import Confidence, Pack
from partnerwizard.report.words import day

DONT_KNOW_WORDS = "We do not know"
DOES_NOT_APPLY_WORDS = "Does not apply"
UNANSWERED_WORDS = "Not answered"

CONFIDENCES: dict[Confidence, str] = {"high": "Surely", "moderate": "Probably", "low": "Perhaps"}


def answer_of(case: Case, ask: Ask) -> Answer | None:
    """The answer that the case holds for a question, None if it is unanswered."""
    if ask.partner is None:
        return case.answers.get(ask.question.id)
    return case.partner_by_id[ask.partner].answers.get(ask.question.id)


def answer_in_words(pack: Pack, ask: Ask, answer: Answer | None) -> str:
    """An answer as the user reads it; the four ways of not having one are told apart."""
    if answer is None:
        return UNANSWERED_WORDS
    value = answer.value
    if value is None:
        return DONT_KNOW_WORDS
    if value == DOES_NOT_APPLY:
        return DOES_NOT_APPLY_WORDS
    texts = {choice.id: choice.text for choice in ask.question.choices}
    if ask.question.kind == "form" and isinstance(value, str) and value in pack.form_by_id:
        return pack.form_by_id[value].name
    if ask.question.kind == "date" and isinstance(value, str):
        return _day(value)
    if isinstance(value, tuple):
        return ", ".join(texts.get(each, each) for each in value)
    return texts.get(value, value)


def _day(iso: str) -> str:
    """A day as it is read; what an older version let through stays as it was typed."""
    try:
        return day(date.fromisoformat(iso))
    except ValueError:
        return iso


def with_partner(text: str, case: Case, partner: str | None) -> str:
    """A text of the pack with the partner's name where it leaves room for it."""
    return text if partner is None else text.replace("{partner}", case.partner_by_id[partner].name)


def partner_names(case: Case, ids: tuple[str, ...]) -> str:
    """Partners' names joined as in a sentence."""
    names = [case.partner_by_id[each].name if each in case.partner_by_id else each for each in ids]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def why_in_or_out(option: OptionResult) -> str:
    """One sentence: the reason that gives an option its status."""
    by_status = {"ruled-out": "ruled-out", "set-aside": "set-aside", "needs": "needs"}
    wanted = by_status.get(option.status)
    for gate in option.gates:
        if gate.lifted is not None:
            continue
        if option.status == "unresolved" and gate.state == "unknown" and gate.effect in {"ruled-out", "set-aside"}:
            return gate.reason
        if gate.effect == wanted and gate.state == "holds":
            return gate.reason
    if option.status == "needs":
        for gate in option.gates:
            if gate.effect == "needs" and gate.state == "unknown":
                return f"It may need a step first: {gate.reason}"
    return {
        "in-place": "Today's arrangement is already this or more.",
        "open": "Nothing that is known stands in its way.",
        "unresolved": "Whether it is open depends on an answer that is not known.",
    }.get(option.status, "")


def finding(sentence: str) -> tuple[str, str]:
    """The verdict's sentence as a headline, and what is left to say; its strength stands beside it on every screen."""
    from partnerwizard.report.chapters.front import split_headline

    headline, rest = split_headline(sentence)
    return (f"{headline[:-1]}.", "") if headline.endswith(":") else (headline, rest)


def shortened(text: str, length: int = 44) -> str:
    """A text cut at a word for a place with little room."""
    plain = " ".join(text.split())
    if len(plain) <= length:
        return plain
    return plain[:length].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
