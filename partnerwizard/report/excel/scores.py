"""The sheets that recompute the scores: ratings and weights to change, and formulas that follow them.

Formulas read cells by names such as WeightUsed, and rows by their ids, so that sorting a sheet breaks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlsxwriter.utility import xl_col_to_name

from partnerwizard.appraisal.model import OptionResult
from partnerwizard.report.excel.sheets import Field, Formula, Line, Look, Numbers, Sheet, Value, ratings_rows
from partnerwizard.report.view import AUTHORITY, View
from partnerwizard.report.words import STATUS

_KIND = {"aims": "aim", "terms": "term"}
_VALUE, _FIRST = 3, 7
"""Columns of the scores, counted from 0: the value, and the first criterion."""

_STEP_CELL = "$D$4"
_KIND_ROW, _KEY_ROW, _WEIGHT_ROW, _TODAY_ROW, _TOP = 6, 7, 8, 9, 11
"""Rows of the scores as the formulas name them: kinds, ids and weights of the criteria, how carrying on is rated on
each, and the first option."""

_STEP, _OPTION = "AuthorityStep", "ScoreOption"
_LIKELY, _RATED, _RATED_ON = "RatingLikely", "RatingOption", "RatingCriterion"
_USED, _USED_FOR = "WeightUsed", "WeightCriterion"
_COLUMNS = {
    _OPTION: ("Scores", "Option id"),
    _LIKELY: ("Ratings", "Likely rating"),
    _RATED: ("Ratings", "Option id"),
    _RATED_ON: ("Ratings", "Criterion id"),
    _USED: ("Weights", "Used in the scores"),
    _USED_FOR: ("Weights", "Criterion id"),
}

_TIE = "0.000000001"
_CLOSE = "0.000001"
_AGREE = "The formulas agree with the paper."
_CHANGED = "Changed: these values are not those of the paper."
_EMPTY: tuple[Value, Look] = ("", "text")


def ratings(view: View, numbers: Numbers) -> Sheet:
    """Every rating with what it rests on; the likely ones feed the scores."""
    fields = (
        Field("Option", 34, "strong"),
        Field("Criterion", 24),
        Field("Likely rating", 10, "input"),
        Field("Lowest", 10, "points"),
        Field("Highest", 10, "points"),
        Field("Ground", 16),
        Field("Confidence", 12),
        Field("Why", 50),
        Field("Moved by facts of this case", 38),
        Field("The pack’s own rating", 12, "points"),
        Field("Sources", 12),
        Field("Option id", 30, "key"),
        Field("Criterion id", 24, "key"),
    )
    about = "Ratings run from 0 to 100. Change a likely rating (tinted), and the sheet Scores follows."
    return Sheet("Ratings", about, fields, tuple(ratings_rows(view, numbers)), keep=2)


def weights(view: View) -> Sheet:
    """The weights that fit what was said, and the one of each criterion that the scores use."""
    fields = (
        Field("Criterion", 34, "strong"),
        Field("Kind", 10),
        Field("Lowest that fits", 12, "share"),
        Field("At the middle", 12, "share"),
        Field("Highest that fits", 12, "share"),
        Field("Used in the scores", 12, "share-input"),
        Field("What it asks", 70),
        Field("Criterion id", 24, "key"),
    )
    found = view.appraisal.weights
    rows = tuple(
        (
            each.name,
            _KIND[each.branch],
            found[each.id].low,
            found[each.id].central,
            found[each.id].high,
            found[each.id].central,
            each.question,
            each.id,
        )
        for each in view.weighted
    )
    about = "Change a weight that is used (tinted), and the sheet Scores follows. Weights count as shares of their sum."
    return Sheet("Weights", about, fields, rows)


def scores(view: View) -> Sheet:
    """The value and the rank of every scored option as formulas on the ratings and weights."""
    if not view.scored:
        return Sheet("Scores", "No option is open, so there is nothing to score.", (Field("Option", 42),), ())
    return _Scores(view).sheet()


def contributions(view: View) -> Sheet:
    """What each criterion adds to carrying on or takes from it, for every scored option, as formulas on the scores."""
    if not view.scored:
        return Sheet("Contributions", "No option is open, so nothing is set apart.", (Field("Option", 42),), ())
    return _Scores(view).contributions()


def names(sheets: Iterable[Sheet]) -> dict[str, str]:
    """The names that the formulas use, with the cells that they stand for."""
    found = {sheet.name: sheet for sheet in sheets if sheet.rows}
    if "Scores" not in found:
        return {}
    cells = {name: _down(found[sheet], title) for name, (sheet, title) in _COLUMNS.items()}
    return {_STEP: f"Scores!{_STEP_CELL}", **cells}


class _Scores:
    """Writes the formulas."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._step = view.pack.head.method.authority_points.value
        self._criteria = [xl_col_to_name(_FIRST + n) for n in range(len(view.weighted))]
        after = _FIRST + len(view.weighted)
        self._short, self._authority, self._printed, _, self._key = (xl_col_to_name(after + n) for n in range(5))
        self._value = xl_col_to_name(_VALUE)
        self._today = _today(view)

    def sheet(self) -> Sheet:
        """The sheet with an option in each row and a criterion in each column."""
        view = self._view
        fields = (
            Field("Rank", 7, "whole"),
            Field("Option", 42, "strong"),
            Field("Status", 22),
            Field("Value", 10, "total"),
            Field("Against carrying on", 12, "points"),
            Field("Benefit", 10, "points"),
            Field("Terms", 10, "points"),
            *(Field(each.name, 13, "points") for each in view.weighted),
            Field("Authority short by", 11, "points"),
            Field("Points for authority", 11, "points"),
            Field("Value in the paper", 11, "points"),
            Field("Rank in the paper", 10, "whole"),
            Field("Option id", 30, "key"),
        )
        named = {option.id for option in view.named}
        return Sheet(
            "Scores",
            "A criterion’s points are its weight times the rating. They add up to the value, less what missing "
            "authority costs; no value is below 0.",
            fields,
            tuple(self._row(_TOP + n, option) for n, option in enumerate(view.scored)),
            self._above(),
            keep=2,
            strong=frozenset(n for n, option in enumerate(view.scored) if option.id in named),
        )

    def contributions(self) -> Sheet:
        """The sheet with what sets each option apart from carrying on."""
        view = self._view
        fields = (
            Field("Option", 42, "strong"),
            Field("In all", 10, "total"),
            *(Field(each.name, 13, "points") for each in view.weighted),
            Field("Points for authority", 11, "points"),
            Field("Option id", 30, "key"),
        )
        about = (
            "Points that each criterion adds to carrying on, or takes from it: its weight, times how far the option is "
            "rated above carrying on."
        )
        blank = Sheet("Contributions", about, fields, ())
        rows = (self._parts(blank.first + 1 + n, option) for n, option in enumerate(view.scored))
        named = frozenset(n for n, option in enumerate(view.scored) if option in view.named)
        return Sheet(blank.name, about, fields, tuple(rows), strong=named)

    def _above(self) -> tuple[Line, ...]:
        weighted = self._view.weighted
        check = (
            f"=IF(SUMPRODUCT(ABS({self._all(self._value)}-{self._all(self._printed)}))<{_CLOSE},"
            f'"{_AGREE}","{_CHANGED}")'
        )

        def across(label: str, cells: list[tuple[Value, Look]]) -> Line:
            return Line((_EMPTY, (label, "text"), *([_EMPTY] * (_FIRST - 2)), *cells))

        return (
            Line((_EMPTY, ("Points for one step of missing authority", "text"), _EMPTY, (self._step, "input"))),
            Line((_EMPTY, (Formula(check, _AGREE), "strong"))),
            across("Kind", [(_KIND[each.branch], "note") for each in weighted]),
            across("Criterion id", [(each.id, "note") for each in weighted]),
            across("Weight", [(self._weight(n), "share") for n in range(len(weighted))]),
            across("How carrying on is rated", [(self._rating_today(n), "points") for n in range(len(weighted))]),
        )

    def _weight(self, number: int) -> Formula:
        key = f"{self._criteria[number]}${_KEY_ROW}"
        central = self._view.appraisal.weights[self._view.weighted[number].id].central
        return Formula(f"=SUMIFS({_USED},{_USED_FOR},{key})/SUM({_USED})", central)

    def _rating_today(self, number: int) -> Value:
        """Carrying on's rating, live where it is among the options; where it is closed, as the paper has it."""
        rating = self._today[self._view.weighted[number].id]
        if not any(self._view.is_carry_on(option) for option in self._view.scored):
            return rating
        key = f"{self._criteria[number]}${_KEY_ROW}"
        return Formula(f'=SUMIFS({_LIKELY},{_RATED},"{self._view.carry_on}",{_RATED_ON},{key})', rating)

    def _row(self, row: int, option: OptionResult) -> tuple[Value, ...]:
        assert option.value is not None
        value = f"{self._value}{row}"
        parts = f"{self._criteria[0]}{row}:{self._criteria[-1]}{row}"
        aims = f'SUMIF({self._across(_KIND_ROW)},"aim",{parts})'
        terms = f'SUMIF({self._across(_KIND_ROW)},"term",{parts})'
        today = f"SUMPRODUCT({self._across(_WEIGHT_ROW)},{self._across(_TODAY_ROW)})"
        cost = option.value.likely - sum(self._points_of(option).values())
        return (
            Formula(f"=1+SUMPRODUCT(--({self._all(self._value)}>{value}+{_TIE}))", option.rank or 1),
            self._view.name(option),
            STATUS[option.status],
            Formula(f"=SUM({parts})+{self._authority}{row}", option.value.likely),
            Formula(f"={value}-{today}", self._view.difference(option)),
            self._per_weight("aim", f"{aims}-SUM({parts})+{value}", option.benefit),
            self._per_weight("term", terms, option.terms),
            *(self._points(n, row, option) for n in range(len(self._criteria))),
            option.authority_shortfall,
            Formula(f"=MAX(-{self._short}{row}*{_STEP},-SUM({parts}))", cost if option.authority_shortfall else 0.0),
            option.value.likely,
            option.rank,
            option.id,
        )

    def _points_of(self, option: OptionResult) -> dict[str, float]:
        found = self._view.appraisal.weights
        return {each.id: found[each.id].central * option.ratings[each.id].likely for each in self._view.weighted}

    def _points(self, number: int, row: int, option: OptionResult) -> Formula:
        """A criterion's weight times the rating."""
        column = self._criteria[number]
        text = f"=SUMIFS({_LIKELY},{_RATED},${self._key}{row},{_RATED_ON},{column}${_KEY_ROW})*{column}${_WEIGHT_ROW}"
        return Formula(text, self._points_of(option)[self._view.weighted[number].id])

    def _per_weight(self, kind: str, points: str, printed: float | None) -> Value:
        """Points of one kind for the whole weight of that kind; a kind without weight keeps the paper's figure."""
        if all(_KIND[each.branch] != kind for each in self._view.weighted):
            return printed
        weight = f'SUMIF({self._across(_KIND_ROW)},"{kind}",{self._across(_WEIGHT_ROW)})'
        return Formula(f"=IF({weight}>0,({points})/{weight},0)", printed or 0.0)

    def _parts(self, row: int, option: OptionResult) -> tuple[Value, ...]:
        """An option's points less carrying on's, criterion by criterion."""
        known = option.contributions or {}
        key = f"${xl_col_to_name(3 + len(self._criteria))}{row}"
        cells: list[Value] = []
        for column, each in zip(self._criteria, self._view.weighted, strict=True):
            today = f"Scores!{column}${_WEIGHT_ROW}*Scores!{column}${_TODAY_ROW}"
            text = f"=SUMIFS(Scores!{self._all(column)},{_OPTION},{key})-{today}"
            cells.append(Formula(text, known.get(each.id, 0.0)))
        text = f"=SUMIFS(Scores!{self._all(self._authority)},{_OPTION},{key})"
        cells.append(Formula(text, known.get(AUTHORITY, 0.0) if option.authority_shortfall else 0.0))
        whole = f"=SUM(C{row}:{xl_col_to_name(2 + len(self._criteria))}{row})"
        return (self._view.name(option), Formula(whole, self._view.difference(option)), *cells, option.id)

    def _across(self, row: int) -> str:
        return f"${self._criteria[0]}${row}:${self._criteria[-1]}${row}"

    def _all(self, column: str) -> str:
        return f"${column}${_TOP}:${column}${_TOP + len(self._view.scored) - 1}"


def _today(view: View) -> dict[str, float]:
    """How carrying on is rated on each criterion that counts, found from what sets the options apart from it."""
    option = view.scored[0]
    found = view.appraisal.weights
    apart = option.contributions or {}
    return {
        each.id: option.ratings[each.id].likely - apart.get(each.id, 0.0) / found[each.id].central
        for each in view.weighted
    }


def _down(sheet: Sheet, title: str) -> str:
    """The cells of a column of a sheet."""
    column = xl_col_to_name(sheet.column(title))
    return f"{sheet.name}!${column}${sheet.first + 1}:${column}${sheet.first + len(sheet.rows)}"
