"""The board's own hunch: which form it expects, written down before it sees a result."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from partnerwizard.appraisal.local import without_local
from partnerwizard.appraisal.options import COMPARED
from partnerwizard.case import edit
from partnerwizard.report.words import day
from ui.pages.page import Page
from ui.shell import Footer, Shell
from ui.tokens import NEAR, TIGHT
from ui.widgets.fields import PickList
from ui.widgets.text import Text, button
from ui.words import shortened

NO_FORM = "No form in mind"


class HunchPage(Page):
    """One form, one sentence, or neither. The answer so far is not shown beside it, so that it leads nobody."""

    whole_width = True
    replaceable = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Your own hunch")
        head = QVBoxLayout()
        head.setSpacing(NEAR)
        head.addWidget(self.heading)
        head.addWidget(
            Text("Before you look at any result: what do you expect to come out? You can leave this out.", "muted")
        )
        head.addWidget(
            Text(
                "Why we ask: written down beforehand, a hunch shows afterwards where the facts agree with it and where "
                "they do not. It enters no figure. The answer and the report show it beside the result.",
                "why",
            )
        )
        self.column.addLayout(head)
        body = QVBoxLayout()
        body.setSpacing(TIGHT)
        form_label = QLabel("Which form do you expect?")
        form_label.setProperty("role", "strong")
        self.form = PickList("Which form do you expect?", "Your hunch; it enters no figure.")
        form_label.setBuddy(self.form)
        self.form.addItem(NO_FORM, None)
        pack = without_local(self.session.pack)
        for form in pack.forms:
            if form.kind in COMPARED:
                self.form.addItem(form.name, form.id)
        self.form.activated.connect(self._chosen)
        body.addWidget(form_label)
        body.addWidget(self.form)
        body.addSpacing(NEAR)
        text_label = QLabel("Why, in a sentence")
        text_label.setProperty("role", "strong")
        self.text = QLineEdit()
        self.text.setMaxLength(4000)
        self.text.setAccessibleName("Why, in a sentence")
        self.text.setAccessibleDescription("The report prints it beside the result.")
        self.text.setPlaceholderText("For example: both chairs have talked of a group for years")
        text_label.setBuddy(self.text)
        self.text.textEdited.connect(self._typed)
        body.addWidget(text_label)
        body.addWidget(self.text)
        body.addSpacing(NEAR)
        row = QHBoxLayout()
        self.state = Text("", "small")
        self.clear = button("Take it back", self._clear, "link", name="Take your hunch back")
        row.addWidget(self.state, 1)
        row.addWidget(self.clear)
        body.addLayout(row)
        self.column.addLayout(body)

    def refresh(self) -> None:
        hunch = self.session.case.hunch
        form, text = (None, "") if hunch is None else (hunch.form, hunch.text)
        with QSignalBlocker(self.form):
            self.form.setCurrentIndex(max(0, self.form.findData(form)))
        if self.text.text() != text:
            self.text.setText(text)
        self.clear.setVisible(hunch is not None)
        self.state.setText(
            "Nothing is written down." if hunch is None else f"Written down on {day(hunch.at.astimezone().date())}."
        )

    def _chosen(self, _index: int) -> None:
        name = self.form.currentText()
        self._keep(f"Hunch: {name}")

    def _typed(self, text: str) -> None:
        self._keep(shortened(f"Hunch: {text}"), thing="hunch")

    def _keep(self, name: str, thing: str | None = None) -> None:
        form = self.form.currentData()
        self.session.edit(name, edit.set_hunch, None if form is None else str(form), self.text.text(), thing=thing)

    def _clear(self) -> None:
        self.session.edit("Hunch taken back", edit.set_hunch, None, "")
        self.form.setFocus()

    def footer(self) -> Footer:
        """Continue; nothing need be said here."""
        return Footer("&Continue", self.shell.go_next, skip=True)
