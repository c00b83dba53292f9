"""Draws docs/screens anew from the real window on a worked example, so that a change of looks is seen in review.

    python tools/screens.py [NAME ...]     all pictures, or those named

Drawn without a display, at a fixed time, with nothing moving. A picture whose pixels have not changed is left as it is,
so a run after no change leaves no change. Exit status 1 where a picture would be larger than 100 kB.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screens"
SIZE = (1280, 800)
EXAMPLE = "fragile-stroke-service.partnering"
LIGHT = ("problem", "reach", "aims", "terms", "result", "options", "evidence", "compare", "what-if", "check", "report")
DARK = ("problem", "result")
LARGE = ("mandate", "result")
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PATIENCE = 60_000
QUIET = 4
"""So many looks in a row must find nothing being worked out."""

LARGEST = 100_000
"""Bytes of a picture."""

COLOURS = 256

PAGE = 740
"""Pixels across of a page of the report."""

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from ui.window import MainWindow


class Fixed(datetime):
    """A clock that stands still: what the pictures say does not depend on when they are taken."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Fixed:
        """Always the same."""
        return cls.fromtimestamp(AT.timestamp(), tz)


class Known:
    """Keys that are the same each time: the order in which sealed votes are shown comes from them."""

    def token_bytes(self, count: int) -> bytes:
        """So many bytes."""
        return bytes(range(count))

    def token_hex(self, count: int) -> str:
        """The same in hexadecimal digits."""
        return self.token_bytes(count).hex()


class Camera:
    """Takes the pictures that are wanted, all if none is named, and keeps those that are new."""

    def __init__(self, window: MainWindow, wanted: list[str]) -> None:
        self.window = window
        self.wanted = wanted
        self.too_large: list[str] = []

    def wants(self, name: str) -> bool:
        """Whether a picture is to be taken."""
        return not self.wanted or name in self.wanted

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Draws the window, or another one, once nothing is being worked out."""
        if self.wants(name):
            self.settle()
            self.keep(name, (widget or self.window).grab().toImage())

    def keep(self, name: str, image: QImage, colours: int = COLOURS) -> None:
        """Writes a picture unless the one that is there shows the same."""
        from PySide6.QtCore import QByteArray
        from PySide6.QtGui import QImage, QImageWriter

        small = _few_colours(image, colours)
        path = FOLDER / f"{name}.png"
        there = QImage(str(path))
        form = QImage.Format.Format_RGB32
        if not there.isNull() and there.convertToFormat(form) == small.convertToFormat(form):
            return
        writer = QImageWriter(str(path), QByteArray(b"png"))
        writer.setCompression(100)
        writer.write(small)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")
        if path.stat().st_size > LARGEST:
            self.too_large.append(name)

    def settle(self) -> None:
        """Waits until nothing is being worked out."""
        from PySide6.QtCore import QElapsedTimer, QEventLoop, QThreadPool, QTimer

        clock = QElapsedTimer()
        clock.start()
        quiet = 0
        while quiet < QUIET:
            loop = QEventLoop()
            QTimer.singleShot(100, loop.quit)
            loop.exec()
            idle = not self.window.session.appraising and QThreadPool.globalInstance().activeThreadCount() == 0
            quiet = quiet + 1 if idle else 0
            if clock.elapsed() > PATIENCE:
                raise TimeoutError(f"the window did not come to rest in {PATIENCE / 1000:.0f} seconds")


def _few_colours(image: QImage, most: int) -> QImage:
    """The picture with its most frequent colours alone, which a screen of text and flat fields hardly shows."""
    import numpy as np
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    plain.setDevicePixelRatio(1)
    pixels = np.frombuffer(plain.constBits(), dtype=np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    # By frequency, then by colour, so that the same picture gets the same table.
    table = colours[np.lexsort((colours, -counts))][:most]
    flags = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, [int(each) for each in table], flags)


def main(wanted: list[str]) -> int:
    """Draws into docs/screens."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as home:
        places = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "PARTNERWIZARD_HOME")
        os.environ |= {"QT_QPA_PLATFORM": "offscreen"} | dict.fromkeys(places, home)
        from PySide6.QtCore import QThreadPool
        from PySide6.QtWidgets import QApplication

        from partnerwizard.pack.load import load_pack
        from partnerwizard.resources import examples_dir, guidance_dir
        from partnerwizard.workshop import sealing
        from ui import session as session_module
        from ui.crash import CrashReporter
        from ui.motion import motion
        from ui.session import Session
        from ui.settings import Settings
        from ui.theme import theme
        from ui.window import MainWindow
        from ui.workshop import host as host_module

        for module in (session_module, host_module):
            module.datetime = Fixed  # type: ignore[attr-defined]
        for module in (host_module, sealing):
            module.secrets = Known()  # type: ignore[attr-defined]
        app = QApplication(sys.argv[:1])
        app.setCursorFlashTime(0)
        motion().choose("still")
        theme().choose("light")
        window = MainWindow(Session(load_pack(guidance_dir())), Settings(), CrashReporter(app))
        window.resize(*SIZE)
        window.show()
        camera = Camera(window, wanted)
        camera.take("start")
        window.cases.open(examples_dir() / EXAMPLE, as_copy=True)
        camera.settle()
        for place in LIGHT:
            window.go(place)
            camera.take(place)
        theme().choose("dark")
        for place in DARK:
            window.go(place)
            camera.take(f"{place}-dark")
        theme().choose("contrast")
        camera.take("result-contrast")
        theme().choose("light")
        theme().set_zoom(200)
        for place in LARGE:
            window.go(place)
            camera.take(f"{place}-200")
        theme().set_zoom(100)
        _room(camera)
        _workshop(camera)
        _left_over(camera)
        _report_page(camera)
        window.session.stop()
        QThreadPool.globalInstance().waitForDone(PATIENCE)
    for name in camera.too_large:
        print(f"docs/screens/{name}.png is larger than {LARGEST / 1000:.0f} kB", file=sys.stderr)
    return 1 if camera.too_large else 0


def _room(camera: Camera) -> None:
    """What a room sees: the finding, and the picture."""
    from ui.presentation.public import public_slides
    from ui.presentation.window import Presentation

    session = camera.window.session
    assert session.appraisal is not None
    shown = Presentation(camera.window, public_slides(session.pack, session.case, session.appraisal))
    shown.resize(1280, 720)
    shown.show()
    camera.take("room-finding", shown)
    shown.go(1)
    camera.take("room-picture", shown)
    shown.close()


def _report_page(camera: Camera) -> None:
    """The first page of the example's report, as the PDF has it."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    from partnerwizard.appraisal.appraise import appraise
    from partnerwizard.case.file import load_case
    from partnerwizard.report.compose import compose
    from partnerwizard.report.pdf import render_pages
    from partnerwizard.resources import examples_dir

    if camera.wants("report-page"):
        pack, case = camera.window.session.pack, load_case(examples_dir() / EXAMPLE)
        made = compose(pack, case, appraise(pack, case, as_of=AT.date(), samples=10_000, seed=case.seed))
        page = QImage.fromData(render_pages(made, last=1)[0])
        camera.keep("report-page", page.scaledToWidth(PAGE, Qt.TransformationMode.SmoothTransformation), 32)


def _workshop(camera: Camera) -> None:
    """A workshop of ten on the example, whose two sides want different things."""
    from partnerwizard.case.workshop import Participant
    from partnerwizard.workshop.ballot import ballot, checked, questions
    from partnerwizard.workshop.plan import suggested_plan
    from partnerwizard.workshop.rounds import set_up
    from ui.workshop.places import RESULTS, ROUND, SET_UP

    window, host = camera.window, camera.window.workshop
    pack = window.session.pack
    host.begin()
    assert host.workshop is not None
    sides: list[str | None] = [each.id for each in host.workshop.organisations] or [None]
    people = [Participant(id=f"p{n:02}", organisation=sides[n % len(sides)]) for n in range(1, 11)]
    host.attempt(lambda case, at: set_up(case, at, participants=people))
    host.attempt(lambda case, at: set_up(case, at, plan=suggested_plan(host.workshop)) if host.workshop else case)
    window.go(SET_UP)
    camera.take("workshop-set-up")
    host.attempt(lambda case, at: host.desk.open_round(case, questions(pack, ()), at))
    window.go(ROUND)
    for n, person in enumerate(people, 1):
        if n == 7:
            camera.take("workshop-round")
        assert host.workshop is not None
        first = ("fragile-services", "finance", "integration", "equity-and-travel")[n % 4]
        said = {
            "aims": [[first], ["clinical-quality"]],
            "terms": [["time-to-effect"], ["autonomy"]] if n % 2 else [["autonomy"], ["reversibility"]],
            "swing": [30, 60],
        }
        asked = ballot(pack, window.session.case, host.workshop.rounds[-1], person)
        host.take(checked(asked, said), "laptop")
    host.attempt(host.desk.reveal)
    window.go(RESULTS)
    camera.take("workshop-results")


def _left_over(camera: Camera) -> None:
    """What is offered after a run that ended before its work was saved."""
    from partnerwizard.appraisal.changes import between
    from partnerwizard.case import edit
    from partnerwizard.recovery.drafts import Draft
    from ui.recovering import LeftOver

    window = camera.window
    case = window.session.case
    changed = edit.set_swing(edit.rank_aims(case, case.aims[::-1], AT), (60, 90), AT)
    draft = Draft(Path("fragile-stroke-service.draft"), changed, None, AT)
    dialog = LeftOver(window, [draft], [], lambda _, new: between(window.session.pack, case, new))
    dialog.show()
    camera.take("left-over", dialog)
    dialog.reject()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
