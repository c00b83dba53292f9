"""What if …: aims, terms, facts, ratings and red lines tried without touching the case, and kept under a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerwizard import flow
from partnerwizard.appraisal.changes import between
from partnerwizard.appraisal.model import Appraisal, GateResult
from partnerwizard.case import edit, scenarios
from partnerwizard.case.model import Case, Lifted, Override, Scenario
from partnerwizard.report.words import VERDICT, points, sentence
from ui.effect import Moved, in_a_sentence, moved, ordinal
from ui.jobs import Job
from ui.pages.page import Page
from ui.pages.points import Points
from ui.pages.problem import Causes
from ui.pages.ranks import Aims, Terms
from ui.pages.red_lines import RedLines
from ui.places import RESULT
from ui.shell import Footer, Shell
from ui.theme import theme
from ui.tokens import GAP, GROUP, HAIR, NEAR, TIGHT
from ui.trial import Trial
from ui.widgets.asks import AskEditor
from ui.widgets.fields import Figure, PickList
from ui.widgets.fold import FoldButton
from ui.widgets.text import Text, button, chip, rule
from ui.words import finding, shortened

MOST_KEPT = 4
ROWS = 8
KEPT_ROWS = 5


class WhatIfPage(Page):
    """The answer to what is tried at the left, what can be tried at the right, what was kept below."""

    widest = 1080
    whole_width = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "What if …")
        self.trial = Trial(self.session, self)
        head = QVBoxLayout()
        head.setSpacing(NEAR)
        head.addWidget(self.heading)
        head.addWidget(
            Text("Try anything here. The case does not change, and one press puts everything back.", "muted")
        )
        self.column.addLayout(head)
        box = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, box)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(GROUP)
        self.outcome = Outcome(self)
        self.levers = Levers(self)
        self._halves.addWidget(self.outcome, 52)
        self._halves.addWidget(self.levers, 48)
        self.column.addWidget(box)
        self.kept = Kept(self)
        self.column.addWidget(self.kept)
        self.trial.changed.connect(self._show_levers)
        self.trial.appraised.connect(self._show_outcome)
        self.trial.appraisal_failed.connect(self._fail)

    @property
    def replaceable(self) -> bool:
        """While nothing is tried and no name is begun."""
        return not self.trial.changed_anything and not self.outcome.keeping.name.text()

    def resizeEvent(self, event: object) -> None:
        """Two columns where there is room for both."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= theme().px(820)
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def refresh(self) -> None:
        self.trial.follow(self.session.case)
        self._show_levers()
        self._show_outcome()
        self.kept.refresh()

    def _show_levers(self, _case: object = None) -> None:
        self.levers.refresh()
        self.outcome.refresh_tried()

    def _show_outcome(self, _appraisal: object = None) -> None:
        self.levers.refresh()
        self.outcome.refresh()

    def _fail(self, error: Exception) -> None:
        raise error

    def explain(self) -> None:
        """Shows why each form is in or out in the case, beginning with the one that is ahead."""
        self.shell.explain("")

    def put_back(self) -> None:
        """Nothing is tried any more."""
        self.trial.put_back()
        self.refresh()
        self.shell.announce("Everything is as in the case again.")

    def footer(self) -> Footer:
        """On, or to the answer."""
        return Footer("&Continue", self.shell.go_next, "See the &answer", partial(self.shell.go, RESULT))


class Outcome(QWidget):
    """The answer to what is tried, beside the case's own."""

    def __init__(self, page: WhatIfPage) -> None:
        super().__init__()
        self._page = page
        self._shown: tuple[Appraisal | None, Appraisal | None] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.kind, self.sentence = chip(""), Text("", "small")
        row.addWidget(self.kind)
        row.addWidget(self.sentence, 1)
        column.addLayout(row)
        self.headline = Text("", "section", selectable=True)
        self.own = Text("", "small")
        column.addWidget(self.headline)
        column.addWidget(self.own)
        column.addSpacing(TIGHT)
        self.table = MovedTable()
        column.addWidget(self.table)
        self.why = button(
            "Why, or why not?",
            page.explain,
            "link",
            name="Why, or why not? As things stand in the case",
            about="Why each form is in or out in the case itself, and where its points come from.",
        )
        column.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(NEAR)
        column.addWidget(Text("What is tried", "section"))
        self.tried = Text("", "small-ink", selectable=True)
        column.addWidget(self.tried)
        buttons = QHBoxLayout()
        self.back = button("Put everyth&ing back", page.put_back, "small", about="The case itself was never changed.")
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.keeping = Keeping(page)
        column.addWidget(self.keeping)
        column.addStretch(1)

    def refresh_tried(self) -> None:
        """Shows what is tried, at once."""
        trial = self._page.trial
        lines = between(trial.pack, trial.base, trial.case)
        self.tried.setText("\n".join(lines) or "Nothing yet. Change something beside this, and see here what it does.")
        self.back.setVisible(bool(lines))
        self.keeping.refresh()

    def refresh(self) -> None:
        """Shows the answer to it, when that is there."""
        page = self._page
        before, after = page.session.appraisal, page.trial.appraisal
        self.refresh_tried()
        if page.session.appraising or (before, after) == self._shown:
            return
        self._shown = (before, after)
        self.table.setVisible(after is not None)
        self.why.setVisible(before is not None)
        self.kind.setVisible(after is not None)
        if before is None or after is None:
            self.headline.setText("There is no answer to try things on yet")
            self.own.setText("Answer the first questions; then everything can be tried here.")
            self.sentence.setText("")
            return
        headline, _ = finding(after.verdict.sentence)
        self.kind.setText(VERDICT[after.verdict.kind].lower())
        self.headline.setText(headline)
        self.sentence.setText(in_a_sentence(page.trial.pack, before, after))
        own, _ = finding(before.verdict.sentence)
        self.own.setText(f"In the case: {own}" if headline != own else "The case says the same.")
        self.table.show_moved(moved(page.trial.pack, before, after)[:ROWS])
        if page.trial.changed_anything and page.isVisible():
            page.shell.announce(self.sentence.text())


class MovedTable(QWidget):
    """Forms with their points in the case, as tried, and what moved; only words change."""

    HEADS = ("Points against carrying on", "In the case", "As tried", "What moved")

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(NEAR)
        grid.setVerticalSpacing(HAIR)
        for place, words in enumerate(self.HEADS):
            grid.addWidget(Text(words, "small"), 0, place)
        grid.addWidget(rule("strong-rule"), 1, 0, 1, len(self.HEADS))
        self.rows: list[tuple[Text, ...]] = []
        for number in range(ROWS):
            cells = tuple(Text("", role) for role in ("small-ink", "small-ink", "small-strong", "small"))
            for place, cell in enumerate(cells):
                grid.addWidget(cell, number + 2, place)
            self.rows.append(cells)
        for place, share in enumerate((40, 16, 16, 28)):
            grid.setColumnStretch(place, share)

    def show_moved(self, rows: tuple[Moved, ...]) -> None:
        """Shows the forms."""
        said = []
        for number, cells in enumerate(self.rows):
            for cell in cells:
                cell.setVisible(number < len(rows))
            if number >= len(rows):
                continue
            row = rows[number]
            words = (
                row.name,
                _standing(row.before.points, row.before.place),
                _standing(row.after.points, row.after.place),
                row.in_words,
            )
            for cell, text in zip(cells, words, strict=True):
                cell.setText(text)
            said.append(f"{row.name}: {words[1]} in the case, {words[2]} as tried, {row.in_words}")
        self.setAccessibleName("What moved")
        self.setAccessibleDescription("; ".join(said))


class Levers(QWidget):
    """What can be tried, each part folded; the parts are those of the case's own steps."""

    def __init__(self, page: WhatIfPage) -> None:
        super().__init__()
        self._page = page
        trial = page.trial
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text("What to try", "section"))
        self.parts: dict[str, Lever] = {}
        for key, title, made in (
            ("facts", "Other facts", Facts),
            ("aims", "Other aims, or another order", Aims),
            ("terms", "Other terms, or another order", Terms),
            ("points", "Points for aims and terms", Points),
            ("ratings", "Another rating", Ratings),
            ("red-lines", "Other red lines", RedLines),
            ("lifted", "What is set aside, brought back", BroughtBack),
            ("causes", "Other causes", Causes),
        ):
            part = Lever(trial, title, made)
            part.fold.toggled.connect(self._settle)
            self.parts[key] = part
            column.addWidget(part)
        column.addStretch(1)

    def _settle(self, _unfolded: bool) -> None:
        # Long lists inside lists settle a level at a time; done at once, nothing is seen squeezed meanwhile.
        self._page.lay_out_now()

    def refresh(self) -> None:
        """Shows what is tried in the parts that are open."""
        scenario = self._page.trial.scenario
        changed = {
            "facts": len(scenario.answers) + sum(len(each) for each in scenario.partner_answers.values()),
            "aims": scenario.aims is not None,
            "terms": scenario.terms is not None or scenario.swing is not None,
            "points": scenario.points is not None,
            "ratings": scenario.overrides is not None,
            "lifted": scenario.lifted is not None,
            "red-lines": scenario.red_lines is not None,
            "causes": scenario.causes is not None,
        }
        for key, part in self.parts.items():
            part.refresh("tried otherwise" if changed[key] else "as in the case", given=bool(changed[key]))


class Lever(QWidget):
    """One part; it is made when it is first unfolded."""

    def __init__(self, trial: Trial, title: str, make: Callable[[Trial], QWidget]) -> None:
        super().__init__()
        self._trial, self._title, self._make = trial, title, make
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(TIGHT)
        self.fold = FoldButton(title)
        self.fold.toggled.connect(self._unfold)
        self._column.addWidget(self.fold)
        self.inside: QWidget | None = None

    def _unfold(self, unfolded: bool) -> None:
        if unfolded and self.inside is None:
            self.inside = self._make(self._trial)
            self._column.addWidget(self.inside)
        if self.inside is not None:
            self.inside.setVisible(unfolded)
            self._refresh_inside()

    def refresh(self, words: str, *, given: bool) -> None:
        """Shows whether something is tried here."""
        self.fold.show_answer(self._title, words, given)
        self._refresh_inside()

    def _refresh_inside(self) -> None:
        if self.inside is not None and not self.inside.isHidden():
            self.inside.refresh()  # type: ignore[attr-defined]


class Facts(QWidget):
    """Any question of the pack, answered otherwise; those that could change most come first."""

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self.trial = trial
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(NEAR)
        self.pick = PickList("Which fact", "The facts that could change the answer come first.")
        self.pick.setPlaceholderText("Choose a fact")
        self.pick.activated.connect(self._choose)
        self._column.addWidget(self.pick)
        self.editor: AskEditor | None = None
        self._asks: list[flow.Ask] = []

    def refresh(self) -> None:
        """The questions as they apply now, and the answer that is tried."""
        asks = self._ordered()
        if [_key(each) for each in asks] != [_key(each) for each in self._asks]:
            chosen = None if self.editor is None else _key(self.editor.ask)
            self._asks = asks
            self.pick.clear()
            for ask in asks:
                partner = self.trial.case.partner_by_id[ask.partner].name if ask.partner else ""
                self.pick.addItem(f"{ask.question.short} ({partner})" if partner else ask.question.short)
            places = [number for number, ask in enumerate(asks) if _key(ask) == chosen]
            self.pick.setCurrentIndex(places[0] if places else -1)
            if not places:
                self._drop()
        if self.editor is not None:
            self.editor.refresh()

    def _ordered(self) -> list[flow.Ask]:
        trial = self.trial
        decisive = [] if trial.appraisal is None else [each.fact for each in trial.appraisal.find_out]
        asks = [
            ask
            for step in trial.pack.head.steps
            for ask in flow.asks(trial.pack, trial.case, step.id)
            if ask.question.choices
        ]
        return sorted(asks, key=lambda ask: decisive.index(ask.question.id) if ask.question.id in decisive else 999)

    def _choose(self, index: int) -> None:
        self._drop()
        self.editor = AskEditor(self.trial, self._asks[index], unfolded=True)
        self._column.addWidget(self.editor)

    def _drop(self) -> None:
        if self.editor is not None:
            self._column.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None


class BroughtBack(QWidget):
    """Options that are set aside, tried as if they were not; what is ruled out stays closed."""

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self.trial = trial
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        self.option = PickList("Which option", "Every option that is set aside.")
        self.option.setPlaceholderText("Choose an option")
        self.option.activated.connect(self._chosen)
        column.addWidget(self.option)
        self.reasons = Text("", "small")
        column.addWidget(self.reasons)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.lift = button("Try it brought back", self._lift, "small")
        self.back = button("As in the case", self._put_back, "small", name="Put what is brought back as in the case")
        row.addWidget(self.lift)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)

    def refresh(self) -> None:
        """The options that are set aside as things are tried."""
        appraisal = self.trial.appraisal
        aside = [] if appraisal is None else [each for each in appraisal.options if each.status == "set-aside"]
        _fill(self.option, [(each.id, each.name) for each in aside])
        self.option.setVisible(bool(aside))
        self.back.setVisible(self.trial.case.lifted != self.trial.base.lifted)
        self._chosen()

    def _gates(self) -> tuple[GateResult, ...]:
        appraisal, chosen = self.trial.appraisal, self.option.currentData()
        if appraisal is None or not chosen:
            return ()
        gates = appraisal.option(chosen).gates
        return tuple(gate for gate in gates if gate.effect == "set-aside" and gate.state == "holds" and not gate.lifted)

    def _chosen(self, _index: int = 0) -> None:
        gates = self._gates()
        self.lift.setEnabled(bool(gates))
        said = " ".join(sentence(gate.reason) for gate in gates)
        self.reasons.setText(said or ("Choose one." if self.option.count() else "Nothing is set aside."))

    def _lift(self) -> None:
        option, gates = str(self.option.currentData()), tuple(gate.id for gate in self._gates())
        self.trial.edit(shortened(f"{self.option.currentText()} brought back"), _lift_all, option, gates)

    def _put_back(self) -> None:
        self.trial.edit("Set aside as in the case", _lift_as, self.trial.base.lifted)
        self.option.setFocus()


def _lift_all(case: Case, option: str, gates: tuple[str, ...], at: datetime) -> Case:
    for gate in gates:
        case = edit.lift(case, Lifted(option=option, gate=gate, reason="Tried as a what-if"), at)
    return case


def _lift_as(case: Case, lifted: tuple[Lifted, ...], at: datetime) -> Case:
    for each in case.lifted:
        case = edit.unlift(case, each.option, each.gate, at)
    for each in lifted:
        case = edit.lift(case, each, at)
    return case


class Ratings(QWidget):
    """One form's rating on one criterion set to another figure."""

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self.trial = trial
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        self.form = PickList("Which form", "The forms that have points now.")
        self.criterion = PickList("On which aim or term", "Those that have weight now.")
        for pick, words in ((self.form, "Choose a form"), (self.criterion, "Choose an aim or a term")):
            pick.setPlaceholderText(words)
            pick.activated.connect(self._show_now)
            column.addWidget(pick)
        self.now = Text("", "small")
        column.addWidget(self.now)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.figure = Figure("Rating to try, from 0 to 100", "Up and Down change it by 5.", 100, 50)
        self.figure.valueChanged.connect(self._try)
        self.back = button("As in the case", self._put_back, "small", name="Put this rating back")
        row.addWidget(self.figure)
        row.addWidget(Text("of 100", "small-ink"))
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        self._listed: tuple[object, ...] = ()
        self._show_now()

    def refresh(self) -> None:
        """The forms and criteria that count, and the rating that is tried."""
        appraisal = self.trial.appraisal
        if appraisal is not None:
            forms = tuple(dict.fromkeys(option.form for option in appraisal.options if option.value is not None))
            listed = (forms, tuple(appraisal.weights))
            if listed != self._listed:
                self._listed = listed
                names = self.trial.pack.form_by_id
                _fill(self.form, [(each, names[each].name) for each in forms if each in names])
                criteria = self.trial.pack.criterion_by_id
                _fill(self.criterion, [(each, criteria[each].name) for each in appraisal.weights])
        self._show_now()

    def _cell(self) -> tuple[float, float, float] | None:
        appraisal, form, criterion = self.trial.appraisal, self.form.currentData(), self.criterion.currentData()
        if appraisal is None or not form or not criterion:
            return None
        for option in appraisal.options:
            if option.form == form and (cell := option.ratings.get(criterion)) is not None:
                return cell.low, cell.likely, cell.high
        return None

    def _own(self) -> Override | None:
        key = (self.form.currentData(), self.criterion.currentData())
        return next((each for each in self.trial.case.overrides if (each.form, each.criterion) == key), None)

    def _is_tried(self) -> bool:
        return self._own() is not None and self._own() not in self.trial.base.overrides

    def _show_now(self, _index: int = 0) -> None:
        cell = self._cell()
        self.figure.setEnabled(cell is not None)
        self.back.setVisible(self._is_tried())
        if cell is None:
            self.now.setText("Choose both; then set another figure.")
            return
        low, likely, high = cell
        self.now.setText(f"Now {likely:.0f}, from {low:.0f} to {high:.0f}.")
        if not self.figure.hasFocus():
            self.figure.blockSignals(True)
            self.figure.setValue(likely)
            self.figure.blockSignals(False)

    def _try(self, value: float) -> None:
        cell = self._cell()
        if cell is None:
            return
        low, likely, high = cell
        # The doubt around the figure stays as wide as it was, as far as the scale reaches.
        own = Override(
            form=self.form.currentData(),
            criterion=self.criterion.currentData(),
            low=max(0.0, value - (likely - low)),
            likely=value,
            high=min(100.0, value + (high - likely)),
            reason="Tried as a what-if",
        )
        self.trial.edit(shortened(f"{self.form.currentText()}: another rating"), edit.override, own)

    def _put_back(self) -> None:
        form, criterion = self.form.currentData(), self.criterion.currentData()
        own = next(
            (each for each in self.trial.base.overrides if (each.form, each.criterion) == (form, criterion)), None
        )
        if own is not None:
            self.trial.edit("Rating as in the case", edit.override, own)
        else:
            self.trial.edit("Rating as in the case", edit.take_back_override, form, criterion)
        self.figure.setFocus()


class Keeping(QWidget):
    """Keeps what is tried under a name."""

    def __init__(self, page: WhatIfPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, TIGHT, 0, 0)
        column.setSpacing(TIGHT)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.name.setPlaceholderText("A name, such as “With a new chief executive”")
        self.name.setAccessibleName("Name for this what-if")
        self.name.returnPressed.connect(self._keep)
        self.save = button("&Keep it", self._keep, "secondary", name="Keep this what-if")
        row.addWidget(self.name, 1)
        row.addWidget(self.save)
        column.addLayout(row)
        self.note = Text("", "small")
        column.addWidget(self.note)

    def refresh(self) -> None:
        """Prevents what is impossible, with the reason beside it."""
        full = len(self._page.session.case.scenarios) >= MOST_KEPT
        tried = self._page.trial.changed_anything
        for each in (self.name, self.save):
            each.setEnabled(tried and not full)
        if full:
            self.note.setText(f"{MOST_KEPT} what-ifs are kept, which is the most that stand side by side. Remove one.")
        elif not tried:
            self.note.setText("Once something is tried, it can be kept under a name and set beside others.")
        else:
            self.note.setText("")
        self.note.setVisible(bool(self.note.text()))

    def _keep(self) -> None:
        page = self._page
        name = " ".join(self.name.text().split())
        taken = {scenario.name for scenario in page.session.case.scenarios}
        if not name or name in taken:
            self.note.setText("Another what-if has this name. Choose another." if name else "Give it a name first.")
            self.note.show()
            self.name.setFocus()
            return
        self.name.clear()
        page.session.edit_paper(shortened(f"What-if “{name}” kept"), edit.save_scenario, name, page.trial.case)
        page.refresh()


class Kept(QWidget):
    """The case and the what-ifs that were kept, in columns."""

    def __init__(self, page: WhatIfPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(rule("strong-rule"))
        column.addWidget(Text("Side by side", "section"))
        self.empty = Text(f"What you keep stands here beside the case, up to {MOST_KEPT} what-ifs.", "muted")
        column.addWidget(self.empty)
        box = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, box)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(NEAR)
        column.addWidget(box)
        self.cards: list[KeptCard] = []
        self._job: Job | None = None
        self._shown: object = None
        self._found: dict[str, Appraisal] = {}

    def refresh(self) -> None:
        """Appraises the what-ifs anew where they or the case are others."""
        case = self._page.session.case
        self.empty.setVisible(not case.scenarios)
        wanted = (
            case.scenarios,
            self._page.trial.base.model_copy(update={"scenarios": ()}),
            self._page.session.appraisal,
        )
        self._turn()
        if wanted == self._shown:
            return
        self._shown = wanted
        if self._job is not None:
            self._job.cancel()
        self._found = {}
        if not case.scenarios:
            self._lay_out()
            return
        self._job = Job(partial(self._appraise, case), self)
        self._job.finished.connect(self._take)
        self._job.start()

    def _appraise(self, case: Case) -> dict[str, Appraisal]:
        return {
            each.id: self._page.session.appraisal_of(scenarios.with_scenario(case, each.id)) for each in case.scenarios
        }

    def _take(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        job.deleteLater()
        if job.error is not None:
            raise job.error
        self._found = job.result
        self._lay_out()

    def _lay_out(self) -> None:
        for card in self.cards:
            self._columns.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        page = self._page
        own = page.session.appraisal
        if own is None or not self._found:
            return
        made = [KeptCard(page, None, own, own)]
        made += [
            KeptCard(page, scenario, self._found[scenario.id], own)
            for scenario in page.session.case.scenarios
            if scenario.id in self._found
        ]
        for card in made:
            self._columns.addWidget(card, 1)
            card.show()
        self.cards = made
        self._turn()

    def _turn(self) -> None:
        # A column needs some 180 points to be read.
        wide = self.width() >= theme().px(180) * max(1, len(self.cards))
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def resizeEvent(self, event: object) -> None:
        """Columns where there is room for all of them."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._turn()


class KeptCard(QFrame):
    """One column: what is different, the answer, the forms ahead, and what can be done with it."""

    def __init__(self, page: WhatIfPage, scenario: Scenario | None, appraisal: Appraisal, own: Appraisal) -> None:
        super().__init__()
        self._page, self.scenario = page, scenario
        self.setProperty("role", "card")
        pack, case = page.session.pack, page.session.case
        column = QVBoxLayout(self)
        column.setContentsMargins(14, NEAR, 14, NEAR)
        column.setSpacing(TIGHT)
        name = "The case" if scenario is None else scenario.name
        column.addWidget(Text(name, "strong"))
        column.addWidget(Text(VERDICT[appraisal.verdict.kind], "small"))
        headline, _ = finding(appraisal.verdict.sentence)
        column.addWidget(Text(headline, "small-ink"))
        column.addWidget(rule())
        for row in moved(pack, own, appraisal)[:KEPT_ROWS]:
            if row.after.points is not None:
                column.addWidget(_line(row, beside=scenario is not None))
        if scenario is not None:
            column.addWidget(rule())
            differs = between(pack, case, scenarios.apply(case, scenario))
            column.addWidget(Text("\n".join(differs) or "Nothing is different any more.", "small"))
            for words, pressed in (
                ("Try again", self._try),
                ("Make it the case", self._adopt),
                ("Remove", self._remove),
            ):
                made = button(words, pressed, "link", name=f"{words}: {name}")
                column.addWidget(made)
        column.addStretch(1)

    def _try(self) -> None:
        assert self.scenario is not None
        self._page.trial.take_up(self.scenario)
        self._page.to_top()
        self._page.shell.announce(f"{self.scenario.name} is tried.")

    def _adopt(self) -> None:
        assert self.scenario is not None
        self._page.trial.put_back()
        self._page.session.edit(
            shortened(f"What-if “{self.scenario.name}” made the case"), edit.adopt_scenario, self.scenario.id
        )

    def _remove(self) -> None:
        assert self.scenario is not None
        self._page.session.edit_paper(
            shortened(f"What-if “{self.scenario.name}” removed"), edit.remove_scenario, self.scenario.id
        )


def _line(row: Moved, *, beside: bool) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(TIGHT)
    line.addWidget(Text(row.name, "small-ink"), 1)
    figure = points(row.after.points or 0.0)
    changed = row.difference
    if beside and changed is not None and round(changed):
        figure += f" ({points(changed)})"
    line.addWidget(Text(figure, "small-strong"))
    return box


def _standing(value: float | None, place: int | None) -> str:
    if value is None:
        return "–"
    return f"{points(value)} ({ordinal(place)})" if place else points(value)


def _key(ask: flow.Ask) -> tuple[str, str | None]:
    return ask.question.id, ask.partner


def _fill(pick: PickList, items: list[tuple[str, str]]) -> None:
    chosen = pick.currentData()
    pick.blockSignals(True)
    pick.clear()
    for id_, name in items:
        pick.addItem(name, id_)
    pick.setCurrentIndex(pick.findData(chosen) if chosen else -1)
    pick.blockSignals(False)
