"""What keeps one from going on: a summary at the top of the page that takes the focus and leads to each field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.tokens import NEAR, TIGHT
from ui.widgets.text import Text, button


@dataclass(frozen=True)
class Fault:
    """What is wrong, in the words that stand beside the field too, and how to get to the field."""

    words: str
    go: Callable[[], object]


class Faults(QFrame):
    """Hidden while nothing is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "faults")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, NEAR, 16, NEAR)
        self._column.setSpacing(TIGHT)
        self._shown: tuple[Fault, ...] = ()
        self.hide()

    def text(self) -> str:
        """All that is wrong."""
        return " ".join(fault.words for fault in self._shown)

    def show_faults(self, *faults: Fault) -> None:
        """Shows what is wrong and takes the focus; nothing hides the summary."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._shown = faults
        self.setVisible(bool(faults))
        if not faults:
            return
        self.setAccessibleName(f"You cannot go on yet: {self.text()}")
        self._column.addWidget(Text("Before you go on", "strong"))
        for fault in faults:
            self._column.addWidget(Text(fault.words))
            link = button("Go to it", partial(self._go, fault), "link", name=f"Go to it: {fault.words}")
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, fault: Fault) -> None:
        fault.go()
