"""Makes the zip that runs from wherever it is unpacked:  python -m package.portable dist/partnerwizard OUTDIR

It keeps settings, recovered work and logs in its own folder, where the computer's policy allows portable folders.
"""

from __future__ import annotations

import platform
import stat
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from package.linux.deb import commit_time, version
from partnerwizard.deployment import PORTABLE

SETTINGS = "# This folder is a portable Partner Wizard. Settings are described in docs/deployment.md.\n"


def build(frozen: Path, out: Path) -> Path:
    """Writes the zip into `out` and returns its path. Two builds of one commit give the same bytes."""
    name = f"partnerwizard-{version()}-{platform.system().lower()}-{platform.machine().lower()}-portable"
    when = datetime.fromtimestamp(commit_time(), UTC).timetuple()[:6]
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"{name}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:

        def add(inside: str, content: bytes, mode: int) -> None:
            entry = zipfile.ZipInfo(f"{name}/{inside}", when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # modes and links are those of Unix; Windows reads neither
            entry.external_attr = mode << 16
            archive.writestr(entry, content)

        for path in sorted(frozen.rglob("*")):
            inside = path.relative_to(frozen).as_posix()
            if path.is_symlink():
                add(inside, str(path.readlink()).encode(), stat.S_IFLNK | 0o777)
            elif path.is_file():
                add(inside, path.read_bytes(), stat.S_IFREG | (path.stat().st_mode & 0o777))
        add(PORTABLE, SETTINGS.encode(), stat.S_IFREG | 0o644)
    return target


def main() -> int:
    """Makes the zip named on the command line and prints its path."""
    if len(sys.argv) != 3:
        print("use: python -m package.portable FROZEN_FOLDER OUTDIR", file=sys.stderr)
        return 2
    print(build(Path(sys.argv[1]).resolve(), Path(sys.argv[2])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
