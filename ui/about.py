"""What this program is: its version, its guidance and dates, licences, where the log is; and details to send on."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6 import __version__ as toolkit_version
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from partnerwizard import __version__
from partnerwizard.pack.model import Pack
from partnerwizard.report.words import day
from ui.theme import theme
from ui.widgets.choice import CheckCard
from ui.widgets.reading import ReadingDialog
from ui.widgets.text import Text, button

LICENCES = (
    "Free software under the MIT licence, with no warranty. The parts that come with it keep their own licences: "
    "Qt for Python (LGPL version 3), Open Sans (SIL Open Font License), Typst (Apache 2.0) and others. "
    "They are listed in LICENCES-THIRD-PARTY.md, beside the program."
)


class About(ReadingDialog):
    """All that somebody who helps would ask for. Folders are named only if one asks, for they hold the user's name."""

    def __init__(self, parent: QWidget, pack: Pack, log_file: Path | None) -> None:
        super().__init__(parent, "About Partner Wizard")
        self._pack = pack
        self._log_file = log_file
        column = self.column
        head = pack.head
        column.addWidget(Text(f"Partner Wizard {__version__}", "title"))
        column.addWidget(
            Text("Helps an NHS trust choose a form of partnering. It supports a decision; it never takes it.")
        )
        column.addWidget(Text("Guidance", "section"))
        column.addWidget(
            Text(
                f"{head.title}, version {head.version}. Checked {day(head.checked)}, "
                f"to be reviewed by {day(head.review_by)}. {head.disclaimer}"
            )
        )
        column.addWidget(Text("Licences", "section"))
        column.addWidget(Text(LICENCES))
        column.addWidget(Text("Log", "section"))
        column.addWidget(
            Text(
                "Errors are written to a log on this computer. It is never sent anywhere."
                if log_file is not None
                else "No log can be written on this computer."
            )
        )
        if log_file is not None:
            column.addWidget(button("Open the log’s &folder", self._open_log, "link"), 0, Qt.AlignmentFlag.AlignLeft)
        self.with_folders = CheckCard("Name folders in the details (they can hold your name)", compact=True, flat=True)
        column.addWidget(self.with_folders)
        self.copied = Text("", "small")
        self.copy = button("Copy &details", self._copy, about="Puts versions and dates on the clipboard.")
        self.shut = button("&Close", self.accept, "primary")
        self.row.addWidget(self.copied, 1)
        self.row.addWidget(self.copy)
        self.row.addWidget(self.shut)
        self.shut.setFocus()
        self.fit(600)

    def details(self, *, folders: bool) -> str:
        """Versions and dates, one a line."""
        head = self._pack.head
        lines = [
            f"Partner Wizard {__version__}",
            f"Guidance: {head.id} {head.version}, checked {head.checked}, review by {head.review_by}",
            f"Python {platform.python_version()}, Qt for Python {toolkit_version}",
            f"System: {platform.system()} {platform.release()}, {platform.machine()}",
            f"Window: {QApplication.platformName()}, {theme().look}, {theme().zoom} %",
        ]
        if folders and self._log_file is not None:
            lines.append(f"Log: {self._log_file}")
        return "\n".join(lines) + "\n"

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.details(folders=self.with_folders.isChecked()))
        self.copied.setText("Copied.")

    def _open_log(self) -> None:
        if self._log_file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_file.parent)))
