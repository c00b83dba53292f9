"""What a report tells, word by word and figure by figure, and where a format or the data tell something else."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import docx
import openpyxl
import pikepdf
from docx.oxml.ns import qn

from partnerwizard.appraisal.model import MoneyRange
from partnerwizard.pack.model import Pack
from partnerwizard.report.blocks import (
    Block,
    Break,
    Bullets,
    Callout,
    Chart,
    Cite,
    Heading,
    KeyFacts,
    Paragraph,
    Report,
    Run,
    SourceList,
    Spans,
    Table,
    walk,
)
from partnerwizard.report.text import plain
from partnerwizard.report.words import STATUS, level, money, points
from tests.report.reading import pdf_words

_TOKEN = re.compile("[+\u2212]?\\d(?:[\\d,.]*\\d)?|[^\\W\\d_]+|[%£]")

_UNBROKEN = 24
"""Letters of a run without a space beyond which the PDF may break it anywhere."""


def tokens(text: str) -> list[str]:
    """Words, and figures with their signs, in order."""
    return _TOKEN.findall(plain(text).replace("\u200b", ""))


# What is composed


def composed(report: Report, *, data: bool = False, numbers: bool = False, word: bool = False) -> list[str]:
    """Every word and figure of the report in reading order; see `texts`."""
    return [token for text in texts(report, data=data, numbers=numbers, word=word) for token in tokens(text)]


def texts(report: Report, *, data: bool = False, numbers: bool = False, word: bool = False) -> Iterator[str]:
    """Every text of the report in reading order, but for titles above the first page.

    `data`: with the figures of charts as tables. `numbers`: with those of listed sources and of items, which not every
    format writes as text. `word`: as Word has it, with the numbers of tables and figures and every address, and without
    those of items.
    """
    counts: Counter[str] = Counter()

    def caption(kind: str, text: str) -> Iterator[str]:
        counts[kind] += 1
        yield f"{kind} {counts[kind]}. {text}" if word else text

    def table(block: Table) -> Iterator[str]:
        yield from (column.title for column in block.columns)
        for row in block.rows:
            yield from map(_text, row)

    def told(block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield f"{block.text} {block.tail}"
            case Paragraph():
                yield _text(block.content)
            case Callout():
                yield f"{block.word} {_text(block.content)}"
            case Bullets():
                marked = numbers and not word and block.numbered
                yield from (f"{n if marked else ''} {_text(item)}" for n, item in enumerate(block.items, 1))
            case KeyFacts():
                yield from (f"{label} {_text(content)}" for label, content in block.items)
            case Table():
                yield from caption("Table", block.caption)
                yield from table(block)
            case Chart():
                yield from caption("Figure", block.caption)
                if data:
                    yield block.data.caption
                    yield from table(block.data)
            case SourceList():
                for each in block.entries:
                    number = str(each.number) if numbers else ""
                    yield f"{number} {each.title}. {each.publisher} {each.published}"
                    if not block.compact or word:
                        yield f"{each.url} Checked {each.checked}"

    blocks = [*walk(report.front)]
    for chapter in report.chapters:
        blocks += [chapter.heading, *walk(chapter.blocks)]
    for block in blocks:
        yield from told(block)


def _text(content: Spans) -> str:
    return "".join(
        span.text
        if isinstance(span, Run)
        else f"[{', '.join(map(str, span.numbers))}]"
        if isinstance(span, Cite)
        else " "
        for span in content
    )


def _lines(content: Spans) -> list[str]:
    """The lines of a cell."""
    text = "".join("\n" if isinstance(span, Break) else span.text for span in content if not isinstance(span, Cite))
    return [" ".join(line.split()) for line in text.split("\n")]


def charts(report: Report) -> list[Chart]:
    """Every chart in order."""
    found = (report.front, *(chapter.blocks for chapter in report.chapters))
    return [block for blocks in found for block in walk(blocks) if isinstance(block, Chart)]


# What a format tells


class _Main(HTMLParser):
    """The text of a page's main part without pictures, contents and buttons of disclosures; and its alternatives."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.alternatives: list[str] = []
        self._main = False
        self._skipped = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "svg":
            self.alternatives.append(given.get("aria-label") or "")
        if tag == "main":
            self._main = True
        left_out = tag in {"svg", "nav", "summary"} or (tag == "p" and "strip" in (given.get("class") or "").split())
        if self._skipped or left_out:
            self._skipped += tag not in {"br", "hr", "img"}
        self.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._main = self._main and tag != "main"
        self._skipped -= self._skipped > 0
        self.texts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        if self._main and not self._skipped:
            self.texts.append(data)


def html_differences(report: Report, html: str) -> list[str]:
    """Where a page differs from what was composed."""
    page = _Main(html)
    drawn = [plain(chart.alt) for chart in charts(report) for _ in (chart.picture, chart.narrow) if _ is not None]
    return [
        *_apart(composed(report, data=True), tokens("".join(page.texts))),
        *([] if page.alternatives == drawn else ["the alternatives of charts differ"]),
    ]


def word_differences(report: Report, data: bytes) -> list[str]:
    """Where a Word document differs from what was composed."""
    body = docx.Document(io.BytesIO(data)).element.body
    for contents in [*body.iter(qn("w:sdt"))]:
        contents.getparent().remove(contents)
    pieces = body.iter(qn("w:t"), qn("w:p"), qn("w:br"), qn("w:tab"))
    text = "".join(each.text or "" if each.tag == qn("w:t") else " " for each in pieces)
    told = [plain(chart.alt) for chart in charts(report)]
    drawn = [each.get("descr") for each in body.iter(qn("wp:docPr"))]
    above = tokens(f"{report.title} {report.occasion}")
    return [
        *_apart([*above, *composed(report, numbers=True, word=True)], tokens(text)),
        *([] if drawn == told else ["the alternatives of charts differ"]),
    ]


def pdf_differences(report: Report, data: bytes) -> list[str]:
    """Words, figures and alternatives of charts that a PDF lacks; header rows that it repeats are no difference."""
    told = pdf_words(data).replace("\u200b", "")
    lacking: list[str] = []
    wanted: Counter[str] = Counter()
    for text in texts(report, numbers=True):
        for run in (run for run in text.split() if len(run) > _UNBROKEN):
            # Broken over lines or not, it is taken out of both, so that no part of it stands in for another word.
            told, times = re.subn(r"\s*".join(map(re.escape, run)), " ", told, count=1)
            lacking += [run] * (not times)
        wanted.update(token for run in text.split() if len(run) <= _UNBROKEN for token in tokens(run))
    lacking += (wanted - Counter(tokens(told))).elements()
    with pikepdf.open(io.BytesIO(data)) as document:
        figures = [
            str(each.get("/Alt", ""))
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    drawn = Counter(plain(chart.alt) for chart in charts(report))
    return [
        *(f"lacking: {token}" for token in lacking),
        *(f"no alternative: {alt}" for alt in drawn - Counter(figures)),
    ]


def _apart(wanted: list[str], told: list[str]) -> list[str]:
    """The first place at which two runs of words part."""
    if wanted == told:
        return []
    place = next((n for n, (a, b) in enumerate(zip(wanted, told, strict=False)) if a != b), min(len(wanted), len(told)))
    around = slice(max(place - 4, 0), place + 5)
    return [f"wanted {' '.join(wanted[around])}; told {' '.join(told[around])}"]


# What the data tell

Document = Mapping[str, Any]


def workbook_differences(pack: Pack, document: Document, data: bytes) -> list[str]:
    """Where a workbook differs from the appraisal as JSON, cell by cell."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return [
        f"{place}: {found!r}, not {wanted!r}"
        for place, wanted, found in _cells(pack, document, book)
        if not _same(wanted, found)
    ]


def _same(wanted: Any, found: Any) -> bool:
    if isinstance(wanted, float | int) and isinstance(found, float | int):
        return abs(wanted - found) < 1e-8
    return _plain_words(wanted) == _plain_words(found)


def _plain_words(value: Any) -> str:
    """A text without the marks that only one format sets: its capital, its full stop, spaces that do not break."""
    text = " ".join(str("" if value is None else value).replace("\u00a0", " ").split()).rstrip(".")
    return text[:1].lower() + text[1:]


def _rows(book: Any, sheet: str, *keys: str) -> dict[tuple[str, ...], dict[str, Any]]:
    if sheet not in book.sheetnames or not book[sheet].freeze_panes:
        return {}
    cells = book[sheet]
    head = cells[cells.freeze_panes].row - 1
    titles = [cell.value for cell in cells[head]]
    rows = [dict(zip(titles, (cell.value for cell in row), strict=True)) for row in cells.iter_rows(min_row=head + 1)]
    return {tuple(str(row[key]) for key in keys): row for row in rows}


def _cells(pack: Pack, document: Document, book: Any) -> Iterator[tuple[str, Any, Any]]:
    """What each cell should hold, with its place, and what it holds."""
    options, gates = _rows(book, "Options", "Option id"), _rows(book, "Gates", "Option id", "Rule id")
    scores, parts = _rows(book, "Scores", "Option id"), _rows(book, "Contributions", "Option id")
    ratings, weights = _rows(book, "Ratings", "Option id", "Criterion id"), _rows(book, "Weights", "Criterion id")
    numbers = {row["Title"]: str(row["Number"]) for row in _rows(book, "Sources", "Number").values()}
    names = {each.id: each.name for each in pack.criteria}

    def cited(place: str, sources: Iterable[str], cell: Any) -> Iterator[tuple[str, Any, Any]]:
        told = str(cell or "").split(", ")
        for source in sources:
            number = numbers.get(pack.source_by_id[source].title, "not listed")
            yield f"{place} source {source}", number, number if number in told else cell

    yield "number of options", len(document["options"]), len(options)
    for option in document["options"]:
        row = options.get((option["id"],), {})
        value = option["value"] or {}
        cost = option["money"] or {}
        for title, wanted in (
            ("Option", option["name"]),
            ("Status", STATUS[option["status"]]),
            ("Value, lowest", value.get("low")),
            ("Value, likely", value.get("likely")),
            ("Value, highest", value.get("high")),
            ("One-off money from", cost.get("low")),
            ("to", cost.get("high")),
            ("Comes first in", option["rank_shares"][0] if option["rank_shares"] else None),
        ):
            yield f"Options {option['id']} {title}", wanted, row.get(title)
        for gate in option["gates"]:
            place = f"Gates {option['id']} {gate['id']}"
            row = gates.get((option["id"], gate["id"]), {})
            yield f"{place} reason", gate["reason"], row.get("Reason")
            yield from cited(place, gate["sources"], row.get("Sources"))
        for criterion, cell in option["ratings"].items():
            place = f"Ratings {option['id']} {criterion}"
            row = ratings.get((option["id"], criterion), {})
            yield f"{place} reason", cell["reason"], row.get("Why")
            for title, key in (("Lowest", "low"), ("Likely rating", "likely"), ("Highest", "high")):
                yield f"{place} {key}", cell[key], row.get(title)
            yield from cited(place, cell["sources"], row.get("Sources"))
            for moved in cell["adjustments"]:
                told = str(row.get("Moved by facts of this case"))
                yield f"{place} moved", moved["reason"].rstrip("."), _within(moved["reason"].rstrip("."), told)
        if option["value"] is not None:
            row, made = scores.get((option["id"],), {}), parts.get((option["id"],), {})
            for title, wanted in (("Rank", option["rank"]), ("Benefit", option["benefit"]), ("Terms", option["terms"])):
                yield f"Scores {option['id']} {title}", wanted, row.get(title)
            for criterion, wanted in option["contributions"].items():
                title = names.get(criterion, "Points for authority")
                yield f"Contributions {option['id']} {criterion}", wanted, made.get(title)
    for criterion, weight in document["weights"].items():
        if weight["high"] > 0:
            row = weights.get((criterion,), {})
            for title, key in (
                ("Lowest that fits", "low"),
                ("At the middle", "central"),
                ("Highest that fits", "high"),
            ):
                yield f"Weights {criterion} {key}", weight[key], row.get(title)
    yield from _beside(document, book)


def _within(wanted: str, told: str) -> str:
    return wanted if _plain_words(wanted) in _plain_words(told) or wanted in told.replace("\u00a0", " ") else told


def _beside(document: Document, book: Any) -> Iterator[tuple[str, Any, Any]]:
    first = "\n".join(str(cell.value) for row in book["Summary"].iter_rows() for cell in row if cell.value)
    for what, texts in (
        ("sentence", [document["verdict"]["sentence"]]),
        ("caution", document["cautions"]),
    ):
        for text in texts:
            yield f"Summary {what}", text.rstrip("."), _within(text.rstrip("."), first)
    for sheet, key, texts in (
        ("Route", "In words", [each["sentence"] for each in document["route"]]),
        ("Sensitivities", "In words", [each["sentence"] for each in document["smallest_changes"]]),
        ("Sensitivities", "What is changed", [each["what"] for each in document["sensitivities"]]),
        ("Precedents", "What happened", [each["outcome"] for each in document["precedents"]]),
    ):
        told = "\n".join(str(cell) for cell in _column(book, sheet, key))
        for text in texts:
            yield f"{sheet} {key}", text.rstrip("."), _within(text.rstrip("."), told)
    ready = [str(cell) for cell in _column(book, "Readiness", "Ingredient")]
    yield "Readiness", len(document["readiness"]), len(ready)


def _column(book: Any, sheet: str, title: str) -> list[Any]:
    if sheet not in book.sheetnames:
        return []
    cells = book[sheet]
    head = cells[cells.freeze_panes].row - 1
    place = [cell.value for cell in cells[head]].index(title)
    return [row[place].value for row in cells.iter_rows(min_row=head + 1)]


def paper_differences(pack: Pack, document: Document, report: Report) -> list[str]:
    """What of the appraisal as JSON the composed paper does not say, in its own words and rounded as it rounds."""
    blocks = [block for chapter in report.chapters for block in walk(chapter.blocks)]
    rows = [
        (_lines(row[0]), [" ".join(_text(cell).split()) for cell in row])
        for block in blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    told = "".join(composed(report, data=True))
    titles = {each.title for block in blocks if isinstance(block, SourceList) for each in block.entries}
    start = document["reference"]["value"]["likely"]
    problems: list[str] = []

    def say(what: str, text: str) -> None:
        if "".join(tokens(text)) not in told:
            problems.append(f"{what}: {text}")

    say("sentence", document["verdict"]["sentence"])
    for option in document["options"]:
        name = " ".join(option["name"].split())
        mine = [row for names, row in rows if name in names]
        if not mine:
            problems.append(f"option: {name}")
        if option["value"] is not None:
            cost = MoneyRange(**option["money"]) if option["money"] else None
            figures = [
                {STATUS[option["status"]]},
                {money(cost)},
                _rounded(points, option["value"]["likely"] - start),
                _rounded(level, option["benefit"]),
                _rounded(level, option["terms"]),
            ]
            if not any(all(each & set(row) for each in figures) for row in mine):
                problems.append(f"figures: {name}: {figures}")
        for gate in option["gates"]:
            if gate["state"] == "holds" and gate["effect"] == option["status"] and gate["lifted"] is None:
                say("reason", gate["reason"])
                problems += [f"source: {s}" for s in gate["sources"] if pack.source_by_id[s].title not in titles]
        if option["id"] in document["verdict"]["options"]:
            for cell in option["ratings"].values():
                say("reason", cell["reason"])
                problems += [f"source: {s}" for s in cell["sources"] if pack.source_by_id[s].title not in titles]
    for what, texts in (
        ("caution", document["cautions"]),
        ("change", [each["sentence"] for each in document["smallest_changes"]]),
        ("outcome", [each["outcome"] for each in document["precedents"]]),
    ):
        for text in texts:
            say(what, text)
    return problems


def _rounded(say: Callable[[float], str], value: float) -> set[str]:
    """A figure in words; the data are cut at nine decimals, so that a half may be said either way."""
    return {say(value - 1e-8), say(value + 1e-8)}
