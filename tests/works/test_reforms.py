"""A unit with many tickets is reformed in the background: whole or not at all, one at a time."""

import signal
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from people import BUREAU
from sqlalchemy import func, select

from auth.models import Unit
from config import ROOT
from extensions import db, rehearsal
from issues.audit import faults
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import ColourSpan, CountyTask, Event, Issue, LongWork, Measure
from issues.queries.admin import reforms as queries
from issues.rules.colour import NEVER
from issues.succession import reforming
from issues.succession.wanted import Wanted
from issues.vocabulary import Relation, Status, Subject, TaskState, WorkState
from issues.web.succession import reforms
from issues.workflow import rules_at
from issues.workflow.parties import set_units
from issues.workflow.succeeding import move_units
from issues.works import claiming

WATER, HOUSING, FARMS = "511900-SLJ", "511900-ZJJ", "511900-NYNC"
URL = f"/admin/units/{BUREAU}/merge"
SAID = {"into": WATER, "reason": "川委办〔2025〕1号"}
KILLED = """
import os, signal
from app import create_app
from issues.succession import reforming
from issues.works.worker import run_all

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

reforming._end_names = die
app = create_app()
with app.app_context():
    run_all(app, app.extensions["evidence"], "first")
"""


def unit(code):
    return db.session.scalars(select(Unit).where(Unit.code == code)).one()


def moved():
    rows = select(func.count()).select_from(Event).where(Event.action == "move_units")
    count = db.session.scalar(rows)
    db.session.rollback()
    return count


def the_piece():
    db.session.rollback()
    return db.session.scalars(select(LongWork)).one()


@pytest.fixture
def two(make_issue, monkeypatch):
    monkeypatch.setattr(reforms, "LARGE", 1)
    return [make_issue(status) for status in (Status.RECTIFYING, Status.PLANNING)]


def test_a_large_reform_waits_its_turn_and_tells_what_it_told_before(browser, two, work):
    keeper = browser.as_("sysadmin")
    before = queries.concerned(unit(BUREAU).id)

    at = keeper.reform(URL, **SAID).url

    assert keeper.get(at).heading == "单位调整 市生态环境局并入市水利局"
    assert (moved(), unit(BUREAU).ended_at) == (0, None)
    other = f"/admin/units/{HOUSING}/merge"
    told = keeper.post(f"{other}/check", 409, via=other, into=FARMS, reason="另一件")
    assert "正在办理单位调整“市生态环境局并入市水利局”" in told.text
    assert work().state is WorkState.DONE
    shown = keeper.post(f"{at}/open", via=at)
    assert shown.url == f"/admin/units/{BUREAU}/reformed"
    assert queries.done_to(unit(BUREAU).id).counted == before
    assert (before.tickets, moved()) == (2, 2)
    db.session.rollback()
    keeper.post(f"{other}/check", via=other, into=FARMS, reason="另一件")


def test_what_was_seen_is_what_is_done(browser, two, make_issue):
    keeper = browser.as_("sysadmin")
    checked = keeper.post(f"{URL}/check", via=URL, **SAID)
    make_issue(Status.ASSIGNED)
    db.session.rollback()

    refused = keeper.send(URL, 422, **checked.form(URL).drawn())

    assert "请重新核对" in refused.error("into")
    assert (moved(), db.session.scalar(select(func.count(LongWork.id)))) == (0, 0)


@pytest.mark.both
def test_one_that_is_killed_in_the_middle_has_changed_nothing_and_is_done_anew(
    browser, two, work, environ
):
    browser.as_("sysadmin").reform(URL, **SAID)
    before = queries.concerned(unit(BUREAU).id)
    db.session.rollback()

    run = [sys.executable, "-c", KILLED]
    first = subprocess.run(run, cwd=ROOT, env=environ, check=False, timeout=240)  # noqa: S603 - ours

    assert first.returncode == -signal.SIGKILL
    assert (the_piece().state, the_piece().holder) == (WorkState.RUNNING, "first")
    assert (moved(), unit(BUREAU).ended_at) == (0, None)
    assert queries.concerned(unit(BUREAU).id) == before
    db.session.rollback()
    claiming.give_back("first")  # as its parent does, or the next one after a minute
    assert (work().state, the_piece().tries) == (WorkState.DONE, 2)
    assert moved() == before.tickets
    assert queries.done_to(unit(BUREAU).id).counted == before
    assert list(faults("")) == []


CODES = (BUREAU, WATER, HOUSING, FARMS)
PLACES = ("primary_unit", "lead_unit", "acceptance_unit", "supervising_unit")
STANDING = st.tuples(*(st.sampled_from(CODES) for _ in PLACES)).filter(
    lambda one: one[0] != one[2] and {one[0], one[2]} != {BUREAU, WATER}
)
STATES = (Status.RECTIFYING, Status.DRAFT, Status.PLANNING, Status.FIRST_ACCEPTANCE)


@pytest.fixture
def several(make_issue):
    return [make_issue(status).id for status in STATES]


def arranged(ids, wanted, tasks):
    known = {code: unit(code) for code in CODES}
    issues = [db.session.get_one(Issue, one) for one in ids]
    for issue, held, has_task in zip(issues, wanted, tasks, strict=True):
        for name, code in zip(PLACES, held, strict=True):
            setattr(issue, name, known[code])
        for measure in db.session.scalars(select(Measure).where(Measure.issue_id == issue.id)):
            measure.unit_id = known[held[1]].id
            measure.original = {**measure.original, "also": [known[held[3]].id]}
        if has_task:
            db.session.add(
                CountyTask(
                    issue_id=issue.id, unit=known[BUREAU], text="封堵", state=TaskState.OPEN,
                    handed_on=clock.today(), due_on=clock.today(),
                )
            )  # fmt: skip
        db.session.flush()
        set_units(issue, responsible=[], supporting=[known[BUREAU]])
    db.session.flush()
    return [(issue, known[WATER]) for issue in issues], known[BUREAU]


def stands(issue_id):
    """All that a reform may touch of a ticket."""
    db.session.flush()
    issue = db.session.get_one(Issue, issue_id, populate_existing=True)
    about = Event.is_about(Subject.TICKET, issue_id)
    last = db.session.scalars(select(Event).where(about).order_by(Event.seq.desc())).first()
    measures = select(Measure.unit_id, Measure.original).where(Measure.issue_id == issue_id)
    spans = select(ColourSpan.valid_from, ColourSpan.valid_to, ColourSpan.unit_id)
    spans = spans.where(ColourSpan.issue_id == issue_id, ColourSpan.valid_to == NEVER)
    tasks = select(CountyTask.unit_id).where(CountyTask.issue_id == issue_id)
    return (
        [getattr(issue, f"{name}_id") for name in PLACES],
        (issue.version, issue.yellow_from, issue.red_from, issue.firings),
        sorted((one.relation, one.unit_id, one.position) for one in issue.reaches),
        *(sorted(map(repr, db.session.execute(one).all())) for one in (measures, spans, tasks)),
        (last.seq, last.action, last.reason, last.detail, last.previous, last.digest),
    )


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(STANDING, min_size=4, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4)
)  # fmt: skip
def test_many_tickets_together_go_as_each_would_alone(several, people, wanted, tasks):
    at, found = clock.now(), []
    for is_together in (True, False):
        with rehearsal():
            moves, old = arranged(several, wanted, tasks)
            for some in [moves] if is_together else [[one] for one in moves]:
                move_units(some, people.sysadmin, old, "改革", at=at, rules=rules_at(at))
            found.append([stands(one) for one in several])
            assert queries.tickets_of(old.id) == []
    assert found[0] == found[1]


def test_a_centre_takes_no_ticket_it_drives_and_keeps_its_own(people, make_issue):
    issue = make_issue(Status.RECTIFYING)
    with rehearsal():
        row = db.session.get_one(Issue, issue.id)
        water = unit(WATER)
        row.reaches.append(type(row.reaches[0])(unit=water, relation=Relation.CENTRE, position=99))
        db.session.flush()
        with pytest.raises(Incomplete) as refused:
            reforming.foretell(people.sysadmin, Wanted(BUREAU, WATER, "改革"))
        assert issue.number in refused.value.errors["into"][0]
        water.kind = "县级指挥中心"
        assert "县级指挥中心" in reforming.why_stays(water)
