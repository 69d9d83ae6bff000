"""Every page of the product with who opens it, as the screenshots take them in the example city.

A page is named by its endpoint. `found` answers its places in the address from the city's rows;
None where the city holds none of the kind. A test says that no page is forgotten.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import Select, func, select

from auth.models import Unit
from extensions import db
from issues.models import (
    AssessmentRound,
    Contradiction,
    CovertNote,
    DossierBatch,
    Evidence,
    ExportProfile,
    Issue,
    LedgerImport,
    LedgerLayout,
    LongWork,
    Notice,
    PolicyDraft,
)
from issues.vocabulary import OPEN, NoticeKind, NoticeStatus, Source, Status

Values = dict[str, Any] | None


class Pictured(NamedTuple):
    """The person who opens it ("" for nobody), the picture's name, the endpoint, its places."""

    person: str
    name: str
    endpoint: str
    found: Callable[[], Values] = dict

    def address(self) -> str | None:
        """Where it stands in the city; None where the city has none of the kind."""
        values = self.found()
        return None if values is None else url_for(self.endpoint, **values)


def _of(key: str, statement: Select, **others: str) -> Callable[[], Values]:
    def found() -> Values:
        value = db.session.scalar(statement.limit(1))
        return None if value is None else {key: value, **others}

    return found


def _ticket(status: Status, **others: str) -> Callable[[], Values]:
    rows = select(Issue.number).where(Issue.status == status).order_by(Issue.id.desc())
    return _of("number", rows, **others)


def _fullest(**others: str) -> Callable[[], Values]:
    """The open ticket with the most files."""
    rows = select(Issue.number).join(Evidence).where(Issue.status.in_(OPEN))
    return _of("number", rows.group_by(Issue.number).order_by(func.count().desc()), **others)


def _contradicted() -> Callable[[], Values]:
    """The ticket with the most contradictions."""
    rows = select(Issue.number).join(Contradiction)
    return _of("number", rows.group_by(Issue.number).order_by(func.count().desc()))


def _file() -> Values:
    number = _fullest()()
    if number is None:
        return None
    rows = select(Evidence.id).join(Issue).where(Issue.number == number["number"])
    return number | {"evidence_id": db.session.scalar(rows.order_by(Evidence.id).limit(1))}


def _of_unit(status: Status) -> Select:
    """Tickets 巴州区 answers for."""
    rows = select(Issue.number).join(Unit, Unit.id == Issue.primary_unit_id)
    return rows.where(Issue.status == status, Unit.code == "511902").order_by(Issue.id.desc())


def _asked(**args: str) -> Callable[[], Values]:
    return lambda: dict(args)


def _notice(status: NoticeStatus) -> Select:
    rows = select(Notice.id).where(Notice.status == status)
    return rows.order_by(Notice.kind == NoticeKind.N8, Notice.id.desc())


def _draft_policy() -> Select:
    return select(PolicyDraft.id).order_by(PolicyDraft.id.desc())


def _uploaded(*, confirmed: bool) -> Select:
    rows = select(LedgerImport.id).order_by(LedgerImport.id)
    return rows.where(LedgerImport.confirmed_at.is_not(None) == confirmed)


_taken_back = select(LedgerImport.id).where(LedgerImport.taken_back_at.is_not(None))
_to_undo = (
    select(LedgerImport.id)
    .where(LedgerImport.confirmed_at.is_not(None), LedgerImport.taken_back_at.is_(None))
    .order_by(LedgerImport.id.desc())
)
_with_token = select(Notice.token).where(Notice.token.is_not(None)).order_by(Notice.id.desc())
_noted = select(CovertNote.id).order_by(CovertNote.id.desc())
_own_profile = select(ExportProfile.id).order_by(ExportProfile.id)
_rounds = select(AssessmentRound.id).order_by(AssessmentRound.on.desc())
_batches = select(DossierBatch.id).order_by(DossierBatch.id.desc())
_complaint = _of("number", select(Issue.number).where(Issue.source == Source.YX).order_by(Issue.id))


def _cleared() -> Values:
    return _complaint() | {"name": "lin"}


PAGES = (
    Pictured("", "sign-in", "login.sign_in"),
    Pictured("sun", "account", "account.page"),
    Pictured("sun", "password", "account.password"),
    Pictured("sun", "factor", "factor.page"),
    Pictured("sun", "work", "worklist.page"),
    Pictured("zhou", "work-head", "worklist.page"),
    Pictured("lin", "work-inspector", "worklist.page"),
    Pictured("chenlead", "work-unit", "worklist.page"),
    Pictured("zhao", "work-leader", "worklist.page"),
    Pictured("sysadmin", "work-administrator", "worklist.page"),
    Pictured("zhao", "board", "board.page"),
    Pictured("chen", "board-unit", "board.page"),
    Pictured("sun", "board-changes", "differences.page", _asked(compare="2025-11-01")),
    Pictured("sun", "map", "map.page"),
    Pictured("sun", "map-share", "map.page", _asked(shade="share", colour="red,yellow")),
    Pictured("zhao", "wall", "wall.page"),
    Pictured("sun", "register", "register.page"),
    Pictured("sun", "register-red", "register.page", _asked(colour="red", sort="deadline")),
    Pictured("sun", "register-print", "register_print.page", _asked(colour="red")),
    Pictured("sun", "profiles", "profiles.page"),
    Pictured("sun", "profile-new", "profiles.new", _asked(colour="red")),
    Pictured("sun", "profile", "profiles.edit", _of("profile_id", _own_profile)),
    Pictured("sun", "register-none", "register.page", _asked(q="没有的词")),
    Pictured("sun", "search", "search.page", _asked(q="生态")),
    Pictured("sun", "search-empty", "search.page"),
    Pictured("sun", "ticket", "ticket.page", _fullest()),
    Pictured("zhao", "ticket-leader", "ticket.page", _fullest()),
    Pictured("chen", "ticket-unit", "ticket.page", _of("number", _of_unit(Status.RECTIFYING))),
    Pictured("sun", "ticket-draft", "ticket.page", _ticket(Status.DRAFT)),
    Pictured("sun", "ticket-closed", "ticket.page", _ticket(Status.CLOSED)),
    Pictured("sun", "new-ticket", "new.new"),
    Pictured("sun", "act-card", "acts.form", _fullest(action="raise_card")),
    Pictured("sun", "act-amend", "acts.form", _fullest(action="amend")),
    Pictured("chenlead", "act-plan", "acts.form", _ticket(Status.PLANNING, action="submit_plan")),
    Pictured("lin", "act-check", "acts.form",
             _ticket(Status.SITE_CHECK, action="record_site_check")),
    Pictured("zhao", "act-instruct", "acts.form", _fullest(action="instruct")),
    Pictured("sun", "evidence", "evidence.gallery", _fullest()),
    Pictured("sun", "evidence-one", "evidence.one", _file),
    Pictured("lin", "flags", "flags.page", _fullest()),
    Pictured("lin", "flag-counts", "flags.counts"),
    Pictured("lin", "contradictions", "contradictions.page", _contradicted()),
    Pictured("lin", "contradiction-list", "contradictions.index"),
    Pictured("sun", "complaint-originals", "complaint_originals.page", _complaint),
    Pictured("zhou", "complaint-clearances", "complaint_originals.page", _complaint),
    Pictured("zhou", "revoke-clearance", "clearances.ask", _cleared),
    Pictured("sun", "readings", "readings.page", _fullest()),
    Pictured("sun", "publicity", "publicity.page", _ticket(Status.PUBLICITY)),
    Pictured("sun", "dossier", "dossier.page", _fullest()),
    Pictured("sun", "dossiers", "dossier.several"),
    Pictured("sun", "dossier-batches", "dossier_batches.listed", _asked(type="水")),
    Pictured("sun", "checklist", "checklist.page"),
    Pictured("sysadmin", "running", "running.page"),
    Pictured("sun", "dossier-batch", "dossier_batches.page", _of("batch_id", _batches)),
    Pictured("sun", "works", "works.listed"),
    Pictured("sun", "works-one", "works.page", _of("work_id", select(LongWork.id))),
    Pictured("sun", "works-export", "long_exports.page"),
    Pictured("sun", "layouts", "layouts.listed"),
    Pictured("sun", "layout", "layouts.show", _of("layout_id", select(LedgerLayout.id))),
    Pictured("sun", "import-match", "match.page", _of("upload_id", _uploaded(confirmed=False))),
    Pictured("sun", "import", "exchange.start"),
    Pictured("sun", "import-shown", "exchange.show",
             _of("upload_id", _uploaded(confirmed=False))),
    Pictured("sun", "import-ask", "exchange.ask", _of("upload_id", _uploaded(confirmed=False))),
    Pictured("sun", "import-differences", "differences_of_import.page",
             _of("upload_id", _uploaded(confirmed=False))),
    Pictured("sun", "import-report", "exchange.show",
             _of("upload_id", _uploaded(confirmed=True))),
    Pictured("sun", "import-taken-back", "exchange.show", _of("upload_id", _taken_back)),
    Pictured("sun", "import-undo", "undoing.ask", _of("upload_id", _to_undo)),
    Pictured("sun", "import-undo-hindered", "undoing.ask",
             _of("upload_id", _uploaded(confirmed=True))),
    Pictured("sun", "ticket-taken-back", "taken_back.page", _ticket(Status.TAKEN_BACK)),
    Pictured("auditor", "ticket-taken-back-audited", "taken_back.page",
             _ticket(Status.TAKEN_BACK)),
    Pictured("sun", "notices", "notices.listed"),
    Pictured("chen", "notices-unit", "notices.listed"),
    Pictured("zhou", "notice-draft", "notices.page",
             _of("notice_id", _notice(NoticeStatus.DRAFT))),
    Pictured("sun", "notice-signed", "notices.page",
             _of("notice_id", _notice(NoticeStatus.SIGNED))),
    Pictured("zhou", "notice-void", "notices.ask_void",
             _of("notice_id", _notice(NoticeStatus.SIGNED))),
    Pictured("sun", "notice-new", "notices.new"),
    Pictured("sun", "templates", "notice_templates.listed"),
    Pictured("sun", "template", "notice_templates.page", _asked(name="N2")),
    Pictured("", "verify", "verify.page", _of("token", _with_token)),
    Pictured("", "verify-dossiers", "dossier.key"),
    Pictured("sun", "rounds", "rounds.listed"),
    Pictured("sun", "round", "rounds.page", _of("round_id", _rounds)),
    Pictured("sun", "round-notices", "notice_volume.page", _of("round_id", _rounds)),
    Pictured("sun", "lookbacks", "lookbacks.page"),
    Pictured("sun", "lookback-new", "lookbacks.new", _ticket(Status.CLOSED)),
    Pictured("sun", "lookback-sample", "lookbacks.sample"),
    Pictured("lin", "covert", "covert.listed"),
    Pictured("lin", "covert-new", "covert.new"),
    Pictured("lin", "covert-one", "covert.page", _of("note_id", _noted)),
    Pictured("zhao", "digest", "digests.page"),
    Pictured("zhao", "instructions", "instructions.page"),
    Pictured("sun", "policy", "policy.current"),
    Pictured("sun", "policy-version", "policy.version", _asked(number="1")),
    Pictured("sun", "policy-draft", "policy.draft", _of("draft_id", _draft_policy())),
    Pictured("sun", "policy-lab", "policy.lab", _of("draft_id", _draft_policy())),
    Pictured("sun", "calendar", "calendar.page"),
    Pictured("sun", "walls", "wall.passes"),
    Pictured("sun", "maps", "map.sheets"),
    Pictured("sysadmin", "fonts", "fonts.page"),
    Pictured("sysadmin", "outbox", "outbox.page"),
    Pictured("sysadmin", "accounts", "admin.account_list"),
    Pictured("sysadmin", "accounts-one", "admin.one_account", _asked(user_id="1")),
    Pictured("sysadmin", "accounts-access", "access.page", _asked(user_id="1")),
    Pictured("sysadmin", "accounts-new", "admin.new_account"),
    Pictured("secadmin", "reviews", "reviews.page"),
    Pictured("sysadmin", "units", "units.listed"),
    Pictured("sun", "units-aliases", "aliases.listed"),
    Pictured("sysadmin", "units-new", "units.new"),
    Pictured("sysadmin", "units-one", "units.one", _asked(code="511902")),
    Pictured("secadmin", "grants", "grants.grant_list"),
    Pictured("secadmin", "grants-one", "grants.one_grant", _asked(user_id="2")),
    Pictured("auditor", "history", "history.whole"),
    Pictured("sun", "style", "style.page"),
    Pictured("sun", "api", "api_docs.docs"),
)  # fmt: skip
