"""Two options side by side: why one is ahead, criterion by criterion, and what each needs, costs, takes and leaves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from partnerwizard.appraisal.difference import Difference, difference
from partnerwizard.appraisal.difference import Part as DifferencePart
from partnerwizard.appraisal.model import Appraisal, Cell, OptionResult
from partnerwizard.pack.model import Claim, Form
from partnerwizard.report.words import (
    EFFECT,
    GROUND,
    STATUS,
    capital,
    level,
    listed,
    money,
    months,
    percent,
    sentence,
    span_of,
)
from ui.pages.page import Page
from ui.places import RESULT
from ui.shell import Footer, Shell
from ui.story import points_exactly
from ui.theme import theme
from ui.tokens import GAP, HAIR, NEAR, TIGHT
from ui.widgets.fields import PickList
from ui.widgets.text import Text, button, rule
from ui.words import why_in_or_out

FEW = 3


class ComparePage(Page):
    """Any two options of the case, chosen from two lists."""

    widest = 1080
    whole_width = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Compare two options")
        head = QVBoxLayout()
        head.setSpacing(NEAR)
        head.addWidget(self.heading)
        head.addWidget(Text("Choose any two; every part of the difference between them is shown.", "muted"))
        self.column.addLayout(head)
        self.waiting = Text("There is no answer yet. Answer the first questions, and options appear here.", "muted")
        self.column.addWidget(self.waiting)
        self._picks = QWidget()
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._picks)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(NEAR)
        self.first = PickList("First option", "The option that is set against another.")
        self.second = PickList("Second option", "The option that it is set against.")
        self.swap = button("S&wap", self._swap, "small", name="Swap the two options")
        for pick in (self.first, self.second):
            pick.currentIndexChanged.connect(self._show)
        row.addWidget(self.first, 1)
        row.addWidget(self.swap)
        row.addWidget(self.second, 1)
        self.column.addWidget(self._picks)
        self.body: Comparison | None = None
        self._box = QVBoxLayout()
        self.column.addLayout(self._box)
        self._appraisal: Appraisal | None = None

    @property
    def replaceable(self) -> bool:
        """While the two are those that it sets side by side by itself."""
        appraisal = self.session.appraisal
        return appraisal is None or (self.first.currentData(), self.second.currentData()) == _usual(appraisal)

    def resizeEvent(self, event: object) -> None:
        """The two lists side by side where their names have room."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= theme().px(820)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def refresh(self) -> None:
        appraisal = self.session.appraisal
        self.waiting.setVisible(appraisal is None)
        self._picks.setVisible(appraisal is not None)
        if appraisal is self._appraisal:
            return
        self._appraisal = appraisal
        if appraisal is None:
            self._clear()
            return
        chosen = (self.first.currentData(), self.second.currentData())
        usual = _usual(appraisal)
        for pick, wanted, otherwise in zip((self.first, self.second), chosen, usual, strict=True):
            pick.blockSignals(True)
            pick.clear()
            for option in _in_order(appraisal):
                pick.addItem(option.name, option.id)
            found = pick.findData(wanted) if wanted else -1
            pick.setCurrentIndex(found if found >= 0 else pick.findData(otherwise))
            pick.blockSignals(False)
        self._show()

    def choose(self, first: str, second: str | None = None) -> None:
        """Sets two options against each other; without a second, the first against what leads, or what follows it."""
        self.refresh()
        if self._appraisal is None:
            return
        if second is None:
            second = next((each for each in _usual(self._appraisal) if each != first), first)
        for pick, wanted in ((self.first, first), (self.second, second)):
            pick.blockSignals(True)
            pick.setCurrentIndex(max(0, pick.findData(wanted)))
            pick.blockSignals(False)
        self._show()

    def _swap(self) -> None:
        self.choose(str(self.second.currentData()), str(self.first.currentData()))
        self.swap.setFocus()

    def _clear(self) -> None:
        if self.body is not None:
            self._box.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
            self.body = None

    def _show(self, _index: int = 0) -> None:
        self._clear()
        appraisal = self._appraisal
        first, second = self.first.currentData(), self.second.currentData()
        if appraisal is None or not first or not second:
            return
        self.body = Comparison(self.shell, appraisal, appraisal.option(first), appraisal.option(second))
        self._box.addWidget(self.body)
        self.body.show()
        if self.isVisible():
            self.shell.announce(self.body.said)

    def leave(self) -> None:
        """The comparison is made anew on the next visit; out of view it would only have to be styled."""
        self._clear()
        self._appraisal = None

    def footer(self) -> Footer:
        """On, or to the answer."""
        return Footer("&Continue", self.shell.go_next, "See the &answer", partial(self.shell.go, RESULT))


class Comparison(QWidget):
    """The two options under their names, line by line."""

    def __init__(self, shell: Shell, appraisal: Appraisal, one: OptionResult, other: OptionResult) -> None:
        super().__init__()
        pack = shell.session.pack
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, NEAR, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(TIGHT)
        self._figures = one.id != other.id and _comparable(appraisal, one) and _comparable(appraisal, other)
        for place, share in enumerate((26, 29, 29, 16) if self._figures else (24, 38, 38, 0)):
            self._grid.setColumnStretch(place, share)
        self._row = 0
        self._under_heading = True
        self.said = self._sentences(shell, appraisal, one, other)
        self._names(shell, one, other)
        self.parts: tuple[DifferencePart, ...] = ()
        if self._figures:
            found = difference(pack, appraisal, one.id, other.id)
            self.parts = found.parts
            self._contributions(found)
        forms = pack.form_by_id[one.form], pack.form_by_id[other.form]
        self._heading("What opens or closes them")
        self._line("Status", STATUS[one.status], STATUS[other.status])
        self._line("Why", sentence(why_in_or_out(one)), sentence(why_in_or_out(other)))
        self._line("Steps needed and cautions", _steps(one), _steps(other))
        self._heading("What each asks")
        self._line("Needs", _claims(forms[0].needs), _claims(forms[1].needs))
        self._line("One-off money", _money(one, forms[0]), _money(other, forms[1]))
        self._line("Until it works", _time(forms[0]), _time(forms[1]))
        self._line("A way back", forms[0].reversibility.text, forms[1].reversibility.text)
        names = {form.id: form.name for form in pack.forms}
        self._heading("Where each leads")
        for title, attribute in (("Can lead to", "leads_to"), ("Goes with", "goes_with"), ("Fallback", "fallback")):
            words = [
                listed(names[each] for each in getattr(form, attribute) if each in names) or "Nothing named."
                for form in forms
            ]
            self._line(title, *words)

    def _sentences(self, shell: Shell, appraisal: Appraisal, one: OptionResult, other: OptionResult) -> str:
        if one.id == other.id:
            said = ["These are the same option. Choose another on one side."]
        else:
            closed = [each for each in (one, other) if not _comparable(appraisal, each)]
            if closed:
                said = [
                    f"{each.name} is {STATUS[each.status].lower()} and has no points: {sentence(why_in_or_out(each))}"
                    for each in closed
                ]
            else:
                said = [*difference(shell.session.pack, appraisal, one.id, other.id).sentences]
        for words in said:
            self._grid.addWidget(Text(words, "body", selectable=True), self._row, 0, 1, 4)
            self._row += 1
        return " ".join(said)

    def _names(self, shell: Shell, one: OptionResult, other: OptionResult) -> None:
        self._grid.setRowMinimumHeight(self._row, theme().px(NEAR))
        self._row += 1
        for place, option in ((1, one), (2, other)):
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(HAIR)
            column.addWidget(Text(option.name, "strong"))
            column.addWidget(
                button(
                    "Why, or why not?",
                    partial(shell.explain, option.id),
                    "link",
                    name=f"Why, or why not: {option.name}",
                )
            )
            self._grid.addWidget(box, self._row, place)
        if self._figures:
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(HAIR)
            column.addWidget(Text("Difference", "strong"))
            column.addWidget(Text("+ is for the first", "small"))
            column.addStretch(1)
            self._grid.addWidget(box, self._row, 3)
        self._row += 1

    def _contributions(self, found: Difference) -> None:
        self._heading("What makes the difference")
        for part in sorted(found.parts, key=lambda each: -abs(each.points)):
            if part.weight is None and abs(part.points) < 1e-9:
                continue
            weight = f", weighs {percent(part.weight)}" if part.weight is not None else ""
            title = f"{capital(part.name)}{weight}"
            self._line(title, _cell(part.a), _cell(part.b), points_exactly(part.points))
        self._line(
            "In all, of 100", f"{found.value_a:.1f}", f"{found.value_b:.1f}", points_exactly(found.total), strong=True
        )

    def _heading(self, title: str) -> None:
        self._grid.setRowMinimumHeight(self._row, theme().px(GAP))
        self._grid.addWidget(rule("strong-rule"), self._row + 1, 0, 1, 4)
        self._grid.addWidget(Text(title, "section"), self._row + 2, 0, 1, 4)
        self._row += 3
        self._under_heading = True

    def _rule(self) -> None:
        self._grid.addWidget(rule(), self._row, 0, 1, 4)
        self._row += 1

    def _line(self, title: str, one: str, other: str, last: str = "", *, strong: bool = False) -> None:
        role = "small-strong" if strong else "small-ink"
        if not self._under_heading:
            self._rule()
        self._under_heading = False
        for place, (words, look) in enumerate(
            ((title, "small-strong"), (one, role), (other, role), (last, "small-strong"))
        ):
            if words:
                made = Text(words, look, selectable=place > 0)
                made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self._grid.addWidget(made, self._row, place)
        self._row += 1


def _comparable(appraisal: Appraisal, option: OptionResult) -> bool:
    return option.value is not None or option.id == appraisal.reference.id


def _usual(appraisal: Appraisal) -> tuple[str, str]:
    """What leads, and the contestant next to it."""
    order = [option.id for option in _in_order(appraisal)]
    contestants = [each.option for each in appraisal.forms]
    leading = [each for each in (*appraisal.verdict.options, *order) if each in order]
    first = leading[0]
    rest = [each for each in order if each in contestants and each != first] or [
        each for each in order if each != first
    ]
    return first, (rest[0] if rest else first)


def _in_order(appraisal: Appraisal) -> list[OptionResult]:
    return sorted(appraisal.options, key=lambda each: (-(each.value.likely if each.value else -1.0), each.id))


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "–"
    words = f"{level(cell.likely)}, from {span_of(cell.low, cell.high)} ({GROUND[cell.ground]})"
    return f"{words}. {sentence(cell.reason)}"


def _steps(option: OptionResult) -> str:
    return "\n".join(f"• {each}" for each in _gates(option)) or "None."


def _gates(option: OptionResult) -> Iterator[str]:
    for gate in option.gates:
        if gate.effect in {"needs", "caution"} and gate.state != "fails":
            sure = "" if gate.state == "holds" else ", if it applies"
            yield f"{EFFECT[gate.effect]}{sure}: {sentence(gate.reason)}"


def _claims(claims: tuple[Claim, ...]) -> str:
    return "\n".join(f"• {claim.text}" for claim in claims[:FEW]) or "Nothing named."


def _money(option: OptionResult, form: Form) -> str:
    return f"{capital(money(option.money))}. {sentence(form.money.note)}"


def _time(form: Form) -> str:
    return f"{capital(months(form.time.low, form.time.high))}. {sentence(form.time.note)}"
