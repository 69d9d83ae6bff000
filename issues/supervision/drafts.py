"""A rule set while it is written: begun from the one in force, saved, compared, published."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from auth.actor import Actor
from auth.models import User
from auth.signin import actor_for
from extensions import db
from issues import audit
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, Stale, WrongStatus
from issues.models import PolicyDraft, PolicyVersion
from issues.rights.table import Right, holds
from issues.supervision.rulebook import (
    fault_of_day,
    fault_of_name,
    publish,
    read_policy,
    refuse_unless_drafter,
)
from issues.vocabulary import DraftAct, Subject

NEW_NAME = "修订稿"
_FASTER = "您打开后，其他人已更新这份修订稿。请核对最新内容后再提交。"


def open_drafts() -> list[PolicyDraft]:
    rows = select(PolicyDraft).where(PolicyDraft.ended_at.is_(None)).order_by(PolicyDraft.id)
    return list(db.session.scalars(rows))


def find(draft_id: int) -> PolicyDraft:
    """Raises NotFound."""
    draft = db.session.get(PolicyDraft, draft_id)
    if draft is None:
        raise NotFound
    return draft


def works_on_rules(actor: Actor) -> bool:
    """Drafts are for who writes and who publishes rules, the numbers of the scores included."""
    return holds(actor, Right.DRAFT_SCORES) or holds(actor, Right.PUBLISH_POLICY)


def seen(draft_id: int, actor: Actor) -> PolicyDraft:
    """Raises NotFound."""
    if not works_on_rules(actor):
        raise NotFound
    return find(draft_id)


def may_write(draft: PolicyDraft, actor: Actor) -> bool:
    """Whether the person writes every number that this draft changes."""
    try:
        refuse_unless_drafter(actor, read_policy(draft.document), clock.today())
    except NotAllowed:
        return False
    return True


def begin(
    author: Actor,
    at: datetime,
    document: Mapping[str, Any] | None = None,
    *,
    name: str = NEW_NAME,
    reason: str = "",
) -> PolicyDraft:
    """A draft of the rules in force with some changed, for tomorrow. Never commits."""
    today = clock.day_of(at)
    _, now = policy_on(today)
    policy = read_policy(_over(now.document(), document or {}))
    refuse_unless_drafter(author, policy, today)
    draft = PolicyDraft(
        name=name,
        effective_from=today + timedelta(days=1),
        document=policy.document(),
        reason=reason,
        author_id=author.id,
        drafted_at=at,
    )
    db.session.add(draft)
    db.session.flush()
    audit.record(Subject.POLICY_DRAFT, draft.id, DraftAct.BEGIN, author, at=at)
    return draft


def _over(now: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A document with changes laid over it, source by source: what is not named stays as it is.

    The numbers of the scores the same, one by one.
    """
    whole, given = {**now, **changes}, changes.get("sources")
    if isinstance(given, Mapping):
        kept = now["sources"]
        whole["sources"] = kept | {
            code: {**kept.get(code, {}), **rules} if isinstance(rules, Mapping) else rules
            for code, rules in given.items()
        }
    if isinstance(scored := changes.get("scores"), Mapping):
        whole["scores"] = now["scores"] | scored
    return whole


def save(
    draft: PolicyDraft,
    author: Actor,
    at: datetime,
    *,
    name: str,
    effective_from: date,
    reason: str,
    document: Mapping[str, Any],
    version: int,
) -> None:
    """Write the draft; who saves it is its author. Never commits. Raises Incomplete, Stale."""
    _refuse_unless_open(draft)
    if version != draft.version:
        raise Stale(_FASTER, known=version, current=draft.version)
    policy = read_policy(document)
    refuse_unless_drafter(author, policy, clock.day_of(at))
    wrong = {"name": fault_of_name(name), "effective_from": fault_of_day(effective_from, at)}
    if errors := {field: [said] for field, said in wrong.items() if said}:
        raise Incomplete(errors, "修订稿未保存。")
    before = draft.document
    draft.name, draft.effective_from, draft.reason = name.strip(), effective_from, reason.strip()
    draft.document = policy.document()
    draft.author_id = present(author.id, "the author's account")
    try:
        db.session.flush()
    except StaleDataError:
        raise Stale(_FASTER, known=version, current=version + 1) from None
    changed = {
        key: [before.get(key), value]
        for key, value in draft.document.items()
        if before.get(key) != value
    }
    told = {"changed": changed}
    audit.record(Subject.POLICY_DRAFT, draft.id, DraftAct.SAVE, author, at=at, detail=told)


def drop(draft: PolicyDraft, author: Actor, at: datetime) -> None:
    _refuse_unless_open(draft)
    if draft.author_id != author.id:
        refuse_unless_drafter(author, read_policy(draft.document), clock.day_of(at))
    draft.ended_at = at
    audit.record(Subject.POLICY_DRAFT, draft.id, DraftAct.DROP, author, at=at)


def publish_draft(draft: PolicyDraft, approver: Actor, at: datetime, version: int) -> PolicyVersion:
    """By another person than who wrote it last. Never commits."""
    _refuse_unless_open(draft)
    if version != draft.version:
        raise Stale(_FASTER, known=version, current=draft.version)
    published = publish(
        draft.document,
        name=draft.name,
        effective_from=draft.effective_from,
        author=actor_for(db.session.get_one(User, draft.author_id)),
        approver=approver,
        reason=draft.reason,
        at=at,
    )
    draft.ended_at, draft.number = at, published.number
    told = {"number": published.number}
    audit.record(Subject.POLICY_DRAFT, draft.id, DraftAct.PUBLISH, approver, at=at, detail=told)
    return published


def _refuse_unless_open(draft: PolicyDraft) -> None:
    if draft.ended_at is not None:
        raise WrongStatus("这份修订稿已发布或放弃，不能再改。")
