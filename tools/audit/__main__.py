"""Looks at the dependencies; ends with 1 where something is wrong with them.

    PYTHONPATH=tools .venv/bin/python -m audit

- Every line of requirements/*.txt is one exact version with the hashes of its files, and names no address.
- Every package that is installed with the program has a licence in LICENCES-THIRD-PARTY.md.
- Every package that pyproject.toml asks for says there what for.
- Known weaknesses: from a folder of advisories in the OSV format (PARTNERWIZARD_OSV=FOLDER, for example an unpacked
  download of all of PyPI's). Nothing is fetched; without the folder this part is skipped, and the run says so.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from package.prepare import licences

ROOT = Path(__file__).resolve().parents[2]
ADVISORIES = "PARTNERWIZARD_OSV"

_PIN = re.compile(r"([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?:\s|$)")


def plain(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(requirements: str) -> dict[str, str]:
    """Package to version. Raises ValueError for a line that is not one exact version with its hashes."""
    found: dict[str, str] = {}
    for entry in requirements.replace("\\\n", " ").splitlines():
        if not entry.strip() or entry.startswith("#"):
            continue
        pin = _PIN.match(entry)
        if pin is None or not _HASH.search(entry) or "://" in entry:
            raise ValueError(f"{entry.strip()[:80]}: this is no exact version with hashes")
        found[plain(pin[1])] = pin[2]
    return found


def unexplained(project: str) -> list[str]:
    """Packages that the lists of pyproject.toml ask for without a comment on their line; groups of tools included."""
    lines = re.findall(r'^    "([A-Za-z0-9._-]+)[^"]*",(.*)$', project, re.MULTILINE)
    return [name for name, comment in lines if not comment.strip().startswith("#")]


def weaknesses(folder: Path, installed: dict[str, str]) -> Iterator[str]:
    """Advisories of the folder that name an installed version. Only versions that an advisory lists are compared."""
    for file in sorted(folder.rglob("*.json")):
        advisory: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if advisory.get("withdrawn"):
            continue
        for affected in advisory.get("affected", []):
            package = affected.get("package", {})
            name = plain(package.get("name", ""))
            if package.get("ecosystem") == "PyPI" and installed.get(name) in affected.get("versions", []):
                yield f"{name} {installed[name]}: {advisory.get('id')} {advisory.get('summary', '')}".rstrip()


def main() -> int:
    """Makes each check and prints one line for it."""
    wrong: list[str] = []
    installed: dict[str, str] = {}
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        try:
            found = pins(file.read_text(encoding="utf-8"))
        except ValueError as problem:
            wrong.append(f"{file.name}: {problem}")
            continue
        if file.name == "run.txt":
            installed = found
        print(f"ok       pinned by hash: {file.name}, {len(found)} packages")
    known = licences((ROOT / "LICENCES-THIRD-PARTY.md").read_text(encoding="utf-8"))
    missing = sorted(installed.keys() - {plain(name) for name in known})
    wrong += [f"LICENCES-THIRD-PARTY.md: no licence of {name}" for name in missing]
    print(
        f"{'FAILED  ' if missing else 'ok      '} licences of the {len(installed)} packages installed with the program"
    )
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    asked = project.partition("\ndependencies = [")[2].partition("\n]")[0]
    without = unexplained(asked)
    wrong += [f"pyproject.toml: no reason for {name}" for name in without]
    print(f"{'FAILED  ' if without else 'ok      '} a reason for every package that the program asks for")
    if folder := os.environ.get(ADVISORIES):
        found_weak = list(weaknesses(Path(folder), installed))
        wrong += found_weak
        print(f"{'FAILED  ' if found_weak else 'ok      '} known weaknesses, by the advisories in {ADVISORIES}")
    else:
        print(f"SKIPPED: known weaknesses: no advisories are at hand. Name a folder of OSV files in {ADVISORIES}.")
    for each in wrong:
        print(f"FAILED   {each}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
