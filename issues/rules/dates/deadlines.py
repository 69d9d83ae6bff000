"""Reading a deadline in the words of a ledger. What cannot be read is refused, never guessed.

The wordings are those of docs/rules.md §1.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from issues.rules.dates.days import days_after, month_end, written
from issues.rules.policy import Policy
from issues.vocabulary import DeadlineKind

FIRST_YEAR, LAST_YEAR = 1990, 2099
DECEMBER = 12
QUOTED = 30

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARKS = str.maketrans({"。": ".", "、": ",", "·": ".", "—": "-", "–": "-", "−": "-", "‐": "-"})
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
_TAIL = r"(?:之前|以前|前)?(?:(?:全面)?完成(?:整改|销号)?|整改完成|整改到位|销号|办结)?"
_BEFORE = r"(?:于|在|至|到|截至|截止|截止到)?"
_DAY = re.compile(
    rf"{_BEFORE}(\d{{4}})(?:[年./-](\d{{1,2}})[月./-]|(\d{{1,2}})月)(\d{{1,2}})[日号]?{_TAIL}",
    re.ASCII,
)
_COMPACT = re.compile(rf"{_BEFORE}(\d{{4}})(\d\d)()(\d\d){_TAIL}", re.ASCII)
_MONTH = re.compile(
    rf"{_BEFORE}(\d{{4}})(?:[年./-]?(\d{{1,2}})月份?|[./-](\d{{1,2}}))"
    rf"(?:月?[底末]{_TAIL}|内{_TAIL}|(?:完成)?)",
    re.ASCII,
)
_YEAR = re.compile(rf"{_BEFORE}(\d{{4}})年?(?:年?[底末]|内){_TAIL}", re.ASCII)
_YEARLESS = re.compile(
    r"[^\d年]{0,3}(?:\d{1,2}(?:[年月]|[./-]\d)|年?年[底末]|[本今明]年).*", re.ASCII
)
_MONTH_BEFORE = re.compile(r"\d{4}[年./-]?\d{1,2}月?份?(?:之前|以前|前).*", re.ASCII)
_YEAR_ALONE = re.compile(r"\d{4}年?(?:之前|以前|前)?(?:完成)?", re.ASCII)
_PLAN = re.compile(r"按照?序时进度(?:推进|完成|整改)?")
_LASTING = re.compile(r"(.+?)[.,;]?(?:并|且)?长期坚持")


@dataclass(frozen=True, slots=True)
class Deadline:
    """`on` is None where the words hold no day of their own, or 立行立改 has no assignment yet."""

    kind: DeadlineKind
    on: date | None
    text: str


class UnreadableDeadline(ValueError):
    """Words that are no deadline; `sentence` says in Chinese what is wrong with them."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def read_deadline(text: str | date, assigned: date | None, policy: Policy) -> Deadline:
    """The kind and the day of a cell. Raises UnreadableDeadline."""
    if isinstance(text, date):
        day = read_day(text)
        return Deadline(DeadlineKind.FIXED, day, written(day))
    words = _plain(text)
    if words == "长期坚持":
        return Deadline(DeadlineKind.STANDING, None, text)
    if _PLAN.fullmatch(words):
        return Deadline(DeadlineKind.BY_MEASURES, None, text)
    lasting = _LASTING.fullmatch(words)
    first = lasting[1] if lasting else words
    if first == "立行立改":
        kind = DeadlineKind.IMMEDIATE_THEN_STANDING if lasting else DeadlineKind.IMMEDIATE
        on = None if assigned is None else days_after(assigned, policy.immediate_days)
        return Deadline(kind, on, text)
    kind = DeadlineKind.FIXED_THEN_STANDING if lasting else DeadlineKind.FIXED
    return Deadline(kind, _read_words(first, text), text)


def read_day(value: str | date) -> date:
    """A plain day: a date cell, 2025年6月30日, 2025.6.30, 2025/6/30. Raises UnreadableDeadline."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _day(value.year, value.month, value.day, value.isoformat())
    words = _plain(value)
    match = _DAY.fullmatch(words) or _COMPACT.fullmatch(words)
    if match is None or not (words[0].isdigit() and words[-1] in "0123456789日号"):
        raise UnreadableDeadline(f"认不出日期“{_brief(value)}”，请写成2025年6月30日的样子")
    return _matched_day(match, value)


def _plain(text: object) -> str:
    """Half-width, without spaces, midnight and a full stop at the end."""
    if not isinstance(text, str):
        raise UnreadableDeadline(f"认不出时限“{_brief(text)}”：应是文字或日期，不是数字")
    words = text.translate(_WIDE).translate(_MARKS).strip()
    words = re.sub(r"\s+", "", _MIDNIGHT.sub("", words)).rstrip(".,;")
    if not words:
        raise UnreadableDeadline("没有填写时限")
    return words


def _read_words(words: str, text: str) -> date:
    if match := _DAY.fullmatch(words) or _COMPACT.fullmatch(words):
        return _matched_day(match, text)
    if match := _MONTH.fullmatch(words):
        year, month = int(match[1]), int(match[2] or match[3])
        return month_end(_day(year, month, 1, text))
    if match := _YEAR.fullmatch(words):
        return _day(int(match[1]), DECEMBER, 31, text)
    raise UnreadableDeadline(_why_not(words, text))


def _matched_day(match: re.Match[str], text: str) -> date:
    return _day(int(match[1]), int(match[2] or match[3]), int(match[4]), text)


def _why_not(words: str, text: str) -> str:
    text = _brief(text)
    if _YEARLESS.fullmatch(words):
        return f"时限“{text}”没有写四位数的年份"
    if _MONTH_BEFORE.fullmatch(words):
        return f"时限“{text}”不明确：请写明是哪一日前，或写成某月底前"
    if _YEAR_ALONE.fullmatch(words):
        return f"时限“{text}”不明确：请写明月份，或写成某年底前"
    return (
        f"认不出时限“{text}”，请写成2025年6月30日前、2025年8月底前、2025年底前、立行立改或长期坚持"
    )


def _brief(text: object) -> str:
    """What a refusal quotes: a whole paragraph in the wrong cell is cut short."""
    words = str(text)
    return words if len(words) <= QUOTED else f"{words[:QUOTED]}…"


def _day(year: int, month: int, day: int, text: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableDeadline(f"“{_brief(text)}”的年份应在{FIRST_YEAR}年至{LAST_YEAR}年之间")
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableDeadline(f"“{_brief(text)}”不是日历上有的日子") from None
