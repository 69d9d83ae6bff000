"""Days, months, quarters and their like found in words, each as the last day it holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from issues.rules.dates.days import MONTHS, month_end
from issues.rules.dates.wording import UnreadableDeadline, brief

FIRST_YEAR, LAST_YEAR = 1990, 2099
TEN_DAYS = {"上": 10, "中": 20, "下": 0}
QUARTER, HALF = 3, 6

_TEN = r"月份?的?(?P<ten>[上中下])旬末?"
_HALF = r"(?P<half>[上下])半年[底末]?内?"
_QUARTER = r"(?:第?(?P<quarter>[1-4])季度?|[Qq](?P<q>[1-4])|前(?P<first>[三23])季度?)[底末]?内?"
_DATED = re.compile(
    rf"""(?<!\d)(?P<year>\d{{4}})(?:
    (?:(?:年(?P<m0>\d{{1,2}})[月./]|[./-](?P<m1>\d{{1,2}})[月./-])|(?P<m2>\d{{1,2}})月)(?P<day>\d{{1,2}})(?!\d)[日号]?
    |(?P<m3>\d\d)(?P<compact>\d\d)(?!\d)
    |[年./-]?(?P<m4>\d{{1,2}}){_TEN}
    |年?度?的?{_HALF}
    |年?度?的?{_QUARTER}
    |(?:[年./-]?(?P<m5>\d{{1,2}})月份?|[./-](?P<m6>\d{{1,2}})(?!\d))(?P<closed>月?[底末]|内)?
    |(?P<whole>年?度?(?:年?[底末终内]))
    )""",
    re.ASCII | re.VERBOSE,
)
_LATER = re.compile(
    rf"""(?<![\d年./])(?P<next>次年|翌年)?(?:当年|同年)?(?:
    (?P<m1>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]
    |(?P<m4>\d{{1,2}}){_TEN}
    |{_HALF}
    |{_QUARTER}
    |(?P<m5>\d{{1,2}})月份?(?P<closed>月?[底末]|内)?
    |(?P<whole>年[底末])
    )""",
    re.ASCII | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """Where it stands in the words, and its last day.

    `is_open`: a month without 底, before which nobody knows whether its first or its last day is
    meant. `is_loose`: a time longer than a day, said without 底.
    """

    start: int
    end: int
    last: date
    is_open: bool = False
    is_loose: bool = False
    is_day: bool = False


def periods(words: str, text: str) -> list[Period]:
    """In the order written; one without a year has that of the one before, where it is later.

    Raises UnreadableDeadline for a day that no calendar has.
    """
    found: list[Period] = []
    for match in _matches(words):
        if "year" in match.groupdict():
            found.append(_period(match, int(match["year"]), text))
        elif found:
            year = found[-1].last.year + bool(match["next"])
            later = _period(match, year, text)
            if later.last <= found[-1].last:
                raise UnreadableDeadline(
                    f"时限“{brief(text)}”中后一个日期没有写四位数的年份，请补上"
                )
            found.append(later)
    return found


def day_of(year: int, month: int, day: int, text: str) -> date:
    """Raises UnreadableDeadline."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableDeadline(f"“{brief(text)}”的年份应在{FIRST_YEAR}年至{LAST_YEAR}年之间")
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableDeadline(f"“{brief(text)}”不是日历上有的日子，请核对") from None


def _matches(words: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(words):
        found = [match for one in (_DATED, _LATER) if (match := one.search(words, place))]
        if not found:
            return
        first = min(found, key=lambda match: (match.start(), -match.end()))
        yield first
        place = first.end()


def _period(match: re.Match[str], year: int, text: str) -> Period:
    said = {name: value for name, value in match.groupdict().items() if value}
    start, end = match.span()
    month = next((int(said[name]) for name in sorted(said) if name[0] == "m"), 0)
    if day := said.get("day") or said.get("compact"):
        return Period(start, end, day_of(year, month, int(day), text), is_day=True)
    if ten := said.get("ten"):
        first = day_of(year, month, TEN_DAYS[ten] or 1, text)
        return Period(start, end, first if TEN_DAYS[ten] else month_end(first), is_loose=True)
    if half := said.get("half"):
        last = month_end(day_of(year, HALF if half == "上" else MONTHS, 1, text))
        return Period(start, end, last, is_loose=match[0][-1] not in "底末内")
    if quarter := said.get("quarter") or said.get("q") or said.get("first"):
        count = 3 if quarter == "三" else int(quarter)
        last = month_end(day_of(year, count * QUARTER, 1, text))
        return Period(start, end, last, is_loose=match[0][-1] not in "底末内")
    if "whole" in said:
        return Period(start, end, day_of(year, MONTHS, 31, text))
    last = month_end(day_of(year, month, 1, text))
    return Period(start, end, last, is_open="closed" not in said)
