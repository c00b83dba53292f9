"""The answer's picture and figures for the clipboard, in forms that Word, Excel and a mail program take."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from partnerwizard.report.charts.marks import Picture, draw
from partnerwizard.report.palette import LIGHT
from partnerwizard.report.pictures import best_of_forms, ranked_picture
from partnerwizard.report.view import View
from partnerwizard.report.words import STATUS, points

SHARP = 2
"""Pixels for one unit of the picture."""

SVG = "image/svg+xml"
PNG = "image/png"
FORMULA = ("=", "@", "+", "-", "\t")
"""What a spreadsheet would take for the beginning of a formula."""

MARGIN = 16.0
"""White around a picture, in its own units."""

Row = Sequence[str]
HEADER: Row = ("Option", "Status", "Points against carrying on", "From", "To", "Place")


def answer_picture(view: View) -> Picture:
    """The ranked chart as the report has it."""
    return ranked_picture(view, best_of_forms(view))


def answer_figures(view: View) -> list[Row]:
    """Every option with its figures, the best first; what is closed has none."""
    start = view.appraisal.reference.value.likely
    rows: list[Row] = [HEADER]
    for option in (*view.scored, *view.closed):
        figures: Row = ("", "", "", "")
        if option.value is not None:
            value = option.value
            ends = (points(end - start) for end in (value.low, value.high))
            figures = (points(value.likely - start), *ends, "" if option.rank is None else str(option.rank))
        rows.append((view.name(option), STATUS[option.status], *figures))
    return rows


def picture_data(picture: Picture) -> QMimeData:
    """A picture as PNG and as SVG, on white, whatever the window's colours are: it goes into other documents."""
    svg = QByteArray(draw(picture, LIGHT).encode())
    width, height = picture.width + 2 * MARGIN, picture.height + 2 * MARGIN
    image = QImage(round(width * SHARP), round(height * SHARP), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(SHARP, SHARP)
    QSvgRenderer(svg).render(painter, QRectF(MARGIN, MARGIN, picture.width, picture.height))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    data = QMimeData()
    data.setImageData(image)
    data.setData(PNG, buffer.data())
    data.setData(SVG, svg)
    return data


def table_data(rows: Sequence[Row]) -> QMimeData:
    """A table as text with tabs and as HTML; the first row is its header."""
    header, *body = rows
    data = QMimeData()
    data.setText("".join("\t".join(_cell(each) for each in row) + "\n" for row in rows))
    head = "".join(f"<th>{escape(each)}</th>" for each in header)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in row)}</tr>" for row in body)
    data.setHtml(f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>")
    return data


def _cell(text: str) -> str:
    """Text that a spreadsheet leaves as it is; figures with their sign stay figures."""
    plain = " ".join(text.split())
    figure = plain.replace("\u2212", "-").lstrip("+-").replace(".", "", 1).isdigit()
    if figure:
        return plain.replace("\u2212", "-")
    return f"'{plain}" if plain.startswith(FORMULA) else plain
