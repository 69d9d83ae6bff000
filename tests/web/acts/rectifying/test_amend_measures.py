"""The approved plan is changed by the office alone: a measure more, a measure less."""

from datetime import date

import pytest
from people import BUREAU

from extensions import db
from issues.colour.facts_of import measures_of
from issues.ground.refusals import NotAllowed
from issues.models import Measure
from issues.vocabulary import Action, Relation, Status

NEW = {
    "text": "建成一体化提升泵站",
    "unit": BUREAU,
    "person": "周工",
    "start": "2026-01-10",
    "deadline": "2026-05-31",
    "target": "2",
    "unit_of_target": "座",
}


def url(issue):
    return f"/issues/{issue.number}/acts/amend"


def line(place, cells):
    return {f"fields-measures-{place}-{name}": value for name, value in cells.items()}


def texts(issue):
    return [(measure.no, measure.text) for measure in measures_of(issue)]


def test_the_office_adds_a_measure_on_the_page(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)

    page = browser.as_("sun").post(url(issue), reason="省厅要求", **line(2, NEW))

    added = measures_of(issue)[-1]
    assert (added.no, added.text, added.unit.code) == (3, NEW["text"], BUREAU)
    assert (added.person, added.start.isoformat()) == ("周工", "2026-01-10")
    assert (added.deadline.isoformat(), added.deadline_text) == ("2026-05-31", "2026年5月31日")
    assert (float(added.target), added.unit_of_target) == (2, "座")
    assert BUREAU in {unit.code for unit in issue.units(Relation.MEASURE)}
    assert "新增措施3：措施内容建成一体化提升泵站；责任单位" in page.text
    assert "完成时限2026年5月31日" in page.text


def test_the_office_strikes_one_off_on_the_page(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)

    page = browser.as_("sun").post(url(issue), reason="已并入", **line(0, {"dropped": "true"}))

    assert texts(issue) == [(2, "修复破损管网")]
    assert "撤销措施1：措施内容完成场镇管网排查" in page.text
    assert db.session.query(Measure).filter_by(issue_id=issue.id, no=1).one().dropped_at


def test_a_changed_date_is_told_with_what_stood_there(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)

    cells = line(0, {"deadline": "2026-04-30", "deadline_text": ""})
    page = browser.as_("sun").post(url(issue), reason="冬季停工", **cells)

    assert "措施1 完成时限：2026年3月31日 → 2026年4月30日" in page.text


def test_a_fault_stands_at_the_line_it_was_typed_in(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)

    late = line(2, NEW | {"deadline": "2026-07-01"})
    page = browser.as_("sun").post(url(issue), expect=422, reason="调整", **late)

    assert "第3行 完成时限：措施时限2026年7月1日晚于" in page.text
    assert page.form(url(issue)).drawn()["fields-measures-2-text"] == NEW["text"]
    assert len(measures_of(issue)) == 2


def test_neither_an_id_nor_a_number_is_given_twice(make_issue):
    issue = make_issue(Status.RECTIFYING)
    make_issue.act(Action.AMEND, issue, "sun", reason="加", fields={"measures": [{"text": "甲"}]})
    gone = measures_of(issue)[-1]
    drop = {"measures": [{"id": gone.id, "dropped": True}]}
    make_issue.act(Action.AMEND, issue, "sun", reason="减", fields=drop)
    make_issue.act(Action.AMEND, issue, "sun", reason="加", fields={"measures": [{"text": "乙"}]})

    added = measures_of(issue)[-1]
    assert (gone.no, added.no) == (3, 4)
    assert added.id != gone.id


def test_what_waits_for_a_reviewer_is_reviewed_without_the_struck_one(make_issue):
    issue = make_issue(Status.RECTIFYING)
    first, second = measures_of(issue)
    rows = [{"id": first.id, "done": True}, {"id": second.id, "reported": "1"}]
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="已动工", measures=rows)

    drop = {"measures": [{"id": first.id, "dropped": True}]}
    make_issue.act(Action.AMEND, issue, "sun", reason="并入措施2", fields=drop)
    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", opinion="属实")

    assert not first.is_done
    assert second.confirmed == 1


def test_the_colour_follows_at_once(make_issue):
    """A measure overdue yellows the ticket; struck off it does so no more."""
    issue = make_issue(Status.RECTIFYING)
    before = issue.yellow_from
    late = {"text": "清掏雨水沟", "start": "2025-11-01", "deadline": "2025-11-20"}
    make_issue.act(Action.AMEND, issue, "sun", reason="加", fields={"measures": [late]})
    assert issue.yellow_from.isoformat() == "2025-11-21"

    drop = {"measures": [{"id": measures_of(issue)[-1].id, "dropped": True}]}
    make_issue.act(Action.AMEND, issue, "sun", reason="减", fields=drop)

    assert issue.yellow_from == before


@pytest.mark.both
def test_what_two_people_add_and_strike_is_all_there(browser, make_issue):
    """The second strikes one off and adds one, while the first added one and changed another."""
    issue = make_issue(Status.RECTIFYING)
    first, second = measures_of(issue)
    visitor = browser.as_("sun")
    typed = line(0, {"dropped": "true"}) | line(2, {"text": "乙加的"})
    form = visitor.get(url(issue)).form(url(issue)).filled({"reason": "乙"}) | typed
    rows = [{"text": "甲加的"}, {"id": second.id, "person": "甲改的"}]
    make_issue.act(Action.AMEND, issue, "sun", reason="甲", fields={"measures": rows})

    page = visitor.send(url(issue), expect=409, **form)
    again = page.form(url(issue)).drawn()
    visitor.send(url(issue), **page.form(url(issue)).filled({}))

    assert again["fields-measures-3-text"] == "乙加的"
    assert texts(issue) == [(2, second.text), (3, "甲加的"), (4, "乙加的")]
    assert second.person == "甲改的"
    assert first.dropped_at


def test_what_was_typed_into_a_measure_that_is_gone_is_kept(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    first = measures_of(issue)[0]
    visitor = browser.as_("sun")
    typed = {"reason": "乙", "fields-measures-0-text": "乙改的第一项"}
    form = visitor.get(url(issue)).form(url(issue)).filled(typed)
    drop = {"measures": [{"id": first.id, "dropped": True}]}
    make_issue.act(Action.AMEND, issue, "sun", reason="甲", fields=drop)

    page = visitor.send(url(issue), expect=409, **form)

    again = page.form(url(issue)).drawn()
    assert "撤销措施1：措施内容完成场镇管网排查" in page.text
    assert again["fields-measures-0-text"] == "修复破损管网"
    assert again["fields-measures-1-text"] == "乙改的第一项"
    assert "fields-measures-1-id" not in again, "proposed as a new one"


def by_measures(make_issue, **fields):
    """Its measures end on 2026-03-31 and 2026-06-30; the plan's approval gave it the later day."""
    undated = {"deadline": None, "deadline_text": "按序时进度"}
    issue = make_issue(Status.RECTIFYING, **undated, **fields)
    assert issue.deadline.isoformat() == "2026-06-30"
    return issue


def moved(make_issue, issue, day, *, place=1):
    row = {"id": measures_of(issue)[place].id, "deadline": day, "deadline_text": ""}
    make_issue.act(Action.AMEND, issue, "sun", reason="工序调整", fields={"measures": [row]})
    return issue.deadline.isoformat()


@pytest.mark.parametrize("day", ["2026-08-31", "2026-05-31"])
def test_where_the_measures_carry_the_dates_the_ticket_ends_with_the_latest(
    make_issue, browser, day
):
    issue = by_measures(make_issue)

    assert moved(make_issue, issue, day) == day

    assert issue.first_deadline.isoformat() == "2026-06-30"
    said = f"时限：2026年6月30日 → 2026年{int(day[5:7])}月31日"
    assert said in browser.as_("sun").get(f"/issues/{issue.number}").text


def test_an_earlier_measure_leaves_the_day_of_the_ticket_alone(make_issue):
    issue = by_measures(make_issue)

    assert moved(make_issue, issue, "2026-02-28", place=0) == "2026-06-30"


def test_a_day_set_later_by_an_extension_stands_until_the_measures_pass_it(make_issue):
    issue = by_measures(make_issue)
    asked = {"deadline": "2026-07-31", "cause": "汛期", "progress": "过半"}
    make_issue.act(Action.REQUEST_EXTENSION, issue, "chenlead", **asked)
    make_issue.act(Action.GRANT_EXTENSION, issue, "zhou", opinion="同意")

    assert moved(make_issue, issue, "2026-05-31") == "2026-07-31"
    assert moved(make_issue, issue, "2026-08-15") == "2026-08-15"


def test_the_measures_do_not_pass_a_day_the_city_may_not_move(make_issue):
    issue = by_measures(make_issue, source="YD")

    with pytest.raises(NotAllowed, match="不能由市里调整"):
        moved(make_issue, issue, "2026-07-01")

    db.session.expire_all()
    assert issue.deadline == measures_of(issue)[1].deadline == date(2026, 6, 30)
    assert moved(make_issue, issue, "2026-05-31") == "2026-06-30"
    assert moved(make_issue, issue, "2026-06-30") == "2026-06-30"
