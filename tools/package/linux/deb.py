"""Makes the Debian package of the frozen app:  python -m package.linux.deb dist/partnerwizard OUTDIR"""

from __future__ import annotations

import gzip
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from email.utils import formatdate
from pathlib import Path

from package.linux.tree import HERE, ROOT, lay_out, plain_modes

MAINTAINER = "Partner Wizard contributors <partnerwizard@localhost>"
DESCRIPTION = """\
Description: work out which partnering model fits an NHS trust
 Asks about a trust's aims, its context and the intended scale, says which
 forms of partnering law and facts close, weighs the rest on published
 evidence, says how firm the answer is, and writes the board paper as HTML,
 PDF, Word and Excel.
 .
 It works offline on one computer and sends nothing anywhere.
"""


def version() -> str:
    """The program's version, from its one place."""
    text = (ROOT / "partnerwizard" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    if not found:
        raise SystemExit("partnerwizard/__init__.py: no __version__ found.")
    return found[1]


def commit_time() -> int:
    """The time that everything in a package is dated with: SOURCE_DATE_EPOCH, else that of the commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    return int(subprocess.check_output(["git", "log", "-1", "--format=%ct"], cwd=ROOT, text=True))


def build(frozen: Path, out: Path) -> Path:
    """Writes the package into `out` and returns its path. Needs dpkg-deb."""
    architecture = subprocess.check_output(["dpkg", "--print-architecture"], text=True).strip()
    when = commit_time()
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "tree")
        lay_out(frozen, tree / "usr", version(), when)
        _documents(tree, when)
        plain_modes(tree)
        control = tree / "DEBIAN"
        control.mkdir()
        size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
        (control / "control").write_text(
            f"Package: partnerwizard\nVersion: {version()}-1\nArchitecture: {architecture}\nMaintainer: {MAINTAINER}\n"
            f"Installed-Size: {size // 1024}\n"
            f"Depends: libc6 (>= {platform.libc_ver()[1]}), libegl1, libgl1, fontconfig-config\n"
            "Recommends: hicolor-icon-theme, shared-mime-info\n"
            f"Section: misc\nPriority: optional\n{DESCRIPTION}",
            encoding="utf-8",
        )
        sums = [
            f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}\n"
            for path in sorted(tree.rglob("*"))
            if path.is_file() and not path.is_symlink() and control not in path.parents
        ]
        (control / "md5sums").write_text("".join(sums), encoding="utf-8")
        for path in control.iterdir():
            path.chmod(0o644)
        out.mkdir(parents=True, exist_ok=True)
        target = out / f"partnerwizard_{version()}-1_{architecture}.deb"
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target)],
            check=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(when)},
            stdout=subprocess.DEVNULL,
        )
    return target


def _documents(tree: Path, when: int) -> None:
    documents = tree / "usr" / "share" / "doc" / "partnerwizard"
    documents.mkdir(parents=True)
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    parts = (ROOT / "LICENCES-THIRD-PARTY.md").read_text(encoding="utf-8")
    (documents / "copyright").write_text(
        f"Partner Wizard\n\n{licence}\n\n{parts}\n\nThe full texts of the parts' licences are in\n"
        "/usr/lib/partnerwizard/_internal/licences/\nOn Debian systems the GNU licences are also in\n"
        "/usr/share/common-licenses/GPL-3, /usr/share/common-licenses/LGPL-3 and\n"
        "/usr/share/common-licenses/LGPL-2.1\n",
        encoding="utf-8",
    )
    changes = f"partnerwizard ({version()}-1) unstable; urgency=medium\n\n  * See changelog.gz beside this file.\n\n"
    changes += f" -- {MAINTAINER}  {formatdate(when, usegmt=True).replace('GMT', '+0000')}\n"
    for name, text in (
        ("changelog.Debian.gz", changes),
        ("changelog.gz", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")),
    ):
        (documents / name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    overrides = tree / "usr" / "share" / "lintian" / "overrides"
    overrides.mkdir(parents=True)
    shutil.copyfile(HERE / "lintian-overrides", overrides / "partnerwizard")


def main() -> int:
    """Makes the package named on the command line and prints its path."""
    if len(sys.argv) != 3:
        print("use: python -m package.linux.deb FROZEN_FOLDER OUTDIR", file=sys.stderr)
        return 2
    print(build(Path(sys.argv[1]).resolve(), Path(sys.argv[2])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
