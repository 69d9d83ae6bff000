"""The database refuses what the domain calls impossible, whoever writes it."""

import re

import pytest
from databases import EMPTY, POSTGRESQL, SQLITE
from sqlalchemy import CheckConstraint, Enum, MetaData, Table, UniqueConstraint, text
from sqlalchemy.exc import IntegrityError
from tables import contents, fill, standing

from extensions import db

IMPOSSIBLE = [
    ("ck_address_one_owner", "address", "user_id = NULL"),
    ("ck_address_one_owner", "address", "unit_id = 1"),
    ("ck_message_one_owner", "message", "user_id = NULL"),
    ("ck_message_choice_one_owner", "message_choice", "unit_id = 1"),
    ("ck_outbox_message_to_address", "outbox", "message_id = 1"),
    ("ck_lead_dismissed_with_reason", "lead", "state = 'dismissed', issue_id = NULL, reason = ''"),
    ("ck_lead_led_to_a_ticket", "lead", "issue_id = NULL"),
    ("ck_lead_limit_of_a_reading", "lead", "value = NULL, pollutant = ''"),
    ("ck_lead_reading_named", "lead", "pollutant = ''"),
    ("ck_lead_says_something", "lead", "text = ''"),
    ("ck_lead_triaged", "lead", "triaged_at = NULL"),
    ("ck_lead_whole_point", "lead", "lat = NULL"),
    ("ck_outbox_one_channel", "outbox", "notice_id = NULL"),
    ("ck_outbox_one_channel", "outbox", "webhook_id = 1"),
    ("ck_outbox_sent_or_ended", "outbox", "ended_at = sent_at"),
    ("ck_backup_run_fails_at_its_end", "backup_run", "ended_at = NULL"),
    ("ck_callback_answer_iff_reached", "callback", "satisfaction = NULL"),
    ("ck_callback_proposal_iff_dissatisfied", "callback", "proposal = 'recheck'"),
    ("ck_callback_sealed_by_a_key", "callback", "key_id = ''"),
    ("ck_capture_of_a_record", "capture", "note_id = NULL, check_id = NULL"),
    ("ck_card_colour", "card", "colour = 'grey'"),
    ("ck_card_proposal_answered_on", "card_proposal", "answered_on = '2025-11-25'"),
    (
        "ck_card_proposal_answered_with_words",
        "card_proposal",
        "state = 'declined', answered_on = '2025-11-25', answer = ''",
    ),
    ("ck_card_proposal_colour", "card_proposal", "colour = 'grey'"),
    ("ck_card_proposal_listed_by_a_card", "card_proposal", "listed = 'red'"),
    ("ck_card_proposal_with_reason", "card_proposal", "reason = ''"),
    ("ck_clearance_not_to_self", "clearance", "revoked_at = NULL"),
    ("ck_clearance_of_a_ticket", "clearance", "issue_id = NULL, revoked_at = NULL, user_id = 77"),
    ("ck_colour_span_forward", "colour_span", "valid_to = valid_from"),
    ("ck_contradiction_ruling_with_a_reason", "contradiction_ruling", "reason = ''"),
    ("ck_county_round_frozen_when_closed", "county_round", "digest = ''"),
    ("ck_county_round_item_decision", "county_round_item", "decision = 'lose'"),
    ("ck_county_round_item_pressed_with_words", "county_round_item", "text = ''"),
    (
        "ck_county_task_answered",
        "county_task",
        "state = 'answered', answered_on = NULL, answer = ''",
    ),
    ("ck_county_task_answered_with_words", "county_task", "answer = ''"),
    ("ck_county_task_confirmed_on", "county_task", "state = 'confirmed'"),
    ("ck_county_task_due_later", "county_task", "due_on = '2025-11-24'"),
    ("ck_county_task_says_something", "county_task", "text = ''"),
    ("ck_draft_picture_has_size", "draft_picture", "width = 0"),
    ("ck_draft_version_from_one", "draft_version", "number = 0"),
    ("ck_dossier_item_written_or_failed", "dossier_item", "failure = '损坏'"),
    ("ck_dossier_item_written_when", "dossier_item", "done_at = NULL"),
    ("ck_example_mark_in_order", "example_mark", "first = 101"),
    ("ck_export_profile_named", "export_profile", "name = ''"),
    ("ck_extension_later", "extension", "deadline = old_deadline"),
    ("ck_extension_state", "extension", "state = 'lost'"),
    ("ck_flag_ruling_of_one_thing", "flag_ruling", "evidence_id = NULL, report_id = NULL"),
    ("ck_flag_ruling_of_one_thing", "flag_ruling", "evidence_id = 1, report_id = 1"),
    ("ck_flag_ruling_with_a_reason", "flag_ruling", "reason = ''"),
    ("ck_instruction_due_later", "instruction", "due_on = '2025-11-24'"),
    ("ck_instruction_replied_with_words", "instruction", "reply = ''"),
    ("ck_instruction_replied_with_words", "instruction", "replied_on = NULL"),
    ("ck_issue_accepts_not_itself", "issue", "acceptance_unit_id = primary_unit_id"),
    ("ck_issue_card", "issue", "card = 'green'"),
    ("ck_issue_checked_is_claimed", "issue", "status = 'approval', claimed_on = NULL"),
    ("ck_issue_checked_is_claimed", "issue", "status = 'publicity', claimed_on = NULL"),
    ("ck_issue_closed_on_iff", "issue", "status = 'closed'"),
    ("ck_issue_closed_on_iff", "issue", "status = 'standing'"),
    ("ck_issue_closed_on_iff", "issue", "closed_on = '2025-11-25'"),
    ("ck_issue_draft_unassigned", "issue", "status = 'draft'"),
    ("ck_issue_link_ended_later", "issue_link", "ended_on = '2025-11-24', end_reason = '1'"),
    ("ck_issue_link_ended_with_a_reason", "issue_link", "end_reason = '1'"),
    ("ck_issue_link_with_a_reason", "issue_link", "reason = ''"),
    ("ck_issue_merged_into", "issue", "status = 'merged'"),
    ("ck_issue_merged_into", "issue", "merged_into_id = id"),
    ("ck_issue_open_is_assigned", "issue", "assigned_on = NULL"),
    ("ck_issue_publicity_dated", "issue", "status = 'publicity', publicity_from = NULL"),
    ("ck_issue_round", "issue", "round = 0"),
    ("ck_keeper_named", "keeper", "name = ''"),
    ("ck_keeping_forward", "keeping", "until_on = '2025-11-24'"),
    ("ck_keeping_of_one_thing", "keeping", "issue_id = NULL"),
    ("ck_keeping_of_one_thing", "keeping", "region = '1'"),
    ("ck_ledger_import_taken_back_came_in", "ledger_import", "confirmed_at = NULL"),
    ("ck_kept_form_says_something", "kept_form", "size = 0"),
    ("ck_ledger_import_taken_back_why", "ledger_import", "taken_back_reason = ''"),
    ("ck_kept_form_says_something", "kept_form", "size = 0"),
    ("ck_ledger_import_taken_back_why", "ledger_import", "taken_back_at = NULL"),
    ("ck_long_work_ended_when_over", "long_work", "state = 'done'"),
    ("ck_long_work_ended_when_over", "long_work", "ended_at = '2025-11-25 04:00:00'"),
    ("ck_long_work_kept_with_its_size", "long_work", "size = NULL"),
    ("ck_long_work_running_is_held", "long_work", "state = 'running', holder = ''"),
    ("ck_long_work_within_its_total", "long_work", "done = 2"),
    ("ck_lookback_done_with_result", "lookback", "result = NULL"),
    ("ck_lookback_done_with_result", "lookback", "done_on = NULL"),
    (
        "ck_map_sheet_reviewed",
        "map_sheet",
        "is_boundary = true, review_number = '', layer_kind = NULL",
    ),
    ("ck_map_sheet_layer_is_whole", "map_sheet", "owner = ''"),
    ("ck_polluter_named", "polluter", "name = ''"),
    ("ck_polluter_whole_code", "polluter", "code = '1'"),
    ("ck_polluter_whole_point", "polluter", "lon = NULL"),
    ("ck_measure_done_on_done", "measure", "is_done = false"),
    ("ck_measure_target_grows", "measure", "sense_of_target = 'le'"),
    ("ck_notice_draft_unnumbered", "notice", "number = '1'"),
    ("ck_notice_signed_is_frozen", "notice", "status = 'signed'"),
    ("ck_notice_signed_is_frozen", "notice", "status = 'signed', number = '1', sha256 = NULL"),
    ("ck_pair_request_decided_iff_outcome", "pair_request", "outcome = NULL"),
    ("ck_pair_request_two_persons", "pair_request", "outcome = 'confirmed'"),
    ("ck_part_taken_part", "part_taken", "part = 'both'"),
    ("ck_policy_draft_published_is_ended", "policy_draft", "ended_at = NULL"),
    ("ck_progress_report_reviewed", "progress_report", "reviewed_on = NULL"),
    ("ck_progress_report_reviewed", "progress_report", "state = 'pending'"),
    ("ck_progress_report_state", "progress_report", "state = 'lost'"),
    ("ck_region_lies_in_another", "region", "parent = code"),
    ("ck_region_named", "region", "name = ''"),
    ("ck_region_path_ends_here", "region", "path = '2/'"),
    ("ck_report_twin_share", "report_twin", "share = 101"),
    ("ck_reading_confirmed_at", "reading", "confirmed_by_id = 2, confirmed_at = NULL"),
    ("ck_reading_confirmed_by_another", "reading", "confirmed_by_id = entered_by_id"),
    ("ck_reading_corrects_another", "reading", "corrects_id = id"),
    ("ck_reading_withdrawn_why", "reading", "withdraw_reason = ''"),
    ("ck_reading_withdrawn_why", "reading", "withdrawn_at = NULL"),
    ("ck_reply_review_returned_with_reason", "reply_review", "is_accepted = false, reason = ''"),
    ("ck_role_grant_not_to_self", "role_grant", "granted_by_id = user_id"),
    ("ck_role_request_decided_with_a_reason", "role_request", "reason = '机构改革'"),
    ("ck_role_request_granted_is_decided", "role_request", "is_granted = true"),
    (
        "ck_role_request_not_to_self",
        "role_request",
        "decided_by_id = user_id, decided_at = '2025-11-25 04:00:00', reason = '自授'",
    ),
    ("ck_roster_confirmed_with_a_reason", "roster", "reason = ''"),
    ("ck_roster_confirmed_with_a_reason", "roster", "confirmed_at = NULL"),
    ("ck_round_item_decision", "round_item", "decision = 'lose'"),
    ("ck_saved_view_named", "saved_view", "name = ''"),
    ("ck_score_appeal_of_appeals", "score_appeal", "state = 'booked'"),
    ("ck_score_appeal_ruled_with_reason", "score_appeal", "ruling = '属实'"),
    ("ck_score_appeal_says_something", "score_appeal", "text = ''"),
    ("ck_score_entry_booking_is_first", "score_entry", "of_id = 1, turn = 1"),
    ("ck_score_entry_first_is_of_none", "score_entry", "turn = 1"),
    (
        "ck_score_entry_later_with_reason",
        "score_entry",
        "kind = 'correction', of_id = 1, turn = 1, reason = ''",
    ),
    ("ck_score_entry_quarter", "score_entry", "quarter = 5"),
    ("ck_score_quarter_quarter", "score_quarter", "quarter = 0"),
    ("ck_score_sheet_quarter", "score_sheet", "quarter = 0"),
    ("ck_text_item_in_order", "text_item", "first = 0"),
    ("ck_text_item_in_order", "text_item", "last = 0"),
    ("ck_target_due_from_start", "target", "start = '2025-11-26'"),
    ("ck_target_ended_why", "target", "ended_at = NULL"),
    ("ck_target_ended_why", "target", "ended_why = ''"),
    ("ck_target_named", "target", "name = ''"),
    ("ck_unit_alias_says_something", "unit_alias", "plain = ''"),
    ("ck_waiver_with_a_reason", "waiver", "reason = ''"),
    ("ck_wall_pass_has_an_end", "wall_pass", "until = made_at"),
]
WORDS = [
    (table.name, column.name)
    for table in db.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Enum)
]


@pytest.fixture(scope="module", params=[SQLITE, POSTGRESQL])
def filled(request):
    """Filled once for all: what is refused changes nothing, which the last test looks at."""
    place = request.getfixturevalue(f"{request.param}_place")
    with place.fresh(EMPTY):
        names = fill()
        before = contents(standing(names))
        yield
        assert contents(standing(names)) == before


def change(table, setting):
    with db.engine.begin() as connection:
        connection.execute(text(f"UPDATE {table} SET {setting}"))  # noqa: S608 - our own words


def insert_again(name, **changes):
    """A copy of the row of a table under a new key, with these columns changed."""
    table = Table(name, MetaData(), autoload_with=db.engine)
    with db.engine.begin() as connection:
        row = dict(connection.execute(table.select()).mappings().first())
        if "id" in row:
            row["id"] = 2
        connection.execute(table.insert().values(row | changes))


@pytest.mark.parametrize(("constraint", "table", "setting"), IMPOSSIBLE)
def test_an_impossible_row_is_refused_by_its_constraint(filled, constraint, table, setting):
    with pytest.raises(IntegrityError, match=constraint):
        change(table, setting)


def test_every_check_of_every_table_is_tried_above():
    checks = {
        constraint.name
        for table in db.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint) and not constraint._type_bound  # noqa: SLF001
    }

    assert checks == {name for name, _, _ in IMPOSSIBLE}


@pytest.mark.parametrize(("table", "column"), WORDS)
def test_a_word_outside_the_vocabulary_is_refused(filled, table, column):
    with pytest.raises(IntegrityError, match=f"ck_{table}_"):
        change(table, f"{column} = 'nonsense'")


def test_a_row_that_points_at_nothing_is_refused(filled):
    with pytest.raises(IntegrityError):
        change("issue", "lead_unit_id = 77")


def test_a_unit_somebody_points_at_cannot_go(filled):
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM unit"))


UNIQUE = [
    (table.name, tuple(column.name for column in held.columns))
    for table in db.metadata.sorted_tables
    for held in [*table.constraints, *table.indexes]
    if isinstance(held, UniqueConstraint) or getattr(held, "unique", False)
    if table.name
    not in {
        "card",
        "role_grant",
        "event",
        "outside_identity",
        "second_factor",
        "pair_request",
        "ledger_layout",
        "export_profile",
        "unit_alias",
        "keeper",
        "keeping",
        "polluter",
        "polluter_tie",
        "lead_tie",
    }
]


@pytest.mark.parametrize(("table", "columns"), UNIQUE)
def test_what_stands_once_cannot_stand_twice(filled, table, columns):
    if table == "notice":
        change("notice", "status = 'void', number = '代字〔2025〕1号'")

    with pytest.raises(IntegrityError, match=columns[-1]):
        insert_again(table)

    if table == "notice":
        change("notice", "status = 'draft', number = NULL")


@pytest.mark.parametrize(
    ("table", "ended", "index"),
    [
        ("card", "lifted_on", "uq_card_standing"),
        ("role_grant", "revoked_at", "uq_role_grant_live"),
        ("outside_identity", "ended_at", "uq_outside_identity_live"),
        ("second_factor", "ended_at", "uq_second_factor_live"),
        ("pair_request", "outcome = NULL, decided_at", "uq_pair_request_open"),
        ("ledger_layout", "ended_at", "uq_ledger_layout_name"),
        ("unit_alias", "ended_at", "uq_unit_alias_plain"),
        ("export_profile", "ended_at", "uq_export_profile_name"),
    ],
)
def test_one_of_a_kind_stands_at_a_time_and_ended_ones_are_kept(filled, table, ended, index):
    insert_again(table, **dict.fromkeys(re.findall(r"[a-z_]+", ended)))

    with pytest.raises(IntegrityError):
        change(table, f"{ended} = NULL")

    with db.engine.begin() as connection:
        connection.execute(text(f"DELETE FROM {table} WHERE id = 2"))  # noqa: S608 - our own words
