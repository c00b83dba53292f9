"""What the toolkit is known to break, and what must not be loaded before the window shows."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

HEAVY = ("numpy", "jinja2", "highspy", "typst", "partnerwizard.report.export", "partnerwizard.appraisal.appraise")


def test_the_toolkit_does_not_use_up_references_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 drops one for each call that returns nothing, and the process aborts in the end."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 500


def test_nothing_heavy_is_loaded_by_importing_the_window() -> None:
    code = f"import sys, ui.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert out.strip() == "[]"


def test_nothing_heavy_is_loaded_by_the_time_the_start_page_shows() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; from PySide6.QtCore import QTimer; import ui.app;"
        f"QTimer.singleShot(0, lambda: (print([n for n in {HEAVY!r} if n in sys.modules]), QApplication.quit()));"
        "sys.exit(ui.app.main(['--safe']))"
    )
    # The timer needs an application, so one is made first, as a test would.
    code = code.replace("import ui.app;", "import ui.app; app = QApplication([]);", 1)
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert out.strip() == "[]"
