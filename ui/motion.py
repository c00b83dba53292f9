"""Whether anything moves: not where the system or the user has asked for stillness."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QApplication, QStyle

Choice = Literal["system", "still"]


class Motion:
    """One answer for the whole application."""

    def __init__(self) -> None:
        self.choice: Choice = "system"

    def choose(self, choice: Choice) -> None:
        """Follows the system, or keeps everything still."""
        self.choice = choice

    @property
    def still(self) -> bool:
        """Whether things go to their new places at once."""
        style = QApplication.style()
        return self.choice == "still" or not style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)


_MOTION = Motion()


def motion() -> Motion:
    """The application's."""
    return _MOTION
