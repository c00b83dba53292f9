"""What the trust says itself: its hunch beside the result, options it added, its own ratings, its what-ifs."""

from __future__ import annotations

from collections.abc import Iterator

from partnerwizard.appraisal.changes import changes
from partnerwizard.appraisal.live import LiveAppraisal
from partnerwizard.appraisal.local import without_local
from partnerwizard.appraisal.model import OptionResult
from partnerwizard.case.model import OwnRating
from partnerwizard.case.scenarios import with_scenario
from partnerwizard.report.blocks import Block, Column, Heading, Paragraph, Section, Spans, Table, bold, lines, spans
from partnerwizard.report.text import one_line
from partnerwizard.report.view import View
from partnerwizard.report.words import VERDICT, counted, day, listed, points, sentence

DRAWS = 2000


def own_views(view: View) -> Section | None:
    """One short section; none where the trust said nothing of the kind."""
    blocks: list[Block] = []
    if (beside := hunch(view)) is not None:
        blocks += [Heading(3, "The hunch beforehand", "own-hunch"), Paragraph(beside)]
    if view.case.local_options:
        blocks += [Heading(3, "Options that the trust added", "own-options"), _local_options(view)]
    if ratings := list(_ratings(view)):
        columns = (Column("Rating", 2), Column("The trust’s own", 1), Column("The guidance’s", 1), Column("Why", 3))
        blocks += [
            Heading(3, "The trust’s own ratings", "own-ratings"),
            Paragraph(spans("They take the place of the guidance’s, count as judgement, and are moved by no fact.")),
            Table("The trust’s own ratings beside the guidance’s", columns, tuple(ratings)),
        ]
    return Section(Heading(2, "What the trust says itself", "own-views"), tuple(blocks)) if blocks else None


def hunch(view: View) -> Spans | None:
    """What was expected, and how it fares; it entered no figure."""
    said = view.case.hunch
    if said is None:
        return None
    words = one_line(said.text)
    expected = view.form_name(said.form) if said.form is not None else ""
    quoted = f" (“{words}”)" if words and expected else f"“{words}”" if words else ""
    beside = f" {_fares(view, said.form)}" if said.form is not None else ""
    return spans(bold("The hunch was: "), f"{expected}{quoted}, written down on {day(said.at.date())}.{beside}")


def _fares(view: View, form: str) -> str:
    """How the form that was expected came out."""
    if any(option.form == form for option in view.named):
        alone = len(view.named) == 1
        return "The answer is the same form." if alone else "It is among those that the answer names."
    best = _best(view, form)
    if best is None:
        return "It is not among the options of this case."
    if best.status == "in-place":
        return "It is in place already."
    if best.rank is None:
        closing = next(
            (g for g in best.gates if g.effect in {"ruled-out", "set-aside"} and g.state == "holds" and not g.lifted),
            None,
        )
        return f"It is closed. {sentence(closing.reason)}" if closing else "It is closed."
    first = view.leader
    if first is None or first.value is None or best.value is None:
        return f"It stands at {points(view.difference(best))} points against carrying on."
    return (
        f"It stands at {points(view.difference(best))} points against carrying on; {view.name(first)}, which comes "
        f"nearest to leading, stands at {points(view.difference(first))}."
        if view.verdict.kind in {"no-clear-winner", "not-enough-known"}
        else f"It stands at {points(view.difference(best))} points against carrying on, where "
        f"{view.name(first)} stands at {points(view.difference(first))}."
    )


def _best(view: View, form: str) -> OptionResult | None:
    """The option of the form that came out best, closed or not."""
    found = [option for option in view.appraisal.options if option.form == form]
    return min(found, key=lambda option: option.rank or len(view.options) + 1, default=None)


def _local_options(view: View) -> Table:
    columns = (
        Column("Option", 2),
        Column("What it is", 3),
        Column("Taken to be like", 2),
        Column("How it came out", 2),
    )
    rows = tuple(
        (
            spans(bold(one_line(option.name))),
            spans(one_line(option.text) or "Not described."),
            spans(
                view.form_name(option.like),
                f"; {counted(len(option.ratings), 'rating')} of the trust’s own" if option.ratings else "",
            ),
            spans(_came_out(view, _best(view, option.id))),
        )
        for option in view.case.local_options
    )
    return Table("Options that the trust added, all of their ratings judgement", columns, rows)


def _came_out(view: View, best: OptionResult | None) -> str:
    if best is None:
        return "Not among the options."
    if best.rank is None:
        return "Closed."
    return f"{points(view.difference(best))} points against carrying on."


def _ratings(view: View) -> Iterator[tuple[Spans, ...]]:
    """Every own rating with the guidance's and the reason; those of own options are beside the form they are like."""
    own: list[tuple[str, str, OwnRating]] = [(each.form, each.criterion, each) for each in view.case.overrides]
    own += [(option.id, c, rating) for option in view.case.local_options for c, rating in option.ratings.items()]
    for form, criterion, rating in own:
        option = _best(view, form)
        cell = option.ratings.get(criterion) if option is not None else None
        guidance = cell.original if cell is not None else None
        yield (
            spans(f"{view.form_name(form)}: {view.criterion_name(criterion).lower()}"),
            spans(f"{rating.likely:.0f} ({rating.low:.0f} to {rating.high:.0f})"),
            spans(
                f"{guidance.likely:.0f} ({guidance.low:.0f} to {guidance.high:.0f})"
                if guidance is not None
                else "Not weighed here"
            ),
            spans(sentence(one_line(rating.reason))),
        )


def scenarios(view: View) -> Section | None:
    """The case and its saved what-ifs side by side, each appraised on the same day with the same draws."""
    case, pack = view.case, without_local(view.pack)
    if not case.scenarios:
        return None
    rows = [
        (
            spans(bold("The case")),
            spans("As answered."),
            *_answer(view, VERDICT[view.verdict.kind], view.verdict.options),
        )
    ]
    for scenario in case.scenarios:
        changed = with_scenario(case, scenario.id)
        found = LiveAppraisal(pack, changed, as_of=view.appraisal.as_of, seed=view.appraisal.seed, samples=DRAWS)
        verdict = found.at(changed).verdict
        differs = lines(changes(pack, case, scenario)) or spans("Nothing any more: the case says the same now.")
        rows.append(
            (spans(bold(one_line(scenario.name))), differs, *_answer(view, VERDICT[verdict.kind], verdict.options))
        )
    columns = (Column("What if", 2), Column("What differs", 4), Column("Verdict", 2), Column("Options named", 3))
    return Section(
        Heading(2, "What if: the saved scenarios", "scenarios"),
        (
            Paragraph(
                spans(f"Each scenario is worked out like the case, with {DRAWS:,} draws. None is advice by itself.")
            ),
            Table("The case and its scenarios", columns, tuple(rows)),
        ),
    )


def _answer(view: View, verdict: str, options: tuple[str, ...]) -> tuple[Spans, Spans]:
    return spans(verdict), spans(listed(view.name(each) for each in options) if options else "None")
