"""The report as one self-contained HTML file: no script, nothing fetched, light and dark, screen and paper."""

from __future__ import annotations

from base64 import b64encode
from functools import cache

import jinja2
from markupsafe import Markup

from partnerwizard.report.blocks import Break, Chart, Cite, Report
from partnerwizard.report.charts.marks import Picture, draw
from partnerwizard.report.look import palettes
from partnerwizard.report.palette import Palette
from partnerwizard.report.text import plain
from partnerwizard.resources import templates_dir

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def render_html(report: Report) -> str:
    """The whole report as a page; the same report gives the same text."""
    light, dark = palettes(report.accent)
    return _template().render(report=report, palette=light, light=light.tokens(), dark=dark.tokens(), policy=_POLICY)


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
    environment.filters["drawn"] = _drawn
    environment.filters["base64"] = lambda data: b64encode(data).decode()
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    environment.tests["cite"] = lambda span: isinstance(span, Cite)
    environment.tests["line_break"] = lambda span: isinstance(span, Break)
    return environment.get_template("report.html.j2")


def _drawn(chart: Chart, picture: Picture, palette: Palette) -> Markup:
    """The chart's SVG, made by the project's own template from escaped texts."""
    return Markup(draw(picture, palette, title=plain(chart.alt), hold_widths=True))  # noqa: S704
