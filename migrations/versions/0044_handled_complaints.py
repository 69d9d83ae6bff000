"""What is found of a complaint, and what followed, are fields of its ticket.

Until now they stood among what a ledger brings beside its fields, by their headings.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0044_handled_complaints"
down_revision = "0043_likeness"
branch_labels = None
depends_on = None

VERDICTS = {"属实": "founded", "基本属实": "mostly", "部分属实": "partly", "不属实": "unfounded"}
TEXTS = {"findings": "调查核实情况", "punished": "责任人被处理情况"}
COUNTS = {
    "ordered": "责令整改", "penalised": "立案处罚", "investigated": "立案侦查",
    "detained": "拘留", "summoned": "约谈", "held_to_account": "问责",
}  # fmt: skip
COMPLAINTS = ("YX", "SX")
FINE, VERDICT = "罚款（万元）", "是否属实"
COUNT, MONEY = re.compile(r"[0-9]{1,8}"), re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
ISSUE = sa.table(
    "issue",
    sa.column("id", sa.Integer), sa.column("extra", sa.JSON), sa.column("source", sa.String),
    sa.column("verified", sa.String), sa.column("fine", sa.String),
    *(sa.column(name, sa.Text) for name in TEXTS),
    *(sa.column(name, sa.Integer) for name in COUNTS),
)  # fmt: skip


def upgrade():
    verdict = sa.Enum(
        *VERDICTS.values(), name="truth", native_enum=False, create_constraint=True, length=32
    )
    with op.batch_alter_table("issue") as table:
        table.add_column(sa.Column("verified", verdict, nullable=True))
        table.add_column(sa.Column("fine", sa.String(40), nullable=True))
        for name in TEXTS:
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        for name in COUNTS:
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
    for row in _rows():
        found, left = _taken(row.extra or {})
        if found:
            _write(row.id, found | {"extra": left})


def downgrade():
    for row in _rows():
        words = {code: word for word, code in VERDICTS.items()}
        said = {VERDICT: words.get(row.verified), FINE: row.fine}
        said |= {heading: getattr(row, name) for name, heading in (TEXTS | COUNTS).items()}
        kept = {heading: str(value) for heading, value in said.items() if value not in (None, "")}
        if kept:
            _write(row.id, {"extra": (row.extra or {}) | kept})
    with op.batch_alter_table("issue") as table:
        table.drop_constraint(op.f("ck_issue_truth"), type_="check")
        for name in ("verified", "fine", *TEXTS, *COUNTS):
            table.drop_column(name)


def _rows():
    rows = sa.select(*ISSUE.columns).where(ISSUE.c.source.in_(COMPLAINTS))
    return op.get_bind().execute(rows.order_by(ISSUE.c.id)).all()


def _write(issue_id, values):
    op.get_bind().execute(sa.update(ISSUE).where(ISSUE.c.id == issue_id).values(**values))


def _taken(extra):
    """The fields read, and what stays: a cell that is none of them is kept as it stands."""
    found, left = {}, {}
    texts = {heading: name for name, heading in TEXTS.items()}
    counts = {heading: name for name, heading in COUNTS.items()}
    for heading, said in extra.items():
        if not isinstance(said, str):
            left[heading] = said
        elif heading in texts:
            found[texts[heading]] = said
        elif heading in counts and COUNT.fullmatch(said):
            found[counts[heading]] = int(said)
        elif heading == FINE and MONEY.fullmatch(said):
            found["fine"] = said
        elif heading == VERDICT and said in VERDICTS:
            found["verified"] = VERDICTS[said]
        else:
            left[heading] = said
    return found, left
