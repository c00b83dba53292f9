"""Drives the window through the accessibility tree alone, as assistive technology would: no keys, no mouse, no code.

    /usr/bin/python3 tools/verify/walker.py walk FOLDER PROGRAM ...     from the start page to a report in FOLDER
    /usr/bin/python3 tools/verify/walker.py look PROGRAM ...            only looks at what the program shows

Run inside a session bus of its own, on the system's Python, whose pyatspi reaches the bus. Prints one line for each
thing done (`done: …`) and for each thing found wanting (`wanting: …`); exit status 1 if the walk could not be finished.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyatspi

PATIENCE = 40.0
PAUSE = 0.05
NAMED = {
    "push button", "toggle button", "radio button", "check box", "text", "entry", "combo box", "spin button", "slider",
    "menu item", "check menu item", "radio menu item", "image", "icon", "heading", "list", "table", "progress bar",
    "page tab",
}  # fmt: skip
"""Roles that say nothing to a listener without a name."""
PRESSED = {"push button", "toggle button", "radio button", "check box", "menu item"}


class Stuck(Exception):
    """The walk cannot go on; its text says where and why."""


class Tree:
    """What the program shows to assistive technology at the moment."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.root = self._wait("the program to appear on the bus", self._find)

    def _find(self) -> Any:
        for each in pyatspi.Registry.getDesktop(0):
            if each is not None and each.get_process_id() == self._process.pid and each.childCount:
                return each
        return None

    def _wait(self, what: str, ready: Any) -> Any:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise Stuck(f"the program ended with {self._process.returncode} while waiting for {what}")
            try:
                found = ready()
            except Exception:  # noqa: BLE001 - what is asked of may be gone by the time it answers
                found = None
            if found:
                return found
            time.sleep(PAUSE)
        raise Stuck(f"waited {PATIENCE:.0f} seconds for {what}")

    def all(self) -> Iterator[Any]:
        """Everything in view, in the order of the tree."""
        yield from self._below(self.root)

    def _below(self, node: Any) -> Iterator[Any]:
        for child in node:
            if child is None:
                continue
            # A menu's entries are there, out of view, all the time.
            if child.getRoleName() in {"frame", "dialog", "alert", "window"} or _is(child, pyatspi.STATE_SHOWING):
                yield child
                if child.getRoleName() != "menu item":
                    yield from self._below(child)

    def find(self, role: str, name: str) -> Any:
        """The first in view of this role whose name is this, or begins so."""
        begins = None
        for each in self.all():
            if each.getRoleName() == role:
                if each.name == name:
                    return each
                if begins is None and each.name.startswith(name):
                    begins = each
        return begins

    def wait(self, role: str, name: str) -> Any:
        """The same, as soon as it is there."""
        return self._wait(f"the {role} “{name}”", lambda: self.find(role, name))

    def press(self, role: str, name: str) -> None:
        """Does what the control offers to be done with it."""
        control = self.wait(role, name)
        if not _is(control, pyatspi.STATE_ENABLED):
            raise Stuck(f"the {role} “{control.name}” cannot be pressed: it is not enabled")
        actions = control.queryAction()
        offered = [actions.getName(number) for number in range(actions.nActions)]
        wanted = next((each for each in ("Press", "Toggle", "Check") if each in offered), None)
        if wanted is None:
            raise Stuck(f"the {role} “{control.name}” offers only {offered}")
        actions.doAction(offered.index(wanted))

    def type(self, name: str, text: str) -> None:
        """Puts words into a field."""
        field = self.wait("text", name)
        if not field.queryEditableText().setTextContents(text):
            raise Stuck(f"the field “{name}” takes no text")
        self._wait(f"the text in “{name}”", lambda: field.queryText().getText(0, -1) == text)

    def is_checked(self, role: str, name: str) -> None:
        """Waits until a control says that it is chosen."""
        self._wait(f"the {role} “{name}” to be checked", lambda: _is(self.find(role, name), pyatspi.STATE_CHECKED))


def _is(node: Any, state: Any) -> bool:
    return bool(node.getState().contains(state))


def wanting(tree: Tree) -> list[str]:
    """What is in view and says too little: controls without a name, a heading or an action."""
    found, headings = [], 0
    for each in tree.all():
        role, name = each.getRoleName(), each.name.strip()
        headings += role == "heading" and bool(name)
        if role in NAMED and not name:
            found.append(f"a {role} has no name (in {_where(each)})")
        if role in PRESSED and _is(each, pyatspi.STATE_ENABLED):
            try:
                actions = each.queryAction().nActions
            except NotImplementedError:
                actions = 0
            if not actions:
                found.append(f"the {role} “{name}” offers nothing to do")
    if not headings:
        found.append("there is no heading")
    return found


def _where(node: Any) -> str:
    names = []
    while node is not None and node.getRoleName() != "application":
        if node.name:
            names.append(f"{node.getRoleName()} “{node.name[:60]}”")
        node = node.parent
    return " in ".join(names) or "no named place"


class Walk:
    """From the start page to a written report, looking at each page on the way."""

    def __init__(self, tree: Tree, folder: Path) -> None:
        self.tree = tree
        self.folder = folder
        self.looked = 0

    def page(self, title: str) -> None:
        """Waits for a page, and says what is wanting on it."""
        self.tree.wait("frame", f"{title} – ")
        for problem in wanting(self.tree):
            print(f"wanting: {title}: {problem}", flush=True)
        count = sum(each.getRoleName() in NAMED for each in self.tree.all())
        self.looked += count
        print(f"done: {title}: {count} controls, headings and pictures", flush=True)

    def choose(self, answer: str) -> None:
        """One answer of a question."""
        self.tree.press("radio button", answer)
        self.tree.is_checked("radio button", answer)

    def go_on(self) -> None:
        """On to the next page."""
        self.tree.press("push button", "Continue")

    def run(self) -> None:
        """The whole way."""
        tree = self.tree
        tree.wait("push button", "New case")
        for problem in wanting(tree):
            print(f"wanting: start page: {problem}", flush=True)
        tree.press("push button", "New case")
        self.page("What is wrong")
        tree.type("What is wrong, in your own words", "The rota cannot be filled")
        for cause in ("Too few staff to be had: surely", "Too small: probably"):
            tree.press("check box", cause)
            tree.is_checked("check box", cause)
        self.go_on()
        self.page("Your own hunch")
        tree.press("push button", "Skip for now")
        self.page("Your own choice or mandated")
        self.choose("Our own choice")
        self.go_on()
        self.page("How wide it reaches")
        self.choose("One clinical service")
        self.go_on()
        self.page("Who you might work with")
        tree.type("Name of a possible partner", "Eastmarsh Hospitals")
        tree.press("push button", "Add partner")
        self.choose("Strong")
        self.go_on()
        self.page("What exists already")
        self.choose("Practical support")
        self.go_on()
        self.page("What should get better")
        for aim in ("The fragile service can go on", "Clinical quality and safety"):
            tree.press("check box", aim)
            tree.wait("push button", f"Move {aim} up")
        tree.press("push button", "Move Clinical quality and safety up")
        self.go_on()
        self.page("What must not be lost")
        self.go_on()
        self.page("What the change may ask")
        tree.press("check box", "Time until it helps")
        tree.wait("push button", "Move Time until it helps up")
        self.go_on()
        self.page("Answer so far")
        tree.wait("image", "Points against carrying on")
        for place in self.others():
            tree.press("push button", place)
            self.page(place)
        tree.press("push button", "Report, ")
        self.page("Report")
        tree.type("Folder for the report", str(self.folder))
        tree.press("push button", "Write the report")
        tree.wait("label", "Written: ")
        print(f"done: the report is written; {self.looked} controls, headings and pictures were looked at", flush=True)

    def others(self) -> list[str]:
        """The places of the step list after the answer, the report apart."""
        steps = [each.name for each in self.tree.all() if each.description == "Goes to this step."]
        here = next(number for number, name in enumerate(steps) if name.startswith("Answer so far"))
        return [name.split(", ")[0] for name in steps[here + 1 :] if not name.startswith("Report")]


def main() -> int:
    """Starts the program and walks."""
    kind, *rest = sys.argv[1:]
    folder, command = (Path(rest[0]), rest[1:]) if kind == "walk" else (Path(), rest)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        tree = Tree(process)
        if kind == "walk":
            Walk(tree, folder).run()
        else:
            tree.wait("push button", "")
            for problem in wanting(tree):
                print(f"wanting: {problem}", flush=True)
    except Stuck as stuck:
        print(f"stuck: {stuck}", flush=True)
        return 1
    finally:
        process.terminate()
        process.wait(20)
    return 0


if __name__ == "__main__":
    sys.exit(main())
