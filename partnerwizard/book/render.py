"""The review book as one self-contained HTML file: no script, nothing fetched, light and dark, screen and paper."""

from __future__ import annotations

from datetime import date
from functools import cache

import jinja2

from partnerwizard.book.view import View
from partnerwizard.pack.check import check_pack
from partnerwizard.pack.load import PackFiles, PackProblem
from partnerwizard.report import words
from partnerwizard.report.palette import DARK, LIGHT
from partnerwizard.report.text import plain
from partnerwizard.resources import templates_dir

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_TAKES = {"none": "no partner", "one": "one partner", "several": "several partners"}


def render_book(files: PackFiles, on: date) -> str:
    """The whole pack as a page for reviewers, with what is due for review on a day; the same input gives the same text.

    Raises PackProblem with every finding where the pack refers to what is not there, because such a book would mislead.
    What is only overdue is printed, not refused.
    """
    if findings := check_pack(files, date.min):
        raise PackProblem(findings)
    return _template().render(
        view=View(files, on), pack=files.pack, light=LIGHT.tokens(), dark=DARK.tokens(), policy=_POLICY
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_dir()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
    environment.filters |= {
        "day": words.day,
        "months": words.months,
        "pounds": words.pounds,
        "capital": words.capital,
        "listed": words.listed,
        "counted": words.counted,
        "takes": lambda takes: words.listed((_TAKES[each] for each in takes), "or"),
        "level": _level,
        "signed": _signed,
        "percent": _percent,
        "css_text": _css_text,
    }
    environment.tests["web"] = lambda address: str(address).startswith(("https://", "http://"))
    environment.globals |= {
        "GROUND": words.GROUND,
        "BASIS": words.BASIS,
        "FAMILY": words.FAMILY,
        "EFFECT": words.EFFECT,
        "KIND": {
            "form": "form",
            "service-model": "service model",
            "contract": "contract, described and never ranked",
            "regime": "regime, described and never an option",
        },
        "SCOPE": {"trust": "about the trust", "partner": "about each partner", "context": "about the context"},
        "BRANCH": {"aims": "Aims", "terms": "Terms"},
    }
    return environment.get_template("book.html.j2")


def _signed(value: float) -> str:
    """A number with its sign: +0.5, −1.25, 0."""
    return "0" if value == 0 else f"{'+' if value > 0 else words.MINUS}{abs(value):g}"


def _level(value: float | None) -> str:
    """A level of a rating, or a question mark where it is not known."""
    return "?" if value is None else _signed(value)


def _percent(part: int, whole: int) -> str:
    """A share of a count in whole per cent."""
    return f"{100 * part / whole:.0f}{words.NBSP}%" if whole else "none"


def _css_text(text: str) -> str:
    """Text for inside a quoted string of a style sheet: every character but plain letters and digits by its number."""
    return "".join(
        each if each.isascii() and each.isalnum() else f"\\{ord(each):06x}" for each in plain(text).replace("\n", " ")
    )
