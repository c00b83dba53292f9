"""What a reader can look things up in: guidance book and user guide in the browser, and the glossary with a search."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from partnerwizard.deployment import Deployment
from partnerwizard.files import write_whole
from partnerwizard.pack.load import load_pack_files
from partnerwizard.pack.model import Pack
from partnerwizard.resources import guidance_dir
from ui.jobs import Job
from ui.theme import theme


class InBrowser(QObject):
    """A page that is made off the GUI thread and opened in the browser."""

    failed = Signal(object)
    file_name: str
    """What the page is called among the files that can be made again."""

    def __init__(self, parent: QObject, here: Deployment) -> None:
        super().__init__(parent)
        self.here = here
        self.job: Job | None = None

    def text(self) -> str:
        """The page; called on a worker thread."""
        raise NotImplementedError

    def open(self) -> None:
        """Writes the page beside the program's other temporary files, then opens it."""
        if self.job is None:
            self.job = Job(self._write, self)
            self.job.finished.connect(self._done)
            self.job.start()

    def _write(self) -> Path:
        folder = self.here.folder("cache")
        with contextlib.suppress(OSError):  # writing into it says better what is wrong
            folder.mkdir(parents=True, exist_ok=True)
        path = folder / self.file_name
        write_whole(path, self.text().encode())
        return path

    def _done(self, job: Job) -> None:
        self.job = None
        if job.error is not None:
            self.failed.emit(job.error)
        elif job.result is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(job.result)))


class GuidanceBook(InBrowser):
    """The pack as a document for review."""

    file_name = "guidance-book.html"

    def text(self) -> str:
        from partnerwizard.book import render_book

        today = datetime.now(UTC).date()
        return render_book(load_pack_files(self.here.pack or guidance_dir()), today)


class UserGuide(InBrowser):
    """How the program is used, step by step."""

    file_name = "user-guide.html"

    def text(self) -> str:
        from partnerwizard.guide import render_guide

        return render_guide()


class GlossaryDialog(QDialog):
    """Every term with its meaning; typing narrows the list."""

    def __init__(self, parent: QWidget, pack: Pack) -> None:
        super().__init__(parent)
        self.setWindowTitle("Glossary")
        self.search = QLineEdit()
        self.search.setPlaceholderText("Type part of a word")
        self.search.setAccessibleName("Search the glossary")
        self.terms = QListWidget()
        self.terms.setAccessibleName("Terms and what they mean")
        self.terms.setWordWrap(True)
        self.terms.setTextElideMode(Qt.TextElideMode.ElideNone)
        for term in sorted(pack.glossary, key=lambda each: each.term.casefold()):
            self.terms.addItem(QListWidgetItem(f"{term.term}: {term.meaning}"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self.search, self.terms, buttons):
            column.addWidget(widget)
        self.search.textChanged.connect(self._narrow)
        self.resize(theme().px(640), theme().px(560))

    def _narrow(self, text: str) -> None:
        for row in range(self.terms.count()):
            item = self.terms.item(row)
            item.setHidden(text.casefold() not in item.text().casefold())
