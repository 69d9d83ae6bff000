"""Every field of a ticket goes through every channel, or its row says in words why not."""

from dataclasses import replace

import pytest
from tree import ROOT

from issues.act_fields import AMENDED, DRAFT
from issues.api.ticket.schema import TICKET
from issues.exchange.reading.layouts import REGISTER
from issues.exchange.reading.ticket_texts import OWN_CELL
from issues.exchange.writing.responsibility_list import AFTER, BEFORE
from issues.models import Issue
from issues.queries.register.narrowing import CLAUSES
from issues.tickets.field import Inside, InTemplate, Ledger, Not
from issues.tickets.fields import BY_NAME, FIELDS, IN_DOSSIER, SEARCHED, shown
from issues.web.ticket.draw import SECTIONS

LEAST_WORDS = 4
COLUMNS = frozenset(Issue.__table__.columns.keys())
BY_ACTS = frozenset(
    {
        "id", "version", "number", "extra", "deadline_kind", "first_deadline", "first_assigned_on",
        "assigned_on", "round", "declined_round", "status", "claimed_on", "publicity_from",
        "publicity_until", "interim_on", "closed_on", "ended_on", "imported_on", "reporting_from",
        "last_report_on", "cleared_at", "yellow_from", "red_from", "card", "policy", "firings",
        "created_at", "created_by_id", "merged_into_id",
    }
)  # fmt: skip
"""What no person says of a ticket: its acts write it."""
OF_THEIR_OWN = {"measures", "targets", "complainant"}
"""Asked for in the form, and kept in tables of their own."""


def read_by_the_ledger(field):
    key = field.ledger.key or field.name
    return all(REGISTER.headings.get(heading) == key for heading in field.ledger.headings)


def on_the_page(field):
    if isinstance(field.page, InTemplate):
        text = (ROOT / "templates" / "ticket" / field.page.name).read_text(encoding="utf-8")
        return field.relation is not None or f"issue.{field.column}" in text
    return any(field is one for one, _ in shown(field.page.where))


CHANNELS = {
    "draft": lambda f: any(
        f.name in names and title == f.draft.value for title, names in SECTIONS
    ) and f.name in {one.name for one in DRAFT},
    "amend": lambda f: f.name in {one.name for one in AMENDED},
    "ledger": read_by_the_ledger,
    "export": lambda f: (f.export.group, f.export.heading, f.export.width) in (*BEFORE, *AFTER),
    "search": lambda f: f.name in {one.name for one in SEARCHED},
    "dossier": lambda f: f.name in {one.name for one in IN_DOSSIER},
    "page": on_the_page,
    "api": lambda f: f.name in TICKET["properties"],
    "history": lambda f: f.name in {one.name for one in (*DRAFT, *AMENDED)},
}  # fmt: skip


def faults(field):
    """Each channel that neither takes the field nor is refused with a reason."""
    if field.relation is None and field.column not in COLUMNS:
        yield "has no column"
    for channel, takes in CHANNELS.items():
        said = getattr(field, channel)
        if isinstance(said, Not | Inside) and len(said.because.split()) < LEAST_WORDS:
            yield f"does not say why it is not in {channel}"
        if isinstance(said, Not):
            continue
        if not takes(field):
            yield f"is not in {channel}"
    yield from unreadable(field)


def unreadable(field):
    """What the table asks of a kind of field that no channel can do with it."""
    is_text = field.type in ("text", "long_text")
    if isinstance(field.ledger, Ledger) and not field.ledger.by and field.type not in OWN_CELL:
        yield "stands in a cell that is not read by its kind: name the module that reads it"
    if isinstance(field.ledger, Ledger) and field.ledger.by_profile and not is_text:
        yield "is given by a profile, which holds texts"
    is_named = is_text or field.type == "account"  # an account by the name of its person
    if (not is_named and field.search is True) or (not is_text and field.narrowed_by):
        yield "is searched by words and is no text"
    if field.narrowed_by and field.narrowed_by not in CLAUSES:
        yield "is narrowed by a filter that the register has not"


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_goes_through_every_channel_or_says_why_not(field):
    assert list(faults(field)) == []


def test_a_half_done_field_is_found_at_each_channel_it_lacks():
    planted = replace(BY_NAME["goal"], name="noise_level")

    found = list(faults(planted))

    assert found[0] == "has no column"
    assert {f"is not in {channel}" for channel in ("draft", "amend", "api", "dossier")} <= {*found}


def test_a_field_kept_out_without_a_reason_is_found():
    assert list(faults(replace(BY_NAME["goal"], api=Not("later")))) == [
        "does not say why it is not in api"
    ]


def test_a_row_silent_about_a_channel_cannot_be_written():
    known = {name: getattr(BY_NAME["goal"], name) for name in ("name", "type", "label", *CHANNELS)}
    del known["dossier"]

    with pytest.raises(TypeError, match="dossier"):
        type(BY_NAME["goal"])(**known)


def test_every_column_of_a_ticket_is_a_field_or_written_by_acts():
    fields = {field.column for field in FIELDS}

    assert COLUMNS - fields - BY_ACTS == set()
    assert fields & BY_ACTS == set()


def test_the_form_asks_for_nothing_the_table_does_not_know():
    assert {one.name for one in (*DRAFT, *AMENDED)} - set(BY_NAME) == OF_THEIR_OWN


def test_names_and_places_are_given_once():
    places = [one.export.place for one in FIELDS if not isinstance(one.export, Not)]

    assert len(BY_NAME) == len(FIELDS)
    assert len(set(places)) == len(places)


def test_no_filter_is_named_as_what_a_form_carries():
    """Sent on with a form (批量导出, saved views) it would narrow by the form's own key."""
    assert {"csrf_token", "once", "version"} & set(CLAUSES) == set()
