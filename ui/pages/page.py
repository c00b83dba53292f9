"""What all pages share: a column of readable width that scrolls, and the duties every page has."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.shell import Footer, Shell
from ui.theme import theme
from ui.tokens import COLUMN, EDGE, GAP
from ui.widgets.text import Text


class Page(QScrollArea):
    """One place of the window: shows the case, turns gestures into edits of the session, decides no navigation."""

    widest = COLUMN
    whole_width = False
    """True where the page itself shows the answer, so that the answer so far beside it would say it twice."""

    def __init__(self, shell: Shell, title: str) -> None:
        super().__init__()
        self.shell = shell
        self.session = shell.session
        self.title = title
        self.setProperty("role", "paper")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(title)
        self._paper = QWidget()
        self._paper.setProperty("role", "paper")
        self._margins = QHBoxLayout(self._paper)
        self._content = QWidget()
        self._content.setProperty("role", "paper")
        self._content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        outer = QVBoxLayout(self._content)
        outer.setContentsMargins(0, 0, 0, 0)
        self.column = QVBoxLayout()
        outer.addLayout(self.column)
        outer.addStretch(1)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)
        self._margins.addStretch(1)
        self._margins.addWidget(self._content, 1000)
        self._margins.addStretch(1)
        self.setWidget(self._paper)
        self.heading = Text(title, "title")
        self._fit()
        theme().changed.connect(self._fit)

    def _fit(self) -> None:
        self._content.setMaximumWidth(theme().px(self.widest))
        side = EDGE if self.viewport().width() > theme().px(560) else GAP
        self._margins.setContentsMargins(side, 32, side, EDGE)

    def resizeEvent(self, event: object) -> None:
        """Narrow windows get narrow margins."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def refresh(self) -> None:
        """Shows the case as it is now. Called on every visit and after every change while the page is in view."""

    def footer(self) -> Footer:
        """The buttons under this page."""
        return Footer("&Continue", self.shell.go_next)

    def leave(self) -> None:
        """Called when another page is about to be shown."""

    def come_back(self) -> None:
        """Called when one returns from changing something that this page has led to."""

    @property
    def replaceable(self) -> bool:
        """Whether all that the page shows stands in the case, so that it can be let go of and made anew."""
        return False

    def lay_out_now(self) -> None:
        """Gives everything its place at once, so that scrolling to it goes to where it is."""
        self._margins.activate()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def to_top(self) -> None:
        """Shows the beginning of the page."""
        self.verticalScrollBar().setValue(0)
