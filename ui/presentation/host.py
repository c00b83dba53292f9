"""Begins and ends the presentation of the answer, and keeps it at what the answer is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.presentation.slide import Slide
from ui.presentation.window import Presentation
from ui.session import Session


class Presenting(QObject):
    """One presentation at most; connected to what changes, `follow` keeps it at what `slides` says now.

    `minutes`: with how many the room's clock begins.
    """

    def __init__(
        self,
        owner: QWidget,
        session: Session,
        slides: Callable[[], tuple[Slide, ...]],
        minutes: Callable[[], int] | None = None,
    ) -> None:
        super().__init__(owner)
        self._owner = owner
        self._slides = slides
        self._minutes = minutes
        self.shown: Presentation | None = None
        session.opened.connect(self.end)

    def begin(self) -> None:
        """Shows the slides on a whole screen; pressed again, they come to the front. Nothing where there are none."""
        slides = self._slides()
        if not slides:
            return
        if self.shown is None:
            self.shown = Presentation(self._owner, slides)
            self.shown.ended.connect(self._ended)
        if self._minutes is not None:
            self.shown.clock.minutes = self._minutes()
        self.shown.begin()

    def end(self) -> None:
        """Takes the presentation off the screen: another case must not appear there by itself."""
        if self.shown is not None:
            self.shown.close()

    def _ended(self) -> None:
        self.shown = None
        self._owner.activateWindow()

    def follow(self, _changed: object = None) -> None:
        """Shows what there is to show now."""
        if self.shown is not None:
            self.shown.show_slides(self._slides())
