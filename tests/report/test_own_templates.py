"""An organisation's own templates: what they can do, what they cannot, and what happens when one is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerwizard import resources
from partnerwizard.cli import main
from partnerwizard.files import FileProblem
from partnerwizard.report.blocks import Report
from partnerwizard.report.compose import compose
from partnerwizard.report.html import render_html
from partnerwizard.report.look import palettes
from partnerwizard.report.own import render, worker
from partnerwizard.report.own.folder import MOST_BYTES, MOST_FILES, OwnTemplates, load
from partnerwizard.report.own.guard import look_at
from partnerwizard.report.own.render import Cancelled, Page, render_with
from partnerwizard.report.page import POLICY, given
from tests.report.cases import CASES, usual
from tests.report.test_formats import hostile

HEAD = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<title>t</title></head>'
)


@pytest.fixture(scope="module")
def report() -> Report:
    return compose(*usual())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "templates"
    found.mkdir()
    return found


def through(report: Report, folder: Path, page: str = "", **others: str) -> Page:
    files = ({"report.html.j2": page} if page else {}) | {
        name.replace("__", "/").replace("_", "."): text for name, text in others.items()
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return render_with(report, load(folder))


def test_a_copy_of_the_programs_template_gives_the_same_page(report: Report, folder: Path) -> None:
    page = through(report, folder, (resources.templates_dir() / "report.html.j2").read_text(encoding="utf-8"))
    assert page == Page(render_html(report))
    assert through(report, folder) == page


def test_one_part_can_be_replaced_and_the_rest_stays(report: Report, folder: Path) -> None:
    own = (
        '{% extends "builtin/report.html.j2" %}{% import "parts/us.j2" as us %}\n'
        '{% block foot %}<footer id="ours"><p>{{ us.name }}: {{ report.title }}</p>{{ all(report.front) }}</footer>'
        "{% endblock %}"
    )
    page = through(report, folder, own, parts__us_j2="{% set name = 'Westmere <office>' %}")
    assert page.problem is None
    built_in = render_html(report)
    assert page.html.startswith(built_in[: built_in.rindex("<footer>")])
    assert f'<footer id="ours"><p>Westmere &lt;office&gt;: {report.title}</p>' in page.html


def test_the_style_sheet_alone_can_be_replaced(report: Report, folder: Path) -> None:
    page = through(report, folder, report_css='{% include "builtin/report.css" %}\nh1{letter-spacing:.01em}')
    assert page.problem is None
    assert page.html.replace("h1{letter-spacing:.01em}", "", 1) == render_html(report)


def test_what_people_typed_is_escaped_in_own_templates_too(folder: Path) -> None:
    typed = compose(*hostile())
    own = (
        HEAD + "<body><p title='{{ report.title }}'>{{ report.title }}{% set x = report.title %}{{ x ~ x }}</p></body>"
    )
    page = through(typed, folder, own + "</html>")
    assert page.problem is None
    assert "<script" not in page.html
    assert page.html.count("&lt;script&gt;") == 4


def wrong() -> Iterator[tuple[str, str, int | None, str]]:
    """Hostile and mistaken templates: a name, the text, the line to be named, and what is said of it."""
    sandbox = "unsafe"
    for name, expression in {
        "class": "''.__class__",
        "mro": "''.__class__.__mro__[1].__subclasses__()",
        "attr": "''|attr('__class__')",
        "item": "report['__class__']",
        "format": "'{0.__class__}'.format(report)",
        "format-map": "'{a.__class__}'.format_map({'a': report})",
        "globals": "cycler.__init__.__globals__",
        "lipsum-gone": "lipsum.__globals__",
        "joiner": "joiner.__init__.__globals__.os",
        "self": "self.__init__.__globals__",
        "macro-code": "all.__call__",
        "bytes": "report.day.__reduce__()",
    }.items():
        yield name, f"\n\n{{{{ {expression} }}}}", 3, "" if name in {"lipsum-gone", "self", "macro-code"} else sandbox
    yield "changes", "\n{% set x = [] %}{{ x.append(1) }}", 2, "unsafe"
    yield "range", "\n{% for a in range(10**9) %}{% endfor %}", 2, "ange"
    yield "memory", "\n{{ 'x' * 10**10 }}", 2, "memory"
    yield "memory-list", "\n{% set a = ([0] * 10**9) %}", 2, "memory"
    yield "padding", "\n{{ 'x'|center(10**10) }}", 2, "memory"
    yield "percent", "\n{{ '%999999999d' % 1 }}", 2, "memory"
    yield (
        "doubling",
        "{% macro d(x, n) %}\n{{ x if n == 0 else d(x ~ x, n - 1) }}{% endmacro %}{{ d('x', 99) }}",
        2,
        "memory",
    )
    yield "recursion", "{% macro a() %}\n{{ a() }}{% endmacro %}{{ a() }}", 2, "without end"
    yield "include-itself", "\n{% include 'report.html.j2' %}", 2, "without end"
    yield "include-up", "\n\n{% include '../secret.j2' %}", 3, "no template"
    yield "include-root", "\n{% include '/etc/passwd' %}", 2, "no template"
    yield "import-up", "\n{% import '..\\\\secret.j2' as x %}", 2, "no template"
    yield "output", "{% for a in range(90000) %}{{ 'x' * 1000 }}{% endfor %}", None, "20 million"
    yield "syntax", "\n\n{% if %}", 3, "xpected"
    yield "undefined", "\n{{ report.titel }}", 2, "titel"
    yield "no-function", "\n{{ report.title() }}", 2, "callable"
    yield "object", "\n{{ report }}", 2, "no text"
    yield "safe", "\n{{ report.title|safe }}", 2, "safe"
    yield "autoescape", "\n{% autoescape false %}{{ report.title }}{% endautoescape %}", 2, "switched off"
    yield "random", "\n{{ [1, 2]|random }}", 2, "random"
    yield "no-policy", "<html>\n<head><title>x</title></head></html>", 2, "Content-Security-Policy"
    yield "text-first", "Good morning" + HEAD, 2, "Content-Security-Policy"
    yield "script", HEAD + "\n<body><script>1</script></body></html>", 5, "<script>"
    yield "handler", HEAD + "\n<body><p onclick='x()'>a</p></body></html>", 5, "script"
    yield "picture", HEAD + "\n<body><img src='https://example.org/a.png' alt=''></body></html>", 5, "another file"
    yield "sheet", HEAD + "\n<style>@import 'https://example.org/a.css';</style></html>", 5, "another file"
    yield "weaker-policy", HEAD.replace("default-src 'none'", "default-src *"), 3, "not the program's"


def asked_here(report: Report, templates: OwnTemplates, _cancelled: object) -> worker.Answer:
    """The template filled in this process, with the sandbox and without the limits of the child."""
    values = given(report, *palettes(report.accent))
    return worker.fill(worker.Request(report, values, dict(templates.texts), render._built_in()))


WRONG = {name: rest for name, *rest in wrong()}


@pytest.mark.parametrize("name", WRONG)
def test_a_template_that_is_wrong_is_named_with_its_line_and_the_programs_own_is_used(
    report: Report, folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, line, said = WRONG[name]
    if said != "memory":  # the sandbox is the same without the child, which alone is stopped by its limits
        monkeypatch.setattr(render, "_ask", asked_here)
    (folder.parent / "secret.j2").write_text("SECRET")
    page = through(report, folder, text)
    assert page.html == render_html(report)
    assert page.problem is not None
    assert page.problem.place == str(folder / "report.html.j2") + (f":{line}" if line else "")
    assert said in page.problem.what
    assert page.problem.todo.endswith(".")
    assert "\n" not in str(page.problem)
    assert "SECRET" not in str(page.problem)


@pytest.mark.parametrize(
    "loop",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 7 ** (10 ** 9) }}",
    ],
)
def test_a_template_without_end_is_stopped(
    report: Report, folder: Path, loop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "PATIENCE", 1.0)
    started = time.monotonic()
    page = through(report, folder, f"\n{loop}")
    assert time.monotonic() - started < worker.SECONDS + 5
    assert page.html == render_html(report)
    assert page.problem is not None
    assert "seconds" in page.problem.what


@pytest.mark.long
def test_a_loop_without_end_is_named_with_its_line(report: Report, folder: Path) -> None:
    page = through(report, folder, "\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}")
    assert page.problem is not None
    assert page.problem.place.endswith("report.html.j2:2")
    assert "5 seconds" in page.problem.what


def test_whoever_no_longer_wants_the_page_does_not_wait_for_it(report: Report, folder: Path) -> None:
    (folder / "report.html.j2").write_text("{{ 7 ** (10 ** 9) }}")
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Cancelled):
        render_with(report, load(folder), cancelled)


DOORS = """
import pathlib, socket, subprocess, sys
from partnerwizard.report.own import worker
worker._shut()
tried = {
    "read": lambda: open("/etc/hostname"),
    "read bare": lambda: pathlib.Path("/etc/hostname").read_text(),
    "write": lambda: open("made", "w"),
    "list": lambda: list(pathlib.Path("/").iterdir()),
    "network": lambda: socket.socket(),
    "program": lambda: subprocess.run(["true"]),
    "module": lambda: __import__("smtplib"),
    "memory": lambda: bytearray(10**9),
}
done = []
for name, try_ in tried.items():
    try:
        try_()
        done.append(name)
    except (OSError, MemoryError):
        pass
print(done)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limits of the system are tried on Linux")
def test_the_child_can_open_nothing_once_its_doors_are_shut(tmp_path: Path) -> None:
    def said(program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True, timeout=60
        )
        return done.stdout.strip()

    assert said(DOORS) == "[]"
    assert said(DOORS.replace("worker._shut()", "worker._limit()")) == "[]"  # the system alone, without the hook
    assert "read" in said(DOORS.replace("worker._shut()", ""))


def test_the_child_sees_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVATE_WORD", "hidden")
    assert "PRIVATE_WORD" not in render._environment()
    assert set(render._environment()) <= {
        *("SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "PYTHONPATH", "PYTHONHASHSEED", "PYTHONUTF8")
    }


def test_a_folder_with_faults_is_refused_with_all_of_them(folder: Path) -> None:
    with pytest.raises(FileProblem, match=r"no report\.html\.j2 and no report\.css"):
        load(folder)
    with pytest.raises(FileProblem, match="no such folder"):
        load(folder / "nowhere")
    (folder.parent / "secret.j2").write_text("SECRET")
    (folder / "link.j2").symlink_to(folder.parent / "secret.j2")
    (folder / "report.html.j2").write_bytes(b"\xff\xfe")
    (folder / "report.css").write_text("x" * (MOST_BYTES + 1))
    with pytest.raises(FileProblem) as caught:
        load(folder)
    assert len(caught.value.problems) == 3
    assert all(str(folder) in problem for problem in caught.value.problems)
    for number in range(MOST_FILES):
        (folder / f"part{number}.j2").touch()
    with pytest.raises(FileProblem, match=f"{MOST_FILES} is the most"):
        load(folder)


@pytest.mark.parametrize(
    "held",
    [
        "<iframe></iframe>",
        "<form></form>",
        "<object></object>",
        "<base href='https://example.org'>",
        "<link rel=stylesheet href='https://example.org/a.css'>",
        "<meta http-equiv=refresh content='0;url=https://example.org'>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<svg><use href='https://example.org/a.svg#b'/></svg>",
        "<svg><script>1</script></svg>",
        "<p style='background:url(https://example.org)'>x</p>",
        "<style>p{background:u\\72l(x)}</style>",
        "<img srcset='https://example.org/a.png 2x' alt=''>",
        "<img src='data:text/html;base64,AAAA' alt=''>",
    ],
)
def test_a_page_that_would_act_or_fetch_is_not_used(held: str) -> None:
    assert look_at(f"{HEAD}<body>{held}</body></html>") is not None
    assert look_at(f"{HEAD}<body><p>Nothing</p></body></html>") is None


def test_the_programs_own_pages_pass_the_same_look(report: Report) -> None:
    assert look_at(render_html(report)) is None
    assert look_at(render_html(compose(*hostile()))) is None


def test_the_command_line_takes_a_folder_or_the_environment_and_tells_of_faults(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, out = str(CASES / "frimley-2014.partnering"), tmp_path / "a.html"
    words = ["report", case, "--to", "html", "-o", str(out)]
    (folder / "report.html.j2").write_text(HEAD + "<body><p>OURS {{ report.title }}</p></body></html>")
    assert main([*words, "--templates", str(folder)]) == 0
    assert "OURS" in out.read_text(encoding="utf-8")
    assert main(words) == 0
    built_in = out.read_bytes()
    assert b"OURS" not in built_in
    monkeypatch.setenv("PARTNERWIZARD_TEMPLATES", str(folder))
    assert main(words) == 0
    assert "OURS" in out.read_text(encoding="utf-8")
    (folder / "report.html.j2").write_text("\n{{ nothing }}")
    capsys.readouterr()
    assert main(words) == 1
    said = capsys.readouterr()
    assert f"{folder}{os.sep}report.html.j2:2: 'nothing' is undefined. " in said.err
    assert "The program's own template was used instead." in said.err
    assert said.err.count("\n") == 1
    assert out.read_bytes() == built_in
    assert main([*words, "--templates", str(tmp_path / "nowhere")]) == 2
    assert out.read_bytes() == built_in
