"""A part of a step that is more than questions: partners, causes, rankings, red lines."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.session import Session
from ui.tokens import GAP


class Topic(QWidget):
    """Shows one part of the case and edits it through the session. `last`: it stands under the first questions."""

    last = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)

    def refresh(self) -> None:
        """Shows the case as it is now."""
        raise NotImplementedError

    def problem(self) -> str:
        """What is wrong with what has been typed, empty if nothing is."""
        return ""

    def at_fault(self) -> QWidget:
        """The field that a problem is about."""
        return self

    def begun(self) -> bool:
        """Whether anything has been given that the flow does not count as an answer."""
        return False
