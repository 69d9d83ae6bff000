"""Lengths of time counted from the assignment: 交办之日起15日内, 收到交办件后10个工作日内."""

import re
from datetime import date
from typing import NamedTuple

from issues.rules.dates.days import NEVER, days_after, months_after
from issues.rules.dates.doing import is_doing
from issues.rules.dates.periods import LAST_YEAR
from issues.rules.dates.wording import UnreadableDeadline, brief
from issues.rules.dates.workdays import Workdays

WEEK, HALF_YEAR, YEAR = 7, 6, 12
LONGEST_TERM = 3650
_BASE = (
    r"(?:自|从|于|在)?(?P<base>交办转办|交办|转办|移交"
    r"|(?:收到|接到|接|签收)(?:本|该)?(?:交办|转办|移交)?"
    r"(?:件|函|单|通知书?|文书|任务|问题|事项|信访件|文件)?)"
    r"(?:之日|当日|当天|次日|之后|以后|日|后)?(?:算起|起算|起|开始)?的?,?"
)
_LENGTH = (
    r"(?:(?P<count>\d{1,4})(?P<unit>个?工作日|个?自然日|个?日历[天日]|日|天|个?周|个?星期|个月|年)"
    r"|(?P<half>半年))"
)
_WITHIN = r"(?:之内|以内|内)?(?:之?前)?"
_TERM = re.compile(rf"{_BASE}{_LENGTH}{_WITHIN}(?P<tail>.*)", re.ASCII)
_BEHIND = re.compile(rf"{_LENGTH}{_WITHIN}(?P<tail>[^(]*)\({_BASE}\)", re.ASCII)
_ANY = re.compile(rf"{_LENGTH}(?:之内|以内|内)|半个月|个季度", re.ASCII)
_ALONE = re.compile(r"\d{1,3}(?:个?工作日|天|日|个月|周)|半年", re.ASCII)
_ASSIGNED = re.compile(rf"{_BASE}.*[\d半]")
_ELSEWHERE = re.compile(r"(?:之日|当日|次日|日)起|[^\d,;]后\d")


class Term(NamedTuple):
    """`is_received`: the words count from the receipt, of which only the assignment is known."""

    amount: int
    unit: str
    is_received: bool

    @property
    def is_workdays(self) -> bool:
        return self.unit == "工作日"


def term_of(words: str) -> Term | None:
    """The length in plain words; None where they are something else."""
    match = _TERM.fullmatch(words) or _BEHIND.fullmatch(words)
    tail = match["tail"].lstrip(",") if match else ""
    if match is None or (tail and not is_doing(tail)):
        return None
    is_received = match["base"][0] in "收接签"
    if match["half"]:
        return Term(HALF_YEAR, "月", is_received)
    return Term(int(match["count"]), match["unit"].removeprefix("个"), is_received)


def counted_from(assigned: date, term: Term, calendar: Workdays | None, text: str) -> date:
    """The day itself is not counted. Raises UnreadableDeadline."""
    if term.is_workdays and calendar is None:
        raise UnreadableDeadline(f"“{brief(text)}”按工作日计，这里没有工作日历，请改写成具体日期")
    is_bounded = 0 < term.amount <= LONGEST_TERM
    day = _end(assigned, term, calendar or Workdays()) if is_bounded else NEVER
    if day.year > LAST_YEAR:
        raise UnreadableDeadline(f"“{brief(text)}”的长度应在1天至{LONGEST_TERM}天之间")
    return day


def _end(assigned: date, term: Term, calendar: Workdays) -> date:
    if term.is_workdays:
        return calendar.add(assigned, term.amount)
    if term.unit in {"月", "年"}:
        months = term.amount * (YEAR if term.unit == "年" else 1)
        is_far = assigned.year + months // YEAR >= LAST_YEAR
        return NEVER if is_far else months_after(assigned, months)
    return days_after(assigned, term.amount * (WEEK if term.unit in {"周", "星期"} else 1))


def why_no_term(words: str, text: str) -> str | None:
    """What is wrong with a length counted from elsewhere, or from nothing; None for other words."""
    if _ASSIGNED.match(words):
        return f"认不出时限“{brief(text)}”，请写成交办之日起15日内、15个工作日内或三个月内完成"
    if not (_ANY.search(words) or _ALONE.fullmatch(words)):
        return None
    if _ELSEWHERE.search(words):
        return f"时限“{brief(text)}”不从交办之日起算，请改写成具体日期，或写成交办之日起15日内"
    return f"时限“{brief(text)}”没有写从哪一天起算，请写成交办之日起15日内，或写具体日期"
