"""What several tests need: the two packs, and cases made from plain answers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from partnerwizard import resources
from partnerwizard.appraisal.appraise import appraise
from partnerwizard.appraisal.fit import require_fit
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case import answers as plain
from partnerwizard.case.model import Case, PackReference
from partnerwizard.pack.load import load_pack
from partnerwizard.pack.model import Pack

TESTS = Path(__file__).parent
ORCHESTRAS = TESTS / "packs" / "orchestras"
CASES = TESTS / "cases"
DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@cache
def orchestras() -> Pack:
    """The small pack for another field."""
    return load_pack(ORCHESTRAS)


@cache
def guidance() -> Pack:
    """The built-in pack."""
    return load_pack(resources.guidance_dir())


def case_of(pack: Pack, **answers: Any) -> Case:
    """A case from plain answers, checked against the pack."""
    document = {"format": plain.FORMAT, **answers}
    reference = PackReference(id=pack.head.id, version=pack.head.version, content_hash=pack.content_hash)
    case = plain.new_case(plain.answers_from(document, "answers"), AT, reference, "answers")
    require_fit(pack, case, "answers")
    return case


def appraised(pack: Pack, case: Case, samples: int = 2000, seed: int = 0) -> Appraisal:
    """The appraisal of a case on the tests' day."""
    return appraise(pack, case, as_of=DAY, samples=samples, seed=seed)
