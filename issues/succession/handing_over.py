"""Somebody leaves: the work goes to a successor, with a row in each ticket's history.

Rights are not handed over. Whatever asks for a role that the successor lacks is refused, and
nothing goes then. Never commits.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from auth.acting import locked, named, record, require, roles_of
from auth.actor import Actor
from auth.models import User
from auth.people import disable
from extensions import db
from issues.ground.refusals import Incomplete, WrongStatus
from issues.models import Issue, Lookback, PartTaken, SavedView
from issues.queries.admin.held_work import HANDED, KINDS, Held, held_by, successors
from issues.rights.table import TABLE, Right
from issues.vocabulary import OPEN, AccountAct, Action, Role, Status
from issues.workflow import rules_at
from issues.workflow.parties import REPORT
from issues.workflow.succeeding import put_people

LONGEST_REASON = 200
LONGEST_VIEW = 20
LABELS = {kind.code: kind.label for kind in KINDS}
NEEDED = {
    "inspected": frozenset({Role.INSPECTOR}),
    "lookbacks": frozenset({Role.INSPECTOR}),
    "sponsored": frozenset({Role.LEADER}),
    "drafts": frozenset(role for role, scope in TABLE[Action.REGISTER].items() if scope),
}
"""What a successor must be, by what is handed over: one of these."""


def hand_over(
    actor: Actor, user_id: int, to: str, reason: str, at: datetime, *, is_disabled: bool
) -> Held:
    """What went, by its kind. Raises NotAllowed, Incomplete, WrongStatus."""
    require(actor, Right.ACCOUNTS)
    user, reason = locked(user_id), reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明理由，最多{LONGEST_REASON}个字。"]})
    new = _successor(user, to)
    counted = held_by([user.id]).get(user.id, {})
    held = {code: counted[code] for code in HANDED if counted.get(code)}
    if not held and not is_disabled:
        raise WrongStatus("该账号名下没有需要交接的工作。")
    _refuse_unfit(new, held)
    tickets = _tickets(user)
    _refuse_reporters(new, [one for one in tickets if one.inspector_id == user.id])
    rules = rules_at(at)
    for issue in tickets:
        put_people(issue, actor, user, new, reason, at=at, rules=rules)
    visits = select(Lookback).where(Lookback.inspector_id == user.id, Lookback.done_on.is_(None))
    for visit in db.session.scalars(visits):
        visit.inspector_id = new.id
    _hand_views(user, new)
    told = {LABELS[code]: str(count) for code, count in held.items()}
    if held:
        record(user, AccountAct.HAND_OVER, actor, to=new.display_name, reason=reason, **told)
        record(new, AccountAct.TAKE_OVER, actor, of=user.display_name, reason=reason, **told)
    if is_disabled:
        disable(actor, user.id, reason)
    return held


def _successor(user: User, to: str) -> User:
    new = named(to)
    if new is None or to not in dict(successors(user)):
        raise Incomplete({"to": ["请选择接手人：同一单位或市环委办在用的账号。"]})
    return locked(new.id)


def _refuse_unfit(new: User, held: Held) -> None:
    roles = roles_of(new)
    for code, count in held.items():
        needed = NEEDED.get(code)
        if needed and not roles & needed:
            wanted = "或".join(role.label for role in Role if role in needed)
            told = f"{new.display_name}没有角色“{wanted}”，不能接手{LABELS[code]}（{count}件）。"
            raise Incomplete({"to": [f"{told}请先授权，或另选接手人。"]})


def _refuse_reporters(new: User, inspected: Sequence[Issue]) -> None:
    """Who reported on a ticket does not check it."""
    numbers = db.session.scalars(
        select(Issue.number)
        .join(PartTaken, PartTaken.issue_id == Issue.id)
        .where(PartTaken.user_id == new.id, PartTaken.part == REPORT)
        .where(Issue.id.in_([one.id for one in inspected]))
        .order_by(Issue.number)
    ).all()
    if numbers:
        told = f"{new.display_name}填报过{'、'.join(numbers)}的进展，不能接手督察，请另选接手人。"
        raise Incomplete({"to": [told]})


def _tickets(user: User) -> Sequence[Issue]:
    looked_after = or_(Issue.inspector_id == user.id, Issue.sponsor_account_id == user.id)
    own_draft = (Issue.status == Status.DRAFT) & (Issue.created_by_id == user.id)
    rows = select(Issue).where((Issue.status.in_(OPEN) & looked_after) | own_draft)
    rows = rows.options(selectinload(Issue.reaches)).order_by(Issue.id).with_for_update(of=Issue)
    return db.session.scalars(rows).all()


def _hand_views(user: User, new: User) -> None:
    """A name that the successor has already is told apart by whose it was."""
    own = set(db.session.scalars(select(SavedView.name).where(SavedView.user_id == new.id)))
    shared = select(SavedView).where(SavedView.user_id == user.id, SavedView.is_shared)
    for view in db.session.scalars(shared.order_by(SavedView.id)).all():
        name = next(name for name in _names(view.name, user.display_name) if name not in own)
        view.name, view.user_id = name, new.id
        own.add(name)


def _names(name: str, whose: str) -> list[str]:
    tried = [name, f"{name}（{whose}）"[:LONGEST_VIEW]]
    return tried + [f"{name[: LONGEST_VIEW - 3]}{n:03}" for n in range(1, 1000)]
