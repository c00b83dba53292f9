"""Where case and pack meet: every id and answer of the case that the pack does not know, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from partnerwizard.appraisal.local import with_local, without_local
from partnerwizard.appraisal.options import COMPARED
from partnerwizard.case.model import (
    DOES_NOT_APPLY,
    Answer,
    Case,
    HeldCause,
    Lifted,
    LocalOption,
    Override,
    PackReference,
    Ranking,
    RedLine,
    Scenario,
)
from partnerwizard.files import FileProblem
from partnerwizard.pack.model import Pack, Question


def reference_to(pack: Pack) -> PackReference:
    """How a case names the guidance that it was answered under."""
    return PackReference(id=pack.head.id, version=pack.head.version, content_hash=pack.content_hash)


def require_fit(pack: Pack, case: Case, name: str) -> None:
    """Raises FileProblem with one line, after `name`, for each thing in the case that does not fit the pack."""
    if problems := [f"{name}:{problem}" for problem in misfits(pack, case)]:
        raise FileProblem(*problems)


def misfits(pack: Pack, case: Case) -> Iterator[str]:
    """`PLACE: what is wrong. What to do.` for each id or answer that the pack does not know."""
    pack = without_local(pack)
    yield from _answers(pack, case.answers, "answers", partner=False)
    yield from _skipped(pack, case.skipped, "skipped", partner=False)
    for number, partner in enumerate(case.partners):
        yield from _answers(pack, partner.answers, f"partners.{number}.answers", partner=True)
        yield from _skipped(pack, partner.skipped, f"partners.{number}.skipped", partner=True)
    for number, option in enumerate(case.local_options):
        yield from _local_option(pack, option, f"local_options.{number}")
    for number, scenario in enumerate(case.scenarios):
        yield from _scenario_answers(pack, scenario, f"scenarios.{number}.")
    pack = with_local(pack, case)
    yield from _parts(pack, "", case.causes, case.aims, case.terms, case.red_lines, case.lifted, case.overrides)
    yield from _criteria(pack, case.points, "points")
    if case.hunch is not None and case.hunch.form is not None and case.hunch.form not in pack.form_by_id:
        yield f"hunch.form: there is no form {case.hunch.form}. Use an id of the pack's forms."
    for number, scenario in enumerate(case.scenarios):
        yield from _scenario(pack, scenario, f"scenarios.{number}.")


def _scenario_answers(pack: Pack, scenario: Scenario, place: str) -> Iterator[str]:
    given = {question: answer for question, answer in scenario.answers.items() if answer is not None}
    yield from _answers(pack, given, f"{place}answers", partner=False)
    for partner, answers in scenario.partner_answers.items():
        given = {question: answer for question, answer in answers.items() if answer is not None}
        yield from _answers(pack, given, f"{place}partner_answers.{partner}", partner=True)


def _scenario(pack: Pack, scenario: Scenario, place: str) -> Iterator[str]:
    yield from _parts(
        pack,
        place,
        scenario.causes or (),
        scenario.aims or (),
        scenario.terms or (),
        scenario.red_lines or (),
        scenario.lifted or (),
        scenario.overrides or (),
    )
    yield from _criteria(pack, scenario.points or {}, f"{place}points")


def _parts(
    pack: Pack,
    place: str,
    held: tuple[HeldCause, ...],
    aims: Ranking,
    terms: Ranking,
    red_lines: tuple[RedLine, ...],
    lifted: tuple[Lifted, ...],
    overrides: tuple[Override, ...],
) -> Iterator[str]:
    """What a case and a scenario both have; `place` stands before each part's name."""
    causes = pack.cause_by_id
    for number, cause in enumerate(held):
        if cause.id not in causes:
            yield f"{place}causes.{number}.id: there is no cause {cause.id}. Use one of: {', '.join(causes)}."
    for branch, ranking in (("aims", aims), ("terms", terms)):
        known = {criterion.id for criterion in pack.criteria if criterion.branch == branch}
        for rank, tie in enumerate(ranking):
            for criterion_id in tie:
                if criterion_id not in known:
                    allowed = ", ".join(sorted(known))
                    yield f"{place}{branch}.{rank}: {criterion_id} is not one of the {branch}. Use: {allowed}."
    for number, line in enumerate(red_lines):
        for form in line.forms:
            if form not in pack.form_by_id:
                yield f"{place}red_lines.{number}.forms: there is no form {form}. Use an id of the pack's forms."
        if line.aim is not None and line.aim not in pack.criterion_by_id:
            yield f"{place}red_lines.{number}.aim: there is no criterion {line.aim}. Use an id of the pack's criteria."
    for number, each in enumerate(lifted):
        # An option whose partner or grouping has gone since is no fault: nothing is left to bring back.
        if each.option.partition(":")[0] not in pack.form_by_id:
            yield f"{place}lifted.{number}.option: there is no option {each.option}. Name an option of this case."
    for number, own in enumerate(overrides):
        if own.form not in pack.form_by_id or own.criterion not in pack.form_by_id[own.form].ratings:
            yield f"{place}overrides.{number}: no rating of {own.form} on {own.criterion}. Correct the ids."


def _local_option(pack: Pack, option: LocalOption, place: str) -> Iterator[str]:
    if option.id in pack.form_by_id:
        yield f"{place}.id: {option.id} is a form of the guidance. Give the option another id."
    like = pack.form_by_id.get(option.like)
    if like is None or like.kind not in COMPARED or like.id == pack.head.reference:
        allowed = ", ".join(form.id for form in pack.forms if form.kind in COMPARED and form.id != pack.head.reference)
        yield f"{place}.like: {option.like} is not a form that an option can be like. Use one of: {allowed}."
    yield from _criteria(pack, option.ratings, f"{place}.ratings")


def _criteria(pack: Pack, criteria: Iterable[str], place: str) -> Iterator[str]:
    for criterion in criteria:
        if criterion not in pack.criterion_by_id:
            yield f"{place}.{criterion}: there is no criterion {criterion}. Use an id of the pack's criteria."


def _skipped(pack: Pack, skipped: tuple[str, ...], place: str, *, partner: bool) -> Iterator[str]:
    for number, question_id in enumerate(skipped):
        question = pack.question_by_id.get(question_id)
        if question is None or (question.scope == "partner") != partner:
            yield f"{place}.{number}: there is no such question here: {question_id}. Take it out."


def _answers(pack: Pack, answers: dict[str, Answer], place: str, *, partner: bool) -> Iterator[str]:
    for question_id, given in answers.items():
        question = pack.question_by_id.get(question_id)
        if question is None:
            yield f"{place}.{question_id}: there is no such question. `partnerwizard questions` lists them."
        elif (question.scope == "partner") != partner:
            where = (
                "each partner's answers" if question.scope == "partner" else "the answers about the trust and context"
            )
            yield f"{place}.{question_id}: this question is answered among {where}. Move it there."
        elif (problem := _misfit(pack, question, given)) is not None:
            yield f"{place}.{question_id}: {problem}"


def _misfit(pack: Pack, question: Question, given: Answer) -> str | None:
    value = given.value
    if value is None or value == DOES_NOT_APPLY:
        return None
    match question.kind:
        case "one" if not isinstance(value, str):
            return "one answer is needed, not a list. Give one of the allowed answers."
        case "many" if isinstance(value, str):
            return "a list of answers is needed. Put the answer in a list."
        case "form" if value not in pack.form_by_id:
            return f"there is no form {value}. Use an id of the pack's forms."
        case "text" if not isinstance(value, str):
            return "text is needed, not a list. Write it as one text."
        case "date":
            try:
                date.fromisoformat(str(value))
            except ValueError:
                return f"{value} is not a day. Write it as YYYY-MM-DD."
    if question.choices:
        allowed = [choice.id for choice in question.choices]
        for each in [value] if isinstance(value, str) else value:
            if each not in allowed:
                return f"{each} is not an allowed answer. Use one of: {', '.join(allowed)}."
        if not isinstance(value, str) and len(set(value)) < len(value):
            return "an answer is given twice. Give each once."
        if value == ():
            return "an empty list is no answer. Give an answer, null for don't know, or leave the question out."
    return None
