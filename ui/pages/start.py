"""The start page: a new case, one that was saved, a worked example, or a recent one with what its answer was."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerwizard.case.file import SUFFIX, load_case
from partnerwizard.case.model import Case
from partnerwizard.files import FileProblem
from partnerwizard.pack.model import Pack
from partnerwizard.report.words import counted, day
from partnerwizard.resources import examples_dir
from ui.pages.page import Page
from ui.settings import Recent
from ui.shell import Footer, Shell
from ui.theme import theme
from ui.tokens import GAP, GROUP, HAIR, NEAR, TIGHT
from ui.tour import SEEN
from ui.widgets.text import Text, button, rule
from ui.words import shortened


class StartPage(Page):
    """Shown first, and again from the File menu."""

    widest = 980

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Which form of partnering fits?")
        self.column.setSpacing(GAP)
        head = QVBoxLayout()
        head.setSpacing(NEAR)
        head.addWidget(Text("PARTNER WIZARD", "overline"))
        head.addWidget(self.heading)
        head.addWidget(
            Text(
                "Answer at most twelve things, in about five minutes, for an honest first result: "
                "which forms the law and the facts leave open, "
                "which of them fit your aims, how firm that is, and what would change it. "
                "Everything stays on this computer.",
                "muted",
            )
        )
        self.column.addLayout(head)
        self._actions = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._actions.setSpacing(NEAR)
        self.new = button("&New case", shell.cases.new, "primary", about="Starts with what is wrong.")
        self.open = button("&Open a case …", shell.cases.choose, about="Opens a case that was saved.")
        self.go_on = button("&Continue", self._go_on, about="Goes on where you were.")
        for each in (self.new, self.open, self.go_on):
            self._actions.addWidget(each)
        self._actions.addStretch(1)
        self.column.addLayout(self._actions)
        self._further = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._further.setSpacing(GAP)
        self.workshop = button(
            "Run a workshop",
            self._run_workshop,
            "link",
            about="For the open case, or one that you choose: people vote apart, then see where they differ.",
        )
        self.book = button(
            "&Read the guidance",
            shell.book.open,
            "link",
            about="Opens the guidance book with its sources in the browser.",
        )
        self.tour = button(
            "&Take the tour",
            shell.tools.tour,
            "link",
            about="Shows what is where, on a worked example. It takes a minute and can be ended at any time.",
        )
        for each in (self.workshop, self.book, self.tour):
            self._further.addWidget(each)
        self._further.addStretch(1)
        self.column.addLayout(self._further)
        self.column.addSpacing(NEAR)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(GROUP)
        self._recent_box, self._recent = self._half("Recent cases")
        self._example_box, self._examples = self._half("Worked examples")
        self._halves.addWidget(self._recent_box, 1)
        self._halves.addWidget(self._example_box, 1)
        self.column.addLayout(self._halves)
        self.column.addSpacing(NEAR)
        head_data = self.session.pack.head
        self.column.addWidget(rule())
        self.column.addWidget(
            Text(
                f"Guidance: {head_data.title}, version {head_data.version}, checked {day(head_data.checked)}, "
                f"to be reviewed by {day(head_data.review_by)}. {head_data.disclaimer}",
                "small",
            )
        )
        self._last: Recent | None = None
        self.recent_cards: list[CaseCard] = []
        self._shown: list[Recent] | None = None
        self._list_examples()

    def _list_examples(self) -> None:
        self._examples.addWidget(Text("Each opens as a copy, so that you can try everything on it.", "small"))
        self.example_cards = [self._example(path) for path in sorted(examples_dir().glob(f"*{SUFFIX}"))]
        for card in self.example_cards:
            self._examples.addWidget(card)
        if not self.example_cards:
            self._examples.addWidget(Text("None came with this copy.", "muted"))

    def _half(self, title: str) -> tuple[QWidget, QVBoxLayout]:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(Text(title, "section"))
        inside = QVBoxLayout()
        inside.setSpacing(TIGHT)
        column.addLayout(inside)
        column.addStretch(1)
        return box, inside

    def resizeEvent(self, event: object) -> None:
        """Two columns where there is room for both."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= theme().px(760)
        for row in (self._halves, self._actions, self._further):
            row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def refresh(self) -> None:
        seen = self.shell.settings.text(SEEN, "") != ""
        self.tour.setText("&Take the tour" if seen else "First time here? &Take the tour")
        self.tour.setAccessibleName("Take the tour")
        recent = self.shell.settings.recent()
        self._offer_to_go_on(recent)
        if recent == self._shown:
            for card in self.recent_cards:
                card.refresh()
            return
        self._shown = recent
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.recent_cards = [self._recent_card(entry) for entry in recent]
        for card in self.recent_cards:
            self._recent.addWidget(card)
        if recent:
            clear = button("Clear this list", self._clear, "link", name="Clear the list of recent cases")
            clear.setProperty("role", "link")
            self._recent.addWidget(clear, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._recent.addWidget(
                Text("Cases that you save or open appear here, with what their answer was.", "muted")
            )

    def _offer_to_go_on(self, recent: list[Recent]) -> None:
        """The case that is open, else the one worked on last if its file is there."""
        case = self.session.case
        is_open = case != Case(pack=case.pack)
        last = next((entry for entry in sorted(recent, key=_age) if Path(entry.path).exists()), None)
        self._last = None if is_open else last
        self.go_on.setVisible(is_open or last is not None)
        title = case.title if is_open else (last.title or Path(last.path).stem) if last is not None else ""
        name = shortened(title or "the open case", 32)
        self.go_on.setText(f"&Continue with “{name}”".replace(f"“{name}”", f"“{name.replace('&', '&&')}”"))
        self.go_on.setAccessibleName(f"Continue with {name}")

    def _run_workshop(self) -> None:
        """On the case that is open, else on one that is chosen now."""
        from ui.workshop.places import SET_UP

        if self.session.case == Case(pack=self.session.case.pack):
            self.shell.cases.choose()
        if self.session.case != Case(pack=self.session.case.pack):
            self.shell.go(SET_UP)

    def _go_on(self) -> None:
        if self._last is not None:
            self._open(self._last)
        else:
            self.shell.cases.resume()

    def _recent_card(self, entry: Recent) -> CaseCard:
        path = Path(entry.path)
        title = entry.title or path.stem
        card = CaseCard(
            title,
            entry.verdict,
            f"{path.name}, {entry.day}" if entry.day else path.name,
            partial(self._open, entry),
            path,
        )
        card.add(
            button(
                "Unpin" if entry.pinned else "Pin",
                partial(self._pin, entry),
                "quiet",
                name=f"{'Unpin' if entry.pinned else 'Pin'} {title}",
                about="A pinned case stays at the top of this list.",
            )
        )
        card.add(
            button(
                "Remove",
                partial(self._forget, entry),
                "quiet",
                name=f"Remove {title} from the list",
                about="The file itself stays where it is.",
            )
        )
        return card

    def _example(self, path: Path) -> CaseCard:
        title, about = _about_example(self.session.pack, path)
        card = CaseCard(title, about, "", partial(self.shell.cases.open, path, as_copy=True), path)
        card.button.setAccessibleDescription(f"{about} Opens as a copy.")
        return card

    def _open(self, entry: Recent) -> None:
        if not Path(entry.path).exists():
            self.shell.tell_problem(
                "The file is not there",
                f"{entry.path}: there is no such file. Check the name and the folder.",
            )
            return
        self.shell.cases.open(Path(entry.path))

    def _pin(self, entry: Recent) -> None:
        self.shell.settings.pin(entry.path, pinned=not entry.pinned)
        self.refresh()
        found = [card for card in self.recent_cards if card.path == Path(entry.path)]
        if found:
            found[0].button.setFocus()

    def _forget(self, entry: Recent) -> None:
        self.shell.settings.forget(entry.path)
        self.refresh()
        (self.recent_cards[0].button if self.recent_cards else self.new).setFocus()

    def _clear(self) -> None:
        self.shell.settings.forget_all()
        self.refresh()
        self.new.setFocus()

    def footer(self) -> Footer:
        """The page has its own buttons."""
        return Footer("", self.shell.go_next)


class CaseCard(QFrame):
    """A case to open: title, what its answer was, and where it is."""

    def __init__(self, title: str, verdict: str, where: str, opened: object, path: Path) -> None:
        super().__init__()
        self.path = path
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, NEAR, NEAR, NEAR)
        row.setSpacing(NEAR)
        words = QVBoxLayout()
        words.setSpacing(HAIR)
        # Part of the card before anything is shown: a label shown without a parent would be a window of its own.
        row.addLayout(words, 1)
        self._title = Text(title, "strong")
        words.addWidget(self._title)
        self._verdict = Text(verdict, "small-ink")
        words.addWidget(self._verdict)
        self._verdict.setVisible(bool(verdict))
        self._where = Text(where, "small")
        self._where_text = where
        words.addWidget(self._where)
        self._where.setVisible(bool(where))
        words.addStretch(1)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(HAIR)
        self.button = button("Open", opened, "small", name=f"Open {title}", about=verdict)  # type: ignore[arg-type]
        self._buttons.addWidget(self.button)
        self._buttons.addStretch(1)
        row.addLayout(self._buttons)
        self.refresh()

    def add(self, extra: QWidget) -> None:
        """Adds a button under the one that opens."""
        self._buttons.insertWidget(self._buttons.count() - 1, extra)

    def refresh(self) -> None:
        """Grey, and says so, where the file is gone."""
        gone = not self.path.exists()
        self._title.set_role("muted" if gone else "strong")
        self._verdict.set_role("small" if gone else "small-ink")
        if gone:
            self._where.setText(f"{self._where_text}. The file is no longer there.")


def _age(entry: Recent) -> float:
    """How long ago the file was written, for sorting; a file that is gone is oldest."""
    try:
        return -Path(entry.path).stat().st_mtime
    except OSError:
        return 0.0


def _about_example(pack: Pack, path: Path) -> tuple[str, str]:
    """An example's title, and what kind of case it is in the words of its own answers."""
    try:
        case = load_case(path)
    except FileProblem:
        return path.stem.replace("-", " ").capitalize(), ""
    said = []
    roles = pack.head.roles
    for fact in dict.fromkeys((*roles.mandated_when.facts(), roles.reach)):
        question = pack.question_by_id.get(fact)
        answer = case.answers.get(fact)
        if question is not None and answer is not None:
            said += [choice.text for choice in question.choices if choice.id == answer.value]
    partners = counted(len(case.partners), "possible partner") if case.partners else "no partner named"
    return case.title or path.stem, ". ".join([*said, partners.capitalize()]) + "."
