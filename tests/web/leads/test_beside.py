"""What stands beside a lead: the likest tickets and leads with why, the nearest, the way to tie."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings, strategies as st
from page import counted
from sqlalchemy import delete, select

from auth.models import User
from auth.signin import actor_for
from extensions import db, transaction
from issues.evidence.places import distance_m
from issues.ground import clock
from issues.leads import taking
from issues.likeness import lead_keys
from issues.models import Lead, LeadKey
from issues.queries.leads.alike import MOST, NEAR_M, beside
from issues.vocabulary import LeadState

TEXT = "龙泉寺村砂石厂洗砂废水未经沉淀直接排入三江河，河水浑浊，群众反映强烈。"
OTHER = "加油站油气回收装置停用，夜间卸油时气味很重，附近住户多次反映。"
HERE = (106.768, 31.812)


def person(name="sun"):
    return actor_for(db.session.scalars(select(User).where(User.name == name)).one())


def told(text=TEXT, point=HERE, by="sun", **more):
    """A lead as anybody tells of it; the number of the row."""
    said = {"origin": "patrol", "at": clock.now() - timedelta(hours=1), "text": text, **more}
    said |= (
        {}
        if point is None
        else dict(zip(("lon", "lat"), (f"{degree:.6f}" for degree in point), strict=True))
    )
    with transaction():
        return taking.take(person(by), said, [], clock.now()).lead.id


def seen(lead_id):
    found = beside(db.session.get(Lead, lead_id), person())
    db.session.rollback()
    return found


def test_the_same_problem_stands_beside_its_lead_with_why_and_is_tied_by_one_key(
    browser, make_issue
):
    issue = make_issue(title="砂石厂废水直排", problem=TEXT, lon=HERE[0], lat=31.813)
    make_issue(title="加油站气味", problem=OTHER, lon=106.9, lat=31.9)
    earlier, lead = told(text=TEXT.replace("反映强烈", "意见很大")), told()

    sun = browser.as_("sun")
    page = sun.get(f"/leads/{lead}")
    assert "很可能重复" in page.text
    assert "距离相距111米" in page.text
    assert f"线索第{earlier}号" in page.text
    assert "加油站气味" not in page.text
    (key,) = page.html.split('data-key="t"')[:-1]
    assert key.rstrip().endswith('"')
    url = f"/leads/{lead}/link"
    (to,) = {one for one in page.links if one.startswith(url) and issue.number in one}
    form = sun.get(to).form(url).drawn()
    assert form["to"] == issue.number
    assert "字词相同100%" in form["reason"]
    sun.send(url, **form)
    db.session.rollback()
    row = db.session.get(Lead, lead)
    assert (row.state, row.issue_id) == (LeadState.LINKED, issue.id)
    after = sun.get(f"/leads/{earlier}")
    assert "并入同一事项" in after.text
    assert "data-key" not in sun.get(f"/leads/{lead}").html


def test_one_alike_far_away_and_long_past_the_newest_is_found_by_its_words(people):
    first = told(point=None)
    for place in range(70):
        told(text=f"第{place}处路边有人倾倒建筑垃圾和装修废料", point=None)
    assert [one.id for one in seen(told(point=None)).leads] == [first]
    with transaction():
        db.session.execute(delete(LeadKey))
    assert [one.id for one in seen(first).leads] == []
    with transaction():
        assert max(lead_keys.rebuild()) > 70
    assert [one.id for one in seen(first).leads] == [72]


def test_who_only_told_of_a_lead_is_shown_nobody_else_s(browser, people):
    told()
    own = told(by="chen")
    page = browser.as_("chen").get(f"/leads/{own}")
    assert "相近的线索" not in page.text
    assert "可能的同一问题" not in page.text


def test_the_page_asks_as_much_of_one_other_lead_as_of_many(browser, make_issue):
    make_issue(problem=TEXT, lon=HERE[0], lat=HERE[1])
    told()
    lead, sun = told(), browser.as_("sun")
    with counted() as few:
        sun.get(f"/leads/{lead}")
    for place in range(8):
        told(point=(HERE[0], HERE[1] + place / 10_000))
        make_issue(problem=f"{TEXT}第{place}次", lon=HERE[0], lat=HERE[1])
    with counted() as many:
        page = sun.get(f"/leads/{lead}")
    assert len(few) == len(many)
    assert page.html.count("很可能重复") == 2 * MOST


OFFSETS = st.tuples(st.integers(-14, 14), st.integers(-14, 14))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(places=st.lists(OFFSETS, min_size=1, max_size=6), north=st.sampled_from([18.3, 31.8, 53.4]))
def test_the_nearest_are_those_within_a_kilometre_by_distance(people, places, north):
    """The control: the same worked out one by one, at either end of the country too."""
    with transaction():
        for table in (LeadKey, Lead):
            db.session.execute(delete(table))
    base = (106.7, north)
    at = [(round(base[0] + east / 1000, 6), round(base[1] + up / 1000, 6)) for east, up in places]
    for place, point in enumerate(at):
        told(text=f"{place}" * 30, point=point)
    own = told(text="另一件完全不同的事情", point=base)
    near = sorted(round(distance_m(*base, *point)) for point in at)
    assert [one.metres for one in seen(own).near] == [m for m in near if m <= NEAR_M][:MOST]
