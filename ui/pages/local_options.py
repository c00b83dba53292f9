"""Options of the user's own: added in plain words, most like one of the forms, changed and removed in place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from partnerwizard.appraisal.local import without_local
from partnerwizard.appraisal.options import COMPARED
from partnerwizard.case import edit
from partnerwizard.case.model import LOCAL_LIMIT, LocalOption
from ui.session import Session
from ui.shell import Shell
from ui.tokens import HAIR, NEAR, TIGHT
from ui.widgets.fields import PickList
from ui.widgets.text import Text, button
from ui.words import shortened


class LocalOptions(QWidget):
    """The options that the case adds, and one form to add or change one."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell, self.session = shell, shell.session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("Options of your own", "section"))
        column.addWidget(
            Text(
                "Is there something else on the table? Add it, say which form it is most like, and it is weighed with "
                "the others. It is marked as added by you wherever it is named.",
                "small",
            )
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(TIGHT)
        column.addLayout(self._list)
        self.add = button("Add an &option of your own", self._open_new)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        column.addLayout(row)
        self.form = LocalOptionForm(self.session)
        self.form.done = self._close
        self.form.hide()
        column.addWidget(self.form)
        self.rows: dict[str, QWidget] = {}
        self._shown: tuple[LocalOption, ...] | None = None

    def refresh(self) -> None:
        """Shows the options that the case adds."""
        options = self.session.case.local_options
        self.add.setEnabled(len(options) < LOCAL_LIMIT)
        if options == self._shown:
            return
        self._shown = options
        for row in self.rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {option.id: self._row(option) for option in options}
        for row in self.rows.values():
            self._list.addWidget(row)

    def _row(self, option: LocalOption) -> QWidget:
        frame = QFrame()
        frame.setProperty("role", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, NEAR, 16, NEAR)
        column.setSpacing(HAIR)
        column.addWidget(Text(option.name, "strong"))
        if option.text:
            column.addWidget(Text(option.text))
        like = self.session.pack.form_by_id.get(option.like)
        own = len(option.ratings)
        ratings = (
            f"{own} of its ratings {'are' if own > 1 else 'is'} your own" if own else "all its ratings are taken over"
        )
        column.addWidget(Text(f"Most like {like.name if like else option.like}; {ratings}.", "small"))
        row = QHBoxLayout()
        change = button("Change …", partial(self._open, option), "small", name=f"Change {option.name}")
        rate = button("Its ratings", partial(self._rate, option.id), "small", name=f"Ratings of {option.name}")
        remove = button("Remove", partial(self._remove, option), "small", name=f"Remove {option.name}")
        for each in (change, rate, remove):
            row.addWidget(each)
        row.addStretch(1)
        column.addSpacing(HAIR)
        column.addLayout(row)
        return frame

    def _rate(self, form: str) -> None:
        appraisal = self.session.appraisal
        found = [] if appraisal is None else [each for each in appraisal.options if each.form == form]
        rated = next((each for each in found if each.rank is not None), None)
        if rated is not None:
            self.shell.open_evidence(rated.id)
        elif found:
            # What is closed has no ratings to show; why it is closed is what one can look at.
            self.shell.explain(found[0].id)

    def _open_new(self) -> None:
        self._open(None)

    def _open(self, option: LocalOption | None) -> None:
        self.form.begin(option)
        self.form.show()
        self.add.hide()
        self.form.name.setFocus()

    def _close(self) -> None:
        self.form.hide()
        self.add.show()
        self.add.setFocus()

    def _remove(self, option: LocalOption) -> None:
        if self.form.option == option.id and not self.form.isHidden():
            self._close()
        self.session.edit(shortened(f"Option removed: {option.name}"), edit.remove_local_option, option.id)
        self.add.setFocus()

    @property
    def half_typed(self) -> bool:
        """Whether something stands in the form that is not in the case."""
        return not self.form.isHidden() and bool(self.form.name.text().strip())


class LocalOptionForm(QFrame):
    """A name, a description and the form that it is most like."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.done = lambda: None
        self.option: str | None = None
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(TIGHT)
        self.name, self.text = QLineEdit(), QLineEdit()
        self.name.setMaxLength(300)
        self.text.setMaxLength(2000)
        self.name.setPlaceholderText("For example: one stroke team on two sites")
        self.text.setPlaceholderText("Who does what, for whom, and who decides")
        self.like = PickList("Which form is it most like?", "Its rules, authority and ratings are the start.")
        self.like.setPlaceholderText("Choose the nearest form")
        pack = without_local(session.pack)
        for form in pack.forms:
            if form.kind in COMPARED and form.id != pack.head.reference:
                self.like.addItem(form.name, form.id)
        self.like.currentIndexChanged.connect(self._show_like)
        for title, field in (
            ("What is it called?", self.name),
            ("What is it, in a sentence or two?", self.text),
            ("Which form is it most like?", self.like),
        ):
            label = QLabel(title)
            label.setProperty("role", "strong")
            label.setBuddy(field)
            field.setAccessibleName(title)
            column.addWidget(label)
            column.addWidget(field)
            column.addSpacing(HAIR)
        self.meaning = Text("", "small")
        column.addWidget(self.meaning)
        self.fault = Text("", "fault")
        column.addWidget(self.fault)
        buttons = QHBoxLayout()
        self.keep = button("Add this &option", self._keep)
        self.cancel = button("Cancel", self._cancel, "quiet")
        buttons.addWidget(self.keep)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.begin(None)

    def begin(self, option: LocalOption | None) -> None:
        """Shows an option to change, or an empty form."""
        self.option = None if option is None else option.id
        self.name.setText(option.name if option else "")
        self.text.setText(option.text if option else "")
        self.like.setCurrentIndex(self.like.findData(option.like) if option else -1)
        self.keep.setText("&Keep the changes" if option else "Add this &option")
        self.keep.setAccessibleName(self.keep.text().replace("&", ""))
        self.fault.hide()
        self._show_like()

    def _show_like(self, _index: int = 0) -> None:
        form = self.session.pack.form_by_id.get(str(self.like.currentData()))
        self.meaning.setVisible(form is not None)
        if form is not None:
            self.meaning.setText(
                f"{form.name}: {form.definition.text} The rules for it hold for your option too, and its ratings are "
                "the start; you can change each of them afterwards, with a reason."
            )

    def _cancel(self) -> None:
        self.done()

    def _keep(self) -> None:
        name, text, like = self.name.text().strip(), self.text.text().strip(), self.like.currentData()
        missing = ""
        if not name:
            missing = "Give it a name."
        elif like is None:
            missing = "Choose the form that it is most like; without one nothing is known about it."
        self.fault.setText(missing)
        self.fault.setVisible(bool(missing))
        if missing:
            (self.like if name else self.name).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.option is None:
            self.session.edit(shortened(f"Option added: {name}"), edit.add_local_option, name, text, str(like))
        else:
            self.session.edit(
                shortened(f"Option changed: {name}"), edit.change_local_option, self.option, name, text, str(like)
            )
        self.done()
