"""What the workshop said: distribution first, each organisation apart, what is disputed; and its record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from partnerwizard.case.workshop import Away, Round, Workshop
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
    lines,
    spans,
)
from partnerwizard.report.charts.votes import First, Spread, first_choices, spread
from partnerwizard.report.pictures import WIDTH
from partnerwizard.report.text import one_line, paragraphs
from partnerwizard.report.view import View
from partnerwizard.report.words import READINESS, capital, counted, day, inline, listed, percent
from partnerwizard.workshop.agenda import Item, Talk, talk
from partnerwizard.workshop.problems import Refused
from partnerwizard.workshop.record import check_record, receipt, seal_of
from partnerwizard.workshop.results import Movement, RoundResult, movement, round_result, shown_as
from partnerwizard.workshop.telling import told

_NARROW = 340.0
_ITEMS = 6
_ABOUT_ONE = 2
_WIDEST = 6
_AWAY: dict[Away, str] = {"absent": "absent", "abstains": "abstained", "withdrawn": "withdrew"}
_CHANGED = "The record does not fit together: "


@dataclass(frozen=True, eq=False)
class _Found:
    """The latest revealed round that can be worked out, and the one before it."""

    workshop: Workshop
    result: RoundResult
    before: RoundResult | None
    said: Talk


def workshop(view: View) -> Section | None:
    """What people said in the last revealed round, and what moved since the one before; None where nothing was."""
    found = _found(view)
    if found is None:
        return None
    blocks: list[Block] = [Paragraph(spans(_who(view, found)))]
    if found.result.group is not None:
        blocks += [
            _first_choices(view, found),
            *_answer(view, found),
            *_organisations(view, found),
            _spread(view, found),
            Paragraph(spans(_agreement(found))),
            *_moved(view, found),
            *_disputed(view, found.said),
        ]
    blocks += [*_readiness(view, found), *_remarks(found.workshop)]
    return Section(Heading(2, "What the workshop said", "workshop"), tuple(blocks))


def record(view: View) -> Section | None:
    """The record: rounds, who was there as agreed, receipts, every line, and what it shows and does not."""
    held = view.case.workshop
    if held is None or not held.rounds:
        return None
    problems = check_record(held)
    blocks: list[Block] = [
        Paragraph(
            spans(
                "Every line carries the hash of the line before, so a line that was changed, dropped or put in later "
                "is noticed. It cannot show that the owner of the laptop wrote the whole record anew: compare its seal "
                f"with the one that people noted in the room. The seal is {seal_of(held)}."
            )
        ),
        *(Callout("caution", "Record", spans(_CHANGED + each)) for each in problems),
        Table(
            "Rounds",
            (
                Column("Round", 0.6),
                Column("State", 1),
                Column("Opened", 1.4),
                Column("Revealed", 1.4),
                Column("Votes", 2.4),
            ),
            tuple(_round_row(each) for each in held.rounds),
        ),
    ]
    blocks += [
        Heading(3, "Who took part", "workshop-people"),
        Paragraph(spans(listed(one_line(shown_as(held, each)) for each in held.participants) + ".")),
    ]
    receipts = [
        spans(bold(f"Round {each.number}: "), ", ".join(sorted(receipt(vote.commitment) for vote in each.votes)))
        for each in held.rounds
        if each.votes
    ]
    if receipts:
        blocks += [
            Heading(3, "Receipts of the votes that were counted", "receipts"),
            Paragraph(spans("Whoever finds their receipt here knows that their vote was counted as they gave it.")),
            Bullets(tuple(receipts)),
        ]
    rows = tuple(
        (
            spans(str(entry.number)),
            spans(f"{day(entry.at.date())}, {entry.at:%H:%M} UTC"),
            spans(one_line(told(held, entry))),
        )
        for entry in held.record
        if entry.what not in {"vote-in", "vote-restored"}
    )
    blocks += [
        Heading(3, "Lines of the record", "record-lines"),
        Paragraph(
            spans("Lines that a vote came in are left out here: their times could tell who voted when."), "small"
        ),
        Table("Lines of the record", (Column("Line", 0.5), Column("When", 1.6), Column("What", 4)), rows),
    ]
    return Section(Heading(2, "Record of the workshop", "workshop-record"), tuple(blocks))


@lru_cache(maxsize=1)
def _found(view: View) -> _Found | None:
    """What the rounds say; kept, because a report is laid out more than once until its body fits."""
    held = view.case.workshop
    if held is None:
        return None
    results = []
    for each in held.rounds:
        if each.votes:
            try:
                results.append(round_result(view.pack, view.case, each.number, view.appraisal.as_of))
            except Refused:
                return None
    if not results:
        return None
    before = results[-2] if len(results) > 1 else None
    return _Found(held, results[-1], before, talk(view.pack, view.case, results[-1]))


def _who(view: View, found: _Found) -> str:
    held, result = found.workshop, found.result
    round_ = held.rounds[result.round - 1]
    where = listed(one_line(each.name) for each in held.organisations)
    when = f" on {day(round_.revealed.date())}" if round_.revealed else ""
    parts = [
        f"{counted(len(held.participants), 'person', 'people')}{f' of {where}' if where else ''} took part. "
        f"{result.counted} voted in round {result.round}, which was revealed{when}; votes were kept apart until then."
    ]
    away = _away(round_)
    if away:
        parts.append(f"{capital(listed(away))}.")
    if result.late:
        parts.append(f"{counted(len(result.late), 'vote was', 'votes were')} given with the results known.")
    parts.append("Their weights are their own and enter no other figure of this paper.")
    return " ".join(parts)


def _sides(found: _Found) -> tuple[tuple[str, ...], dict[str, int]]:
    """The organisations that have voters, by name, and the place of each among them by id."""
    voters = set(found.result.setting.organisations)
    with_voters = [each for each in found.workshop.organisations if each.id in voters]
    names = tuple(one_line(each.name) for each in with_voters)
    return names, {each.id: n for n, each in enumerate(with_voters)}


def _side(found: _Found, participant: str, places: dict[str, int]) -> int:
    person = found.workshop.participant_by_id.get(participant)
    return places.get((person.organisation or "") if person else "", len(places))


def _first_choices(view: View, found: _Found) -> Chart:
    result = found.result
    assert result.group is not None
    names, places = _sides(found)
    split = result.group.each.split
    order = sorted(range(len(split)), key=lambda n: (-split[n], result.setting.options[n]))
    before = _split_before(found)
    shown = [n for n in order if split[n] > 0 or before.get(result.setting.options[n], 0.0) > 0]
    rows = [
        First(
            _name(view, result.setting.options[n]),
            tuple(
                (_side(found, voter, places), float(person.first[n]))
                for voter, person in zip(result.setting.voters, result.group.people, strict=True)
                if person.first[n] > 0
            ),
            before.get(result.setting.options[n], 0.0) if found.before else None,
        )
        for n in shown
    ]
    earlier = f"in round {found.before.round}" if found.before else ""
    caption = f"First choices in round {result.round}, a mark for each voter"
    columns = [Column("Option", 3), Column("First for", 1, "right"), Column("Share", 1, "right")]
    cells = [
        [spans(row.name), spans(_figure(sum(share for _, share in row.voters))), spans(percent(float(split[n])))]
        for row, n in zip(rows, shown, strict=True)
    ]
    if found.before:
        columns.append(Column(capital(earlier), 1, "right"))
        for cell, row in zip(cells, rows, strict=True):
            cell.append(spans(_figure(row.before or 0.0)))
    figures = "; ".join(f"{row.name} {_figure(sum(share for _, share in row.voters))}" for row in rows)
    return Chart(
        "first-choices",
        first_choices(rows, names, WIDTH, "first-choices", earlier),
        caption,
        f"{caption}: {figures}.",
        Table(caption, tuple(columns), tuple(tuple(cell) for cell in cells)),
        first_choices(rows, names, _NARROW, "first-choices-narrow", earlier),
    )


def _split_before(found: _Found) -> dict[str, float]:
    before = found.before
    if before is None or before.group is None:
        return {}
    people = len(before.setting.voters)
    return {
        option: float(share) * people
        for option, share in zip(before.setting.options, before.group.each.split, strict=True)
    }


def _answer(view: View, found: _Found) -> Iterator[Block]:
    result = found.result
    leaders = listed(inline(_name(view, each)) for each in result.leaders)
    text = f"With one voice each, {leaders} comes first."
    if result.same_answer is True:
        text += " With one voice for each organisation it is the same."
    yield Paragraph(spans(text))
    if result.same_answer is False:
        other = listed(inline(_name(view, each)) for each in result.leaders_by_organisation or ())
        yield Callout(
            "caution",
            "Two ways of counting differ",
            spans(f"With one voice for each organisation, {other} comes first. Neither is the answer: talk about why."),
        )
    advised = view.verdict.options
    if advised and not set(result.leaders) & set(advised):
        named = listed(inline(view.name(each)) for each in advised)
        yield Callout(
            "caution",
            "This paper and the workshop differ",
            spans(
                f"The workshop puts {leaders} first; the advice of this paper, from the case’s own weights, "
                f"names {named}."
            ),
        )


def _organisations(view: View, found: _Found) -> Iterator[Block]:
    result = found.result
    if len(result.organisations) < 2:
        return
    rows = []
    for each in result.organisations:
        ahead = each.beats_today or {}
        rows.append(
            (
                spans(bold(one_line(each.name))),
                spans(str(len(each.voters))),
                spans(listed(_name(view, result.setting.options[n]) for n in each.voice.leaders)),
                lines(f"{_name(view, option)}: {percent(share)}" for option, share in ahead.items())
                or spans("none" if each.beats_today is not None else "carrying on is closed"),
            )
        )
    columns = (
        Column("Organisation", 1.6),
        Column("Voters", 0.6, "right"),
        Column("Comes first", 1.8),
        Column("Ahead of carrying on, in this share of its people’s ways", 3),
    )
    yield Heading(3, "What each organisation wants", "workshop-organisations")
    yield Table("Each organisation by itself, one voice each", columns, tuple(rows))
    both = result.beats_today_for_all
    if both is not None:
        named = listed(inline(_name(view, each)) for each in both)
        yield Paragraph(
            spans(
                f"Ahead of carrying on for every organisation: {named}."
                if both
                else "Nothing is ahead of carrying on for every organisation."
            )
        )


def _spread(view: View, found: _Found) -> Chart:
    result = found.result
    names, places = _sides(found)
    ordered = sorted(result.spread, key=lambda each: (-(each.high - each.low), each.criterion))
    rows = [
        Spread(
            view.criterion_name(each.criterion),
            tuple((_side(found, person, places), weight) for person, weight in each.weights),
        )
        for each in ordered
    ]
    caption = "How much each criterion counts for each voter, widest apart first"
    if len(rows) > _WIDEST:
        caption += f"; {len(rows) - _WIDEST} more lie closer together"
    columns = (Column("Criterion", 3), *(Column(each, 1, "right") for each in ("Least", "Middle", "Most")))
    cells = tuple(
        (spans(row.name), spans(percent(each.low)), spans(percent(each.middle)), spans(percent(each.high)))
        for row, each in zip(rows, ordered, strict=True)
    )
    figures = "; ".join(
        f"{row.name} {percent(each.low)} to {percent(each.high)}" for row, each in zip(rows, ordered, strict=True)
    )
    return Chart(
        "spread",
        spread(rows[:_WIDEST], names, WIDTH, "spread"),
        caption,
        f"{caption}: {figures}.",
        Table(caption, columns, cells),
        spread(rows[:_WIDEST], names, _NARROW, "spread-narrow"),
    )


def _agreement(found: _Found) -> str:
    result = found.result
    assert result.group is not None
    clusters = result.group.clusters
    together = [len(each.people) for each in clusters if len(each.people) > 1]
    alone = sum(len(each.people) == 1 for each in clusters)
    if len(clusters) == 1:
        groups = "All voters order the options much alike."
    elif together:
        groups = f"Voters fall into groups of {listed(map(str, together))} who order the options much alike"
        groups += f", and {alone} by themselves." if alone else "."
    else:
        groups = "No two voters order the options much alike."
    agreement = result.group.kendall_w
    if agreement is None:
        return groups
    return (
        f"{groups} Agreement on the whole order (Kendall’s W) is {agreement:.2f}, where 0 is none and 1 is all alike. "
        "It says nothing about who is right, can be high where people differ on the first place alone, and means "
        "little with few voters."
    )


def _moved(view: View, found: _Found) -> Iterator[Block]:
    if found.before is None:
        return
    moved: Movement | None = movement(found.before, found.result)
    if moved is None:
        return
    text = (
        f"Of {counted(len(moved.both), 'person', 'people')} who voted in rounds {moved.before} and {moved.after}, "
        f"{len(moved.moved) or 'none'} changed their first choice; what comes first "
        f"{'stayed' if moved.same_leaders else 'changed'}."
    )
    for changes, word in ((moved.narrower, "Views came closer on"), (moved.wider, "They moved apart on")):
        if changes:
            text += f" {word} {listed(inline(view.criterion_name(each)) for each, _, _ in changes)}."
    yield Heading(3, "What moved between the rounds", "workshop-moved")
    yield Paragraph(spans(text))


def _disputed(view: View, said: Talk) -> Iterator[Block]:
    yield Heading(3, "What is disputed, and whether it matters", "workshop-agenda")
    if said.items:
        yield Paragraph(spans("Settling one of these could change what comes first. The strongest stands first."))
        shown = _various(said.items)
        yield Bullets(
            tuple(spans(bold(view.brief(each.question)), f" {view.brief(each.sentence)}") for each in shown),
            numbered=True,
        )
        if len(said.items) > len(shown):
            yield Paragraph(spans(f"{len(said.items) - len(shown)} more could do so as well."), "small")
    else:
        yield Paragraph(spans("No single disagreement, settled either way, changes what comes first."))
    if said.forced:
        yield Paragraph(
            spans(
                "What everybody shares already forces what comes first, at the likely ratings: ", " ".join(said.forced)
            )
        )
    for each in said.stop:
        yield Paragraph(spans(view.brief(each)))


def _various(items: Sequence[Item]) -> tuple[Item, ...]:
    """The strongest few, with at most two about the same criterion."""
    shown: list[Item] = []
    for each in items:
        if len(shown) < _ITEMS and sum(other.subject[0] == each.subject[0] for other in shown) < _ABOUT_ONE:
            shown.append(each)
    return tuple(shown)


def _readiness(view: View, found: _Found) -> Iterator[Block]:
    answers = found.result.readiness
    if not answers:
        return
    yield Heading(3, "Readiness as each side sees it", "workshop-readiness")
    if not found.workshop.share_readiness:
        yield Paragraph(spans("Each side answered apart. Its answers are its own and are not printed here."))
        return
    names = {each.id: each.name for each in view.pack.ingredients}
    rows = tuple(
        (
            spans(names.get(ingredient, ingredient)),
            spans(view.partner_name(side.partner) if side.partner in view.case.partner_by_id else side.partner),
            spans(_organisation(found.workshop, side.organisation)),
            spans(listed(f"{count} × {_state(state)}" for state, count in sorted(states.items()))),
        )
        for side in answers
        for ingredient, states in side.answers.items()
    )
    columns = (Column("Ingredient", 2), Column("With", 2), Column("Says", 2), Column("Answers", 2))
    yield Table("Readiness as each side sees it", columns, rows)


def _state(state: str) -> str:
    return inline(READINESS["unknown" if state == "dont-know" else state])


def _organisation(held: Workshop, organisation: str | None) -> str:
    found = held.organisation_by_id.get(organisation or "")
    return one_line(found.name) if found else "no organisation"


def _remarks(held: Workshop) -> Iterator[Block]:
    if held.remarks:
        yield Heading(3, "In people’s own words", "workshop-remarks")
        yield Bullets(
            tuple(
                spans(
                    lines(paragraphs(each.text)),
                    f" ({one_line(shown_as(held, each.participant))})" if each.participant else "",
                )
                for each in held.remarks
            )
        )


def _away(round_: Round) -> list[str]:
    """How many are absent, abstained or withdrew, as far as there are any."""
    states = list(round_.away.values())
    return [f"{states.count(state)} {word}" for state, word in _AWAY.items() if state in states]


def _round_row(round_: Round) -> tuple[Spans, ...]:
    away = _away(round_)
    count = len(round_.votes) if round_.state == "revealed" else len(round_.sealed) + len(round_.votes)
    revealed = f"{day(round_.revealed.date())}, {round_.revealed:%H:%M} UTC" if round_.revealed else "not yet"
    return (
        spans(str(round_.number)),
        spans(capital(round_.state)),
        spans(f"{day(round_.opened.date())}, {round_.opened:%H:%M} UTC"),
        spans(revealed),
        spans(", ".join([str(count), *away])),
    )


def _name(view: View, option: str) -> str:
    """The name of the option's form: each form takes part by one option."""
    return view.form_name(view.options[option].form) if option in view.options else view.name(option)


def _figure(number: float) -> str:
    return f"{number:.0f}" if abs(number - round(number)) < 0.01 else f"{number:.1f}"
