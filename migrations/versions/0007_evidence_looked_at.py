"""Alike pictures found by bands, rulings on doubts, readings, withdrawn files, told places."""

import sqlalchemy as sa
from alembic import op

revision = "0007_evidence_looked_at"
down_revision = "0006_counting_by_colour"
branch_labels = None
depends_on = None

FLAGS = (
    "same_bytes", "near_identical", "taken_before_assignment", "taken_after_finish",
    "far_from_place", "last_minute", "finish_before_work", "edited_by_software", "repeated_text",
)  # fmt: skip
BANDS, WIDTH = 4, 16
AT_ONCE = 1000


def word(name, codes):
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade():
    _widen_evidence()
    _make_twins()
    _make_rulings()
    _make_readings()
    _fill_bands()


def _widen_evidence():
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("dhash_inner", sa.String(length=16), nullable=True))
        for name in ("is_place_told", "has_preview"):
            batch.add_column(
                sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
            )
        batch.add_column(sa.Column("withdrawn_by_id", sa.Integer(), nullable=True))
        batch.add_column(
            sa.Column("withdraw_reason", sa.Text(), server_default="", nullable=False)
        )
        batch.create_foreign_key(
            op.f("fk_evidence_withdrawn_by_id"), "account", ["withdrawn_by_id"], ["id"]
        )
    op.execute(sa.text("UPDATE evidence SET has_preview = :yes WHERE media_type LIKE 'image/%'")
               .bindparams(sa.bindparam("yes", True, sa.Boolean())))


def _make_twins():
    op.create_table(
        "evidence_band",
        sa.Column("band", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("bits", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_band_evidence_id")
        ),
        sa.PrimaryKeyConstraint(
            "band", "value", "evidence_id", "bits", name=op.f("pk_evidence_band")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_evidence_band_evidence_id", "evidence_band", ["evidence_id"])
    op.create_table(
        "evidence_twin",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("distance", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_twin_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["twin_id"], ["evidence.id"], name=op.f("fk_evidence_twin_twin_id")
        ),
        sa.PrimaryKeyConstraint("evidence_id", "twin_id", name=op.f("pk_evidence_twin")),
    )
    op.create_index(op.f("ix_evidence_twin_twin_id"), "evidence_twin", ["twin_id"])


def _make_rulings():
    op.create_table(
        "flag_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("kind", word("flagkind", FLAGS), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("twin_id", sa.Integer(), nullable=True),
        sa.Column("ruling", word("ruling", ("upheld", "dismissed")), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ruled_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(evidence_id IS NULL) <> (report_id IS NULL)",
            name=op.f("ck_flag_ruling_of_one_thing"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_flag_ruling_with_a_reason")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_flag_ruling_issue_id")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_flag_ruling_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["progress_report.id"], name=op.f("fk_flag_ruling_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["ruled_by_id"], ["account.id"], name=op.f("fk_flag_ruling_ruled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_ruling")),
    )
    op.create_index(op.f("ix_flag_ruling_issue_id"), "flag_ruling", ["issue_id"])


def _make_readings():
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("pollutant", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("unit_of_value", sa.String(length=20), nullable=False),
        sa.Column("low", sa.String(length=40), nullable=True),
        sa.Column("high", sa.String(length=40), nullable=True),
        sa.Column("sampled_on", sa.Date(), nullable=False),
        sa.Column("point", sa.String(length=80), nullable=False),
        sa.Column("laboratory", sa.String(length=80), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdraw_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdraw_reason = '')",
            name=op.f("ck_reading_withdrawn_why"),
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_reading_issue_id")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_reading_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_reading_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reading_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    op.create_index(op.f("ix_reading_issue_id"), "reading", ["issue_id"])


def _fill_bands():
    """The pictures that are there already, by the hash of the whole picture."""
    band = sa.table(
        "evidence_band", sa.column("band"), sa.column("value"), sa.column("evidence_id"),
        sa.column("bits"),
    )  # fmt: skip
    bind = op.get_bind()
    known = bind.execute(
        sa.text("SELECT id, dhash FROM evidence WHERE dhash IS NOT NULL ORDER BY id")
    ).all()
    for start in range(0, len(known), AT_ONCE):
        op.bulk_insert(
            band,
            [row for id_, dhash in known[start : start + AT_ONCE] for row in _bands(id_, dhash)],
        )


def _bands(evidence_id, dhash):
    bits = int(dhash, 16)
    signed = bits - (1 << 64) if bits >> 63 else bits
    for band in range(BANDS):
        value = bits >> (WIDTH * band) & ((1 << WIDTH) - 1)
        yield {"band": band, "value": value, "evidence_id": evidence_id, "bits": signed}


def downgrade():
    op.drop_table("reading")
    op.drop_table("flag_ruling")
    op.drop_table("evidence_twin")
    op.drop_table("evidence_band")
    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint(op.f("fk_evidence_withdrawn_by_id"), type_="foreignkey")
        for name in (
            "withdraw_reason", "withdrawn_by_id", "has_preview", "is_place_told", "dhash_inner",
        ):  # fmt: skip
            batch.drop_column(name)
