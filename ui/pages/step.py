"""A step of the wizard: what it is about, the part that has a page of its own, and its questions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerwizard import flow
from partnerwizard.pack.model import Step
from ui.pages.page import Page
from ui.places import places
from ui.shell import Footer, Shell
from ui.tokens import GROUP, NEAR, TIGHT
from ui.widgets.asks import AskEditor
from ui.widgets.faults import Fault, Faults
from ui.widgets.order import focus_by_key, in_reading_order, is_stop
from ui.widgets.text import Text, button
from ui.widgets.topic import Topic
from ui.words import answer_of, shortened


class StepPage(Page):
    """Title, why, the topic's own editor, then the questions: those of the quick look in full, the rest folded."""

    def __init__(self, shell: Shell, step: Step, topics: tuple[Topic, ...]) -> None:
        super().__init__(shell, step.title)
        self.step = step
        self.topics = topics
        self._editors: dict[tuple[str, str | None], AskEditor] = {}
        self._shown: object = None
        head = QVBoxLayout()
        head.setSpacing(NEAR)
        head.addWidget(self.heading)
        head.addWidget(Text(step.intro, "muted"))
        self.column.addLayout(head)
        self.notice = Faults()
        self.column.addWidget(self.notice)
        self.nobody = Nobody(shell)
        self.column.addWidget(self.nobody)
        for topic in topics:
            if not topic.last:
                self.column.addWidget(topic)
        self._quick, self._asks = QVBoxLayout(), QVBoxLayout()
        for layout in (self._quick, self._asks):
            layout.setSpacing(TIGHT)
        self.column.addLayout(self._quick)
        for topic in topics:
            if topic.last:
                self.column.addWidget(topic)
        self.column.addLayout(self._asks)

    # --- showing --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows the case; questions that no longer apply go, new ones come, and the rest stay as they are."""
        for topic in self.topics:
            topic.refresh()
        asks = flow.asks(self.session.pack, self.session.case, self.step.id)
        names = tuple(partner.name for partner in self.session.case.partners)
        shown = tuple((ask.question.id, ask.partner) for ask in asks)
        if self._shown != (shown, names):
            self._shown = (shown, names)
            self._lay_out(asks)
        for ask in asks:
            self._editors[ask.question.id, ask.partner].refresh()
        self._say_nobody(asks)

    def _lay_out(self, asks: tuple[flow.Ask, ...]) -> None:
        """Puts the questions in order. They stay children of the page: a widget that changes its parent is hidden."""
        wanted = {(ask.question.id, ask.partner) for ask in asks}
        for key in [key for key in self._editors if key not in wanted]:
            editor = self._editors.pop(key)
            editor.hide()
            editor.deleteLater()
        for layout in (self._quick, self._asks):
            while (item := layout.itemAt(0)) is not None:
                if (widget := item.widget()) is None:
                    layout.takeAt(0)
                    continue
                # Not by taking its item: the toolkit would keep that one, and with it the height of a folded question.
                layout.removeWidget(widget)
                if isinstance(widget, Text):
                    widget.hide()
                    widget.deleteLater()
        first_partner = next(iter(self.session.case.partner_by_id), None)
        quick = [ask for ask in asks if ask.question.quick is not None and ask.partner in {None, first_partner}]
        for ask in quick:
            self._quick.addSpacing(NEAR if ask is quick[0] else GROUP)
            self._quick.addWidget(self._editor(ask, unfolded=True))
        rest = [ask for ask in asks if ask not in quick]
        for partner in dict.fromkeys(ask.partner for ask in rest):
            if quick or self.topics or partner is not None:
                self._asks.addSpacing(GROUP if quick or self._asks.count() else NEAR)
                self._asks.addWidget(Text(self._title(partner), "section"))
                self._asks.addWidget(Text("None of these is needed for a first answer. Open those you know.", "small"))
            for ask in rest:
                if ask.partner == partner:
                    self._asks.addWidget(self._editor(ask, unfolded=False))

    def _settle(self, _unfolded: bool) -> None:
        self.lay_out_now()

    def _title(self, partner: str | None) -> str:
        if partner is None:
            return "More, if you know it"
        return f"More about {self.session.case.partner_by_id[partner].name}"

    def _editor(self, ask: flow.Ask, *, unfolded: bool) -> AskEditor:
        key = (ask.question.id, ask.partner)
        if key not in self._editors:
            self._editors[key] = AskEditor(self.session, ask, unfolded=unfolded)
            self._editors[key].fold.toggled.connect(self._settle)
        return self._editors[key]

    def _say_nobody(self, asks: tuple[flow.Ask, ...]) -> None:
        """An empty page would leave the user wondering."""
        self.nobody.setVisible(not asks and not self.topics and not self.session.case.partners)

    # --- going on -------------------------------------------------------------------------------------------------

    def editor(self, ask: flow.Ask) -> AskEditor | None:
        """The editor of a question, if the page shows it."""
        return self._editors.get((ask.question.id, ask.partner))

    def show_ask(self, ask: flow.Ask) -> None:
        """Unfolds a question, scrolls to it and puts the focus on it."""
        editor = self.editor(ask)
        if editor is not None:
            editor.focus_answers()
            self.lay_out_now()
            self.ensureWidgetVisible(editor, 0, 80)

    def problems(self) -> list[str]:
        """What is wrong with what has been typed."""
        return [fault.words for fault in self._faults()]

    def _faults(self) -> list[Fault]:
        asked = [Fault(editor.problem(), partial(self.show_ask, editor.ask)) for editor in self._editors.values()]
        typed = [Fault(topic.problem(), partial(focus_by_key, topic.at_fault())) for topic in self.topics]
        return [fault for fault in (*typed, *asked) if fault.words]

    @property
    def replaceable(self) -> bool:
        """True unless something is half typed."""
        return not self.problems()

    def footer(self) -> Footer:
        """Continue, or skip for now; or back to the page from which an answer is being changed."""
        if self.shell.returning:
            return Footer("&Continue", self._go_on, note="Continue goes back to where you came from.")
        return Footer("&Continue", self._go_on, skip=True, note=self._still_open())

    def _still_open(self) -> str:
        """Names what an answer here has brought up: it may stand below what is in view."""
        first = next(iter(self.session.case.partner_by_id), None)
        quick = [
            editor.ask
            for editor in self._editors.values()
            if editor.ask.question.quick is not None and editor.ask.partner in {None, first}
        ]
        waiting = [ask for ask in quick if answer_of(self.session.case, ask) is None]
        if not waiting or len(waiting) == len(quick):
            return ""
        return f"Still open below: {shortened(waiting[0].question.short)}"

    def _go_on(self) -> None:
        for editor in self._editors.values():
            editor.show_problem()
        faults = self._faults()
        (view,) = (view for view in flow.steps(self.session.pack, self.session.case) if view.step.id == self.step.id)
        if faults:
            self._stop(*faults)
        elif view.total and view.state == "open" and not any(topic.begun() for topic in self.topics):
            self._stop(
                Fault(
                    "Nothing has been answered here yet. "
                    "Give an answer – “We do not know” is one – or press Skip for now.",
                    self._go_to_first,
                )
            )
        else:
            self.shell.go_next()

    def _go_to_first(self) -> None:
        asks = [editor.ask for editor in self._editors.values()]
        stop = next((each for topic in self.topics for each in in_reading_order(topic) if is_stop(each)), None)
        if stop is not None:
            focus_by_key(stop)
        elif asks:
            self.show_ask(asks[0])

    def _stop(self, *faults: Fault) -> None:
        self.notice.show_faults(*faults)
        self.to_top()
        self.shell.announce(self.notice.text())

    def leave(self) -> None:
        """A notice is not shown again on the next visit."""
        self.notice.show_faults()


class Nobody(QWidget):
    """Shown on a step whose questions are all about partners while none is named."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(Text("These questions are about possible partners, and none is named yet.", "strong"))
        column.addWidget(
            Text("Name one first, or go on without: forms that need no partner can still be weighed.", "muted")
        )
        place = next(
            (place for place in places(shell.session.pack) if place.step == flow.TOPIC_STEPS["partners"]), None
        )
        if place is not None:
            column.addWidget(button("&Name a partner", partial(shell.go, place.id)), 0, Qt.AlignmentFlag.AlignLeft)
