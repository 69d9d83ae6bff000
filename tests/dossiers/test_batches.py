"""Dossiers of many tickets: asked for by a filter, written by the jobs, called off, fetched."""

import io
import zipfile

import pytest
import samples

from extensions import db, transaction
from issues.dossiers import batches
from issues.ground import clock
from issues.jobs.runner import Runner, run_once, tools_for
from issues.jobs.steps import sweep_orphans
from issues.jobs.timetable import JOBS
from issues.models import DossierBatch, DossierItem, Event, IssueUnit
from issues.vocabulary import EvidenceKind, Status

JOB = JOBS["write-dossiers"]
BEGIN = "/dossiers/batches"


@pytest.fixture
def three(make_issue):
    found = [make_issue(Status.RECTIFYING, types=["水"]) for _ in range(3)]
    make_issue.evidence(found[0], EvidenceKind.AFTER, "sun", file=("后.jpg", samples.jpeg()))
    return found


@pytest.fixture
def tools(app):
    faces = app.extensions["faces"]
    return tools_for(
        clock.today(), app.extensions["evidence"], "secret", (), faces, app.extensions["seal"]
    )


def begin(browser, name="sun", expect=200, **filters):
    asked = filters or {"type": "水"}
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return browser.as_(name).post(BEGIN, expect, via=f"{BEGIN}?{query}")


@pytest.mark.postgresql
def test_what_the_filter_finds_is_written_and_fetched(browser, three, make_issue, tools):
    make_issue(Status.RECTIFYING, types=["大气"])
    page = begin(browser)
    assert "0 / 3 件" in page.text
    assert "后台任务没有运行" in page.text
    assert Runner(tools.store, "secret").take_lease()
    assert "后台任务没有运行" not in browser.as_("sun").get(page.url).text

    assert run_once(JOB, tools) == (3, 0)

    page = browser.as_("sun").get(page.url)
    assert "已完成" in page.text
    item = db.session.query(DossierItem).filter_by(issue_id=three[0].id).one()
    one = browser.as_("sun").get(f"{page.url}/{item.id}/file")
    with zipfile.ZipFile(io.BytesIO(one.answer.data)) as archive:
        assert samples.jpeg() in [archive.read(name) for name in archive.namelist()]
    whole = browser.as_("sun").get(f"{page.url}/file")
    with zipfile.ZipFile(io.BytesIO(whole.answer.data)) as archive:
        assert set(archive.namelist()) == {f"{issue.number}一题一档.zip" for issue in three}
        assert archive.read(f"{three[0].number}一题一档.zip") == one.answer.data
    told = db.session.query(Event).filter_by(action="export_dossier").all()
    assert sorted(row.subject_id for row in told) == [issue.id for issue in three]
    assert {(row.actor, row.is_covert) for row in told} == {("孙经办", True)}


def test_the_job_writes_each_once_however_often_it_runs(browser, three, tools):
    begin(browser)

    assert run_once(JOB, tools).done == 3
    assert run_once(JOB, tools).done == 0
    item = db.session.query(DossierItem).first()
    assert batches.write(item.id, tools.store, tools.faces, tools.seal) is False


def test_a_batch_called_off_keeps_what_is_written_and_goes_on(browser, three, tools):
    page = begin(browser)
    first = db.session.query(DossierItem).order_by(DossierItem.id).first().id
    assert batches.write(first, tools.store, tools.faces, tools.seal)

    browser.as_("sun").post(f"{page.url}/cancel", via=page.url)
    assert run_once(JOB, tools).done == 0
    page = browser.as_("sun").get(page.url)
    assert "已取消" in page.text
    assert page.has_form(f"{page.url}/resume")

    browser.as_("sun").post(f"{page.url}/resume", via=page.url)
    assert run_once(JOB, tools).done == 2
    assert "已完成" in browser.as_("sun").get(page.url).text
    browser.as_("sun").post(f"{page.url}/cancel", 409)
    browser.as_("sun").post(f"{page.url}/resume", 409)


def test_a_damaged_original_is_named_and_the_rest_is_written(browser, three, tools, app):
    page = begin(browser)
    row = three[0].id
    from issues.evidence.intake.incoming import key_of  # noqa: PLC0415 - one test's hand
    from issues.models import Evidence  # noqa: PLC0415

    kept = db.session.query(Evidence).filter_by(issue_id=row).one()
    path = app.extensions["evidence"].root / key_of(kept.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    assert run_once(JOB, tools) == (3, 0)

    text = browser.as_("sun").get(page.url).text
    assert "1 件未成功" in text
    assert "原件已损坏" in text
    assert text.count("下载BZ") == 2


def test_a_ticket_that_left_the_askers_sight_is_not_written(browser, three, tools, people):
    page = begin(browser, "chen")
    with transaction():
        db.session.query(IssueUnit).filter_by(issue_id=three[1].id).delete()

    run_once(JOB, tools)

    text = browser.as_("chen").get(page.url).text
    assert "没有找到" in text
    assert text.count("下载BZ") == 2


def test_an_archive_is_its_askers_alone_and_only_while_they_see_the_ticket(browser, three, tools):
    page = begin(browser, "chen")
    run_once(JOB, tools)
    item = db.session.query(DossierItem).filter_by(issue_id=three[0].id).one()

    for name in ("sun", "liu", "wu"):
        browser.as_(name).get(page.url, 404)
        browser.as_(name).get(f"{page.url}/{item.id}/file", 404)
        browser.as_(name).get(f"{page.url}/file", 404)
    with transaction():
        db.session.query(IssueUnit).filter_by(issue_id=three[0].id).delete()
    browser.as_("chen").get(f"{page.url}/{item.id}/file", 404)
    browser.as_("chen").get(f"{page.url}/file", 404)


def test_a_unit_gets_the_edition_without_what_is_covert(browser, make_issue, tools):
    issue = make_issue(Status.CLOSED, types=["水"])
    covert = samples.jpeg(exif=samples.exif(taken=None))
    make_issue.evidence(issue, EvidenceKind.SITE_CHECK, "lin", file=("暗访现场.jpg", covert))
    page = begin(browser, "chen")
    run_once(JOB, tools)

    item = db.session.query(DossierItem).one()
    one = browser.as_("chen").get(f"{page.url}/{item.id}/file").answer.data
    assert item.is_inside is False
    assert covert not in one


@pytest.mark.parametrize("number", ["nothing", "too many", "too often"])
def test_what_cannot_be_asked_for_is_said(browser, three, monkeypatch, number):
    if number == "nothing":
        page = begin(browser, expect=422, type="辐射")
        said = "没有可导出的事项"
    elif number == "too many":
        monkeypatch.setattr(batches, "MOST", 2)
        page, said = begin(browser, expect=422), "一次最多导出2件"
    else:
        for _ in range(batches.MOST_RUNNING):
            begin(browser)
        page, said = begin(browser, expect=422), "已有3批正在导出"
    assert said in page.text


def test_archives_are_swept_when_their_time_is_over_and_not_before(browser, three, tools):
    begin(browser)
    run_once(JOB, tools)
    kept = {item.sha256 for item in db.session.query(DossierItem)}
    assert kept.isdisjoint(sweep_orphans.find(tools))

    with transaction():
        row = db.session.query(DossierBatch).one()
        row.made_at = row.made_at.replace(year=2024)

    assert kept <= set(sweep_orphans.find(tools))


def test_the_register_leads_there_with_its_filter(browser, three):
    links = browser.as_("sun").get("/issues?type=水").links

    assert any(link.startswith(f"{BEGIN}?type=") for link in links)


def test_a_writer_that_falls_over_is_told_and_not_tried_for_ever(browser, three, tools, app):
    """Fonts that cannot be read break every archive; the administrator sees it once a unit."""
    from issues.models import JobFailure  # noqa: PLC0415 - what this test is about

    page = begin(browser)

    def broken():
        raise OSError("no fonts")

    from dataclasses import replace  # noqa: PLC0415

    ailing = replace(tools, faces=broken)
    assert run_once(JOB, ailing).failed == 3
    assert db.session.query(JobFailure).count() == 3
    assert run_once(JOB, tools).done == 0
    assert batches.FELL_OVER in browser.as_("sun").get(page.url).text
