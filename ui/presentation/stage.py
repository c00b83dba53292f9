"""Paints one slide so that the last row can read it, on any screen from 1024 by 768 to 4K."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextDocument, QTextOption
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerwizard.report.blocks import Run, Spans
from partnerwizard.report.charts.marks import SMALL, draw
from ui.presentation.slide import Slide
from ui.tokens import COLOURS, FAMILY, Look

HEADLINE, POINT, KICKER, LABEL = 44, 28, 24, 24
"""Type in pixels on a screen of 1280 by 720, larger on larger ones and never smaller."""

SIDE, TOP = 64, 40
LARGEST, LEAST = 1.35, 0.7
"""A slide of few words is set larger, one of too many smaller, up to these shares."""

COMFORT = 0.7
"""A slide is set larger while it fills less of the height than this."""

ROWS = 8
CLOCK = 32


class Stage(QWidget):
    """The slide that is shown, or a dark screen. Says its words to a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.look: Look = "dark"
        self.place = ""
        self.clock = ""
        self._slide: Slide | None = None
        self._blank = False
        self._drawn: tuple[object, QSvgRenderer, QRectF] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAutoFillBackground(False)

    @property
    def slide(self) -> Slide | None:
        """The slide that is shown."""
        return self._slide

    @property
    def blank(self) -> bool:
        """Whether the screen is dark."""
        return self._blank

    def show_slide(self, slide: Slide, place: str) -> None:
        """Shows a slide; `place` stands small in a corner."""
        self._slide, self.place, self._drawn = slide, place, None
        self._name()
        self.update()

    def set_blank(self, blank: bool) -> None:
        """Makes the screen dark, so that people look at each other; or light again."""
        self._blank = blank
        self._name()
        self.update()

    def set_look(self, look: Look) -> None:
        """Light letters on dark, or the other way for a bright room."""
        self.look, self._drawn = look, None
        self.update()

    def set_clock(self, text: str) -> None:
        """Shows how much time is left in the lower left corner; nothing where it is empty."""
        self.clock = text
        self.update()

    def _name(self) -> None:
        slide = self._slide
        self.setAccessibleName("The screen is dark" if self._blank or slide is None else slide.said)
        self.setAccessibleDescription(self.place)

    # --- measuring ------------------------------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """How much larger than 1280 by 720 everything is."""
        return max(1.0, min(self.width() / 1280, self.height() / 720))

    def overflow(self) -> float:
        """By how many pixels the words are too high even at the smallest setting; 0 where all can be read."""
        if self._slide is None or self._slide.draw is not None:
            return 0.0
        top, bottom = self._room()
        return max(0.0, self._words_height(self._slide, LEAST) - (bottom - top))

    def _room(self) -> tuple[float, float]:
        return TOP * self.scale, self.height() - TOP * self.scale

    def _document(self, html: str, size: float, colour: str, *, semibold: bool = False) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        font = QFont(FAMILY)
        font.setPixelSize(round(size * self.scale))
        font.setWeight(QFont.Weight.DemiBold if semibold else QFont.Weight.Normal)
        document.setDefaultFont(font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        document.setDefaultTextOption(option)
        document.setHtml(f'<div style="color:{colour}">{html}</div>')
        document.setTextWidth(self.width() - 2 * SIDE * self.scale)
        return document

    def _words(self, slide: Slide, shrunk: float) -> list[tuple[QTextDocument, float]]:
        """Every text with the room above it."""
        colours = COLOURS[self.look]
        texts = [
            (self._document(escape(slide.kicker), KICKER, colours.muted), 0.0),
            (self._document(escape(slide.headline), HEADLINE * shrunk, colours.ink, semibold=True), 8.0),
        ]
        for number, point in enumerate(slide.points):
            texts.append((self._document(_html(point), POINT * shrunk, colours.ink), 36.0 if not number else 22.0))
        return texts

    def _words_height(self, slide: Slide, shrunk: float) -> float:
        return sum(
            document.size().height() + gap * self.scale * shrunk for document, gap in self._words(slide, shrunk)
        )

    def _size(self, slide: Slide, room: float) -> float:
        """How much larger or smaller than usual the words are set; over a picture they keep their size."""
        if slide.draw is not None:
            return 1.0
        size = LARGEST
        while size > LEAST and self._words_height(slide, size) > room * (COMFORT if size > 1 else 1.0):
            size -= 0.05
        return size

    # --- painting -------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the slide."""
        colours = COLOURS[self.look]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._blank or self._slide is None:
            painter.fillRect(self.rect(), QColor("#000000"))
            painter.end()
            return
        painter.fillRect(self.rect(), QColor(colours.canvas))
        y, bottom = self._room()
        size = self._size(self._slide, bottom - y)
        for document, gap in self._words(self._slide, size):
            y += gap * self.scale * size
            painter.save()
            painter.translate(SIDE * self.scale, y)
            document.drawContents(painter)
            painter.restore()
            y += document.size().height()
        if self._slide.draw is not None:
            self._draw_picture(painter, QRectF(QPointF(SIDE * self.scale, y + 28 * self.scale), self._right_bottom()))
        self._draw_place(painter)
        painter.end()

    def _right_bottom(self) -> QPointF:
        return QPointF(self.width() - SIDE * self.scale, self.height() - (TOP + 20) * self.scale)

    def _draw_picture(self, painter: QPainter, room: QRectF) -> None:
        """The picture with as many rows as there is room for, its letters as large as the room needs."""
        state = (self._slide, self.look, room.width(), room.height())
        if self._drawn is None or self._drawn[0] != state:
            slide = self._slide
            assert slide is not None
            assert slide.draw is not None
            factor = LABEL * self.scale / SMALL
            for most in range(ROWS, 0, -1):
                picture = slide.draw(room.width() / factor, most)
                if picture is not None and (picture.height * factor <= room.height() or most == 1):
                    svg = draw(picture, COLOURS[self.look])
                    target = QRectF(room.topLeft(), room.size())
                    target.setSize(target.size() * 0)
                    target.setWidth(picture.width * factor)
                    target.setHeight(picture.height * factor)
                    self._drawn = (state, QSvgRenderer(QByteArray(svg.encode())), target)
                    break
        if self._drawn is not None:
            self._drawn[1].render(painter, self._drawn[2])

    def _draw_place(self, painter: QPainter) -> None:
        font = QFont(FAMILY)
        font.setPixelSize(round(16 * self.scale))
        painter.setFont(font)
        painter.setPen(QColor(COLOURS[self.look].muted))
        corner = self.rect().adjusted(0, 0, -round(24 * self.scale), -round(16 * self.scale))
        painter.drawText(corner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), self.place)
        if self.clock:
            font.setPixelSize(round(CLOCK * self.scale))
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(COLOURS[self.look].ink))
            corner = self.rect().adjusted(round(SIDE * self.scale), 0, 0, -round(10 * self.scale))
            painter.drawText(corner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), self.clock)


def _html(content: Spans) -> str:
    runs = (span for span in content if isinstance(span, Run))
    return "".join(f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text) for run in runs)
