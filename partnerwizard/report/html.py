"""The report as one self-contained HTML file: no script, nothing fetched, light and dark, screen and paper."""

from __future__ import annotations

from functools import cache

import jinja2

from partnerwizard.report.blocks import Report
from partnerwizard.report.look import palettes
from partnerwizard.report.page import OPTIONS, PAGE, cleaned, equip, given
from partnerwizard.resources import templates_dir


def render_html(report: Report) -> str:
    """The whole report as a page; the same report gives the same text."""
    return _template().render(given(report, *palettes(report.accent)))


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(  # noqa: S701 - OPTIONS escapes all text
        loader=jinja2.FileSystemLoader(templates_dir()), finalize=cleaned, auto_reload=False, **OPTIONS
    )
    equip(environment)
    return environment.get_template(PAGE)
