"""What matters most, said more closely: swing points for each aim and term, with an honest doubt about each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from partnerwizard.appraisal.consistency import about, consistency
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.appraisal.weights import points_count, ranked_weights, to_weigh
from partnerwizard.case import edit
from partnerwizard.case.model import Case, PointRange
from partnerwizard.pack.model import Criterion
from ui.session import Session
from ui.tokens import HAIR, NEAR, TIGHT
from ui.widgets.fields import Figure
from ui.widgets.scale import OnScale, ScaleBar
from ui.widgets.slider import PointSlider
from ui.widgets.text import Text, button

if TYPE_CHECKING:
    from partnerwizard.appraisal.live import LiveAppraisal

DOUBT = 10.0
"""Points more or less with which one begins."""

MOST_DOUBT = 50.0
OPEN = ("open", "needs", "unresolved")


class Points(QWidget):
    """Sliders for every aim and term that weighs; moving one redraws the answer so far at once."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(Text("Points, if you can say more", "section"))
        column.addWidget(
            Text(
                "Why we ask: rankings leave a wide range of weights open. Points narrow it: give 100 to the step that "
                "matters most, and to the others what they are worth beside it. Once each aim and term has points, "
                "they take the place of the rankings and of the comparison above.",
                "why",
            )
        )
        self.begin = button("Give po&ints", self._begin, about="Begins from what your rankings say.")
        row = QHBoxLayout()
        row.addWidget(self.begin)
        row.addStretch(1)
        column.addLayout(row)
        self.state = Text("", "small-ink")
        column.addWidget(self.state)
        self.doubts = Text("", "notice")
        column.addWidget(self.doubts)
        self._list = QVBoxLayout()
        self._list.setSpacing(NEAR)
        column.addLayout(self._list)
        self.clear = button("Take all points back", self._clear, "link")
        column.addWidget(self.clear)
        self.rows: dict[str, PointRow] = {}
        self._live: LiveAppraisal | None = None
        self._wanted: Case | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._preview)

    # --- showing --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows the points of the case and what they count for."""
        case, pack = self.session.case, self.session.pack
        weighed = to_weigh(pack, case)
        begun = bool(case.points)
        self.begin.setVisible(not begun)
        self.begin.setEnabled(bool(case.aims))
        self.clear.setVisible(begun)
        missing = [each for each in weighed if each.id not in case.points]
        if not begun:
            self.state.setText(
                "No points are given; the rankings count."
                if case.aims
                else "Choose an aim first; then points can be given here."
            )
        elif points_count(pack, case):
            self.state.setText("Each aim and term has points: they count, in the place of the rankings.")
        elif missing:
            names = ", ".join(each.name.lower() for each in missing)
            self.state.setText(f"Until these have points too, the rankings count: {names}.")
        else:
            self.state.setText("No aim has any points, so the rankings count.")
        found = about(consistency(pack, case), "points")
        self.doubts.setText("\n\n".join(doubt.sentence for doubt in found))
        self.doubts.setVisible(bool(found))
        self._lay_out(weighed if begun else ())
        for criterion, row in self.rows.items():
            row.show_points(case.points.get(criterion), self.session.appraisal)

    def _lay_out(self, weighed: tuple[Criterion, ...]) -> None:
        if [each.id for each in weighed] == list(self.rows):
            return
        for row in self.rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for criterion in weighed:
            row = PointRow(self, criterion)
            self.rows[criterion.id] = row
            self._list.addWidget(row)

    # --- giving ---------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """From the middle of what the rankings say, so that nothing jumps."""
        pack, case = self.session.pack, self.session.case
        central = ranked_weights(pack, case).central()
        most = float(central.max())
        given: dict[str, PointRange] = {}
        for number, criterion in enumerate(pack.criteria):
            if central[number] > 0:
                given[criterion.id] = around(round(100 * float(central[number]) / most), DOUBT)
        self.session.edit("Points begun from the rankings", edit.set_points, given)
        first = next(iter(self.rows.values()), None)
        if first is not None:
            first.slider.setFocus()

    def _clear(self) -> None:
        self.session.edit("All points taken back", edit.set_points, {})
        self.begin.setFocus()

    def give(self, criterion: Criterion, given: PointRange) -> None:
        """Keeps the points of one criterion."""
        low, high = given
        points = {**self.session.case.points, criterion.id: given}
        self.session.edit(
            f"Points for {criterion.name.lower()}: {low:g} to {high:g}",
            edit.set_points,
            points,
            thing=f"points {criterion.id}",
        )

    def try_out(self, criterion: Criterion, given: PointRange) -> None:
        """Shows what the points would make of the answer while the slider moves; only the latest position is drawn."""
        case = self.session.case
        self._wanted = edit.set_points(case, {**case.points, criterion.id: given}, datetime.now(UTC)).model_copy(
            update={"as_of": case.as_of}
        )
        self._soon.start()

    def _preview(self) -> None:
        wanted, session = self._wanted, self.session
        if wanted is None or session.appraisal is None:
            return
        from partnerwizard.appraisal.live import LiveAppraisal

        if self._live is None or not self._live.takes(wanted):
            self._live = LiveAppraisal(session.pack, session.case, as_of=session.as_of, seed=session.case.seed)
        session.previewed.emit(self._live.at(wanted))


class PointRow(QFrame):
    """One aim or term: its described scale with the open options on it, its points, and how unsure they are."""

    def __init__(self, points: Points, criterion: Criterion) -> None:
        super().__init__()
        self.points, self.criterion = points, criterion
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, NEAR, 16, NEAR)
        column.setSpacing(HAIR)
        column.addWidget(Text(criterion.name, "strong"))
        column.addWidget(Text(f"0: {criterion.zero}", "small-ink"))
        column.addWidget(Text(f"100: {criterion.hundred}", "small-ink"))
        column.addSpacing(HAIR)
        self.scale = ScaleBar(f"Where the open options stand on {criterion.name.lower()}")
        self.where = Text("", "small")
        column.addWidget(self.scale)
        column.addWidget(self.where)
        column.addSpacing(TIGHT)
        question = QLabel("How much is the whole step from 0 to 100 worth?")
        question.setProperty("role", "small-strong")
        question.setWordWrap(True)
        column.addWidget(question)
        about_it = "Arrow keys move it by 1, Page Up and Page Down by 10."
        self.slider = PointSlider(f"Points for {criterion.name.lower()}", about_it)
        question.setBuddy(self.slider)
        self.doubt = Figure(f"Give or take, for {criterion.name.lower()}", "How unsure the points are.", MOST_DOUBT, 10)
        self.said = Text("", "small-ink")
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        row.addWidget(self.slider, 1)
        give_or_take = QLabel("give or take")
        give_or_take.setBuddy(self.doubt)
        row.addWidget(give_or_take)
        row.addWidget(self.doubt)
        column.addLayout(row)
        column.addWidget(self.said)
        self._given: PointRange | None = None
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(self._keep)
        self.doubt.valueChanged.connect(self._doubt_changed)

    def show_points(self, given: PointRange | None, appraisal: Appraisal | None) -> None:
        """Shows what the case holds; a slider that is being dragged stays where it is."""
        self._show_options(appraisal)
        if self.slider.isSliderDown():
            return
        if given is not None and given != around(self.slider.value(), self.doubt.value()):
            value, doubt = middle_of(given)
            with QSignalBlocker(self.slider), QSignalBlocker(self.doubt):
                self.slider.setValue(round(value))
                self.doubt.setValue(doubt)
        self._given = given
        self._say()

    def _show_options(self, appraisal: Appraisal | None) -> None:
        """The open options on the scale: where they all stand alike, the criterion does not matter here."""
        name, forms = self.criterion.id, self.points.session.pack.form_by_id
        rated = [] if appraisal is None else [option for option in appraisal.options if name in option.ratings]
        today = [o.ratings[name].likely for o in rated if appraisal is not None and o.id == appraisal.reference.id]
        found = [o for o in rated if o.status in OPEN and appraisal is not None and o.id != appraisal.reference.id]
        best: dict[str, float] = {}
        for option in found:
            best[option.form] = max(best.get(option.form, 0.0), option.ratings[name].likely)
        marks = tuple(sorted(((forms[form].name, likely) for form, likely in best.items()), key=lambda each: each[1]))
        self.scale.show_scale(OnScale(today[0] if today else self.criterion.carry_on, marks=marks))
        cells = {(o.ratings[name].low, o.ratings[name].likely, o.ratings[name].high) for o in found}
        if not marks:
            self.where.setText("Where the options stand is shown once there is an answer.")
        elif len(cells) == 1:
            self.where.setText("All open options are rated alike here, so it does not matter now; the answer is kept.")
        else:
            (lowest, low), (highest, high) = marks[0], marks[-1]
            self.where.setText(f"Open options stand from {low:.0f} ({lowest}) to {high:.0f} ({highest}).")

    def _say(self) -> None:
        low, high = around(self.slider.sliderPosition(), self.doubt.value())
        self.slider.show_doubt(self.doubt.value())
        words = f"{low:g} to {high:g} points" if low < high else f"{low:g} points"
        self.said.setText(words if self._given is not None else "No points yet: move the slider to give some.")

    def _moved(self, value: int) -> None:
        given = around(value, self.doubt.value())
        if self.slider.isSliderDown():
            self._say()
            self.points.try_out(self.criterion, given)
        else:
            self.points.give(self.criterion, given)

    def _keep(self) -> None:
        self.points.give(self.criterion, around(self.slider.value(), self.doubt.value()))

    def _doubt_changed(self, doubt: float) -> None:
        self.points.give(self.criterion, around(self.slider.value(), doubt))


def middle_of(given: PointRange) -> tuple[float, float]:
    """The points and how unsure they are that make this range; one that ends at 100 is of what matters most."""
    low, high = given
    return (100.0, 100.0 - low) if high == 100 and low >= 100 - MOST_DOUBT else ((low + high) / 2, (high - low) / 2)


def around(value: float, doubt: float) -> PointRange:
    """Points as a range within 0 to 100."""
    return max(0.0, value - doubt), min(100.0, value + doubt)
