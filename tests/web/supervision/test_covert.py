"""Notes of unannounced visits: from the phone, with photos, into a ticket; for inspectors only."""

import io

import pytest
import samples
from sqlalchemy import select

from extensions import db
from issues.models import CovertNote, CovertPhoto, Event, Evidence, Issue
from issues.vocabulary import Status

FOUND = {
    "title": "砂石厂夜间偷排",
    "findings": "22时许厂区后门直排泥浆水。",
    "at": "2025-11-24T22:10",
    "region": "511902",
    "place": "某某村三组",
    "subject_firm": "某某砂石厂",
}


def write(browser, *photos, **changes):
    lin = browser.as_("lin")
    shown = lin.get("/covert/new").form("/covert/new")
    files = {"file": [(io.BytesIO(data), name) for data, name in photos]} if photos else {}
    return lin.send("/covert/new", **shown.filled(FOUND | changes) | files)


def note():
    return db.session.scalars(select(CovertNote)).one()


def test_a_note_and_its_photos_are_kept_together(browser):
    page = write(browser, (samples.jpeg(), "后门.jpg"), (samples.png(), "沟渠.png"))

    assert page.heading == FOUND["title"]
    assert [photo.name for photo in note().photos] == ["后门.jpg", "沟渠.png"]
    got = browser.as_("sun").get(f"/covert/{note().id}/photos/{note().photos[0].id}/file")
    assert got.answer.data == samples.jpeg()
    told = db.session.scalars(select(Event).where(Event.subject == "covert")).all()
    assert [event.action for event in told] == ["write", "add_photo", "add_photo"]
    assert all(event.is_covert for event in told)


def test_what_is_missing_is_told_and_nothing_kept(browser):
    lin = browser.as_("lin")
    shown = lin.get("/covert/new").form("/covert/new")

    page = lin.send("/covert/new", 422, **shown.filled(FOUND | {"findings": ""}))

    assert "请填写发现的问题" in page.text
    assert page.form("/covert/new").drawn()["place"] == FOUND["place"]
    assert db.session.scalars(select(CovertNote)).all() == []


def test_a_file_that_is_not_what_it_says_is_refused(browser):
    lin = browser.as_("lin")
    shown = lin.get("/covert/new").form("/covert/new").filled(FOUND)

    page = lin.send("/covert/new", 422, file=(io.BytesIO(b"MZ"), "照片.jpg"), **shown)

    assert "照片.jpg" in page.text
    assert db.session.scalars(select(CovertNote)).all() == []


def test_it_becomes_a_ticket_with_the_photos_covert(browser):
    write(browser, (samples.jpeg(), "后门.jpg"))
    lin, url = browser.as_("lin"), f"/issues/new?covert={note().id}"

    shown = lin.get(url)
    drawn = shown.form("/issues/new").drawn()
    assert drawn["problem"] == FOUND["findings"]
    assert drawn["subject_firm"] == "某某砂石厂"
    lin.send("/issues/new", **drawn)

    issue = db.session.scalars(select(Issue)).one()
    assert (issue.status, issue.title) == (Status.DRAFT, FOUND["title"])
    assert note().issue_id == issue.id
    kept = db.session.scalars(select(Evidence)).one()
    assert (kept.is_covert, kept.kind.value, kept.name) == (True, "before", "后门.jpg")
    assert kept.sha256 == db.session.scalar(select(CovertPhoto.sha256))


def test_a_note_becomes_one_ticket_only(browser):
    write(browser)
    lin = browser.as_("lin")
    drawn = lin.get(f"/issues/new?covert={note().id}").form("/issues/new").drawn()
    lin.send("/issues/new", **drawn)

    lin.send("/issues/new", 409, **drawn | {"once": "another", "title": "再登记一次"})

    assert len(db.session.scalars(select(Issue)).all()) == 1


@pytest.mark.parametrize("name", ["chen", "liulead", "zhao", "he", "sysadmin", "auditor"])
def test_nobody_else_finds_it(browser, name):
    write(browser, (samples.jpeg(), "后门.jpg"))
    photo = note().photos[0]

    for url in ("/covert", f"/covert/{note().id}", f"/covert/{note().id}/photos/{photo.id}/file"):
        browser.as_(name).get(url, 403)


def test_only_an_inspector_writes_one(browser):
    for name in ("sun", "zhou", "chen"):
        browser.as_(name).get("/covert/new", 403)
        browser.as_(name).send("/covert/new", 403, **browser.as_(name).bare(FOUND))


def test_covert_proof_is_no_proof_of_the_unit(browser):
    """The list of what is still missing counts what the unit itself has put in."""
    write(browser, (samples.jpeg(), "后门.jpg"))
    lin = browser.as_("lin")
    lin.send(
        "/issues/new", **lin.get(f"/issues/new?covert={note().id}").form("/issues/new").drawn()
    )
    number = db.session.scalar(select(Issue.number))

    page = browser.as_("sun").get(f"/issues/{number}")

    assert "整改前照片 还差 1 份" in page.text
