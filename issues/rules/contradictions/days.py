"""Days that stand in a text, and what is said to be finished or promised by one."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from issues.rules.contradictions.sources import Paper, Step, Text
from issues.rules.contradictions.words import (
    MOST_KEPT,
    NOT_YET,
    clause_end,
    clause_start,
    plain,
    sentence_start,
)
from issues.rules.dates.days import MONTHS, month_end

_FULL = (
    r"(?P<y>20\d\d)\s*(?:年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]"
    r"|(?P<s>[-./])(?P<m2>\d{1,2})(?P=s)(?P<d2>\d{1,2})(?!\d))"
)
_SHORT = r"(?<![\d年])(?P<m3>\d{1,2})月(?P<d3>\d{1,2})[日号]"
_DAY = re.compile(f"(?<!\\d)(?:{_FULL})|{_SHORT}", re.ASCII)
_MONTH = re.compile(
    r"(?<!\d)(?P<y>20\d\d)年(?:(?P<m>\d{1,2})月(?!\d)(?:份|底|末)?|年?底|年?末)", re.ASCII
)
_NOT_ON = re.compile(r"\s*(?:之?前|以前|之?后|以后|起|至|到|-|~)")
_BUT_A_PART = re.compile(r"未|不|无法|难以|招标|方案|设计|采购")
_DONE = r"(?:完成|完工|竣工|办结|建成|拆除完毕|清理完毕|清运完毕)"
_END = r"(?=$|[,。;!?、\n\r(]|并|且)"
_WHOLE = rf"(?P<what>全部|整改(?:任务|工作)?|任务)?{_END}"
_AFTER_DAY = re.compile(rf"[^,。;!?\n\r]{{0,16}}?{_DONE}(?P<rest>[^,。;!?\n\r(]{{0,16}})")
_NUMBERED = re.compile(r"措施\s*(\d{1,2})(?!\d)", re.ASCII)
_SUBJECT = re.compile(
    r"\s*(?:措施\s*\d{1,2}|该?项?措施|(?:各项|全部|所有)?整改(?:任务|工作|措施)?|各项措施|本?问题|截至\w{0,8})?"
    r"(?:均|都|也)?(?:已经?|业已|经\w{0,6})?(?:全部|全面)?\s*于?\s*"
)
_ENTIRE = re.compile(r"全部|各项|整改(?:任务|工作)|整改(?=$|[,。;])")
_BY = re.compile(
    rf"(?:前|之前|以前|底前|内)?[^,。;!?\n\r]{{0,12}}?{_DONE}(?:全部|整改(?:任务|工作)?|任务|施工|建设|工程)?{_END}",
    re.ASCII,
)
_PROMISE = re.compile(r"预计|计划|拟|将|力争|确保|争取|承诺|保证")


class Day(NamedTuple):
    """One day in a text. `is_full`: with its year; else the latest that the writing allows."""

    on: date
    start: int
    end: int
    is_full: bool


class Finish(NamedTuple):
    """That something was finished on a day. `is_whole`: the object is not named, or is the work.

    `step`: the measure it can only mean; `is_entire`: all of the rectification.
    """

    text: Text
    day: Day
    start: int
    end: int
    is_whole: bool
    step: Step | None
    is_entire: bool


@lru_cache(maxsize=MOST_KEPT)
def days_in(words: str, on: date | None) -> Sequence[Day]:
    """A day no calendar has is no day. One without a year is read only beside a day of writing.

    Several rules look at one text in turn.
    """
    return tuple(_days_in(words, on))


def _days_in(words: str, on: date | None) -> Iterator[Day]:
    for match in _DAY.finditer(words):
        month = match["m"] or match["m2"] or match["m3"]
        day = match["d"] or match["d2"] or match["d3"]
        if match["y"]:
            found = _day(match["y"], month, day)
        elif on is not None:
            found = _day(str(on.year), month, day)
            if found is not None and found > on:
                found = _day(str(on.year - 1), month, day)
        else:
            continue
        if found is not None:
            yield Day(found, match.start(), match.end(), bool(match["y"]))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date.fromisoformat(f"{year}-{month:0>2}-{day:0>2}")
    except ValueError:
        return None


def finishes(paper: Paper, text: Text) -> Iterator[Finish]:
    """“已于11月3日完成”, “11月3日已完成”: what is, never what is planned, wanted or denied."""
    words = plain(text.text)
    for day in days_in(words, text.on):
        after = _AFTER_DAY.match(words, day.end)
        if after is None or _NOT_ON.match(words, day.end):
            continue
        begin = clause_start(words, day.start)
        before = words[begin : day.start]
        said = before + words[day.end : after.end()]
        if NOT_YET.search(said) or not re.search(r"已|业经", said):
            continue
        whole = re.match(_WHOLE, after["rest"])
        step, is_entire = _meant(paper, text, words, day, after.end())
        if not _SUBJECT.fullmatch(before) or not (
            is_entire or text.measure_id or _is_named(words, begin, before)
        ):
            whole = None  # of a part of the work, or nobody knows of what
        start = begin if day.start - begin <= len("措施12经现场核实已于") else day.start
        end = after.start("rest") + (len(whole[0]) if whole else 0)
        yield Finish(text, day, start, end, whole is not None, step, is_entire)


def _is_named(words: str, begin: int, before: str) -> bool:
    """Whether the measure is named by its number, or nothing else is: the sentence begins here."""
    first = sentence_start(words, begin)
    return begin == first or _NUMBERED.search(words, first, begin + len(before)) is not None


def _meant(paper: Paper, text: Text, words: str, day: Day, end: int) -> tuple[Step | None, bool]:
    """The measure that is named in the sentence, or the text is of, or the only one there is."""
    sentence = words[sentence_start(words, day.start) : clause_end(words, end)]
    numbers = _NUMBERED.findall(sentence)
    if len(set(numbers)) > 1:
        return None, False
    if numbers:
        return paper.step_of_no(numbers[0]), False
    if text.measure_id is not None:
        return next((one for one in paper.steps if one.id == text.measure_id), None), False
    return paper.only_step(), bool(_ENTIRE.search(sentence))


def promises(text: Text) -> Iterator[Day]:
    """Days by which a text promises that the work is finished; a month means its end."""
    words = plain(text.text)
    full = [day for day in days_in(words, None) if day.is_full]
    taken = {day.start for day in full}
    for day in (*full, *(one for one in months_in(words) if one.start not in taken)):
        done = _BY.match(words, day.end)
        if done is None:
            continue
        begin = clause_start(words, day.start)
        is_promised = _PROMISE.search(words[begin : day.start])
        if is_promised and not _BUT_A_PART.search(words[begin : done.end()]):
            yield Day(day.on, begin, done.end(), is_full=True)


def months_in(words: str) -> Iterator[Day]:
    """“2025年6月底”, “2025年底” with the last day they hold."""
    for match in _MONTH.finditer(words):
        first = _day(match["y"], match["m"] or str(MONTHS), "1")
        if first is not None:
            yield Day(month_end(first), match.start(), match.end(), is_full=True)
