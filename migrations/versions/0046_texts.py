"""Texts read into drafts, and which of their paragraphs became which ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0046_texts"
down_revision = "0045_polluters"
branch_labels = None
depends_on = None

SOURCES = (
    "YD", "YX", "SD", "SX", "ZH", "JS", "AF", "ZC", "GZ", "QT", "YG", "LD", "RX", "MT",
)  # fmt: skip


def upgrade():
    op.create_table(
        "text_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                *SOURCES, name="source", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_text_document_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_document")),
    )
    op.create_index(op.f("ix_text_document_key_id"), "text_document", ["key_id"])
    op.create_table(
        "text_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("first >= 1 AND last >= first", name=op.f("ck_text_item_in_order")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["text_document.id"], name=op.f("fk_text_item_document_id")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_text_item_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_item")),
        sa.UniqueConstraint("issue_id", name=op.f("uq_text_item_issue_id")),
    )
    op.create_index(op.f("ix_text_item_document_id"), "text_item", ["document_id"])


def downgrade():
    op.drop_table("text_item")
    op.drop_table("text_document")
