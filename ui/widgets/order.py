"""Tab order as reading order: the order of the layouts, whatever order the widgets were made in."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """The widget and what is in it, as laid out."""
    yield widget
    if isinstance(widget, QScrollArea) and (inside := widget.widget()) is not None:
        yield from in_reading_order(inside)
        return
    if isinstance(widget, QStackedWidget | QSplitter):
        for index in range(widget.count()):
            if (page := widget.widget(index)) is not None:
                yield from in_reading_order(page)
        return
    layout = widget.layout()
    if layout is not None:
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


def focus_by_key(widget: QWidget) -> None:
    """Moves the focus as a key does: what has it is scrolled into view."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if isinstance(above, QScrollArea):
        above.ensureWidgetVisible(widget, 0, 24)


def set_reading_order(widget: QWidget) -> None:
    """Makes Tab go through everything in reading order."""
    before: QWidget | None = None
    for each in in_reading_order(widget):
        if each.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if before is not None:
            QWidget.setTabOrder(before, each)
        before = each
