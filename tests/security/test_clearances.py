"""A clearance is of one person, one ticket and some days, and lapses with what it rests on."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from drafts import DRAFT
from flask_migrate import upgrade
from people import BAZHOU, BUREAU
from sqlalchemy import func, select, text, update
from tables import fill

from auth.models import Grant, Unit, User
from extensions import db, transaction
from issues.evidence import clearances
from issues.ground import clock
from issues.models import Clearance, Complainant, Event, Issue, IssueUnit
from issues.vocabulary import Relation, Role

MIGRATIONS = Path(__file__).parents[2] / "migrations"
BEFORE = "0018_doors_and_tokens"
WHO = {"name": "王有理", "phone": "13987654321"}
WHY = {"reason": "核实情况"}


@pytest.fixture
def number(api):
    said = api.sun.post("/issues", DRAFT | {"source": "SX", "complainant": WHO}, 201)
    api.sun.act(said["number"], "assign")
    return said["number"]


def word(user="lin", days=5, **more):
    until = clock.today() + timedelta(days=days)
    return {"user": user, "until": until.isoformat(), **WHY, **more}


def path(number):
    return f"/issues/{number}/complainant"


def account(name):
    return db.session.scalars(select(User).where(User.name == name)).one()


def looks():
    rows = select(func.count()).select_from(Event).where(Event.action == "view_complainant")
    return db.session.scalar(rows)


@pytest.mark.both
def test_it_opens_one_ticket_to_one_person_until_it_is_taken_back(api, number):
    other = api.sun.post("/issues", DRAFT | {"source": "SX", "complainant": WHO}, 201)["number"]
    api.zhou.act(number, "grant_clearance", word())

    assert api.lin.get(path(number), query_string=WHY).json == WHO
    api.lin.get(path(other), 403, query_string=WHY)
    api.lin2.get(path(number), 403, query_string=WHY)
    given = api.zhou.get(f"/issues/{number}/clearances")["items"]
    assert [(one["user"], one["stands"], one["state"]) for one in given] == [("lin", True, "有效")]
    api.sun.get(f"/issues/{number}/clearances", 403)

    api.zhou.act(number, "revoke_clearance", {"user": "lin", "reason": "已核实"})
    api.lin.get(path(number), 403, query_string=WHY)
    api.zhou.act(number, "revoke_clearance", {"user": "lin", "reason": "再收"}, 409)
    api.sun.act(number, "revoke_clearance", {"user": "lin", "reason": "越权"}, 403)
    (given,) = api.zhou.get(f"/issues/{number}/clearances")["items"]
    assert (given["stands"], given["state"], given["revoke_reason"]) == (False, "已收回", "已核实")
    acts = [row["action"] for row in api.sun.get(f"/issues/{number}/history")["items"]]
    assert acts[-3:] == ["grant_clearance", "view_complainant", "revoke_clearance"]


@pytest.mark.both
def test_who_is_never_cleared(api, number, people):
    """Oneself, the unit complained of, any other with a relation, the three, nobody in use."""
    with transaction():
        account("lin2").is_active = False
    for name in (
        "zhou",
        "chen",
        "chenlead",
        "liu",
        "sysadmin",
        "secadmin",
        "auditor",
        "wu",
        "lin2",
    ):
        said = api.zhou.act(number, "grant_clearance", word(name), 422).json
        assert "user" in said["errors"], name
    for days in (-1, 31):
        said = api.zhou.act(number, "grant_clearance", word(days=days), 422).json
        assert "until" in said["errors"], days
    api.zhou.act(number, "grant_clearance", word(days=30))
    offered = {name for name, _ in clearances.clearable(_issue(number), people.zhou)}
    assert offered == {"lin", "sun", "zhao", "he"}


def _issue(number):
    return db.session.scalars(select(Issue).where(Issue.number == number)).one()


def _moved_to(code):
    def change(number):
        unit = db.session.scalars(select(Unit).where(Unit.code == code)).one()
        account("lin").unit_id = unit.id

    return change


def _disabled(_number):
    account("lin").is_active = False


def _role_lost(_number):
    live = (Grant.user_id == account("lin").id, Grant.revoked_at.is_(None))
    db.session.execute(update(Grant).where(*live).values(revoked_at=clock.now()))


def _role_changed(number):
    _role_lost(number)
    row = Grant(user_id=account("lin").id, role=Role.OFFICE, granted_at=clock.now())
    db.session.add(row)


def _made_auditor(_number):
    row = Grant(user_id=account("lin").id, role=Role.AUDITOR, granted_at=clock.now())
    db.session.add(row)


def _unit_drawn_in(number):
    row = IssueUnit(
        issue_id=_issue(number).id, unit_id=account("lin").unit_id, relation=Relation.SUPPORTING
    )
    db.session.add(row)


CHANGES = (
    _moved_to(BAZHOU), _moved_to(BUREAU), _disabled, _role_lost, _role_changed, _made_auditor,
    _unit_drawn_in,
)  # fmt: skip


@pytest.mark.both
def test_it_lapses_at_once_when_what_it_stood_on_changes(api, number, people):
    """Asked of the statement itself: an account that is disabled would not get so far."""
    api.zhou.act(number, "grant_clearance", word())
    for change in CHANGES:
        db.session.rollback()
        issue, lin = _issue(number), people.lin
        assert clearances.is_cleared(issue, lin), change
        change(number)
        db.session.flush()
        assert not clearances.is_cleared(issue, lin), change
        (given,) = clearances.clearances_of(issue)
        assert not given.stands
        db.session.rollback()


def test_it_ends_with_the_day_it_names(api, number, people):
    api.zhou.act(number, "grant_clearance", word(days=1))
    tomorrow = clock.today() + timedelta(days=1)
    for day, holds in ((tomorrow, True), (tomorrow + timedelta(days=1), False)):
        with clock.standing_on(day):
            assert clearances.is_cleared(_issue(number), people.lin) is holds


def test_with_the_guard_off_a_moved_person_would_read_on(api, number, people, monkeypatch):
    """What the condition is worth: without it the clearance goes on for the unit complained of."""
    api.zhou.act(number, "grant_clearance", word())
    with transaction():
        _moved_to(BAZHOU)(number)
    assert not clearances.is_cleared(_issue(number), people.lin)

    monkeypatch.setattr(clearances, "_fit", lambda *_: text("1 = 1"))
    assert clearances.is_cleared(_issue(number), people.lin)


def test_a_role_taken_away_under_an_open_session_closes_the_page(browser, api, number):
    api.zhou.act(number, "grant_clearance", word())
    url = f"/issues/{number}/originals"
    visitor = browser.as_("lin")
    assert WHO["name"] in visitor.post(f"{url}/complainant", **WHY).text
    with transaction():
        _role_changed(number)

    visitor.post(f"{url}/complainant", 403, **WHY)
    assert looks() == 1


def test_each_look_is_recorded_with_ticket_person_and_reason(browser, api, number, people):
    api.zhou.act(number, "grant_clearance", word())
    url = f"/issues/{number}/originals"
    page = browser.as_("lin").post(f"{url}/complainant", 422, reason=" ")
    assert "请写明查看的理由" in page.text
    assert looks() == 0

    page = browser.as_("lin").post(f"{url}/complainant", reason="回访核实")
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert WHO["phone"] in page.text
    row = db.session.scalars(select(Event).where(Event.action == "view_complainant")).one()
    told = (row.subject_id, row.actor, row.reason, row.is_covert)
    assert told == (_issue(number).id, people.lin.display_name, "回访核实", True)
    assert WHO["name"] not in browser.as_("lin").get(url).text


def test_the_head_gives_sees_and_takes_back_on_the_page(browser, number):
    url = f"/issues/{number}/originals"
    head = browser.as_("zhou")
    assert "还没有授权任何人" in head.get(url).text

    page = head.post(f"{url}/clearance", via=url, **word("lin"))
    assert "林督察" in page.tree.one("section", id="clearances").text
    revoke = f"{url}/clearance/lin/revoke"
    assert "立即不能再查看" in head.get(revoke).text
    assert head.post(revoke, 422, reason=" ").error("reason")
    page = head.post(revoke, reason="已核实")

    assert "已收回：已核实" in page.tree.one("section", id="clearances").text
    browser.as_("lin").post(f"{url}/complainant", 403, **WHY)
    browser.as_("sun").get(revoke, 403)
    assert "查看授权" not in browser.as_("lin").get(url).text
    assert url in browser.as_("zhou").get(f"/issues/{number}").html


@pytest.mark.both
def test_the_database_refuses_one_without_a_ticket_and_one_to_oneself(app, number):
    zhou, lin = account("zhou").id, account("lin").id
    row = {"until": date(2025, 12, 1), "reason": "试", "granted_at": clock.now()}
    for wrong in (
        {"user_id": lin, "granted_by_id": zhou},
        {"user_id": zhou, "granted_by_id": zhou, "issue_id": _issue(number).id},
    ):
        db.session.add(Clearance(**row, **wrong))
        with pytest.raises(Exception, match=r"(?i)check"):
            db.session.flush()
        db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Complainant)) == 1


@pytest.mark.both
def test_clearances_of_every_ticket_end_with_the_upgrade(blank_app):
    upgrade(MIGRATIONS, BEFORE)
    fill()
    upgrade(MIGRATIONS)

    asked = text("SELECT issue_id, revoked_at, revoke_reason FROM clearance")
    row = db.session.execute(asked).one()
    assert row.issue_id is None
    assert row.revoked_at is not None
    assert "授权改为逐件给予" in row.revoke_reason
