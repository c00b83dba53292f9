"""Word and Excel reports as LibreOffice reads them: every text arrives, and formulas come to the appraisal's values.

LibreOffice opens each file, writes the Word report as PDF and as text, and recalculates the workbook. Then the checks
are run on reports that were changed on purpose, and must find that. Without LibreOffice all this is skipped, and that
is said; with VERIFY_STRICT=1 it is then a failure.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pikepdf
from docx.oxml.ns import qn

from partnerwizard import resources
from partnerwizard.appraisal.appraise import appraise
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.file import load_case
from partnerwizard.case.model import Case
from partnerwizard.pack.load import load_pack
from partnerwizard.pack.model import Pack
from partnerwizard.report.compose import compose
from partnerwizard.report.excel.render import render_xlsx
from partnerwizard.report.word.render import render_docx

ROOT = Path(__file__).resolve().parent.parent
CASES = (
    *sorted(ROOT.glob("guidance/examples/*.partnering")),
    ROOT / "tests/cases/medway-gstt-2015.partnering",
    ROOT / "tests/cases/nlag-hull-2022.partnering",
)
SAMPLES = 500
CLOSE = 1e-6
_TEXT = "txt:Text (encoded):UTF8"
_TABLES = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""Every sheet as a file of its own, with figures in full."""

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


class Office:
    """LibreOffice with a profile of its own in a temporary folder."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._profile = folder / "profile"
        settings = self._profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")

    def convert(self, name: str, data: bytes, target: str) -> dict[str, bytes]:
        """The files that LibreOffice makes of this one, by name; none if it does not open it."""
        source = self._folder / name
        source.write_bytes(data)
        out = self._folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        subprocess.run(
            [
                *(self._program, f"-env:UserInstallation={self._profile.as_uri()}", "--headless"),
                *("--convert-to", target, "--outdir", str(out), str(source)),
            ],
            check=False,
            capture_output=True,
            timeout=300,
        )
        return {path.name: path.read_bytes() for path in sorted(out.glob("*"))}


def word_problems(office: Office, data: bytes, written: bytes) -> list[str]:
    """What of the Word report `written` is missing when LibreOffice opens `data`."""
    pdf = next(iter(office.convert("report.docx", data, "pdf").values()), b"")
    text = next(iter(office.convert("report.docx", data, _TEXT).values()), b"").decode("utf-8-sig", "replace")
    if not pdf or not text:
        return ["LibreOffice does not open the Word report"]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = len(document.pages)
    joined = "".join(_words(text))
    missing = [each for each in _paragraphs(written) if "".join(_words(each)) not in joined]
    problems = [f"not in what LibreOffice shows: {each[:100]}" for each in missing]
    return problems if pages > 1 else [*problems, f"the Word report comes to {pages} page"]


def excel_problems(office: Office, data: bytes, appraisal: Appraisal) -> list[str]:
    """Where the recalculated workbook `data` differs from the appraisal."""
    found = office.convert("report.xlsx", data, _TABLES)
    if "report-Scores.csv" not in found:
        return ["LibreOffice does not open the workbook"]
    table = list(csv.reader(io.StringIO(found["report-Scores.csv"].decode("utf-8-sig"))))
    head = next((number for number, row in enumerate(table) if row[0] == "Rank"), None)
    scored = {option.id: option for option in appraisal.options if option.value is not None}
    if head is None:
        return ["the sheet Scores has no table"] if scored else []
    rows = {row[-1]: dict(zip(table[head], row, strict=True)) for row in table[head + 1 :] if row[-1]}
    problems = [f"{option} is not on the sheet Scores" for option in scored if option not in rows]
    for name, row in rows.items():
        option = scored[name]
        assert option.value is not None
        difference = option.value.likely - appraisal.reference.value.likely
        for title, wanted in (
            ("Rank", option.rank),
            ("Value", option.value.likely),
            ("Against carrying on", difference),
            ("Benefit", option.benefit),
            ("Terms", option.terms),
        ):
            shown = _number(row[title])
            if wanted is None or shown is None or abs(shown - wanted) > CLOSE:
                problems.append(f"{name}: {title} is {row[title]}, not {wanted}")
    errors = [name for name, content in found.items() if re.search(rb"#(REF|NAME|VALUE|DIV/0|N/A)|Err:\d", content)]
    return [*problems, *(f"{name} shows an error" for name in errors)]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _paragraphs(data: bytes) -> list[str]:
    """The paragraphs of a Word report, in its tables and outside."""
    body = docx.Document(io.BytesIO(data)).element.body
    pieces = {qn("w:t"), qn("w:br"), qn("w:tab")}
    return ["".join(piece.text or " " for piece in each.iter(*pieces)) for each in body.iter(qn("w:p"))]


def _changed_rating(appraisal: Appraisal) -> Appraisal:
    """The appraisal with one rating moved, and the value that goes with it left as it was."""
    options = list(appraisal.options)
    number, option = next((n, each) for n, each in enumerate(options) if each.ratings)
    criterion, cell = next(iter(option.ratings.items()))
    moved = cell.model_copy(update={"likely": 100 - cell.likely if cell.likely != 50 else 60})
    options[number] = option.model_copy(update={"ratings": {**option.ratings, criterion: moved}})
    return appraisal.model_copy(update={"options": tuple(options)})


def _damaged(data: bytes) -> bytes:
    """A Word report whose text breaks off in the middle."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if name == "word/document.xml" else content)
    return out.getvalue()


def check(office: Office, pack: Pack, case: Case, appraisal: Appraisal) -> list[str]:
    """Problems of one case's reports."""
    word = render_docx(compose(pack, case, appraisal))
    return [
        *word_problems(office, word, word),
        *excel_problems(office, render_xlsx(pack, case, appraisal), appraisal),
    ]


def unseen(office: Office, pack: Pack, case: Case, appraisal: Appraisal) -> list[str]:
    """Changes made on purpose that the checks did not find."""
    report = compose(pack, case, appraisal)
    whole = render_docx(report)
    part = render_docx(replace(report, sections=report.sections[1:]))
    found = {
        "a chapter left out of the Word report": word_problems(office, part, whole),
        "a damaged Word report": word_problems(office, _damaged(whole), whole),
        "a rating changed in the workbook": excel_problems(
            office, render_xlsx(pack, case, _changed_rating(appraisal)), appraisal
        ),
    }
    return [f"not found: {change}" for change, problems in found.items() if not problems]


def main() -> int:
    """Check every case, then that the checks find what is wrong."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        strict = os.environ.get("VERIFY_STRICT") == "1"
        print(f"{'FAILED' if strict else 'SKIPPED'}: Word and Excel were not opened, as LibreOffice is not installed.")
        print("On Debian: apt-get install --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui")
        return 1 if strict else 0
    pack = load_pack(resources.guidance_dir())
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        office = Office(program, Path(folder))
        for number, path in enumerate(CASES):
            case = load_case(path)
            assert case.as_of is not None
            appraisal = appraise(pack, case, as_of=case.as_of, samples=SAMPLES, seed=case.seed)
            problems = check(office, pack, case, appraisal)
            if number == 0:
                problems += unseen(office, pack, case, appraisal)
            print(f"{path.stem}: {'as it should be' if not problems else f'{len(problems)} problems'}")
            for problem in problems:
                print(f"{path.stem}: {problem}", file=sys.stderr)
            bad += len(problems)
    print("Word and Excel checked with LibreOffice." if not bad else "FAILED: Word and Excel in LibreOffice.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
