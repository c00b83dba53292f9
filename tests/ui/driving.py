"""Drives the real window as a person does: keys to whatever has the focus, clicks on what is visible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.window import MainWindow

PATIENCE = 30_000


class Driver:
    """A user with a keyboard and, where a test says so, a mouse."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    # --- waiting --------------------------------------------------------------------------------------------------

    def until(self, ready: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(ready, timeout=PATIENCE)

    def appraised(self) -> None:
        self.until(lambda: not self.window.session.appraising)
        assert self.window.session.appraisal is not None

    # --- keys -----------------------------------------------------------------------------------------------------

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        return focused

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus, key, modifier)
        # What a key has just made is shown by a posted event.
        QApplication.processEvents()

    def shortcut(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        QTest.keyClick(self.window.windowHandle(), key, modifier)
        # A button pressed by its letter stays down for a tenth of a second before it is clicked.
        self.qtbot.wait(10)
        self.until(lambda: not any(each.isDown() for each in self.window.findChildren(QPushButton)))

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)

    def tab_to(self, name: str, most: int = 250) -> QWidget:
        """Presses Tab until the control with this accessible name (or a name that begins so) has the focus."""
        for _ in range(most):
            if self.focus.accessibleName().startswith(name):
                return self.focus
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reached {name!r}; the focus is on {self.focus.accessibleName()!r}")

    def press(self, name: str) -> None:
        """Tabs to a control and presses Space."""
        self.tab_to(name)
        self.key(Qt.Key.Key_Space)

    def go_on(self) -> None:
        """Alt and the letter of Continue."""
        self.shortcut(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)

    # --- mouse ----------------------------------------------------------------------------------------------------

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())

    # --- dialogs --------------------------------------------------------------------------------------------------

    def answer(self, button: str, told: list[str] | None = None) -> None:
        """The next message box gets this button pressed; its words are put into `told`."""

        def reply(box: QDialog) -> None:
            assert isinstance(box, QMessageBox)
            if told is not None:
                told.append(box.text())
            pressed = next(each for each in box.buttons() if each.text().replace("&", "") == button)
            assert isinstance(pressed, QPushButton)
            QTest.keyClick(pressed, Qt.Key.Key_Space)

        self.when_modal(reply)

    def name_file(self, path: Path) -> None:
        """The next file dialog gets this path typed."""

        def reply(dialog: QDialog) -> None:
            assert isinstance(dialog, QFileDialog)
            field = dialog.findChild(QLineEdit, "fileNameEdit")
            assert field is not None
            field.setText(str(path))  # typed, it would open a list of suggestions that takes the keys
            buttons = dialog.findChild(QDialogButtonBox)
            assert buttons is not None
            accept = next(
                each for each in buttons.buttons() if buttons.buttonRole(each) is QDialogButtonBox.ButtonRole.AcceptRole
            )
            QTest.keyClick(accept, Qt.Key.Key_Space)

        self.when_modal(reply)

    def when_modal(self, reply: Callable[[QDialog], None], tries: int = 400) -> None:
        """Does this to the next dialog that stands before the window."""

        def look(left: int) -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog) and dialog.isVisible():
                try:
                    reply(dialog)
                except BaseException:
                    # Left open, the dialog would hold the test for ever.
                    dialog.reject()
                    raise
            elif left:
                QTimer.singleShot(10, lambda: look(left - 1))

        QTimer.singleShot(10, lambda: look(tries))
