"""Who complained: sealed as it comes in. Who may read it, and reading it, is in clearances.py."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import exists, select

from extensions import db
from issues.ground.secrecy import sealing
from issues.models import Complainant, Issue

BEFORE_KEYS = "complainants"
"""What the earlier sealing, whose rows name no key, derived its own from."""
NOTE = "note"


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


def reseal(row: Complainant) -> None:
    """With the key that seals now. Never commits. Raises CannotOpen."""
    db.session.merge(_row(row.issue_id, opened(row)))


def _row(issue_id: int, known: Mapping[str, str]) -> Complainant:
    text = json.dumps(known, ensure_ascii=False).encode()
    sealed = sealing.seal(text, _place(issue_id))
    return Complainant(issue_id=issue_id, sealed=sealed, key_id=sealing.current_key())


def _place(issue_id: int) -> str:
    return f"complainant of ticket {issue_id}"
