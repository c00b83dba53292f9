"""A real window in which somebody works without pause, until it is killed.

python -m tests.reliability.busy_window HOME CASE SEED

Says on standard output what it has done and when, by the monotonic clock T:
`edit N T`, `saving N T`, `saved N T`, `beat T`.
"""

from __future__ import annotations

import os
import random
import sys
import time
from functools import partial
from pathlib import Path


def main(home: Path, path: Path, seed: int) -> int:
    """Edits, saves, undoes and walks about for ever."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from partnerwizard.case import edit
    from partnerwizard.deployment import Deployment
    from partnerwizard.pack.load import load_pack
    from partnerwizard.resources import guidance_dir
    from ui.crash import CrashReporter
    from ui.session import Session
    from ui.settings import Settings
    from ui.theme import theme
    from ui.window import MainWindow

    app = QApplication([])
    theme()
    here = Deployment(home=home)
    window = MainWindow(Session(load_pack(guidance_dir())), Settings(here=here), CrashReporter(app, here))
    window.show()
    window.session.open(path)
    chance = random.Random(seed)
    number = 0

    def say(what: str) -> None:
        print(f"{what} {time.monotonic()}", flush=True)

    def work() -> None:
        nonlocal number
        number += 1
        title = partial(edit.describe, title=f"edit {number}", problem="words " * chance.randrange(2000))
        window.session.edit("Title", lambda case, at: title(case, at), thing=f"{number}")
        say(f"edit {number}")
        if chance.random() < 0.02:
            say(f"saving {number}")
            window.cases.save()
            say(f"saved {number}")
        if chance.random() < 0.1:
            window.go(chance.choice(window.places).id)
        again.start(chance.randrange(5, 120))

    again = QTimer(singleShot=True)
    again.timeout.connect(work)
    again.start(0)
    beat = QTimer(interval=50)
    beat.timeout.connect(lambda: say("beat"))
    beat.start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
