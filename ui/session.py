"""The case that is open: its changes with undo and redo by name, its file, and its appraisal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from partnerwizard.appraisal.fit import reference_to, require_fit
from partnerwizard.appraisal.local import with_local, without_local
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.file import load_case, save_case
from partnerwizard.case.model import Advised, Case, LocalOption
from partnerwizard.pack.model import Pack
from partnerwizard.recovery.disk import Stamp, changed_since, stamp_of
from ui.jobs import Job

QUIET = 120
"""Milliseconds without a change before the case is appraised again."""

TOGETHER = 1.5
"""Changes of the same thing within so many seconds are one step of undo."""


@dataclass(frozen=True)
class _Step:
    """A change that can be undone: its name, and the case before it (on the redo stack: after it)."""

    name: str
    case: Case


class Session(QObject):
    """The state of the window. Every gesture becomes `edit`; everything shown is read from `case` and `appraisal`."""

    changed = Signal(object)
    """The case is another one."""

    appraised = Signal(object)
    """The appraisal of the present case is there."""

    appraisal_failed = Signal(object)
    """The appraisal could not be made; the exception."""

    saved = Signal()
    """The case now stands in its file."""

    previewed = Signal(object)
    """What the answer would be while a slider moves (`partnerwizard.appraisal.live.Live`); nothing has changed yet."""

    opened = Signal()
    """Another case than before is open."""

    def __init__(self, pack: Pack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pack = without_local(pack)
        self._local: tuple[LocalOption, ...] = ()
        self.case = Case()
        self.path: Path | None = None
        self.saved_at: datetime | None = None
        self._stamp: Stamp | None = None
        self.appraisal: Appraisal | None = None
        self._stored = self.case
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._last_thing: tuple[str, float] = ("", 0.0)
        self._job: Job | None = None
        self._pause = QTimer(self, singleShot=True, interval=QUIET)
        self._pause.timeout.connect(self._appraise)

    # --- the case -------------------------------------------------------------------------------------------------

    @property
    def pack(self) -> Pack:
        """The guidance, with the options that the case adds itself among its forms."""
        if self.case.local_options != self._local:
            self._local = self.case.local_options
            self._pack = with_local(self._pack, self.case)
        return self._pack

    @property
    def modified(self) -> bool:
        """Whether the case differs from what is stored."""
        return self.case != self._stored

    def edit(
        self, name: str, change: Callable[..., Case], *arguments: Any, thing: str | None = None, **named: Any
    ) -> None:
        """Makes a new case by one of the functions of `partnerwizard.case.edit`; `name` is what undo will call it.

        `thing`: what is changed, where quick changes of the same thing are one step of undo whatever their names.
        """
        new = change(self.case, *arguments, at=datetime.now(UTC), **named)
        if _without_times(new) == _without_times(self.case):
            return
        last, when = self._last_thing
        together = last == (thing or name) and monotonic() - when < TOGETHER and bool(self._undo)
        before = self._undo.pop().case if together else self.case
        self._undo.append(_Step(name, before))
        self._redo.clear()
        self._last_thing = (thing or name, monotonic())
        self._show(new)

    def edit_paper(self, name: str, change: Callable[..., Case], *arguments: Any, thing: str | None = None) -> None:
        """The same for what only stands on paper: it has no time, and the day of the advice stays."""

        def without_time(case: Case, *given: Any, at: datetime) -> Case:
            return change(case, *given)

        self.edit(name, without_time, *arguments, thing=thing)

    def settle(self, new: Case) -> None:
        """Shows a case in which the workshop has gone on. That is no step of undo, and undoing others keeps it.

        What has been revealed cannot be made unknown again, and the record's lines follow from each other.
        """
        moved = {
            name: value for name in Case.model_fields if (value := getattr(new, name)) is not getattr(self.case, name)
        }
        if not moved:
            return
        self._undo = [_Step(step.name, step.case.model_copy(update=moved)) for step in self._undo]
        self._redo = [_Step(step.name, step.case.model_copy(update=moved)) for step in self._redo]
        self._last_thing = ("", 0.0)
        self.case = new
        # Votes are no answers about the trust: the appraisal of the case stays what it is.
        if self.appraisal is None and not self.appraising:
            self._pause.start()
        self.changed.emit(new)

    @property
    def undo_name(self) -> str | None:
        """What undo would take back."""
        return self._undo[-1].name if self._undo else None

    @property
    def redo_name(self) -> str | None:
        """What redo would bring back."""
        return self._redo[-1].name if self._redo else None

    def undo(self) -> None:
        """Takes the last change back."""
        self._step(self._undo, self._redo)

    def redo(self) -> None:
        """Makes the change again that was taken back last."""
        self._step(self._redo, self._undo)

    def _step(self, source: list[_Step], target: list[_Step]) -> None:
        if source:
            step = source.pop()
            target.append(_Step(step.name, self.case))
            self._last_thing = ("", 0.0)
            self._show(step.case)

    def _show(self, case: Case) -> None:
        # The appraisal before stays in view until the new one is there, so that nothing flickers.
        self.case = case
        if case == Case(pack=case.pack):
            self.stop()
            self.appraisal = None
        else:
            self._pause.start()
        self.changed.emit(case)

    # --- files ----------------------------------------------------------------------------------------------------

    def start(self, case: Case, path: Path | None, *, stored: Case | None = None) -> None:
        """Another case from here on; without a path it has not been saved anywhere.

        `stored`: what the file holds, where that is not the case itself but what it was before a crash.
        """
        self.path = path
        self.saved_at = None
        self._stored = case if stored is None else stored
        self._stamp = None if path is None else stamp_of(path)
        self._undo.clear()
        self._redo.clear()
        self._last_thing = ("", 0.0)
        self.appraisal = None
        self._show(case)
        self.opened.emit()

    def open(self, path: Path) -> None:
        """Opens a case file. Raises FileProblem, and the present case stays."""
        self.start(self.read(path), path)

    def read(self, path: Path) -> Case:
        """The case in a file, if it fits the guidance. Raises FileProblem with the same words as the command line."""
        case = load_case(path)
        require_fit(self.pack, case, str(path))
        return case

    def changed_on_disk(self) -> bool:
        """Whether somebody else has written the case's file since we read or wrote it."""
        return self.path is not None and self._stamp is not None and changed_since(self.path, self._stamp)

    def save(self, path: Path) -> None:
        """Writes the case, whole or not at all. Raises FileProblem, and the case stays unsaved."""
        case = self._with_advice()
        save_case(case, path)
        self.case = case
        self._stamp = stamp_of(path)
        self.path = path
        self._stored = self.case
        self.saved_at = datetime.now().astimezone()
        self.saved.emit()

    def _with_advice(self) -> Case:
        """The case with what is advised now, if that is worked out: a later guidance can then be compared with it."""
        found = self.appraisal
        if found is None or self.appraising:
            return self.case
        verdict = found.verdict
        advised = Advised(
            pack=reference_to(self.pack),
            as_of=self.as_of,
            kind=verdict.kind,
            options=verdict.options,
            sentence=verdict.sentence,
        )
        return self.case.model_copy(update={"advised": advised})

    @property
    def guidance_changed(self) -> bool:
        """Whether the case was last answered under another edition of the guidance."""
        return self.case.pack is not None and self.case.pack != reference_to(self.pack)

    # --- the appraisal --------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The day by the computer's clock."""
        return datetime.now().astimezone().date()

    @property
    def as_of(self) -> date:
        """The day for which advice is given: that of the last answer, else today."""
        return self.case.as_of or self.today

    @property
    def appraising(self) -> bool:
        """Whether an appraisal of the present case is still to come."""
        return self._pause.isActive() or self._job is not None

    def appraisal_of(self, case: Case) -> Appraisal:
        """Appraises a case as the command line does. May be called on any thread."""
        from partnerwizard.appraisal.appraise import appraise

        return appraise(
            self.pack,
            case,
            as_of=case.as_of or self.as_of,
            samples=self.pack.head.method.samples,
            seed=case.seed,
            file=None if self.path is None else self.path.name,
        )

    def stop(self) -> None:
        """Drops what is still being worked out: the window closes."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _appraise(self) -> None:
        self.stop()
        self._job = Job(partial(self.appraisal_of, self.case), self)
        self._job.finished.connect(self._take)
        self._job.start()

    def _take(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        job.deleteLater()
        self.appraisal = job.result
        if job.error is not None:
            self.appraisal_failed.emit(job.error)
        else:
            self.appraised.emit(self.appraisal)


def _without_times(case: Case) -> Case:
    """The case with the days and times of its answers left out, to see whether a gesture changed anything."""
    epoch = datetime(2000, 1, 1, tzinfo=UTC)
    answers = {id_: given.model_copy(update={"at": epoch}) for id_, given in case.answers.items()}
    partners = tuple(
        partner.model_copy(
            update={"answers": {i: given.model_copy(update={"at": epoch}) for i, given in partner.answers.items()}}
        )
        for partner in case.partners
    )
    return case.model_copy(update={"answers": answers, "partners": partners, "as_of": None})
