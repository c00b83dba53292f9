"""A ballot as one HTML file: works offline on a phone, sends nothing, runs only its own script."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from functools import cache

import jinja2
from markupsafe import Markup

from partnerwizard.report.palette import DARK, LIGHT
from partnerwizard.report.text import one_line, plain
from partnerwizard.resources import templates_dir
from partnerwizard.workshop.ballot import GIVE, GIVES, MOST_SWING, STEP, Ballot

STATES = (("in-place", "In place"), ("partly", "Partly"), ("missing", "Missing"), ("dont-know", "Don’t know"))


def render_ballot(asked: Ballot, token: bytes, *, send: bool = False) -> str:
    """The ballot as a page; the same ballot gives the same text. `token`: the participant's own secret of the round.

    `send`: the page came from the room's own laptop and hands the vote back to it.
    """
    script, style = _part("ballot.js"), _style()
    reach = "'self'" if send else "'none'"
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'; "
        f"form-action 'none'; connect-src {reach}"
    )
    data = {
        "workshop": asked.workshop,
        "round": asked.round,
        "participant": asked.participant,
        "fingerprint": asked.fingerprint,
        "token": token.hex(),
        "weights": asked.weights,
        "aims": [each.id for each in asked.aims],
        "terms": [each.id for each in asked.terms],
        "gives": GIVES,
        "step": STEP,
        "most_swing": MOST_SWING,
    }
    return _template().render(
        ballot=asked,
        data=Markup(json.dumps(data).replace("<", "\\u003c")),  # noqa: S704 - ids and numbers, as JSON
        script=Markup(script),  # noqa: S704 - the project's own file
        style=Markup(style),  # noqa: S704 - the project's own file
        policy=policy,
        send=send,
        states=STATES,
        step=STEP,
        most_swing=MOST_SWING,
        gives=GIVES,
        usual_give=GIVE,
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _part(name: str) -> str:
    return (templates_dir() / "ballot" / name).read_text("utf-8")


@cache
def _style() -> str:
    def tokens(colors: dict[str, str]) -> str:
        return "".join(f"--{name.replace('_', '-')}:{color};" for name, color in colors.items())

    light, dark = tokens(LIGHT.tokens()), tokens(DARK.tokens())
    return f":root{{{light}}}\n{_part('ballot.css')}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_dir() / "ballot"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: one_line(plain(value)) if type(value) is str else value,
    )
    return environment.get_template("ballot.html.j2")
