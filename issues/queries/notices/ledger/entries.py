"""The lines of the 发文登记簿: which papers, in which order, a page of them or all."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Self

from sqlalchemy import ColumnElement, case, exists, extract, false, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, load_only, selectinload

from auth.actor import Actor
from auth.models import Unit, User
from extensions import db
from issues.ground import signs
from issues.ground.numbers import LARGEST_ID, whole as whole_number
from issues.models import Issue, Notice, NoticeIssue, NoticeRecipient
from issues.notices.rights import reach
from issues.queries.ground.paging import first_of, pages_of
from issues.queries.notices import pages
from issues.queries.notices.ledger.series import parted
from issues.vocabulary import NoticeStatus

PAGE_SIZE, MOST = 50, 1000
STATES = {**pages.STATES, "void": "已作废"}
SORTS = {"number": "文号", "signed": "日期", "unit": "主送单位", "replied": "答复日期"}
FIRST_SORT = "signed"
ASC = "asc"
_SIGNER = aliased(User)


@dataclass(frozen=True, slots=True)
class LedgerFilters:
    """Raw values of the URL; empty means not asked, an unknown value finds nothing."""

    year: str = ""
    series: str = ""
    kind: str = ""
    unit: str = ""
    state: str = ""
    q: str = ""
    sort: str = ""
    order: str = ""
    page: str = ""
    after: str = ""
    limit: str = ""

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Self:
        known = {field.name for field in fields(cls)}
        return cls(**{name: signs.bare(args[name]).strip() for name in args if name in known})

    def to_args(self, **changes: str) -> dict[str, str]:
        """What a link to this filter carries. A change of anything but the page starts at one."""
        if not changes.keys() & {"page", "after"}:
            changes |= {"page": "", "after": ""}
        changed = replace(self, **changes)
        return {name: value for name, value in asdict(changed).items() if value}

    @property
    def is_narrow(self) -> bool:
        asked = (self.year, self.series, self.kind, self.unit, self.state, self.q)
        return any(asked)

    @property
    def size(self) -> int:
        return min(MOST, max(1, whole_number(self.limit, 1, MOST) or PAGE_SIZE))

    @property
    def offset(self) -> int:
        if self.after:
            return whole_number(self.after, 0, LARGEST_ID) or 0
        return ((whole_number(self.page, 1, LARGEST_ID) or 1) - 1) * self.size


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper, and the name of who signed it.

    `named`: how many units it names that sign for it each by itself; `taken`: how many did.
    """

    notice: Notice
    signer: str
    named: int = 0
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    entries: list[Entry]
    total: int
    page: int
    pages: int
    next: str | None


def find(filters: LedgerFilters, actor: Actor, today: date) -> Found:
    """One page. Five statements."""
    conditions = _conditions(filters, actor, today)
    rows = _rows().where(*conditions)
    total = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    begin = first_of(filters, total)
    prefixes = numbers_of(actor)[0] if filters.sort == "number" else []
    cut = rows.order_by(*_order(filters, prefixes)).limit(filters.size).offset(begin)
    entries = _entries(cut)
    following = begin + len(entries)
    return Found(
        entries,
        total,
        begin // filters.size + 1,
        pages_of(total, filters.size),
        str(following) if following < total else None,
    )


def every(filters: LedgerFilters, actor: Actor, today: date) -> list[Entry]:
    """All that the filter finds, for a file. Four statements."""
    prefixes = numbers_of(actor)[0] if filters.sort == "number" else []
    rows = _rows().where(*_conditions(filters, actor, today))
    return _entries(rows.order_by(*_order(filters, prefixes)))


def numbers_of(actor: Actor) -> tuple[list[str], list[int]]:
    """The series and the years of the papers in sight. One statement."""
    told = db.session.scalars(select(Notice.number).where(Notice.number.is_not(None), reach(actor)))
    found = [one for number in told if (one := parted(number or ""))]
    years = sorted({one.year for one in found}, reverse=True)
    return sorted({one.prefix for one in found}), years


def _rows() -> Any:
    return (
        select(Notice, _SIGNER.display_name)
        .join(Unit, Unit.id == Notice.unit_id)
        .outerjoin(_SIGNER, _SIGNER.id == Notice.signed_by_id)
        .where(Notice.number.is_not(None))
    )


def _entries(rows: Any) -> list[Entry]:
    shown = rows.options(
        contains_eager(Notice.unit), selectinload(Notice.issues).options(load_only(Issue.number))
    )
    found: Any = db.session.execute(shown).all()
    receipts = _receipts([notice.id for notice, _ in found if notice.facts.get("recipients")])
    return [
        Entry(notice, signer or "", *receipts.get(notice.id, (0, 0))) for notice, signer in found
    ]


def _receipts(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Of papers to several units: how many are to sign for it, and how many did."""
    if not ids:
        return {}
    counted = (
        select(NoticeRecipient.notice_id, func.count(), func.count(NoticeRecipient.acknowledged_at))
        .where(NoticeRecipient.notice_id.in_(ids))
        .group_by(NoticeRecipient.notice_id)
    )
    return {id_: (named, taken) for id_, named, taken in db.session.execute(counted)}


def _conditions(filters: LedgerFilters, actor: Actor, today: date) -> list[ColumnElement[bool]]:
    found = [reach(actor)]
    if filters.year:
        year = whole_number(filters.year, 1, 9999)
        found.append(extract("year", Notice.signed_on) == year if year else false())
    if filters.series:
        found.append(Notice.number.startswith(filters.series, autoescape=True))
    if filters.kind:
        found.append(pages.of_kind(filters.kind))
    if filters.unit:
        found.append(Unit.code == filters.unit)
    if filters.state:
        found.append(_in_state(filters.state, today))
    if filters.q:
        found.append(_said(filters.q))
    return found


def _in_state(state: str, today: date) -> ColumnElement[bool]:
    if state == "void":
        return Notice.status == NoticeStatus.VOID
    return pages.owing(state, today)


def _said(words: str) -> ColumnElement[bool]:
    """In the number, the title, the names, the number of a ticket."""
    columns = (
        Notice.number, Notice.title, Unit.name, Unit.short_name, _SIGNER.display_name,
        Notice.acknowledged_name, Notice.facts["unit_name"].as_string(),
    )  # fmt: skip
    ticket = exists().where(
        NoticeIssue.notice_id == Notice.id, NoticeIssue.issue_id == Issue.id,
        Issue.number == words,
    )  # fmt: skip
    return or_(*(column.contains(words, autoescape=True) for column in columns), ticket)


def _order(filters: LedgerFilters, prefixes: Sequence[str]) -> list[Any]:
    """Numbers as numbers: 9号 before 10号, series by series."""
    sort = filters.sort if filters.sort in SORTS else FIRST_SORT
    columns: dict[str, list[Any]] = {
        "number": [
            *([_place(prefixes)] if prefixes else []), func.length(Notice.number), Notice.number,
        ],
        "signed": [Notice.signed_on, Notice.id],
        "unit": [Unit.position, Notice.signed_on, Notice.id],
        "replied": [Notice.replied_at.is_(None), Notice.replied_at, Notice.id],
    }  # fmt: skip
    is_rising = filters.order == ASC if filters.order else sort in {"number", "unit"}
    return [one.asc() if is_rising else one.desc() for one in columns[sort]]


def _place(prefixes: Sequence[str]) -> ColumnElement[int]:
    whens = [
        (Notice.number.startswith(prefix, autoescape=True), place)
        for place, prefix in enumerate(prefixes)
    ]
    return case(*whens, else_=len(prefixes))
