"""Every path from the start page to an exported report, once with the keyboard alone and once with the mouse alone.

Each goes the whole way: answers, report, saved case, the command line's appraisal of it, and undo back to the start.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from partnerwizard import cli, flow
from partnerwizard.appraisal.model import Appraisal
from partnerwizard.case.model import Case
from tests.ui.driving import Driver
from tests.ui.hands import HANDS, Hand, Keyboard, Mouse, tick
from ui.pages.report import ReportPage
from ui.places import REPORT, RESULT

Walk = Callable[[Hand], None]


@dataclass(frozen=True)
class Path_:
    """A way through the wizard: what is answered before the first result, what is done after it, and what must hold."""

    name: str
    quick: Walk
    after: Walk
    holds: Callable[[Case, Appraisal], None]
    cheap: bool = False


# --- steps that paths share -------------------------------------------------------------------------------------------


def says_the_problem(hand: Hand, *causes: str, condition: str = "") -> None:
    hand.press("New case")
    hand.write("What is wrong, in your own words", "The rota cannot be filled")
    for cause in causes:
        hand.press(cause)
    if condition:
        hand.choose(condition)
    hand.go_on()
    assert hand.window.here == "hunch"
    hand.go_on()


def is_our_choice(hand: Hand) -> None:
    hand.choose("Our own choice")
    hand.go_on()


def reaches(hand: Hand, reach: str, *kinds: str) -> None:
    hand.choose(reach)
    tick(hand, *kinds)
    hand.go_on()


def names(hand: Hand, *partners: str) -> None:
    for partner in partners:
        hand.write("Name of a possible partner", partner)
        hand.press("Add partner")


def shares(hand: Hand, what: str, enough: str = "") -> None:
    hand.choose(what)
    if enough:
        hand.choose(enough)
    hand.go_on()


def wants(hand: Hand, first: str, *others: str) -> None:
    """Ticks the others before what is to come first, so that it has to be moved."""
    tick(hand, *others, first)
    hand.first_in_ranking(first)
    hand.go_on()


def may_lose(hand: Hand, answer: str) -> None:
    hand.choose(answer)
    hand.go_on()


def minds(hand: Hand, *terms: str) -> None:
    tick(hand, *terms)
    hand.press("Use these figures")
    hand.go_on()


def nothing_more(hand: Hand) -> None:
    """The first result is enough."""


# --- the paths --------------------------------------------------------------------------------------------------------


def one_service(hand: Hand) -> None:
    says_the_problem(hand, "Too few staff to be had: surely", condition="Sound, but some services are fragile")
    is_our_choice(hand)
    reaches(hand, "One clinical service", "Urgent or specialist care that gains from larger numbers")
    names(hand, "Eastmarsh Hospitals")
    hand.choose("Strong")
    hand.go_on()
    shares(hand, "Practical support", "No, it was tried for this and was not enough")
    wants(hand, "Clinical quality and safety", "The fragile service can go on")
    may_lose(hand, "Yes")
    minds(hand, "Time until it helps")


def stays_open(case: Case, appraisal: Appraisal) -> None:
    assert case.aims == (("clinical-quality",), ("fragile-services",))
    assert appraisal.verdict.kind != "not-enough-known"
    assert case.swing == (40, 60)


def whole_trust(hand: Hand) -> None:
    says_the_problem(hand, "Costs built in: surely", condition="Weak")
    is_our_choice(hand)
    reaches(hand, "The whole organisation")
    names(hand, "Eastmarsh Hospitals")
    hand.choose("Strong")
    hand.go_on()
    shares(hand, "A shared chief executive or executive team", "In part")
    wants(hand, "Lasting finances", "Staff for all services")
    may_lose(hand, "No")
    minds(hand, "Independence")


def sharpens(hand: Hand) -> None:
    """Answers what could still change the answer until nothing could; the first choice will do."""
    for _ in range(30):
        hand.driver.appraised()
        left = flow.remaining(hand.window.session.pack, hand.window.session.case, _appraisal(hand))
        if not left:
            return
        hand.press("Sharpen the answer")
        ask = left[0]
        wording = ask.wording(hand.window.session.case)
        hand.choose("We do not know" if not ask.question.choices else _first_choice(hand, ask), wording)
        hand.go_on()
        assert hand.window.here == RESULT
    raise AssertionError("it never stops asking")


def _first_choice(hand: Hand, ask: flow.Ask) -> str:
    text = ask.question.choices[0].text
    partner = hand.window.session.case.partner_by_id.get(ask.partner or "")
    return text.replace("{partner}", partner.name) if partner else text


def is_settled(case: Case, appraisal: Appraisal) -> None:
    assert case.answers["reach"].value == "organisation"
    assert answers_in(case) <= 25


def told_to(hand: Hand, what: str) -> None:
    hand.choose("Mandated")
    hand.unfold("Who requires it?")
    hand.choose("NHS England, by undertakings or directions")
    hand.unfold("What exactly is required?")
    hand.choose(what)


def mandated(hand: Hand) -> None:
    says_the_problem(hand, "Leadership and governance: surely", condition="Failing")
    told_to(hand, "To get help, the form is ours to choose")
    hand.unfold("By when must it be done?")
    for part, words in (("day", "31"), ("month", "3"), ("year", "2028")):
        hand.write(f"By when must it be done?: {part}", words)
    hand.go_on()
    reaches(hand, "The whole organisation")
    names(hand, "Eastmarsh Hospitals")
    hand.choose("Strong")
    hand.go_on()
    shares(hand, "Nothing yet")
    wants(hand, "Leadership and governance", "Clinical quality and safety")
    may_lose(hand, "No")
    minds(hand, "Time until it helps", "Consents needed")


def is_mandated(case: Case, appraisal: Appraisal) -> None:
    assert case.answers["mandate-deadline"].value == "2028-03-31"
    assert case.answers["mandate-requires"].value == "get-help"


def form_is_fixed(hand: Hand) -> None:
    says_the_problem(hand, "Leadership and governance: surely", condition="Weak")
    told_to(hand, "This very form")
    hand.unfold("Which form is required?")
    hand.pick("Which form is required?", "Hospital group")
    hand.go_on()
    reaches(hand, "The whole organisation")
    names(hand, "Eastmarsh Hospitals")
    hand.choose("Sound")
    hand.go_on()
    shares(hand, "Nothing yet")
    wants(hand, "Leadership and governance", "Lasting finances")
    may_lose(hand, "No")
    minds(hand, "Upheaval")


def names_the_fixed_form(case: Case, appraisal: Appraisal) -> None:
    assert {each.partition(":")[0] for each in appraisal.verdict.options} == {"hospital-group"}


def several_partners(hand: Hand) -> None:
    says_the_problem(hand, "Too small: surely", condition="Sound")
    is_our_choice(hand)
    reaches(hand, "Several clinical services", "Pathology")
    names(hand, "Eastmarsh Hospitals", "Westmere Care", "Northwold")
    tick(hand, "Eastmarsh Hospitals", "Northwold")
    hand.press("Add grouping")
    hand.choose("Nobody would lead, we would be equals")
    hand.go_on()
    shares(hand, "A formal partnership", "Yes")
    wants(hand, "Digital systems", "Lasting finances", "Staff for all services")
    may_lose(hand, "No")
    minds(hand, "A way back")


def has_a_grouping(case: Case, appraisal: Appraisal) -> None:
    (grouping,) = case.groupings
    assert set(grouping.partners) == {"eastmarsh-hospitals", "northwold"}
    assert any(set(option.partners) == set(grouping.partners) for option in appraisal.options)


def knows_nothing(hand: Hand) -> None:
    says_the_problem(hand, condition="We do not know")
    for step in ("mandate", "reach", "partners", "arrangement", "aims", "red-lines"):
        assert hand.window.here == step
        if step == "partners":
            names(hand, "Eastmarsh Hospitals")
        if step == "aims":
            wants(hand, "Clinical quality and safety", "Lasting finances")
            continue
        while (ask := _waiting(hand, step)) is not None:
            hand.choose("We do not know", ask.wording(hand.window.session.case))
        hand.go_on()
    minds(hand, "Independence")


def _waiting(hand: Hand, step: str) -> flow.Ask | None:
    looked = flow.quick_look(hand.window.session.pack, hand.window.session.case)
    waiting = [item.what for item in looked if isinstance(item.what, flow.Ask) and not item.done]
    return next((ask for ask in waiting if ask.question.step == step), None)


def is_not_enough(case: Case, appraisal: Appraisal) -> None:
    assert appraisal.verdict.kind == "not-enough-known"
    assert {given.value for given in case.answers.values()} == {None}


def gives_a_rating(hand: Hand) -> None:
    """On what is shown first, and then brings back a form that is set aside."""
    hand.go("Evidence and your own ratings")
    hand.unfold("Clinical quality and safety")
    hand.press("Give your own rating of")
    hand.raise_figure("Likely rating of")
    hand.raise_figure("Highest rating of")
    hand.write("Reason for your rating of", "Seen next door.")
    hand.press("Use this rating of")
    hand.driver.appraised()
    hand.go("Options and why")
    merger = next(each for each in _appraisal(hand).options if each.form == "merger")
    assert merger.status == "set-aside"
    hand.unfold("Merger")
    hand.press(f"Bring {merger.name} back")
    hand.write(f"Reason for bringing {merger.name} back", "The boards want to see it.")
    hand.press("Bring it back")
    hand.driver.appraised()


def has_own_rating(case: Case, appraisal: Appraisal) -> None:
    (own,) = case.overrides
    assert (own.criterion, own.reason) == ("clinical-quality", "Seen next door.")
    assert any(each.ratings["clinical-quality"].original is not None for each in appraisal.options if each.ratings)
    (lifted,) = case.lifted
    assert (lifted.option.partition(":")[0], lifted.reason) == ("merger", "The boards want to see it.")


def adds_an_option(hand: Hand) -> None:
    hand.go("Options and why")
    hand.press("Add an option of your own")
    hand.write("What is it called?", "One team on two sites")
    hand.write("What is it, in a sentence or two?", "One rota, two hospitals.")
    hand.pick("Which form is it most like?", "Clinical network")
    hand.press("Add this option")
    hand.driver.appraised()


def weighs_the_own_option(case: Case, appraisal: Appraisal) -> None:
    (own,) = case.local_options
    assert own.like == "clinical-network"
    assert any(option.form == own.id and option.value is not None for option in appraisal.options)


PATHS = (
    Path_("voluntary, one service", one_service, nothing_more, stays_open, cheap=True),
    Path_("voluntary, structural", whole_trust, sharpens, is_settled),
    Path_("mandated", mandated, nothing_more, is_mandated),
    Path_("mandated, form fixed", form_is_fixed, nothing_more, names_the_fixed_form),
    Path_("several partners", several_partners, nothing_more, has_a_grouping),
    Path_("nothing known", knows_nothing, nothing_more, is_not_enough),
    Path_("overrides", one_service, gives_a_rating, has_own_rating),
    Path_("local option", one_service, adds_an_option, weighs_the_own_option),
)


def answers_in(case: Case) -> int:
    """Answers given: questions, and of causes, partners, aims, terms and the comparison of both each as one."""
    questions = len(case.answers) + sum(len(partner.answers) for partner in case.partners)
    return questions + sum(map(bool, (case.causes, case.partners, case.aims, case.terms, case.swing)))


def _appraisal(hand: Hand) -> Appraisal:
    appraisal = hand.window.session.appraisal
    assert appraisal is not None
    return appraisal


@pytest.mark.parametrize("hand_of", HANDS, ids=["keyboard", "mouse"])
@pytest.mark.parametrize(
    "path", [pytest.param(each, id=each.name, marks=[] if each.cheap else [pytest.mark.long]) for each in PATHS]
)
def test_from_the_start_page_to_a_report_and_back(
    driver: Driver,
    own_home: Path,
    path: Path_,
    hand_of: type[Keyboard] | type[Mouse],
    capsys: pytest.CaptureFixture[str],
) -> None:
    window, session = driver.window, driver.window.session
    hand = hand_of(driver)

    path.quick(hand)
    assert window.here == RESULT
    driver.appraised()
    assert all(item.done for item in flow.quick_look(session.pack, session.case) if not isinstance(item.what, str))
    assert answers_in(session.case) <= 25
    path.after(hand)
    driver.appraised()
    path.holds(session.case, _appraisal(hand))

    hand.go("Report")
    assert window.here == REPORT
    page = window.page
    assert isinstance(page, ReportPage)
    out = own_home / "papers"
    hand.set_report_folder(out)
    hand.main_button()
    driver.until(lambda: page.exporter.job is None and page.bar.isHidden())
    assert sorted(each.suffix for each in out.iterdir()) == [".html", ".pdf"]
    assert all(each.stat().st_size > 10_000 for each in out.iterdir())

    saved = own_home / "New case.partnering"
    hand.save(saved)
    assert not session.modified
    ours = _appraisal(hand).as_json()
    assert cli.main(["appraise", str(saved), "--json"]) == 0
    theirs = json.loads(capsys.readouterr().out)
    assert ours == {**theirs, "case": {**theirs["case"], "file": None}}

    hand.go("What is wrong")
    steps = 0
    while session.undo_name is not None:
        hand.undo()
        steps += 1
        assert steps < 200
    assert session.case == Case(pack=session.case.pack)
