"""Signing in by CAS 3.0, against a server that really listens."""

from urllib.parse import urlencode

import pytest
from cas_server import response, success
from coming_back import gone_and_back, sessions

from auth.doors import cas as doors
from issues.vocabulary import DoorKind

DOOR = "/login/doors/cas"
ENTITY = '<!DOCTYPE x [<!ENTITY e "chen.jingban">]>'


@pytest.fixture
def chen(cas, linked):
    linked("chen", DoorKind.CAS, "chen.jingban")
    return cas


@pytest.mark.both
def test_a_linked_person_signs_in_and_out(browser, chen):
    visitor = browser.stranger
    assert "CAS 单点登录" in visitor.get("/login").text

    page = visitor.get(gone_and_back(visitor, DOOR, next="/account"), follow=True)

    assert page.heading == "我的账号"
    assert sessions() == [("chen", "cas")]
    left = visitor.post("/logout", via="/account")
    assert f"url={chen.url}/cas/logout?service=" in left.answer.headers["Refresh"]


def test_a_ticket_is_for_one_address_one_browser_and_one_time(browser, chen):
    visitor, thief = browser.stranger, browser.stranger
    back = gone_and_back(visitor, DOOR)
    own = gone_and_back(thief, DOOR)
    ticket, of_the_thief = (one.rpartition("ticket=")[2] for one in (back, own))
    thief.get(own.replace(of_the_thief, ticket), 403)
    browser.stranger.get(back, 403)
    chen.tickets[ticket] = "http://another.example.org/login/doors/cas/back"
    visitor.get(back, 403)
    assert sessions() == []
    again = gone_and_back(visitor, DOOR)
    visitor.get(again, 302)
    visitor.get(again, 403)
    assert sessions() == [("chen", "cas")]


LIES = {
    "failure": response('<cas:authenticationFailure code="INVALID_TICKET"/>'),
    "both": response(success("chen.jingban") + '<cas:authenticationFailure code="X"/>'),
    "two users": response(success("wu", "<cas:user>chen.jingban</cas:user>")),
    "through a proxy": response(success("chen.jingban", "<cas:proxies/>")),
    "nobody": response(success("")),
    "beside": response(f"<x>{success('chen.jingban')}</x>"),
    "another space": success("chen.jingban").replace("cas:", ""),
    "entity": ENTITY + response(success("&e;")),
    "no xml": "yes\nchen.jingban\n",
    "too long": response(success("chen.jingban", "<x/>" * 70_000)),
}


def test_an_answer_that_is_no_plain_yes_opens_nothing(browser, chen):
    for lie, xml in LIES.items():
        chen.xml = xml
        visitor = browser.stranger
        back = gone_and_back(visitor, DOOR)
        assert visitor.client.get(back).status_code in (403, 503), lie
    assert sessions() == []
    chen.xml = response(success("chen.jingban"))
    visitor = browser.stranger
    visitor.get(gone_and_back(visitor, DOOR), 302)


def test_a_ticket_is_not_asked_for_where_it_is_none(browser, chen):
    visitor = browser.stranger
    for ticket in ("", "PT-1", "ST-1&service=x", "ST-" + "1" * 300):
        back = gone_and_back(visitor, DOOR)
        visitor.get(back.rpartition("ticket=")[0] + urlencode({"ticket": ticket}), 403)
    asked = [path for _, path in chen.asked if "serviceValidate" in path]

    assert asked == []
    assert doors.TICKET.fullmatch("ST-1-abc_d.e")


def test_an_unknown_user_is_refused_with_the_number_to_tell(browser, cas):
    visitor = browser.stranger
    page = visitor.get(gone_and_back(visitor, DOOR), 403)

    assert "chen.jingban" in page.text
    assert "系统管理员" in page.text
