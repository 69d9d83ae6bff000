"""Targets of a ledger: read with their sense, drawn no line, written and read back the same."""

import io
from datetime import date
from decimal import Decimal

import pytest
from brought import bring, ticket
from openpyxl import load_workbook
from sheets import changed, read, short
from sqlalchemy import select

from extensions import db, transaction
from issues.acts import set_target
from issues.exchange.ticket_targets import HEADING, aims_of
from issues.models import ColourSpan, Measure, Target
from issues.vocabulary import Nature, Rule, Sense

PM = {"T5": "将PM2.5浓度控制在27.4μg/m³以下", "W5": "<27.4", "X5": 28.5, "Y5": "μg/m³"}
NUMBER = "BZ-AF-2025-001"


def first_measure():
    rows = select(Measure).where(Measure.issue_id == ticket(NUMBER).id, Measure.no == 1)
    return db.session.scalars(rows).one()


@pytest.mark.both
def test_a_level_of_a_ledger_is_judged_and_draws_no_line(app):
    """28.5 is no progress towards <27.4, however large."""
    bring(changed(short(), PM | {"T5": "治理施工扬尘。"}))
    measure, target = first_measure(), db.session.scalars(select(Target)).one()

    assert (measure.target, measure.confirmed) == (None, Decimal("28.5"))
    assert (target.sense, target.value, target.nature) == (Sense.LT, Decimal("27.4"), Nature.LEVEL)
    assert (target.name, target.unit_of_value, target.quote) == ("治理施工扬尘", "μg/m³", "<27.4")
    rules = {f["rule"]: f["since"] for f in ticket(NUMBER).firings
             if f["facts"].get("measure") == 1}  # fmt: skip
    assert rules[Rule.Y7] == "2026-01-01"
    assert rules[Rule.R8] == "2026-01-31"
    assert not {Rule.Y2, Rule.R2} & set(rules)


def test_the_days_before_the_import_have_the_colour_of_the_target(app):
    bring(changed(short(), PM | {"T5": "治理施工扬尘。", "V5": "2025年10月底前"}))
    issue = ticket(NUMBER)
    spans = select(ColourSpan).where(ColourSpan.issue_id == issue.id, ColourSpan.is_backfilled)
    past = db.session.scalars(spans).all()

    assert issue.red_from == date(2025, 10, 31)
    assert {span.red_from for span in past} == {date(2025, 10, 31)}
    assert any(f["rule"] == Rule.R8 for span in past for f in span.firings)


def test_words_and_cell_that_contradict_each_other_bring_nothing_in():
    found = {error.cell: error.sentence for error in read(changed(short(), PM)).errors}

    assert "请改正其中一处" in found["W5"]


def test_targets_go_out_and_come_back_and_a_ledger_again_brings_nothing_new(app, people, tmp_path):
    cells = PM | {"W5": "27.4", "W8": "＞5.5", "Y8": "公里"}
    bring(changed(short(), cells))
    told = {
        "name": "氨氮", "sense": "le", "value": "1.0", "unit": "mg/L", "nature": "keep",
        "start": "2025-06-01", "by": "2026-03-31", "source": "市环境监测站", "required": True,
        "quote": "氨氮≤1.0mg/L",
    }  # fmt: skip
    with transaction():
        set_target(ticket(NUMBER), people.sun, told)
    runner, file = app.test_cli_runner(), tmp_path / "导出.xlsx"
    assert runner.invoke(args=["ledger", "export", str(file)]).exit_code == 0

    again = read(file.read_bytes())
    assert again.errors == ()
    item = again.items[0]
    (level,) = item.measures[0].aims
    assert (level.sense, level.value, level.nature) == (Sense.LE, Decimal("27.4"), Nature.LEVEL)
    (keep,) = aims_of(item)
    assert (keep.start, keep.due, keep.is_required) == (date(2025, 6, 1), date(2026, 3, 31), True)
    assert (keep.name, keep.value, keep.quote) == ("氨氮", Decimal("1.0"), "氨氮≤1.0mg/L")
    over = next(m for one in again.items for m in one.measures if m.sense is Sense.GT)
    assert over.target == Decimal("5.5")

    differing = runner.invoke(args=["ledger", "import", str(file), "--diff"])
    assert "0 处差异" in differing.output.replace("0处差异", "0 处差异"), differing.output
    book = load_workbook(io.BytesIO(file.read_bytes()))
    heads = {cell.value: cell.column_letter for row in book.active["3:4"] for cell in row
             if cell.value}  # fmt: skip
    book.active[f"{heads['目标值']}5"] = "达到水平：PM2.5浓度≤25μg/m³"
    book.save(file)
    differing = runner.invoke(args=["ledger", "import", str(file), "--diff"])
    assert "措施1·目标" in differing.output
    assert "≤25μg/m³" in differing.output
    assert HEADING in heads
