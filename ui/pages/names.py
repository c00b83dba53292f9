"""What the case and the trust are called; both stand on the report's first page."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from partnerwizard.case import edit
from ui.session import Session
from ui.tokens import HAIR, NEAR, TIGHT
from ui.widgets.text import Text
from ui.widgets.topic import Topic

FIELDS = (
    ("organisation", "Your trust's name", "It stands on the first page of the report."),
    ("title", "A name for this piece of work", "So that you find it again, such as “Stroke service, autumn review”."),
)


class Names(Topic):
    """The names of the trust and of the case."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.column.setSpacing(TIGHT)
        self.fields: dict[str, QLineEdit] = {}
        for key, title, help_text in FIELDS:
            label = Text(title, "section")
            field = QLineEdit()
            field.setMaxLength(300)
            field.setAccessibleName(title)
            field.setAccessibleDescription(help_text)
            label.setBuddy(field)
            field.textEdited.connect(lambda text, key=key, title=title: self._typed(key, title, text))
            self.column.addWidget(label)
            self.column.addWidget(Text(help_text, "small"))
            self.column.addWidget(field)
            self.column.addSpacing(NEAR if key == "organisation" else HAIR)
            self.fields[key] = field

    def _typed(self, key: str, title: str, text: str) -> None:
        self.session.edit(title, edit.describe, **{key: text})

    def refresh(self) -> None:
        for key, field in self.fields.items():
            text = getattr(self.session.case, key)
            if field.text() != text:
                field.setText(text)
