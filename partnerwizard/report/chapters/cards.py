"""The forms that are named: what each is, needs and risks, in short for the body and in full for an appendix."""

from __future__ import annotations

from partnerwizard.appraisal.model import OptionResult
from partnerwizard.pack.model import Claim, Form
from partnerwizard.report.blocks import Block, Bullets, Heading, KeyFacts, Paragraph, Section, Spans, lines, spans
from partnerwizard.report.chapters.timetable import approvals, steps_asked
from partnerwizard.report.view import View
from partnerwizard.report.words import capital, money, months, sentence


def _named(view: View) -> tuple[OptionResult, ...]:
    return tuple({option.form: option for option in view.named if not view.is_carry_on(option)}.values())


def recommended(view: View) -> Section | None:
    """Each form that the verdict names, in short."""
    options = _named(view)
    if not options:
        return None
    blocks: list[Block] = []
    for option in options:
        blocks += [Heading(3, view.name(option), f"card-{option.form}"), KeyFacts(tuple(_short(view, option)))]
    blocks.append(Paragraph(spans("An appendix has the rest of what is known of each, with what helps."), "small"))
    title = "The form that is named" if len(options) == 1 else "The forms that are named"
    return Section(Heading(2, title, "recommended"), tuple(blocks))


def in_full(view: View) -> Section | None:
    """Each named form with all that it needs, what helps and harms, its warning signs and its first ninety days."""
    options = _named(view)
    if not options:
        return None
    blocks: list[Block] = []
    for option in options:
        blocks += _card(view, option)
    return Section(Heading(2, "What is known of what is named", "named-in-full"), tuple(blocks))


def _short(view: View, option: OptionResult) -> list[tuple[str, Spans]]:
    form = view.form(option)
    facts = [
        ("What it is", view.claim(form.definition)),
        ("Who governs", view.claim(form.governs)),
        ("Who is accountable", view.claim(form.accountable)),
        ("Needs", _few(view, form.needs)),
        ("Risks", _few(view, form.harms)),
        ("Warning signs", _few(view, form.warning_signs)),
        ("Ending it", view.claim(form.reversibility)),
        ("Until it works", _time(view, form)),
        ("One-off money", _money(view, option, form)),
    ]
    if option.authority_shortfall > 0:
        text = (
            f"The job needs authority of {option.authority_need:g} on a scale from 0 (advice) to 3 (one board). "
            f"This form brings {form.authority:g}."
        )
        facts.append(("Authority", spans(text)))
    return [(label, content) for label, content in facts if content]


def _few(view: View, claims: tuple[Claim, ...]) -> Spans:
    return lines(spans(claim.text, " ", view.cite(claim.sources)) for claim in claims[: view.budget.claims])


def _card(view: View, option: OptionResult) -> list[Block]:
    form = view.form(option)
    anchor = f"full-{form.id}"
    blocks: list[Block] = [Heading(3, view.name(option), anchor)]
    for title, key, claims in (
        ("What it needs", "needs", form.needs),
        ("What helps", "helps", form.helps),
        ("What harms", "harms", form.harms),
        ("Warning signs", "signs", form.warning_signs),
    ):
        blocks += _claims(view, title, f"{anchor}-{key}", claims)
    if form.first_ninety_days:
        blocks.append(Heading(4, "The first ninety days", f"{anchor}-days"))
        blocks.append(Bullets(tuple(spans(sentence(step)) for step in form.first_ninety_days), numbered=True))
    if form.approvals and option is not view.subject:
        blocks.append(approvals(view, option, f"Who must agree, in order: {view.name(option)}"))
        blocks += steps_asked(view, option)
    return blocks


def _time(view: View, form: Form) -> Spans:
    return spans(
        f"{capital(months(form.time.low, form.time.high))}. {sentence(form.time.note)} ", view.cite(form.time.sources)
    )


def _money(view: View, option: OptionResult, form: Form) -> Spans:
    known = option.money is not None
    return spans(
        f"{capital(money(option.money))}{', outside the score' if known else ''}. {sentence(form.money.note)} ",
        view.cite(form.money.sources),
    )


def _claims(view: View, title: str, anchor: str, claims: tuple[Claim, ...]) -> list[Block]:
    if not claims:
        return []
    return [Heading(4, title, anchor), Bullets(tuple(view.claim(claim) for claim in claims))]
