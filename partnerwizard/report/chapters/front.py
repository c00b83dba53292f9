"""The first page, which stands alone."""

from __future__ import annotations

from partnerwizard.report.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
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
from partnerwizard.report.text import shortened
from partnerwizard.report.view import View
from partnerwizard.report.words import STEP, counted, percent, points, sentence

_BARS = 6
_MOST = 3


def front(view: View) -> tuple[Block, ...]:
    """The recommendation and its strength, the picture, why and why not, what would change it, and what to do next."""
    headline, rest = split_headline(view.verdict.sentence)
    blocks: list[Block] = [Heading(1, headline, "answer")]
    if rest:
        blocks.append(Paragraph(spans(rest), "lead"))
    blocks.append(KeyFacts(tuple(_key_facts(view))))
    chart = first_chart(view)
    if chart:
        blocks.append(chart)
    blocks.append(_why(view))
    blocks.append(_ahead(view))
    cautions = view.appraisal.cautions
    for caution in cautions[:_MOST]:
        blocks.append(Callout("caution", "Caution", spans(sentence(caution))))
    if len(cautions) > _MOST:
        more = counted(len(cautions) - _MOST, "more caution")
        blocks.append(Paragraph(spans(f"{more}: see “Cautions”."), "small"))
    return tuple(blocks)


def split_headline(text: str) -> tuple[str, str]:
    """The first sentence, and what follows it."""
    at = -1
    while (at := text.find(". ", at + 1)) >= 0:
        word = text[:at].rpartition(" ")[2]
        if len(word) > 3 and text[at + 2 : at + 3].isupper():
            return text[: at + 1], text[at + 2 :]
    return text, ""


def first_chart(view: View) -> Chart | None:
    """The picture of the first page: the best options by value."""
    return ranked_chart(view, "ranked-first", _BARS) if view.scored else None


def _key_facts(view: View) -> list[tuple[str, Spans]]:
    facts = [("How firm", spans(bold(kind_word(view) + ". "), strength(view)))]
    facts += [("Limit", spans(sentence(limit))) for limit in view.verdict.limits]
    runner_up = view.runner_up
    if runner_up is not None:
        text = f"{view.name(runner_up)}, {points(view.difference(runner_up))} points against carrying on."
        if view.leader is not None and (share := view.beats(view.leader, runner_up)) is not None:
            text += f" {view.name(view.leader)} is ahead of it in {percent(share)} of the ways that fit."
        facts.append(("Runner-up", spans(text)))
    reference = view.appraisal.reference
    if reference.closed:
        facts.append(
            ("Compared with", spans(f"Carrying on is closed. The true comparator is {view.name(reference.comparator)}."))
        )
    return facts


def _why(view: View) -> Block:
    why, against = reasons_for(view), reasons_against(view)
    if not why and not against:
        return Pair(
            (Heading(3, "Why no form is named", "why"), Bullets(tuple(_why_none(view)))),
            (Heading(3, "What to find out first", "find-out-first"), *_find_out(view)),
        )
    group = view.verdict.kind == "close-group"
    none_for = spans("Nothing that was weighed speaks for it more than for the others.")
    none_against = spans("Nothing that was weighed speaks against it.")
    return Pair(
        (
            Heading(3, "What speaks for each" if group else "Why", "why"),
            Bullets(tuple(why or [none_for])),
        ),
        (
            Heading(3, "What speaks against each" if group else "The strongest case against", "against"),
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
    found = view.appraisal.find_out[:_MOST]
    if not found:
        return (Paragraph(spans("No fact that is missing could change the answer.")),)
    return (Bullets(tuple(spans(bold(view.fact_name(each.fact) + ". "), sentence(each.why)) for each in found), True),)


def _ahead(view: View) -> Block:
    """What would change the answer and what to find out, beside what to do next."""
    changes = tuple(spans(sentence(change.sentence)) for change in view.appraisal.smallest_changes[:_MOST])
    change = Bullets(changes) if changes else Paragraph(spans("No single change that was tried changes the answer."))
    left: list[Block] = [Heading(3, "What would change it", "what-would-change-it"), change]
    if reasons_for(view) or reasons_against(view):
        left += [Heading(3, "What to find out first", "find-out-first"), *_find_out(view)]
    steps = tuple(spans(bold(STEP[step.step] + ". "), sentence(step.sentence)) for step in view.appraisal.route)
    route = Bullets(steps) if steps else Paragraph(spans("Settle what is not known, then appraise again."))
    return Pair(tuple(left), (Heading(3, "What to do next", "what-next"), route))
