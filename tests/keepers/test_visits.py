"""Photos of a keeper's visit: asked for only where a criterion does, kept as other evidence."""

import io

import pytest
from samples import jpeg, pdf
from sqlalchemy import select

from auth.actor import SYSTEM
from extensions import db, transaction
from issues.evidence import checklists
from issues.evidence.intake.by_hand import kinds_for
from issues.ground import clock
from issues.models import Evidence, Keeper, Keeping
from issues.once import new_key
from issues.rules.required import DEFAULT
from issues.vocabulary import EvidenceKind, KeeperLevel, Status

KIND = EvidenceKind.KEEPER_VISIT


@pytest.fixture
def stage(people, make_issue):
    """A ticket kept by a leader of its own county and by a person who has no part in it."""
    issue = make_issue(Status.RECTIFYING)
    for name in ("chen", "wulead"):
        keeper = Keeper(name=name, account_id=people[name].id, made_at=clock.now())
        db.session.add(keeper)
        db.session.flush()
        given = Keeping(
            keeper_id=keeper.id, level=KeeperLevel.AREA, region="511902", from_on=clock.today()
        )
        db.session.add(given)
    db.session.commit()
    return issue


def asked(count):
    with transaction():
        document = DEFAULT | {"all": DEFAULT["all"] | {KIND.value: count}}
        checklists.put(document, SYSTEM, "", at=clock.now())


def visit(visitor, issue, *photos, expect=200, text="已到现场", once=None):
    files = [(io.BytesIO(content), name) for content, name in photos]
    form = visitor.bare({"text": text, "once": once or new_key()})
    return visitor.send(f"/keeping/{issue.id}", expect, **form, photos=files or None)


def photos():
    db.session.rollback()
    rows = select(Evidence).where(Evidence.kind == KIND).order_by(Evidence.id)
    return db.session.scalars(rows).all()


def test_a_photo_is_asked_for_only_while_the_checklist_asks_for_more_than_there_are(browser, stage):
    chen = browser.as_("chen")
    assert "选填" in chen.get(f"/keeping/{stage.id}").text
    visit(chen, stage)
    asked(1)
    assert "还差1张" in chen.get(f"/keeping/{stage.id}").text
    assert "还差1张" in visit(chen, stage, expect=422).error("photos")
    assert "登记查看" in visit(chen, stage, (jpeg(), "河边.jpg")).text
    (row,) = photos()
    assert (row.name, row.issue_id, row.is_covert) == ("河边.jpg", stage.id, False)
    visit(chen, stage)
    shown = chen.get(f"/keeping/{stage.id}")
    assert f"/issues/{stage.number}/evidence/{row.id}" in shown.links
    gallery = browser.as_("sun").get(f"/issues/{stage.number}/evidence").text
    assert "包保查看照片" in gallery
    assert "河边.jpg" in gallery

    sun = browser.as_("sun")
    sun.post(
        f"/issues/{stage.number}/evidence/{row.id}/withdraw",
        via=f"/issues/{stage.number}/evidence/{row.id}", withdraw_reason="拍错了",
    )  # fmt: skip
    visit(chen, stage, expect=422)
    assert "河边.jpg" not in chen.get(f"/keeping/{stage.id}").text


def test_a_photo_is_proven_like_other_evidence_and_the_same_form_twice_is_one(browser, stage):
    chen, twice = browser.as_("chen"), new_key()
    for bad in ((b"no picture", "a.jpg"), (pdf(), "a.pdf")):
        assert visit(chen, stage, bad, expect=422).error("photos")
    assert photos() == []
    for _ in range(2):
        visit(chen, stage, (jpeg(), "a.jpg"), (jpeg(), "b.jpg"), once=twice)
    assert [row.name for row in photos()] == ["a.jpg"], "the same bytes are one photo"
    story = browser.as_("sun").get(f"/issues/{stage.number}").text
    assert "包保查看照片：a.jpg" in story


def test_a_keeper_out_of_the_ticket_brings_a_photo_and_gets_no_way_to_it(browser, stage, people):
    wu = browser.as_("wulead")
    assert "照片 a.jpg" in visit(wu, stage, (jpeg(), "a.jpg")).text
    (row,) = photos()
    assert row.uploaded_by_id == people["wulead"].id
    wu.get(f"/issues/{stage.number}/evidence/{row.id}", expect=404)


def test_nobody_but_the_office_brings_such_a_photo_by_hand(browser, stage, people):
    chen, url = browser.as_("chen"), f"/issues/{stage.number}/evidence"
    file = {"kind": KIND.value, "file": [(io.BytesIO(jpeg()), "a.jpg")]}
    refused = chen.send(url, 422, **chen.bare(file))
    assert "随包保人登记查看上传" in refused.text
    assert photos() == []
    file["file"] = [(io.BytesIO(jpeg()), "a.jpg")]
    sun = browser.as_("sun")
    sun.send(url, **sun.bare(file))
    assert len(photos()) == 1
    told = {name: KIND.value in dict(kinds_for(people[name])) for name in ("sun", "chen", "lin")}
    assert told == {"sun": True, "chen": False, "lin": False}
