"""The command line: parses, calls the same functions as the window, prints, and sets the exit status.

Exit status: 0 done; 1 done, with findings; 2 bad use or bad input; 3 could not write.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from partnerwizard.cli.arguments import parse
from partnerwizard.files import FileProblem, NotWritten

BAD_INPUT = 2
NOT_WRITTEN = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status; problems go to standard error, one line each, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = parse(sys.argv[1:] if argv is None else argv)
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except NotWritten as problem:
        print(problem, file=sys.stderr)
        return NOT_WRITTEN
    except FileProblem as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain again when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_WRITTEN
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return BAD_INPUT
    except (Exception, MemoryError) as error:  # noqa: BLE001 - a fault of ours; whoever runs a batch gets one line
        print(_fault(error), file=sys.stderr)
        return BAD_INPUT
    return status


def _fault(error: BaseException) -> str:
    """What to say of a fault of the program: its kind and the place in our code, and nothing of what was read."""
    import traceback

    ours = [each for each in traceback.extract_tb(error.__traceback__) if "partnerwizard" in each.filename]
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    if isinstance(error, MemoryError):
        return "partnerwizard: there is not enough memory for this. Close other programs, or use a smaller file."
    if isinstance(error, OSError):
        return f"partnerwizard: the system refused something ({error.strerror or type(error).__name__}). Try again."
    return (
        f"partnerwizard: a fault of the program ({type(error).__name__} at {place}); nothing was changed. "
        "Report it with this line."
    )


def _run(arguments: argparse.Namespace) -> int:
    status: int
    if arguments.command == "analyse":
        # By itself, since what packs and cases need takes longer to load than most tables to analyse.
        # One table leaves little rubbish behind, and looking for it meanwhile takes longer than reading the table.
        collecting = gc.isenabled()
        gc.disable()
        try:
            from partnerwizard.cli import analyse

            status = getattr(analyse, arguments.run)(arguments)
        finally:
            if collecting:
                gc.enable()
    else:
        from partnerwizard.cli import commands

        status = getattr(commands, arguments.run)(arguments)
    return status
