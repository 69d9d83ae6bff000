"""Who keeps a ticket on the ground, and who caused the problem: in by the ledger, and out again."""

import pytest
from brought import bring, ticket
from openpyxl import load_workbook
from sheets import HEADINGS, MEASURE, PROFILE, findings, read

from extensions import db, transaction
from issues.exchange.reading.keepers import KEEPERS
from issues.ground import clock
from issues.models import Keeper, Keeping
from issues.vocabulary import KeeperLevel

OWN = [*HEADINGS, "包片", "包段人", "包户", "责任主体"]
ONE = [*HEADINGS, "包保（包片/包段/包户）"]
NUMBER = "BZ-YD-2025-001"


def kept(headings, *cells):
    bring(findings([*MEASURE, *cells], headings=headings), profile=PROFILE)
    return {name: getattr(ticket(NUMBER), name) for name in (*KEEPERS.values(), "subject_firm")}


def test_columns_of_their_own_are_read(app):
    assert kept(OWN, "张三", "李四", "王五", "某某砂石厂") == {
        "area_keeper": "张三",
        "section_keeper": "李四",
        "household_keeper": "王五",
        "subject_firm": "某某砂石厂",
    }


@pytest.mark.parametrize(
    "cell", ["包片：张三；包户：王五", "包片人:张三\n包户责任人 王五", "包片张三、包户王五"]
)
def test_one_cell_of_all_is_taken_apart(app, cell):
    found = kept(ONE, cell)

    assert (found["area_keeper"], found["household_keeper"]) == ("张三", "王五")
    assert found["section_keeper"] == ""


@pytest.mark.parametrize("cell", ["张三、李四", "包片:张三;李四", f"包片:{'长' * 81}"])
def test_what_is_not_named_is_an_error_at_its_cell(cell):
    (error,) = read(findings([*MEASURE, cell], headings=ONE), PROFILE).errors

    assert error.cell == "M4"
    assert error.heading == "包保（包片/包段/包户）"
    assert "包片" in error.sentence


def test_they_go_out_in_columns_of_their_own_and_come_in_as_the_same(app, tmp_path):
    kept(OWN, "张三", "", "王五", "某某砂石厂")
    file = tmp_path / "台账.xlsx"
    assert app.test_cli_runner().invoke(args=["ledger", "export", str(file)]).exit_code == 0

    (item,) = read(file.read_bytes()).items

    found = [item.texts[name] for name in (*KEEPERS.values(), "subject_firm")]
    assert found == ["张三", "", "王五", "某某砂石厂"]
    assert item.extra == {}


def test_the_ticket_shows_them(app, browser):
    kept(OWN, "张三", "李四", "王五", "某某砂石厂")

    page = browser.as_("sun").get(f"/issues/{NUMBER}").text

    for told in ("包片张三", "包段李四", "包户王五", "责任主体某某砂石厂"):
        assert told in page


def test_whom_the_page_names_goes_out_beside_the_texts_and_is_not_read_back(app, tmp_path):
    kept(OWN, "张三", "", "王五", "某某砂石厂")
    with transaction():
        keeper = Keeper(name="示例甲", phone="0827-1", made_at=clock.now())
        db.session.add(keeper)
        db.session.flush()
        given = {"keeper_id": keeper.id, "from_on": clock.today()}
        place = ticket(NUMBER).region
        db.session.add(Keeping(level=KeeperLevel.SECTION, region=place, **given))
    file = tmp_path / "台账.xlsx"
    assert app.test_cli_runner().invoke(args=["ledger", "export", str(file)]).exit_code == 0

    sheet = load_workbook(file).worksheets[0]
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"现包片人", "现包段人", "现包户人", "示例甲", "张三"} <= cells
    assert "0827-1" not in cells
    (item,) = read(file.read_bytes()).items
    assert [item.texts[name] for name in KEEPERS.values()] == ["张三", "", "王五"]
    assert item.extra == {}
