"""A long ledger is written a lot at a time: nothing of it depends on how long a lot is."""

import gc
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st
from openpyxl import load_workbook
from sheets import INSPECTION

from extensions import db
from issues.exchange.writing import brought, register_rows
from issues.exchange.writing.put_by import Kept, PutBy
from issues.ground import clock
from issues.models import Issue
from issues.queries.ledger.plain import plain_file
from issues.queries.ledger.stood import COMMAND
from issues.queries.register.filters import Filters

VALUES = st.none() | st.text(max_size=5) | st.integers() | st.dates() | st.decimals(allow_nan=False)
NAMES = st.sampled_from(["编号", "标题", "整改目标"])
ROWS = st.lists(st.builds(Kept, st.dictionaries(NAMES, VALUES), st.lists(st.just({"序号": 1}))))


@pytest.fixture
def imported(app, tmp_path):
    app.test_cli_runner().invoke(args=["ledger", "import", str(INSPECTION)], catch_exceptions=False)


def content():
    written, _ = plain_file(Filters(), COMMAND, clock.today())
    book = load_workbook(io.BytesIO(written))
    sheet = book.worksheets[0]
    return [*sheet.values], sorted(map(str, sheet.merged_cells.ranges))


def test_a_ledger_is_the_same_in_lots_of_one(imported, monkeypatch):
    whole = content()
    for module in (brought, register_rows):
        monkeypatch.setattr(module, "AT_ONCE", 1)
    assert content() == whole
    assert len(whole[0]) > 40


def test_no_more_tickets_than_a_lot_are_held(imported, monkeypatch):
    monkeypatch.setattr(register_rows, "AT_ONCE", 3)
    held = []
    gc.collect()
    gc.freeze()  # what is there already is not looked through for each row

    class Counting(PutBy):
        def __init__(self, rows):
            super().__init__(self.counted(rows))

        def counted(self, rows):
            for row in rows:
                del row.cells["编号"]
                gc.collect()
                held.append(sum(isinstance(one, Issue) for one in db.session.identity_map.values()))
                yield row

    monkeypatch.setattr("issues.exchange.writing.responsibility_list.PutBy", Counting)
    content()
    assert len(held) > 20
    assert max(held) <= 6


@given(ROWS)
def test_rows_put_by_come_back_as_they_were_as_often_as_asked(rows):
    with PutBy(rows) as kept:
        assert [*kept] == rows
        assert [*kept] == rows
        said = {name for row in rows for name, one in row.cells.items() if one not in (None, "")}
        assert (kept.filled, len(kept)) == (said, len(rows))


def test_what_is_put_by_keeps_its_kind():
    cells = {"编号": "1", "整改目标": Decimal("1.10"), "交办日期": date(2025, 11, 24), "序号": 3}
    with PutBy([Kept(cells, [])]) as kept:
        (again,) = kept
    assert {name: type(one) for name, one in again.cells.items()} == {
        name: type(one) for name, one in cells.items()
    }
    assert str(again.cells["整改目标"]) == "1.10"
