"""The workshop behind its pages: the desk with its vault, what a crash kept out, and what revealed rounds say.

Nothing here shows a vote: until the reveal only who is in can be asked for.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Organisation, Vote, Way, Workshop
from partnerwizard.files import FileProblem
from partnerwizard.pack.model import Pack
from ui.jobs import Job
from ui.session import Session
from ui.settings import Settings

if TYPE_CHECKING:
    from partnerwizard.workshop.agenda import Talk
    from partnerwizard.workshop.desk import Desk
    from partnerwizard.workshop.results import RoundResult
    from partnerwizard.workshop.rounds import Taken
    from ui.presentation.slide import Slide
    from ui.workshop.findings import Findings

USUAL_MINUTES = 10
"""On the room's clock where the plan says nothing."""


class WorkshopHost(QObject):
    """One for the window. Every change goes to disk first and is no step of undo."""

    restored = Signal(int)
    """So many votes that a crash had kept out of the case file are in again."""

    findings = Signal()
    """What revealed rounds say is there, or the agenda."""

    failed = Signal(object)
    """The results could not be worked out; the exception."""

    def __init__(self, session: Session, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._desk: Desk | None = None
        self._of: Case | None = None
        self._job: Job | None = None
        self._talk_job: Job | None = None
        self.results: dict[int, RoundResult] = {}
        self.talk: Talk | None = None
        self.show_sides = False
        session.opened.connect(self._opened)

    @property
    def workshop(self) -> Workshop | None:
        """The workshop of the open case."""
        return self._session.case.workshop

    def session_case(self) -> Case:
        """The open case."""
        return self._session.case

    @property
    def desk(self) -> Desk:
        """Rounds with their keys, on the guidance of the open case; loaded on first use."""
        if self._desk is None:
            from partnerwizard.workshop.desk import Desk
            from partnerwizard.workshop.vault import Vault

            self._desk = Desk(self._session.pack, Vault(self._settings.here.folder("state") / "workshop"))
        self._desk.pack = self._session.pack
        return self._desk

    # --- changes --------------------------------------------------------------------------------------------------

    def attempt(self, change: Callable[[Case, datetime], Case]) -> str:
        """Makes a change that stays; the problem in words where it was refused, and then nothing has changed."""
        try:
            self._session.settle(change(self._session.case, datetime.now(UTC)))
        except FileProblem as problem:
            return str(problem)
        return ""

    def begin(self) -> str:
        """Sets a workshop up, with the trust and, if there is just one, its possible partner."""
        from partnerwizard.workshop import rounds

        def change(case: Case, at: datetime) -> Case:
            new = rounds.new_workshop(case, secrets.token_hex(16), at)
            named = [own_organisation(case)] if case.organisation.strip() else []
            named += [
                Organisation(id=p.id, name=p.name, partner=p.id) for p in case.partners if len(case.partners) == 1
            ]
            return rounds.set_up(new, at, organisations=named) if named else new

        return self.attempt(change)

    def take(self, vote: Vote, way: Way, *, replace: bool = False) -> Taken:
        """Takes a vote in: sealed, on disk, then in the case. Raises FileProblem, and then nothing has changed."""
        taken = self.desk.take(self._session.case, vote, way, datetime.now(UTC), replace=replace)
        self._session.settle(taken.case)
        return taken

    def _opened(self) -> None:
        """Another case: what a crash kept out of its file is put back."""
        self._drop_findings()
        self.show_sides = False
        if self.workshop is None:
            return
        before = self._session.case
        problem = self.attempt(self.desk.restored)
        if not problem and self._session.case is not before:
            assert before.workshop is not None
            grown = self._session.case.workshop
            assert grown is not None
            lines = grown.record[len(before.workshop.record) :]
            self.restored.emit(sum(line.what == "vote-restored" for line in lines))

    # --- what revealed rounds say ---------------------------------------------------------------------------------

    @property
    def working(self) -> bool:
        """Whether results or agenda are still being worked out."""
        return self._job is not None or self._talk_job is not None

    @property
    def revealed(self) -> tuple[int, ...]:
        """The rounds that have been revealed."""
        workshop = self.workshop
        return () if workshop is None else tuple(each.number for each in workshop.rounds if each.votes)

    def find(self) -> None:
        """Works out what the revealed rounds say, if that is not known yet; `findings` tells when it is."""
        wanted = _what_counts(self._session.case)
        if self._of == wanted:
            return
        self._drop_findings()
        self._of = wanted
        if self.revealed:
            session = self._session
            work = partial(_results, session.pack, session.case, session.as_of, self.revealed)
            self._job = self._begin(work, self._found)

    def _found(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        job.deleteLater()
        if job.error is not None:
            self.failed.emit(job.error)
            return
        self.results = job.result
        latest = self.results[max(self.results)]
        self._talk_job = self._begin(partial(_talk, self._session.pack, self._session.case, latest), self._talked)
        self.findings.emit()

    def _talked(self, job: Job) -> None:
        if job is not self._talk_job:
            return
        self._talk_job = None
        job.deleteLater()
        if job.error is not None:
            self.failed.emit(job.error)
            return
        self.talk = job.result
        self.findings.emit()

    def found(self, number: int) -> Findings:
        """What a round says, ready to be shown; `results` has it."""
        from ui.workshop.findings import Findings

        session = self._session
        talk = self.talk if number == max(self.results) else None
        before = self.results.get(number - 1)
        return Findings(session.pack, session.case, self.results[number], before, talk, self.show_sides)

    # --- the room -------------------------------------------------------------------------------------------------

    def slides(self) -> tuple[Slide, ...]:
        """What a room may see now: while a round runs, how many are in; then what the latest one says."""
        from ui.workshop.slides import room_slides, waiting_slides

        workshop = self.workshop
        if workshop is None or not workshop.rounds:
            return ()
        self.find()
        if workshop.rounds[-1].state != "revealed":
            return waiting_slides(workshop)
        latest = workshop.rounds[-1].number
        return room_slides(self.found(latest)) if latest in self.results else ()

    @property
    def minutes(self) -> int:
        """How long the plan gives to what the room is doing."""
        workshop = self.workshop
        if workshop is None or not workshop.rounds:
            return USUAL_MINUTES
        last = workshop.rounds[-1]
        wanted = "talk" if last.state == "revealed" else "vote"
        found = [each.minutes for each in workshop.plan if each.kind == wanted and each.round == last.number]
        return found[0] if found else USUAL_MINUTES

    def _begin(self, work: Callable[[], object], done: Callable[[Job], None]) -> Job:
        job = Job(work, self)
        job.finished.connect(done)
        job.start()
        return job

    def _drop_findings(self) -> None:
        for job in (self._job, self._talk_job):
            if job is not None:
                job.cancel()
        self._job = self._talk_job = None
        self._of = None
        self.results = {}
        self.talk = None


def own_organisation(case: Case) -> Organisation:
    """The trust itself, as an organisation whose people take part."""
    return Organisation(id="own", name=case.organisation)


def _what_counts(case: Case) -> Case:
    """The case without what no result reads."""
    if case.workshop is None:
        return case
    bare = case.workshop.model_copy(update={"record": (), "remarks": (), "plan": (), "names": "codes"})
    rounds = tuple(each.model_copy(update={"sealed": (), "away": {}, "state": "open"}) for each in bare.rounds)
    return case.model_copy(update={"workshop": bare.model_copy(update={"rounds": rounds}), "decision": None})


def _results(pack: Pack, case: Case, as_of: date, numbers: tuple[int, ...]) -> dict[int, RoundResult]:
    """On a worker thread."""
    from partnerwizard.workshop.results import round_result

    return {number: round_result(pack, case, number, as_of) for number in numbers}


def _talk(pack: Pack, case: Case, result: RoundResult) -> Talk:
    """On a worker thread; slower."""
    from partnerwizard.workshop.agenda import talk

    return talk(pack, case, result)
