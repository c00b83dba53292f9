from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from partnerwizard.appraisal.model import Interval
from partnerwizard.case.model import Lifted, Override
from partnerwizard.report.blocks import Chart, Cite, Heading, Pair, SourceList, walk
from partnerwizard.report.chapters.front import split_headline
from partnerwizard.report.compose import compose
from tests.report.cases import KINDS, WORKED, Material, material, usual, with_verdict, worked
from tests.report.reading import said
from tests.support import appraised, case_of, orchestras


def text_of(found: Material, length: str = "full") -> str:
    return " ".join(said(compose(*found, length)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", WORKED)
def test_every_worked_case_composes_with_sound_headings(name: str) -> None:
    for length in ("full", "summary"):
        report = compose(*worked(name), length)  # type: ignore[arg-type]
        headings = [block for block in walk(report.front) if isinstance(block, Heading)]
        for chapter in report.chapters:
            headings.append(chapter.heading)
            headings += [block for block in walk(chapter.blocks) if isinstance(block, Heading)]
        levels = [heading.level for heading in headings]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        anchors = [heading.anchor for heading in headings]
        assert len(set(anchors)) == len(anchors)


def test_the_first_page_has_the_whole_verdict_and_what_belongs_beside_it() -> None:
    found = usual()
    report = compose(*found)
    first = report.front[0]
    assert isinstance(first, Heading)
    assert " ".join(f"{first.text} {first.tail}".split()) == found[2].verdict.sentence
    titles = [block.text for block in walk(report.front) if isinstance(block, Heading)]
    reasons = {"Why", "The strongest case against"}, {"What speaks for each", "What speaks against each"}
    assert any(wanted <= set(titles) for wanted in reasons)
    assert {"What would change it", "What to do next"} <= set(titles)
    assert any(isinstance(block, Chart) for block in report.front)
    assert any(isinstance(block, Pair) for block in report.front)
    assert report.status == "For board discussion"
    assert "not legal advice" in report.footer


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("options", [0, 1, 2, 3])
def test_every_kind_of_verdict_reads(kind: str, options: int) -> None:
    found = with_verdict(usual(), kind, options)
    assert text_of(found)
    assert text_of(found, "summary")


def test_a_close_group_with_carrying_on_says_that_it_is_not_told_apart() -> None:
    pack, case, appraisal = usual()
    rival = next(form.option for form in appraisal.forms if form.form != "carry-on")
    group = appraisal.verdict.model_copy(update={"kind": "close-group", "options": (rival, "carry-on")})
    text = text_of((pack, case, appraisal.model_copy(update={"verdict": group})))
    assert "nothing here is shown to be better than today" in text


def test_a_closed_carrying_on_names_the_true_comparator() -> None:
    pack, case, appraisal = usual()
    comparator = next(form.option for form in appraisal.forms if form.form != "carry-on")
    closed = appraisal.reference.model_copy(update={"closed": True, "comparator": comparator})
    text = text_of((pack, case, appraisal.model_copy(update={"reference": closed})))
    assert f"Carrying on is closed. The true comparator is {appraisal.option(comparator).name}." in text


def test_carrying_on_may_lead() -> None:
    pack, case, appraisal = usual()
    verdict = appraisal.verdict.model_copy(update={"kind": "leading", "options": ("carry-on",), "leader": "carry-on"})
    text = text_of((pack, case, appraisal.model_copy(update={"verdict": verdict})))
    assert "Why" in text


def test_a_fixed_form_is_said_to_close_the_others() -> None:
    answers = {"nature": "mandated", "mandate-requires": "this-form", "mandate-form": "merger", "reach": "organisation"}
    text = text_of(material(answers=answers))
    assert "The mandate fixes the form" in text


def test_no_partner_no_aim_no_problem() -> None:
    text = text_of(material(partners=[], aims=[], causes=[], red_lines=[], terms=[], answers={}))
    assert "No partner is named yet" in text
    assert "No diagnosed cause was named" in text
    assert "No aim was chosen" in text


def test_every_option_and_every_closing_reason_is_told() -> None:
    found = usual()
    text = text_of(found)
    for option in found[2].options:
        assert option.name in text
        if option.status in {"ruled-out", "set-aside"}:
            closing = [g for g in option.gates if g.state == "holds" and g.effect == option.status and not g.lifted]
            assert closing
            assert all(gate.reason.rstrip(".") in text for gate in closing)
    assert "Red line (Board of directors)" in text


def test_private_notes_are_never_told() -> None:
    found = usual()
    assert found[1].notes == "PRIVATE NOTE"
    assert "PRIVATE" not in text_of(found)


def test_what_was_brought_back_is_told_with_its_reason() -> None:
    pack, case, _ = usual()
    lifted = Lifted(option="merger:p1", gate="red-line-1", reason="The board wants to see it all the same")
    case = case.model_copy(update={"lifted": (lifted,)})
    text = text_of((pack, case, appraised(pack, case, samples=200)))
    assert "Brought back by the trust." in text
    assert "The board wants to see it all the same" in text


def test_answers_of_all_four_kinds_are_told_apart() -> None:
    text = text_of(usual())
    assert "Don’t know" in text
    assert "Does not apply:" in text
    assert "Not answered:" in text
    assert "One clinical service" in text


def test_every_reference_has_its_source_and_every_source_is_numbered_once() -> None:
    report = compose(*usual())
    lists = [block for chapter in report.chapters for block in chapter.blocks if isinstance(block, SourceList)]
    assert len(lists) == 1
    numbers = [entry.number for entry in lists[0].entries]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = {
        number
        for blocks in (report.front, *(chapter.blocks for chapter in report.chapters))
        for block in walk(blocks)
        for number in numbers_in(block)
    }
    assert cited == set(numbers)


def numbers_in(value: Any) -> set[int]:
    if isinstance(value, Cite):
        return set(value.numbers)
    if isinstance(value, tuple):
        return set().union(*map(numbers_in, value)) if value else set()
    fields = getattr(value, "__dataclass_fields__", {})
    return set().union(*(numbers_in(getattr(value, name)) for name in fields)) if fields else set()


def test_shares_are_never_told_as_being_sure() -> None:
    text = text_of(usual())
    assert "sure of" not in text
    assert "% sure" not in text
    assert "of the ways of weighing and rating that fit" in text


def test_the_summary_is_much_shorter() -> None:
    found = usual()
    assert len(text_of(found, "summary")) < len(text_of(found)) / 3


def test_a_long_account_is_cut_in_the_body_and_whole_in_an_appendix() -> None:
    pack, case, appraisal = usual()
    words = " ".join(f"word{n}" for n in range(10_000))
    text = text_of((pack, case.model_copy(update={"problem": words}), appraisal))
    assert "The full account is in an appendix." in text
    assert words in text


def test_the_report_is_a_function_of_its_input() -> None:
    found = usual()
    assert compose(*found) == compose(*found)
    assert json.dumps(found[2].as_json())


def test_headlines_split_where_the_strength_begins() -> None:
    assert split_headline("A leads: it is ahead.") == ("A leads:", "it is ahead.")
    assert split_headline("Short and whole.") == ("Short and whole.", "")
    first, rest = split_headline(f"{'x' * 100}. {'y' * 100}.")
    assert (first, rest) == (f"{'x' * 100}.", f"{'y' * 100}.")


def test_readiness_is_told_for_each_partner_with_what_to_put_in_place_first() -> None:
    pack, _, _ = usual()
    asked = [ingredient.question for ingredient in pack.ingredients]
    states = ("in-place", "partly", "missing", None)
    answers = {question: states[n % 4] for n, question in enumerate(asked)}
    text = text_of(material(partners=[{"id": "p1", "name": "Eastmarsh", "answers": answers}]))
    for wanted in (
        "3 in place, 3 partly in place, 3 missing",
        "Put in place first",
        "Ingredients of success with Eastmarsh",
    ):
        assert wanted in text
    assert "there is no total" in text


def test_a_rating_of_the_trusts_own_stands_beside_the_packs() -> None:
    pack, case, appraisal = usual()
    form = appraisal.option(appraisal.verdict.leader or "").form
    own = Override(form=form, criterion="access", low=10, likely=20, high=30, reason="We measured it here")
    case = case.model_copy(update={"overrides": (own,)})
    text = text_of((pack, case, appraised(pack, case, samples=200)))
    assert "We measured it here" in text
    assert "Ratings that the trust put in place of ours" in text


def test_evidence_shows_the_packs_rating_beside_the_trusts_own() -> None:
    pack, case, appraisal = usual()
    first = appraisal.options.index(appraisal.option(appraisal.verdict.options[0]))
    option = appraisal.options[first]
    name, cell = next(iter(option.ratings.items()))
    own = cell.model_copy(update={"original": Interval(low=41, likely=47, high=53)})
    changed = option.model_copy(update={"ratings": {**option.ratings, name: own}})
    options = (*appraisal.options[:first], changed, *appraisal.options[first + 1 :])
    text = text_of((pack, case, appraisal.model_copy(update={"options": options})))
    assert "The pack’s own rating was 41\u00a0to\u00a053." in text


def test_the_swing_that_was_said_is_told() -> None:
    text = text_of(material(swing=[40, 60]))
    assert "was said to matter 40 to 60 where the same on the first aim matters 100" in text
    assert "How much aims count against terms was not said" in text_of(usual())


def test_overdue_rules_and_sources_are_named() -> None:
    pack, case, appraisal = usual()
    overdue = (pack.gates[0].id, pack.sources[0].id)
    text = text_of((pack, case, appraisal.model_copy(update={"overdue": overdue})))
    assert f"Rule: {pack.gates[0].title}" in text
    assert f"Source: {pack.sources[0].title}" in text


def test_precedents_are_told_with_outcome_and_law_of_their_time() -> None:
    found = usual()
    text = text_of(found)
    assert found[2].precedents
    assert all(precedent.outcome.rstrip(".") in text for precedent in found[2].precedents)
    assert "Law of its time" in text


@pytest.mark.parametrize("status", ["ruled-out", "set-aside"])
def test_a_pack_of_another_field_composes(status: str) -> None:
    pack = orchestras()
    case = case_of(pack, title="Two orchestras", partners=[{"id": "p1", "name": "The Other Orchestra"}])
    appraisal = appraised(pack, case, samples=200)
    changed = tuple(
        option.model_copy(update={"status": status, "value": None, "benefit": None, "terms": None, "rank_shares": None})
        for option in appraisal.options
    )
    assert text_of((pack, case, appraisal))
    nothing = appraisal.verdict.model_copy(update={"kind": "nothing-open", "options": (), "leader": None})
    bare = appraisal.model_copy(update={"options": changed, "forms": (), "verdict": nothing, "rests_on": None})
    assert "No option is open" in text_of((pack, case, bare))
