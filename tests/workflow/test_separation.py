"""Nobody both reports and accepts the same ticket, whatever roles and units they have."""

import pytest
from people import BAZHOU, BUREAU
from sqlalchemy import select

from auth.models import Grant, User
from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import PartTaken
from issues.vocabulary import Action, Role, Status

pytestmark = pytest.mark.both


def grant(name, role):
    with transaction():
        user = db.session.scalars(select(User).where(User.name == name)).one()
        db.session.add(Grant(user=user, role=role, granted_at=clock.real_now()))


def test_who_reported_does_not_confirm(make_issue):
    issue = make_issue(Status.RECTIFYING, supporting_units=[BUREAU])
    make_issue.act(Action.REPORT_PROGRESS, issue, "liu", text="配合完成监测。")

    with pytest.raises(NotAllowed, match="不能再确认或验收"):
        make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", opinion="属实")

    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liulead", opinion="属实")


def test_who_reported_does_not_accept_even_as_the_office(make_issue):
    grant("chen", Role.OFFICE)
    issue = make_issue(Status.RECTIFYING)
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="完成。")

    for action, said in (
        (Action.CONFIRM_PROGRESS, {"opinion": "属实"}),
        (Action.RETURN_PROGRESS, {"reason": "不实"}),
    ):
        with pytest.raises(NotAllowed):
            make_issue.act(action, issue, "chen", **said)


def test_who_confirmed_reports_no_more(make_issue):
    issue = make_issue(Status.RECTIFYING, supporting_units=[BUREAU])
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="完成。")
    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", opinion="属实")

    with pytest.raises(NotAllowed, match="不能再填报进展"):
        make_issue.act(Action.REPORT_PROGRESS, issue, "liu", text="我局完成。")


@pytest.mark.sqlite
def test_who_reported_records_no_look_back_and_no_interim_closure(make_issue):
    grant("chen", Role.OFFICE)
    grant("chen", Role.INSPECTOR)
    letter = make_issue(Status.RECTIFYING, source="SX")
    closed = make_issue(Status.RECTIFYING)
    for issue in (letter, closed):
        make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="完成。")
    make_issue.act(Action.CONFIRM_PROGRESS, closed, "liu", opinion="属实")
    make_issue.advance(closed, Status.CLOSED)

    with pytest.raises(NotAllowed, match="不能再确认或验收"):
        make_issue.act(Action.INTERIM_CLOSE, letter, "chen", reason="阶段完成", measures=[])
    with pytest.raises(NotAllowed, match="不能再确认或验收"):
        make_issue.act(Action.RECORD_LOOKBACK, closed, "chen", result="pass")


def test_the_page_of_the_act_is_refused_before_anything_is_typed(make_issue, browser):
    issue = make_issue(Status.RECTIFYING, supporting_units=[BUREAU])
    make_issue.act(Action.REPORT_PROGRESS, issue, "liu", text="配合完成监测。")
    url = f"/issues/{issue.number}/acts/confirm_progress"

    page = browser.as_("liu").get(url, 403)

    assert "您填报过本事项的进展，不能再确认或验收" in page.text
    assert url not in browser.as_("liu").get(f"/issues/{issue.number}").links


def test_the_other_persons_of_the_unit_are_free(make_issue):
    issue = make_issue(Status.RECTIFYING, supporting_units=[BUREAU])
    make_issue.act(Action.REPORT_PROGRESS, issue, "liu", text="配合完成。")

    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liulead", opinion="属实")

    parts = db.session.execute(select(PartTaken.part).order_by(PartTaken.part)).scalars().all()
    assert parts == ["accept", "report"]


def test_the_primary_unit_is_never_its_own_acceptance_unit(make_issue):
    with pytest.raises(Incomplete) as refused:
        make_issue(Status.DRAFT, acceptance_unit=BAZHOU)

    assert refused.value.errors == {
        "acceptance_unit": ["主责单位不能验收自己的整改，请另选验收单位"]
    }


def test_nor_by_an_amendment(make_issue):
    issue = make_issue(Status.RECTIFYING)

    with pytest.raises(Incomplete):
        make_issue.act(
            Action.AMEND, issue, "sun", reason="调整", fields={"acceptance_unit": BAZHOU}
        )
