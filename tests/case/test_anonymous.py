"""A case without names: nobody in it can be told by name, and the advice is the same."""

from __future__ import annotations

from datetime import date

from partnerwizard.appraisal.appraise import appraise
from partnerwizard.case.anonymous import without_names
from partnerwizard.case.file import dump_case, load_case
from partnerwizard.case.model import Case, Decision, Grouping, Lifted, Partner, RedLine
from partnerwizard.resources import examples_dir
from tests.support import guidance

EXAMPLE = load_case(examples_dir() / "fragile-stroke-service.partnering")


def test_no_name_or_id_made_from_one_is_left():
    names = [EXAMPLE.organisation, *(partner.name for partner in EXAMPLE.partners)]
    assert any(names)
    told = EXAMPLE.model_copy(
        update={
            "notes": "Ann Example does not agree",
            "problem": f"{names[-1].upper()} cannot staff it",
            "red_lines": (RedLine(text="No merger", owner="Ann Example", forms=("merger",)),),
            "decision": Decision(text=f"Work with {names[-1]}", decided_by="Ann Example", day=date(2026, 11, 24)),
        }
    )
    written = dump_case(without_names(told)).decode().casefold()
    for name in (*names, "Ann Example", *(partner.id for partner in EXAMPLE.partners)):
        assert name.casefold() not in written
    assert "partner a cannot staff it" in written


def test_the_advice_is_the_same():
    pack = guidance()

    def advice(case: Case) -> tuple[object, ...]:
        found = appraise(pack, case, as_of=date(2026, 11, 24), samples=500, seed=1, file=None)
        values = [(option.form, option.direction, option.value) for option in found.options]
        return found.verdict.kind, found.verdict.over_weights_and_ratings, values

    assert advice(without_names(EXAMPLE)) == advice(EXAMPLE)


def test_options_groupings_and_letters_beyond_z_follow_their_partners():
    partners = tuple(Partner(id=f"trust-{number}", name=f"Trust {number} NHS") for number in range(28))
    case = Case(
        partners=partners,
        groupings=(Grouping(id="north", partners=("trust-0", "trust-27")),),
        lifted=(Lifted(option="merger:trust-0+trust-27", gate="reach", reason="Trust 27 NHS asked for it"),),
    )
    shown = without_names(case)
    assert shown.groupings[0].partners == ("partner-a", "partner-ab")
    assert shown.lifted[0].option == "merger:partner-a+partner-ab"
    assert shown.lifted[0].reason == "Partner AB asked for it"


def test_a_case_without_names_stays_as_it_is():
    assert without_names(Case(title="Plain")) == Case(title="Plain")
