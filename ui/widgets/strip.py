"""The answer so far, always in view: the verdict, the options ahead, and how much is still unknown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from partnerwizard import flow
from partnerwizard.appraisal.model import Appraisal, Contestant, OptionResult
from partnerwizard.report.words import VERDICT
from ui.session import Session
from ui.tokens import NEAR, TIGHT
from ui.widgets.bars import Bar, Bars
from ui.widgets.measure import breakable
from ui.widgets.text import Text, button, chip, rule
from ui.words import finding, shortened

if TYPE_CHECKING:
    from partnerwizard.appraisal.live import Live

MOST = 4
OPEN = {"open", "needs", "unresolved"}


class Strip(QScrollArea):
    """Shows the session's appraisal; it never takes the focus by itself and never moves under the pointer."""

    wants_result = Signal()
    wants_next = Signal()
    wants_story = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setProperty("role", "canvas")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Answer so far")
        inside = QWidget()
        inside.setProperty("role", "canvas")
        column = QVBoxLayout(inside)
        column.setContentsMargins(22, 28, 20, 20)
        column.setSpacing(TIGHT)
        column.addWidget(Text("ANSWER SO FAR", "overline"))
        self.headline = Text("", "strong")
        self.detail = Text("", "small")
        self.bars = Bars()
        self.bars.pressed.connect(self.wants_story)
        self.next = button("", self.wants_next.emit, "link", about="Goes to the answer that could change most.")
        self.could = Text("", "small-ink")
        self.cannot = Text("", "small")
        self.open_result = button("See the whole answer", self.wants_result.emit, "link")
        for each in (self.headline, self.detail):
            column.addWidget(each)
        column.addSpacing(NEAR)
        column.addWidget(self.bars)
        column.addSpacing(NEAR)
        for each in (self.could, self.cannot):
            column.addWidget(each)
        column.addWidget(self.next)
        column.addSpacing(TIGHT)
        self._rule = rule()
        column.addWidget(self._rule)
        column.addSpacing(TIGHT)
        self.closed_chip, self.closed = chip("", "chip-closed"), Text("", "small-ink")
        self.unknown_chip, self.unknown = chip("", "chip-caution"), Text("", "small-ink")
        for mark, words in ((self.closed_chip, self.closed), (self.unknown_chip, self.unknown)):
            row = QHBoxLayout()
            row.addWidget(mark)
            row.addStretch(1)
            column.addLayout(row)
            column.addWidget(words)
        column.addSpacing(TIGHT)
        column.addWidget(self.open_result)
        column.addStretch(1)
        self.setWidget(inside)
        self.refresh()

    def refresh(self) -> None:
        """Shows the appraisal that there is."""
        appraisal = self.session.appraisal
        for each in (self.closed_chip, self.closed, self.unknown_chip, self.unknown, self.open_result, self._rule):
            each.setVisible(appraisal is not None)
        if appraisal is None:
            self.headline.setText("Nothing to go on yet")
            self.detail.setText("The first answers bring a first result, and it moves as you go on.")
            self.bars.show_bars(())
            self.could.setText("")
            self.cannot.setText("")
            self.next.hide()
            return
        self._show_verdict(appraisal)
        self._show_waiting(appraisal)
        self._show_closed(appraisal)

    def preview(self, live: Live) -> None:
        """Moves with a slider: names and bars as they would be, each as wide as it is now."""
        appraisal = self.session.appraisal
        if appraisal is None:
            return
        self.headline.setText(finding(live.verdict.sentence)[0])
        self.detail.setText(f"{VERDICT[live.verdict.kind]}, while you move it.")
        start = live.values.get(appraisal.reference.id, appraisal.reference.value.likely)
        self._show_bars(appraisal, live.forms, set(live.verdict.options), live.values, start)

    def say_failed(self) -> None:
        """Says that there is no answer."""
        self.headline.setText("The answer could not be worked out")
        self.detail.setText("Your answers are kept. The reason was shown, and is in the log.")
        self.bars.show_bars(())

    def _show_verdict(self, appraisal: Appraisal) -> None:
        headline, _ = finding(appraisal.verdict.sentence)
        self.headline.setText(headline)
        given = len(self.session.case.answers) + sum(len(partner.answers) for partner in self.session.case.partners)
        plural = "" if given == 1 else "s"
        self.detail.setText(f"{VERDICT[appraisal.verdict.kind]}, on {given} answer{plural}.")
        likely = {option.id: option.value.likely for option in appraisal.options if option.value is not None}
        start = appraisal.reference.value.likely
        self._show_bars(appraisal, appraisal.forms, set(appraisal.verdict.options), likely, start)

    def _show_bars(
        self,
        appraisal: Appraisal,
        forms: Iterable[Contestant],
        named: Collection[str],
        likely: Mapping[str, float],
        start: float,
    ) -> None:
        bars: list[Bar] = []
        for contestant in forms:
            option = appraisal.option(contestant.option)
            if option.form != appraisal.reference.id and (value := option.value) is not None:
                middle = likely[option.id]
                bars.append(
                    Bar(
                        option.id,
                        self._short_name(option),
                        option.id in named,
                        middle - (value.likely - value.low) - start,
                        middle - start,
                        middle + (value.high - value.likely) - start,
                    )
                )
        bars.sort(key=lambda bar: (not bar.named, -bar.likely, bar.id))
        self.bars.show_bars(tuple(bars[:MOST]))

    def _short_name(self, option: OptionResult) -> str:
        """The form's name; who with is said only where there is a choice of partners."""
        form = self.session.pack.form_by_id[option.form].name
        partners = self.session.case.partner_by_id
        named = [breakable(shortened(partners[each].name, 60)) for each in option.partners if each in partners]
        return f"{form}: {', '.join(named)}" if named and len(partners) > 1 else form

    def _show_waiting(self, appraisal: Appraisal) -> None:
        pack, case = self.session.pack, self.session.case
        could = flow.remaining(pack, case, appraisal)
        unanswered = sum(view.total - view.answered for view in flow.steps(pack, case))
        others = max(0, unanswered - len(could))
        one = len(could) == 1
        self.could.setText(
            f"{len(could)} answer{'' if one else 's'} could still change this."
            if could
            else "No single answer that is missing would change this."
        )
        self.cannot.setText(f"{others} other{'' if others == 1 else 's'} would hardly move it." if others else "")
        self.cannot.setVisible(bool(others))
        self.next.setVisible(bool(could))
        if could:
            self.next.setText("Answer the next one")
            self.next.setAccessibleName(f"Answer the next one: {could[0].wording(case)}")

    def _show_closed(self, appraisal: Appraisal) -> None:
        by_form: dict[str, set[str]] = {}
        for option in appraisal.options:
            by_form.setdefault(option.form, set()).add(option.status)
        closed = [form for form, statuses in by_form.items() if statuses <= {"set-aside", "ruled-out"}]
        names = [self.session.pack.form_by_id[form].name for form in closed if form in self.session.pack.form_by_id]
        self.closed_chip.setText(f"{len(names)} closed")
        self.closed.setText(_few(names))
        self.closed_chip.setVisible(bool(names))
        self.closed.setVisible(bool(names))
        questions = self.session.pack.question_by_id
        facts = dict.fromkeys(each.fact for each in appraisal.find_out if each.could_change_the_answer)
        unknown = [questions[fact].short for fact in facts if fact in questions]
        self.unknown_chip.setText("not known")
        self.unknown.setText(_few(unknown))
        self.unknown_chip.setVisible(bool(unknown))
        self.unknown.setVisible(bool(unknown))


def _few(names: list[str], most: int = 3) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
