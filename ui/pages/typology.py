"""Where this case sits: mandated or voluntary, people or structure, with every form in place, and who was there."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerwizard.appraisal.model import Appraisal
from partnerwizard.pack.model import Form
from partnerwizard.report.blocks import bold, spans
from partnerwizard.report.chapters.precedents import near
from partnerwizard.report.charts.marks import Picture
from partnerwizard.report.charts.typology import Nature, Placed, typology
from partnerwizard.report.pictures import case_place, typology_picture
from partnerwizard.report.view import View
from partnerwizard.report.words import capital, sentence
from ui.session import Session
from ui.tokens import NEAR, TIGHT
from ui.widgets.chart import ChartView
from ui.widgets.rich import RichText
from ui.widgets.text import Text, rule
from ui.widgets.topic import Topic

KINDS = {"form", "service-model"}
WHERE = {
    ("mandated", "structural"): "mandated, of whole services or organisations",
    ("mandated", "individual"): "mandated, of people and teams",
    ("voluntary", "structural"): "voluntary, of whole services or organisations",
    ("voluntary", "individual"): "voluntary, of people and teams",
}


class TypologyMap(Topic):
    """The map with the case's own place, and the nearest decided cases with what became of them."""

    last = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.column.setSpacing(TIGHT)
        self.column.addSpacing(NEAR)
        self.column.addWidget(rule("strong-rule"))
        self.column.addWidget(Text("Where this sits among the forms", "section"))
        self.place = Text("", "small")
        self.column.addWidget(self.place)
        self.chart = ChartView(self._lay_out, "")
        self.column.addWidget(self.chart)
        self.precedents_title = Text("Who was there before", "section")
        self.column.addSpacing(TIGHT)
        self.column.addWidget(self.precedents_title)
        box = QWidget()
        self._list = QVBoxLayout(box)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(TIGHT)
        self.column.addWidget(box)
        self._shown: object = None

    def refresh(self) -> None:
        appraisal = self.session.appraisal
        now = (appraisal, self.session.case.answers)
        if now == self._shown:
            return
        self._shown = now
        words = self._place_in_words(appraisal)
        self.place.setText(words)
        self.chart.show_picture(self._lay_out, f"Map of the forms by who starts them and how large they are. {words}")
        found = [] if appraisal is None else near(View(self.session.pack, self.session.case, appraisal))
        self.precedents_title.setVisible(bool(found))
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for precedent, _ in found:
            self._list.addWidget(
                RichText(
                    spans(
                        bold(f"{precedent.title} ({precedent.years}). "),
                        f"{capital(WHERE[precedent.nature, precedent.scale])}. {sentence(precedent.chosen)} "
                        f"{sentence(precedent.outcome)} Law of its time: {sentence(precedent.law_era)}",
                    ),
                    "small-ink",
                )
            )

    def _view(self, appraisal: Appraisal) -> View:
        return View(self.session.pack, self.session.case, appraisal)

    def _place_in_words(self, appraisal: Appraisal | None) -> str:
        if appraisal is None:
            return "Once the first questions are answered, your own place is marked here."
        nature, scales = case_place(self._view(appraisal))
        if nature is None or not scales:
            return "Say whether it is mandated and how wide it reaches, and your own place is marked here."
        where = " or ".join(WHERE[nature, scale] for scale in scales if (nature, scale) in WHERE)
        return f"Your case: {where}." if where else "Your case is marked here."

    def _lay_out(self, width: float) -> Picture:
        appraisal = self.session.appraisal
        if appraisal is not None:
            return typology_picture(self._view(appraisal), width, "typology-window")
        forms = [_placed(form) for form in self.session.pack.forms if form.kind in KINDS]
        return typology(forms, None, (), width, "typology-window")


def _placed(form: Form) -> Placed:
    natures = set(form.typology.nature)
    nature: Nature = "either" if len(natures) > 1 else form.typology.nature[0]
    return Placed(form.name, nature, form.typology.scale, "open")
