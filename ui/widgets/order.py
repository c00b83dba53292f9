"""Tab order is reading order: worked out from the layouts at each press, so that it cannot go stale."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QRadioButton, QScrollArea, QStackedWidget, QWidget


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """The widget and what is visible in it, as laid out."""
    if widget.isHidden():
        return
    yield widget
    if isinstance(widget, QScrollArea):
        if (inside := widget.widget()) is not None:
            yield from in_reading_order(inside)
    elif isinstance(widget, QStackedWidget):
        if (page := widget.currentWidget()) is not None:
            yield from in_reading_order(page)
    elif (layout := widget.layout()) is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield from in_reading_order(widget)
        elif inner is not None:
            yield from _in_layout(inner)


def is_stop(widget: QWidget) -> bool:
    """Whether Tab stops here. A group of radio buttons is one stop: the one chosen, else the first."""
    if not widget.isEnabled():
        return False
    if isinstance(widget, QRadioButton) and (group := widget.group()) is not None:
        # Not by the policy: Qt takes it from the others once one is chosen, and does not give it back.
        shown = [each for each in group.buttons() if each.isVisible()]
        return widget is (group.checkedButton() or shown[0])
    return widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus


def next_stop(root: QWidget, held: QWidget | None, *, forward: bool) -> QWidget | None:
    """Where Tab, or Shift+Tab, goes from the widget that has the focus; round again at the end."""
    order = list(in_reading_order(root))
    if not forward:
        order.reverse()
    start = 0
    while held is not None and held not in order:
        held = held.parentWidget()
    if held is not None:
        start = order.index(held) + 1
    group = held.group() if isinstance(held, QRadioButton) else None
    for each in [*order[start:], *order[:start]]:
        same_group = group is not None and isinstance(each, QRadioButton) and each.group() is group
        if is_stop(each) and not same_group:
            return each
    return None


def focus_by_key(widget: QWidget) -> None:
    """Moves the focus as a key does: what has it is scrolled into view."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if isinstance(above, QScrollArea):
        above.ensureWidgetVisible(widget, 0, 24)
