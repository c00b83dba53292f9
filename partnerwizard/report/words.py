"""How figures, dates and states are said in the report: one way each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from partnerwizard.appraisal.model import MoneyRange

NBSP = "\u00a0"
MINUS = "\u2212"

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

STATUS = {
    "open": "Open",
    "needs": "Open, with steps to take",
    "unresolved": "Not settled",
    "in-place": "In place already",
    "set-aside": "Set aside",
    "ruled-out": "Ruled out",
}

EFFECT = {"ruled-out": "Ruled out", "set-aside": "Set aside", "needs": "Needs", "caution": "Caution"}

GROUND = {"studied": "studied", "by-design": "by design", "judgement": "our judgement", "unknown": "not known"}

BASIS = {"law": "law", "policy": "policy", "evidence": "evidence", "judgement": "our judgement"}

SURENESS = {"high": "high", "moderate": "moderate", "low": "low"}

VERDICT = {
    "clear": "Clear",
    "leading": "Leading",
    "close-group": "Close group",
    "no-clear-winner": "No clear winner",
    "not-enough-known": "Not enough known",
    "nothing-open": "Nothing open",
}

READINESS = {"in-place": "In place", "partly": "Partly in place", "missing": "Missing", "unknown": "Not known"}

STEP = {"now": "Now", "with": "With it", "next": "Next", "fallback": "Fallback"}

FAMILY = {
    "collaborative": "collaborative",
    "contractual": "contractual",
    "consolidation": "consolidation",
    "none": "outside the three families",
}


def day(value: date) -> str:
    """A date as boards write it: 14 January 2026."""
    return f"{value.day}{NBSP}{MONTHS[value.month - 1]}{NBSP}{value.year}"


def points(value: float) -> str:
    """A difference in points with its sign: +19, −2, 0."""
    rounded = round(value)
    if rounded == 0:
        return "0"
    return f"+{rounded}" if rounded > 0 else f"{MINUS}{-rounded}"


def level(value: float) -> str:
    """A place on the scale of 0 to 100."""
    return str(round(value))


def percent(share: float) -> str:
    """A share as whole per cent, rounded down, so that "at least" stays true; a little is not shown as nothing."""
    whole = int(share * 100 + 1e-9)
    return f"under{NBSP}1{NBSP}%" if whole == 0 and share > 0 else f"{whole}{NBSP}%"


def span_of(low: float, high: float) -> str:
    """A range on the scale: 38 to 74, or one figure where both ends are the same."""
    return level(low) if level(low) == level(high) else f"{level(low)}{NBSP}to{NBSP}{level(high)}"


def points_span(low: float, high: float) -> str:
    """A range of differences: −8 to +31."""
    return points(low) if points(low) == points(high) else f"{points(low)}{NBSP}to{NBSP}{points(high)}"


def share_span(low: float, high: float) -> str:
    """A range of shares: 10 % to 45 %."""
    return percent(low) if percent(low) == percent(high) else f"{percent(low)} to {percent(high)}"


def pounds(value: float) -> str:
    """An amount of money: £250,000, £1.5m, £12m."""
    if value >= 1_000_000:
        return f"£{value / 1_000_000:.1f}".removesuffix(".0") + "m"
    return f"£{round(value):,}"


def money(value: MoneyRange | None) -> str:
    """A range of money, or that it is not known."""
    if value is None:
        return "not known"
    if value.low == value.high:
        return pounds(value.low)
    return f"{pounds(value.low)} to {pounds(value.high)}"


def months(low: float, high: float) -> str:
    """A duration: 6 to 12 months, 1 month."""
    if low == high:
        return f"{low:g}{NBSP}month" + ("" if low == 1 else "s")
    return f"{low:g}{NBSP}to{NBSP}{high:g}{NBSP}months"


def listed(items: Iterable[str], joiner: str = "and") -> str:
    """A list in running text: a, b and c."""
    names = list(items)
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joiner} {names[-1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 form, 3 forms."""
    return f"{number}{NBSP}{one if number == 1 else many or one + 's'}"


def unbroken(text: str) -> str:
    """Text in which no line may end between a figure and its sign."""
    return text.replace(" %", f"{NBSP}%")


def sentence(text: str) -> str:
    """Text with a capital at the start and a full stop at the end."""
    text = unbroken(text.strip())
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" else text + "."


def label(text: str) -> str:
    """Text as the label of what follows it: with a full stop, unless it ends in a mark of its own."""
    return text if text.endswith((".", "?", "!")) else text + "."


def inline(name: str) -> str:
    """A name inside a sentence: without its capital, unless it starts with an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name


def capital(text: str) -> str:
    """Text with a capital at the start."""
    return text[:1].upper() + text[1:]
