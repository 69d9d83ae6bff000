"""A text read for its claims: what is said to have been, not what is denied or may come."""

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from issues.notices.kinds.claims.asked import is_asked
from issues.notices.kinds.claims.claim import Claim, Day, Made, Said
from issues.notices.kinds.claims.figures import days_in, plain, times_in
from issues.notices.kinds.claims.told.coming import may_come

_NOT = (
    "不", "未", "没有", "并非", "防止", "避免", "以免", "严防", "谨防", "以防", "杜绝", "不能",
    "不得", "无法", "未经", "不是",
)  # fmt: skip
_ANY = ("的", "以上", "及以上", "事项的", "问题的")
"""Right behind them: those of whom it holds are told of, not that it holds."""
_OF_WHOM = re.compile(r"(?<![目标])的$|(?<![落滞前先])后$|(?<![同及按准小实])时$")
"""At the end of their clause: it is of those, after that, at that time. 落后 and 同时 are words."""
_WAS = re.compile(r"已|曾|\d[日号]")
_NEAR = 10
"""How far behind its day a deed is told: “2025年3月1日对你单位约谈” is near."""
_OTHER = re.compile("的|调度|检查|督察|暗访|发现|会议|要求")
"""Between a day and a deed: the day is that of something else."""
_SOME = r"(?:\d+|[一二两三四五六七八九十多])"
_BEHIND = re.compile(rf"[了过共计达]{{0,2}}[^，、\d]?{_SOME}[次回]")
_AHEAD = re.compile(rf"(?:第?{_SOME}[次回]|再次)[^，、]{{0,2}}$")
_APART = re.compile("经|根据|按|依")


_MOST = 4096
"""Sentences kept with their claims: those of templates come again with every paper."""


class Table(tuple[Claim, ...]):
    """Claims as one thing: equal to itself alone, so that what was read by it is found at once."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def made_by(text: str, claims: Table) -> list[Made]:
    """In the order of the table, and within it of the text."""
    found = [
        one for sentence in re.split("[。；\n]", plain(text)) for one in _read(sentence, claims)
    ]
    return [made for _place, made in sorted(dict.fromkeys(found), key=itemgetter(0))]


@lru_cache(_MOST)
def _read(sentence: str, claims: Table) -> tuple[tuple[int, Made], ...]:
    """What one sentence claims, each with the place of its claim in the table."""
    return tuple(
        (place, Made(claim, said))
        for place, claim in enumerate(claims)
        if claim.says
        for said in _said(claim, claim.says, sentence)
    )


def _said(claim: Claim, says: re.Pattern[str], sentence: str) -> Iterator[Said]:
    for found in says.finditer(sentence):
        before, words = sentence[: found.start()], found.group()
        behind = sentence[found.end() :]
        rest = re.split("[，：]", behind)[0]
        here = re.split("[，：]", before)[-1]
        is_made = _is_told(before, here, words, behind) and not is_asked(before, words, behind)
        if not (claim.is_any or is_made):
            continue
        if claim.unless and claim.unless.search(here + words + rest):
            continue
        said = _details(before, here, words, rest)
        yield said if claim.is_until else said._replace(until=None)


def _is_told(before: str, here: str, words: str, behind: str) -> bool:
    rest = re.split("[，：]", behind)[0]
    is_told_that = behind == rest and "是" in here + words  # 是…的 at the end says that it was
    if _OF_WHOM.search(rest) and not is_told_that:
        return False
    if (rest.startswith(_ANY) and not is_told_that) or "后按" in rest:
        return False
    if rest.startswith("后") and not _WAS.search(words):
        return False
    return not before.endswith(_NOT) and not may_come(before, here, words)


def _details(before: str, here: str, words: str, rest: str) -> Said:
    times, least, nth = times_in(words)
    if not times:
        times, least, nth = times_in(_touching(here, rest))
    return Said(words, _day(before, here, words), _until(words + rest), times, least, nth)


def _touching(here: str, rest: str) -> str:
    """A count that stands right before or behind the words."""
    behind, ahead = _BEHIND.match(rest), _AHEAD.search(here)
    return next((found.group() for found in (behind, ahead) if found), "")


def _day(before: str, here: str, words: str) -> Day | None:
    """The day told of the deed: within its words, right before them, or as a clause before."""
    clause = here + words
    told = [
        (on, end)
        for on, start, end in days_in(clause)
        if not re.search(r"(?:截至|至|到|截止)$", clause[:start])
        and not re.match(r"(?:之|以)?[前后]|底", clause[end:])
    ]
    if told:
        on, end = told[-1]
        gap = clause[end : max(len(here), end)]
        return None if len(gap) > _NEAR or _OTHER.search(gap) else on
    outer = re.split("[，：]", before)[-2:-1]
    alone = days_in(outer[0]) if outer and not _APART.match(clause) else []
    whole = [one for one in alone if outer[0][one[2] :] == "" and len(outer[0][: one[1]]) <= 1]
    return whole[0][0] if whole else None


def _until(text: str) -> Day | None:
    for on, start, _end in days_in(text):
        if re.search("[至到为]$", text[:start]):
            return on
    return None
