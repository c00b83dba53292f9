"""What every template of the HTML report can use: the same for the built-in one and for an organisation's own."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import jinja2
from markupsafe import Markup

from partnerwizard.report.blocks import Break, Chart, Cite, Report
from partnerwizard.report.charts.marks import Picture, draw
from partnerwizard.report.palette import Palette
from partnerwizard.report.text import plain

PAGE = "report.html.j2"
"""The template that makes the page."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What a browser may do with the page: draw it."""

OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "undefined": jinja2.StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}


def equip(environment: jinja2.Environment) -> None:
    """Adds the report's own filters and tests."""
    environment.filters["drawn"] = _drawn
    environment.filters["base64"] = lambda data: b64encode(data).decode()
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    environment.tests["cite"] = lambda span: isinstance(span, Cite)
    environment.tests["line_break"] = lambda span: isinstance(span, Break)


def cleaned(value: object) -> object:
    """A value as it is written: plain text without what no page can carry."""
    return plain(value) if type(value) is str else value


def given(report: Report, light: Palette, dark: Palette) -> dict[str, Any]:
    """What a template is given."""
    return {"report": report, "palette": light, "light": light.tokens(), "dark": dark.tokens(), "policy": POLICY}


def _drawn(chart: Chart, picture: Picture, palette: Palette) -> Markup:
    """The chart's SVG, made by the project's own template from escaped texts."""
    return Markup(draw(picture, palette, title=plain(chart.alt), hold_widths=True))  # noqa: S704
