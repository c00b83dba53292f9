"""What the frozen app wants beside the code, into build/package: its icon for this system, and the list of its parts.

python -m package.prepare     (before build.spec is run)
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from package.icons import draw

ROOT = Path(__file__).resolve().parents[2]
MADE = ROOT / "build" / "package"
LICENCES = ROOT / "LICENCES-THIRD-PARTY.md"


def parts(requirements: Path) -> bytes:
    """The pinned packages of the app as a CycloneDX document: names, versions and hashes, each with its licence.

    The licences are those of LICENCES-THIRD-PARTY.md. Raises ValueError where a package has none there.
    """
    program = Path(sys.executable).with_name("cyclonedx-py")
    found = subprocess.run(
        [
            str(program),
            "requirements",
            str(requirements),
            "--pyproject",
            str(ROOT / "pyproject.toml"),
            "--mc-type",
            "application",
            "--output-reproducible",
            "--output-format",
            "JSON",
            "--spec-version",
            "1.6",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    document = json.loads(found.stdout)
    known = licences(LICENCES.read_text(encoding="utf-8"))
    missing = []
    for part in document.get("components", []):
        name = part["name"].lower().replace("_", "-")
        if name in known:
            part["licenses"] = [{"license": {"name": known[name]}}]
        else:
            missing.append(part["name"])
        for key in ("externalReferences", "description"):  # all hashes of all systems, and where packages come from
            part.pop(key, None)
    if missing:
        raise ValueError(f"{LICENCES.name}: no licence stands there for {', '.join(missing)}. Add a row for each.")
    document["metadata"].pop("tools", None)
    return (json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def licences(table: str) -> dict[str, str]:
    """Package name, in small letters, to licence, from the tables of the page on licences."""
    found: dict[str, str] = {}
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3:
            for name in re.split(r",\s*", re.sub(r"\([^)]*\)", "", cells[0])):
                found[name.strip().lower().replace("_", "-")] = cells[2]
    return found


def main() -> int:
    """Draws and lists."""
    MADE.mkdir(parents=True, exist_ok=True)
    svg = ROOT / "ui" / "icons" / "partnerwizard.svg"
    if sys.platform == "win32":
        draw(svg, 256, MADE / "partnerwizard.ico")
    if sys.platform == "darwin":
        draw(svg, 512, MADE / "partnerwizard.icns")
    (MADE / "sbom.cdx.json").write_bytes(parts(ROOT / "requirements" / "run.txt"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
