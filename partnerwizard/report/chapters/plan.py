"""What to do: the recommended forms, the route, whether the partnership is ready, precedents and cautions."""

from __future__ import annotations

from partnerwizard.appraisal.model import NearPrecedent, OptionResult
from partnerwizard.pack.model import Claim, Form
from partnerwizard.report.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Heading,
    KeyFacts,
    Paragraph,
    Section,
    Spans,
    Table,
    bold,
    spans,
)
from partnerwizard.report.chapters.options import shown_gates
from partnerwizard.report.view import View
from partnerwizard.report.words import READINESS, STEP, capital, inline, label, listed, money, months, sentence


def recommended(view: View) -> Section | None:
    """The card of each form that the verdict names."""
    forms = {option.form: option for option in view.named if not view.is_carry_on(option)}
    if not forms:
        return None
    blocks: list[Block] = []
    for option in forms.values():
        blocks += _card(view, option)
    title = "The form that is named" if len(forms) == 1 else "The forms that are named"
    return Section(Heading(2, title, "recommended"), tuple(blocks))


def _card(view: View, option: OptionResult) -> list[Block]:
    form = view.form(option)
    anchor = f"card-{form.id}"
    facts: list[tuple[str, Spans]] = [
        ("What it is", view.claim(form.definition)),
        ("Who governs", view.claim(form.governs)),
        ("Who is accountable", view.claim(form.accountable)),
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
    blocks: list[Block] = [Heading(3, view.name(option), anchor), KeyFacts(tuple(facts))]
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
    needs = [gate for gate in shown_gates(option) if gate.effect == "needs"]
    if form.approvals or needs:
        blocks.append(Heading(4, "Who must agree, in order", f"{anchor}-approvals"))
        blocks.append(
            Bullets(
                tuple(
                    spans(bold(f"{label(step.who)} "), sentence(step.what), " ", view.cite(step.sources))
                    for step in form.approvals
                )
                + tuple(
                    spans(
                        bold(f"{label(gate.title)} "), sentence(gate.step or gate.reason), " ", view.cite(gate.sources)
                    )
                    for gate in needs
                ),
                numbered=True,
            )
        )
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


def route(view: View) -> Section:
    """Now, with it, next and fallback; and when to look again."""
    steps = view.appraisal.route
    blocks: list[Block] = []
    if steps:
        rows = tuple(
            (spans(bold(STEP[step.step])), spans(view.form_name(step.form)), spans(sentence(step.sentence)))
            for step in steps
        )
        columns = (Column("Step", 0.7), Column("Form", 1.5), Column("What and why", 3))
        blocks.append(Table("The route: forms are steps as well as ends", columns, rows))
    else:
        blocks.append(Paragraph(spans("No route is named. Settle what is not known, then appraise again.")))
    if view.verdict.kind == "close-group":
        blocks.append(
            Paragraph(
                spans(
                    "Where options are not told apart, the least structural one that has the authority for the job "
                    "goes first. This is a rule of this program, not a finding: a lighter step is easier to undo."
                ),
                "small",
            )
        )
    triggers = [
        (option, trigger)
        for option in {option.form: option for option in view.named}.values()
        for trigger in view.form(option).review_triggers
    ]
    if triggers:
        several = len({option.form for option, _ in triggers}) > 1
        blocks.append(Heading(3, "Look again when", "triggers"))
        blocks.append(
            Bullets(
                tuple(
                    spans(bold(f"{view.form_name(option.form)}: ") if several else "", sentence(trigger))
                    for option, trigger in triggers
                )
            )
        )
    return Section(Heading(2, "The route, and when to review it", "route"), tuple(blocks))


def readiness(view: View) -> Section | None:
    """What is in place with each partner and what to put in place first."""
    found = view.appraisal.readiness
    if not found:
        if view.case.partners:
            return None
        text = (
            "No partner is named yet. Test each partner apart from the form: right forms have failed with the wrong "
            "partner."
        )
        return Section(Heading(2, "Is the partnership ready?", "readiness"), (Paragraph(spans(text)),))
    blocks: list[Block] = [
        Paragraph(spans("This is advice on making the form work. It adds nothing to any score, and there is no total."))
    ]
    ingredients = {ingredient.id: ingredient for ingredient in view.pack.ingredients}
    for partner in dict.fromkeys(each.partner for each in found):
        own = [each for each in found if each.partner == partner]
        blocks.append(Heading(3, view.partner_name(partner), f"readiness-{partner}"))
        if all(each.state == "unknown" for each in own):
            blocks.append(Paragraph(spans("Nothing has been answered about readiness with this partner yet.")))
            continue
        rows = tuple(
            (
                spans(ingredients[each.ingredient].name if each.ingredient in ingredients else each.ingredient),
                spans(READINESS[each.state]),
                spans("Yes" if each.leaned_on else "No"),
            )
            for each in own
        )
        columns = (Column("Ingredient", 2.6), Column("State", 1.2), Column("The named form leans on it", 1.4))
        blocks.append(Table(f"Ingredients of success with {view.partner_name(partner)}", columns, rows))
        first = [each for each in own if each.leaned_on and each.state in {"missing", "partly", "unknown"}]
        items = tuple(
            spans(bold(f"{ingredient.name}. "), sentence(ingredient.builds), " ", view.cite(ingredient.sources))
            for each in first
            if (ingredient := ingredients.get(each.ingredient)) is not None
        )
        if items:
            blocks.append(Heading(4, "Put in place first", f"readiness-{partner}-first"))
            blocks.append(Bullets(items))
    return Section(Heading(2, "Is the partnership ready?", "readiness"), tuple(blocks))


def precedents(view: View) -> Section | None:
    """The nearest decided cases, with their outcome and the law of their time."""
    known = {precedent.id: precedent for precedent in view.pack.precedents}
    found = [each for each in view.appraisal.precedents if each.id in known]
    if not found:
        return None
    blocks: list[Block] = [
        Paragraph(
            spans("They illustrate and challenge. They never moved a figure of this report. ", _departure(view, found))
        )
    ]
    for each in found:
        precedent = known[each.id]
        blocks.append(Heading(3, f"{precedent.title} ({precedent.years})", f"precedent-{each.id}"))
        blocks.append(
            KeyFacts(
                (
                    ("Why it is near", spans(sentence(each.why_near))),
                    ("Chosen", spans(sentence(precedent.chosen))),
                    ("What happened", spans(sentence(each.outcome), " ", view.cite(precedent.sources))),
                    ("Lesson", spans(sentence(precedent.lesson))),
                    ("Law of its time", spans(sentence(precedent.law_era.replace("-", " ")))),
                )
            )
        )
    return Section(Heading(2, "The nearest precedents", "precedents"), tuple(blocks))


def _departure(view: View, found: list[NearPrecedent]) -> str:
    if not view.named:
        return ""
    here = {option.form for option in view.named}
    there = dict.fromkeys(each.form for each in found)
    if here & set(there):
        return ""
    return (
        f"This advice departs from all of them: they chose {listed(inline(view.form_name(form)) for form in there)}. "
        "The reasons are those of the first page."
    )


def cautions(view: View) -> Section | None:
    """Every caution, and rules whose review is overdue."""
    blocks: list[Block] = [
        Callout("caution", "Caution", spans(sentence(caution))) for caution in view.appraisal.cautions
    ]
    overdue = [_overdue_name(view, each) for each in view.appraisal.overdue]
    if overdue:
        blocks.append(Heading(3, "Rules and sources whose review is overdue", "overdue"))
        blocks.append(Paragraph(spans("Check these against the law of the day before you rely on them.")))
        blocks.append(Bullets(tuple(spans(name) for name in overdue)))
    if not blocks:
        return None
    return Section(Heading(2, "Cautions", "cautions"), tuple(blocks))


def _overdue_name(view: View, overdue: str) -> str:
    gate = view.pack.gate_by_id.get(overdue)
    if gate is not None:
        return f"Rule: {gate.title}"
    source = view.pack.source_by_id.get(overdue)
    return f"Source: {source.title}, {source.publisher}" if source else overdue
