"""What is wrong, in the trust's own words, and what was diagnosed: each cause with how surely it is held."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout

from partnerwizard.case import edit
from partnerwizard.case.model import HeldCause
from partnerwizard.pack.model import Cause, Confidence
from ui.session import Session
from ui.theme import theme
from ui.tokens import HAIR, NEAR, TIGHT
from ui.widgets.text import Text, button, restyle
from ui.widgets.topic import Topic
from ui.words import CONFIDENCES

LIMIT = 100_000


class ProblemText(Topic):
    """The problem in the user's own words."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.column.setSpacing(TIGHT)
        title = Text("What is wrong, in your own words", "section")
        self.column.addWidget(title)
        self.column.addWidget(Text("One or two sentences. The report opens with them.", "small"))
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName("What is wrong, in your own words")
        self.field.setAccessibleDescription("One or two sentences. The report opens with them.")
        self.field.setPlaceholderText(
            "For example: two of four stroke consultants have left and the rota cannot be filled."
        )
        self.field.textChanged.connect(self._typed)
        title.setBuddy(self.field)
        self.column.addWidget(self.field)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.field.setFixedHeight(theme().px(96))

    def _typed(self) -> None:
        text = self.field.toPlainText()
        if text != self.session.case.problem:
            self.session.edit("What is wrong: words changed", edit.describe, problem=text[:LIMIT])

    def refresh(self) -> None:
        if self.field.toPlainText() != self.session.case.problem:
            self.field.setPlainText(self.session.case.problem)

    def begun(self) -> bool:
        return bool(self.session.case.problem)


class CauseRow(QFrame):
    """One cause: what it means, and how surely it is held; pressing the chosen word again takes it back."""

    def __init__(self, session: Session, cause: Cause) -> None:
        super().__init__()
        self.session = session
        self.cause = cause
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, NEAR, 16, NEAR)
        column.setSpacing(HAIR)
        column.addWidget(Text(cause.name, "strong"))
        column.addWidget(Text(cause.text, "small"))
        row = QHBoxLayout()
        row.setSpacing(TIGHT)
        row.setContentsMargins(0, HAIR, 0, 0)
        self.buttons: dict[Confidence, QPushButton] = {}
        for confidence, word in CONFIDENCES.items():
            made = button(
                word,
                partial(self._press, confidence),
                "small",
                name=f"{cause.name}: {word.lower()}",
                about=f"{cause.text} Held with {confidence} confidence. Press again to take it back.",
            )
            made.setCheckable(True)
            self.buttons[confidence] = made
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)

    def _press(self, confidence: Confidence) -> None:
        held = {cause.id: cause for cause in self.session.case.causes}
        if self.cause.id in held and held[self.cause.id].confidence == confidence:
            del held[self.cause.id]
            words = "not a cause"
        else:
            held[self.cause.id] = HeldCause(id=self.cause.id, confidence=confidence)
            words = CONFIDENCES[confidence].lower()
        order = [cause.id for cause in self.session.pack.causes]
        chosen = tuple(sorted(held.values(), key=lambda each: order.index(each.id) if each.id in order else len(order)))
        self.session.edit(f"{self.cause.name}: {words}", edit.set_causes, chosen)
        self.refresh()

    def refresh(self) -> None:
        """Shows how surely the case holds this cause."""
        held = next((each.confidence for each in self.session.case.causes if each.id == self.cause.id), None)
        for confidence, made in self.buttons.items():
            made.setChecked(confidence == held)
        if self.property("selected") != (held is not None):
            self.setProperty("selected", held is not None)
            restyle(self)


class Causes(Topic):
    """The diagnosed causes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.column.setSpacing(TIGHT)
        self.column.addWidget(Text("What lies behind it?", "section"))
        self.column.addWidget(
            Text(
                "Why we ask: a form that touches none of the causes you hold surely or probably is set aside. "
                "Say “perhaps” where nobody has looked yet; that closes nothing.",
                "why",
            )
        )
        self.rows = [CauseRow(session, cause) for cause in session.pack.causes]
        for row in self.rows:
            self.column.addWidget(row)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def refresh(self) -> None:
        for row in self.rows:
            row.refresh()
