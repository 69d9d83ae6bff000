"""Reports missed in a time in which none was filed: each due one counts, not the first alone."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from issues.rules.dates.days import days_after, month_end
from issues.rules.dates.workdays import Workdays


def missed_reports(
    figures: Mapping[str, Any], until: date, workdays: Workdays
) -> Iterator[tuple[date, date]]:
    """Each report of a firing of Y4 that was missed before `until`: its due day and the day it is.

    `figures` are those of the firing: due, months, grace (working days). Lazily: `until` bounds it.
    """
    due, months = date.fromisoformat(figures["due"]), figures["months"]
    while (since := workdays.add(due, figures["grace"] + 1)) < until:
        yield due, since
        for _ in range(months):
            due = month_end(days_after(due, 1))
