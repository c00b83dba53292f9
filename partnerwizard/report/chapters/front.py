"""The first page, which stands alone."""

from __future__ import annotations

from collections.abc import Iterator

from partnerwizard.appraisal.model import FindOut, OptionResult
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
from partnerwizard.report.chapters.options import ranked_chart
from partnerwizard.report.chapters.reasons import kind_word, reasons_against, reasons_for, strength
from partnerwizard.report.pictures import best_of_forms
from partnerwizard.report.text import one_line, shortened
from partnerwizard.report.view import View
from partnerwizard.report.words import STEP, counted, inline, listed, percent, points, sentence, unbroken

_BARS = 5
_HEADLINE = 130
_MOST = 3
_FEW = 2


def front(view: View) -> tuple[Block, ...]:
    """The recommendation and its strength, the picture, why and why not, what would change it, and what to do next."""
    headline, rest = split_headline(unbroken(one_line(view.verdict.sentence)))
    blocks: list[Block] = [Heading(1, headline, "answer", rest), KeyFacts(tuple(_key_facts(view)))]
    if view.scored:
        blocks.append(ranked_chart(view, "ranked-first", _first_bars(view)))
    blocks.append(_why(view))
    blocks.append(_ahead(view))
    cautions = view.appraisal.cautions
    blocks += [Callout("caution", "Caution", spans(sentence(shortened(each, 260)))) for each in cautions[:_FEW]]
    if len(cautions) > _FEW:
        more = counted(len(cautions) - _FEW, "more caution")
        blocks.append(Paragraph(spans(f"{more}: see the chapter “Cautions”."), "small"))
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


def _first_bars(view: View) -> tuple[OptionResult, ...]:
    """The best option of the first few forms; carrying on is the line itself, unless it is named."""
    return tuple(
        option
        for option in best_of_forms(view, _BARS)
        if not view.is_carry_on(option) or option in view.named or len(view.scored) == 1
    )


def _key_facts(view: View) -> list[tuple[str, Spans]]:
    facts = [("How firm", spans(bold(kind_word(view) + ". "), strength(view)))]
    runner_up = view.runner_up
    if runner_up is not None and view.named:
        text = f"{view.name(runner_up)}: {points(view.difference(runner_up))} points against carrying on"
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


def _why(view: View) -> Block:
    why, against = reasons_for(view), reasons_against(view)
    if not why and not against:
        return Pair(
            (Heading(2, "Why no form is named", "why"), Bullets(tuple(_why_none(view)))),
            (Heading(2, "What to find out first", "find-out-first"), *_find_out(view)),
        )
    group = view.verdict.kind == "close-group"
    none_for = spans("Nothing that was weighed speaks for it more than for the others.")
    none_against = spans("Nothing that was weighed speaks against it.")
    return Pair(
        (
            Heading(2, "What speaks for each" if group else "Why", "why"),
            Bullets(tuple(why or [none_for])),
        ),
        (
            Heading(2, "What speaks against each" if group else "The strongest case against", "against"),
            Bullets(tuple(against or [none_against])),
        ),
    )


def _why_none(view: View) -> list[Spans]:
    match view.verdict.kind:
        case "nothing-open":
            return [
                spans(bold(view.name(option)), ": ", sentence(shortened(gate.reason, 200)))
                for option in view.closed[:_MOST]
                for gate in [gate for gate in option.gates if gate.state == "holds"][:1]
            ]
        case "not-enough-known":
            keys = view.pack.head.method.key_facts
            missing = [fact for fact in keys if not _known(view, fact)]
            return [spans(f"Not known yet: {view.fact_name(fact)}.") for fact in missing[:5]]
        case _:
            return [
                spans(f"{view.name(option)}: {points(view.difference(option))} points against carrying on.")
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


def _steps(view: View) -> Iterator[Spans]:
    """The route in a few lines: several forms for one kind of step are only named."""
    for step, word in STEP.items():
        found = [each for each in view.appraisal.route if each.step == step]
        if len(found) == 1:
            yield spans(bold(f"{word}. "), sentence(found[0].sentence))
        elif found:
            joiner = "or" if step in {"next", "fallback"} else "and"
            yield spans(bold(f"{word}. "), sentence(listed((view.form_name(each.form) for each in found), joiner)))


def _about(view: View, found: FindOut) -> str:
    return f" ({view.partner_name(found.about)})" if found.about in view.case.partner_by_id else ""


def _ahead(view: View) -> Block:
    """What would change the answer and what to find out, beside what to do next."""
    changes = tuple(spans(sentence(change.sentence)) for change in view.appraisal.smallest_changes[:_FEW])
    change = Bullets(changes) if changes else Paragraph(spans("No single change that was tried changes the answer."))
    steps = tuple(_steps(view))
    route = Bullets(steps) if steps else Paragraph(spans("Settle what is not known, then appraise again."))
    if view.verdict.kind in {"not-enough-known", "nothing-open"}:
        return Pair((Heading(2, "What to do next", "what-next"), route), ())
    right: list[Block] = [Heading(2, "What to do next", "what-next"), route]
    if reasons_for(view) or reasons_against(view):
        right += [Heading(2, "What to find out first", "find-out-first"), *_find_out(view)]
    return Pair((Heading(2, "What would change it", "what-would-change-it"), change), tuple(right))
