"""A keeper's own tickets: exactly those of the places kept, what to do, and visits."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.keepers.duties import SOON, Stood, duties
from issues.models import Event, Keeper, Keeping
from issues.once import new_key
from issues.queries.keepers import own as queries
from issues.rules.firings import Firing
from issues.vocabulary import Colour, KeeperDuty, KeeperLevel, Rule, Status

HOME = "/keeping"
TODAY = date(2025, 11, 25)
PLACES = {"chen": "511902", "wulead": "511903", "zhao": "511902-100"}


@pytest.fixture
def stage(people, make_issue):
    """Tickets of two counties and of a town; a keeper of each, one of them beside an unkept one."""
    tickets = {
        "511902": make_issue(Status.RECTIFYING),
        "511902-100": make_issue(Status.ASSIGNED, township="511902-100"),
        "511903": make_issue(
            Status.ASSIGNED,
            region="511903",
            primary_unit="511903",
            lead_unit="511900-HWB",
            acceptance_unit="511900-HWB",
        ),
        "511900": make_issue(Status.ASSIGNED, region="511900"),
        "draft": make_issue(Status.DRAFT),
    }
    for name, code in PLACES.items():
        keeper = Keeper(name=name, account_id=people[name].id, made_at=clock.now())
        db.session.add(keeper)
        db.session.flush()
        db.session.add(
            Keeping(keeper_id=keeper.id, level=KeeperLevel.AREA, region=code, from_on=TODAY)
        )
    db.session.commit()
    return {name: (issue.id, issue.number) for name, issue in tickets.items()}


def test_each_keeper_sees_exactly_what_lies_in_the_places_kept(browser, stage):
    """The matrix: every ticket asked for by every keeper, and by somebody who keeps nothing."""
    for name in (*PLACES, "liu"):
        visitor, kept = browser.as_(name), PLACES.get(name)
        listed = visitor.get(HOME).text
        for code, (key, number) in stage.items():
            is_own = code == kept
            assert (number in listed) == is_own, f"{name} {code}"
            visitor.get(f"{HOME}/{key}", expect=200 if is_own else 404)
            visit = visitor.bare({"text": "已到现场"})
            visitor.send(f"{HOME}/{key}", 200 if is_own else 404, **visit)


def test_a_keeper_without_the_whole_ticket_is_told_neither_its_files_nor_the_way_there(
    browser, stage, people
):
    key, number = stage["511903"]
    keeper = db.session.scalars(select(Keeper).where(Keeper.name == "wulead")).one()
    keeper.account_id = people["liulead"].id
    db.session.commit()
    visitor = browser.as_("liulead")
    page = visitor.get(f"{HOME}/{key}")
    assert f"/issues/{number}" not in page.links
    visitor.get(f"/issues/{number}", expect=404)
    visitor.get(f"/issues/{number}/evidence", expect=404)
    assert number in visitor.get(HOME).text


def test_a_visit_is_history_of_the_ticket_and_the_same_form_twice_is_one(browser, stage):
    key, number = stage["511902"]
    chen = browser.as_("chen")
    chen.send(f"{HOME}/{key}", 422, **chen.bare({"text": ""}))
    form = chen.bare({"text": "管网已开挖，未见直排", "once": new_key()})
    for _ in range(2):
        chen.send(f"{HOME}/{key}", **form)
    db.session.rollback()
    rows = select(Event).where(Event.action == "visit")
    assert [row.reason for row in db.session.scalars(rows)] == ["管网已开挖，未见直排"]
    whole = browser.as_("sun").get(f"/issues/{number}").text
    assert "包保查看" in whole
    assert "管网已开挖，未见直排" in whole
    assert "我的包保" in chen.get("/").text
    assert "我的包保" not in browser.as_("liu").get("/").text


def test_what_is_struck_off_stands_behind_what_still_runs(stage, make_issue, people):
    make_issue(Status.STANDING)
    last = make_issue(Status.RECTIFYING)
    keeper = next(name for name, code in PLACES.items() if code == "511902")

    listed = queries.own(people[keeper], TODAY, 1).items
    over = [line.is_over for line in listed]
    assert over == sorted(over)
    assert listed[over.index(True) - 1].id == last.id


def firing(rule, since):
    return Firing(rule, since, {})


@given(
    st.sampled_from(Status), st.sampled_from([*Colour, None]),
    st.none() | st.dates(TODAY - 2 * SOON, TODAY + 2 * SOON),
    st.none() | st.dates(TODAY - 2 * SOON, TODAY), st.none() | st.just(TODAY),
)  # fmt: skip
def test_duties_follow_from_the_record_alone(status, colour, deadline, visited, claimed):
    found = duties(Stood(status, colour, [], deadline, visited, claimed), TODAY)
    asked = {one.duty for one in found}
    if status in (Status.CLOSED, Status.STANDING, Status.DRAFT, Status.MERGED):
        assert found == []
        return
    is_open = status not in (Status.WITHDRAWN, Status.TAKEN_BACK)
    is_coloured = colour in (Colour.RED, Colour.YELLOW)
    is_near = deadline is not None and timedelta(0) <= deadline - TODAY <= SOON
    assert (KeeperDuty.VISIT in asked) == (is_open and is_coloured and visited is None)
    assert (KeeperDuty.REPORT in asked) == (is_open and colour is Colour.RED)
    is_urged = is_near and claimed is None
    assert (KeeperDuty.URGE in asked) == (is_open and is_urged), "claimed, nobody is urged"


def test_what_turned_after_the_last_visit_is_visited_again(monkeypatch):
    monkeypatch.setattr(Firing, "because", lambda self, _: f"{self.rule.value}的理由")
    turned = TODAY - timedelta(days=3)
    late, other = firing(Rule.Y4, turned), firing(Rule.Y1, turned)

    def told(visited, *firings, colour=Colour.YELLOW):
        stood = Stood(Status.RECTIFYING, colour, firings, None, visited)
        return [(one.duty.value, one.because) for one in duties(stood, TODAY)]

    before = told(turned - timedelta(days=1), other)
    assert [duty for duty, _ in before] == ["visit", "urge"]
    assert told(turned, other) == [("urge", "Y1的理由")]
    assert told(turned, late) == [("urge", "Y4的理由")]
    assert told(turned, late, other, colour=Colour.RED) == [
        ("urge", "Y4的理由"), ("report", "Y1的理由"),
    ]  # fmt: skip
    assert told(None, firing(Rule.Y1, TODAY + timedelta(days=1)), colour=Colour.GREEN) == []
