"""The installed tree below a prefix, for the Debian package and for the tarball alike."""

from __future__ import annotations

import gzip
import shutil
from datetime import UTC, datetime
from pathlib import Path

from package.icons import SIZES, draw

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PROGRAMS = ("partnerwizard", "partnerwizard-app")


def lay_out(frozen: Path, prefix: Path, version: str, when: int) -> None:
    """Lays the frozen app and all that a desktop wants to know of it below `prefix`.

    `when`: the seconds since 1970 that everything is dated with, so that two builds give the same bytes.
    """
    library = prefix / "lib" / "partnerwizard"
    shutil.copytree(frozen, library, symlinks=True)
    (prefix / "bin").mkdir(parents=True)
    for program in PROGRAMS:
        (prefix / "bin" / program).symlink_to(Path("..", "lib", "partnerwizard", program))
    share = prefix / "share"
    _copy(HERE / "partnerwizard.desktop", share / "applications" / "partnerwizard.desktop")
    _copy(HERE / "partnerwizard-mime.xml", share / "mime" / "packages" / "partnerwizard.xml")
    icons = share / "icons" / "hicolor"
    svg = ROOT / "ui" / "icons" / "partnerwizard.svg"
    _copy(svg, icons / "scalable" / "apps" / "partnerwizard.svg")
    for size in SIZES:
        draw(svg, size, icons / f"{size}x{size}" / "apps" / "partnerwizard.png")
    day = datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%d")
    for program in PROGRAMS:
        page = (HERE / f"{program}.1").read_text(encoding="utf-8")
        page = page.replace("@VERSION@", version).replace("@DATE@", day)
        _write_gz(share / "man" / "man1" / f"{program}.1.gz", page.encode())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write_gz(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(content, 9, mtime=0))


def plain_modes(folder: Path) -> None:
    """Files 0644 or 0755, folders 0755, whatever the builder's mask was."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.name)
            path.chmod(0o755 if runs else 0o644)
