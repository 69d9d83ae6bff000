"""Who complained: sealed as it comes in, opened for nobody without a clearance, each look recorded.

The key is derived from the product's secret and handed over once at the start, as the business
date is to the clock.
"""

import base64
import hashlib
import json
from datetime import date, datetime
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import exists, select

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.models import Clearance, Complainant, Issue
from issues.vocabulary import BesideAct


class _Key:
    sealer: Fernet | None = None


def use_secret(secret: str) -> None:
    """Derive the key that seals complainants from the product's secret."""
    digest = hashlib.sha256(b"complainants:" + secret.encode()).digest()
    _Key.sealer = Fernet(base64.urlsafe_b64encode(digest))


def _sealer() -> Fernet:
    if _Key.sealer is None:
        message = "complainants.use_secret() has not been called"
        raise RuntimeError(message)
    return _Key.sealer


def write(issue: Issue, given: dict[str, Any]) -> None:
    """Seal what is known of the complainant. Empty details leave no row. Never commits."""
    known = {name: text for name, text in given.items() if text}
    if not known:
        return
    sealed = _sealer().encrypt(json.dumps(known, ensure_ascii=False).encode())
    db.session.merge(Complainant(issue_id=issue.id, sealed=sealed))
    db.session.flush()


def has_contact(issue: Issue) -> bool:
    return bool(db.session.scalar(select(exists().where(Complainant.issue_id == issue.id))))


def is_cleared(actor: Actor) -> bool:
    """Whether the head has cleared the person for today. No role is cleared by itself."""
    live = exists().where(Clearance.user_id == actor.id, Clearance.until >= clock.today())
    return actor.id is not None and bool(db.session.scalar(select(live)))


def refuse_uncleared(actor: Actor) -> None:
    if not is_cleared(actor):
        raise NotAllowed("查看举报人信息须经市环委办负责人授权。")


def grant(
    issue: Issue, actor: Actor, user: User, reason: str, until: date, at: datetime
) -> Clearance:
    """The head's word, told in the history of the ticket it was given for. Never commits."""
    if until < clock.day_of(at):
        raise Incomplete({"until": ["有效期不能早于今天"]})
    row = Clearance(
        user_id=user.id, until=until, reason=reason, granted_by_id=actor.id, granted_at=at
    )
    db.session.add(row)
    told = {"user": user.display_name, "until": until.isoformat()}
    audit.record_beside(
        issue, BesideAct.GRANT_CLEARANCE, actor, at=at, reason=reason, detail=told, is_covert=True
    )
    return row


def view(issue: Issue, actor: Actor, reason: str, at: datetime) -> dict[str, str]:
    """The complainant, with the look recorded in the ticket's history. Never commits."""
    refuse_uncleared(actor)
    row = db.session.get(Complainant, issue.id)
    if row is None:
        raise NotFound
    audit.record_beside(
        issue, BesideAct.VIEW_COMPLAINANT, actor, at=at, reason=reason, is_covert=True
    )
    return json.loads(_sealer().decrypt(row.sealed))
