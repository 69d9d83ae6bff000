"""What is searched of a ticket's notices, files and history, each for whom it may be told.

An audience here says what a page says by its own query: who is shown a notice, a file, an event.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select

from extensions import plain_rows
from issues.act_fields import FIELDS
from issues.evidence.hiding import is_hidden
from issues.ground.batches import asked, prepared
from issues.models import Event, Evidence, Notice, NoticeIssue
from issues.search.part import Part
from issues.vocabulary import (
    Action,
    Audience,
    BesideAct,
    EvidenceKind,
    FoundIn,
    NoticeKind,
    Subject,
)

OF_THE_TICKET = frozenset({Action.REGISTER, Action.EDIT, Action.AMEND})
"""Acts whose own texts stand on the ticket, where they are searched as they are now."""
UNSEARCHED = frozenset(
    {
        BesideAct.VIEW_COMPLAINANT, BesideAct.GRANT_CLEARANCE, BesideAct.REVOKE_CLEARANCE,
        BesideAct.SEAL_COMPLAINANT, BesideAct.ADD_ORIGINAL, BesideAct.VIEW_ORIGINAL,
        BesideAct.RECORD_CALLBACK,
        BesideAct.CLEAN_TEXT,
    }
)  # fmt: skip
"""What is said of a look at who complained may name them; of cleaned signs nobody wrote a word."""
PRIVATE = frozenset({"who"})
"""Who objected is no word to search by."""
NOTE = "note"
SAID_BY = {
    action.value: tuple(
        field.name
        for field in fields
        if field.type in ("text", "long_text") and field.name not in PRIVATE
    )
    for action, fields in FIELDS.items()
    if action not in OF_THE_TICKET
}
"""By act, the fields in which a person writes words."""
Ids = Sequence[int]


@prepared
def _notices() -> Select[*tuple[Any, ...]]:
    return (
        select(
            NoticeIssue.issue_id,
            Notice.kind,
            Notice.unit_id,
            Notice.centre_id,
            Notice.number,
            Notice.title,
        )
        .join(Notice, Notice.id == NoticeIssue.notice_id)
        .where(asked(NoticeIssue.issue_id), Notice.number.is_not(None))
        .order_by(Notice.id)
    )


def notice_parts(ids: Ids) -> Iterator[Part]:
    """Of what was numbered: a draft has no number, and its words may change."""
    for row in plain_rows(_notices(), {"ids": ids}):
        for label, text in (("督办文号", row.number), ("督办文书", row.title)):
            yield _to_whom(Part(row.issue_id, FoundIn.NOTICE, label, text), row)


def _to_whom(part: Part, row: Any) -> Part:
    """As issues.notices.rights reaches it."""
    if row.kind is NoticeKind.N5 and row.centre_id is None:
        return part
    if row.kind is NoticeKind.N5:
        return part._replace(audience=Audience.COUNTY, unit_id=row.centre_id)
    if row.kind is NoticeKind.N7:
        return part._replace(audience=Audience.CITY)
    return part._replace(audience=Audience.ADDRESSEE, unit_id=row.unit_id)


@prepared
def _files() -> Select[*tuple[Any, ...]]:
    columns = (
        Evidence.issue_id, Evidence.kind, Evidence.name, Evidence.is_covert, Evidence.withdrawn_at,
    )  # fmt: skip
    return select(*columns).where(asked(Evidence.issue_id)).order_by(Evidence.id)


def evidence_parts(ids: Ids) -> Iterator[Part]:
    for row in plain_rows(_files(), {"ids": ids}):
        is_gone = row.withdrawn_at is not None
        label = "已撤回的佐证" if is_gone else FoundIn.EVIDENCE.label
        audience = _audience(is_covert=row.is_covert, is_withdrawn=is_gone)
        kind: EvidenceKind = row.kind
        yield Part(row.issue_id, FoundIn.EVIDENCE, label, f"{kind.label}：{row.name}", audience)


def _audience(*, is_covert: bool, is_withdrawn: bool) -> Audience:
    if is_withdrawn:
        return Audience.WITHDRAWN
    return Audience.COVERT if is_covert else Audience.OPEN


@prepared
def _withdrawn() -> Select[*tuple[Any, ...]]:
    gone = (asked(Evidence.issue_id), Evidence.withdrawn_at.is_not(None))
    return select(Evidence.id).where(*gone)


@prepared
def _events() -> Select[*tuple[Any, ...]]:
    columns = (
        Event.subject_id, Event.action, Event.on, Event.reason, Event.detail, Event.is_covert,
    )  # fmt: skip
    of_tickets = (Event.subject == Subject.TICKET.value, asked(Event.subject_id))
    return select(*columns).where(*of_tickets).order_by(Event.subject_id, Event.seq)


def history_parts(ids: Ids) -> Iterator[Part]:
    """Reasons and notes of acts. What names a withdrawn file is for who may see that file."""
    hidden = frozenset(plain_rows(_withdrawn(), {"ids": ids}).scalars())
    for row in plain_rows(_events(), {"ids": ids}):
        act = Subject.TICKET.act_of(row.action)
        if act in UNSEARCHED:
            continue
        label = f"{row.on} {act.label if act else '其他记录'}"
        audience = _audience(is_covert=row.is_covert, is_withdrawn=is_hidden(row, hidden))
        for text in said_of(row):
            yield Part(row.subject_id, FoundIn.HISTORY, label, text, audience)


def said_of(event: Any) -> list[str]:
    """The words a person wrote with an act, each once."""
    told = (event.detail.get(name) for name in (*SAID_BY.get(event.action, ()), NOTE))
    texts = (text for text in (*told, event.reason) if isinstance(text, str) and text.strip())
    return list(dict.fromkeys(texts))
