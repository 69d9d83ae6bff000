"""Past passwords, links to set one, second factors, and what takes two administrators.

An account holds one administrator's role at most: the database refuses a second one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017_proofs_of_a_person"
down_revision = "0016_marks_and_algorithms"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LIVE_FACTOR = sa.text("ended_at IS NULL AND confirmed_at IS NOT NULL")
BEGUN_FACTOR = sa.text("ended_at IS NULL AND confirmed_at IS NULL")
OPEN = sa.text("decided_at IS NULL")
ADMINISTRATOR = sa.text("revoked_at IS NULL AND role IN ('sysadmin', 'secadmin', 'auditor')")
ROLES = (
    "office", "head", "inspector", "reporter", "unit_leader", "leader", "performance",
    "sysadmin", "secadmin", "auditor",
)


def upgrade():
    op.add_column("sign_in", sa.Column("proven_at", MOMENT, nullable=True))
    op.create_index(
        "uq_role_grant_administrator", "role_grant", ["user_id"], unique=True,
        sqlite_where=ADMINISTRATOR, postgresql_where=ADMINISTRATOR,
    )
    _passwords()
    _factors()
    op.create_table(
        "proof_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _to_account("proof_try", "user_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_try")),
    )
    op.create_index(op.f("ix_proof_try_user_id_at"), "proof_try", ["user_id", "at"])
    _pairs()


def _to_account(table, column):
    return sa.ForeignKeyConstraint([column], ["account.id"], name=op.f(f"fk_{table}_{column}"))


def _passwords():
    op.create_table(
        "past_password",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=False),
        _to_account("past_password", "user_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_password")),
    )
    op.create_index(op.f("ix_past_password_user_id"), "past_password", ["user_id"])
    op.create_table(
        "password_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        _to_account("password_link", "made_by_id"),
        _to_account("password_link", "user_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_password_link_digest")),
    )
    op.create_index(op.f("ix_password_link_user_id"), "password_link", ["user_id"])


def _factors():
    op.create_table(
        "second_factor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        _to_account("second_factor", "user_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
    )
    op.create_index(op.f("ix_second_factor_user_id"), "second_factor", ["user_id"])
    for name, where in (("live", LIVE_FACTOR), ("begun", BEGUN_FACTOR)):
        op.create_index(
            f"uq_second_factor_{name}", "second_factor", ["user_id"], unique=True,
            sqlite_where=where, postgresql_where=where,
        )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("factor_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["factor_id"], ["second_factor.id"], name=op.f("fk_recovery_code_factor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_recovery_code_digest")),
    )
    op.create_index(op.f("ix_recovery_code_factor_id"), "recovery_code", ["factor_id"])


def _pairs():
    def one_of(name, *words):
        return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)

    acts = one_of("pairact", "grant_role", "reset_password", "reset_factor")
    outcomes = one_of("pairoutcome", "confirmed", "refused", "withdrawn")
    op.create_table(
        "pair_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", acts, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", one_of("role", *ROLES), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("outcome", outcomes, nullable=True),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome <> 'confirmed' OR (decided_by_id <> asked_by_id"
            " AND decided_by_id <> user_id AND asked_by_id <> user_id)",
            name=op.f("ck_pair_request_two_persons"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (outcome IS NULL)",
            name=op.f("ck_pair_request_decided_iff_outcome"),
        ),
        _to_account("pair_request", "asked_by_id"),
        _to_account("pair_request", "decided_by_id"),
        _to_account("pair_request", "user_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_request")),
    )
    op.create_index(op.f("ix_pair_request_user_id"), "pair_request", ["user_id"])
    op.create_index(
        "uq_pair_request_open", "pair_request", ["user_id", "act"], unique=True,
        sqlite_where=OPEN, postgresql_where=OPEN,
    )


def downgrade():
    """Who had a second factor has none any more; the passwords stay."""
    for table in (
        "pair_request", "proof_try", "recovery_code", "second_factor", "password_link",
        "past_password",
    ):
        op.drop_table(table)
    op.drop_index("uq_role_grant_administrator", table_name="role_grant")
    op.drop_column("sign_in", "proven_at")
