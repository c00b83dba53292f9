"""A dialog to read: what it says scrolls if it has to, and its buttons stay in view at any size of letters."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import theme
from ui.tokens import GAP, NEAR, TIGHT

SCREEN = 0.9
"""Share of the screen that a dialog may take."""


class ReadingDialog(QDialog):
    """`column` takes what is to be read, `row` the buttons."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setProperty("role", "paper")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP, GAP, GAP, GAP)
        outer.setSpacing(NEAR)
        self._area = QScrollArea()
        self._area.setProperty("role", "paper")
        self._area.setWidgetResizable(True)
        self._inside = QWidget()
        self._inside.setProperty("role", "paper")
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, TIGHT, 0)
        self.column.setSpacing(NEAR)
        self._area.setWidget(self._inside)
        outer.addWidget(self._area, 1)
        self.row = QHBoxLayout()
        self.row.setSpacing(TIGHT)
        outer.addLayout(self.row)

    def fit(self, width: float) -> None:
        """As wide as said at 100 %, as high as its words need, and never larger than the screen."""
        room = self.screen().availableSize() * SCREEN
        wide = min(theme().px(width), room.width())
        needed = self._inside.heightForWidth(wide - 2 * GAP - theme().px(12))
        frame = 2 * GAP + NEAR + self.row.sizeHint().height() + TIGHT
        self.resize(wide, min(needed + frame, room.height()))
