"""A date in three fields, day, month and year: quick to type, can be empty, and says what is wrong in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.theme import theme
from ui.tokens import HAIR, NEAR, TIGHT
from ui.widgets.text import Text, restyle


class DateField(QWidget):
    """Emits `given` with an ISO date when the three fields make one, and with None when all are empty."""

    given = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        row = QHBoxLayout()
        row.setSpacing(NEAR)
        self.fields: list[QLineEdit] = []
        for label, length in (("Day", 2), ("Month", 2), ("Year", 4)):
            box = QVBoxLayout()
            box.setSpacing(HAIR)
            caption = QLabel(label)
            caption.setProperty("role", "small-ink")
            field = QLineEdit()
            field.setMaxLength(length)
            field.setFixedWidth(theme().px(48 + 16 * length))
            field.setAccessibleName(f"{name}: {label.lower()}")
            field.setAccessibleDescription("In figures, such as 27 3 2027.")
            caption.setBuddy(field)
            field.textEdited.connect(self._edited)
            box.addWidget(caption)
            box.addWidget(field)
            row.addLayout(box)
            self.fields.append(field)
        row.addStretch(1)
        column.addLayout(row)
        self.fault = Text("", "fault")
        self.fault.hide()
        column.addWidget(self.fault)

    def problem(self) -> str:
        """What is wrong with what has been typed, empty if nothing is."""
        texts = [field.text().strip() for field in self.fields]
        if not any(texts):
            return ""
        if not all(texts):
            return "A date needs a day, a month and a year. Fill in all three, or empty all three."
        try:
            date(*(int(text) for text in reversed(texts)))
        except ValueError:
            return f"{texts[0]} {texts[1]} {texts[2]} is not a date. Use figures, such as 27 3 2027."
        return ""

    def value(self) -> date | None:
        """The day that has been typed, if it is one."""
        texts = [field.text().strip() for field in self.fields]
        return date(*(int(text) for text in reversed(texts))) if all(texts) and not self.problem() else None

    def show_value(self, value: str | None) -> None:
        """Shows an ISO date, or nothing; what is half typed stays."""
        if any(field.hasFocus() for field in self.fields) or (value is None and self.problem()):
            return
        parts = value.split("-")[::-1] if value and value.count("-") == 2 else ["", "", ""]
        for field, part in zip(self.fields, parts, strict=True):
            field.setText(part.lstrip("0") if part else "")

    def _edited(self) -> None:
        texts = [field.text().strip() for field in self.fields]
        if not any(texts):
            self.given.emit(None)
        elif all(texts) and len(texts[2]) == 4 and not self.problem():
            day, month, year = (int(text) for text in texts)
            self.given.emit(date(year, month, day).isoformat())
        if not self.problem():
            self.check()

    def check(self) -> None:
        """Says what is wrong beside the fields. Owners ask for it when one goes on; leaving a field does not."""
        problem = self.problem()
        self.fault.setText(problem)
        self.fault.setVisible(bool(problem))
        for field in self.fields:
            field.setProperty("invalid", "true" if problem else "false")
            restyle(field)
