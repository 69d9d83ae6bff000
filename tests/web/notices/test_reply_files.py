"""Files that go with an answer from the unit's own phone: at any time, with the answer or not."""

import io

import pytest
import samples
from pressed import planned
from sqlalchemy import select

from extensions import db
from issues.models import Evidence, Notice
from issues.vocabulary import Action, EvidenceKind, Status
from issues.web.papers import reply as notice_reply


def photo(name="现场.jpg", data=None):
    return io.BytesIO(samples.jpeg() if data is None else data), name


@pytest.fixture
def tickets(people):
    return [planned(people, title=f"第{number}处河道问题") for number in (1, 2)]


@pytest.fixture
def url(browser, tickets):
    return signed_on(browser, *tickets)


def signed_on(browser, *tickets):
    """The address of an N1 on them, signed and signed for."""
    numbers = " ".join(ticket.number for ticket in tickets)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N1", issues=numbers)
    url = f"/notices/{notice().id}"
    browser.as_("sun").sign(url)
    browser.as_("chen").post(f"{url}/acknowledge", via=url, name="陈某", phone="1")
    return url


def kept():
    db.session.rollback()
    return db.session.scalars(select(Evidence).order_by(Evidence.id)).all()


def notice():
    db.session.rollback()
    return db.session.scalars(select(Notice).where(Notice.trigger == "by_hand")).one()


def test_photos_go_with_the_answer_to_the_ticket_named(browser, url, tickets):
    form = {"text": "已整改。", "issue": tickets[1].number, "file": [photo(), photo("二.jpg")]}
    page = browser.as_("chen").post(f"{url}/reply", via=url, **form)

    first, second = kept()
    assert "答复已提交" in page.text
    assert notice().reply_evidence == [first.id, second.id]
    assert (first.kind, first.name) == (EvidenceKind.OTHER, "现场.jpg")
    assert first.note == f"随{notice().number}的答复提交"
    assert first.issue_id == tickets[1].id
    shown = browser.as_("sun").get(url)
    assert f"/issues/{tickets[1].number}/evidence/{first.id}" in shown.links, "its own ticket's"
    assert "其他 现场.jpg、其他 二.jpg" in shown.text
    browser.as_("sun").get(f"/issues/{tickets[1].number}/evidence/{first.id}")


def test_they_are_taken_when_the_ticket_itself_takes_none(browser, make_issue):
    ticket = make_issue(Status.SITE_CHECK)
    make_issue.act(Action.RAISE_CARD, ticket, "sun", colour="red", reason="整改迟缓")
    url, gallery = signed_on(browser, ticket), f"/issues/{ticket.number}/evidence"
    chen = browser.as_("chen")
    chen.send(gallery, 409, file=[photo()], **chen.bare({"kind": "before"}))

    chen.post(f"{url}/reply", via=url, text="已整改。", file=[photo()])

    assert notice().reply_evidence == [kept()[-1].id]


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"file": [photo("木马.exe", b"MZ")]}, 415, "file"),
        ({"file": [photo("假的.jpg", b"not a picture")]}, 415, "file"),
        ({"text": "", "file": [photo()]}, 422, "text"),
        ({"issue": "BZ-AF-2025-999", "file": [photo()]}, 422, "issue"),
    ],
    ids=["kind", "bytes", "no text", "another ticket"],
)
def test_what_is_refused_leaves_neither_answer_nor_file(browser, url, changes, status, field):
    chen = browser.as_("chen")
    for file, _name in changes["file"]:
        file.seek(0)

    page = chen.send(f"{url}/reply", status, **chen.bare({"text": "已整改。"} | changes))

    assert kept() == []
    assert notice().replied_at is None
    assert page.tree.all("p", **{"class": "field-error"}) or field in page.html


def test_more_files_than_a_form_takes_are_refused(browser, url, monkeypatch):
    monkeypatch.setattr(notice_reply, "MOST_FILES", 1)
    form = {"text": "已整改。", "file": [photo(), photo("二.jpg")]}

    page = browser.as_("chen").post(f"{url}/reply", 422, via=url, **form)

    assert "一次最多上传1个文件" in page.text
    assert kept() == []


@pytest.mark.parametrize(("name", "status"), [("sun", 403), ("wu", 404), ("liu", 404)])
def test_nobody_elses_file_is_taken(browser, url, name, status):
    visitor = browser.as_(name)
    form = visitor.bare({"text": "已整改。", "file": [photo()]})

    visitor.send(f"{url}/reply", status, **form)

    assert kept() == []


def test_the_same_form_sent_twice_keeps_its_file_once(browser, url):
    chen = browser.as_("chen")
    form = chen.get(url).form(f"{url}/reply").filled({"text": "已整改。"})

    for _ in range(2):
        chen.send(f"{url}/reply", file=[photo()], **form)

    assert len(kept()) == 1
