"""A draft's DOCX back from a word processor: compared paragraph by paragraph, then taken in."""

from io import BytesIO

import pytest
from pressed import planned
from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.models import Notice
from issues.notices.desk import acts as desk

MINE = "问题来源。该问题由群众反映，社会关注度高。"


@pytest.fixture
def draft(browser, people):
    issue = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    return f"/notices/{row().id}"


def row():
    db.session.rollback()
    return db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()


def stands(text):
    found = [one for one in desk.stands_now(row(), clock.now()) if text in one.text]
    db.session.rollback()
    return found


def sent(visitor, draft, data, expect=200):
    visitor.get(f"{draft}/desk/text")
    file = {"file": (BytesIO(data), "草稿.docx")}
    return visitor.send(f"{draft}/desk/text", expect, **visitor.bare(file))


def test_a_file_left_as_it_was_changes_nothing_and_a_changed_one_is_taken_in(browser, draft):
    sun = browser.as_("sun")
    plain = sun.get(f"{draft}.docx").answer.get_data()
    assert "没有改动" in sent(sun, draft, plain).text
    (one,) = stands("问题来源")
    form = {"act": "write", "id": one.id, "base": one.base, "text": MINE, "level": "2"}
    sun.send(f"{draft}/desk", **sun.bare(form))
    changed = sun.get(f"{draft}.docx").answer.get_data()
    sun.send(f"{draft}/desk/versions", **sun.bare({"number": "1"}))
    assert not stands("社会关注度高")

    page = sent(sun, draft, changed)
    assert "共 1 处" in page.text
    assert not stands("社会关注度高"), "nothing is changed by looking"
    accept = page.form(f"{draft}/desk/text/accept").drawn()
    sun.send(f"{draft}/desk/text/accept", 422, **{**accept, "token": []})
    sun.send(f"{draft}/desk/text/accept", **accept)
    assert [each.text for each in stands("社会关注度高")] == [MINE]


def test_a_change_upon_what_moved_meanwhile_is_told_and_shown_anew(browser, draft):
    sun, (one,) = browser.as_("sun"), stands("问题来源")
    form = {"act": "write", "id": one.id, "base": one.base, "text": MINE, "level": "2"}
    sun.send(f"{draft}/desk", **sun.bare(form))
    changed = sun.get(f"{draft}.docx").answer.get_data()
    sun.send(f"{draft}/desk/versions", **sun.bare({"number": "1"}))
    accept = sent(sun, draft, changed).form(f"{draft}/desk/text/accept").drawn()
    other = {**form, "text": "问题来源。别人所写。"}
    zhou = browser.as_("zhou")
    zhou.send(f"{draft}/desk", **zhou.bare(other))

    page = sun.send(f"{draft}/desk/text/accept", 409, **accept)
    assert "重新核对" in page.text
    assert "别人所写" in page.text
    assert [each.text for each in stands("问题来源")] == ["问题来源。别人所写。"]


def test_what_is_no_docx_is_refused_at_its_field(browser, draft):
    sun = browser.as_("sun")
    assert "#f-file" in sent(sun, draft, b"not a file", 422).html
    browser.as_("lin").get(f"{draft}/desk/text", 403)
