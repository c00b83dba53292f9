"""A what-if: changes that are tried on a copy of the case, appraised like the case and never written into it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject

from partnerwizard.case import scenarios
from partnerwizard.case.model import Case, Scenario
from ui.session import Session

TRIED: Final = "tried"
"""The id of a what-if that has no name yet."""


class Trial(Session):
    """A session of its own beside the case's. Whatever the case's own steps can edit, they can edit here."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(session.pack, parent)
        self._own = session
        self.base = session.case
        self.put_back()

    @property
    def scenario(self) -> Scenario:
        """What is tried: only what differs from the case."""
        return scenarios.from_difference(self.base, self.case, TRIED, TRIED)

    @property
    def changed_anything(self) -> bool:
        """Whether anything is tried."""
        return self.scenario != Scenario(id=TRIED, name=TRIED)

    def follow(self, case: Case) -> None:
        """The case itself is another one: what is tried is kept and laid over it."""
        if case == self.base:
            return
        tried = self.scenario
        same_advice = _bare(case) == _bare(self.base)
        self.base = case
        if not same_advice:
            self.start(scenarios.apply(_bare(case), tried), None)

    def put_back(self) -> None:
        """Nothing is tried any more; until it is appraised anew, the case's own answer stands."""
        self.start(_bare(self.base), None)
        self.appraisal = self._own.appraisal

    def take_up(self, scenario: Scenario) -> None:
        """A what-if that was kept is tried again."""
        self.start(scenarios.apply(_bare(self.base), scenario), None)

    def _show(self, case: Case) -> None:
        # The day of the advice is the case's: a rule that comes into force meanwhile must not look like an effect.
        super()._show(case.model_copy(update={"as_of": self.base.as_of}))


def _bare(case: Case) -> Case:
    """What enters the advice: without what-ifs, and without what only stands on paper."""
    return case.model_copy(
        update={"scenarios": (), "front": None, "decision": None, "look": None, "timetable_start": None, "notes": ""}
    )
