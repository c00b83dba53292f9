"""Nothing is cut off at any size; colours can be read; everything can be pressed, named and reached."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from tests.ui.driving import Driver
from ui.places import START
from ui.theme import theme
from ui.tokens import COLOURS, TARGET, Colours
from ui.widgets.choice import CheckCard, RadioCard
from ui.widgets.fold import FoldButton
from ui.widgets.order import in_reading_order, is_stop
from ui.widgets.steps import StepButton
from ui.window import MainWindow

SIZES = [(1280, 720, 100), (1280, 720, 150), (1280, 720, 200), (1920, 1080, 200), (1024, 768, 100), (3840, 2160, 200)]
QUICK = [(1280, 720, 200), (1024, 768, 100)]
"""The two hardest, in `make test`; the others in `make verify`."""

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
PAINTED = (RadioCard, CheckCard, FoldButton, StepButton)


def all_places(window: MainWindow) -> Iterator[str]:
    """Goes to every place in turn."""
    for place in [START, *(place.id for place in window.places)]:
        window.go(place)
        yield place


def unfold(window: MainWindow) -> None:
    """Opens everything on the page that can be opened."""
    for fold in window.page.findChildren(FoldButton):
        if fold.isVisible() and not fold.isChecked():
            fold.setChecked(True)


def settle(driver: Driver) -> None:
    """Waits until everything has its place: lists inside lists get theirs a level at a time."""
    before: list[QSize] = []

    def still() -> bool:
        now = [widget.size() for widget in in_reading_order(driver.window.centralWidget())]
        same = now == before
        before[:] = now
        return same

    driver.until(still)


def cut_off(widget: QWidget) -> str:
    """What of a widget cannot be seen; empty if nothing."""
    name = (
        f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', lambda: '')()!r} {widget.size()}"
    )
    room = widget.size()
    if isinstance(widget, PAINTED):
        if widget.heightForWidth(room.width()) > room.height() + 1:
            return f"{name}: needs a height of {widget.heightForWidth(room.width())}"
        least = widget.minimumSizeHint()
        return f"{name}: needs a width of {least.width()}" if least.width() > room.width() else ""
    if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
        wanted = widget.sizeHint()
        if widget.wordWrap():
            least = widget.minimumSizeHint().width()
            wanted = QSize(min(least, room.width()), widget.heightForWidth(room.width()))
            if least > room.width() + 30:
                return f"{name}: its longest word needs {least}"
        if wanted.width() > room.width() + 1 or wanted.height() > room.height() + 1:
            return f"{name}: needs {wanted}"
    if isinstance(widget, QPushButton) and widget.sizeHint().width() > room.width() + 1:
        return f"{name}: needs {widget.sizeHint()}"
    return ""


@pytest.mark.parametrize(
    ("width", "height", "zoom"),
    [pytest.param(*size, marks=() if size in QUICK else pytest.mark.long) for size in SIZES],
)
def test_nothing_is_cut_off(example: Driver, width: int, height: int, zoom: int) -> None:
    window = example.window
    window.resize(width, height)
    theme().set_zoom(zoom)
    for place in all_places(window):
        unfold(window)
        settle(example)
        assert window.page.horizontalScrollBar().maximum() == 0, f"{place} scrolls sideways"
        for widget in in_reading_order(window.centralWidget()):
            assert not cut_off(widget), f"{place}: {cut_off(widget)}"
            inside = widget.parentWidget()
            if inside is not None and isinstance(widget, CONTROLS):
                assert widget.geometry().right() <= inside.width(), f"{place}: {widget} sticks out at the right"


def test_zoom_keys_change_the_size_of_everything_within_bounds(driver: Driver) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    heading = driver.window.page.heading
    before = heading.fontMetrics().height()
    for _ in range(12):
        driver.shortcut(Qt.Key.Key_Plus, ctrl)
    assert theme().zoom == 200
    assert heading.fontMetrics().height() >= 2 * before - 2
    for _ in range(12):
        driver.shortcut(Qt.Key.Key_Minus, ctrl)
    assert theme().zoom == 80
    driver.shortcut(Qt.Key.Key_0, ctrl)
    assert heading.fontMetrics().height() == before


def test_looks_can_be_chosen_and_reach_every_pixel(driver: Driver) -> None:
    for choice, look in (("dark", "dark"), ("contrast", "contrast-light"), ("system", "light"), ("light", "light")):
        driver.window.menus.looks[choice].trigger()  # type: ignore[index]
        assert theme().look == look
        paper = driver.window.page.widget().grab().toImage().pixelColor(2, 2).name()
        assert paper == COLOURS[look].paper  # type: ignore[index]


# --- access -----------------------------------------------------------------------------------------------------------


def test_every_control_has_a_name_and_is_large_enough(example: Driver) -> None:
    for place in all_places(example.window):
        unfold(example.window)
        settle(example)
        for widget in in_reading_order(example.window.centralWidget()):
            if isinstance(widget, CONTROLS):
                assert widget.accessibleName().strip(), f"{place}: {widget} has no name"
                assert widget.height() >= TARGET, f"{place}: {widget.accessibleName()} is {widget.height()} high"
                assert widget.width() >= TARGET, f"{place}: {widget.accessibleName()} is {widget.width()} wide"


def test_tab_stops_once_at_everything_in_reading_order_and_comes_round(example: Driver) -> None:
    for place in all_places(example.window):
        settle(example)
        expected = [each for each in in_reading_order(example.window.centralWidget()) if is_stop(each)]
        example.key(Qt.Key.Key_Tab)
        met = [example.focus]
        while True:
            example.key(Qt.Key.Key_Tab)
            if example.focus is met[0]:
                break
            met.append(example.focus)
            assert len(met) <= len(expected), f"{place}: the focus went astray at {example.focus}"
        first = expected.index(met[0])
        assert met == expected[first:] + expected[:first], place
        example.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert example.focus is met[-1], place


def test_no_two_things_in_view_have_the_same_letter(example: Driver) -> None:
    bar = {action.text()[action.text().index("&") + 1].lower() for action in example.window.menuBar().actions()}
    for place in all_places(example.window):
        taken = sorted(bar)
        for widget in in_reading_order(example.window.centralWidget()):
            if isinstance(widget, QPushButton) and not widget.shortcut().isEmpty():
                taken.append(widget.shortcut().toString()[-1].lower())
        assert len(taken) == len(set(taken)), f"{place}: {sorted(taken)}"


def test_every_key_is_used_once(example: Driver) -> None:
    actions = example.window.findChildren(QAction)
    keys = [sequence.toString() for action in actions for sequence in action.shortcuts()]
    assert len(keys) > 15
    assert len(keys) == len(set(keys)), sorted(keys)


# --- colours ----------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", COLOURS)
def test_text_can_be_read_and_edges_be_seen(look: str) -> None:
    c: Colours = COLOURS[look]  # type: ignore[index]
    texts = [
        (c.ink, c.paper), (c.ink, c.canvas), (c.ink, c.soft),
        (c.muted, c.paper), (c.muted, c.canvas), (c.muted, c.soft),
        (c.accent, c.paper), (c.accent, c.canvas), (c.accent, c.soft), (c.on_accent, c.accent),
        (c.caution, c.caution_soft), (c.closed, c.closed_soft), (c.muted, c.track),
    ]  # fmt: skip
    for ink, ground in texts:
        assert contrast(ink, ground) >= 4.5, (ink, ground)
    for edge, ground in [(c.edge, c.paper), (c.accent, c.paper), (c.accent, c.canvas), (c.by_design, c.paper)]:
        assert contrast(edge, ground) >= 3, (edge, ground)
