"""Every table the product starts with."""

import sqlalchemy as sa
from alembic import op

revision = "0001_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "anchor",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chains", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_anchor")),
    )
    op.create_table(
        "assessment_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("board", sa.JSON(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_round")),
        sa.UniqueConstraint("on", name=op.f("uq_assessment_round_on")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_workday", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "counter",
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_counter")),
    )
    op.create_table(
        "job_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_failure")),
    )
    with op.batch_alter_table("job_failure", schema=None) as batch_op:
        batch_op.create_index("uq_job_failure_unit", ["name", "unit", "on"], unique=True)

    op.create_table(
        "job_lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_lease")),
    )
    op.create_table(
        "job_mark",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("done_through", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_mark")),
    )
    op.create_table(
        "login_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_attempt_name_at"), ["name", "at"], unique=False)

    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("short_name", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_region"), ["region"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("display_name", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_account_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_api_token_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_user_id"), ["user_id"], unique=False)

    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["account.id"], name=op.f("fk_clearance_granted_by_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_clearance_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
    )
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clearance_user_id"), ["user_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("before", sa.String(length=32), nullable=False),
        sa.Column("after", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("is_covert", sa.Boolean(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name=op.f("fk_event_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_actor", ["actor_id"], unique=False)
        batch_op.create_index("ix_event_on", ["on"], unique=False)
        batch_op.create_index("uq_event_chain", ["subject", "subject_id", "seq"], unique=True)

    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "YD",
                "YX",
                "SD",
                "SX",
                "ZH",
                "JS",
                "AF",
                "ZC",
                "GZ",
                "QT",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source_ref", sa.String(length=80), nullable=True),
        sa.Column("case_number", sa.String(length=32), nullable=True),
        sa.Column("is_starred", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("primary_unit_id", sa.Integer(), nullable=True),
        sa.Column("lead_unit_id", sa.Integer(), nullable=True),
        sa.Column("acceptance_unit_id", sa.Integer(), nullable=True),
        sa.Column("supervising_unit_id", sa.Integer(), nullable=True),
        sa.Column("sponsor", sa.String(length=80), nullable=False),
        sa.Column("sponsor_account_id", sa.Integer(), nullable=True),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("inspector_id", sa.Integer(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("deadline_text", sa.String(length=120), nullable=False),
        sa.Column(
            "deadline_kind",
            sa.Enum(
                "fixed",
                "immediate",
                "standing",
                "fixed_then_standing",
                "immediate_then_standing",
                "by_measures",
                name="deadlinekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("first_deadline", sa.Date(), nullable=True),
        sa.Column("first_assigned_on", sa.Date(), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("declined_round", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "assigned",
                "planning",
                "plan_review",
                "rectifying",
                "first_acceptance",
                "site_check",
                "approval",
                "publicity",
                "closed",
                "standing",
                "merged",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("publicity_from", sa.Date(), nullable=True),
        sa.Column("publicity_until", sa.Date(), nullable=True),
        sa.Column("interim_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("imported_on", sa.Date(), nullable=True),
        sa.Column("reporting_from", sa.Date(), nullable=True),
        sa.Column("last_report_on", sa.Date(), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unlawful", sa.Boolean(), nullable=False),
        sa.Column("yellow_from", sa.Date(), nullable=False),
        sa.Column("red_from", sa.Date(), nullable=False),
        sa.Column("card", sa.String(length=8), nullable=False),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("firings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(status = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_issue_merged_into")
        ),
        sa.CheckConstraint(
            "(status IN ('closed', 'standing')) = (closed_on IS NOT NULL)",
            name=op.f("ck_issue_closed_on_iff"),
        ),
        sa.CheckConstraint("card IN ('', 'yellow', 'red')", name=op.f("ck_issue_card")),
        sa.CheckConstraint(
            "status <> 'draft' OR assigned_on IS NULL", name=op.f("ck_issue_draft_unassigned")
        ),
        sa.CheckConstraint(
            "status <> 'publicity' OR publicity_from IS NOT NULL",
            name=op.f("ck_issue_publicity_dated"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'withdrawn', 'merged') OR assigned_on IS NOT NULL",
            name=op.f("ck_issue_open_is_assigned"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('first_acceptance', 'site_check', 'approval', 'publicity') OR claimed_on IS NOT NULL",
            name=op.f("ck_issue_checked_is_claimed"),
        ),
        sa.CheckConstraint(
            "acceptance_unit_id IS NULL OR acceptance_unit_id <> primary_unit_id",
            name=op.f("ck_issue_accepts_not_itself"),
        ),
        sa.CheckConstraint("round >= 1", name=op.f("ck_issue_round")),
        sa.ForeignKeyConstraint(
            ["acceptance_unit_id"], ["unit.id"], name=op.f("fk_issue_acceptance_unit_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_issue_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["account.id"], name=op.f("fk_issue_inspector_id")
        ),
        sa.ForeignKeyConstraint(["lead_unit_id"], ["unit.id"], name=op.f("fk_issue_lead_unit_id")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["issue.id"], name=op.f("fk_issue_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["primary_unit_id"], ["unit.id"], name=op.f("fk_issue_primary_unit_id")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_account_id"], ["account.id"], name=op.f("fk_issue_sponsor_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["supervising_unit_id"], ["unit.id"], name=op.f("fk_issue_supervising_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
        sa.UniqueConstraint("number", name=op.f("uq_issue_number")),
    )
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.create_index(
            "ix_issue_board",
            ["status", "red_from", "yellow_from", "card", "primary_unit_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_issue_case_number"), ["case_number"], unique=False)
        batch_op.create_index("ix_issue_deadline", ["deadline", "id"], unique=False)
        batch_op.create_index("ix_issue_region", ["region"], unique=False)
        batch_op.create_index("ix_issue_source", ["source"], unique=False)

    op.create_table(
        "ledger_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_ledger_import_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_import")),
    )
    op.create_table(
        "once_key",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_once_key_user_id")),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_once_key")),
    )
    with op.batch_alter_table("once_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_once_key_at"), ["at"], unique=False)

    op.create_table(
        "policy_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["account.id"], name=op.f("fk_policy_version_approver_id")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_policy_version_author_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_policy_version")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "office",
                "head",
                "inspector",
                "reporter",
                "unit_leader",
                "leader",
                "performance",
                "sysadmin",
                "secadmin",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "granted_by_id IS NULL OR granted_by_id <> user_id",
            name=op.f("ck_role_grant_not_to_self"),
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["account.id"], name=op.f("fk_role_grant_granted_by_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_role_grant_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(
            "uq_role_grant_live",
            ["user_id", "role"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_sign_in_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_digest")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_user_id"), ["user_id"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_passed_on", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_return", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_claim_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "colour_span",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("yellow_from", sa.Date(), nullable=False),
        sa.Column("red_from", sa.Date(), nullable=False),
        sa.Column("card", sa.String(length=8), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "assigned",
                "planning",
                "plan_review",
                "rectifying",
                "first_acceptance",
                "site_check",
                "approval",
                "publicity",
                "closed",
                "standing",
                "merged",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "YD",
                "YX",
                "SD",
                "SX",
                "ZH",
                "JS",
                "AF",
                "ZC",
                "GZ",
                "QT",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("firings", sa.JSON(), nullable=False),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_colour_span_forward")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_colour_span_issue_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_colour_span_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colour_span")),
    )
    with op.batch_alter_table("colour_span", schema=None) as batch_op:
        batch_op.create_index("ix_colour_span_days", ["valid_to", "valid_from"], unique=False)
        batch_op.create_index("uq_colour_span_start", ["issue_id", "valid_from"], unique=True)

    op.create_table(
        "complainant",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_complainant_issue_id")),
        sa.PrimaryKeyConstraint("issue_id", name=op.f("pk_complainant")),
    )
    op.create_table(
        "issue_firing",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "Y1",
                "Y2",
                "Y3",
                "Y4",
                "Y5",
                "Y6",
                "R1",
                "R2",
                "R3",
                "R4",
                "R5",
                "R6",
                "R7",
                name="rule",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_firing_issue_id")),
        sa.PrimaryKeyConstraint("issue_id", "rule", name=op.f("pk_issue_firing")),
    )
    with op.batch_alter_table("issue_firing", schema=None) as batch_op:
        batch_op.create_index("ix_issue_firing_rule", ["rule", "since", "issue_id"], unique=False)

    op.create_table(
        "issue_unit",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "primary",
                "responsible",
                "lead",
                "supporting",
                "acceptance",
                "supervising",
                "measure",
                "territorial",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_unit_issue_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_issue_unit_unit_id")),
        sa.PrimaryKeyConstraint("issue_id", "unit_id", "relation", name=op.f("pk_issue_unit")),
    )
    with op.batch_alter_table("issue_unit", schema=None) as batch_op:
        batch_op.create_index(
            "ix_issue_unit_reach", ["unit_id", "relation", "issue_id"], unique=False
        )

    op.create_table(
        "lookback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=80), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "pass",
                "relapse",
                "fake",
                name="lookbackresult",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("inspectors", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(done_on IS NULL) = (result IS NULL)", name=op.f("ck_lookback_done_with_result")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_lookback_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookback")),
    )
    with op.batch_alter_table("lookback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lookback_issue_id"), ["issue_id"], unique=False)
        batch_op.create_index("uq_lookback_plan", ["issue_id", "planned_on", "why"], unique=True)

    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("deadline_text", sa.String(length=120), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=True),
        sa.Column("unit_of_target", sa.String(length=20), nullable=False),
        sa.Column("reported", sa.String(length=40), nullable=True),
        sa.Column("confirmed", sa.String(length=40), nullable=True),
        sa.Column("is_reported_done", sa.Boolean(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("original", sa.JSON(), nullable=False),
        sa.CheckConstraint("done_on IS NULL OR is_done", name=op.f("ck_measure_done_on_done")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_measure_issue_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_measure_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index("ix_measure_issue", ["issue_id", "round", "no"], unique=False)
        batch_op.create_index("ix_measure_unit", ["unit_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "N0",
                "N1",
                "N2",
                "N3",
                "N4",
                "N5",
                "N6",
                "N7",
                "N8",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "signed",
                "void",
                name="noticestatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("occurrence", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("sign_due", sa.Date(), nullable=True),
        sa.Column("reply_due", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_name", sa.String(length=40), nullable=False),
        sa.Column("acknowledged_phone", sa.String(length=40), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("reply_evidence", sa.JSON(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("token", sa.String(length=43), nullable=True),
        sa.CheckConstraint(
            "status <> 'draft' OR number IS NULL", name=op.f("ck_notice_draft_unnumbered")
        ),
        sa.CheckConstraint(
            "status <> 'signed' OR (number IS NOT NULL AND signed_on IS NOT NULL AND sha256 IS NOT NULL)",
            name=op.f("ck_notice_signed_is_frozen"),
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["account.id"], name=op.f("fk_notice_drafted_by_id")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_notice_issue_id")),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["account.id"], name=op.f("fk_notice_signed_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_notice_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("number", name=op.f("uq_notice_number")),
        sa.UniqueConstraint("token", name=op.f("uq_notice_token")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_issue_id"), ["issue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_notice_trigger", ["issue_id", "trigger", "occurrence"], unique=True
        )

    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_objection_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "part_taken",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.CheckConstraint("part IN ('report', 'accept')", name=op.f("ck_part_taken_part")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_part_taken_issue_id")),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=op.f("fk_part_taken_user_id")),
        sa.PrimaryKeyConstraint("issue_id", "user_id", name=op.f("pk_part_taken")),
    )
    op.create_table(
        "policy_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "number IS NULL OR ended_at IS NOT NULL",
            name=op.f("ck_policy_draft_published_is_ended"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_policy_draft_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["number"], ["policy_version.number"], name=op.f("fk_policy_draft_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_draft")),
    )
    op.create_table(
        "progress_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'pending') = (reviewed_on IS NULL)", name=op.f("ck_progress_report_reviewed")
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'confirmed', 'returned')", name=op.f("ck_progress_report_state")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_progress_report_issue_id")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["account.id"], name=op.f("fk_progress_report_reporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["account.id"], name=op.f("fk_progress_report_reviewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_report")),
    )
    with op.batch_alter_table("progress_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_report_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "round_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("computed", sa.String(length=8), nullable=False),
        sa.Column("card", sa.String(length=8), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("colour", sa.String(length=8), nullable=False),
        sa.Column("is_unable", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('', 'confirm', 'hold', 'raise')", name=op.f("ck_round_item_decision")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_round_item_issue_id")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_round_item_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_item")),
    )
    with op.batch_alter_table("round_item", schema=None) as batch_op:
        batch_op.create_index("uq_round_item_issue", ["round_id", "issue_id"], unique=True)

    op.create_table(
        "site_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("inspectors", sa.JSON(), nullable=False),
        sa.Column(
            "conclusion",
            sa.Enum(
                "pass",
                "return",
                "fake",
                name="conclusion",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_site_check_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_check")),
    )
    with op.batch_alter_table("site_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_site_check_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "plan",
                "before",
                "during",
                "after",
                "monitoring",
                "completion",
                "penalty",
                "similar",
                "mechanism",
                "revisit",
                "acceptance",
                "publicity",
                "conclusion",
                "site_check",
                "other",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_covert", sa.Boolean(), nullable=False),
        sa.Column("taken_at", sa.String(length=32), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("software", sa.String(length=120), nullable=False),
        sa.Column("dhash", sa.String(length=16), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_evidence_issue_id")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_evidence_measure_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["evidence.id"], name=op.f("fk_evidence_replaces_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evidence_unit_id")),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["account.id"], name=op.f("fk_evidence_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_issue", ["issue_id", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_sha256"), ["sha256"], unique=False)

    op.create_table(
        "notice_issue",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_notice_issue_issue_id")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_issue_notice_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", "issue_id", name=op.f("pk_notice_issue")),
    )
    with op.batch_alter_table("notice_issue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_issue_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("colour", sa.String(length=8), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lift_reason", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("check_id", sa.Integer(), nullable=True),
        sa.Column("is_watch", sa.Boolean(), nullable=False),
        sa.CheckConstraint("colour IN ('yellow', 'red')", name=op.f("ck_card_colour")),
        sa.ForeignKeyConstraint(["check_id"], ["evidence.id"], name=op.f("fk_card_check_id")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_card_issue_id")),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["account.id"], name=op.f("fk_card_lifted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["account.id"], name=op.f("fk_card_raised_by_id")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["evidence.id"], name=op.f("fk_card_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
    )
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.create_index(
            "uq_card_standing",
            ["issue_id"],
            unique=True,
            sqlite_where=sa.text("lifted_on IS NULL"),
            postgresql_where=sa.text("lifted_on IS NULL"),
        )

    op.create_table(
        "exposure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "province",
                "state",
                "media_province",
                "media_state",
                name="exposurelevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("medium", sa.String(length=120), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["evidence.id"], name=op.f("fk_exposure_document_id")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_exposure_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposure")),
    )
    with op.batch_alter_table("exposure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exposure_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("old_deadline", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'granted', 'refused')", name=op.f("ck_extension_state")
        ),
        sa.CheckConstraint("deadline > old_deadline", name=op.f("ck_extension_later")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["evidence.id"], name=op.f("fk_extension_document_id")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_extension_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extension_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "fake",
                "relapse",
                name="findingresult",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["evidence.id"], name=op.f("fk_finding_document_id")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_finding_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_issue_id"), ["issue_id"], unique=False)


def downgrade():
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_issue_id"))

    op.drop_table("finding")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extension_issue_id"))

    op.drop_table("extension")
    with op.batch_alter_table("exposure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exposure_issue_id"))

    op.drop_table("exposure")
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_card_standing",
            sqlite_where=sa.text("lifted_on IS NULL"),
            postgresql_where=sa.text("lifted_on IS NULL"),
        )

    op.drop_table("card")
    with op.batch_alter_table("notice_issue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_issue_issue_id"))

    op.drop_table("notice_issue")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_sha256"))
        batch_op.drop_index("ix_evidence_issue")

    op.drop_table("evidence")
    with op.batch_alter_table("site_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_site_check_issue_id"))

    op.drop_table("site_check")
    with op.batch_alter_table("round_item", schema=None) as batch_op:
        batch_op.drop_index("uq_round_item_issue")

    op.drop_table("round_item")
    with op.batch_alter_table("progress_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_report_issue_id"))

    op.drop_table("progress_report")
    op.drop_table("policy_draft")
    op.drop_table("part_taken")
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_issue_id"))

    op.drop_table("objection")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("uq_notice_trigger")
        batch_op.drop_index(batch_op.f("ix_notice_unit_id"))
        batch_op.drop_index(batch_op.f("ix_notice_issue_id"))

    op.drop_table("notice")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index("ix_measure_unit")
        batch_op.drop_index("ix_measure_issue")

    op.drop_table("measure")
    with op.batch_alter_table("lookback", schema=None) as batch_op:
        batch_op.drop_index("uq_lookback_plan")
        batch_op.drop_index(batch_op.f("ix_lookback_issue_id"))

    op.drop_table("lookback")
    with op.batch_alter_table("issue_unit", schema=None) as batch_op:
        batch_op.drop_index("ix_issue_unit_reach")

    op.drop_table("issue_unit")
    with op.batch_alter_table("issue_firing", schema=None) as batch_op:
        batch_op.drop_index("ix_issue_firing_rule")

    op.drop_table("issue_firing")
    op.drop_table("complainant")
    with op.batch_alter_table("colour_span", schema=None) as batch_op:
        batch_op.drop_index("uq_colour_span_start")
        batch_op.drop_index("ix_colour_span_days")

    op.drop_table("colour_span")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_issue_id"))

    op.drop_table("claim")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_user_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_grant_live",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.drop_table("role_grant")
    op.drop_table("policy_version")
    with op.batch_alter_table("once_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_once_key_at"))

    op.drop_table("once_key")
    op.drop_table("ledger_import")
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.drop_index("ix_issue_source")
        batch_op.drop_index("ix_issue_region")
        batch_op.drop_index("ix_issue_deadline")
        batch_op.drop_index(batch_op.f("ix_issue_case_number"))
        batch_op.drop_index("ix_issue_board")

    op.drop_table("issue")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("uq_event_chain")
        batch_op.drop_index("ix_event_on")
        batch_op.drop_index("ix_event_actor")

    op.drop_table("event")
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clearance_user_id"))

    op.drop_table("clearance")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_user_id"))

    op.drop_table("api_token")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_unit_id"))

    op.drop_table("account")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_region"))

    op.drop_table("unit")
    op.drop_table("setting")
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_attempt_name_at"))

    op.drop_table("login_attempt")
    op.drop_table("job_mark")
    op.drop_table("job_lease")
    with op.batch_alter_table("job_failure", schema=None) as batch_op:
        batch_op.drop_index("uq_job_failure_unit")

    op.drop_table("job_failure")
    op.drop_table("counter")
    op.drop_table("calendar_year")
    op.drop_table("calendar_day")
    op.drop_table("assessment_round")
    op.drop_table("anchor")
