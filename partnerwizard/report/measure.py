"""How much room blocks take on paper, so that the first page can be told in what fits on it at full size.

An estimate by the bundled typeface's widths, a little on the safe side; the typesetter has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from partnerwizard.report.blocks import (
    Block,
    Break,
    Bullets,
    Callout,
    Chart,
    Cite,
    Heading,
    KeyFacts,
    Pair,
    Paragraph,
    Run,
    SourceList,
    Spans,
    Table,
)
from partnerwizard.report.text import fold, printable

SIZE = 10.0
COLUMN = 493.2
"""The width of the text on a page, in points."""

PAGE = 680.0
"""What may stand on the first page under its title line, in points."""

_LINE = 1.334
_LETTER = 0.714
_LABELS = 106.4
_GUTTER = 20.0
_CHART_WIDTH = 754.0
_BOLD = 0.07


def height(blocks: Iterable[Block], width: float = COLUMN) -> float:
    """The height of blocks in a column at the size of the first page."""
    return sum(_height(block, width) for block in blocks)


def _height(block: Block, width: float) -> float:
    match block:
        case Heading(level=1):
            size = 15.5 if len(block.text) > 90 else 18.0
            tail = _lines(block.tail, width, 11.4) * 11.4 * 1.25 if block.tail else 0.0
            return len(fold(printable(block.text), width, size, semibold=True)) * size * 1.22 + tail + 4
        case Heading(level=2) if width == COLUMN:
            return len(fold(printable(block.text), width, 15, semibold=True)) * 15 + 26
        case Heading():
            return len(fold(printable(block.text), width, 1.14 * SIZE, semibold=True)) * 1.14 * SIZE * _LETTER + 17.5
        case Paragraph():
            return _spans(block.content, width, 9.0 if block.tone == "small" else SIZE) + 6.5
        case Bullets():
            return sum(_spans(item, width - 13) + 6.3 for item in block.items) + 3
        case KeyFacts():
            return sum(_spans(content, width - _LABELS) + 9.5 for _, content in block.items) + 6
        case Callout():
            return _spans((Run(f"{block.word}: ", bold=True), *block.content), width - 21) + 14
        case Chart():
            return block.picture.height * width / _CHART_WIDTH + 22
        case Table():
            return 16 + _table(block, width)
        case SourceList():
            half = (width - _GUTTER) / 2 - 16
            rows = sum(
                _lines(f"{each.title}. {each.publisher}, {each.published}.", half, 7.6, 0.5) for each in block.entries
            )
            return rows * 8.8 / 2 + len(block.entries) + 12
        case Pair():
            half = (width - _GUTTER) / 2
            return max(height(block.left, half), height(block.right, half)) + 4


def _table(table: Table, width: float) -> float:
    shares = [column.share for column in table.columns]
    widths = [width * share / sum(shares) - 10 for share in shares]
    titles = tuple((Run(column.title, bold=True),) for column in table.columns)
    rows = (zip(row, widths, strict=True) for row in (titles, *table.rows))
    return sum(max(_spans(cell, wide, 9.0) for cell, wide in row) + 10.5 for row in rows)


def _spans(content: Spans, width: float, size: float = SIZE) -> float:
    rows = [""]
    bold = total = 0
    for span in content:
        match span:
            case Run():
                rows[-1] += span.text
                total += len(span.text)
                bold += len(span.text) if span.bold else 0
            case Cite():
                rows[-1] += f"[{', '.join(map(str, span.numbers))}]"
            case Break():
                rows.append("")
    count = sum(_lines(row, width, size, bold / max(total, 1)) for row in rows)
    return size * (_LETTER + (count - 1) * _LINE)


@lru_cache(maxsize=4096)
def _lines(text: str, width: float, size: float, bold: float = 0.0) -> int:
    return len(fold(printable(text), width * (1 - _BOLD * bold), size))
