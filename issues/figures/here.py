"""The counts of this process, for those deep inside who are given none; and its connections."""

from sqlalchemy import Engine, Pool, QueuePool, event

from issues.figures.kept import Kept

IN_USE, PLACES = "database_pool_in_use", "database_pool_limit"
_here: list[Kept] = []


def use(kept: Kept) -> None:
    _here[:] = [kept]


def move(change: float, *key: str) -> None:
    for kept in _here:
        kept.move(change, *key)


def put(value: float, *key: str) -> None:
    for kept in _here:
        kept.put(value, *key)


def add(*key: str) -> None:
    for kept in _here:
        kept.add(*key)


def watch(engine: Engine, most_beyond: int) -> None:
    """Count the connections lent out; `most_beyond` of them may be made past the pool's size."""

    @event.listens_for(engine, "checkout")
    def lend(*_given: object) -> None:
        move(1.0, IN_USE)

    @event.listens_for(engine, "checkin")
    def take_back(*_given: object) -> None:
        move(-1.0, IN_USE)

    pool: Pool = engine.pool
    if isinstance(pool, QueuePool):
        put(float(pool.size() + most_beyond), PLACES)
