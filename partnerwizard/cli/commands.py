"""What each command does."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerwizard import resources
from partnerwizard.appraisal.fit import misfits, reference_to, require_fit
from partnerwizard.case import answers as plain
from partnerwizard.case.file import SUFFIX, case_from, load_case, save_case
from partnerwizard.case.model import Case
from partnerwizard.deployment import deployment
from partnerwizard.files import (
    SIZE_LIMIT,
    FileProblem,
    NotWritten,
    is_file,
    is_folder,
    is_there,
    read_json,
    visible,
    write_whole,
)
from partnerwizard.pack.check import check_pack
from partnerwizard.pack.load import PackProblem, load_pack, load_pack_files
from partnerwizard.pack.model import Pack, Question

if TYPE_CHECKING:
    from partnerwizard.appraisal.model import Appraisal
    from partnerwizard.report.own.folder import OwnTemplates

DONE, FINDINGS, BAD_INPUT = 0, 1, 2


def appraise_cases(arguments: argparse.Namespace) -> int:
    """`appraise`: one document or text for each case named; a folder is a batch that goes on past a bad case."""
    pack = _pack(arguments)
    today = _today()
    folders = [path for path in arguments.cases if is_folder(path)]
    if not folders and len(arguments.cases) == 1:
        appraisal = _appraise(pack, arguments.cases[0], arguments, today)
        print(_document(appraisal) if arguments.json else visible(_in_words(appraisal, pack)))
        return DONE
    files = [
        file for path in arguments.cases for file in (sorted(path.glob(f"*{SUFFIX}")) if path in folders else [path])
    ]
    if not files:
        raise FileProblem(f"{arguments.cases[0]}: there is no case file (NAME{SUFFIX}) in this folder. Name another.")
    work = partial(_one_of_a_batch, arguments=arguments, today=today)
    status = DONE
    for line, failed in _spread(work, files, arguments.jobs, pack):
        if failed:
            print(line, file=sys.stderr)
            if arguments.json:
                print(json.dumps({"file": failed, "error": line}, ensure_ascii=False))
            status = BAD_INPUT
        else:
            print(line, flush=True)
    return status


def write_report(arguments: argparse.Namespace) -> int:
    """`report`: every format into a folder, or one format into a file.

    Own templates that do not work are told of, and the program's own used instead: done, with findings.
    """
    from partnerwizard.report.export import render

    if arguments.length == "wall" and arguments.to != ("pdf",):
        raise FileProblem("--length wall: the page for the wall is a PDF. Add --to pdf, and make other formats apart.")
    templates = _templates(arguments) if "html" in arguments.to else None
    pack = _pack(arguments)
    case = _case(pack, arguments.case)
    appraisal = _appraise_case(pack, case, arguments, _today(), arguments.case.name)
    status = DONE
    for format_, path in _targets(arguments):
        if arguments.length == "wall":
            from partnerwizard.report.wall import render_wall

            content = render_wall(pack, case, appraisal)
        elif format_ == "html" and templates is not None:
            from partnerwizard.report.compose import compose
            from partnerwizard.report.own.render import USED_INSTEAD, render_with

            page = render_with(compose(pack, case, appraisal, arguments.length), templates)
            if page.problem is not None:
                print(f"{page.problem} {USED_INSTEAD}", file=sys.stderr)
                status = FINDINGS
            content = page.html.encode()
        else:
            content = render(format_, pack, case, appraisal, arguments.length)
        write_whole(path, content)
        print(path)
    return status


def _templates(arguments: argparse.Namespace) -> OwnTemplates | None:
    """The organisation's own templates, from the folder given here or set for this computer."""
    from partnerwizard.report.own.folder import load

    folder = deployment().choose("templates", arguments.templates, "--templates")
    return load(folder) if folder else None


def new_case_file(arguments: argparse.Namespace) -> int:
    """`new`: a case file from plain answers, or an empty one; an existing file is never overwritten."""
    pack = _pack(arguments)
    if is_there(arguments.case):
        raise FileProblem(f"{arguments.case}: there is already a file of this name. Choose another name.")
    now = datetime.now(UTC).replace(microsecond=0)
    at = now if arguments.date is None else datetime.combine(arguments.date, time(), UTC)
    name = str(arguments.answers or arguments.case)
    given = plain.Answers() if arguments.answers is None else plain.load_answers(arguments.answers)
    case = plain.new_case(given, at, reference_to(pack), name)
    require_fit(pack, case, name)
    save_case(case, arguments.case)
    print(arguments.case)
    return DONE


def list_questions(arguments: argparse.Namespace) -> int:
    """`questions`: as text, or as one JSON document."""
    pack = _pack(arguments)
    if arguments.json:
        print(json.dumps([_question(pack, question) for question in pack.questions], ensure_ascii=False, indent=2))
        return DONE
    for question in pack.questions:
        print(visible(f"{question.id} ({question.scope}): {question.text}"))
        print(visible(f"    why: {question.why}"))
        for choice in question.choices:
            print(visible(f"    {choice.id}: {choice.text}"))
    return DONE


def check_paths(arguments: argparse.Namespace) -> int:
    """`check`: packs (folders with a pack.toml), folders of cases, cases, answers and tables; all problems at once."""
    findings: list[str] = []
    unusable = False
    pack: Pack | None = None
    for path in arguments.paths:
        if is_there(path / "pack.toml") or (is_folder(path) and not sorted(path.glob(f"*{SUFFIX}"))):
            try:
                findings += [str(finding) for finding in check_pack(load_pack_files(path), arguments.date or _today())]
            except PackProblem as problem:
                findings += problem.problems
            continue
        pack = pack or _pack(arguments)
        for file in sorted(path.glob(f"*{SUFFIX}")) if is_folder(path) else [path]:
            try:
                findings += _check_case(pack, file)
            except FileProblem as problem:
                if is_file(file):
                    findings += problem.problems
                else:
                    print(problem, file=sys.stderr)
                    unusable = True
    for finding in findings:
        print(visible(finding))
    if unusable:
        return BAD_INPUT
    return FINDINGS if findings else DONE


def explain_option(arguments: argparse.Namespace) -> int:
    """`explain`: why an option is in or out and where its score comes from, in words."""
    from partnerwizard.appraisal.explain import option_in_words

    pack = _pack(arguments)
    case = _case(pack, arguments.case)
    appraisal = _appraise_case(pack, case, arguments, _today(), arguments.case.name)
    wanted = [option for option in appraisal.options if arguments.option in {option.id, option.form}]
    if not wanted:
        ids = ", ".join(option.id for option in appraisal.options)
        raise FileProblem(f"{arguments.case}: there is no option {arguments.option}. Use one of: {ids}.")
    print(f"Advice for {appraisal.as_of}, guidance {appraisal.pack.id} {appraisal.pack.version}")
    for option in wanted:
        print()
        print(visible("\n".join(line for line in option_in_words(pack, case, appraisal, option) if line)))
    if arguments.enough:
        from partnerwizard.appraisal.enough import enough_answers

        found = enough_answers(pack, case, appraisal.as_of)
        print("\n" + ("No form is open, so no answers put one first." if found is None else found.sentence))
    return DONE


def write_book(arguments: argparse.Namespace) -> int:
    """`book`: the pack as a review document; a pack with faults is refused with every finding."""
    from partnerwizard.book import render_book

    files = load_pack_files(_pack_folder(arguments))
    write_whole(arguments.output, render_book(files, arguments.date or _today()).encode())
    print(arguments.output)
    return DONE


def print_schema(arguments: argparse.Namespace) -> int:
    """`schema`: the JSON Schema of a format."""
    from partnerwizard.analysis.schema import ANALYSIS, TABLE
    from partnerwizard.appraisal.model import contract_schema

    schemas: dict[str, Any] = {
        "pack": Pack.model_json_schema,
        "case": Case.model_json_schema,
        "answers": plain.Answers.model_json_schema,
        "appraisal": contract_schema,
        "table": lambda: TABLE,
        "analysis": lambda: ANALYSIS,
    }
    print(json.dumps(schemas[arguments.format](), ensure_ascii=False, indent=2))
    return DONE


def _pack(arguments: argparse.Namespace) -> Pack:
    return load_pack(_pack_folder(arguments))


def _pack_folder(arguments: argparse.Namespace) -> Path:
    """The guidance asked for, else what is set for this computer, else the built-in one."""
    return deployment().choose("pack", arguments.pack, "--pack") or resources.guidance_dir()


def _case(pack: Pack, path: Path) -> Case:
    case = load_case(path)
    require_fit(pack, case, str(path))
    return case


def _today() -> date:
    """The one place where the command line reads the clock for the day of the advice."""
    return datetime.now(UTC).date()


def _appraise(pack: Pack, path: Path, arguments: argparse.Namespace, today: date) -> Appraisal:
    return _appraise_case(pack, _case(pack, path), arguments, today, path.name)


def _appraise_case(pack: Pack, case: Case, arguments: argparse.Namespace, today: date, file: str) -> Appraisal:
    from partnerwizard.appraisal.appraise import appraise

    samples = getattr(arguments, "samples", None) or pack.head.method.samples
    seed = getattr(arguments, "seed", None)
    return appraise(
        pack,
        case,
        as_of=arguments.date or case.as_of or today,
        samples=samples,
        seed=case.seed if seed is None else seed,
        file=file,
    )


def _one_of_a_batch(file: Path, *, pack: Pack, arguments: argparse.Namespace, today: date) -> tuple[str, str | None]:
    """A line for a case of a batch, and its name if it failed."""
    try:
        appraisal = _appraise(pack, file, arguments, today)
    except FileProblem as problem:
        return "; ".join(problem.problems), file.name
    if arguments.json:
        return json.dumps({"file": file.name, **appraisal.as_json()}, ensure_ascii=False), None
    return visible(f"{file.name}: {appraisal.verdict.sentence}"), None


_batch_pack: Pack | None = None


def _start_worker(pack: Pack) -> None:
    global _batch_pack  # noqa: PLW0603 - each worker process gets the pack once instead of with every case
    _batch_pack = pack


def _in_worker(file: Path, work: partial[tuple[str, str | None]]) -> tuple[str, str | None]:
    return work(file, pack=_batch_pack)


def _spread(
    work: partial[tuple[str, str | None]], files: list[Path], jobs: int, pack: Pack
) -> Iterator[tuple[str, str | None]]:
    if jobs == 1 or len(files) == 1:
        yield from (work(file, pack=pack) for file in files)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(min(jobs, len(files)), _start_worker, (pack,)) as pool:
        yield from pool.imap(partial(_in_worker, work=work), files)


def _document(appraisal: Appraisal) -> str:
    return json.dumps(appraisal.as_json(), ensure_ascii=False, indent=2)


def _in_words(appraisal: Appraisal, pack: Pack) -> str:
    lines = [
        appraisal.case.title or str(appraisal.case.file),
        "",
        appraisal.verdict.sentence,
        "",
        f"Verdict: {appraisal.verdict.kind.replace('-', ' ')}. "
        f"Over weights alone {appraisal.verdict.over_weights:.0%}; over weights and ratings "
        f"{appraisal.verdict.over_weights_and_ratings:.0%} (with each form's ratings drawn apart "
        f"{appraisal.verdict.drawn_apart:.0%}).",
    ]
    reference = appraisal.reference.value.likely
    ranked = sorted((each for each in appraisal.options if each.rank is not None), key=lambda each: each.rank or 0)
    lines += ["", "Against carrying on as now (points of 100):"]
    lines += [
        f"  {option.value.likely - reference:+6.1f}  {option.name}"
        + (f" ({option.status})" if option.status != "open" else "")
        for option in ranked
        if option.value is not None
    ]
    scored = {each.form for each in ranked}
    names = {form.id: form.name for form in pack.forms}
    closed = dict.fromkeys(names.get(each.form, each.name) for each in appraisal.options if each.form not in scored)
    if closed:
        lines += ["", f"Closed (`partnerwizard explain` says why): {', '.join(closed)}."]
    if appraisal.cautions:
        lines += ["", "Cautions:", *(f"  - {caution}" for caution in appraisal.cautions)]
    if worth := [each for each in appraisal.find_out if each.could_change_the_answer][:5]:
        short = {question.id: question.short for question in pack.questions}
        lines += ["", f"Find out first: {'; '.join(short.get(each.fact, each.fact).lower() for each in worth)}."]
    lines += [
        "",
        f"For discussion; advice for {appraisal.as_of}, guidance {appraisal.pack.id} {appraisal.pack.version} "
        f"(checked {appraisal.pack.checked}), {appraisal.samples} draws, seed {appraisal.seed}.",
    ]
    return "\n".join(lines)


def _targets(arguments: argparse.Namespace) -> Iterable[tuple[str, Path]]:
    """Where each format goes: a file for one format with its suffix, else `<case stem>.<ext>` in a folder."""
    formats: tuple[str, ...] = arguments.to
    output: Path = arguments.output or Path()
    if len(formats) == 1 and output.suffix == f".{formats[0]}" and not output.is_dir():
        return [(formats[0], output)]
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(f"{output}: the folder cannot be made ({error.strerror}). Choose another folder.") from None
    return [(each, output / f"{arguments.case.stem}.{each}") for each in formats]


def _question(pack: Pack, question: Question) -> dict[str, Any]:
    allowed = [{"id": choice.id, "text": choice.text} for choice in question.choices]
    if question.kind == "form":
        allowed = [{"id": form.id, "text": form.name} for form in pack.forms]
    return {
        "id": question.id,
        "scope": question.scope,
        "step": question.step,
        "kind": question.kind,
        "text": question.text,
        "why": question.why,
        "answers": allowed,
        "asked_when": None
        if question.asked_when is None
        else question.asked_when.model_dump(mode="json", by_alias=True, exclude_none=True),
    }


def _check_case(pack: Pack, file: Path) -> list[str]:
    from partnerwizard.analysis import table as tables

    document = read_json(file, tables.SIZE_LIMIT if file.suffix == ".json" else SIZE_LIMIT)
    kind = str(document.get("format", "")) if isinstance(document, dict) else ""
    if kind.startswith("partnerwizard-table/"):
        tables.table_from(document, str(file))
        return []
    if kind.startswith("partnerwizard-answers/"):
        given = plain.answers_from(document, str(file))
        case = plain.new_case(given, datetime.combine(pack.head.checked, time(), UTC), reference_to(pack), str(file))
    else:
        case = case_from(document, str(file))
    return [f"{file}:{problem}" for problem in misfits(pack, case)]
