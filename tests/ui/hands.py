"""One user, two ways: with the keyboard alone, or with the mouse alone. Both can do the same things.

The mouse goes to the window's own pixels: what lies there gets the click, and what is out of view is scrolled to.
Words come from the clipboard, by the menu under the right button.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from tests.ui.driving import Driver
from ui.widgets.asks import AskEditor
from ui.widgets.choice import CheckCard, RadioCard
from ui.widgets.fields import Figure
from ui.widgets.rank import RankRow

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
TEXTS = (QLineEdit, QPlainTextEdit)


class Hand(ABC):
    """What a user does; how is a matter of the hand."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.window = driver.window

    # --- finding ------------------------------------------------------------------------------------------------------

    def named(self, name: str, kind: type[QWidget] | tuple[type[QWidget], ...] = QAbstractButton) -> QWidget:
        """What is in the window and has this accessible name, or one that begins so."""
        found = [each for each in self.window.findChildren(QWidget) if isinstance(each, kind) and _here(each)]
        found = [each for each in found if each.accessibleName().startswith(name)]
        assert found, f"nothing here is called {name!r}"
        return next((each for each in found if each.accessibleName() == name), found[0])

    def _card(self, title: str, question: str) -> RadioCard | CheckCard:
        within: QWidget = self.window.page
        if question:
            editors = [each for each in within.findChildren(AskEditor) if each.wording.startswith(question)]
            assert editors, f"{question!r} is not asked here"
            within = editors[0]
        kinds = (RadioCard, CheckCard) if question else RadioCard
        cards = [each for each in within.findChildren(QAbstractButton) if isinstance(each, kinds) and _here(each)]
        cards = [each for each in cards if each.title == title]
        assert cards, f"no answer {title!r} to {question!r} at {self.window.here}"
        return cards[0]

    # --- doing --------------------------------------------------------------------------------------------------------

    @abstractmethod
    def use(self, control: QWidget) -> None:
        """Presses or ticks this very control."""

    def press(self, name: str) -> None:
        """Presses a button, or ticks a card."""
        self.use(self.named(name))

    @abstractmethod
    def choose(self, title: str, question: str = "") -> None:
        """Gives one of the answers of a question; without one, of the first that has such an answer."""

    @abstractmethod
    def write(self, name: str, words: str) -> None:
        """Puts words into a field in the place of those that are there."""

    @abstractmethod
    def pick(self, name: str, item: str) -> None:
        """Picks from a list."""

    @abstractmethod
    def raise_figure(self, name: str) -> None:
        """Makes a figure one step more."""

    @abstractmethod
    def first_in_ranking(self, name: str) -> None:
        """Brings a criterion to the top of its ranking."""

    @abstractmethod
    def go_on(self) -> None:
        """Continue."""

    @abstractmethod
    def go(self, place: str) -> None:
        """To another place, by its title in the list of steps."""

    @abstractmethod
    def main_button(self) -> None:
        """The positive button under the page, whatever it says."""

    @abstractmethod
    def undo(self) -> None:
        """Takes the last change back."""

    @abstractmethod
    def save(self, path: Path) -> None:
        """Saves the case for the first time, in the user's folder under a name that is offered or given."""

    @abstractmethod
    def set_report_folder(self, folder: Path) -> None:
        """Says where the report goes: a folder in the user's own."""

    def unfold(self, wording: str) -> None:
        """Opens a question or a rating that is folded."""
        self.press(wording)


class Keyboard(Hand):
    """Keys to whatever has the focus."""

    def use(self, control: QWidget) -> None:
        self._tab_to(control)
        self.driver.key(Qt.Key.Key_Space)

    def _tab_to(self, control: QWidget) -> None:
        for _ in range(250):
            if self.driver.focus is control:
                return
            self.driver.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reached {control.accessibleName()!r}")

    def choose(self, title: str, question: str = "") -> None:
        card = self._card(title, question)
        if isinstance(card, CheckCard):
            self.use(card)
            return
        group = card.group()
        for _ in range(250):
            held = self.driver.focus
            if isinstance(held, RadioCard) and held.group() is group:
                break
            self.driver.key(Qt.Key.Key_Tab)
        for _ in range(20):
            if self.driver.focus is card:
                break
            self.driver.key(Qt.Key.Key_Down)
        self.driver.key(Qt.Key.Key_Space)
        assert card.isChecked()

    def write(self, name: str, words: str) -> None:
        self._tab_to(self.named(name, TEXTS))
        QTest.keyClick(self.driver.focus, Qt.Key.Key_A, CTRL)
        self.driver.type(words)

    def pick(self, name: str, item: str) -> None:
        box = self.named(name, QComboBox)
        assert isinstance(box, QComboBox)
        self._tab_to(box)
        self.driver.key(Qt.Key.Key_Home)
        for _ in range(box.count() + 1):
            if box.currentText().startswith(item):
                return
            self.driver.key(Qt.Key.Key_Down)
        raise AssertionError(f"{item!r} is not in the list {name!r}")

    def raise_figure(self, name: str) -> None:
        self._tab_to(self.named(name, Figure))
        self.driver.key(Qt.Key.Key_Up)

    def first_in_ranking(self, name: str) -> None:
        for _ in range(20):
            row = _row(self.window.page, name)
            if not row.up.isEnabled():
                return
            self._tab_to(row)
            self.driver.key(Qt.Key.Key_Up, ALT)

    def go_on(self) -> None:
        self.driver.go_on()

    def go(self, place: str) -> None:
        self.driver.shortcut(Qt.Key.Key_L, CTRL)
        titles = [each.title for each in self.window.places]
        away = titles.index(place) - next(n for n, each in enumerate(self.window.places) if each.id == self.window.here)
        for _ in range(abs(away)):
            self.driver.key(Qt.Key.Key_Down if away > 0 else Qt.Key.Key_Up)
        assert self.driver.focus.accessibleName().startswith(place)
        self.driver.key(Qt.Key.Key_Space)

    def main_button(self) -> None:
        text = self.window.footer.positive.text()
        self.driver.shortcut(Qt.Key[f"Key_{text[text.index('&') + 1].upper()}"], ALT)

    def undo(self) -> None:
        if isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            # There the key takes back what was typed into that field; in the list of steps it is the case's.
            self.driver.shortcut(Qt.Key.Key_L, CTRL)
        QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Z, CTRL)
        QApplication.processEvents()

    def save(self, path: Path) -> None:
        self.driver.name_file(path)
        self.driver.shortcut(Qt.Key.Key_S, CTRL)
        self.driver.until(path.exists)
        # With no window manager nobody else does this when a dialog closes.
        self.window.activateWindow()

    def set_report_folder(self, folder: Path) -> None:
        self.write("Folder for the report", str(folder))


class Mouse(Hand):
    """The left button and the wheel; the right one for what a field offers."""

    # --- the mouse itself -------------------------------------------------------------------------------------------

    def click(self, widget: QWidget, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Scrolls to a widget and clicks on it, or on whatever lies over it."""
        window, point = self._reach(widget)
        QTest.mouseMove(window, point)
        QTest.mouseClick(window, button, Qt.KeyboardModifier.NoModifier, point)
        QApplication.processEvents()

    def _reach(self, widget: QWidget) -> tuple[QWindow, QPoint]:
        """Scrolls to a widget; a point where it lies uncovered. What has just been shown takes its place first."""
        for _ in range(50):
            QApplication.processEvents()
            window, point = self._scroll_to(widget)
            hit = widget.window().childAt(point)
            if hit is widget or (hit is not None and widget.isAncestorOf(hit)):
                return window, point
        raise AssertionError(f"{widget.accessibleName()!r} is covered by {hit}")

    def _scroll_to(self, widget: QWidget) -> tuple[QWindow, QPoint]:
        top = widget.window()
        area = _area_around(widget)
        spot = widget.rect().center()
        if area is not None:
            view = area.viewport()
            for _ in range(300):
                where = QRect(widget.mapTo(view, QPoint()), widget.size())
                # The middle of a row that is higher than the view need not be reached, only some of it.
                seen = where.intersected(view.rect())
                if seen.height() >= min(where.height(), 24) and seen.width() > 0:
                    spot = widget.mapFrom(view, seen.center())
                    break
                self._turn(view, up=where.center().y() < view.rect().center().y())
            else:
                raise AssertionError(f"the wheel never brought {widget.accessibleName()!r} into view")
        window = top.windowHandle()
        assert window is not None
        return window, widget.mapTo(top, spot)

    def _turn(self, view: QWidget, *, up: bool) -> None:
        middle = QPointF(view.rect().center())
        turned = QPoint(0, 120 if up else -120)
        event = QWheelEvent(
            middle,
            QPointF(view.mapToGlobal(middle.toPoint())),
            QPoint(),
            turned,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view, event)
        QApplication.processEvents()

    def _click_action(self, menu: QMenu, text: str) -> None:
        def words(action: QAction) -> str:
            return action.text().split("\t")[0].replace("&", "")

        action = next(each for each in menu.actions() if words(each).startswith(text))
        window = menu.windowHandle()
        assert window is not None
        point = menu.actionGeometry(action).center()
        QTest.mouseMove(window, point)
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        QApplication.processEvents()

    def _menu_of(self, field: QWidget, text: str) -> None:
        self.click(field, Qt.MouseButton.RightButton)
        self.driver.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        self._click_action(cast("QMenu", QApplication.activePopupWidget()), text)

    # --- doing ------------------------------------------------------------------------------------------------------

    def use(self, control: QWidget) -> None:
        self.click(control)

    def choose(self, title: str, question: str = "") -> None:
        card = self._card(title, question)
        self.click(card)
        assert card.isChecked()

    def write(self, name: str, words: str) -> None:
        field = self.named(name, TEXTS)
        assert isinstance(field, QLineEdit | QPlainTextEdit)
        self.click(field)
        if field.text() if isinstance(field, QLineEdit) else field.toPlainText():
            self._menu_of(field, "Select All")
        QApplication.clipboard().setText(words)
        self._menu_of(field, "Paste")

    def pick(self, name: str, item: str) -> None:
        box = self.named(name, QComboBox)
        assert isinstance(box, QComboBox)
        self.click(box)
        view = box.view()
        self.driver.until(view.isVisible)
        place = next(number for number in range(box.count()) if box.itemText(number).startswith(item))
        self._click_item(view, view.model().index(place, 0))
        self.driver.until(lambda: not view.isVisible())
        assert box.currentText().startswith(item)

    def _click_item(self, view: QAbstractItemView, index: object) -> None:
        for _ in range(60):
            where = view.visualRect(index)  # type: ignore[arg-type]
            if view.viewport().rect().contains(where.center()):
                break
            self._turn(view.viewport(), up=where.center().y() < 0)
        point = QPoint(min(where.center().x(), where.left() + 30), where.center().y())
        # A press that opened a list must not choose from it: Qt waits until the pointer has moved.
        window = view.window().windowHandle()
        assert window is not None
        for at in (point - QPoint(0, 2), point):
            QTest.mouseMove(window, view.viewport().mapTo(view.window(), at))
        at = view.viewport().mapTo(view.window(), point)
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QApplication.processEvents()

    def raise_figure(self, name: str) -> None:
        field = self.named(name, Figure)
        assert isinstance(field, Figure)
        self._reach(field)
        window = field.window().windowHandle()
        assert window is not None
        point = field.mapTo(field.window(), field.more_at().center())
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        QApplication.processEvents()

    def first_in_ranking(self, name: str) -> None:
        row = _row(self.window.page, name)
        first = next(each for each in self.window.page.findChildren(RankRow) if _here(each) and not each.up.isEnabled())
        self._reach(first)
        window, _ = self._reach(row)
        # The row is taken where no button lies: at its number.
        start = row.mapTo(row.window(), QPoint(20, 16))
        end = first.mapTo(first.window(), QPoint(20, 2))
        QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        for part in range(1, 9):
            QTest.mouseMove(window, start + (end - start) * part / 8)
        QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
        QApplication.processEvents()

    def go_on(self) -> None:
        assert self.window.footer.positive.text() == "&Continue"
        self.main_button()

    def go(self, place: str) -> None:
        self.click(next(each for id_, each in self.window.steps.buttons.items() if _title(self, id_) == place))

    def main_button(self) -> None:
        self.click(self.window.footer.positive)

    def undo(self) -> None:
        self.click(self.window.header.undo)

    def save(self, path: Path) -> None:
        def reply(dialog: QDialog) -> None:
            assert isinstance(dialog, QFileDialog)
            field = dialog.findChild(QLineEdit, "fileNameEdit")
            assert field is not None
            assert field.text() == path.name, "the name on offer"
            self._accept(dialog)

        self.driver.when_modal(reply)
        self.click(self.window.header.save)
        self.driver.until(path.exists)

    def set_report_folder(self, folder: Path) -> None:
        self.write("Folder for the report", str(folder))

    def _accept(self, dialog: QFileDialog) -> None:
        buttons = dialog.findChild(QDialogButtonBox)
        assert buttons is not None
        role = QDialogButtonBox.ButtonRole.AcceptRole
        accept: Iterable[QAbstractButton] = (each for each in buttons.buttons() if buttons.buttonRole(each) is role)
        self.click(next(iter(accept)))


HANDS: tuple[type[Hand], ...] = (Keyboard, Mouse)


def tick(hand: Hand, *titles: str) -> None:
    """Ticks several things."""
    for title in titles:
        card = next(
            each for each in hand.window.page.findChildren(CheckCard) if each.title == title and each.isVisible()
        )
        assert not card.isChecked()
        hand.use(card)


def _here(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()


def _title(hand: Hand, place: str) -> str:
    return next(each.title for each in hand.window.places if each.id == place)


def _row(page: QWidget, name: str) -> RankRow:
    return next(each for each in page.findChildren(RankRow) if each.criterion.name == name and each.isVisible())


def _area_around(widget: QWidget) -> QScrollArea | None:
    above = widget
    while not above.isWindow() and (parent := above.parentWidget()) is not None:
        above = parent
        if isinstance(above, QScrollArea):
            return above
    return None
