"""The answer so far: the verdict as a sentence, the picture, why, what would change it, what to find out, the route."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from partnerwizard import flow
from partnerwizard.appraisal.model import Appraisal, OptionResult
from partnerwizard.report.blocks import Spans, bold, spans
from partnerwizard.report.chapters.own_views import hunch
from partnerwizard.report.chapters.reasons import kind_word, reasons_against, reasons_for, strength
from partnerwizard.report.charts.marks import Picture
from partnerwizard.report.pictures import best_of_forms, ranked_picture
from partnerwizard.report.view import View
from partnerwizard.report.words import STEP, points, sentence
from ui.pages.page import Page
from ui.places import COMPARE, OPTIONS, REPORT, WHAT_IF, places
from ui.shell import Footer, Shell
from ui.theme import theme
from ui.tokens import GAP, GROUP, NEAR, TIGHT
from ui.widgets.chart import ChartView
from ui.widgets.rich import RichText
from ui.widgets.text import Text, button, chip, rule
from ui.words import finding

BARS = 8
MOST = 5


class ResultPage(Page):
    """Reads the appraisal, and nothing else. Its words are the report's."""

    widest = 1080
    whole_width = True
    replaceable = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Answer so far")
        # Boxes, not bare layouts: a nested layout whose widgets are all hidden upsets the heights of wrapped labels.
        self._top_box, self._halves_box = QWidget(), QWidget()
        top = QHBoxLayout(self._top_box)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(TIGHT)
        self.kind = chip("")
        self.strength = Text("", "small")
        top.addWidget(self.kind)
        top.addWidget(self.strength, 1)
        head = QVBoxLayout()
        head.setSpacing(TIGHT)
        head.addWidget(self._top_box)
        head.addWidget(self.heading)
        self.lead = Text("", "body", selectable=True)
        head.addWidget(self.lead)
        self.column.addLayout(head)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._halves_box)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(GROUP)
        self.left, self.right = _Half(), _Half()
        self._halves.addWidget(self.left, 58)
        self._halves.addWidget(self.right, 42)
        self.column.addWidget(self._halves_box)
        self.chart: ChartView | None = None
        self._shown: Appraisal | None = None

    def resizeEvent(self, event: object) -> None:
        """Two columns where there is room for both."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= theme().px(820)
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def refresh(self) -> None:
        appraisal = self.session.appraisal
        self._top_box.setVisible(appraisal is not None)
        self._halves_box.setVisible(appraisal is not None)
        if appraisal is None:
            self._shown = None
            self.heading.setText(
                "There is no answer yet" if not self.session.appraising else "Working the answer out …"
            )
            self.lead.setText(
                "Say first what is wrong and what should get better; the first result comes with the first answers."
            )
            return
        if appraisal is self._shown:
            return
        self._shown = appraisal
        view = View(self.session.pack, self.session.case, appraisal)
        headline, rest = finding(appraisal.verdict.sentence)
        self.heading.setText(headline)
        self.lead.setText(rest)
        self.lead.setVisible(bool(rest))
        self.kind.setText(kind_word(view))
        self.strength.setText(strength(view))
        self._fill_left(view)
        self._fill_right(view)

    def _fill_left(self, view: View) -> None:
        self.left.clear()
        self.left.section("Against carrying on as now")
        if view.scored:
            drawn = best_of_forms(view, BARS)
            figures = "; ".join(f"{view.name(option)} {points(view.difference(option))}" for option in drawn)
            alt = f"Points against carrying on: {figures}."
            lay_out = partial(_ranked, view, drawn)
            rows = tuple(
                (
                    f"{view.name(option)}: {points(view.difference(option))}. Where it comes from",
                    partial(self.shell.explain, option.id),
                )
                for option in drawn
            )
            if self.chart is None:
                self.chart = ChartView(lay_out, alt, rows)
            else:
                self.chart.show_picture(lay_out, alt, rows)
            self.left.add(self.chart)
            left_out = len(view.scored) - len(drawn)
        else:
            left_out = 0
        more = len(view.closed)
        counts = []
        if left_out:
            counts.append(f"{left_out} further option{'s' if left_out > 1 else ''} below these")
        if more:
            counts.append(f"{more} option{'s' if more > 1 else ''} set aside or ruled out")
        words = f"{' and '.join(counts)}." if counts else "Every option considered is shown."
        self.left.add(Text(words[:1].upper() + words[1:], "small"))
        self.left.add(Text("Press a row to see where its points come from.", "small"))
        self.left.add_left(button("Why not another form?", partial(self.shell.go, OPTIONS), "link"))
        self.left.add_left(button("Compare two options", partial(self.shell.go, COMPARE), "link"))
        self.left.add_left(button("What if …", partial(self.shell.go, WHAT_IF), "link"))
        for title, found in (
            ("What speaks for it", reasons_for(view)),
            ("What speaks against it", reasons_against(view)),
        ):
            if found:
                self.left.section(title)
                self.left.list_of(found)
        self.left.end()

    def _fill_right(self, view: View) -> None:
        appraisal = view.appraisal
        self.right.clear()
        if (beside := hunch(view)) is not None:
            self.right.section("Your hunch")
            self.right.add(RichText(beside, "small-ink"))
        self.right.section("What would change it")
        changes = [spans(sentence(change.sentence)) for change in appraisal.smallest_changes[:MOST]]
        self.right.small = True
        self.right.list_of(changes or [spans("No single change that was tried changes the answer.")])
        self.right.section("Find out first")
        self._fill_find_out(view)
        if appraisal.cautions:
            self.right.section("Cautions")
            for caution in appraisal.cautions[:MOST]:
                self.right.add(Text(sentence(caution), "notice"))
            if len(appraisal.cautions) > MOST:
                self.right.add(Text(f"{len(appraisal.cautions) - MOST} more stand in the report.", "small"))
        self.right.section("Route")
        steps = [spans(bold(f"{STEP[step.step]}. "), sentence(step.sentence)) for step in appraisal.route]
        self.right.list_of(steps or [spans("Settle what is not known, then look again.")])
        self.right.end()

    def _fill_find_out(self, view: View) -> None:
        found = view.appraisal.find_out[:MOST]
        if not found:
            self.right.add(Text("No fact that is missing could change the answer.", "small-ink"))
        for each in found:
            about = each.about if each.about in self.session.case.partner_by_id else None
            who = f" ({view.partner_name(about)})" if about else ""
            self.right.add(
                RichText(spans(bold(f"{view.fact_name(each.fact)}{who}. "), sentence(each.why)), "small-ink")
            )
            question = self.session.pack.question_by_id.get(each.fact)
            if question is not None and (about is not None or question.scope != "partner"):
                ask = flow.Ask(question, about)
                self.right.add_left(
                    button(
                        "Answer this",
                        partial(self.shell.change, ask.question.step, ask),
                        "link",
                        name=f"Answer: {view.fact_name(each.fact)}{who}",
                    )
                )

    def footer(self) -> Footer:
        """Sharpen the answer while an answer could, and go on to the report."""
        if self.session.appraisal is None:
            first = places(self.session.pack)[0]
            return Footer("&Begin with the first step", partial(self.shell.go, first.id))
        could = self._could()
        return Footer(
            "Make the &report",
            partial(self.shell.go, REPORT),
            "&Sharpen the answer" if could else "",
            partial(self.shell.change, could[0].question.step, could[0]) if could else None,
            note=f"{len(could)} answer{'' if len(could) == 1 else 's'} could still change this" if could else "",
        )

    def _could(self) -> tuple[flow.Ask, ...]:
        appraisal = self.session.appraisal
        if appraisal is None:
            return ()
        return flow.remaining(self.session.pack, self.session.case, appraisal)


def _ranked(view: View, drawn: tuple[OptionResult, ...], width: float) -> Picture:
    return ranked_picture(view, drawn, width, "ranked-window")


class _Half(QWidget):
    """One column of the result, in sections under strong rules."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(TIGHT)
        self.small = False

    def clear(self) -> None:
        """Takes everything out; a chart is kept by its page."""
        while (item := self._column.takeAt(0)) is not None:
            widget, layout = item.widget(), item.layout()
            if layout is not None:
                while (inner := layout.takeAt(0)) is not None:
                    if (each := inner.widget()) is not None:
                        each.hide()
                        each.deleteLater()
                layout.deleteLater()
            elif widget is not None and not isinstance(widget, ChartView):
                widget.hide()
                widget.deleteLater()

    def section(self, title: str) -> None:
        """Begins a section."""
        if self._column.count():
            self._column.addSpacing(GAP)
        self._column.addWidget(rule("strong-rule"))
        self._column.addSpacing(2)
        self._column.addWidget(Text(title, "section"))

    def add(self, widget: QWidget) -> None:
        """Adds one thing over the whole width."""
        self._column.addWidget(widget)
        widget.show()

    def add_left(self, widget: QWidget) -> None:
        """Adds one thing that keeps its own width."""
        row = QHBoxLayout()
        row.addWidget(widget)
        row.addStretch(1)
        self._column.addLayout(row)

    def list_of(self, items: Iterable[Spans]) -> None:
        """Adds sentences with hairlines between them."""
        for index, item in enumerate(items):
            if index:
                self._column.addWidget(rule())
            self._column.addWidget(RichText(item, "small-ink" if self.small else "body"))

    def end(self) -> None:
        """The rest of the column stays empty."""
        self._column.addSpacing(NEAR)
        self._column.addStretch(1)
