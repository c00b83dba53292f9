"""How much room painted text takes, remembered: a layout asks each row many times while it settles."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics

from ui.theme import theme

WRAP = int(Qt.TextFlag.TextWordWrap)
UNBOUNDED = 100_000
BREAK = "\u200b"
"""Where a line may end inside a word; it is not seen."""

LONGEST = 32
"""Letters of a word after which it may be broken: without it one pasted word would push a page sideways."""

_LONG = re.compile(rf"[^\s{BREAK}]{{{LONGEST + 1},}}")


def breakable(text: str) -> str:
    """The text with places in very long words at which a line may end."""

    def broken(word: re.Match[str]) -> str:
        letters = word.group()
        return BREAK.join(letters[start : start + LONGEST] for start in range(0, len(letters), LONGEST))

    return _LONG.sub(broken, text)


def wrapped(text: str, width: int, size: float, *, semibold: bool = False) -> QSize:
    """Width and height of a text of a token's size, wrapped to so many pixels at the present zoom."""
    return QSize(*_wrapped(text, max(1, width), size, semibold, theme().zoom))


def longest_word(text: str, size: float, *, semibold: bool = False) -> int:
    """The width of the widest word: no column of this text can be narrower."""
    return _longest_word(text, size, semibold, theme().zoom)


@lru_cache(maxsize=8192)
def _wrapped(text: str, width: int, size: float, semibold: bool, _zoom: int) -> tuple[int, int]:
    room = QFontMetrics(theme().font(size, semibold=semibold)).boundingRect(QRect(0, 0, width, UNBOUNDED), WRAP, text)
    return room.width(), room.height()


@lru_cache(maxsize=8192)
def _longest_word(text: str, size: float, semibold: bool, _zoom: int) -> int:
    metrics = QFontMetrics(theme().font(size, semibold=semibold))
    return max((metrics.horizontalAdvance(word) for word in text.replace(BREAK, " ").split()), default=0)
