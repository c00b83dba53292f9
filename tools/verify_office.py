"""Word and Excel reports as LibreOffice reads them: every text arrives, and formulas come to the appraisal's values.

Each file is first read against the rules that Word and Excel insist on (`verify.packages`; neither program is here).
Then LibreOffice opens it, writes the Word report as PDF and as text, and recalculates the workbook: as it is, and with
weights changed so that another option must come first. Then the checks are run on reports that were changed on
purpose, and must find that. Without LibreOffice all this is skipped, and that is said; with VERIFY_STRICT=1 it is then
a failure.
"""

from __future__ import annotations

import base64
import csv
import io
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pikepdf
from docx.oxml.ns import qn
from verify import packages
from verify.broken_office import EXCEL, WORD, Break

from partnerwizard import resources
from partnerwizard.appraisal.appraise import appraise
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.file import load_case
from partnerwizard.case.model import Case, FrontSheet, Logo, Look
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


Figures = dict[str, dict[str, float]]
"""What a sheet must show, by option and column."""


def printed(appraisal: Appraisal) -> Figures:
    """The figures of the appraisal, as the sheet Scores must come to them."""
    found: Figures = {}
    for option in appraisal.options:
        if option.value is None or option.rank is None or option.benefit is None or option.terms is None:
            continue
        found[option.id] = {
            "Rank": option.rank,
            "Value": option.value.likely,
            "Against carrying on": option.value.likely - appraisal.reference.value.likely,
            "Benefit": option.benefit,
            "Terms": option.terms,
        }
    return found


def apart(pack: Pack, appraisal: Appraisal) -> Figures:
    """The figures of the appraisal, as the sheet Contributions must come to them."""
    names = {each.id: each.name for each in pack.criteria} | {"authority": "Points for authority"}
    return {
        option.id: {names[criterion]: points for criterion, points in option.contributions.items()}
        | {"In all": sum(option.contributions.values())}
        for option in appraisal.options
        if option.contributions is not None
    }


def reckoned(pack: Pack, appraisal: Appraisal, weights: Mapping[str, float]) -> Figures:
    """Values and ranks under other weights, reckoned here from ratings and shortfalls."""
    step = pack.head.method.authority_points.value
    values = {
        option.id: max(
            0.0,
            sum(weight * option.ratings[each].likely for each, weight in weights.items())
            - option.authority_shortfall * step,
        )
        for option in appraisal.options
        if option.value is not None
    }
    return {
        name: {"Rank": 1 + sum(other > value + 1e-9 for other in values.values()), "Value": value}
        for name, value in values.items()
    }


def tipped(appraisal: Appraisal) -> dict[str, float]:
    """Weights just beyond a tipping point, or with the smallest weight made the largest where there is none."""
    central = {criterion: each.central for criterion, each in appraisal.weights.items() if each.high > 0}
    if appraisal.tipping:
        tip = appraisal.tipping[0]
        name, beyond = tip.criterion, tip.to + (0.02 if tip.to > tip.from_ else -0.02)
    else:
        name, beyond = min(central, key=lambda each: central[each]), 0.9
    wanted = min(max(beyond, 0.0), 1.0)
    scale = (1 - wanted) / (1 - central[name])
    return {criterion: wanted if criterion == name else weight * scale for criterion, weight in central.items()}


def reweighted(data: bytes, weights: Mapping[str, float]) -> bytes:
    """The workbook with other weights typed into the sheet Weights."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Weights"]
    head = sheet[sheet.freeze_panes].row - 1
    columns = {cell.value: cell.column for cell in sheet[head]}
    for row in range(head + 1, sheet.max_row + 1):
        criterion = sheet.cell(row, columns["Criterion id"]).value
        sheet.cell(row, columns["Used in the scores"]).value = weights[str(criterion)]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def excel_problems(office: Office, data: bytes, wanted: Mapping[str, Figures]) -> list[str]:
    """Where the recalculated workbook `data` differs from what its sheets must show."""
    found = office.convert("report.xlsx", data, _TABLES)
    problems: list[str] = []
    for sheet, figures in wanted.items():
        content = found.get(f"report-{sheet}.csv")
        if content is None:
            return ["LibreOffice does not open the workbook"]
        problems += _differences(sheet, content, figures)
    errors = [name for name, content in found.items() if re.search(rb"#(REF|NAME|VALUE|DIV/0|N/A)|Err:\d", content)]
    return [*problems, *(f"{name} shows an error" for name in errors)]


def _differences(sheet: str, content: bytes, figures: Figures) -> list[str]:
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    head = next((number for number, row in enumerate(table) if row[-1] == "Option id"), None)
    if head is None:
        return [f"the sheet {sheet} has no table"] if figures else []
    rows = {row[-1]: dict(zip(table[head], row, strict=True)) for row in table[head + 1 :] if row[-1]}
    problems = [f"{option} is not on the sheet {sheet}" for option in figures if option not in rows]
    for name, row in rows.items():
        for title, value in figures[name].items():
            shown = _number(row[title])
            if shown is None or abs(shown - value) > CLOSE:
                problems.append(f"{sheet}: {name}: {title} is {row[title]}, not {value}")
    return problems


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


def dressed(case: Case) -> Case:
    """The case with everything that an organisation can add to its paper."""
    front = FrontSheet(meeting="Board of directors", day=date(2026, 12, 3), purpose="decision", author="The secretary")
    look = Look(accent="#7a0060", marking="OFFICIAL – SENSITIVE", logo=Logo(kind="png", data=_square()))
    return case.model_copy(update={"look": look, "front": front, "organisation": "בית חולים Westmere & Sons"})


@cache
def _square() -> str:
    """A small picture of one colour."""
    side = 40
    pixels = zlib.compress(b"".join(b"\0" + b"\x7a\x00\x60" * side for _ in range(side)))
    parts = ((b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)), (b"IDAT", pixels), (b"IEND", b""))
    chunks = (struct.pack(">I", len(d)) + name + d + struct.pack(">I", zlib.crc32(name + d)) for name, d in parts)
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(chunks)).decode()


def check(office: Office, pack: Pack, case: Case, appraisal: Appraisal) -> list[str]:
    """Problems of one case's reports."""
    word, book = render_docx(compose(pack, case, appraisal)), render_xlsx(pack, case, appraisal)
    wanted = {"Scores": printed(appraisal), "Contributions": apart(pack, appraisal)}
    weights = tipped(appraisal)
    other = reckoned(pack, appraisal, weights)
    problems = [
        *packages.word(word),
        *packages.excel(book),
        *word_problems(office, word, word),
        *excel_problems(office, book, wanted),
        *(f"with other weights: {each}" for each in _moved(office, book, weights, other)),
    ]
    before = printed(appraisal)
    if appraisal.tipping and all(figures["Rank"] == before[each]["Rank"] for each, figures in other.items()):
        problems.append("other weights were meant to change the ranking, and did not")
    return problems


def _moved(office: Office, book: bytes, weights: Mapping[str, float], other: Figures) -> list[str]:
    return excel_problems(office, reweighted(book, weights), {"Scores": other})


def unseen(office: Office, pack: Pack, case: Case, appraisal: Appraisal) -> list[str]:
    """Changes made on purpose that the checks did not find."""
    report = compose(pack, case, appraisal)
    whole, book = render_docx(report), render_xlsx(pack, case, appraisal)
    part = render_docx(replace(report, sections=report.sections[1:]))
    wanted = {"Scores": printed(appraisal), "Contributions": apart(pack, appraisal)}
    weights = tipped(appraisal)
    found = {
        "a chapter left out of the Word report": word_problems(office, part, whole),
        "a damaged Word report": word_problems(office, _damaged(whole), whole),
        "a damaged Word report, read here": packages.word(_damaged(whole)),
        "a rating changed in the workbook": excel_problems(
            office, render_xlsx(pack, case, _changed_rating(appraisal)), wanted
        ),
        "weights that were not changed": excel_problems(office, book, {"Scores": reckoned(pack, appraisal, weights)}),
    }
    rules: tuple[tuple[tuple[Break, ...], bytes, Callable[[bytes], list[str]]], ...] = (
        (WORD, whole, packages.word),
        (EXCEL, book, packages.excel),
    )
    for breaks, file, read in rules:
        for each in breaks:
            found[each.name] = [problem for problem in read(each.of(file)) if each.says in problem]
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
            problems = check(office, pack, dressed(case) if number == 0 else case, appraisal)
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
