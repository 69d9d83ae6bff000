"""Runs migrations on the app's own database: all steps in one transaction, or none of them.

Of several processes that start at once one migrates; the others wait and find nothing left to do.
A step names plain SQL types, so that it still means the same when the models have moved on.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection, func, select
from sqlalchemy.types import TypeDecorator

from extensions import writing

SQLITE = "sqlite"
ONE_AT_A_TIME = 730_200
"""The number of PostgreSQL's lock that migrations of this product wait for."""


class OrphanRows(RuntimeError):
    """A step left rows that point at nothing; the whole upgrade is taken back."""


def render_plainly(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def migrate(connection: Connection) -> None:
    settings = current_app.extensions["migrate"]
    context.configure(
        connection=connection,
        target_metadata=settings.db.metadata,
        transactional_ddl=True,
        render_item=render_plainly,
        **settings.configure_args,
    )
    with context.begin_transaction():
        if connection.dialect.name != SQLITE:
            connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        context.run_migrations()
        if connection.dialect.name == SQLITE:
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if orphans:
                raise OrphanRows(repr(orphans[:5]))


def keep_foreign_keys(connection: Connection, setting: str) -> None:
    """SQLite changes a table by copying it; its rows must not be missed while it is away."""
    if connection.dialect.name == SQLITE:
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={setting}")


def migrate_alone() -> None:
    with current_app.extensions["migrate"].db.engine.connect() as opened:
        keep_foreign_keys(opened, "OFF")
        try:
            with writing():
                migrate(opened)
        finally:
            opened.rollback()
            keep_foreign_keys(opened, "ON")


if (given := context.config.attributes.get("connection")) is not None:
    migrate(given)  # part of the transaction of whoever gave it
else:
    migrate_alone()
