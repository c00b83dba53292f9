"""Faults of sense in a pack that loads: broken references, unrated cells, double counting, overdue, unused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from partnerwizard.pack.conditions import Condition, comparisons
from partnerwizard.pack.load import FORMS, HEAD, SOURCES, Finding, PackFiles
from partnerwizard.pack.model import Claim, Form, Pack

DERIVED_ANSWERS: dict[str, tuple[str, ...] | None] = {
    "causes": None,
    "causes-held": ("some", "none"),
    "number-of-bodies": None,
    "option.direction": ("we-lead", "they-lead"),
}
"""Facts that the program derives, with their answers where these are fixed."""

Place = tuple[str | int, ...]


def check_pack(files: PackFiles, on: date) -> list[Finding]:
    """Every fault of sense on a day, in the order of the files."""
    checks = (
        *(_repeated, _head, _questions, _forms, _gates, _duties),
        *(_adjustments, _authority, _readiness, _precedents, _sources),
    )
    found = [finding for check in checks for finding in check(files)]
    return [*found, *_overdue(files, on)]


def _repeated(files: PackFiles) -> Iterator[Finding]:
    pack = files.pack
    lists: list[tuple[str, str, Iterable[str]]] = [
        ("questions.toml", "question", (each.id for each in pack.questions)),
        ("criteria.toml", "criterion", (each.id for each in pack.criteria)),
        ("causes.toml", "cause", (each.id for each in pack.causes)),
        ("gates.toml", "gate", (each.id for each in pack.gates)),
        ("duties.toml", "duty", (each.id for each in pack.duties)),
        ("adjustments.toml", "adjustment", (each.id for each in pack.adjustments)),
        ("authority.toml", "authority_need", (each.id for each in pack.authority_needs)),
        ("readiness.toml", "ingredient", (each.id for each in pack.ingredients)),
        ("precedents.toml", "precedent", (each.id for each in pack.precedents)),
        ("glossary.toml", "term", (each.id for each in pack.glossary)),
    ]
    for file, key, ids in lists:
        seen: set[str] = set()
        for number, each in enumerate(ids):
            if each in seen:
                yield files.finding(file, f"{each} is defined twice. Take one out.", key, number, "id")
            seen.add(each)
    for form in pack.forms:
        file = _form_file(form.id)
        if file not in files.texts:
            wrong = next((name for name in files.texts if f'id = "{form.id}"' in files.texts[name]), HEAD)
            yield files.finding(wrong, f"the form {form.id} must stand in {file}. Rename the file or the id.", "id")
    seen_sources: set[str] = set()
    for source in pack.sources:
        if source.id in seen_sources:
            file, number = _source_place(files, source.id)
            yield files.finding(file, f"the source {source.id} is defined twice. Take one out.", "source", number, "id")
        seen_sources.add(source.id)


def _head(files: PackFiles) -> Iterator[Finding]:
    pack, head = files.pack, files.pack.head
    forms = pack.form_by_id
    for form in forms:
        if form not in head.least_structural_first:
            yield files.finding(HEAD, f"{form} has no place in the order. Add it.", "least_structural_first")
    for form in head.least_structural_first:
        if form not in forms:
            yield files.finding(HEAD, f"there is no form {form}. Add it or take it out.", "least_structural_first")
    if head.reference not in forms:
        yield files.finding(HEAD, f"the reference {head.reference} is not a form. Name one.", "reference")
    elif "none" not in forms[head.reference].takes:
        yield files.finding(HEAD, "the reference must be a form that takes no partner.", "reference")
    for fact in head.method.key_facts:
        if fact not in pack.question_by_id and fact not in DERIVED_ANSWERS:
            yield files.finding(HEAD, f"the key fact {fact} is not a question. Correct it.", "method", "key_facts")
    roles = head.roles
    for name in ("reach", "fixed_form"):
        if getattr(roles, name) not in pack.question_by_id:
            yield files.finding(HEAD, f"{getattr(roles, name)} is not a question. Correct it.", "roles", name)
    for name in ("mandated_when", "fixed_form_when", "enough_when"):
        yield from _condition(files, getattr(roles, name), HEAD, ("roles", name))


def _questions(files: PackFiles) -> Iterator[Finding]:
    pack = files.pack
    steps = {step.id for step in pack.head.steps}
    quick: dict[int, str] = {}
    for number, question in enumerate(pack.questions):
        place: Place = ("question", number)
        if question.step not in steps:
            yield files.finding(
                "questions.toml", f"there is no step {question.step}. Use one of pack.toml.", *place, "step"
            )
        if question.quick is not None and quick.setdefault(question.quick, question.id) != question.id:
            yield files.finding(
                "questions.toml", f"{quick[question.quick]} has the same place in the quick look.", *place, "quick"
            )
        if question.asked_when is not None:
            yield from _condition(files, question.asked_when, "questions.toml", (*place, "asked_when"))
            if question.id in question.asked_when.facts():
                yield files.finding("questions.toml", "it is asked depending on itself.", *place, "asked_when")


def _forms(files: PackFiles) -> Iterator[Finding]:
    pack = files.pack
    reach = pack.question_by_id.get(pack.head.roles.reach)
    reaches = {choice.id for choice in reach.choices} if reach is not None else set()
    ingredients = {each.id for each in pack.ingredients}
    for form in pack.forms:
        file = _form_file(form.id)
        if file not in files.texts:
            continue
        for key, given, known, what in (
            ("reach", form.reach, reaches, "scale"),
            ("leans_on", form.leans_on, ingredients, "ingredient"),
            ("leads_to", form.leads_to, set(pack.form_by_id), "form"),
            ("goes_with", form.goes_with, set(pack.form_by_id), "form"),
            ("fallback", form.fallback, set(pack.form_by_id), "form"),
        ):
            for each in given:
                if each not in known:
                    yield files.finding(file, f"there is no {what} {each}. Correct it.", key)
        for cause in form.causes:
            if cause not in pack.cause_by_id:
                yield files.finding(file, f"there is no cause {cause}. Correct it.", "causes", cause)
        if form.in_place_when is not None:
            yield from _condition(files, form.in_place_when, file, ("in_place_when",))
        yield from _ratings(files, form, file)
        for place, sources in _form_sources(form):
            yield from _known_sources(files, sources, file, place)


def _ratings(files: PackFiles, form: Form, file: str) -> Iterator[Finding]:
    pack = files.pack
    for criterion in form.ratings:
        if criterion not in pack.criterion_by_id:
            yield files.finding(file, f"there is no criterion {criterion}. Correct it.", "ratings", criterion)
    if form.kind in {"form", "service-model"}:
        for criterion in pack.criterion_by_id:
            if criterion not in form.ratings:
                yield files.finding(
                    file, f"not rated on {criterion}. Rate it, or say that it is unknown and why.", "ratings"
                )
    for criterion, rating in form.ratings.items():
        limit = pack.criterion_by_id.get(criterion)
        if limit is not None and limit.branch == "terms" and (rating.level or 0) > 0:
            yield files.finding(
                file, "a term cannot be better than carrying on: its scale ends there.", "ratings", criterion, "level"
            )
        if form.id == pack.head.reference and (rating.level != 0 or rating.ground != "by-design"):
            yield files.finding(file, "the reference is level 0 by design on every criterion.", "ratings", criterion)


def _gates(files: PackFiles) -> Iterator[Finding]:
    pack = files.pack
    adjusting: dict[str, set[str]] = {}
    for adjustment in pack.adjustments:
        for form in adjustment.forms:
            adjusting.setdefault(form, set()).update(adjustment.when.facts())
    for number, gate in enumerate(pack.gates):
        place: Place = ("gate", number)
        for form in gate.forms:
            if form not in pack.form_by_id:
                yield files.finding("gates.toml", f"there is no form {form}: it cannot be reached.", *place, "forms")
            elif gate.vehicle is not None and gate.vehicle not in pack.form_by_id[form].vehicles:
                yield files.finding("gates.toml", f"{form} has no vehicle {gate.vehicle}.", *place, "vehicle")
        yield from _condition(files, gate.when, "gates.toml", (*place, "when"))
        yield from _known_sources(files, gate.sources, "gates.toml", (*place, "sources"))
        if gate.effect in {"needs", "caution"} and gate.also_adjusts is None:
            for form in gate.forms:
                for fact in sorted(adjusting.get(form, set()) & set(gate.when.facts()) - {"option.direction"}):
                    yield files.finding(
                        "gates.toml",
                        f"{fact} also adjusts a rating of {form}. Say in `also_adjusts` why that is not counted twice.",
                        *place,
                        "when",
                    )


def _duties(files: PackFiles) -> Iterator[Finding]:
    for number, duty in enumerate(files.pack.duties):
        place: Place = ("duty", number)
        for form in duty.forms:
            if form not in files.pack.form_by_id:
                yield files.finding("duties.toml", f"there is no form {form}. Correct it.", *place, "forms")
        yield from _condition(files, duty.when, "duties.toml", (*place, "when"))
        yield from _known_sources(files, duty.sources, "duties.toml", (*place, "sources"))


def _adjustments(files: PackFiles) -> Iterator[Finding]:
    pack = files.pack
    for number, adjustment in enumerate(pack.adjustments):
        place: Place = ("adjustment", number)
        for form in adjustment.forms:
            if form not in pack.form_by_id:
                yield files.finding("adjustments.toml", f"there is no form {form}. Correct it.", *place, "forms")
        for criterion in adjustment.criteria:
            if criterion not in pack.criterion_by_id:
                yield files.finding("adjustments.toml", f"there is no criterion {criterion}.", *place, "criteria")
                continue
            for form_id in adjustment.forms:
                moved = pack.form_by_id.get(form_id)
                rating = None if moved is None else moved.ratings.get(criterion)
                if rating is not None and rating.ground == "unknown":
                    yield files.finding(
                        "adjustments.toml",
                        f"it moves nothing: {form_id} is not known on {criterion}. Take it out.",
                        *place,
                        "criteria",
                    )
        yield from _condition(files, adjustment.when, "adjustments.toml", (*place, "when"))
        yield from _known_sources(files, adjustment.sources, "adjustments.toml", (*place, "sources"))


def _authority(files: PackFiles) -> Iterator[Finding]:
    for number, need in enumerate(files.pack.authority_needs):
        yield from _condition(files, need.when, "authority.toml", ("authority_need", number, "when"))
        yield from _known_sources(files, need.sources, "authority.toml", ("authority_need", number, "sources"))


def _readiness(files: PackFiles) -> Iterator[Finding]:
    for number, ingredient in enumerate(files.pack.ingredients):
        place: Place = ("ingredient", number)
        question = files.pack.question_by_id.get(ingredient.question)
        if question is None or question.scope != "partner":
            yield files.finding(
                "readiness.toml", f"{ingredient.question} is not a question about partners.", *place, "question"
            )
        yield from _known_sources(files, ingredient.sources, "readiness.toml", (*place, "sources"))


def _precedents(files: PackFiles) -> Iterator[Finding]:
    pack = files.pack
    for number, precedent in enumerate(pack.precedents):
        place: Place = ("precedent", number)
        if precedent.form not in pack.form_by_id:
            yield files.finding("precedents.toml", f"there is no form {precedent.form}. Correct it.", *place, "form")
        for fact, value in precedent.facts.items():
            for answer in [value] if isinstance(value, str) else value:
                if (problem := _answer_problem(pack, fact, answer)) is not None:
                    yield files.finding("precedents.toml", problem, *place, "facts", fact)
        for cause in precedent.causes:
            if cause not in pack.cause_by_id:
                yield files.finding("precedents.toml", f"there is no cause {cause}. Correct it.", *place, "causes")
        yield from _known_sources(files, precedent.sources, "precedents.toml", (*place, "sources"))


def _sources(files: PackFiles) -> Iterator[Finding]:
    pack = files.pack
    used: set[str] = set()
    for form in pack.forms:
        for _, sources in _form_sources(form):
            used.update(sources)
    for entries in (pack.gates, pack.duties, pack.adjustments, pack.authority_needs, pack.ingredients, pack.precedents):
        for entry in entries:
            used.update(entry.sources)
    for source in pack.sources:
        if source.id not in used:
            file, number = _source_place(files, source.id)
            yield files.finding(
                file, f"nothing uses the source {source.id}. Use it or take it out.", "source", number, "id"
            )


def _overdue(files: PackFiles, on: date) -> Iterator[Finding]:
    pack = files.pack
    if pack.head.review_by < on:
        yield files.finding(HEAD, f"the pack was due for review by {pack.head.review_by}. Review it.", "review_by")
    for number, gate in enumerate(pack.gates):
        if gate.review_by < on:
            yield files.finding(
                "gates.toml",
                f"{gate.id} was due for review by {gate.review_by}. Review it.",
                "gate",
                number,
                "review_by",
            )
    for number, duty in enumerate(pack.duties):
        if duty.review_by < on:
            yield files.finding(
                "duties.toml",
                f"{duty.id} was due for review by {duty.review_by}. Review it.",
                "duty",
                number,
                "review_by",
            )
    for source in pack.sources:
        if source.review_by is not None and source.review_by < on:
            file, place = _source_place(files, source.id)
            yield files.finding(
                file, f"{source.id} was due for review by {source.review_by}. Look again.", "source", place, "review_by"
            )


def _condition(files: PackFiles, condition: Condition, file: str, place: Place) -> Iterator[Finding]:
    pack = files.pack
    for comparison in comparisons(condition):
        fact = comparison.fact
        if fact.startswith("switch."):
            if fact.removeprefix("switch.") not in pack.head.switches:
                yield files.finding(file, f"there is no {fact} in pack.toml. Correct it.", *place)
            continue
        if comparison.at_least is not None and fact != "number-of-bodies":
            yield files.finding(file, f"{fact} is not a number: at_least never holds.", *place)
        for answer in comparison.wanted or ("",):
            if (problem := _answer_problem(pack, fact, answer)) is not None:
                yield files.finding(file, problem, *place)


def _answer_problem(pack: Pack, fact: str, answer: str) -> str | None:
    question = pack.question_by_id.get(fact)
    if question is None:
        if fact not in DERIVED_ANSWERS:
            return f"there is no fact {fact}. Name a question of questions.toml or a derived fact."
        allowed = tuple(pack.cause_by_id) if fact == "causes" else DERIVED_ANSWERS[fact]
    elif question.kind == "form":
        allowed = tuple(pack.form_by_id)
    else:
        allowed = tuple(choice.id for choice in question.choices) or None
    if allowed is not None and answer and answer not in allowed:
        return f"{fact} has no answer {answer}, so this never holds. Use one of: {', '.join(allowed)}."
    return None


def _known_sources(files: PackFiles, sources: Iterable[str], file: str, place: Place) -> Iterator[Finding]:
    for source in sources:
        if source not in files.pack.source_by_id:
            yield files.finding(file, f"there is no source {source}. Add it to {SOURCES}/ or correct it.", *place)


def _form_sources(form: Form) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Every place of a form that names sources."""
    for name in ("definition", "governs", "accountable", "reversibility", "money", "time"):
        yield (name, "sources"), getattr(form, name).sources
    for name in ("needs", "helps", "harms", "warning_signs", "approvals"):
        entries: tuple[Claim, ...] = getattr(form, name)
        for number, entry in enumerate(entries):
            yield (name, number, "sources"), entry.sources
    for criterion, rating in form.ratings.items():
        yield ("ratings", criterion, "sources"), rating.sources


def _form_file(form: str) -> str:
    return f"{FORMS}/{form}.toml"


def _source_place(files: PackFiles, source: str) -> tuple[str, int]:
    """The file that defines a source (the last, if several do) and its place in that file's list."""
    for file in sorted((name for name in files.texts if name.startswith(f"{SOURCES}/")), reverse=True):
        ids = [
            line.split("=", 1)[1].strip().strip('"') for line in files.texts[file].splitlines() if line.startswith("id")
        ]
        if source in ids:
            return file, len(ids) - 1 - ids[::-1].index(source)
    return HEAD, 0
