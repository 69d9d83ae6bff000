"""All notices of a round in one file: drawn in pieces, gone on with, stopped, downloaded."""

import os
import shutil
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import certificates
import pytest
from pressed import noon, overdue, planned, press
from pypdf import PdfReader
from sqlalchemy import select
from test_bulletin import closed_round, sign, text_of

from extensions import db, transaction
from issues.ground import clock
from issues.models import Notice
from issues.notices import acts, drafting
from issues.notices.delivery import volume
from issues.notices.delivery.volume import Volume, drawn, sweep
from issues.notices.pdf.sealing import Certificate
from issues.notices.signing import frozen, preview
from issues.vocabulary import NoticeAct, NoticeKind
from issues.web.supervision import round_notices

TODAY = noon("2025-11-25")
TITLES = ("东门河道", "西门河道", "南门河道", "北门河道", "城中河道")


@pytest.fixture
def notices(people):
    """Five drafts, of which the second is signed then: their ids in the order of their tickets."""
    made = []
    for title in TITLES:
        issue = overdue(people, title=f"{title}污水直排问题")
        with transaction():
            drawn_up = drafting.draft_by_hand(NoticeKind.N1, [issue.number], people.sun, TODAY)
            made.append(drawn_up.id)
    with transaction():
        acts.do(NoticeAct.SIGN, made[1], people.sun, {}, press(), at=TODAY)
    return made


@pytest.fixture
def by_twos(monkeypatch):
    monkeypatch.setattr(volume, "PIECE", 2)


def whole(tmp_path, notices, name="a"):
    made = Volume(tmp_path / name, 1, 1)
    made.begin(notices, TODAY)
    list(made.steps(press()))
    return made.whole.read_bytes()


def test_a_run_broken_off_goes_on_where_it_stopped(tmp_path, notices, by_twos):
    made = Volume(tmp_path, 1, 1)
    made.begin(notices, TODAY)
    run = made.steps(press())
    assert [next(run), next(run)] == [(0, 5), (2, 5)]
    run.close()
    first = made.folder / "0000.pdf"
    os.utime(first, (1, 1))
    assert made.whole is None
    assert made.done(made.plan) == 2

    assert list(made.steps(press())) == [(2, 5), (4, 5), (5, 5)]

    assert first.stat().st_mtime == 1, "what is drawn is not drawn again"
    assert made.whole.read_bytes() == whole(tmp_path, notices, "in one go"), "same bytes"
    text = text_of(made.whole.read_bytes())
    places = [text.index(f"{title}污水直排问题") for title in TITLES]
    assert places == sorted(places)


@pytest.mark.parametrize("how", ["drop", "begin"])
def test_a_run_stops_where_it_is_dropped_or_begun_anew(tmp_path, notices, by_twos, how):
    made = Volume(tmp_path, 1, 1)
    made.begin(notices, TODAY)
    run = made.steps(press())
    next(run)
    if how == "drop":
        made.drop()
    else:
        made.begin(notices[:3], TODAY)

    assert list(run) == []
    assert made.whole is None
    assert not list(tmp_path.rglob("0*.pdf")), "no piece of the old run"


def test_a_piece_being_drawn_while_it_is_dropped_is_not_kept(tmp_path, notices):
    made, usual = Volume(tmp_path, 1, 1), press()
    made.begin(notices, TODAY)

    def dropped():
        made.drop()
        return usual.faces()

    assert list(made.steps(replace(usual, faces=dropped))) == [(0, 5)]
    assert not made.folder.exists()


def test_what_was_voided_meanwhile_is_left_out(tmp_path, people, notices):
    with transaction():
        acts.do(NoticeAct.VOID, notices[0], people.sun, {"reason": "重复"}, press(), at=TODAY)

    text = text_of(whole(tmp_path, notices))

    assert "东门河道" not in text
    assert "西门河道" in text


def test_drafts_drawn_together_read_as_each_alone_and_share_their_fonts(people, notices):
    drafts = [notices[0], *notices[2:]]
    together = drawn(drafts, TODAY, press())
    alone = [preview(db.session.get(Notice, one), TODAY, press()) for one in drafts]

    assert text_of(together) == "".join(text_of(pdf) for pdf in alone)
    assert len(together) < 0.6 * sum(map(len, alone))
    assert PdfReader(BytesIO(together)).pages[1].extract_text().count("— 2 —") == 1


def test_a_signed_notice_is_in_it_as_it_was_frozen(people, notices):
    kept = PdfReader(BytesIO(frozen(db.session.get(Notice, notices[1]), press())))
    bound = PdfReader(BytesIO(drawn(notices[1:2], TODAY, press())))

    assert len(bound.pages) == len(kept.pages)
    for page, original in zip(bound.pages, kept.pages, strict=True):
        assert page.get_contents().get_data() == original.get_contents().get_data()


def test_a_digital_signature_is_not_carried_into_the_file_as_a_broken_one(
    tmp_path, people, notices
):
    bundle, roots = certificates.make(tmp_path / "keys")
    own = replace(press(), signer=lambda: Certificate(bundle, certificates.PASSWORD, roots))
    with transaction():
        acts.do(NoticeAct.SIGN, notices[0], people.sun, {}, own, at=TODAY)
    kept = frozen(db.session.get(Notice, notices[0]), own)

    reader = PdfReader(BytesIO(drawn(notices[:2], TODAY, own)))

    assert b"/ByteRange" in kept
    assert "/AcroForm" not in reader.trailer["/Root"]
    assert not any("/Annots" in page for page in reader.pages)


def test_what_lay_untouched_for_a_day_is_swept(tmp_path, notices):
    old, new = Volume(tmp_path, 1, 1), Volume(tmp_path, 2, 1)
    old.begin(notices, TODAY)
    long_ago = (clock.real_now() - timedelta(days=2)).timestamp()
    os.utime(old.folder, (long_ago, long_ago))
    new.begin(notices, TODAY)

    assert (old.plan, new.plan.notices) == (None, notices)
    sweep(tmp_path, clock.real_now() + timedelta(days=1))
    assert new.plan is None


@pytest.fixture
def round_(app, people):
    """The first round of a database: what was put together of another's is gone."""
    shutil.rmtree(Path(app.instance_path) / round_notices.FOLDER, ignore_errors=True)
    for title in TITLES[:3]:
        planned(people, title=f"{title}污水直排问题")
    return closed_round(people)


@pytest.mark.postgresql
def test_the_page_shows_progress_and_ends_with_the_file(browser, round_, by_twos):
    sun, address = browser.as_("sun"), f"/rounds/{round_.id}/notices"
    assert "开始合并" in sun.get(address).text

    page = sun.post(address)

    total = int(page.tree.all("progress")[-1]["max"])
    shown = [int(bar["value"]) for bar in page.tree.all("progress")]
    assert shown == sorted(set(shown)), "it only grows"
    assert (shown[0], shown[-1]) == (0, total)
    assert len(shown) > 2
    assert f"已合并{total}份文书" in page.text
    answer = sun.get(f"{address}/whole.pdf").answer
    assert answer.mimetype == "application/pdf"
    text = text_of(answer.get_data())
    assert "调度情况的通报" in text
    assert all(title in text for title in TITLES[:3])


def test_a_run_left_is_gone_on_with_or_dropped_on_the_page(app, browser, people, round_, by_twos):
    sun, address = browser.as_("sun"), f"/rounds/{round_.id}/notices"
    sun.post(address)
    begun = Volume(Path(app.instance_path) / "volumes", round_.id, people.sun.id)
    begun.whole.unlink()
    for later in sorted(begun.folder.glob("0*.pdf"))[1:]:
        later.unlink()

    page = sun.get(address)
    assert "继续合并" in page.text
    sun.get(f"{address}/whole.pdf", expect=404)
    assert page.tree.all("progress")[0]["value"] == "2"
    page = sun.post(f"{address}/drop", via=address)
    assert "开始合并" in page.text
    assert not begun.folder.exists()


def test_notices_added_since_are_said_and_taken_in(browser, people, round_):
    sun, address = browser.as_("sun"), f"/rounds/{round_.id}/notices"
    sun.post(address)
    drafts = select(Notice).where(Notice.kind == NoticeKind.N3)
    first = db.session.scalars(drafts).first()
    with transaction():
        acts.do(NoticeAct.VOID, first.id, people.zhou, {"reason": "重复"}, press(), at=TODAY)

    assert "请重新合并" in sun.get(address).text
    sun.get(f"{address}/whole.pdf", expect=404)
    sun.post(address)
    assert "请重新合并" not in sun.get(address).text


def test_it_is_for_those_who_see_rounds_and_each_for_himself(browser, round_):
    address = f"/rounds/{round_.id}/notices"
    browser.as_("sun").post(address)

    for name in ("chen", "chenlead", "sysadmin"):
        browser.as_(name).get(address, expect=403)
        browser.as_(name).get(f"{address}/whole.pdf", expect=403)
    browser.as_("zhou").get(f"{address}/whole.pdf", expect=404)
    browser.as_("sun").get("/rounds/99/notices", expect=404)


def test_more_than_can_be_waited_for_leads_to_the_page(browser, people, round_, monkeypatch):
    monkeypatch.setattr(round_notices, "MOST_AT_ONCE", 2)

    answer = browser.as_("sun").get(f"/rounds/{round_.id}/notices.pdf", expect=303)

    assert answer.location == f"/rounds/{round_.id}/notices"


def test_a_kept_file_that_does_not_hold_its_digest_ends_the_run(browser, app, people, round_):
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N3)).first()
    sign(notice, people.zhou)
    path = next(app.extensions["evidence"].root.rglob(f"*{notice.sha256[4:]}"))
    path.chmod(0o644)
    path.write_bytes(b"%PDF-1.7 other")

    page = browser.as_("sun").post(f"/rounds/{round_.id}/notices")

    assert "不能合并" in page.text
    browser.as_("sun").get(f"/rounds/{round_.id}/notices/whole.pdf", expect=404)
