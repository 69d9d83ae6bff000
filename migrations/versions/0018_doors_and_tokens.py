"""Identities outside, sessions begun by them, tokens with scope and end, tries by address."""

import sqlalchemy as sa
from alembic import op

revision = "0018_doors_and_tokens"
down_revision = "0017_proofs_of_a_person"
branch_labels = None
depends_on = None

DOORS = sa.Enum("oidc", "cas", "ldap", name="doorkind", native_enum=False, create_constraint=True,
                length=32)  # fmt: skip
SCOPES = sa.Enum("full", "act", "read", "leads", name="tokenscope", native_enum=False,
                 create_constraint=False, length=32)  # fmt: skip
LIVE = sa.text("ended_at IS NULL")
INSTANT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "outside_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("door", DOORS, nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("shown", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_outside_identity_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["linked_by_id"], ["account.id"], name=op.f("fk_outside_identity_linked_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_identity")),
    )
    op.create_index(op.f("ix_outside_identity_user_id"), "outside_identity", ["user_id"])
    for name, columns in (("live", ["door", "issuer", "subject"]), ("of_user", ["user_id", "door"])):
        op.create_index(
            f"uq_outside_identity_{name}", "outside_identity", columns, unique=True,
            sqlite_where=LIVE, postgresql_where=LIVE,
        )  # fmt: skip
    op.create_table(
        "spent_proof",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_spent_proof")),
    )
    op.create_index(op.f("ix_spent_proof_at"), "spent_proof", ["at"])
    op.add_column("account", sa.Column("password_until", INSTANT, nullable=True))
    op.add_column(
        "sign_in", sa.Column("door", sa.String(length=8), server_default="", nullable=False)
    )
    with op.batch_alter_table("api_token") as tokens:
        tokens.add_column(sa.Column("scope", SCOPES, server_default="full", nullable=False))
        tokens.add_column(sa.Column("expires_at", INSTANT, nullable=True))
        tokens.add_column(sa.Column("used_at", INSTANT, nullable=True))
        tokens.create_check_constraint(
            op.f("ck_api_token_tokenscope"), "scope IN ('full', 'act', 'read', 'leads')"
        )
    op.create_index(op.f("ix_login_attempt_address_at"), "login_attempt", ["address", "at"])


def downgrade():
    """A token of a narrower scope would gain the whole account: it ends with its scope."""
    op.execute("UPDATE api_token SET revoked_at = created_at "
               "WHERE scope <> 'full' AND revoked_at IS NULL")  # fmt: skip
    op.drop_index(op.f("ix_login_attempt_address_at"), "login_attempt")
    with op.batch_alter_table("api_token") as tokens:
        tokens.drop_constraint(op.f("ck_api_token_tokenscope"), type_="check")
        for name in ("used_at", "expires_at", "scope"):
            tokens.drop_column(name)
    op.drop_column("sign_in", "door")
    op.drop_column("account", "password_until")
    op.drop_table("spent_proof")
    op.drop_table("outside_identity")
