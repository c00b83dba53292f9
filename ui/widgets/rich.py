"""Text with bold words, made from the report's own spans, so that the window says what the report says."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt

from partnerwizard.report.blocks import Break, Run, Spans
from ui.widgets.measure import LONGEST, breakable
from ui.widgets.text import Text


class RichText(Text):
    """A wrapped label with bold runs; references to sources are left to the report."""

    def __init__(self, content: Spans, role: str = "body") -> None:
        super().__init__("", role, selectable=True)
        self._plain = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.show_spans(content)

    def show_spans(self, content: Spans) -> None:
        """Shows other words."""
        parts = []
        for span in content:
            match span:
                case Run(text=text, bold=True):
                    parts.append(f"<b>{escape(breakable(text))}</b>")
                case Run(text=text):
                    parts.append(escape(breakable(text)))
                case Break():
                    parts.append("<br>")
        self._plain = " ".join("".join(span.text for span in content if isinstance(span, Run)).split())
        self.setText("".join(parts))
        self.setAccessibleName(self._plain)

    @property
    def plain(self) -> str:
        """The words alone."""
        return self._plain

    def minimumSizeHint(self) -> QSize:
        """The longest word decides."""
        hint = super(Text, self).minimumSizeHint()
        words = (word[:LONGEST] for word in self._plain.split())
        widest = max((self.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        return QSize(min(hint.width(), widest + 30), self.fontMetrics().height())
