"""No link of the project's pages leads nowhere, and figures stand in one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.reading import ROOT, anchors, links, name, pages


@pytest.mark.parametrize("page", pages(), ids=name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in links(page):
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_decision_record_is_in_the_list_and_has_its_parts() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(links(folder / "README.md"))
    records = [page for page in folder.glob("*.md") if page.name != "README.md"]
    assert listed == {page.name for page in records}
    for page in records:
        text = page.read_text(encoding="utf-8")
        assert all(part in text for part in ("**Context.**", "**Decision.**", "**Consequences.**")), page.name
        day = re.search(r"^Decided (\d{4}-\d\d-\d\d)\.$", text, re.MULTILINE)
        assert day is not None
        listing = (folder / "README.md").read_text(encoding="utf-8")
        assert f"[{text.splitlines()[0].removeprefix('# ')}]({page.name}) | {day[1]}" in listing


def test_times_of_the_benchmarks_stand_in_no_other_page() -> None:
    """A figure that is measured anew would go on being wrong where it was copied to."""
    measured = set(re.findall(r"\| *([\d,]*\d\.\d) \|?", (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")))
    for page in pages():
        if page.name not in {"benchmarks.md", "CHANGELOG.md"}:
            text = page.read_text(encoding="utf-8")
            assert not {each for each in measured if re.search(rf"(?<![\d.]){re.escape(each)} ms", text)}, name(page)
