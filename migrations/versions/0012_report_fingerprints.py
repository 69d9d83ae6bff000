"""Progress reports found nearly the same by parts of a fingerprint, also those already there.

The measure is the product's of this step, written out: a later one brings a step of its own.
"""

import struct
import unicodedata
from collections import Counter
from hashlib import blake2b, shake_128
from itertools import pairwise

import sqlalchemy as sa
from alembic import op

revision = "0012_report_fingerprints"
down_revision = "0011_board_of_a_million"
branch_labels = None
depends_on = None

ALIKE, LEAST_LENGTH = 85, 10
BANDS, ROWS = 32, 4
MOST_COMPARED, MOST_TWINS = 400, 20
AT_ONCE = 500
LOWEST = struct.Struct(f"<{BANDS * ROWS}I")

KEY = sa.table("report_key", sa.column("key", sa.BigInteger), sa.column("report_id"))
TWIN = sa.table("report_twin", sa.column("report_id"), sa.column("twin_id"), sa.column("share"))
REPORT = sa.table(
    "progress_report", sa.column("id"), sa.column("issue_id"), sa.column("reporter_id"),
    sa.column("text"), sa.column("state"),
)  # fmt: skip
ISSUE = sa.table("issue", sa.column("id"), sa.column("primary_unit_id"))
ACCOUNT = sa.table("account", sa.column("id"), sa.column("unit_id"))
WITH_UNITS = (
    sa.select(REPORT, ISSUE.c.primary_unit_id, ACCOUNT.c.unit_id)
    .join(ISSUE, ISSUE.c.id == REPORT.c.issue_id)
    .outerjoin(ACCOUNT, ACCOUNT.c.id == REPORT.c.reporter_id)
)


def upgrade():
    op.create_table(
        "report_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["progress_report.id"], name=op.f("fk_report_key_report_id")
        ),
        sa.PrimaryKeyConstraint("key", "report_id", name=op.f("pk_report_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report_twin",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("share", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("share BETWEEN 1 AND 100", name=op.f("ck_report_twin_share")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["progress_report.id"], name=op.f("fk_report_twin_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["twin_id"], ["progress_report.id"], name=op.f("fk_report_twin_twin_id")
        ),
        sa.PrimaryKeyConstraint("report_id", "twin_id", name=op.f("pk_report_twin")),
    )
    _fill()


def _fill():
    """The reports that are there, in their order, some at a time."""
    bind, last = op.get_bind(), 0
    while rows := bind.execute(
        WITH_UNITS.where(REPORT.c.id > last).order_by(REPORT.c.id).limit(AT_ONCE)
    ).all():
        for row in rows:
            keys = fingerprint(row.text)
            if keys:
                op.bulk_insert(TWIN, list(_twins(bind, row, keys)))
                op.bulk_insert(KEY, [{"key": key, "report_id": row.id} for key in keys])
        last = rows[-1].id


def fingerprint(text):
    signs = _signs(text)
    if len(signs) < LEAST_LENGTH:
        return []
    met, hashed = Counter(), []
    for pair in map("".join, pairwise(signs)):
        met[pair] += 1
        name = f"{pair}{met[pair]}".encode()
        hashed.append(LOWEST.unpack(shake_128(name).digest(LOWEST.size)))
    lowest = [min(column) for column in zip(*hashed)]
    return [_key(band, lowest[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def _key(band, minima):
    named = blake2b(struct.pack(f"<{ROWS + 1}I", band, *minima), digest_size=8)
    return int.from_bytes(named.digest(), "big", signed=True)


def _signs(text):
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def _twins(bind, report, keys):
    kept, sure = Counter(), set()
    for row in bind.execute(_candidates(report, keys)):
        is_own, is_sure = row.issue_id == report.issue_id, row.state == "confirmed"
        if kept[is_own] >= MOST_TWINS and (not is_sure or is_own in sure):
            continue
        share = _share(_signs(report.text), _signs(row.text))
        if share >= ALIKE:
            kept[is_own] += 1
            sure |= {is_own} if is_sure else set()
            yield {"report_id": report.id, "twin_id": row.id, "share": share}


def _candidates(report, keys):
    near = sa.select(KEY.c.report_id).where(KEY.c.key.in_(keys))
    is_own = REPORT.c.issue_id == report.issue_id
    same = [is_own, REPORT.c.text == report.text]
    if report.primary_unit_id is not None:
        same.append(ISSUE.c.primary_unit_id == report.primary_unit_id)
    if report.unit_id is not None:
        same.append(ACCOUNT.c.unit_id == report.unit_id)
    return (
        WITH_UNITS.where(REPORT.c.id.in_(near), REPORT.c.id < report.id, sa.or_(*same))
        .where(REPORT.c.state != "returned")
        .order_by(is_own.desc(), REPORT.c.id.desc())
        .limit(MOST_COMPARED)
    )


def _share(signs, others):
    first, second = Counter(pairwise(signs)), Counter(pairwise(others))
    whole = first.total() + second.total()
    return 200 * (first & second).total() // whole if whole else 0


def downgrade():
    op.drop_table("report_twin")
    op.drop_table("report_key")
