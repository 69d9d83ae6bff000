"""Of tickets that are the same problem one is counted, in every figure that reads the board."""

from datetime import timedelta

import pytest
from rows import DAY, an_issue, save

from extensions import db, transaction
from issues.models import ColourSpan, Issue, IssueLink
from issues.queries.board import map as areas, page as board
from issues.queries.ground.names import names
from issues.queries.register import lines
from issues.queries.register.filters import Filters
from issues.rules.dates.days import NEVER
from issues.vocabulary import LinkKind, Relation, Source, Status

pytestmark = pytest.mark.both
LONG_AGO = DAY - timedelta(days=200)


def red(people, number, code="511902", status=Status.RECTIFYING):
    unit = people.unit(code)
    return an_issue(
        number, status, [(unit, Relation.PRIMARY)], primary_unit_id=unit.id, region=code,
        red_from=LONG_AGO if status is not Status.DRAFT else NEVER, yellow_from=LONG_AGO,
    )  # fmt: skip


@pytest.fixture
def three(people):
    """Three red tickets with a past; the second follows the first since ten days."""
    issues = [red(people, "A"), red(people, "B", "511903"), red(people, "C")]
    save(*issues)
    for one in issues:
        save(
            ColourSpan(
                issue_id=one.id, valid_from=LONG_AGO, valid_to=NEVER, yellow_from=LONG_AGO,
                red_from=LONG_AGO, card="", status=one.status, unit_id=one.primary_unit_id,
                region=one.region, source=Source.AF, policy=0,
            )
        )  # fmt: skip
    return issues


def tie(one, leader, on=DAY - timedelta(days=10), **more):
    said = {"kind": LinkKind.SAME_PROBLEM, "reason": "同一排口。", "linked_on": on} | more
    save(IssueLink(issue_id=one.id, to_id=leader.id, **said))


def reds(person, on=None, **asked):
    return board.plain(person, DAY, on=on, **asked).total.red


@pytest.mark.postgresql
def test_the_board_counts_the_one_that_leads(people, three):
    a, b, _ = three
    before = board.board(people.sun, DAY)
    tie(b, a)
    after = board.board(people.sun, DAY)

    assert (before.total.red, after.total.red) == (3, 2)
    assert {group.key: group.now.red for group in after.units} == {"511902": 2}
    assert [week.tally.red for week in after.weeks][-3:] == [3, 2, 2]
    assert len(after.weeks) == len(before.weeks)
    assert reds(people.sun, on=DAY - timedelta(days=11)) == 3
    assert reds(people.sun, on=DAY - timedelta(days=10)) == 2
    assert reds(people.sun, on=DAY + timedelta(days=5)) == 2


def test_the_register_lists_what_the_board_counts_and_the_group(people, three):
    a, b, _ = three
    tie(b, a)

    def numbers(**asked):
        found = lines.find(Filters(**asked), people.sun, DAY)
        return sorted(line.number for line in found.lines)

    assert numbers(colour="red") == ["A", "B", "C"]
    assert numbers(colour="red", counted="1") == ["A", "C"]
    assert numbers(counted="1", on=(DAY - timedelta(days=11)).isoformat()) == ["A", "B", "C"]
    assert numbers(same="B") == numbers(same="A") == ["A", "B"]
    assert numbers(same="C") == ["C"]
    assert numbers(counted="x") == []
    for asked, reds in (({}, 3), ({"counted": "1"}, 2)):
        drawn = areas.areas(Filters(**asked), people.sun, DAY, names())
        assert sum(area.tally.red for area in drawn if not area.is_zone) == reds
    assert board.board(people.sun, DAY).is_once


def test_nothing_that_runs_is_hidden(people, three):
    """Who does not see the leader counts his own; so does everyone once it runs no more."""
    a, b, _ = three
    tie(b, a)
    assert reds(people.sun) == 2
    assert reds(people.wu) == 1

    with transaction():
        a.status, a.closed_on = Status.CLOSED, DAY
    assert reds(people.sun) == 2
    with transaction():
        b.status, b.closed_on = Status.CLOSED, DAY
    assert board.plain(people.sun, DAY).total.closed == 1


@pytest.mark.parametrize("more", [
    {"kind": LinkKind.RELATED},
    {"ended_on": DAY - timedelta(days=1), "end_reason": "是两处。"},
])  # fmt: skip
def test_related_or_untied_tickets_are_counted_each(people, three, more):
    tie(three[1], three[0], **more)

    assert reds(people.sun) == 3
    assert db.session.query(Issue).count() == 3
