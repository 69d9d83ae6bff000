"""The keys of each ticket's problem are kept in step with it, in the transaction that writes it.

As with what is searched, the rows that the imprints of a transaction name tell which tickets are
read anew, however they were written.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    delete,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Session

from extensions import db, transaction
from issues.ground.batches import among, narrowed, rowset
from issues.imprints.writing import TOUCHED, changed
from issues.likeness.fingerprint import keys_of
from issues.models import Issue, LikenessKey

AT_ONCE = 500
NO_KEY = 0
"""In place of none, of a ticket that has no keys yet."""
COLUMNS = {"key": BigInteger, "issue_id": Integer}


def follow(session: Session) -> None:
    """Before a commit, and before the imprints of the same rows are written and forgotten."""
    if session.in_nested_transaction():
        return
    session.flush()
    found = session.info.get(TOUCHED, {}).get("issue", ())
    refresh({key[0] for key in found if _may_differ(changed(session, "issue", key))})


def _may_differ(names: Collection[str] | None) -> bool:
    return names is None or "problem" in names


def refresh(ids: Collection[int]) -> int:
    """Bring the keys of the tickets in step; of how many they differed. Never commits."""
    ordered, count = sorted(ids), 0
    for begin in range(0, len(ordered), AT_ONCE):
        count += _refresh(ordered[begin : begin + AT_ONCE])
    return count


def _refresh(ids: Collection[int]) -> int:
    connection = db.session.connection()
    kept: dict[int, set[int]] = defaultdict(set)
    problems: dict[int, str] = {}
    for id_, problem, key in connection.execute(_KEPT(), {"ids": list(ids)}):
        problems[id_] = problem
        kept[id_].add(key)
    for keys in kept.values():
        keys.discard(NO_KEY)
    wanted = {id_: set(keys_of(problem)) for id_, problem in problems.items()}
    differing = [id_ for id_ in problems if wanted[id_] != kept[id_]]
    if gone := [id_ for id_ in differing if kept[id_]]:
        connection.execute(delete(LikenessKey).where(among(LikenessKey.issue_id, gone)))
    new = [{"key": str(key), "issue_id": id_} for id_ in differing for key in sorted(wanted[id_])]
    if new:
        connection.execute(insert(LikenessKey).from_select(list(COLUMNS), _sent(new)))
    return len(differing)


_KEPT = narrowed(
    select(Issue.id, Issue.problem, func.coalesce(LikenessKey.key, NO_KEY)).outerjoin(
        LikenessKey, LikenessKey.issue_id == Issue.id
    ),
    Issue.id,
)


def _sent(rows: Sequence[Mapping[str, Any]]) -> Select[Any]:
    sent = rowset(COLUMNS, rows)
    columns: list[ColumnElement[Any]] = [sent.c[name].cast(kind) for name, kind in COLUMNS.items()]
    return select(*columns)


def rebuild() -> Iterator[int]:
    """Tickets that have no keys are given theirs, a lot at a time; how many so far."""
    done = after = 0
    last = db.session.scalar(select(func.max(Issue.id))) or 0
    has_keys = select(LikenessKey.issue_id).where(LikenessKey.issue_id == Issue.id).exists()
    for _ in range(last):
        rows = select(Issue.id).where(Issue.id > after, ~has_keys).order_by(Issue.id)
        ids = db.session.scalars(rows.limit(AT_ONCE)).all()
        if not ids:
            return
        with transaction():
            done += refresh(ids)
        after = ids[-1]
        yield done


event.listen(db.session, "before_commit", follow, insert=True)
