"""What hangs on people who keep an account, counted from rows: for all of them at once."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Select, func, literal, select, union_all

from auth.models import ApiToken, Grant, Unit, User
from auth.proofs.models import PairRequest
from extensions import db
from issues.ground import clock
from issues.models import (
    Clearance,
    Instruction,
    Issue,
    Keeper,
    Keeping,
    Lookback,
    Notice,
    PolicyDraft,
    RoleRequest,
    SavedView,
)
from issues.vocabulary import ADMINISTRATORS, OPEN, NoticeStatus, Status

OFFICE_KIND = "牵头机构"


class Kind(NamedTuple):
    """`is_handed`: it goes to the successor; else `then` says what becomes of it."""

    code: str
    label: str
    is_handed: bool
    then: str = ""


KINDS = (
    Kind("inspected", "负责督察的问题", is_handed=True),
    Kind("sponsored", "包案的问题", is_handed=True),
    Kind("drafts", "登记后没有交办的草稿", is_handed=True),
    Kind("lookbacks", "待办的回头看", is_handed=True),
    Kind("shared_views", "共享的常用视图", is_handed=True),
    Kind("own_views", "自己的常用视图", is_handed=False, then="留在本账号"),
    Kind("notices", "起草未签发的文书", is_handed=False, then="由有同样角色的人继续办理"),
    Kind("policies", "规则修订稿", is_handed=False, then="由有同样角色的人继续办理"),
    Kind("instructions", "没有答复的批示", is_handed=False, then="照旧由承办单位答复"),
    Kind("requests", "提出的待办申请", is_handed=False, then="停用后失效或由他人重新提出"),
    Kind("kept", "包保的区域和问题", is_handed=False, then="由市环委办经办在“包保”中移交"),
    Kind("tokens", "接口令牌", is_handed=False, then="停用后失效"),
    Kind("clearances", "查看举报人信息的授权", is_handed=False, then="停用后失效"),
)
HANDED = tuple(kind.code for kind in KINDS if kind.is_handed)
WORK = frozenset({"inspected", "sponsored", "drafts", "lookbacks", "kept"})
"""What somebody waits for: told before accounts are disabled."""

Held = dict[str, int]


def held_by(users: Collection[int]) -> dict[int, Held]:
    """By person and kind how much there is; nothing of what there is none. One statement."""
    found: dict[int, Held] = defaultdict(dict)
    for user_id, code, count in db.session.execute(union_all(*_counts(users))):
        found[user_id][code] = found[user_id].get(code, 0) + count
    return found


def _counts(users: Collection[int]) -> list[Select[int, str, int]]:
    now, is_open = clock.real_now(), Issue.status.in_(OPEN)

    def of(code: str, owner: Any, *where: Any) -> Select[int, str, int]:
        rows = select(owner, literal(code), func.count()).where(owner.in_(users), *where)
        return rows.group_by(owner)

    return [
        of("inspected", Issue.inspector_id, is_open),
        of("sponsored", Issue.sponsor_account_id, is_open),
        of("drafts", Issue.created_by_id, Issue.status == Status.DRAFT),
        of("lookbacks", Lookback.inspector_id, Lookback.done_on.is_(None)),
        of("shared_views", SavedView.user_id, SavedView.is_shared),
        of("own_views", SavedView.user_id, ~SavedView.is_shared),
        of("notices", Notice.drafted_by_id, Notice.status == NoticeStatus.DRAFT),
        of("policies", PolicyDraft.author_id, PolicyDraft.ended_at.is_(None)),
        of("instructions", Instruction.leader_id, Instruction.replied_on.is_(None)),
        of("requests", PairRequest.asked_by_id, PairRequest.decided_at.is_(None)),
        of("requests", RoleRequest.asked_by_id, RoleRequest.decided_at.is_(None)),
        of("kept", Keeper.account_id, Keeping.keeper_id == Keeper.id, Keeping.until_on.is_(None)),
        of(
            "tokens", ApiToken.user_id, ApiToken.revoked_at.is_(None),
            ApiToken.expires_at.is_(None) | (ApiToken.expires_at > now),
        ),
        of(
            "clearances", Clearance.user_id, Clearance.revoked_at.is_(None),
            Clearance.until >= clock.today(),
        ),
    ]  # fmt: skip


def successors(user: User) -> list[tuple[str, str]]:
    """(account, name and unit) of who may take over: of the same unit, or of the office."""
    same = User.unit_id == user.unit_id if user.unit_id else User.unit_id.is_(None)
    three = select(Grant.user_id).where(Grant.role.in_(ADMINISTRATORS), Grant.revoked_at.is_(None))
    rows = db.session.execute(
        select(User.name, User.display_name, Unit.short_name)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(User.is_active, User.id != user.id, User.id.not_in(three))
        .where(same | (Unit.kind == OFFICE_KIND))
        .order_by(User.display_name, User.name)
    )
    return [(name, f"{shown}（{unit or '无单位'}）") for name, shown, unit in rows]
