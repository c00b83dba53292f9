"""The HTML report through an organisation's own templates, or through the program's own where those do not work."""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from partnerwizard.report.blocks import Report
from partnerwizard.report.html import render_html
from partnerwizard.report.look import palettes
from partnerwizard.report.own.folder import REPLACEABLE, OwnTemplates
from partnerwizard.report.own.guard import look_at
from partnerwizard.report.own.worker import OUTPUT, SECONDS, Answer, Request
from partnerwizard.report.page import PAGE, given
from partnerwizard.resources import templates_dir

WORKER = "--fill-template"
"""The one argument with which the frozen command line becomes the child process."""

PATIENCE = SECONDS + 10
"""Seconds after which a child that has not answered is ended: its own limit, and time to start on a busy computer."""

_POLL = 0.05


class Cancelled(Exception):
    """Whoever asked for the page no longer wants it."""


@dataclass(frozen=True, slots=True)
class OwnProblem:
    """Why the own templates were not used: FILE or FILE:LINE, what is wrong, and what to do."""

    place: str
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}. {self.todo}"


@dataclass(frozen=True, slots=True)
class Page:
    """The report as HTML; `problem` where the program's own template had to make it."""

    html: str
    problem: OwnProblem | None = None


USED_INSTEAD = "The program's own template was used instead."
"""To say after a problem, where the report was made all the same."""


def render_with(report: Report, templates: OwnTemplates, cancelled: Callable[[], bool] = lambda: False) -> Page:
    """The report through these templates; through the program's own, with the reason, where they do not work.

    `cancelled` is asked some twenty times a second; once it is true the child is ended and Cancelled raised.
    """
    answer = _ask(report, templates, cancelled)
    if not answer.what:
        finding = look_at(answer.html)
        if finding is None:
            return Page(answer.html)
        name, line = _place(templates, finding.pattern)
        answer = Answer("", name, line, finding.what, finding.todo)
    problem = OwnProblem(templates.place(answer.template, answer.line), answer.what, answer.todo)
    return Page(render_html(report), problem)


def _ask(report: Report, templates: OwnTemplates, cancelled: Callable[[], bool]) -> Answer:
    request = Request(report, given(report, *palettes(report.accent)), dict(templates.texts), _built_in())
    child = subprocess.Popen(  # noqa: S603 - this very program
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    said: list[bytes] = []
    talk = threading.Thread(target=_talk, args=(child, pickle.dumps(request), said), daemon=True)
    talk.start()
    until = time.monotonic() + PATIENCE
    try:
        while talk.is_alive():
            talk.join(_POLL)
            if cancelled():
                raise Cancelled
            if time.monotonic() > until:
                return _ENDED
        child.wait(_POLL * 40)
    except subprocess.TimeoutExpired:
        return _ENDED
    finally:
        child.kill()
        talk.join()
        child.wait()
    return _understood(b"".join(said), child.returncode)


_ENDED = Answer(
    template=PAGE,
    what=f"the template was stopped: it takes longer than {SECONDS:g} seconds, or more memory than it may have",
    todo="Look at its loops, powers and repeated texts.",
)
_UNABLE = Answer(
    template=PAGE,
    what="the program for own templates could not be started with its limits on this computer",
    todo="Use the program's own template, and tell whoever looks after the program.",
)


def _talk(child: subprocess.Popen[bytes], request: bytes, said: list[bytes]) -> None:
    """Hands the request over and reads the answer, and no more of it than an answer can have."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        with child.stdin as to:
            to.write(request)
    except OSError:
        pass  # it has ended already; what it said before tells why, if anything does
    with child.stdout as out:
        said.append(out.read(12 * OUTPUT))


def _understood(said: bytes, status: int) -> Answer:
    """The child's answer; what became of it where it gave none: ended by the system, or never ready."""
    try:
        return Answer(**json.loads(said))
    except (ValueError, TypeError):
        return _UNABLE if status > 0 else _ENDED


def _command() -> list[str]:
    """This program as the child: in a frozen app the command line, which lies beside the window."""
    if getattr(sys, "frozen", False):
        program = Path(sys.executable)
        return [str(program.with_name("partnerwizard" + program.suffix)), WORKER]
    return [sys.executable, "-P", "-m", "partnerwizard.report.own"]


def _environment() -> Mapping[str, str]:
    """Next to nothing of the parent's environment: what the interpreter needs to start, and where this package is."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
    package = Path(__file__).resolve().parents[3]
    return {**kept, "PYTHONPATH": str(package), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}


@cache
def _built_in() -> Mapping[str, str]:
    return {name: (templates_dir() / name).read_text(encoding="utf-8") for name in REPLACEABLE}


def _place(templates: OwnTemplates, pattern: str) -> tuple[str, int | None]:
    """The first line of the own templates in which the pattern stands."""
    for name, text in templates.texts:
        found = re.search(pattern, text, re.IGNORECASE)
        if found is not None:
            return name, text.count("\n", 0, found.start()) + 1
    return next((name for name, _ in templates.texts if name == PAGE), templates.texts[0][0]), None
