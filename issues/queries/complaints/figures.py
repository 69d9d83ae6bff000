"""What became of the letters, counted by round and county: page, API and workbook read this."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from auth.actor import Actor
from extensions import db
from issues.models import Callback, Issue
from issues.queries.complaints.rounds import UNNAMED, round_of
from issues.queries.ground import names as places
from issues.rights.table import reach
from issues.vocabulary import (
    COMPLAINT_SOURCES,
    OFF_BOARD,
    STRUCK_OFF,
    Satisfaction,
    Status,
    Truth,
)

ALL = "合计"
HANDED_OVER: tuple[ColumnElement[bool], ...] = (
    Issue.source.in_(sorted(COMPLAINT_SOURCES)), Issue.status.not_in(sorted(OFF_BOARD)),
)  # fmt: skip
"""The letters of the whole city."""
COUNTED = ("ordered", "penalised", "investigated", "detained", "summoned", "held_to_account")
PLEASED = (Satisfaction.SATISFIED, Satisfaction.FAIRLY)
_ANSWER = (
    select(Callback.satisfaction)
    .where(Callback.issue_id == Issue.id, Callback.is_reached)
    .order_by(Callback.on.desc(), Callback.id.desc())
    .limit(1)
    .correlate(Issue)
    .scalar_subquery()
)
"""What was answered at the last call-back of a letter that somebody took."""
_READ = (
    Issue.source, Issue.case_number, Issue.region, Issue.status, Issue.interim_on,
    Issue.verified, Issue.fine, *(getattr(Issue, name) for name in COUNTED),
    exists().where(Callback.issue_id == Issue.id).label("is_called"), _ANSWER.label("answer"),
)  # fmt: skip


@dataclass(slots=True)
class Figures:
    """Letters and what followed; `fine` in 万元.

    Of call-backs letters are counted, each by the last that was answered.
    """

    letters: int = 0
    true: int = 0
    untrue: int = 0
    unsaid: int = 0
    closed: int = 0
    interim: int = 0
    ordered: int = 0
    penalised: int = 0
    fine: Decimal = Decimal(0)
    investigated: int = 0
    detained: int = 0
    summoned: int = 0
    held_to_account: int = 0
    called: int = 0
    reached: int = 0
    satisfied: int = 0
    dissatisfied: int = 0

    def add(self, row: Any) -> None:
        self.letters += 1
        self.unsaid += row.verified is None
        self.untrue += row.verified is Truth.UNFOUNDED
        self.true += row.verified not in (None, Truth.UNFOUNDED)
        self.closed += row.status in STRUCK_OFF
        self.interim += is_interim(row.status, row.interim_on)
        self.fine += row.fine or Decimal(0)
        self.called += bool(row.is_called)
        self.reached += row.answer is not None
        self.satisfied += row.answer in PLEASED
        self.dissatisfied += row.answer is Satisfaction.DISSATISFIED
        for name in COUNTED:
            setattr(self, name, getattr(self, name) + (getattr(row, name) or 0))

    def join(self, other: "Figures") -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


HEADS = {
    "letters": "件数", "true": "属实", "untrue": "不属实", "unsaid": "未认定", "closed": "已办结",
    "interim": "阶段性办结", "ordered": "责令整改（家）", "penalised": "立案处罚（件）",
    "fine": "罚款（万元）", "investigated": "立案侦查（件）", "detained": "拘留（人）",
    "summoned": "约谈（人）", "held_to_account": "问责（人）",
    "called": "回访（件）", "reached": "接通（件）", "satisfied": "满意（件）",
    "dissatisfied": "不满意（件）",
}  # fmt: skip
"""The heading over each figure, in their order.

基本属实 and 部分属实 count as true, 基本满意 as satisfied.
"""

OF_CALLS = ("called", "reached", "satisfied", "dissatisfied")
"""Those of call-backs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One county of one round; the sums of a round have no region, those of all no round."""

    round: str
    region: str
    name: str
    figures: Figures


def is_interim(status: Status, interim_on: Any) -> bool:
    return status not in STRUCK_OFF and interim_on is not None


def of_letters(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """The letters in this person's sight that have been handed over."""
    return (reach(actor), *HANDED_OVER)


def counted(actor: Actor) -> list[Line]:
    """Each round with its counties, its sum behind, the sum of all last; none without letters.

    A letter is read on its own, since its round stands in its number.
    """
    rows = db.session.execute(select(*_READ).where(*of_letters(actor))).all()
    named = places.names()
    apart: dict[tuple[str, str], Figures] = {}
    for row in rows:
        called = f"{row.source.label}·{round_of(row.case_number)}"
        apart.setdefault((called, row.region), Figures()).add(row)
    held: dict[tuple[str, str], Figures] = {}
    for (called, region), figures in apart.items():
        for key in {(called, region), (called, ""), ("", "")}:
            held.setdefault(key, Figures()).join(figures)
    lines = [Line(key[0], key[1], named.region(key[1]) if key[1] else ALL, figures)
             for key, figures in held.items()]  # fmt: skip
    return sorted(
        lines,
        key=lambda one: (
            not one.round, one.round.endswith(UNNAMED), one.round, not one.region,
            named.region_position(one.region),
        ),
    )  # fmt: skip


def total(actor: Actor) -> Figures:
    """Of all letters in this person's sight. One statement."""
    told = Figures()
    for row in db.session.execute(select(*_READ).where(*of_letters(actor))):
        told.add(row)
    return told


def values(figures: Figures) -> Iterable[tuple[str, int | Decimal]]:
    return [(HEADS[one.name], getattr(figures, one.name)) for one in fields(figures)]
