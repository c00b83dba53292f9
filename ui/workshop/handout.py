"""What is handed out: ballots, the facilitator's guide, the page for the wall; written off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from partnerwizard.case.model import Case
from partnerwizard.files import FileProblem, NotWritten, write_whole
from partnerwizard.pack.model import Pack
from partnerwizard.report.words import counted
from partnerwizard.workshop.ballot import Ballot, ballots, required
from ui.jobs import Job
from ui.shell import Shell
from ui.tokens import NEAR, TIGHT
from ui.widgets.text import Text, button
from ui.workshop.parts import Said

Paper = Literal["page", "excel", "guide", "wall"]


class HandOut(QWidget):
    """Buttons for each kind of paper, and what came of it."""

    def __init__(self, parent: QWidget, shell: Shell) -> None:
        super().__init__(parent)
        self._shell = shell
        self._session = shell.session
        self._host = shell.workshop
        self._job: Job | None = None
        self._folder: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("To hand out", "section"))
        self.note = Text("", "muted")
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.pages = button("Ballots as web pages …", partial(self.ask, "page"), about="One file for each participant.")
        self.sheets = button("Ballots in Excel …", partial(self.ask, "excel"), about="One file for each participant.")
        for each in (self.pages, self.sheets):
            row.addWidget(each)
        row.addStretch(1)
        column.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.guide = button("Facilitator’s guide …", partial(self.ask, "guide"), about="A PDF to print.")
        self.wall = button("Page for the wall …", partial(self.ask, "wall"), about="A large PDF to print.")
        for each in (self.guide, self.wall):
            row.addWidget(each)
        row.addStretch(1)
        column.addLayout(row)
        self.said = Said()
        column.addWidget(self.said)
        self.folder = button("Open the folder", self._open_folder, "link")
        self.folder.hide()
        column.addWidget(self.folder)

    def refresh(self) -> None:
        """Ballots can be made once a round is open: each carries a secret of that round."""
        workshop = self._host.workshop
        running = workshop is not None and bool(workshop.rounds) and workshop.rounds[-1].state == "open"
        for each in (self.pages, self.sheets):
            each.setEnabled(running and self._job is None)
        for each in (self.guide, self.wall):
            each.setEnabled(workshop is not None and self._job is None)
        self.note.setText(
            "Give each person their own ballot and no other: the file holds a secret of theirs. The web page works "
            "offline, on a phone too; an Excel ballot comes back unsealed."
            if running
            else "Ballots are made once a round is open. The guide and the page for the wall can be made now."
        )

    def ask(self, paper: Paper) -> None:
        """Asks where to, and begins."""
        chosen = QFileDialog.getExistingDirectory(self, "Choose a folder", str(self._folder or Path.home()))
        if chosen:
            self.write(paper, Path(chosen))

    def write(self, paper: Paper, folder: Path) -> None:
        """Writes into a folder."""
        session, case = self._session, self._session.case
        if paper in {"page", "excel"}:
            try:
                asked = ballots(session.pack, case, required(case.workshop).rounds[-1])
                tokens = {each.participant: self._host.desk.token(case, each.participant) for each in asked}
            except FileProblem as problem:
                self.said.say(str(problem))
                return
            work: Callable[[], tuple[int, str]] = partial(_write_ballots, paper, asked, tokens, folder)
        else:
            work = partial(_write_paper, paper, session.pack, case, folder)
        self._folder = folder
        self.said.say("", "Being written …")
        self._job = Job(work, self)
        self._job.finished.connect(self._done)
        self._job.start()
        self.refresh()

    def _done(self, job: Job) -> None:
        self._job = None
        job.deleteLater()
        self.refresh()
        if job.error is not None:
            if not isinstance(job.error, FileProblem):
                raise job.error
            self.said.say(str(job.error))
            return
        number, what = job.result
        self.said.say("", f"{counted(number, what)} written to {self._folder}.")
        self.folder.show()
        self._shell.announce(self.said.text())

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _write_ballots(paper: Paper, asked: tuple[Ballot, ...], tokens: dict[str, bytes], folder: Path) -> tuple[int, str]:
    """On a worker thread."""
    from partnerwizard.report.room.page import render_ballot
    from partnerwizard.report.room.sheet import render_excel_ballot

    _make(folder)
    for each in asked:
        token = tokens[each.participant]
        stem = f"Ballot {each.code} round {each.round}"
        if paper == "page":
            write_whole(folder / f"{stem}.html", render_ballot(each, token).encode())
        else:
            write_whole(folder / f"{stem}.xlsx", render_excel_ballot(each, token))
    return len(asked), "ballot"


def _write_paper(paper: Paper, pack: Pack, case: Case, folder: Path) -> tuple[int, str]:
    """On a worker thread."""
    from partnerwizard.report.pdf import forget, render_pdf

    _make(folder)
    if paper == "guide":
        from partnerwizard.report.room.guide import guide

        write_whole(folder / "Facilitator’s guide.pdf", render_pdf(guide(pack, case)))
        forget()
        return 1, "guide"
    # The room's own page: the report's shows the result, which would sway people before they vote.
    from partnerwizard.report.room.wall import render_room_wall

    write_whole(folder / "Page for the wall.pdf", render_room_wall(pack, case))
    forget()
    return 1, "page"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(f"{folder}: the folder cannot be made ({error.strerror}). Choose another folder.") from None
