"""The whole way of evidence on an object store: pieces, versions, dossiers, scrub and sweep."""

import hashlib
import io
import zipfile

import pytest
import samples
from pictured import pictured
from sqlalchemy import select
from workbooks import upload

from extensions import db
from issues.ground import clock
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.models import Evidence, JobFailure
from issues.vocabulary import EvidenceKind, Status


@pytest.fixture
def issue(make_issue):
    return make_issue(Status.RECTIFYING, types=["水"])


@pytest.fixture
def stored(app, bucket, monkeypatch):
    """The app of this test with its evidence in the bucket, and as it was afterwards."""
    monkeypatch.setitem(app.extensions, "evidence", bucket.store)
    return bucket


@pytest.fixture
def tools(app, stored):
    faces, seal = app.extensions["faces"], app.extensions["seal"]
    return tools_for(clock.today(), stored.store, "secret", (), faces, seal)


@pytest.mark.both
def test_pieces_versions_and_a_dossier_hold_byte_for_byte(browser, issue, stored, tools, tmp_path):
    chen, url = browser.as_("chen"), f"/issues/{issue.number}/evidence"
    data = samples.jpeg() + bytes(range(256)) * 64
    token = {"csrf_token": chen.bare({})["csrf_token"]}
    begun = chen.send(f"{url}/parts", 201, name="现场.jpg", size=str(len(data)), **token).json
    part = f"{url}/parts/{begun['part']}"
    headers = {"X-CSRFToken": token["csrf_token"]}
    for at in range(0, len(data), 9000):
        come = chen.client.post(f"{part}?at={at}", data=data[at : at + 9000], headers=headers)
        assert come.get_json()["at"] == min(len(data), at + 9000)
    digest = hashlib.sha256(data).hexdigest()
    chen.send(f"{part}/finish", kind="after", sha256=digest, once="一次", **token)
    first = db.session.scalars(select(Evidence)).one()
    one = f"{url}/{first.id}"
    newer = (io.BytesIO(samples.png()), "重拍.png")
    chen.post(f"{one}/replace", via=one, file=newer, reason="更清晰")
    second = db.session.scalars(select(Evidence).order_by(Evidence.id.desc())).first()
    two = f"{url}/{second.id}"

    browser.as_("sun").post("/dossiers/batches", via="/dossiers/batches?type=水")
    assert run_once(JOBS["write-dossiers"], tools) == (1, 0)
    page = browser.as_("sun").get("/dossiers/batches")
    batch = next(link for link in page.links if link.startswith("/dossiers/batches/"))
    whole = browser.as_("sun").get(f"{batch}/file").answer.data
    with zipfile.ZipFile(io.BytesIO(whole)) as outer:
        inner = zipfile.ZipFile(io.BytesIO(outer.read(outer.namelist()[0])))
        held = [inner.read(name) for name in inner.namelist() if name.startswith("原件")]
    assert sorted(map(len, held)) == sorted([len(data), len(samples.png())])
    assert set(held) == {data, samples.png()}

    chen.post(f"{two}/withdraw", via=two, withdraw_reason="拍错了点位")
    chen.get(f"{two}/file", 404)
    assert browser.as_("sun").get(f"{two}/file").answer.data == samples.png()
    assert stored.leftovers() == []


def test_pictures_of_a_workbook_come_in_and_only_what_has_a_row_is_kept(browser, stored):
    sun = browser.as_("sun")
    page = upload(sun, pictured({"image1.png": b"GIF89a"}))
    sun.post(f"{page.url}/pictures", via=page.url, wanted="yes")
    sun.post(f"{page.url}/confirm")

    rows = db.session.scalars(select(Evidence)).all()
    assert [stored.store.size(row.sha256) for row in rows] == [row.size for row in rows]
    assert len(rows) == 2
    assert "没有收入的图片" in sun.get(page.url).text
    assert stored.leftovers() == []


@pytest.mark.both
def test_what_rots_in_the_bucket_is_named_and_never_given_out(
    browser, issue, make_issue, stored, tools
):
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))
    good = make_issue.evidence(issue, EvidenceKind.BEFORE, file=("前.png", samples.png()))
    stored.overwrite(row.sha256, samples.jpeg()[:-1] + b"?")

    assert run_once(JOBS["scrub-evidence"], tools) == (1, 1)

    failure = db.session.scalars(select(JobFailure)).one()
    assert failure.unit == row.sha256
    url = f"/issues/{issue.number}/evidence"
    browser.as_("chen").get(f"{url}/{row.id}/file", 500)
    assert browser.as_("chen").get(f"{url}/{good.id}/file").answer.data == samples.png()


@pytest.mark.both
def test_bytes_without_a_row_are_swept_from_the_bucket_after_a_day(
    issue, make_issue, stored, tools, monkeypatch
):
    kept = make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))
    orphan = stored.store.put(io.BytesIO(b"lost"), limit=10).sha256

    assert run_once(JOBS["sweep-orphans"], tools).done == 0
    assert stored.store.exists(orphan)
    later = clock.real_now().replace(year=clock.real_now().year + 1)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert run_once(JOBS["sweep-orphans"], tools).done == 1

    assert list(stored.store.digests()) == [kept.sha256]
