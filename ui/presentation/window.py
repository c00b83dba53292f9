"""The window for a projector: one slide at a time, by arrows, by a clicker or by a click; B makes it dark."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QScreen,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presentation.clock import Clock
from ui.presentation.slide import Slide
from ui.presentation.stage import Stage

FORWARD = {
    Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter,
    Qt.Key.Key_N,
}  # fmt: skip
BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace, Qt.Key.Key_P}
DARK = {Qt.Key.Key_B, Qt.Key.Key_Period}
END = {Qt.Key.Key_Escape, Qt.Key.Key_F5, Qt.Key.Key_F11}
UNMOVED = 2_000
"""Milliseconds after which a pointer that is not moved is no longer shown."""

KEYS = (
    ("→ ↓ Page Down Space", "the next slide"),
    ("← ↑ Page Up Backspace", "the slide before"),
    ("Home, End", "the first, the last slide"),
    ("B or .", "a dark screen, so that people look at each other"),
    ("L", "light letters on dark, or dark on light for a bright room"),
    ("S", "the next screen, where there are several"),
    ("T", "a clock that counts down: begin, hold, go on; + and − change it by a minute, 0 takes it off"),
    ("Esc", "the end of the presentation"),
)


class Presentation(QWidget):
    """Shows slides over a whole screen: the one beside the window's own where there is one."""

    ended = Signal()

    def __init__(self, owner: QWidget, slides: tuple[Slide, ...]) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Presentation – Partner Wizard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._owner = owner
        self._slides: tuple[Slide, ...] = ()
        self._number = 0
        self.stage = Stage()
        self.stage.setMouseTracking(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stage)
        self.clock = Clock(self)
        self.clock.ticked.connect(self.stage.set_clock)
        self._hide_pointer = QTimer(self, singleShot=True, interval=UNMOVED)
        self._hide_pointer.timeout.connect(self._without_pointer)
        self.show_slides(slides)

    # --- what is shown --------------------------------------------------------------------------------------------

    @property
    def number(self) -> int:
        """The place of the slide shown, from 0."""
        return self._number

    def show_slides(self, slides: tuple[Slide, ...]) -> None:
        """Shows these from now on, at the place where one was: the answer may change while people look at it."""
        if slides == self._slides or not slides:
            return
        self._slides = slides
        self.go(self._number, aloud=False)

    def go(self, number: int, *, aloud: bool = True) -> None:
        """Shows one slide; past either end nothing moves."""
        self._number = max(0, min(len(self._slides) - 1, number))
        slide = self._slides[self._number]
        self.stage.show_slide(slide, f"{self._number + 1} of {len(self._slides)}")
        if aloud:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, slide.said))

    # --- where it is shown ----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Over the whole of a screen."""
        self.show_on(projector(QGuiApplication.screens(), self._owner.screen()))

    def show_on(self, screen: QScreen) -> None:
        """Moves to a screen and fills it."""
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.activateWindow()
        self.setFocus()

    def _next_screen(self) -> None:
        screens = QGuiApplication.screens()
        self.showNormal()
        self.show_on(screens[(screens.index(self.screen()) + 1) % len(screens)])

    # --- keys and clicks ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What a clicker sends, and what a hand on the keyboard would try."""
        key = Qt.Key(event.key())
        if key in END:
            self.close()
        elif key in DARK:
            self.stage.set_blank(not self.stage.blank)
        elif self.stage.blank and key in FORWARD | BACK:
            self.stage.set_blank(False)
        elif key in FORWARD:
            self.go(self._number + 1)
        elif key in BACK:
            self.go(self._number - 1)
        elif key == Qt.Key.Key_Home:
            self.go(0)
        elif key == Qt.Key.Key_End:
            self.go(len(self._slides) - 1)
        elif key == Qt.Key.Key_L:
            self.stage.set_look("light" if self.stage.look == "dark" else "dark")
        elif key == Qt.Key.Key_S:
            self._next_screen()
        elif key == Qt.Key.Key_T:
            self.clock.begin_or_hold()
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.clock.change(1)
        elif key == Qt.Key.Key_Minus:
            self.clock.change(-1)
        elif key == Qt.Key.Key_0:
            self.clock.take_off()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes on, one with the other button back."""
        self.go(self._number + (1 if event.button() == Qt.MouseButton.LeftButton else -1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer is shown while it moves."""
        self.unsetCursor()
        self._hide_pointer.start()
        super().mouseMoveEvent(event)

    def _without_pointer(self) -> None:
        self.setCursor(Qt.CursorShape.BlankCursor)

    def changeEvent(self, event: QEvent) -> None:
        """The pointer is out of the way from the start."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._hide_pointer.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The presentation is over."""
        self.ended.emit()
        super().closeEvent(event)


def projector(screens: list[QScreen], own: QScreen) -> QScreen:
    """The screen to present on: another than the window's own, if there is another."""
    return next((each for each in screens if each is not own), own)
