"""A field of any kind is read, kept and answered by its kind, though no field has it yet."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from filled import workbook
from sheets import read

from issues.api.ticket.schema import _of_kind
from issues.exchange import said as said_of
from issues.exchange.reading import ticket_texts
from issues.exchange.reading.layouts import REGISTER
from issues.tickets.field import Ledger
from issues.tickets.fields import BY_NAME, READ
from issues.workflow.changes.opening import stored

HEADING = "严重程度"
GRADES = (("grave", "严重"), ("slight", "轻微"))


def of_kind(kind):
    ledger = Ledger((HEADING,))
    return replace(BY_NAME["remark"], name="grade", type=kind, choices=GRADES, ledger=ledger)


@pytest.fixture
def read_as(monkeypatch):
    """What a sheet says with one column more, of a field of this kind."""
    monkeypatch.setattr(said_of, "LATER", (*said_of.LATER, "grade"))

    def run(kind, cell):
        field = of_kind(kind)
        monkeypatch.setattr(ticket_texts, "READ", READ | {field: field.ledger})
        monkeypatch.setitem(REGISTER.headings, HEADING, field.name)
        return read(workbook(more={HEADING: cell}))

    return run


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("text", "严重", "严重"),
        ("date", "2025年10月1日", date(2025, 10, 1)),
        ("decimal", 12.5, Decimal("12.5")),
        ("integer", 0, 0),
        ("flag", "是", True),
        ("choice", "轻微", "slight"),
        ("choice", None, ""),
        ("choices", "严重、轻微", ["grave", "slight"]),
    ],
)
def test_a_cell_of_its_own_is_read_by_the_kind_of_the_field(read_as, kind, cell, value):
    (item,) = read_as(kind, cell).items

    assert item.texts["grade"] == value


@pytest.mark.parametrize(
    ("kind", "cell", "sentence"),
    [
        ("choice", "一般", "严重程度没有“一般”这一项，可填：严重、轻微"),
        ("choice", "严重、轻微", "这一栏只能填一项"),
        ("choices", "严重、一般", "严重程度没有“一般”这一项，可填：严重、轻微"),
        ("integer", 1.5, "应是整数"),
    ],
)
def test_a_cell_that_is_none_of_the_kind_is_an_error_at_it(read_as, kind, cell, sentence):
    (error,) = read_as(kind, cell).errors

    assert (error.heading, error.sentence) == (HEADING, sentence)


@pytest.fixture
def without_it():
    (item,) = read(workbook()).items
    return said_of.said(item)


def test_an_empty_cell_says_nothing_new_and_a_nought_does(without_it, read_as):
    (empty,), (nought,) = (read_as("integer", cell).items for cell in (None, 0))
    assert said_of.said(empty) == without_it
    assert said_of.said(nought) != without_it


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("text", None, ""),
        ("choice", None, ""),
        ("choices", [], []),
        ("date", None, None),
        ("integer", None, None),
        ("integer", 0, 0),
        ("decimal", Decimal(0), 0.0),
        ("decimal", None, None),
        ("flag", None, False),
    ],
)
def test_what_was_read_is_kept_by_the_kind_of_the_field(kind, value, kept):
    held = stored(of_kind(kind), value)

    assert held == kept
    assert type(held) is type(kept)


@pytest.mark.parametrize("kind", ["choice", "integer", "decimal", "date"])
def test_what_may_be_empty_may_be_null_in_an_answer(kind):
    assert "null" in str(_of_kind(of_kind(kind)))
    assert "null" not in str(_of_kind(BY_NAME["source"]))
