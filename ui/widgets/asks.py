"""One question with its answers: choose, say that it is not known or does not apply, or take the answer back."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from partnerwizard.appraisal.local import without_local
from partnerwizard.case import edit
from partnerwizard.case.model import DOES_NOT_APPLY, Value
from partnerwizard.flow import Ask
from partnerwizard.pack.terms import terms_in
from ui.session import Session
from ui.tokens import NEAR, TIGHT
from ui.widgets.choice import CheckCard, RadioCard, set_quietly
from ui.widgets.dates import DateField
from ui.widgets.fields import PickList
from ui.widgets.fold import FoldButton
from ui.widgets.text import Text, button
from ui.words import (
    DOES_NOT_APPLY_WORDS,
    DONT_KNOW_WORDS,
    answer_in_words,
    answer_of,
    shortened,
    with_partner,
)

NOT_KNOWN_HELP = "The answer so far will say what depends on it."


class AskEditor(QWidget):
    """A question of the pack. Folded it is a line with its answer; unfolded it shows the reason and all answers."""

    def __init__(self, session: Session, ask: Ask, *, unfolded: bool) -> None:
        super().__init__()
        self.session = session
        self.ask = ask
        self._wording = ask.wording(session.case)
        explained = self._explained()
        self.setToolTip(explained)
        self.setWhatsThis(explained)
        self.fold = FoldButton(self._wording)
        self.fold.toggled.connect(self.set_unfolded)
        self._heading: Text | None = None
        self._body: QWidget | None = None
        self._answers: _Answers | None = None
        self._always = unfolded
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(TIGHT)
        self._column.addWidget(self.fold)
        self.fold.setVisible(not unfolded)
        self.set_unfolded(unfolded)

    @property
    def unfolded(self) -> bool:
        """Whether the answers are in view."""
        return self._body is not None and not self._body.isHidden()

    def set_unfolded(self, unfolded: bool) -> None:
        """Shows or hides the answers; they are made when first shown."""
        if unfolded and self._body is None:
            self._body = self._make_body()
            self._column.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(unfolded)
        with QSignalBlocker(self.fold):
            self.fold.setChecked(unfolded)
        self.refresh()

    def _make_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, NEAR if not self._always else 0)
        column.setSpacing(NEAR)
        if self._always:
            self._heading = Text(self._wording, "section")
            column.addWidget(self._heading)
        column.addWidget(Text(f"Why we ask: {_lower_first(self.say(self.ask.question.why))}", "why"))
        self._answers = _ANSWERS[self.ask.question.kind](self)
        column.addWidget(self._answers)
        return body

    def _explained(self) -> str:
        """The glossary's words in the question and its answers, for hovering and for Shift+F1."""
        question = self.ask.question
        said = [question.text, question.why, *(f"{each.text} {each.help or ''}" for each in question.choices)]
        found = terms_in(self.session.pack, " ".join(said))
        return "".join(f"<p><b>{escape(each.term)}</b>: {escape(each.meaning)}</p>" for each in found)

    def focus_answers(self) -> None:
        """Puts the focus on the chosen answer, or on the first."""
        self.set_unfolded(True)
        if self._answers is not None:
            self._answers.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def problem(self) -> str:
        """What is wrong with what has been typed, empty if nothing is."""
        return self._answers.problem() if self._answers is not None else ""

    def show_problem(self) -> None:
        """Says beside the field what is wrong: asked for when one wants to go on, not while one is still typing."""
        if self._answers is not None:
            self._answers.show_problem()

    def refresh(self) -> None:
        """Shows the answer that the case holds."""
        case = self.session.case
        if self.ask.partner is not None and self.ask.partner not in case.partner_by_id:
            return
        self._wording = self.ask.wording(case)
        if self._heading is not None:
            self._heading.setText(self._wording)
        answer = answer_of(case, self.ask)
        self.fold.show_answer(
            self._wording, self.say(answer_in_words(self.session.pack, self.ask, answer)), answer is not None
        )
        if self._answers is not None and self.unfolded:
            self._answers.refresh()

    def give(self, value: Value, words: str) -> None:
        """Records an answer."""
        self.session.edit(
            self._step(words), edit.answer, self.ask.question.id, value, partner=self.ask.partner, thing=self._thing
        )

    def take_back(self) -> None:
        """Makes the question unanswered again."""
        self.session.edit(
            self._step("cleared"), edit.unanswer, self.ask.question.id, partner=self.ask.partner, thing=self._thing
        )

    def say(self, text: str) -> str:
        """A text of the question with the partner's name in it."""
        return with_partner(text, self.session.case, self.ask.partner)

    @property
    def _thing(self) -> str:
        return f"{self.ask.question.id} {self.ask.partner}"

    def _step(self, words: str) -> str:
        return shortened(f"{self.ask.question.short}: {words}", 60)

    @property
    def wording(self) -> str:
        """The question as asked, with the partner's name."""
        return self._wording


class _Answers(QWidget):
    """The answers of one question: its own kind of control, and the two ways of not giving one."""

    def __init__(self, editor: AskEditor) -> None:
        super().__init__()
        self.editor = editor
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(TIGHT)
        self.build()
        self.not_known, self.not_applying = self._make_outs()
        self._clear = button(
            "Clear this answer", editor.take_back, "link", name=f"Clear the answer to: {editor.wording}"
        )
        row = QHBoxLayout()
        row.addWidget(self._clear)
        row.addStretch(1)
        self.column.addLayout(row)

    def build(self) -> None:
        """Makes the control."""
        raise NotImplementedError

    def show_value(self, value: Value, *, answered: bool) -> None:
        """Shows a given value; `answered` is False where there is none, and for don't know and does not apply."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Where the focus goes."""
        raise NotImplementedError

    def problem(self) -> str:
        """What is wrong with what has been typed."""
        return ""

    def show_problem(self) -> None:
        """Says it beside the field, if the control can be typed into wrongly."""

    def _make_outs(self) -> tuple[RadioCard | CheckCard, RadioCard | CheckCard]:
        card = RadioCard if isinstance(self, _One) else CheckCard
        cards = (
            card(DONT_KNOW_WORDS, NOT_KNOWN_HELP, compact=True),
            card(DOES_NOT_APPLY_WORDS, "Nothing depends on it here.", compact=True),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(TIGHT)
        for place, each in enumerate(cards):
            grid.addWidget(each, 0, place)
            grid.setColumnStretch(place, 1)
        self.column.addLayout(grid)
        for each, value in zip(cards, (None, DOES_NOT_APPLY), strict=True):
            each.clicked.connect(lambda checked, each=each, value=value: self._out(each, value, checked=checked))
        return cards

    def _out(self, card: RadioCard | CheckCard, value: Value, *, checked: bool) -> None:
        if checked:
            self.editor.give(value, card.title.lower())
        else:
            self.editor.take_back()

    def refresh(self) -> None:
        """Shows what the case holds."""
        answer = answer_of(self.editor.session.case, self.editor.ask)
        value = answer.value if answer is not None else None
        out = answer is not None and (value is None or value == DOES_NOT_APPLY)
        self.show_value(value, answered=answer is not None and not out)
        set_quietly(self.not_known, answer is not None and value is None)
        set_quietly(self.not_applying, value == DOES_NOT_APPLY)
        had_focus = self._clear.hasFocus()
        self._clear.setVisible(answer is not None)
        if had_focus and answer is None:
            self.first().setFocus()


class _One(_Answers):
    """One of several choices."""

    def build(self) -> None:
        self.group = QButtonGroup(self)
        self.cards: dict[str, RadioCard] = {}
        for choice in self.editor.ask.question.choices:
            card = RadioCard(self.editor.say(choice.text), self.editor.say(choice.help or ""))
            self.group.addButton(card)
            self.cards[choice.id] = card
            self.column.addWidget(card)
            card.clicked.connect(lambda _=False, choice=choice, card=card: self.editor.give(choice.id, card.title))

    def show_value(self, value: Value, *, answered: bool) -> None:
        for out in (self.not_known, self.not_applying):
            if out.group() is None:
                self.group.addButton(out)
        # An exclusive group never lets go of its last button, so it is loosened while the case is shown.
        self.group.setExclusive(False)
        for choice, card in self.cards.items():
            set_quietly(card, answered and value == choice)
        set_quietly(self.not_known, False)
        set_quietly(self.not_applying, False)

    def refresh(self) -> None:
        super().refresh()
        self.group.setExclusive(True)

    def first(self) -> QWidget:
        return self.group.checkedButton() or next(iter(self.cards.values()))


class _Many(_Answers):
    """Any number of choices."""

    def build(self) -> None:
        self.cards: dict[str, CheckCard] = {}
        self.column.addWidget(Text("Choose all that apply.", "small"))
        for choice in self.editor.ask.question.choices:
            card = CheckCard(self.editor.say(choice.text), self.editor.say(choice.help or ""))
            self.cards[choice.id] = card
            self.column.addWidget(card)
            card.clicked.connect(self._ticked)

    def _ticked(self) -> None:
        chosen = tuple(choice for choice, card in self.cards.items() if card.isChecked())
        if chosen:
            self.editor.give(chosen, ", ".join(self.cards[choice].title for choice in chosen))
        else:
            self.editor.take_back()

    def show_value(self, value: Value, *, answered: bool) -> None:
        chosen = value if answered and isinstance(value, tuple) else (value,) if answered else ()
        for choice, card in self.cards.items():
            set_quietly(card, choice in chosen)

    def first(self) -> QWidget:
        return next(iter(self.cards.values()))


class _Words(_Answers):
    """A line of free text."""

    def build(self) -> None:
        self.field = QLineEdit()
        self.field.setMaxLength(4000)
        self.field.setAccessibleName(self.editor.wording)
        self.field.setAccessibleDescription(self.editor.ask.question.why)
        self.field.textEdited.connect(self._typed)
        self.column.addWidget(self.field)

    def _typed(self, text: str) -> None:
        if text.strip() and text.strip() != DOES_NOT_APPLY:
            self.editor.give(text, "words changed")
        elif not text.strip():
            self.editor.take_back()

    def show_value(self, value: Value, *, answered: bool) -> None:
        text = value if answered and isinstance(value, str) else ""
        if self.field.text() != text:
            self.field.setText(text)

    def first(self) -> QWidget:
        return self.field


class _Day(_Answers):
    """A date."""

    def build(self) -> None:
        self.field = DateField(self.editor.wording)
        self.field.given.connect(self._typed)
        self.column.addWidget(self.field)
        self.past = Text("This day has passed. That is fine if it is meant.", "small")
        self.column.addWidget(self.past)

    def _typed(self, day: str | None) -> None:
        if day is None:
            self.editor.take_back()
        else:
            self.editor.give(day, day)

    def show_value(self, value: Value, *, answered: bool) -> None:
        given = value if answered and isinstance(value, str) else None
        self.field.show_value(given)
        # Days in ISO order compare as text.
        self.past.setVisible(given is not None and given < self.editor.session.today.isoformat())

    def first(self) -> QWidget:
        return self.field.fields[0]

    def problem(self) -> str:
        return self.field.problem()

    def show_problem(self) -> None:
        self.field.check()


class _FormChoice(_Answers):
    """One of the pack's forms."""

    def build(self) -> None:
        self.field = PickList(self.editor.wording, self.editor.ask.question.why)
        self.field.setPlaceholderText("Choose a form")
        for form in without_local(self.editor.session.pack).forms:
            if form.kind in {"form", "service-model"} and form.id != self.editor.session.pack.head.reference:
                self.field.addItem(form.name, form.id)
        self.field.setCurrentIndex(-1)
        self.field.activated.connect(self._chosen)
        self.column.addWidget(self.field)

    def _chosen(self, index: int) -> None:
        self.editor.give(str(self.field.itemData(index)), self.field.itemText(index))

    def show_value(self, value: Value, *, answered: bool) -> None:
        self.field.setCurrentIndex(self.field.findData(value) if answered else -1)

    def first(self) -> QWidget:
        return self.field


_ANSWERS: dict[str, type[_Answers]] = {"one": _One, "many": _Many, "text": _Words, "date": _Day, "form": _FormChoice}


def _lower_first(text: str) -> str:
    """Sentence after a colon; a leading abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
