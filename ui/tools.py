"""What can be done with the answer besides reading it: show it to a room, print it, copy it; and help about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from partnerwizard.files import FileProblem
from ui.motion import motion
from ui.presentation.host import Presenting

if TYPE_CHECKING:
    from partnerwizard.report.view import View
    from ui.presentation.slide import Slide
    from ui.printing import Printing
    from ui.window import MainWindow


class Tools:
    """The window's menu entries of this kind. Each loads what it needs on first use."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session
        self.presenting = Presenting(window, window.session, self._answer_slides)
        window.session.appraised.connect(self.presenting.follow)
        host = window.workshop
        self.room = Presenting(window, window.session, host.slides, lambda: host.minutes)
        host.findings.connect(self.room.follow)
        window.session.changed.connect(self.room.follow)
        self._printing: Printing | None = None

    def end(self) -> None:
        """The window closes: nothing stays on another screen, and no page is drawn any more."""
        for each in (self.presenting, self.room):
            each.end()
        if self._printing is not None:
            self._printing.cancel()

    # --- a room ---------------------------------------------------------------------------------------------------

    def present(self) -> None:
        """Shows the answer on a whole screen."""
        if self._session.appraisal is None:
            self._window.announce("There is no answer to present yet.")
        self.presenting.begin()

    def _answer_slides(self) -> tuple[Slide, ...]:
        # The report's modules are loaded on first use.
        from ui.presentation.public import public_slides

        session = self._session
        if session.appraisal is None:
            return ()
        return public_slides(session.pack, session.case, session.appraisal)

    def project(self) -> None:
        """Shows the workshop on a whole screen."""
        self.room.begin()
        if self.room.shown is None:
            self._window.announce("There is nothing to show to the room yet. Open a round first.")

    # --- paper ----------------------------------------------------------------------------------------------------

    @property
    def printing(self) -> Printing:
        """What prints; made on first use."""
        if self._printing is None:
            from ui.printing import Printing

            self._printing = Printing(self._window, self._session)
            self._printing.failed.connect(self._tell_not_printed)
            self._printing.printed.connect(self._tell_printed)
        return self._printing

    def print(self) -> None:
        """Prints the report in the length that is chosen on its page."""
        from ui.pages.report import ReportPage

        page = self._window.page
        self.printing.ask(page.length if isinstance(page, ReportPage) else "full")

    def _tell_printed(self, pages: int) -> None:
        self._window.announce(f"{pages} pages are with the printer.")

    def _tell_not_printed(self, error: Exception) -> None:
        if isinstance(error, FileProblem | OSError):
            self._window.tell_problem("The report could not be printed", str(error))
        else:
            self._window.crash.report(error)

    # --- the clipboard --------------------------------------------------------------------------------------------

    def copy_picture(self) -> None:
        """Puts the ranked chart on the clipboard."""
        from ui.copying import answer_picture, picture_data

        view = self._view()
        if view is not None and view.scored:
            QApplication.clipboard().setMimeData(picture_data(answer_picture(view)))
            self._window.announce("The picture is copied.")

    def copy_figures(self) -> None:
        """Puts every option with its figures on the clipboard as a table."""
        from ui.copying import answer_figures, table_data

        view = self._view()
        if view is not None:
            QApplication.clipboard().setMimeData(table_data(answer_figures(view)))
            self._window.announce("The figures are copied as a table.")

    def _view(self) -> View | None:
        from partnerwizard.report.view import View

        session = self._session
        return None if session.appraisal is None else View(session.pack, session.case, session.appraisal)

    # --- help -----------------------------------------------------------------------------------------------------

    def tour(self) -> None:
        """Shows what is where, on the open case or on an example."""
        from ui.tour import begin

        begin(self._window)

    def about(self) -> None:
        """Versions, dates, licences and the log."""
        from ui.about import About

        dialog = About(self._window, self._session.pack, self._window.crash.log_file)
        dialog.exec()
        dialog.deleteLater()

    def set_motion(self, on: bool) -> None:
        """Lets what changes move to its new place, or puts it there at once."""
        motion().choose("system" if on else "still")
        self._window.settings.set_text("motion", motion().choice)
