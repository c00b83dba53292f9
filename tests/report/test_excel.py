from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from partnerwizard.case.model import Case, Override
from partnerwizard.report.blocks import SourceList
from partnerwizard.report.compose import compose
from partnerwizard.report.excel.render import render_xlsx
from tests.report.cases import WORKED, Material, many_options, material, usual, worked
from tests.support import appraised, case_of, orchestras

SHEETS = ["Summary", "Scores", "Ratings", "Weights", "Options", "Gates", "Answers", "Sensitivities", "Sources"]
TYPED = ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("x")', "\t=1", "\r=1", "https://example.org", "mailto:x", "007"]


def book(found: Material, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(*found)), data_only=values)


def table(sheet: Any) -> list[dict[str, Any]]:
    """The table of a sheet as rows by column title."""
    assert sheet.freeze_panes
    head = sheet[sheet.freeze_panes].row - 1
    titles = [cell.value for cell in sheet[head]]
    return [dict(zip(titles, (cell for cell in row), strict=True)) for row in sheet.iter_rows(min_row=head + 1)]


@pytest.mark.parametrize("name", WORKED)
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
    formulas = book(usual())["Scores"]
    row = table(formulas)[0]
    assert "Ratings!" in row[usual()[0].criterion_by_id[next(iter(usual()[2].weights))].name].value
    assert "Weights!" in formulas["H8"].value
    assert row["Value"].value.startswith("=MAX(0,")


def test_carried_points_add_up_to_the_value() -> None:
    """What the formulas say, worked out by hand from the cells that they read."""
    pack, case, appraisal = usual()
    found = book((pack, case, appraisal), values=True)
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
    own = {"Scores"}
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


def test_nothing_outside_the_file_is_named() -> None:
    with zipfile.ZipFile(io.BytesIO(render_xlsx(*hostile()))) as file:
        assert not any("externalLink" in name for name in file.namelist())
        relations = b"".join(file.read(name) for name in file.namelist() if name.endswith(".rels"))
        assert b'TargetMode="External"' not in relations
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_figures_are_numbers_and_dates_are_dates() -> None:
    pack, case, appraisal = usual()
    found = book((pack, case, appraisal))
    for row in table(found["Ratings"]):
        assert row["Likely rating"].data_type == "n"
        assert row["Why"].data_type == "s"
    assert sum(row["Used in the scores"].value for row in table(found["Weights"])) == pytest.approx(1)
    assert all(row["Checked"].is_date for row in table(found["Sources"]))
    assert any(row["In force from"].is_date for row in table(found["Gates"]))
    money = [row["One-off money from"] for row in table(found["Options"])]
    assert all("£" in cell.number_format for cell in money)


def test_every_option_gate_answer_reason_and_source_is_there() -> None:
    pack, case, appraisal = usual()
    found = book((pack, case, appraisal), values=True)
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
            assert sheet.auto_filter.ref
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
    row = table(book((pack, case, shut))["Scores"])[0]
    assert row["Against carrying on"].value.endswith(repr(appraisal.reference.value.likely))
    other = orchestras()
    small = case_of(other, title="Two orchestras", partners=[{"id": "p1", "name": "The Other Orchestra"}])
    assert book((other, small, appraised(other, small, samples=200))).sheetnames == SHEETS
