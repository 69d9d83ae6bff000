"""Changed rules: what they would do before anyone publishes them, and what they do after."""

import dataclasses
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from extensions import db, transaction
from issues.colour.policies import policy_on
from issues.colour.settle import rules_of
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed
from issues.jobs.runner import run_once, tools_for
from issues.jobs.steps import check_thresholds
from issues.jobs.timetable import JOBS
from issues.models import ColourSpan, Event, PolicyVersion
from issues.rules.policy import Policy
from issues.supervision import policy_preview, rulebook
from issues.vocabulary import Colour, Rule, Status

TODAY = date(2025, 11, 25)
PLAIN = ({"text": "清运"},)
WIDE = Policy.default().document() | {"near_max": 60, "near_share": 60}


def publish(people, document=WIDE, effective_from=TODAY, author="sun", approver="zhou", **words):
    said = {"name": "临期放宽", "reason": "年底集中到期"} | words
    with transaction():
        return rulebook.publish(
            document, effective_from=effective_from, author=people[author],
            approver=people[approver], at=clock.now(), **said,
        )  # fmt: skip


def test_a_draft_shows_each_ticket_that_would_change_and_why(make_issue):
    near = make_issue(Status.RECTIFYING, deadline="2026-01-05", measures=PLAIN)
    make_issue(Status.RECTIFYING, deadline="2026-10-30", measures=PLAIN)
    events = db.session.scalar(select(func.count(Event.id)))

    found = policy_preview.compare(Policy.from_document(WIDE), TODAY)

    assert found.changes == [
        (near.number, near.title, near.primary_unit_id, Colour.GREEN, Colour.YELLOW, (Rule.Y1,))
    ]
    assert (found.before, found.after) == (
        {Colour.GREEN: 2}, {Colour.GREEN: 1, Colour.YELLOW: 1}
    )  # fmt: skip
    assert db.session.scalar(select(func.count(Event.id))) == events


@pytest.mark.postgresql
def test_the_same_rules_change_nothing(make_issue):
    for status in (Status.ASSIGNED, Status.RECTIFYING, Status.PUBLICITY, Status.STANDING):
        make_issue(status)

    assert policy_preview.compare(Policy.default(), TODAY).changes == []


@pytest.mark.both
def test_published_rules_recolour_from_their_day_on_and_no_earlier_day(people, make_issue):
    issue = make_issue(Status.RECTIFYING, deadline="2026-01-05", measures=PLAIN)

    version = publish(people)

    db.session.refresh(issue)
    assert issue.yellow_from <= TODAY
    assert issue.policy == version.number == policy_on(TODAY)[0]
    before, now = db.session.scalars(
        select(ColourSpan).where(ColourSpan.issue_id == issue.id)
        .order_by(ColourSpan.valid_from.desc()).limit(2)
    ).all()[::-1]  # fmt: skip
    assert (before.valid_to, before.policy) == (TODAY, 0)
    assert before.yellow_from > TODAY
    assert (now.valid_from, now.policy) == (TODAY, version.number)


def test_rules_of_a_later_day_are_adopted_on_that_day(app, people, make_issue):
    issue = make_issue(Status.RECTIFYING, deadline="2026-01-05", measures=PLAIN)
    later = TODAY + timedelta(days=6)
    publish(people, effective_from=later)
    tools = tools_for(TODAY, app.extensions["evidence"], "secret")
    assert run_once(JOBS["adopt-policy"], tools).done == 0

    clock.stand_still(later)
    done = [
        run_once(JOBS["adopt-policy"], dataclasses.replace(tools, on=later, at=clock.now())).done
        for _ in range(2)
    ]

    db.session.refresh(issue)
    assert done == [1, 0]
    assert issue.policy == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"document": WIDE | {"near_min": -1}}, "near_min"),
        ({"document": WIDE | {"lag_yellow": 40}}, "lag_red"),
        ({"document": WIDE | {"colour": 1}}, "colour"),
        ({"effective_from": TODAY - timedelta(days=1)}, "effective_from"),
        ({"reason": " "}, "reason"),
        ({"name": ""}, "name"),
    ],
)
def test_bad_rules_are_refused_and_nothing_is_published(people, make_issue, changes, field):
    make_issue(Status.RECTIFYING)

    with pytest.raises(Incomplete) as refused:
        publish(people, **changes)

    assert field in refused.value.errors
    assert db.session.scalar(select(func.count(PolicyVersion.number))) == 0


def test_a_version_never_comes_before_an_earlier_one(people):
    publish(people, effective_from=TODAY + timedelta(days=10))

    with pytest.raises(Incomplete) as refused:
        publish(people, effective_from=TODAY)

    assert "effective_from" in refused.value.errors


@pytest.mark.parametrize(
    ("author", "approver"),
    [("zhou", "zhou"), ("sun", "sun"), ("chen", "zhou"), ("sun", "zhao")],
)
def test_two_persons_of_the_right_offices_publish(people, author, approver):
    with pytest.raises(NotAllowed):
        publish(people, author=author, approver=approver)


@pytest.mark.both
def test_two_sets_on_one_day_leave_one_span_of_that_day_and_the_last_ones_rules(
    app, people, make_issue
):
    """The second set takes rules away (no lag fires at the widest line) and moves others."""
    lagging = ({"text": "清运", "target": "60", "unit_of_target": "处", "deadline": "2026-01-05"},)
    issues = [
        make_issue(Status.RECTIFYING, deadline="2026-01-05", measures=lagging) for _ in range(3)
    ]
    ids = [issue.id for issue in issues]
    versions = [issue.version for issue in issues]
    known = rules_of(ids)
    assert all(Rule.Y2 in known[key] for key in ids)

    publish(people)
    publish(people, document={"lag_yellow": 100, "lag_red": 100})

    now = rules_of(ids)
    assert all(Rule.Y2 in known[key] and Rule.R2 not in now[key] for key in ids)
    spans = select(ColourSpan).where(ColourSpan.issue_id.in_(ids), ColourSpan.valid_from == TODAY)
    assert [span.policy for span in db.session.scalars(spans)] == [2, 2, 2]
    tools = tools_for(TODAY, app.extensions["evidence"], "secret")
    assert check_thresholds.find(tools) == []
    for issue, version in zip(issues, versions, strict=True):
        db.session.refresh(issue)
        assert (issue.policy, issue.version) == (2, version + 2)
