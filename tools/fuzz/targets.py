"""What is fuzzed. A target takes bytes and returns, or raises FileProblem, the one way in which a file may be refused.

Anything else that it raises is a finding; so is a broken promise, which a target raises as Broken.
"""

from __future__ import annotations

import hmac
import json
import math
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fuzz.places import ROOT
from partnerwizard.analysis.document import analyse
from partnerwizard.analysis.table import table_from
from partnerwizard.appraisal.appraise import appraise
from partnerwizard.appraisal.fit import require_fit
from partnerwizard.case import answers as plain
from partnerwizard.case.file import case_from, dump_case
from partnerwizard.case.model import Case, PackReference
from partnerwizard.case.workshop import Organisation, Participant, Questions
from partnerwizard.deployment import read_deployment
from partnerwizard.files import FileProblem, read_json
from partnerwizard.pack.check import check_pack
from partnerwizard.pack.load import load_pack, load_pack_files
from partnerwizard.pack.model import Pack
from partnerwizard.report.blocks import Report
from partnerwizard.report.compose import compose
from partnerwizard.report.logo import LogoProblem, prepared
from partnerwizard.report.own import folder
from partnerwizard.report.own.guard import look_at
from partnerwizard.report.own.render import render_with
from partnerwizard.report.svg import SvgProblem, sanitised
from partnerwizard.workshop import forms, rounds, spreadsheet
from partnerwizard.workshop.ballot import ballot, questions
from partnerwizard.workshop.canonical import canonical
from partnerwizard.workshop.codes import vote_code, vote_from_code
from partnerwizard.workshop.returns import FORMAT, ballot_file, vote_from_file
from partnerwizard.workshop.sealing import SECRET, RoundKey

ORCHESTRAS = ROOT / "tests" / "packs" / "orchestras"
DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SAMPLES = 60
WORKSHOP = "0123456789abcdef" * 2


class Broken(AssertionError):
    """A promise of the program that an input has broken."""


@cache
def _here() -> Path:
    """A folder for what can only be read from a file."""
    return Path(tempfile.mkdtemp(prefix="partnerwizard-fuzz-"))


def _json(data: bytes) -> Any:
    path = _here() / "input.json"
    path.write_bytes(data)
    return read_json(path, 2_000_000)


@cache
def _pack() -> Pack:
    return load_pack(ORCHESTRAS)


def _finite(value: Any, place: str = "") -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise Broken(f"{place} is not finite")
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        _finite(inner, f"{place}.{key}")


def _sums_to_one(shares: Iterable[float], what: str) -> None:
    if abs(math.fsum(shares) - 1.0) > 1e-6:
        raise Broken(f"{what}: {math.fsum(shares)} instead of 1")


def _same_again(case: Case) -> None:
    written = dump_case(case)
    again = case_from(json.loads(written), "again")
    if again != case or dump_case(again) != written:
        raise Broken("a case that was written and read again is not the same")


def _appraised(pack: Pack, case: Case) -> None:
    document = json.loads(json.dumps(appraise(pack, case, as_of=DAY, samples=SAMPLES, seed=0, file="x").as_json()))
    _finite(document)
    _sums_to_one((each["central"] for each in document["weights"].values()), "central weights")
    ranked = [each["rank_shares"] for each in document["options"] if each["rank_shares"]]
    for place, shares in enumerate(zip(*ranked, strict=True), 1):
        _sums_to_one(shares, f"shares of place {place}")


def case(data: bytes) -> None:
    """A case: read, written, read again; and appraised where it fits the small pack."""
    found = case_from(_json(data), "case")
    _same_again(found)
    require_fit(_pack(), found, "case")
    _appraised(_pack(), found)


def answers(data: bytes) -> None:
    """Plain answers to a case, which can be written and read."""
    given = plain.answers_from(_json(data), "answers")
    pack = PackReference(id="p", version="1", content_hash="0" * 64)
    _same_again(plain.new_case(given, AT, pack, "answers"))


def table(data: bytes) -> None:
    """A decision table and its analysis; small ones only, since a large one takes its time and may."""
    found = table_from(_json(data), "table")
    if len(found.options) > 12 or len(found.criteria) > 8 or len(found.participants) > 12:
        return
    document = analyse(found, samples=SAMPLES, seed=0)
    _finite(document)
    _sums_to_one(document["central_weights"].values(), "central weights")
    for option in document["rank_shares"].values():
        _sums_to_one(option, "shares of an option")
    for place, shares in enumerate(zip(*document["rank_shares"].values(), strict=True), 1):
        _sums_to_one(shares, f"shares of place {place}")


@cache
def _orchestras_copy() -> Path:
    return Path(shutil.copytree(ORCHESTRAS, _here() / "pack"))


@cache
def _orchestras_case() -> Case:
    return Case(title="x")


def pack(data: bytes) -> None:
    """One file of a pack, named in the first line: loaded, checked, and used for an appraisal where it may be."""
    name, _, text = data.partition(b"\n")
    known = [path.relative_to(ORCHESTRAS).as_posix() for path in sorted(ORCHESTRAS.rglob("*.toml"))]
    file = name.decode("ascii", "replace")
    if file not in known:
        file = known[zlib.crc32(name) % len(known)]
    copy = _orchestras_copy()
    (copy / file).write_bytes(text)
    try:
        files = load_pack_files(copy)
        findings = check_pack(files, DAY)
        if not findings:
            _appraised(files.pack, _orchestras_case())
    finally:
        shutil.copyfile(ORCHESTRAS / file, copy / file)


@cache
def _workshop() -> tuple[Case, RoundKey]:
    made = rounds.new_workshop(_orchestras_case(), WORKSHOP, AT)
    person = Participant(id="p01", name="Person", organisation="us")
    made = rounds.set_up(made, AT, organisations=[Organisation(id="us", name="Us")], participants=[person])
    return rounds.open_round(made, _asked(), AT), RoundKey(WORKSHOP, 1, bytes(SECRET))


def _asked() -> Questions:
    return questions(_pack())


def votes(data: bytes) -> None:
    """A ballot file with these answers, signed as its page would; what is taken makes a code that says the same."""
    made, key = _workshop()
    workshop = made.workshop
    assert workshop is not None
    asked = ballot(_pack(), made, workshop.rounds[0], workshop.participants[0])
    said = _json(data)
    head = {"format": FORMAT, "workshop": WORKSHOP, "round": 1, "participant": "p01", "fingerprint": asked.fingerprint}
    if isinstance(said, dict) and said.get("format") == FORMAT:
        vote_from_file(_pack(), made, key, ballot_file(said, "ballot"), "ballot")
        return
    token = key.token("p01")
    mac = hmac.digest(token, b"open" + canonical(head) + canonical(said), "sha256").hex()
    vote = vote_from_file(_pack(), made, key, ballot_file({**head, "vote": said, "mac": mac}, "ballot"), "ballot")
    if vote_from_code(asked, token, vote_code(asked, token, vote)) != vote:
        raise Broken("the code of a vote says something else")


def codes(data: bytes) -> None:
    """A code as it is typed."""
    made, key = _workshop()
    workshop = made.workshop
    assert workshop is not None
    asked = ballot(_pack(), made, workshop.rounds[0], workshop.participants[0])
    vote_from_code(asked, key.token("p01"), data.decode("utf-8", "replace"))


def imports(data: bytes) -> None:
    """An export of an online form: CSV or a spreadsheet."""
    made, _ = _workshop()
    rows = spreadsheet.rows_of(data, "export")
    forms.apply_mapping(_pack(), made, rows, forms.suggest_mapping(_pack(), made, rows), "export")


@cache
def _report() -> Report:
    found = _orchestras_case()
    return compose(_pack(), found, appraise(_pack(), found, as_of=DAY, samples=SAMPLES, seed=0, file="x"))


_ACTS = re.compile(r"<\s*(script|iframe|object|embed|form|base)[\s/>]", re.IGNORECASE)


def template(data: bytes) -> None:
    """A template of the report: the page that it is passes the guard or not; one in 64 goes through the real child."""
    text = data.decode("utf-8", "replace")
    if look_at(text) is None and _ACTS.search(re.sub(r"<!--.*?-->|<style.*?</style>", "", text, flags=re.DOTALL)):
        raise Broken("the guard let something pass that acts")
    if zlib.crc32(data) % 64:
        return
    place = _here() / "templates"
    place.mkdir(exist_ok=True)
    (place / "report.html.j2").write_bytes(data)
    page = render_with(_report(), folder.load(place))
    if look_at(page.html) is not None:
        raise Broken("a page was made that the guard refuses")


_FETCHES = re.compile(
    rb"""<script|javascript:|\son\w+=|href="[^#]|url\((?!['"]?#)|<!|<\?|@import|https?://""", re.IGNORECASE
)
_NAMED = (b"http://www.w3.org/2000/svg", b"http://www.w3.org/1999/xlink")


def svg(data: bytes) -> None:
    """A drawing: what is written anew is written the same again, and asks for nothing."""
    try:
        made = sanitised(data)
    except SvgProblem:
        return
    bare = made
    for each in _NAMED:
        bare = bare.replace(each, b"")
    if found := _FETCHES.search(bare):
        raise Broken(f"the drawing still holds {found[0]!r}")
    if sanitised(made) != made:
        raise Broken("the drawing changes when it is written anew once more")


def logo(data: bytes) -> None:
    """A logo of any kind, as far as the picture that is kept with the case."""
    try:
        prepared(data)
    except LogoProblem:
        return


def setting(data: bytes) -> None:
    """A settings file."""
    path = _here() / "policy.toml"
    path.write_bytes(data)
    read_deployment(path, None, {})


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (case, answers, table, pack, votes, codes, imports, template, svg, logo, setting)
}


def tried(name: str, data: bytes) -> str:
    """What one input comes to: "taken", or "refused" where a clear message says why. Everything else is raised."""
    try:
        TARGETS[name](data)
    except FileProblem as problem:
        if not problem.problems or any("\n" in each for each in problem.problems):
            raise Broken("a refusal without one line for each reason") from problem
        return "refused"
    return "taken"
