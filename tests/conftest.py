"""Set before anything imports Qt: tests need no screen. And no test reaches a network."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_STYLE_OVERRIDE", None)
os.environ["OPENBLAS_NUM_THREADS"] = "1"

LOCAL = {"127.0.0.1", "::1", "localhost", "", None}
_loopback = {"allowed": False}


def _no_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuses connections, name look-ups and listening; with the mark `loopback` those to this computer pass."""
    if event not in {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"}:
        return
    target = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    if isinstance(target, str | bytes) and event != "socket.getaddrinfo":
        return  # a socket in the file system: the display, a message bus
    host = target[0] if isinstance(target, tuple) else target
    host = host.decode() if isinstance(host, bytes) else host
    if not (_loopback["allowed"] and host in LOCAL):
        raise PermissionError(f"the program wanted the network: {event} {target}")


sys.addaudithook(_no_network)


@pytest.fixture(autouse=True)
def _network(request: pytest.FixtureRequest) -> Iterator[None]:
    _loopback["allowed"] = request.node.get_closest_marker("loopback") is not None
    yield
    _loopback["allowed"] = False
