"""Any two options side by side: parts that add up, and sentences whose figures are read back."""

from __future__ import annotations

import re
from itertools import permutations

import pytest

from partnerwizard.appraisal.difference import NAMED, SEEN, Difference, difference
from partnerwizard.case.file import load_case
from partnerwizard.resources import guidance_dir
from tests.support import CASES, appraised, guidance

EXAMPLES = [*sorted(CASES.glob("*.partnering")), *sorted((guidance_dir() / "examples").glob("*.partnering"))]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_parts_add_up_and_every_sentence_is_true(path: object) -> None:
    appraisal = appraised(guidance(), load_case(path), samples=200)  # type: ignore[arg-type]
    ids = [option.id for option in appraisal.options if option.value is not None]
    contestants = [contestant.option for contestant in appraisal.forms]
    pairs = [*permutations(contestants[:5], 2), *zip(ids, reversed(ids), strict=True), (appraisal.reference.id, ids[0])]
    for a, b in dict.fromkeys(pairs):
        found = difference(guidance(), appraisal, a, b)
        assert sum(part.points for part in found.parts) == pytest.approx(found.total, abs=1e-9)
        assert found.total == pytest.approx(found.value_a - found.value_b)
        assert [part.points for part in found.speaks_for] == sorted((p.points for p in found.speaks_for), reverse=True)
        assert [part.points for part in found.speaks_against] == sorted(part.points for part in found.speaks_against)
        back = difference(guidance(), appraisal, b, a)
        assert back.total == pytest.approx(-found.total)
        if a != b:
            _read_back(found)
        for part in found.parts:
            if part.a is not None and part.b is not None and part.weight is not None:
                assert part.points == pytest.approx(part.weight * (part.a.likely - part.b.likely), abs=1e-9)


def _read_back(found: Difference) -> None:
    lead, one, other = found.sentences[:3]
    if abs(found.total) >= SEEN:
        by, more, less = (
            float(number) for number in re.findall(r"-?\d+\.\d(?!\d)", lead.split(" is ahead of ")[1])[-3:]
        )
        ahead = found.name_a if found.total > 0 else found.name_b
        assert lead.startswith(f"{ahead} is ahead of ")
        assert by == pytest.approx(abs(found.total), abs=0.05 + 1e-9)
        assert more == pytest.approx(max(found.value_a, found.value_b), abs=0.05 + 1e-9)
        assert less == pytest.approx(min(found.value_a, found.value_b), abs=0.05 + 1e-9)
    else:
        assert "less than 0.1 points" in lead
    sides = [(found.name_a, found.speaks_for), (found.name_b, found.speaks_against)]
    for (name, parts), sentence in zip(sides if found.total >= 0 else sides[::-1], (one, other), strict=True):
        seen = [abs(part.points) for part in parts if abs(part.points) >= SEEN]
        if not seen:
            assert sentence == f"No criterion speaks for {name} by as much as 0.1 points."
            continue
        assert sentence.startswith(f"For {name}: ")
        said = [float(number) for number in re.findall(r"\((\d+\.\d) points", sentence)]
        assert said[:NAMED] == pytest.approx(seen[:NAMED], abs=0.05 + 1e-9)
        assert sum(said) == pytest.approx(sum(seen), abs=0.05 * len(said) + 1e-9)
    if found.ahead is not None:
        share = max(found.ahead)
        if percent := re.search(r"at least (\d+) %", found.sentences[3]):
            assert int(percent[1]) / 100 <= share + 1e-9 < int(percent[1]) / 100 + 0.01 + 1e-9
        else:
            assert share == 1
            assert "every one of the ways" in found.sentences[3]


def test_an_option_that_is_closed_has_no_difference_and_an_unknown_one_is_none() -> None:
    appraisal = appraised(guidance(), load_case(EXAMPLES[-1]), samples=50)
    closed = next(
        option.id for option in appraisal.options if option.value is None and option.id != appraisal.reference.id
    )
    with pytest.raises(ValueError, match="closed by a gate"):
        difference(guidance(), appraisal, closed, appraisal.reference.id)
    with pytest.raises(KeyError):
        difference(guidance(), appraisal, "no-such-option", appraisal.reference.id)


def test_an_option_beside_itself() -> None:
    appraisal = appraised(guidance(), load_case(EXAMPLES[-1]), samples=50)
    found = difference(guidance(), appraisal, appraisal.reference.id, appraisal.reference.id)
    assert found.total == 0
    assert found.sentences == (f"This is {found.name_a} twice.",)
