"""What the user sees of recovery: unsaved work, earlier versions, a case open or changed elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from partnerwizard.case.file import load_case
from partnerwizard.case.model import Case
from partnerwizard.files import FileProblem
from partnerwizard.recovery.drafts import Draft
from partnerwizard.recovery.holder import Holder
from partnerwizard.recovery.versions import Version
from partnerwizard.report.words import day
from ui.tokens import TIGHT
from ui.widgets.reading import ReadingDialog
from ui.widgets.text import Text, button, rule

if TYPE_CHECKING:
    from ui.window import MainWindow

Choice = TypeVar("Choice", bound=str)
SHOWN = 6
"""So many differences are told; the rest are counted."""


def saved_case(draft: Draft) -> Case:
    """The case as its file has it; an empty one where there is none that can be read."""
    try:
        return load_case(draft.path) if draft.path is not None else Case()
    except FileProblem:
        return Case()


class LeftOver(ReadingDialog):
    """Work that an earlier run did not save. Nothing happens to any file until the user says so."""

    def __init__(
        self,
        window: MainWindow,
        drafts: list[Draft],
        problems: list[str],
        differences: Callable[[Case, Case], tuple[str, ...]],
    ) -> None:
        super().__init__(window, "Work that was not saved")
        self.chosen: Draft | None = None
        self._window = window
        self.column.addWidget(
            Text(
                "The program ended before this was saved. Opening it changes no file: it is shown as changes not yet "
                "saved, and you decide whether to save them.",
            )
        )
        for draft in drafts:
            self.column.addWidget(rule())
            self.column.addLayout(self._entry(draft, differences))
        for problem in problems:
            self.column.addWidget(rule())
            self.column.addWidget(Text(problem, "hint"))
        self.column.addStretch(1)
        self.row.addStretch(1)
        self.row.addWidget(
            button("Decide &later", self.reject, about="Keeps all of it, and asks again at the next start.")
        )
        self.fit(620)

    def _entry(self, draft: Draft, differences: Callable[[Case, Case], tuple[str, ...]]) -> QVBoxLayout:
        entry = QVBoxLayout()
        entry.setSpacing(TIGHT)
        title = draft.case.title or "A case without a title"
        entry.addWidget(Text(title, "strong"))
        where = f"of {draft.path}" if draft.path is not None else "never saved to a file"
        entry.addWidget(Text(f"Kept {_moment(draft.at)}, {where}", "hint"))
        told = differences(saved_case(draft), draft.case)
        for sentence in told[:SHOWN]:
            entry.addWidget(Text(f"• {sentence}"))
        if len(told) > SHOWN:
            entry.addWidget(Text(f"and {len(told) - SHOWN} more", "hint"))
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        row.addWidget(button("Open it", partial(self._choose, draft), "primary", about=f"Opens {title}."))
        row.addWidget(button("Discard", partial(self._discard, draft), about=f"Throws away what was kept of {title}."))
        row.addStretch(1)
        entry.addLayout(row)
        return entry

    def _choose(self, draft: Draft) -> None:
        self.chosen = draft
        self.accept()

    def _discard(self, draft: Draft) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Discard this work")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Throw away what was kept of “{draft.case.title or 'a case without a title'}”?")
        box.setInformativeText("This cannot be undone. The case’s own file stays as it is.")
        yes = box.addButton("&Discard", QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton("&Keep it", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        box.exec()
        if box.clickedButton() is yes:
            self._window.safekeeping.discard(draft)
            self.reject()
            self._window.cases.offer_left_over()


class EarlierVersions(ReadingDialog):
    """What stood in the case's file before each save; each opens as a copy without a file of its own."""

    def __init__(self, window: MainWindow, path: Path | None, kept: list[Version], folder: Path) -> None:
        super().__init__(window, "Earlier versions")
        self.chosen: Version | None = None
        self.column.addWidget(
            Text(
                "Before a case is saved, what stood in its file is kept: the ten latest, and the last of each day. "
                "Opening one changes no file."
            )
        )
        if path is None:
            self.column.addWidget(Text("This case has not been saved yet, so there are none.", "hint"))
        elif not kept:
            self.column.addWidget(Text(f"There are none yet of {path.name}.", "hint"))
        for version in kept:
            row = QHBoxLayout()
            row.setSpacing(TIGHT)
            row.addWidget(Text(f"Until {_moment(version.at)}"), 1)
            row.addWidget(
                button(
                    "Open a copy", partial(self._choose, version), about=f"Opens the version of {_moment(version.at)}."
                )
            )
            self.column.addLayout(row)
        self.column.addWidget(rule())
        self.column.addWidget(
            Text(f"They are in {folder}. You may look there and delete what you do not want.", "hint")
        )
        self.column.addStretch(1)
        self.row.addWidget(button("Open that &folder", partial(_show_folder, folder), "link"))
        self.row.addStretch(1)
        self.row.addWidget(button("&Close", self.reject, "primary"))
        self.fit(560)

    def _choose(self, version: Version) -> None:
        self.chosen = version
        self.accept()


def ask_about_holder(parent: QWidget, path: Path, holder: Holder) -> Literal["copy", "open", "stay"]:
    """What to do with a case that somebody has open."""
    where = "on this computer, in another window" if holder.here else f"on {holder.computer}"
    return _ask(
        parent,
        "This case is open elsewhere",
        f"{path.name} has been open {where} by {holder.who} since {_moment(holder.since)}.",
        "In a copy you can look and try things out. If both of you save, the later one is asked first.",
        (("copy", "Open a &copy"), ("open", "Open it &all the same"), ("stay", "C&ancel")),
    )


def ask_about_other_version(parent: QWidget, path: Path) -> Literal["both", "elsewhere", "stay"]:
    """What to do where the file has been changed by somebody else since it was opened."""
    return _ask(
        parent,
        "The file was changed by somebody else",
        f"{path.name} has been changed since you opened it.",
        "Keeping both saves yours under this name and theirs beside it, with today’s date in its name.",
        (("both", "&Keep both"), ("elsewhere", "&Save mine under another name"), ("stay", "C&ancel")),
    )


def _moment(at: datetime) -> str:
    """A time as people here read it."""
    local = at.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"


def _ask(parent: QWidget, title: str, text: str, more: str, choices: tuple[tuple[Choice, str], ...]) -> Choice:
    """A question with a choice of buttons: the first is the default, Escape is the last."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(more)
    buttons = [box.addButton(words, QMessageBox.ButtonRole.ActionRole) for _, words in choices]
    box.setDefaultButton(buttons[0])
    box.setEscapeButton(buttons[-1])
    box.exec()
    return next(
        (choice for (choice, _), each in zip(choices, buttons, strict=True) if box.clickedButton() is each),
        choices[-1][0],
    )


def _show_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
