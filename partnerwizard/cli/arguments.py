"""The words of each command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from partnerwizard import __version__

SCHEMAS = ("pack", "case", "answers", "appraisal", "table", "analysis")
MOST_SAMPLES = 10_000_000


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command and its arguments; `run` names the function to call. Bad use ends the program with status 2."""
    parser = argparse.ArgumentParser(
        prog="partnerwizard",
        description="Helps an NHS trust choose a partnering model: what is open, what fits, how firm the answer is.",
    )
    parser.add_argument("--version", action="version", version=f"partnerwizard {__version__}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: str, help_text: str) -> argparse.ArgumentParser:
        added = subparsers.add_parser(name, help=help_text, description=help_text)
        added.set_defaults(run=run)
        return added

    appraise = command(
        "appraise",
        "appraise_cases",
        "the verdict on cases or folders of cases, in words or as JSON",
    )
    appraise.add_argument("cases", nargs="+", type=Path, metavar="CASE")
    _advice(appraise)
    appraise.add_argument("--json", action="store_true", help="one JSON document; for a folder one line a case")
    appraise.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes for a folder")
    appraise.add_argument("--samples", type=_samples, metavar="N", help="draws of weights and ratings")
    appraise.add_argument("--seed", type=_seed, metavar="N", help="seed of the draws (default: the case's own)")

    report = command("report", "write_report", "writes the report of a case")
    report.add_argument("case", type=Path, metavar="CASE")
    report.add_argument("--to", required=True, type=_formats, metavar="FORMATS", help="html,pdf,docx,xlsx,json")
    report.add_argument("-o", "--output", type=Path, metavar="PATH", help="a file for one format, else a folder")
    report.add_argument(
        "--length",
        choices=("summary", "full", "wall"),
        default="full",
        help="two pages, the full paper, or one large page for the wall of a workshop (as PDF only)",
    )
    report.add_argument(
        "--templates",
        type=Path,
        metavar="DIR",
        help="a folder with your own templates of the HTML report (default: what is set for this computer)",
    )
    _advice(report)

    new = command("new", "new_case_file", "makes a new case, from plain answers if there are any")
    new.add_argument("case", type=Path, metavar="CASE")
    new.add_argument("--from", dest="answers", type=Path, metavar="ANSWERS.json")
    _advice(new)

    questions = command(
        "questions",
        "list_questions",
        "every question: id, scope, text, why it is asked, answers",
    )
    _pack(questions)
    questions.add_argument("--json", action="store_true")

    check = command("check", "check_paths", "checks packs, cases and tables; all problems at once")
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    _advice(check)

    explain = command(
        "explain",
        "explain_option",
        "why an option is in or out and where its score comes from",
    )
    explain.add_argument("case", type=Path, metavar="CASE")
    explain.add_argument("option", metavar="OPTION")
    explain.add_argument(
        "--enough",
        action="store_true",
        help="say also which of the answers are enough for the form that is first; this can take seconds",
    )
    _advice(explain)

    book = command("book", "write_book", "the whole guidance pack as one page for reviewers")
    _pack(book)
    book.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="the day for which reviews are due or overdue")
    book.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.html")

    analyse = command("analyse", "analyse_table", "the decision engine alone, on any decision table")
    analyse.add_argument("table", type=Path, metavar="TABLE.json")
    analyse.add_argument("--json", action="store_true", help="the whole answer as one JSON document")
    analyse.add_argument("--samples", type=_samples, default=10_000, metavar="N", help="draws of weights and ratings")
    analyse.add_argument("--seed", type=_seed, default=0, metavar="N", help="seed of the draws")

    schema = command("schema", "print_schema", "the JSON Schema of a format")
    schema.add_argument("format", choices=SCHEMAS)
    return parser.parse_args(argv)


def _pack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", type=Path, metavar="DIR", help="a guidance pack other than the built-in one")


def _advice(parser: argparse.ArgumentParser) -> None:
    _pack(parser)
    parser.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="the day the advice is given for")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as YYYY-MM-DD") from None


def _whole(text: str, low: int, high: int, what: str) -> int:
    if not (text.isascii() and text.isdigit() and low <= int(text[:20]) <= high):
        raise argparse.ArgumentTypeError(f"{text!r} is not {what}")
    return int(text)


def _positive(text: str) -> int:
    return _whole(text, 1, 256, "a whole number from 1 to 256")


def _samples(text: str) -> int:
    return _whole(text, 1, MOST_SAMPLES, f"a whole number from 1 to {MOST_SAMPLES}")


def _seed(text: str) -> int:
    return _whole(text, 0, 2**63 - 1, "a whole number from 0")


def _formats(text: str) -> tuple[str, ...]:
    from partnerwizard.report.export import FORMATS

    wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    unknown = [each for each in wanted if each not in FORMATS]
    if unknown:
        raise argparse.ArgumentTypeError(f"cannot write {', '.join(unknown)!r}; choose from: {', '.join(FORMATS)}")
    return wanted
