"""Workbooks on their way in: kept sealed, tried out, and then brought in.

What a page shows of one is what the whole import did, undone again; confirming does the same once
more and stays, unless something else has come of it meanwhile.
"""

from datetime import datetime, timedelta
from pathlib import PurePath
from typing import IO

from sqlalchemy import select

from auth import asked_roles, people
from auth.actor import SYSTEM, Actor
from auth.models import User
from extensions import db, rehearsal
from issues.evidence.storage.store import Store
from issues.exchange import uploads
from issues.exchange.import_report import RowsRefused
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.ground import clock, signs
from issues.ground.refusals import Incomplete, NotFound, WrongStatus
from issues.ground.secrecy import sealing
from issues.models import Roster
from issues.rosters import keepers_in, leads_in, people_in, polluters_in, units_in
from issues.rosters.columns import COLUMNS
from issues.rosters.outcome import CHANGED, Outcome
from issues.rosters.sheets import Table, read_table
from issues.vocabulary import Role, RosterKind

LONGEST_NAME, LONGEST_REASON = 200, 200
TRYING = "预览"
COUNTED = {
    RosterKind.UNITS: "个单位",
    RosterKind.PEOPLE: "个账号",
    RosterKind.POLLUTERS: "个污染源",
    RosterKind.LEADS: "条线索",
    RosterKind.KEEPERS: "行包保",
}
OTHERWISE = "预览以后有变动，没有写入。已重新核对，请再看一遍再确认。"
WAITS_DAYS = 7
"""So long a workbook that nobody confirmed may still be brought in."""


def bring(
    kind: RosterKind, content: bytes, actor: Actor, reason: str, roster_id: int | None = None
) -> Outcome:
    """Never commits; whoever finds errors in the outcome undoes all of it.

    On the command line the system gives the roles itself; on a page they are asked for.
    Raises UnreadableWorkbook, Marked.
    """
    table: Table = read_table(content, COLUMNS[kind])
    if kind is RosterKind.UNITS:
        return units_in.bring(table, actor, reason)
    if kind is RosterKind.POLLUTERS:
        return polluters_in.bring(table, actor, reason)
    if kind is RosterKind.LEADS:
        return leads_in.bring(table, actor, clock.now())
    if kind is RosterKind.KEEPERS:
        return keepers_in.bring(table, actor, reason)
    if actor is SYSTEM:
        return people_in.bring(table, actor, _given, "授予")

    def asked(user: User, role: Role) -> None:
        asked_roles.ask(actor, user, role, roster_id)

    return people_in.bring(table, actor, asked, "申请")


def _given(user: User, role: Role) -> None:
    people.grant(SYSTEM, user.id, role)


def refuse_errors(outcome: Outcome) -> None:
    """Raises RowsRefused."""
    if outcome.errors:
        raise RowsRefused(tuple(outcome.errors))


class NoReason(Incomplete):
    """Something that stands would be changed, and nobody said why."""


def refuse_without_reason(outcome: Outcome, reason: str) -> None:
    """Raises NoReason."""
    if (not reason and outcome.count(CHANGED)) or len(reason) > LONGEST_REASON:
        raise NoReason({"reason": [f"有修改的内容，请写明理由，最多{LONGEST_REASON}个字"]})


def by_default(name: str) -> str:
    """Why something new was made, where nobody said it: the workbook it came in with."""
    return f"按工作簿《{PurePath(name).stem}》建立"[:LONGEST_REASON]


def try_out(kind: RosterKind, content: bytes, actor: Actor) -> Outcome:
    """Everything as if for good, and taken back. Raises as `bring`."""
    with rehearsal():
        return bring(kind, content, actor, TRYING)


def receive(
    kind: RosterKind, store: Store, stream: IO[bytes], name: str, actor: Actor
) -> tuple[str, Outcome]:
    """The digest it is kept under, sealed, and what it would do.

    Raises Incomplete at the field, EvidenceRefused, Marked; nothing is kept then.
    """
    found: list[Outcome] = []

    def judge(content: bytes) -> None:
        try:
            found.append(try_out(kind, content, actor))
        except UnreadableWorkbook as wrong:
            raise Incomplete({"workbook": [wrong.sentence]}) from None

    _, digest = uploads.receive(store, stream, name, judge)
    return digest, found[0]


def note(kind: RosterKind, name: str, digest: str, outcome: Outcome, actor: Actor) -> Roster:
    """Never commits."""
    row = Roster(
        kind=kind,
        name=PurePath(signs.bare(name).replace("\\", "/")).name[-LONGEST_NAME:] or "名册.xlsx",
        sha256=digest,
        key_id=sealing.current_key(),
        uploaded_at=clock.now(),
        user_id=actor.id,
        report=outcome.document(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def load(kind: RosterKind, number: int, *, for_change: bool = False) -> Roster:
    """Raises NotFound."""
    rows = select(Roster).where(Roster.id == number, Roster.kind == kind)
    row = db.session.scalars(rows.with_for_update() if for_change else rows).first()
    if row is None:
        raise NotFound
    return row


def is_over(row: Roster, at: datetime) -> bool:
    """Whether it waited too long to be confirmed: what it was checked against has moved on."""
    return row.confirmed_at is None and at > last_moment(row)


def last_moment(row: Roster) -> datetime:
    """Until when it may be confirmed."""
    return row.uploaded_at + timedelta(days=WAITS_DAYS)


def confirm(row: Roster, store: Store, actor: Actor, reason: str, at: datetime) -> Outcome:
    """Never commits. Raises WrongStatus, RowsRefused, Incomplete."""
    if row.confirmed_at is not None:
        raise WrongStatus("这份工作簿已经导入，没有重复导入。")
    if is_over(row, at):
        raise WrongStatus(f"这份工作簿上传已超过{WAITS_DAYS}天，没有导入，请重新上传。")
    shown, reason = Outcome.of(row.report), reason.strip()
    refuse_without_reason(shown, reason)
    reason = reason or by_default(row.name)
    content = uploads.content(store, row.sha256)
    outcome = bring(row.kind, content, actor, reason, row.id)
    refuse_errors(outcome)
    if outcome.document() != shown.document():
        raise Incomplete({"workbook": [OTHERWISE]}, OTHERWISE)
    row.confirmed_at, row.reason, row.report = at, reason, outcome.document()
    return outcome


def look_again(row: Roster, store: Store, actor: Actor) -> None:
    """What is known of a workbook that waits, found out anew. Never commits."""
    content, kind = uploads.content(store, row.sha256), row.kind
    row.report = try_out(kind, content, actor).document()
