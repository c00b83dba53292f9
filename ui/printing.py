"""Prints the report: its own pages, laid out off the GUI thread and put on paper one by one, so that it can stop."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QProgressDialog, QWidget

from partnerwizard.case.model import Case
from ui.jobs import Job
from ui.session import Session

FINENESS = 200
"""Dots an inch: sharp to read, and a page of it is drawn in a fraction of a second."""


class Printing(QObject):
    """One printing at a time: asks for the printer, lays out, draws page by page."""

    failed = Signal(object)
    printed = Signal(int)
    """All pages are with the printer; how many."""

    def __init__(self, owner: QWidget, session: Session) -> None:
        super().__init__(owner)
        self._owner = owner
        self._session = session
        self._job: Job | None = None
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None
        self._pages: list[bytes] = []
        self._next = 0
        self._progress: QProgressDialog | None = None
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._draw_one)

    @property
    def busy(self) -> bool:
        """Whether pages are still on their way."""
        return self._printer is not None

    def ask(self, length: str) -> None:
        """Asks for a printer, and prints."""
        if self.busy:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setDocName(self._session.case.title or "Partnering report")
        dialog = QPrintDialog(printer, self._owner)
        dialog.setWindowTitle("Print the report")
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if chosen:
            self.start(printer, length)

    def start(self, printer: QPrinter, length: str) -> None:
        """Prints the report in one of its lengths on a printer."""
        self._printer = printer
        self._progress = QProgressDialog("The pages are being laid out …", "Cancel", 0, 0, self._owner)
        self._progress.setWindowTitle("Printing")
        self._progress.canceled.connect(self.cancel)
        self._progress.show()
        self._job = Job(partial(self._lay_out, self._session.case, length), self)
        self._job.finished.connect(self._take)
        self._job.start()

    def _lay_out(self, case: Case, length: Any) -> list[bytes]:
        from partnerwizard.report.compose import compose
        from partnerwizard.report.pdf import render_pages

        report = compose(self._session.pack, case, self._session.appraisal_of(case), length)
        return render_pages(report, ppi=FINENESS)

    def _take(self, job: Job) -> None:
        if job is not self._job or self._printer is None:
            return
        self._job = None
        job.deleteLater()
        if job.error is not None:
            self._end()
            self.failed.emit(job.error)
            return
        pages: list[bytes] = job.result
        first, last = self._printer.fromPage(), self._printer.toPage()
        self._pages = pages[first - 1 : last] if first else pages
        self._printer.setFullPage(True)
        self._printer.setPageMargins(self._printer.pageLayout().minimumMargins(), QPageLayout.Unit.Point)
        self._painter = QPainter()
        if not self._painter.begin(self._printer):
            self._end()
            self.failed.emit(OSError("The printer cannot be written to. Choose another one, or print the PDF."))
            return
        self._next = 0
        if self._progress is not None:
            self._progress.setRange(0, len(self._pages))
        self._turn.start()

    def _draw_one(self) -> None:
        if self._printer is None or self._painter is None:
            return
        if self._next >= len(self._pages):
            count = len(self._pages)
            self._end()
            self.printed.emit(count)
            return
        if self._next:
            self._printer.newPage()
        if self._progress is not None:
            self._progress.setLabelText(f"Page {self._next + 1} of {len(self._pages)} …")
            self._progress.setValue(self._next)
        # Showing progress may let a press of Cancel through, and then there is nothing left to draw on.
        if self.busy:
            page = QImage.fromData(self._pages[self._next])
            self._painter.drawImage(QRectF(self._painter.viewport()), page)
            self._next += 1

    def cancel(self) -> None:
        """Stops after the page that is being drawn."""
        if self._printer is not None and self._painter is not None:
            self._printer.abort()
        self._end()

    def _end(self) -> None:
        self._turn.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._painter is not None and self._painter.isActive():
            self._painter.end()
        self._painter = self._printer = None
        self._pages = []
        if self._progress is not None:
            self._progress.canceled.disconnect(self.cancel)
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None
