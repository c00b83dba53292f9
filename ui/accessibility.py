"""What the toolkit's own accessibility does not tell: headings, pictures, and buttons that are really pressed."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QRadioButton, QWidget

from ui.widgets.bars import Bars
from ui.widgets.chart import ChartView
from ui.widgets.fold import FoldButton
from ui.widgets.text import Text

HEADINGS = {"title", "section"}

_kept: dict[int, QAccessibleInterface] = {}
"""Interfaces made here, by their widget: the toolkit holds them, but not what Python adds to them."""


class _Heading(QAccessibleWidget):
    """A label that begins a page or a section; screen readers jump from one to the next."""

    def __init__(self, label: Text) -> None:
        super().__init__(label, QAccessible.Role.Heading)
        self._label = label

    def text(self, kind: QAccessible.Text) -> str:
        """Its name is what it says at the moment."""
        if kind is QAccessible.Text.Name:
            return self._label.accessibleName() or self._label.text()
        return super().text(kind)


class _Drawn(QAccessibleWidget):
    """A picture with its words; what it is drawn with is nothing to a reader."""

    def __init__(self, picture: QWidget) -> None:
        super().__init__(picture, QAccessible.Role.Graphic)

    def childCount(self) -> int:
        """None."""
        return 0


class _Switch(QAccessibleWidget):
    """A button that is on or off.

    The toolkit's own lets assistive technology turn it over without pressing it, so that nothing is recorded.
    """

    def __init__(self, button: QAbstractButton) -> None:
        role = QAccessible.Role.RadioButton if isinstance(button, QRadioButton) else QAccessible.Role.CheckBox
        super().__init__(button, QAccessible.Role.Button if isinstance(button, FoldButton) else role)
        self._button = button

    def text(self, kind: QAccessible.Text) -> str:
        """What it says, where it has no other name."""
        return super().text(kind) or (self._button.text().replace("&", "") if kind is QAccessible.Text.Name else "")

    def state(self) -> QAccessible.State:
        """On or off; a line that unfolds is open or closed."""
        state = super().state()
        on = self._button.isChecked()
        if isinstance(self._button, FoldButton):
            state.expandable, state.expanded, state.collapsed = 1, int(on), int(not on)
        else:
            state.checkable, state.checked = 1, int(on)
        return state

    def actionNames(self) -> list[str]:
        """Pressing, and taking the focus."""
        pressing = self.pressAction() if isinstance(self._button, FoldButton) else self.toggleAction()
        return [pressing, self.setFocusAction()] if self._button.isEnabled() else []

    def doAction(self, name: str) -> None:
        """Presses the button, as a click does."""
        if name in {self.pressAction(), self.toggleAction()}:
            self._button.click()
        else:
            super().doAction(name)


def install() -> None:
    """From here on widgets are told to screen readers with these roles."""
    QAccessible.installFactory(_interface)


def _interface(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    made: QAccessibleInterface | None = None
    if isinstance(thing, Text) and thing.property("role") in HEADINGS:
        made = _Heading(thing)
    elif isinstance(thing, ChartView | Bars):
        made = _Drawn(thing)
    elif isinstance(thing, QAbstractButton) and thing.isCheckable():
        made = _Switch(thing)
    if made is not None:
        key = id(thing)
        _kept[key] = made
        thing.destroyed.connect(lambda: _kept.pop(key, None))
    return made
