"""Taking the rows that stand under imprints, told in the history: at a start, once an upgrade."""

from auth.actor import SYSTEM
from extensions import transaction
from issues import audit
from issues.ground import clock
from issues.imprints import covering
from issues.vocabulary import RecordAct, Subject


def cover_rows() -> int:
    """Rows from before imprints, or whose tables have changed since; how many. Opens its own.

    Of two processes at once the second finds nothing left to do, or covers the same again.
    """
    with transaction():
        if not covering.is_due():
            return 0
        count = covering.cover_all()
        audit.record(
            Subject.RECORD, 0, RecordAct.COVER, SYSTEM, at=clock.now(), detail={"rows": count}
        )
    return count
