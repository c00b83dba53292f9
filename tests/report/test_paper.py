"""The parts of a board paper: front sheet, decision, timetable, duties, partners, precedents, questions, summary."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnerwizard.appraisal.model import Appraisal, MoneyRange, Readiness
from partnerwizard.case.model import Case, Decision, FrontSheet, Override
from partnerwizard.pack.model import ApprovalStep
from partnerwizard.report.blocks import Bullets, KeyFacts, Report, Section, SourceList, Table, walk
from partnerwizard.report.calendar import after, in_days, month, month_span
from partnerwizard.report.chapters.precedents import departure
from partnerwizard.report.chapters.questions import MOST, ask
from partnerwizard.report.compose import compose
from partnerwizard.report.schedule import planned
from partnerwizard.report.view import View
from tests.report.cases import WORKED, Material, material, usual, worked
from tests.report.reading import said
from tests.support import appraised

FRONT = FrontSheet(
    meeting="Board of directors",
    day=date(2027, 1, 14),
    sponsor="Chief executive",
    author="Director of strategy",
    purpose="decision",
    earlier_committees="Executive committee\nFinance committee",
    risk_register="BAF 4.2",
    asked="To agree to negotiate.",
)


def section(report: Report, anchor: str) -> Section:
    return next(each for each in report.chapters if each.heading.anchor == anchor)


def plain(content: Any) -> str:
    return " ".join("".join(getattr(span, "text", " ") for span in content).replace("\u00a0", " ").split())


def text_of(report: Report) -> str:
    return " ".join(said(report)).replace("\u00a0", " ")


def changed(found: Material, **fields: Any) -> Material:
    pack, case, appraisal = found
    return pack, case.model_copy(update=fields), appraisal


def with_appraisal(found: Material, **fields: Any) -> Material:
    pack, case, appraisal = found
    return pack, case, appraisal.model_copy(update=fields)


def asked(found: Material) -> list[str]:
    return [plain(each) for each in ask(View(*found))]


# Front sheet and decision


def test_without_a_front_sheet_the_paper_is_for_discussion() -> None:
    report = compose(*usual())
    (facts,) = section(report, "front-sheet").blocks
    assert isinstance(facts, KeyFacts)
    assert [label for label, _ in facts.items] == ["Purpose", "The board is asked"]
    assert "For discussion" in text_of(report)
    assert report.occasion == ""


def test_a_front_sheet_is_shown_as_given() -> None:
    found = changed(usual(), front=FRONT)
    for length in ("full", "summary"):
        report = compose(*found, length)  # type: ignore[arg-type]
        assert report.occasion.replace("\u00a0", " ") == "For decision · Board of directors · 14 January 2027"
        text = text_of(report)
        for wanted in (
            "Chief executive",
            "Director of strategy",
            "Finance committee",
            "BAF 4.2",
            "To agree to negotiate",
        ):
            assert wanted in text


def test_a_decision_is_recorded_with_its_minority_view_and_whether_it_follows_the_advice() -> None:
    found = usual()
    assert compose(*found).status == "For board discussion"
    assert "No decision is recorded" in text_of(compose(*found))
    other = next(form.option for form in found[2].forms if form.option not in found[2].verdict.options)
    decision = Decision(
        option=other,
        text="Agreed for a year.",
        decided_by="Board of directors",
        day=date(2027, 1, 14),
        reasons="It was nearer.",
        minority_view="One would have waited.",
    )
    report = compose(*changed(found, decision=decision))
    assert report.status.replace("\u00a0", " ") == "Decision of 14 January 2027 recorded"
    text = text_of(report)
    for wanted in ("Agreed for a year.", "It was nearer.", "One would have waited.", "This differs from the advice"):
        assert wanted in text
    own = decision.model_copy(update={"option": found[2].verdict.options[0]})
    assert "This differs from the advice" not in text_of(compose(*changed(found, decision=own)))
    assert "Agreed for a year." in text_of(compose(*changed(found, decision=decision), "summary"))


# Timetable and duties


def test_months_are_counted_by_the_calendar() -> None:
    assert after(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert after(date(2027, 11, 5), 2.5) == date(2028, 1, 20)
    assert after(date(9990, 1, 1), 500).year == 9999
    assert in_days(date(2027, 1, 1), 90) == date(2027, 4, 1)
    assert month(date(2027, 5, 3)).replace("\u00a0", " ") == "May 2027"
    assert month_span(date(2027, 5, 3), date(2027, 5, 9)) == month(date(2027, 5, 1))


def test_dates_are_given_only_as_far_as_lengths_are_known() -> None:
    pack, _, _ = usual()
    steps = tuple(
        ApprovalStep(who=who, what="Agrees.", months=months)
        for who, months in (("A", (1, 2)), ("B", (3, 4)), ("C", None), ("D", (5, 6)))
    )
    form = pack.forms[0].model_copy(update={"approvals": steps})
    assert [(each.begins, each.done, each.latest) for each in planned(form)] == [
        (0, 1, 2),
        (1, 4, 6),
        (4, 4, None),
        (4, 9, None),
    ]


def test_the_timetable_starts_on_the_day_given() -> None:
    found = usual()
    text = text_of(compose(*found))
    assert "counted from 23 November 2026 (the day of this report)" in text
    later = text_of(compose(*changed(found, timetable_start=date(2027, 2, 1))))
    assert "counted from 1 February 2027 (the day given)" in later
    assert "not known" in later
    option = View(*found).subject
    assert option is not None
    table = next(block for block in section(compose(*found), "timetable").blocks if isinstance(block, Table))
    assert len(table.rows) == len(found[0].form_by_id[option.form].approvals)


def test_every_duty_is_named_in_the_body_and_told_in_full_in_an_appendix() -> None:
    found = worked("nlag-hull-2022")
    report = compose(*found)
    body = " ".join(
        plain(span) for block in section(report, "duties").blocks for span in [getattr(block, "content", ())]
    )
    full = text_of(report)
    assert found[2].duties
    for duty in found[2].duties:
        assert duty.title.lower() in body.lower()
        assert duty.text.rstrip(".") in full


# Partners and precedents


def test_partners_stand_side_by_side_as_answered_with_no_total() -> None:
    report = compose(*usual())
    blocks = section(report, "partners").blocks
    table = next(block for block in blocks if isinstance(block, Table))
    assert [column.title for column in table.columns][1:] == [
        "Eastmarsh University Hospitals",
        "Northmoor NHS Foundation Trust",
    ]
    assert any("30 to 60 minutes" in plain(row[1]) and "Over 60 minutes" in plain(row[2]) for row in table.rows)
    assert not any("total" in plain(row[0]).lower() for row in table.rows)


def test_answers_name_the_partner_that_they_are_about() -> None:
    found = material(partners=[{"id": "p1", "name": "Eastmarsh", "answers": {"lead-body": "partner"}}])
    text = text_of(compose(*found))
    assert "Eastmarsh would" in text
    assert "{partner}" not in text


def test_more_partners_than_fit_are_left_to_an_appendix() -> None:
    partners = [{"id": f"p{n}", "name": f"Trust {n}"} for n in range(6)]
    report = compose(*material(partners=partners))
    table_columns = [len(block.columns) for block in section(report, "partners").blocks if isinstance(block, Table)]
    assert all(count <= 5 for count in table_columns)
    assert "6 partners are in this case" in text_of(report)
    assert all(f"Trust {n}" in text_of(report) for n in range(6))


def test_a_departure_from_precedents_is_said() -> None:
    found = worked("frimley-2014")
    pack, _, appraisal = found
    precedents = {each.id: each for each in pack.precedents}
    chosen = {precedents[each.id].form for each in appraisal.precedents}
    assert not chosen & {option.form for option in View(*found).named}
    assert "departs from all of them" in plain(departure(View(*found)))
    same = tuple(each for each in appraisal.precedents if each.form == appraisal.precedents[0].form)
    option = next((each for each in appraisal.options if each.form == same[0].form), None)
    assert option is not None
    agreeing = with_appraisal(
        found, precedents=same, verdict=appraisal.verdict.model_copy(update={"options": (option.id,)})
    )
    assert "No departure" in plain(departure(View(*agreeing)))


# Questions


@pytest.mark.parametrize("name", WORKED)
def test_questions_are_at_most_ten_and_different(name: str) -> None:
    found = asked(worked(name))
    assert 1 <= len(found) <= MOST
    assert len(set(found)) == len(found)
    assert all("?" in each for each in found)


def silent(appraisal: Appraisal) -> dict[str, Any]:
    """Changes after which an appraisal has no weak point of a kind."""
    sure = tuple(
        option.model_copy(update={"gates": (), "authority_shortfall": 0.0, "money": MoneyRange(low=1, high=2)})
        for option in appraisal.options
    )
    return {
        "options": sure,
        "find_out": (),
        "tipping": (),
        "smallest_changes": (),
        "readiness": (),
        "precedents": (),
        "overdue": (),
        "rests_on": None,
    }


def test_fewer_questions_where_fewer_apply() -> None:
    found = usual()
    assert len(asked(with_appraisal(found, **silent(found[2])))) < len(asked(found))


def test_each_weak_point_makes_its_question() -> None:
    found = usual()
    pack, case, appraisal = found
    quiet = silent(appraisal)
    leaned = next(each for each in appraisal.readiness if each.leaned_on)
    for changes, wanted in (
        ({"readiness": (leaned.model_copy(update={"state": "missing"}),)}, "Who puts this in place"),
        (
            {"find_out": tuple(e.model_copy(update={"could_change_the_answer": True}) for e in appraisal.find_out[:1])},
            "be known?",
        ),
        ({"overdue": (pack.gates[0].id,)}, "been checked against the law of today?"),
        ({"precedents": appraisal.precedents}, "precedent"),
    ):
        before = asked(with_appraisal(found, **quiet))
        after_change = asked(with_appraisal(found, **{**quiet, **changes}))
        new = [each for each in after_change if each not in before]
        assert any(wanted in each for each in new), wanted
    assert any("Who gave our own ratings" in each for each in asked(own_rating(pack, case, quiet, appraisal)))
    no_cause = changed(with_appraisal(found, **quiet), causes=())
    assert any("What lies behind the problem?" in each for each in asked(no_cause))


def own_rating(pack: Any, case: Case, quiet: dict[str, Any], appraisal: Appraisal) -> Material:
    own = Override(form="merger", criterion="access", low=1, likely=2, high=3, reason="Ours")
    return pack, case.model_copy(update={"overrides": (own,)}), appraisal.model_copy(update=quiet)


def test_a_question_on_readiness_is_true() -> None:
    found = usual()
    state = Readiness(partner="p1", ingredient=found[0].ingredients[0].id, state="in-place", leaned_on=True)
    assert not any("Who puts this in place" in each for each in asked(with_appraisal(found, readiness=(state,))))


# Summary


@pytest.mark.parametrize("name", WORKED[:4])
def test_the_summary_lists_only_the_sources_that_it_refers_to(name: str) -> None:
    report = compose(*worked(name), "summary")
    lists = [block for each in report.chapters for block in each.blocks if isinstance(block, SourceList)]
    assert all(each.compact for each in lists)
    assert not report.appendices
    numbers = [entry.number for each in lists for entry in each.entries]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", WORKED)
def test_the_first_page_says_what_must_be_true_and_what_to_do_next(name: str) -> None:
    report = compose(*worked(name))
    texts = [plain(item) for block in walk(report.front) if isinstance(block, Bullets) for item in block.items]
    assert any(text.startswith("Now.") for text in texts)
    assert any(text.startswith("By ") for text in texts) or any(text.startswith("Find out") for text in texts)
    assert any(text.startswith("Fallback.") for text in texts)


def test_no_rating_of_the_case_is_moved_by_what_is_for_the_paper() -> None:
    pack, case, appraisal = usual()
    dressed = case.model_copy(update={"front": FRONT, "timetable_start": date(2030, 1, 1)})
    assert appraised(pack, dressed, samples=300) == appraisal
