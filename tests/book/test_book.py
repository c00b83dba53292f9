"""The review book holds everything the pack says, safely and readably."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from partnerwizard import resources
from partnerwizard.book import render_book
from partnerwizard.book.conditions import in_words
from partnerwizard.book.evidence import claims
from partnerwizard.cli import main
from partnerwizard.pack.load import PackFiles, PackProblem, load_pack_files
from tests.support import DAY, ORCHESTRAS

INLINE = {"a", "b", "em", "span", "wbr"}
VOID = {"meta", "br", "wbr", "link", "img", "input", "hr"}
PACKS = {"guidance": resources.guidance_dir(), "orchestras": ORCHESTRAS}


@cache
def files(pack: str) -> PackFiles:
    return load_pack_files(PACKS[pack])


@cache
def book(pack: str = "guidance") -> str:
    return render_book(files(pack), DAY)


class Page(HTMLParser):
    """What a test asks of a page: its text, tags in order, attributes, and whether tags close as they opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in INLINE:
            self.words.append(" ")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(attribute)) is not None]


@cache
def page(pack: str = "guidance") -> Page:
    return Page(book(pack))


def sentences(value: Any) -> Iterator[str]:
    """Every text of the pack that is more than an id or a word."""
    if isinstance(value, dict):
        for each in value.values():
            yield from sentences(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from sentences(each)
    elif isinstance(value, str) and " " in value:
        yield value


@pytest.mark.parametrize("pack", PACKS)
def test_every_sentence_of_the_pack_stands_in_the_book(pack: str) -> None:
    text = page(pack).text
    missing = {each for each in sentences(files(pack).pack.model_dump()) if " ".join(each.split()) not in text}
    assert missing == set()


@pytest.mark.parametrize("pack", PACKS)
def test_every_entry_has_its_id_and_its_place(pack: str) -> None:
    whole, text = files(pack).pack, page(pack).text
    anchors = set(page(pack).all("id"))
    lists = {
        "form": whole.forms,
        "criterion": whole.criteria,
        "cause": whole.causes,
        "question": whole.questions,
        "gate": whole.gates,
        "duty": whole.duties,
        "adjustment": whole.adjustments,
        "authority": whole.authority_needs,
        "ingredient": whole.ingredients,
        "precedent": whole.precedents,
        "term": whole.glossary,
        "source": whole.sources,
    }
    for kind, entries in lists.items():
        for entry in entries:
            assert f"{kind}-{entry.id}" in anchors
            assert entry.id in text
    for name, lines in files(pack).texts.items():
        for number, line in enumerate(lines.splitlines(), 1):
            if line.startswith("[[") and not name.startswith("forms/"):
                assert f"{name}:{number} " in f"{text} ", f"{name}:{number}"


@pytest.mark.parametrize("pack", PACKS)
def test_the_place_of_each_claim_is_the_line_on_which_it_starts(pack: str) -> None:
    for form in files(pack).pack.forms:
        lines = files(pack).texts[f"forms/{form.id}.toml"].splitlines()
        card = book(pack).split(f'id="card-{form.id}"')[1].split("</article>")[0]
        for stated in claims(form):
            entry = unescape(re.sub(r"<[^>]+>", "", card))
            after = entry[entry.index(stated.claim.text) :]
            found = re.search(r"line (\d+)", after)
            assert found is not None
            key = lines[int(found[1]) - 1].strip("[]")
            assert key == str(stated.place[0])


@pytest.mark.parametrize("pack", PACKS)
def test_every_condition_stands_in_words(pack: str) -> None:
    whole, text = files(pack).pack, page(pack).text
    for rule in (*whole.gates, *whole.duties, *whole.adjustments, *whole.authority_needs):
        assert in_words(rule.when, whole) in text


@pytest.mark.parametrize("pack", PACKS)
def test_the_page_has_landmarks_one_title_and_headings_that_do_not_skip(pack: str) -> None:
    tags = [tag for tag, _ in page(pack).tags]
    for landmark in ("header", "main", "footer", "nav"):
        assert tags.count(landmark) == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert ("html", {"lang": "en-GB"}) in page(pack).tags


@pytest.mark.parametrize("pack", PACKS)
def test_every_link_inside_the_page_leads_somewhere_and_no_id_stands_twice(pack: str) -> None:
    ids = page(pack).all("id")
    assert len(ids) == len(set(ids))
    named = [each for value in page(pack).all("aria-labelledby") for each in value.split()]
    inside = [each.removeprefix("#") for each in page(pack).all("href") if each.startswith("#")]
    assert {*named, *inside} <= set(ids)


@pytest.mark.parametrize("pack", PACKS)
def test_nothing_is_fetched_and_nothing_runs(pack: str) -> None:
    tags = {tag for tag, _ in page(pack).tags}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form", "base", "svg", "video"})
    assert page(pack).all("src") == []
    assert not [name for _, attributes in page(pack).tags for name in attributes if name.startswith("on")]
    style = book(pack).split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    policy = next(a["content"] for tag, a in page(pack).tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy


def test_the_same_pack_and_day_give_the_same_bytes_and_another_day_others() -> None:
    assert render_book(load_pack_files(PACKS["guidance"]), DAY) == book()
    assert render_book(files("guidance"), date(2027, 3, 1)) != book()


def test_what_is_overdue_or_due_soon_is_listed_for_the_day() -> None:
    pack = files("orchestras")
    early = Page(render_book(pack, date(2026, 2, 1))).text
    soon = Page(render_book(pack, date(2026, 11, 1))).text
    late = Page(render_book(pack, date(2027, 1, 3))).text
    assert "Nothing is overdue on 1 February 2026" in early
    assert "in 61 days Gate charities-only" in soon
    assert "Overdue:" not in soon
    assert "overdue by 2 days Gate charities-only" in late
    assert "Overdue:" in late
    assert "in 7 days The pack orchestras" in late


def test_cells_are_counted_by_ground_and_told_apart_in_words() -> None:
    whole = files("guidance").pack
    grounds = [rating.ground for form in whole.forms for rating in form.ratings.values()]
    word = {"studied": "studied", "by-design": "design", "judgement": "judged", "unknown": "unknown"}
    for ground, said in word.items():
        cells = re.findall(rf'<td class="cell {ground}[^"]*"><b>[^<]+</b><span>([a-z]+)</span>', book())
        assert cells == [said] * grounds.count(ground)
    assert f">{grounds.count('unknown')} (" in book()


def test_what_has_no_source_is_listed() -> None:
    chapter = Page(book().split('aria-labelledby="gaps">')[1].split("</section>")[0]).text
    whole = files("guidance").pack
    for form in whole.forms:
        for stated in claims(form):
            assert (stated.claim.text in chapter) >= (not stated.claim.sources)
        for rating in form.ratings.values():
            assert (rating.reason in chapter) >= (rating.ground == "unknown")
    for gate in whole.gates:
        assert (gate.id in chapter) >= (not gate.sources)


def test_each_source_names_where_it_is_used() -> None:
    entry = Page(book("orchestras").split('id="source-charity-guide">')[1].split("</div>")[0].split("<div>")[1]).text
    for use in ("gate charities-only", "gate players-agree", "duty tell-subscribers", "precedent two-towns"):
        assert use in entry


HOSTILE = "<script>alert(1)</script>\\\"'><b onclick=x>&amp;{{ 7*7 }}</style>\\u202e"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ORCHESTRAS, tmp_path / "pack"))


def test_hostile_text_anywhere_in_a_pack_is_shown_and_does_nothing(copy: Path) -> None:
    for path in sorted(copy.rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        words = (
            r"title|text|why|short|reason|name|note|intro|disclaimer|version|publisher|published|outcome|zero|meaning"
        )
        path.write_text(
            re.sub(rf'\b({words}) = "([^"]*)"', lambda found: f'{found[1]} = "{found[2]} {HOSTILE}"', text),
            encoding="utf-8",
        )
    source = copy / "sources" / "all.toml"
    address = "https://example.org/'onclick='alert(1)"
    source.write_text(source.read_text(encoding="utf-8").replace("https://example.org", address))
    html = render_book(load_pack_files(copy), DAY)
    hostile = Page(html)
    tags = {tag for tag, _ in hostile.tags}
    assert "script" not in tags
    assert not [name for _, attributes in hostile.tags for name in attributes if name.startswith("on")]
    assert html.count("</style>") == 1
    assert "onclick='alert(1)" in hostile.text
    assert "49" not in re.findall(r"\{\{.*?\}\}|49", hostile.text)
    assert "\u202e" not in html
    assert "<script>alert(1)</script>" in hostile.text


def test_the_command_writes_the_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "book.html"
    assert main(["book", "--pack", str(ORCHESTRAS), "--date", str(DAY), "-o", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert out.read_text(encoding="utf-8") == book("orchestras")


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("gates.toml", 'effect = "needs"', 'effect = "closes"', "effect"),
        ("gates.toml", 'sources = ["charity-guide"]', 'sources = ["lost-guide"]', "there is no source lost-guide"),
    ],
)
def test_a_broken_pack_gives_its_findings_and_status_2_and_writes_nothing(
    copy: Path, file: str, old: str, new: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    out = copy.parent / "book.html"
    assert main(["book", "--pack", str(copy), "-o", str(out)]) == 2
    said = capsys.readouterr().err
    assert f"{copy / file}:{line}: " in said
    assert says in said
    assert not out.exists()


def test_an_overdue_pack_is_no_broken_pack() -> None:
    assert "overdue" in render_book(files("orchestras"), date(2030, 1, 1))


def test_the_function_itself_refuses_a_pack_that_refers_to_what_is_not_there(copy: Path) -> None:
    path = copy / "forms" / "takeover.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[causes.few-players]", "[causes.rain]"), encoding="utf-8")
    with pytest.raises(PackProblem, match="there is no cause rain"):
        render_book(load_pack_files(copy), DAY)


def test_a_folder_that_is_missing_is_said_to_be_and_one_that_cannot_be_written_is_status_3(tmp_path: Path) -> None:
    assert main(["book", "--pack", str(tmp_path / "nowhere"), "-o", str(tmp_path / "book.html")]) == 2
    assert main(["book", "--pack", str(ORCHESTRAS), "-o", str(tmp_path / "no" / "book.html")]) == 3
