"""Whether an appraisal is what a sound adviser might say, by what was stated beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from partnerwizard.appraisal.model import Appraisal, GateResult, OptionResult
from partnerwizard.pack.model import Pack
from tests.advice.cases import Barred, Situation

SHUTS = frozenset({"ruled-out", "set-aside"})


def named(appraisal: Appraisal) -> list[str]:
    """The forms that the verdict names, by likely value."""
    return [appraisal.option(option).form for option in appraisal.verdict.options]


def now(appraisal: Appraisal) -> str | None:
    """The form that the route begins with."""
    return next((step.form for step in appraisal.route if step.step == "now"), None)


def ranked(appraisal: Appraisal) -> list[OptionResult]:
    """The contestants by likely value."""

    def place(option: OptionResult) -> tuple[float, str]:
        assert option.value is not None
        return -option.value.likely, option.id

    return sorted((appraisal.option(each.option) for each in appraisal.forms), key=place)


def advice(pack: Pack, appraisal: Appraisal) -> tuple[frozenset[str], str | None]:
    """The advice in short, for comparing two: forms named and the form to begin with, merger and acquisition as one."""
    first = now(appraisal)
    return frozenset(one(pack, form) for form in named(appraisal)), None if first is None else one(pack, first)


def one(pack: Pack, form: str) -> str:
    """The family that a form stands for in the contest, or the form itself."""
    return pack.form_by_id[form].contest_family or form


def faults(situation: Situation, appraisal: Appraisal) -> list[str]:
    """Everything in which the appraisal is not what was stated beforehand; nothing if it is acceptable."""
    return [*_kind(situation, appraisal), *_names(situation, appraisal), *_gates(situation, appraisal)]


def _kind(situation: Situation, appraisal: Appraisal) -> Iterator[str]:
    if appraisal.verdict.kind not in situation.kinds:
        yield f"the verdict is {appraisal.verdict.kind}"
    if situation.says not in appraisal.verdict.sentence:
        yield f"it does not say “{situation.says}” but “{appraisal.verdict.sentence}”"


def _names(situation: Situation, appraisal: Appraisal) -> Iterator[str]:
    forms = named(appraisal)
    begin = now(appraisal)
    top = forms[:1] or ([ranked(appraisal)[0].form] if appraisal.verdict.kind == "no-clear-winner" else [])
    begins = [] if begin is None else [begin]
    for form in dict.fromkeys(top + begins if situation.decided else forms + begins):
        if form in situation.never:
            yield f"{form} must never be {'first' if situation.decided else 'named'}: {situation.never[form]}"
        elif form not in situation.would:
            yield f"{form} is not what a sound adviser would name"
    for form in top:
        if form in situation.would - situation.first:
            yield f"{form} may be named but not be first"
    for form in begins:
        if form in situation.would - situation.first:
            yield f"{form} may be named but not be the step to begin with"


def _gates(situation: Situation, appraisal: Appraisal) -> Iterator[str]:
    for barred in situation.closed:
        for option in _options(appraisal, barred):
            if not any(gate.effect in SHUTS for gate in _holding(option, barred)):
                yield f"{option.id} is {option.status} and not closed by {barred.by}"
    for barred in situation.warned:
        if not any(_holding(option, barred) for option in _options(appraisal, barred)):
            yield f"{barred.form} does not carry {barred.by}"
    for barred in situation.in_place:
        for option in _options(appraisal, barred):
            if option.status != "in-place":
                yield f"{option.id} is {option.status} and not in place"


def _options(appraisal: Appraisal, barred: Barred) -> list[OptionResult]:
    found = [
        option
        for option in appraisal.options
        if option.form == barred.form and barred.direction in {None, option.direction}
    ]
    assert found, f"no option {barred}"
    return found


def _holding(option: OptionResult, barred: Barred) -> list[GateResult]:
    return [gate for gate in option.gates if gate.id == barred.by and gate.state == "holds"]
