"""The rules themselves: how a changed set comes into force.

A set is proposed by the office and published by the head, two persons; once published it never
changes, and the days before it keep the colours they had.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select

from auth.actor import SYSTEM, Actor
from auth.models import User
from extensions import db
from issues import audit
from issues.colour.facts_of import in_chunks
from issues.colour.policies import policy_on, workdays
from issues.colour.settle import COLOURED, settle_all
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Issue, PolicyVersion
from issues.rights.table import Right, holds
from issues.rules.dates.days import written
from issues.rules.policy import Policy, PolicyError
from issues.vocabulary import OPEN, PolicyAct, Subject

LONGEST_NAME, LONGEST_REASON = 80, 2000
LOT = 1000
"""Tickets recomputed in one transaction of the day's first job."""


def read_policy(document: Mapping[str, Any]) -> Policy:
    """Raises Incomplete with every fault at its field."""
    try:
        return Policy.from_document(document)
    except PolicyError as wrong:
        raise Incomplete(wrong.errors, "规则参数有误，未予采用。") from None


def persons(number: int) -> tuple[str, str]:
    """Who drew up a version and who published it; empty for the shipped rules."""
    version = db.session.get(PolicyVersion, number)
    if version is None:
        return "", ""
    rows = select(User.id, User.display_name).where(
        User.id.in_([version.author_id, version.approver_id])
    )
    names: dict[int | None, str] = {row.id: row.display_name for row in db.session.execute(rows)}
    return names.get(version.author_id, ""), names.get(version.approver_id, "")


def publish(
    document: Mapping[str, Any],
    *,
    name: str,
    effective_from: date,
    author: Actor,
    approver: Actor,
    reason: str,
    at: datetime,
) -> PolicyVersion:
    """A new version, in force from a day on. Never commits. Raises NotAllowed, Incomplete.

    Where that day is today the open tickets are recomputed at once; a later day's rules are
    adopted by that day's first job.
    """
    policy = read_policy(document)
    _refuse_unless_two_persons(author, approver, policy, effective_from)
    last = _refuse_malformed(name, effective_from, reason, at)
    version = PolicyVersion(
        number=(last or 0) + 1,
        name=name.strip(),
        effective_from=effective_from,
        document=policy.document(),
        author_id=author.id,
        approver_id=approver.id,
        reason=reason.strip(),
        published_at=at,
    )
    db.session.add(version)
    db.session.flush()
    _tell(version, author, approver, at)
    if effective_from == clock.day_of(at):
        adopt(at)
    return version


def _tell(version: PolicyVersion, author: Actor, approver: Actor, at: datetime) -> None:
    audit.record(
        Subject.POLICY, version.number, PolicyAct.PUBLISH, approver, at=at, reason=version.reason,
        detail={
            "name": version.name, "effective_from": version.effective_from,
            "author": author.display_name, "document": version.document,
        },
    )  # fmt: skip


def refuse_unless_drafter(author: Actor, policy: Policy, on: date) -> None:
    """The office drafts every number; the performance office those of the scores alone.

    Beyond them its set must be the one in force on the day. Raises NotAllowed.
    """
    if holds(author, Right.DRAFT_POLICY):
        return
    if not holds(author, Right.DRAFT_SCORES):
        raise NotAllowed("起草规则须由市环委办经办人办理。")
    if not policy.differs_in_scores_alone(policy_on(on)[1]):
        raise NotAllowed("市目标绩效办只起草考核计分和来源权重，其他参数须由市环委办经办人起草。")


def _refuse_unless_two_persons(
    author: Actor, approver: Actor, policy: Policy, effective_from: date
) -> None:
    refuse_unless_drafter(author, policy, effective_from)
    if not holds(approver, Right.PUBLISH_POLICY):
        raise NotAllowed("发布规则须由市环委办负责人办理。")
    if author.id == approver.id:
        raise NotAllowed("起草人和发布人不能是同一人。")


def fault_of_name(name: str) -> str | None:
    is_sound = 0 < len(name.strip()) <= LONGEST_NAME
    return None if is_sound else f"请填写规则名称，不超过{LONGEST_NAME}字"


def fault_of_day(effective_from: date, at: datetime) -> str | None:
    """Earlier days keep their colours, so no rules come into force before today."""
    today = clock.day_of(at)
    return f"生效日期不能早于今天（{written(today)}）" if effective_from < today else None


def _refuse_malformed(name: str, effective_from: date, reason: str, at: datetime) -> int | None:
    errors: dict[str, list[str]] = {}
    last = db.session.execute(
        select(PolicyVersion.number, PolicyVersion.effective_from)
        .order_by(PolicyVersion.number.desc())
        .limit(1)
    ).first()
    if fault := fault_of_name(name):
        errors["name"] = [fault]
    if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
        errors["reason"] = [f"请填写修订理由，不超过{LONGEST_REASON}字"]
    if fault := fault_of_day(effective_from, at):
        errors["effective_from"] = [fault]
    elif last is not None and effective_from < last.effective_from:
        said = f"第{last.number}版{written(last.effective_from)}起生效，新版不能早于它"
        errors["effective_from"] = [said]
    if errors:
        raise Incomplete(errors, "规则未发布。")
    return last.number if last else None


def waiting(on: date) -> list[tuple[int, int]]:
    """The first and last id of each lot of tickets coloured by other rules than the day's."""
    number, _ = policy_on(on)
    rows = select(Issue.id).where(Issue.status.in_(OPEN), Issue.policy != number)
    ids = list(db.session.scalars(rows.order_by(Issue.id)))
    lots = [ids[start : start + LOT] for start in range(0, len(ids), LOT)]
    return [(lot[0], lot[-1]) for lot in lots]


def adopt(at: datetime, first: int = 0, last: int | None = None) -> int:
    """Recompute open tickets by the rules in force; how many. Never commits."""
    policy, calendar = policy_on(clock.day_of(at)), workdays()
    asked = and_(Issue.status.in_(OPEN), Issue.policy != policy[0], Issue.id >= first)
    if last is not None:
        asked = and_(asked, Issue.id <= last)
    lots = in_chunks(*COLOURED, where=asked, is_locked=True)
    count = sum(settle_all(rows, at, policy, calendar) for rows in lots)
    if count:
        told = {"tickets": count}
        audit.record(Subject.POLICY, policy[0], PolicyAct.ADOPT, SYSTEM, at=at, detail=told)
    return count
