"""What `make run` does after the set-up: the window, or with no display the main job on the example."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import check_system_libraries

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = Path("guidance", "examples", "fragile-stroke-service.partnering")
OUT = Path("out")


def _display_opens() -> bool:
    """Ask the X server itself: a DISPLAY left over from another session makes Qt abort."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the check of libraries says it better
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not broken


def why_no_window() -> str:
    """Return why no window can be shown here; empty if one can."""
    if not sys.platform.startswith("linux"):
        return ""
    display, wayland = os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY")
    if not display and not wayland:
        return "there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    if not wayland and not _display_opens():
        return f"the display {display} (from DISPLAY) cannot be opened"
    return ""


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def main() -> int:
    """Open the window or do the main job without one."""
    os.chdir(ROOT)
    reason = why_no_window()
    if not reason:
        if not check_system_libraries.report(["window"]):
            return 1
        return subprocess.call([_program("partnerwizard-app")])
    program = _program("partnerwizard")
    commands = [
        [program, "appraise", str(EXAMPLE)],
        [program, "report", str(EXAMPLE), "--to", "html,pdf", "-o", f"{OUT}{os.sep}"],
    ]
    OUT.mkdir(exist_ok=True)
    for command in commands:
        print("$", ".venv/bin/partnerwizard", *command[1:], flush=True)
        status = subprocess.call(command)
        if status:
            return status
    print()
    print(f"No window was opened: {reason}.")
    print(f"The bundled example was appraised instead; its report is {OUT / EXAMPLE.stem}.html and .pdf.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
