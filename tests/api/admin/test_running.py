"""Jobs with what they did last, what failed, how full the store is, and the quota of a ticket."""

import io

import pytest

from extensions import db
from issues.evidence import quota
from issues.evidence.intake.incoming import key_of
from issues.ground import clock
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS, TIMETABLE
from issues.models import Event, Evidence, JobRun, Setting
from issues.vocabulary import EvidenceKind, Status
from tests.evidence import samples

URL = "/admin/running"


@pytest.fixture
def tools(app):
    return tools_for(clock.today(), app.extensions["evidence"], "secret")


def put(browser, expect=200, name="sysadmin", **said):
    asked = {"quota": "512", "reason": "磁盘小"} | said
    return browser.as_(name).post(f"{URL}/quota", expect, via=URL, **asked)


@pytest.mark.both
def test_every_job_stands_there_with_its_last_result(browser, make_issue, tools):
    make_issue.evidence(
        make_issue(Status.RECTIFYING), EvidenceKind.AFTER, file=("后.jpg", samples.jpeg())
    )
    before = browser.as_("sysadmin").get(URL).rows(0)
    assert [row[0] for row in before] == [job.label for job in TIMETABLE]
    assert {row[3] for row in before} == {"还没有运行过"}

    run_once(JOBS["scrub-evidence"], tools)
    run_once(JOBS["sweep-orphans"], tools)

    rows = {row[0]: row[2:] for row in browser.as_("sysadmin").get(URL).rows(0)}
    assert rows["核验佐证材料"][0] == clock.today().isoformat()
    assert rows["核验佐证材料"][2:] == ["1 份", "—"]
    assert rows["清理无主文件"][2:] == ["0 个", "—"]
    assert db.session.query(JobRun).count() == 2


def test_a_damaged_original_found_at_night_is_named_there(browser, make_issue, tools, app):
    issue = make_issue(Status.RECTIFYING)
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))
    path = app.extensions["evidence"].root / key_of(row.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    assert run_once(JOBS["scrub-evidence"], tools).failed == 1

    page = browser.as_("sysadmin").get(URL)
    assert row.sha256 in page.text
    assert {line[0]: line[5] for line in page.rows(0)}["核验佐证材料"] == "1"


def test_a_job_people_wait_for_says_nothing_while_nobody_waits(browser, tools):
    run_once(JOBS["write-dossiers"], tools)

    assert db.session.query(JobRun).count() == 0


def test_what_is_stored_is_counted_once_however_often_it_is_named(browser, make_issue):
    for _ in range(2):
        issue = make_issue(Status.RECTIFYING)
        make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))

    assert "1 份" in browser.as_("sysadmin").get(URL).text


def test_a_ticket_at_its_quota_takes_no_more_and_says_so(browser, make_issue, monkeypatch, api):
    issue = make_issue(Status.RECTIFYING)
    size = len(samples.jpeg())
    db.session.merge(Setting(key=quota.SETTING, value=1))
    db.session.commit()
    monkeypatch.setattr(quota, "MEBIBYTE", size + size // 2)
    url = f"/issues/{issue.number}/evidence"

    browser.as_("chen").post(url, kind="after", file=(io.BytesIO(samples.jpeg()), "一.jpg"))
    page = browser.as_("chen").post(
        url, 422, kind="after", file=(io.BytesIO(samples.png()), "二.png")
    )
    assert "超过 1 MB 的额度" in page.text
    api.chen.upload(issue.number, samples.png(), "三.png", "after", expect=413)
    parts = {"name": "四.png", "size": str(size)}
    assert browser.as_("chen").post(f"{url}/parts", 413, via=url, **parts).status == 413
    assert db.session.query(Evidence).count() == 1


def test_the_system_administrator_sets_the_quota_and_it_is_told(browser):
    put(browser)

    assert quota.in_force() == 512
    row = db.session.query(Event).filter_by(action="set_quota").one()
    assert (row.before, row.after, row.reason) == ("8192", "512", "磁盘小")
    assert "512 MB" in browser.as_("sun").get(URL).text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"quota": "255"}, "应是256到1000000的整数"),
        ({"quota": "很多"}, "应是256到1000000的整数"),
        ({"reason": " "}, "请写明理由"),
    ],
)
def test_a_quota_that_cannot_be_is_refused(browser, said, sentence):
    assert sentence in put(browser, 422, **said).text
    assert quota.in_force() == quota.DEFAULT


def test_nobody_else_sets_it_and_units_do_not_see_the_page(browser):
    browser.as_("sun").post(f"{URL}/quota", 403, via=URL, quota="512", reason="想改")
    browser.as_("chen").get(URL, 403)
    browser.as_("secadmin").get(URL, 403)
