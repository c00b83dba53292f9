"""The reports that are checked: three cases in both lengths and every format, the review book, and the user guide."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from partnerwizard.guide import render_guide
from verify import programs

DAY = "2026-11-23"
LENGTHS = ("full", "summary")
_PROGRAM = programs.ROOT / ".venv" / "bin" / "partnerwizard"


class NotMade(Exception):
    """The program did not write what it was asked for; its text is what the program said."""


@dataclass(frozen=True)
class Material:
    """Where the reports are, by format, and the book among the HTML files."""

    folder: Path
    formats: tuple[str, ...]

    def files(self, kind: str) -> list[Path]:
        """Every report of a format, the book not among them."""
        return [path for length in LENGTHS for path in sorted((self.folder / length).glob(f"*.{kind}"))]

    @property
    def book(self) -> Path:
        """The review book."""
        return self.folder / "book.html"

    @property
    def guide(self) -> Path:
        """The user guide."""
        return self.folder / "user-guide.html"

    def name(self, path: Path) -> str:
        """A file's name for the lines of the checks."""
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else path.name


def _formats() -> tuple[str, ...]:
    from partnerwizard.report.export import FORMATS

    return tuple(FORMATS)


def _call(*arguments: str | Path) -> None:
    done = programs.run(_PROGRAM, *arguments)
    if done.status:
        raise NotMade(
            f"partnerwizard {' '.join(map(str, arguments))} ended with {done.status}: {done.err.strip()[-400:]}"
        )


def make(folder: Path) -> Material:
    """Write all that is checked into the folder, anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    cases = folder / "cases"
    cases.mkdir()
    for source in (
        *sorted((programs.ROOT / "guidance" / "examples").glob("*.partnering")),
        programs.ROOT / "tests" / "cases" / "medway-gstt-2015.partnering",
    ):
        shutil.copy(source, cases)
    _call("new", cases / "empty.partnering", "--date", DAY)
    material = Material(folder, _formats())
    for case in sorted(cases.glob("*.partnering")):
        for length in LENGTHS:
            (folder / length).mkdir(exist_ok=True)
            wanted = ("--to", ",".join(material.formats), "--length", length, "--date", DAY)
            _call("report", case, *wanted, "-o", f"{folder / length}/")
    _call("book", "--date", DAY, "-o", material.book)
    material.guide.write_text(render_guide(), encoding="utf-8")
    for length in LENGTHS:
        for kind in material.formats:
            found = len(list((folder / length).glob(f"*.{kind}")))
            if found != len(list(cases.iterdir())):
                raise NotMade(f"{found} {length} reports in the format {kind} were written, and not one for each case")
    return material
