"""What must outlive a crash and must not stand in the case: round keys, and every vote as soon as it is in.

Both live in a folder of the user's own (the window names it), readable by that user alone. A vote is in the journal,
sealed and flushed to disk, before the program says that it is in; `workshop.rounds.restored` puts back what a crash
kept out of the case file.
"""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from partnerwizard.case.workshop import Held, Hex, Questions, Sealed
from partnerwizard.files import FileProblem, NotWritten, read_text
from partnerwizard.workshop.problems import Refused
from partnerwizard.workshop.sealing import SECRET, RoundKey


class Kept(Held):
    """A line of the journal: what a round asks when it opens, or a sealed vote."""

    workshop: Hex
    round: int
    at: datetime
    questions: Questions | None = None
    sealed: Sealed | None = None


class Vault:
    """Keys and journal in one folder, which is made when something is first kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep_key(self, key: RoundKey) -> None:
        """Writes a key before its round opens. Raises NotWritten; a key that is there already is kept."""
        path = self._key_path(key.workshop, key.round)
        if not path.exists():
            self._write(path, os.O_EXCL, key.secret.hex() + "\n")

    def key(self, workshop: str, number: int) -> RoundKey:
        """The key of a round. Raises Refused with what to do where it is not on this computer."""
        path = self._key_path(workshop, number)
        with contextlib.suppress(FileProblem, ValueError):
            secret = bytes.fromhex(read_text(path, 1000).strip())
            if len(secret) == SECRET:
                return RoundKey(workshop, number, secret)
        raise Refused(
            f"Round {number}: its key is not on this computer, so votes that are not revealed cannot be opened here. "
            "Open the case on the computer on which the round was opened, enter the recovery code of the round, "
            "or start a new round and ask for the votes again."
        )

    def has_key(self, workshop: str, number: int) -> bool:
        """Whether the key of a round is here."""
        try:
            self.key(workshop, number)
        except Refused:
            return False
        return True

    def keep(self, line: Kept) -> None:
        """Adds a line to the journal and waits until it is on disk. Raises NotWritten."""
        # A line begins anew, because a crash may have cut short the one before.
        self._write(self._journal(line.workshop), os.O_APPEND, f"\n{line.model_dump_json(exclude_none=True)}\n")

    def kept(self, workshop: str) -> tuple[Kept, ...]:
        """Every line of the journal in order; one cut short by a crash is left out."""
        try:
            lines = read_text(self._journal(workshop)).splitlines()
        except FileProblem:
            return ()
        found = []
        for line in lines:
            with contextlib.suppress(ValidationError):
                found.append(Kept.model_validate_json(line, strict=True))
        return tuple(each for each in found if each.workshop == workshop)

    def forget(self, workshop: str) -> None:
        """Deletes keys and journal of a workshop that is over."""
        for path in (*self._folder.glob(f"{workshop}-*.key"), self._journal(workshop)):
            with contextlib.suppress(OSError):
                path.unlink()

    def _key_path(self, workshop: str, number: int) -> Path:
        return self._folder / f"{workshop}-{number}.key"

    def _journal(self, workshop: str) -> Path:
        return self._folder / f"{workshop}.votes"

    def _write(self, path: Path, how: int, text: str) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
            try:
                with os.fdopen(handle, "wb", closefd=False) as out:
                    out.write(text.encode())
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise NotWritten(
                f"{path}: the file could not be written ({error.strerror or error}). "
                "Make room or give this user the right to write there; nothing was taken in."
            ) from None
