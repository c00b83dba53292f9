"""Evidence: every rating of the open options down to its sources, what the facts moved, and the user's own rating."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from partnerwizard.appraisal.explain import GROUND_WORDS
from partnerwizard.appraisal.model import Appraisal, Cell, Interval, OptionResult
from partnerwizard.case import edit
from partnerwizard.case.model import Override
from partnerwizard.pack.model import Criterion, Ground
from partnerwizard.report.words import STATUS, day, points, sentence
from ui.pages.page import Page
from ui.places import OPTIONS, RESULT
from ui.session import Session
from ui.shell import Footer, Shell
from ui.tokens import GAP, HAIR, NEAR, TIGHT
from ui.widgets.fields import Figure, PickList
from ui.widgets.fold import FoldButton
from ui.widgets.scale import OnScale, ScaleBar
from ui.widgets.text import Text, button, chip, rule

CHIPS: dict[Ground, str] = {
    "studied": "chip",
    "by-design": "chip",
    "judgement": "chip-quiet",
    "unknown": "chip-caution",
}


class EvidencePage(Page):
    """One option and all its ratings, or one aim or term and all options; each unfolds down to the source."""

    whole_width = True
    replaceable = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Evidence and your own ratings")
        head = QVBoxLayout()
        head.setSpacing(NEAR)
        head.addWidget(self.heading)
        head.addWidget(
            Text(
                "Where every point comes from: what a rating rests on, what your facts moved, how much it weighs, and "
                "what that adds up to. If you know better, give your own rating with a reason; the guidance's stays "
                "beside it, here and in the report.",
                "muted",
            )
        )
        self.column.addLayout(head)
        self.waiting = Text("There is no answer yet. Answer the first questions, and the ratings appear here.", "muted")
        self.column.addWidget(self.waiting)
        self._choosing = QWidget()
        choosing = QVBoxLayout(self._choosing)
        choosing.setContentsMargins(0, 0, 0, 0)
        choosing.setSpacing(TIGHT)
        label = QLabel("Show the ratings of")
        label.setProperty("role", "strong")
        self.subject = PickList("Show the ratings of", "An option on everything, or everything on one aim or term.")
        label.setBuddy(self.subject)
        self.subject.activated.connect(self._chosen)
        choosing.addWidget(label)
        choosing.addWidget(self.subject)
        self.summary = Text("", "body")
        choosing.addWidget(self.summary)
        self.column.addWidget(self._choosing)
        self._list = QVBoxLayout()
        self._list.setSpacing(TIGHT)
        self.column.addLayout(self._list)
        self.rows: dict[tuple[str, str], CellRow] = {}
        self._shown: Appraisal | None = None

    # --- showing --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        appraisal = self.session.appraisal
        self.waiting.setVisible(appraisal is None)
        self._choosing.setVisible(appraisal is not None)
        if appraisal is not self._shown:
            self._shown = appraisal
            self._fill_subjects(appraisal)
            self._lay_out()

    def _fill_subjects(self, appraisal: Appraisal | None) -> None:
        """Options by value, then aims and terms by weight; what was chosen stays chosen where it still exists."""
        before = self.subject.currentData()
        with QSignalBlocker(self.subject):
            self.subject.clear()
            if appraisal is None:
                return
            for option in scored(appraisal):
                self.subject.addItem(option.name, f"option {option.id}")
            by_weight = sorted(appraisal.weights, key=lambda each: -appraisal.weights[each].central)
            for criterion in by_weight:
                name = self.session.pack.criterion_by_id[criterion].name
                self.subject.addItem(f"All options: {name.lower()}", f"criterion {criterion}")
            self.subject.setCurrentIndex(max(0, self.subject.findData(before)))

    def _chosen(self, _index: int) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        appraisal = self._shown
        unfolded = {key for key, row in self.rows.items() if row.fold.isChecked()}
        holder = QApplication.focusWidget()
        focused = next((key for key, row in self.rows.items() if holder is not None and row.isAncestorOf(holder)), None)
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        if appraisal is None or not self.subject.currentData():
            self.summary.setText("")
            return
        kind, _, name = str(self.subject.currentData()).partition(" ")
        cells = self._of_option(appraisal, name) if kind == "option" else self._of_criterion(appraisal, name)
        for option, criterion in cells:
            row = CellRow(self.shell, appraisal, option, criterion, by_option=kind == "option")
            self.rows[option.id, criterion.id] = row
            self._list.addWidget(row)
            row.show()  # at once, so that it can take the focus
        for key in unfolded & set(self.rows):
            self.rows[key].fold.setChecked(True)
        if focused in self.rows:
            self.rows[focused].fold.setFocus()

    def _of_option(self, appraisal: Appraisal, option_id: str) -> list[tuple[OptionResult, Criterion]]:
        option = appraisal.option(option_id)
        parts = option.contributions or {}
        assert option.value is not None
        difference = option.value.likely - appraisal.reference.value.likely
        words = [f"{option.name} ({STATUS[option.status].lower()}): {points(difference)} points against carrying on."]
        if abs(parts.get("authority", 0.0)) > 0.05:
            words.append(
                f"Besides what is listed, {points(parts['authority'])} because the job seems to need more authority "
                "than the form brings."
            )
        self.summary.setText(" ".join(words))
        pack = self.session.pack
        ordered = sorted(option.ratings, key=lambda each: -abs(parts.get(each, 0.0)))
        return [(option, pack.criterion_by_id[each]) for each in ordered]

    def _of_criterion(self, appraisal: Appraisal, criterion_id: str) -> list[tuple[OptionResult, Criterion]]:
        criterion = self.session.pack.criterion_by_id[criterion_id]
        weight = appraisal.weights[criterion_id]
        self.summary.setText(f"{criterion.question} It weighs {weight.central:.0%} of everything.")
        rated = [each for each in scored(appraisal) if criterion_id in each.ratings]
        return [(each, criterion) for each in sorted(rated, key=lambda each: -each.ratings[criterion_id].likely)]

    def show_cell(self, option: str, criterion: str | None = None) -> None:
        """Shows the ratings of an option, one of them unfolded if it is named."""
        place = self.subject.findData(f"option {option}")
        if place < 0:
            return
        self.subject.setCurrentIndex(place)
        self._lay_out()
        row = self.rows.get((option, criterion or ""))
        if row is not None:
            row.fold.setChecked(True)
            row.fold.setFocus()
            # The page may have just been made: where the row stands is known once it has been laid out.
            QTimer.singleShot(0, row, partial(self._bring_into_view, row))

    def _bring_into_view(self, row: CellRow) -> None:
        self.lay_out_now()
        self.verticalScrollBar().setValue(max(0, row.mapTo(self._paper, row.rect().topLeft()).y() - GAP))

    def footer(self) -> Footer:
        """On to the next place, or back to the options."""
        if self.session.appraisal is None:
            return Footer("&Continue", self.shell.go_next, "See the &answer", partial(self.shell.go, RESULT))
        return Footer("&Continue", self.shell.go_next, "See the &options", partial(self.shell.go, OPTIONS))


class CellRow(QWidget):
    """One rating: folded its points, weight and ground in a line; unfolded all that it comes from."""

    def __init__(
        self, shell: Shell, appraisal: Appraisal, option: OptionResult, criterion: Criterion, *, by_option: bool
    ) -> None:
        super().__init__()
        self.shell, self.session = shell, shell.session
        self.option, self.criterion = option, criterion
        self.cell: Cell = option.ratings[criterion.id]
        self.weight = appraisal.weights[criterion.id]
        self.points = (option.contributions or {}).get(criterion.id, 0.0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._column = column
        title = criterion.name if by_option else option.name
        self.fold = FoldButton(title)
        line = (
            f"{points(self.points)} points. Rated {self.cell.likely:.0f} of 100, weighs {self.weight.central:.0%}, "
            f"{rests_on(self.cell)}."
        )
        self.fold.show_answer(title, line, self.cell.original is not None)
        self.fold.toggled.connect(self._unfold)
        column.addWidget(self.fold)
        self._body: QWidget | None = None

    def _unfold(self, unfolded: bool) -> None:
        if unfolded and self._body is None:
            self._body = self._make_body()
            self._column.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(unfolded)

    def _make_body(self) -> QWidget:
        body = QFrame()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, NEAR, 0, GAP)
        column.setSpacing(TIGHT)
        self._add_rating(column)
        self._add_moves(column)
        self._add_sum(column)
        column.addWidget(rule())
        self.own = OwnRatingForm(self.session, self.option, self.criterion, self.cell)
        column.addWidget(self.own)
        return body

    def _add_rating(self, column: QVBoxLayout) -> None:
        cell, criterion = self.cell, self.criterion
        top = QHBoxLayout()
        top.addWidget(chip(rests_on(cell), CHIPS[cell.ground]))
        if cell.confidence is not None:
            top.addWidget(Text(f"confidence {cell.confidence}", "small"))
        top.addStretch(1)
        column.addLayout(top)
        scale = ScaleBar(criterion.name)
        scale.show_scale(
            OnScale(
                self._reference(),
                Interval(low=cell.low, likely=cell.likely, high=cell.high),
                cell.ground,
                cell.original,
            )
        )
        column.addWidget(scale)
        column.addWidget(Text(f"0: {criterion.zero}", "small"))
        column.addWidget(Text(f"100: {criterion.hundred}", "small"))
        column.addWidget(Text(sentence(cell.reason), selectable=True))
        if cell.original is not None:
            rated = cell.original
            column.addWidget(
                Text(f"The guidance rates {rated.likely:.0f}, from {rated.low:.0f} to {rated.high:.0f}.", "small-ink")
            )
        self._add_sources(column, cell.sources)

    def _add_sources(self, column: QVBoxLayout, ids: tuple[str, ...]) -> None:
        by_id = self.session.pack.source_by_id
        known = [by_id[each] for each in ids if each in by_id]
        if not known and self.cell.original is None and self.cell.ground != "unknown":
            column.addWidget(Text("No published source is given for it.", "small"))
        for source in known:
            words = f"{source.title}. {source.publisher}, {source.published}. Looked at on {day(source.checked)}."
            column.addWidget(Text(words, "small", selectable=True))
            column.addWidget(
                button(
                    "Open it in the browser",
                    partial(QDesktopServices.openUrl, QUrl(source.url)),
                    "link",
                    name=f"Open in the browser: {source.title}",
                ),
                0,
                Qt.AlignmentFlag.AlignLeft,
            )

    def _add_moves(self, column: QVBoxLayout) -> None:
        """What the facts of this case moved; the sources of each stand under it."""
        if not self.cell.adjustments:
            return
        column.addWidget(Text("Moved by your facts", "strong"))
        for moved in self.cell.adjustments:
            column.addWidget(Text(f"{points(moved.points)}: {sentence(moved.reason)}", "small-ink"))
            self._add_sources(column, moved.sources)

    def _reference(self) -> float:
        """Carrying on's rating here, facts included."""
        return self.cell.likely - self.points / self.weight.central

    def _add_sum(self, column: QVBoxLayout) -> None:
        weight, cell = self.weight, self.cell
        column.addWidget(Text("What it adds up to", "strong"))
        column.addWidget(
            Text(
                f"Weight {weight.central:.1%} (what you said leaves {weight.low:.0%} to {weight.high:.0%}) times the "
                f"distance from carrying on, {cell.likely:.1f} − {self._reference():.1f}, makes {points(self.points)} "
                "points.",
                "small-ink",
            )
        )


class OwnRatingForm(QWidget):
    """The user's own rating in the place of the guidance's, with a reason; taken back in one press."""

    def __init__(self, session: Session, option: OptionResult, criterion: Criterion, cell: Cell) -> None:
        super().__init__()
        self.session, self.option, self.criterion, self.cell = session, option, criterion, cell
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        self._what = f"{session.pack.form_by_id[option.form].name} on {criterion.name.lower()}"
        overridden = cell.original is not None
        row = QHBoxLayout()
        self.open = button(
            "Change your rating …" if overridden else "Give your own rating …",
            self._open,
            "small",
            name=f"{'Change your' if overridden else 'Give your own'} rating of {self._what}",
        )
        self.back = button("Take your rating back", self._take_back, "small", name=f"Take back: {self._what}")
        row.addWidget(self.open)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        self.back.setVisible(overridden)
        self._form = QWidget()
        column.addWidget(self._form)
        self._form.hide()
        self._built = False

    def _build(self) -> None:
        inside = QVBoxLayout(self._form)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(TIGHT)
        inside.addWidget(
            Text(
                "Where does it stand on the scale above, three years from now? It holds for this form with every "
                "partner, and facts no longer move it.",
                "small",
            )
        )
        self.low = Figure(f"Lowest rating of {self._what}", "0 to 100", 100, self.cell.low)
        self.likely = Figure(f"Likely rating of {self._what}", "0 to 100", 100, self.cell.likely)
        self.high = Figure(f"Highest rating of {self._what}", "0 to 100", 100, self.cell.high)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        for title, field in (("from", self.low), ("likely", self.likely), ("to", self.high)):
            label = QLabel(title)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
        row.addStretch(1)
        inside.addLayout(row)
        label = QLabel("Why? The report prints it.")
        label.setProperty("role", "strong")
        self.reason = QLineEdit()
        self.reason.setMaxLength(2000)
        self.reason.setAccessibleName(f"Reason for your rating of {self._what}")
        self.reason.setText(self.cell.reason.removeprefix("Your own rating: ") if self.cell.original else "")
        self.reason.returnPressed.connect(self._give)
        label.setBuddy(self.reason)
        inside.addWidget(label)
        inside.addWidget(self.reason)
        self.fault = Text("", "fault")
        self.fault.hide()
        inside.addWidget(self.fault)
        buttons = QHBoxLayout()
        self.use = button("Use this rating", self._give, "small", name=f"Use this rating of {self._what}")
        buttons.addWidget(self.use)
        buttons.addWidget(button("Cancel", self._cancel, "quiet"))
        buttons.addStretch(1)
        inside.addLayout(buttons)
        inside.addSpacing(HAIR)

    def _open(self) -> None:
        if not self._built:
            self._built = True
            self._build()
        self.open.hide()
        self.back.hide()
        self._form.show()
        self.low.setFocus()
        self.low.selectAll()

    def _cancel(self) -> None:
        self._form.hide()
        self.open.show()
        self.back.setVisible(self.cell.original is not None)
        self.open.setFocus()

    def _give(self) -> None:
        for field in (self.low, self.likely, self.high):
            field.interpretText()
        low, likely, high = self.low.value(), self.likely.value(), self.high.value()
        reason = self.reason.text().strip()
        missing = ""
        if not low <= likely <= high:
            missing = "The likely rating must lie between the lowest and the highest."
        elif not reason:
            missing = "Give a reason first."
        self.fault.setText(missing)
        self.fault.setVisible(bool(missing))
        if missing:
            (self.reason if low <= likely <= high else self.likely).setFocus()
            return
        own = Override(
            form=self.option.form, criterion=self.criterion.id, low=low, likely=likely, high=high, reason=reason
        )
        self.session.edit(f"Own rating: {self._what}", edit.override, own)

    def _take_back(self) -> None:
        self.session.edit(
            f"Own rating taken back: {self._what}", edit.take_back_override, self.option.form, self.criterion.id
        )


def rests_on(cell: Cell) -> str:
    """What a rating rests on; the user's own is told from the guidance's judgement."""
    return "your own rating" if cell.original is not None else GROUND_WORDS[cell.ground]


def scored(appraisal: Appraisal) -> list[OptionResult]:
    """The options that have ratings, by rank."""
    found = [option for option in appraisal.options if option.rank is not None and option.ratings]
    return sorted(found, key=lambda option: (option.rank or 0, option.id))
