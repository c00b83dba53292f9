"""The menu bar: everything that can be done, with its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, get_args

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from partnerwizard.case.file import SUFFIX
from partnerwizard.resources import examples_dir
from ui.motion import motion
from ui.places import REPORT, START
from ui.theme import Choice, theme
from ui.workshop.places import WORKSHOP_PLACES

if TYPE_CHECKING:
    from ui.window import MainWindow

LOOKS: dict[Choice, str] = {
    "system": "&Follow the system",
    "light": "&Light",
    "dark": "&Dark",
    "contrast": "&High contrast",
}


class Menus:
    """Makes the menus and keeps those actions whose words or state change."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        bar = window.menuBar()
        self._menus: list[QMenu] = []
        file = self._menu("&File")
        self._add(file, "&New case", window.cases.new, QKeySequence.StandardKey.New)
        self._add(file, "&Open …", window.cases.choose, QKeySequence.StandardKey.Open)
        self._examples(file)
        self._add(file, "S&tart page", partial(window.go, START), "Ctrl+Home")
        file.addSeparator()
        self.save = self._add(file, "&Save", window.cases.save, QKeySequence.StandardKey.Save)
        self.save_as = self._add(file, "Save &as …", window.cases.save_as, "Ctrl+Shift+S")
        self.export = self._add(file, "&Write the report …", partial(window.go, REPORT), "Ctrl+E")
        self.print = self._add(file, "&Print the report …", window.tools.print, QKeySequence.StandardKey.Print)
        self.nameless = self._add(file, "Save a copy without na&mes …", window.cases.save_without_names)
        self.versions = self._add(file, "Earlier &versions …", window.cases.show_versions)
        file.addSeparator()
        self._add(file, "&Quit", window.close, "Ctrl+Q")
        edit = self._menu("&Edit")
        self.undo = self._add(edit, "&Undo", window.session.undo, QKeySequence.StandardKey.Undo)
        self.redo = self._add(edit, "&Redo", window.session.redo, "Ctrl+Shift+Z", "Ctrl+Y")
        edit.addSeparator()
        self.copy_picture = self._add(edit, "Copy the answer’s &picture", window.tools.copy_picture, "Ctrl+Shift+P")
        self.copy_figures = self._add(edit, "Copy the answer’s &figures", window.tools.copy_figures, "Ctrl+Shift+C")
        view = self._menu("&View")
        self.present = self._add(view, "&Present to a room", window.tools.present, "F5", "F11")
        view.addSeparator()
        self._add(view, "Zoom &in", partial(theme().zoom_by, 1), "Ctrl++", "Ctrl+=")
        self._add(view, "Zoom &out", partial(theme().zoom_by, -1), "Ctrl+-")
        self._add(view, "&Normal size", partial(theme().set_zoom, 100), "Ctrl+0")
        view.addSeparator()
        looks = QActionGroup(window)
        self.looks: dict[Choice, QAction] = {}
        for choice in get_args(Choice):
            action = self._add(view, LOOKS[choice], partial(window.choose_look, choice))
            action.setCheckable(True)
            action.setChecked(theme().choice == choice)
            looks.addAction(action)
            self.looks[choice] = action
        view.addSeparator()
        moving = self._add(view, "Changes &move smoothly", lambda: window.tools.set_motion(moving.isChecked()))
        moving.setCheckable(True)
        moving.setChecked(motion().choice == "system")
        go = self._menu("&Go")
        self.on = self._add(go, "&Next step", window.go_next, "Alt+Right")
        self.back = self._add(go, "&Step before", window.go_back, "Alt+Left")
        self.next_ask = self._add(go, "&Answer the next question that counts", window.open_next_ask, "Ctrl+J")
        self.steps = self._add(go, "&List of steps …", window.focus_steps, "Ctrl+L")
        self.why = self._add(go, "&Why a form is in or out …", window.explain, "Ctrl+D")
        go.addSeparator()
        self.places = [
            self._add(
                go,
                place.title.replace("&", "&&"),
                partial(window.go, place.id),
                *([f"Ctrl+{number}"] if number < 10 else []),
            )
            for number, place in enumerate(window.places, 1)
        ]
        workshop = self._menu("Worksho&p")
        self.workshop = [
            self._add(workshop, place.title, partial(window.go, place.id), f"Ctrl+Alt+{number}")
            for number, place in enumerate(WORKSHOP_PLACES, 1)
        ]
        workshop.addSeparator()
        self.project = self._add(workshop, "Show it to the room", window.project, "Shift+F5")
        help_ = self._menu("&Help")
        self._add(help_, "&User guide (in the browser)", window.guide.open)
        self._add(help_, "&Keyboard shortcuts", window.show_shortcuts, "F1", "Ctrl+/")
        self._add(help_, "&Glossary …", window.show_glossary, "Ctrl+G")
        self._add(help_, "Guidance &book (in the browser)", window.book.open)
        self._add(help_, "Take the &tour", window.tools.tour)
        self._add(help_, "&About Partner Wizard", window.tools.about)
        for menu in self._menus:
            bar.addMenu(menu)

    def _menu(self, title: str) -> QMenu:
        menu = QMenu(title, self._window)
        self._menus.append(menu)
        return menu

    def _add(
        self, menu: QMenu, text: str, triggered: Callable[[], object], *keys: str | QKeySequence.StandardKey
    ) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _=False: triggered())
        menu.addAction(action)
        return action

    def _examples(self, file: QMenu) -> None:
        examples = QMenu("Open an &example", self._window)
        for path in sorted(examples_dir().glob(f"*{SUFFIX}")):
            title = path.stem.replace("-", " ").capitalize()
            self._add(examples, title, partial(self._window.cases.open, path, as_copy=True))
        examples.setEnabled(not examples.isEmpty())
        file.addMenu(examples)
        self._example_menu = examples

    def keys(self) -> Iterator[tuple[QKeySequence, str]]:
        """Every key with what it does."""
        for menu in self._menus:
            for action in menu.actions():
                if not action.shortcut().isEmpty():
                    yield (
                        action.shortcut(),
                        action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").strip(" …"),
                    )

    def refresh(self, *, at_start: bool) -> None:
        """Names what undo and redo would do, and turns off what cannot be done now."""
        session = self._window.session
        for action, word, name in ((self.undo, "&Undo", session.undo_name), (self.redo, "&Redo", session.redo_name)):
            action.setText(f"{word} “{name.replace('&', '&&')}”" if name else word)
            action.setEnabled(name is not None)
        for action in (
            self.save,
            self.save_as,
            self.export,
            self.on,
            self.back,
            self.next_ask,
            self.steps,
            self.why,
            *self.places,
        ):
            action.setEnabled(not at_start)
        for action in self.workshop:
            action.setEnabled(not at_start)
        found = self._window.workshop.workshop
        self.project.setEnabled(not at_start and found is not None and bool(found.rounds))
        answered = not at_start and session.appraisal is not None
        for action in (self.present, self.copy_picture, self.copy_figures, self.print):
            action.setEnabled(answered)
