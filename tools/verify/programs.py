"""The programs that the checks use: where they are, their versions, and how they are run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from verify.outcome import Missing

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "verify"
_HERE = Path(__file__).resolve().parent
_DEBIAN = {
    "java": "openjdk-17-jre-headless",
    "npm": "npm",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui",
}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Ended:
    """How a program ended and what it said."""

    status: int
    out: str
    err: str


def run(*command: str | Path, seconds: float = 300, cwd: Path | None = None) -> Ended:
    """Run a program to its end, in UTF-8 and with no input."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            cwd=cwd,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        return Ended(-1, "", f"{command[0]} had not ended after {seconds:.0f} seconds")
    return Ended(done.returncode, done.stdout, done.stderr)


def program(name: str) -> str:
    """The path of a program; Missing, with the Debian package that has it, where there is none."""
    found = shutil.which(name)
    if found is None:
        raise Missing(f"{name} is not installed; on Debian: apt-get install {_DEBIAN[name]}")
    return found


def browser() -> str:
    """The path of Chromium; CHROMIUM=/path names another."""
    for name in (os.environ.get("CHROMIUM", ""), *_BROWSERS):
        found = shutil.which(name) if name else None
        if found is not None:
            return found
    raise Missing("chromium is not installed; on Debian: apt-get install chromium")


@cache
def node_packages() -> Path:
    """The folder with axe-core and vnu-jar, installed by their hashes if need be."""
    folder = BUILD / "node"
    modules = folder / "node_modules"
    lock = (_HERE / "package-lock.json").read_bytes()
    mark = folder / "installed"
    if mark.is_file() and mark.read_bytes() == lock:
        return modules
    npm = program("npm")
    folder.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(_HERE / name, folder / name)
    # Nothing that a package brings is run while it is installed, and the cache stays in this checkout too.
    cache_folder = f"--cache={BUILD / 'npm-cache'}"
    done = run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", cache_folder, cwd=folder)
    if done.status:
        said = [line for line in done.err.splitlines() if " warn " not in line.lower()]
        raise Missing("npm could not install axe-core and vnu-jar: " + " / ".join(said)[:300])
    mark.write_bytes(lock)
    return modules


def axe() -> str:
    """The source of axe-core."""
    return (node_packages() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def vnu() -> Path:
    """The Nu Html Checker's jar."""
    return node_packages() / "vnu-jar" / "build" / "dist" / "vnu.jar"


def _first_line(*command: str) -> str:
    done = run(*command)
    lines = (done.out + done.err).strip().splitlines()
    return lines[0].strip() if lines else "says nothing of its version"


def _node_version(name: str) -> str:
    manifest = json.loads((node_packages() / name / "package.json").read_text(encoding="utf-8"))
    return f"{name} {manifest['version']}"


def _python_version(name: str) -> str:
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:
        raise Missing(f"the Python package {name} is not installed; tools/setup.sh run test verify") from None


def versions() -> list[str]:
    """What the checks are made with on this machine; a line for each tool that is missing."""
    asked: tuple[Callable[[], str], ...] = (
        lambda: _first_line(browser(), "--version"),
        lambda: _node_version("axe-core"),
        lambda: _node_version("vnu-jar"),
        lambda: _first_line(program("java"), "-version"),
        lambda: _python_version("page-validation"),
        lambda: _python_version("pikepdf"),
        lambda: _first_line(program("qpdf"), "--version"),
        lambda: _first_line(program("pdftoppm"), "-v"),
        lambda: _first_line(program("soffice"), "--version"),
    )
    lines = []
    for ask in asked:
        try:
            lines.append(ask())
        except Missing as missing:
            lines.append(f"missing: {missing}")
    return lines
