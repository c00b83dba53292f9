"""A headless Chromium that is spoken to over two pipes: no port is opened, no driver is needed."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
from collections import deque
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic
from types import TracebackType
from typing import Any, Self

_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-default-browser-check",
    "--no-first-run",
)


class BrowserProblem(RuntimeError):
    """The browser did not answer, or it answered that something cannot be done."""


class Browser:
    """One browser process; `with Browser(path, folder) as browser`."""

    def __init__(self, executable: str, folder: Path, seconds: float = 120) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._profile = Path(mkdtemp(prefix="chromium-", dir=folder))
        self._seconds = seconds
        self._number = 0
        self._rest = b""
        self.events: deque[dict[str, Any]] = deque()
        read_by_browser, self._write = os.pipe()
        self._read, written_by_browser = os.pipe()
        # As root there is no sandbox to be had; the pages are ours and need none.
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        # The browser reads from descriptor 3 and writes to 4.
        redirect = 'exec "${@:3}" 3<&"$1" 4>&"$2"'
        with (folder / "chromium.log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *("bash", "-c", redirect, "bash", str(read_by_browser), str(written_by_browser)),
                    *(executable, *_FLAGS, *sandbox, f"--user-data-dir={self._profile}", "about:blank"),
                ],
                pass_fds=(read_by_browser, written_by_browser),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=os.environ | {"HOME": str(self._profile)},
            )
        os.close(read_by_browser)
        os.close(written_by_browser)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        try:
            self.call("Browser.close")
            self._process.wait(10)
        except (BrowserProblem, subprocess.TimeoutExpired, OSError):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
        os.close(self._read)
        os.close(self._write)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _message(self, until: float) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], max(0, until - monotonic()))
            if not ready:
                raise BrowserProblem(f"the browser had not answered after {self._seconds:.0f} seconds")
            more = os.read(self._read, 1 << 20)
            if not more:
                raise BrowserProblem("the browser has ended; see chromium.log")
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Ask the browser something and return its answer; what happens meanwhile is kept in `events`."""
        self._number += 1
        asked: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            asked["sessionId"] = session
        rest = json.dumps(asked).encode() + b"\0"
        while rest:
            rest = rest[os.write(self._write, rest) :]
        until = monotonic() + self._seconds
        while True:
            message = self._message(until)
            if message.get("id") == self._number:
                if "error" in message:
                    raise BrowserProblem(f"{method}: {message['error'].get('message')}")
                result: dict[str, Any] = message["result"]
                return result
            if "method" in message:
                self.events.append(message)

    def wait(self, method: str, session: str) -> None:
        """Wait until the page of this session says that something has happened."""
        until = monotonic() + self._seconds
        while not any(each["method"] == method and each.get("sessionId") == session for each in self.events):
            message = self._message(until)
            if "method" in message:
                self.events.append(message)


class Page:
    """One page in its own window: its width, its colours, and what it did while it was open."""

    def __init__(self, browser: Browser, width: int, dark: bool) -> None:
        self._browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._target: str = target
        self._session: str = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._ask(f"{domain}.enable")
        # A phone is as wide as its page asks; a page that asks for nothing is laid out much wider.
        self._ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900 if width > 600 else 844,
            deviceScaleFactor=1,
            mobile=width <= 600,
        )
        colours = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self._ask("Emulation.setEmulatedMedia", media="screen", features=[colours, still])
        browser.events.clear()

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **parameters)

    def open(self, path: Path) -> None:
        """Load a file and wait until all that belongs to it is there."""
        answer = self._ask("Page.navigate", url=path.resolve().as_uri())
        if answer.get("errorText"):
            raise BrowserProblem(f"{path.name} could not be opened: {answer['errorText']}")
        self._browser.wait("Page.loadEventFired", self._session)
        self.value("document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => done(true))))")

    def value(self, expression: str) -> Any:
        """The value of an expression in the page, waited for; the page's own policy does not bar it."""
        answer = self._ask(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            allowUnsafeEvalBlockedByCSP=True,
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserProblem(str(details.get("exception", {}).get("description") or details.get("text")))
        return answer["result"].get("value")

    def said(self) -> list[str]:
        """Every console message, error and warning of the browser about this page."""
        texts = []
        for event in self._own():
            given = event["params"]
            if event["method"] == "Runtime.consoleAPICalled":
                parts = [str(part.get("value", part.get("description", ""))) for part in given["args"]]
                texts.append(f"console.{given['type']}: {' '.join(parts)}")
            elif event["method"] == "Runtime.exceptionThrown":
                texts.append(f"error: {given['exceptionDetails'].get('text', '')}")
            elif event["method"] == "Log.entryAdded":
                texts.append(f"{given['entry']['level']}: {given['entry']['text']}")
        return texts

    def requests(self) -> list[str]:
        """The address of everything the page asked for."""
        return [
            each["params"]["request"]["url"] for each in self._own() if each["method"] == "Network.requestWillBeSent"
        ]

    def _own(self) -> list[dict[str, Any]]:
        return [each for each in self._browser.events if each.get("sessionId") == self._session]

    def close(self) -> None:
        """Close the page's window."""
        self._browser.call("Target.closeTarget", targetId=self._target)
        self._browser.events.clear()
