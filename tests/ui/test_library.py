"""Looking things up: the glossary narrows as one types, and the guidance book is made off the GUI thread."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from partnerwizard.deployment import Deployment
from tests.support import guidance
from tests.ui.driving import Driver
from ui.library import GlossaryDialog, GuidanceBook


def test_typing_narrows_the_glossary_to_what_holds_the_words(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = GlossaryDialog(parent, guidance())

    def shown() -> list[str]:
        items = [dialog.terms.item(row) for row in range(dialog.terms.count())]
        return [item.text() for item in items if not item.isHidden()]

    assert len(shown()) == len(guidance().glossary)
    QTest.keyClicks(dialog.search, "Merger")
    assert shown()
    assert all("merger" in each.casefold() for each in shown())
    assert len(shown()) < len(guidance().glossary)


def test_the_book_is_written_and_opened(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    parent = QObject()
    book = GuidanceBook(parent, Deployment(home=tmp_path))
    book.open()
    qtbot.waitUntil(lambda: bool(opened), timeout=30_000)
    assert Path(opened[0].toLocalFile()) == tmp_path / "cache" / "guidance-book.html"
    text = unescape((tmp_path / "cache" / "guidance-book.html").read_text(encoding="utf-8"))
    assert all(form.name in text for form in guidance().forms[:5])


def test_help_opens_the_user_guide(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    bar = driver.window.menuBar()
    help_ = next(each.menu() for each in bar.actions() if each.text() == "&Help")
    next(each for each in help_.actions() if "User guide" in each.text().replace("&", "")).trigger()
    driver.until(lambda: bool(opened))
    assert "An executive’s half hour" in Path(opened[0].toLocalFile()).read_text(encoding="utf-8")


def test_a_book_that_cannot_be_made_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QObject()
    (tmp_path / "a file").touch()
    book = GuidanceBook(parent, Deployment(home=tmp_path / "a file" / "folder"))
    with qtbot.waitSignal(book.failed, timeout=30_000) as told:
        book.open()
    assert "could not be written" in str(told.args[0])


def test_a_questions_hard_words_are_explained_on_hovering(driver: Driver) -> None:
    driver.window.cases.new()
    driver.window.go("trust")
    shown = [each.toolTip() for each in driver.window.findChildren(QWidget) if "Foundation trust" in each.toolTip()]
    assert shown
    assert shown[0] in {each.whatsThis() for each in driver.window.findChildren(QWidget)}
