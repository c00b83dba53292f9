"""Fields with their label and a word of help above them, for words that the case keeps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme import theme
from ui.tokens import HAIR
from ui.widgets.text import Text


class _Field(QWidget):
    """Label, help, and a field under them. `given` brings what has been typed."""

    given = Signal(str)

    def __init__(self, title: str, help_text: str, field: QWidget) -> None:
        super().__init__()
        self.title = title
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HAIR)
        label = Text(title, "small-strong")
        label.setBuddy(field)
        column.addWidget(label)
        if help_text:
            column.addWidget(Text(help_text, "small"))
        field.setAccessibleName(title)
        field.setAccessibleDescription(help_text)
        column.addWidget(field)

    def show_text(self, text: str) -> None:
        """Shows what the case holds."""
        raise NotImplementedError


class LineField(_Field):
    """One line of words."""

    def __init__(self, title: str, help_text: str = "", most: int = 300) -> None:
        self.field = QLineEdit()
        super().__init__(title, help_text, self.field)
        self.field.setMaxLength(most)
        self.field.textEdited.connect(self.given)

    def show_text(self, text: str) -> None:
        """Shows what the case holds; what is being typed stays as it is."""
        if self.field.text() != text:
            self.field.setText(text)
            self.field.setCursorPosition(0)


class AreaField(_Field):
    """Several lines of words; what is too long is cut, and that is said beside it."""

    def __init__(self, title: str, help_text: str = "", most: int = 4000, lines: int = 3) -> None:
        self.field = QPlainTextEdit()
        super().__init__(title, help_text, self.field)
        self._most, self._lines = most, lines
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self._typed)
        self.fault = Text(f"That is more than {most:,} characters. The rest was left out.", "notice")
        self.fault.hide()
        column = self.layout()
        assert column is not None
        column.addWidget(self.fault)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.field.setFixedHeight(theme().px(24 * self._lines + 24))

    def _typed(self) -> None:
        text = self.field.toPlainText()
        if len(text) > self._most:
            self.fault.show()
            self.field.blockSignals(True)
            self.field.setPlainText(text[: self._most])
            self.field.blockSignals(False)
        elif len(text) < self._most:
            self.fault.hide()
        self.given.emit(text[: self._most])

    def show_text(self, text: str) -> None:
        """Shows what the case holds."""
        if self.field.toPlainText() != text:
            self.field.blockSignals(True)
            self.field.setPlainText(text)
            self.field.blockSignals(False)
