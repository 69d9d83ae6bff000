"""Remove bytes that no row names: what a broken-off upload left behind, after a day's grace."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import union_all

from extensions import db
from issues.backups.named import digests
from issues.dossiers import batches
from issues.evidence.storage.named import is_named
from issues.ground import clock
from issues.jobs.job import Tools
from issues.works import asking

GRACE = timedelta(days=1)


def find(tools: Tools) -> Iterator[str]:
    """Digests that are kept and not named. Broken-off uploads are swept on the way."""
    tools.store.sweep_temp(older_than=clock.real_now() - GRACE)
    named = set(db.session.scalars(digests()))
    return (digest for digest in tools.store.digests() if digest not in named)


def do(tools: Tools, unit: str) -> bool:
    """Looked up again: a row may have come in between."""
    results = union_all(batches.kept(), asking.kept())
    if is_named(unit) or unit in set(db.session.scalars(results)):
        return False
    return tools.store.remove_orphan(unit, older_than=clock.real_now() - GRACE)
