"""One thing to show a room: a finding in large type, and either a few points or a picture under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from partnerwizard.report.blocks import Run, Spans
from partnerwizard.report.charts.marks import Picture

MOST = 3
"""So many points on one slide; more go on to the next."""

Draw = Callable[[float, int], Picture | None]
"""Lays a picture out for a width, with at most so many rows; None where it has no fewer rows to show."""


@dataclass(frozen=True)
class Slide:
    """What stands on the screen at one time. `words`: the picture in words, for those who cannot see it."""

    kicker: str
    headline: str
    points: tuple[Spans, ...] = ()
    draw: Draw | None = None
    words: str = ""

    @property
    def said(self) -> str:
        """All of it in words."""
        points = (plain(point) for point in self.points)
        return " ".join(part for part in (f"{self.kicker}.", self.headline, *points, self.words) if part)


def plain(content: Spans) -> str:
    """The words of a point alone."""
    return " ".join("".join(span.text for span in content if isinstance(span, Run)).split())


def with_points(kicker: str, headline: str, points: Iterable[Spans]) -> Iterator[Slide]:
    """As many slides as the points need; the later ones say that they go on."""
    rest = tuple(points)
    for start in range(0, len(rest), MOST):
        yield Slide(kicker if not start else f"{kicker}, continued", headline, rest[start : start + MOST])
