"""The trust's own words stand in the paper, marked as its own, beside what the guidance says."""

from __future__ import annotations

import re

import pytest

from partnerwizard.case import edit
from partnerwizard.case.model import Case, Override
from partnerwizard.report.chapters import own_views
from partnerwizard.report.compose import compose
from partnerwizard.report.export import render
from partnerwizard.report.html import render_html
from partnerwizard.report.view import View
from tests.advice.cases import decided
from tests.support import AT, appraised, guidance


def medway() -> Case:
    return next(each for each in decided() if each.id == "medway-gstt-2015").case(guidance())


def words(case: Case, length: str = "full") -> str:
    html = render_html(compose(guidance(), case, appraised(guidance(), case, 300), "full"))
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<body")[2]).split())


@pytest.fixture(scope="module")
def full() -> Case:
    case = edit.set_hunch(medway(), "acquisition", "The region has hinted at it.", AT)
    case = edit.add_local_option(
        case, "Shared \U0001f3e5 clinical\nboard", "A joint board for six services.", "clinical-network", AT
    )
    for form, criterion, likely, reason in (
        ("buddying", "clinical-quality", 70, "Seen here in 2014."),
        ("own-shared-clinical-board", "finance", 45, "Costed by us."),
    ):
        own = Override(form=form, criterion=criterion, low=likely - 10, likely=likely, high=likely + 10, reason=reason)
        case = edit.override(case, own, AT)
    changed = edit.set_swing(edit.answer(case, "trust-condition", "sound", AT), (150, 200), AT)
    return edit.save_scenario(case, "If the trust were sound", changed)


def test_a_case_without_own_words_has_no_such_section() -> None:
    text = words(medway())
    assert "What the trust says itself" not in text
    assert "saved scenarios" not in text


def test_each_stands_in_its_place_with_its_reason(full: Case) -> None:
    text = words(full)
    assert "The hunch was:" in text
    assert "The region has hinted at it." in text
    assert "A joint board for six services." in text
    assert "(added locally)" in text
    assert "Seen here in 2014." in text
    assert "Costed by us." in text
    assert "If the trust were sound" in text
    assert "Condition of the trust: “Sound” instead of" in text
    assert "Aims against terms: 150 to 200" in text


def test_the_guidances_rating_stands_beside_the_trusts_own(full: Case) -> None:
    result = appraised(guidance(), full, 300)
    option = next(each for each in result.options if each.form == "buddying")
    section = own_views.own_views(View(guidance(), full, result))
    assert section is not None
    cell = option.ratings["clinical-quality"]
    assert cell.original is not None
    text = words(full)
    assert f"70 (60 to 80) {cell.original.likely:.0f} ({cell.original.low:.0f} to {cell.original.high:.0f})" in text


def test_a_hunch_that_came_out_is_told_from_one_that_did_not() -> None:
    case = medway()
    result = appraised(guidance(), case, 300)
    named = result.option(result.verdict.options[0]).form
    for form, says in (
        (named, ("the same form", "among those that the answer names")),
        ("acquisition", ("stands at", "closed")),
    ):
        said = own_views.hunch(View(guidance(), edit.set_hunch(case, form, "", AT), result))
        assert said is not None
        assert any(each in str(said) for each in says)


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "json"])
def test_every_format_holds_them(full: Case, kind: str) -> None:
    assert render(kind, guidance(), full, appraised(guidance(), full, 300))
