"""A person's word on a flag: 属实 or 排除, with a reason. Reviewers only; units are not told."""

from collections.abc import Iterable
from datetime import datetime

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.evidence.flags.flag import Flag
from issues.evidence.flags.judged import read_ruling
from issues.ground.refusals import NotAllowed
from issues.models import Evidence, FlagRuling, Issue
from issues.rights.table import Right, may
from issues.vocabulary import UNIT_ROLES, BesideAct, Ruling


def rule(
    issue: Issue,
    actor: Actor,
    flag: Flag,
    ruling: str,
    reason: str,
    *,
    rows: Iterable[Evidence],
    at: datetime,
) -> FlagRuling:
    """Keep the ruling beside earlier ones of the flag, and its line in the history. Never commits.

    Nobody rules what they sent in themselves, nor a unit's person what the unit did.
    """
    refuse_unless_reviewer(issue, actor, flag, rows)
    word = read_ruling("ruling", Ruling, ruling, reason)
    row = FlagRuling(
        issue_id=issue.id,
        kind=flag.kind,
        evidence_id=None if flag.report_id else flag.evidence_id,
        report_id=flag.report_id,
        twin_id=flag.twin_id,
        ruling=word,
        reason=reason.strip(),
        ruled_at=at,
        ruled_by_id=actor.id,
    )
    db.session.add(row)
    db.session.flush()
    _tell(issue, actor, flag, row, at)
    return row


def refuse_unless_reviewer(
    issue: Issue, actor: Actor, flag: Flag, rows: Iterable[Evidence]
) -> None:
    if not may(actor, Right.SEE_FLAGS, issue):
        raise NotAllowed("佐证疑点由审核人员处理。")
    about = {flag.evidence_id, flag.twin_id} if flag.report_id is None else set()
    if any(is_senders(actor, row) for row in rows if row.id in about):
        raise NotAllowed("不能复核自己或者本单位上传的材料，请由其他审核人员处理。")


def is_senders(actor: Actor, row: Evidence) -> bool:
    own_unit = row.unit_id is not None and row.unit_id == actor.unit_id
    return row.uploaded_by_id == actor.id or (own_unit and actor.has(*UNIT_ROLES))


def _tell(issue: Issue, actor: Actor, flag: Flag, row: FlagRuling, at: datetime) -> None:
    """Kept from units as a covert act is."""
    audit.record_beside(
        issue,
        BesideAct.RULE_FLAG,
        actor,
        at=at,
        reason=f"{flag.kind.label}：{row.ruling.label}。{row.reason}",
        detail={
            "flag": flag.key,
            "because": flag.because,
            "ruling": row.ruling.value,
            "evidence": row.evidence_id,
            "report": row.report_id,
        },
        is_covert=True,
    )
