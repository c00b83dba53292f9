"""Checks of an HTML report or of the review book: in the browser, and by the Nu Html Checker."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from verify import programs
from verify.browser import Browser, BrowserProblem, Page
from verify.outcome import Missing, Verdict

_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Fewer rules than this have never applied to a report: axe has then not looked at it.
_FEWEST_RULES = 12

_AXE = """axe.run(document, {runOnly: %s, resultTypes: ['violations', 'incomplete']}).then(found => ({
  passed: found.passes.length,
  unsure: found.incomplete.reduce((sum, rule) => sum + rule.nodes.length, 0),
  violations: found.violations.map(rule => ({
    id: rule.id, help: rule.help, count: rule.nodes.length,
    where: String(rule.nodes[0].target), html: rule.nodes[0].html,
  })),
}))"""

_WIDE = """(() => {
  const width = %d, wide = [];
  const scrolls = element => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX);
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.right <= width + 1) continue;
    // What is placed absolutely scrolls with what it is placed in, and with nothing between.
    const around = each => getComputedStyle(each).position === 'absolute' ? each.offsetParent : each.parentElement;
    let outer = around(element);
    while (outer !== null && outer !== document.body && !scrolls(outer)) outer = around(outer);
    if (outer !== null && outer !== document.body) continue;
    const name = element.id ? '#' + element.id : element.className ? '.' + element.className : '';
    wide.push(`${element.localName}${name} ends at ${Math.round(box.right)}: ` +
      element.textContent.trim().slice(0, 40));
  }
  return {width: document.documentElement.scrollWidth, wide: wide.slice(-3)};
})()"""

_CUT = """(() => {
  const cut = [];
  for (const element of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    const hides = ['hidden', 'clip'].includes(style.overflowX) && style.clipPath === 'none' && style.clip === 'auto';
    if (!hides || element.closest('svg') || element.clientWidth <= 1) continue;
    if (element.scrollWidth > element.clientWidth + 1)
      cut.push(`${element.localName}.${element.className}: ` + element.textContent.trim().slice(0, 40));
  }
  return cut;
})()"""


@dataclass(frozen=True)
class View:
    """How a page is looked at."""

    dark: bool
    width: int

    @property
    def name(self) -> str:
        """The view in words, for the line of the check."""
        return f"browser, {'dark' if self.dark else 'light'}, {self.width}"


VIEWS = tuple(View(dark, width) for width in (1280, 390) for dark in (False, True))


def _widths(page: Page, view: View, when: str) -> list[str]:
    measured = page.value(_WIDE % view.width)
    if measured["width"] > view.width:
        which = "; ".join(measured["wide"]) or "no element says why"
        return [f"overflow: the page is {measured['width']} px wide in a window of {view.width} ({when}): {which}"]
    return []


def _axe(page: Page, axe: str) -> tuple[list[str], str]:
    page.value(axe + ";0")
    found = page.value(_AXE % json.dumps(_TAGS))
    problems = [
        f"axe: {each['id']}: {each['help']} ({each['count']} x; first {each['where']}: {each['html'][:100]})"
        for each in found["violations"]
    ]
    if found["passed"] < _FEWEST_RULES and not problems:
        problems.append(f"axe: only {found['passed']} rules applied: the page was hardly looked at")
    return problems, f"{found['passed']} axe rules passed, {found['unsure']} places it cannot judge"


def look(browser: Browser, path: Path, view: View, axe: str) -> Verdict:
    """Open a file as a reader would and judge what is to be seen: everything folded away is unfolded first."""
    page = Page(browser, view.width, view.dark)
    try:
        page.open(path)
        problems = _widths(page, view, "as opened")
        page.value("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        problems += _widths(page, view, "all unfolded")
        problems += [f"cut off: {each}" for each in page.value(_CUT)]
        # What is asked for, said or run from here on is ours.
        said, requests = page.said(), page.requests()
        problems += [f"console: {each}" for each in said]
        problems += [f"request: {each}" for each in requests if not each.startswith(("file:", "data:"))]
        others = {each for each in requests if each.startswith("file:")} - {path.resolve().as_uri()}
        problems += [f"request: a second file, {each}" for each in sorted(others)]
        violations, note = _axe(page, axe)
        return Verdict(tuple(problems + violations), note=note)
    except BrowserProblem as problem:
        return Verdict((f"browser: {problem}",))
    finally:
        page.close()


def _place(message: dict[str, object]) -> str:
    return f"line {message.get('lastLine', '?')}: {message.get('message')} ({str(message.get('extract', ''))[:80]!r})"


def grammar(paths: list[Path]) -> dict[Path, Verdict]:
    """What the Nu Html Checker finds in each file: errors are problems; one start of it serves them all."""
    command = (programs.program("java"), "-Xss4m", "-jar", programs.vnu(), "--format", "json")
    done = programs.run(*command, *(path.resolve() for path in paths))
    try:
        messages = json.loads(done.err or done.out)["messages"]
    except (ValueError, KeyError):
        raise Missing(f"vnu gave no answer (status {done.status}): {done.err[:200]}") from None
    verdicts = {}
    for path in paths:
        own = [each for each in messages if unquote(each.get("url", "")).endswith(path.resolve().as_posix())]
        errors = [each for each in own if each["type"] != "info"]
        first: dict[str, list[str]] = {}
        for each in errors:
            first.setdefault(str(each.get("message")), []).append(_place(each))
        problems = tuple(
            f"vnu: {places[0]}" + (f", {len(places)} x" if len(places) > 1 else "") for places in first.values()
        )
        advice = len(own) - len(errors)
        verdicts[path] = Verdict(problems, note=f"{len(errors)} errors, {advice} pieces of advice")
    if strays := [each for each in messages if not each.get("url")]:
        raise Missing(f"vnu did not run as it should: {strays[0].get('message')}")
    return verdicts
