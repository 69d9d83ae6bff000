"""A clearance is of one ticket and can be taken back; what is sealed names its key.

Clearances of before opened the complainants of every ticket: all of them end here, and the head
gives new ones. What lies unsealed is sealed by `secrets rotate`: that needs the key.
"""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0019_clearances_and_sealed_files"
down_revision = "0018_doors_and_tokens"
branch_labels = None
depends_on = None

CLEARANCE = sa.table(
    "clearance",
    sa.column("issue_id", sa.Integer),
    sa.column("until", sa.Date),
    sa.column("revoked_at", sa.DateTime(timezone=True)),
    sa.column("revoke_reason", sa.Text),
)
ORIGINAL = sa.table(
    "complaint_original",
    sa.column("sha256", sa.String),
    sa.column("plain_sha256", sa.String),
    sa.column("key_id", sa.String),
)
ENDED = "升级后授权改为逐件给予，此前不限事项的授权终止"
LONG_AGO = date(1970, 1, 1)
KEY_ID = 16
SEALED = ("complainant", "ledger_import")


def upgrade():
    with op.batch_alter_table("clearance") as batch:
        batch.add_column(sa.Column("issue_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("revoked_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("revoke_reason", sa.Text(), server_default="", nullable=False))
        batch.create_foreign_key(op.f("fk_clearance_issue_id"), "issue", ["issue_id"], ["id"])
        batch.create_foreign_key(
            op.f("fk_clearance_revoked_by_id"), "account", ["revoked_by_id"], ["id"]
        )
        batch.create_index("ix_clearance_issue", ["issue_id", "user_id"])
    now = datetime.now(UTC)
    op.execute(sa.update(CLEARANCE).values(revoked_at=now, revoke_reason=ENDED))
    with op.batch_alter_table("clearance") as batch:
        batch.create_check_constraint(
            op.f("ck_clearance_of_a_ticket"), "issue_id IS NOT NULL OR revoked_at IS NOT NULL"
        )
        batch.create_check_constraint(
            op.f("ck_clearance_not_to_self"), "granted_by_id <> user_id OR revoked_at IS NOT NULL"
        )
    for table in SEALED:
        with op.batch_alter_table(table) as batch:
            batch.add_column(
                sa.Column("key_id", sa.String(length=16), server_default="", nullable=False)
            )
            batch.create_index(f"ix_{table}_key_id", ["key_id"])
    _originals()


def _originals():
    with op.batch_alter_table("complaint_original") as batch:
        batch.drop_index("uq_complaint_original_bytes")
        batch.add_column(sa.Column("sealed_name", sa.LargeBinary(), nullable=True))
        batch.add_column(
            sa.Column("plain_sha256", sa.String(length=64), server_default="", nullable=False)
        )
        batch.add_column(
            sa.Column("key_id", sa.String(length=16), server_default="", nullable=False)
        )
        batch.create_index("ix_complaint_original_key_id", ["key_id"])
    op.execute(sa.update(ORIGINAL).values(plain_sha256=ORIGINAL.c.sha256))
    with op.batch_alter_table("complaint_original") as batch:
        batch.alter_column("plain_sha256", server_default=None)
        batch.create_index(
            "uq_complaint_original_bytes", ["issue_id", "plain_sha256"], unique=True
        )


def downgrade():
    """Clearances of one ticket end, since an earlier version would open all tickets with them.

    What has been sealed an earlier version cannot open, and it would lose the names of files.
    """
    named = (sa.table(name, sa.column("key_id")) for name in ("complainant", ORIGINAL.name))
    sealed = (
        sa.select(sa.func.count()).where(sa.func.length(table.c.key_id) == KEY_ID)
        for table in named
    )
    if any(op.get_bind().scalar(count) for count in sealed):
        message = "已有加密封存的举报人信息或信访件原件，不能退回旧版本的结构；需要退回时，请从升级前的备份恢复。"
        raise RuntimeError(message)
    with op.batch_alter_table("complaint_original") as batch:
        batch.drop_index("uq_complaint_original_bytes")
        batch.drop_index("ix_complaint_original_key_id")
        batch.drop_column("key_id")
        batch.drop_column("plain_sha256")
        batch.drop_column("sealed_name")
        batch.create_index("uq_complaint_original_bytes", ["issue_id", "sha256"], unique=True)
    for table in SEALED:
        with op.batch_alter_table(table) as batch:
            batch.drop_index(f"ix_{table}_key_id")
            batch.drop_column("key_id")
    op.execute(sa.update(CLEARANCE).where(CLEARANCE.c.issue_id.is_not(None)).values(until=LONG_AGO))
    with op.batch_alter_table("clearance") as batch:
        batch.drop_constraint(op.f("ck_clearance_not_to_self"), type_="check")
        batch.drop_constraint(op.f("ck_clearance_of_a_ticket"), type_="check")
        batch.drop_index("ix_clearance_issue")
        batch.drop_constraint(op.f("fk_clearance_revoked_by_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_clearance_issue_id"), type_="foreignkey")
        for name in ("revoke_reason", "revoked_by_id", "revoked_at", "issue_id"):
            batch.drop_column(name)
