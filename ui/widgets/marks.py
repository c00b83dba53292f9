"""The round marks of the step list: open, begun, done, here."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.tokens import Colours
from ui.widgets.choice import paint_tick

Mark = Literal["open", "part", "done"]

WORDS: dict[Mark, str] = {"open": "not begun", "part": "begun", "done": "done"}


def paint_mark(painter: QPainter, box: QRectF, mark: Mark, colours: Colours, *, here: bool) -> None:
    """Draws one mark; told apart by shape, not by colour alone."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mark == "done":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(box)
        paint_tick(painter, box, colours.on_accent)
        return
    painter.setPen(QPen(QColor(colours.accent if here or mark == "part" else colours.edge), 1.5))
    painter.setBrush(QColor(colours.paper))
    painter.drawEllipse(box)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.accent))
    if mark == "part":
        inner = box.adjusted(3.5, 3.5, -3.5, -3.5)
        painter.drawPie(inner, 90 * 16, 180 * 16)
        return
    if here:
        painter.drawEllipse(box.center(), box.width() * 0.22, box.width() * 0.22)
