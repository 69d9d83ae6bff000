"""The keys of each lead's text, written as it comes in: its text never changes."""

from collections.abc import Iterator

from sqlalchemy import func, insert, select

from extensions import db, transaction
from issues.likeness.fingerprint import keys_of
from issues.likeness.index import AT_ONCE
from issues.models import Lead, LeadKey


def keep(lead_id: int, text: str) -> None:
    """Never commits."""
    rows = [{"key": key, "lead_id": lead_id} for key in sorted(set(keys_of(text)))]
    if rows:
        db.session.execute(insert(LeadKey), rows)


def rebuild() -> Iterator[int]:
    """Leads that have no keys are given theirs, a lot at a time; how many so far."""
    done = after = 0
    last = db.session.scalar(select(func.max(Lead.id))) or 0
    has_keys = select(LeadKey.lead_id).where(LeadKey.lead_id == Lead.id).exists()
    for _ in range(last):
        rows = select(Lead.id, Lead.text).where(Lead.id > after, ~has_keys).order_by(Lead.id)
        found = db.session.execute(rows.limit(AT_ONCE)).all()
        if not found:
            return
        with transaction():
            for row in found:
                keep(row.id, row.text)
                done += bool(keys_of(row.text))
        after = found[-1].id
        yield done
