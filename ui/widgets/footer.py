"""The bar under everything: back at the left, the positive button always at the same place at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.shell import Footer
from ui.tokens import NEAR
from ui.widgets.text import Text, button


class FooterBar(QWidget):
    """Shows what the page offers."""

    wants_back = Signal()
    wants_skip = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "paper")
        self._go_on: Callable[[], object] = lambda: None
        self._other: Callable[[], object] = lambda: None
        row = QHBoxLayout(self)
        row.setContentsMargins(20, NEAR, 20, NEAR)
        row.setSpacing(NEAR)
        self.back = button("&Back", self.wants_back.emit, about="Goes to the step before.")
        self.note = Text("", "small")
        self.skip = button(
            "S&kip for now", self.wants_skip.emit, "quiet", about="Goes on and leaves this step as it is."
        )
        self.other = button("", self._do_other)
        self.positive = button("", self._do_go_on, "primary")
        row.addWidget(self.back)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.note, 1)
        for each in (self.skip, self.other, self.positive):
            row.addWidget(each)

    def _do_go_on(self) -> None:
        self._go_on()

    def _do_other(self) -> None:
        self._other()

    def show_footer(self, footer: Footer) -> None:
        """Shows what a page offers."""
        self._go_on = footer.go_on
        self._other = footer.do_other or (lambda: None)
        self.skip.setVisible(footer.skip)
        self.note.setText(footer.note)
        self.other.setVisible(bool(footer.other))
        for each, text in ((self.other, footer.other), (self.positive, footer.positive)):
            each.setText(text)
            each.setAccessibleName(text.replace("&", ""))
