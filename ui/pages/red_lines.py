"""What must not be lost: red lines, each with its owner, closing forms or asking for a least level on an aim."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from partnerwizard.case import edit
from partnerwizard.case.model import RedLine
from ui.session import Session
from ui.tokens import HAIR, NEAR, TIGHT
from ui.widgets.choice import CheckCard, RadioCard
from ui.widgets.fields import Figure, PickList
from ui.widgets.text import Text, button
from ui.widgets.topic import Topic
from ui.words import shortened


class RedLines(Topic):
    """The red lines of the case, and a form to add one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.column.setSpacing(NEAR)
        self.column.addWidget(Text("Red lines", "section"))
        self.empty = Text(
            "None so far. A red line is something that a named body will not accept. "
            "It sets options aside, and the report prints it with its owner.",
            "muted",
        )
        self.column.addWidget(self.empty)
        self._list = QVBoxLayout()
        self._list.setSpacing(TIGHT)
        self.column.addLayout(self._list)
        self.rows: list[QWidget] = []
        self._shown: tuple[RedLine, ...] | None = None
        self.form = RedLineForm(session)
        self.form.hide()
        opening = QHBoxLayout()
        self.open = button("&Add a red line", self._open)
        opening.addWidget(self.open)
        opening.addStretch(1)
        self.column.addLayout(opening)
        self.column.addWidget(self.form)
        self.form.done = self._close

    def _open(self) -> None:
        self.form.clear()
        self.form.show()
        self.open.hide()
        self.form.text.setFocus()

    def _close(self) -> None:
        self.form.hide()
        self.open.show()
        self.open.setFocus()

    def refresh(self) -> None:
        lines = self.session.case.red_lines
        self.empty.setVisible(not lines)
        if lines == self._shown:
            return
        self._shown = lines
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(line) for line in lines]
        for row in self.rows:
            self._list.addWidget(row)

    def _row(self, line: RedLine) -> QWidget:
        pack = self.session.pack
        frame = QFrame()
        frame.setProperty("role", "card")
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, NEAR, NEAR, NEAR)
        words = QVBoxLayout()
        words.setSpacing(HAIR)
        words.addWidget(Text(line.text, "strong"))
        if line.aim is not None:
            aim = pack.criterion_by_id.get(line.aim)
            does = f"At least {line.at_least:g} of 100 on {aim.name.lower() if aim else line.aim}"
        else:
            names = [pack.form_by_id[each].name if each in pack.form_by_id else each for each in line.forms]
            does = f"Sets aside: {', '.join(names)}"
        words.addWidget(Text(f"{line.owner or 'No owner named'}. {does}.", "small"))
        row.addLayout(words, 1)
        remove = button("Remove", lambda: self._remove(line), "small", name=f"Remove the red line {line.text}")
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _remove(self, line: RedLine) -> None:
        lines = list(self.session.case.red_lines)
        lines.remove(line)
        self.session.edit(shortened(f"Red line removed: {line.text}"), edit.set_red_lines, tuple(lines))

    def problem(self) -> str:
        if not self.form.isHidden() and self.form.text.text().strip():
            return "A red line is typed but not added. Press Add this red line, or Cancel."
        return ""

    def at_fault(self) -> QWidget:
        return self.form.text

    def begun(self) -> bool:
        # A case without red lines is usual: nothing need be said here.
        return True


class RedLineForm(QFrame):
    """What a red line says, whose it is, and what it does."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.done = lambda: None
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(TIGHT)
        self.text, self.owner = QLineEdit(), QLineEdit()
        self.text.setMaxLength(1000)
        self.owner.setMaxLength(300)
        self.text.setPlaceholderText("For example: emergency surgery stays at the northern site")
        self.owner.setPlaceholderText("For example: the council of governors")
        for title, field in (("What will not be accepted", self.text), ("Whose line is it?", self.owner)):
            label = QLabel(title)
            label.setProperty("role", "strong")
            label.setBuddy(field)
            field.setAccessibleName(title)
            column.addWidget(label)
            column.addWidget(field)
            column.addSpacing(HAIR)
        column.addWidget(Text("What does it do?", "strong"))
        self.by_forms = RadioCard("It closes certain forms", "Tick the forms that cross the line.", compact=True)
        self.by_aim = RadioCard(
            "It asks for a least level on an aim",
            "Options that are likely to fall below it are set aside.",
            compact=True,
        )
        self._kinds = QButtonGroup(self)
        for card in (self.by_forms, self.by_aim):
            self._kinds.addButton(card)
            column.addWidget(card)
            card.toggled.connect(self._show_kind)
        self._forms = QWidget()
        forms = QVBoxLayout(self._forms)
        forms.setContentsMargins(0, 0, 0, 0)
        forms.setSpacing(HAIR)
        self.forms: dict[str, CheckCard] = {}
        for form in session.pack.forms:
            if form.kind in {"form", "service-model"} and form.id != session.pack.head.reference:
                self.forms[form.id] = CheckCard(form.name, compact=True)
                forms.addWidget(self.forms[form.id])
        column.addWidget(self._forms)
        self._level = QWidget()
        level = QVBoxLayout(self._level)
        level.setContentsMargins(0, 0, 0, 0)
        level.setSpacing(TIGHT)
        self.aim = PickList("Aim", "The aim that must reach the level.")
        for criterion in session.pack.branch("aims"):
            self.aim.addItem(criterion.name, criterion.id)
        self.aim.currentIndexChanged.connect(self._show_anchors)
        level.addWidget(self.aim)
        self.anchors = Text("", "small")
        level.addWidget(self.anchors)
        row = QHBoxLayout()
        caption = QLabel("At least")
        self.least = Figure("Least level, from 0 to 100", "Up and Down change it by 5.", 100, 50)
        caption.setBuddy(self.least)
        row.addWidget(caption)
        row.addWidget(self.least)
        row.addWidget(QLabel("of 100"))
        row.addStretch(1)
        level.addLayout(row)
        column.addWidget(self._level)
        self.fault = Text("", "fault")
        column.addWidget(self.fault)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, TIGHT, 0, 0)
        self.add = button("Add this &red line", self._add)
        self.cancel = button("Cancel", self._cancel, "quiet")
        buttons.addWidget(self.add)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.clear()

    def clear(self) -> None:
        """An empty form."""
        self.text.clear()
        self.owner.clear()
        self._kinds.setExclusive(False)
        for card in (self.by_forms, self.by_aim, *self.forms.values()):
            card.setChecked(False)
        self._kinds.setExclusive(True)
        self.fault.hide()
        self._show_kind()
        self._show_anchors()

    def _show_kind(self) -> None:
        self._forms.setVisible(self.by_forms.isChecked())
        self._level.setVisible(self.by_aim.isChecked())

    def _show_anchors(self) -> None:
        criterion = self.session.pack.criterion_by_id.get(str(self.aim.currentData()))
        if criterion is not None:
            self.anchors.setText(
                f"0: {criterion.zero}\n{criterion.carry_on:g}: {criterion.carrying_on}\n100: {criterion.hundred}"
            )

    def _cancel(self) -> None:
        self.done()

    def _missing(self) -> str:
        if not self.text.text().strip():
            return "Say what will not be accepted."
        if not self.owner.text().strip():
            return "Say whose line it is; a line that nobody owns persuades nobody."
        if self.by_forms.isChecked() and any(card.isChecked() for card in self.forms.values()):
            return ""
        if self.by_aim.isChecked():
            return ""
        return "Say what it does: tick the forms that it closes, or give a least level on an aim."

    def _add(self) -> None:
        missing = self._missing()
        self.fault.setText(missing)
        self.fault.setVisible(bool(missing))
        if missing:
            return
        forms = tuple(each for each, card in self.forms.items() if card.isChecked())
        text, owner = self.text.text().strip(), self.owner.text().strip()
        line = (
            RedLine(text=text, owner=owner, forms=forms)
            if self.by_forms.isChecked()
            else RedLine(text=text, owner=owner, aim=str(self.aim.currentData()), at_least=self.least.value())
        )
        self.text.clear()
        self.session.edit(
            shortened(f"Red line added: {text}"), edit.set_red_lines, (*self.session.case.red_lines, line)
        )
        self.done()
