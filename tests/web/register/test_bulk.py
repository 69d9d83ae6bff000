"""One act on many tickets: the exact numbers first, then each by itself, refusals explained."""

import pytest
from sqlalchemy import func, select

from extensions import db
from issues.models import Issue, Notice
from issues.vocabulary import Action, NoticeKind, Status


def previewed(browser, name, act, *issues, expect=200):
    visitor = browser.as_(name)
    form = {"act": act, "number": [issue.number for issue in issues]}
    return visitor.send("/issues/bulk", expect, **visitor.bare(form))


def confirmed(browser, name, page, **form):
    return browser.as_(name).send("/issues/bulk/do", **page.form("/issues/bulk/do").filled(form))


def test_the_register_offers_what_a_person_may_do(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)

    office = browser.as_("sun").get("/issues")
    boxes = office.tree.all("input", type="checkbox", form="bulk")
    assert [box["value"] for box in boxes] == [issue.number]
    lead = browser.as_("liu").get("/issues").form("/issues/bulk")
    assert [node["value"] for node in lead.node.all("option")] == ["confirm"]
    assert not browser.as_("zhao").get("/issues").has_form("/issues/bulk")


def test_the_preview_counts_exactly_and_does_nothing(browser, make_issue):
    drafts = [make_issue(Status.DRAFT) for _ in range(2)]
    running, bare = make_issue(Status.RECTIFYING), make_issue(Status.DRAFT, goal="")

    page = previewed(browser, "sun", "assign", *drafts, running, bare)

    assert "共勾选 4 件：可以办理 2 件，不能办理 2 件" in page.text
    assert "本事项现为“整改中”，不能交办" in page.text
    assert "交办前请填写整改目标" in page.text
    db.session.expire_all()
    assert {issue.status for issue in (*drafts, bare)} == {Status.DRAFT}
    assert db.session.scalar(select(func.count(Notice.id)).where(Notice.kind == "N0")) == 1


@pytest.mark.postgresql
def test_each_is_done_by_itself_and_twice_is_once(browser, make_issue):
    first, second = make_issue(Status.DRAFT), make_issue(Status.DRAFT)
    page = previewed(browser, "sun", "assign", first, second)
    make_issue.act(Action.EDIT, second, "sun", place="改过的点位")

    result = confirmed(browser, "sun", page)
    again = confirmed(browser, "sun", page)

    assert "已办理 1 件，未办理 1 件" in result.text
    assert "已更新本事项" in result.text
    assert again.rows() == result.rows()
    db.session.expire_all()
    assert (first.status, second.status) == (Status.ASSIGNED, Status.DRAFT)
    assert first.version == 2


def test_reminding_drafts_one_notice_a_ticket(browser, make_issue):
    issues = [make_issue(Status.RECTIFYING) for _ in range(2)]

    confirmed(browser, "sun", previewed(browser, "sun", "remind", *issues))

    rows = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N1)).all()
    assert {row.issue_id for row in rows} == {issue.id for issue in issues}


def test_the_inspector_is_changed_with_a_reason(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    page = previewed(browser, "sun", "inspector", issue)

    refused = browser.as_("sun").send(
        "/issues/bulk/do", 422,
        **page.form("/issues/bulk/do").filled({"inspector": "lin2", "reason": ""}),
    )  # fmt: skip
    assert "请填写理由" in refused.text
    confirmed(browser, "sun", refused, inspector="lin2", reason="分工调整")

    db.session.expire_all()
    assert issue.inspector.name == "lin2"


def test_who_reported_confirms_nothing_in_bulk_either(browser, make_issue):
    own = make_issue(Status.RECTIFYING, supporting_units=["511900-STHJ"])
    make_issue.act(Action.REPORT_PROGRESS, own, "liu", text="我局已完成监测工作。")

    page = previewed(browser, "liu", "confirm", own)

    assert "可以办理 0 件，不能办理 1 件" in page.text
    forged = {"act": "confirm", "row": f"{own.number}:{own.version}", "opinion": "属实"}
    result = browser.as_("liu").send("/issues/bulk/do", **browser.as_("liu").bare(forged))
    assert "不能再确认或验收" in result.text


def test_a_ticket_out_of_sight_is_not_told_of(browser, make_issue):
    page = previewed(browser, "wu", "confirm", make_issue(Status.RECTIFYING))

    assert "没有找到该内容" in page.text
    assert "大茅坪镇" not in page.text


def test_nothing_chosen_and_unknown_acts_are_refused(browser, make_issue):
    issue = make_issue(Status.DRAFT)

    previewed(browser, "sun", "assign", expect=422)
    previewed(browser, "sun", "nonsense", issue, expect=422)
    previewed(browser, "chen", "assign", issue, expect=403)


def test_no_more_is_listed_than_a_person_sees(browser, make_issue):
    make_issue(Status.DRAFT)

    assert db.session.scalar(select(func.count(Issue.id))) == 1
    assert not browser.as_("liu").get("/issues").tree.all("input", form="bulk", type="checkbox")


def test_a_new_inspector_is_taken_back_with_both_steps_in_the_history(browser, make_issue):
    first, second = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    make_issue.act(Action.AMEND, first, "sun", fields={"inspector": "lin"}, reason="分工")
    page = previewed(browser, "sun", "inspector", first, second)
    done = confirmed(browser, "sun", page, inspector="lin2", reason="轮换")
    make_issue.act(Action.COMMENT, first, "sun", text="留言不算变更")
    make_issue.act(Action.AMEND, second, "sun", fields={"remark": "又有人办理"}, reason="补充")

    back = browser.as_("sun").send("/issues/bulk/undo", **done.form("/issues/bulk/undo").drawn())

    assert "已办理 1 件，未办理 1 件" in back.text
    db.session.expire_all()
    assert (first.inspector.name, second.inspector.name) == ("lin", "lin2")
    rows = browser.as_("sun").get(f"/api/v1/issues/{first.number}/history?limit=200").json
    reasons = [row["reason"] for row in rows["items"] if row["action"] == "amend"]
    assert reasons == ["分工", "轮换", "批量办理后撤回"]


def test_reminders_are_taken_back_while_they_are_drafts(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    done = confirmed(browser, "sun", previewed(browser, "sun", "remind", issue))
    form = done.form("/issues/bulk/undo").drawn()

    back = browser.as_("sun").send("/issues/bulk/undo", **form)
    again = browser.as_("sun").send("/issues/bulk/undo", **form)

    assert "已办理 1 件" in back.text
    assert "未办理 1 件" in again.text
    db.session.expire_all()
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N1)).one()
    assert (notice.status, notice.void_reason) == ("void", "批量办理后撤回")


def test_a_signed_reminder_and_another_tickets_notice_are_not_taken_back(browser, make_issue):
    issue, other = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    confirmed(browser, "sun", previewed(browser, "sun", "remind", other))
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N1)).one()
    forged = {"act": "remind", "row": f"{issue.number}:{issue.version}={notice.id}"}

    page = browser.as_("sun").send("/issues/bulk/undo", **browser.as_("sun").bare(forged))

    assert "未办理 1 件" in page.text
    db.session.expire_all()
    assert notice.status == "draft"


def test_an_assignment_is_not_taken_back_in_bulk(browser, make_issue):
    issue = make_issue(Status.DRAFT)
    done = confirmed(browser, "sun", previewed(browser, "sun", "assign", issue))

    assert not done.has_form("/issues/bulk/undo")
    forged = {"act": "assign", "row": f"{issue.number}:2="}
    browser.as_("sun").send("/issues/bulk/undo", 403, **browser.as_("sun").bare(forged))


def test_a_sponsor_is_named_for_many(browser, make_issue):
    issues = [make_issue(Status.RECTIFYING) for _ in range(2)]
    page = previewed(browser, "sun", "sponsor", *issues)

    confirmed(browser, "sun", page, sponsor_account="zhao", reason="领导分工")

    assert "我包案的红黄绿事项" in browser.as_("zhao").get("/").text
    assert browser.as_("zhao").get("/").text.count("大茅坪镇") >= 2
