"""A long random session in a real window, beside a simple model of the case: nothing drifts, leaks or complains.

PARTNERWIZARD_SOAK: how many actions; 600 in `make verify`, 10,000 in `make long`.
"""

from __future__ import annotations

import copy
import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from partnerwizard.case import edit
from partnerwizard.case.file import load_case
from partnerwizard.case.model import Case
from tests.support import guidance
from ui.crash import CrashReporter
from ui.session import Session
from ui.settings import Settings
from ui.theme import theme
from ui.window import MainWindow

ACTIONS = int(os.environ.get("PARTNERWIZARD_SOAK", "600"))
STEPS = 60
GROWTH = 60_000_000
"""Bytes that the process may grow by over a session, once every page has been seen."""

QUESTIONS = [each for each in guidance().questions if each.scope != "partner" and each.kind == "one"]
AIMS = [each.id for each in guidance().criteria if each.branch == "aims"]


class Soak(RuleBasedStateMachine):
    """What a user does, in any order. The model is a dictionary, and two lists of earlier ones."""

    window: MainWindow
    folder: Path
    told: list[str]
    number = 0

    @initialize()
    def begin(self) -> None:
        self._open(Case(), None)
        self.model: dict[str, Any] = {"title": "", "answers": {}, "aims": (), "partners": []}
        self.before: list[dict[str, Any]] = []
        self.after: list[dict[str, Any]] = []
        self.saved: dict[str, Any] | None = None
        self.path = self.folder / f"soak-{id(self)}.partnering"

    def _open(self, case: Case, path: Path | None) -> None:
        self.window.session.start(case, path)
        self.window.go(self.window.places[0].id)
        _turn()

    def _do(self, change: Any, new: dict[str, Any]) -> None:
        if new == self.model:
            return
        type(self).number += 1
        self.window.session.edit(f"Step {self.number}", change, thing=f"step {self.number}")
        self.before.append(self.model)
        self.after.clear()
        self.model = new

    def _changed(self, **parts: Any) -> dict[str, Any]:
        return {**copy.deepcopy(self.model), **parts}

    @rule(text=st.text(max_size=40))
    def name_it(self, text: str) -> None:
        shown = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._do(lambda case, at: edit.describe(case, at, title=text), self._changed(title=shown))

    @rule(question=st.sampled_from(QUESTIONS), pick=st.integers(0, 20))
    def answer(self, question: Any, pick: int) -> None:
        values = [choice.id for choice in question.choices]
        value = values[pick] if pick < len(values) else None
        answers = {**self.model["answers"], question.id: value}
        if question.id in self.model["answers"] and self.model["answers"][question.id] == value:
            return
        self._do(lambda case, at: edit.answer(case, question.id, value, at), self._changed(answers=answers))

    @rule(question=st.sampled_from(QUESTIONS))
    def take_back(self, question: Any) -> None:
        answers = {each: value for each, value in self.model["answers"].items() if each != question.id}
        self._do(lambda case, at: edit.unanswer(case, question.id, at), self._changed(answers=answers))

    @rule(aims=st.lists(st.sampled_from(AIMS), unique=True, max_size=6))
    def rank(self, aims: list[str]) -> None:
        ranking = tuple((aim,) for aim in aims)
        self._do(lambda case, at: edit.rank_aims(case, ranking, at), self._changed(aims=ranking))

    @precondition(lambda self: len(self.model["partners"]) < 4)
    @rule(name=st.sampled_from(["Eastmarsh", "Northmoor", "مستشفى", "Überlingen 🙂"]))
    def add_partner(self, name: str) -> None:
        self._do(
            lambda case, at: edit.add_partner(case, name, at), self._changed(partners=[*self.model["partners"], name])
        )

    @precondition(lambda self: self.model["partners"])
    @rule()
    def remove_partner(self) -> None:
        last = self.window.session.case.partners[-1].id
        self._do(
            lambda case, at: edit.remove_partner(case, last, at), self._changed(partners=self.model["partners"][:-1])
        )

    @rule()
    def undo(self) -> None:
        self.window.menus.undo.trigger()
        if self.before:
            self.after.append(self.model)
            self.model = self.before.pop()

    @rule()
    def redo(self) -> None:
        self.window.menus.redo.trigger()
        if self.after:
            self.before.append(self.model)
            self.model = self.after.pop()

    @rule()
    def save(self) -> None:
        assert self.window.cases._save_to(self.path)
        self.saved = copy.deepcopy(self.model)

    @precondition(lambda self: self.saved is not None)
    @rule()
    def open_again(self) -> None:
        self._open(self.window.session.read(self.path), self.path)
        assert self.saved is not None
        self.model = copy.deepcopy(self.saved)
        self.before, self.after = [], []

    @rule(pick=st.integers(0, 100))
    def look_around(self, pick: int) -> None:
        self.window.go(self.window.places[pick % len(self.window.places)].id)

    @rule()
    def live_on(self) -> None:
        _turn()

    @invariant()
    def the_case_is_the_model(self) -> None:
        if not hasattr(self, "model"):
            return
        case = self.window.session.case
        assert case.title == self.model["title"]
        assert {each: given.value for each, given in case.answers.items()} == self.model["answers"]
        assert case.aims == self.model["aims"]
        assert [partner.name for partner in case.partners] == self.model["partners"]
        assert (self.window.session.undo_name is None) == (not self.before)
        assert (self.window.session.redo_name is None) == (not self.after)
        if self.saved is not None:
            assert load_case(self.path).title == self.saved["title"]
        assert self.told == [], "a warning from Qt"


@pytest.fixture
def soaked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[type[Soak]]:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    hook = sys.excepthook
    told: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _where, text: told.append(text))
    window = MainWindow(Session(guidance()), Settings(), crash := CrashReporter(theme()))
    window.show()
    qInstallMessageHandler(lambda _kind, _where, text: told.append(text))

    class Here(Soak):
        pass

    Here.window, Here.folder, Here.told = window, tmp_path, told
    yield Here
    window.session.start(Case(), None)
    window.close()
    QThreadPool.globalInstance().waitForDone(20_000)
    crash.close()
    sys.excepthook = hook
    qInstallMessageHandler(before)


def _turn() -> None:
    """One turn of the event loop. Outside of `exec` it would not delete what was let go of."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _settle() -> tuple[int, int]:
    """Bytes of memory and number of widgets, once everything that was let go of is gone."""
    QThreadPool.globalInstance().waitForDone(20_000)
    _turn()
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if Path("/proc/self/statm").exists() else 0
    return pages * 4096, len(QApplication.allWidgets())


def _walk(kind: type[Soak], actions: int) -> None:
    run_state_machine_as_test(
        kind,
        settings=settings(
            max_examples=max(1, actions // STEPS),
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.long
def test_a_long_random_session_stays_true_to_a_simple_model_and_leaks_nothing(soaked: type[Soak]) -> None:
    for place in soaked.window.places:
        soaked.window.go(place.id)
    _walk(soaked, 2 * STEPS)
    soaked.window.session.start(Case(), None)
    soaked.window.go(soaked.window.places[0].id)
    memory, widgets = _settle()
    _walk(soaked, ACTIONS)
    soaked.window.session.start(Case(), None)
    soaked.window.go(soaked.window.places[0].id)
    memory_after, widgets_after = _settle()
    assert widgets_after <= widgets * 1.2 + 50, "widgets are left over"
    assert memory_after - memory < GROWTH, f"grown by {(memory_after - memory) / 1e6:.0f} MB over {ACTIONS} actions"
    assert all(isinstance(each, QWidget) for each in QApplication.topLevelWidgets())
