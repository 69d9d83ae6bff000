"""The accounts as their keepers see them: who, of which unit, with which roles."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, func, or_, select

from auth.models import Grant, SignIn, Unit, User
from auth.signin import IDLE, LONGEST
from extensions import db
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.queries.ground.paging import pages_of, within
from issues.vocabulary import Role

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Account:
    id: int
    name: str
    display_name: str
    unit: str
    phone: str
    note: str
    is_active: bool
    must_change_password: bool
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Found:
    lines: list[Account]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return pages_of(self.total, PER_PAGE)


COLUMNS = (
    User.id,
    User.name,
    User.display_name,
    User.phone,
    User.note,
    User.is_active,
    User.must_change_password,
    Unit.short_name,
)


def accounts(wanted: str, page: int) -> Found:
    """The accounts whose name, person or unit holds these letters, in order of name."""
    where = _holding(wanted)
    source = select(*COLUMNS).outerjoin(Unit, Unit.id == User.unit_id).where(where)
    total = db.session.scalar(select(func.count()).select_from(source.subquery())) or 0
    page = within(page, total, PER_PAGE)
    rows = db.session.execute(
        source.order_by(User.name).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    ).all()
    return Found(_with_roles(rows), total, page)


def account(user_id: int) -> Account:
    """One account. Raises NotFound."""
    source = select(*COLUMNS).outerjoin(Unit, Unit.id == User.unit_id)
    row = db.session.execute(source.where(User.id == user_id)).first()
    if row is None:
        raise NotFound
    return _with_roles([row])[0]


def accounts_of(chosen: Collection[int]) -> list[Account]:
    """These accounts, in order of name."""
    source = select(*COLUMNS).outerjoin(Unit, Unit.id == User.unit_id)
    return _with_roles(db.session.execute(source.where(User.id.in_(chosen)).order_by(User.name)))


def of_role(role: Role) -> list[tuple[str, str]]:
    """(account, name) of everybody who holds a role and may sign in."""
    rows = db.session.execute(
        select(User.name, User.display_name)
        .join(Grant, Grant.user_id == User.id)
        .where(Grant.role == role, Grant.revoked_at.is_(None), User.is_active)
        .order_by(User.display_name)
    )
    return [(row.name, row.display_name) for row in rows]


def of_unit(unit_id: int) -> list[Account]:
    """The people of one unit who may sign in, in order of name."""
    source = select(*COLUMNS).join(Unit, Unit.id == User.unit_id)
    rows = source.where(User.unit_id == unit_id, User.is_active).order_by(User.name)
    return _with_roles(db.session.execute(rows))


def open_sessions(user_id: int) -> list[SignIn]:
    """The sessions that still hold, the newest first."""
    now = clock.real_now()
    return list(
        db.session.scalars(
            select(SignIn)
            .where(
                SignIn.user_id == user_id,
                SignIn.ended_at.is_(None),
                SignIn.seen_at > now - IDLE,
                SignIn.started_at > now - LONGEST,
            )
            .order_by(SignIn.started_at.desc())
        )
    )


def unit_choices() -> list[tuple[str, str]]:
    """Those that a new account may be of."""
    live = select(Unit.code, Unit.short_name).where(Unit.ended_at.is_(None))
    rows = db.session.execute(live.order_by(Unit.position))
    return [(row.code, row.short_name) for row in rows]


def _holding(wanted: str) -> ColumnElement[bool]:
    if not wanted:
        return User.id.is_not(None)
    return or_(
        User.name.contains(wanted, autoescape=True),
        User.display_name.contains(wanted, autoescape=True),
        Unit.short_name.contains(wanted, autoescape=True),
    )


def _with_roles(rows: Iterable[Row]) -> list[Account]:
    """Each row with its live roles, all fetched by one query."""
    rows = list(rows)
    grants = select(Grant.user_id, Grant.role).where(
        Grant.revoked_at.is_(None), Grant.user_id.in_([row.id for row in rows])
    )
    held: dict[int, list[Role]] = {}
    for user_id, role in db.session.execute(grants):
        held.setdefault(user_id, []).append(role)
    order = list(Role)
    return [
        Account(
            id=row.id,
            name=row.name,
            display_name=row.display_name,
            unit=row.short_name or "",
            phone=row.phone,
            note=row.note,
            is_active=row.is_active,
            must_change_password=row.must_change_password,
            roles=tuple(sorted(held.get(row.id, []), key=order.index)),
        )
        for row in rows
    ]
