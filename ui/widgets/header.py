"""The bar over everything: what is open, whether it is saved, undo and redo by name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.session import Session
from ui.tokens import GAP, NEAR, TIGHT
from ui.widgets.text import button
from ui.words import shortened


class Header(QWidget):
    """Shows the session; its buttons do what the menus do."""

    wants_steps = Signal()
    wants_save = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.no_draft = ""
        self.setProperty("role", "paper")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, TIGHT, 14, TIGHT)
        row.setSpacing(GAP)
        self.steps = button("☰ Steps", self.wants_steps.emit, "small", name="Steps", about="Shows the list of steps.")
        self.title = QLabel()
        self.title.setProperty("role", "strong")
        self.state = QLabel()
        self.state.setProperty("role", "small")
        self.save = button("Save", self.wants_save.emit, "quiet", about="Saves the case to its file. Ctrl+S.")
        self.undo = button("Undo", session.undo, "quiet")
        self.redo = button("Redo", session.redo, "quiet")
        row.addWidget(self.steps)
        row.addWidget(self.title)
        row.addWidget(self.state)
        row.addStretch(1)
        tools = QHBoxLayout()
        tools.setSpacing(NEAR)
        for each in (self.undo, self.redo, self.save):
            tools.addWidget(each)
        row.addLayout(tools)
        self.refresh(compact=False)

    @property
    def case_title(self) -> str:
        """What the open case is called."""
        case, path = self.session.case, self.session.path
        return case.title or (path.stem if path is not None else "") or case.organisation or "New case"

    def refresh(self, *, compact: bool) -> None:
        """Shows the session as it is. `compact`: there is little room, so undo does not say what."""
        session = self.session
        self.title.setText(shortened(self.case_title, 30 if compact else 60))
        self.title.setToolTip(self.case_title)
        self.state.setText(self._saved_words())
        self.state.setToolTip(self.no_draft)
        self.state.setVisible(not compact or session.modified)
        for each, word, name in ((self.undo, "Undo", session.undo_name), (self.redo, "Redo", session.redo_name)):
            each.setEnabled(name is not None)
            each.setVisible(each is self.undo or name is not None)
            shown = f"{word} “{shortened(name, 28)}”" if name is not None and not compact else word
            each.setText(shown)
            each.setAccessibleName(f"{word} {name}" if name is not None else f"{word}, nothing to {word.lower()}")
            each.setToolTip(f"{word}: {name}" if name is not None else "")
        self.save.setEnabled(session.modified)

    def _saved_words(self) -> str:
        session = self.session
        if session.modified:
            return "Changes not saved, and no draft can be kept: save often" if self.no_draft else "Changes not saved"
        if session.saved_at is not None:
            return f"All changes saved {session.saved_at:%H:%M}"
        return "All changes saved" if session.path is not None else "Not saved to a file yet"
