"""Setting the city's words: a section at a time, each change in the history with before and after.

Who saves waits for who saves at the same time, and is told where the section has changed since
its page was drawn. Never commits.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import audit, counters
from issues.city.centres import known_lines, lines_in
from issues.city.lines import Line, said
from issues.city.reading import Sent, read, typed
from issues.city.sections import Section
from issues.city.words import Words, every_word, placed
from issues.ground.refusals import NotAllowed, NotFound, Stale
from issues.models import Event, Setting
from issues.rights.table import holds
from issues.vocabulary import SettingAct, SettingNumber, Subject

SERIES = "city words"
CHANGED = "您打开本页后，这一栏已被他人更改，您填写的内容还没有保存。请核对现在的内容后再保存。"
NOT_YOURS = "这一栏由市环委办填写。"
SHOWN = 20


class Changed(NamedTuple):
    """One line of a change, as one would have typed it."""

    label: str
    before: str
    after: str


class Change(NamedTuple):
    """A change that is in the history."""

    id: int
    at: datetime
    actor: str
    reason: str
    lines: list[Changed]


def state_of(section: Section, words: Words) -> str:
    """Another one means that somebody has changed the section."""
    told = [said(line, words) for line in lines_in(section)]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def may_set(actor: Actor, section: Section) -> bool:
    return holds(actor, section.right)


def put(
    section: Section, sent: Mapping[str, Sent], seen: str, actor: Actor, *, at: datetime
) -> list[Line]:
    """Which lines say something else now. Raises NotAllowed, Stale, Incomplete."""
    if not may_set(actor, section):
        raise NotAllowed(NOT_YOURS)
    words = words_alone()
    if seen != state_of(section, words):
        raise _stale()
    values = read(section, sent, words)
    return keep(values, words, SettingAct.SET_WORDS, section.label, actor, at)


def keep(
    values: Mapping[str, Any],
    words: Words,
    act: SettingAct,
    reason: str,
    actor: Actor,
    at: datetime,
) -> list[Line]:
    """Write what says something else than these words, as one change. For who holds `words_alone`.

    Which lines those are.
    """
    lines = known_lines()
    changes = {
        key: (said(lines[key], words), value)
        for key, value in values.items()
        if (said(lines[key], words) or None) != (value or None)
    }
    _write({lines[key]: value for key, (_before, value) in changes.items()}, words)
    _record(act, changes, reason, actor, at)
    return [lines[key] for key in changes]


def bring_back(event_id: int, actor: Actor, *, at: datetime) -> list[Line]:
    """What stood before a change, where nobody changed it since. Raises as `put` and NotFound."""
    words = words_alone()
    row = db.session.scalars(_changes().where(Event.id == event_id)).first()
    if row is None:
        raise NotFound
    lines = known_lines()
    told = {key: one for key, one in row.detail["lines"].items() if key in lines}
    if not all(may_set(actor, lines[key].section) for key in told):
        raise NotAllowed(NOT_YOURS)
    if any((said(lines[key], words) or None) != (one["after"] or None)
           for key, one in told.items()):  # fmt: skip
        raise _stale()
    before = {key: one["before"] for key, one in told.items()}
    reason = f"恢复第{row.seq}次更改以前的内容"
    return keep(before, words, SettingAct.BRING_BACK, reason, actor, at)


def changes() -> list[Change]:
    """The last ones, the newest first."""
    rows = db.session.scalars(_changes().order_by(Event.id.desc()).limit(SHOWN))
    lines = known_lines()
    return [Change(row.id, row.at, row.actor, row.reason, _told(row.detail, lines)) for row in rows]


def _told(detail: Mapping[str, Any], lines: Mapping[str, Line]) -> list[Changed]:
    known = ((lines[key], one) for key, one in detail["lines"].items() if key in lines)
    return [
        Changed(line.label, typed(line, one["before"]), typed(line, one["after"]))
        for line, one in known
    ]


def _changes() -> Any:
    """Of the city's words; other settings have chains of their own."""
    return select(Event).where(Event.is_about(Subject.SETTING, SettingNumber.CITY))


def words_alone() -> Words:
    """As they stand while nobody else writes them."""
    counters.hold(SERIES)
    return every_word()


def _stale() -> Stale:
    return Stale(CHANGED, known=0, current=1)


def _write(values: Mapping[Line, Any], words: Words) -> None:
    documents: dict[str, Any] = {}
    for line, value in values.items():
        whole = documents.get(line.setting, words[line.setting])
        documents[line.setting] = placed(whole, line.path, value)
    for key, document in documents.items():
        db.session.merge(Setting(key=key, value=document))
    db.session.flush()


def _record(
    act: SettingAct,
    changes: Mapping[str, tuple[Any, Any]],
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    if changes:
        told = {key: {"before": was, "after": now} for key, (was, now) in changes.items()}
        audit.record(
            Subject.SETTING, SettingNumber.CITY, act, actor,
            at=at, reason=reason, detail={"lines": told},
        )  # fmt: skip
