"""The charts of an appraisal, for the window and the report alike."""

from __future__ import annotations

from collections.abc import Sequence

from partnerwizard.appraisal.model import OptionResult
from partnerwizard.pack.conditions import Truth
from partnerwizard.pack.model import Form
from partnerwizard.report.charts.contributions import Made, Part, contributions
from partnerwizard.report.charts.marks import Picture
from partnerwizard.report.charts.ranked import Bar, ranked
from partnerwizard.report.charts.readiness import Ingredient, readiness
from partnerwizard.report.charts.shares import Places, Share, ahead, places
from partnerwizard.report.charts.timetable import Stretch, timetable
from partnerwizard.report.charts.tipping import Tipping, tipping
from partnerwizard.report.charts.tradeoff import Kind, Spot, tradeoff
from partnerwizard.report.charts.typology import Nature, Placed, Scale, State, typology
from partnerwizard.report.view import View

WIDTH = 754.0
"""The width of the report's text on a screen, so that charts stand there at their own size."""

IN_PLACE = "in place already"


def best_of_forms(view: View, most: int | None = None) -> tuple[OptionResult, ...]:
    """The best option of each form that has a value, by value; what the verdict names is among them in any case."""
    best: dict[str, OptionResult] = {}
    for option in (*view.contestants, *view.scored):
        best.setdefault(option.form, option)
    ranked_forms = sorted(best.values(), key=lambda option: (-view.difference(option), option.id))
    named = {option.id for option in view.named}
    return tuple(option for n, option in enumerate(ranked_forms) if most is None or n < most or option.id in named)


def ranked_picture(
    view: View, options: Sequence[OptionResult], width: float = WIDTH, name: str = "ranked", gap: float = 16.0
) -> Picture:
    """Values of these options against carrying on; `gap` is the room between rows."""
    named = {option.id for option in view.named}
    start = view.appraisal.reference.value.likely
    bars = [
        Bar(
            name=view.name(option),
            note=IN_PLACE if option.status == "in-place" else "",
            named=option.id in named,
            parts=view.parts(option),
            total=view.difference(option),
            low=option.value.low - start,
            high=option.value.high - start,
        )
        for option in options
        if option.value is not None
    ]
    closed = " (closed)" if view.appraisal.reference.closed else ""
    return ranked(bars, width, name, f"carrying on{closed}", gap)


def tradeoff_picture(view: View, width: float = WIDTH, name: str = "tradeoff") -> Picture:
    """Benefit against terms, for the best option of each form, by the form's name."""
    spots = [
        Spot(view.form_name(option.form), option.benefit, option.terms, _kind(view, option))
        for option in best_of_forms(view)
        if option.benefit is not None and option.terms is not None
    ]
    return tradeoff(spots, width, name)


def _kind(view: View, option: OptionResult) -> Kind:
    if view.is_carry_on(option):
        return "carry-on"
    if option.id in view.verdict.options:
        return "named"
    return "in-place" if option.status == "in-place" else "option"


def typology_picture(view: View, width: float = WIDTH, name: str = "typology") -> Picture:
    """Where the case sits, with the forms in their places."""
    forms = [
        Placed(form.name, _nature(form), form.typology.scale, _state(view, form))
        for form in view.pack.forms
        if any(option.form == form.id for option in view.appraisal.options)
    ]
    nature, scales = case_place(view)
    return typology(forms, nature, scales, width, name)


def case_place(view: View) -> tuple[Nature | None, tuple[Scale, ...]]:
    """The case's own place: mandated or voluntary, and the scale of most forms that fit its reach (both if mixed)."""
    roles = view.pack.head.roles
    mandated = view.facts.evaluate(roles.mandated_when)
    nature: Nature | None = {Truth.HOLDS: "mandated", Truth.FAILS: "voluntary"}.get(mandated)  # type: ignore[assignment]
    (reach,) = view.facts(roles.reach) or (None,)
    if reach is None or not reach.values:
        return nature, ()
    fitting = [form.typology.scale for form in view.pack.forms if reach.values[0] in form.reach]
    structural = fitting.count("structural") / len(fitting) if fitting else 0.5
    if structural > 2 / 3:
        return nature, ("structural",)
    return nature, ("individual",) if structural < 1 / 3 else ("structural", "individual")


def _nature(form: Form) -> Nature:
    natures = set(form.typology.nature)
    return "either" if len(natures) > 1 else form.typology.nature[0]


def _state(view: View, form: Form) -> State:
    statuses = {option.status for option in view.appraisal.options if option.form == form.id}
    if any(view.options[option].form == form.id for option in view.verdict.options):
        return "named"
    if statuses & {"open", "needs", "unresolved"}:
        return "open"
    return "in-place" if "in-place" in statuses else "closed"


def contributions_picture(
    view: View, options: Sequence[OptionResult], criteria: Sequence[str], width: float = WIDTH, name: str = "made-of"
) -> Picture:
    """What each criterion adds to, or takes from, carrying on, for these options."""
    made = [
        Made(
            view.form_name(option.form),
            option in view.named,
            tuple(Part((option.contributions or {}).get(each, 0.0), view.ground(option, each)) for each in criteria),
            view.difference(option),
        )
        for option in options
    ]
    return contributions([view.criterion_name(each) for each in criteria], made, width, name)


def ahead_picture(view: View, rows: Sequence[tuple[str, float]], width: float = WIDTH, name: str = "ahead") -> Picture:
    """Shares in which the leader is ahead, with the limits that the verdict goes by."""
    method = view.pack.head.method
    limits = ((method.leading.value, "leading"), (method.clear.value, "clear"))
    return ahead([Share(who, share) for who, share in rows], limits, width, name)


def places_picture(
    view: View,
    rows: Sequence[tuple[OptionResult, tuple[float, float, float, float]]],
    width: float = WIDTH,
    name: str = "places",
) -> Picture:
    """Who comes first, second, third and lower, in what share."""
    return places([Places(view.name(each), shares, each in view.named) for each, shares in rows], width, name)


def tipping_picture(view: View, criteria: Sequence[str], width: float = WIDTH, name: str = "tipping") -> Picture:
    """How far the weight of each of these criteria may move before another option is first."""
    rows = []
    for criterion in criteria:
        weight = view.appraisal.weights[criterion]
        tips = tuple(
            (tip.to, view.form_name(view.options[tip.winner].form))
            for tip in view.appraisal.tipping
            if tip.criterion == criterion
        )
        rows.append(Tipping(view.criterion_name(criterion), weight.low, weight.central, weight.high, tips))
    return tipping(rows, width, name)


def readiness_picture(
    partners: Sequence[str], rows: Sequence[Ingredient], width: float = WIDTH, name: str = "readiness"
) -> Picture:
    """What is in place with each partner."""
    return readiness(partners, rows, width, name)


def timetable_picture(view: View, rows: Sequence[Stretch], width: float = WIDTH, name: str = "timetable") -> Picture:
    """The approvals from the start of the plan."""
    return timetable(rows, view.start, width, name)
