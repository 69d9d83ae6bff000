"""Who complained: sealed as it comes in. Who may read it, and reading it, is in clearances.py."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import exists, select

from extensions import db
from issues.ground import signs
from issues.ground.batches import among
from issues.ground.secrecy import persons, sealing
from issues.models import Complainant, Issue

BEFORE_KEYS = "complainants"
"""What the earlier sealing, whose rows name no key, derived its own from."""
NOTE = "note"
SHORTEST = {"name": 2, "phone": 7, "address": 6}
"""What is compared with texts, from how many signs on: a shorter one stands in any text."""
NOBODY = frozenset({"匿名", "不详", "群众", "村民", "居民", "业主", "市民", "保密", "未知"})
"""Stands where a name should, and names nobody."""
_NUMBERS = re.compile(
    r"(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}"
    r"|(?!(?:19|20)\d{6}(?!\d))\d{7,19}X?)(?!\d)"
)
"""Within a note: a telephone, an identity number, any other that is long and no date."""


def write(issue: Issue, given: Mapping[str, Any]) -> None:
    """Seal what is known of the complainant. Empty details leave no row. Never commits."""
    known = {name: text for name, text in given.items() if text}
    if not known:
        return
    db.session.merge(_row(issue.id, known))
    db.session.flush()


def add(issue: Issue, given: Mapping[str, str]) -> None:
    """Seal this beside what is known: what says otherwise goes into the note. Never commits."""
    row = db.session.get(Complainant, issue.id)
    known = opened(row) if row else {}
    for name, text in given.items():
        if not known.get(name):
            known[name] = text
        elif text not in known[name]:
            lines = [known.get(NOTE, ""), text]
            known[NOTE] = "\n".join(line for line in lines if line)
    write(issue, known)


def has_contact(issue: Issue) -> bool:
    return bool(db.session.scalar(select(exists().where(Complainant.issue_id == issue.id))))


def opened(row: Complainant) -> dict[str, str]:
    """Who complained. Raises CannotOpen."""
    if not sealing.is_sealed(row.sealed):
        return json.loads(sealing.open_token(row.sealed, BEFORE_KEYS))
    return json.loads(sealing.open_sealed(row.sealed, _place(row.issue_id)))


def named_in(texts: Mapping[int, Sequence[str]]) -> list[tuple[int, int]]:
    """Which text of which ticket holds who complained of it, by its place; never what it holds.

    For machines alone: nothing of what is opened leaves here. Raises CannotOpen.
    """
    rows = db.session.scalars(select(Complainant).where(among(Complainant.issue_id, list(texts))))
    return [
        (row.issue_id, place)
        for row in rows
        for sought in [list(_sought(opened(row)))]
        for place, text in enumerate(texts[row.issue_id])
        if any(one in _bare(text) for one in sought)
    ]


def _sought(known: Mapping[str, str]) -> Iterator[str]:
    for name, shortest in SHORTEST.items():
        for part in re.split(r"[、，,；;/\n]", known.get(name, "")):
            bare = _bare(part)
            if len(bare) >= shortest and bare not in NOBODY:
                yield bare
    for line in known.get(NOTE, "").splitlines():
        yield from map(_bare, _NUMBERS.findall(signs.folded(line).upper()))
        if persons.is_name(bare := _bare(line)):
            yield bare


def _bare(text: str) -> str:
    """However it is spaced, dashed or full of width; an X of an identity number is a great one."""
    return re.sub(r"[\s\-—－·.]", "", signs.folded(text)).upper()


def reseal(row: Complainant) -> None:
    """With the key that seals now. Never commits. Raises CannotOpen."""
    db.session.merge(_row(row.issue_id, opened(row)))


def _row(issue_id: int, known: Mapping[str, str]) -> Complainant:
    text = json.dumps(known, ensure_ascii=False).encode()
    sealed = sealing.seal(text, _place(issue_id))
    return Complainant(issue_id=issue_id, sealed=sealed, key_id=sealing.current_key())


def _place(issue_id: int) -> str:
    return f"complainant of ticket {issue_id}"
