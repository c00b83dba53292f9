"""Applies the tokens to the application: font, palette and stylesheet, for the system's scheme and the user's zoom."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from partnerwizard.resources import templates_dir
from ui.stylesheet import stylesheet
from ui.tokens import BODY, COLOURS, FAMILY, Colours, Look

Choice = Literal["system", "light", "dark", "contrast"]

ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)


class Theme(QObject):
    """The looks of the whole application. `changed` says that colours or sizes are new."""

    about_to_change = Signal()
    """Every widget there is will be styled anew: the time to let go of what is not in view."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._zoom = 100
        self._choice: Choice = "system"
        self._applied: tuple[Look, int] | None = None
        for font in ("Regular", "Semibold", "Bold", "Italic"):
            QFontDatabase.addApplicationFont(str(templates_dir() / "fonts" / f"OpenSans-{font}.ttf"))
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._apply)
        app.styleHints().accessibility().contrastPreferenceChanged.connect(self._apply)
        self._apply()

    @property
    def zoom(self) -> int:
        """Size of everything in per cent."""
        return self._zoom

    @property
    def choice(self) -> Choice:
        """What the user asked for: the system's scheme, or one of ours."""
        return self._choice

    @property
    def look(self) -> Look:
        """The look in force."""
        hints = self._app.styleHints()
        dark = hints.colorScheme() == Qt.ColorScheme.Dark
        contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        match self._choice:
            case "light":
                return "light"
            case "dark":
                return "dark"
            case "contrast":
                contrast = True
            case "system":
                pass
        if contrast:
            return "contrast-dark" if dark else "contrast-light"
        return "dark" if dark else "light"

    @property
    def colours(self) -> Colours:
        """The colours in force."""
        return COLOURS[self.look]

    def px(self, size: float) -> int:
        """A size of the tokens at the present zoom."""
        return round(size * self._zoom / 100)

    def font(self, size: float, *, semibold: bool = False) -> QFont:
        """The family at a token's size."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.DemiBold if semibold else QFont.Weight.Normal)
        return font

    def set_zoom(self, zoom: int) -> None:
        """Sets the size of everything, from 80 to 200 per cent."""
        self._zoom = max(ZOOM_STEPS[0], min(ZOOM_STEPS[-1], zoom))
        self._apply()

    def zoom_by(self, steps: int) -> None:
        """Goes that many steps larger or smaller."""
        nearest = min(range(len(ZOOM_STEPS)), key=lambda index: abs(ZOOM_STEPS[index] - self._zoom))
        self.set_zoom(ZOOM_STEPS[max(0, min(len(ZOOM_STEPS) - 1, nearest + steps))])

    def choose(self, choice: Choice) -> None:
        """Follows the system, or keeps to one look."""
        self._choice = choice
        self._apply()

    def _apply(self) -> None:
        now = (self.look, self._zoom)
        if now == self._applied:
            return
        self._applied = now
        self.about_to_change.emit()
        self._app.setFont(self.font(BODY))
        self._app.setPalette(_palette(self.colours))
        self._app.setStyleSheet(stylesheet(self.colours, self.px))
        self.changed.emit()


def theme() -> Theme:
    """The application's theme; made on first use."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    found = app.findChild(Theme)
    return found if found is not None else Theme(app)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.canvas,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Base: colours.paper,
        QPalette.ColorRole.AlternateBase: colours.canvas,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Button: colours.paper,
        QPalette.ColorRole.ButtonText: colours.ink,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.ToolTipBase: colours.paper,
        QPalette.ColorRole.ToolTipText: colours.ink,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.LinkVisited: colours.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return palette
