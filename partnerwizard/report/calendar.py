"""Months counted from a day, and how they are said."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from partnerwizard.report.words import MONTHS, NBSP

LAST_YEAR = 9999
_DAYS_A_MONTH = 30


def after(start: date, months: float) -> date:
    """The day some months after another; the day of the month is kept where the month has it."""
    whole = int(months)
    year, month = divmod(start.year * 12 + start.month - 1 + whole, 12)
    if year >= LAST_YEAR:
        return date(LAST_YEAR, 12, 31)
    kept = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return kept + timedelta(days=round((months - whole) * _DAYS_A_MONTH))


def in_days(start: date, days: int) -> date:
    """The day some days after another."""
    return date.fromordinal(min(start.toordinal() + days, date.max.toordinal()))


def month(value: date) -> str:
    """A month: May 2027."""
    return f"{MONTHS[value.month - 1]}{NBSP}{value.year}"


def month_span(low: date, high: date) -> str:
    """From one month to another, or one month."""
    return month(low) if month(low) == month(high) else f"{month(low)} to {month(high)}"
