"""The preview asks of rows like a ticket of the register, and the import waits for the answers."""

from brought import bring
from handmade import FIRST, register, told
from sqlalchemy import func, select
from workbooks import upload

from extensions import db
from issues.exchange import uploads
from issues.models import Issue

OLD = FIRST["存在问题"]
EDITED = OLD.replace("发臭", "黑臭")
OTHER = "某砖厂未建除尘设施，物料露天堆放，扬尘扰民。"
FIRST_TICKET, SECOND = "BZ-AF-2025-001", "BZ-AF-2025-002"


def count():
    return db.session.scalar(select(func.count()).select_from(Issue))


def test_each_row_is_asked_and_the_import_waits_for_the_answers(browser):
    bring(told(OLD, OTHER))
    sun = browser.as_("sun")
    page = upload(sun, told(EDITED, f"督察发现，{OTHER}", EDITED.replace("沟渠", "渠道")))

    assert "共 3 行，待答复 3 行" in page.text
    assert EDITED in sun.get(f"{page.url}?alike=99").text
    assert "字词相同86%，点位相同" in page.text
    assert EDITED in page.text
    assert OLD in page.text
    assert f"/issues/{FIRST_TICKET}" in page.links
    assert f"{page.url}/confirm" not in page.links
    refused = sun.post(f"{page.url}/confirm", expect=422)
    assert "表中有3行可能是台账中已有的问题，请答复后再导入。" in refused.text
    assert "请答复" in refused.text
    assert count() == 2

    answer = f"{page.url}/alike"
    twice = sun.post(answer, via=page.url, expect=422, row_5=FIRST_TICKET, row_7=FIRST_TICKET)
    assert f"第7行与第5行都答为{FIRST_TICKET}，台账中的一个问题只能对应表中的一行" in twice.text
    wrong = sun.post(answer, via=page.url, expect=422, row_5=SECOND)
    assert "共 3 行，待答复 3 行" in wrong.text

    some = sun.post(answer, via=page.url, row_5=FIRST_TICKET)
    assert "已记下1行的答复，还有2行待答复" in some.text
    sun.post(f"{page.url}/confirm", expect=422)
    every = sun.post(answer, via=page.url, rest="new")
    assert "待答复 0 行" in every.text
    kept = uploads.load(int(page.url.rsplit("/", 1)[1])).report["profile"]
    assert f'"5" = "{FIRST_TICKET}"' in kept
    assert '"new_rows" = [6, 7]' in kept

    assert EDITED in sun.get(f"{page.url}/differences").text
    report = sun.post(f"{page.url}/confirm")
    assert (report.heading, count()) == ("导入结果", 4)


def test_an_answer_is_taken_back_by_leaving_it_empty(browser):
    bring(told(OLD))
    sun = browser.as_("sun")
    page = upload(sun, told(EDITED))
    answer = f"{page.url}/alike"
    same = sun.post(answer, via=page.url, rest="same")
    assert f"{page.url}/confirm" in same.links

    empty = sun.post(answer, via=page.url, row_5="")

    assert "待答复 1 行" in empty.text


def test_a_sheet_whose_rows_have_numbers_asks_nothing(browser):
    bring(told(OLD))

    page = upload(browser.as_("sun"), register({"存在问题": EDITED, "编号": "BZ-AF-2025-077"}))

    assert "可能是同一问题" not in page.text
    assert f"{page.url}/confirm" in page.links


def test_only_the_office_may_answer(browser):
    bring(told(OLD))
    page = upload(browser.as_("sun"), told(EDITED))

    browser.as_("chen").post(f"{page.url}/alike", 403, via="/", rest="new")
    assert "待答复 1 行" in browser.as_("sun").get(page.url).text
