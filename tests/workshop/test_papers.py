"""What a workshop prints: the chapter, the sheets, the guide, the page for the wall; and what none of them prints."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from partnerwizard.case.model import Case
from partnerwizard.report.blocks import Chart, Report, walk
from partnerwizard.report.compose import compose
from partnerwizard.report.excel.render import render_xlsx
from partnerwizard.report.pdf import render_with_warnings
from partnerwizard.report.room.guide import guide
from partnerwizard.report.room.wall import render_room_wall, room_wall
from partnerwizard.workshop import rounds
from partnerwizard.workshop.ballot import questions
from partnerwizard.workshop.record import receipt, seal_of
from partnerwizard.workshop.results import movement, round_result
from tests.report.reading import said
from tests.support import DAY, appraised, guidance
from tests.workshop.cases import FORMS, answers, later, two_trusts, vote_of, voted


@cache
def two_rounds() -> Case:
    """Two rounds: in the second one is absent, one abstains, and one has changed their mind."""
    with TemporaryDirectory() as folder:
        at_desk, case = voted(Path(folder))
        case = at_desk.open_round(at_desk.reveal(case, later(30)), questions(guidance(), FORMS), later(31))
        for n in range(1, 11):
            own = answers(3) | {"readiness": answers(2)["readiness"]} if n == 2 else answers(n)
            case = at_desk.take(case, vote_of(guidance(), case, n, own), "laptop", later(32 + n)).case
        case = rounds.mark(rounds.mark(case, "p11", "absent", later(50)), "p12", "abstains", later(50))
        case = at_desk.reveal(case, later(60))
        return rounds.remark(case, "Ask the ambulance service first.", "p07", later(61))


@cache
def paper() -> Report:
    return compose(guidance(), two_rounds(), appraised(guidance(), two_rounds(), samples=300))


def chapter(report: Report, anchor: str) -> str:
    """The words of one chapter; nothing where there is none."""
    found = tuple(each for each in report.chapters if each.heading.anchor == anchor)
    return words_of(replace(report, front=(), sections=found, appendices=())) if found else ""


def words_of(report: Report) -> str:
    return " ".join(" ".join(said(report)).replace("\u00a0", " ").split())


def test_the_chapter_says_who_voted_what_moved_and_what_is_disputed() -> None:
    words = chapter(paper(), "workshop")
    moved = movement(*(round_result(guidance(), two_rounds(), number, DAY) for number in (1, 2)))
    assert moved is not None
    for expected in (
        "10 voted in round 2",
        "1 absent and 1 abstained",
        "With one voice each",
        "What each organisation wants",
        "Eastmarsh University Hospitals",
        "Kendall’s W",
        f"{len(moved.moved) or 'none'} changed their first choice",
        "What is disputed, and whether it matters",
        "Ask the ambulance service first. (P07)",
        "Its answers are its own and are not printed here",
    ):
        assert expected in words, expected


def test_readiness_is_printed_only_where_it_was_agreed_to_share_it() -> None:
    case = rounds.set_up(two_rounds(), later(70), share_readiness=True)
    words = chapter(compose(guidance(), case, appraised(guidance(), case, samples=300)), "workshop")
    assert "× partly in place" in words
    assert "× missing" in words


def test_people_are_printed_by_code_unless_they_agreed_to_more() -> None:
    everything = words_of(paper())
    assert "Person 7" not in everything
    assert "Clinician, Eastmarsh" not in everything
    case = rounds.set_up(two_rounds(), later(70), names="names")
    assert "Person 7" in words_of(compose(guidance(), case, appraised(guidance(), case, samples=300)))


def test_the_record_prints_every_receipt_and_the_seal_but_not_when_each_vote_came_in() -> None:
    words = chapter(paper(), "workshop-record")
    workshop = two_rounds().workshop
    assert workshop is not None
    assert seal_of(workshop) in words
    for each in workshop.rounds:
        assert all(receipt(vote.commitment) in words for vote in each.votes)
    assert "vote of P" not in words
    assert "Round 1 revealed with" in words


def test_the_charts_show_a_mark_for_each_voter_and_carry_their_figures() -> None:
    charts = {block.name: block for each in paper().sections for block in walk(each.blocks) if isinstance(block, Chart)}
    firsts = charts["first-choices"]
    assert sum(float(row[1][0].text) for row in firsts.data.rows) == 10  # type: ignore[union-attr]
    assert "The fragile service can go on" in charts["spread"].alt


def test_the_summary_and_a_case_without_a_workshop_have_no_such_chapter() -> None:
    short = compose(guidance(), two_rounds(), appraised(guidance(), two_rounds(), samples=300), "summary")
    assert chapter(short, "workshop") == ""
    plain = two_trusts().model_copy(update={"workshop": None})
    assert chapter(compose(guidance(), plain, appraised(guidance(), plain, samples=300)), "workshop") == ""


def test_nothing_of_an_open_round_is_printed(tmp_path: Path) -> None:
    at_desk, case = voted(tmp_path)
    appraisal = appraised(guidance(), case, samples=300)
    report = compose(guidance(), case, appraisal)
    assert chapter(report, "workshop") == ""
    assert "Receipts" not in chapter(report, "workshop-record")
    assert at_desk.has_key(case)


def test_the_workbook_has_the_revealed_votes_and_the_record() -> None:
    data = render_xlsx(guidance(), two_rounds(), appraised(guidance(), two_rounds(), samples=300))
    book = openpyxl.load_workbook(io.BytesIO(data))
    people = [[cell.value for cell in row] for row in book["Participants"].iter_rows()]
    rows = [row for row in people if row[0] in {1, 2}]
    assert len(rows) == 22
    assert {row[1] for row in rows} == {f"P{n:02}" for n in range(1, 13)}
    assert any("service can go on; then clinical quality" in str(row[3]) for row in rows)
    record = [[cell.value for cell in row] for row in book["Record"].iter_rows()]
    assert sum(row[2] == "round revealed" for row in record) == 2


def test_the_guide_says_what_each_is_asked_and_is_a_sound_pdf(tmp_path: Path) -> None:
    case = two_trusts().model_copy(update={"notes": "WHISPER"})
    found = guide(guidance(), case)
    words = words_of(found)
    for expected in (
        "P12",
        "rates options on clinical quality and safety",
        "readiness with Eastmarsh",
        "Not protected",
    ):
        assert expected in words
    assert "WHISPER" not in words
    assert "No site loses" not in words
    _, warnings = render_with_warnings(found)
    assert warnings == []


def test_the_page_for_the_wall_shows_no_result() -> None:
    case = two_rounds()
    shown = repr(room_wall(guidance(), case))
    verdict = appraised(guidance(), case, samples=300)
    assert all(verdict.option(option).name not in shown for option in verdict.verdict.options)
    document = render_room_wall(guidance(), case)
    assert document.startswith(b"%PDF")
    assert document == render_room_wall(guidance(), case)


def test_a_vote_given_with_the_results_known_is_said_in_the_chapter(tmp_path: Path) -> None:
    at_desk, case = voted(tmp_path, range(1, 6))
    case = rounds.reopen_round(at_desk.reveal(case, later(20)), 1, later(21))
    case = at_desk.reveal(at_desk.take(case, vote_of(guidance(), case, 6), "file", later(22)).case, later(23))
    words = chapter(compose(guidance(), case, appraised(guidance(), case, samples=300)), "workshop")
    assert "1 vote was given with the results known" in words
