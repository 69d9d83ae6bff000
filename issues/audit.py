"""The only writer of history: one hash chain a subject, and the daily anchor over all heads."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, String, cast, select

from auth.actor import Actor
from extensions import db
from issues.ground import clock
from issues.ground.secrecy import algorithms
from issues.heads import first_acts, heads, last_links
from issues.imprints.chain import HEAD
from issues.messages.telling import tell
from issues.models import Anchor, Event, Imprint, ImprintRow, Issue
from issues.vocabulary import Action, BesideAct, Subject, Word

START = "0" * 64
CHAINED = (
    "subject", "subject_id", "seq", "action", "actor_id", "actor", "unit",
    "at", "on", "before", "after", "reason", "detail", "is_covert",
)  # fmt: skip


class _Chosen:
    """What new anchors are signed with; kept ones by what they name."""

    family = algorithms.FAMILIES[algorithms.GENERAL]


def use_family(named: str) -> None:
    """Which of the families of algorithms new signatures are made with."""
    _Chosen.family = algorithms.FAMILIES[named]


@dataclass(frozen=True, slots=True)
class Told:
    """What a row of history is to say."""

    subject: Subject
    subject_id: int
    action: Word
    actor: Actor
    at: datetime
    before: str = ""
    after: str = ""
    reason: str = ""
    detail: Mapping[str, Any] | None = None
    is_covert: bool = False


def record(
    subject: Subject,
    subject_id: int,
    action: Word,
    actor: Actor,
    *,
    at: datetime,
    before: str = "",
    after: str = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    is_covert: bool = False,
) -> Event:
    """Add one row to the subject's chain and tell whom it concerns. TypeError for another's act."""
    said = Told(
        subject, subject_id, action, actor, at, before, after, reason, detail, is_covert
    )  # fmt: skip
    return record_each([said])[0]


def record_each(told: Sequence[Told]) -> list[Event]:
    """The same on many subjects of one kind, each once: their chains are read together."""
    for one in told:
        if not isinstance(one.action, one.subject.acts):
            raise TypeError(f"{one.subject}: {one.action!r}")
    links = last_links({one.subject for one in told}, [one.subject_id for one in told])
    rows = [_chained_on(one, *links.get(one.subject_id, (0, START))) for one in told]
    db.session.add_all(rows)
    db.session.flush()
    for row in rows:  # kept first, since what is told of it names it
        tell(row)
    return rows


def _chained_on(one: Told, last: int, previous: str) -> Event:
    row = Event(
        subject=one.subject.value,
        subject_id=one.subject_id,
        seq=last + 1,
        action=one.action.value,
        actor_id=one.actor.id,
        actor=one.actor.display_name,
        unit=one.actor.unit_name,
        at=one.at,
        on=clock.day_of(one.at),
        before=one.before,
        after=one.after,
        reason=one.reason,
        detail=json.loads(json.dumps(one.detail or {}, default=str)),
        is_covert=one.is_covert,
        previous=previous,
        algorithm=algorithms.SHA256,
    )
    row.digest = digest_of(row)
    return row


def record_beside(
    issue: Issue,
    action: Action | BesideAct,
    actor: Actor,
    *,
    at: datetime,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    is_covert: bool = False,
) -> Event:
    """Add one row to a ticket's chain that leaves its status as it is. Never commits."""
    status = issue.status.value
    return record(
        Subject.TICKET, issue.id, action, actor, at=at, before=status, after=status,
        reason=reason, detail=detail, is_covert=is_covert,
    )  # fmt: skip


def digest_of(row: Event) -> str:
    """By the algorithm the row names, over all its columns and the digest before it."""
    return chained(row.previous, text_of(row), row.algorithm)


def chained(previous: str, text: str, algorithm: str = algorithms.SHA256) -> str:
    return algorithms.digest(algorithm, f"{previous}\n{text}".encode())


def text_of(row: Event | SimpleNamespace) -> str:
    """Every column of the row, or of one to be written in bulk, as one text."""
    facts = {name: getattr(row, name) for name in CHAINED}
    facts["at"] = row.at.astimezone(clock.SHANGHAI).isoformat(timespec="microseconds")
    facts["on"] = row.on.isoformat()
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def faults(secret: str, *earlier: str) -> Iterator[str]:
    """A sentence for every row, chain or anchor that does not hold; nothing where all do.

    `earlier` are secrets that anchors of before may be signed with.
    """
    heads: dict[tuple[str, int], tuple[int, str]] = {}
    rows = select(Event).order_by(Event.subject, Event.subject_id, Event.seq)
    for row in db.session.scalars(rows.execution_options(yield_per=500)):
        key = (row.subject, row.subject_id)
        seq, previous = heads.get(key, (0, START))
        if row.seq != seq + 1 or row.previous != previous:
            yield f"{row.subject} {row.subject_id} 第{row.seq}条与上一条不相接"
        if not _is_digest(row):
            yield f"{row.subject} {row.subject_id} 第{row.seq}条内容与摘要不符"
        heads[key] = (row.seq, row.digest)
        db.session.expunge(row)
    yield from _anchor_faults(secret, *earlier)


def _is_digest(row: Event) -> bool:
    try:
        return digest_of(row) == row.digest
    except algorithms.UnknownAlgorithm:
        return False


def _anchor_faults(*secrets: str) -> Iterator[str]:
    """The newest first: what an earlier one is over lies within what one that holds is over."""
    is_held = False
    for anchored in db.session.scalars(select(Anchor).order_by(Anchor.on.desc())):
        if not any(is_signed(one, anchored) for one in secrets):
            yield f"{anchored.on} 的锚点签名不符"
        if is_held and _is_in_place(anchored):
            continue
        is_held = holds(anchored)
        if not is_held:
            yield f"{anchored.on} 的锚点与现有记录不符：记录被截断、删除或改写"


def _is_in_place(row: Anchor) -> bool:
    """Whether the imprints were where the anchor says. One from before them says nothing."""
    if row.imprints is None:
        return True
    mac = db.session.scalar(select(Imprint.mac).where(Imprint.seq == row.imprints))
    return mac == row.imprint_mac


def holds(row: Anchor) -> bool:
    """By place, not by the dates of acts: an act may be dated before an anchor made earlier.

    An anchor from before imprints knows neither: the acts up to its moment, or the first ones.
    """
    told = (row.chains, row.events, row.digest)
    if row.imprints is not None:
        return _is_in_place(row) and heads(_anchored(row)) == told
    return any(heads(among) == told for among in (Event.at <= row.at, first_acts(row.events)))


def _anchored(row: Anchor) -> ColumnElement[bool]:
    """The acts that an anchor is over."""
    if row.imprints is None:
        return Event.at <= row.at
    named = select(ImprintRow.key).where(
        ImprintRow.table == Event.__tablename__, ImprintRow.seq <= row.imprints
    )
    return cast(Event.id, String).in_(named)


def anchor(secret: str, at: datetime) -> bool:
    """Sign the heads of the record once a business day; False where the day is anchored."""
    on = clock.day_of(at)
    if db.session.get(Anchor, on) is not None:
        return False
    head = db.session.execute(HEAD).first()
    row = Anchor(
        on=on, at=at, imprints=head and head.seq, imprint_mac=head and head.mac,
        algorithm=_Chosen.family.mac,
    )  # fmt: skip
    row.chains, row.events, row.digest = heads(_anchored(row))
    row.signature = sign(secret, row)
    db.session.add(row)
    return True


def sign(secret: str, row: Anchor) -> str:
    """By the algorithm the row names."""
    return algorithms.mac(row.algorithm, secret.encode(), _signed_text(row))


def is_signed(secret: str, row: Anchor) -> bool:
    """Whether the signature is ours, by an algorithm that is known."""
    try:
        return algorithms.is_mac(row.algorithm, secret.encode(), _signed_text(row), row.signature)
    except algorithms.UnknownAlgorithm:
        return False


def _signed_text(row: Anchor) -> bytes:
    text = f"{row.on} {row.chains} {row.events} {row.digest}"
    if row.imprints is not None:
        text += f" {row.imprints} {row.imprint_mac}"
    return text.encode()
