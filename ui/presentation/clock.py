"""A clock that counts down for a room."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

ALMOST = 250
"""Milliseconds between looks, so that no second is skipped."""

UP = "Time is up"


class Clock(QObject):
    """Minutes and seconds that are left. `ticked` brings them as text, empty while there is no clock to show."""

    ticked = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.minutes = 10
        self._left: float | None = None
        self._since: float | None = None
        self._timer = QTimer(self, interval=ALMOST)
        self._timer.timeout.connect(self._tell)

    @property
    def running(self) -> bool:
        """Whether it counts down."""
        return self._since is not None

    def left(self) -> float | None:
        """Seconds that are left; None while there is no clock."""
        if self._left is None or self._since is None:
            return self._left
        return max(0.0, self._left - (monotonic() - self._since))

    def text(self) -> str:
        """What it shows."""
        left = self.left()
        if left is None:
            return ""
        whole = int(left + 0.999)
        return UP if whole == 0 else f"{whole // 60}:{whole % 60:02}"

    def begin_or_hold(self) -> None:
        """Begins, holds, or goes on."""
        left = self.left()
        if left is None:
            left = 60.0 * self.minutes
        self._left = left
        self._since = None if self.running else monotonic()
        if self.running:
            self._timer.start()
        else:
            self._timer.stop()
        self._tell()

    def change(self, by: int) -> None:
        """Gives or takes minutes; without a clock it sets one that does not run yet."""
        left = self.left()
        left = 60.0 * self.minutes if left is None else max(0.0, left + 60.0 * by)
        self._left = left
        if self.running:
            self._since = monotonic()
        self._tell()

    def take_off(self) -> None:
        """No clock."""
        self._timer.stop()
        self._left = self._since = None
        self._tell()

    def _tell(self) -> None:
        self.ticked.emit(self.text())
