"""Runs migrations on the app's own database: all steps in one transaction, or none of them.

A step names plain SQL types, so that it still means the same when the models have moved on.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

SQLITE = "sqlite"


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
        context.run_migrations()
        if connection.dialect.name == SQLITE:
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if orphans:
                raise OrphanRows(repr(orphans[:5]))


def keep_foreign_keys(connection: Connection, setting: str) -> None:
    """SQLite changes a table by copying it; its rows must not be missed while it is away."""
    if connection.dialect.name == SQLITE:
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={setting}")


with current_app.extensions["migrate"].db.engine.connect() as opened:
    keep_foreign_keys(opened, "OFF")
    try:
        migrate(opened)
    finally:
        opened.rollback()
        keep_foreign_keys(opened, "ON")
