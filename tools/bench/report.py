"""How long the reports take: every format of the example, and of a case with at least forty options.

A figure is the best of several repetitions, each with another title, since the typesetter remembers what it has set.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from partnerwizard import resources
from partnerwizard.appraisal.appraise import appraise
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.file import load_case
from partnerwizard.case.model import Case, Partner
from partnerwizard.pack.load import load_pack
from partnerwizard.pack.model import Pack
from partnerwizard.report.compose import compose
from partnerwizard.report.export import FORMATS, render
from partnerwizard.report.html import render_html
from partnerwizard.report.pdf import render_pages, render_pdf
from partnerwizard.report.wall import render_wall

TIMES = 7
OPTIONS = 40

Material = tuple[Pack, Case, Appraisal]


def sections() -> list[str]:
    """The figures as Markdown."""
    small = _example()
    large = _many(small)
    lines = [
        "## Reports",
        "",
        f"The example has {len(small[2].options)} options, the larger case {len(large[2].options)}. The appraisal is "
        "made already; what is timed begins with it and ends with the bytes of the file.",
        "",
        "| | wanted, ms | example, ms | larger case, ms |",
        "| --- | ---: | ---: | ---: |",
    ]
    work: dict[str, tuple[str, Callable[[Material], object]]] = {
        "HTML and all charts": ("50", lambda found: render_html(compose(*found))),
        "PDF, full paper": ("300", lambda found: render_pdf(compose(*found))),
        "PDF, summary": ("", lambda found: render_pdf(compose(*found, "summary"))),
        "first page for the preview": ("150", lambda found: render_pages(compose(*found), 1, 1)),
        "page for the wall": ("", lambda found: render_wall(*found)),
        f"all of {', '.join(FORMATS)}": ("2,000", lambda found: [render(name, *found) for name in FORMATS]),
    }
    for name, (wanted, make) in work.items():
        cells = (f"{1000 * _best(make, found):,.0f}" for found in (small, large))
        lines.append(f"| {name} | {wanted} | {' | '.join(cells)} |")
    return [*lines, ""]


def _best(make: Callable[[Material], object], found: Material) -> float:
    make(next(_titled(found)))  # fonts and templates are read once in a program's life
    took = []
    for _, each in zip(range(TIMES), _titled(found), strict=False):
        start = time.perf_counter()
        make(each)
        took.append(time.perf_counter() - start)
    return min(took)


_NUMBERS = count(1)


def _titled(found: Material) -> Iterator[Material]:
    """The same material under titles that were never used before, so that no page is one that was set already."""
    pack, case, appraisal = found
    for number in _NUMBERS:
        title = f"{case.title} {number}"
        yield pack, case.model_copy(update={"title": title}), appraisal


def _example() -> Material:
    pack = load_pack(resources.guidance_dir())
    case = load_case(min(resources.examples_dir().glob("*.partnering")))
    return _appraised(pack, case)


def _many(example: Material) -> Material:
    """The example with as many partners like its first as make forty options."""
    pack, case, appraisal = example
    first = case.partners[0]
    while len(appraisal.options) < OPTIONS:
        number = len(case.partners)
        name = f"East Riverside University Hospitals NHS Foundation Trust {number}"
        partners = (*case.partners, Partner(id=f"like-{number}", name=name, answers=first.answers))
        case = Case.model_validate({**case.model_dump(), "partners": [each.model_dump() for each in partners]})
        _, _, appraisal = _appraised(pack, case)
    return pack, case, appraisal


def _appraised(pack: Pack, case: Case) -> Material:
    as_of: date = case.as_of or datetime.now(UTC).date()
    return (
        pack,
        case,
        appraise(pack, case, as_of=as_of, samples=pack.head.method.samples, seed=case.seed, file="example"),
    )


if __name__ == "__main__":
    text = "\n".join(sections())
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    print(text)
