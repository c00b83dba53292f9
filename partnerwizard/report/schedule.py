"""The approvals of a form as a plan: what each step takes, and when it is done at the earliest and at the latest."""

from __future__ import annotations

from dataclasses import dataclass

from partnerwizard.pack.model import ApprovalStep, Form


@dataclass(frozen=True, slots=True)
class Planned:
    """One step in months from the start.

    `begins`, `done`: at the earliest, taking every step of unknown length before it as no time at all. `latest`: None
    where its own length or that of a step before it is not known.
    """

    step: ApprovalStep
    begins: float
    done: float
    latest: float | None


def planned(form: Form) -> tuple[Planned, ...]:
    """The steps of a form one after the other."""
    out: list[Planned] = []
    earliest, latest = 0.0, 0.0
    sure = True
    for step in form.approvals:
        low, high = step.months or (0.0, 0.0)
        sure = sure and step.months is not None
        begins = earliest
        earliest, latest = earliest + low, latest + high
        out.append(Planned(step, begins, earliest, latest if sure else None))
    return tuple(out)
