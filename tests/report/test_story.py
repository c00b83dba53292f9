"""Every format tells the same story: what one says, no other leaves out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from partnerwizard.report.compose import compose
from partnerwizard.report.export import FORMATS, render
from partnerwizard.report.html import render_html
from partnerwizard.report.words import points
from tests.report.cases import WORKED, Material, usual, worked
from tests.report.reading import Page, office_text, pdf_text, same_story, tells

PAGES = tuple(each for each in ("html", "pdf", "docx") if each in FORMATS)


@cache
def told(format_name: str, name: str, length: str = "full") -> str:
    """The text of a worked case's report in a format."""
    data = render(format_name, *worked(name), length)  # type: ignore[arg-type]
    match format_name:
        case "html":
            return Page(data.decode()).text
        case "pdf":
            return pdf_text(data)
        case "json":
            return " ".join(strings(json.loads(data)))
    return office_text(data)


def strings(value: Any) -> Iterator[str]:
    """Every text and figure of a JSON document."""
    match value:
        case dict():
            for key, each in value.items():
                yield key
                yield from strings(each)
        case list():
            for each in value:
                yield from strings(each)
        case _:
            yield str(value)


def story(found: Material) -> Iterator[str]:
    """What even a table of figures has to tell: the verdict, options, what closes them, and reasons."""
    appraisal = found[2]
    yield appraisal.verdict.sentence
    for option in appraisal.options:
        yield option.name
        yield from (
            gate.reason
            for gate in option.gates
            if gate.state == "holds" and gate.effect == option.status and gate.lifted is None
        )
    for option in appraisal.verdict.options:
        yield from (cell.reason for cell in appraisal.option(option).ratings.values())


@pytest.mark.parametrize("name", WORKED[1::2])
@pytest.mark.parametrize("format_name", PAGES)
def test_page_formats_tell_all_that_is_composed(format_name: str, name: str) -> None:
    assert same_story(compose(*worked(name)), told(format_name, name)) == []
    assert same_story(compose(*worked(name), "summary"), told(format_name, name, "summary")) == []


@pytest.mark.parametrize("name", WORKED[:3])
@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_has_the_options_and_reasons(format_name: str, name: str) -> None:
    text = told(format_name, name)
    assert [each for each in story(worked(name)) if not tells(each, text)] == []


@pytest.mark.parametrize("name", WORKED[:3])
@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_has_the_sources_of_what_it_says(format_name: str, name: str) -> None:
    pack, _, appraisal = worked(name)
    cited = {
        source
        for option in appraisal.verdict.options
        for cell in appraisal.option(option).ratings.values()
        for source in cell.sources
    }
    text = told(format_name, name)
    assert [
        source
        for source in cited
        if not tells(source if format_name == "json" else pack.source_by_id[source].title, text)
    ] == []


@pytest.mark.parametrize("name", WORKED[:3])
def test_figures_are_the_same_in_words_and_in_data(name: str) -> None:
    _, _, appraisal = worked(name)
    for option in appraisal.options:
        if option.value is not None:
            figure = points(option.value.likely - appraisal.reference.value.likely)
            assert all(figure in told(format_name, name) for format_name in PAGES)


def test_the_comparison_sees_what_is_missing() -> None:
    report = compose(*usual())
    text = Page(render_html(report)).text
    assert same_story(report, text) == []
    for word in ("carrying", "judgement", "draws"):
        assert same_story(report, text.replace(word, "")) != []
