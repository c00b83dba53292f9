"""The organisation's own templates for the web page: a folder, tried on the open case when it is chosen."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from partnerwizard.case.model import Case
from partnerwizard.files import FileProblem
from ui.jobs import Job
from ui.pages.paper import Fold
from ui.session import Session
from ui.settings import Settings
from ui.tokens import TIGHT
from ui.widgets.text import Text, button

KEY = "templates"


class OwnTemplatesFields(Fold):
    """Which templates the web page is made with; remembered for this computer, not for the case."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__(session, "Templates of your own")
        self._settings = settings
        self.job: Job | None = None

    def build(self) -> None:
        self.column.addWidget(
            Text(
                "A folder with templates of your organisation for the web page. PDF, Word and Excel keep their look.",
                "small",
            )
        )
        self.state = Text("", "small-ink")
        self.fault = Text("", "fault")
        self.fault.hide()
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.choose = button("Choose a folder …", self._choose, "small", name="Choose a folder of templates")
        self.own = button("Use the program’s own", self._drop, "small")
        row.addWidget(self.choose)
        row.addWidget(self.own)
        row.addStretch(1)
        self.column.addWidget(self.state)
        self.column.addWidget(self.fault)
        self.column.addLayout(row)

    @property
    def folder(self) -> Path | None:
        """The folder in use; None for the program's own templates."""
        if self._locked:
            return self._settings.here.templates
        chosen = self._settings.text(KEY, "")
        return Path(chosen) if chosen else self._settings.here.templates

    @property
    def _locked(self) -> str | None:
        return self._settings.here.lock(KEY)

    def show_fields(self) -> None:
        folder, locked = self.folder, self._locked
        self.own.setVisible(not locked and bool(self._settings.text(KEY, "")))
        self.choose.setEnabled(not locked and self.job is None)
        words = str(folder) if folder is not None else "The program’s own are used."
        self.state.setText(f"{words} {locked} has fixed this for this computer." if locked else words)

    def show_line(self) -> None:
        folder = self.folder
        self.show_summary(folder.name if folder is not None else "The program’s own.", given=folder is not None)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder with templates of your own", str(Path.home()))
        if chosen and self.job is None:
            self.fault.hide()
            self.state.setText("Trying it on this case …")
            self.job = Job(partial(self._try, Path(chosen), self.session.case), self)
            self.job.finished.connect(self._take)
            self.job.start()

    def _try(self, folder: Path, case: Case) -> Path:
        from partnerwizard.report.compose import compose
        from partnerwizard.report.own.folder import load
        from partnerwizard.report.own.render import render_with

        page = render_with(compose(self.session.pack, case, self.session.appraisal_of(case), "full"), load(folder))
        if page.problem is not None:
            raise FileProblem(str(page.problem))
        return folder

    def _take(self, job: Job) -> None:
        self.job = None
        job.deleteLater()
        if isinstance(job.error, FileProblem):
            self.fault.setText(f"{job.error} The templates in use stay as they were.")
            self.fault.show()
        elif job.error is not None:
            raise job.error
        else:
            self._settings.set_text(KEY, str(job.result))
        self.refresh()

    def _drop(self) -> None:
        self._settings.set_text(KEY, "")
        self.fault.hide()
        self.refresh()
        self.choose.setFocus()
