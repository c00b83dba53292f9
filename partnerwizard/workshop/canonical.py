"""One way to write data as bytes, the same here and in a browser, and hashes of it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, as UTF-8. Numbers must be whole: browsers write fractions differently."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def commitment(nonce: str, vote: Any) -> str:
    """Hash of a random number (32 hexadecimal digits) and a vote: fixes the vote and tells nothing of it."""
    return hashlib.sha256(bytes.fromhex(nonce) + canonical(vote)).hexdigest()
