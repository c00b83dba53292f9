"""The names of the targets, and the inputs that each starts from; nothing of the program is loaded here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "tests" / "fuzz" / "seeds"

NAMES: Mapping[str, tuple[str, ...]] = {
    "case": ("tests/cases/*.partnering", "tests/case/formats/*.partnering"),
    "answers": ("tests/cases/*.answers.json",),
    "table": ("tests/tables/*[!d].json",),
    "pack": (),
    "votes": (),
    "codes": (),
    "imports": (),
    "template": ("report_templates/report.html.j2",),
    "svg": ("ui/icons/partnerwizard.svg",),
    "logo": (),
    "setting": (),
}
"""Each target, and files of the checkout that are good inputs beside its own seeds."""


def seeds(name: str) -> list[Path]:
    """Inputs to start from, in a fixed order."""
    own = SEEDS / name
    found = [path for path in own.iterdir() if path.is_file()] if own.is_dir() else []
    return sorted([*found, *(path for pattern in NAMES[name] for path in ROOT.glob(pattern) if path.is_file())])
