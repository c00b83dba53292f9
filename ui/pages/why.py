"""Why this, why not that: for any form or option, what opens or closes it and where its points come from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from partnerwizard.appraisal.model import Appraisal, OptionResult
from partnerwizard.pack.model import Form, Pack
from partnerwizard.report.words import STATUS, points, sentence
from ui.pages.options import CHIPS, KINDS, SEVERITY, GateLine
from ui.shell import Shell
from ui.story import Part, Source, parts, points_exactly, sources_of, total, touches
from ui.theme import theme
from ui.tokens import GAP, HAIR, NEAR, TIGHT
from ui.widgets.fields import PickList
from ui.widgets.fold import FoldButton
from ui.widgets.text import Text, button, chip, rule
from ui.words import why_in_or_out


class WhyDialog(QDialog):
    """One form or option at a time, chosen from a list of all; Escape goes back to where one was."""

    def __init__(self, parent: QWidget, shell: Shell, appraisal: Appraisal, chosen: str) -> None:
        super().__init__(parent)
        self._shell = shell
        self._appraisal = appraisal
        self.rated: str | None = None
        """The option whose ratings are to be shown once the dialog is closed."""
        self.compared: str | None = None
        """The option that is to be compared once the dialog is closed."""
        self.setWindowTitle("Why, or why not?")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP, GAP, GAP, GAP)
        outer.setSpacing(NEAR)
        self.pick = PickList("Form or option", "Every form that was considered, with each of its options.")
        outer.addWidget(self.pick)
        self.area = QScrollArea()
        self.area.setProperty("role", "paper")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("Why, or why not")
        outer.addWidget(self.area, 1)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.compare = button("Co&mpare it with another", self._go_compare, "secondary")
        self.close_button = button("C&lose", self.accept, "primary")
        self.rate = button("&Evidence and your own ratings", self._go_rate, "secondary")
        row.addWidget(self.compare)
        row.addWidget(self.rate)
        row.addStretch(1)
        row.addWidget(self.close_button)
        outer.addLayout(row)
        self.story: Story | None = None
        self._fill(chosen)
        self.pick.currentIndexChanged.connect(self._show)
        shell.session.appraised.connect(self._follow)
        self.resize(theme().px(760), theme().px(640))

    def _fill(self, chosen: str) -> None:
        self.pick.blockSignals(True)
        self.pick.clear()
        for key, name in _entries(self._shell.session.pack, self._appraisal):
            self.pick.addItem(name, key)
        self.pick.setCurrentIndex(max(0, self.pick.findData(chosen)))
        self.pick.blockSignals(False)
        self._show()

    def _follow(self, appraisal: Appraisal) -> None:
        """An option was brought back: the same form as it stands now."""
        self._appraisal = appraisal
        self._fill(str(self.pick.currentData()))

    def _show(self, _index: int = 0) -> None:
        key = str(self.pick.currentData())
        option = next((each for each in self._appraisal.options if each.id == key), None)
        form = self._shell.session.pack.form_by_id[key.partition(":")[0]]
        self.story = Story(self._shell, self._appraisal, form, option)
        self.area.setWidget(self.story)
        self.rate.setVisible(option is not None and bool(option.ratings) and option.rank is not None)
        self.compare.setVisible(
            option is not None and option.value is not None and option.form != self._appraisal.reference.id
        )

    def _go_rate(self) -> None:
        self.rated = str(self.pick.currentData())
        self.accept()

    def _go_compare(self) -> None:
        self.compared = str(self.pick.currentData())
        self.accept()


class Story(QWidget):
    """What can be said about one form or option."""

    def __init__(self, shell: Shell, appraisal: Appraisal, form: Form, option: OptionResult | None) -> None:
        super().__init__()
        pack = shell.session.pack
        self.parts: list[PartFold] = []
        self.setProperty("role", "paper")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, NEAR, 0)
        column.setSpacing(TIGHT)
        top = QHBoxLayout()
        top.addWidget(Text(option.name if option is not None else form.name, "section"), 1)
        if option is not None:
            top.addWidget(chip(STATUS[option.status].lower(), CHIPS[option.status]), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(Text(form.definition.text, "body", selectable=True))
        if option is None:
            column.addWidget(Text(KINDS[form.kind], "notice"))
            column.addStretch(1)
            return
        self._add_gates(column, shell, pack, option)
        column.addWidget(Text(touches(pack, option), "small"))
        column.addSpacing(TIGHT)
        column.addWidget(Text("Where its points come from", "section"))
        column.addWidget(Text(total(appraisal, option), "body", selectable=True))
        for part in parts(pack, appraisal, option):
            fold = PartFold(part)
            self.parts.append(fold)
            column.addWidget(fold)
        column.addStretch(1)

    def _add_gates(self, column: QVBoxLayout, shell: Shell, pack: Pack, option: OptionResult) -> None:
        column.addSpacing(TIGHT)
        column.addWidget(Text("Why it is in or out", "section"))
        speaking = sorted(
            (gate for gate in option.gates if gate.state != "fails" or gate.lifted is not None),
            key=lambda gate: (gate.state != "holds", SEVERITY.index(gate.effect)),
        )
        if not speaking:
            column.addWidget(Text(sentence(why_in_or_out(option))))
        for gate in speaking:
            column.addWidget(GateLine(shell, option, gate))
            for source in sources_of(pack, gate.sources):
                column.addWidget(_source(source))
            column.addSpacing(HAIR)


class PartFold(QWidget):
    """One part of the points; unfolded it shows every step, down to the sources."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(HAIR)
        self.fold = FoldButton(part.name)
        self.fold.show_answer(f"{points_exactly(part.points)}  {part.name}", part.summary, False)
        self.fold.toggled.connect(self._unfold)
        self._column.addWidget(self.fold)
        self._body: QWidget | None = None

    def _unfold(self, unfolded: bool) -> None:
        if unfolded and self._body is None:
            self._body = QWidget()
            inside = QVBoxLayout(self._body)
            inside.setContentsMargins(16, HAIR, 0, NEAR)
            inside.setSpacing(TIGHT)
            for number, step in enumerate(self._part.steps, 1):
                inside.addWidget(Text(f"{number}. {step}", "body", selectable=True))
            if self._part.sources:
                inside.addWidget(rule())
            for source in self._part.sources:
                inside.addWidget(_source(source))
            self._column.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(unfolded)


def _source(source: Source) -> Text:
    return Text(f"Source: {source.title}. {source.where}", "small", selectable=True)


def _entries(pack: Pack, appraisal: Appraisal) -> list[tuple[str, str]]:
    """Every option, the best first, then the forms that have none."""
    start = appraisal.reference.value.likely

    def words(option: OptionResult) -> str:
        if option.form == appraisal.reference.id:
            return option.name
        if option.value is None:
            return f"{option.name}: {STATUS[option.status].lower()}"
        return f"{option.name}: {points(option.value.likely - start)}, {STATUS[option.status].lower()}"

    ordered = sorted(appraisal.options, key=lambda each: -(each.value.likely if each.value else -1.0))
    present = {option.form for option in appraisal.options}
    others = [(form.id, f"{form.name}: not among the options") for form in pack.forms if form.id not in present]
    return [*((option.id, words(option)) for option in ordered), *others]


def best_of(appraisal: Appraisal, form: str) -> str:
    """The option by which a form is shown: the one that took part, else its first; the form itself if it has none."""
    for contestant in appraisal.forms:
        if contestant.form == form:
            return contestant.option
    return next((option.id for option in appraisal.options if option.form == form), form)
