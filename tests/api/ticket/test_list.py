"""The register as a list: narrowed, in pages, in few statements."""

import pytest
from drafts import DRAFT

from issues.vocabulary import Action, Status

MOST_STATEMENTS = 30


@pytest.mark.both
def test_pages_of_the_list_hold_every_ticket_once(api):
    numbers = [api.sun.post("/issues", DRAFT, 201)["number"] for _ in range(5)]

    seen, mark = [], None
    while True:
        query = {"limit": 2, "sort": "number"} | ({"after": mark} if mark else {})
        said = api.sun.get("/issues", query_string=query).json
        assert said["total"] == 5
        seen += [ticket["number"] for ticket in said["items"]]
        mark = said["next"]
        if mark is None:
            break
    assert seen == sorted(numbers)


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "x"}, {"limit": "-1"}, {"after": "x"}, {"colr": "red"}]
)
def test_a_list_refuses_what_it_cannot_read(api, query):
    said = api.sun.get("/issues", 422, query_string=query)

    assert list(said["errors"]) == list(query)


def test_a_list_gives_two_hundred_at_most_and_knows_no_farther_page(api, draft):
    assert api.sun.get("/issues", query_string={"limit": 100000})["total"] == 1
    far = api.sun.get("/issues", query_string={"after": 999999999}).json
    assert (far["items"], far["next"], far["total"]) == ([], None, 1)


@pytest.mark.postgresql
def test_the_list_is_narrowed_as_the_register_is(api, make_issue):
    red = make_issue(Status.RECTIFYING, title="红牌的事项")
    make_issue.act(Action.RAISE_CARD, red, "sun", colour="red", reason="进展迟缓")
    red = red.number
    closed = make_issue(Status.CLOSED).number
    draft = make_issue(Status.DRAFT, region="511903", primary_unit="511903").number

    def found(**query):
        said = api.sun.get("/issues", query_string={"sort": "number"} | query)
        return [ticket["number"] for ticket in said["items"]]

    assert found(colour="red") == [red]
    assert found(colour="red,grey") == sorted([red, closed])
    assert found(status="draft") == [draft]
    assert found(unit="511903") == [draft]
    assert found(unit="511900-STHJ", role="acceptance") == sorted([red, closed, draft])
    assert found(q="红牌") == [red]
    assert found(due_before="2026-06-29") == []
    assert found(colour="purple") == []
    assert [t["number"] for t in api.chen.get("/issues")["items"]] != []
    assert api.auditor.get("/issues", 403)


def test_a_list_takes_the_same_few_statements_however_long_it_is(api, make_issue):
    make_issue(Status.RECTIFYING)
    one = api.sun.get("/issues")
    for _ in range(4):
        make_issue(Status.RECTIFYING, sponsor_account="zhao")
    many = api.sun.get("/issues")

    assert len(many["items"]) == 5
    assert len(many.statements) <= MOST_STATEMENTS
    assert len(many.statements) <= len(one.statements) + 1


def test_the_list_says_where_the_words_stand(api, draft):
    one = api.sun.get("/issues", query_string={"q": f"{draft['title'][:2]} bzq"}).json["items"][0]

    assert one["found_in"][0]["where"] == "ticket"
    assert draft["title"][:2] in one["found_in"][0]["text"]
    assert {"where": "ticket", "label": "点位", "text": draft["place"]} in one["found_in"]
    assert api.sun.get("/issues").json["items"][0]["found_in"] == []
