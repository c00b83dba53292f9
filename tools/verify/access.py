"""The window driven through the accessibility tree alone: a virtual display, a session bus of its own, and pyatspi."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from verify import programs
from verify.outcome import Missing, Verdict

_HERE = Path(__file__).resolve().parent
_WALKER = _HERE / "walker.py"
_NAMELESS = _HERE / "nameless.py"
_NEEDED = {
    "xvfb-run": "xvfb xauth",
    "dbus-run-session": "dbus",
}
_BUS = "/usr/share/dbus-1/services/org.a11y.Bus.service"
_SYSTEM_PYTHON = "/usr/bin/python3"
SECONDS = 300.0


def _tools() -> None:
    """Raises Missing, with the Debian packages, where the walk cannot be made."""
    for name, packages in _NEEDED.items():
        if shutil.which(name) is None:
            raise Missing(f"{name} is not installed; on Debian: apt-get install {packages}")
    if not Path(_BUS).is_file():
        raise Missing("there is no accessibility bus; on Debian: apt-get install at-spi2-core")
    # Only looked for: importing it would look for a display.
    if programs.run(_SYSTEM_PYTHON, "-c", "import importlib.util as i; exit(not i.find_spec('pyatspi'))").status:
        raise Missing(f"{_SYSTEM_PYTHON} has no pyatspi; on Debian: apt-get install python3-pyatspi")


def _run(*command: str | Path) -> programs.Ended:
    home = programs.BUILD / "accessibility"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    settings = {
        "HOME": str(home),
        "QT_QPA_PLATFORM": "xcb",
        "QT_ACCESSIBILITY": "1",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": str(programs.ROOT),
    }
    cleared = [f"-u{name}" for name in os.environ if name.startswith("XDG_") or name == "DBUS_SESSION_BUS_ADDRESS"]
    return programs.run(
        *("env", *cleared, *(f"{key}={value}" for key, value in settings.items())),
        *("xvfb-run", "-a", "-s", "-screen 0 1280x900x24", "dbus-run-session", "--"),
        *(_SYSTEM_PYTHON, _WALKER, *command),
        seconds=SECONDS,
        cwd=programs.ROOT,
    )


def _said(ended: programs.Ended, word: str) -> tuple[str, ...]:
    return tuple(line.removeprefix(f"{word}: ") for line in ended.out.splitlines() if line.startswith(f"{word}: "))


def walk() -> Verdict:
    """From the start page to a written report; every page is looked at on the way."""
    _tools()
    folder = programs.BUILD / "accessibility-report"
    shutil.rmtree(folder, ignore_errors=True)
    ended = _run("walk", folder, sys.executable, "-m", "ui", "--safe")
    problems = [*_said(ended, "wanting"), *_said(ended, "stuck")]
    if ended.status and not problems:
        problems.append(f"it ended with {ended.status}: {ended.err.strip()[-300:]}")
    for kind in ("html", "pdf"):
        if not problems and not list(folder.glob(f"*.{kind}")):
            problems.append(f"no {kind.upper()} was written")
    done = _said(ended, "done")
    return Verdict(tuple(problems), note=f"{len(done) - 1} pages; {done[-1]}" if done else "")


def look_at_nameless() -> tuple[str, ...]:
    """What is found wanting on a window made badly on purpose."""
    _tools()
    return _said(_run("look", sys.executable, _NAMELESS), "wanting")
