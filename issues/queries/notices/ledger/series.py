"""Whether the numbers of papers are whole: every number taken has its paper, void ones kept.

A number is taken from its counter in the transaction that signs the paper, so between the first
and the counter's last none may be wanting. Where one is, something outside the product took a row
away or set a counter back, and the ledger says so with the number and with what the counter holds.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from auth.actor import Actor
from extensions import db
from issues.ground.numbers import LARGEST_ID, whole
from issues.models import Counter, Notice
from issues.notices.numbering import COUNTED
from issues.notices.rights import sees_every
from issues.rights.table import Right, holds
from issues.vocabulary import NoticeStatus

_NUMBER = re.compile(r"(?P<prefix>.*〔(?P<year>\d{4})〕)(?P<serial>\d{1,9})号")
MOST_NAMED = 20


class Parted(NamedTuple):
    """文号 in its parts: 甲督〔2025〕12号."""

    prefix: str
    year: int
    serial: int


class Series(NamedTuple):
    """The numbers of one 代字 and year. `last` is what its counter holds.

    `missing` have no paper, `beyond` have one and were never taken from the counter.
    """

    prefix: str
    year: int
    last: int
    used: int
    void: tuple[int, ...]
    missing: tuple[int, ...]
    beyond: tuple[int, ...]

    @property
    def name(self) -> str:
        return self.prefix.partition("〔")[0]

    @property
    def is_whole(self) -> bool:
        return not self.missing and not self.beyond

    @property
    def sentence(self) -> str:
        """What the counter and the papers say, in one sentence."""
        if not self.is_whole:
            return "；".join(self.faults)
        void = f"，其中作废{len(self.void)}件（{_named(self.void)}）" if self.void else ""
        return f"1至{self.last}号齐全，共{self.used}件{void}"

    @property
    def faults(self) -> list[str]:
        found = []
        if self.missing:
            found.append(
                f"{_named(self.missing)}没有对应的文书：编号已取到{self.last}号，"
                f"登记簿中只有{self.used}件"
            )
        if self.beyond:
            found.append(f"{_named(self.beyond)}超出了编号记录，编号只取到{self.last}号")
        return found


def parted(number: str) -> Parted | None:
    found = _NUMBER.fullmatch(number)
    return (
        Parted(found["prefix"], _figure(found["year"]), _figure(found["serial"])) if found else None
    )


def _figure(digits: str) -> int:
    return whole(digits, 0, LARGEST_ID) or 0


def series(actor: Actor) -> list[Series]:
    """Newest year first. Who sees but some of a series is told nothing of it. Two statements."""
    own = _keeps(actor)
    if own is None:
        return []
    rows = [
        (found, status is NoticeStatus.VOID)
        for number, status in db.session.execute(
            select(Notice.number, Notice.status).where(Notice.number.is_not(None), own)
        )
        if (found := parted(number or ""))
    ]
    counters = {
        row.series.removeprefix(COUNTED): row.last
        for row in db.session.scalars(select(Counter).where(Counter.series.startswith(COUNTED)))
    }
    if not sees_every(actor):
        seen = {found.prefix for found, _ in rows}
        counters = {prefix: last for prefix, last in counters.items() if prefix in seen}
    return judged(rows, counters)


def judged(rows: Iterable[tuple[Parted, bool]], counters: dict[str, int]) -> list[Series]:
    """From the numbers that papers bear, each with whether it is void, and the counters."""
    used: dict[str, dict[int, bool]] = defaultdict(dict)
    for found, is_void in rows:
        used[found.prefix][found.serial] = is_void
    whole = [
        _one(prefix, used.get(prefix, {}), counters.get(prefix, 0))
        for prefix in used.keys() | counters.keys()
        if counters.get(prefix) or prefix in used
    ]
    return sorted(whole, key=lambda one: (-one.year, one.prefix))


def _one(prefix: str, used: dict[int, bool], last: int) -> Series:
    year = parted(f"{prefix}1号")
    return Series(
        prefix,
        year.year if year else 0,
        last,
        len(used),
        tuple(sorted(serial for serial, is_void in used.items() if is_void)),
        tuple(serial for serial in range(1, last + 1) if serial not in used),
        tuple(sorted(serial for serial in used if serial > last)),
    )


def _keeps(actor: Actor) -> ColumnElement[bool] | None:
    """The city's people keep the whole book, a centre's people the centre's own."""
    if sees_every(actor):
        return Notice.id.is_not(None)
    if holds(actor, Right.DRAFT_COUNTY_NOTICE) or holds(actor, Right.SIGN_AS_COUNTY):
        return Notice.centre_id == actor.unit_id
    return None


def _named(serials: tuple[int, ...]) -> str:
    shown = "、".join(map(str, serials[:MOST_NAMED]))
    return f"第{shown}号" + (f"等{len(serials)}个" if len(serials) > MOST_NAMED else "")
