"""What is wrong with words that no deadline was read from, and what to write instead."""

import re
from collections.abc import Iterable

from issues.rules.dates.terms import why_no_term
from issues.rules.dates.wording import brief

LONGEST = 200
"""Longer words are a paragraph in the wrong cell."""

_YEARLESS = re.compile(
    r"[^\d年]{0,8}(?:\d{1,2}(?:[年月]|[./-]\d)|年?年[底末内]|[本今明当]年|[本下]月|第?[1-4]季度"
    r"|[上下]半年).*",
    re.ASCII,
)
_MONTH_BEFORE = re.compile(r"\D*\d{4}[年./-]?\d{1,2}月?份?(?:之前|以前|前).*", re.ASCII)
_PART_OF = re.compile(r".*\d{4}年?(?:年?[初中]|\d{1,2}月[初中]).*", re.ASCII)
_YEAR_ALONE = re.compile(
    r"(?:\d{4}年?[-~至到]+)?\d{4}年?度?(?:之前|以前|前)?(?:完成(?:整改)?)?", re.ASCII
)
_SINCE = re.compile(r".*[日月年底末度旬]之?以?(?:后|起).*")
_SEVERAL = re.compile(r"(?:.*\d{4}年){2}.*", re.ASCII)
_FORMS = (
    "请写成2025年6月30日前、2025年8月底前、2025年三季度末、2025年上半年、2025年底前、立行立改、长期坚持"
    "或交办之日起15日内"
)


_SAYS = (
    (
        re.compile(r"已.*|.*已完成.*"),
        "没有写原定的日期，请写成2024年底前完成，长期坚持；完成情况另填在是否完成、是否销号中",
    ),
    (_YEARLESS, "没有写四位数的年份，请写成2025年6月30日前"),
    (_MONTH_BEFORE, "不明确：请写明是哪一日前，或写成某月底前"),
    (_PART_OF, "不明确：请写明月份和日期，或写成某月底前、某月中旬"),
    (_YEAR_ALONE, "不明确：请写明月份，或写成某年底前"),
)
_DOUBTS = (
    (_SINCE, "写的是从哪一天起，没有写到哪一天止，请写成2025年6月30日前"),
    (_SEVERAL, "写有几个日期，分不清以哪一个为准，请只写最后完成的日期"),
)


def why_unread(words: str, text: str) -> str:
    """A sentence that names what was read. `words` are "" where they were too long to look at."""
    if (why := why_no_term(words, text)) is not None:
        return why
    if said := _first(_SAYS, words):
        return f"时限“{brief(text)}”{said}"
    said = _first(_DOUBTS, words)
    return f"认不出时限“{brief(text)}”{'：' if said else '，'}{said or _FORMS}"


def _first(sentences: Iterable[tuple[re.Pattern[str], str]], words: str) -> str:
    return next((says for pattern, says in sentences if pattern.fullmatch(words)), "")
