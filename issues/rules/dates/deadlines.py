"""Reading a deadline in the words of a ledger. What cannot be read is refused, never guessed.

The wordings are those of docs/rules.md and docs/manual/台账写法.md. `wording` makes the words
comparable, `periods` finds days in them, `terms` counts from the assignment, `dated` says which of
several days is the end, `unread` says what is wrong with the rest.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from issues.rules.dates.dated import WEEKDAY, refuse_other_weekday, the_end
from issues.rules.dates.days import days_after, written
from issues.rules.dates.periods import day_of, periods
from issues.rules.dates.terms import counted_from, term_of
from issues.rules.dates.unread import LONGEST, why_unread
from issues.rules.dates.wording import UnreadableDeadline, brief, plain
from issues.rules.dates.workdays import Workdays
from issues.rules.policy import Policy
from issues.vocabulary import DeadlineKind

MOST_KEPT = 4096
"""Texts whose reading is remembered: a ledger says the same deadline in row after row."""
__all__ = [
    "Deadline", "DeadlineRead", "UnreadableDeadline", "is_counted", "read_day", "read_deadline",
    "read_with_notes",
]  # fmt: skip

_LABEL = re.compile(r"(?:整改|完成|办结|销号|办理)?(?:完成)?(?:时限|期限|时间):")
_ON_AND_ON = (
    r"(?:(?:长期|持续|常态化|长效|常态长效)(?:坚持|推进|整改|落实|执行|开展|巩固|加强|改进|管理|管控|监管"
    r"|治理|整治|保持|运行|维护|用力|发力|长效|提升|抓好?|[并和])*(?:整改)?(?:成效|成果|工作|机制)?|常抓不懈|常抓常管|久久为功|坚持不懈)"
)
_LASTING = re.compile(
    rf"(?:^|(?<=[,;.(])|并且?|且|及|和|同时|(?<=[成改号位])后|转入|转为)(?:并|且|[此之今]后|转入|转为)?{_ON_AND_ON}(?=$|[,;.)])"
)
_IMMEDIATE = re.compile(
    r"(?:立行立改|立改立行|立查立改|立知立改|立整立改|即知即改|即行即改|即查即改|边[查督]边改|即行整改"
    r"|立即(?:开展|启动)?(?:整改|改正|落实|办理|完成)?)(?:完成)?(?:整改|落实)?(?:到位)?"
)
_PLAN = re.compile(
    r"(?:按照?|根据|依照?)(?:序时|时序)进度(?:要求)?(?:推进|完成|整改|落实)?"
    r"|按照?(?:各项)?(?:整改)?措施(?:的)?(?:完成)?时限(?:要求)?(?:推进|完成|整改|落实)?"
    r"|详?见(?:各项)?(?:整改|具体)?措施(?:的?(?:完成)?时限)?"
)
_PLAIN_DAY = re.compile(rf"[^()]*(?:\({WEEKDAY}\)|{WEEKDAY})?")


@dataclass(frozen=True, slots=True)
class Deadline:
    """`on` is None where the words hold no day of their own, or are not counted from yet."""

    kind: DeadlineKind
    on: date | None
    text: str


class DeadlineRead(NamedTuple):
    """A deadline, and what a person should know of how its words were taken."""

    deadline: Deadline
    notes: tuple[str, ...] = ()


def read_deadline(
    text: str | date, assigned: date | None, policy: Policy, calendar: Workdays | None = None
) -> Deadline:
    """The kind and the day of a cell. Without a calendar no 工作日 are read.

    Raises UnreadableDeadline.
    """
    return read_with_notes(text, assigned, policy, calendar).deadline


def read_with_notes(
    text: str | date, assigned: date | None, policy: Policy, calendar: Workdays | None = None
) -> DeadlineRead:
    """The same, and what should be told of it."""
    if isinstance(text, date):
        day = read_day(text)
        return DeadlineRead(Deadline(DeadlineKind.FIXED, day, written(day)))
    first, is_lasting = _words(text)
    if not first and is_lasting:
        return DeadlineRead(Deadline(DeadlineKind.STANDING, None, text))
    if _PLAN.fullmatch(first) and not is_lasting:
        return DeadlineRead(Deadline(DeadlineKind.BY_MEASURES, None, text))
    if _IMMEDIATE.fullmatch(first):
        kind = DeadlineKind.IMMEDIATE_THEN_STANDING if is_lasting else DeadlineKind.IMMEDIATE
        on = None if assigned is None else days_after(assigned, policy.immediate_days)
        return DeadlineRead(Deadline(kind, on, text))
    kind = DeadlineKind.FIXED_THEN_STANDING if is_lasting else DeadlineKind.FIXED
    if term_of(first):
        on, notes = _counted(first, text, assigned, calendar)
    else:
        on, notes = _dated(first, text)
    return DeadlineRead(Deadline(kind, on, text), notes)


def is_counted(text: str) -> bool:
    """Whether the words are counted from the assignment: 交办之日起15日内, but not 立行立改."""
    try:
        return term_of(_words(text)[0]) is not None
    except UnreadableDeadline:
        return False


def read_day(value: str | date) -> date:
    """A plain day: a date cell, 2025年6月30日, 2025.6.30, 2025/6/30. Raises UnreadableDeadline."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return day_of(value.year, value.month, value.day, value.isoformat())
    return _day_of_text(value)


@lru_cache(MOST_KEPT)
def _day_of_text(value: str) -> date:
    words = plain(value)
    if len(words) <= LONGEST and _PLAIN_DAY.fullmatch(words):
        bare = re.sub(r"\(.*\)$|" + WEEKDAY + "$", "", words)
        found = periods(bare, value) if bare[-1:] in tuple("0123456789日号") else []
        if len(found) == 1 and found[0].is_day and bare == bare[found[0].start : found[0].end]:
            refuse_other_weekday(words, found[0].last, value)
            return found[0].last
    raise UnreadableDeadline(f"认不出日期“{brief(value)}”，请写成2025年6月30日的样子")


@lru_cache(MOST_KEPT)
def _words(text: str) -> tuple[str, bool]:
    """The words without those that say it goes on after its day, and whether they did."""
    words = _LABEL.sub("", plain(text), count=1)
    if len(words) > LONGEST:
        raise UnreadableDeadline(why_unread("", text))
    without = _LASTING.sub("", words)
    if without == words:
        return words, False
    without = re.sub(r"\(\)|(?<=[,;])[,;]+", "", without)
    return without.strip(".,;"), True


def _counted(
    words: str, text: str, assigned: date | None, calendar: Workdays | None
) -> tuple[date | None, tuple[str, ...]]:
    term = term_of(words)
    if term is None or assigned is None:
        return None, ()
    on = counted_from(assigned, term, calendar, text)
    notes = []
    if term.is_received:
        notes.append(f"收到之日没有记载，从交办日期{written(assigned)}起算，时限为{written(on)}")
    if term.is_workdays and calendar and (years := calendar.guessed_years(assigned, on)):
        named = "、".join(f"{year}年" for year in years)
        notes.append(f"{named}放假安排未公布，按周一至周五推算，时限为{written(on)}，请核对")
    return on, tuple(notes)


@lru_cache(MOST_KEPT)
def _dated(words: str, text: str) -> tuple[date, tuple[str, ...]]:
    at_once = _IMMEDIATE.match(words)
    rest = words[at_once.end() :].lstrip(",;") if at_once else words
    end = the_end(rest, text) if rest else None
    if end is None:
        raise UnreadableDeadline(why_unread(words, text))
    if at_once:
        return end.on, (*end.notes, f"同时写有立行立改和日期，以写明的{written(end.on)}为准")
    return end.on, end.notes
