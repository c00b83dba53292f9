"""What a page may ask of the window around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from partnerwizard.flow import Ask
from ui.session import Session
from ui.settings import Settings

if TYPE_CHECKING:
    from ui.cases import Cases
    from ui.library import GuidanceBook
    from ui.tools import Tools
    from ui.workshop.host import WorkshopHost


@dataclass(frozen=True)
class Footer:
    """The buttons under a page: the positive one stands always at the same place."""

    positive: str
    go_on: Callable[[], object]
    other: str = ""
    do_other: Callable[[], object] | None = None
    skip: bool = False
    note: str = ""


class Shell(Protocol):
    """The window, as pages see it."""

    session: Session
    settings: Settings
    cases: Cases
    tools: Tools
    book: GuidanceBook
    workshop: WorkshopHost

    @property
    def returning(self) -> bool:
        """Whether Continue goes back to the page from which an answer is being changed."""

    def go(self, place: str) -> None:
        """Shows another place."""

    def go_next(self) -> None:
        """Shows the place after this one."""

    def open_ask(self, ask: Ask) -> None:
        """Shows the step of a question, with the question in view."""

    def open_evidence(self, option: str, criterion: str | None = None) -> None:
        """Shows where an option's points come from, down to the source; one rating unfolded if it is named."""

    def change(self, place: str, ask: Ask | None = None) -> None:
        """Shows a place, or a question on it, to change what was said; Continue comes back."""

    def explain(self, option: str) -> None:
        """Shows why an option, or a form, is in or out and where its points come from."""

    def compare(self, first: str, second: str | None = None) -> None:
        """Shows two options side by side; without a second, the first beside what leads."""

    def project(self) -> None:
        """Shows the workshop to the room."""

    def refresh_footer(self) -> None:
        """Shows the page's footer again."""

    def announce(self, text: str) -> None:
        """Says a change to screen readers."""

    def tell_problem(self, title: str, text: str) -> None:
        """Shows what went wrong in a dialog."""
