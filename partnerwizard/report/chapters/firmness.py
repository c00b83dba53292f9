"""How firm the answer is, what it rests on, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from partnerwizard.appraisal.model import OptionResult
from partnerwizard.report.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
    Column,
    Heading,
    Paragraph,
    Section,
    Spans,
    Table,
    bold,
    spans,
)
from partnerwizard.report.chapters.reasons import kind_word, strength
from partnerwizard.report.charts.shares import PLACES
from partnerwizard.report.pictures import ahead_picture, best_of_forms, places_picture, tipping_picture
from partnerwizard.report.view import View, told
from partnerwizard.report.words import GROUND, VERDICT, capital, counted, inline, listed, percent, sentence

_COLUMNS = 6
_ROWS = 6
_TIPS = 6


def firmness(view: View) -> Section:
    """The two figures with their meaning, forms set against each other, and what moves the answer."""
    verdict = view.verdict
    method = view.pack.head.method
    blocks: list[Block] = [
        Paragraph(spans(bold(kind_word(view) + ". "), strength(view))),
        *(Callout("note", "Limit", spans(sentence(limit))) for limit in verdict.limits),
        Table(
            "The smallest share in which the leader is ahead of any other form",
            (Column("When in doubt are", 1.6), Column("Share", 0.6, "right"), Column("What it means", 3)),
            (
                (
                    spans("the weights only"),
                    spans(percent(verdict.over_weights)),
                    spans("What you want: every weighting that fits what was said, with the ratings as they stand."),
                ),
                (
                    spans("the weights and the ratings, errors mostly shared"),
                    spans(percent(verdict.drawn_in_common)),
                    spans("What is known: most of our error on a criterion is the same for all forms."),
                ),
                (
                    spans("the weights and the ratings, errors each on their own"),
                    spans(percent(verdict.drawn_apart)),
                    spans("A harder test: each form’s rating is wrong in its own way."),
                ),
            ),
        ),
        Paragraph(
            spans(
                f"From {percent(method.leading.value)} we call an answer leading, from "
                f"{percent(method.clear.value)} clear. "
                f"The shares are of {view.appraisal.samples:,} drawn ways; chance alone moves them by up to "
                f"{view.appraisal.standard_error * 100:.1f} percentage points."
            ),
            "small",
        ),
        *_against_each_other(view),
        *(_places(view) if view.budget.places else ()),
        *_what_moves_it(view),
    ]
    return Section(Heading(2, "How firm it is", "firmness"), tuple(blocks))


def _against_each_other(view: View) -> list[Block]:
    leader = view.leader
    if leader is None:
        return []
    rows = [
        (view.form_name(other.form), share)
        for other in view.contestants
        if (share := view.beats(leader, other)) is not None
    ]
    if not rows:
        return []
    who = view.form_name(leader.form)
    caption = f"In what share {inline(who)} is ahead of each other form"
    data = Table(
        caption, (Column("Form", 2), Column("Share", 1, "right")), tuple((spans(a), spans(percent(b))) for a, b in rows)
    )
    alt = "; ".join(f"{name} {percent(share)}" for name, share in rows)
    return [
        Heading(3, "The first against each other", "beats"),
        Chart(
            "ahead",
            ahead_picture(view, rows),
            caption,
            f"{caption}: {alt}.",
            data,
            ahead_picture(view, rows, 340, "ahead-narrow"),
        ),
    ]


def all_pairs(view: View) -> Section | None:
    """Every form that took part against every other, in tables that fit a page."""
    forms = sorted(view.appraisal.forms, key=lambda each: -view.difference(view.options[each.option]))
    if len(forms) < 2:
        return None
    blocks: list[Block] = [
        Paragraph(spans("In what share of the ways of weighing and rating that fit the form at the left is ahead."))
    ]
    for first in range(0, len(forms), _COLUMNS):
        some = forms[first : first + _COLUMNS]
        columns = (
            Column("Ahead of …", 1.4),
            *(Column(view.form_name(other.form), 1, "right") for other in some),
        )
        rows = tuple(
            (
                spans(bold(view.form_name(form.form)) if form.leads else view.form_name(form.form)),
                *(spans("–" if other.form == form.form else _share(form.beats.get(other.form))) for other in some),
            )
            for form in forms
        )
        names = listed(inline(view.form_name(other.form)) for other in some)
        blocks.append(Table(f"Share in which the form at the left is ahead of {names}", columns, rows))
    return Section(Heading(2, "Each form against each other", "all-pairs"), tuple(blocks))


def _share(share: float | None) -> str:
    return "–" if share is None else percent(share)


def places_apart(view: View) -> Section | None:
    """The picture of places, where the body has no room for it."""
    if view.budget.places:
        return None
    blocks = _places(view)[1:]
    return Section(Heading(2, "How often each comes where", "places"), tuple(blocks)) if blocks else None


def _places(view: View) -> list[Block]:
    ranked = [option for option in best_of_forms(view, _ROWS) if option.rank_shares]
    if len(ranked) < 2:
        return []
    rows = [(option, _four(option)) for option in ranked]
    columns = (
        Column("Option", 3),
        *(Column(capital(word), 0.9, "right") for word in PLACES),
        Column("Best possible?", 1.4),
    )
    caption = "How often each option comes first, second, third or lower, among all that can be compared"
    data = Table(
        caption,
        columns,
        tuple(
            (spans(view.name(option)), *(spans(percent(share)) for share in shares), spans(_best(option)))
            for option, shares in rows
        ),
    )
    alt = "; ".join(f"{view.name(option)} first in {percent(shares[0])}" for option, shares in rows)
    joined = _counted_as_one(view, ranked)
    note = f"The verdict counts {joined} as one form; here each stands for itself, so they share the places."
    return [
        Heading(3, "How often each comes where", "places"),
        Chart(
            "places",
            places_picture(view, rows),
            caption,
            f"{caption}: {alt}.",
            data,
            places_picture(view, rows, 340, "places-narrow"),
        ),
        *((Paragraph(spans(note), "small"),) if joined else ()),
    ]


def _counted_as_one(view: View, shown: list[OptionResult]) -> str:
    """Forms among those shown that the verdict sets against others as one."""
    families: dict[str, list[str]] = {}
    for option in shown:
        form = view.form(option)
        if form.contest_family is not None:
            families.setdefault(form.contest_family, []).append(inline(form.name))
    return listed(name for names in families.values() if len(names) > 1 for name in names)


def _four(option: OptionResult) -> tuple[float, float, float, float]:
    shares = (*(option.rank_shares or ())[:3], 0.0, 0.0, 0.0)
    first, second, third = shares[:3]
    return first, second, third, max(0.0, min(1.0, 1 - first - second - third))


def _best(option: OptionResult) -> str:
    if option.necessarily_best:
        return "best whatever fits"
    return "can be best" if option.possibly_best else "never best"


def _what_moves_it(view: View) -> list[Block]:
    appraisal = view.appraisal
    changes = tuple(spans(sentence(told(change.sentence))) for change in appraisal.smallest_changes)
    blocks: list[Block] = [
        Heading(3, "The smallest changes that would put another option first", "changes"),
        Bullets(changes)
        if changes
        else Paragraph(spans("No single weight, rating, rule or fact that was tried puts another option first.")),
    ]
    if appraisal.tipping:
        blocks += _tips(view)
    if appraisal.sensitivities:
        blocks += [Heading(3, "Plain tests", "tests"), Bullets(tuple(_tests(view)))]
    return blocks


def _tips(view: View) -> list[Block]:
    """The weights that tip soonest as a picture; its data has them all."""
    tips = view.appraisal.tipping
    rows = tuple(
        (
            spans(view.criterion_name(tip.criterion)),
            spans(percent(tip.from_)),
            spans(percent(tip.to)),
            spans(view.form_name(view.options[tip.winner].form)),
        )
        for tip in tips
    )
    columns = (
        Column("If the weight of", 2),
        Column("moves from", 0.8, "right"),
        Column("to", 0.8, "right"),
        Column("then this is first", 2),
    )
    nearest = sorted(tips, key=lambda tip: abs(tip.to - tip.from_))
    shown = tuple(dict.fromkeys(tip.criterion for tip in nearest))[:_TIPS]
    caption = "Weights at which another option takes over; the others keep their proportions"
    alt = "; ".join(
        f"{view.criterion_name(tip.criterion)} from {percent(tip.from_)} to {percent(tip.to)}: "
        f"{view.form_name(view.options[tip.winner].form)}"
        for tip in tips
    )
    blocks: list[Block] = [
        Heading(3, "Where a weight tips the answer", "tipping"),
        Chart("tipping", tipping_picture(view, shown), caption, f"{caption}. {alt}.", Table(caption, columns, rows)),
    ]
    steady = [inline(each.name) for each in view.weighted if all(tip.criterion != each.id for tip in tips)]
    later = len({tip.criterion for tip in tips}) - len(shown)
    said = [f"No weight alone tips it for {listed(steady, 'or')}." if steady else ""]
    said.append(f"{counted(later, 'more criterion', 'more criteria')} would have to move further." if later else "")
    if any(said):
        blocks.append(Paragraph(spans(" ".join(each for each in said if each)), "small"))
    return blocks


def _tests(view: View) -> Iterator[Spans]:
    """Plain tests by what they come to: the same option first, or which."""
    tests = view.appraisal.sensitivities
    same = [inline(each.what) for each in tests if each.same]
    if same:
        yield spans(bold("Same answer: "), sentence("; ".join(same)))
    for winner in dict.fromkeys(each.first for each in tests if not each.same):
        other = [inline(each.what) for each in tests if not each.same and each.first == winner]
        yield spans(bold(f"{view.name(winner)} first instead: "), sentence("; ".join(other)))


def rests_on(view: View) -> Section:
    """What the difference rests on, and whether studies and design alone would settle it."""
    rests = view.appraisal.rests_on
    alone = view.appraisal.on_evidence_alone
    blocks: list[Block] = []
    if rests is None:
        blocks.append(Paragraph(spans("There is no difference to explain: nothing sets the first option apart.")))
    else:
        rows = tuple(
            (spans(capital(word)), spans(percent(share)), spans(meaning))
            for word, share, meaning in (
                (GROUND["studied"], rests.studied, "An effect was measured elsewhere."),
                (GROUND["by-design"], rests.by_design, "It follows from what the form is."),
                (GROUND["judgement"], rests.judgement, "A reasoned mechanism; no study settles it."),
                (GROUND["unknown"], rests.unknown, "Neither study nor reasoning settles it."),
            )
        )
        columns = (Column("Ground", 1), Column("Share", 0.7, "right"), Column("Meaning", 3))
        blocks.append(Table("What the difference rests on", columns, rows))
    named = listed(view.name(option) for option in alone.options)
    blocks.append(
        Paragraph(
            spans(
                bold("On studies and design alone: "),
                f"{VERDICT[alone.kind].lower()}" + (f" ({named})" if named else "") + ". ",
                f"This leaves {counted(alone.cells_set_aside, 'judged or unknown rating')} open over the whole scale. ",
                _alone_words(view),
            )
        )
    )
    return Section(Heading(2, "What it rests on", "rests-on"), tuple(blocks))


def _alone_words(view: View) -> str:
    alone = view.appraisal.on_evidence_alone
    if alone.kind in {"clear", "leading"} and set(alone.options) == set(view.verdict.options):
        return "The same option would be named without our judgement. This is a check and not a firmer answer."
    if alone.kind in {"clear", "leading"}:
        return "It is a check and not a firmer answer: it ignores most of what a sound adviser would weigh."
    return "Studies and design facts alone do not settle this. That is usual in this field, and not a fault."


def unknowns(view: View) -> Section:
    """Unknown ratings that matter, facts that are missing, and what to find out first."""
    blocks: list[Block] = []
    found = [each for each in view.appraisal.find_out if each.could_change_the_answer]
    idle = len(view.appraisal.find_out) - len(found)
    if found:
        rows = tuple(
            (
                spans(view.fact_name(each.fact)),
                spans(about(view, each.about)),
                spans(sentence(each.why)),
            )
            for each in found[: view.budget.items]
        )
        columns = (Column("Fact", 1.3), Column("About", 1.3), Column("Why it matters", 3))
        blocks.append(Table("Facts that could change the answer, most useful first", columns, rows))
    else:
        blocks.append(Paragraph(spans("Nothing that is not known yet was found to change the answer.")))
    if len(found) > view.budget.items:
        more = counted(len(found) - view.budget.items, "more fact")
        blocks.append(Paragraph(spans(f"{more} could: see the appendix with what is cut here."), "small"))
    if idle:
        text = f"{counted(idle, 'more fact')} not known: none was found to change the answer. The appendix lists them."
        blocks.append(Paragraph(spans(text), "small"))
    shown = [*view.named, *((view.runner_up,) if view.runner_up else ())]
    effects = tuple(
        (spans(view.name(option)), spans(listed(cells)))
        for option in shown
        if not view.is_carry_on(option) and (cells := _unknown_cells(view, option))
    )
    if effects:
        titles = (Column("Option", 1.4), Column("What it does for these is not known", 2.6))
        blocks.append(Table("Effects that neither study nor reasoning settles", titles, effects))
    return Section(Heading(2, "What is not known", "unknown"), tuple(blocks))


def _unknown_cells(view: View, option: OptionResult) -> list[str]:
    return [
        inline(criterion.name)
        for criterion in view.weighted
        if criterion.id in option.ratings and option.ratings[criterion.id].ground == "unknown"
    ]


def about(view: View, whom: str) -> str:
    """Whom a fact is about."""
    if whom in view.case.partner_by_id:
        return view.partner_name(whom)
    return {"trust": "the trust", "context": "the setting"}.get(whom, whom)
