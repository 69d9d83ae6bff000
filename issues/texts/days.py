"""Deadlines in a text: those it says by name, and those that stand in a sentence.

The words themselves are read by the one reader of deadlines (issues/rules/dates).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from issues.ground.numbers import whole
from issues.rules.dates.deadlines import UnreadableDeadline, read_with_notes
from issues.texts.record import Known

LONGEST = 120
_MONTH = r"\d{1,2}月(?:份)?(?:\d{1,2}[日号]|[底末]|[上中下]旬)?"
_PERIOD = rf"(?:{_MONTH}|第?[一二三四1-4]季度[底末]?|[上下]半年|年?[底末])"
_DONE = r"(?=(?:全面|全部|基本|如期|按期)?(?:完成|建成|投运|投用|达标|销号|整改到位|办结|消除))"
_BY = re.compile(
    rf"(?:(?P<year>20\d\d年|[本今当]年)度?)?{_PERIOD}(?:之前|以前|前|内|止|{_DONE})"
    r"|(?:自)?(?:交办|转办|收到交办件)(?:之日起|后)\d{1,3}个?(?:工作日|自然日|日|天|月)内"
)
_AT_ONCE = re.compile(r"立行立改|立即整改|立查立改|即知即改")
_CLAUSE = re.compile(r"[^，。；;！？\n]+")
_PAST_BEFORE = re.compile(
    r"(?:截至|截止|原定|原计划|应于|应在|应当于|要求|承诺|明确|此前|曾|规定).{0,8}$"
)
_PAST_AFTER = re.compile(r"[^。]*?(?:仍[^然]|未|尚|没有|滞后)|(?:发现|检查|督察|抽查|调查|监测)")
_OTHERWISE = re.compile(r"\d|[已起自]|视|另行|待定")
"""Other days, or words that make the day none."""
_OF_ITS_YEAR = re.compile(
    r"^(?:[本今当]年度?)?(?=年?[底末内]|[\d一二三四五六七八九十]{1,3}月|第?[一二三四1-4]季|[上下]半年)"
    r"|^(?P<next>[次明翌]年)(?=\d|[一二三四五六七八九十第上下底末])|^(?P<whole>全年(?:度)?)"
)


class Day(NamedTuple):
    """`because` is why it is a guess, "" where the words say it; no words, no deadline."""

    words: str
    on: date | None
    because: str = ""


def told(words: str, known: Known) -> Day:
    """What words that are meant as a deadline say."""
    words = words.strip().strip("。；;，,（）() ")
    if not words:
        return Day("", None)
    try:
        read, notes = read_with_notes(words, None, known.policy, known.calendar)
    except UnreadableDeadline as wrong:
        return _of_the_year(words, known) or _latest(words, known) or Day("", None, wrong.sentence)
    return Day(words[:LONGEST], read.on, "；".join(notes))


def said_in(text: str, known: Known, *, is_demand: bool = False) -> Iterator[tuple[Day, str]]:
    """The deadlines of its sentences, with the clause of each; not those said of the past.

    What is known to be a demand speaks of no past.
    """
    for clause in _CLAUSE.finditer(text):
        for match in (*_BY.finditer(clause[0]), *_AT_ONCE.finditer(clause[0])):
            before, after = clause[0][: match.start()], text[clause.start() + match.end() :]
            is_past = _PAST_BEFORE.search(before) or _PAST_AFTER.match(after)
            if is_past and not is_demand:
                continue
            day = told(match[0], known)
            is_before = bool(day.on and known.year and day.on.year < known.year)
            if day.words and not is_before:
                yield day, clause[0].strip()


def year_of(text: str) -> int | None:
    """The year a document is of, by its title or the day it was written."""
    found = re.search(r"(20\d\d)\s*年", text)
    return whole(found[1], 2000, 2099) if found else None


def _latest(words: str, known: Known) -> Day | None:
    """Of words no reader knows as a whole, the last of its days, where they name no other."""
    if any(match[0] == words for of in (_BY, _AT_ONCE) for match in of.finditer(words)):
        return None  # one day and nothing beside it: it was read already, in vain
    found = [day for day, _ in said_in(words, known, is_demand=True) if day.on]
    rest = _BY.sub("", words)
    if not found or _OTHERWISE.search(rest):
        return None
    last = max(found, key=lambda day: day.on or date.min)
    why = "有几个日期，取最晚的" if len(found) > 1 else "只读出"
    return Day(last.words, last.on, f"原文“{words[:LONGEST]}”{why}“{last.words}”")


def _of_the_year(words: str, known: Known) -> Day | None:
    """Words without a year, read by that of the document, and said so."""
    if known.year is None or not (match := _OF_ITS_YEAR.match(words)):
        return None
    rest, year = words[match.end() :], known.year + bool(match["next"])
    rest = "底前" if match["whole"] else rest
    dated = f"{year}{rest}" if rest.startswith("年") else f"{year}年{rest}"
    try:
        read, notes = read_with_notes(dated, None, known.policy, known.calendar)
    except UnreadableDeadline:
        return None
    why = f"原文“{words}”没有写年份，按文件的{known.year}年计"
    return Day(dated[:LONGEST], read.on, "；".join((why, *notes)))
