"""The page of messages: what is unread is counted on every page, read once, and leads on."""

import pytest
from sqlalchemy import func, select, update

from extensions import db, transaction
from issues.models import Message
from issues.queries.messages import inbox
from issues.vocabulary import MessageEvent, Status
from issues.web.messages import page as pages


def unread(person):
    db.session.rollback()
    mine = select(func.count(Message.id)).where(Message.user_id == person.id)
    return db.session.scalar(mine.where(Message.read_at.is_(None)))


def test_who_was_told_nothing_is_told_where_it_would_stand(browser):
    page = browser.as_("he").get("/messages")

    assert "没有消息" in page.text
    assert "/account/addresses" in page.links
    assert "条未读" not in page.text


def test_unread_is_counted_on_every_page_and_leads_to_its_ticket(people, make_issue, browser):
    issue = make_issue(Status.PLAN_REVIEW)
    count = unread(people.liu)
    liu = browser.as_("liu")
    assert f"消息 {count} 条未读" in liu.get("/").text

    page = liu.get("/messages")
    assert page.rows()[0][1:3] == ["等待审核或决定（未读）", issue.number]
    (row,) = db.session.scalars(
        inbox.messages(people.liu, Message.event == MessageEvent.DECISION).limit(1)
    ).all()
    ticket = liu.post(f"/messages/{row.id}/open", via="/messages")
    assert ticket.url == f"/issues/{issue.number}"
    assert unread(people.liu) == count - 1


def test_the_filter_is_read_and_what_came_later_stays_unread(people, make_issue, browser):
    make_issue(Status.PLAN_REVIEW)
    lead = browser.as_("chenlead")
    only = lead.get("/messages?event=assigned")
    assert {row[1] for row in only.rows()} == {"交办（未读）"}
    form = only.form("/messages/read").drawn()
    make_issue(Status.ASSIGNED, title="另一处问题")
    lead.send("/messages/read", **dict(form))

    rest = lead.get("/messages?show=unread&event=assigned")
    assert len(rest.rows()) == 1
    assert "没有符合条件的消息" in lead.get("/messages?event=work").text


def test_a_stranger_to_a_message_cannot_open_it(people, make_issue, browser):
    make_issue(Status.PLAN_REVIEW)
    row = db.session.scalar(select(Message.id).where(Message.user_id == people.liu.id))
    browser.as_("liu").get("/messages")

    browser.as_("wu").post(f"/messages/{row}/open", 404, via="/messages")
    assert db.session.get_one(Message, row).read_at is None


@pytest.mark.both
def test_the_page_asks_as_much_for_one_message_as_for_fifty(people, make_issue, browser):
    make_issue(Status.ASSIGNED)
    chen = browser.as_("chen")
    chen.get("/messages")  # the first page of a session notes, now and then, when it was last used
    few = len(chen.get("/messages").statements)
    row = db.session.scalars(select(Message).where(Message.user_id == people.chen.id)).first()
    same = {c.name: getattr(row, c.name) for c in Message.__table__.columns if c.name != "id"}
    with transaction():
        db.session.add_all(Message(**same | {"occasion": f"again-{n}"}) for n in range(60))

    page = chen.get("/messages")
    assert len(page.statements) == few
    assert len(page.rows()) == pages.PER_PAGE
    assert chen.get("/messages?page=99").rows(), "past the end is the last page"


def test_more_than_a_hundred_are_counted_no_further(people, make_issue, browser):
    make_issue(Status.ASSIGNED)
    row = db.session.scalars(select(Message).where(Message.user_id == people.chen.id)).first()
    same = {c.name: getattr(row, c.name) for c in Message.__table__.columns if c.name != "id"}
    with transaction():
        db.session.add_all(Message(**same | {"occasion": f"again-{n}"}) for n in range(150))
    assert "消息 99+ 条未读" in browser.as_("chen").get("/").text
    with transaction():
        db.session.execute(update(Message).values(is_covert=True))
    assert "条未读" not in browser.as_("chen").get("/").text


def test_the_hours_are_read_and_what_is_wrong_stands_at_its_field(people, browser):
    chen = browser.as_("chen")
    form = dict(chen.get("/account/addresses").form("/account/choices").drawn())
    wrong = chen.send("/account/choices", 422, **form | {"quiet_from": "25:00"})
    assert "23:59" in wrong.error("quiet_from")
    chen.send("/account/choices", **form | {"quiet_from": "22:00", "deadline": "off"})

    drawn = dict(chen.get("/account/addresses").form("/account/choices").drawn())
    assert (drawn["quiet_from"], drawn["deadline"]) == ("22:00", "off")
    chen.get("/account/addresses/unit", 404)
