"""The mark of the board: it changes with every act, and is nobody else's."""

import pytest
from people import PASSWORD

from auth import people as accounts
from auth.actor import SYSTEM
from extensions import transaction
from issues import acts
from issues.vocabulary import Action, Role, Status

pytestmark = pytest.mark.both
KINDS = ["page", "program"]


@pytest.fixture
def red(make_issue):
    return make_issue(Status.ASSIGNED, deadline="2025-11-20", title="逾期的事项")


@pytest.fixture(params=KINDS)
def ask(request, browser, api):
    """`ask("sun")` is the board as the person gets it, by the page or by the API."""

    def asked(name, query="", known=None, expect=200):
        headers = {"If-None-Match": known} if known else None
        if request.param == "page":
            return browser.as_(name).get(f"/board{query}", expect, headers=headers)
        return getattr(api, name).get(f"/board{query}", expect, headers=headers)

    return asked


def tag_of(said):
    return (said.headers if hasattr(said, "headers") else said.answer.headers)["ETag"]


def body_of(said):
    return said.data if hasattr(said, "data") else said.answer.data


@pytest.mark.by_turns
def test_it_is_sent_again_only_after_an_act(ask, red, people):
    first = ask("sun")
    known = tag_of(first)
    again = ask("sun", known=known, expect=304)
    assert (body_of(again), tag_of(again)) == (b"", known)
    assert tag_of(ask("sun")) == known

    with transaction():
        acts.do(Action.COMMENT, red, people.sun, {"text": "一条意见，不改变任何件数"})

    assert tag_of(ask("sun", known=known)) != known
    assert ask("sun", known=tag_of(ask("sun")), expect=304)


@pytest.mark.by_turns
def test_another_viewers_mark_is_none_of_mine(ask, red):
    names = ("sun", "zhou", "zhao", "chen", "chenlead", "wu")
    for name in names:
        ask(name)  # signing in is an act too
    tags = {name: tag_of(ask(name)) for name in names}
    assert len(set(tags.values())) == len(tags)

    for name, other in zip(names, (*names[1:], names[0]), strict=True):
        assert ask(name, known=tags[name], expect=304)
        assert ask(name, known=tags[other], expect=200)


@pytest.mark.by_turns
def test_another_day_or_span_is_another_answer(ask, red):
    known = tag_of(ask("sun"))
    for query in ("?on=2025-11-10", "?compare=2025-10-01", "?within=60"):
        assert tag_of(ask("sun", query, known)) != known


@pytest.mark.by_turns
def test_whoever_loses_a_role_is_not_told_nothing_changed(ask, browser, red, people):
    """A mark holds the person's roles: the same person with other rights is sent another board."""
    known = tag_of(ask("chen"))
    with transaction():
        accounts.grant(SYSTEM, people.chen.id, Role.UNIT_LEADER)
    browser.as_("chen").post("/login", username="chen", password=PASSWORD)

    assert tag_of(ask("chen", known=known)) != known
