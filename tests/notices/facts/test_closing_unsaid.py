"""A ledger that has no day of closing: nobody is told one, and no paper signs one."""

from datetime import date

import pytest
from brought import bring, ticket
from handmade import register
from sqlalchemy import select

from extensions import db, transaction
from issues.colour import closing
from issues.ground import clock
from issues.models import Digest, Notice
from issues.notices.facts.outcomes import outcome_facts
from issues.notices.facts.past import past_of
from issues.queries.supervision import digest

TODAY = date(2025, 11, 25)
DONE = (1, "封堵排口", "2025年8月底前", "是")
OLD = {"整改时限": "2025年8月31日前", "是否销号": "是", "整改措施": DONE}
LATELY = OLD | {"整改时限": "2025年11月20日前"}


@pytest.fixture
def issue(people):
    ((_, number),) = bring(register(OLD)).numbers
    return ticket(number)


def drafted(browser, issue):
    browser.as_("sun").post("/notices", via="/notices/new", kind="N8", issues=issue.number)
    return db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()


def test_the_page_and_the_file_tell_no_day_but_what_the_board_counts(issue, browser):
    page = browser.as_("sun").get(f"/issues/{issue.number}").text.replace(" ", "")

    assert "销号日期未记载导入的台账没有销号日期，看板自2025年9月1日起按已销号统计" in page
    assert "颜色变为已销号" in page
    assert "销号日期2025-11-25" not in page
    assert closing.closing_of(issue) == closing.Closing(None, date(2025, 9, 1))


def test_what_was_closed_here_or_on_a_day_of_the_ledger_is_on_record(issue):
    issue.extra = {}
    assert closing.closing_of(issue) == closing.Closing(TODAY, TODAY)
    issue.extra = {"销号日期说明": "表中没有销号日期，按导入当日记"}
    issue.round = 2
    assert closing.closing_of(issue).is_recorded


def test_a_letter_of_closing_is_not_signed_upon_it(issue, browser, monkeypatch):
    assert past_of([issue])[issue.id]["closed_on"] is None
    assert outcome_facts(issue) == {"what": "closed"}
    url = f"/notices/{drafted(browser, issue).id}"
    sun = browser.as_("sun")
    typed = sun.get(url).form(f"{url}/edit").drawn()

    refused = sun.send(f"{url}/sign/confirm", 422, **typed).text
    assert "没有销号记录" in refused
    assert "2025年11月25日，" not in sun.get(url).text

    monkeypatch.setattr(closing, "CLOSING_UNSAID", "没有这一栏")
    assert outcome_facts(issue) == {"what": "closed", "on": "2025-11-25"}
    assert "该事项符合销号条件，予以销号" in sun.send(f"{url}/sign/confirm", **typed).text


@pytest.mark.both
def test_a_digest_tells_of_the_week_what_the_board_counts(people, browser, monkeypatch):
    """Those brought in today count from the day after their deadline; and a cut list says so."""
    monkeypatch.setattr(digest, "LISTED", 2)
    problems = ({"存在问题": f"问题{place}"} for place in range(3))
    bring(register(OLD, *(LATELY | one for one in problems)))
    with transaction():
        digest.make(people.zhao, TODAY, TODAY, clock.now())
    told = db.session.scalars(select(Digest)).one().document

    assert (told["closed_count"], told["closed_back"], len(told["closed"])) == (3, 0, 2)
    assert told["now"]["closed"] - told["before"]["closed"] == 3
    page = browser.as_("zhao").get("/digests").text
    assert "这一周销号 3 件" in page
    assert "此处列出 2 件，共 3 件" in page
