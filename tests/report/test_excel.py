from __future__ import annotations

import io
import zipfile
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from partnerwizard.case.model import Case, FrontSheet, Hunch, Look, Override, Scenario
from partnerwizard.report import logo
from partnerwizard.report.blocks import Bullets, Run, SourceList, walk
from partnerwizard.report.compose import compose
from partnerwizard.report.excel.render import render_xlsx
from tests.report.cases import WORKED, Material, many_options, material, usual, worked
from tests.report.test_look import drawn
from tests.support import AT, appraised, case_of, orchestras

SHEETS = [
    *("Summary", "Scores", "Contributions", "Ratings", "Weights", "Options", "Gates", "Answers", "Sensitivities"),
    *("Route", "Readiness", "Precedents", "Sources"),
]
TYPED = ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("x")', "\t=1", "\r=1", "https://example.org", "mailto:x", "007"]


_KEPT: dict[tuple[int, bool], tuple[Material, Workbook]] = {}
"""Workbooks that were read already, each with what it was made from, so that no other has its id."""


def book(found: Material, values: bool = False) -> Workbook:
    key = (id(found), values)
    if key not in _KEPT:
        _KEPT[key] = (found, openpyxl.load_workbook(io.BytesIO(render_xlsx(*found)), data_only=values))
    return _KEPT[key][1]


def table(sheet: Any) -> list[dict[str, Any]]:
    """The table of a sheet as rows by column title."""
    assert sheet.freeze_panes
    head = sheet[sheet.freeze_panes].row - 1
    titles = [cell.value for cell in sheet[head]]
    return [dict(zip(titles, (cell for cell in row), strict=True)) for row in sheet.iter_rows(min_row=head + 1)]


@pytest.mark.parametrize("name", WORKED[::2])
def test_formulas_carry_the_values_of_the_appraisal(name: str) -> None:
    found = worked(name)
    formulas, carried = (table(book(found, values)["Scores"]) for values in (False, True))
    scored = {option.id: option for option in found[2].options if option.value is not None}
    assert [row["Option id"].value for row in carried] == sorted(
        scored, key=lambda option: (scored[option].rank, -scored[option].value.likely, option)
    )
    for row, live in zip(carried, formulas, strict=True):
        option = scored[row["Option id"].value]
        assert row["Rank"].value == option.rank
        assert row["Value"].value == pytest.approx(option.value.likely, abs=1e-9)
        assert row["Benefit"].value == pytest.approx(option.benefit, abs=1e-9)
        assert row["Terms"].value == pytest.approx(option.terms, abs=1e-9)
        assert row["Against carrying on"].value == pytest.approx(
            option.value.likely - found[2].reference.value.likely, abs=1e-9
        )
        for title in ("Rank", "Value", "Against carrying on", "Benefit", "Points for authority"):
            assert live[title].data_type == "f"


def test_formulas_name_what_they_recompute_from() -> None:
    found = book(usual())
    row = table(found["Scores"])[0]
    points = row[usual()[0].criterion_by_id[next(iter(usual()[2].weights))].name].value
    assert points.startswith("=SUMIFS(RatingLikely,RatingOption,")
    assert "WeightUsed" in found["Scores"]["H8"].value
    assert row["Value"].value.startswith("=SUM(")
    for name, (sheet, title) in {
        "RatingLikely": ("Ratings", "Likely rating"),
        "RatingOption": ("Ratings", "Option id"),
        "WeightUsed": ("Weights", "Used in the scores"),
        "ScoreOption": ("Scores", "Option id"),
    }.items():
        cells = [row[title] for row in table(found[sheet])]
        first, last = cells[0], cells[-1]
        letter = first.column_letter
        wanted = f"{sheet}!${letter}${first.row}:${letter}${last.row}"
        assert found.defined_names[name].attr_text == wanted


@pytest.mark.parametrize("name", WORKED[::3])
def test_contributions_are_those_of_the_appraisal_and_add_up(name: str) -> None:
    pack, _, appraisal = worked(name)
    carried, live = (table(book(worked(name), values)["Contributions"]) for values in (True, False))
    names = {each.id: each.name for each in pack.criteria} | {"authority": "Points for authority"}
    told = {option.id: option for option in appraisal.options if option.contributions is not None}
    assert {row["Option id"].value for row in carried} == set(told)
    for row, formulas in zip(carried, live, strict=True):
        option = told[row["Option id"].value]
        for criterion, points in option.contributions.items():
            assert row[names[criterion]].value == pytest.approx(points, abs=1e-9)
            assert formulas[names[criterion]].data_type == "f"
        assert row["In all"].value == pytest.approx(option.value.likely - appraisal.reference.value.likely, abs=1e-9)


def test_carried_points_add_up_to_the_value() -> None:
    """What the formulas say, worked out by hand from the cells that they read."""
    pack, _, _ = usual()
    found = book(usual(), values=True)
    ratings = {
        (row["Option id"].value, row["Criterion id"].value): row["Likely rating"].value
        for row in table(found["Ratings"])
    }
    weights = {row["Criterion id"].value: row["Used in the scores"].value for row in table(found["Weights"])}
    step = found["Scores"]["D4"].value
    assert step == pack.head.method.authority_points.value
    values = {}
    for row in table(found["Scores"]):
        option = row["Option id"].value
        points = sum(weight * ratings[option, criterion] for criterion, weight in weights.items()) / sum(
            weights.values()
        )
        values[option] = max(0.0, points - row["Authority short by"].value * step)
        assert row["Value"].value == pytest.approx(values[option], abs=1e-9)
    for row in table(found["Scores"]):
        assert row["Rank"].value == 1 + sum(value > values[row["Option id"].value] + 1e-9 for value in values.values())


@cache
def hostile() -> Material:
    pack, _, _ = usual()
    found = material(
        title="=cmd|' /C calc'!A0",
        partners=[{"id": f"p{n}", "name": name.strip()} for n, name in enumerate(TYPED[:5])],
        red_lines=[{"text": "=1+1", "owner": "@SUM(1)", "forms": ["merger"]}],
    )
    form = found[2].forms[0].form
    overrides = tuple(
        Override(form=form, criterion=criterion, low=10, likely=20, high=30, reason=text)
        for criterion, text in zip(found[2].weights, TYPED, strict=False)
    )
    case: Case = found[1].model_copy(
        update={
            "problem": "=1+1 \u0007 \ue000 " + "x" * 40_000,
            "organisation": '&C&"Arial"&99 =1+1',
            "overrides": overrides,
        }
    )
    return pack, case, appraised(pack, case, samples=200)


def test_text_that_people_type_is_never_a_formula_or_a_link() -> None:
    found = book(hostile())
    own = {"Scores", "Contributions"}
    for sheet in found:
        assert not sheet._hyperlinks
        for row in sheet.iter_rows():
            for cell in row:
                if sheet.title not in own:
                    assert cell.data_type != "f", (sheet.title, cell.coordinate, cell.value)
                assert cell.data_type != "e"
    texts = {cell.value for sheet in found for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    assert "=cmd|' /C calc'!A0" in texts
    assert any(str(text).startswith("=1+1") and len(str(text)) <= 32_767 for text in texts)
    assert not any("\u0007" in str(text) or "_x0007_" in str(text) or "\ue000" in str(text) for text in texts)
    names = {row["Option"].value for row in table(found["Options"])}
    assert any("=HYPERLINK" in name for name in names)
    for sheet in found:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "s" and str(cell.value).startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix, (sheet.title, cell.coordinate)


def test_nothing_outside_the_file_is_named() -> None:
    with zipfile.ZipFile(io.BytesIO(render_xlsx(*hostile()))) as file:
        assert not any("externalLink" in name for name in file.namelist())
        relations = b"".join(file.read(name) for name in file.namelist() if name.endswith(".rels"))
        assert b'TargetMode="External"' not in relations
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_figures_are_numbers_and_dates_are_dates() -> None:
    found = book(usual())
    for row in table(found["Ratings"]):
        assert row["Likely rating"].data_type == "n"
        assert row["Why"].data_type == "s"
    assert sum(row["Used in the scores"].value for row in table(found["Weights"])) == pytest.approx(1)
    assert all(row["Checked"].is_date for row in table(found["Sources"]))
    assert any(row["In force from"].is_date for row in table(found["Gates"]))
    money = [row["One-off money from"] for row in table(found["Options"])]
    assert all("£" in cell.number_format for cell in money)


def test_every_option_gate_answer_reason_and_source_is_there() -> None:
    _, _, appraisal = usual()
    found = book(usual(), values=True)
    assert found.sheetnames == SHEETS
    assert [row["Option id"].value for row in table(found["Options"])] == [option.id for option in appraisal.options]
    gates = {(row["Option id"].value, row["Rule id"].value) for row in table(found["Gates"])}
    assert gates == {(option.id, gate.id) for option in appraisal.options for gate in option.gates}
    reasons = " ".join(str(row["Reason"].value) for row in table(found["Gates"]))
    assert all(gate.reason.rstrip(".") in reasons for option in appraisal.options for gate in option.gates)
    why = {row["Why"].value for row in table(found["Ratings"])}
    assert all(
        any(cell.reason.rstrip(".")[1:] in text for text in why)
        for option in appraisal.options
        for cell in option.ratings.values()
    )
    states = {row["State"].value for row in table(found["Answers"])}
    assert states == {"Answered", "Don’t know", "Does not apply", "Not answered"}
    tests = {row["Test"].value for row in table(found["Sensitivities"])}
    assert {"Pair", "Plain test", "Smallest change"} <= tests


def test_sources_have_the_numbers_of_the_paper() -> None:
    found = usual()
    report = compose(*found)
    (entries,) = [block.entries for each in report.chapters for block in each.blocks if isinstance(block, SourceList)]
    listed = {row["Number"].value: row for row in table(book(found)["Sources"])}
    for entry in entries:
        assert listed[entry.number]["Title"].value == entry.title
        assert listed[entry.number]["Address"].value == entry.url
    cited = {
        int(number)
        for sheet in ("Ratings", "Gates", "Options")
        for row in table(book(found)[sheet])
        for number in str(row["Sources"].value or "").split(", ")
        if number
    }
    assert cited <= set(listed)


def test_private_notes_stay_private() -> None:
    found = usual()
    assert found[1].notes == "PRIVATE NOTE"
    assert not any("PRIVATE" in str(cell.value) for sheet in book(found) for row in sheet.iter_rows() for cell in row)


def test_sheets_are_set_up_for_reading_and_print() -> None:
    found = book(usual())
    for sheet in found:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.paperSize in {"8", "9", 8, 9}
        assert sheet.oddFooter.right.text == "Page &P of &N".replace("&P", "&P")
        if sheet.title != "Summary":
            assert sheet.freeze_panes
            assert sheet.print_title_rows
            (made,) = sheet.tables.values()
            assert made.headerRowCount == 1
            assert made.autoFilter.ref == made.ref
            head = sheet[sheet[sheet.freeze_panes].row - 1]
            assert [each.name for each in made.tableColumns] == [cell.value for cell in head]
            assert all(sheet.column_dimensions[letter].width for letter in "AB")
    with zipfile.ZipFile(io.BytesIO(render_xlsx(*usual()))) as file:
        drawings = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/drawings/drawing")]
    assert drawings
    assert all('descr="Points against' in each for each in drawings)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert render_xlsx(*usual()) == render_xlsx(*usual())


def test_many_options_one_option_and_none() -> None:
    found = many_options()
    assert len(table(book(found)["Options"])) > 60
    pack, _, _ = usual()
    every = [form.id for form in pack.forms]
    bare = material(red_lines=[{"text": "Nothing at all", "owner": "The board", "forms": every}])
    assert book(bare)["Scores"]
    closed = tuple(
        option.model_copy(
            update={"status": "set-aside", "value": None, "rank": None, "ratings": {}, "rank_shares": None}
        )
        for option in bare[2].options
    )
    empty = bare[2].model_copy(update={"options": closed, "forms": ()})
    nothing = book((pack, bare[1], empty))
    assert "nothing to score" in nothing["Scores"]["A2"].value


def test_carrying_on_may_be_closed_and_a_pack_may_be_of_another_field() -> None:
    pack, case, appraisal = usual()
    options = tuple(
        option.model_copy(
            update={"status": "ruled-out", "value": None, "rank": None, "ratings": {}, "rank_shares": None}
        )
        if option.id == "carry-on"
        else option
        for option in appraisal.options
    )
    forms = tuple(each for each in appraisal.forms if each.option != "carry-on")
    reference = appraisal.reference.model_copy(update={"closed": True, "comparator": forms[0].option})
    shut = appraisal.model_copy(update={"options": options, "forms": forms, "reference": reference})
    found = book((pack, case, shut), values=True)
    weights = [each.value for each in found["Scores"][8]][7:]
    today = [each.value for each in found["Scores"][9]][7:]
    pairs = [pair for pair in zip(weights, today, strict=True) if pair != (None, None)]
    assert len(pairs) == len(table(found["Weights"]))
    assert sum(weight * rating for weight, rating in pairs) == pytest.approx(reference.value.likely, abs=1e-9)
    assert all(cell.data_type == "n" for cell in book((pack, case, shut))["Scores"][9][7 : 7 + len(pairs)])
    other = orchestras()
    small = case_of(other, title="Two orchestras", partners=[{"id": "p1", "name": "The Other Orchestra"}])
    assert set(book((other, small, appraised(other, small, samples=200))).sheetnames) >= set(SHEETS[:9])


def test_the_organisations_own_look_is_on_every_sheet() -> None:
    pack, case, appraisal = usual()
    front = FrontSheet(meeting="Board of directors", day=date(2026, 12, 3), purpose="decision")
    look = Look(accent="#7a0060", marking="OFFICIAL & SENSITIVE", logo=logo.prepared(drawn("PNG")))
    dressed = case.model_copy(update={"look": look, "front": front})
    found = book((pack, dressed, appraisal))
    for sheet in found:
        assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == "OFFICIAL && SENSITIVE"
        assert "For board discussion" in sheet.oddHeader.right.text
    texts = [str(cell.value) for row in found["Summary"].iter_rows() for cell in row if cell.value]
    assert "OFFICIAL & SENSITIVE" in texts
    assert any("For decision · Board of directors · 3\u00a0December\u00a02026" in text for text in texts)
    plain = {each.fill.fgColor.rgb for each in book(usual())["Scores"][10]}
    own = {each.fill.fgColor.rgb for each in found["Scores"][10]}
    assert not plain & own
    with zipfile.ZipFile(io.BytesIO(render_xlsx(pack, dressed, appraisal))) as file:
        drawing = file.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Logo of Westmere Hospitals NHS Trust"' in drawing
    assert drawing.count("<xdr:pic>") == 2


def test_the_first_sheet_has_the_answer_the_reasons_and_every_caution() -> None:
    found = worked(WORKED[0])
    report = compose(*found)
    texts = "\n".join(str(cell.value) for row in book(found)["Summary"].iter_rows() for cell in row if cell.value)
    assert found[2].verdict.sentence in texts
    assert all(caution.rstrip(".") in texts.replace("\u00a0", " ") for caution in found[2].cautions)
    for block in walk(report.front):
        if isinstance(block, Bullets):
            assert all(
                "".join(span.text for span in item if isinstance(span, Run)).strip() in texts for item in block.items
            )


def test_a_very_long_text_goes_on_in_the_next_row_and_none_of_it_is_lost() -> None:
    pack, case, appraisal = usual()
    said = " ".join(f"word{n}" for n in range(10_000))
    long = case.model_copy(update={"problem": said, "title": "t" * 400})
    rows = table(book((pack, long, appraisal))["Answers"])
    pieces = [row["Answer"].value for row in rows if str(row["Question"].value).startswith("The problem")]
    assert " ".join(pieces) == said
    assert all(len(piece) <= 2000 for piece in pieces)


def test_two_criteria_of_one_name_and_a_name_of_a_column_are_told_apart() -> None:
    pack, case, appraisal = usual()
    first, second, *rest = pack.criteria
    same = pack.model_copy(
        update={
            "criteria": (
                first.model_copy(update={"name": "Status"}),
                second.model_copy(update={"name": "status"}),
                *rest,
            )
        }
    )
    (made,) = book((same, case, appraisal))["Scores"].tables.values()
    titles = [each.name.lower() for each in made.tableColumns]
    assert len(set(titles)) == len(titles)


def test_what_ifs_points_and_what_was_expected_are_told_where_there_are_any() -> None:
    pack, case, appraisal = usual()
    more = case.model_copy(
        update={
            "scenarios": (Scenario(id="slower", name="=Slower", terms=(("time-to-effect",), ("autonomy",))),),
            "hunch": Hunch(form="merger", at=AT),
            "points": {"finance": (40, 60)},
        }
    )
    found = book((pack, more, appraisal))
    rows = table(found["What if"])
    assert [row["What if"].value for row in rows] == ["The case", "=Slower"]
    assert rows[0]["Verdict"].value
    answers = {row["Question"].value: row["Answer"].value for row in table(found["Answers"])}
    assert "merger" in answers["What was expected beforehand"].lower()
    assert "40 to 60" in answers["Points from and to"]
    assert "What if" not in book(usual()).sheetnames
