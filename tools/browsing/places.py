"""Where the city holds one of a kind: the places in a page's address; None where it holds none."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, func, select

from auth.models import Unit, User
from extensions import db
from issues.models import (
    AssessmentRound,
    Contradiction,
    CountyRound,
    CovertNote,
    DossierBatch,
    Evidence,
    ExportProfile,
    Issue,
    Lead,
    LedgerImport,
    Notice,
    PolicyDraft,
    Roster,
    TextDocument,
)
from issues.vocabulary import (
    OPEN,
    EvidenceKind,
    LeadState,
    NoticeKind,
    NoticeStatus,
    RosterKind,
    Source,
    Status,
)
from seed.city import BAZHOU

Values = dict[str, Any] | None


def of(key: str, statement: Select, **others: str) -> Callable[[], Values]:
    def found() -> Values:
        value = db.session.scalar(statement.limit(1))
        return None if value is None else {key: value, **others}

    return found


def ticket(status: Status, **others: str) -> Callable[[], Values]:
    rows = select(Issue.number).where(Issue.status == status).order_by(Issue.id.desc())
    return of("number", rows, **others)


def fullest(**others: str) -> Callable[[], Values]:
    """The open ticket with the most files."""
    rows = select(Issue.number).join(Evidence).where(Issue.status.in_(OPEN))
    return of("number", rows.group_by(Issue.number).order_by(func.count().desc()), **others)


def contradicted() -> Callable[[], Values]:
    """The ticket with the most contradictions."""
    rows = select(Issue.number).join(Contradiction)
    return of("number", rows.group_by(Issue.number).order_by(func.count().desc()))


def file() -> Values:
    number = fullest()()
    if number is None:
        return None
    rows = select(Evidence.id).join(Issue).where(Issue.number == number["number"])
    return number | {"evidence_id": db.session.scalar(rows.order_by(Evidence.id).limit(1))}


def report() -> Values:
    rows = select(Issue.number, Evidence.id).join(Evidence, Evidence.issue_id == Issue.id)
    found = db.session.execute(rows.where(Evidence.kind == EvidenceKind.MONITORING)).first()
    return None if found is None else {"number": found[0], "report_id": found[1]}


def of_unit(status: Status) -> Select:
    """Tickets the first of the example's counties answers for."""
    rows = select(Issue.number).join(Unit, Unit.id == Issue.primary_unit_id)
    return rows.where(Issue.status == status, Unit.code == BAZHOU).order_by(Issue.id.desc())


def asked(**args: str) -> Callable[[], Values]:
    return lambda: dict(args)


def notice(status: NoticeStatus) -> Select:
    rows = select(Notice.id).where(Notice.status == status)
    return rows.order_by(Notice.kind == NoticeKind.N8, Notice.id.desc())


def draft_policy() -> Select:
    return select(PolicyDraft.id).order_by(PolicyDraft.id.desc())


def roster(kind: RosterKind) -> Select:
    return select(Roster.id).where(Roster.kind == kind).order_by(Roster.id.desc())


def uploaded(*, confirmed: bool) -> Select:
    rows = select(LedgerImport.id).order_by(LedgerImport.id)
    return rows.where(LedgerImport.confirmed_at.is_not(None) == confirmed)


text = select(TextDocument.id).order_by(TextDocument.id.desc())
taken_back = select(LedgerImport.id).where(LedgerImport.taken_back_at.is_not(None))
to_undo = (
    select(LedgerImport.id)
    .where(LedgerImport.confirmed_at.is_not(None), LedgerImport.taken_back_at.is_(None))
    .order_by(LedgerImport.id.desc())
)
red_paper = (
    select(Notice.id)
    .where(Notice.status == NoticeStatus.SIGNED, Notice.kind == NoticeKind.N3)
    .order_by(Notice.id)
)
with_token = select(Notice.token).where(Notice.token.is_not(None)).order_by(Notice.id.desc())
told = select(Lead.id).where(Lead.state == LeadState.NEW).order_by(Lead.id.desc())
noted = select(CovertNote.id).order_by(CovertNote.id.desc())
someone = select(User.id).where(User.name == "sun")
own_profile = select(ExportProfile.id).order_by(ExportProfile.id)
county_rounds = select(CountyRound.id).order_by(CountyRound.on.desc())
rounds = select(AssessmentRound.id).order_by(AssessmentRound.on.desc())
ended_round = of("round_id", rounds.where(AssessmentRound.closed_on.is_not(None)))
batches = select(DossierBatch.id).order_by(DossierBatch.id.desc())


def closed() -> Values:
    rows = select(Issue.number).where(Issue.status == Status.CLOSED).order_by(Issue.id.desc())
    return {"number": db.session.scalar(rows.limit(1))}


def complaint() -> Values:
    rows = select(Issue.number).where(Issue.source == Source.YX).order_by(Issue.id)
    return {"number": db.session.scalar(rows.limit(1))}


def cleared() -> Values:
    return complaint() | {"name": "lin"}
