"""Numbers without gap or repetition: a row a series, taken in the caller's transaction."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from extensions import db, plain_rows
from issues.city.lines import require
from issues.city.words import PREFIX
from issues.colour.policies import setting
from issues.imprints.writing import touch_rows
from issues.models import Counter, Issue
from issues.vocabulary import Source

IN_TURN = 7_302
"""What the locks of series are told from others by."""
_COUNTER = select(Counter).where(Counter.series == bindparam("series")).with_for_update()
_BEARER = select(Issue.id).where(Issue.number == bindparam("number"))


def take(series: str) -> int:
    """The next number of a series. It is taken when the transaction commits, or not at all."""
    row = _held(series)
    row.last += 1
    db.session.flush()
    return row.last


def hold(series: str) -> None:
    """Whoever takes a number of the series waits for this transaction; none is taken."""
    _held(series)


def _held(series: str) -> Counter:
    """Its row, for this transaction alone.

    On PostgreSQL those who wait for one row are not served in turn: of thirty-two who registered
    one waited for 22 s. Those who wait for an advisory lock are.
    """
    if db.engine.dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock(IN_TURN, func.hashtext(series))
        db.session.execute(select(lock))
    return db.session.scalars(_COUNTER, {"series": series}).first() or _begin(series)


def _begin(series: str) -> Counter:
    """Two may begin a series at once: the second finds the first one's row."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    first = insert(Counter).values(series=series, last=0)
    db.session.execute(first.on_conflict_do_nothing())
    touch_rows(Counter, [(series,)], is_new=True)
    return db.session.scalars(_COUNTER, {"series": series}).one()


def prefix_of_numbers() -> str:
    """What the city's numbers begin with. Raises NotSetUp."""
    return str(require(PREFIX, {PREFIX: setting(PREFIX)}))


def next_issue_number(source: Source, year: int) -> str:
    """The next number that no ticket bears, imported ones included: MY-AF-2025-118.

    Raises NotSetUp where the city has not said its prefix.
    """
    prefix = f"{prefix_of_numbers()}-{source.value}-{year}"
    while True:
        number = f"{prefix}-{take(f'issue {prefix}'):03d}"
        if plain_rows(_BEARER, {"number": number}).first() is None:
            return number


def pass_number(number: str) -> None:
    """Let the series of a number given elsewhere go on after it, so that no gap is filled later."""
    prefix, _, last = number.rpartition("-")
    series = f"issue {prefix}"
    row = _held(series)
    row.last = max(row.last, int(last))
