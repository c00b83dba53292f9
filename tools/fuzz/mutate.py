"""Changes to an input: of its tree where it is JSON, of its lines and bytes otherwise."""

from __future__ import annotations

import json
import random
from typing import Any

_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1, 100, 101, 2**63, 10**30, 0.5, -0.0, 1e-320, 1e308, "", "n/a", "a", "A b", "\u202e", "\x00",
    "x" * 5000, "é", "2026-02-30", "9999-12-31", "0001-01-01T00:00:00Z", [], {}, [[]], [None], {"a": 1},
)  # fmt: skip
_PIECES = (
    b"", b"\x00", b"\xff", b"\xef\xbb\xbf", b"[", b"]", b"{", b"}", b'"', b"\\", b"nan", b"inf", b"-1", b"1e999",
    b"<a>", b"</", b"<!--", b"&#0;", b"{{", b"{%", b"url(#a)", b"\r\n", b"[[", b"=", b"9" * 400, b"\xf0\x9f\x98\x80",
)  # fmt: skip


def mutated(data: bytes, rng: random.Random, most: int = 65536) -> bytes:
    """The input with one to four changes."""
    if rng.random() < 0.75:
        try:
            tree = json.loads(data)
        except (ValueError, RecursionError):
            pass
        else:
            for _ in range(rng.choice((1, 1, 2, 4))):
                tree = _changed(tree, rng)
            return json.dumps(tree, ensure_ascii=rng.random() < 0.9).encode("utf-8", "surrogatepass")[:most]
    for _ in range(rng.choice((1, 1, 2, 4))):
        data = _cut(data, rng)
    return data[:most]


def _changed(tree: Any, rng: random.Random) -> Any:
    """A copy with one value somewhere changed, taken out, doubled or put elsewhere."""
    spots: list[tuple[Any, Any]] = []
    todo = [tree]
    while todo:
        each = todo.pop()
        keys: Any = list(each) if isinstance(each, dict) else range(len(each)) if isinstance(each, list) else ()
        spots += [(each, key) for key in keys]
        todo += [each[key] for key in keys]
    if not spots or rng.random() < 0.02:
        return rng.choice(_VALUES)
    parent, key = rng.choice(spots)
    match rng.randrange(6):
        case 0:
            del parent[key]
        case 1 if isinstance(parent, list):
            parent.insert(key, json.loads(json.dumps(parent[key])))
        case 1 | 2:
            other, place = rng.choice(spots)
            value = other[place] if isinstance(other, list) and place < len(other) else None
            value = other.get(place) if isinstance(other, dict) else value
            parent[key] = json.loads(json.dumps(value))
        case 3 if isinstance(parent, dict):
            parent[rng.choice(("id", "format", "x", "p1", str(key) + "x"))] = parent.pop(key)
        case 4 if isinstance(parent[key], int | float) and not isinstance(parent[key], bool):
            parent[key] = rng.choice((parent[key] + 1, -parent[key], parent[key] * 1.5, parent[key] / 3))
        case _:
            parent[key] = json.loads(json.dumps(rng.choice(_VALUES)))
    return tree


def _cut(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    to = min(len(data), at + rng.choice((1, 1, 4, 20, 200)))
    match rng.randrange(5):
        case 0:
            return data[:at] + data[to:]
        case 1:
            return data[:at] + rng.choice(_PIECES) + data[at:]
        case 2:
            return data[:at] + rng.choice(_PIECES) + data[to:]
        case 3:
            lines = data.split(b"\n")
            lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
            return b"\n".join(lines)
        case _:
            return data[:at] + bytes(rng.randrange(256) for _ in range(to - at)) + data[to:]
