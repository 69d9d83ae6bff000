"""Notices as a page or a caller sees them: which ones, one whole, one publicly verified."""

import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from auth.actor import Actor
from extensions import db
from issues.ground import clock, signs
from issues.ground.numbers import LARGEST_ID, whole as whole_number
from issues.ground.refusals import NotFound
from issues.models import AssessmentRound, Event, Issue, Notice, NoticeIssue, RoundItem
from issues.notices.drafting import ROUND
from issues.notices.kinds import CLOSED, TEMPLATES
from issues.notices.rights import reach
from issues.queries.ground.paging import first_of, pages_of
from issues.queries.notices.inbox import unreviewed
from issues.queries.register.filters import MOST, PAGE_SIZE
from issues.vocabulary import NoticeKind, NoticeStatus, Subject, Word

STATES = {
    "unsigned": "待签收",
    "unanswered": "待答复",
    "overdue": "已逾期",
    "unreviewed": "答复待审核",
}


@dataclass(frozen=True, slots=True)
class NoticeFilters:
    """Raw values of the URL; empty means not asked, an unknown value finds nothing."""

    status: str = ""
    kind: str = ""
    state: str = ""
    issue: str = ""
    round: str = ""
    page: str = ""
    after: str = ""
    limit: str = ""

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Self:
        known = {field.name for field in fields(cls)}
        return cls(**{name: signs.bare(args[name]).strip() for name in args if name in known})

    def to_args(self, **changes: str) -> dict[str, str]:
        changed = replace(self, **changes)
        return {name: value for name, value in asdict(changed).items() if value}

    @property
    def is_narrow(self) -> bool:
        return bool(self.status or self.kind or self.state or self.issue or self.round)

    @property
    def size(self) -> int:
        return min(MOST, max(1, _number(self.limit, PAGE_SIZE)))

    @property
    def offset(self) -> int:
        if self.after:
            return _number(self.after, 0)
        return (max(1, _number(self.page, 1)) - 1) * self.size


@dataclass(frozen=True, slots=True)
class FoundNotices:
    notices: list[Notice]
    total: int
    page: int
    pages: int
    next: str | None


def find(filters: NoticeFilters, actor: Actor, today: date) -> FoundNotices:
    """One page, the newest first. Three statements."""
    conditions = [reach(actor), *_conditions(filters, today)]
    total = db.session.scalar(select(func.count()).select_from(Notice).where(*conditions)) or 0
    begin = first_of(filters, total)
    rows = db.session.scalars(
        select(Notice)
        .where(*conditions)
        .options(
            joinedload(Notice.unit), selectinload(Notice.issues).options(load_only(Issue.number))
        )
        .order_by(Notice.id.desc())
        .limit(filters.size)
        .offset(begin)
    ).all()
    following = begin + len(rows)
    return FoundNotices(
        notices=list(rows),
        total=total,
        page=begin // filters.size + 1,
        pages=pages_of(total, filters.size),
        next=str(following) if following < total else None,
    )


def _conditions(filters: NoticeFilters, today: date) -> list[ColumnElement[bool]]:
    found = []
    if filters.status:
        found.append(is_word(Notice.status, NoticeStatus, filters.status))
    if filters.kind:
        found.append(of_kind(filters.kind))
    if filters.issue:
        told = select(NoticeIssue.notice_id).join(Issue, Issue.id == NoticeIssue.issue_id)
        found.append(Notice.id.in_(told.where(Issue.number == filters.issue)))
    if filters.round:
        found.append(in_round(_number(filters.round, 0)))
    if filters.state:
        found.append(owing(filters.state, today))
    return found


def in_round(round_id: int) -> ColumnElement[bool]:
    """A round's bulletin, and what its cards had drafted on the day it was closed."""
    round_ = db.session.get(AssessmentRound, round_id) if round_id else None
    if round_ is None or round_.closed_on is None:
        return false()
    carded = (
        select(NoticeIssue.notice_id)
        .join(RoundItem, RoundItem.issue_id == NoticeIssue.issue_id)
        .where(RoundItem.round_id == round_id, RoundItem.colour != "")
    )
    began = datetime.combine(round_.closed_on, time.min, clock.SHANGHAI)
    on_that_day = and_(Notice.drafted_at >= began, Notice.drafted_at < began + timedelta(days=1))
    bulletin = and_(Notice.trigger == ROUND, Notice.occurrence == str(round_id))
    return or_(bulletin, and_(Notice.id.in_(carded), on_that_day))


def of_round(round_id: int, actor: Actor | None) -> list[Notice]:
    """Those of a round that are not void: the bulletin first, then by number, drafts last.

    `actor` is None on the command line, which sees them all.
    """
    seen = [] if actor is None else [reach(actor)]
    rows = db.session.scalars(
        select(Notice)
        .where(*seen, in_round(round_id), Notice.status != NoticeStatus.VOID)
        .options(joinedload(Notice.unit), selectinload(Notice.issues))
    ).unique()
    return sorted(rows, key=_place)


def _place(notice: Notice) -> tuple[bool, bool, str, int]:
    is_bulletin = notice.kind is NoticeKind.N5
    return (not is_bulletin, notice.number is None, notice.kind.value, notice.id)


def is_word(column: SQLColumnExpression[Any], kind: type[Word], raw: str) -> ColumnElement[bool]:
    word = kind.of(raw)
    return column == word if word else false()


def of_kind(raw: str) -> ColumnElement[bool]:
    """A kind, or one of the papers of a kind that has several."""
    kind, _, name = raw.partition("-")
    if not name or raw not in TEMPLATES:
        return is_word(Notice.kind, NoticeKind, raw)
    facts = Notice.facts
    told = facts["outcome"]["what"] if kind == NoticeKind.N8 else facts["form"]
    settled = func.coalesce(told.as_string(), CLOSED if kind == NoticeKind.N8 else "")
    return and_(Notice.kind == NoticeKind(kind), settled == name)


def owing(state: str, today: date) -> ColumnElement[bool]:
    unsigned = and_(Notice.sign_due.is_not(None), Notice.acknowledged_at.is_(None))
    unanswered = and_(Notice.reply_due.is_not(None), Notice.replied_at.is_(None))
    late = or_(and_(unsigned, Notice.sign_due < today), and_(unanswered, Notice.reply_due < today))
    known = {
        "unsigned": unsigned,
        "unanswered": unanswered,
        "overdue": late,
        "unreviewed": unreviewed(),
    }
    return and_(Notice.status == NoticeStatus.SIGNED, known.get(state, false()))


def whole(notice_id: int, actor: Actor) -> Notice:
    """One notice with its unit, its tickets and their units. Raises NotFound."""
    notice = db.session.scalars(
        select(Notice)
        .where(Notice.id == notice_id, reach(actor))
        .options(
            joinedload(Notice.unit),
            selectinload(Notice.issues).options(
                joinedload(Issue.primary_unit),
                joinedload(Issue.lead_unit),
            ),
        )
    ).first()
    if notice is None:
        raise NotFound
    return notice


def history(notice: Notice) -> list[Event]:
    """The newest first."""
    rows = select(Event).where(Event.is_about(Subject.NOTICE, notice.id))
    return list(db.session.scalars(rows.order_by(Event.seq.desc())))


def by_token(token: str) -> Notice:
    """The signed or void notice a QR code leads to. Raises NotFound."""
    notice = db.session.scalars(select(Notice).where(Notice.token == token)).first()
    known = notice.token if notice else None
    if notice is None or not hmac.compare_digest((known or "").encode(), token.encode()):
        raise NotFound
    return notice


def _number(raw: str, default: int) -> int:
    number = whole_number(raw, 0, LARGEST_ID)
    return default if number is None else number
