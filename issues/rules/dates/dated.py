"""Which day a text ends on that holds one, a time from one to another, or several stages."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from issues.rules.dates.days import written
from issues.rules.dates.doing import DOING, is_doing, is_vague
from issues.rules.dates.periods import Period, periods
from issues.rules.dates.wording import UnreadableDeadline, brief

WEEKDAY = r"(?:星期|礼拜|周)[一二三四五六日天]"
_WEEKDAYS = "一二三四五六日"
HOURS = 24
LONGEST_NAME = 15
"""Of what a stage is called."""
_FIRM = r"(?:力争|确保|务必|争取|要求|须|应|需)?"
_BEFORE = re.compile(
    r"(?:(?:整改|治理|销号|建设|改造|全面整改)?(?:工作|任务)?(?:时限|期限|时间)?(?:为|是)?)?"
    rf"(?:(?:自|从)?(?:\d{{4}}年?|即日|现在?|交办之日)(?:起|开始)?(?:至|到|-+|~+))?{_FIRM}"
    r"(?:于|在|至|到|截至|截止至|截止到?|不得?迟于|不得?晚于|最迟于?|最晚于?|限期?于?)?",
    re.ASCII,
)
_FROM = re.compile(rf"(?:时间)?{_FIRM}(?:自|从|于|在)?")
_UNTIL = re.compile(r"(?:起|开始)?,?(?:至|到|-+|~+)")
_AFTER = re.compile(
    rf"(?:[,(]?(?P<weekday>{WEEKDAY})\)?)?(?P<time>,?(?:上午|下午|晚上?)?"
    r"(?:(?P<hour>\d{1,2})(?:[时点]|:\d\d(?::\d\d)?)(?:整|\d\d分)?)|下班)?"
    r"(?:\(含(?:当日|当天|本日)?\))?(?P<before>之前|以前|前|止)?(?:\(含(?:当日|当天|本日)?\))?(?P<tail>.*)",
    re.ASCII,
)
_ITEM = re.compile(
    r"\(?[一二三四五六七八九十\d]{1,2}[).:](?!\d)|[①-⑳]|第[\d一二三四五六]阶段:?", re.ASCII
)


class End(NamedTuple):
    """The day, and what should be told of how it was found."""

    on: date
    notes: tuple[str, ...] = ()


def the_end(words: str, text: str) -> End | None:
    """None where the words are not understood. Raises UnreadableDeadline."""
    found = periods(words, text)
    if len(found) == 1:
        return _single(words, found[0], text)
    if len(found) == 2 and _UNTIL.fullmatch(words[found[0].end : found[1].start]):  # noqa: PLR2004 - a pair
        return _range(words, found, text)
    return _stages(words, found, text) if found else None


def refuse_other_weekday(words: str, day: date, text: str) -> None:
    """A weekday beside a day is that of the day, or one of the two is wrong."""
    said = re.search(WEEKDAY, words)
    if said and _WEEKDAYS.index(said[0][-1].replace("天", "日")) != day.weekday():
        right = _WEEKDAYS[day.weekday()]
        raise UnreadableDeadline(
            f"“{brief(text)}”中{written(day)}是星期{right}，与所写的{said[0]}不符，请改正其中一处"
        )


def _single(words: str, found: Period, text: str) -> End | None:
    before = words[: found.start]
    if not _BEFORE.fullmatch(before) or not _ends(words[found.end :], found, text):
        return None
    if since := re.search(r"\d{4}", before):
        if int(since[0]) > found.last.year:
            raise UnreadableDeadline(f"时限“{brief(text)}”的起止时间颠倒了，请改正")
        return End(found.last, (_of_a_range(found.last),))
    return End(found.last, _of_a_time(words, found))


def _range(words: str, found: Sequence[Period], text: str) -> End | None:
    first, last = found
    if not _FROM.fullmatch(words[: first.start]) or not _ends(words[last.end :], last, text):
        return None
    if last.last <= first.last:
        raise UnreadableDeadline(f"时限“{brief(text)}”的起止时间颠倒了，请改正")
    return End(last.last, (_of_a_range(last.last),))


def _stages(words: str, found: Sequence[Period], text: str) -> End | None:
    """Clauses of one day each, one after the other: the last day is that of the whole."""
    cuts = [0]
    for here, there in pairwise(found):
        between = words[here.end : there.start]
        cut = max(between.rfind(mark) for mark in ",;(")
        if cut < 0:
            return None
        cuts.append(here.end + cut + 1)
    for start, one in zip(cuts, found, strict=True):
        stop = next((cut for cut in cuts if cut > one.start), len(words))
        before = _ITEM.sub("", words[start : one.start], count=1)
        is_named = len(before) <= LONGEST_NAME and not is_vague(before)
        if not (_BEFORE.fullmatch(before) or is_named) or not _ends(
            words[one.end : stop].strip(",;()"), one, text
        ):
            return None
    if any(one.last >= after.last for one, after in pairwise(found)):
        raise UnreadableDeadline(
            f"时限“{brief(text)}”写有{len(found)}个日期，先后次序不清，请只写最后完成的日期"
        )
    *others, last = (written(one.last) for one in found)
    return End(
        found[-1].last,
        (f"时限分{len(found)}个阶段，以最后的{last}为整改时限，{'、'.join(others)}请填入整改措施",),
    )


def _ends(after: str, found: Period, text: str) -> bool:
    """Whether what follows a day says no more than that something is done by then."""
    match = _AFTER.fullmatch(after)
    if match is None or not _fits(match, found):
        return False
    refuse_other_weekday(match["weekday"] or "", found.last, text)
    tail = match["tail"].strip(",;.")
    if not tail:
        return True
    is_begun = match["before"] or DOING.match(match["tail"])
    return bool(is_begun) and is_doing(tail)


def _fits(match: re.Match[str], found: Period) -> bool:
    """A weekday and an hour belong to a day; before a month without 底 is nobody knows when."""
    is_of_a_day = match["weekday"] or match["time"]
    if (is_of_a_day and not found.is_day) or (match["before"] and found.is_open):
        return False
    return not match["hour"] or 0 < int(match["hour"]) <= HOURS


def _of_a_range(day: date) -> str:
    return f"时限写的是起止时间，以止日{written(day)}为整改时限"


def _of_a_time(words: str, found: Period) -> tuple[str, ...]:
    """A quarter, a half year or ten days before which something is done are meant to their end."""
    if found.is_loose and words[found.end :].startswith(("之前", "以前", "前")):
        said = words[found.start : found.end]
        return (f"“{said}前”按{said}的最后一天{written(found.last)}计",)
    return ()
