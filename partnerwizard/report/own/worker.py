"""The child process that fills an organisation's own template: it can compute for a short while, and nothing else.

It is given everything through standard input, then gives up what it could do harm with, and only then reads the
template. What it may do is limited three times over:

- Jinja's immutable sandbox: no attributes that begin with an underscore, nothing changed, no code called but the
  report's own filters;
- an audit hook: Python itself refuses to open files, start programs, reach the network or load modules;
- the system: on POSIX no new file, socket or process can be had at all, and time, memory and output are limited; on
  Windows a job object limits time, memory and processes. macOS does not keep limits of memory.

The parent keeps the last limit: it ends a child that does not answer in time.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
import textwrap  # noqa: F401 - Jinja loads it only when it needs it, and can no longer load it once the doors are shut
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from types import FrameType
from typing import Any, BinaryIO, NoReturn

import jinja2
import jinja2.debug
import jinja2.ext
import jinja2.loaders
import jinja2.nodes
import jinja2.sandbox

from partnerwizard.report.blocks import Report
from partnerwizard.report.charts.marks import Label, Picture, draw
from partnerwizard.report.page import OPTIONS, PAGE, cleaned, equip
from partnerwizard.report.palette import LIGHT

SECONDS = 5.0
"""For the whole page; the built-in template takes about 0.03."""

MEMORY = 192 * 1024 * 1024
"""Bytes on top of what the process has before it reads a template; a report of sixty options takes about 20 million."""

OUTPUT = 20_000_000
"""Characters of a page."""

BUILT_IN = "builtin/"
"""Before the name of a template of the program, where the folder has one of the same name."""

_CLOSED = (
    "open",
    "os.",
    "socket.",
    "subprocess.",
    "shutil.",
    "ctypes.",
    "import",
    "pty.",
    "tempfile.",
    "glob.",
    "urllib.",
    "mmap.",
    "winreg.",
    "webbrowser.",
    "sqlite3.",
    "ftplib.",
    "http.",
    "smtplib.",
)
_DROPPED_FILTERS = ("safe", "random", "pprint")
_DROPPED_GLOBALS = ("lipsum",)


@dataclass(frozen=True, slots=True)
class Request:
    """What the child is given: the report, the values beside it, and the texts of all templates by name."""

    report: Report
    given: Mapping[str, Any]
    own: Mapping[str, str]
    built_in: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """The page, or what is wrong and what to do, with the template and its line where they are known."""

    html: str = ""
    template: str = PAGE
    line: int | None = None
    what: str = ""
    todo: str = ""


class _TimeUp(Exception):
    """The template did not come to its end in time."""


class _NotText(TypeError):
    """A template writes something that is no text."""


class _Refused(jinja2.TemplateSyntaxError):
    """A tag that is not to be had here."""


def main() -> None:
    """Answers one request from standard input on standard output."""
    os.environ.clear()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    request = pickle.loads(source.read())  # noqa: S301 - from the parent, which wrote it
    assert isinstance(request, Request)
    _warm()
    _shut()
    _answer(target, fill(request))


def _answer(target: BinaryIO, answer: Answer) -> None:
    target.write(json.dumps(asdict(answer), ensure_ascii=True).encode())
    target.flush()


def _warm() -> None:
    """Loads what the report's filters load on first use: the charts' template and the widths of letters."""
    for bold in (False, True):
        label = Label("warm", 0, 0, bold=bold)
        draw(Picture("warm", 1, 1, (label,)), LIGHT, hold_widths=True)


def _shut() -> None:
    """Gives up files, network, programs, and all but a little time and memory."""
    _limit()
    sys.addaudithook(_refuse)
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _time_up)
        signal.setitimer(signal.ITIMER_REAL, SECONDS, 0.2)


def _time_up(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _TimeUp


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_CLOSED):
        raise PermissionError(f"templates may not use {event}")


def _limit() -> None:
    if sys.platform == "win32":
        _limit_windows()
    else:
        _limit_posix()


def _limit_posix() -> None:
    import resource

    limits = {
        resource.RLIMIT_CPU: int(SECONDS) + 2,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 3,  # standard input, output and error: no other can be had
        resource.RLIMIT_NPROC: 0,
    }
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as size:  # noqa: PTH123
            limits[resource.RLIMIT_AS] = int(size.read().split()[0]) * resource.getpagesize() + MEMORY
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))


def _limit_windows() -> None:
    """Puts this process into a job with limits; a failure ends the child, and the built-in template is used."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            _fields_ = [
                ("PerProcessUserTimeLimit", ctypes.c_int64),
                ("PerJobUserTimeLimit", ctypes.c_int64),
                ("LimitFlags", wintypes.DWORD),
                ("MinimumWorkingSetSize", ctypes.c_size_t),
                ("MaximumWorkingSetSize", ctypes.c_size_t),
                ("ActiveProcessLimit", wintypes.DWORD),
                ("Affinity", ctypes.c_size_t),
                ("PriorityClass", wintypes.DWORD),
                ("SchedulingClass", wintypes.DWORD),
            ]

        class Extended(ctypes.Structure):
            _fields_ = [
                ("Basic", Basic),
                ("IoInfo", ctypes.c_uint64 * 6),
                ("ProcessMemoryLimit", ctypes.c_size_t),
                ("JobMemoryLimit", ctypes.c_size_t),
                ("PeakProcessMemoryUsed", ctypes.c_size_t),
                ("PeakJobMemoryUsed", ctypes.c_size_t),
            ]

        process_time, active_processes, process_memory, extended_information = 0x2, 0x8, 0x100, 9
        limits = Extended()
        limits.Basic.LimitFlags = process_time | active_processes | process_memory
        limits.Basic.PerProcessUserTimeLimit = int((SECONDS + 2) * 10_000_000)
        limits.Basic.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = MEMORY + 128 * 1024 * 1024
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
        kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
        job = kernel.CreateJobObjectW(None, None)
        set_ = kernel.SetInformationJobObject(job, extended_information, ctypes.byref(limits), ctypes.sizeof(limits))
        if not (set_ and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())):
            raise OSError("the limits of the process could not be set")


def fill(request: Request) -> Answer:
    """The page from the request's templates, or the first thing that is wrong with them."""
    try:
        template = _environment(request).get_template(PAGE)
        return Answer(html=_written(template, {"report": request.report, **request.given}))
    except (MemoryError, RecursionError, _TimeUp) as error:
        name, line = _where(error, request)
        what, todo = _TOO_MUCH[type(error)]
        return Answer("", name, line, what, todo)
    except jinja2.TemplateSyntaxError as error:
        return Answer("", error.name or PAGE, error.lineno, _first_line(error.message), _advice(error))
    except jinja2.TemplateNotFound as error:
        name, line = _where(error, request)
        what = f"there is no template {_first_line(error.name)!r} in this folder"
        return Answer("", name, line, what, "Put it there, or correct the name; files outside the folder are not read.")
    except Exception as error:  # noqa: BLE001 - whatever a template provokes is told as its fault, at its line
        name, line = _where(error, request)
        return Answer("", name, line, _first_line(error), _advice(error))


_TOO_MUCH: Mapping[type[BaseException], tuple[str, str]] = {
    MemoryError: ("the template needs more memory than it may have", "Write less at once; look at what it repeats."),
    RecursionError: ("the template calls itself without end", "Give the macro or the include a place where it stops."),
    _TimeUp: (f"the template takes longer than {SECONDS:g} seconds", "Look at the loops around this line."),
}


_GIVEN = "A template is given: report, policy, palette, light and dark; the program's own shows how they are used."


def _environment(request: Request) -> jinja2.Environment:
    texts = {
        **{f"{BUILT_IN}{name}": text for name, text in request.built_in.items()},
        **request.built_in,
        **request.own,
    }

    def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (texts[name], name, lambda: True) if name in texts else None

    environment = _Environment(loader=jinja2.FunctionLoader(source), finalize=_text, **OPTIONS)
    equip(environment)
    for each in _DROPPED_FILTERS:
        del environment.filters[each]
    for each in _DROPPED_GLOBALS:
        del environment.globals[each]
    return environment


class _Environment(jinja2.sandbox.ImmutableSandboxedEnvironment):
    """The sandbox, in which text is always escaped."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> jinja2.nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all((jinja2.nodes.EvalContextModifier, jinja2.nodes.ScopedEvalContextModifier)):
            raise _Refused("escaping of text cannot be switched off here", node.lineno, name, filename)
        return tree


def _text(value: object) -> object:
    """Only text and numbers are written; anything else is a slip of the template."""
    if isinstance(value, str | int | float) or value is None:
        return cleaned(value)
    if isinstance(value, jinja2.Undefined):
        return value  # complains of itself when it is written
    raise _NotText(f"this is no text but {type(value).__name__}, and cannot be written")


def _written(template: jinja2.Template, values: Mapping[str, Any]) -> str:
    parts: list[str] = []
    size = 0
    for part in template.generate(**values):
        size += len(part)
        if size > OUTPUT:
            raise OverflowError(f"the page would have more than {OUTPUT // 1_000_000} million characters")
        parts.append(part)
    return "".join(parts)


def _where(error: BaseException, request: Request) -> tuple[str, int | None]:
    """The template and its line in which the error arose: the innermost that is the organisation's own."""
    found: tuple[str, int | None] = (PAGE, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename in request.own:
            found = frame.f_code.co_filename, line
    return found


def _first_line(error: object) -> str:
    text = " ".join(str(error).split()).rstrip(".") or type(error).__name__
    return text if len(text) <= 200 else text[:199] + "…"


def _advice(error: Exception) -> str:
    match error:
        case _Refused():
            return "Take the tag out."
        case jinja2.TemplateAssertionError() if "safe" in str(error):
            return "Take it out: text is always escaped here."
        case jinja2.TemplateSyntaxError():
            return "Correct the template at this line."
        case jinja2.exceptions.SecurityError() | PermissionError():
            return "Take it out: templates may read the report and nothing else."
        case jinja2.UndefinedError():
            return f"Check the spelling. {_GIVEN}"
        case OverflowError():
            return "Write less; look at the loops around this line."
        case _:
            return f"Correct the template at this line. {_GIVEN}"
