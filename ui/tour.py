"""The tour: half a dozen short words, each beside the part of the window that it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from partnerwizard.case.file import SUFFIX
from partnerwizard.resources import examples_dir
from ui.places import REPORT, RESULT, START
from ui.theme import theme
from ui.tokens import GAP, NEAR, TIGHT
from ui.widgets.text import Text, button

if TYPE_CHECKING:
    from ui.window import MainWindow

SEEN = "tour"
"""The setting that holds whether the tour was taken or declined."""


@dataclass(frozen=True)
class Stop:
    """Where the tour stands still, at which place of the window, and what it says."""

    place: str
    part: Callable[[MainWindow], QWidget]
    title: str
    words: str


def stops(window: MainWindow) -> tuple[Stop, ...]:
    """The tour, in the order in which one works."""
    first = window.places[0].id
    return (
        Stop(
            first,
            lambda window: window.steps,
            "The steps",
            "The quick look comes first: at most twelve answers, about five minutes. Every step can be opened at any "
            "time, in any order.",
        ),
        Stop(
            first,
            lambda window: window.stack,
            "One topic a page",
            "Each question says why it is asked. “We do not know” is an answer too: the advice then says what depends "
            "on it. Words that are explained show their meaning when you point at the question, or press Shift+F1.",
        ),
        Stop(
            first,
            lambda window: window.strip,
            "The answer so far",
            "It moves with every answer, and says how many answers could still change it.",
        ),
        Stop(
            first,
            lambda window: window.header,
            "Nothing is lost",
            "Every change can be undone, by name. Ctrl+Z takes it back; Ctrl+S saves.",
        ),
        Stop(
            RESULT,
            lambda window: window.stack,
            "The answer",
            "The finding first, then the picture, what speaks for it and against it, and what would change it. "
            "F5 shows it to a room.",
        ),
        Stop(
            REPORT,
            lambda window: window.stack,
            "The report",
            "The board paper, as it will be filed. It can be written for the web, as PDF, for Word and for Excel, "
            "and printed.",
        ),
    )


def begin(window: MainWindow) -> None:
    """Takes the tour on the case that is open; from the start page on the first example, opened as a copy."""
    if window.here == START:
        examples = sorted(examples_dir().glob(f"*{SUFFIX}"))
        if not examples or not window.cases.open(examples[0], as_copy=True):
            return
    came_from = window.here
    tour = Tour(window)
    tour.exec()
    tour.deleteLater()
    window.settings.set_text(SEEN, "yes")
    window.go(came_from)


class Tour(QDialog):
    """A card beside the part that it speaks of, which has a frame around it meanwhile."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._stops = stops(window)
        self._number = 0
        self._frame = _Frame(window)
        self.setWindowTitle("The tour")
        self.setProperty("role", "tour")
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(NEAR)
        self.place = Text("", "overline")
        self.heading = Text("", "section")
        self.words = Text("")
        for each in (self.place, self.heading, self.words):
            column.addWidget(each)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.skip = button("&End the tour", self.reject, "quiet")
        self.back = button("&Back", lambda: self._show(self._number - 1))
        self.on = button("&Next", self._next, "primary")
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.on)
        column.addLayout(row)
        self.setFixedWidth(theme().px(420))
        self.finished.connect(self._leave)
        self._show(0)

    @property
    def stop(self) -> Stop:
        """Where the tour stands."""
        return self._stops[self._number]

    def _next(self) -> None:
        if self._number + 1 == len(self._stops):
            self.accept()
        else:
            self._show(self._number + 1)

    def _show(self, number: int) -> None:
        self._number = max(0, min(len(self._stops) - 1, number))
        stop = self.stop
        if self._window.here != stop.place:
            self._window.go(stop.place)
        self.place.setText(f"{self._number + 1} OF {len(self._stops)}")
        self.heading.setText(stop.title)
        self.words.setText(stop.words)
        self.back.setEnabled(self._number > 0)
        last = self._number + 1 == len(self._stops)
        self.on.setText("&Done" if last else "&Next")
        self.on.setAccessibleName("Done" if last else "Next")
        self.on.setAccessibleDescription(f"{stop.title}. {stop.words}")
        self.setMinimumHeight(0)
        self.setMinimumHeight(self.heightForWidth(self.width()) if self.hasHeightForWidth() else 0)
        self.adjustSize()
        # The page that was just shown has its place only once its layout is done.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        part = stop.part(self._window)
        # A narrow window has no room for the part: the words are said all the same.
        self._frame.put_around(part if part.isVisible() else None)
        self._beside(part if part.isVisible() else self._window)
        self.on.setFocus()

    def _beside(self, part: QWidget) -> None:
        """At the part's free side, inside the window."""
        inside = QRect(part.mapToGlobal(QPoint(0, 0)), part.size())
        whole = QRect(self._window.mapToGlobal(QPoint(0, 0)), self._window.size())
        room = theme().px(GAP)
        left = inside.right() + room
        top = inside.top() + 3 * room
        if left + self.width() > whole.right():
            left = inside.left() - self.width() - room
        if left < whole.left():
            left = inside.right() - self.width() - 2 * room
            top = inside.bottom() - self.height() - 2 * room
        if inside.height() < self.height():
            top = inside.bottom() + room
        self.move(max(whole.left(), left), max(whole.top(), min(top, whole.bottom() - self.height() - room)))

    def _leave(self) -> None:
        self._frame.put_around(None)
        self._frame.deleteLater()


class _Frame(QWidget):
    """A line around a part of the window; clicks go through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def put_around(self, part: QWidget | None) -> None:
        """Frames a part, or nothing."""
        self.setVisible(part is not None)
        if part is not None:
            self.setGeometry(QRect(part.mapTo(self._window, QPoint(0, 0)), part.size()))
            self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the line."""
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme().colours.accent), 4))
        painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
        painter.end()
