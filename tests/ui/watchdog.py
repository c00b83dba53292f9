"""Watches the GUI thread: how much of its own time each turn of the event loop takes, and what it was spent on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, thread_time

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.driving import PATIENCE

LONGEST = 0.050
"""Seconds of the GUI thread that one turn of the event loop may take."""

TICK = 5
"""Milliseconds after which a turn ends even if nothing happens."""


@dataclass(frozen=True)
class Turn:
    """One turn of the event loop: its seconds of this thread's processor time, and the events that took longest."""

    seconds: float
    spent_on: tuple[tuple[float, str], ...]

    def __str__(self) -> str:
        most = ", ".join(f"{1000 * seconds:.0f} ms {what}" for seconds, what in self.spent_on)
        return f"{1000 * self.seconds:.0f} ms: {most}"


class Watchdog(QObject):
    """Turns the event loop itself, one turn at a time.

    It counts processor time of this thread, so that a busy machine cannot make a turn look long. A turn is everything
    that is handled before the user's next key or click would be, whoever received it.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._marks: list[tuple[float, str]] | None = None

    def too_long(
        self,
        gesture: Callable[[], object],
        limit: float = LONGEST,
        *,
        ready: Callable[[], bool] = lambda: True,
        before: Callable[[], object] = lambda: None,
        tries: int = 3,
    ) -> str:
        """What took longer than the limit each time, empty if once nothing did.

        One slow try says little: the first may load a module, another pay for a collection. `before` is done ahead of
        each try and not counted.
        """
        for _ in range(tries):
            before()
            if self.longest(gesture, ready).seconds < limit:
                return ""
        # Noting every event costs time of its own, so it is done only for the words.
        before()
        self._app.installEventFilter(self)
        try:
            return str(self.longest(gesture, ready))
        finally:
            self._app.removeEventFilter(self)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        if self._marks is not None:
            self._marks.append((thread_time(), _name(receiver, event)))
        return False

    def longest(self, gesture: Callable[[], object], ready: Callable[[], bool] = lambda: True) -> Turn:
        """The longest turn from a gesture until it is ready and all that it has set in motion is handled."""
        turns = [self._turn(gesture)]
        tick = QTimer(interval=TICK)
        tick.start()
        end, quiet = monotonic() + PATIENCE / 1000, 0
        while quiet < 3:
            turns.append(self._turn(lambda: self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)))
            quiet = quiet + 1 if ready() else 0
            assert monotonic() < end, "it did not come to an end"
        return max(turns, key=lambda turn: turn.seconds)

    def _turn(self, work: Callable[[], object]) -> Turn:
        self._marks = [(thread_time(), "the gesture itself, or a timer")]
        work()
        now = thread_time()
        ends = [when for when, _ in self._marks[1:]] + [now]
        spent: dict[str, float] = {}
        for (when, name), end in zip(self._marks, ends, strict=True):
            spent[name] = spent.get(name, 0.0) + end - when
        seconds = now - self._marks[0][0]
        self._marks = None
        most = sorted(((each, name) for name, each in spent.items()), reverse=True)
        return Turn(seconds, tuple(most[:4]))


def _name(receiver: QObject, event: QEvent) -> str:
    said = getattr(receiver, "accessibleName", None)
    words = said() if callable(said) else ""
    kind = event.type()
    named = kind.name if isinstance(kind, QEvent.Type) else str(kind)
    return f"{type(receiver).__name__}{f' {words[:40]!r}' if words else ''} {named}"
