"""Working days: the published calendar where there is one, and marked Monday–Friday where not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

SATURDAY = 5
UNPUBLISHED = "该年度放假安排未公布"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Workdays:
    """`overrides` are the days of the calendar table, `published_years` the years it holds in full.

    `base` answers for a day of a year it knows and None for any other. A year that neither knows
    is counted Monday to Friday, and `guessed` says so.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    published_years: frozenset[int] = frozenset()
    base: Callable[[date], bool | None] | None = None
    _added: dict[tuple[date, int], date] = field(default_factory=dict, repr=False, compare=False)
    _published: dict[int, bool] = field(default_factory=dict, repr=False, compare=False)

    def is_workday(self, day: date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        known = None if day.year in self.published_years else self._ask_base(day)
        return day.weekday() < SATURDAY if known is None else known

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself is not counted."""
        if count < 0:
            raise ValueError("working days are counted forwards")
        key = (day, count)
        if key not in self._added:
            while count:
                day += _DAY
                count -= self.is_workday(day)
            self._added[key] = day
        return self._added[key]

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative where `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_workday(day) for day in days)

    def guessed(self, start: date, end: date) -> bool:
        """Whether a year without published holidays lies between the two days."""
        return bool(self.guessed_years(start, end))

    def guessed_years(self, start: date, end: date) -> list[int]:
        years = range(start.year, end.year + 1)
        return [year for year in years if not self._is_published(year)]

    def _is_published(self, year: int) -> bool:
        if year not in self._published:
            known = year in self.published_years or self._ask_base(date(year, 1, 1)) is not None
            self._published[year] = known
        return self._published[year]

    def _ask_base(self, day: date) -> bool | None:
        return None if self.base is None else self.base(day)
