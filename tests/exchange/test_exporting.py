"""A ledger out and in again: nothing changes on the way, and no text becomes a formula."""

import dataclasses
import io

import pytest
from openpyxl import load_workbook
from sheets import COMPLAINTS, INSPECTION, LEDGER, changed, read, short, understood

from extensions import db
from issues.models import Issue


@pytest.fixture
def exported(app, tmp_path):
    """Import these workbooks, export, and answer the bytes."""

    def run(*paths):
        runner = app.test_cli_runner()
        for path in paths:
            assert runner.invoke(args=["ledger", "import", str(path)]).exit_code == 0
        file = tmp_path / "导出.xlsx"
        result = runner.invoke(args=["ledger", "export", str(file)])
        assert result.exit_code == 0, result.output
        return file.read_bytes()

    return run


def plain(item):
    """What a ticket says, wherever it stands in a sheet."""
    facts = dataclasses.asdict(item)
    del facts["row"]
    for measure in facts["measures"]:
        del measure["row"]
    return facts


def test_the_117_read_back_as_they_were(exported):
    again = read(exported(LEDGER))

    assert again.errors == ()
    assert (len(again.items), again.measure_count) == (117, 417)
    for before, after in zip(understood(LEDGER).items, again.items, strict=True):
        assert plain(after) == plain(before)


def test_an_export_is_nothing_new_to_an_import(exported, app, tmp_path):
    file = tmp_path / "again.xlsx"
    file.write_bytes(exported(LEDGER))

    result = app.test_cli_runner().invoke(args=["ledger", "import", str(file)])

    assert result.exit_code == 0
    assert "没有新的内容" in result.output


def test_findings_and_complaints_come_out_in_the_same_list(exported):
    again = read(exported(INSPECTION, COMPLAINTS))

    assert again.errors == ()
    assert len(again.items) == 61
    by_case = {item.case_number: item for item in again.items if item.case_number}
    letter = by_case["D3SC202410240007"]
    assert (letter.number[:5], letter.extra["是否属实"]) == ("BZ-YX", "部分属实")
    for item in again.items:
        issue = db.session.query(Issue).filter_by(number=item.number).one()
        assert item.primary_unit == issue.primary_unit.code
        assert item.status == issue.status
        assert item.deadline.on == issue.deadline


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＠"])
def test_text_that_looks_like_a_formula_stays_text(exported, tmp_path, sign):
    words = f'{sign}HYPERLINK("x")'
    file = tmp_path / "in.xlsx"
    content = changed(short(), {"N5": "x"})
    workbook = load_workbook(io.BytesIO(content))
    cell = workbook.active["N5"]
    cell.value, cell.data_type = words, "s"
    workbook.save(file)

    sheet = load_workbook(io.BytesIO(exported(file))).active

    goals = [cell for row in sheet.iter_rows() for cell in row if cell.value == words]
    assert len(goals) == 1
    assert (goals[0].data_type, goals[0].quotePrefix) == ("s", True)
