"""A person's word on a contradiction: 属实, 解释成立 or 误报, with a reason. Units are not told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.evidence.flags.judged import read_ruling
from issues.ground.refusals import NotAllowed, WrongStatus
from issues.models import (
    Contradiction,
    ContradictionRuling,
    Evidence,
    Issue,
    ProgressReport,
    Reading,
)
from issues.rights.table import Right, may
from issues.vocabulary import UNIT_ROLES, BesideAct, Relation, SourceKind, Verdict

WORKING = frozenset({Relation.PRIMARY, Relation.RESPONSIBLE, Relation.SUPPORTING, Relation.MEASURE})
_WRITERS: Mapping[str, tuple[Any, Any]] = {
    SourceKind.REPORT.value: (ProgressReport.id, ProgressReport.reporter_id),
    SourceKind.FIGURE.value: (ProgressReport.id, ProgressReport.reporter_id),
    SourceKind.READING.value: (Reading.id, Reading.entered_by_id),
    SourceKind.EVIDENCE.value: (Evidence.id, Evidence.uploaded_by_id),
}
"""The key of each source that one person wrote, and who that is."""


def rule(
    issue: Issue, actor: Actor, row: Contradiction, verdict: str, reason: str, *, at: datetime
) -> ContradictionRuling:
    """Keep the ruling beside earlier ones, and its line in the history. Never commits."""
    if not may(actor, Right.SEE_FLAGS, issue):
        raise NotAllowed("矛盾线索由审核人员判断。")
    if _works_on(actor, issue) or _wrote(actor, row):
        raise NotAllowed("不能判断自己或者本单位填报的内容，请由其他审核人员判断。")
    if row.gone_at is not None:
        raise WrongStatus("来源已更正，两处不再矛盾，不必判断。")
    word = read_ruling("verdict", Verdict, verdict, reason)
    ruling = ContradictionRuling(
        contradiction_id=row.id, issue_id=issue.id, verdict=word, reason=reason.strip(),
        ruled_at=at, ruled_by_id=actor.id,
    )  # fmt: skip
    db.session.add(ruling)
    db.session.flush()
    audit.record_beside(
        issue,
        BesideAct.RULE_CONTRADICTION,
        actor,
        at=at,
        reason=f"{row.kind.label}：{word.label}。{ruling.reason}",
        detail={"contradiction": row.id, "because": row.because, "verdict": word.value},
        is_covert=True,
    )
    return ruling


def _works_on(actor: Actor, issue: Issue) -> bool:
    return actor.has(*UNIT_ROLES) and any(
        reach.unit_id == actor.unit_id and reach.relation in WORKING for reach in issue.reaches
    )


def _wrote(actor: Actor, row: Contradiction) -> bool:
    """A measure's own figure has no writer of its own: its key is the measure's."""
    for side in (row.one, row.other):
        key, writer = _WRITERS.get(side["source"], (None, None))
        if (
            key is not None
            and db.session.scalar(select(writer).where(key == side["id"])) == actor.id
        ):
            return True
    return False
