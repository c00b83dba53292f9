"""The main window: header, steps, pages, the answer so far, footer. It shows the session and decides where one is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from partnerwizard import flow
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.files import FileProblem
from partnerwizard.report.words import VERDICT, counted
from ui import dialogs
from ui.cases import Cases
from ui.guidance_change import GuidanceNotice
from ui.library import GlossaryDialog, GuidanceBook, UserGuide
from ui.menus import Menus
from ui.motion import motion
from ui.pages.start import StartPage
from ui.places import CHECK, COMPARE, DECISION, EVIDENCE, HUNCH, OPTIONS, REPORT, RESULT, START, WHAT_IF, places
from ui.review import skip_step
from ui.safekeeping import Safekeeping
from ui.session import Session
from ui.settings import Settings
from ui.theme import Choice, theme
from ui.tools import Tools
from ui.widgets.footer import FooterBar
from ui.widgets.header import Header
from ui.widgets.marks import Mark
from ui.widgets.order import focus_by_key, next_stop
from ui.widgets.steps import StepList
from ui.widgets.strip import Strip
from ui.widgets.text import button, rule
from ui.workshop.host import WorkshopHost
from ui.workshop.places import RECORD, RESULTS, ROUND, SET_UP, WORKSHOP_PLACES

if TYPE_CHECKING:
    from ui.crash import CrashReporter
    from ui.pages.page import Page

STEPS_WIDTH, STRIP_WIDTH = 231, 316
WITH_STRIP, WITH_STEPS = 1150, 840
"""Narrower than this, at 100 %, the strip becomes a line and the step list a menu."""


class MainWindow(QMainWindow):
    """The shell that pages live in; see `ui.shell.Shell` for what they may ask of it."""

    def __init__(self, session: Session, settings: Settings, crash: CrashReporter) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.crash = crash
        session.setParent(self)
        self.places = places(session.pack)
        self._order = [place.id for place in self.places]
        self.workshop = WorkshopHost(session, settings, self)
        self._steps_of = {place.step: place.id for place in self.places if place.step is not None}
        self._pages: dict[str, Page] = {}
        self._here = START
        self._announced = ""
        self._return_to: str | None = None
        self.setAcceptDrops(True)
        self.setMinimumSize(480, 360)
        self._build()
        self._restore()
        self.cases = Cases(self)
        self.safekeeping = Safekeeping(session, settings.here.folder("state"), self)
        self.safekeeping.kept.connect(self._tell_of_drafts)
        self.book = GuidanceBook(self, settings.here)
        self.book.failed.connect(self._tell_no_book)
        self.guide = UserGuide(self, settings.here)
        self.guide.failed.connect(self._tell_no_guide)
        self.tools = Tools(self)
        self.menus = Menus(self)
        session.changed.connect(self._refresh)
        session.saved.connect(self._refresh)
        session.opened.connect(self._forget_pages)
        session.appraised.connect(self._show_appraisal)
        session.previewed.connect(self.strip.preview)
        session.appraisal_failed.connect(self._tell_failed_appraisal)
        self.workshop.restored.connect(self._tell_restored)
        self.workshop.failed.connect(self._tell_failed_appraisal)
        theme().about_to_change.connect(self._let_go_of_pages)
        theme().changed.connect(self._fit)
        self.go(START)

    def _build(self) -> None:
        central = QWidget()
        central.setProperty("role", "paper")
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = Header(self.session)
        self.header.wants_steps.connect(self.focus_steps)
        self.header.wants_save.connect(self._save)
        self._header_rule = rule()
        column.addWidget(self.header)
        column.addWidget(self._header_rule)
        self.notice = GuidanceNotice(self)
        column.addWidget(self.notice)
        body = QHBoxLayout()
        body.setSpacing(0)
        self.steps = StepList(self.places, WORKSHOP_PLACES)
        self.steps.chosen.connect(self.go)
        self.stack = QStackedWidget()
        self.strip = Strip(self.session)
        self.strip.wants_result.connect(partial(self.go, RESULT))
        self.strip.wants_next.connect(self.open_next_ask)
        self.strip.wants_story.connect(self.explain)
        self._steps_rule, self._strip_rule = _upright_rule(), _upright_rule()
        for each in (self.steps, self._steps_rule):
            body.addWidget(each)
        body.addWidget(self.stack, 1)
        for each in (self._strip_rule, self.strip):
            body.addWidget(each)
        column.addLayout(body, 1)
        self.answer_line = button("", partial(self.go, RESULT), "link", about="Shows the whole answer.")
        self._line_box = QWidget()
        self._line_box.setProperty("role", "canvas")
        line = QHBoxLayout(self._line_box)
        line.setContentsMargins(16, 4, 16, 4)
        line.addWidget(self.answer_line)
        line.addStretch(1)
        self._footer_rule = rule()
        self.footer = FooterBar()
        self.footer.wants_back.connect(self.go_back)
        self.footer.wants_skip.connect(self._skip)
        for each in (self._line_box, self._footer_rule, self.footer):
            column.addWidget(each)
        self._central = central
        self.setCentralWidget(central)

    # --- where one is ---------------------------------------------------------------------------------------------

    @property
    def here(self) -> str:
        """The id of the place shown."""
        return self._here

    @property
    def page(self) -> Page:
        """The page shown."""
        return self._pages[self._here]

    def go(self, place: str) -> None:
        """Shows another place; if its page cannot be shown, one stays where one is."""
        page = self._page(place)
        self._return_to = None
        page.refresh()
        if self._here in self._pages and self._here != place:
            self.page.leave()
        moved = self._here != place
        self._here = place
        self.stack.setCurrentWidget(page)
        if moved:
            page.to_top()
        self._refresh()
        self._fit()
        title = next((each.title for each in (*self.places, *WORKSHOP_PLACES) if each.id == place), page.title)
        self.setWindowTitle(f"{title} – Partner Wizard" if place != START else "Partner Wizard")
        if moved:
            self._focus_page(page)
            self.announce(title)

    def _focus_page(self, page: Page) -> None:
        """The page itself takes the focus: it is read out, arrows scroll it, and Tab goes to its first control."""
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes in reading order, whatever order the widgets were made in."""
        target = next_stop(self._central, self.focusWidget(), forward=forward)
        if target is None:
            return False
        focus_by_key(target)
        return True

    def _page(self, place: str) -> Page:
        if place not in self._pages:
            page = self._make_page(place)
            self._pages[place] = page
            self.stack.addWidget(page)
        return self._pages[place]

    def _make_page(self, place: str) -> Page:
        # Pages are made on the first visit, and those that need the report's modules import them then.
        if place == START:
            return StartPage(self)
        if place == RESULT:
            from ui.pages.result import ResultPage

            return ResultPage(self)
        if place == HUNCH:
            from ui.pages.hunch import HunchPage

            return HunchPage(self)
        if place == EVIDENCE:
            from ui.pages.evidence import EvidencePage

            return EvidencePage(self)
        if place == OPTIONS:
            from ui.pages.options import OptionsPage

            return OptionsPage(self)
        if place == COMPARE:
            from ui.pages.compare import ComparePage

            return ComparePage(self)
        if place == WHAT_IF:
            from ui.pages.what_if import WhatIfPage

            return WhatIfPage(self)
        if place == CHECK:
            from ui.pages.check import CheckPage

            return CheckPage(self)
        if place == DECISION:
            from ui.pages.decision import DecisionPage

            return DecisionPage(self)
        if place == REPORT:
            from ui.pages.report import ReportPage

            return ReportPage(self)
        if place == SET_UP:
            from ui.workshop.setup import SetUpPage

            return SetUpPage(self)
        if place == ROUND:
            from ui.workshop.round import RoundPage

            return RoundPage(self)
        if place in {RESULTS, RECORD}:
            return self._make_findings_page(place)
        from ui.pages.step import StepPage
        from ui.pages.topics import topics_of

        step = next(step for step in self.session.pack.head.steps if step.id == place)
        return StepPage(self, step, topics_of(self.session, step.id))

    def _make_findings_page(self, place: str) -> Page:
        if place == RECORD:
            from ui.workshop.record import RecordPage

            return RecordPage(self)
        from ui.workshop.results import ResultsPage

        return ResultsPage(self)

    def _forget_pages(self) -> None:
        """Another case: pages are made anew, so that nothing half typed is carried over."""
        for place in [place for place in self._pages if place != START]:
            self._forget_page(place)
        self.strip.refresh()

    def _let_go_of_pages(self) -> None:
        """Pages out of view are made anew when they are next visited: styling them all would take half a second."""
        for place in [place for place, page in self._pages.items() if place != self._here and page.replaceable]:
            page = self._forget_page(place)
            QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)

    def _forget_page(self, place: str) -> Page:
        page = self._pages.pop(place)
        self.stack.removeWidget(page)
        page.deleteLater()
        return page

    def go_next(self) -> None:
        """Shows the place after this one, or the page from which one came to change something."""
        if self._return_to is not None:
            self.go(self._return_to)
            self.page.come_back()
        else:
            self._go_by(1)

    def go_back(self) -> None:
        """Shows the place before this one."""
        self._go_by(-1)

    def _go_by(self, by: int) -> None:
        order = self._order if self._here in self._order else [place.id for place in WORKSHOP_PLACES]
        if self._here in order:
            place = order.index(self._here) + by
            if place < len(order):
                self.go(order[place] if place >= 0 else START if order is self._order else RESULT)

    @property
    def returning(self) -> bool:
        """Whether Continue goes back to the page from which an answer is being changed."""
        return self._return_to is not None

    def change(self, place: str, ask: flow.Ask | None = None) -> None:
        """Shows a place, or a question on it, to change what was said; Continue comes back."""
        came_from = self._here
        if ask is not None:
            self.open_ask(ask)
        else:
            self.go(place)
        self._return_to = came_from
        self.refresh_footer()

    def explain(self, option: str = "") -> None:
        """Shows why an option, or a form, is in or out and where its points come from."""
        from ui.pages.why import WhyDialog, best_of

        appraisal = self.session.appraisal
        if appraisal is None:
            self.go(RESULT)
            return
        chosen = option or appraisal.verdict.leader or appraisal.reference.id
        if chosen in self.session.pack.form_by_id:
            chosen = best_of(appraisal, chosen)
        held = cast("QWidget | None", self.focusWidget())
        dialog = WhyDialog(self, self, appraisal, chosen)
        dialog.exec()
        dialog.deleteLater()
        self.activateWindow()
        if held is not None and shiboken6.isValid(held):
            held.setFocus()
        if dialog.compared is not None:
            self.compare(dialog.compared)
        elif dialog.rated is not None:
            self.open_evidence(dialog.rated)

    def compare(self, first: str, second: str | None = None) -> None:
        """Shows two options side by side; without a second, the first beside what leads."""
        from ui.pages.compare import ComparePage

        self.go(COMPARE)
        if isinstance(self.page, ComparePage):
            self.page.choose(first, second)

    def _skip(self) -> None:
        """Goes on; the questions left unanswered are told apart from those never looked at."""
        place = next((place for place in self.places if place.id == self._here), None)
        if place is not None and place.step is not None:
            self.session.edit_paper(f"{place.title}: skipped for now", skip_step, self.session.pack, place.step)
        self.go_next()

    def open_ask(self, ask: flow.Ask) -> None:
        """Shows the step of a question, with the question in view."""
        from ui.pages.step import StepPage

        self.go(self._steps_of[ask.question.step])
        page = self.page
        if isinstance(page, StepPage):
            page.show_ask(ask)

    def open_evidence(self, option: str, criterion: str | None = None) -> None:
        """Shows where an option's points come from, down to the source; one rating unfolded if it is named."""
        from ui.pages.evidence import EvidencePage

        self.go(EVIDENCE)
        page = self.page
        if isinstance(page, EvidencePage):
            page.show_cell(option, criterion)

    def open_next_ask(self) -> None:
        """Shows the question whose answer could change most."""
        appraisal = self.session.appraisal
        if appraisal is None:
            return
        could = flow.remaining(self.session.pack, self.session.case, appraisal)
        if could:
            self.open_ask(could[0])
        else:
            self.go(RESULT)

    def focus_steps(self) -> None:
        """Puts the focus on the step list, or shows it as a menu where there is no room for it."""
        if self.steps.isVisible():
            self.steps.buttons[self._here].setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        menu = QMenu(self)
        for place in (*self.places, *(WORKSHOP_PLACES if self.workshop.workshop is not None else ())):
            words = self.steps.buttons[place.id].accessibleName()
            action = menu.addAction(words)
            action.triggered.connect(partial(self._go_checked, place.id))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.header.steps.mapToGlobal(self.header.steps.rect().bottomLeft()))

    def _go_checked(self, place: str, _checked: bool = False) -> None:
        self.go(place)

    # --- showing the session --------------------------------------------------------------------------------------

    def _refresh(self, _case: object = None) -> None:
        at_start = self._here == START
        self.header.refresh(compact=self._effective_width() < WITH_STRIP)
        self.menus.refresh(at_start=at_start)
        self.notice.refresh()
        if not at_start:
            self._refresh_steps()
        self.page.refresh()
        self.refresh_footer()
        if not self.session.appraising:
            self.strip.refresh()

    def _refresh_steps(self) -> None:
        pack, case = self.session.pack, self.session.case
        items = flow.quick_look(pack, case)
        by_step: dict[str, list[bool]] = {}
        for item in items:
            step = item.what.question.step if isinstance(item.what, flow.Ask) else flow.TOPIC_STEPS[item.what]
            by_step.setdefault(step, []).append(item.done)
        views = {view.step.id: view for view in flow.steps(pack, case)}
        for place in self.places:
            mark: Mark = "open"
            detail = ""
            if place.step is not None:
                view, quick = views[place.step], by_step.get(place.step, [])
                mark, detail = _progress(view, quick)
            elif place.id == HUNCH:
                mark, detail = ("done", "written down") if case.hunch is not None else ("open", "can be left out")
            elif place.id == DECISION:
                mark, detail = ("done", "recorded") if case.decision is not None else ("open", "nothing recorded")
            elif self.session.appraisal is not None:
                detail = "to look at"
            self.steps.show_state(place.id, mark, detail, here=place.id == self._here)
        self._refresh_workshop_steps()
        self.steps.show_progress(sum(item.done for item in items), len(items))

    def _refresh_workshop_steps(self) -> None:
        workshop = self.workshop.workshop
        self.steps.show_workshop(workshop is not None)
        if workshop is None:
            return
        ran = bool(workshop.rounds)
        details: dict[str, tuple[Mark, str]] = {
            SET_UP: ("done", "done") if workshop.participants else ("open", "nobody takes part yet"),
            ROUND: ("open", "no round yet"),
            RESULTS: ("done", "to look at") if self.workshop.revealed else ("open", "nothing revealed yet"),
            RECORD: ("part", "goes on"),
        }
        if ran:
            last = workshop.rounds[-1]
            details[ROUND] = ("done" if last.state == "revealed" else "part", f"round {last.number} {last.state}")
        for place in WORKSHOP_PLACES:
            mark, detail = details[place.id]
            self.steps.show_state(place.id, mark, detail, here=place.id == self._here)

    def _tell_restored(self, votes: int) -> None:
        if votes:
            self.announce(f"Put back what the program’s sudden end had kept out of the file: {counted(votes, 'vote')}.")

    def project(self) -> None:
        """Shows the workshop to the room."""
        self.tools.project()

    def refresh_footer(self) -> None:
        """Shows the page's buttons."""
        self.footer.show_footer(self.page.footer())

    def _show_appraisal(self, appraisal: Appraisal) -> None:
        self.strip.refresh()
        headline = self.strip.headline.text()
        self.answer_line.setText(f"Answer so far: {VERDICT[appraisal.verdict.kind].lower()}. Show it")
        self.answer_line.setAccessibleName(f"Answer so far: {headline}")
        self._fit()
        self.page.refresh()
        self.refresh_footer()
        self._refresh_steps()
        if appraisal.verdict.sentence != self._announced and self._here != START:
            self._announced = appraisal.verdict.sentence
            self.announce(f"Answer so far: {headline}")
        self.menus.refresh(at_start=self._here == START)
        self.cases.remember()

    def _tell_failed_appraisal(self, error: Exception) -> None:
        self.strip.say_failed()
        if isinstance(error, FileProblem):
            self.tell_problem("The answer could not be worked out", str(error))
        else:
            self.crash.report(error)

    def announce(self, text: str) -> None:
        """Says a change to screen readers."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    # --- room -----------------------------------------------------------------------------------------------------

    def _effective_width(self) -> float:
        return self.width() * 100 / theme().zoom

    def _fit(self) -> None:
        """Shows the step list and the strip where there is room for them."""
        if self._here not in self._pages:
            return
        room = self._effective_width()
        at_start = self._here == START
        strip = room >= WITH_STRIP and not at_start and not self.page.whole_width
        steps = room >= WITH_STEPS and not at_start
        self.steps.setFixedWidth(theme().px(STEPS_WIDTH))
        self.strip.setFixedWidth(theme().px(STRIP_WIDTH))
        for each in (self.steps, self._steps_rule):
            each.setVisible(steps)
        for each in (self.strip, self._strip_rule):
            each.setVisible(strip)
        self.header.steps.setVisible(not steps and not at_start)
        for each in (self.header, self._header_rule, self.footer, self._footer_rule):
            each.setVisible(not at_start)
        line = not strip and not at_start and not self.page.whole_width
        self._line_box.setVisible(line and self.session.appraisal is not None)
        self.header.refresh(compact=room < WITH_STRIP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size, another arrangement."""
        super().resizeEvent(event)
        self._fit()

    # --- dialogs --------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        self.cases.save()

    def choose_look(self, choice: Choice) -> None:
        """Follows the system's colours, or keeps to one look."""
        theme().choose(choice)

    def tell_problem(self, title: str, text: str) -> None:
        """Shows what went wrong in a dialog, if there is somebody to read it."""
        if self.crash.interactive:
            dialogs.tell_problem(self, title, text)

    def show_shortcuts(self) -> None:
        """Shows every key."""
        dialog = dialogs.Shortcuts(self, list(self.menus.keys()))
        dialog.exec()
        dialog.deleteLater()

    def show_glossary(self) -> None:
        """Shows the glossary with a search."""
        dialog = GlossaryDialog(self, self.session.pack)
        dialog.exec()
        dialog.deleteLater()

    def _tell_no_book(self, problem: Exception) -> None:
        self.tell_problem("The guidance book could not be made", str(problem))

    def _tell_no_guide(self, problem: Exception) -> None:
        self.tell_problem("The user guide could not be made", str(problem))

    # --- the window itself ----------------------------------------------------------------------------------------

    def _restore(self) -> None:
        look = self.settings.text("look", theme().choice)
        if look in get_args(Choice):
            theme().choose(cast("Choice", look))
        motion().choose("still" if self.settings.text("motion", "system") == "still" else "system")
        zoom = self.settings.text("zoom", "100")
        if zoom.isdigit():
            theme().set_zoom(int(zoom))
        geometry = self.settings.geometry()
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(1280, 800)

    def _tell_of_drafts(self, problem: str) -> None:
        """Work goes on; but where no draft can be written a crash would lose it."""
        self.header.no_draft = problem
        self._refresh()
        if problem:
            self.announce(f"Unsaved work cannot be kept against a crash. Save often. {problem}")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks about unsaved work; then remembers where the window stood."""
        if not self.cases.may_drop():
            event.ignore()
            return
        self.session.stop()
        self.safekeeping.close()
        self.tools.end()
        self.settings.set_geometry(self.saveGeometry())
        self.settings.set_text("zoom", str(theme().zoom))
        self.settings.set_text("look", theme().choice)
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file can be dropped."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens the file after the drop is over, so that a question does not hold up the other program."""
        path = Path(event.mimeData().urls()[0].toLocalFile())
        event.acceptProposedAction()
        self._later(partial(self.cases.open, path))

    def _later(self, call: Callable[[], object]) -> None:
        QTimer.singleShot(0, self, call)


def _progress(view: flow.StepView, quick: list[bool]) -> tuple[Mark, str]:
    """How far a step is, as a mark and in words: done when the quick look has what it asks of it."""
    left = view.total - view.answered
    if quick and all(quick):
        return "done", f"done for the quick look, {left} more can be answered" if left else "done"
    if not quick and view.total and not left:
        return "done", "done"
    if view.answered:
        return "part", f"begun, {left} not answered"
    return "open", f"not begun, {left} to answer" if left else "nothing to answer"


def _upright_rule() -> QWidget:
    line = QWidget()
    line.setProperty("role", "upright-rule")
    line.setFixedWidth(1)
    return line
