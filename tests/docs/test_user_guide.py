"""The user guide says what is on the screen, is one whole page, and opens from Help."""

from __future__ import annotations

import ast
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from partnerwizard.deployment import Deployment
from partnerwizard.guide import GuideFault, pages_of, render_guide
from partnerwizard.report import words
from partnerwizard.resources import user_guide_dir
from tests.docs.reading import ROOT
from tests.support import guidance
from ui.library import UserGuide
from ui.places import places

GUIDE = user_guide_dir()
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


@cache
def on_the_screen() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every text in the window's own code, whole or with gaps that are filled in, and the pack's steps."""
    texts = {place.title for place in places(guidance())}
    texts |= {choice.text for question in guidance().questions for choice in question.choices}
    texts |= {value.capitalize() for value in words.VERDICT.values()} | set(words.STATUS.values())
    gaps = []
    sources = [*ROOT.glob("ui/**/*.py"), *ROOT.glob("partnerwizard/report/**/*.py")]
    for path in sources:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if id(node) in said:  # a docstring is not on the screen
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(_plain(part.value)) if isinstance(part, ast.Constant) else r"[A-Z]?[\w ]+"
                    for part in node.values
                ]
                if any(isinstance(part, ast.Constant) and len(str(part.value).strip()) > 3 for part in node.values):
                    gaps.append(re.compile("".join(parts)))
    return frozenset(map(_plain, texts)), tuple(gaps)


def _plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def named() -> list[tuple[str, str]]:
    """Each page with each name of something on the screen."""
    return sorted(
        {
            (page.name, part)
            for page in GUIDE.glob("*.md")
            for bold in BOLD.findall(page.read_text(encoding="utf-8"))
            for part in " ".join(bold.split()).split(" → ")
            if part != "bold"
        }
    )


@pytest.mark.parametrize(("page", "text"), named())
def test_what_the_guide_names_is_on_the_screen(page: str, text: str) -> None:
    texts, gaps = on_the_screen()
    assert text in texts or text.lower() in texts or any(gap.fullmatch(text) for gap in gaps), f"{page}: {text}"


def test_a_name_that_is_not_on_the_screen_is_told() -> None:
    texts, gaps = on_the_screen()
    assert "Press to win" not in texts
    assert not any(gap.fullmatch("Press to win") for gap in gaps)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.targets.append(str(given["href"]))
        if tag == "img":
            self.pictures.append(given)


def test_the_guide_is_one_page_that_fetches_nothing_and_whose_links_lead_somewhere() -> None:
    html = render_guide()
    page = _Page()
    page.feed(html)
    assert len(page.ids) == len(set(page.ids))
    assert {each for each in page.targets if not each.startswith("#")} == set()
    assert {each[1:] for each in page.targets} <= set(page.ids)
    assert page.pictures
    assert all(str(each["src"]).startswith("data:image/png;base64,") and each["alt"] for each in page.pictures)
    assert "script" not in page.tags
    assert html == render_guide()


def test_every_page_is_in_the_index_and_every_picture_in_a_page() -> None:
    assert set(pages_of(GUIDE)) == {page.name for page in GUIDE.glob("*.md")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[there](other.md)", "other.md leads nowhere"),
        ("[there](#nowhere)", "#nowhere leads nowhere"),
        ("![A picture](../screens/none.png)", "none.png is not there"),
    ],
)
def test_a_link_or_picture_that_leads_nowhere_is_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "README.md").write_text(f"# A guide\n\nSee {text}.\n", encoding="utf-8")
    with pytest.raises(GuideFault, match=re.escape(said)):
        render_guide(tmp_path)


def test_markup_in_a_page_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# A guide\n\n<script>alert(1)</script>\n", encoding="utf-8")
    assert "&lt;script&gt;" in render_guide(tmp_path)


def test_help_writes_the_guide_and_opens_it(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    parent = QObject()
    guide = UserGuide(parent, Deployment(home=tmp_path))
    guide.open()
    qtbot.waitUntil(lambda: bool(opened), timeout=30_000)
    assert Path(opened[0].toLocalFile()).read_text(encoding="utf-8") == render_guide()
