"""Contradictions as pages show them: both sides beside each other, of one ticket or of the city."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from auth.actor import Actor
from auth.models import Unit, User
from extensions import db
from issues import regions
from issues.ground.refusals import NotFound
from issues.models import Contradiction, ContradictionRuling, Issue, Notice
from issues.notices.rights import reach as sees_notice
from issues.queries.ground.paging import Page, within
from issues.rights.table import Right, reach
from issues.vocabulary import ContradictionKind, ContradictionState, SourceKind, Verdict

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Quoted:
    """One side: what stands there, the part that differs between what is before and behind it."""

    source: SourceKind
    id: int
    name: str
    before: str
    mark: str
    behind: str


@dataclass(frozen=True, slots=True)
class Ruled:
    verdict: Verdict
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """One contradiction with both sides and what was ruled last."""

    id: int
    kind: ContradictionKind
    because: str
    one: Quoted
    other: Quoted
    found_at: datetime
    state: ContradictionState
    ruled: Ruled | None
    number: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter of the list. An unknown word finds nothing."""

    kind: str = ""
    region: str = ""
    state: str = ContradictionState.OPEN.value


@dataclass(frozen=True, slots=True)
class Found:
    lines: Page[Shown]
    counts: dict[ContradictionState, int]


def of_ticket(issue: Issue, reader: Actor) -> list[Shown]:
    """The open ones first, what went away last. Two statements at most."""
    order = list(ContradictionState)
    rows = db.session.execute(_rows().where(Contradiction.issue_id == issue.id)).all()
    shown = _in_sight([_shown(row) for row in rows], reader)
    return sorted(shown, key=lambda one: (order.index(one.state), one.id))


def open_of(issue: Issue, reader: Actor) -> list[Shown]:
    """Those nobody has ruled on."""
    return [one for one in of_ticket(issue, reader) if one.state is ContradictionState.OPEN]


def one(issue: Issue, id_: int, reader: Actor) -> Contradiction:
    """A contradiction of this ticket that the person sees. Raises NotFound."""
    if not any(shown.id == id_ for shown in of_ticket(issue, reader)):
        raise NotFound
    return db.session.get_one(Contradiction, id_)


def find(reader: Actor, asked: Asked, page: int) -> Found:
    """One page of the city's list, the newest first. Two statements."""
    within_reach = (reach(reader, Right.SEE_FLAGS), *_narrowed(asked))
    counted = db.session.execute(
        select(
            *(func.count().filter(_is(state)).label(state.value) for state in ContradictionState)
        )
        .select_from(Contradiction)
        .join(Issue, Issue.id == Contradiction.issue_id)
        .where(*within_reach)
    ).one()
    counts = dict(zip(ContradictionState, counted, strict=True))
    state = ContradictionState.of(asked.state) or ContradictionState.OPEN
    page = within(page, counts[state], PER_PAGE)
    rows = _rows().where(*within_reach, _is(state)).order_by(Contradiction.id.desc())
    found = db.session.execute(rows.limit(PER_PAGE).offset((page - 1) * PER_PAGE))
    return Found(Page([_shown(row) for row in found], page, PER_PAGE, counts[state]), counts)


def _narrowed(asked: Asked) -> list[ColumnElement[bool]]:
    kind = ContradictionKind.of(asked.kind)
    found = []
    if asked.kind:
        found.append(Contradiction.kind == kind if kind else Contradiction.id < 0)
    if asked.region:
        found.append(regions.lies_in([asked.region]))
    return found


def _is(state: ContradictionState) -> ColumnElement[bool]:
    ruling = aliased(ContradictionRuling)
    ruled = exists().where(ruling.contradiction_id == Contradiction.id)
    return {
        ContradictionState.OPEN: Contradiction.gone_at.is_(None) & ~ruled,
        ContradictionState.RULED: Contradiction.gone_at.is_(None) & ruled,
        ContradictionState.GONE: Contradiction.gone_at.is_not(None),
    }[state]


def _rows() -> Select[*tuple[Any, ...]]:
    """With the latest ruling of each."""
    later = aliased(ContradictionRuling)
    latest = (
        select(func.max(later.id))
        .where(later.contradiction_id == Contradiction.id)
        .correlate(Contradiction)
        .scalar_subquery()
    )
    return (
        select(
            Contradiction, ContradictionRuling.verdict, ContradictionRuling.reason,
            ContradictionRuling.ruled_at, User.display_name, Issue.number, Issue.title,
            Unit.short_name,
        )
        .join(Issue, Issue.id == Contradiction.issue_id)
        .outerjoin(Unit, Unit.id == Issue.primary_unit_id)
        .outerjoin(ContradictionRuling, ContradictionRuling.id == latest)
        .outerjoin(User, User.id == ContradictionRuling.ruled_by_id)
    )  # fmt: skip


def _shown(row: Any) -> Shown:
    kept = row.Contradiction
    ruled = Ruled(row.verdict, row.reason, row.display_name, row.ruled_at) if row.verdict else None
    state = ContradictionState.RULED if ruled else ContradictionState.OPEN
    if kept.gone_at is not None:
        state = ContradictionState.GONE
    return Shown(
        kept.id, kept.kind, kept.because, _quoted(kept.one), _quoted(kept.other), kept.found_at,
        state, ruled, row.number, row.title, row.short_name or "",
    )  # fmt: skip


def _quoted(side: dict[str, Any]) -> Quoted:
    text, start, end = side["text"], side["start"], side["end"]
    return Quoted(
        SourceKind(side["source"]), side["id"], side["name"],
        text[:start], text[start:end], text[end:],
    )  # fmt: skip


def _in_sight(rows: Sequence[Shown], reader: Actor) -> list[Shown]:
    """Without those that quote the answer to a paper the reader does not see."""
    quoted = {row.id: {side.id for side in (row.one, row.other)
                       if side.source is SourceKind.REPLY} for row in rows}  # fmt: skip
    ids = set().union(*quoted.values()) if quoted else set()
    if not ids:
        return list(rows)
    seen = set(db.session.scalars(select(Notice.id).where(Notice.id.in_(ids), sees_notice(reader))))
    return [row for row in rows if quoted[row.id] <= seen]
