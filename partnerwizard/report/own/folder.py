"""An organisation's own templates: the files of a folder, read whole before anything of them is used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from partnerwizard.files import FileProblem, is_folder, read_text
from partnerwizard.report.page import PAGE

SHEET = "report.css"
REPLACEABLE = (PAGE, SHEET)
"""Templates of the program that a file of the same name in the folder stands in for."""

MOST_FILES = 50
MOST_BYTES = 256 * 1024
_SUFFIXES = {".j2", ".css"}


@dataclass(frozen=True, slots=True)
class OwnTemplates:
    """Texts of the folder's templates by their names, such as `report.html.j2` or `parts/cover.j2`."""

    folder: Path
    texts: tuple[tuple[str, str], ...]

    def place(self, name: str, line: int | None = None) -> str:
        """FILE, or FILE:LINE, for a message."""
        path = str(self.folder / name)
        return path if line is None else f"{path}:{line}"


def load(folder: Path) -> OwnTemplates:
    """The templates of a folder. Raises FileProblem with everything that is wrong with its files."""
    if not is_folder(folder):
        raise FileProblem(f"{folder}: there is no such folder of templates. Check the name, or leave it out.")
    root = folder.resolve()
    found = sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES and not path.is_dir())
    if len(found) > MOST_FILES:
        raise FileProblem(
            f"{folder}: there are {len(found)} templates, and {MOST_FILES} is the most. Name another folder."
        )
    texts: list[tuple[str, str]] = []
    problems: list[str] = []
    for path in found:
        if not path.resolve().is_relative_to(root):
            problems.append(f"{path}: this is a link to a file outside the folder. Put the file itself here.")
            continue
        try:
            texts.append((path.relative_to(folder).as_posix(), read_text(path, MOST_BYTES)))
        except FileProblem as problem:
            problems += problem.problems
    if problems:
        raise FileProblem(*problems)
    if not {name for name, _ in texts} & {*REPLACEABLE}:
        raise FileProblem(
            f"{folder}: there is no {' and no '.join(REPLACEABLE)} in this folder. Put one of them there, to stand in "
            "for the program's own, or leave the folder out."
        )
    return OwnTemplates(folder, tuple(texts))
