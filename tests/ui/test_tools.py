"""Copying, printing, the tour, help about itself, stillness, and what assistive technology is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton

from partnerwizard import __version__
from tests.ui.driving import PATIENCE, Driver
from ui import accessibility
from ui.about import About
from ui.copying import table_data
from ui.motion import motion
from ui.places import START
from ui.tour import SEEN, Tour
from ui.widgets.choice import CheckCard, RadioCard
from ui.widgets.fold import FoldButton
from ui.widgets.text import Text

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


# --- the clipboard ----------------------------------------------------------------------------------------------------


def test_the_picture_is_copied_as_png_and_svg(example: Driver) -> None:
    example.shortcut(Qt.Key.Key_P, CTRL_SHIFT)
    data = QApplication.clipboard().mimeData()
    picture = QImage.fromData(data.data("image/png"))
    assert picture.width() > 1000
    assert picture.pixelColor(2, 2).name() == "#ffffff"
    assert QSvgRenderer(data.data("image/svg+xml")).isValid()
    assert data.hasImage()


def test_the_figures_are_copied_as_a_table_for_word_and_excel(example: Driver) -> None:
    example.shortcut(Qt.Key.Key_C, CTRL_SHIFT)
    data = QApplication.clipboard().mimeData()
    header, first, *_ = [line.split("\t") for line in data.text().splitlines()]
    appraisal = example.window.session.appraisal
    assert appraisal is not None
    best = min((each for each in appraisal.options if each.rank is not None), key=lambda each: each.rank or 0)
    assert best.value is not None
    assert header[0] == "Option"
    assert first[0] == best.name
    assert float(first[2]) == pytest.approx(best.value.likely - appraisal.reference.value.likely, abs=0.51)
    assert len(data.text().splitlines()) == len(appraisal.options) + 1
    assert f"<td>{best.name}</td>" in data.html()
    assert "<th>Option</th>" in data.html()


def test_a_spreadsheet_takes_no_copied_name_for_a_formula() -> None:
    data = table_data([("Name", "Points"), ("=1+1\tx", "−4"), ("@cmd <b>", "+7")])
    assert data.text().splitlines()[1:] == ["'=1+1 x\t-4", "'@cmd <b>\t+7"]
    assert "&lt;b&gt;" in data.html()


# --- paper ------------------------------------------------------------------------------------------------------------


def test_the_report_is_printed_page_by_page(example: Driver, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    counts: list[int] = []
    printing = example.window.tools.printing
    printing.printed.connect(counts.append)
    printing.start(printer, "summary")
    example.until(lambda: bool(counts))
    assert counts[0] >= 1
    assert not printing.busy
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")


def test_printing_can_be_cancelled_and_begun_again(example: Driver, tmp_path: Path) -> None:
    printing = example.window.tools.printing
    for number in range(2):
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"{number}.pdf"))
        printing.start(printer, "summary")
        assert printing.busy
        printing.cancel()
        assert not printing.busy
    example.qtbot.wait(10)


# --- help -------------------------------------------------------------------------------------------------------------


def test_about_says_versions_dates_and_licences_and_no_folder_unless_asked(driver: Driver, tmp_path: Path) -> None:
    log = tmp_path / "log" / "window.log"
    about = About(driver.window, driver.window.session.pack, log)
    driver.qtbot.addWidget(about)
    about.show()
    shown = " ".join(label.text() for label in about.findChildren(Text))
    head = driver.window.session.pack.head
    for words in (__version__, head.version, "MIT licence", "LGPL", "Open Font License"):
        assert words in shown
    assert str(tmp_path) not in shown
    about.copy.click()
    copied = QApplication.clipboard().text()
    assert __version__ in copied
    assert head.version in copied
    assert str(tmp_path) not in copied
    about.with_folders.click()
    about.copy.click()
    assert str(log) in QApplication.clipboard().text()


def test_the_tour_is_offered_goes_through_the_window_and_can_be_ended(driver: Driver) -> None:
    window = driver.window
    assert "First time here" in window.page.tour.text()  # type: ignore[attr-defined]
    seen: list[str] = []

    def take(tour: object) -> None:
        assert isinstance(tour, Tour)
        while tour.on.text() != "&Done":
            seen.append(f"{window.here}: {tour.heading.text()}")
            tour.on.click()
        tour.on.click()

    driver.when_modal(take)
    driver.press("Take the tour")
    assert [each.split(":")[0] for each in seen] == ["problem"] * 4 + ["result"]
    assert window.settings.text(SEEN, "") == "yes"
    window.go(START)
    assert "First time" not in window.page.tour.text()  # type: ignore[attr-defined]


def test_changes_can_be_shown_without_movement(example: Driver) -> None:
    window = example.window
    window.tools.set_motion(False)
    try:
        assert motion().still
        assert window.settings.text("motion", "") == "still"
    finally:
        window.tools.set_motion(True)


# --- assistive technology ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def _told() -> None:
    accessibility.install()


@pytest.mark.usefixtures("_told")
def test_a_switch_turned_by_a_screen_reader_is_pressed(driver: Driver) -> None:
    """The toolkit's own action turns it over without pressing it, and the answer was not recorded."""
    for kind, role in ((RadioCard, QAccessible.Role.RadioButton), (CheckCard, QAccessible.Role.CheckBox)):
        card = kind("An answer", "What it means")
        driver.qtbot.addWidget(card)
        pressed: list[bool] = []
        card.clicked.connect(lambda on, pressed=pressed: pressed.append(on))
        told = QAccessible.queryAccessibleInterface(card)
        assert told.role() == role
        assert told.text(QAccessible.Text.Name) == "An answer"
        assert told.text(QAccessible.Text.Description) == "What it means"
        told.actionInterface().doAction(told.actionInterface().actionNames()[0])
        assert pressed == [True]
        assert told.state().checked


@pytest.mark.usefixtures("_told")
def test_headings_and_lines_that_unfold_say_what_they_are(driver: Driver) -> None:
    title = Text("First", "title")
    fold = FoldButton("Question")
    plain = Text("Words")
    for each in (title, fold, plain):
        driver.qtbot.addWidget(each)
    heading = QAccessible.queryAccessibleInterface(title)
    assert heading.role() == QAccessible.Role.Heading
    title.setText("Second")
    assert heading.text(QAccessible.Text.Name) == "Second"
    assert QAccessible.queryAccessibleInterface(plain).role() == QAccessible.Role.StaticText
    unfolding = QAccessible.queryAccessibleInterface(fold)
    assert unfolding.state().collapsed
    unfolding.actionInterface().doAction(unfolding.actionInterface().pressAction())
    assert fold.isChecked()
    assert unfolding.state().expanded


@pytest.mark.usefixtures("_told")
def test_ordinary_buttons_keep_the_toolkits_own_ways(driver: Driver) -> None:
    for each, role in ((QPushButton("Do"), QAccessible.Role.Button), (QCheckBox("On"), QAccessible.Role.CheckBox)):
        driver.qtbot.addWidget(each)
        told = QAccessible.queryAccessibleInterface(each)
        assert told.role() == role
        assert told.text(QAccessible.Text.Name) in {"Do", "On"}


def test_printing_ends_with_its_window(example: Driver, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    example.window.tools.printing.start(printer, "summary")
    assert example.window.close()
    assert not example.window.tools.printing.busy
    QThreadPool.globalInstance().waitForDone(PATIENCE)
    QApplication.processEvents()
