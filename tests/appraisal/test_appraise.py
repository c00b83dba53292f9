"""What must hold of every appraisal, whatever the answers; on the small pack, with answers made at random."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.appraisal.assess import SCORED
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from partnerwizard.pack.model import Pack
from tests.support import appraised, case_of, orchestras

MISSING = object()


def choices(pack: Pack, question: str) -> list[Any]:
    return [choice.id for choice in pack.question_by_id[question].choices]


@st.composite
def answer_documents(draw: st.DrawFn, pack: Pack) -> dict[str, Any]:
    """Plain answers with everything that may be given, or not."""

    def answers(scopes: set[str]) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for question in pack.questions:
            if question.scope not in scopes:
                continue
            options = [choice.id for choice in question.choices]
            if question.kind == "form":
                options = list(pack.form_by_id)
            value = draw(st.sampled_from([MISSING, None, "n/a", *options]))
            if value is not MISSING:
                given[question.id] = value
        return given

    def ranking(branch: str) -> list[Any]:
        ids = draw(st.permutations([c.id for c in pack.criteria if c.branch == branch]))
        ids = ids[: draw(st.integers(0, len(ids)))]
        return [ids] if len(ids) > 1 and draw(st.booleans()) else list(ids)

    partners = [
        {"id": name, "name": name.title(), "answers": answers({"partner"})}
        for name in ["p1", "p2", "p3"][: draw(st.integers(0, 3))]
    ]
    low = draw(st.integers(0, 150))
    return {
        "title": "made at random",
        "answers": answers({"trust", "context"}),
        "partners": partners,
        "groupings": [{"id": "all", "partners": [p["id"] for p in partners]}] if len(partners) > 1 else [],
        "aims": ranking("aims"),
        "terms": ranking("terms"),
        "swing": draw(st.sampled_from([None, [low, low + 20]])),
        "causes": [
            {"id": cause.id, "confidence": draw(st.sampled_from(["high", "moderate", "low"]))}
            for cause in pack.causes
            if draw(st.booleans())
        ],
        "red_lines": draw(
            st.lists(
                st.sampled_from(
                    [
                        {"text": "keep pay", "owner": "players", "aim": "pay", "at_least": 55},
                        {"text": "no takeover", "owner": "board", "forms": ["takeover"]},
                    ]
                ),
                max_size=2,
            )
        ),
    }


cases = answer_documents(orchestras()).map(lambda document: case_of(orchestras(), **document))


@settings(max_examples=120, deadline=None)
@given(cases)
def test_the_figures_hang_together(case: Case) -> None:
    pack = orchestras()
    appraisal = appraised(pack, case, samples=300)
    scored = [option for option in appraisal.options if option.value is not None]
    assert math.isclose(sum(weight.central for weight in appraisal.weights.values()), 1, abs_tol=1e-9)
    assert all(weight.low - 1e-9 <= weight.central <= weight.high + 1e-9 for weight in appraisal.weights.values())
    for option in appraisal.options:
        assert (option.value is not None) == (option.status in SCORED)
        if option.value is None:
            assert (option.benefit, option.terms, option.rank, option.rank_shares) == (None, None, None, None)
            assert not option.possibly_best
            assert not option.necessarily_best
            continue
        assert option.contributions is not None
        assert option.benefit is not None
        assert option.terms is not None
        assert option.value.low - 1e-9 <= option.value.likely <= option.value.high + 1e-9
        difference = option.value.likely - appraisal.reference.value.likely
        assert math.isclose(sum(option.contributions.values()), difference, abs_tol=1e-6)
        aims = sum(w.central for c, w in appraisal.weights.items() if pack.criterion_by_id[c].branch == "aims")
        assert math.isclose(aims * option.benefit + (1 - aims) * option.terms, option.value.likely, abs_tol=1e-6)
        if option.necessarily_best:
            assert option.possibly_best
    for place in range(len(scored)):
        assert math.isclose(sum(o.rank_shares[place] for o in scored if o.rank_shares), 1, abs_tol=1e-6)
    for first in appraisal.forms:
        for second in appraisal.forms:
            if first is not second:
                assert first.beats[second.form] + second.beats[first.form] <= 1 + 1e-9
    assert sum(form.leads for form in appraisal.forms) == (1 if appraisal.forms else 0)


@settings(max_examples=120, deadline=None)
@given(cases)
def test_the_verdict_is_made_of_its_shares(case: Case) -> None:
    pack = orchestras()
    appraisal = appraised(pack, case, samples=300)
    verdict = appraisal.verdict
    by_id = {option.id: option for option in appraisal.options}
    assert verdict.over_weights_and_ratings == verdict.drawn_in_common
    assert verdict.sentence
    if verdict.kind == "clear":
        assert verdict.drawn_in_common >= 0.8
        assert verdict.drawn_apart >= 0.6
    if verdict.kind == "leading":
        assert verdict.drawn_in_common >= 0.6
    if verdict.kind in {"clear", "leading"}:
        assert verdict.options == (verdict.leader,)
    if verdict.kind == "close-group":
        assert 1 <= len(verdict.options) <= 3
    if verdict.kind in {"no-clear-winner", "not-enough-known", "nothing-open"}:
        assert verdict.options == ()
    if not case.aims and verdict.kind != "nothing-open":
        assert verdict.kind == "not-enough-known"
    contestants = {form.option for form in appraisal.forms}
    for option in verdict.options:
        assert by_id[option].status in {"open", "needs", "unresolved"}
        assert option in contestants
    values = [by_id[option].value for option in verdict.options]
    likely = [value.likely for value in values if value is not None]
    assert likely == sorted(likely, reverse=True)
    families = [pack.form_by_id[form.form].contest_family or form.form for form in appraisal.forms]
    assert len(families) == len(set(families))


@settings(max_examples=60, deadline=None)
@given(cases)
def test_status_is_the_worst_of_the_gates(case: Case) -> None:
    appraisal = appraised(orchestras(), case, samples=50)
    for option in appraisal.options:
        counting = {(gate.effect, gate.state) for gate in option.gates if gate.lifted is None}
        if ("ruled-out", "holds") in counting:
            assert option.status == "ruled-out"
        elif ("set-aside", "holds") in counting:
            assert option.status == "set-aside"
        elif option.status != "in-place":
            unresolved = {("ruled-out", "unknown"), ("set-aside", "unknown")} & counting
            needs = {("needs", "holds"), ("needs", "unknown")} & counting
            assert option.status == ("unresolved" if unresolved else "needs" if needs else "open")


@settings(max_examples=30, deadline=None)
@given(cases)
def test_the_same_arguments_give_the_same_bytes(case: Case) -> None:
    first, second = (appraised(orchestras(), case, samples=100).as_json() for _ in range(2))
    assert first == second


@settings(max_examples=40, deadline=None)
@given(cases)
def test_precedents_move_nothing(case: Case) -> None:
    pack = orchestras()
    bare = pack.model_copy(update={"precedents": ()})

    def without(appraisal: Appraisal) -> dict[str, Any]:
        return {key: value for key, value in appraisal.as_json().items() if key != "precedents"}

    assert without(appraised(pack, case, 100)) == without(appraised(bare, case, 100))


@settings(max_examples=40, deadline=None)
@given(cases, st.data())
def test_a_copied_partner_leaves_the_verdict_as_it_was(case: Case, data: st.DataObject) -> None:
    if not case.partners or case.groupings:
        return
    original = data.draw(st.sampled_from(case.partners))
    twin = original.model_copy(update={"id": "zz-twin", "name": "Twin"})
    before = appraised(orchestras(), case, 300)
    fields = {name: getattr(case, name) for name in Case.model_fields}
    with_twin = Case(**{**fields, "partners": (*case.partners, twin)})
    after = appraised(orchestras(), with_twin, 300)
    assert after.verdict.kind == before.verdict.kind
    assert after.verdict.drawn_in_common == pytest.approx(before.verdict.drawn_in_common)
    assert [form.form for form in after.forms] == [form.form for form in before.forms]


@settings(max_examples=40, deadline=None)
@given(cases)
def test_json_has_every_key_of_the_contract(case: Case) -> None:
    document = appraised(orchestras(), case, 50).as_json()
    assert document["format"] == "partnerwizard-appraisal/1"
    for tip in document["tipping"]:
        assert set(tip) == {"criterion", "from", "to", "winner"}
    for key in ("rests_on", "on_evidence_alone", "find_out", "route", "readiness", "cautions", "overdue"):
        assert key in document
    if document["rests_on"] is not None:
        assert sum(document["rests_on"].values()) == pytest.approx(1)
