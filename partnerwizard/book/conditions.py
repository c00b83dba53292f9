"""Conditions in plain words: what a reviewer reads instead of the pack's tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerwizard.pack.conditions import All, Always, Comparison, Condition, Not, Some
from partnerwizard.pack.model import Pack, Question

_SWITCH = "switch."
_DIRECTIONS = {
    "we-lead": ("we lead", "we do not lead"),
    "they-lead": ("the partner leads", "the partner does not lead"),
}
_WHOSE = {
    ("any", False): "a partner’s",
    ("any", True): "no partner’s",
    ("all", False): "every partner’s",
    ("all", True): "not every partner’s",
}


def in_words(condition: Condition, pack: Pack, *, of_one_partner: bool = False) -> str:
    """The condition as one sentence, "In every case." or "When ….", with questions and answers by their own words.

    Negations are carried down to the single comparisons, and parts inside parts stand in brackets, so that the
    sentence has one reading only. What the pack does not know is named by its id. `of_one_partner`: it is put to each
    partner by itself, as where it says when a question about a partner is asked.
    """
    clause = _Wording(pack, of_one_partner).clause(condition)
    return {"always": "In every case.", "never": "In no case."}.get(clause, f"When {clause}.")


@dataclass(frozen=True, slots=True)
class _Wording:
    pack: Pack
    of_one_partner: bool

    def clause(self, condition: Condition, negated: bool = False) -> str:
        match condition:
            case Not(not_=part):
                return self.clause(part, not negated)
            case All(all=parts):
                return self._joined(parts, "or" if negated else "and", negated)
            case Some(any=parts):
                return self._joined(parts, "and" if negated else "or", negated)
            case Comparison():
                return self._compared(condition, negated)
            case Always():
                return "never" if negated else "always"

    def _joined(self, parts: Sequence[Condition], word: str, negated: bool) -> str:
        if len(parts) == 1:
            return self.clause(parts[0], negated)
        clauses = [self.clause(part, negated) for part in parts]
        bracketed = [f"({each})" if _compound(part) else each for part, each in zip(parts, clauses, strict=True)]
        return ("either " if word == "or" else "") + f", {word} ".join(bracketed)

    def _compared(self, comparison: Comparison, negated: bool) -> str:
        if comparison.at_least is not None:
            return _counted(comparison.fact, comparison.at_least, negated)
        question = self.pack.question_by_id.get(comparison.fact)
        if question is None:
            return self._derived(comparison, negated)
        subject, denied = self._subject(question, comparison, negated)
        names = [self._answer(question, each) for each in comparison.wanted]
        if comparison.only is not None:
            return f"{subject} {_only('includes', names, denied)}"
        if question.kind == "many":
            return f"{subject} {_some('includes', 'does not include', names, denied)}"
        return f"{subject} {_is(names, denied)}"

    def _derived(self, comparison: Comparison, negated: bool) -> str:
        """What is said of a fact that the program derives, or of a switch."""
        fact, wanted = comparison.fact, comparison.wanted
        if fact.startswith(_SWITCH):
            says = "does not stand at" if negated else "stands at"
            return f"the switch “{fact.removeprefix(_SWITCH)}” {says} {_quoted(wanted)}"
        if fact == "option.direction" and set(wanted) <= _DIRECTIONS.keys():
            return (", and " if negated else ", or ").join(_DIRECTIONS[each][negated] for each in wanted)
        if fact == "causes-held" and wanted in {("some",), ("none",)}:
            return f"{'some' if (wanted == ('some',)) is not negated else 'no'} cause is held with confidence"
        if fact == "causes":
            names = [self.pack.cause_by_id[each].name if each in self.pack.cause_by_id else each for each in wanted]
            if comparison.only is not None:
                return f"the causes held {_only('include', names, negated)}"
            return f"the causes held {_some('include', 'do not include', names, negated)}"
        return f"“{fact}” {_is(wanted, negated)}"

    def _subject(self, question: Question, comparison: Comparison, negated: bool) -> tuple[str, bool]:
        """Whose fact it is, and whether the verb must still deny: "no partner's … is" has done so already."""
        name = f"“{question.short}”"
        if question.scope != "partner":
            return (f"your {name}" if self._shared_with_partners(question) else name), negated
        if self.of_one_partner:
            return f"the partner’s {name}", negated
        return f"{_WHOSE[comparison.of, negated]} {name}", False

    def _answer(self, question: Question, answer: str) -> str:
        if question.kind == "form":
            return self.pack.form_by_id[answer].name if answer in self.pack.form_by_id else answer
        text = next((choice.text for choice in question.choices if choice.id == answer), answer)
        return text.replace("{partner}", "the partner")

    def _shared_with_partners(self, question: Question) -> bool:
        """Whether a question about partners has the same short name."""
        return any(each.scope == "partner" and each.short == question.short for each in self.pack.questions)


def _compound(condition: Condition) -> bool:
    """Whether several clauses come of it."""
    match condition:
        case Not(not_=part):
            return _compound(part)
        case All(all=parts) | Some(any=parts):
            return len(parts) > 1 or _compound(parts[0])
    return False


def _counted(fact: str, least: float, negated: bool) -> str:
    number = f"{least:g}"
    if fact == "number-of-bodies":
        return f"{'fewer than' if negated else 'at least'} {number} bodies take part"
    return f"“{fact}” is {'below' if negated else 'at least'} {number}"


def _is(names: Sequence[str], negated: bool) -> str:
    if not negated:
        return f"is {_quoted(names)}"
    return f"is not {_quoted(names)}" if len(names) == 1 else f"is none of {_quoted(names, 'and')}"


def _some(has: str, has_not: str, names: Sequence[str], negated: bool) -> str:
    """Of a fact with several answers: one of these is among them."""
    if not negated:
        return f"{has} {_quoted(names)}"
    return f"{has_not} {_quoted(names)}" if len(names) == 1 else f"{has} none of {_quoted(names, 'and')}"


def _only(has: str, names: Sequence[str], negated: bool) -> str:
    """Of a fact with several answers: every one of them is among these."""
    return f"{has} something besides {_quoted(names, 'and')}" if negated else f"{has} nothing but {_quoted(names)}"


def _quoted(names: Sequence[str], word: str = "or") -> str:
    quoted = [f"“{name}”" for name in names]
    return "".join(quoted) if len(quoted) < 2 else f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"
