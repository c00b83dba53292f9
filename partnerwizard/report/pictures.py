"""The charts of an appraisal, for the window and the report alike."""

from __future__ import annotations

from partnerwizard.appraisal.model import OptionResult
from partnerwizard.pack.conditions import Truth
from partnerwizard.pack.model import Form
from partnerwizard.report.charts.marks import Picture
from partnerwizard.report.charts.ranked import Bar, ranked
from partnerwizard.report.charts.tradeoff import Kind, Spot, tradeoff
from partnerwizard.report.charts.typology import Nature, Placed, Scale, State, typology
from partnerwizard.report.view import View

MOST = 24
"""A chart draws at most this many options; the table beside it has them all."""

NOTES = {"in-place": "in place already", "unresolved": "not settled", "needs": "", "open": ""}


def ranked_options(view: View, most: int = MOST) -> tuple[OptionResult, ...]:
    """The options that the chart of values draws: the best by value, and what the verdict names in any case."""
    named = {option.id for option in view.named}
    first = view.scored[:most]
    drawn = {option.id for option in first} | named
    return tuple(option for option in view.scored if option.id in drawn)


def ranked_picture(view: View, width: float = 650, most: int = MOST, name: str = "ranked") -> Picture:
    """Values against carrying on."""
    named = {option.id for option in view.named}
    start = view.appraisal.reference.value.likely
    bars = [
        Bar(
            name=view.name(option),
            note=NOTES.get(option.status, ""),
            named=option.id in named,
            parts=view.parts(option),
            total=view.difference(option),
            low=option.value.low - start,
            high=option.value.high - start,
        )
        for option in ranked_options(view, most)
        if option.value is not None
    ]
    closed = " (closed)" if view.appraisal.reference.closed else ""
    return ranked(bars, width, name, f"carrying on{closed}")


def tradeoff_picture(view: View, width: float = 650, name: str = "tradeoff") -> Picture:
    """Benefit against terms."""
    spots = [
        Spot(view.name(option), option.benefit, option.terms, _kind(view, option))
        for option in ranked_options(view)
        if option.benefit is not None and option.terms is not None
    ]
    return tradeoff(spots, width, name)


def _kind(view: View, option: OptionResult) -> Kind:
    if view.is_carry_on(option):
        return "carry-on"
    if option.id in view.verdict.options:
        return "named"
    return "in-place" if option.status == "in-place" else "option"


def typology_picture(view: View, width: float = 650, name: str = "typology") -> Picture:
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
