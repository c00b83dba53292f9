"""Times the decision engine, beside its peers where they are installed, and writes the figures as Markdown.

tools/bench/measure.py FILE.md [--without-peers]. Every comparison is made in this one run on one table. A figure is the
best of several repetitions, since other work on the machine only adds; what loops draw by draw is run on fewer draws
and scaled, and says so. BLAS has one thread, here and in `analyse`, which spreads blocks of draws over the cores.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import report

from partnerwizard import resources
from partnerwizard.analysis.document import analyse
from partnerwizard.analysis.table import table_from
from partnerwizard.appraisal.live import DRAWS as LIVE_DRAWS
from partnerwizard.appraisal.live import LiveAppraisal
from partnerwizard.case.model import Case
from partnerwizard.decision.acceptability import Tally, acceptability
from partnerwizard.decision.arrays import FloatArray, blocks
from partnerwizard.decision.robustness import (
    necessarily_preferred,
    possibly_best,
    smallest_rating_changes,
    smallest_weight_change,
    tipping_points,
)
from partnerwizard.decision.sampling import UnitDraws, pairwise, rank_shares
from partnerwizard.decision.stated import RankedWeights
from partnerwizard.decision.table import Table
from partnerwizard.decision.weights import BranchedWeights
from partnerwizard.pack.load import load_pack

HERE = Path(__file__).parent
DRAWS = 100_000
LOOPED = 1_000
DAY = date(2026, 11, 24)
CHILD = """
import re, sys
from pathlib import Path
from partnerwizard.analysis.document import analyse
from partnerwizard.analysis.table import load_table
analyse(load_table(Path(sys.argv[1])), samples=int(sys.argv[2]), seed=0)
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def seconds(work: Callable[[], object], times: int = 7, least: float = 1.5) -> float:
    """The shortest time of a call, among `times` calls or as many as fit into `least` seconds."""
    found: list[float] = []
    while len(found) < times or sum(found) < least:
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def random_table(options: int, criteria: int, *, width: float = 0.0) -> Table:
    """Ratings at random, with intervals up to `width` on either side."""
    rng = np.random.default_rng(1)
    likely = rng.uniform(20, 80, (options, criteria))
    low, high = likely - rng.uniform(0, 1, likely.shape) * width, likely + rng.uniform(0, 1, likely.shape) * width
    return Table(low, likely, high, np.zeros(options), np.arange(options))


def as_document(table: Table) -> dict[str, Any]:
    """The table in the file's format, two-value intervals, any weights."""
    criteria = [f"c{n}" for n in range(table.criteria)]
    return {
        "format": "partnerwizard-table/1",
        "criteria": [{"id": each, "direction": "max"} for each in criteria],
        "options": [f"o{n}" for n in range(table.options)],
        "values": {
            f"o{o}": {each: [float(table.low[o, c]), float(table.high[o, c])] for c, each in enumerate(criteria)}
            for o in range(table.options)
        },
        "weights": {"kind": "none"},
    }


def beside_peers(lines: list[str], *, peers: bool) -> None:
    """Rank shares and weights when first from the same 100,000 weights."""
    table = random_table(14, 10)
    weights = np.random.default_rng(0).dirichlet(np.ones(10), DRAWS)

    def ours() -> None:
        tally = Tally(14, 10)
        for block in blocks(DRAWS, 1 << 15):
            tally.add(weights[block], (table.likely @ weights[block].T).T)
        assert tally.rank_shares is not None

    def plain() -> None:
        order = np.argsort(-(weights @ table.likely.T), axis=1)
        assert [np.bincount(order[:, place], minlength=14) for place in range(14)]

    both: dict[str, Callable[[], None]] = {
        "Partner Wizard (with pairwise shares and weights when first)": ours,
        "plain numpy: product, argsort, counts": plain,
    }
    found = dict.fromkeys(both, float("inf"))
    # By turns, so that what else the machine does falls on both.
    for _ in range(60):
        for name, work in both.items():
            found[name] = min(found[name], seconds(work, 1, 0.0))
    if peers:
        found |= _peers(table.likely, weights)
    own = next(iter(found.values()))
    lines += [
        "## Rank shares of 14 options × 10 criteria from the same 100,000 weights",
        "",
        "| | ratio | ms |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {each / own:,.1f} | {1000 * each:,.1f} |" for name, each in found.items()),
        "",
    ]


def _peers(likely: FloatArray, weights: FloatArray) -> dict[str, float]:
    """Seconds of each peer that is installed."""
    found: dict[str, float] = {}
    types = np.ones(likely.shape[1], dtype=int)
    scale = len(weights) / LOOPED
    few = weights[:LOOPED]
    try:
        from pysensmcda.smaa import central_weights, rank_acceptability, simulate

        def smaa() -> None:
            result = simulate(lambda m, w, _: m @ w, likely, types, weights=weights, store="accumulate")
            rank_acceptability(result), central_weights(result)

        found["pysensmcda (SMAA with an additive value)"] = seconds(smaa, 3)
    except ImportError:
        pass
    try:
        from pymcdm.methods import WSM

        method = WSM()
        found["pymcdm (weighted sum, draw by draw; scaled)"] = scale * seconds(
            lambda: [method(likely, each, types) for each in few], 3
        )
    except ImportError:
        pass
    try:
        from pyDecision.algorithm import saw_method

        kinds = ["max"] * likely.shape[1]
        found["pyDecision (weighted sum, draw by draw; scaled)"] = scale * seconds(
            lambda: [saw_method(likely, kinds, each, graph=False, verbose=False) for each in few], 3
        )
    except ImportError:
        pass
    try:
        import skcriteria
        from skcriteria.agg.simple import WeightedSumModel

        decide = WeightedSumModel()
        found["scikit-criteria (weighted sum, draw by draw; scaled)"] = (
            scale
            * 10
            * seconds(
                lambda: [
                    decide.evaluate(skcriteria.mkdm(likely, [max] * likely.shape[1], weights=each))
                    for each in few[:100]
                ],
                2,
            )
        )
    except ImportError:
        pass
    return found


def whole_process(lines: list[str]) -> None:
    """`analyse` against the plain script, both with rating intervals and with start-up.

    Byte code is kept between runs, as it is for a user; BLAS threads are as each program has them.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.json"
        path.write_text(json.dumps(as_document(random_table(14, 10, width=20.0))))
        left_out = ("OPENBLAS_NUM_THREADS", "PYTHONDONTWRITEBYTECODE")
        environment = {key: value for key, value in os.environ.items() if key not in left_out}
        environment["PYTHONPYCACHEPREFIX"] = f"{folder}/code"

        def run(*words: str) -> tuple[float, float]:
            before = _children()
            took = seconds(
                lambda: subprocess.run(
                    [sys.executable, *words], check=True, stdout=subprocess.DEVNULL, env=environment
                ),
                1,
                0.0,
            )
            return took, _children() - before

        own = ("-m", "partnerwizard", "analyse", str(path), "--json", "--samples", str(DRAWS))
        script = (str(HERE / "plain.py"), str(path), str(DRAWS))
        ours, plain = [], []
        # By turns, so that what else the machine does falls on both.
        for _ in range(40):
            ours.append(run(*own))
            plain.append(run(*script))
        (took, worked), (plain_took, plain_worked) = (map(min, zip(*each, strict=True)) for each in (ours, plain))
        lines += [
            "## The whole process, start-up included: 14 × 10 with rating intervals, 100,000 draws",
            "",
            "| | ratio | ms | ms of processor time |",
            "| --- | ---: | ---: | ---: |",
            f"| `partnerwizard analyse`, every figure of the answer | 1.00 | {1000 * took:.0f} | {1000 * worked:.0f} |",
            f"| a plain numpy script, rank shares alone | {plain_took / took:.2f} | {1000 * plain_took:.0f} "
            f"| {1000 * plain_worked:.0f} |",
            "",
            "| draws | seconds | peak memory, MB |",
            "| ---: | ---: | ---: |",
        ]
        for samples in (10_000, 100_000, 1_000_000):
            start = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", CHILD, str(path), str(samples)], check=True, capture_output=True, text=True
            )
            taken = time.perf_counter() - start
            lines.append(f"| {samples:,} | {taken:.2f} | {int(done.stdout) / 1024:.0f} |")
        lines.append("")


def _children() -> float:
    """Processor seconds of the child processes so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def while_dragging(lines: list[str]) -> None:
    """What a moved slider costs, and what is computed once it rests."""
    lines += [
        "## While a slider is dragged, and at rest",
        "",
        "Draws are kept, so that bars move only by what was moved. A frame at 60 Hz is 16.7 ms, painting",
        "included.",
        "",
        "| | options × criteria | draws | median ms | best ms |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]

    def add(name: str, size: str, draws: str, work: Callable[[], object], times: int = 9) -> None:
        took = [seconds(work, 1, 0.0) for _ in range(times)]
        lines.append(f"| {name} | {size} | {draws} | {1000 * statistics.median(took):.1f} | {1000 * min(took):.1f} |")

    aims, terms = tuple((n,) for n in range(9)), tuple((n,) for n in range(9, 14))
    weights = BranchedWeights(14, aims, terms, None, (0.4, 0.6))
    for draws in (2000, 10_000):
        kept = UnitDraws(range(24), 14, draws, np.random.default_rng(1), [0.0])
        tables = cycle([random_table(24, 14, width=width) for width in (14.0, 15.0)])
        add(
            "moved: weights, values, rank and pairwise shares",
            "24 × 14",
            f"{draws:,}",
            lambda kept=kept, tables=tables, draws=draws: _redraw(kept, next(tables), weights, draws),  # type: ignore[misc]
            99,
        )
    pack = load_pack(resources.guidance_dir())
    case = Case(aims=(("fragile-services",), ("finance", "workforce"), ("access",)), swing=(40.0, 60.0))
    ready = LiveAppraisal(pack, case, as_of=DAY, seed=0)
    swings = cycle([case.model_copy(update={"swing": (low, low + 20.0)}) for low in range(20, 60)])
    rows = len(ready.at(case).values)
    add(
        "moved: a case's verdict in words, both drawings, values, shares",
        f"{rows} × {len(pack.criteria)}",
        f"{LIVE_DRAWS:,}",
        lambda: ready.at(next(swings)),
        99,
    )
    for options in (24, 64):
        decision = table_from(as_document(random_table(options, 14, width=15.0)), "bench")
        add(
            "at rest: every figure of `analyse`",
            f"{options} × 14",
            "10,000",
            lambda decision=decision: analyse(decision, samples=10_000, seed=0),  # type: ignore[misc]
            15,
        )
    table = random_table(24, 14, width=15.0)
    corners = weights.corners()

    def programmes() -> None:
        central = weights.central()
        possibly_best(table, corners)
        necessarily_preferred(table, corners)
        tipping_points(table.likely, table.penalty, central)
        smallest_weight_change(table.likely, table.penalty, central)
        smallest_rating_changes(table.likely, table.penalty, central)

    add("exact answers: programmes and tipping points", "24 × 14", "", programmes, 30)
    lines.append("")


def _redraw(kept: UnitDraws, table: Table, weights: BranchedWeights, draws: int) -> tuple[FloatArray, ...]:
    (values,) = kept.values(table, weights.sample(draws, np.random.default_rng(0)))
    return table.values(table.likely, weights.central()), rank_shares(values), pairwise(values)


def growth(lines: list[str]) -> None:
    """Seconds by number of options, ten criteria, 2,000 draws with rating intervals."""
    lines += [
        "## Growth: 10 criteria with rating intervals, 2,000 draws, shares and confidence",
        "",
        "| options | ms | ms an option | times the row before |",
        "| ---: | ---: | ---: | ---: |",
    ]
    weights = RankedWeights((tuple(range(10)),))
    before = 0.0
    for options in (16, 64, 256, 1024):
        table = random_table(options, 10, width=15.0)
        took = seconds(lambda table=table: acceptability(table, weights, 2000, 0), 7)  # type: ignore[misc]
        times = f"{took / before:.1f}" if before else ""
        lines.append(f"| {options:,} | {1000 * took:.1f} | {1000 * took / options:.2f} | {times} |")
        before = took
    lines.append("")


def main() -> None:
    """Runs all sections."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--without-peers", action="store_true")
    arguments = parser.parse_args()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    at = commit.stdout.strip() or "unknown"
    machine = (
        f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} cores shared with other work "
        f"(load at the start {os.getloadavg()[0]:.1f})"
    )
    lines = [
        "# Benchmarks",
        "",
        f"Made by `make bench` on {datetime.now(UTC):%Y-%m-%d}, at commit {at} or after.",
        f"{machine}, so a figure is the best of several repetitions.",
        "Ratios are to the first line of a table.",
        "",
    ]
    beside_peers(lines, peers=not arguments.without_peers)
    whole_process(lines)
    while_dragging(lines)
    growth(lines)
    lines += report.sections()
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text("\n".join(lines))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
