"""Plans of look-backs, covert visits and their photos are nowhere a unit or a leader looks.

A word that stands in nothing else is written into all of them; then every address that can be read
is read as people of the ticket's units, and the word is found nowhere; nor does a number tell.
"""

import io
import re
import zipfile

import pytest
import samples
from pypdf import PdfReader
from sqlalchemy import func, select

from extensions import db, transaction
from issues import acts
from issues.ground import clock
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.models import CovertNote, Event, Evidence, Issue, Lookback
from issues.supervision import covert
from issues.vocabulary import Action, EvidenceKind, Status
from issues.web.door.guards import need_of

WORD = "夜莺暗号"
PLANNED, NEXT = "2031-03-17", "2026-05-25"
TRACES = (WORD, PLANNED, "2031年3月17日", NEXT, "2026年5月25日")
"""The word, and the days of the plan made by hand and of the one that follows a visit."""
ESCAPED = WORD.encode("unicode_escape").lower()
PLACE = re.compile(r"<[^<>]+>")
KEPT_OUT = ("/metrics", "/healthz", "/readyz", "/static")
ENDLESS = 99


@pytest.fixture
def watched(browser, make_issue, people):
    """A closed ticket that was planned for, visited and photographed; and one a note became."""
    closed = make_issue(Status.CLOSED)
    lin = browser.as_("lin")
    url = f"/issues/{closed.number}/acts/"
    browser.as_("sun").post(url + "plan_lookback", planned_on=PLANNED, reason=WORD)
    lin.post(url + "record_lookback", result="pass", place=WORD, text=WORD, inspectors=WORD)
    browser.as_("sun").post(url + "plan_lookback", planned_on=PLANNED, reason=f"{WORD}二")
    photo = f"{WORD}.jpg", samples.jpeg(comment=WORD.encode())
    make_issue.evidence(closed, EvidenceKind.OTHER, "lin", file=photo)
    with transaction():
        said = {"title": WORD, "findings": WORD, "at": "2025-11-24T22:00", "region": "511902"}
        covert.write(people.lin, said, clock.now())
    return closed, _became(make_issue, browser)


def _became(make_issue, browser):
    """The ticket a covert note with a photo became, handed to its units."""
    lin = browser.as_("lin")
    shown = lin.get("/covert/new").form("/covert/new")
    found = {
        "title": "偷排",
        "findings": "后门直排。",
        "at": "2025-11-24T22:10",
        "region": "511902",
    }
    file = {"file": (io.BytesIO(samples.png()), f"{WORD}.png")}
    lin.send("/covert/new", **shown.filled(found) | file)
    note = db.session.scalars(select(CovertNote).order_by(CovertNote.id.desc())).first()
    issue = make_issue(Status.DRAFT)
    with transaction():
        covert.carry(note, issue, make_issue.people.lin, clock.now())
    return make_issue.advance(issue, Status.RECTIFYING)


def addresses(app, numbers):
    """Every address that answers GET, with every number and the first ids in its places."""
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.rule.startswith(KEPT_OUT):
            continue
        if need_of(rule.endpoint) is None or need_of(rule.endpoint).kind == "public":
            continue
        for number in numbers if "<number>" in rule.rule else numbers[:1]:
            yield from filled(rule.rule, number)


def filled(rule, number):
    ids = range(1, 5) if "<int" in rule else (1,)
    for one in ids:
        at = rule.replace("<number>", number).replace("<int:edge>", "320")
        yield PLACE.sub(lambda place, one=one: "preview" if "action" in place[0] else str(one), at)


def texts(answer):
    """What an answer says, unpacked where it is an archive or a document."""
    data = answer.get_data()
    yield data.decode("utf-8", "replace")
    if ESCAPED in data.lower():
        yield WORD
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name + archive.read(name).decode("utf-8", "replace")
    if data[:5] == b"%PDF-" and answer.content_length and len(data) > 2000:
        yield "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("name", ["chen", "liulead", "zhao", "he"])
def test_the_word_is_nowhere(app, browser, watched, name):
    visitor, read = browser.as_(name), 0
    for url in addresses(app, [issue.number for issue in watched]):
        answer = visitor.client.get(url, buffered=True)
        if answer.status_code == 200:
            read += 1
        found = [trace for text in texts(answer) for trace in TRACES if trace in text]
        assert found == [], f"{name} reads {found} at {url}"

    assert read > 30
    for url in (f"/issues?q={WORD}", f"/api/v1/issues?q={WORD}"):
        assert visitor.client.get(url).status_code == 200
    assert visitor.client.get(f"/api/v1/issues?q={WORD}").get_json()["total"] == 0


def test_neither_the_digest_of_a_week_nor_the_wall_tells_it(app, browser, watched):
    tools = tools_for(clock.today(), app.extensions["evidence"], app.config["SECRET_KEY"])
    assert run_once(JOBS["write-digests"], tools).done > 0
    made = browser.as_("sun").post("/admin/walls", place="指挥大厅", days="30")
    wall = next(url for url in made.links if "token=" in url)

    pages = [browser.as_("zhao").get("/digests"), browser.stranger.get(wall)]

    assert "这一周新增红色" in pages[0].text
    assert pages[1].heading == "红黄绿督办大屏"
    assert [trace for page in pages for trace in TRACES if trace in page.html] == []


def test_who_may_see_it_finds_it(browser, watched):
    """Else the test above would prove nothing."""
    closed, became = watched
    lin = browser.as_("lin")
    assert WORD in lin.get(f"/issues/{closed.number}").text
    assert WORD in lin.get("/lookbacks?view=done").text
    assert WORD in lin.get("/covert").text
    planned = lin.get("/lookbacks?view=planned").text
    assert PLANNED in planned
    assert NEXT in planned
    assert WORD in lin.get(f"/issues/{became.number}/evidence").html
    assert WORD in lin.get("/api/v1/lookbacks").html or WORD in str(
        lin.get("/api/v1/lookbacks").json
    )


def test_no_number_tells_of_it(browser, watched, make_issue):
    closed, became = watched
    chen = browser.as_("chen")
    told = chen.get(f"/api/v1/issues/{closed.number}/history?limit=200").json
    seqs = [row["seq"] for row in told["items"]]
    hidden = select(func.count(Event.id)).where(Event.subject_id == closed.id, Event.is_covert)

    assert db.session.scalar(hidden) >= 3
    assert seqs == list(range(1, len(seqs) + 1))
    assert told["total"] == len(seqs)
    assert "整改前照片 已有" not in chen.get(f"/issues/{became.number}").text.split("佐证")[0]
    files = chen.get(f"/api/v1/issues/{became.number}/evidence").json
    assert files["total"] == 0


def test_a_visit_that_finds_nothing_leaves_the_version_as_it_was(make_issue, people):
    closed = make_issue(Status.CLOSED)
    version = closed.version

    _visit(people, closed)

    assert closed.version == version
    assert db.session.scalars(select(Lookback).where(Lookback.done_on.is_not(None))).one()


def _visit(people, issue):
    said = {
        "result": "pass", "at": "2025-11-25T09:00", "place": "现场", "inspectors": ["林督察"],
        "text": "无直排",
    }  # fmt: skip
    with transaction():
        acts.do(Action.RECORD_LOOKBACK, db.session.get_one(Issue, issue.id), people.lin, said)


def test_the_files_themselves_are_not_found(browser, watched):
    for row in db.session.scalars(select(Evidence).where(Evidence.is_covert)).all():
        number = db.session.get_one(Issue, row.issue_id).number
        for name in ("chen", "liu", "zhao"):
            for end in ("", "/file", "/preview/320"):
                browser.as_(name).get(f"/issues/{number}/evidence/{row.id}{end}", 404)
            browser.as_(name).get(f"/api/v1/issues/{number}/evidence/{row.id}/file", 404)
