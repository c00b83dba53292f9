"""Who the trust might work with: possible partners by name, and which of them would act together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerwizard.case import edit
from partnerwizard.case.model import PARTNER_LIMIT, Grouping
from ui.session import Session
from ui.tokens import NEAR, TIGHT
from ui.widgets.choice import CheckCard
from ui.widgets.text import Text, button
from ui.widgets.topic import Topic
from ui.words import partner_names, shortened


class Partners(Topic):
    """The list of possible partners, with adding, renaming and removing."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.column.setSpacing(NEAR)
        title = Text("Possible partners", "section")
        self.column.addWidget(title)
        self.empty = Text(
            "Nobody is named yet. Name every organisation that is in question; without one, "
            "only forms that need no partner can be weighed fully.",
            "muted",
        )
        self.column.addWidget(self.empty)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(TIGHT)
        self.column.addLayout(self._rows)
        self.row_of: dict[str, PartnerRow] = {}
        adding = QHBoxLayout()
        adding.setSpacing(TIGHT)
        self.name = QLineEdit()
        self.name.setMaxLength(300)
        self.name.setPlaceholderText("Name of an organisation")
        self.name.setAccessibleName("Name of a possible partner")
        self.name.setAccessibleDescription("Type a name and press Return to add it.")
        self.name.returnPressed.connect(self._add)
        self.add = button("&Add partner", self._add, about="Adds the organisation named in the field.")
        adding.addWidget(self.name, 1)
        adding.addWidget(self.add)
        self.column.addLayout(adding)
        self.note = Text("", "small")
        self.note.hide()
        self.column.addWidget(self.note)
        self.groupings = Groupings(session)
        self.column.addWidget(self.groupings)

    def _add(self) -> None:
        name = " ".join(self.name.text().split())
        taken = {partner.name.casefold() for partner in self.session.case.partners}
        if name.casefold() in taken:
            self._say(f"“{shortened(name)}” is among the partners already.")
        elif name:
            self.note.hide()
            self.name.clear()
            self.session.edit(shortened(f"Partner {name} added"), edit.add_partner, name)
        self.name.setFocus()

    def _say(self, reason: str) -> None:
        self.note.setText(reason)
        self.note.show()

    def refresh(self) -> None:
        case = self.session.case
        self.empty.setVisible(not case.partners)
        full = len(case.partners) >= PARTNER_LIMIT
        self.add.setEnabled(not full)
        self.name.setEnabled(not full)
        if full:
            self._say(f"No more than {PARTNER_LIMIT} partners can be compared. Remove one to add another.")
        changed = list(self.row_of) != [partner.id for partner in case.partners]
        for gone in [each for each in self.row_of if each not in case.partner_by_id]:
            row = self.row_of.pop(gone)
            row.hide()
            row.deleteLater()
        for partner in case.partners:
            if partner.id not in self.row_of:
                self.row_of[partner.id] = PartnerRow(self.session, partner.id)
        if changed:
            self.row_of = {partner.id: self.row_of[partner.id] for partner in case.partners}
            for row in self.row_of.values():
                self._rows.removeWidget(row)
                self._rows.addWidget(row)
        for row in self.row_of.values():
            row.refresh()
            row.remove.setMinimumWidth(self.add.sizeHint().width())
        self.groupings.refresh()

    def problem(self) -> str:
        if self.name.text().strip():
            return f"“{self.name.text().strip()}” is typed but not added. Press Add partner, or empty the field."
        return ""

    def at_fault(self) -> QWidget:
        return self.name


class PartnerRow(QWidget):
    """One partner: its name can be changed in place."""

    def __init__(self, session: Session, partner: str) -> None:
        super().__init__()
        self.session = session
        self.partner = partner
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TIGHT)
        self.field = QLineEdit()
        self.field.setMaxLength(300)
        self.field.setAccessibleDescription("The name of this partner. Type to change it.")
        self.field.textEdited.connect(self._rename)
        self.field.editingFinished.connect(self._end)
        self.remove = button("Remove", self._remove, "secondary")
        row.addWidget(self.field, 1)
        row.addWidget(self.remove)

    def refresh(self) -> None:
        """Shows the partner's name."""
        name = self.session.case.partner_by_id[self.partner].name
        if self.field.text() != name and not self.field.hasFocus():
            self.field.setText(name)
            self.field.setCursorPosition(0)
        self.field.setAccessibleName(f"Partner {name}")
        self.remove.setAccessibleName(f"Remove {name}")
        self.remove.setAccessibleDescription("Removes this partner with its answers. Undo brings both back.")

    def _rename(self, text: str) -> None:
        name = " ".join(text.split())
        if name and name != self.session.case.partner_by_id[self.partner].name:
            self.session.edit("Partner renamed", edit.rename_partner, self.partner, name)

    def _end(self) -> None:
        """A partner is never without a name: an emptied field shows the last one again."""
        partner = self.session.case.partner_by_id.get(self.partner)
        if partner is not None:
            self.field.setText(partner.name)

    def _remove(self) -> None:
        name = self.session.case.partner_by_id[self.partner].name
        self.session.edit(shortened(f"Partner {name} removed"), edit.remove_partner, self.partner)


class Groupings(QWidget):
    """Partners that would act together, for forms that take several; shown once two are named."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("Who would act together?", "section"))
        column.addWidget(
            Text(
                "Forms such as a group or a provider collaborative take several partners. "
                "Tick two or more and add them as a grouping.",
                "small",
            )
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(TIGHT)
        column.addLayout(self._list)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(TIGHT)
        column.addLayout(self._cards)
        self.cards: dict[str, CheckCard] = {}
        self.add = button("Add &grouping", self._add, about="Adds the ticked partners as one grouping.")
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        column.addLayout(row)
        self.note = Text("", "small")
        column.addWidget(self.note)
        self.rows: list[QWidget] = []
        self._shown: object = None

    def refresh(self) -> None:
        """Shows the groupings and the partners to choose from."""
        case = self.session.case
        self.setVisible(len(case.partners) > 1)
        now = (case.groupings, tuple((partner.id, partner.name) for partner in case.partners))
        if now == self._shown:
            return
        self._shown = now
        for old in [*self.rows, *self.cards.values()]:
            old.hide()
            old.deleteLater()
        self.rows = [self._row(grouping) for grouping in case.groupings]
        for row in self.rows:
            self._list.addWidget(row)
        self.cards = {partner.id: CheckCard(partner.name, compact=True) for partner in case.partners}
        for card in self.cards.values():
            self._cards.addWidget(card)
            card.toggled.connect(self._count)
        self._count()

    def _row(self, grouping: Grouping) -> QWidget:
        names = partner_names(self.session.case, grouping.partners)
        frame = QFrame()
        frame.setProperty("role", "card")
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, TIGHT, TIGHT, TIGHT)
        row.addWidget(Text(names, "strong"), 1)
        remove = button("Remove", lambda: self._remove(grouping), "small", name=f"Remove the grouping {names}")
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _count(self) -> None:
        members = self._ticked()
        known = any(set(members) == set(each.partners) for each in self.session.case.groupings)
        self.add.setEnabled(len(members) > 1 and not known)
        if known:
            self.note.setText("These are a grouping already.")
        else:
            self.note.setText("" if len(members) > 1 else "A grouping takes two or more: tick them first.")
        self.note.setVisible(bool(self.note.text()))

    def _ticked(self) -> tuple[str, ...]:
        return tuple(partner for partner, card in self.cards.items() if card.isChecked())

    def _add(self) -> None:
        case, members = self.session.case, self._ticked()
        id_ = edit.new_id("-".join(members), taken={each.id for each in case.groupings})
        self.session.edit(
            shortened(f"Grouping {partner_names(case, members)} added"),
            edit.set_groupings,
            (*case.groupings, Grouping(id=id_, partners=members)),
        )

    def _remove(self, grouping: Grouping) -> None:
        left = tuple(each for each in self.session.case.groupings if each.id != grouping.id)
        names = partner_names(self.session.case, grouping.partners)
        self.session.edit(shortened(f"Grouping {names} removed"), edit.set_groupings, left)
