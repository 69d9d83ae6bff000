"""The database itself refuses to change or remove a row of the history.

SQLite's INSERT OR REPLACE removes a row without any DELETE trigger, so a third trigger refuses an
insert over a row that stands. PostgreSQL also empties tables by TRUNCATE.
"""

from alembic import op

revision = "0002_history_only_grows"
down_revision = "0001_first_tables"
branch_labels = None
depends_on = None

REFUSAL = "event is append-only"

SQLITE = {
    "event_no_update": "BEFORE UPDATE ON event",
    "event_no_delete": "BEFORE DELETE ON event",
    "event_no_replace": "BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id"
    " OR (subject = NEW.subject AND subject_id = NEW.subject_id AND seq = NEW.seq))",
}
POSTGRESQL = {
    "event_no_change": "BEFORE UPDATE OR DELETE ON event FOR EACH ROW",
    "event_no_truncate": "BEFORE TRUNCATE ON event FOR EACH STATEMENT",
}


def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        for name, when in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
        return
    op.execute(
        "CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
        " END $$"
    )
    for name, when in POSTGRESQL.items():
        op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION refuse_event_change()")


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE:
            op.execute(f"DROP TRIGGER {name}")
        return
    for name in POSTGRESQL:
        op.execute(f"DROP TRIGGER {name} ON event")
    op.execute("DROP FUNCTION refuse_event_change()")
