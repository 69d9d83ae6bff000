"""The letters' figures and public table: every cell is the workbook's, and nobody is named."""

import io
import zipfile
from collections import Counter
from decimal import Decimal

import pytest
from brought import the_letters
from caller import Callers
from lxml import etree, html
from openpyxl import load_workbook
from sheets import COMPLAINTS
from sqlalchemy import select

from extensions import db, transaction
from issues.evidence import complainants
from issues.models import Issue
from issues.queries.complaints import table as tables
from issues.queries.complaints.figures import ALL, counted, total as whole_of
from issues.queries.complaints.rounds import UNNAMED, round_of
from issues.queries.complaints.table import HEADS, batches, table_of
from issues.vocabulary import Status
from issues.web.complaints import files

COUNTS = {
    "责令整改": "ordered", "立案处罚": "penalised", "罚款": "fine", "立案侦查": "investigated",
    "拘留": "detained", "约谈": "summoned", "问责": "held_to_account",
}  # fmt: skip
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def sheet_rows():
    sheet = load_workbook(COMPLAINTS).active
    heads = [str(cell.value).partition("(")[0] for cell in sheet[3]]
    rows = [dict(zip(heads, cells, strict=True)) for cells in
            sheet.iter_rows(min_row=4, values_only=True)]  # fmt: skip
    return [row for row in rows if row["受理编号"]]


@pytest.fixture
def letters(people, shelf):
    the_letters(shelf)


@pytest.mark.both
def test_the_public_table_is_the_workbook_of_the_39_letters_cell_by_cell(letters, people):
    known = batches(people.sun)
    told = [
        dict(zip(HEADS, cells, strict=True))
        for batch in known for cells in table_of(people.sun, batch).rows
    ]  # fmt: skip
    said = {row["受理编号"]: row for row in sheet_rows()}
    wrong = [
        (row["受理编号"], head, row[head], said[row["受理编号"]][head])
        for row in told for head in HEADS
        if head != "序号" and row[head] != (said[row["受理编号"]][head] or "")
    ]  # fmt: skip

    assert wrong == []
    assert {row["受理编号"] for row in told} == set(said)
    days = Counter(row["交办日期"].date() for row in sheet_rows())
    assert [(one.place, one.on, one.letters) for one in known[::-1]] == [
        (place, day, days[day]) for place, day in enumerate(sorted(days), start=1)
    ]


@pytest.mark.both
def test_the_figures_are_the_sums_of_the_workbook_on_page_api_and_workbook(
    letters, people, browser, app
):
    rows = sheet_rows()
    total = counted(people.sun)[-1]
    for heading, name in COUNTS.items():
        assert getattr(total.figures, name) == sum(
            Decimal(str(row[heading] or 0)) for row in rows
        ), heading
    of_county = {one.name: one.figures.letters for one in counted(people.sun) if one.region}
    zones = {"巴中经开区": "巴州区", "文旅示范区": "巴州区"}
    assert of_county == Counter(zones.get(row["行政区域"], row["行政区域"]) for row in rows)
    assert total.figures.untrue == sum(row["是否属实"] == "不属实" for row in rows)
    assert (total.name, total.figures.letters, total.figures.interim) == (ALL, 39, 10)

    answer = Callers(app).sun.get("/complaints")
    assert answer["items"][-1]["fine"] == float(total.figures.fine)
    sun = browser.as_("sun")
    content = sun.get("/complaints.xlsx").answer.data
    *_, last = load_workbook(io.BytesIO(content))["办理情况统计"].iter_rows(values_only=True)
    assert last[2] == 39
    assert f">{total.figures.fine}<" in sun.get("/complaints").html
    assert whole_of(people.sun) == total.figures
    board = sun.get("/board").text
    assert f"罚款（万元） {total.figures.fine}" in board
    past = sun.get("/board?on=2025-11-20").text
    assert "罚款（万元）" not in past


def words_of(cell):
    return " ".join("".join(cell.itertext()).split())


def shown(page):
    """The cells of the public table on its page."""
    tables = html.fromstring(page).xpath("//table[.//th[normalize-space()='受理编号']]")
    return [
        tuple(words_of(cell) for cell in row.xpath("./th|./td")) for row in tables[0].iter("tr")
    ]


def drawn(file):
    """Those of its document, and all its words."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    rows = [
        tuple(
            "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in cell)
            for cell in ([one.iter(f"{W}p") for one in row.findall(f"{W}tc")])
        )
        for row in tree.iter(f"{W}tr")
    ]
    return rows, "".join(tree.itertext())


def test_page_document_and_workbook_hold_the_same_cells_in_every_batch(letters, people, browser):
    sun, told = browser.as_("sun"), 0
    for batch in batches(people.sun):
        table = table_of(people.sun, batch)
        asked = f"batch={batch.on}"
        rows, words = drawn(sun.get(f"/complaints.docx?{asked}").answer.data)
        content = sun.get(f"/complaints.xlsx?{asked}").answer.data
        sheet = load_workbook(io.BytesIO(content))["公开情况一览表"]
        cells = [tuple(one or "" for one in row) for row in sheet.iter_rows(2, values_only=True)]
        page = shown(sun.get(f"/complaints?{asked}").html)

        assert rows == cells == [tuple(HEADS), *table.rows], batch.on
        assert page == [tuple(" ".join(one.split()) for one in row) for row in rows], batch.on
        assert files.heading(table) in words
        told += len(table.rows)
    assert told == 39


def test_a_person_in_a_text_is_left_out_and_told(letters, people, browser, monkeypatch):
    batch = batches(people.sun)[0]
    number = table_of(people.sun, batch).numbers[0]
    with transaction():
        issue = db.session.scalars(select(Issue).where(Issue.number == number)).one()
        issue.findings = "举报人王建国，电话13812345678，反映属实。"

    found = table_of(people.sun, batch)
    page = browser.as_("sun").get("/complaints").text
    assert "13812345678" not in page
    assert "王建国" not in page
    assert [head for _, head in found.sealed] == ["调查核实情况"]

    monkeypatch.setattr(tables.persons, "masked", lambda text: text)
    assert "13812345678" in str(table_of(people.sun, batch).rows), "the check itself leaves it out"


@pytest.mark.both
def test_a_text_that_holds_who_complained_is_in_no_file(letters, people, browser, monkeypatch):
    batch = batches(people.sun)[0]
    number = table_of(people.sun, batch).numbers[0]
    address = f"/complaints.docx?batch={batch.on}"
    kept = {"name": "李大力", "phone": "13800001234", "address": "清江镇石龙村3组12号"}
    issue = db.session.scalars(select(Issue).where(Issue.number == number)).one()
    monkeypatch.setattr(tables.persons, "masked", lambda text: text)
    sun = browser.as_("sun")

    def say(text):
        with transaction():
            complainants.write(issue, kept)
            issue.findings = text

    for said in ("李 大力来电", "电话 138-0000 １２３４", "在清江镇石龙村3组12号"):
        say(f"经查{said}一处堆放点。")
        refused = sun.get(address, 409)
        assert "第1行“调查核实情况”写有举报人信息" in refused.text
        assert "李大力" not in refused.text
    sun.get(f"/complaints.xlsx?batch={batch.on}", 409)
    browser.as_("chen").get(address, 403)

    with monkeypatch.context() as without:
        without.setattr(complainants, "named_in", lambda _texts: [])
        browser.as_("sun").get(address)  # the comparison itself is what refuses
    say("属实。")
    browser.as_("sun").get(address)


def test_a_short_or_empty_name_is_no_hit(make_issue):
    issue = make_issue(Status.RECTIFYING, source="YX")
    with transaction():
        complainants.write(
            issue, {"name": "群众", "phone": "12", "address": "巴州区", "note": "夜间"}
        )

    assert complainants.named_in({issue.id: ["群众反映12处，巴州区夜间有异味"]}) == []


def test_a_batch_has_one_number_whoever_reads(letters, people):
    whole = {one.on: one.place for one in batches(people.sun)}
    own = batches(people.chen)

    assert 0 < len(own) < len(whole)
    assert all(whole[one.on] == one.place for one in own)


def test_a_unit_sees_its_own_letters_alone(letters, people):
    own = counted(people.chen)
    seen = own[-1].figures.letters if own else 0

    assert seen < 39
    assert sum(one.letters for one in batches(people.chen)) == seen


def test_an_earlier_round_s_number_names_no_round():
    assert round_of("D3SC202410210054") == "第三轮"
    assert round_of("D5119022017090400012") == UNNAMED
    assert round_of(None) == UNNAMED


def test_without_letters_the_page_tells_the_next_step(browser):
    sun = browser.as_("sun")

    assert "没有交办的督察信访件" in sun.get("/complaints").text
    sun.get("/complaints.docx", 404)
