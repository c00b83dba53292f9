"""The project's pages as the tests read them: which there are, their commands, links and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from partnerwizard.guide import slug

ROOT = Path(__file__).parents[2]
PROGRAMS = (
    *("partnerwizard ", "partnerwizard-app", "make ", "python ", "tools/", "PYTHONPATH=", "apt-get ", "git "),
    *(".venv/", ".ci/", "./"),
)
_FENCE = re.compile(r"^```\w*\n.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """A command that a page shows, without what is said about it behind a #."""

    page: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}: {self.text}"


def pages() -> list[Path]:
    """README and its like, and every page under docs."""
    return sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))


def name(page: Path) -> str:
    """A page by its place in the project."""
    return page.relative_to(ROOT).as_posix()


def commands(page: Path) -> Iterator[Command]:
    """Lines of indented or fenced blocks that begin like a command, and the commands of tables, each once."""
    text = page.read_text(encoding="utf-8")
    fenced = [line for block in _FENCE.findall(text) for line in block.splitlines()[1:-1]]
    indented = [line for line in _FENCE.sub("", text).splitlines() if line.startswith("    ")]
    tables = re.findall(r"^\| `(partnerwizard [^`]+)` \|", text, re.MULTILINE)
    for line in dict.fromkeys(each.strip().removeprefix("$ ") for each in (*fenced, *indented, *tables)):
        command = re.split(r"\s{2,}# |\s# ", line)[0].strip()
        if command.startswith(PROGRAMS) and command.split()[0].rstrip(":") == command.split()[0]:
            yield Command(name(page), command)


def anchors(page: Path) -> set[str]:
    """What links may name in a page."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return {slug(re.sub(r"[`*]", "", title)) for title in _HEADING.findall(text)}


def links(page: Path) -> list[str]:
    """Where a page's links and pictures lead."""
    return re.findall(r"\]\(([^)\s]+)\)", _FENCE.sub("", page.read_text(encoding="utf-8")))
