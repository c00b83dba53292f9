"""What the workbook holds: plain sheets of cells, and nothing yet about the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from partnerwizard.appraisal.facts import Facts
from partnerwizard.appraisal.model import Cell as Rated
from partnerwizard.appraisal.model import GateResult, OptionResult
from partnerwizard.case.model import Ranking
from partnerwizard.pack.conditions import Fact, Knowledge
from partnerwizard.pack.model import Question, Source
from partnerwizard.report.blocks import Break, Cite, Report, Run, SourceList, Span, Spans
from partnerwizard.report.chapters.answers import answer_words
from partnerwizard.report.chapters.firmness import about
from partnerwizard.report.chapters.own_views import hunch
from partnerwizard.report.text import one_line
from partnerwizard.report.view import View
from partnerwizard.report.words import (
    BASIS,
    EFFECT,
    GROUND,
    STATUS,
    SURENESS,
    capital,
    inline,
    listed,
    points,
    sentence,
)

Look = Literal[
    "text", "strong", "key", "note", "whole", "points", "share", "money", "date", "input", "share-input", "total"
]

_STATE = {"holds": "Applies", "fails": "Does not apply", "unknown": "Not known"}
_KNOWN = {
    Knowledge.ANSWERED: "Answered",
    Knowledge.DONT_KNOW: "Don’t know",
    Knowledge.DOES_NOT_APPLY: "Does not apply",
    Knowledge.UNANSWERED: "Not answered",
}
_CHANGE = {"weights": "Weights", "rating": "Rating", "gate": "Rule", "fact": "Fact", "red-line": "Red line"}
_LONGEST_PIECE = 2000
"""Characters of a text in one row; the tallest row shows some more."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value that it comes to."""

    text: str
    value: float | str


Value = str | float | int | bool | date | Formula | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its title, its width in characters, and how its cells look."""

    title: str
    width: float
    look: Look = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """A line above the header row: cells from the left, each with its look."""

    cells: tuple[tuple[Value, Look], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: what it is, lines above its table, and the table. `strong`: rows that stand out, counted from 0."""

    name: str
    about: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    above: tuple[Line, ...] = ()
    keep: int = 1
    strong: frozenset[int] = frozenset()

    @property
    def head(self) -> int:
        """The row of the column titles, counted from 0."""
        return 3 + len(self.above)

    @property
    def first(self) -> int:
        """The first row of cells, counted from 0."""
        return self.head + 1

    def column(self, title: str) -> int:
        """The place of a column, counted from 0."""
        return next(n for n, each in enumerate(self.fields) if each.title == title)


class Numbers:
    """Sources by the numbers that the paper gives them; those that it does not refer to follow."""

    def __init__(self, view: View, report: Report) -> None:
        lists = [block for chapter in report.chapters for block in chapter.blocks if isinstance(block, SourceList)]
        printed = {(each.title, each.url): each.number for each in lists[0].entries} if lists else {}
        self._numbers: dict[str, int] = {}
        for source in view.pack.sources:
            if (number := printed.get((source.title, source.url))) is not None:
                self._numbers[source.id] = number
        self._sources = {source.id: source for source in view.pack.sources}
        self._next = max(self._numbers.values(), default=0) + 1

    def cited(self, sources: Iterable[str]) -> str:
        """The numbers of these sources in rising order."""
        found = []
        for source in sources:
            if source not in self._sources:
                continue
            if source not in self._numbers:
                self._numbers[source] = self._next
                self._next += 1
            found.append(self._numbers[source])
        return ", ".join(map(str, sorted(set(found))))

    def listed(self) -> list[tuple[int, Source]]:
        """Every source that the paper or the workbook refers to, by number."""
        return sorted(((number, self._sources[source]) for source, number in self._numbers.items()), key=lambda x: x[0])


def words_of(content: Spans) -> str:
    """The words of a text, with its references by their numbers."""
    return "".join(map(_words, content)).strip()


def _words(span: Span) -> str:
    match span:
        case Run():
            return span.text
        case Cite():
            return f"[{', '.join(map(str, span.numbers))}]"
        case Break():
            return "\n"


# Options and gates


def options(view: View, numbers: Numbers) -> Sheet:
    """Every option with its status, and where it is scored its figures."""
    fields = (
        Field("Option", 36, "strong"),
        Field("Form", 22),
        Field("Partners", 24),
        Field("Status", 20),
        Field("Why", 50),
        Field("Causes touched", 24),
        Field("Authority short by", 11, "points"),
        Field("Value, lowest", 10, "points"),
        Field("Value, likely", 10, "points"),
        Field("Value, highest", 10, "points"),
        Field("Comes first in", 10, "share"),
        Field("Can be best", 10),
        Field("One-off money from", 14, "money"),
        Field("to", 14, "money"),
        Field("Sources", 12),
        Field("Option id", 30, "key"),
    )
    named = {option.id for option in view.named}
    found = view.appraisal.options
    return Sheet(
        "Options",
        "Every option that was looked at. Closed options have no value; money is in no score.",
        fields,
        tuple(_option(view, numbers, option) for option in found),
        strong=frozenset(n for n, option in enumerate(found) if option.id in named),
    )


def _option(view: View, numbers: Numbers, option: OptionResult) -> tuple[Value, ...]:
    closing = [
        gate
        for gate in option.gates
        if gate.state == "holds" and gate.lifted is None and gate.effect in {"ruled-out", "set-aside"}
    ]
    value, money = option.value, option.money
    return (
        view.name(option),
        view.form_name(option.form),
        listed(view.partner_name(partner) for partner in option.partners),
        STATUS[option.status],
        " ".join(sentence(gate.reason) for gate in closing),
        listed(inline(view.cause_name(cause)) for cause in option.causes_touched),
        option.authority_shortfall,
        value.low if value else None,
        value.likely if value else None,
        value.high if value else None,
        option.rank_shares[0] if option.rank_shares else None,
        ("Always" if option.necessarily_best else "Yes" if option.possibly_best else "No") if value else "",
        money.low if money else None,
        money.high if money else None,
        numbers.cited(source for gate in closing for source in gate.sources),
        option.id,
    )


def gates(view: View, numbers: Numbers) -> Sheet:
    """Every rule for every option: whether it applies, why, and what it rests on."""
    fields = (
        Field("Option", 34, "strong"),
        Field("Rule", 28),
        Field("Effect", 11),
        Field("State", 13),
        Field("Reason", 50),
        Field("Step to take", 34),
        Field("Brought back because", 20),
        Field("Not known yet", 22),
        Field("Basis", 13),
        Field("Confidence", 12),
        Field("In force from", 12, "date"),
        Field("Review by", 12, "date"),
        Field("Sources", 9),
        Field("Option id", 30, "key"),
        Field("Rule id", 30, "key"),
    )
    rows = tuple(_gate(view, numbers, option, gate) for option in view.appraisal.options for gate in option.gates)
    about_gates = "Every dated rule for every option, whether it applies or not. No score plays a part here."
    return Sheet("Gates", about_gates, fields, rows, keep=2)


def _gate(view: View, numbers: Numbers, option: OptionResult, gate: GateResult) -> tuple[Value, ...]:
    return (
        view.name(option),
        gate.title,
        EFFECT[gate.effect],
        _STATE[gate.state],
        sentence(gate.reason),
        sentence(gate.step or ""),
        sentence(gate.lifted or ""),
        listed(inline(view.fact_name(fact)) for fact in gate.missing),
        capital(BASIS[gate.basis]),
        capital(gate.confidence),
        gate.in_force,
        gate.review_by,
        numbers.cited(gate.sources),
        option.id,
        gate.id,
    )


# Answers

_RARE = {"Points from and to", "What was expected beforehand"}
"""What few say, and is not missed where it is not said."""


def answers(view: View) -> Sheet:
    """What the trust said: the problem, what matters, and every question with its answer or that it has none."""
    fields = (Field("About", 30, "strong"), Field("Question", 44), Field("State", 16), Field("Answer", 80))
    rows = [*_said(view), *_answered(view)]
    return Sheet("Answers", "What was answered; what is not known or not answered is told apart.", fields, tuple(rows))


def _said(view: View) -> Iterator[tuple[Value, ...]]:
    case = view.case
    causes = [
        f"{view.cause_name(held.id)} (confidence: {SURENESS[held.confidence]})"
        for held in case.causes
        if held.id in view.pack.cause_by_id
    ]
    red_lines = [
        f"{sentence(one_line(line.text))} Owner: {one_line(line.owner) or 'not named'}" for line in case.red_lines
    ]
    swings = [
        f"{view.criterion_name(criterion)}: {low:g} to {high:g}" for criterion, (low, high) in case.points.items()
    ]
    for question, answer in (
        ("The problem in the trust’s words", case.problem.strip()),
        ("Diagnosed causes", "\n".join(causes)),
        ("Aims, most important first", in_order(view, case.aims)),
        ("Terms, most important first", in_order(view, case.terms)),
        (
            "The first term against the first aim at 100",
            "" if case.swing is None else f"{case.swing[0]:g} to {case.swing[1]:g}",
        ),
        ("Points from and to", "\n".join(swings)),
        ("Red lines", "\n".join(red_lines)),
        ("What was expected beforehand", words_of(hunch(view) or ())),
    ):
        if not answer and question in _RARE:
            continue
        state = _KNOWN[Knowledge.ANSWERED if answer else Knowledge.UNANSWERED]
        for number, piece in enumerate(_pieces(answer)):
            yield "The case", f"{question} (continued)" if number else question, state, piece


def _pieces(text: str) -> Iterator[str]:
    """A long text in pieces that a row can show, cut between words."""
    while len(text) > _LONGEST_PIECE:
        head, space, _ = text[:_LONGEST_PIECE].rpartition(" ")
        cut = len(head) if space and head.strip() else _LONGEST_PIECE
        yield text[:cut]
        text = text[cut:].lstrip()
    yield text


def in_order(view: View, ranking: Ranking) -> str:
    """A ranking in words."""
    return "; then ".join(listed(inline(view.criterion_name(criterion)) for criterion in tie) for tie in ranking)


def _answered(view: View) -> Iterator[tuple[Value, ...]]:
    for question in view.pack.questions:
        if question.scope != "partner":
            yield from _one(view, question, view.facts(question.id), None)
    for partner in view.case.partners:
        known = Facts(view.pack, view.case, (partner.id,))
        for question in view.pack.questions:
            if question.scope == "partner":
                yield from _one(view, question, known(question.id), partner.id)


def _one(view: View, question: Question, facts: tuple[Fact, ...], partner: str | None) -> Iterator[tuple[Value, ...]]:
    whom = "The trust and its setting" if partner is None else view.partner_name(partner)
    for fact in facts[:1]:
        answer = words_of(answer_words(view, question, fact, partner)) if fact.knowledge is Knowledge.ANSWERED else ""
        yield whom, question.short, _KNOWN[fact.knowledge], answer


# What the answer withstands


def sensitivities(view: View) -> Sheet:
    """Every test of the answer: what was changed, and which option is first then."""
    fields = (
        Field("Test", 20, "strong"),
        Field("What is changed", 44),
        Field("From", 10, "share"),
        Field("To", 10, "share"),
        Field("First then", 42),
        Field("Same answer", 12),
        Field("In words", 90),
    )
    return Sheet(
        "Sensitivities",
        "What the answer withstands and what would change it. From and to are shares of the ways that fit, or weights.",
        fields,
        (*_pairs(view), *_tests(view), *_changes(view)),
        keep=2,
    )


def _pairs(view: View) -> Iterator[tuple[Value, ...]]:
    for form in view.appraisal.forms:
        for other, share in form.beats.items():
            mine, theirs = view.form_name(form.form), view.form_name(other)
            words = f"Share of the ways that fit in which {inline(mine)} is ahead of {inline(theirs)}."
            yield "Pair", f"{mine} against {inline(theirs)}", None, share, "", "", words


def _tests(view: View) -> Iterator[tuple[Value, ...]]:
    for test in view.appraisal.sensitivities:
        yield "Plain test", test.what, None, None, view.name(test.first), "Yes" if test.same else "No", ""


def _changes(view: View) -> Iterator[tuple[Value, ...]]:
    for tip in view.appraisal.tipping:
        what = f"Weight of {inline(view.criterion_name(tip.criterion))}"
        yield "Tipping point", what, tip.from_, tip.to, view.name(tip.winner), "No", ""
    for change in view.appraisal.smallest_changes:
        words = sentence(change.sentence)
        yield "Smallest change", _CHANGE[change.kind], None, None, view.name(change.winner), "No", words
    for each in view.appraisal.find_out:
        what = f"{view.fact_name(each.fact)} ({about(view, each.about)})"
        yield "Fact not known", what, None, None, "", "" if each.could_change_the_answer else "Yes", sentence(each.why)


def sources(numbers: Numbers) -> Sheet:
    """Every source that the paper or the workbook refers to, under the number that both use."""
    fields = (
        Field("Number", 9, "whole"),
        Field("Title", 60, "strong"),
        Field("Publisher", 32),
        Field("Published", 16),
        Field("Address", 70),
        Field("Checked", 13, "date"),
        Field("Review by", 13, "date"),
    )
    rows = tuple(
        (number, each.title, each.publisher, each.published, each.url, each.checked, each.review_by)
        for number, each in numbers.listed()
    )
    return Sheet("Sources", "The numbers are those of the full paper.", fields, rows, keep=2)


# Ratings


def ratings_rows(view: View, numbers: Numbers) -> Iterator[tuple[Value, ...]]:
    """Every rating of every scored option with what it rests on."""
    for option in view.scored:
        for criterion in view.weighted:
            if (cell := option.ratings.get(criterion.id)) is not None:
                yield (
                    view.name(option),
                    criterion.name,
                    cell.likely,
                    cell.low,
                    cell.high,
                    capital(GROUND[cell.ground]),
                    SURENESS[cell.confidence] if cell.confidence else "",
                    sentence(cell.reason),
                    "\n".join(f"{points(moved.points)}: {sentence(moved.reason)}" for moved in cell.adjustments),
                    cell.original.likely if cell.original else None,
                    numbers.cited(_cell_sources(cell)),
                    option.id,
                    criterion.id,
                )


def _cell_sources(cell: Rated) -> Iterator[str]:
    yield from cell.sources
    for moved in cell.adjustments:
        yield from moved.sources
