"""Looks at a page that an organisation's own template made: it must be as harmless as the program's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from partnerwizard.report.page import POLICY

_FIRST = {"html", "head"}
_FORBIDDEN = {
    *("script", "noscript", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "template"),
    *("base", "form", "input", "button", "textarea", "select", "link", "math", "foreignobject"),
    *("animate", "animatemotion", "animatetransform", "set", "video", "audio", "source", "track", "dialog"),
}
_PICTURE = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
_ADDRESS = re.compile(r"(#|https?://|mailto:)", re.IGNORECASE)
_FETCHING = {"src", "srcset", "data", "poster", "background", "formaction", "action", "ping", "srcdoc", "manifest"}
_FETCHING_STYLE = re.compile(r"@import|url\s*\(|image-set\s*\(|\\", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a page must not hold, and a pattern by which its place in a template can be found."""

    what: str
    todo: str
    pattern: str


def look_at(html: str) -> Finding | None:
    """The first thing in a page that must not be there."""
    guard = _Guard()
    try:
        guard.feed(html)
        guard.close()
    except AssertionError:  # how Python's parser says that it cannot make sense of a declaration
        return Finding(
            "the page that it makes cannot be used: it holds a declaration that cannot be read",
            "Take out what begins with <! beside the document type and comments.",
            r"<!\s*\[",
        )
    if guard.finding is None and not guard.protected:
        guard.unprotected()
    return guard.finding


class _Guard(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.finding: Finding | None = None
        self.protected = False
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._style = tag == "style"
        if tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            if given.get("content") != POLICY:
                self._find(
                    "its Content-Security-Policy is not the program's", "Write {{ policy }} there.", r"http-equiv"
                )
            self.protected = True
            return
        if tag == "meta" and "http-equiv" in given:
            self._find("it holds a meta element that acts (http-equiv)", "Take it out.", r"http-equiv")
        if not self.protected and not (tag in _FIRST or (tag == "meta" and set(given) == {"charset"})):
            self.unprotected()
        if tag in _FORBIDDEN:
            self._find(f"it holds <{tag}>", "Take it out: a report is read and does nothing.", rf"<\s*{tag}")
        for name, value in given.items():
            self._attribute(tag, name, value)

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        if not self.protected and data.strip():
            self.unprotected()
        if self._style and _FETCHING_STYLE.search(data):
            todo = "Take it out: the report is one file and fetches nothing."
            self._find(
                "its style sheet asks for another file, or hides something with \\", todo, _FETCHING_STYLE.pattern
            )

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_comment(self, data: str) -> None:
        if not self.protected:
            self.unprotected()

    unknown_decl = handle_comment
    handle_pi = handle_comment

    def unprotected(self) -> None:
        self._find(
            "something stands before its Content-Security-Policy, or the policy is missing",
            'Begin <head> with <meta charset="utf-8"> and then '
            '<meta http-equiv="Content-Security-Policy" content="{{ policy }}">.',
            r"<\s*head",
        )

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self._find(
                f"it holds a script ({name})", "Take it out: a report does nothing.", rf"\s{re.escape(name)}\s*="
            )
        elif name in _FETCHING:
            if not (tag == "img" and name == "src" and _PICTURE.fullmatch(value)):
                todo = 'Put pictures into the file itself: src="data:image/png;base64,…".'
                self._find(f"it asks for another file ({name})", todo, rf"\s{name}\s*=")
        elif name in {"href", "xlink:href"}:
            own = value.startswith("#")
            if not (own or (tag == "a" and _ADDRESS.match(value))):
                todo = "Links lead to https:// addresses, mail addresses or places in the page."
                self._find(f"it holds a link that leads elsewhere ({name})", todo, rf"{name}\s*=")
        elif name == "style" and _FETCHING_STYLE.search(value):
            self._find("a style asks for another file", "Take it out.", r"style\s*=")

    def _find(self, what: str, todo: str, pattern: str) -> None:
        if self.finding is None:
            self.finding = Finding(f"the page that it makes cannot be used: {what}", todo, pattern)
