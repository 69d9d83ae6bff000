"""Letters of one place stand together, whatever ties them, and every letter stands once."""

from types import SimpleNamespace

from hypothesis import given, settings, strategies as st

from extensions import transaction
from issues.queries.complaints.places import grouped, together
from issues.vocabulary import Status

WORDS = st.sampled_from(["", "石龙村采石场", "石龙村 采石场", "清江镇养殖场", "村"])
ROWS = st.lists(
    st.builds(
        SimpleNamespace, region=st.sampled_from(["a", "b"]), place=WORDS, subject_firm=WORDS,
        lon=st.sampled_from([None, 106.75, 106.750001]), lat=st.just(31.85),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_every_letter_stands_in_one_group_and_none_alone_shares_anything(rows):
    found = list(grouped(rows))

    assert sorted(id(row) for group, _ in found for row in group) == sorted(map(id, rows))
    for group, by in found:
        assert bool(by) == (len(group) > 1)
    for one in rows:
        firm = "".join(one.subject_firm.split())
        mates = next(group for group, _ in found if any(row is one for row in group))
        for other in rows:
            if firm and firm == "".join(other.subject_firm.split()):
                assert any(row is other for row in mates)


def test_a_ticket_leads_to_the_letters_of_its_place(make_issue, people, browser):
    first = make_issue(Status.ASSIGNED, source="YX")
    second = make_issue(Status.ASSIGNED, source="YX")
    with transaction():
        for issue in (first, second):
            issue.lon, issue.lat, issue.place, issue.subject_firm = 106.75, 31.85, "", ""
        first.case_number = "D5119022017090400012"
        second.case_number = "D3SC202410210054"
    place = together(people.sun, first.number)[0]

    assert place.by == ("点位",)
    assert {one.number for one in place.letters} == {first.number, second.number}
    sun = browser.as_("sun")
    assert f"place={first.number}#places" in sun.get(f"/issues/{first.number}").html
    page = sun.get(f"/complaints?place={first.number}").text
    assert "点位相同，2 件" in page
    assert "D5119022017090400012" in page
    assert "以前轮次" in page
    assert together(people.wu) == []
    with transaction():
        second.lon = 107.2
    assert together(people.sun, first.number) == []
