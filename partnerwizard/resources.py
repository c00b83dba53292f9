"""Where the program's data lives: in a checkout, an installed wheel and a frozen app. No other module knows."""

from __future__ import annotations

import sys
from pathlib import Path


def guidance_dir() -> Path:
    """The folder of the built-in guidance pack."""
    return _data("guidance")


def examples_dir() -> Path:
    """The folder of the worked example cases."""
    return _data("guidance") / "examples"


def templates_dir() -> Path:
    """The folder of report templates, charts and fonts."""
    return _data("report_templates")


def user_guide_dir() -> Path:
    """The folder of the user guide's pages; their pictures lie in `screens` beside it."""
    return _data("docs/user")


def icon_file() -> Path:
    """The program's own icon, as SVG."""
    return _data("ui/icons") / "partnerwizard.svg"


def _data(name: str) -> Path:
    if getattr(sys, "frozen", False):
        return Path(sys._MEIPASS) / name  # type: ignore[attr-defined]
    package = Path(__file__).resolve().parent
    for base in (package / "_data", package.parent):
        if (base / name).is_dir():
            return base / name
    raise FileNotFoundError(f"the program's own folder {name} is missing; install it again")
