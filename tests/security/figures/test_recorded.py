"""Figure 27: every act of a ticket's life leaves its line in the history, and no other."""

import pytest
import tally
from every_act import CASES, made
from sqlalchemy import select
from tally import part, tell

from extensions import db
from issues import audit
from issues.models import Event
from issues.vocabulary import Subject


def last(issue_id):
    """How many lines the ticket's story has, and the act the last one tells."""
    db.session.rollback()
    of_it = select(Event).where(Event.is_about(Subject.TICKET, issue_id))
    row = db.session.scalars(of_it.order_by(Event.seq.desc())).first()
    return row.seq, row.action


def unrecorded(browser, make_issue, share):
    """Each act pressed by who may; the acts whose line is missing or is another's."""
    found, kinds = [], set()
    for code in part(CASES, share):
        case = CASES[code]
        issue, form = made(case, make_issue)
        (before, _), number = last(issue.id), issue.id
        browser.as_(case.by).post(case.url(issue), **form)
        after, told = last(number)
        if after <= before or code not in lines_after(number, before):
            found.append((code, before, after, told))
        kinds.add(code)
    return found, kinds


def lines_after(issue_id, seq):
    of_it = Event.is_about(Subject.TICKET, issue_id)
    return set(db.session.scalars(select(Event.action).where(of_it, Event.seq > seq)))


def kinds_told():
    """Each kind of act that stands in the history, by what it is about."""
    db.session.rollback()
    return db.session.execute(select(Event.subject, Event.action).distinct()).all()


@pytest.mark.postgresql
def test_every_act_is_recorded(browser, make_issue, database):
    found, kinds = unrecorded(browser, make_issue, 12)

    told = kinds_told()
    assert kinds <= {one.action for one in told}
    if tally.FULL:
        assert len(told) >= 40
        tell(27, "记录的种类（流程表的动作所引起）", len(told), [], database)
    tell(27, "未记录的动作（流程表的每个动作）", len(kinds), found, database)


def test_an_act_that_is_not_recorded_is_found(browser, make_issue, monkeypatch):
    case = CASES["comment"]
    issue, form = made(case, make_issue)
    before, _ = last(issue.id)
    for way in ("record", "record_each"):
        monkeypatch.setattr(audit, way, lambda *_given, **_named: None)
    browser.as_(case.by).post(case.url(issue), **form)

    assert last(issue.id)[0] == before


@pytest.mark.both
def test_more_than_tickets_are_recorded(city, database):
    """What made the city alone: each word of the history that occurs, by what it is about."""
    told = kinds_told()
    unknown = [one for one in told if Subject.of(one.subject).act_of(one.action) is None]

    assert len({one.subject for one in told}) > 5
    tell(27, "记录的种类（示例城市）", len(told), unknown, database)
