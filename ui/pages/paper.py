"""What the paper says about itself and how it looks: the front sheet, the start of the plan, and the look."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from partnerwizard.case import edit
from partnerwizard.case.model import FrontSheet, Logo, Look
from partnerwizard.report.palette import LIGHT, contrast
from partnerwizard.report.words import day
from ui.jobs import Job
from ui.session import Session
from ui.theme import theme
from ui.tokens import CORNER, HAIR, NEAR, TIGHT
from ui.widgets.choice import RadioCard, set_quietly
from ui.widgets.dates import DateField
from ui.widgets.fold import FoldButton
from ui.widgets.forms import AreaField, LineField
from ui.widgets.text import Text, button
from ui.words import shortened

PURPOSES = {"decision": "For decision", "discussion": "For discussion", "assurance": "For assurance"}

LINES = {
    "meeting": ("Meeting", "Such as: Board of directors, in public."),
    "sponsor": ("Sponsor", "The executive who brings the paper."),
    "author": ("Author", ""),
    "risk_register": ("Risk register", "The number of the risk that this paper is about."),
}
AREAS = {
    "earlier_committees": ("Seen before by", "Committees that the paper has been to, and what they said."),
    "asked": ("What the board is asked to do", "Left empty, the board is asked to discuss and not to decide."),
}

ENOUGH = 4.5
"""The least contrast at which small text can be read."""

LARGEST = 20 * 1024 * 1024
"""Bytes of a picture file that are read at all."""


class Fold(QWidget):
    """A part that unfolds; folded it says in a line what it holds. Its fields are made when it is first unfolded."""

    def __init__(self, session: Session, title: str) -> None:
        super().__init__()
        self.session = session
        self._title = title
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(TIGHT)
        self.fold = FoldButton(title)
        self._outer.addWidget(self.fold)
        self.body: QWidget | None = None
        self.fold.toggled.connect(self._unfold)

    def _unfold(self, unfolded: bool) -> None:
        if unfolded and self.body is None:
            self.body = QWidget()
            self.column = QVBoxLayout(self.body)
            self.column.setContentsMargins(0, HAIR, 0, NEAR)
            self.column.setSpacing(NEAR)
            self._outer.addWidget(self.body)
            self.build()
            self.refresh()
        if self.body is not None:
            self.body.setVisible(unfolded)

    def build(self) -> None:
        """Makes the fields."""
        raise NotImplementedError

    def show_fields(self) -> None:
        """Shows in the fields what the case holds."""
        raise NotImplementedError

    def show_line(self) -> None:
        """Shows in the folded line what the case holds."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Shows the case."""
        if self.body is not None:
            self.show_fields()
        self.show_line()

    def show_summary(self, words: str, *, given: bool) -> None:
        """Shows what is inside."""
        self.fold.show_answer(self._title, words, given)


class FrontSheetFields(Fold):
    """The fields that boards print on the front of a paper."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Front sheet")

    def build(self) -> None:
        self.lines = {key: LineField(*words) for key, words in LINES.items()}
        self.areas = {key: AreaField(*words) for key, words in AREAS.items()}
        self.day = DateField("Day of the meeting")
        self.day.given.connect(self._give_day)
        self.column.addWidget(self.lines["meeting"])
        self.column.addWidget(_dated("Day of the meeting", self.day))
        self.purposes = {key: RadioCard(words, compact=True) for key, words in PURPOSES.items()}
        group = QButtonGroup(self)
        cards = QVBoxLayout()
        cards.setSpacing(HAIR)
        cards.addWidget(Text("Purpose", "small-strong"))
        for key, card in self.purposes.items():
            group.addButton(card)
            cards.addWidget(card)
            card.clicked.connect(partial(self._give_checked, key))
        self.column.addLayout(cards)
        for key in ("sponsor", "author"):
            self.column.addWidget(self.lines[key])
        self.column.addWidget(self.areas["earlier_committees"])
        self.column.addWidget(self.lines["risk_register"])
        self.column.addWidget(self.areas["asked"])
        for key, field in {**self.lines, **self.areas}.items():
            field.given.connect(partial(self._give, key))

    def _give_checked(self, purpose: str, _checked: bool = False) -> None:
        self._give("purpose", purpose)

    def _give_day(self, iso: str | None) -> None:
        self._give("day", None if iso is None else date.fromisoformat(iso))

    def _give(self, key: str, value: object) -> None:
        front = self.session.case.front or FrontSheet()
        new = FrontSheet(**{**front.model_dump(), key: value})
        title = {**LINES, **AREAS}.get(key, (key.capitalize(), ""))[0]
        self.session.edit_paper(
            shortened(f"Front sheet: {title}"), edit.set_front, None if new == FrontSheet() else new
        )

    def show_fields(self) -> None:
        front = self.session.case.front or FrontSheet()
        for key, field in {**self.lines, **self.areas}.items():
            field.show_text(getattr(front, key))
        self.day.show_value(front.day.isoformat() if front.day else None)
        for purpose, card in self.purposes.items():
            set_quietly(card, purpose == front.purpose)

    def show_line(self) -> None:
        front = self.session.case.front or FrontSheet()
        said = [front.meeting, day(front.day) if front.day else "", PURPOSES[front.purpose].lower(), front.sponsor]
        given = self.session.case.front is not None
        self.show_summary(
            ", ".join(part for part in said if part) if given else "Nothing given; the paper is for discussion.",
            given=given,
        )

    def problem(self) -> str:
        """What is wrong with the day, empty if nothing is."""
        return self.day.problem() if self.body is not None else ""


class PlanStart(Fold):
    """The day from which the plan of approvals is counted."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Start of the timetable")

    def build(self) -> None:
        self.column.addWidget(
            Text(
                "The report counts approvals from this day. Without one it counts from the day of the advice.", "small"
            )
        )
        self.day = DateField("Start of the timetable")
        self.day.given.connect(self._give)
        self.column.addWidget(self.day)
        self.past = Text("", "notice")
        self.column.addWidget(self.past)

    def _give(self, iso: str | None) -> None:
        self.session.edit_paper(
            "Start of the timetable", edit.set_timetable_start, None if iso is None else date.fromisoformat(iso)
        )

    def show_fields(self) -> None:
        start = self.session.case.timetable_start
        self.day.show_value(start.isoformat() if start else None)
        self.past.setVisible(start is not None and start < self.session.as_of)
        self.past.setText(
            f"This day is before the day of the advice, {day(self.session.as_of)}. "
            "The report counts from it all the same."
        )

    def show_line(self) -> None:
        start = self.session.case.timetable_start
        words = day(start) if start else f"The day of the advice, {day(self.session.as_of)}."
        self.show_summary(words, given=start is not None)

    def problem(self) -> str:
        """What is wrong with the day, empty if nothing is."""
        return self.day.problem() if self.body is not None else ""


class LookFields(Fold):
    """The organisation's name, accent colour, marking and logo."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "How it looks")
        self.job: Job | None = None
        self._shown: Logo | None = None

    def build(self) -> None:
        self.organisation = LineField("Your trust’s name", "It stands on the first page.")
        self.organisation.given.connect(self._name)
        self.column.addWidget(self.organisation)
        self.accent = LineField("Accent colour", "As # and six figures or letters, such as #005eb8.", 7)
        self.accent.given.connect(self._colour)
        colours = QHBoxLayout()
        colours.setSpacing(TIGHT)
        colours.addWidget(self.accent, 1)
        self.swatch = Swatch()
        colours.addWidget(self.swatch)
        self.column.addLayout(colours)
        self.contrast = Text("", "small")
        self.column.addWidget(self.contrast)
        self.marking = LineField("Marking", "Such as: Confidential. It stands on every page.", 80)
        self.marking.given.connect(self._mark)
        self.column.addWidget(self.marking)
        self.column.addWidget(Text("Logo", "small-strong"))
        self.column.addWidget(Text("A picture file: PNG, JPEG or SVG. It is kept inside the case.", "small"))
        self.picture = QLabel()
        self.picture.setAccessibleName("Logo")
        self.column.addWidget(self.picture)
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        self.choose = button("Choose a logo …", self._choose, "small")
        self.remove = button("Remove the logo", self._remove, "small")
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        self.column.addLayout(row)
        self.fault = Text("", "fault")
        self.fault.hide()
        self.column.addWidget(self.fault)

    @property
    def _look(self) -> Look:
        return self.session.case.look or Look()

    def _set(self, name: str, look: Look) -> None:
        self.session.edit_paper(name, edit.set_look, None if look == Look() else look)

    def _name(self, text: str) -> None:
        self.session.edit("Your trust’s name", edit.describe, organisation=text)

    def _mark(self, text: str) -> None:
        self._set("Marking of the paper", Look(**{**self._look.model_dump(), "marking": text}))

    def _colour(self, text: str) -> None:
        text = text.strip()
        if not text or _is_colour(text):
            self._set("Accent colour", Look(**{**self._look.model_dump(), "accent": text or None}))
        self._say_colour()

    def _say_colour(self) -> None:
        text = self.accent.field.text().strip()
        self.swatch.setVisible(_is_colour(text))
        if not text:
            self.contrast.setText("Without one, the program’s own colour is used.")
        elif not _is_colour(text):
            self.contrast.setText("Not a colour yet: # and six figures or letters from a to f.")
        else:
            self.swatch.show_colour(text)
            ratio = min(contrast(text, LIGHT.paper), contrast(text, LIGHT.canvas))
            self.contrast.setText(
                f"Contrast with paper {ratio:.1f} to 1: good to read."
                if ratio >= ENOUGH
                else f"Contrast with paper {ratio:.1f} to 1. Text needs {ENOUGH} to 1, so the report keeps its own "
                "colour and says so. Choose a darker one."
            )

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "Choose a logo", str(Path.home()), "Pictures (*.png *.jpg *.jpeg *.svg);;All files (*)"
        )
        if chosen and self.job is None:
            self.fault.hide()
            self.choose.setEnabled(False)
            self.job = Job(partial(read_logo, Path(chosen)), self)
            self.job.finished.connect(self._take)
            self.job.start()

    def _take(self, job: Job) -> None:
        self.job = None
        self.choose.setEnabled(True)
        job.deleteLater()
        if isinstance(job.error, ValueError | OSError):
            self.fault.setText(str(job.error))
            self.fault.show()
        elif job.error is not None:
            raise job.error
        else:
            self._set("Logo", Look(**{**dict(self._look), "logo": job.result}))

    def _remove(self) -> None:
        self._set("Logo removed", Look(**{**dict(self._look), "logo": None}))
        self.choose.setFocus()

    def show_fields(self) -> None:
        look = self._look
        self.organisation.show_text(self.session.case.organisation)
        if not self.accent.field.hasFocus():
            self.accent.show_text(look.accent or "")
        self._say_colour()
        self.marking.show_text(look.marking)
        self.remove.setVisible(look.logo is not None)
        self.picture.setVisible(look.logo is not None)
        if look.logo is not None and look.logo is not self._shown:
            self._show(look.logo)
        self._shown = look.logo

    def show_line(self) -> None:
        look = self._look
        said = [self.session.case.organisation, look.accent or "", look.marking, "with a logo" if look.logo else ""]
        words = ", ".join(part for part in said if part)
        self.show_summary(words or "The program’s own look, no name and no logo.", given=bool(words))

    def _show(self, logo: Logo) -> None:
        from partnerwizard.report.logo import picture

        drawn = QPixmap()
        drawn.loadFromData(picture(logo))
        if not drawn.isNull():
            self.picture.setPixmap(_within(drawn, theme().px(220), theme().px(72)))


class Swatch(QWidget):
    """A field of the chosen colour."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._fit()
        theme().changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedWidth(theme().px(40))

    def show_colour(self, colour: str) -> None:
        """Shows another colour."""
        self._colour = colour
        self.setAccessibleName(f"The colour {colour}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the field beside the line in which the colour is typed."""
        side = theme().px(38)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme().colours.edge))
        painter.setBrush(QColor(self._colour))
        painter.drawRoundedRect(0, self.height() - side - 1, side, side, CORNER, CORNER)
        painter.end()


def read_logo(path: Path) -> Logo:
    """The picture in a file, ready for the case. Raises ValueError or OSError with one clear message."""
    from partnerwizard.report.logo import prepared

    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"{path.name} is larger than 20 MB. Save a smaller picture.")
        data = path.read_bytes()
    except OSError as error:
        raise OSError(f"{path.name} cannot be read ({error.strerror}). Choose another file.") from None
    return prepared(data)


def _is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and all(each in "0123456789abcdefABCDEF" for each in text[1:])


def _dated(title: str, field: DateField) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(HAIR)
    column.addWidget(Text(title, "small-strong"))
    column.addWidget(field)
    return box


def _within(picture: QPixmap, width: int, height: int) -> QPixmap:
    return picture.scaled(width, height, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
