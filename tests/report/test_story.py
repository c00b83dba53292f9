"""Every format tells the same story: what one says, no other leaves out.

The page formats are set against what was composed, word by word in order (in the PDF by count, as its rows break over
pages). The workbook is set against the JSON cell by cell. What was composed is set against the JSON in its own words
and rounding. Then each comparison must see what is dropped or changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from partnerwizard.report.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
    Cite,
    Heading,
    KeyFacts,
    Pair,
    Paragraph,
    Report,
    Run,
    SourceList,
    Spans,
    Table,
)
from partnerwizard.report.compose import Length, compose
from partnerwizard.report.excel.render import render_xlsx
from partnerwizard.report.export import FORMATS
from partnerwizard.report.html import render_html
from partnerwizard.report.pdf import render_pdf
from partnerwizard.report.word.render import render_docx
from tests.report.cases import WORKED, Material, usual, worked
from tests.report.story import (
    html_differences,
    paper_differences,
    pdf_differences,
    word_differences,
    workbook_differences,
)

Told = Callable[[Report, Report], list[str]]
"""Where the rendering of the second report differs from the first."""

PAGES: dict[str, Told] = {
    "html": lambda wanted, shown: html_differences(wanted, render_html(shown)),
    "pdf": lambda wanted, shown: pdf_differences(wanted, render_pdf(shown)),
    "docx": lambda wanted, shown: word_differences(wanted, render_docx(shown)),
}


@cache
def paper(length: Length = "full", name: str = "") -> Report:
    return compose(*(worked(name) if name else usual()), length)


def test_every_format_is_told_of_here() -> None:
    assert set(FORMATS) == {*PAGES, "xlsx", "json"}


@pytest.mark.parametrize("name", WORKED[1::3])
@pytest.mark.parametrize("format_name", PAGES)
def test_page_formats_tell_what_was_composed_and_nothing_else(format_name: str, name: str) -> None:
    for length in ("full", "summary"):
        report = paper(length, name)
        assert PAGES[format_name](report, report) == []


@pytest.mark.parametrize("name", [*WORKED[::3], ""])
def test_workbook_and_paper_tell_what_the_data_tell(name: str) -> None:
    found = worked(name) if name else usual()
    document = found[2].as_json()
    assert paper_differences(found[0], document, paper("full", name)) == []
    assert workbook_differences(found[0], document, render_xlsx(*found)) == []


# What is dropped or changed is seen

Change = Callable[[Block], Block | None]
"""A block changed or left out (None)."""


class _Once:
    """Changes the first block for which the change makes a difference."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self.done = False

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(self._all(blocks))

    def _all(self, blocks: tuple[Block, ...]) -> Iterator[Block]:
        for block in blocks:
            if self.done:
                yield block
            elif isinstance(block, Pair):
                yield Pair(self.blocks(block.left), self.blocks(block.right))
            else:
                made = self._change(block)
                self.done = made != block
                if made is not None:
                    yield made


def changed(report: Report, change: Change) -> Report:
    """The report with one block changed; fails where nothing could be."""
    once = _Once(change)
    made = replace(report, front=once.blocks(report.front))
    for part in ("sections", "appendices"):
        chapters = tuple(replace(each, blocks=once.blocks(each.blocks)) for each in getattr(made, part))
        made = replace(made, **{part: chapters})
    assert once.done
    return made


def no_reason(block: Block) -> Block:
    return replace(block, items=block.items[:-1]) if isinstance(block, Bullets) and len(block.items) > 1 else block


def no_option(block: Block) -> Block:
    wanted = isinstance(block, Table) and block.columns[0].title == "Option" and len(block.rows) > 1
    return replace(block, rows=block.rows[1:]) if wanted and isinstance(block, Table) else block


def no_figure(block: Block) -> Block:
    return _in_cells(block, lambda text: "" if text[:1] in "+\u2212" and text[1:].isdigit() else text)


def other_sign(block: Block) -> Block:
    return _in_cells(block, lambda text: f"\u2212{text[1:]}" if text[:1] == "+" and text[1:].isdigit() else text)


def other_figure(block: Block) -> Block:
    return _in_cells(block, lambda text: f"+{int(text[1:]) + 1}" if text[:1] == "+" and text[1:].isdigit() else text)


def _in_cells(block: Block, change: Callable[[str], str]) -> Block:
    """The first figure of a table changed."""
    if not isinstance(block, Table):
        return block
    rows = [list(row) for row in block.rows]
    for row in rows:
        for place, cell in enumerate(row):
            made: Spans = tuple(replace(s, text=change(s.text)) if isinstance(s, Run) and s.text else s for s in cell)
            if made != cell:
                row[place] = made
                return replace(block, rows=tuple(map(tuple, rows)))
    return block


def no_source(block: Block) -> Block:
    """The last source made another; one that is referred to cannot be left out of a PDF."""
    if not isinstance(block, SourceList):
        return block
    *others, last = block.entries
    other = replace(last, title="Another", publisher="Nobody", published="never", url="https://example.org")
    return replace(block, entries=(*others, other))


def no_reference(block: Block) -> Block:
    if isinstance(block, Bullets):
        items = tuple(tuple(span for span in item if not isinstance(span, Cite)) for item in block.items)
        return replace(block, items=items)
    return block


def no_caution(block: Block) -> Block | None:
    return None if isinstance(block, Callout) else block


def no_label(block: Block) -> Block:
    return replace(block, items=block.items[1:]) if isinstance(block, KeyFacts) else block


def no_heading(block: Block) -> Block | None:
    return None if isinstance(block, Heading) and block.level > 2 else block


def no_strength(block: Block) -> Block:
    return replace(block, tail="") if isinstance(block, Heading) else block


def no_sentence(block: Block) -> Block | None:
    return None if isinstance(block, Paragraph) else block


def no_chart(block: Block) -> Block | None:
    return None if isinstance(block, Chart) else block


def no_alternative(block: Block) -> Block:
    return replace(block, alt="A picture.") if isinstance(block, Chart) else block


DROPS = (
    *(no_reason, no_option, no_figure, other_sign, other_figure, no_source, no_reference, no_caution, no_label),
    *(no_heading, no_strength, no_sentence, no_chart, no_alternative),
)


@pytest.mark.parametrize(
    "format_name", [pytest.param(name, marks=pytest.mark.long if name == "pdf" else ()) for name in PAGES]
)
def test_a_page_format_that_drops_or_changes_something_is_found(format_name: str) -> None:
    report = paper("full", WORKED[-2])
    for drop in DROPS:
        assert PAGES[format_name](report, changed(report, drop)), (format_name, drop.__name__)


def test_any_word_or_figure_that_is_lost_on_the_way_is_found() -> None:
    """The comparison itself: each single token of a page matters."""
    report = paper("summary")
    html = render_html(report)
    assert html_differences(report, html) == []
    for lost in ("carrying on", "judgement", "points", "+", "\u2212", "%"):
        place = html.rindex(lost, html.index("<main"), html.index("</main"))
        assert html_differences(report, html[:place] + html[place + len(lost) :]), lost


def found_of(name: str) -> tuple[Material, dict[str, Any]]:
    found = worked(name)
    return found, found[2].as_json()


def scored(document: dict[str, Any]) -> dict[str, Any]:
    """An option that the verdict names."""
    first: dict[str, Any] = next(each for each in document["options"] if each["id"] in document["verdict"]["options"])
    return first


def closed(document: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A rule that closes an option, with that option."""
    return next(
        (option, gate)
        for option in document["options"]
        for gate in option["gates"]
        if gate["state"] == "holds" and gate["effect"] == option["status"] and gate["sources"]
    )


def a_new_option(document: dict[str, Any]) -> None:
    document["options"].append({**scored(document), "id": "other", "name": "Another option altogether"})


def a_new_value(document: dict[str, Any]) -> None:
    scored(document)["value"]["likely"] += 7


def a_new_benefit(document: dict[str, Any]) -> None:
    scored(document)["benefit"] += 30


def a_new_price(document: dict[str, Any]) -> None:
    scored(document)["money"] = {"low": 123_000, "high": 456_000}


def a_new_reason(document: dict[str, Any]) -> None:
    closed(document)[1]["reason"] = "It is closed for a reason that nobody was told of."


def a_new_source(document: dict[str, Any]) -> None:
    closed(document)[1]["sources"].append(document["unused"])


def a_new_rating_reason(document: dict[str, Any]) -> None:
    next(iter(scored(document)["ratings"].values()))["reason"] = "It is rated for a reason that nobody was told of."


def a_new_caution(document: dict[str, Any]) -> None:
    document["cautions"].append("Something that nobody was warned of may come.")


def a_new_sentence(document: dict[str, Any]) -> None:
    document["verdict"]["sentence"] = "Something else altogether is advised."


def a_new_change(document: dict[str, Any]) -> None:
    document["smallest_changes"][0]["sentence"] = "If the moon were nearer, the tide would win."


def a_new_outcome(document: dict[str, Any]) -> None:
    document["precedents"][0]["outcome"] = "It came out in a way that nobody was told of."


BOTH = (
    *(a_new_option, a_new_value, a_new_benefit, a_new_price, a_new_reason, a_new_source, a_new_rating_reason),
    *(a_new_caution, a_new_sentence, a_new_change, a_new_outcome),
)


@pytest.mark.long
@pytest.mark.parametrize("change", BOTH, ids=lambda change: change.__name__)
def test_what_the_data_have_and_workbook_or_paper_lack_is_found(change: Callable[[dict[str, Any]], None]) -> None:
    (pack, _, _), document = found_of(WORKED[-2])
    report = paper("full", WORKED[-2])
    listed = {
        entry.title
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, SourceList)
        for entry in block.entries
    }
    document["unused"] = next(source.id for source in pack.sources if source.title not in listed)
    change(document)
    assert paper_differences(pack, document, report)
    assert workbook_differences(pack, document, workbook())


@cache
def workbook() -> bytes:
    return render_xlsx(*worked(WORKED[-2]))


@pytest.mark.parametrize(
    ("branch", "key"), [("weights", "central"), ("contributions", ""), ("ratings", "low"), ("rank", "")]
)
def test_a_figure_that_only_the_workbook_has_in_full_is_compared_too(branch: str, key: str) -> None:
    (pack, _, _), document = found_of(WORKED[-2])
    option = scored(document)
    match branch:
        case "weights":
            next(iter(document["weights"].values()))[key] += 0.01
        case "contributions":
            option[branch][next(iter(option[branch]))] += 0.01
        case "ratings":
            next(iter(option[branch].values()))[key] -= 0.5
        case _:
            option[branch] += 1
    assert workbook_differences(pack, document, workbook())
