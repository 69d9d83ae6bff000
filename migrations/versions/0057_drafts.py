"""The steps of a draft, what is being typed into it, the pictures of its annexes."""

import sqlalchemy as sa
from alembic import op

revision = "0057_drafts"
down_revision = "0056_operations"
branch_labels = None
depends_on = None

ACTS = (
    "begin", "write", "strike", "revive", "follow", "add", "up", "down", "annex", "unannex",
    "fields", "take_in", "undo", "redo", "return",
)  # fmt: skip


def upgrade():
    op.create_table(
        "draft_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(*ACTS, name="deskact", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_draft_version_from_one")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_draft_version_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_draft_version_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_version")),
    )
    op.create_index(
        "uq_draft_version_number", "draft_version", ["notice_id", "number"], unique=True
    )
    _typings()
    _pictures()


def _typings():
    op.create_table(
        "draft_typing",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("base", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_draft_typing_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_draft_typing_account_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", "account_id", "key", name=op.f("pk_draft_typing")),
    )


def _pictures():
    op.create_table(
        "draft_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_draft_picture_has_size")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_draft_picture_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_draft_picture_evidence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_picture")),
    )
    op.create_index("ix_draft_picture_notice_id", "draft_picture", ["notice_id"])
    op.create_index("ix_draft_picture_sha256", "draft_picture", ["sha256"])
    op.create_index(
        "uq_draft_picture_evidence", "draft_picture", ["notice_id", "evidence_id"], unique=True
    )


def downgrade():
    op.drop_table("draft_picture")
    op.drop_table("draft_typing")
    op.drop_table("draft_version")
