"""Labels, headings, rules and buttons by role, so that no page sets a font or a colour of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from ui.widgets.measure import BREAK, breakable


class Text(QLabel):
    """A label that wraps and never asks for more width than one word needs; its text is never taken for markup."""

    def __init__(self, text: str = "", role: str = "body", *, selectable: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", role)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Shows a text; a word longer than a line is broken."""
        plain = self.textFormat() == Qt.TextFormat.PlainText
        super().setText(breakable(text) if plain else text)

    def text(self) -> str:
        """The text as it was given."""
        return super().text().replace(BREAK, "")

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column: the longest word decides, not the longest line."""
        hint = super().minimumSizeHint()
        words = super().text().replace(BREAK, " ").split() or [""]
        widest = max(self.fontMetrics().horizontalAdvance(word) for word in words)
        margins = self.contentsMargins()
        width = min(hint.width(), widest + margins.left() + margins.right() + 30)
        return QSize(width, self.fontMetrics().height())

    def set_role(self, role: str) -> None:
        """Changes what the label is, and so how it looks."""
        if self.property("role") != role:
            self.setProperty("role", role)
            restyle(self)


def chip(text: str, role: str = "chip") -> QLabel:
    """A short word in a rounded field."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return label


def rule(role: str = "rule") -> QFrame:
    """A hairline, or a strong one over a section of a result."""
    line = QFrame()
    line.setProperty("role", role)
    line.setFixedHeight(2 if role == "strong-rule" else 1)
    return line


def button(
    text: str, pressed: Callable[[], object], role: str = "secondary", *, about: str = "", name: str = ""
) -> QPushButton:
    """A button that calls `pressed`. `name`: what a screen reader says if the text alone does not tell."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAccessibleName(name or text.replace("&", ""))
    made.setAccessibleDescription(about)
    if role == "link":
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    made.clicked.connect(lambda _=False: pressed())
    return made


def restyle(widget: QWidget) -> None:
    """Applies the stylesheet again after a property that it looks at has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
