"""New, open, save: what the File menu does with cases. Nothing unsaved is lost without a question."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog

from partnerwizard import flow
from partnerwizard.appraisal.changes import between
from partnerwizard.appraisal.fit import reference_to, require_fit
from partnerwizard.case.anonymous import without_names
from partnerwizard.case.file import SUFFIX, save_case
from partnerwizard.case.model import Case
from partnerwizard.files import FileProblem
from partnerwizard.recovery.disk import keep_theirs
from partnerwizard.recovery.drafts import Draft
from partnerwizard.recovery.holder import holder_of
from partnerwizard.report.words import day
from ui import dialogs, recovering
from ui.places import RESULT, places
from ui.settings import Recent

if TYPE_CHECKING:
    from ui.window import MainWindow

FILTER = f"Cases (*{SUFFIX});;All files (*)"


class Cases:
    """The case file behind the session, as the user handles it."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session

    def new(self) -> None:
        """Starts an empty case, after asking about unsaved work."""
        if self.may_drop():
            self._session.start(Case(pack=reference_to(self._session.pack)), None)
            self._window.go(self._window.places[0].id)

    def choose(self) -> None:
        """Lets the user choose a case file and opens it."""
        path = self._session.path
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open a case", str(path.parent) if path else "", FILTER)
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path, *, as_copy: bool = False) -> bool:
        """Opens a case file; a copy has no file of its own yet. False where it was not opened."""
        try:
            case = self._session.read(path)
        except FileProblem as problem:
            self._window.tell_problem("This case cannot be opened", str(problem))
            return False
        if not as_copy and (holder := holder_of(path)) is not None:
            match recovering.ask_about_holder(self._window, path, holder):
                case "copy":
                    as_copy = True
                case "stay":
                    return False
        if not self.may_drop():
            return False
        self._session.start(case, None if as_copy else path)
        self._window.go(self._resume_at(case))
        return True

    def offer_left_over(self) -> bool:
        """Offers what an earlier run did not save; True where the user opened some of it."""
        safekeeping = self._window.safekeeping
        drafts, problems = safekeeping.left_over()
        for draft in drafts:
            if draft.case in (recovering.saved_case(draft), Case()):
                safekeeping.discard(draft)
        drafts = [draft for draft in drafts if draft.file.exists()]
        if not drafts and not problems:
            return False
        dialog = recovering.LeftOver(self._window, drafts, problems, partial(between, self._session.pack))
        dialog.exec()
        return dialog.chosen is not None and self._recover(dialog.chosen)

    def _recover(self, draft: Draft) -> bool:
        """Opens recovered work as changes that are not saved yet."""
        try:
            require_fit(self._session.pack, draft.case, str(draft.file))
        except FileProblem as problem:
            self._window.tell_problem("This work does not fit the guidance", str(problem))
            return False
        if not self.may_drop():
            return False
        self._session.start(draft.case, draft.path, stored=recovering.saved_case(draft))
        self._window.safekeeping.take_over(draft)
        self._window.go(self._resume_at(draft.case))
        return True

    def show_versions(self) -> None:
        """What stood in the case's file before each save, to open as a copy."""
        path, safekeeping = self._session.path, self._window.safekeeping
        kept = safekeeping.versions(path) if path is not None else []
        dialog = recovering.EarlierVersions(self._window, path, kept, safekeeping.folder)
        dialog.exec()
        if dialog.chosen is not None:
            self.open(dialog.chosen.file, as_copy=True)

    def resume(self) -> None:
        """Goes on with the case that is open."""
        self._window.go(self._resume_at(self._session.case))

    def _resume_at(self, case: Case) -> str:
        """The first step of the quick look that is not done, or the answer."""
        steps = {place.step: place.id for place in places(self._session.pack)}
        for item in flow.quick_look(self._session.pack, case):
            if not item.done:
                return steps[
                    item.what.question.step if isinstance(item.what, flow.Ask) else flow.TOPIC_STEPS[item.what]
                ]
        return RESULT

    def save(self) -> bool:
        """Saves to the case's file, or asks for one. False where nothing was saved."""
        _finish_typing()
        path = self._session.path
        return self.save_as() if path is None else self._save_to(path)

    def save_as(self) -> bool:
        """Asks for a file and saves to it."""
        _finish_typing()
        path = self._ask_where("Save the case", f"{self._file_name()}{SUFFIX}")
        return path is not None and self._save_to(path)

    def save_copy(self) -> None:
        """Saves a copy somewhere else; the open file stays what it is. Offered after an error."""
        self._save_apart(self._session.case, f"{self._file_name()} (copy){SUFFIX}")

    def save_without_names(self) -> None:
        """Saves a copy to show to others, in which the trust, its partners and persons are told by letters."""
        _finish_typing()
        if self._save_apart(without_names(self._session.case), f"A case without names{SUFFIX}"):
            dialogs.tell_problem(
                self._window,
                "Read it through before you send it",
                "Names of the trust, its partners and owners of red lines are replaced; notes, the front sheet, the "
                "look and the workshop are left out. Words typed by hand may still give somebody away.",
            )

    def _save_apart(self, case: Case, name: str) -> bool:
        path = self._ask_where("Save a copy", name)
        if path is None:
            return False
        try:
            save_case(case, path)
        except FileProblem as problem:
            self._window.tell_problem("The copy could not be saved", str(problem))
            return False
        return True

    def _file_name(self) -> str:
        return "".join("-" if each in '/\\:*?"<>|' else each for each in self._window.header.case_title)[:120]

    def _ask_where(self, title: str, name: str) -> Path | None:
        path = self._session.path
        folder = path.parent if path else Path.home()
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(folder / name), FILTER)
        if not chosen:
            return None
        return Path(chosen) if chosen.endswith(SUFFIX) else Path(chosen + SUFFIX)

    def _save_to(self, path: Path) -> bool:
        try:
            if path == self._session.path and self._session.changed_on_disk():
                match recovering.ask_about_other_version(self._window, path):
                    case "both":
                        keep_theirs(path, datetime.now().astimezone())
                    case "elsewhere":
                        return self.save_as()
                    case "stay":
                        return False
            self._window.safekeeping.keep_version(path)
            self._session.save(path)
        except FileProblem as problem:
            self._window.tell_problem("The case could not be saved", str(problem))
            return False
        self.remember()
        self._window.announce("Saved.")
        return True

    def may_drop(self) -> bool:
        """True when nothing unsaved would be lost, or the user has decided."""
        _finish_typing()
        if not self._session.modified:
            return True
        match dialogs.ask_about_unsaved(self._window, self._window.header.case_title):
            case "save":
                return self.save()
            case "drop":
                return True
        return False

    def remember(self) -> None:
        """Puts the case among the recent ones, with what its answer is."""
        path = self._session.path
        if path is None or self._session.modified:
            return
        verdict = self._window.strip.headline.text() if self._session.appraisal is not None else ""
        shown = day(self._session.as_of).replace("\u00a0", " ")
        self._window.settings.remember(Recent(str(path.resolve()), self._session.case.title, verdict, shown))


def _finish_typing() -> None:
    """A field that takes its text when one leaves it takes it now."""
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
        focused.setFocus()
