"""Who leaves hands the work over, with history; accounts are disabled together, and enabled."""

import pytest
from sqlalchemy import select

from auth import people as accounts
from auth.actor import SYSTEM
from auth.models import User
from extensions import db, transaction
from issues.models import Event, Issue, Lookback, PartTaken, SavedView
from issues.succession import handing_over
from issues.vocabulary import Role, Status, Subject

DISABLE = "/admin/accounts/disable"


def handover(user_id):
    return f"/admin/accounts/{user_id}/handover"


def events(subject, subject_id, action):
    rows = select(Event).where(Event.is_about(subject, subject_id), Event.action == action)
    return db.session.scalars(rows).all()


@pytest.fixture
def held(browser, make_issue, people):
    """林督察 inspects a ticket, has a look-back to go to and a shared view."""
    issue = make_issue(Status.RECTIFYING, sponsor_account="zhao")
    with transaction():
        row = db.session.get_one(Issue, issue.id)
        row.inspector_id = people.lin.id
        db.session.add_all([
            Lookback(
                issue_id=issue.id, planned_on=row.assigned_on, why="复查",
                inspector_id=people.lin.id,
            ),
            *(SavedView(user_id=people[name].id, name="红色", query="colour=red", is_shared=True,
                        made_at=row.created_at) for name in ("lin", "lin2")),
        ])  # fmt: skip
    return issue.number, row.id, row.version


@pytest.mark.both
def test_the_work_goes_with_history_and_the_rights_stay(browser, people, held):
    number, issue_id, version = held
    keeper, lin = browser.as_("sysadmin"), people.lin.id
    page = keeper.get(handover(lin))
    assert "负责督察的问题" in page.text
    assert "共享的常用视图" in page.text
    assert keeper.post(handover(lin), 422, to="sun", reason="调离").error("to")

    done = keeper.post(handover(lin), to="lin2", reason="调离", disable="true")

    assert "负责督察的问题1项" in done.text
    assert "账号已停用" in done.text
    row = db.session.get_one(Issue, issue_id)
    assert (row.inspector_id, row.version) == (people.lin2.id, version + 1)
    assert db.session.scalars(select(Lookback)).one().inspector_id == people.lin2.id
    names = select(SavedView.name).where(SavedView.user_id == people.lin2.id)
    assert set(db.session.scalars(names)) == {"红色", "红色（林督察）"}
    (told,) = events(Subject.TICKET, issue_id, "hand_over")
    assert told.reason == "督察员林督察 → 林二：调离"
    assert events(Subject.ACCOUNT, lin, "hand_over_work")[0].detail["负责督察的问题"] == "1"
    assert events(Subject.ACCOUNT, people.lin2.id, "take_over_work")
    assert people.lin2.roles == {Role.INSPECTOR}
    assert "督察员林督察 → 林二" in browser.as_("sun").get(f"/issues/{number}").text


def test_who_reported_does_not_take_the_checking_over(browser, people, held, monkeypatch):
    """Somebody of the office who had reported on the ticket as a unit's person before."""
    number, issue_id, _ = held
    with transaction():
        db.session.add(PartTaken(
            issue_id=issue_id, user_id=people.lin2.id, part="report"
        ))  # fmt: skip
    url, keeper = handover(people.lin.id), browser.as_("sysadmin")

    page = keeper.post(url, 422, to="lin2", reason="调离")

    assert number in page.error("to")
    assert db.session.get_one(Issue, issue_id).inspector_id == people.lin.id
    db.session.rollback()
    monkeypatch.setattr(handing_over, "_refuse_reporters", lambda *_given: None)
    keeper.post(url, to="lin2", reason="调离")
    assert db.session.get_one(Issue, issue_id).inspector_id == people.lin2.id


def test_nobody_hands_over_oneself_and_nobody_else_does(browser, people):
    own = handover(people.sysadmin.id)
    assert not browser.as_("sysadmin").get(own).has_form(own)
    for name in ("sun", "lin", "secadmin", "auditor"):
        browser.as_(name).get(handover(people.lin.id), 403)
        browser.as_(name).get(DISABLE, 403)


def test_many_are_disabled_each_on_its_own_and_enabled_again(browser, people, held):
    keeper = browser.as_("sysadmin")
    chosen = [people[name].id for name in ("lin", "he", "auditor")]
    page = keeper.get(DISABLE, chosen=chosen)
    assert "负责督察的问题1件" in page.text
    assert keeper.send(DISABLE, 422, **page.form(DISABLE).filled({"reason": ""})).error("reason")

    done = keeper.send(DISABLE, **page.form(DISABLE).filled({"reason": "机构改革"}))

    assert "已停用2个账号" in done.text
    assert "@auditor没有停用：这是最后一个审计管理员" in done.text
    (told,) = events(Subject.ACCOUNT, chosen[0], "disable_account")
    assert told.detail["reason"] == "机构改革"
    again = keeper.send(DISABLE, **keeper.bare({
        "chosen": chosen[:2], "reason": "恢复", "decision": "enable",
    }))  # fmt: skip
    assert "已启用2个账号" in again.text
    active = db.session.scalars(select(User.is_active).where(User.id.in_(chosen))).all()
    assert all(active)
    assert "没有勾选账号" in keeper.get(DISABLE).text


def test_a_draft_goes_to_who_may_register(browser, people):
    with transaction():
        accounts.add(SYSTEM, "gao", "高某", people.unit("511900-HWB"))
    lin = browser.as_("lin")
    lin.post("/issues/new", via="/issues/new", source="ZC", title="暗管", problem="直排",
             region="511902", primary_unit="511902", lead_unit="511900-STHJ",
             acceptance_unit="511900-STHJ", deadline="2025-12-31")  # fmt: skip
    draft = db.session.scalars(select(Issue)).one()
    assert draft.created_by_id == people.lin.id
    url = handover(people.lin.id)
    page = browser.as_("sysadmin").post(url, 422, to="gao", reason="调离")
    assert "登记后没有交办的草稿" in page.error("to")
    browser.as_("sysadmin").post(url, to="lin2", reason="调离", disable=None)
    assert db.session.scalars(select(Issue.created_by_id)).one() == people.lin2.id
    browser.as_("lin2").get(f"/issues/{draft.number}/edit")
