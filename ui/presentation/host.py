"""Begins and ends the presentation of the answer, and keeps it at what the answer is."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.presentation.window import Presentation
from ui.session import Session


class Presenting(QObject):
    """One presentation at most; it follows the appraisal, so that a workshop sees what its answers do."""

    def __init__(self, owner: QWidget, session: Session) -> None:
        super().__init__(owner)
        self._owner = owner
        self._session = session
        self.shown: Presentation | None = None
        session.appraised.connect(self._follow)
        session.opened.connect(self.end)

    def begin(self) -> None:
        """Shows the answer on a whole screen; pressed again, it comes to the front."""
        # The report's modules are loaded on first use.
        from ui.presentation.public import public_slides

        session = self._session
        if session.appraisal is None:
            return
        if self.shown is None:
            self.shown = Presentation(self._owner, public_slides(session.pack, session.case, session.appraisal))
            self.shown.ended.connect(self._ended)
        self.shown.begin()

    def end(self) -> None:
        """Takes the presentation off the screen: another case must not appear there by itself."""
        if self.shown is not None:
            self.shown.close()

    def _ended(self) -> None:
        self.shown = None
        self._owner.activateWindow()

    def _follow(self) -> None:
        if self.shown is not None and self._session.appraisal is not None:
            from ui.presentation.public import public_slides

            session = self._session
            self.shown.show_slides(public_slides(session.pack, session.case, self._session.appraisal))
