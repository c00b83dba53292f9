"""Where case and pack meet: every id and answer of the case that the pack does not know, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerwizard.case.model import DOES_NOT_APPLY, Answer, Case
from partnerwizard.files import FileProblem
from partnerwizard.pack.model import Pack, Question


def require_fit(pack: Pack, case: Case, name: str) -> None:
    """Raises FileProblem with one line, after `name`, for each thing in the case that does not fit the pack."""
    if problems := [f"{name}:{problem}" for problem in misfits(pack, case)]:
        raise FileProblem(*problems)


def misfits(pack: Pack, case: Case) -> Iterator[str]:
    """`PLACE: what is wrong. What to do.` for each id or answer that the pack does not know."""
    yield from _answers(pack, case.answers, "answers", partner=False)
    for number, partner in enumerate(case.partners):
        yield from _answers(pack, partner.answers, f"partners.{number}.answers", partner=True)
    causes = pack.cause_by_id
    for number, cause in enumerate(case.causes):
        if cause.id not in causes:
            yield f"causes.{number}.id: there is no cause {cause.id}. Use one of: {', '.join(causes)}."
    for branch, ranking in (("aims", case.aims), ("terms", case.terms)):
        known = {criterion.id for criterion in pack.criteria if criterion.branch == branch}
        for place, tie in enumerate(ranking):
            for criterion_id in tie:
                if criterion_id not in known:
                    allowed = ", ".join(sorted(known))
                    yield f"{branch}.{place}: {criterion_id} is not one of the {branch}. Use: {allowed}."
    for number, red_line in enumerate(case.red_lines):
        for form in red_line.forms:
            if form not in pack.form_by_id:
                yield f"red_lines.{number}.forms: there is no form {form}. Use an id of the pack's forms."
        if red_line.aim is not None and red_line.aim not in pack.criterion_by_id:
            yield f"red_lines.{number}.aim: there is no criterion {red_line.aim}. Use an id of the pack's criteria."
    for number, lifted in enumerate(case.lifted):
        # An option whose partner or grouping has gone since is no fault: nothing is left to bring back.
        if lifted.option.partition(":")[0] not in pack.form_by_id:
            yield f"lifted.{number}.option: there is no option {lifted.option}. Name an option or form of this case."
    for number, override in enumerate(case.overrides):
        if override.form not in pack.form_by_id or override.criterion not in pack.criterion_by_id:
            yield f"overrides.{number}: no rating of {override.form} on {override.criterion}. Correct the ids."


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
