"""The few questions and messages that interrupt: unsaved work, a file that cannot be used, and what the keys do."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QMessageBox, QWidget

from ui.presentation.window import KEYS as PRESENTING
from ui.tokens import GAP, TIGHT
from ui.widgets.reading import ReadingDialog
from ui.widgets.text import Text, button

SHOWN = 12
"""So many problems are listed at once; the rest stand in the details."""


def ask_about_unsaved(parent: QWidget, title: str) -> Literal["save", "drop", "stay"]:
    """What to do with changes that are not saved."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Changes not saved")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"Save the changes to “{title}”?")
    box.setInformativeText("If you do not save them, they are lost.")
    save = box.addButton("&Save", QMessageBox.ButtonRole.AcceptRole)
    drop = box.addButton("&Don’t save", QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton("&Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(stay)
    box.exec()
    if box.clickedButton() is save:
        return "save"
    return "drop" if box.clickedButton() is drop else "stay"


def tell_problem(parent: QWidget, title: str, text: str) -> None:
    """Shows the very words that the command line would print."""
    lines = text.splitlines()
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText("\n".join(lines[:SHOWN]))
    if len(lines) > SHOWN:
        box.setInformativeText(f"{len(lines) - SHOWN} more stand in the details.")
        box.setDetailedText(text)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.addButton("&Close", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


class Shortcuts(ReadingDialog):
    """Every key that does something, in one list."""

    EXTRA = (
        ("Space or Return", "choose the card in focus"),
        ("Arrow keys", "go through the answers of a question, or through the steps"),
        ("Alt+Up, Alt+Down", "move the row in focus in a ranking"),
        ("T, Delete", "in a ranking: tie with the row above; take out"),
        ("Alt and a letter", "press the button or open the menu with that letter underlined"),
        ("Shift+F1", "say what the words of a question mean"),
    )

    def __init__(self, parent: QWidget, keys: list[tuple[QKeySequence, str]]) -> None:
        super().__init__(parent, "Keyboard shortcuts")
        rows = [(key.toString(QKeySequence.SequenceFormat.NativeText), what) for key, what in keys]
        for title, lines in (
            ("In the window", [*rows, *self.EXTRA]),
            ("While presenting to a room", list(PRESENTING)),
        ):
            self.column.addWidget(Text(title, "section"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(GAP)
            grid.setVerticalSpacing(TIGHT)
            for number, (key, what) in enumerate(lines):
                grid.addWidget(Text(key, "strong"), number, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(Text(what), number, 1)
            grid.setColumnStretch(1, 1)
            self.column.addLayout(grid)
        self.column.addStretch(1)
        self.row.addStretch(1)
        self.row.addWidget(button("&Close", self.accept, "primary"))
        self.fit(600)


def tell_problem_alone(title: str, text: str) -> None:
    """Shows a problem where there is no window yet."""
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText("\n".join(text.splitlines()[:SHOWN]))
    box.exec()
