"""A case answered under another edition of the guidance: what the advice was, what it is now, and going on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerwizard.appraisal.fit import reference_to
from partnerwizard.case.edit import adopt_pack
from partnerwizard.report.words import VERDICT, day
from ui.tokens import NEAR, TIGHT
from ui.widgets.reading import ReadingDialog
from ui.widgets.text import Text, button, rule

if TYPE_CHECKING:
    from ui.window import MainWindow


class GuidanceNotice(QWidget):
    """A line over the page that says so, for as long as it is so."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("role", "canvas")
        row = QHBoxLayout(self)
        row.setContentsMargins(NEAR, TIGHT, NEAR, TIGHT)
        self.text = Text("The guidance has changed since this case was last answered.", "strong")
        self.show_change = button(
            "What changed in the advice", self._show, "link", about="Compares the advice then and now."
        )
        row.addWidget(self.text)
        row.addWidget(self.show_change)
        row.addStretch(1)
        self.hide()

    def refresh(self) -> None:
        """Shows or hides the line."""
        self.setVisible(self._window.session.guidance_changed)

    def _show(self) -> None:
        GuidanceChange(self._window).exec()


class GuidanceChange(ReadingDialog):
    """The advice under the earlier guidance beside that of now."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "The guidance has changed")
        self._session = window.session
        case, pack, now = self._session.case, self._session.pack, self._session.appraisal
        before = case.pack
        assert before is not None
        self.column.addWidget(Text("Guidance", "section"))
        self.column.addWidget(Text(f"When this case was last answered: {before.id}, edition {before.version}"))
        self.column.addWidget(
            Text(f"Now: {pack.head.id}, edition {pack.head.version}, checked {day(pack.head.checked)}")
        )
        if before.id == pack.head.id and before.version == pack.head.version:
            self.column.addWidget(Text("The edition has the same number, but its contents are not the same.", "hint"))
        self.column.addWidget(rule())
        self.column.addWidget(Text("Advice", "section"))
        advised = case.advised
        if advised is None:
            self.column.addWidget(Text("The case does not say what the advice was then, so it cannot be compared."))
        else:
            self.column.addWidget(Text(f"Then, for {day(advised.as_of)}", "strong"))
            self.column.addWidget(Text(advised.sentence))
        self.column.addWidget(Text(f"Now, for {day(self._session.as_of)}", "strong"))
        self.column.addWidget(Text("It is still being worked out." if now is None else now.verdict.sentence))
        if advised is not None and now is not None:
            self.column.addWidget(rule())
            self.column.addWidget(
                Text(_difference(advised.kind, advised.options, now.verdict.kind, now.verdict.options))
            )
        self.column.addWidget(
            Text(
                "To have the advice of the earlier edition again, open the case with that edition: on the command "
                "line with --pack and its folder.",
                "hint",
            )
        )
        self.column.addStretch(1)
        self.row.addWidget(
            button("Decide &later", self.reject, about="The line stays until you go on with the new one.")
        )
        self.row.addStretch(1)
        self.row.addWidget(button("&Go on with the new guidance", self._adopt, "primary"))
        self.fit(620)

    def _adopt(self) -> None:
        reference = reference_to(self._session.pack)
        self._session.edit("New guidance", lambda case, at: adopt_pack(case, reference))
        self.accept()


def _difference(kind: str, options: tuple[str, ...], kind_now: str, options_now: tuple[str, ...]) -> str:
    """Whether the verdict and the options it names are the same."""
    if options == options_now:
        if kind == kind_now:
            return "The verdict is the same, and so are the options that it names."
        then, now = VERDICT.get(kind, kind).lower(), VERDICT.get(kind_now, kind_now).lower()
        return f"The same options are named; the verdict was “{then}” and is “{now}”."
    return "The advice is another one: it names other options than before."
