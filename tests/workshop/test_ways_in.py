"""Every way in ends in the same vote; what is altered, foreign, guessed or hostile is refused in words."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import zipfile
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Asked, Vote
from partnerwizard.files import FileProblem
from partnerwizard.report.room.page import render_ballot
from partnerwizard.report.room.sheet import render_excel_ballot
from partnerwizard.workshop import rounds
from partnerwizard.workshop.ballot import Ballot, checked, questions, unanswered
from partnerwizard.workshop.canonical import canonical
from partnerwizard.workshop.codes import vote_code, vote_from_code
from partnerwizard.workshop.desk import Desk
from partnerwizard.workshop.forms import Target, apply_mapping, suggest_mapping, targets
from partnerwizard.workshop.problems import Refused
from partnerwizard.workshop.spreadsheet import rows_of
from tests.support import guidance
from tests.workshop.cases import FORMS, answers, desk, later, opened, two_trusts, vote_of

TOKEN = bytes(range(16))
ASKED = Ballot(
    workshop="0" * 32,
    round=1,
    participant="p04",
    title="",
    organisation="",
    weights="ranks",
    aims=(),
    terms=(),
    rated=(),
    forms=(),
    partners=(),
    ingredients=(),
    fingerprint="a" * 64,
)


def file_of(at_desk: Desk, case: Case, vote: Vote) -> dict[str, Any]:
    """What the ballot page saves in a browser that cannot seal."""
    token = at_desk.token(case, vote.participant)
    asked = at_desk.ballot(case, vote.participant)
    head = {
        "format": "partnerwizard-ballot/1",
        "workshop": asked.workshop,
        "round": asked.round,
        "participant": asked.participant,
        "fingerprint": asked.fingerprint,
    }
    said = vote.model_dump(mode="json")
    mac = hmac.digest(token, b"open" + canonical(head) + canonical(said), "sha256").hex()
    return {**head, "vote": said, "mac": mac}


def filled(data: bytes, said: dict[str, Any]) -> bytes:
    """The Excel ballot as somebody fills it in."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = {}
    for kind, many in (("aim", "aims"), ("term", "terms")):
        cells |= {f"{kind}|{each}|": n for n, tie in enumerate(said[many], 1) for each in tie}
    if said["swing"]:
        cells |= {"swing-low||": said["swing"][0], "swing-high||": said["swing"][1]}
    for criterion, levels in said.get("ratings", {}).items():
        cells |= {f"rating|{criterion}|{form}": level for form, level in levels.items()}
    words = {"in-place": "In place", "partly": "Partly", "missing": "Missing", "dont-know": "Don’t know"}
    for partner, states in said.get("readiness", {}).items():
        cells |= {f"readiness|{partner}|{each}": words[state] for each, state in states.items()}
    for row in book["Ballot"].iter_rows():
        if row[3].value in cells:
            row[1].value = cells.pop(row[3].value)
    assert not cells
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def exported(case: Case, numbers: range) -> list[list[str]]:
    """What an online form exports: one column for each criterion's place, and the rest of what is asked."""
    pack = guidance()
    title = ["Timestamp", "Your code"]
    title += [f"What should get better? [{each.name}]" for each in pack.branch("aims")]
    title += [f"What the change may ask [{each.name}]" for each in pack.branch("terms")]
    title += ["First term against first aim: between"]
    quality = pack.criterion_by_id["clinical-quality"].name
    title += [f"{quality}: {pack.form_by_id[form].name}" for form in FORMS]
    diagnosis = next(each for each in pack.ingredients if each.id == "diagnosis")
    title += [f"Eastmarsh University Hospitals: {diagnosis.name}"]
    rows = [title]
    for number in numbers:
        said = answers(number)
        places = {each: n for many in ("aims", "terms") for n, tie in enumerate(said[many], 1) for each in tie}
        row = ["24/11/2026 09:10", f" P{number:02} "]
        row += [str(places.get(each.id, "")) for each in (*pack.branch("aims"), *pack.branch("terms"))]
        row += ["" if said["swing"] is None else f"{said['swing'][0]} - {said['swing'][1]}"]
        row += [str(said["ratings"]["clinical-quality"][form]) if "ratings" in said else "" for form in FORMS]
        row += [said["readiness"]["p1"]["diagnosis"].capitalize() if "readiness" in said else ""]
        rows.append(row)
    return rows


def as_csv(rows: list[list[str]], separator: str = ",") -> str:
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)


def test_every_way_in_gives_the_same_vote_and_the_same_receipt(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    pack = guidance()
    mapping = suggest_mapping(pack, case, tuple(map(tuple, exported(case, range(1, 13)))))
    for number in range(1, 13):
        typed = vote_of(pack, case, number)
        person = typed.participant
        token, asked = at_desk.token(case, person), at_desk.ballot(case, person)
        saved = tmp_path / f"{person}.json"
        saved.write_text(json.dumps(file_of(at_desk, case, typed)))
        workbook = tmp_path / f"{person}.xlsx"
        workbook.write_bytes(filled(render_excel_ballot(asked, token), answers(number)))
        rows = rows_of(as_csv(exported(case, range(number, number + 1))).encode(), "form.csv")
        imported = apply_mapping(pack, case, rows, mapping, "form.csv")
        assert imported.problems == ()
        found = [
            at_desk.vote_from_file(case, saved),
            at_desk.vote_from_file(case, workbook),
            (imported.votes[0][1], "forms"),
        ]
        if asked.weights_alone:
            code = vote_code(asked, token, typed)
            found.append((at_desk.vote_from_code(case, person, code.lower().replace("-", " ")), "code"))
        assert [vote for vote, _ in found] == [typed] * len(found)
        receipts = {at_desk.take(case, vote, way, later(3)).receipt for vote, way in [(typed, "laptop"), *found]}
        assert len(receipts) == 1


def test_only_who_is_asked_for_weights_alone_can_use_a_code(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    with pytest.raises(Refused, match="more than weights"):
        at_desk.vote_from_code(case, "p01", "0000-0000-0000")


ranked = st.lists(st.integers(0, 4), min_size=16, max_size=16)


@settings(max_examples=60, deadline=None)
@given(ranked, st.none() | st.tuples(st.integers(0, 40), st.integers(0, 40)), st.binary(min_size=16, max_size=16))
def test_a_code_gives_back_the_very_vote(
    tmp_path_factory: pytest.TempPathFactory, places: list[int], swing: tuple[int, int] | None, token: bytes
) -> None:
    asked = _asked(tmp_path_factory)
    said: dict[str, Any] = {}
    for name, scales, own in (("aims", asked.aims, places[:11]), ("terms", asked.terms, places[11:])):
        levels = sorted(set(own) - {0})
        said[name] = [[each.id for each, place in zip(scales, own, strict=True) if place == level] for level in levels]
    if not said["aims"] and not said["terms"]:
        said["aims"] = [["access"]]
    if swing and said["aims"] and said["terms"]:
        said["swing"] = [5 * each for each in sorted(swing)]
    vote = checked(asked, said)
    code = vote_code(asked, token, vote)
    assert vote_from_code(asked, token, code) == vote
    assert len(code.replace("-", "")) <= 23


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_code_heard_wrongly_is_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    asked = _asked(tmp_path_factory)
    code = vote_code(asked, TOKEN, checked(asked, answers(4))).replace("-", "")
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ").filter(lambda each: each != code[place]))
    with pytest.raises(Refused, match="check characters"):
        vote_from_code(asked, TOKEN, code[:place] + other + code[place + 1 :])


def _asked(factory: pytest.TempPathFactory) -> Ballot:
    at_desk, case = opened(factory.mktemp("asked"))
    return at_desk.ballot(case, "p04")


@pytest.mark.parametrize(
    ("code", "says"),
    [("", "too short"), ("00", "too short"), ("0000-0000-UUUU", "is in no code"), ("Z" * 5000, "check characters")],
)
def test_what_is_no_code_is_told_in_words(tmp_path: Path, code: str, says: str) -> None:
    at_desk, case = opened(tmp_path)
    with pytest.raises(Refused, match=says):
        at_desk.vote_from_code(case, "p04", code)


def test_the_code_of_somebody_else_is_recognised(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    code = vote_code(at_desk.ballot(case, "p05"), at_desk.token(case, "p05"), vote_of(guidance(), case, 5))
    with pytest.raises(Refused, match="this is the code of P05"):
        at_desk.vote_from_code(case, "p04", code)


def test_points_come_through_a_code_and_a_page_of_points_asks_for_them(tmp_path: Path) -> None:
    case = two_trusts()
    assert case.workshop is not None
    people = [each.model_copy(update={"asked": Asked(weights="points")}) for each in case.workshop.participants]
    at_desk, case = opened(tmp_path, rounds.set_up(case, later(0), participants=people))
    asked, token = at_desk.ballot(case, "p04"), at_desk.token(case, "p04")
    points = {each.id: 5 * n for n, each in enumerate((*asked.aims, *asked.terms))}
    vote = checked(asked, {"points": points, "give": 20})
    assert vote_from_code(asked, token, vote_code(asked, token, vote)) == vote
    assert "What matters, in points" in render_ballot(asked, token)
    with pytest.raises(Refused, match="no points for"):
        checked(asked, {"points": {"access": 50}, "give": 10})
    with pytest.raises(Refused, match="steps of 5"):
        checked(asked, {"points": points | {"access": 51}, "give": 10})


def test_a_half_filled_ballot_counts_for_what_it_says(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    asked = at_desk.ballot(case, "p02")
    vote = checked(asked, {"readiness": {"p1": {"diagnosis": "partly"}}})
    left = unanswered(asked, vote)
    assert any("no aim is ranked" in each for each in left)
    assert any("readiness with Eastmarsh" in each for each in left)
    assert not at_desk.take(case, vote, "room", later(2)).again


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({}, "nothing is answered"),
        ({"aims": [["access"], ["access"]]}, "ranked more than once"),
        ({"aims": [["no-such-aim"]]}, "not among the aims"),
        ({"aims": [["access"]], "swing": [10, 20]}, "does not rank both"),
        ({"aims": [["access"]], "terms": [["autonomy"]], "swing": [60, 40]}, "is no range"),
        ({"aims": [["access"]], "terms": [["autonomy"]], "swing": [41, 60]}, "steps of 5"),
        ({"aims": [["access"]], "ratings": {"finance": {"merger": 10}}}, "the criterion finance is not on this ballot"),
        (
            {"aims": [["access"]], "readiness": {"p1": {"diagnosis": "in-place"}}},
            "the partner p1 is not on this ballot",
        ),
        ({"aims": [["access"]], "colour": "red"}, "colour"),
        ({"aims": "everything"}, "aims"),
        ({"aims": [["access"]], "points": {"access": 1e9}}, "points"),
    ],
)
def test_answers_that_do_not_fit_are_refused_with_their_reason(tmp_path: Path, said: dict[str, Any], says: str) -> None:
    at_desk, case = opened(tmp_path)
    with pytest.raises(Refused) as caught:
        checked(at_desk.ballot(case, "p04"), said)
    assert says in str(caught.value)
    assert all("P04" in each for each in caught.value.problems)


def _changed(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**document, **changes}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"workshop": "f" * 32}, "belongs to another workshop"),
        ({"round": 2}, "is of round 2, which is not open"),
        ({"participant": "p99"}, "does not take part"),
        ({"participant": "p05"}, "altered or is damaged|asked something else"),
        ({"fingerprint": "0" * 64}, "asked something else"),
        ({"mac": "0" * 64}, "altered or is damaged"),
        ({"mac": None, "sealed": "AAAA", "vote": None}, "altered or is damaged"),
        ({"sealed": "AAAA"}, "altered or is damaged"),
        ({"format": "partnerwizard-ballot/2"}, "of a newer program"),
        ({"format": "something"}, "this is not a ballot file"),
        ({"script": "alert(1)"}, "this key is not known here"),
    ],
)
def test_altered_foreign_and_hostile_ballot_files_are_refused(
    tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    at_desk, case = opened(tmp_path)
    saved = tmp_path / "ballot.json"
    saved.write_text(json.dumps(_changed(file_of(at_desk, case, vote_of(guidance(), case, 4)), **change)))
    with pytest.raises(FileProblem, match=says) as caught:
        at_desk.vote_from_file(case, saved)
    assert all(each.partition(":")[0].endswith("ballot.json") for each in caught.value.problems)


def test_one_changed_answer_in_a_ballot_file_is_noticed(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    document = file_of(at_desk, case, vote_of(guidance(), case, 4))
    document["vote"]["swing"] = [0, 0]
    (tmp_path / "ballot.json").write_text(json.dumps(document))
    with pytest.raises(Refused, match="altered or is damaged"):
        at_desk.vote_from_file(case, tmp_path / "ballot.json")


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\x00\xff", b'{"format": "partnerwizard-ballot/1"}'])
def test_what_is_no_ballot_file_gets_one_clear_line(tmp_path: Path, content: bytes) -> None:
    at_desk, case = opened(tmp_path)
    (tmp_path / "ballot.json").write_bytes(content)
    with pytest.raises(FileProblem):
        at_desk.vote_from_file(case, tmp_path / "ballot.json")


def test_an_excel_ballot_of_another_person_or_with_copied_rows_is_refused(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    data = render_excel_ballot(at_desk.ballot(case, "p04"), at_desk.token(case, "p05"))
    path = tmp_path / "ballot.xlsx"
    path.write_bytes(filled(data, answers(4)))
    with pytest.raises(Refused, match="signature does not fit"):
        at_desk.vote_from_file(case, path)
    book = openpyxl.load_workbook(
        io.BytesIO(render_excel_ballot(at_desk.ballot(case, "p04"), at_desk.token(case, "p04")))
    )
    sheet = book["Ballot"]
    row = next(row for row in sheet.iter_rows() if row[3].value == "aim|access|")
    sheet.append([each.value for each in row])
    book.save(path)
    with pytest.raises(Refused, match="rows stand in the ballot twice"):
        at_desk.vote_from_file(case, path)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_exports_of_any_separator_and_encoding_are_read(tmp_path: Path, separator: str, encoding: str) -> None:
    _, case = opened(tmp_path)
    case = _renamed(case, "Zoë Müller")
    rows = exported(case, range(1, 5))
    rows[1][1] = "zoe müller"
    read = rows_of(as_csv(rows, separator).encode(encoding), "form.csv")
    mapping = suggest_mapping(guidance(), case, read)
    imported = apply_mapping(guidance(), case, read, mapping, "form.csv")
    assert imported.problems == ()
    assert [vote for _, vote in imported.votes] == [vote_of(guidance(), case, n) for n in range(1, 5)]


def _renamed(case: Case, name: str) -> Case:
    assert case.workshop is not None
    first, *others = case.workshop.participants
    workshop = case.workshop.model_copy(update={"participants": (first.model_copy(update={"name": name}), *others)})
    return case.model_copy(update={"workshop": workshop})


def test_a_ranking_question_in_one_column_and_merged_cells_are_read(tmp_path: Path) -> None:
    _, case = opened(tmp_path)
    names = {each.id: each.name for each in guidance().criteria}
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ID", "Your code", "Rank the aims", "Rank the terms"])
    ranking = ";".join(names[each] for each in ("fragile-services", "access")) + ";"
    sheet.append([1, "P04", ranking, names["autonomy"]])
    sheet.append([2, "P05", None, names["disruption"]])
    sheet.merge_cells("C2:C3")
    out = io.BytesIO()
    book.save(out)
    rows = rows_of(out.getvalue(), "form.xlsx")
    mapping = suggest_mapping(guidance(), case, rows)
    assert mapping.columns == (None, Target("who"), Target("aims-in-order"), Target("terms-in-order"))
    imported = apply_mapping(guidance(), case, rows, mapping, "form.xlsx")
    assert imported.problems == ()
    assert [vote.aims for _, vote in imported.votes] == [(("fragile-services",), ("access",))] * 2


def test_a_merged_area_as_large_as_a_sheet_costs_nothing() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Code</t></is></c><c r="B1"><v>2.0</v></c></row></sheetData>'
        b'<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="C1:XFD1048576"/></mergeCells></worksheet>'
    )
    assert rows_of(_xlsx(sheet), "form.xlsx") == (("Code", "2"),)


def test_rows_of_nobody_of_a_formula_and_of_one_person_twice_are_named(tmp_path: Path) -> None:
    _, case = opened(tmp_path)
    rows = exported(case, range(1, 5))
    rows[1][1] = "=HYPERLINK(1)"
    rows[3][1] = "P04"
    rows[4][2] = "1"
    rows.append(["too", "short"])
    read = tuple(map(tuple, rows))
    imported = apply_mapping(guidance(), case, read, suggest_mapping(guidance(), case, read), "form.csv")
    said = "\n".join(imported.problems)
    assert "form.csv:2: “=HYPERLINK(1)” is nobody’s code" in said
    assert "form.csv:5: P04 answered in row 4 too" in said
    assert "form.csv:6: it has 2 columns" in said
    assert [vote.participant for _, vote in imported.votes] == ["p02"]


def test_every_suggested_meaning_is_among_the_choices(tmp_path: Path) -> None:
    _, case = opened(tmp_path)
    rows = tuple(map(tuple, exported(case, range(1, 2))))
    known = {target for target, _ in targets(guidance(), case)}
    suggested = suggest_mapping(guidance(), case, rows).columns
    assert suggested[0] is None
    assert all(each in known for each in suggested[1:])


def _packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


_RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
)
_BOOK = (
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    b'<sheets><sheet name="A" r:id="r1"/></sheets></workbook>'
)


def _xlsx(sheet: bytes) -> bytes:
    return _packed(
        xl___rels__workbook_dot_xml_dot_rels=_RELS,
        xl__workbook_dot_xml=_BOOK,
        xl__worksheets__sheet1_dot_xml=sheet,
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel file or one with a password"),
        (b"PK\x03\x04rest", "damaged or has a password"),
        (_packed(a=b"x"), "has no xl/"),
        (_xlsx(b"<sheetData><row>"), "damaged inside"),
        (_xlsx(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "declarations that no spreadsheet has"),
        (_xlsx(b"<a>" * 60 + b"</a>" * 60), "nested too deeply"),
        (_xlsx(b"<a>" + b" " * 61_000_000 + b"</a>"), "unpacks to far more"),
        ((b"a,b\n" * 5001), "more than 5000 rows"),
        (b"a\0b\x01\xff", "neither text nor"),
    ],
    ids=["empty", "old", "cut", "other-zip", "broken-xml", "entities", "deep", "bomb", "long", "binary"],
)
def test_hostile_spreadsheets_get_one_clear_line(data: bytes, says: str) -> None:
    with pytest.raises(FileProblem, match=says):
        rows_of(data, "form.xlsx")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_get_past_the_table_reader(content: bytes) -> None:
    with suppress(FileProblem):
        assert all(isinstance(cell, str) for row in rows_of(content, "form.csv") for cell in row)


def test_the_ballot_page_runs_only_its_own_script_and_asks_for_nothing(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    page = render_ballot(at_desk.ballot(case, "p01"), at_desk.token(case, "p01"))
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    assert f"script-src 'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in page.replace(
        "&#39;", "'"
    )
    assert "connect-src &#39;none&#39;" in page
    assert "http" not in page.replace("http-equiv", "")


def test_no_ballot_holds_what_is_private(tmp_path: Path) -> None:
    case = two_trusts()
    secret = {
        "notes": "WHISPER-NOTES",
        "problem": "WHISPER-PROBLEM",
        "red_lines": (case.red_lines[0].model_copy(update={"text": "WHISPER-LINE", "owner": "WHISPER-OWNER"}),),
    }
    at_desk, case = opened(tmp_path, case.model_copy(update=secret))
    for person in ("p01", "p02", "p04"):
        asked, token = at_desk.ballot(case, person), at_desk.token(case, person)
        page = render_ballot(asked, token)
        book = openpyxl.load_workbook(io.BytesIO(render_excel_ballot(asked, token)))
        cells = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        for text in (page, cells):
            assert "WHISPER" not in text
            assert "30-to-60" not in text


def test_names_that_look_like_markup_or_formulas_stay_text(tmp_path: Path) -> None:
    case = two_trusts().model_copy(update={"title": "<script>alert(1)</script>", "organisation": "=1+1"})
    at_desk, case = opened(tmp_path, case)
    asked, token = at_desk.ballot(case, "p04"), at_desk.token(case, "p04")
    assert "<script>alert" not in render_ballot(asked, token)
    book = openpyxl.load_workbook(io.BytesIO(render_excel_ballot(asked, token)))
    assert all(cell.data_type != "f" for row in book["Ballot"].iter_rows() for cell in row)


def test_questions_narrowed_by_the_facilitator_make_another_ballot(tmp_path: Path) -> None:
    at_desk = desk(tmp_path)
    narrow = questions(guidance(), FORMS).model_copy(update={"aims": ("access", "finance")})
    case = at_desk.open_round(two_trusts(), narrow, later(1))
    asked = at_desk.ballot(case, "p04")
    assert [each.id for each in asked.aims] == ["access", "finance"]
    with pytest.raises(Refused, match="not among the aims"):
        checked(asked, {"aims": [["workforce"]]})
