"""What differs between two states of a case, in plain sentences: what a what-if changes, or what was changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from partnerwizard.appraisal.local import with_local
from partnerwizard.appraisal.options import listed
from partnerwizard.case.model import DOES_NOT_APPLY, Answer, Case, Lifted, Override, Ranking, Scenario, Value
from partnerwizard.case.scenarios import apply
from partnerwizard.pack.model import Pack, Question

NOT_ANSWERED = "not answered"
CONFIDENCE = {"high": "surely", "moderate": "probably", "low": "perhaps"}


def changes(pack: Pack, case: Case, scenario: Scenario) -> tuple[str, ...]:
    """One sentence for each thing in which the scenario differs from the case as it is now."""
    return between(pack, case, apply(case, scenario))


def between(pack: Pack, before: Case, after: Case) -> tuple[str, ...]:
    """One sentence for each thing that is another in `after`, of all that a scenario can hold."""
    return tuple(_differences(with_local(pack, after), before, after))


def value_in_words(pack: Pack, question: Question, value: Value) -> str:
    """An answer as the pack words it; don't know and does not apply are told apart."""
    if value is None:
        return "don’t know"
    if value == DOES_NOT_APPLY:
        return "does not apply"
    if question.kind == "form" and isinstance(value, str) and value in pack.form_by_id:
        return pack.form_by_id[value].name
    texts = {choice.id: choice.text for choice in question.choices}
    return ", ".join(texts.get(each, each) for each in ([value] if isinstance(value, str) else value))


def _differences(pack: Pack, before: Case, after: Case) -> Iterator[str]:
    yield from _answers(pack, before.answers, after.answers, "")
    for partner in before.partners:
        if (other := after.partner_by_id.get(partner.id)) is not None:
            yield from _answers(pack, partner.answers, other.answers, f" ({partner.name})")
    yield from _causes(pack, before, after)
    for name, was, now in (("Aims", before.aims, after.aims), ("Terms", before.terms, after.terms)):
        if was != now:
            yield f"{name}: {_ranking(pack, now)}, instead of {_ranking(pack, was)}."
    if before.swing != after.swing:
        yield f"Aims against terms: {_range(after.swing)}, instead of {_range(before.swing)}."
    for criterion in pack.criteria:
        was_points, now_points = before.points.get(criterion.id), after.points.get(criterion.id)
        if was_points != now_points:
            yield f"Points for {criterion.name.lower()}: {_range(now_points)}, instead of {_range(was_points)}."
    yield from (f"Without the red line “{each.text}”." for each in before.red_lines if each not in after.red_lines)
    yield from (f"With the red line “{each.text}”." for each in after.red_lines if each not in before.red_lines)
    yield from _overrides(pack, before, after)
    was_lifted, now_lifted = _by_option(before.lifted), _by_option(after.lifted)
    names = {form.id: form.name for form in pack.forms}
    for option in dict.fromkeys((*was_lifted, *now_lifted)):
        name = names.get(option.partition(":")[0], option)
        if was_lifted.get(option, set()) - now_lifted.get(option, set()):
            yield f"{name} is no longer brought back."
        if now_lifted.get(option, set()) - was_lifted.get(option, set()):
            yield f"{name} is brought back."


def _answers(pack: Pack, before: Mapping[str, Answer], after: Mapping[str, Answer], who: str) -> Iterator[str]:
    for question in pack.questions:
        was, now = before.get(question.id), after.get(question.id)
        if (was is None) != (now is None) or (was is not None and now is not None and was.value != now.value):
            words = [
                NOT_ANSWERED if each is None else value_in_words(pack, question, each.value) for each in (now, was)
            ]
            yield f"{question.short}{who}: “{words[0]}” instead of “{words[1]}”."


def _causes(pack: Pack, before: Case, after: Case) -> Iterator[str]:
    was, now = ({cause.id: cause.confidence for cause in case.causes} for case in (before, after))
    for cause in pack.causes:
        if was.get(cause.id) != now.get(cause.id):
            words = [CONFIDENCE[each[cause.id]] if cause.id in each else "not a cause" for each in (now, was)]
            yield f"Cause {cause.name.lower()}: {words[0]}, instead of {words[1]}."


def _overrides(pack: Pack, before: Case, after: Case) -> Iterator[str]:
    was, now = ({(each.form, each.criterion): each for each in case.overrides} for case in (before, after))
    for form, criterion in dict.fromkeys((*was, *now)):
        own, other = now.get((form, criterion)), was.get((form, criterion))
        if own != other and form in pack.form_by_id and criterion in pack.criterion_by_id:
            what = f"{pack.form_by_id[form].name} on {pack.criterion_by_id[criterion].name.lower()}"
            yield f"Rating of {what}: {_rating(own)}, instead of {_rating(other)}."


def _rating(own: Override | None) -> str:
    return "as in the guidance" if own is None else f"your own {own.likely:g} ({own.low:g} to {own.high:g})"


def _range(given: tuple[float, float] | None) -> str:
    return NOT_ANSWERED if given is None else f"{given[0]:g} to {given[1]:g}"


def _ranking(pack: Pack, ranking: Ranking) -> str:
    if not ranking:
        return "none ranked"
    return ", then ".join(listed([pack.criterion_by_id[each].name.lower() for each in tie]) for tie in ranking)


def _by_option(lifted: tuple[Lifted, ...]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in lifted:
        found.setdefault(each.option, set()).add(each.gate)
    return found
