"""The pages of a paper's way: its sheet, opinions on it, its minutes, and 密级 where it may be."""

from dataclasses import replace

import pytest
from notice_steps import TODAY, do, draft
from pressed import noon, planned, press

from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import Notice
from issues.notices import acts, drafting
from issues.notices.rights import load
from issues.vocabulary import NoticeAct, NoticeKind, NoticeStatus


def circular(people, **words):
    with transaction():
        made = drafting.draft_by_hand(NoticeKind.N9, [], people.sun, TODAY, "circular")
    said = {"subject": "开展排查", "body": "请开展排查。", "recipients": ["511902", "511903"]}
    do("edit", made, people.sun, said | words)
    return made


def test_an_opinion_is_kept_on_the_sheet_and_the_sheet_is_printed(browser, people):
    notice = circular(people)
    url = f"/notices/{notice.id}"
    said = {"step": "review", "name": "林某", "on": "2025-11-25", "agreed": "yes", "text": "可发。"}
    sun = browser.as_("sun")

    assert "发文稿纸" in sun.get(url).text
    assert "未登记的环节留空" in sun.get(f"{url}/course").text
    sun.post(f"{url}/course/opine", via=f"{url}/course", expect=422, **said | {"on": "2099-01-01"})
    sun.post(f"{url}/course/opine", via=f"{url}/course", **said)
    assert "可发。" in sun.get(f"{url}/course").text
    assert sun.get(f"{url}/course.pdf").answer.get_data().startswith(b"%PDF")
    do("sign", notice, people.zhou)
    browser.as_("chen").get(f"{url}/course", 403)
    assert "可发" not in browser.as_("chen").get(url).text
    assert "核稿：林某，同意，可发。" in sun.get(url).text
    assert "登记意见" not in sun.get(f"{url}/course").text


def test_each_kind_a_person_writes_is_chosen_by_its_name(browser, people):
    sun = browser.as_("sun")
    page = sun.get("/notices/new").text.partition("摘牌函")[2]
    for name in ("函", "通知", "请示", "报告", "会议纪要"):
        assert name in page

    sun.post("/notices", via="/notices/new", kind="N9-request")
    made = db.session.query(Notice).one()
    assert (made.kind, made.facts["form"]) == (NoticeKind.N9, "request")
    assert "密级" not in sun.get(f"/notices/{made.id}").text
    assert [row for row in sun.get("/notices?kind=N9-request").rows() if "请示" in " ".join(row)]


def test_each_unit_sees_its_own_receipt_asked_for_and_the_office_all(browser, people):
    notice = circular(people)
    do("sign", notice, people.zhou)
    url = f"/notices/{notice.id}"
    wu = browser.as_("wu")

    assert "签收" in wu.get(url).text
    assert "巴州区 待签收" not in " ".join(wu.get(url).text.split())
    wu.post(f"{url}/acknowledge", via=url, name="吴某", phone="0827-1")
    told = browser.as_("sun").get(url).text
    assert "各主送单位签收" in told
    assert "吴某" in told
    assert "待签收" in told


def test_no_mark_of_secrecy_is_taken_where_the_operator_says_nothing(people):
    notice = circular(people)
    marked = {"secrecy": "confidential", "secrecy_term": "1年", "copy_number": "000001"}
    with pytest.raises(Incomplete) as wrong:
        do("edit", notice, people.sun, marked)
    assert "不得在非涉密系统中处理" in wrong.value.errors["secrecy"][0]

    fit = replace(press(), secrecy="classified")
    with pytest.raises(Incomplete), transaction():
        acts.do(NoticeAct.EDIT, notice.id, people.sun, {"secrecy": "secret"}, fit, at=TODAY)
    with transaction():
        acts.do(NoticeAct.EDIT, notice.id, people.sun, marked, fit, at=TODAY)
    do("sign", notice, people.zhou)
    assert load(notice.id, people.sun).facts["secrecy"] == "confidential"


def test_the_public_reads_no_title_of_a_marked_paper(browser, people):
    notice = circular(people)
    fit = {"secrecy": "internal"}
    with transaction():
        row = db.session.get(Notice, notice.id)
        row.facts = row.facts | fit
    do("sign", notice, people.zhou)
    row = db.session.get(Notice, notice.id)
    assert row.status is NoticeStatus.SIGNED
    page = browser.stranger.get(f"/verify/{row.token}").text

    assert row.number in page
    assert "标有密级" in page
    assert "开展排查" not in page


def test_minutes_are_begun_on_the_page_of_a_summons_that_was_held(browser, people):
    issue = planned(people)
    notice = draft(people, issue, NoticeKind.N4)
    said = {"meeting_on": "2025-12-05", "meeting_place": "三楼", "meeting_host": "赵副市长",
            "meeting_attendees": ["区长"]}  # fmt: skip
    do("edit", notice, people.sun, said)
    do("sign", notice, people.zhao)
    url, sun = f"/notices/{notice.id}", browser.as_("sun")
    assert "起草会议纪要" not in sun.get(url).text

    with clock.standing_on(noon("2025-12-09").date()):
        assert "起草会议纪要" in sun.get(url).text
        sun.post(f"{url}/minutes", via=url)
    made = db.session.query(Notice).filter_by(kind=NoticeKind.N9).one()
    assert made.facts["minutes"]["present"] == ["赵副市长", "区长"]


def test_each_unit_a_letter_names_has_a_day_to_sign_for_it(browser, people):
    notice = circular(people)
    do("sign", notice, people.zhou)
    row = db.session.get(Notice, notice.id)
    due = row.facts["sign_due"]

    assert (due, row.sign_due) == ("2025-11-27", None)
    page = browser.as_("sun").get(f"/notices/{notice.id}")
    assert f"签收时限</dt><dd><time>{due}" in page.html
    assert due in browser.as_("chen").get("/").text
