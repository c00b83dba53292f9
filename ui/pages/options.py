"""Options and why: every form with its status and the reason in words; a set-aside option can be brought back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerwizard.appraisal.model import Appraisal, GateResult, OptionResult, Status
from partnerwizard.case import edit
from partnerwizard.case.model import Lifted
from partnerwizard.pack.model import Effect, Form
from partnerwizard.report.words import EFFECT, STATUS, points, sentence
from ui.pages.local_options import LocalOptions
from ui.pages.page import Page
from ui.places import RESULT
from ui.shell import Footer, Shell
from ui.tokens import GROUP, HAIR, NEAR, TIGHT
from ui.widgets.fold import FoldButton
from ui.widgets.text import Text, button, chip
from ui.words import why_in_or_out

ORDER: tuple[Status, ...] = ("open", "needs", "unresolved", "in-place", "set-aside", "ruled-out")
CHIPS: dict[Status, str] = {
    "open": "chip",
    "needs": "chip",
    "unresolved": "chip-caution",
    "in-place": "chip-quiet",
    "set-aside": "chip-closed",
    "ruled-out": "chip-closed",
}
SEVERITY: tuple[Effect, ...] = ("ruled-out", "set-aside", "needs", "caution")
CLOSING = ("ruled-out", "set-aside")
KINDS = {
    "contract": "A later layer on top of a form; it is described in the report and never ranked.",
    "regime": "What happens otherwise, not a choice; it is described in the report and never ranked.",
    "service-model": "A way of running one service. It is an option only where the partnership reaches one service.",
    "form": "No option of this form fits the case: name the partners, or a grouping, that it takes.",
}


class OptionsPage(Page):
    """Every form of the pack, grouped by what has become of it."""

    widest = 860
    whole_width = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Options and why")
        head = QVBoxLayout()
        head.setSpacing(NEAR)
        head.addWidget(self.heading)
        head.addWidget(
            Text(
                "Every form that was considered, and why it is in or out. What is set aside can be brought back "
                "with a reason, which the report prints. What is ruled out is closed by law or by the facts.",
                "muted",
            )
        )
        self.column.addLayout(head)
        self.own = LocalOptions(shell)
        self.column.addWidget(self.own)
        self.waiting = Text("There is no answer yet. Answer the first questions, and every form appears here.", "muted")
        self.column.addWidget(self.waiting)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(GROUP)
        self.column.addLayout(self._groups)
        self.cards: dict[str, FormCard] = {}
        self._boxes: list[QWidget] = []
        self._shown: Appraisal | None = None

    def refresh(self) -> None:
        self.own.refresh()
        appraisal = self.session.appraisal
        self.waiting.setVisible(appraisal is None)
        if appraisal is self._shown:
            return
        self._shown = appraisal
        unfolded = {form for form, card in self.cards.items() if card.fold.isChecked()}
        for box in self._boxes:
            self._groups.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes, self.cards = [], {}
        if appraisal is None:
            return
        by_form: dict[str, list[OptionResult]] = {}
        for option in appraisal.options:
            by_form.setdefault(option.form, []).append(option)
        grouped: dict[Status | None, list[Form]] = {}
        for form in self.session.pack.forms:
            grouped.setdefault(_best(by_form.get(form.id, [])), []).append(form)
        for status in (*ORDER, None):
            if forms := grouped.get(status):
                self._boxes.append(self._group(appraisal, status, forms, by_form))
                self._groups.addWidget(self._boxes[-1])
        for each in unfolded & set(self.cards):
            self.cards[each].fold.setChecked(True)

    def _group(
        self, appraisal: Appraisal, status: Status | None, forms: list[Form], by_form: dict[str, list[OptionResult]]
    ) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        title = STATUS[status] if status is not None else "Not among the options here"
        column.addWidget(Text(f"{title} · {len(forms)}", "section"))
        likely = {
            form: max((option.value.likely for option in by_form.get(form, []) if option.value), default=-1.0)
            for form in by_form
        }
        for form in sorted(forms, key=lambda form: -likely.get(form.id, -1.0)):
            card = FormCard(self.shell, appraisal, form, by_form.get(form.id, []))
            self.cards[form.id] = card
            column.addWidget(card)
        return box

    @property
    def replaceable(self) -> bool:
        """True unless an option is half typed."""
        return not self.own.half_typed

    def footer(self) -> Footer:
        """On to the next place, or back to the answer."""
        return Footer("&Continue", self.shell.go_next, "See the &answer", partial(self.shell.go, RESULT))


class FormCard(QWidget):
    """A form: folded its name and the reason in a line; unfolded its definition and each of its options with gates."""

    def __init__(self, shell: Shell, appraisal: Appraisal, form: Form, options: list[OptionResult]) -> None:
        super().__init__()
        self.shell = shell
        self._appraisal = appraisal
        self._form = form
        self._options = sorted(
            options, key=lambda option: (ORDER.index(option.status), -(option.value.likely if option.value else 0.0))
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.fold = FoldButton(form.name)
        self.fold.show_answer(form.name, self._line(), False)
        self.fold.toggled.connect(self._unfold)
        column.addWidget(self.fold)
        self._column = column
        self._body: QWidget | None = None

    def _line(self) -> str:
        if not self._options:
            return KINDS[self._form.kind]
        best = self._options[0]
        if best.form == self._appraisal.reference.id:
            return "What every other option is measured against."
        words = sentence(why_in_or_out(best))
        if best.value is not None:
            difference = points(best.value.likely - self._appraisal.reference.value.likely)
            return f"{difference} against carrying on. {words}"
        return words

    def _unfold(self, unfolded: bool) -> None:
        if unfolded and self._body is None:
            self._body = self._make_body()
            self._column.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(unfolded)

    def _make_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, NEAR, 0, NEAR)
        column.setSpacing(NEAR)
        column.addWidget(Text(self._form.definition.text))
        for option in self._options:
            column.addWidget(OptionCard(self.shell, option))
        return body


class OptionCard(QFrame):
    """One option: its status, and every gate that holds or is not settled."""

    def __init__(self, shell: Shell, option: OptionResult) -> None:
        super().__init__()
        self.shell = shell
        self.option = option
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, NEAR, 16, NEAR)
        column.setSpacing(TIGHT)
        top = QHBoxLayout()
        top.addWidget(Text(option.name, "strong"), 1)
        top.addWidget(chip(STATUS[option.status].lower(), CHIPS[option.status]), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        speaking = sorted(
            (gate for gate in option.gates if gate.state != "fails" or gate.lifted is not None),
            key=lambda gate: (gate.state != "holds", SEVERITY.index(gate.effect)),
        )
        if option.rank is not None and option.ratings:
            evidence_row = QHBoxLayout()
            evidence_row.addWidget(
                button(
                    "Its evidence, and your own ratings",
                    partial(shell.open_evidence, option.id),
                    "link",
                    name=f"Evidence and your own ratings of {option.name}",
                )
            )
            evidence_row.addStretch(1)
            column.addLayout(evidence_row)
        # Where an option is closed, what closes it is the reason; the rest would matter only if it were open.
        first = [gate for gate in speaking if gate.effect in CLOSING] if option.status in CLOSING else speaking
        rest = [gate for gate in speaking if gate not in first]
        if not first:
            column.addWidget(Text(why_in_or_out(option) or "No rule speaks about it.", "small"))
        for gate in first:
            column.addWidget(GateLine(shell, option, gate))
        if rest:
            column.addWidget(_Further(shell, option, rest))
        if option.value is not None:
            why = button("Where its points come from", partial(shell.explain, option.id), "link")
            why.setAccessibleName(f"Where the points of {option.name} come from")
            column.addWidget(why, 0, Qt.AlignmentFlag.AlignLeft)


class _Further(QWidget):
    """Rules that would matter if the option were open, shown on demand."""

    def __init__(self, shell: Shell, option: OptionResult, gates: list[GateResult]) -> None:
        super().__init__()
        self._shell, self._option, self._gates = shell, option, gates
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(TIGHT)
        words = f"{len(gates)} more rule{'' if len(gates) == 1 else 's'} would matter if it were open"
        self._open = button(words, self._show, "link", name=f"{option.name}: {words}")
        self._column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)

    def _show(self) -> None:
        lines = [GateLine(self._shell, self._option, gate) for gate in self._gates]
        for line in lines:
            self._column.addWidget(line)
        self._open.hide()
        lines[0].setFocus()


class GateLine(QWidget):
    """A gate in words, with what may be done about it."""

    def __init__(self, shell: Shell, option: OptionResult, gate: GateResult) -> None:
        super().__init__()
        self.shell = shell
        self.session = shell.session
        self.option = option
        self.gate = gate
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HAIR)
        column.addWidget(Text(f"{self._effect()}: {sentence(gate.reason)}", "small-ink"))
        if gate.state == "unknown" and gate.missing:
            questions = self.session.pack.question_by_id
            names = [questions[fact].short if fact in questions else fact for fact in gate.missing]
            column.addWidget(Text(f"It depends on: {', '.join(names)}.", "small"))
        if gate.step and gate.effect == "needs":
            column.addWidget(Text(f"What to do: {sentence(gate.step)}", "small"))
        if gate.lifted is not None:
            column.addWidget(Text(f"You brought it back: {sentence(gate.lifted)}", "small"))
            self._row(
                column, button("Set it aside again", self._put_back, "small", name=f"Set {option.name} aside again")
            )
        elif gate.effect == "set-aside" and gate.state == "holds":
            self._make_lifting(column)

    def _effect(self) -> str:
        word = EFFECT[self.gate.effect]
        if self.gate.lifted is not None:
            return f"{word}, but brought back"
        return f"{word}, if it applies" if self.gate.state == "unknown" else word

    def _row(self, column: QVBoxLayout, *widgets: QWidget) -> None:
        row = QHBoxLayout()
        for each in widgets:
            row.addWidget(each)
        row.addStretch(1)
        column.addLayout(row)

    def _make_lifting(self, column: QVBoxLayout) -> None:
        self.open = button("Bring it back …", self._ask_reason, "small", name=f"Bring {self.option.name} back")
        self._row(column, self.open)
        self._asking = QWidget()
        inside = QVBoxLayout(self._asking)
        inside.setContentsMargins(0, HAIR, 0, 0)
        inside.setSpacing(TIGHT)
        inside.addWidget(Text("Why should it count all the same? The report prints your reason.", "small"))
        self.reason = QLineEdit()
        self.reason.setMaxLength(2000)
        self.reason.setAccessibleName(f"Reason for bringing {self.option.name} back")
        self.reason.returnPressed.connect(self._lift)
        inside.addWidget(self.reason)
        self.fault = Text("Give a reason first.", "fault")
        self.fault.hide()
        inside.addWidget(self.fault)
        self._row(inside, button("Bring it back", self._lift, "small"), button("Cancel", self._cancel, "quiet"))
        self._asking.hide()
        column.addWidget(self._asking)

    def _ask_reason(self) -> None:
        self.open.hide()
        self._asking.show()
        self.reason.setFocus()

    def _cancel(self) -> None:
        self._asking.hide()
        self.open.show()
        self.open.setFocus()

    def _lift(self) -> None:
        reason = self.reason.text().strip()
        self.fault.setVisible(not reason)
        if reason:
            lifted = Lifted(option=self.option.id, gate=self.gate.id, reason=reason)
            self.session.edit(f"{self.option.name} brought back", edit.lift, lifted)

    def _put_back(self) -> None:
        # A lifting may name the option or its whole form.
        wanted = {self.option.id, self.option.form}
        for lifted in self.session.case.lifted:
            if lifted.gate == self.gate.id and lifted.option in wanted:
                self.session.edit(f"{self.option.name} set aside again", edit.unlift, lifted.option, lifted.gate)
                return


def _best(options: list[OptionResult]) -> Status | None:
    """The status of a form is that of its best option."""
    return min((option.status for option in options), key=ORDER.index, default=None)
