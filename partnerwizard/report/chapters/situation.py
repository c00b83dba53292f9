"""What is wrong and why, where the case sits among kinds of partnering, and what matters most."""

from __future__ import annotations

from partnerwizard.case.model import Ranking
from partnerwizard.pack.conditions import Knowledge, Truth
from partnerwizard.pack.model import Form
from partnerwizard.report.blocks import (
    Block,
    Bullets,
    Chart,
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
from partnerwizard.report.chapters.answers import answer_words
from partnerwizard.report.pictures import case_place, typology_picture
from partnerwizard.report.text import one_line, paragraphs, shortened
from partnerwizard.report.view import View
from partnerwizard.report.words import FAMILY, SURENESS, capital, counted, inline, listed, percent, sentence, share_span


def problem(view: View) -> Section:
    """The problem in the trust's words, its causes, and which options touch them."""
    blocks: list[Block] = []
    told = paragraphs(view.case.problem)
    if told:
        text = shortened("\n".join(told), view.budget.prose)
        blocks += [Paragraph(spans(each)) for each in text.split("\n")]
        if text != "\n".join(told):
            blocks.append(Paragraph(spans("The full account is in an appendix."), "small"))
    else:
        blocks.append(Paragraph(spans("The trust has not described the problem in its own words.")))
    blocks += _causes(view)
    return Section(Heading(2, "What is wrong, and why", "problem"), tuple(blocks))


def _causes(view: View) -> list[Block]:
    if not view.case.causes:
        return [
            Paragraph(
                spans(
                    "No diagnosed cause was named. Partnering aimed at an unknown cause tends to fail, so finding the "
                    "cause comes first. No form was set aside for missing it."
                )
            )
        ]
    rows = tuple(
        (
            spans(view.cause_name(held.id)),
            spans(SURENESS[held.confidence]),
            _touching(view, held.id, "directly"),
            _touching(view, held.id, "partly"),
        )
        for held in view.case.causes
        if held.id in view.pack.cause_by_id
    )
    columns = (
        Column("Cause", 1.5),
        Column("How surely held", 0.9),
        Column("Open forms that touch it directly", 2),
        Column("Open forms that touch it in part", 2),
    )
    return [
        Table("Diagnosed causes, and the forms that touch them", columns, rows),
        Paragraph(
            spans(
                "A form that touches none of the causes held with high or moderate confidence is set aside: it may go "
                "with another form, but it does not solve the problem."
            ),
            "small",
        ),
    ]


def _touching(view: View, cause: str, how: str) -> Spans:
    open_forms = {option.form for option in view.appraisal.options if option.value is not None}
    names = [
        inline(form.name)
        for form in view.pack.forms
        if form.id in open_forms and cause in form.causes and form.causes[cause].how == how
    ]
    return spans(capital(listed(names)) or "None")


def place(view: View) -> Section:
    """The typology with the case in it."""
    nature, scales = case_place(view)
    if nature is None or not scales:
        said = (
            "The case’s own place is not marked, because it is not known whether it is mandated or how wide it reaches."
        )
    else:
        scale = " and ".join(scales)
        said = f"This case is {nature}, and its scale is {scale}."
    found = [view.form_name(option.form) for option in view.named]
    if found:
        kinds = listed(dict.fromkeys(f"{_family(view.form(option))}" for option in view.named))
        said += f" By family, what is named here is {kinds}."
    forms = [form for form in view.pack.forms if any(option.form == form.id for option in view.appraisal.options)]
    data = Table(
        "Forms by who usually starts them and how large they are",
        (Column("Form", 2), Column("Usually", 1.5), Column("Scale", 1), Column("Family", 1.5)),
        tuple(
            (
                spans(form.name),
                spans(" or ".join(form.typology.nature)),
                spans(form.typology.scale),
                spans(_family(form)),
            )
            for form in forms
        ),
    )
    chart = Chart("typology", typology_picture(view), "Forms by nature and scale", said, data)
    return Section(Heading(2, "Where this case sits", "place"), (Paragraph(spans(said)), chart, *_mandate(view)))


def _mandate(view: View) -> list[Block]:
    """What exactly is required, by whom, in what document and by when, where the change is not a free choice."""
    condition = view.pack.head.roles.mandated_when
    if view.facts.evaluate(condition) is not Truth.HOLDS:
        return []
    about = {*condition.facts()}
    for question in view.pack.questions:  # what is asked only because of the mandate, or of what it requires
        if question.scope != "partner" and question.asked_when and about & {*question.asked_when.facts()}:
            about.add(question.id)
    items = tuple(
        (question.short, answer_words(view, question, fact))
        for question in view.pack.questions
        if question.id in about
        for fact in view.facts(question.id)
        if fact.knowledge is not Knowledge.DOES_NOT_APPLY
    )
    return [Heading(3, "What is required", "mandate"), KeyFacts(items)] if items else []


def _family(form: Form) -> str:
    return FAMILY[form.family]


def priorities(view: View) -> Section:
    """Aims and terms in the order given, the weights that fit it, and red lines."""
    blocks: list[Block] = [Paragraph(spans(_swing_words(view)))]
    for ranking, title, none_said in (
        (view.case.aims, "Aims: what should get better", "No aim was chosen, so all aims count alike."),
        (
            view.case.terms,
            "Terms: what the change may ask",
            "No term was put in order, so all terms count alike.",
        ),
    ):
        said = _order_words(view, ranking) if ranking else none_said
        blocks.append(Paragraph(spans(bold(f"{title}. "), said)))
    blocks.append(_weights(view))
    left_out = [
        criterion.name
        for criterion in view.pack.branch("aims")
        if view.case.aims and all(criterion.id not in tie for tie in view.case.aims)
    ]
    if left_out:
        blocks.append(
            Paragraph(
                spans(
                    f"Not chosen, so without weight: {listed(inline(name) for name in left_out)}. Harm to quality, "
                    "access or equity still raises a caution."
                ),
                "small",
            )
        )
    blocks += _red_lines(view)
    return Section(Heading(2, "What matters most", "priorities"), tuple(blocks))


def _swing_words(view: View) -> str:
    method = view.pack.head.method
    if view.case.swing is None:
        span = share_span(method.terms_share_low.value, method.terms_share_high.value)
        return (
            "The answer uses every set of weights that fits the order given, never one exact set. How much aims count "
            f"against terms was not said, so terms count for {span} in all. {sentence(method.terms_share_low.reason)}"
        )
    low, high = view.case.swing
    span = f"{low:g} to {high:g}" if low != high else f"{low:g}"
    return (
        "The answer uses every set of weights that fits the order given, never one exact set. Going from worst to best "
        f"on the first term was said to matter {span} where the same on the first aim matters 100."
    )


def _order_words(view: View, ranking: Ranking) -> str:
    ties = [listed(inline(view.criterion_name(criterion)) for criterion in tie) for tie in ranking]
    if len(ties) == 1:
        return f"Chosen: {ties[0]}" + (", as equals." if len(ranking[0]) > 1 else ".")
    tied = any(len(tie) > 1 for tie in ranking)
    return f"In order: {'; then '.join(ties)}." + (" What stands together counts alike." if tied else "")


def _weights(view: View) -> Table:
    rows = tuple(
        (
            spans(criterion.name),
            spans("aim" if criterion.branch == "aims" else "term"),
            spans(percent(view.appraisal.weights[criterion.id].central)),
            spans(share_span(view.appraisal.weights[criterion.id].low, view.appraisal.weights[criterion.id].high)),
        )
        for criterion in view.weighted
    )
    columns = (
        Column("Criterion", 2.4),
        Column("Kind", 0.7),
        Column("Weight at the middle", 1, "right"),
        Column("Weights that fit", 1.3, "right"),
    )
    return Table("Weights of aims and terms; together they are the whole", columns, rows)


def _red_lines(view: View) -> list[Block]:
    """The first red lines, each at its shortest where there is much to tell."""
    if not view.case.red_lines:
        return []
    items = red_lines(view, view.budget.prose // 4)
    blocks: list[Block] = [Heading(3, "Red lines", "red-lines"), Bullets(tuple(items[: view.budget.items]))]
    more = len(items) - view.budget.items
    if more > 0:
        blocks.append(
            Paragraph(spans(f"{counted(more, 'more red line')}: see the appendix with what is cut here."), "small")
        )
    return blocks


def red_lines(view: View, letters: int) -> list[Spans]:
    """Every red line with its owner and what it sets aside, each in at most so many letters of the trust's own."""
    items = []
    for number, line in enumerate(view.case.red_lines, 1):
        stopped = dict.fromkeys(
            view.form_name(option.form)
            for option in view.appraisal.options
            for gate in option.gates
            if gate.id == f"red-line-{number}" and gate.state == "holds" and gate.lifted is None
        )
        closes = f" Sets aside: {listed(stopped)}." if stopped else " Sets no form aside."
        owner = one_line(line.owner) or "owner not named"
        items.append(spans(bold(sentence(shortened(one_line(line.text), letters))), f" Owner: {owner}.", closes))
    return items
