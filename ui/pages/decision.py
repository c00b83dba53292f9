"""Record the decision: an option or words, by whom, when, why, and who saw it otherwise; even against the advice."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerwizard.appraisal.model import OptionResult
from partnerwizard.appraisal.options import listed
from partnerwizard.case import edit
from partnerwizard.case.model import Decision
from partnerwizard.report.words import STATUS, day
from ui.pages.page import Page
from ui.places import REPORT
from ui.shell import Footer, Shell
from ui.tokens import HAIR, NEAR, TIGHT
from ui.widgets.dates import DateField
from ui.widgets.fields import PickList
from ui.widgets.forms import AreaField, LineField
from ui.widgets.text import Text, button, chip

OTHER = "Something else, in words"
ORDER = ("open", "needs", "unresolved", "in-place", "set-aside", "ruled-out")


class DecisionPage(Page):
    """The record as it stands, or the fields to make one."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Record the decision")
        head = QVBoxLayout()
        head.setSpacing(NEAR)
        row = QHBoxLayout()
        self.status = chip("")
        row.addWidget(self.status)
        row.addStretch(1)
        head.addLayout(row)
        head.addWidget(self.heading)
        head.addWidget(
            Text(
                "The board decides, not this program. Until a decision is recorded here, the report says "
                "“for discussion”. A decision against the advice is allowed: the report says that it is, and why.",
                "muted",
            )
        )
        self.column.addLayout(head)
        self.record = Record(self)
        self.form = DecisionForm(self)
        self.column.addWidget(self.record)
        self.column.addWidget(self.form)
        self.changing = False

    @property
    def replaceable(self) -> bool:
        """While nothing is filled in that is not recorded."""
        return not self.changing and not self.form.begun()

    def refresh(self) -> None:
        decision = self.session.case.decision
        self.status.setText("for discussion" if decision is None else f"decision of {day(decision.day)} recorded")
        shown = decision is not None and not self.changing
        self.record.setVisible(shown)
        self.form.setVisible(not shown)
        if decision is not None and shown:
            self.record.show_decision(decision)
        self.form.refresh()

    def change(self) -> None:
        """The record becomes fields again."""
        self.changing = True
        if (decision := self.session.case.decision) is not None:
            self.form.fill(decision)
        self.refresh()
        self.shell.refresh_footer()
        self.form.option.setFocus()

    def put_down(self, decision: Decision | None) -> None:
        """Records a decision, or takes the record back."""
        self.changing = False
        if decision is not None and self.session.case.workshop is not None:
            self._put_on_record(decision)
        else:
            self.session.edit_paper(
                "Decision recorded" if decision else "Decision taken back", edit.record_decision, decision
            )
        self.refresh()
        self.shell.refresh_footer()
        self.shell.announce(self.status.text())
        self.to_top()
        self.setFocus()

    def _put_on_record(self, decision: Decision) -> None:
        """With a workshop the decision is a line of its record too, which no undo takes back."""
        from partnerwizard.workshop import rounds

        advised = self.session.appraisal.verdict.options if self.session.appraisal is not None else ()
        problem = self.shell.workshop.attempt(lambda case, at: rounds.decide(case, decision, advised, at))
        if problem:
            self.shell.tell_problem("The decision could not be recorded", problem)

    def differs(self, option: str | None) -> str:
        """A sentence where an option is not what the advice names, empty where it is."""
        appraisal = self.session.appraisal
        if appraisal is None or option is None or option in appraisal.verdict.options:
            return ""
        named = [appraisal.option(each).name for each in appraisal.verdict.options]
        advice = f"names {listed(named)}" if named else "names no option"
        return f"This differs from the advice, which {advice}. The report says so, with your reasons."

    def option_name(self, option: str) -> str:
        """An option by its name; one that the case no longer has by its id."""
        appraisal = self.session.appraisal
        names = {each.id: each.name for each in appraisal.options} if appraisal is not None else {}
        return names.get(option, option)

    def footer(self) -> Footer:
        """Record what has been filled in; with a record, on to the report."""
        if self.form.isHidden():
            return Footer("Make the &report", partial(self.shell.go, REPORT))
        return Footer(
            "Record the &decision", self.form.give, "&Continue without", self._go_on, note="Nothing is recorded yet"
        )

    def _go_on(self) -> None:
        self.shell.go_next()


class Record(QFrame):
    """What was recorded."""

    def __init__(self, page: DecisionPage) -> None:
        super().__init__()
        self._page = page
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(TIGHT)
        self.what = Text("", "section", selectable=True)
        self.differs = Text("", "notice")
        column.addWidget(self.what)
        column.addWidget(self.differs)
        self.lines: dict[str, Text] = {}
        for key, title in (
            ("text", "In words"),
            ("by", "Decided by"),
            ("reasons", "Reasons"),
            ("minority", "Minority view"),
        ):
            label, words = Text(title, "small-strong"), Text("", "body", selectable=True)
            column.addWidget(label)
            column.addWidget(words)
            column.addSpacing(HAIR)
            self.lines[key] = words
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.change = button("&Change the record", page.change, "small")
        self.take_back = button("&Take the record back", partial(page.put_down, None), "small")
        row.addWidget(self.change)
        row.addWidget(self.take_back)
        row.addStretch(1)
        column.addLayout(row)

    def show_decision(self, decision: Decision) -> None:
        """Shows a record."""
        self.take_back.setVisible(self._page.session.case.workshop is None)
        name = self._page.option_name(decision.option) if decision.option else ""
        self.what.setText(name or "Decided in words")
        self.differs.setText(self._page.differs(decision.option))
        self.differs.setVisible(bool(self.differs.text()))
        self.lines["text"].setText(decision.text or "Nothing was added in words.")
        self.lines["by"].setText(f"{decision.decided_by}, {day(decision.day)}")
        self.lines["reasons"].setText(decision.reasons or "None were recorded.")
        self.lines["minority"].setText(decision.minority_view or "None was recorded.")


class DecisionForm(QWidget):
    """The fields of a decision; nothing is recorded before the button is pressed."""

    def __init__(self, page: DecisionPage) -> None:
        super().__init__()
        self._page = page
        self._options: tuple[tuple[str, str], ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        self.fault = Text("", "fault")
        self.fault.hide()
        column.addWidget(self.fault)
        column.addWidget(Text("What was decided", "section"))
        self.option = PickList("What was decided: an option", "Every option of this case, those named first.")
        self.option.setPlaceholderText("Choose an option")
        self.option.currentIndexChanged.connect(self._warn)
        column.addWidget(self.option)
        self.why = button(
            "Why, or why not?", self._explain, "link", about="Why it is in or out, and where its points come from."
        )
        column.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        self.differs = Text("", "notice")
        self.differs.hide()
        column.addWidget(self.differs)
        self.words = AreaField("In words", "The wording of the resolution, or what was decided instead.")
        self.by = LineField("Decided by", "Such as: the board of directors.")
        self.day = DateField("Day of the decision")
        self.day.given.connect(self._warn_day)
        self.future = Text("This day is still to come. Record it all the same if that is meant.", "notice")
        self.future.hide()
        self.reasons = AreaField("Reasons", "Why this and not another; the report prints them.")
        self.minority = AreaField("Minority view", "Who saw it otherwise, and why. Empty if nobody did.")
        column.addWidget(self.words)
        column.addWidget(self.by)
        column.addWidget(Text("Day of the decision", "small-strong"))
        for each in (self.day, self.future, self.reasons, self.minority):
            column.addWidget(each)

    def refresh(self) -> None:
        """The options that there are; what is chosen stays chosen."""
        appraisal = self._page.session.appraisal
        options: tuple[tuple[str, str], ...] = ()
        if appraisal is not None:
            named = appraisal.verdict.options

            def place(option: OptionResult) -> tuple[bool, int, float]:
                likely = option.value.likely if option.value else 0.0
                return (option.id not in named, ORDER.index(option.status), -likely)

            options = tuple(
                (
                    option.id,
                    option.name if option.status == "open" else f"{option.name} – {STATUS[option.status].lower()}",
                )
                for option in sorted(appraisal.options, key=place)
            )
        self.why.setVisible(appraisal is not None)
        if options == self._options:
            return
        self._options = options
        self._fill_options(self.option.currentData())

    def _fill_options(self, chosen: str | None) -> None:
        listed_options = list(self._options)
        if chosen and chosen not in dict(listed_options):
            listed_options.append((chosen, self._page.option_name(chosen)))
        self.option.blockSignals(True)
        self.option.clear()
        for option, name in listed_options:
            self.option.addItem(name, option)
        self.option.addItem(OTHER, "")
        self.option.setCurrentIndex(self.option.findData(chosen) if chosen is not None else -1)
        self.option.blockSignals(False)
        self._warn()

    def fill(self, decision: Decision) -> None:
        """Shows a record in the fields."""
        self._fill_options(decision.option or "")
        self.words.show_text(decision.text)
        self.by.show_text(decision.decided_by)
        self.day.show_value(decision.day.isoformat())
        self.reasons.show_text(decision.reasons)
        self.minority.show_text(decision.minority_view)

    def _explain(self) -> None:
        self._page.shell.explain(self.option.currentData() or "")

    def _warn(self, _index: int = 0) -> None:
        words = self._page.differs(self.option.currentData() or None)
        self.differs.setText(words)
        self.differs.setVisible(bool(words))

    def _warn_day(self, iso: str | None) -> None:
        today = self._page.session.today
        self.future.setVisible(iso is not None and date.fromisoformat(iso) > today)

    def begun(self) -> bool:
        """Whether anything is filled in."""
        texts = (self.words.field, self.reasons.field, self.minority.field)
        typed = any(each.toPlainText() for each in texts) or bool(self.by.field.text())
        return typed or self.option.currentIndex() >= 0 or any(each.text() for each in self.day.fields)

    def _missing(self) -> str:
        if not self.option.currentData() and not self.words.field.toPlainText().strip():
            return "Choose what was decided, or say it in words."
        if not self.by.field.text().strip():
            return "Say who decided."
        if self.day.problem():
            return self.day.problem()
        if self.day.value() is None:
            return "Give the day of the decision."
        return ""

    def give(self) -> None:
        """Records the decision, or says what is missing."""
        self.day.check()
        missing = self._missing()
        self.fault.setText(missing)
        self.fault.setVisible(bool(missing))
        if missing:
            self._page.to_top()
            self._page.shell.announce(missing)
            return
        given = self.day.value()
        assert given is not None
        self._page.put_down(
            Decision(
                option=self.option.currentData() or None,
                text=self.words.field.toPlainText().strip(),
                decided_by=self.by.field.text().strip(),
                day=given,
                reasons=self.reasons.field.toPlainText().strip(),
                minority_view=self.minority.field.toPlainText().strip(),
            )
        )
