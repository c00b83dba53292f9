"""Makes the tarball for installing without rights:  python -m package.linux.tarball dist/partnerwizard OUTDIR"""

from __future__ import annotations

import gzip
import io
import platform
import sys
import tarfile
import tempfile
from pathlib import Path

from package.linux.deb import commit_time, version
from package.linux.tree import HERE, ROOT, lay_out, plain_modes


def build(frozen: Path, out: Path) -> Path:
    """Writes the tarball into `out` and returns its path. Two builds of one commit give the same bytes."""
    name = f"partnerwizard-{version()}-linux-{platform.machine()}"
    when = commit_time()
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"{name}.tar.gz"
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder, name)
        lay_out(frozen, top / "files", version(), when)
        for script in ("install.sh", "uninstall.sh"):
            (top / script).write_bytes((HERE / script).read_bytes())
        for text in ("LICENSE", "LICENCES-THIRD-PARTY.md", "CHANGELOG.md"):
            (top / text).write_bytes((ROOT / text).read_bytes())
        plain_modes(top)
        for script in ("install.sh", "uninstall.sh"):
            (top / script).chmod(0o755)

        def dated(entry: tarfile.TarInfo) -> tarfile.TarInfo:
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = when, 0, 0, "root", "root"
            return entry

        content = io.BytesIO()
        with tarfile.open(fileobj=content, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for path in [top, *sorted(top.rglob("*"))]:
                tar.add(path, arcname=str(path.relative_to(folder)), recursive=False, filter=dated)
        target.write_bytes(gzip.compress(content.getvalue(), 6, mtime=0))
    return target


def main() -> int:
    """Makes the tarball named on the command line and prints its path."""
    if len(sys.argv) != 3:
        print("use: python -m package.linux.tarball FROZEN_FOLDER OUTDIR", file=sys.stderr)
        return 2
    print(build(Path(sys.argv[1]).resolve(), Path(sys.argv[2])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
