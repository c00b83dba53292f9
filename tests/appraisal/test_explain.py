"""Sentences say what the figures behind them say, and why the answer is as it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

from partnerwizard.appraisal.appraise import appraise
from partnerwizard.case import edit
from partnerwizard.case.file import load_case
from partnerwizard.case.model import Case
from partnerwizard.resources import examples_dir
from tests.support import guidance

WEAK = load_case(examples_dir() / "mandated-recovery-with-a-weak-partner.partnering")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
WANTING = "another partner may give another answer"


def _sentence(case: Case) -> str:
    return appraise(guidance(), case, as_of=date(2026, 11, 23), samples=500, seed=0, file=None).verdict.sentence


def test_carrying_on_for_want_of_an_able_partner_is_not_told_as_its_own_merit():
    assert f"No form with {WEAK.partners[0].name} is open, though: {WANTING}." in _sentence(WEAK)


def test_with_a_partner_of_whom_nothing_is_closed_it_is_not_said():
    assert WANTING not in _sentence(edit.add_partner(WEAK, "Another trust", NOW))


def test_without_any_partner_named_it_is_not_said():
    assert WANTING not in _sentence(edit.remove_partner(WEAK, WEAK.partners[0].id, NOW))
