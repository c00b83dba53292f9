"""The report: its pages as they will be printed, what to write and where, and writing it off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from partnerwizard.files import FileProblem, NotWritten, write_whole
from partnerwizard.report.words import listed
from ui.jobs import Job
from ui.pages.own_templates import OwnTemplatesFields
from ui.pages.page import Page
from ui.pages.paper import FrontSheetFields, LookFields, PlanStart
from ui.session import Session
from ui.shell import Footer, Shell
from ui.theme import theme
from ui.tokens import GAP, GROUP, HAIR, NEAR, TIGHT
from ui.widgets.choice import CheckCard, RadioCard
from ui.widgets.text import Text, button

WALL = "wall"
"""The page for the wall: a PDF beside the report, not a format of it."""

REST = 350
"""Milliseconds without a change before the preview is laid out again."""

PAPER = 1.4142
"""Height of an A4 page by its width."""


@dataclass
class Order:
    """What to write: formats and length, into which folder and under what name, the web page with which templates.

    `written`, `notes`: what came of it; a note says why the organisation's own templates were not used.
    """

    case: Case
    formats: tuple[str, ...]
    length: Any
    folder: Path
    stem: str
    templates: Path | None = None
    written: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Exporter(QObject):
    """Writes reports on a worker thread, one format after another; each file is whole or not there."""

    progress = Signal(object, object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.job: Job | None = None

    def start(self, order: Order) -> Job:
        """Begins; the job's result is the order with what was written."""
        self.job = Job(partial(self._write, order), self)
        return self.job

    def cancel(self) -> None:
        """Stops before the next file."""
        if self.job is not None:
            self.job.cancel()

    def _write(self, order: Order) -> Order:
        from partnerwizard.report.export import render
        from partnerwizard.report.pdf import forget

        job = self.job
        appraisal = self.session.appraisal_of(order.case)
        try:
            order.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotWritten(
                f"{order.folder}: the folder cannot be made ({error.strerror}). Choose another folder."
            ) from None
        for number, each in enumerate(order.formats):
            self.progress.emit(number, each)
            if each == WALL:
                data = self._wall(order.case, appraisal)
            elif each == "html" and order.templates is not None:
                data = self._own(order, order.templates, appraisal, job)
            else:
                data = render(each, self.session.pack, order.case, appraisal, order.length)
            if job is not None and job.cancelled:
                return order
            target = order.folder / file_name(order.stem, each)
            write_whole(target, data)
            order.written.append(target)
        forget()
        return order

    def _own(self, order: Order, folder: Path, appraisal: Appraisal, job: Job | None) -> bytes:
        """The web page by the organisation's templates; where they do not work, by the program's own and a note why."""
        from partnerwizard.report.compose import compose
        from partnerwizard.report.html import render_html
        from partnerwizard.report.own.folder import load
        from partnerwizard.report.own.render import USED_INSTEAD, Cancelled, render_with

        report = compose(self.session.pack, order.case, appraisal, order.length)
        try:
            page = render_with(report, load(folder), lambda: job is not None and job.cancelled)
        except Cancelled:
            return b""
        except FileProblem as problem:
            order.notes.append(f"{problem} {USED_INSTEAD}")
            return render_html(report).encode()
        if page.problem is not None:
            order.notes.append(f"{page.problem} {USED_INSTEAD}")
        return page.html.encode()

    def _wall(self, case: Case, appraisal: Appraisal) -> bytes:
        from partnerwizard.report.wall import render_wall

        return render_wall(self.session.pack, case, appraisal)


def file_name(stem: str, kind: str) -> str:
    """The name of the file of one kind."""
    return f"{stem}-wall.pdf" if kind == WALL else f"{stem}.{kind}"


class ReportPage(Page):
    """Preview at the left, what to write at the right."""

    widest = 1080
    whole_width = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Report")
        self.column.addWidget(self.heading)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GROUP)
        self._grid.setVerticalSpacing(GAP)
        self.preview = Preview(self.session)
        self.order_box = self._make_order()
        self._wide: bool | None = None
        self.column.addLayout(self._grid)
        self.exporter = Exporter(self.session, self)
        self.exporter.progress.connect(self._advance)
        self._arrange(wide=True)

    # --- what to write --------------------------------------------------------------------------------------------

    def _make_order(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("What to write", "section"))
        self.formats = {
            "html": CheckCard("Web page (HTML)", "One file that opens in any browser, also on a phone."),
            "pdf": CheckCard("Document (PDF)", "For the board pack; can be printed and archived."),
            "docx": CheckCard("Word", "For whoever puts the board paper together; can be edited."),
            "xlsx": CheckCard("Excel", "Ratings, weights and scores with formulas that can be followed."),
            WALL: CheckCard("Page for the wall (PDF, A3)", "The answer in a few large words, for a workshop."),
        }
        for kind, card in self.formats.items():
            card.setChecked(kind in {"html", "pdf"})
            card.toggled.connect(self._name_files)
            column.addWidget(card)
        column.addSpacing(NEAR)
        column.addWidget(Text("How long", "section"))
        self.lengths = {
            "full": RadioCard("Full report", "With the evidence, every form, and how it was worked out."),
            "summary": RadioCard("Summary", "The first page and the essentials."),
        }
        group = QButtonGroup(box)
        for length in self.lengths.values():
            group.addButton(length)
            column.addWidget(length)
            length.clicked.connect(self._show_length)
        self.lengths["full"].setChecked(True)
        column.addSpacing(NEAR)
        column.addWidget(Text("About the paper", "section"))
        self.front = FrontSheetFields(self.session)
        self.start = PlanStart(self.session)
        self.look = LookFields(self.session)
        self.templates = OwnTemplatesFields(self.session, self.shell.settings)
        for part in (self.front, self.start, self.look, self.templates):
            column.addWidget(part)
        column.addSpacing(NEAR)
        column.addWidget(Text("Where", "section"))
        self.folder = QLineEdit()
        self.folder.setAccessibleName("Folder for the report")
        self.folder.setText(str(self._usual_folder()))
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        row.addWidget(self.folder, 1)
        row.addWidget(button("Choose …", self._choose_folder, "secondary", name="Choose a folder"))
        column.addLayout(row)
        self.names = Text("", "small")
        column.addWidget(self.names)
        column.addSpacing(TIGHT)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of writing the report")
        self.state = Text("", "small-ink")
        self.cancel = button("Cancel", self._cancel, "small", name="Cancel writing the report")
        self.show_folder = button("Open the folder", self._open_folder, "secondary")
        for each in (self.bar, self.state):
            column.addWidget(each)
        below = QHBoxLayout()
        below.addWidget(self.cancel)
        below.addWidget(self.show_folder)
        below.addStretch(1)
        column.addLayout(below)
        column.addStretch(1)
        for hidden in (self.bar, self.state, self.cancel, self.show_folder):
            hidden.hide()
        self.folder.textChanged.connect(self._name_files)
        return box

    @property
    def length(self) -> str:
        """The chosen length."""
        return next(key for key, card in self.lengths.items() if card.isChecked())

    @property
    def chosen_formats(self) -> tuple[str, ...]:
        """The formats that are ticked."""
        return tuple(key for key, card in self.formats.items() if card.isChecked())

    def _show_length(self) -> None:
        self.preview.show_length(self.length)

    def _usual_folder(self) -> Path:
        path = self.session.path
        return path.parent if path is not None else Path.home()

    def _stem(self) -> str:
        path = self.session.path
        if path is not None:
            return path.stem
        words = "".join(each if each.isalnum() else "-" for each in self.session.case.title.lower())
        return "-".join(part for part in words.split("-") if part)[:60] or "partnering-report"

    def _name_files(self) -> None:
        names = listed([file_name(self._stem(), each) for each in self.chosen_formats])
        self.names.setText(
            f"Writes {names}. A file of that name is replaced." if names else "Tick at least one format."
        )

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for the report", self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text()))

    # --- showing --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange(wide=self.viewport().width() >= theme().px(820))

    def _arrange(self, *, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        for each in (self.preview, self.order_box):
            self._grid.removeWidget(each)
        self._grid.addWidget(self.preview, 0, 0)
        self._grid.addWidget(self.order_box, 0 if wide else 1, 1 if wide else 0)
        self._grid.setColumnStretch(0, 60)
        self._grid.setColumnStretch(1, 40 if wide else 0)

    def refresh(self) -> None:
        for part in (self.front, self.start, self.look, self.templates):
            part.refresh()
        self.preview.show_length(self.length)
        self._name_files()

    def footer(self) -> Footer:
        """Write the report."""
        return Footer("&Write the report", self.write)

    # --- writing --------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Writes what is ticked."""
        if self.exporter.job is not None:
            self._say("A report is being written already. Wait until it is done, or cancel it.")
            return
        folder = self.folder.text().strip()
        for part in (self.front, self.start):
            if part.body is not None:
                part.day.check()
        problem = self.front.problem() or self.start.problem()
        if not self.chosen_formats or not folder:
            problem = "Tick at least one format and name a folder."
        if problem:
            self._say(problem)
            self.ensureWidgetVisible(self.state, 0, 40)
            self.shell.announce(problem)
            return
        order = Order(
            self.session.case,
            self.chosen_formats,
            self.length,
            Path(folder).expanduser(),
            self._stem(),
            self.templates.folder,
        )
        self.bar.setRange(0, len(order.formats))
        self.bar.setValue(0)
        self.bar.show()
        self.cancel.show()
        self.show_folder.hide()
        self._say("Writing …")
        job = self.exporter.start(order)
        job.finished.connect(self._finish)
        job.start()

    def _advance(self, number: int, format_name: str) -> None:
        if self.exporter.job is not None:
            self.bar.setValue(number)
            what = "the page for the wall" if format_name == WALL else format_name.upper()
            self._say(f"Writing {what}, {number + 1} of {self.bar.maximum()} …")

    def _cancel(self) -> None:
        self.exporter.cancel()
        self.exporter.job = None
        self.bar.hide()
        self.cancel.hide()
        self._say("Cancelled. What was written before that is whole.")

    def _finish(self, job: Job) -> None:
        if job is not self.exporter.job:
            return
        self.exporter.job = None
        self.bar.hide()
        self.cancel.hide()
        job.deleteLater()
        if job.error is None:
            written = job.result.written
            self._say(" ".join(["Written: " + ", ".join(path.name for path in written) + ".", *job.result.notes]))
            self.show_folder.show()
            self.shell.announce("The report is written.")
        elif isinstance(job.error, FileProblem):
            self._say(str(job.error))
            self.shell.tell_problem("The report could not be written", str(job.error))
        else:
            self._say("The report could not be made. The reason was shown, and is in the log.")
            raise job.error

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.state.show()


class Preview(QWidget):
    """The pages of the PDF, the first one first; made on a worker thread."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._length = "full"
        self._shown: tuple[Case, str] | None = None
        self._pages: list[bytes] = []
        self._all = False
        self._page = 0
        self._job: Job | None = None
        self._pause = QTimer(self, singleShot=True, interval=REST)
        self._pause.timeout.connect(self._lay_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        row = QHBoxLayout()
        self.back = button("‹", partial(self._turn, -1), "small", name="Page before")
        self.on = button("›", partial(self._turn, 1), "small", name="Next page")
        self.place = QLabel("")
        self.place.setProperty("role", "small")
        row.addWidget(Text("Preview", "section"), 1)
        for each in (self.back, self.place, self.on):
            row.addWidget(each)
        column.addLayout(row)
        self.paper = QLabel()
        self.paper.setProperty("role", "page")
        self.paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.paper.setMinimumWidth(240)
        self.paper.setWordWrap(True)
        self.paper.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.paper.setMinimumHeight(160)
        column.addWidget(self.paper)
        column.addSpacing(HAIR)
        column.addStretch(1)
        self._show_page()

    def show_length(self, length: str) -> None:
        """Makes the preview anew if the case or the length is another."""
        self._length = length
        wanted = (self.session.case, length)
        if wanted == self._shown:
            return
        self._shown = wanted
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._pages:
            # The pages before stay in view until the new ones are there; typing does not make each letter a layout.
            self._pause.start()
        else:
            self.paper.setText("The pages are being laid out …")
            self._lay_out()

    def _lay_out(self) -> None:
        """Where nothing is shown yet the first page alone, which is there at once; then all of them."""
        self._render(first=not self._pages)

    def _render(self, *, first: bool) -> None:
        if self._shown is None:
            return
        self._all = not first
        self._job = Job(partial(self._pages_of, *self._shown, 1 if first else None), self)
        self._job.finished.connect(self._take)
        self._job.start()

    def _pages_of(self, case: Case, length: Any, last: int | None) -> list[bytes]:
        from partnerwizard.report.compose import compose
        from partnerwizard.report.pdf import forget, render_pages

        pages = render_pages(compose(self.session.pack, case, self.session.appraisal_of(case), length), last=last)
        if last is None:
            forget()
        return pages

    def _take(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        job.deleteLater()
        if job.error is not None:
            self._shown = None
            self.paper.setText("The preview could not be made. The reason was shown, and is in the log.")
            raise job.error
        self._pages = job.result
        if len(self._pages) == 1 and not self._all:
            self._render(first=False)
        self._turn(0)

    def _turn(self, by: int) -> None:
        self._page = max(0, min(len(self._pages) - 1, self._page + by))
        self._show_page()

    def _show_page(self) -> None:
        count = len(self._pages)
        of = f"of {count}" if self._job is None else "– the others are being laid out"
        self.place.setText(f"Page {self._page + 1} {of}" if count else "")
        self.paper.setAccessibleName(f"Preview of page {self._page + 1} {of}" if count else "Preview")
        self.back.setEnabled(self._page > 0)
        self.on.setEnabled(self._page < count - 1)
        if count:
            picture = QPixmap()
            picture.loadFromData(self._pages[self._page])
            ratio = self.devicePixelRatioF()
            width = max(240, self.paper.width() - 2)
            scaled = picture.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
            scaled.setDevicePixelRatio(ratio)
            self.paper.setPixmap(scaled)
            self.paper.setFixedHeight(round(width * PAPER) + 2)

    def resizeEvent(self, event: object) -> None:
        """Another width is another scale."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._show_page()
