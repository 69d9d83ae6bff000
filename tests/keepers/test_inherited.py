"""Who keeps a ticket: named on it, else of the nearest place above it, each level for itself."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import delete, insert, select

from extensions import db
from issues import regions
from issues.ground import clock
from issues.keepers.inherited import has_keeper, is_kept, kept_by, kept_under, of_ticket, of_tickets
from issues.models import Issue, Keeper, Keeping, Region
from issues.queries.keepers.rollup import colours_by_keeper, tickets_of
from issues.vocabulary import KeeperLevel, RegionKind, Status

COUNTIES = ("511902", "511903")
BELOW = {
    "511902-901": ("511902", RegionKind.TOWNSHIP), "511902-9": ("511902", RegionKind.RIVER),
    "511902-901-001": ("511902-901", RegionKind.VILLAGE),
    "511902-901-001-1": ("511902-901-001", RegionKind.GRID),
    "511903-901": ("511903", RegionKind.TOWNSHIP),
}  # fmt: skip
PLACES = (*COUNTIES, *BELOW)
PARENT = {code: parent for code, (parent, _) in BELOW.items()}
LEVEL = st.sampled_from(KeeperLevel)
GIVEN = st.lists(
    st.tuples(
        st.integers(0, 2), LEVEL, st.sampled_from((*PLACES, 0, 1)), st.booleans()
    ),
    unique_by=lambda one: one[:3], max_size=14,
)  # fmt: skip


@pytest.fixture
def stage(people, make_issue):
    """Places below the counties, two tickets to be moved about and three keepers."""
    tickets = [make_issue(Status.ASSIGNED).id, make_issue(Status.ASSIGNED, region="511903").id]
    for code, (parent, kind) in BELOW.items():
        regions.add(code, code, kind, regions.find(parent))
    keepers = [
        Keeper(name=name, phone=name, account_id=account, made_at=clock.now())
        for name, account in (("甲", people["chen"].id), ("乙", people["wu"].id), ("丙", None))
    ]
    db.session.add_all(keepers)
    db.session.commit()
    return tickets, [one.id for one in keepers], people


def chain(place):
    while place:
        yield place
        place = PARENT.get(place, "")


def told(given, tickets, number, place):
    """By the words of the rule: which keepers a ticket has on each level."""
    found = set()
    for level in KeeperLevel:
        standing = [(who, what) for who, one, what, ended in given if one is level and not ended]
        steps = [number, *chain(place)]
        kept = ([who for who, what in standing if what == step] for step in steps)
        found |= {(level, who) for who in next(filter(None, kept), ())}
    return found


@pytest.mark.both
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(given=GIVEN, places=st.tuples(*[st.sampled_from(PLACES)] * 2))
def test_one_ticket_and_the_condition_on_all_tell_the_same(stage, given, places):
    tickets, keepers, people = stage
    today = clock.today()
    db.session.execute(delete(Keeping))
    for number, place in zip(tickets, places, strict=True):
        issue = db.session.get(Issue, number)
        issue.region, issue.township = place[:6], place if len(place) > 6 else ""
    db.session.flush()
    rows = [
        {
            "keeper_id": keepers[who], "level": level, "from_on": today,
            "until_on": today if ended else None,
            "region": what if isinstance(what, str) else "",
            "issue_id": None if isinstance(what, str) else tickets[what],
        }
        for who, level, what, ended in given
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(Keeping), rows)
    exported = of_tickets(tickets, today)
    any_kept = set(db.session.scalars(select(Issue.id).where(has_keeper())))
    for index, place in enumerate(places):
        issue = db.session.get(Issue, tickets[index])
        expected = told(given, tickets, index, place)
        found = of_ticket(issue)
        assert {(row.level, keepers.index(row.keeper_id)) for row in found} == expected
        assert exported.get(issue.id, []) == found, "an export names whom the page names"
        assert (issue.id in any_kept) == bool(expected)
        assert db.session.scalar(select(is_kept(issue.id))) == bool(expected)
        for who, keeper in enumerate(keepers):
            asked = select(Issue.id).where(kept_under(Keeping.keeper_id == keeper))
            its_own = issue.id in set(db.session.scalars(asked))
            assert its_own == any(one == who for _, one in expected)
        own = set(db.session.scalars(select(Issue.id).where(kept_by(people["chen"].id))))
        assert (issue.id in own) == any(who == 0 for _, who in expected)
    counted = colours_by_keeper(people.sun, today)
    for who, keeper in enumerate(keepers):
        listed = tickets_of(keeper, people.sun, today)
        is_kept_by = [any(one == who for _, one in told(given, tickets, index, place))
                      for index, place in enumerate(places)]  # fmt: skip
        assert len(listed) == sum(is_kept_by) == counted[keeper].total()
        assert Counter(line.colour for line in listed) == counted[keeper]
    db.session.rollback()


def test_the_condition_would_see_a_missing_nearer_place(stage):
    """The control: two on one level, the wider one's tickets are not those of the nearer."""
    tickets, keepers, _ = stage
    issue = db.session.get(Issue, tickets[0])
    issue.township = "511902-901-001"
    today = clock.today()
    db.session.add_all(
        Keeping(keeper_id=keepers[n], level=KeeperLevel.AREA, region=code, from_on=today)
        for n, code in enumerate(("511902", "511902-901"))
    )
    db.session.flush()
    wider = select(Issue.id).where(kept_under(Keeping.keeper_id == keepers[0]))
    nearer = select(Issue.id).where(kept_under(Keeping.keeper_id == keepers[1]))
    assert set(db.session.scalars(wider)) == set()
    assert set(db.session.scalars(nearer)) == {issue.id}
    assert [row.place for row in of_ticket(issue)] == ["511902-901"]
    assert db.session.scalar(select(Region.code).where(Region.code == "511902-901"))
