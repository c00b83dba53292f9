"""What `make advice` prints: the advice in every known situation, whether it is acceptable, and how much it moves.

Writes no file. Situations: the decided cases in `tests/cases` and the archetypes in `tests/archetypes`.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from partnerwizard.appraisal.model import Appraisal
from partnerwizard.pack.model import Pack
from tests.advice import stress
from tests.advice.cases import Situation, situations
from tests.advice.judge import SHUTS, faults, named, now, one, ranked
from tests.advice.yardstick import by_heart
from tests.support import appraised, case_of, guidance

DEALS = 3
"""How many times ratings are shuffled or made noisy."""
WIDER = 2
SHOWN = 3
COMMON = frozenset({"reach", "cause", "nhs-route-first", "demerger-needs-a-part-that-can-go"})
"""Closings that are found almost everywhere and are left out of the table."""
OVERALL = 1 / 3
"""A form that is first more often than this needs explaining."""


@dataclass(frozen=True)
class Told:
    """What matters of one appraisal."""

    kind: str
    named: tuple[str, ...]
    now: str | None
    first: str | None
    faults: tuple[str, ...]
    top: str
    closed: str
    shares: tuple[float, float, float]
    leader_share: float | None


def told(pack: Pack, situation: Situation, samples: int, hide: str | None = None, leader: str | None = None) -> Told:
    """Appraises a situation, with a fact hidden if one is named, and keeps what matters.

    `leader`: the form whose smallest pairwise share is wanted.
    """
    answers = situation.answers if hide is None else stress.hidden(pack, situation.answers, hide)
    result = appraised(pack, case_of(pack, **answers), samples=samples)
    contestants = ranked(result)
    verdict = result.verdict
    return Told(
        kind=verdict.kind,
        named=tuple(named(result)),
        now=now(result),
        first=one(pack, contestants[0].form) if contestants else None,
        faults=tuple(faults(situation, result)),
        top="  ".join(f"{each.form} {each.value.likely:.0f}" for each in contestants[:SHOWN] if each.value is not None),
        closed=_closed(result),
        shares=(verdict.over_weights, verdict.drawn_in_common, verdict.drawn_apart),
        leader_share=next(
            (min(each.beats.values()) for each in result.forms if each.form == leader and each.beats), None
        ),
    )


def _closed(result: Appraisal) -> str:
    """Forms with no way left open, by the rules that close every way; what closes nearly everywhere is left out."""
    ways: dict[str, list[frozenset[str]]] = {}
    for option in result.options:
        shut_by = frozenset(gate.id for gate in option.gates if gate.state == "holds" and gate.effect in SHUTS)
        ways.setdefault(option.form, []).append(shut_by if option.status in SHUTS else frozenset())
    by: dict[str, list[str]] = {}
    for form, shut in ways.items():
        rules = frozenset.intersection(*shut) or frozenset.union(*shut)
        if all(shut) and not rules & COMMON:
            by.setdefault(", ".join(sorted(rules)), []).append(form)
    return "; ".join(f"{', '.join(forms)} ({rule})" for rule, forms in by.items())


def panel(samples: int, jobs: int) -> None:
    """Prints the whole panel."""
    every = situations()
    with ProcessPoolExecutor(jobs) as pool:
        run = partial(_run, pool, samples)
        base = run("plain", every)
        _table(every, base)
        _spread(every, base)
        _yardstick(every, base)
        _stress(every, base, run)


def _run(
    pool: ProcessPoolExecutor, samples: int, change: str, every: Sequence[Situation], also: Sequence[str | None] = ()
) -> list[Told]:
    also = also or [None] * len(every)
    return list(pool.map(partial(_one, change, samples), every, also, chunksize=4))


def _one(change: str, samples: int, situation: Situation, also: str | None) -> Told:
    """One appraisal in a worker; `change` names the stress, with its number or fact after a colon."""
    kind, _, detail = change.partition(":")
    pack = guidance()
    changed: dict[str, Callable[[], Pack]] = {
        "flat": lambda: stress.flat(pack),
        "shuffled": lambda: stress.shuffled(pack, int(detail)),
        "noisy": lambda: stress.noisy(pack, int(detail)),
        "unadjusted": lambda: stress.unadjusted(pack),
        "wider": lambda: stress.widened(pack, also or "", WIDER),
    }
    guided = changed[kind]() if kind in changed else pack
    return told(guided, situation, samples, hide=detail if kind == "hidden" else None, leader=also)


def _table(every: Sequence[Situation], base: Sequence[Told]) -> None:
    for heading, decided in (("Decided cases", True), ("Archetypes", False)):
        print(f"\n{heading}\n")
        for situation, each in zip(every, base, strict=True):
            if situation.decided is not decided:
                continue
            shares = "/".join(f"{100 * share:.0f}" for share in each.shares)
            begins = f", begin with {each.now}" if len(each.named) > 1 else ""
            print(f"{'ok ' if not each.faults else 'NOT'} {situation.id}")
            print(f"      {each.top}")
            print(f"      {each.kind}: {', '.join(each.named) or 'nothing named'}{begins}  [{shares} %]")
            if each.closed:
                print(f"      closed: {each.closed}")
            for fault in each.faults:
                print(f"      not acceptable: {fault}")
    print("\n[a/b/c %]: the leader's smallest pairwise share over weights alone, with errors in common, and apart.")
    print("Closed: beside what reach, cause and the order of management contracts close nearly everywhere.")


def _spread(every: Sequence[Situation], base: Sequence[Told]) -> None:
    print("\nSpread\n")
    good = sum(not each.faults for each in base)
    print(f"acceptable: {good} of {len(base)}")
    print("verdicts:   " + _shares(each.kind for each in base))
    firsts = [each.first for each in base if each.first is not None]
    print("first:      " + _shares(firsts))
    form, most = Counter(firsts).most_common(1)[0]
    if most > OVERALL * len(firsts):
        print(f"            {form} is first in more than a third: this needs explaining")
    causes = Counter(each.kind for situation, each in zip(every, base, strict=True) if not situation.decided)
    print("archetypes: " + _shares(causes.elements()))


def _yardstick(every: Sequence[Situation], base: Sequence[Told]) -> None:
    print("\nTen lines by heart, beside the method (the form each would begin with)\n")
    for heading, decided in (("decided cases", True), ("archetypes", False)):
        chosen = [(s, each) for s, each in zip(every, base, strict=True) if s.decided is decided and s.first]
        by_list = sum(by_heart(situation) in situation.first for situation, _ in chosen)
        by_method = sum(each.now in situation.first for situation, each in chosen)
        agree = sum(by_heart(situation) == each.now for situation, each in chosen)
        print(f"{heading}: list {by_list}, method {by_method}, the same form in {agree}, of {len(chosen)}")
    print("They differ, and only one is acceptable:")
    for situation, each in zip(every, base, strict=True):
        listed = by_heart(situation)
        if situation.first and (listed in situation.first) is not (each.now in situation.first):
            better = "list" if listed in situation.first else "method"
            print(f"  {situation.id}: list {listed}, method {each.now or each.kind}; acceptable: the {better}'s")


def _stress(every: Sequence[Situation], base: Sequence[Told], run: Callable[..., list[Told]]) -> None:
    print(
        "\nStress: how many keep the first form, the kind of verdict, and stay acceptable; and which forms are first\n"
    )
    _moved("as it is", base, [base])
    _moved("flat aims", base, [run("flat", every)])
    _moved("shuffled aims", base, [run(f"shuffled:{seed}", every) for seed in range(DEALS)])
    _moved("noisy ratings", base, [run(f"noisy:{seed}", every) for seed in range(DEALS)])
    _moved("no adjustments", base, [run("unadjusted", every)])
    for fact in stress.key_facts(guidance()):
        _moved(f"hidden: {fact}", base, [run(f"hidden:{fact}", every)])
    leaders = [each.named[0] if each.named else None for each in base]
    plain = run("plain", every, leaders)
    wide = run("wider", every, leaders)
    _moved("leader twice as wide", base, [wide])
    moves = [
        after.leader_share - before.leader_share
        for before, after in zip(plain, wide, strict=True)
        if before.leader_share is not None and after.leader_share is not None
    ]
    mean = 100 * sum(moves) / len(moves)
    print(f"\nThe leader's smallest share when its intervals are twice as wide: {mean:+.0f} points on average, "
          f"{100 * min(moves):+.0f} to {100 * max(moves):+.0f}.")  # fmt: skip


def _moved(what: str, base: Sequence[Told], runs: Sequence[Sequence[Told]]) -> None:
    pairs = [(before, after) for run in runs for before, after in zip(base, run, strict=True)]
    same, kind, good = (
        100 * sum(each) / len(pairs)
        for each in (
            [before.first == after.first for before, after in pairs],
            [before.kind == after.kind for before, after in pairs],
            [not after.faults for _, after in pairs],
        )
    )
    firsts = Counter(after.first for _, after in pairs if after.first is not None)
    most = ", ".join(f"{form} {100 * n / len(pairs):.0f} %" for form, n in firsts.most_common(SHOWN))
    print(f"{what:28} first {same:3.0f} %  kind {kind:3.0f} %  acceptable {good:3.0f} %   first: {most}", flush=True)


def _shares(found: Iterable[str]) -> str:
    counted = Counter(found)
    total = sum(counted.values())
    return ", ".join(f"{name} {n} ({100 * n / total:.0f} %)" for name, n in counted.most_common())


def main() -> None:
    """Reads the options and prints the panel."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=500, help="draws for each appraisal (default: 500)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    given = parser.parse_args()
    panel(given.samples, given.jobs)


if __name__ == "__main__":
    main()
