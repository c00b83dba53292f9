"""What an IT department or a user has set for this computer: guidance, templates, places, and what may not be changed.

Four layers, each over the one before, but for what an earlier one has locked:

1. the machine's file `policy.toml` (Linux /etc/xdg/partnerwizard, Windows %ProgramData%\\partnerwizard, macOS
   /Library/Application Support/partnerwizard), which an administrator writes and which alone may lock;
2. `partnerwizard-portable.toml` beside the program, which makes its folder a portable one if the policy allows that;
3. the user's own `settings.toml` in their settings folder;
4. the environment: PARTNERWIZARD_PACK, PARTNERWIZARD_TEMPLATES, PARTNERWIZARD_HOME, PARTNERWIZARD_JOIN.

Only the command line and the window read this, once, at their start; nothing that computes does.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from partnerwizard.files import FileProblem, parse_toml, read_text

APP = "partnerwizard"
PORTABLE = "partnerwizard-portable.toml"
SETTABLE = ("pack", "templates", "home", "join", "recent")
Kind = Literal["config", "state", "cache", "log"]


@dataclass(frozen=True)
class Deployment:
    """What is set here.

    `pack`, `templates`: folders used instead of the built-in ones. `home`: the folder that holds settings, recovered
    work and logs instead of the system's usual places. `join`: whether phones may join a workshop over the network.
    `recent`: whether recent cases are remembered. `locked`: what cannot be changed, with the file that says so.
    """

    pack: Path | None = None
    templates: Path | None = None
    home: Path | None = None
    join: bool = True
    recent: bool = True
    locked: tuple[tuple[str, str], ...] = ()

    def lock(self, name: str) -> str | None:
        """The file that has locked a setting, if one has."""
        return dict(self.locked).get(name)

    def choose(self, name: Literal["pack", "templates"], wanted: Path | None, said_by: str) -> Path | None:
        """The folder to use where somebody asks for another one. Raises FileProblem where that is locked."""
        if wanted is None:
            return self.pack if name == "pack" else self.templates
        if file := self.lock(name):
            raise FileProblem(f"{said_by}: {file} has fixed the {name} for this computer. Leave {said_by} out.")
        return wanted

    def folder(self, kind: Kind) -> Path:
        """Where settings, recovered work, what can be made again, and logs belong; it may not be there yet."""
        if self.home is not None:
            return self.home / kind
        import platformdirs

        places = {
            "config": platformdirs.user_config_path,
            "state": platformdirs.user_state_path,
            "cache": platformdirs.user_cache_path,
            "log": platformdirs.user_log_path,
        }
        return places[kind](APP, appauthor=False)


def machine_file() -> Path:
    """The administrator's file on this system."""
    import platformdirs

    return platformdirs.site_config_path(APP, appauthor=False) / "policy.toml"


def deployment(environment: Mapping[str, str] | None = None, *, safe: bool = False) -> Deployment:
    """What is set for this run. `safe`: only the machine's file counts. Raises FileProblem naming every mistake."""
    environment = os.environ if environment is None else environment
    program = Path(sys.executable).parent if getattr(sys, "frozen", False) else None
    return read_deployment(machine_file(), None if program is None else program / PORTABLE, environment, safe=safe)


def read_deployment(
    machine: Path, portable: Path | None, environment: Mapping[str, str], *, safe: bool = False
) -> Deployment:
    """The layers in their order; see the head of this module. Files that are missing say nothing."""
    here = Deployment()
    allowed = True
    if machine.exists():
        table = _table(machine, (*SETTABLE, "portable", "locked"))
        allowed = table.pop("portable", True)
        locked = table.pop("locked", [])
        here = _over(here, table, machine)
        here = replace(here, locked=tuple((name, str(machine)) for name in locked))
    if safe:
        return here
    if allowed and portable is not None and portable.exists():
        here = _over(here, {"home": "partnerwizard-data", **_table(portable, SETTABLE)}, portable)
    own = here.folder("config") / "settings.toml"
    if own.exists():
        here = _over(here, _table(own, SETTABLE), own)
    given: dict[str, Any] = {
        name: environment[variable] for name in SETTABLE if environment.get(variable := f"PARTNERWIZARD_{name.upper()}")
    }
    for name in ("join", "recent"):
        if name in given:
            given[name] = _yes_or_no(f"PARTNERWIZARD_{name.upper()}", given[name])
    return _over(here, given, None)


def _over(here: Deployment, table: Mapping[str, Any], file: Path | None) -> Deployment:
    """What stands, with what a further layer says; locked settings stay. Relative folders are beside their file."""
    values: dict[str, Any] = {}
    for name, value in table.items():
        if here.lock(name):
            continue
        if isinstance(value, str):
            base = Path.cwd() if file is None else file.resolve().parent
            values[name] = base / Path(value).expanduser()
        else:
            values[name] = value
    return replace(here, **values)


def _table(file: Path, known: tuple[str, ...]) -> dict[str, Any]:
    """The settings in a file, every one known and of its type. Raises FileProblem with all that is wrong."""
    try:
        table = parse_toml(read_text(file, 100_000))
    except tomllib.TOMLDecodeError as error:
        raise FileProblem(f"{file}: this is not TOML ({error}). Mend the line named.") from None
    problems = []
    for name, value in table.items():
        if name not in known:
            problems.append(f"{file}:{name}: there is no such setting here. Use one of: {', '.join(known)}.")
        elif name == "locked":
            if not (isinstance(value, list) and all(each in SETTABLE for each in value)):
                problems.append(f"{file}:locked: this is a list of settings. Use: {', '.join(SETTABLE)}.")
        elif name in _FOLDERS:
            if not (isinstance(value, str) and value):
                problems.append(f"{file}:{name}: a folder is wanted here, in quotation marks.")
        elif not isinstance(value, bool):
            problems.append(f"{file}:{name}: write true or false.")
    if problems:
        raise FileProblem(*problems)
    return table


_FOLDERS = tuple(field.name for field in fields(Deployment) if "Path" in str(field.type))


def _yes_or_no(variable: str, text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if text.strip().lower() not in words:
        raise FileProblem(f"{variable}: {text!r} is neither yes nor no. Write yes or no.")
    return words[text.strip().lower()]
