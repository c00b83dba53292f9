"""The first page, which stands alone."""

from __future__ import annotations

from dataclasses import dataclass

from partnerwizard.appraisal.model import FindOut, OptionResult, SmallestChange
from partnerwizard.report.blocks import (
    Block,
    Bullets,
    Callout,
    Heading,
    KeyFacts,
    Pair,
    Paragraph,
    Spans,
    bold,
    spans,
)
from partnerwizard.report.chapters.closed import closing_groups, closing_name, common_reason
from partnerwizard.report.chapters.next_steps import must_be_true, next_steps
from partnerwizard.report.chapters.options import ranked_chart
from partnerwizard.report.chapters.reasons import kind_word, reasons_against, reasons_for, strength
from partnerwizard.report.measure import PAGE, height
from partnerwizard.report.pictures import best_of_forms
from partnerwizard.report.text import first_sentences, one_line
from partnerwizard.report.view import View
from partnerwizard.report.words import counted, inline, listed, percent, points, sentence, unbroken

_HEADLINE = 130
_MOST = 3


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is told, so that it fits on the page at full size; what is cut here stands in full in a chapter."""

    bars: int
    reasons: int
    letters: int
    changes: int
    needs: int
    steps: int
    cautions: int
    caution: int


_ROOMS = (
    _Room(5, 3, 200, 2, 3, 5, 2, 260),
    _Room(4, 3, 200, 2, 3, 5, 2, 220),
    _Room(4, 3, 170, 2, 3, 5, 2, 200),
    _Room(4, 3, 150, 2, 3, 5, 2, 180),
    _Room(4, 3, 140, 2, 2, 5, 2, 180),
    _Room(4, 3, 130, 2, 2, 5, 2, 160),
    _Room(4, 3, 120, 2, 2, 4, 2, 160),
    _Room(3, 3, 120, 2, 2, 4, 2, 150),
    _Room(3, 3, 110, 2, 2, 4, 1, 150),
    _Room(3, 3, 110, 1, 2, 4, 1, 150),
    _Room(3, 3, 100, 1, 2, 3, 1, 150),
    _Room(3, 3, 90, 1, 1, 3, 1, 140),
    _Room(2, 3, 80, 1, 1, 3, 1, 130),
)


def front(view: View, summary: bool = False) -> tuple[Block, ...]:
    """The recommendation and its strength, the picture, why and why not, what would change it, and what to do next."""
    before = view.numbers
    for room in _ROOMS:
        view.numbers = before
        blocks = _page(view, room, summary)
        if height(blocks) <= PAGE:
            break
    return blocks


def _page(view: View, room: _Room, summary: bool) -> tuple[Block, ...]:
    headline, rest = split_headline(unbroken(one_line(view.verdict.sentence)))
    blocks: list[Block] = [Heading(1, headline, "answer", rest), KeyFacts(tuple(_key_facts(view)))]
    if view.scored:
        blocks.append(ranked_chart(view, "ranked-first", _first_bars(view, room.bars), gap=8))
    blocks.append(_why(view, room))
    blocks.append(_ahead(view, room))
    cautions = view.appraisal.cautions
    blocks += [
        Callout("caution", "Caution", spans(sentence(first_sentences(view.brief(each), room.caution))))
        for each in cautions[: room.cautions]
    ]
    if len(cautions) > room.cautions:
        more = counted(len(cautions) - room.cautions, "more caution")
        where = "see the next page" if summary else "see the chapter “Cautions”"
        blocks.append(Paragraph(spans(f"{more}: {where}."), "small"))
    return tuple(blocks)


def split_headline(text: str) -> tuple[str, str]:
    """The finding, and the rest of the sentence with its strength; what is short stays whole."""
    finding, mark, strength_words = text.partition(": it ")
    if mark:
        return finding + ":", "it " + strength_words
    if len(text) <= _HEADLINE:
        return text, ""
    cut = text.rfind(". ", 0, _HEADLINE)
    return (text[: cut + 1], text[cut + 2 :]) if cut > 0 else (text, "")


def _first_bars(view: View, most: int) -> tuple[OptionResult, ...]:
    """The best option of the first few forms; carrying on is the line itself, unless it is named."""
    return tuple(
        option
        for option in best_of_forms(view, most)
        if not view.is_carry_on(option) or option in view.named or len(view.scored) == 1
    )


def _key_facts(view: View) -> list[tuple[str, Spans]]:
    facts = [("How firm", _firm(view))]
    runner_up = view.runner_up
    if runner_up is not None and view.named:
        text = view.name(runner_up)
        if not view.is_carry_on(runner_up):
            text += f": {points(view.difference(runner_up))} points against carrying on"
        if view.leader is not None and (share := view.beats(view.leader, runner_up)) is not None:
            behind = f" {inline(view.form_name(view.leader.form))}" if len(view.named) > 1 else ""
            text += f"; behind{behind} in {percent(share)} of the ways that fit"
        facts.append(("Runner-up", spans(sentence(text))))
    reference = view.appraisal.reference
    if reference.closed:
        facts.append(
            (
                "Compared with",
                spans(f"Carrying on is closed. The true comparator is {view.name(reference.comparator)}."),
            )
        )
    return facts


def _firm(view: View) -> Spans:
    """The kind of verdict with what the headline does not say already."""
    verdict = view.verdict
    kind = bold(kind_word(view) + ". ")
    if verdict.kind not in {"clear", "leading"} or len(view.contestants) < 2:
        return spans(kind, strength(view))
    least = percent(verdict.over_weights)
    alone = f"By the weights alone, with the ratings as they stand, it is ahead in at least {least}"
    rival = view.options.get(view.appraisal.reference.comparator)
    share = view.beats(view.leader, rival) if view.leader is not None and rival is not None else None
    if rival is None or share is None:
        return spans(kind, f"{alone}.")
    return spans(kind, f"{alone}; by both, it is ahead of {view.against(rival)} in {percent(share)}.")


def _why(view: View, room: _Room) -> Block:
    why, against = reasons_for(view, room.reasons, room.letters), reasons_against(view, letters=room.letters)
    if not why and not against:
        return Pair(
            (Heading(2, "Why no form is named", "why"), Bullets(tuple(_why_none(view)))),
            (Heading(2, "What to find out first", "find-out-first"), *_find_out(view)),
        )
    group = view.verdict.kind == "close-group"
    none_for = spans("Nothing that was weighed speaks for it more than for the others.")
    none_against = spans("Nothing that was weighed speaks against it.")
    needs = must_be_true(view, room.needs)
    true: tuple[Block, ...] = (Heading(2, "What must be true", "must-be-true"), Bullets(tuple(needs))) if needs else ()
    return Pair(
        (
            Heading(2, "What speaks for each" if group else "Why", "why"),
            Bullets(tuple(why or [none_for])),
        ),
        (
            Heading(2, "What speaks against each" if group else "The strongest case against", "against"),
            Bullets(tuple(against or [none_against])),
            *true,
        ),
    )


def _why_none(view: View) -> list[Spans]:
    match view.verdict.kind:
        case "nothing-open":
            return [
                spans(
                    bold(f"{closing_name(view, gate)}. "),
                    sentence(first_sentences(common_reason(gate, len(forms)), 200)),
                    " Closed: ",
                    sentence(listed(inline(form.name) for form in forms)),
                )
                for gate, forms in closing_groups(view)[:_MOST]
            ]
        case "not-enough-known":
            keys = view.pack.head.method.key_facts
            missing = [fact for fact in keys if not _known(view, fact)]
            return [spans(f"Not known yet: {view.fact_name(fact)}.") for fact in missing[:5]]
        case _:
            return [
                spans(f"{view.name(option)}: the line from which points are counted.")
                if view.is_carry_on(option)
                else spans(f"{view.name(option)}: {points(view.difference(option))} points against carrying on.")
                for option in view.contestants[:4]
            ]


def _known(view: View, fact: str) -> bool:
    found = view.facts(fact)
    return bool(found) and any(each.known for each in found)


def _find_out(view: View) -> tuple[Block, ...]:
    found = [each for each in view.appraisal.find_out if each.could_change_the_answer][:_MOST]
    if not found:
        return (Paragraph(spans("Nothing that is not known yet was found to change the answer.")),)
    items = (spans(bold(f"{view.fact_name(each.fact)}{_about(view, each)}. "), sentence(each.why)) for each in found)
    return (Bullets(tuple(items), numbered=True),)


def _about(view: View, found: FindOut) -> str:
    return f" ({view.partner_name(found.about)})" if found.about in view.case.partner_by_id else ""


def _ahead(view: View, room: _Room) -> Block:
    """What would change the answer, beside what to do next."""
    changes = tuple(spans(sentence(view.brief(each.sentence))) for each in _nearest(view)[: room.changes])
    change = Bullets(changes) if changes else Paragraph(spans("No single change that was tried changes the answer."))
    steps = tuple(next_steps(view, room.steps))
    known = "Look again at what closes each form, and at the red lines with those who own them, or carry on knowingly."
    idle = known if view.verdict.kind == "nothing-open" else "Settle what is not known, then appraise again."
    route = Bullets(steps) if steps else Paragraph(spans(idle))
    right: tuple[Block, ...] = (Heading(2, "What to do next", "what-next"), route)
    if view.verdict.kind in {"not-enough-known", "nothing-open"}:
        return Pair(right, ())
    return Pair((Heading(2, "What would change it", "what-would-change-it"), change), right)


def _nearest(view: View) -> tuple[SmallestChange, ...]:
    """One change of each kind first, so that a weight, a rating, a rule and a fact all have their turn."""
    first: dict[str, SmallestChange] = {}
    for change in view.appraisal.smallest_changes:
        first.setdefault(change.kind, change)
    return (*first.values(), *(each for each in view.appraisal.smallest_changes if each not in first.values()))
