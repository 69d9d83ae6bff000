"""What is searched is brought in step with the facts, in the very transaction that writes them.

As a transaction commits, the rows that its imprints name tell which tickets are read anew, however
they were written: there is no second list of the places that write.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Select,
    String,
    Table,
    bindparam,
    delete,
    event,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from auth.models import UnitAlias
from extensions import db, plain_rows
from issues.ground.batches import among, asked, prepared
from issues.imprints.facts import Key
from issues.imprints.writing import TOUCHED, Touched, changed
from issues.models import (
    Event,
    Evidence,
    Issue,
    IssueUnit,
    Measure,
    NoticeIssue,
    Region,
    SearchText,
    SiteCheck,
    Target,
)
from issues.search.kinds import HANGS_ON, OF_ISSUE, READ
from issues.search.papers import said_of
from issues.search.spelling import grams
from issues.vocabulary import FoundIn, Subject

AT_ONCE = 500
Place = tuple[int, str, str, int]
"""A ticket, a kind, an audience, a unit: what one text is of."""


def follow(session: Session) -> None:
    """Before a commit, and before the imprints of the same rows are written and forgotten."""
    if session.in_nested_transaction():
        return
    session.flush()
    touched: Touched = session.info.get(TOUCHED, {})
    wanted: dict[int, set[FoundIn]] = defaultdict(set)
    for name, kinds in HANGS_ON.items():
        for issue_id in _tickets_of(name, touched.get(name, ())):
            wanted[issue_id].update(kinds)
    for key in touched.get("issue", ()):
        names = changed(session, "issue", key)
        wanted[key[0]].update(
            kind for kind, read in OF_ISSUE.items() if names is None or not read.isdisjoint(names)
        )
    together: dict[frozenset[FoundIn], list[int]] = defaultdict(list)
    for issue_id, found in wanted.items():
        if found:
            together[frozenset(found)].append(issue_id)
    for some, ids in together.items():
        refresh(ids, some)


def refresh(ids: Collection[int], kinds: Collection[FoundIn] = tuple(FoundIn)) -> int:
    """Bring these kinds of texts of the tickets in step; how many texts differed. Never commits."""
    ordered, count = sorted(ids), 0
    for begin in range(0, len(ordered), AT_ONCE):
        some = ordered[begin : begin + AT_ONCE]
        _hold(some)
        count += _write(_kept(some, kinds), bodies_of(some, kinds))
    return count


def bodies_of(ids: Sequence[int], kinds: Collection[FoundIn]) -> dict[Place, str]:
    """What is searched of the tickets: the texts of one kind for one audience together."""
    lines: dict[Place, list[str]] = defaultdict(list)
    for kind in FoundIn:
        for part in READ[kind](ids) if kind in kinds else ():
            place = (part.issue_id, part.kind.value, part.audience.value, part.unit_id)
            lines[place].append(part.body)
    return {place: "\n".join(dict.fromkeys(each)) for place, each in lines.items()}


def _tickets_of(name: str, found: Iterable[Key]) -> set[int]:
    """The tickets of rows of one table. One that is gone tells none: its ticket was written too."""
    keys = list(found)
    if not keys:
        return set()
    if name == Event.__tablename__:
        acts = plain_rows(_acts(), {"ids": [key[0] for key in keys]})
        return {act.id for act in acts if said_of(act)}
    if name in _BY_ID:
        rows = _BY_ID[name]([key[0] for key in keys])
        return set(db.session.connection().scalars(rows))
    return {key[_PLACE[name]] for key in keys}


def _owned(model: Any, ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return select(model.issue_id).where(among(model.id, ids))


_ABOVE = aliased(Region)
_BY_ID: Mapping[str, Callable[[Sequence[int]], Select[Any]]] = {
    "unit": lambda ids: select(IssueUnit.issue_id).where(among(IssueUnit.unit_id, ids)),
    "unit_alias": lambda ids: (
        select(IssueUnit.issue_id)
        .join(UnitAlias, UnitAlias.unit_id == IssueUnit.unit_id)
        .where(among(UnitAlias.id, ids))
    ),
    "account": lambda ids: select(Issue.id).where(
        or_(among(Issue.inspector_id, ids), among(Issue.sponsor_account_id, ids))
    ),
    "region": lambda ids: (
        select(Issue.id)
        .join(Region, Region.code == Issue.township)
        .join(_ABOVE, Region.path.startswith(_ABOVE.path, autoescape=False))
        .where(among(_ABOVE.id, ids))
    ),
    "measure": lambda ids: _owned(Measure, ids),
    "site_check": lambda ids: _owned(SiteCheck, ids),
    "target": lambda ids: _owned(Target, ids),
    "notice": lambda ids: select(NoticeIssue.issue_id).where(among(NoticeIssue.notice_id, ids)),
    "evidence": lambda ids: _owned(Evidence, ids),
}
"""By the table: the statement that finds the tickets of such rows."""


@prepared
def _acts() -> Select[*tuple[Any, ...]]:
    """Acts on tickets with their words: one without any adds nothing that is searched."""
    of_ticket = (Event.subject_id == Issue.id) & (Event.subject == Subject.TICKET.value)
    said = select(Issue.id, Event.action, Event.reason, Event.detail)
    return said.join(Event, of_ticket).where(asked(Event.id))


_PLACE = {"issue_unit": 0, "notice_issue": 1}
"""Where in the key of the other tables the ticket stands."""


def _hold(ids: Sequence[int]) -> None:
    """Two transactions that write of one ticket wait for each other: neither loses a line."""
    rows = select(Issue.id).where(among(Issue.id, ids)).order_by(Issue.id)
    if not _is_sqlite():
        db.session.connection().execute(rows.with_for_update(key_share=True))


@prepared
def _texts_of() -> Select[*tuple[Any, ...]]:
    texts = SearchText
    columns = (texts.issue_id, texts.kind, texts.audience, texts.unit_id, texts.id, texts.body)
    return select(*columns).where(asked(texts.issue_id))


def _kept(ids: Sequence[int], kinds: Collection[FoundIn]) -> dict[Place, tuple[int, str]]:
    wanted = {one.value for one in kinds}
    return {
        (row.issue_id, row.kind, row.audience, row.unit_id): (row.id, row.body)
        for row in plain_rows(_texts_of(), {"ids": ids})
        if row.kind in wanted
    }


def _write(kept: Mapping[Place, tuple[int, str]], bodies: Mapping[Place, str]) -> int:
    gone = [one for place, one in kept.items() if place not in bodies]
    changed = [
        (*kept[place], body)
        for place, body in bodies.items()
        if place in kept and kept[place][1] != body
    ]
    new = [(place, body) for place, body in bodies.items() if place not in kept]
    connection = db.session.connection()
    if gone:
        _forget(gone)
        connection.execute(delete(SearchText).where(among(SearchText.id, [i for i, _ in gone])))
    if changed:
        _forget([(id_, was) for id_, was, _ in changed])
        this = SearchText.id == bindparam("this")
        one = update(_texts()).where(this).values(body=bindparam("now"))
        connection.execute(one, [{"this": id_, "now": body} for id_, _, body in changed])
        _remember([(id_, body) for id_, _, body in changed])
    if new:
        _remember(list(zip(_added(new), (body for _, body in new), strict=True)))
    return len(gone) + len(changed) + len(new)


def _added(new: Sequence[tuple[Place, str]]) -> list[int]:
    """The ids the database gave, in the order of the texts."""
    names = ("issue_id", "kind", "audience", "unit_id")
    rows = [dict(zip(names, place, strict=True)) | {"body": body} for place, body in new]
    one = insert(_texts()).returning(SearchText.id, sort_by_parameter_order=True)
    return list(db.session.connection().scalars(one, rows))


def _texts() -> Table:
    return db.metadata.tables[SearchText.__tablename__]


def _forget(texts: Sequence[tuple[int, str]]) -> None:
    """Of the index alone, which is told what stood there."""
    if _is_sqlite():
        said = "INSERT INTO search_gram (search_gram, rowid, grams) VALUES ('delete', :id, :g)"
        _run(said, [{"id": i, "g": " ".join(grams(body))} for i, body in texts])
    else:
        _run("DELETE FROM search_gram WHERE text_id = :id", [{"id": i} for i, _ in texts])


def enter(texts: Sequence[tuple[int, str]]) -> None:
    """Texts that are kept already, by their ids, where the index knows nothing of them yet."""
    _remember(texts)


def _remember(texts: Sequence[tuple[int, str]]) -> None:
    if _is_sqlite():
        said = "INSERT INTO search_gram (rowid, grams) VALUES (:id, :g)"
        _run(said, [{"id": i, "g": " ".join(grams(body))} for i, body in texts])
        return
    statement = text("INSERT INTO search_gram (text_id, grams) VALUES (:id, :g)").bindparams(
        bindparam("g", type_=ARRAY(String))
    )
    rows = [{"id": i, "g": grams(body)} for i, body in texts]
    db.session.connection().execute(statement, rows)


def _run(statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
    db.session.connection().execute(text(statement), list(rows))


def _is_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"


event.listen(db.session, "before_commit", follow, insert=True)
