"""An import is no way round the separation of who reports and who accepts."""

import pytest
from brought import bring
from people import BAZHOU
from sheets import changed, short
from sqlalchemy import select

from auth.models import Grant, Unit, User
from extensions import db, transaction
from issues import acts
from issues.colour.facts_of import measures_of
from issues.exchange.import_report import RowsRefused
from issues.ground import clock
from issues.ground.refusals import NotAllowed
from issues.models import Issue, PartTaken
from issues.vocabulary import Action, Role, Status
from issues.workflow import load

pytestmark = pytest.mark.both
OPEN_ONE, FIRST_ROW = "BZ-AF-2025-001", 5


def wears(name, role, code):
    """One more hat for a person, in this unit."""
    with transaction():
        user = db.session.scalars(select(User).where(User.name == name)).one()
        user.unit = db.session.scalars(select(Unit).where(Unit.code == code)).one()
        db.session.add(Grant(user=user, role=role, granted_at=clock.real_now()))


def report(number, person):
    with transaction():
        issue = load(number, person, for_change=True)
        acts.do(Action.REPORT_PROGRESS, issue, person, {"text": "各项措施均已完成。"})


def as_done(_workbook, sheet):
    """The first ticket's measures done, the ticket struck off."""
    at = {sheet.cell(4, column).value: column for column in range(1, sheet.max_column + 1)}
    for row in range(FIRST_ROW, FIRST_ROW + 4):
        sheet.cell(row, at["是否完成"]).value = "是"
    sheet.cell(FIRST_ROW, at["整改阶段"]).value = "已完成整改"
    sheet.cell(FIRST_ROW, at["是否销号"]).value = "是"
    sheet.cell(FIRST_ROW, at["销号日期"]).value = "2025-11-20"


def test_a_sheet_neither_confirms_nor_closes_what_is_here(people):
    wears("chen", Role.OFFICE, BAZHOU)
    bring(short(), people.sun)
    report(OPEN_ONE, people.chen)

    with pytest.raises(RowsRefused) as refused:
        bring(changed(short(), edit=as_done), people.chen)

    assert [cell.cell for cell in refused.value.cells] == ["B5"]
    assert "请比对后逐处接受，或删去这一条" in refused.value.cells[0].sentence
    db.session.expire_all()
    issue = load(OPEN_ONE, people.chen)
    assert issue.status is Status.RECTIFYING
    assert not any(measure.is_done for measure in measures_of(issue))


def test_who_brought_in_confirmed_values_never_reports_on_them(people):
    wears("sun", Role.REPORTER, BAZHOU)
    bring(short(), people.sun)

    with pytest.raises(NotAllowed, match="不能再填报进展"):
        report(OPEN_ONE, people.sun)

    report(OPEN_ONE, people.chen)
    rows = db.session.execute(
        select(User.name, PartTaken.part)
        .join(User, User.id == PartTaken.user_id)
        .join(Issue, Issue.id == PartTaken.issue_id)
        .where(Issue.number == OPEN_ONE)
    )
    assert {tuple(row) for row in rows} == {("sun", "accept"), ("chen", "report")}
