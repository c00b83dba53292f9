"""Pieces that several pages of the workshop use."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMessageBox, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.text import Text

ROWS = 10
"""So many rows are in view before the list scrolls."""

ROW = 34


class Said(Text):
    """One message: what is wrong, or what was done. Hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__("", "fault", selectable=True)
        self.hide()

    def say(self, problem: str, done: str = "") -> None:
        """Shows a problem, or what was done, or nothing."""
        self.set_role("fault" if problem else "notice")
        self.setText(problem or done)
        self.setVisible(bool(problem or done))


class Choices(QListWidget):
    """A list with one line for each of many things; arrows go through it. `picked` brings the id of the one chosen."""

    picked = Signal(str)

    def __init__(self, name: str, about: str = "", rows: int = ROWS) -> None:
        super().__init__()
        self._rows = rows
        self.setAccessibleName(name)
        self.setAccessibleDescription(about)
        self.setUniformItemSizes(True)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentRowChanged.connect(self._picked)
        theme().changed.connect(self._fit)
        self._fit()

    @property
    def chosen(self) -> str | None:
        """The id of the line chosen."""
        row = self.currentRow()
        return None if row < 0 else str(self.item(row).data(Qt.ItemDataRole.UserRole))

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Shows these: id and words. What was chosen stays chosen while it is there."""
        kept = self.chosen
        with QSignalBlocker(self):
            if [id_ for id_, _ in lines] == [
                str(self.item(n).data(Qt.ItemDataRole.UserRole)) for n in range(self.count())
            ]:
                for n, (_, words) in enumerate(lines):
                    if self.item(n).text() != words:
                        self.item(n).setText(words)
            else:
                self.clear()
                for id_, words in lines:
                    item = QListWidgetItem(words)
                    item.setData(Qt.ItemDataRole.UserRole, id_)
                    self.addItem(item)
                self.choose(kept)
        for n, (_, words) in enumerate(lines):
            self.item(n).setToolTip(words)
        self._fit()

    def choose(self, id_: str | None) -> None:
        """Chooses a line by its id."""
        for n in range(self.count()):
            if str(self.item(n).data(Qt.ItemDataRole.UserRole)) == id_:
                self.setCurrentRow(n)
                return

    def _picked(self, row: int) -> None:
        if 0 <= row < self.count():
            item = self.item(row)
            self.picked.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _fit(self) -> None:
        self.setFixedHeight(theme().px(ROW) * max(2, min(self._rows, self.count())) + theme().px(10))


def sure(parent: QWidget, title: str, text: str, yes: str) -> bool:
    """Asks before what cannot be taken back; the harmless answer is the default."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(title)
    box.setInformativeText(text)
    go_on = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton("&Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    parent.window().activateWindow()
    box.deleteLater()
    return box.clickedButton() is go_on
