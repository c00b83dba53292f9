"""Bytes in and out: reading with limits, writing whole or not at all, and a lock beside the file.

Every problem is one line `FILE:PLACE: what is wrong. What to do.` (see FileProblem), with no traceback behind it.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SIZE_LIMIT = 20_000_000
DEPTH_LIMIT = 40
MOST_DIGITS = 1000
PIECES_LIMIT = 2_000_000
"""Commas and opening brackets of a JSON file: what bounds the memory that reading it takes."""

MOST_PROBLEMS = 1000
LONGEST_PROBLEM = 1500


class FileProblem(Exception):
    """Something is wrong with a file; `problems` holds one complete line for each thing that is.

    Lines quote what a file holds, so each is kept to one line of readable characters and a bearable length.
    """

    def __init__(self, *problems: str) -> None:
        lines = [_one_line(each) for each in problems[:MOST_PROBLEMS]]
        if len(problems) > MOST_PROBLEMS:
            lines.append(f"There are {len(problems) - MOST_PROBLEMS} more problems of these kinds. Mend these first.")
        super().__init__("\n".join(lines))
        self.problems = tuple(lines)


class NotWritten(FileProblem):
    """A file could not be written; what stood there before is whole."""


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; False too where the name cannot be one or the way to it is barred."""
    return _told(path.is_dir)


def is_there(path: Path) -> bool:
    """Whether there is anything of this name; False too where the name cannot be one or the way to it is barred."""
    return _told(path.exists)


def is_file(path: Path) -> bool:
    """Whether there is a plain file of this name; False too where the name cannot be one or the way to it is barred."""
    return _told(path.is_file)


def read_bytes(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """The file's bytes. Raises FileProblem where it is missing, no plain file, unreadable or larger than `limit`."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FileProblem(f"{path}: this is not a file. Name a file.")
        if status.st_size > limit:
            raise FileProblem(
                f"{path}: the file has {status.st_size / 1e6:.0f} MB; at most {limit / 1e6:.0f} MB are read. "
                "Check that this is the right file."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise FileProblem(f"{path}: there is no such file. Check the name and the folder.") from None
    except (OSError, ValueError) as error:
        raise FileProblem(f"{path}: the file cannot be read ({_cause(error)}). Check that you may open it.") from None


def read_text(path: Path, limit: int = SIZE_LIMIT) -> str:
    """The file as UTF-8 text, a byte order mark dropped. Raises FileProblem also where it is not text."""
    data = read_bytes(path, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileProblem(
            f"{path}:{line}: this is not UTF-8 text. Check that this is the right file and that it is not damaged."
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise FileProblem(
            f"{path}:{line}: the file holds bytes that are not text. Check that this is the right file and not damaged."
        )
    return text


def read_json(path: Path, limit: int = SIZE_LIMIT, pieces: int = PIECES_LIMIT) -> Any:
    """The file as JSON. Raises FileProblem for what is no JSON, a key given twice, NaN, or nesting deeper than 40.

    `pieces`: commas and opening brackets that it may have; they are counted before anything is built of it.
    """
    text = read_text(path, limit)
    if text.count(",") + text.count("[") + text.count("{") > pieces:
        raise FileProblem(f"{path}: the file holds more than {pieces} values. Check that this is the right file.")
    if not text.strip():
        raise FileProblem(f"{path}: the file is empty. Use a copy from before it was emptied.")
    repeated: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            times = Counter(key for key, _ in pairs)
            repeated.extend(key for key in found if times[key] > 1)
        return found

    def no_constant(name: str) -> Any:
        raise ValueError(f"{name} is not a number")

    def whole(digits: str) -> int:
        if len(digits) > MOST_DIGITS:
            raise ValueError(f"{digits[:12]}… is a number of {len(digits)} digits")
        return int(digits)

    def finite(digits: str) -> float:
        if math.isinf(number := float(digits)):
            raise ValueError(f"{digits[:12]} is too large a number")
        return number

    try:
        value = json.loads(
            text, object_pairs_hook=once, parse_constant=no_constant, parse_int=whole, parse_float=finite
        )
    except json.JSONDecodeError as error:
        raise FileProblem(
            f"{path}:{error.lineno}: this is not JSON ({error.msg}, column {error.colno}). "
            "The file is damaged or of another kind; use an undamaged copy."
        ) from None
    except RecursionError:
        raise FileProblem(f"{path}: the file is nested too deeply. Check that this is the right file.") from None
    except ValueError as error:
        raise FileProblem(f"{path}: {_cause(error)}. Correct the figure.") from None
    if repeated:
        raise FileProblem(*(f"{path}: the key {key} is given twice. Leave one of the two." for key in repeated))
    if _deeper_than(value, DEPTH_LIMIT):
        raise FileProblem(
            f"{path}: the file is nested more than {DEPTH_LIMIT} deep. Check that this is the right file."
        )
    return value


def parse_toml(text: str) -> dict[str, Any]:
    """TOML as data. Raises tomllib.TOMLDecodeError also for nesting and numbers beyond reason."""
    import tomllib  # here, because a decision table needs none

    # A dotted key of n parts takes time that grows with the square of n.
    if (deep := _DEEP_KEY.search(text)) is not None:
        line = text.count("\n", 0, deep.start()) + 1
        raise tomllib.TOMLDecodeError(f"a key of more than {DEPTH_LIMIT} parts (at line {line}, column 1)")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise tomllib.TOMLDecodeError("nested too deeply") from None
    except ValueError as error:  # a number of thousands of digits
        raise tomllib.TOMLDecodeError(str(error)) from None


def write_whole(path: Path, data: bytes) -> None:
    """Writes beside the target, flushes to disk, then renames: afterwards the old or the new file is whole.

    Keeps the old file's permissions and writes through a link to its target. Raises NotWritten.
    """
    import tempfile  # here, because what only reads should not wait for it to load

    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        if target.exists() and not target.is_file():
            raise NotWritten(f"{path}: this is no plain file, so it is not replaced. Name a file.")
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
        _refuse_read_only(target, path)
        temporary.replace(target)
        temporary = None
        _sync_folder(target.parent)
    except FileNotFoundError:
        raise NotWritten(f"{path}: its folder does not exist. Make the folder or choose another.") from None
    except (OSError, ValueError) as error:
        raise NotWritten(
            f"{path}: the file could not be written ({_cause(error)}). "
            "What stood there before is unchanged; choose another folder or make room."
        ) from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


@contextlib.contextmanager
def writing(path: Path, timeout: float = 5.0) -> Iterator[None]:
    """Holds the lock beside a file while it is written. Raises NotWritten if someone else holds it."""
    from filelock import FileLock, Timeout  # here, because what only reads should not wait for it to load

    lock = FileLock(path.parent / f".{path.name}.lock", timeout=timeout)
    try:
        if not path.parent.is_dir():  # the lock would make the folder
            raise NotWritten(f"{path}: its folder does not exist. Make the folder or choose another.")
        lock.acquire()
    except Timeout:
        raise NotWritten(f"{path}: another program is writing this file. Close it there, then try again.") from None
    except (OSError, ValueError) as error:
        raise NotWritten(f"{path}: the file could not be written ({_cause(error)}). Choose another folder.") from None
    try:
        yield
    finally:
        # What was to be written is written or refused by now; a lock that cannot be let go ends with the program.
        with contextlib.suppress(OSError):
            lock.release()
        with contextlib.suppress(OSError):
            Path(lock.lock_file).unlink()


def _refuse_read_only(target: Path, shown: Path) -> None:
    """A rename would replace a file that is marked read-only; its owner meant it to stay."""
    if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
        raise NotWritten(f"{shown}: the file is read-only. Save under another name or lift the protection.")


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # Some network file systems cannot; the rename itself has happened.
    finally:
        os.close(handle)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _told(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (OSError, ValueError):
        return False


def _one_line(text: str) -> str:
    """A message as it can stand in a terminal or a log: what would act there or turn the line round is named."""
    if len(text) > LONGEST_PROBLEM:
        text = f"{text[: LONGEST_PROBLEM * 2 // 3]} … {text[-LONGEST_PROBLEM // 3 :]}"
    return visible(" ".join(text.splitlines()))


def visible(text: str) -> str:
    """Text as it can stand in a terminal or a log: what would act there, or turn a line round, is shown by its number.

    Line feeds stay.
    """
    if text.isprintable():
        return text
    return "".join(
        f"[U+{ord(each):04X}]" if each != "\n" and unicodedata.category(each) in _UNSEEN else each for each in text
    )


_DEEP_KEY = re.compile(rf"""(?<![\w-])(?:(?:"[^"\n]*+"|'[^'\n]*+'|[\w-]++)[ \t]*+\.[ \t]*+){{{DEPTH_LIMIT}}}""")

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Controls, marks of reading direction, halves of pairs, and line ends of other kinds."""


def _cause(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _deeper_than(value: Any, limit: int) -> bool:
    layer = [value]
    for _ in range(limit):
        layer = [
            inner
            for each in layer
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not layer:
            return False
    return True
