"""One ticket with every field filled goes through every channel, and none of them drops a field.

Driven by the table: a new row is demanded of each channel unless it says why not. That a dropped
field is found at each of them is shown by dropping one.
"""

from importlib import import_module

import doors_in
import doors_out
import pytest

from issues.exchange.reading.layouts import REGISTER
from issues.queries.ticket.words import lines_of
from issues.tickets.fields import shown
from issues.vocabulary import Action


def named(one):
    return getattr(one, "__name__", None)


@pytest.mark.by_turns
@pytest.mark.parametrize("door", doors_in.EACH, ids=named)
def test_every_field_comes_in(door, doors):
    door(doors)


@pytest.mark.by_turns
@pytest.mark.parametrize("door", doors_out.EACH, ids=named)
def test_every_field_goes_out(door, doors, whole):
    door(whole, doors)


def dropped(patch, name, where, key=None):
    """One field left out of the list that a channel goes by; `key` names a list among several."""
    module, _, attribute = where.rpartition(".")
    kept = getattr(import_module(module), attribute)
    if key is not None:
        patch.setitem(kept, key, short_of(name, kept[key]))
    else:
        patch.setattr(where, short_of(name, kept))


def short_of(name, listed):
    """A list of fields, of pairs that begin with one, or fields by name, without this one."""
    if isinstance(listed, dict):
        return {key: one for key, one in listed.items() if name_of(key) != name}
    return tuple(one for one in listed if name_of(one) != name)


def name_of(one):
    one = one[0] if isinstance(one, tuple) else one
    return getattr(one, "name", one)


FILLING = "issues.workflow.changes.opening.BY_NAME"
IN = [
    (doors_in.new_form, "remark", "issues.act_fields.FIELDS", Action.REGISTER),
    (doors_in.api_create, "subject_firm", FILLING, None),
    (doors_in.api_change, "goal", FILLING, None),
    (doors_in.edit_form, "contact", "issues.act_fields.FIELDS", Action.EDIT),
    (doors_in.amending, "inspector", FILLING, None),
]
CELLS = "issues.exchange.writing.register_rows.WRITTEN"
DOSSIER = "issues.dossiers.words.IN_DOSSIER"
OUT = [
    (doors_out.api_answers, "contact", "issues.api.ticket.shapes.IN_API", None),
    (doors_out.export_of_the_page, "goal", CELLS, None),
    (doors_out.export_of_the_command, "household_keeper", CELLS, None),
    (doors_out.search, "place", "issues.search.parts.OWN", None),
    (doors_out.filters, "area_keeper", "issues.queries.register.by_name.NARROWED", "keeper"),
    (doors_out.dossier_for_inside, "types", DOSSIER, None),
    (doors_out.dossier_for_outside, "unlawful", DOSSIER, None),
    (doors_out.dossier_for_outside, "contact", "issues.dossiers.content.INSIDE_ALONE", None),
]


@pytest.mark.parametrize(("door", "name", "where", "key"), IN, ids=named)
def test_a_field_dropped_on_the_way_in_is_found(door, name, where, key, doors, monkeypatch):
    dropped(monkeypatch, name, where, key)

    with pytest.raises(AssertionError, match=name):
        door(doors)


@pytest.mark.parametrize(("door", "name", "where", "key"), OUT, ids=named)
def test_a_field_dropped_on_the_way_out_is_found(
    door, name, where, key, doors, monkeypatch, request
):
    dropped(monkeypatch, name, where, key)
    issue = request.getfixturevalue("whole")

    with pytest.raises(AssertionError, match=name):
        door(issue, doors)


def test_a_column_that_is_not_known_is_found(doors, monkeypatch):
    monkeypatch.delitem(REGISTER.headings, "包案领导")

    with pytest.raises(AssertionError, match="sponsor"):
        doors_in.ledger(doors)


def test_a_line_dropped_from_the_page_is_found(doors, whole, monkeypatch):
    lines = [pair for pair in shown("about") if pair[0].name != "remark"]
    monkeypatch.setattr("issues.queries.ticket.told.shown", lambda _: lines)

    with pytest.raises(AssertionError, match="remark"):
        doors_out.page(whole, doors)


def test_a_word_dropped_from_the_history_is_found(doors, monkeypatch):
    monkeypatch.setattr("issues.queries.ticket.words._kept", lambda fields, _: [
        field for field in fields if field.name != "section_keeper"
    ])  # fmt: skip

    with pytest.raises(AssertionError, match="section_keeper"):
        doors_in.amending(doors)


@pytest.mark.parametrize(
    ("where", "leak"),
    [
        ("issues.dossiers.content.Content.is_told_whole", lambda *_: True),
        ("issues.dossiers.words.lines_of", lambda event, *_: lines_of(event)),
    ],
)
def test_what_is_for_inside_is_found_in_the_history_of_the_other_edition(
    where, leak, doors, whole, monkeypatch
):
    monkeypatch.setattr(where, leak)

    with pytest.raises(AssertionError, match="contact"):
        doors_out.dossier_for_outside(whole, doors)
