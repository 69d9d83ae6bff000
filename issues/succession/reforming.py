"""A unit is merged into another, or split into several: it is ended, and what is open goes on.

Tickets that are over keep it, and so do papers that are done with. Never commits: all of a reform
is one transaction, or it has not been.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from auth.acting import record
from auth.actor import SYSTEM, Actor
from auth.models import Unit, UnitAlias
from auth.sessions import end_sessions
from extensions import db
from issues import audit, units
from issues.ground.refusals import Incomplete, NotAllowed, WrongStatus
from issues.models import Issue
from issues.queries.admin import reforms as queries
from issues.rights.table import Right, holds
from issues.succession.clashes import MOST_TOLD, clashes, driven
from issues.succession.wanted import Wanted
from issues.units import keep_former
from issues.vocabulary import CENTRE, COUNTY, AccountAct, Subject, UnitAct
from issues.workflow import rules_at
from issues.workflow.succeeding import move_units

LONGEST_REASON = 200
LEADING = "牵头机构"
STAYS = {
    COUNTY: "县（区）随行政区划设立和调整，不能并入其他单位或分设。",
    CENTRE: "县级指挥中心随县（区）设立，交其督办的事项不能改交其他单位，不能并入其他单位或分设。",
    LEADING: "牵头机构是全市文书的落款单位，不能并入其他单位或分设。",
}


@dataclass(frozen=True, slots=True)
class Foretold:
    """A reform that can be done as things stand: which unit ends, what goes, and to whom."""

    old: Unit
    usual: Unit
    heirs: Sequence[Unit]
    moves: Sequence[tuple[Issue, Unit]]
    people: Mapping[int, Unit]
    counted: queries.Reform
    reason: str

    @property
    def shares(self) -> list[tuple[Unit, int, int]]:
        """Of each heir: tickets and people in use that come to it."""
        tickets = Counter(new.id for _, new in self.moves)
        people = Counter(new.id for new in self.people.values())
        return [(unit, tickets[unit.id], people[unit.id]) for unit in self.heirs]

    @property
    def went_to(self) -> str:
        """As the record and the pages say it."""
        if len(self.heirs) == 1:
            return self.usual.short_name
        return "、".join(
            f"{unit.short_name}（事项{tickets}件、账号{people}个）"
            for unit, tickets, people in self.shares
        )


def merge(actor: Actor, code: str, into: str, reason: str, at: datetime) -> queries.Reform:
    """What went. Raises NotAllowed, NotFound, Incomplete, WrongStatus."""
    return reform(actor, Wanted(code, into, reason), at)


def foretell(actor: Actor, wanted: Wanted, *, for_change: bool = False) -> Foretold:
    """What would be done, of what can be. Raises NotAllowed, NotFound, Incomplete, WrongStatus."""
    old, reason = _begin(actor, wanted)
    new = _target(old, wanted.to, wanted.field)
    named = {*wanted.tickets.values(), *wanted.people.values()} if wanted.is_split else set()
    by_code = {one: _target(old, one, "tickets") for one in sorted(named)}
    if wanted.is_split and not by_code.keys() - {new.code}:
        raise Incomplete({"tickets": ["分设至少有两个单位：请为部分事项或人员另选单位。"]})
    moves = [
        (issue, by_code.get(wanted.tickets.get(issue.number, ""), new))
        for issue in queries.tickets_of(old.id, for_change=for_change)
    ]
    _refuse_clashes(moves, old, "tickets" if wanted.is_split else wanted.field)
    people = {
        user.id: by_code.get(wanted.people.get(user.id, ""), new)
        for user in queries.people_of(old.id)
        if user.is_active
    }
    heirs = {unit.id: unit for unit in (new, *by_code.values())}
    return Foretold(
        old, new, list(heirs.values()), moves, people, queries.concerned(old.id), reason
    )


def reform(actor: Actor, wanted: Wanted, at: datetime) -> queries.Reform:
    """What went. Raises NotAllowed, NotFound, Incomplete, WrongStatus."""
    _lock(wanted)
    found = foretell(actor, wanted, for_change=True)
    old, new, reason = found.old, found.usual, found.reason
    move_units(found.moves, actor, old, reason, at=at, rules=rules_at(at))
    _move_papers(old, {issue.id: to for issue, to in found.moves}, new)
    _move_people(actor, old, wanted, {unit.code: unit for unit in found.heirs}, new, reason)
    old.ended_at = at
    names = _end_names(actor, old, reason, at)
    db.session.flush()
    ended = UnitAct.SPLIT if wanted.is_split else UnitAct.MERGE
    if not wanted.is_split:
        keep_former(new, (old.name, old.short_name, *names), actor, reason)
    told = {queries.GONE_TO[ended]: found.went_to} | found.counted.told()
    _told(actor, old, ended, told, reason, at)
    came, of = (
        (UnitAct.COME_OF, "分设前") if wanted.is_split else (UnitAct.TAKE_IN, "并入的单位")
    )  # fmt: skip
    for unit, tickets, people in found.shares:
        taken = {of: old.short_name, "未办结事项": tickets, "在用账号": people}
        _told(actor, unit, came, taken, reason, at)
    return found.counted


def _begin(actor: Actor, wanted: Wanted) -> tuple[Unit, str]:
    if actor is not SYSTEM and not holds(actor, Right.UNITS):
        raise NotAllowed("单位由系统管理员维护。")
    old, reason = units.find(wanted.code), wanted.reason.strip()
    if why := why_stays(old):
        raise WrongStatus(why)
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明理由，如机构改革文件号，最多{LONGEST_REASON}个字。"]})
    return old, reason


def _lock(wanted: Wanted) -> None:
    """All units of a reform in one order, so that no two reforms wait for each other."""
    codes = {wanted.code, wanted.to, *wanted.tickets.values(), *wanted.people.values()}
    rows = select(Unit).where(Unit.code.in_(codes)).order_by(Unit.id).with_for_update()
    db.session.scalars(rows.execution_options(populate_existing=True)).all()


def why_stays(unit: Unit) -> str:
    """Why a unit can be neither merged nor split; empty where it can."""
    return units.ENDED if unit.ended_at is not None else STAYS.get(unit.kind, "")


def _target(old: Unit, code: str, name: str) -> Unit:
    asked = select(Unit).where(Unit.code == code, Unit.ended_at.is_(None))
    new = db.session.scalars(asked).first()
    if new is None or new.id == old.id:
        raise Incomplete({name: ["请选择另一个在用的单位。"]})
    return new


def _refuse_clashes(moves: Sequence[tuple[Issue, Unit]], old: Unit, name: str) -> None:
    for numbers, what, way in (
        (clashes(moves, old), "主责单位将验收自己的整改", "主责单位或验收单位"),
        (driven(moves), "县级指挥中心将督办自己的整改", "责任单位，或收回县级督办"),
    ):
        if numbers:
            more = f"等{len(numbers)}件" if len(numbers) > MOST_TOLD else ""
            told = f"调整后{what}：{'、'.join(numbers[:MOST_TOLD])}{more}。"
            raise Incomplete({name: [f"{told}请先由市环委办调整这些事项的{way}。"]})


def _move_papers(old: Unit, by_issue: Mapping[int, Unit], usual: Unit) -> None:
    """Open ones alone: their answers are the successor's from now on."""
    for notice in queries.open_notices(old.id):
        notice.unit_id = by_issue.get(notice.issue_id or 0, usual).id
    for instruction in queries.open_instructions(old.id):
        instruction.unit_id = by_issue.get(instruction.issue_id, usual).id


def _move_people(
    actor: Actor, old: Unit, wanted: Wanted, heirs: Mapping[str, Unit], usual: Unit, reason: str
) -> None:
    """Whoever is disabled too: they may come back."""
    for user in queries.people_of(old.id):
        new = heirs.get(wanted.people.get(user.id, ""), usual)
        user.unit_id = new.id
        end_sessions(user.id)  # what was open was open with another unit's sight
        told = {"from": old.short_name, "to": new.short_name, "reason": reason}
        record(user, AccountAct.MOVE, actor, **told)


def _end_names(actor: Actor, old: Unit, reason: str, at: datetime) -> list[str]:
    """The further names of a unit that is ended name it no more; what they were."""
    asked = select(UnitAlias).where(UnitAlias.unit_id == old.id, UnitAlias.ended_at.is_(None))
    rows = db.session.scalars(asked).all()
    for row in rows:
        row.ended_at = at
        told = {"别称": row.text, "类别": row.kind.label}
        audit.record(
            Subject.UNIT, old.id, UnitAct.END_ALIAS, actor, at=at, reason=reason, detail=told
        )
    return [row.text for row in rows]


def _told(
    actor: Actor, unit: Unit, act: UnitAct, detail: Mapping[str, object], reason: str, at: datetime
) -> None:
    audit.record(Subject.UNIT, unit.id, act, actor, at=at, reason=reason, detail=detail)
