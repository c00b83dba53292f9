"""HiGHS, set up for small programmes: silent, on one thread, with tight tolerances. Loads only when one is solved."""

from __future__ import annotations

from collections.abc import Callable

import highspy
import numpy as np

from partnerwizard.decision.arrays import FloatArray


class _Silent(highspy.Highs):
    """HiGHS without the banner that setting up its callbacks prints on standard output, and without them."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the constructor calls it first of all
        self.silent()


class Solver:
    """One linear programme, minimised; rows are added, and objective and bounds changed, between solutions."""

    def __init__(self, low: FloatArray, high: FloatArray) -> None:
        """A variable for each entry of low and high, which may be infinite."""
        make: Callable[[], highspy.Highs] = _Silent
        self._highs = make()
        for option in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
            self._highs.setOptionValue(option, 1e-9)
        self._highs.setOptionValue("threads", 1)
        self._highs.addVars(len(low), low, high)
        self._size = len(low)

    def add_row(self, coefficients: FloatArray, low: float, high: float) -> None:
        """low <= coefficients · x <= high."""
        filled = np.flatnonzero(coefficients).astype(np.int32)
        self._highs.addRow(low, high, len(filled), filled, coefficients[filled])

    def change_row(self, row: int, low: float, high: float) -> None:
        """Other bounds for a row."""
        self._highs.changeRowBounds(row, low, high)

    def minimise(self, costs: FloatArray) -> None:
        """What is made as small as can be: costs · x."""
        self._highs.changeColsCost(self._size, np.arange(self._size, dtype=np.int32), costs)

    def solve(self) -> tuple[FloatArray, FloatArray] | None:
        """The solution and each row's price, or None where nothing fits."""
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._highs.getSolution()
        return np.array(solution.col_value), np.array(solution.row_dual)
