"""The ballot page in a real headless browser: what it saves and reads out is what the program reads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from verify.browser import Browser, Page

from partnerwizard.report.room.page import render_ballot
from partnerwizard.workshop import rounds
from partnerwizard.workshop.ballot import checked
from partnerwizard.workshop.desk import Desk
from tests.support import guidance
from tests.workshop.cases import answers, later, opened, two_trusts, vote_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = pytest.mark.long

FILL = """(said => {
  const set = (id, value) => {
    const field = document.getElementById(id);
    field.value = String(value);
    if (field.value !== String(value)) throw new Error(`${id} cannot be ${value}`);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  for (const name of ["aims", "terms"])
    (said[name] ?? []).forEach((tie, n) => tie.forEach(id => set(`${name}-${id}`, n + 1)));
  if (said.swing) said.swing.forEach((each, n) => set(n ? "swing-high" : "swing-low", each));
  for (const [id, each] of Object.entries(said.points ?? {})) set(`points-${id}`, each);
  if (said.give !== undefined) set("give", said.give);
  for (const [id, cells] of Object.entries(said.ratings ?? {}))
    for (const [form, each] of Object.entries(cells)) set(`rating-${id}-${form}`, each);
  for (const [id, states] of Object.entries(said.readiness ?? {}))
    for (const [one, each] of Object.entries(states)) document.getElementById(`ready-${id}-${one}-${each}`).click();
})"""


def text(page: Page, name: str) -> str:
    found: str = page.value(f"document.getElementById('{name}')?.textContent ?? ''")
    return found


def hidden(page: Page, name: str) -> bool:
    found: bool = page.value(f"document.getElementById('{name}').hidden")
    return found


def saved(browser: Browser, page: Page, folder: Path) -> Path:
    """The file that the page saves."""
    folder.mkdir()
    browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    page.value("document.getElementById('save').click()")
    until = monotonic() + 20
    while monotonic() < until:
        found = [path for path in folder.iterdir() if path.suffix == ".json"]
        if found and found[0].stat().st_size:
            return found[0]
        sleep(0.05)
    raise AssertionError("the page saved nothing")


def finish(page: Page) -> None:
    page.value("document.getElementById('finish').click()")
    page.value("new Promise(done => setTimeout(() => done(true), 150))")


def open_ballot(browser: Browser, at_desk: Desk, case: Any, person: str, folder: Path) -> Page:
    path = folder / f"{person}.html"
    path.write_text(render_ballot(at_desk.ballot(case, person), at_desk.token(case, person)), "utf-8")
    page = Page(browser, 390, dark=False)
    page.open(path)
    return page


@pytest.fixture
def browser(tmp_path: Path) -> Any:
    if CHROMIUM is None:
        pytest.fail("no Chromium is installed; make verify needs one")
    with Browser(CHROMIUM, tmp_path / "browser") as found:
        yield found


def test_file_code_and_receipt_of_the_page_are_the_programs(browser: Browser, tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    for number in (1, 2, 4, 5):
        vote = vote_of(guidance(), case, number)
        page = open_ballot(browser, at_desk, case, vote.participant, tmp_path)
        page.value(f"{FILL}({json.dumps(answers(number))})")
        finish(page)
        assert hidden(page, "errors")
        assert not hidden(page, "done")
        file = saved(browser, page, tmp_path / f"saved-{number}")
        document = json.loads(file.read_text())
        assert "sealed" in document
        assert at_desk.vote_from_file(case, file) == (vote, "file")
        if at_desk.ballot(case, vote.participant).weights_alone:
            assert at_desk.vote_from_code(case, vote.participant, text(page, "code")) == vote
        assert text(page, "receipt") == at_desk.take(case, vote, "file", later(3)).receipt
        assert page.said() == []
        assert all(each.startswith(("file:", "blob:")) for each in page.requests())
        page.close()


def test_a_browser_that_cannot_seal_says_so_and_its_file_is_still_signed(browser: Browser, tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    page = open_ballot(browser, at_desk, case, "p04", tmp_path)
    page.value("Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined })")
    page.value(f"{FILL}({json.dumps(answers(4))})")
    finish(page)
    assert not hidden(page, "readable")
    file = saved(browser, page, tmp_path / "saved")
    assert at_desk.vote_from_file(case, file) == (vote_of(guidance(), case, 4), "file")
    assert "vote" in json.loads(file.read_text())
    page.close()


def test_points_given_on_a_page_come_through_its_code(browser: Browser, tmp_path: Path) -> None:
    case = two_trusts()
    assert case.workshop is not None
    people = [
        each.model_copy(update={"asked": each.asked.model_copy(update={"weights": "points"})})
        for each in case.workshop.participants
    ]
    at_desk, case = opened(tmp_path, rounds.set_up(case, later(0), participants=people))
    asked = at_desk.ballot(case, "p04")
    said = {"points": {each.id: 5 * n for n, each in enumerate((*asked.aims, *asked.terms))}, "give": 20}
    page = open_ballot(browser, at_desk, case, "p04", tmp_path)
    page.value(f"{FILL}({json.dumps({'points': {'access': 50}})})")
    finish(page)
    assert "Give points to" in text(page, "errors")
    page.value(f"{FILL}({json.dumps(said)})")
    finish(page)
    assert at_desk.vote_from_code(case, "p04", text(page, "code")) == checked(asked, said)
    page.close()


def test_what_is_wrong_is_said_at_once_and_nothing_can_be_saved(browser: Browser, tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    page = open_ballot(browser, at_desk, case, "p04", tmp_path)
    finish(page)
    assert "Nothing is answered yet" in text(page, "errors")
    assert page.value("document.activeElement.id") == "errors"
    page.value(f"{FILL}({json.dumps({'aims': [['access']], 'swing': [60, 40]})})")
    finish(page)
    assert "above the second" in text(page, "errors")
    assert "Rank at least one aim and one term" in text(page, "errors")
    assert hidden(page, "done")
    assert page.value("document.documentElement.scrollWidth <= innerWidth")
    page.close()
