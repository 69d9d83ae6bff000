"""How much one ticket's files may weigh together: the city's number, asked before a row is."""

from datetime import datetime

from sqlalchemy import func, select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.colour.policies import setting
from issues.evidence.refusals import MEBIBYTE, EvidenceRefused
from issues.ground.numbers import whole
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Evidence, Issue, Setting
from issues.rights.table import Right, holds
from issues.vocabulary import SettingAct, SettingNumber, Subject

SETTING, DEFAULT = "ticket_quota_mb", 8192
LEAST, MOST = 256, 1_000_000
LONGEST_REASON = 500


class OverQuota(EvidenceRefused):
    """The ticket's files would weigh more together than the city allows."""

    status = 413

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            f"本事项的佐证材料合计超过 {megabytes} MB 的额度，未保存，请联系系统管理员调整额度。"
        )


def in_force() -> int:
    """Megabytes a ticket."""
    return setting(SETTING, DEFAULT)


def refuse_over(issue: Issue, size: int) -> None:
    """Raises OverQuota where so many bytes more would be too many. Two statements."""
    weighs = select(func.coalesce(func.sum(Evidence.size), 0)).where(Evidence.issue_id == issue.id)
    allowed = in_force()
    if int(db.session.scalar(weighs) or 0) + size > allowed * MEBIBYTE:
        raise OverQuota(allowed)


def put(text: str, reason: str, actor: Actor, *, at: datetime) -> None:
    """Never commits. Raises NotAllowed, Incomplete."""
    if not holds(actor, Right.SET_QUOTA):
        raise NotAllowed("存储额度由系统管理员设置。")
    errors: dict[str, list[str]] = {}
    quota = whole(text, LEAST, MOST)
    if quota is None:
        errors["quota"] = [f"应是{LEAST}到{MOST}的整数"]
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        errors["reason"] = [f"请写明理由，不超过{LONGEST_REASON}字"]
    if errors:
        raise Incomplete(errors)
    before = in_force()
    db.session.merge(Setting(key=SETTING, value=quota))
    audit.record(
        Subject.SETTING, SettingNumber.QUOTA, SettingAct.SET_QUOTA, actor, at=at,
        before=str(before), after=text, reason=reason.strip(),
    )  # fmt: skip
