"""The start page: a new case, one that was saved, a worked example, or a recent one with what its answer was."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerwizard.case.file import SUFFIX
from partnerwizard.report.words import day
from partnerwizard.resources import examples_dir
from ui.pages.page import Page
from ui.settings import Recent
from ui.shell import Footer, Shell
from ui.theme import theme
from ui.tokens import GAP, GROUP, HAIR, NEAR, TIGHT
from ui.widgets.text import Text, button, rule


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
        actions = QHBoxLayout()
        actions.setSpacing(NEAR)
        self.new = button("&New case", shell.cases.new, "primary", about="Starts with what is wrong.")
        self.open = button("&Open a case …", shell.cases.choose, about="Opens a case that was saved.")
        actions.addWidget(self.new)
        actions.addWidget(self.open)
        actions.addStretch(1)
        self.column.addLayout(actions)
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
        self.recent_cards: list[CaseCard] = []
        self._shown: list[Recent] | None = None
        self._list_examples()

    def _list_examples(self) -> None:
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
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def refresh(self) -> None:
        recent = self.shell.settings.recent()
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

    def _recent_card(self, entry: Recent) -> CaseCard:
        path = Path(entry.path)
        title = entry.title or path.stem
        return CaseCard(
            title,
            entry.verdict,
            f"{path.name}, {entry.day}" if entry.day else path.name,
            partial(self._open, entry),
            path,
        )

    def _example(self, path: Path) -> CaseCard:
        name = path.stem.replace("-", " ")
        return CaseCard(
            name[:1].upper() + name[1:],
            "Opens as a copy, so that you can try everything on it.",
            "",
            partial(self.shell.cases.open, path, as_copy=True),
            path,
        )

    def _open(self, entry: Recent) -> None:
        if not Path(entry.path).exists():
            self.shell.tell_problem(
                "The file is not there",
                f"{entry.path}: there is no such file. Check the name and the folder.",
            )
            return
        self.shell.cases.open(Path(entry.path))

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
        self._path = path
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, NEAR, NEAR, NEAR)
        row.setSpacing(NEAR)
        words = QVBoxLayout()
        words.setSpacing(HAIR)
        words.addWidget(Text(title, "strong"))
        if verdict:
            words.addWidget(Text(verdict, "small-ink"))
        self._where = Text(where, "small")
        self._where_text = where
        words.addWidget(self._where)
        self._where.setVisible(bool(where))
        row.addLayout(words, 1)
        self.button = button("Open", opened, "small", name=f"Open {title}", about=verdict)  # type: ignore[arg-type]
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.refresh()

    def refresh(self) -> None:
        """Says so where the file is gone."""
        if not self._path.exists():
            self._where.setText(f"{self._where_text}. The file is no longer there.")
