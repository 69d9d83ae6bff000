"""A claim, what its words say beside it, and how a record is asked for it."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from issues.notices.kinds.shape import NoticeFactsDoc

DOCUMENT = "document"
"""Where a fault is told that stands at no field of a person's."""

Facts = NoticeFactsDoc


class Day(NamedTuple):
    """A day as written; 0 where the year or the day of the month is not told."""

    year: int
    month: int
    day: int

    def is_of(self, iso: str) -> bool:
        on = date.fromisoformat(iso)
        known = (on.year, on.month, on.day)
        return all(not told or told == of for told, of in zip(self, known, strict=True))

    def __str__(self) -> str:
        year = f"{self.year}年" if self.year else ""
        return f"{year}{self.month}月" + (f"{self.day}日" if self.day else "")


class Said(NamedTuple):
    """What the words say beside the claim: nothing where they say nothing.

    `least`: so many times or more (多次). `nth`: this is the so manieth time (第二次).
    """

    words: str = ""
    on: Day | None = None
    until: Day | None = None
    times: int = 0
    least: bool = False
    nth: bool = False


UNSAID = Said()
Lacks = Callable[[Facts, Said], str]
"""What record is missing, in Chinese; nothing where the claim is proven."""


class Claim(NamedTuple):
    """`says`: the words that make it, None where only the paper itself does.

    `unless`: words in the same clause by which it is about something else. `is_until`: a day up to
    which (延期至…) is its own. `is_any`: it is made in an order too (请在整改时限…前完成).
    """

    name: str
    says: re.Pattern[str] | None
    lacks: Lacks
    papers: tuple[str, ...] = ()
    field: str = DOCUMENT
    unless: re.Pattern[str] | None = None
    is_until: bool = False
    is_any: bool = False


class Made(NamedTuple):
    """A claim as a text makes it."""

    claim: Claim
    said: Said = UNSAID

    def lacking(self, facts: Facts) -> str:
        return self.claim.lacks(facts, self.said)

    def sentence(self, facts: Facts) -> str:
        """What is said where it is not proven; nothing where it is."""
        lack = self.lacking(facts)
        return f"“{self.claim.name}”没有依据：{lack}。" if lack else ""


def row(
    name: str, says: str, lacks: Lacks, papers: tuple[str, ...] = (), field: str = DOCUMENT,
    unless: str = "", *, is_until: bool = False, is_any: bool = False,
) -> Claim:  # fmt: skip
    words = re.compile(says) if says else None
    other = re.compile(unless) if unless else None
    return Claim(name, words, lacks, papers, field, other, is_until, is_any)
