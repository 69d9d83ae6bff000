"""Tickets that came in by an import of before are given what an import does by itself now.

The colours of their past; and what their supplementary info tells of who complained is sealed.
"""

from collections.abc import Iterator

from sqlalchemy import select

from auth.actor import SYSTEM
from extensions import db, transaction
from issues import audit
from issues.colour import past
from issues.evidence import complainants
from issues.exchange.reading import extra_columns as supplement
from issues.ground import clock
from issues.ground.batches import among
from issues.ground.secrecy import persons
from issues.models import Issue, Setting
from issues.vocabulary import BesideAct

AT_ONCE = 500
SEALED = "supplement_sealed"
"""The setting that says that every import of before has been looked through."""


def fill_past() -> Iterator[int]:
    """Tickets that came in before imports wrote their past are given it; how many so far.

    A lot at a time, each in a transaction of its own and under lock: one that breaks off is taken
    up again, and of two at once the second finds nothing left.
    """
    done = 0
    for ids in past.lots():
        with transaction():
            db.session.execute(select(Issue.id).where(among(Issue.id, ids)).with_for_update())
            filled, at = past.fill(ids), clock.now()
            for issue in db.session.scalars(select(Issue).where(among(Issue.id, filled))):
                audit.record_beside(issue, BesideAct.FILL_PAST, SYSTEM, at=at)
        done += len(filled)
        yield done


def seal_persons() -> Iterator[int]:
    """What the supplementary info tells of persons is sealed; of how many tickets so far.

    A lot at a time, each whole: one that breaks off begins anew and finds the rest. The history
    says that it was done and how many columns, in no word of theirs.
    """
    done = after = 0
    while db.session.get(Setting, SEALED) is None:
        imported = (Issue.id > after, Issue.imported_on.is_not(None))
        rows = select(Issue).where(*imported).order_by(Issue.id).limit(AT_ONCE)
        with transaction():
            found = db.session.scalars(rows.with_for_update()).all()
            done += sum(_seal(issue) for issue in found)
            if not found:
                db.session.merge(Setting(key=SEALED, value=True))
        after = found[-1].id if found else after
        yield done


def _seal(issue: Issue) -> bool:
    kept = supplement.open_part(issue.extra)
    told = {name: text for name, text in issue.extra.items() if kept.get(name) != text}
    if not told:
        return False
    complainants.add(issue, persons.sorted_out(told))
    issue.extra = kept
    audit.record_beside(
        issue, BesideAct.SEAL_COMPLAINANT, SYSTEM, at=clock.now(), detail={"columns": len(told)},
        is_covert=True,
    )  # fmt: skip
    return True
