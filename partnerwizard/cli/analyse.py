"""The `analyse` command: the decision engine alone."""

from __future__ import annotations

import argparse
import json

from partnerwizard.analysis.document import analyse
from partnerwizard.analysis.table import load_table
from partnerwizard.files import visible


def analyse_table(arguments: argparse.Namespace) -> int:
    """`analyse`: the answer to a decision table, in words or as one JSON document."""
    table = load_table(arguments.table)
    document = analyse(table, samples=arguments.samples, seed=arguments.seed)
    if arguments.json:
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        from partnerwizard.analysis.words import in_words

        print(visible("\n".join(in_words(document))))
    return 0
