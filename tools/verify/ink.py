"""Checks of the drawn pages of a PDF: nothing outside the margins, and no word on top of another."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from verify import programs
from verify.outcome import Verdict

_DOTS = 100
_WHITE = 250
_MM = 25.4
_MARGINS = re.compile(r"margin: \(top: ([\d.]+)mm, bottom: ([\d.]+)mm, x: ([\d.]+)mm\)")
_ASCENT = re.compile(r"header-ascent: ([\d.]+)mm")
_DESCENT = re.compile(r"footer-descent: ([\d.]+)mm")

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Margins:
    """Where a page may have ink, in mm: the body within the margins, header and footer apart from it."""

    top: float
    bottom: float
    side: float
    ascent: float
    descent: float
    # Edges of boxes are drawn half outside, and letters hang below the last line.
    slack: float = 1.2
    below: float = 2.0
    edge: float = 5.0


def margins(template: Path) -> Margins:
    """The margins as the template of the pages sets them."""
    text = template.read_text(encoding="utf-8")
    page, ascent, descent = _MARGINS.search(text), _ASCENT.search(text), _DESCENT.search(text)
    if page is None or ascent is None or descent is None:
        raise ValueError(
            f"{template.name} does not set its margins as expected (top, bottom, x; header-ascent; footer-descent)"
        )
    return Margins(float(page[1]), float(page[2]), float(page[3]), float(ascent[1]), float(descent[1]))


def _picture(data: bytes) -> Picture:
    """A picture from the bytes of a PGM file."""
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    if head is None:
        raise ValueError("pdftoppm wrote no grey picture")
    return np.frombuffer(data, np.uint8, offset=head.end()).reshape(int(head[2]), int(head[1]))


def outside(picture: Picture, allowed: Margins) -> list[str]:
    """Which parts of a page have ink that must have none."""
    height, width = (size / _DOTS * _MM for size in picture.shape)
    ink = picture < _WHITE

    def dot(mm: float) -> int:
        return max(0, round(mm / _MM * _DOTS))

    side = allowed.side - allowed.slack
    parts = {
        "left of the margin": ink[:, : dot(side)],
        "right of the margin": ink[:, dot(width - side) :],
        "at the upper edge of the paper": ink[: dot(allowed.edge)],
        "at the lower edge of the paper": ink[dot(height - allowed.edge) :],
        "between header and text": ink[dot(allowed.top - allowed.ascent + 1) : dot(allowed.top - allowed.slack)],
        "between text and footer": ink[
            dot(height - allowed.bottom + allowed.below) : dot(height - allowed.bottom + allowed.descent - 1)
        ],
    }
    return [f"ink {where} ({int(part.sum())} dots)" for where, part in parts.items() if part.any()]


def drawn(path: Path, allowed: Margins) -> Verdict:
    """Draw each page and look for ink outside the margins, and for pages with nothing on them."""
    problems: list[str] = []
    with TemporaryDirectory() as folder:
        done = programs.run(programs.program("pdftoppm"), "-r", str(_DOTS), "-gray", path, Path(folder) / "page")
        files = sorted(Path(folder).glob("page*.pgm"))
        if done.status or not files:
            return Verdict((f"pdftoppm cannot draw it: {done.err.strip()[:200]}",))
        for number, file in enumerate(files, 1):
            picture = _picture(file.read_bytes())
            problems += [f"page {number}: {where}" for where in outside(picture, allowed)]
            body = picture[round(allowed.top / _MM * _DOTS) : -round(allowed.bottom / _MM * _DOTS)]
            if not (body < _WHITE).any():
                problems.append(f"page {number}: nothing on it but header and footer")
    return Verdict(tuple(problems), note=f"{len(files)} pages drawn")


# --- words -------------------------------------------------------------------------------------------------------
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>')


@dataclass(frozen=True)
class Word:
    """A word of a page and the box of its letters, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def _words(layout: str) -> list[tuple[float, list[Word]]]:
    found = []
    for width, _height, inside in _PAGE.findall(layout):
        words = [
            Word(float(left), float(top), float(right), float(bottom), unescape(text))
            for left, top, right, bottom, text in _WORD.findall(inside)
        ]
        found.append((float(width), words))
    return found


def overlaps(words: list[Word]) -> list[tuple[Word, Word]]:
    """Words that lie on one another: in the middle half of their height, and by more than a hair across."""
    rows: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        quarter = (word.bottom - word.top) / 4
        inner = Word(word.left, word.top + quarter, word.right, word.bottom - quarter, word.text)
        for row in range(int(inner.top // 4), int(inner.bottom // 4) + 1):
            rows[row].append(inner)
    pairs: dict[tuple[Word, Word], None] = {}
    for close in rows.values():
        close.sort(key=lambda word: word.left)
        for index, one in enumerate(close):
            for other in close[index + 1 :]:
                if other.left >= one.right - 1:
                    break
                if min(one.bottom, other.bottom) - max(one.top, other.top) > 1:
                    pairs[one, other] = None
    return list(pairs)


def words(path: Path) -> Verdict:
    """Look for words that lie on one another: text that runs out of its cell or its place in a chart."""
    done = programs.run(programs.program("pdftotext"), "-bbox", path, "-")
    if done.status:
        return Verdict((f"pdftotext cannot read it: {done.err.strip()[:200]}",))
    problems, count = [], 0
    for number, (width, found) in enumerate(_words(done.out), 1):
        count += len(found)
        problems += [
            f"page {number}: {one.text!r} and {other.text!r} lie on one another" for one, other in overlaps(found)
        ]
        problems += [
            f"page {number}: {each.text!r} runs off the paper" for each in found if each.left < 0 or each.right > width
        ]
    if not count:
        problems.append("it has no words")
    return Verdict(tuple(problems), note=f"{count} words")
