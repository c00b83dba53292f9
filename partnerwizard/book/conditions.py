"""Conditions in plain words: what a reviewer reads instead of the pack's tables."""

from __future__ import annotations

from collections.abc import Sequence

from partnerwizard.pack.conditions import All, Always, Comparison, Condition, Not, Some
from partnerwizard.pack.model import Pack, Question

_SWITCH = "switch."
_DIRECTIONS = {"we-lead": ("we lead", "we do not lead"), "they-lead": ("the partner leads", "the partner does not lead")}
_WHOSE = {
    ("any", False): "a partner’s",
    ("any", True): "no partner’s",
    ("all", False): "every partner’s",
    ("all", True): "not every partner’s",
}


def in_words(condition: Condition, pack: Pack) -> str:
    """The condition as one sentence, "In every case." or "When ….", with questions and answers by their own words.

    Negations are carried down to the single comparisons, and parts inside parts stand in brackets, so that the
    sentence has one reading only. What the pack does not know is named by its id.
    """
    match condition:
        case Always():
            return "In every case."
        case Not(not_=Always()):
            return "In no case."
    return f"When {_clause(condition, pack, negated=False)}."


def _clause(condition: Condition, pack: Pack, *, negated: bool) -> str:
    match condition:
        case Not(not_=part):
            return _clause(part, pack, negated=not negated)
        case All(all=parts):
            return _joined(parts, pack, "or" if negated else "and", negated=negated)
        case Some(any=parts):
            return _joined(parts, pack, "and" if negated else "or", negated=negated)
        case Comparison():
            return _compared(condition, pack, negated=negated)
        case Always():
            return "nothing at all holds" if negated else "anything holds"


def _joined(parts: Sequence[Condition], pack: Pack, word: str, *, negated: bool) -> str:
    if len(parts) == 1:
        return _clause(parts[0], pack, negated=negated)
    clauses = [
        f"({clause})" if _compound(part) else clause
        for part in parts
        for clause in [_clause(part, pack, negated=negated)]
    ]
    return ("either " if word == "or" else "") + f", {word} ".join(clauses)


def _compound(condition: Condition) -> bool:
    match condition:
        case Not(not_=part):
            return _compound(part)
        case All(all=parts) | Some(any=parts):
            return len(parts) > 1 or _compound(parts[0])
    return False


def _compared(comparison: Comparison, pack: Pack, *, negated: bool) -> str:
    fact, wanted = comparison.fact, comparison.wanted
    if fact == "option.direction" and set(wanted) <= _DIRECTIONS.keys():
        return (" and " if negated else " or ").join(_DIRECTIONS[each][negated] for each in wanted)
    if fact == "causes-held" and wanted in {("some",), ("none",)}:
        return f"{'some' if (wanted == ('some',)) is not negated else 'no'} cause is held with confidence"
    if comparison.at_least is not None:
        number = f"{comparison.at_least:g}"
        if fact == "number-of-bodies":
            return f"{'fewer than' if negated else 'at least'} {number} bodies take part"
        return f"“{fact}” is {'below' if negated else 'at least'} {number}"
    if fact.startswith(_SWITCH):
        says = "does not stand at" if negated else "stands at"
        return f"the switch “{fact.removeprefix(_SWITCH)}” {says} {_answers(wanted)}"
    if fact == "causes":
        names = [pack.cause_by_id[each].name if each in pack.cause_by_id else each for each in wanted]
        return f"the causes held {_several(comparison, names, negated, ('include', 'do not include', 'are'))}"
    question = pack.question_by_id.get(fact)
    if question is None:
        return f"“{fact}” {_one(wanted, negated)}"
    names = [_answer(question, each, pack) for each in wanted]
    if question.scope == "partner":
        # "No partner's … is" already says the negation; the verb must not say it again.
        subject, denied = f"{_WHOSE[comparison.of, negated]} “{question.short}”", False
    else:
        subject, denied = f"{'your ' if _ambiguous(question, pack) else ''}“{question.short}”", negated
    if question.kind == "many" or comparison.only is not None:
        return f"{subject} {_several(comparison, names, denied, ('includes', 'does not include', 'is'))}"
    return f"{subject} {_one(names, denied)}"


def _several(comparison: Comparison, names: Sequence[str], negated: bool, verbs: tuple[str, str, str]) -> str:
    """What is said of a fact that may have several answers: some of these are among them, or nothing but these."""
    has, has_not, is_ = verbs
    if comparison.only is not None:
        return f"{has} something besides {_answers(names, 'and')}" if negated else f"{is_} nothing but {_answers(names)}"
    if not negated:
        return f"{has} {_answers(names)}"
    return f"{has_not} {_answers(names)}"


def _one(names: Sequence[str], negated: bool) -> str:
    return f"is {'not ' if negated else ''}{_answers(names)}"


def _answers(names: Sequence[str], word: str = "or") -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"


def _answer(question: Question, answer: str, pack: Pack) -> str:
    if question.kind == "form":
        return pack.form_by_id[answer].name if answer in pack.form_by_id else answer
    text = next((choice.text for choice in question.choices if choice.id == answer), answer)
    return text.replace("{partner}", "the partner")


def _ambiguous(question: Question, pack: Pack) -> bool:
    """Whether a question about partners has the same short name."""
    return any(
        each.short == question.short and each.scope == "partner" for each in pack.questions if each.id != question.id
    )
