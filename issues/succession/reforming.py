"""A unit is merged into another, or split into several: it is ended, and what is open goes on.

Tickets that are over keep it, and so do papers that are done with. Never commits: all of a reform
is one transaction, or it has not been.
"""

from collections.abc import Mapping, Sequence
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
from issues.units import keep_former
from issues.vocabulary import COUNTY, AccountAct, Subject, UnitAct
from issues.workflow import rules_at
from issues.workflow.succeeding import move_units

LONGEST_REASON = 200
MOST_TOLD = 20
LEADING = "牵头机构"


def merge(actor: Actor, code: str, into: str, reason: str, at: datetime) -> queries.Reform:
    """What went. Raises NotAllowed, NotFound, Incomplete, WrongStatus."""
    old, reason = _begin(actor, code, reason)
    new = _target(old, into, "into")
    tickets = queries.tickets_of(old.id, for_change=True)
    moves = [(issue, new) for issue in tickets]
    _refuse_own_acceptance(moves, old, "into")
    counted = queries.concerned(old.id)
    move_units(moves, actor, old, reason, at=at, rules=rules_at(at))
    _move_papers(old, {}, new)
    _move_people(actor, old, {}, new, reason)
    old.ended_at = at
    names = _end_names(actor, old, reason, at)
    db.session.flush()
    keep_former(new, (old.name, old.short_name, *names), actor, reason)
    _told(actor, old, UnitAct.MERGE, {"并入": new.short_name}, counted, reason, at)
    _told(actor, new, UnitAct.TAKE_IN, {"并入的单位": old.short_name}, counted, reason, at)
    return counted


def split(
    actor: Actor, code: str, usual: str, tickets: Mapping[str, str], people: Mapping[int, str],
    reason: str, at: datetime,
) -> queries.Reform:  # fmt: skip
    """`usual` takes what nobody named; `tickets` and `people` are codes by number and account."""
    old, reason = _begin(actor, code, reason)
    new = _target(old, usual, "usual")
    wanted = {one: _target(old, one, "tickets") for one in {*tickets.values(), *people.values()}}
    if not wanted.keys() - {new.code}:
        raise Incomplete({"tickets": ["分设至少有两个单位：请为部分事项或人员另选单位。"]})
    held = queries.tickets_of(old.id, for_change=True)
    by_issue = [(issue, wanted.get(tickets.get(issue.number, ""), new)) for issue in held]
    _refuse_own_acceptance(by_issue, old, "tickets")
    counted = queries.concerned(old.id)
    move_units(by_issue, actor, old, reason, at=at, rules=rules_at(at))
    _move_papers(old, {issue.id: to for issue, to in by_issue}, new)
    _move_people(actor, old, {key: wanted[one] for key, one in people.items()}, new, reason)
    old.ended_at = at
    _end_names(actor, old, reason, at)
    heirs = {unit.id: unit for unit in (new, *wanted.values())}
    told = {"分设为": "、".join(unit.short_name for unit in heirs.values())}
    _told(actor, old, UnitAct.SPLIT, told, counted, reason, at)
    for unit in heirs.values():
        taken = {"分设前": old.short_name}
        _told(actor, unit, UnitAct.COME_OF, taken, None, reason, at)
    return counted


def _begin(actor: Actor, code: str, reason: str) -> tuple[Unit, str]:
    if actor is not SYSTEM and not holds(actor, Right.UNITS):
        raise NotAllowed("单位由系统管理员维护。")
    old, reason = units.find(code, for_change=True), reason.strip()
    if why := why_stays(old):
        raise WrongStatus(why)
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明理由，如机构改革文件号，最多{LONGEST_REASON}个字。"]})
    return old, reason


def why_stays(unit: Unit) -> str:
    """Why a unit can be neither merged nor split; empty where it can."""
    if unit.ended_at is not None:
        return units.ENDED
    if unit.kind == COUNTY:
        return "县（区）随行政区划设立和调整，不能并入其他单位或分设。"
    if unit.kind == LEADING:
        return "牵头机构是全市文书的落款单位，不能并入其他单位或分设。"
    return ""


def _target(old: Unit, code: str, name: str) -> Unit:
    asked = select(Unit).where(Unit.code == code, Unit.ended_at.is_(None)).with_for_update()
    new = db.session.scalars(asked).first()
    if new is None or new.id == old.id:
        raise Incomplete({name: ["请选择另一个在用的单位。"]})
    return new


def clashes(issues: Sequence[tuple[Issue, Unit]], old: Unit) -> list[str]:
    """Numbers of tickets whose primary unit would accept its own work then."""
    found = []
    for issue, new in issues:
        primary, acceptance = (
            new.id if held == old.id else held
            for held in (issue.primary_unit_id, issue.acceptance_unit_id)
        )
        if primary is not None and primary == acceptance:
            found.append(issue.number)
    return found


def _refuse_own_acceptance(issues: Sequence[tuple[Issue, Unit]], old: Unit, name: str) -> None:
    numbers = clashes(issues, old)
    if numbers:
        more = f"等{len(numbers)}件" if len(numbers) > MOST_TOLD else ""
        told = f"调整后主责单位将验收自己的整改：{'、'.join(numbers[:MOST_TOLD])}{more}。"
        raise Incomplete({name: [f"{told}请先由市环委办调整这些事项的主责单位或验收单位。"]})


def _move_papers(old: Unit, by_issue: Mapping[int, Unit], usual: Unit) -> None:
    """Open ones alone: their answers are the successor's from now on."""
    for notice in queries.open_notices(old.id):
        notice.unit_id = by_issue.get(notice.issue_id or 0, usual).id
    for instruction in queries.open_instructions(old.id):
        instruction.unit_id = by_issue.get(instruction.issue_id, usual).id


def _move_people(
    actor: Actor, old: Unit, chosen: Mapping[int, Unit], usual: Unit, reason: str
) -> None:
    for user in queries.people_of(old.id):
        new = chosen.get(user.id, usual)
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
    actor: Actor, unit: Unit, act: UnitAct, detail: Mapping[str, str],
    counted: queries.Reform | None, reason: str, at: datetime,
) -> None:  # fmt: skip
    numbers = {} if counted is None else {
        "未办结事项": counted.tickets, "人员": counted.people, "未办结文书": counted.notices,
    }  # fmt: skip
    audit.record(
        Subject.UNIT, unit.id, act, actor, at=at, reason=reason, detail={**detail, **numbers}
    )
