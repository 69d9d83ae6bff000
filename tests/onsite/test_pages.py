"""The inspector's pages without a network in play: the route, the forms on the spot, the record."""

import io
import re
from datetime import timedelta

import samples
from sqlalchemy import select, update

from extensions import db, transaction
from issues.ground import clock
from issues.models import Capture, CovertNote, Issue, OnceKey, SiteCheck
from issues.vocabulary import Status
from issues.web.onsite.service_worker import ASSETS

POINT = {"lon": "106.75", "lat": "31.86"}
SEEN = {"findings": "后门直排泥浆水。无人值守", "region": "511902", "at": "2025-11-24T22:10"}
DEVICE = {"device_at": "2025-11-24T14:12:00+00:00", "accuracy": "15"}
CLOCK = {"X-Device-Time": "2031-01-01T00:00:00+00:00"}


def on_the_spot(browser, **changes):
    """The form as the page on the phone has it, sent to the usual address."""
    shown = browser.as_("lin").get("/route/covert").form("/covert/new")
    return browser.as_("lin").send("/covert/new", **shown.filled(SEEN | DEVICE | changes))


def notes():
    db.session.rollback()
    return db.session.scalars(select(CovertNote)).all()


def test_a_note_on_the_spot_needs_two_fields_and_keeps_what_the_phone_told(browser, make_issue):
    issue = make_issue(Status.RECTIFYING, **POINT)
    page = on_the_spot(browser, concerns=issue.number, inspectors="林督察、何督察", **POINT)

    (note,) = notes()
    assert (note.title, note.concerns_id) == (issue.title, issue.id)
    assert note.inspectors == ["林督察", "何督察"]
    assert (note.capture.accuracy, note.capture.device_off) == (15, None)
    assert "（±15米）" in page.text
    assert "设备时间" in page.text
    drawn = browser.as_("lin").get("/route/covert").form("/covert/new").drawn()
    assert drawn["inspectors"] == "林督察、何督察"


def test_without_a_title_or_ticket_the_first_sentence_is_the_title(browser):
    on_the_spot(browser)
    assert [note.title for note in notes()] == ["后门直排泥浆水"]


def test_the_same_key_makes_one_note_even_days_later(browser):
    form = browser.as_("lin").get("/route/covert").form("/covert/new").filled(SEEN | DEVICE)
    first = browser.as_("lin").send("/covert/new", **form)
    with transaction():
        db.session.execute(update(OnceKey).values(at=clock.real_now() - timedelta(days=3)))
    again = browser.as_("lin").send("/covert/new", **form)
    assert again.heading == first.heading
    assert len(notes()) == 1
    changed = browser.as_("lin").send("/covert/new", 422, **form | {"findings": "另一处"})
    assert "已提交过一次" in changed.text
    assert len(notes()) == 1


def test_a_ticket_out_of_sight_is_refused_at_its_field(browser):
    page = browser.as_("lin").get("/route/covert").form("/covert/new")
    refused = browser.as_("lin").send("/covert/new", 422, **page.filled(SEEN | {"concerns": "X-1"}))
    assert "台账中没有这个编号的事项" in refused.text
    assert notes() == []


def test_a_check_on_the_spot_is_the_usual_act_and_shows_where_and_how_exactly(browser, make_issue):
    issue = make_issue(Status.SITE_CHECK, **POINT)
    lin, url = browser.as_("lin"), f"/issues/{issue.number}/acts/record_site_check"
    shown = lin.get(f"/route/check/{issue.number}")
    assert "办理依据" not in shown.text
    form = shown.form(url).filled(
        {"inspectors": "林督察、何督察", "conclusion": "pass", **POINT} | DEVICE
    )
    form |= {name: "pass" for name in form if name.endswith("-conclusion")}
    photo = (io.BytesIO(samples.jpeg()), "现场.jpg")
    page = lin.send(url, file=photo, **form)

    assert "±15米" in page.text
    db.session.rollback()
    check = db.session.scalars(select(SiteCheck)).one()
    capture = db.session.scalars(select(Capture)).one()
    assert (capture.check_id, capture.accuracy) == (check.id, 15)
    again = lin.send(url, file=(io.BytesIO(samples.jpeg()), "现场.jpg"), **form)
    assert again.heading == page.heading
    assert db.session.scalars(select(SiteCheck)).all() == [check]


def test_the_route_lists_what_waits_and_keeps_the_choice_of_the_day(browser, make_issue):
    checked = make_issue(Status.SITE_CHECK, **POINT)
    make_issue(Status.RECTIFYING, title="没有坐标的事项")
    lin = browser.as_("lin")
    page = lin.get("/route")
    assert "待现场核查" in page.text
    assert "没有坐标的事项" not in page.text
    lin.post("/route/chosen", via="/route", number=checked.number)
    assert f"/route/check/{checked.number}" in lin.get("/route").answer.text
    lin.post("/route/chosen", via="/route", number="")
    assert f"&#34;/route/check/{checked.number}" not in lin.get("/route").answer.text


def test_a_route_of_too_many_is_refused_and_the_choice_stays(browser, make_issue):
    issue = make_issue(Status.SITE_CHECK, **POINT)
    many = [issue.number, *(f"BZ-{number}" for number in range(40))]
    page = browser.as_("lin").post("/route/chosen", 422, via="/route", number=many)
    assert "一天最多勾选30件" in page.text
    assert f'value="{issue.number}" checked' in page.answer.text


def test_the_route_asks_as_often_for_many_as_for_one(browser, make_issue):
    make_issue(Status.SITE_CHECK, **POINT)
    lin = browser.as_("lin")
    lin.get("/route")
    few = len(lin.get("/route").statements)
    for _ in range(4):
        make_issue(Status.SITE_CHECK, **POINT)
    assert len(lin.get("/route").statements) == few
    assert len(lin.get("/route/covert").statements) <= 30


def test_nothing_of_who_complained_stands_on_pages_that_are_kept(browser, make_issue):
    make_issue(Status.SITE_CHECK, problem="来信人说夜间有异味", **POINT)
    issue = db.session.scalars(select(Issue)).one()
    for url in ("/route", "/route/covert", f"/route/check/{issue.number}"):
        assert "来信人" not in browser.as_("lin").get(url).answer.text


def test_the_state_of_a_phone_is_each_person_s_own(browser):
    said = browser.as_("lin").get("/route/state").answer.json
    assert said["person"]
    assert len(said["secrets"][0]) == 64
    assert browser.as_("lin").get("/route/state").answer.json["secrets"] == said["secrets"]
    browser.as_("chen").get("/route/state", 403)


def test_the_worker_is_public_and_names_every_file_it_keeps(browser):
    answer = browser.stranger.get("/service-worker.js").answer
    assert answer.mimetype == "text/javascript"
    head = answer.text.splitlines()[0]
    assert head.count("?v=") == head.count("/static/") == len(ASSETS)
    assert '"/static/js/onsite/kept.js?v=' in head


def test_every_file_of_a_page_that_is_kept_is_kept_with_it(browser, make_issue):
    issue = make_issue(Status.SITE_CHECK, **POINT)
    named = browser.stranger.get("/service-worker.js").answer.text.splitlines()[0]
    for url in ("/route", "/route/covert", "/route/waiting", f"/route/check/{issue.number}"):
        html = browser.as_("lin").get(url).answer.text
        files = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', html))
        assert files, url
        assert {file for file in files if f'"{file}"' not in named} == set(), url
