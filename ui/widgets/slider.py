"""A slider of 0 to 100 that shows how wide the doubt around its value is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from ui.theme import theme
from ui.tokens import TARGET

STEP, LEAP = 1, 10
THICK, HANDLE = 6, 9


class PointSlider(QSlider):
    """Arrow keys move it by 1, Page Up and Down by 10; a press anywhere takes the handle there."""

    def __init__(self, name: str, about: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._doubt = 0.0
        self.setRange(0, 100)
        self.setSingleStep(STEP)
        self.setPageStep(LEAP)
        self.setAccessibleName(name)
        self.setAccessibleDescription(about)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def show_doubt(self, points: float) -> None:
        """Shows that the value may be so much more or less."""
        self._doubt = points
        self.update()

    def sizeHint(self) -> QSize:
        """High enough to press."""
        return QSize(theme().px(240), theme().px(TARGET + 8))

    def minimumSizeHint(self) -> QSize:
        """Still to be aimed at."""
        return QSize(theme().px(120), theme().px(TARGET + 8))

    def _side(self) -> int:
        return theme().px(HANDLE + 3)

    def _x(self, points: float) -> float:
        return self._side() + min(max(points, 0.0), 100.0) / 100 * (self.width() - 2 * self._side())

    def _at(self, x: float) -> int:
        room = max(1, self.width() - 2 * self._side())
        return round(min(max((x - self._side()) / room, 0.0), 1.0) * 100)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the handle to where it is pressed."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self.setSliderDown(True)
        self.setSliderPosition(self._at(event.position().x()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Takes the handle along."""
        if self.isSliderDown():
            self.setSliderPosition(self._at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go of it."""
        if self.isSliderDown():
            self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel scrolls the page; it must not change an answer."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the track, the doubt and the handle."""
        colours, px = theme().colours, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, thick = self.height() / 2, px(THICK)
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(QColor(colours.track))
        painter.drawRoundedRect(
            QRectF(self._x(0), middle - thick / 2, self._x(100) - self._x(0), thick), thick / 2, thick / 2
        )
        value = self.sliderPosition()
        left, right = self._x(value - self._doubt), self._x(value + self._doubt)
        painter.setBrush(QColor(colours.by_design))
        painter.drawRoundedRect(QRectF(left, middle - thick, max(2.0, right - left), 2 * thick), 3, 3)
        painter.setPen(QPen(QColor(colours.paper), 2))
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(QPointF(self._x(value), middle), px(HANDLE), px(HANDLE))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(self._x(value), middle), px(HANDLE) + 3, px(HANDLE) + 3)
        painter.end()
