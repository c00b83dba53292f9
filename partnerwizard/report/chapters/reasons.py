"""Why the named options are named, what speaks against them, and how strongly: sentences made from the figures."""

from __future__ import annotations

from partnerwizard.appraisal.model import OptionResult
from partnerwizard.report.blocks import Spans, bold, spans
from partnerwizard.report.text import first_sentences
from partnerwizard.report.view import AUTHORITY, View
from partnerwizard.report.words import (
    GROUND,
    VERDICT,
    inline,
    listed,
    percent,
    points,
    sentence,
)

_WAYS = "of the ways of weighing and rating that fit what was said"
_LEAST = 0.5
"""Points below this are not worth a reason."""

_LETTERS = 200


def strength(view: View) -> str:
    """How firm the answer is, in a sentence or two."""
    verdict = view.verdict
    share = percent(verdict.over_weights_and_ratings)
    leader = view.name(view.leader) if view.leader else ""
    match verdict.kind:
        case "clear" | "leading" if len(view.contestants) < 2:
            return "It is the only one left to compare, so there was nothing to be ahead of."
        case "clear" | "leading":
            return (
                f"Ahead of each other form in at least {share} {_WAYS}, and in at least "
                f"{percent(verdict.over_weights)} of the ways of weighing alone."
            )
        case "close-group":
            together = "These are not told apart: none is ahead of all the others often enough to be named alone."
            if any(view.is_carry_on(option) for option in view.named):
                together += " Carrying on is one of them, so nothing here is shown to be better than today."
            return together
        case "no-clear-winner":
            nearest = f"{leader} comes nearest, and is ahead of its closest rival in only {share} {_WAYS}."
            return f"Too many forms are close. {nearest}"
        case "not-enough-known":
            return (
                "Fewer than half of the facts that matter most are known. What follows is where an answer would start."
            )
        case "nothing-open":
            return "Every form but carrying on is closed by a rule or set aside on the facts given."


def kind_word(view: View) -> str:
    """The verdict's kind as a word."""
    return VERDICT[view.verdict.kind]


def reasons_for(view: View, most: int = 3, letters: int = _LETTERS) -> list[Spans]:
    """The reasons that carry the answer: the cause it touches, then its largest gains; each in some `letters`."""
    if view.verdict.kind == "close-group":
        return [_apart(view, option, True, letters) for option in view.named]
    if view.leader is None or not view.named:
        return []
    found = [touch] if (touch := _cause(view, view.leader, letters)) else []
    gains = [pair for pair in view.contrast(view.leader, view.rival) if pair[1] >= _LEAST]
    found += [_reason(view, criterion, value, letters) for criterion, value in gains[: most - len(found)]]
    return found


def reasons_against(view: View, most: int = 1, letters: int = _LETTERS) -> list[Spans]:
    """The strongest against: the largest losses; each in some `letters`."""
    if view.verdict.kind == "close-group":
        return [_apart(view, option, False, letters) for option in view.named]
    if view.leader is None or not view.named:
        return []
    losses = [pair for pair in reversed(view.contrast(view.leader, view.rival)) if pair[1] <= -_LEAST]
    return [_reason(view, criterion, value, letters) for criterion, value in losses[:most]]


def _cause(view: View, option: OptionResult, letters: int) -> Spans | None:
    touched = [cause for cause in option.causes_touched if cause in view.form(option).causes]
    if not touched:
        return None
    names = listed(inline(view.cause_name(cause)) for cause in touched)
    touch = view.form(option).causes[touched[0]]
    how = "directly" if touch.how == "directly" else "in part"
    return spans(bold(f"It touches the cause: {names}"), f" ({how}). {sentence(first_sentences(touch.text, letters))}")


def _reason(view: View, criterion: str, value: float, letters: int) -> Spans:
    """One criterion's part in the difference, told by the option whose rating makes it."""
    leader = view.leader
    assert leader is not None
    teller = leader
    if view.is_carry_on(leader) and view.rival is not None:
        teller = view.rival
    label = f"{view.criterion_name(criterion)} ({points(value)}, {GROUND[view.ground(teller, criterion)]})."
    who = f"{view.name(teller)}: " if teller is not leader else ""
    return spans(bold(label), " ", _told(view, teller, criterion, letters, who))


def _told(view: View, option: OptionResult, criterion: str, letters: int, who: str = "") -> Spans:
    if criterion == AUTHORITY:
        return spans(who + _authority(option))
    cell = option.ratings[criterion]
    return spans(who + sentence(first_sentences(cell.reason, letters)), " ", view.cite(cell.sources))


def _authority(option: OptionResult) -> str:
    return (
        f"The job needs authority of {option.authority_need:g} on a scale of 0 to 3, and this form falls "
        f"{option.authority_shortfall:g} short."
    )


def _apart(view: View, option: OptionResult, best: bool, letters: int) -> Spans:
    """Where one member of a close group does best, or worst, against the average of the others."""
    others = [other for other in view.named if other.id != option.id]
    found = [
        (
            criterion,
            value - sum((other.contributions or {}).get(criterion, 0.0) for other in others) / max(len(others), 1),
        )
        for criterion, value in (option.contributions or {}).items()
    ]
    criterion, value = (max if best else min)(found, key=lambda pair: pair[1])
    label = (
        f"{view.form_name(option.form)}: {inline(view.criterion_name(criterion))} ({points(value)} against the others)."
    )
    if view.is_carry_on(option):
        return spans(bold(label), " Nothing changes here, for better or worse.")
    return spans(bold(label), " ", _told(view, option, criterion, letters))
