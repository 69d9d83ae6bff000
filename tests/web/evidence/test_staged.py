"""Files that wait for their form: whose they are, taken once, kept chosen, bounded, swept."""

import io
import os
import re
import time
from datetime import timedelta

import pytest
import samples
from pieces import Stager
from sqlalchemy import select

from auth.models import User
from extensions import db, transaction
from issues import regions
from issues.evidence.intake import incoming, parts, proof
from issues.ground import clock
from issues.models import CovertPhoto, Evidence, LeadPicture, ProgressReport
from issues.territory import sheet
from issues.vocabulary import EvidenceKind, Status

TEXT = "管网已清淤两公里。"
FIELD = "staged_file"


@pytest.fixture
def issue(make_issue):
    return make_issue(Status.RECTIFYING)


@pytest.fixture
def url(issue):
    return f"/issues/{issue.number}/acts/report_progress"


def rows(model=Evidence):
    db.session.rollback()
    return db.session.scalars(select(model).order_by(model.id)).all()


def left(app):
    return sorted(path.name for path in app.extensions["evidence"].waiting.glob("*.part"))


def filled(browser, url, **typed):
    return browser.as_("chen").get(url).form(url).filled({"text": TEXT} | typed)


def test_a_form_takes_what_waited_with_its_place_and_leaves_nothing(browser, url, app):
    plain = samples.jpeg(exif=samples.exif(point=False))
    stager = Stager(browser, url)
    words = [
        stager.put(plain, "一.jpg", lon="106.5", lat="31.5"),
        stager.put(samples.png(), "二.png"),
    ]
    assert len(left(app)) == 2
    assert rows() == []

    browser.as_("chen").send(url, **filled(browser, url), **{FIELD: words})

    found = [(row.name, row.kind, row.lon, row.is_place_told) for row in rows()]
    assert found == [
        ("一.jpg", EvidenceKind.DURING, 106.5, True),
        ("二.png", EvidenceKind.DURING, None, False),
    ]
    assert left(app) == []


def test_the_same_form_twice_acts_once_and_leads_where_the_first_led(browser, url):
    word = Stager(browser, url).put(samples.jpeg(), "后.jpg")
    form = filled(browser, url) | {FIELD: word}
    chen = browser.as_("chen")

    first, second = (chen.send(url, 303, follow=False, **form) for _ in range(2))

    assert first.location == second.location
    assert (len(rows()), len(rows(ProgressReport))) == (1, 1)
    chen.send(url, 422, **form | {"once": "another-key"})
    assert (len(rows()), len(rows(ProgressReport))) == (1, 1)


def test_chosen_files_stay_chosen_after_a_refusal_and_go_along(browser, url, app):
    """Those that waited, and those that came in the form itself of a browser without script."""
    word, chen = Stager(browser, url).put(samples.jpeg(), "一.jpg"), browser.as_("chen")
    form = filled(browser, url, text="") | {
        FIELD: word,
        "file": (io.BytesIO(samples.png()), "二.png"),
    }

    again = chen.send(url, 422, **form)

    assert rows() == []
    boxes = again.tree.all("input", name=FIELD)
    assert [box["checked"] is not None for box in boxes] == [True, True]
    assert "一.jpg" in again.text
    assert "二.png" in again.text
    assert len(left(app)) == 2
    chen.send(url, **again.form(url).filled({"text": TEXT}))
    assert [row.name for row in rows()] == ["一.jpg", "二.png"]
    assert left(app) == []


def test_what_is_gone_is_never_left_out_in_silence(browser, url, app):
    stager = Stager(browser, url)
    words = [stager.put(samples.jpeg(), "一.jpg"), stager.put(samples.png(), "二.png")]
    stager.ask("POST", f"/{words[0]}/drop")

    again = browser.as_("chen").send(url, 422, **filled(browser, url), **{FIELD: words})

    assert rows() == []
    assert rows(ProgressReport) == []
    assert "有1个选好的文件已经提交过或已过期" in again.text
    assert [box["value"] for box in again.tree.all("input", name=FIELD)] == [words[1]]


def test_a_word_is_good_for_its_person_and_its_form_alone(browser, url, make_issue):
    data, other = samples.jpeg(), make_issue(Status.RECTIFYING)
    word = Stager(browser, url).put(data, "后.jpg")
    stranger = Stager(browser, url, "chenlead")
    stranger.ask("GET", f"/{word}", 404)
    stranger.ask("GET", f"/{word}/preview", 404)
    stranger.ask("POST", f"/{word}/drop", 404)
    there = f"/issues/{other.number}/acts/report_progress"
    for who, form in (("chenlead", url), ("chen", there)):
        visitor = browser.as_(who)
        shown = visitor.get(form).form(form).filled({"text": TEXT})
        refused = visitor.send(form, 422, **shown, **{FIELD: word})
        assert "已过期" in refused.text
        assert refused.tree.all("input", name=FIELD) == []
    unfinished = Stager(browser, url)
    unfinished.begin(data, "半截.jpg")
    browser.as_("chen").send(url, 422, **filled(browser, url), **{FIELD: unfinished.part})
    changed = word[:20] + ("A" if word[20] != "A" else "B") + word[21:]
    browser.as_("chen").send(url, 422, **filled(browser, url), **{FIELD: changed})
    assert rows() == []


@pytest.mark.parametrize(
    ("who", "form", "status"),
    [
        ("liu", "{url}", 403),  # sees the ticket, reports nothing
        ("wu", "{url}", 404),  # does not see it
        ("chen", "/covert/new", 403),
        ("chen", "/issues/import", 403),
        ("chen", "/login", 404),  # no form that takes files
        ("chen", "/issues/{number}/acts/acknowledge", 404),
        ("chen", "https://example.org/leads/new", 404),
        ("chen", "", 404),
        ("chen", "/leads/new", 201),
    ],
)
def test_only_who_may_send_the_form_puts_files_aside(browser, issue, url, who, form, status, app):
    asked = form.format(url=url, number=issue.number)
    Stager(browser, asked, who).begin(b"x", "后.jpg", expect=status)
    assert len(left(app)) == (status == 201)


def test_a_right_that_ended_ends_the_sending_too(browser, issue, url):
    stager = Stager(browser, url)
    stager.begin(samples.jpeg(), "后.jpg")
    issue.status = Status.PLANNING
    db.session.commit()
    said = stager.piece(samples.jpeg(), 0, expect=409)
    assert "不能填报进展" in said["sentence"]


def test_it_goes_on_where_the_line_broke_and_a_lost_answer_is_given_again(browser, url):
    data, stager = samples.jpeg(), Stager(browser, url)
    stager.begin(data, "后.jpg")
    stager.piece(data[:3000], 0)
    assert stager.come()["at"] == 3000
    assert stager.piece(data, 0, expect=409)["at"] == 3000
    stager.finish(data, expect=422)
    stager.piece(data[3000:], 3000)
    stager.finish(data[:-1] + b"?", expect=422)
    first = stager.finish(data)
    assert stager.finish(data) == first


def test_kind_size_number_and_weight_are_bounded_before_and_while_it_comes(
    browser, url, monkeypatch
):
    stager = Stager(browser, url)
    assert "仅接收" in stager.begin(b"MZ", "程序.exe", expect=415)["sentence"]
    large = {"form": url, "name": "大.jpg", "size": 26 * 1024 * 1024}
    assert "25 MB" in stager.ask("POST", expect=413, data=large)["sentence"]
    stager.begin(b"x" * 10, "后.jpg")
    stager.piece(b"x" * 11, 0, expect=413)
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 1)
    assert "过多" in stager.begin(b"x", "再.jpg", expect=422)["sentence"]
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 60)
    monkeypatch.setattr(parts, "MOST_BYTES", 5)
    assert "合计超过" in stager.begin(b"x" * 6, "再.jpg", expect=413)["sentence"]


def test_a_hostile_file_is_refused_where_every_file_is(browser, url, app):
    """Put aside it is no more than bytes; nothing shows it, and no form takes it."""
    stager = Stager(browser, url)
    word = stager.put(b"<script>alert(1)</script>", "../../图.jpg")
    stager.ask("GET", f"/{word}/preview", 404)

    again = browser.as_("chen").send(url, 422, **filled(browser, url), **{FIELD: word})

    chen_id = db.session.scalar(select(User.id).where(User.name == "chen"))
    assert "“图.jpg”：文件内容与扩展名“.jpg”不符" in again.text
    assert rows() == []
    assert all("/" not in name and name.startswith(f"{chen_id}-") for name in left(app))


def test_without_the_token_of_the_page_nothing_is_put_aside(browser, url, app):
    stager = Stager(browser, url)
    answer = stager.visitor.client.post("/staged", data={"form": url, "name": "后.jpg", "size": 1})
    assert answer.status_code == 400
    assert left(app) == []


def test_a_picture_that_waits_is_shown_small_and_to_its_person_alone(browser, url):
    stager = Stager(browser, url)
    word = stager.put(samples.jpeg(), "后.jpg")
    shown = browser.as_("chen").get(f"/staged/{word}/preview").answer
    assert (shown.mimetype, shown.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    told = stager.ask("GET", f"/{word}")
    assert (told["name"], told["picture"], told["placed"]) == ("后.jpg", True, False)


def test_what_waits_is_swept_after_its_days_and_not_before(browser, url, app):
    store = app.extensions["evidence"]
    Stager(browser, url).put(samples.jpeg(), "后.jpg")
    (path,) = store.waiting.glob("*.part")
    day_ago, day = clock.real_now() - timedelta(days=1), 86_400
    for age, gone in ((2, 0), (3.9, 0), (4.1, 1)):
        os.utime(path, (time.time() - age * day,) * 2)
        assert store.sweep_temp(older_than=day_ago) == gone
    assert timedelta(days=3) == incoming.WAITS_FOR


def test_leads_and_covert_notes_take_what_waited_too(browser, people):
    lin = browser.as_("lin")
    for form, field, model in (
        ("/leads/new", "pictures", LeadPicture), ("/covert/new", "file", CovertPhoto),
    ):  # fmt: skip
        word = Stager(browser, form, "lin").put(samples.jpeg(), "现场.jpg")
        shown = lin.get(form).form(form)
        again = lin.send(form, 422, **shown.filled({}), **{f"staged_{field}": word})
        assert [box["value"] for box in again.tree.all("input", name=f"staged_{field}")] == [word]
        assert rows(model) == []


def test_the_page_tells_the_limits_that_the_server_keeps(browser, url):
    html = browser.as_("chen").get(url).html
    said = proof.limits_said()
    assert said == "JPEG、PNG、HEIC、WebP、PDF、DOCX、XLSX 不超过 25 MB，MP4 不超过 200 MB"
    assert said in html
    limits = proof.limits([".jpg", "image/*", ".pdf"])
    assert {"jpg", "png", "heic", "webp", "pdf"} <= limits.keys()
    assert "mp4" not in limits
    assert limits["jpg"] == (25 * 1024 * 1024, 120_000_000)


@pytest.mark.parametrize(
    ("who", "page", "name"),
    [
        ("sysadmin", "/admin/units/import", "单位.xlsx"),
        ("sysadmin", "/admin/accounts/import", "人员.xlsx"),
        ("sysadmin", "/admin/regions/import", "区域.xlsx"),
        ("sun", "/issues/import", "台账.xlsx"),
        ("sun", "/leads/import", "线索.xlsx"),
        ("sun", "/polluters/import", "污染源.xlsx"),
        ("sun", "/keepers/import", "包保.xlsx"),
        ("sun", "/texts", "方案.docx"),
        ("lin", "/covert/new", "现场.jpg"),
        ("chen", "/leads/new", "现场.jpg"),
    ],
)
def test_a_page_that_is_shown_lets_its_file_wait(browser, people, who, page, name):
    """For a wrong kind it does not: the page told which kinds before."""
    (form,) = re.findall(r'data-form="([^"]+)"', browser.as_(who).get(page).html)
    stager = Stager(browser, form, who)
    stager.begin(b"x", name)
    stager.begin(b"x", "程序.exe", expect=415)


def test_a_workbook_that_waited_is_taken_and_gone(browser, people, app):
    """One of two is never left out; what is wrong in it keeps it chosen."""
    page, field = "/admin/regions/import", "staged_workbook"
    sun, stager = browser.as_("sun"), Stager(browser, page, "sun")
    words = [stager.put(sheet.sample(), f"区域{number}.xlsx") for number in (1, 2)]
    shown = sun.get(page).form(page).filled({})
    assert "这里只收一个文件" in sun.send(page, 422, **shown, **{field: words}).text
    again = sun.send(page, 422, **shown, **{field: words[0]})
    assert "有 2 处需要改正" in again.text
    assert [box["value"] for box in again.tree.all("input", name=field)] == words[:1]
    assert len(left(app)) == 2
    with transaction():
        regions.add("511902-900", "第一镇", regions.RegionKind.TOWNSHIP, regions.find("511902"))

    assert "新增2个区域" in sun.send(page, **shown, **{field: words[0]}).text

    assert len(left(app)) == 1
