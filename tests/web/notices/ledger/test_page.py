"""The 发文登记簿: every number once, void ones kept, a gap told, each person their own papers."""

import io

import openpyxl
import pytest
from pressed import planned
from sqlalchemy import select, update

from extensions import db, transaction
from issues.models import Notice
from issues.queries.notices.ledger.series import judged, parted

URL = "/notices/ledger"


@pytest.fixture
def papers(browser, people):
    """Three signed papers of two units, the second void."""
    found = []
    for title, unit in (("第1处河道问题", "511902"), ("第2处河道问题", "511902")):
        issue = planned(people, title=title, unit=unit)
        browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
        db.session.rollback()
        newest = select(Notice.id).where(Notice.trigger == "by_hand").order_by(Notice.id.desc())
        found.append(db.session.scalars(newest.limit(1)).one())
        browser.as_("zhou").sign(f"/notices/{found[-1]}")
    browser.as_("zhou").post(f"/notices/{found[1]}/void", reason="误发")
    db.session.rollback()
    return [db.session.get(Notice, one) for one in found]


def test_every_number_stands_with_what_became_of_it(browser, papers):
    page = browser.as_("sun").get(URL)

    for notice in papers:
        assert notice.number in page.text
    assert "已作废：误发" in page.text
    assert "待签收" in page.text
    assert "1至2号齐全，共2件，其中作废1件（第2号）" in page.text
    assert "编号不连续" not in page.text


def test_filters_find_and_sort_counts_as_numbers_do(browser, papers):
    sun = browser.as_("sun")

    assert papers[1].number not in sun.get(f"{URL}?q=第1处河道").text
    assert papers[0].number not in sun.get(f"{URL}?state=void").text
    assert "没有符合这些条件的发文" in sun.get(f"{URL}?year=2024").text
    assert "没有符合这些条件的发文" in sun.get(f"{URL}?q=%25").text
    assert papers[0].number in sun.get(f"{URL}?unit=511902&series={papers[0].number[:-2]}").text
    for odd in ("year=x", "page=99999", "sort=no&order=no", "limit=0", "state=no", "kind=zz"):
        sun.get(f"{URL}?{odd}")
    with transaction():  # 10号 comes after 2号
        db.session.execute(
            update(Notice)
            .where(Notice.id == papers[0].id)
            .values(number=papers[0].number.replace("1号", "10号"))
        )
    for order, first in (("asc", "2号"), ("desc", "10号")):
        shown = sun.get(f"{URL}?sort=number&order={order}").tree.all("td", data_label="文号")
        assert first in shown[0].text


def test_a_page_ends_and_leads_on(browser, papers):
    page = browser.as_("sun").get(f"{URL}?limit=1&state=")

    assert "第 1/2 页" in page.text
    for number in (2, 3, 9_999, 99_999_999):
        assert "第 2/2 页" in browser.as_("sun").get(f"{URL}?limit=1&page={number}").text


def test_a_gap_is_told_with_what_the_counter_holds(browser, papers):
    with transaction():
        db.session.execute(update(Notice).where(Notice.id == papers[0].id).values(number=None,
            status="void"))  # fmt: skip
    page = browser.as_("sun").get(URL)

    assert "编号不连续" in page.text
    assert "第1号没有对应的文书：编号已取到2号，登记簿中只有1件" in page.text


def test_a_unit_sees_its_own_papers_and_no_series(browser, papers):
    page = browser.as_("chen").get(URL)
    assert papers[0].number in page.text
    assert "编号是否连续" not in page.text
    assert papers[0].number not in browser.as_("wu").get(URL).text
    for name in ("sysadmin", "auditor"):
        browser.as_(name).get(URL, 403)


def test_the_workbook_says_what_the_page_says(browser, papers):
    answer = browser.as_("sun").get("/notices/ledger.xlsx?sort=number").answer
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    cells = [[cell.value for cell in row] for row in book["发文登记簿"].iter_rows()]

    numbers = [
        row[0]
        for row in cells
        if (row[0] and str(row[0]).endswith("〕1号")) or str(row[0]).endswith("〕2号")
    ]
    assert numbers == [notice.number for notice in papers]
    assert any("已作废：误发" in str(row[8]) for row in cells)
    assert "1至2号齐全" in str([[c.value for c in row] for row in book["编号"].iter_rows()])


@pytest.mark.parametrize(
    ("serials", "last", "missing", "beyond"),
    [
        ((1, 2, 3), 3, (), ()), ((1, 3), 3, (2,), ()), ((), 2, (1, 2), ()),
        ((1, 2, 5), 2, (), (5,)), ((2,), 1, (1,), (2,)),
    ],
)  # fmt: skip
def test_numbers_are_held_against_the_counter(serials, last, missing, beyond):
    rows = [(parted(f"巴环委办督〔2025〕{one}号"), False) for one in serials]
    (found,) = judged(rows, {"巴环委办督〔2025〕": last})
    assert (found.missing, found.beyond, found.is_whole) == (
        missing, beyond, not missing and not beyond,
    )  # fmt: skip


def test_series_stand_apart_by_year_and_sign():
    rows = [
        (parted(number), False) for number in ("甲〔2024〕1号", "甲〔2025〕1号", "乙〔2025〕1号")
    ]
    found = judged(rows, {"甲〔2024〕": 1, "甲〔2025〕": 1, "乙〔2025〕": 1})
    assert [(one.name, one.year) for one in found] == [("乙", 2025), ("甲", 2025), ("甲", 2024)]
    assert parted("无号") is None
