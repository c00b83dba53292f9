"""Says which Debian packages are missing before Qt or the freezer fails with something less clear.

    python tools/check_system_libraries.py offscreen|window|freeze ...

Prints one line for each missing part and the command that installs them all; exit status 1 if any is missing.
Elsewhere than on Linux there is nothing to check: the Python packages bring all they need.
"""

import ctypes
import os
import shutil
import sys

# What libQt6Core, Gui, Widgets, Svg and DBus of the pinned PySide6 link to, beyond the C library.
OFFSCREEN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libstdc++.so.6": "libstdc++6",
}
# What the platform plugins for X11 and Wayland link to besides.
XCB = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}


def _missing(libraries: dict[str, str]) -> dict[str, str]:
    """Return those of the libraries that cannot be loaded, with the packages that hold them."""
    absent = {}
    for name, package in libraries.items():
        try:
            ctypes.CDLL(name)
        except OSError:
            absent[name] = package
    return absent


def _missing_for_window() -> dict[str, str]:
    absent = _missing(XCB) if os.environ.get("DISPLAY") else _missing(WAYLAND)
    if absent and os.environ.get("DISPLAY") and os.environ.get("WAYLAND_DISPLAY") and not _missing(WAYLAND):
        return {}
    return absent


def _missing_for_freezing() -> dict[str, str]:
    absent = {tool: "binutils" for tool in ("objdump", "objcopy") if shutil.which(tool) is None}
    # A distribution's python3.X is one static file; the freezer needs the shared library beside it.
    if os.path.realpath(sys.executable).startswith("/usr/bin/"):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        absent |= _missing({f"libpython{version}.so.1.0": f"libpython{version}"})
    return absent


def missing(purposes: list[str]) -> dict[str, str]:
    """Return what is missing for the purposes (offscreen, window, freeze): name and Debian package."""
    if not sys.platform.startswith("linux"):
        return {}
    absent: dict[str, str] = {}
    if "offscreen" in purposes or "window" in purposes:
        absent |= _missing(OFFSCREEN)
    if "window" in purposes:
        absent |= _missing_for_window()
    if "freeze" in purposes:
        absent |= _missing_for_freezing()
    return absent


def report(purposes: list[str]) -> bool:
    """Say on standard error what is missing and how to get it; return whether all is there."""
    absent = missing(purposes)
    for name, package in absent.items():
        print(f"missing {name}: it is in the Debian package {package}", file=sys.stderr)
    if absent:
        packages = " ".join(sorted(set(absent.values())))
        print(f"Install what is missing with: apt-get install {packages}", file=sys.stderr)
    return not absent


def main() -> int:
    """Check for the purposes named as arguments."""
    purposes = sys.argv[1:]
    if not purposes or set(purposes) - {"offscreen", "window", "freeze"}:
        print("use: check_system_libraries.py offscreen|window|freeze ...", file=sys.stderr)
        return 2
    return 0 if report(purposes) else 1


if __name__ == "__main__":
    sys.exit(main())
