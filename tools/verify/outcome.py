"""What a check says, and the lines and the sum that are printed of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

SHOWN = 8


class Missing(Exception):
    """A tool that a check needs is not there; its text names the tool and where to get it."""


@dataclass(frozen=True)
class Verdict:
    """What one check found in one file: problems fail it, warnings do not; the note says what was looked at."""

    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    note: str = ""


@dataclass
class Ledger:
    """One line for each check and file as they come, and the sum at the end."""

    strict: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    times: list[tuple[str, float]] = field(default_factory=list)

    def _line(self, word: str, check: str, file: str, note: str) -> None:
        print(f"{word:<8} {check:<24} {file:<40} {note}".rstrip(), flush=True)

    def _more(self, word: str, texts: tuple[str, ...]) -> None:
        for text in texts[:SHOWN]:
            print(f"         {word}: {text}", flush=True)
        if len(texts) > SHOWN:
            print(f"         and {len(texts) - SHOWN} more", flush=True)

    def add(self, check: str, file: str, verdict: Verdict) -> None:
        """Print and count what a check found in a file."""
        word = "FAILED" if verdict.problems else "warning" if verdict.warnings else "ok"
        self.counts[word] += 1
        self._line(word, check, file, verdict.note)
        self._more("problem", verdict.problems)
        self._more("warning", verdict.warnings)
        if verdict.problems:
            self.failures.append(f"{check}: {file}")

    def skip(self, check: str, reason: str) -> None:
        """Print and count a check that could not be made; where nothing may be skipped that is a failure."""
        self.counts["SKIPPED"] += 1
        self._line("SKIPPED:", check, "", reason)
        if self.strict:
            self.failures.append(f"{check}: skipped, and with VERIFY_STRICT=1 nothing may be")

    def later(self, check: str, reason: str) -> None:
        """Print and count a check that the project does not have yet."""
        self.counts["not there yet"] += 1
        self._line("NOT YET:", check, "", reason)

    @contextmanager
    def part(self, title: str) -> Iterator[None]:
        """A part of the run under its title; a missing tool skips what is left of it, any other trouble fails it."""
        print(f"\n--- {title}", flush=True)
        start = monotonic()
        try:
            yield
        except Missing as missing:
            self.skip(title, str(missing))
        except (OSError, RuntimeError, ValueError) as problem:
            self.add(title, "", Verdict((f"it broke off: {type(problem).__name__}: {problem}",)))
        finally:
            self.times.append((title, monotonic() - start))

    def close(self) -> int:
        """Print the sum; the exit status."""
        print("\n--- in all")
        for title, seconds in self.times:
            print(f"{seconds:6.1f} s  {title}")
        print(f"{sum(seconds for _, seconds in self.times):6.1f} s  in all")
        print(", ".join(f"{count} {word}" for word, count in sorted(self.counts.items())))
        for failure in self.failures:
            print(f"FAILED   {failure}")
        print("verify: " + ("something has to be mended" if self.failures else "every check that was made passed"))
        return 1 if self.failures else 0
