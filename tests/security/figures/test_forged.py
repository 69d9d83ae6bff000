"""Figure 22: no form that another site, another session or no page sends changes anything."""

import tally
from asking import address, name_of, routes, written
from page import counted
from tally import on_both, part, tell

from extensions import csrf

ELSEWHERE = "https://example.org"
ANSWERS = frozenset({400, 401, 403, 404, 405})
"""Signing in is not refused to somebody who is signed in: it shows the way home."""


def _headers(city, name, **more):
    return {"Cookie": f"session={city.cookies[name]}"} | more


def _of_another(city, name):
    other = next(one for one in city.tokens if one != name)
    return {"headers": _headers(city, name), "data": {"csrf_token": city.tokens[other]}}


def _with(city, name, **headers):
    return {"headers": _headers(city, name, **{"X-CSRFToken": city.tokens[name]} | headers)}


FORGED = {
    "no token": lambda city, name: {"headers": _headers(city, name), "data": {"reason": "x"}},
    "a token of another session": _of_another,
    "an old token": lambda city, name: {
        "headers": _headers(city, name),
        "data": {"csrf_token": "IjEi.Z0QAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAA"},
    },
    "another origin": lambda city, name: _with(city, name, Origin=ELSEWHERE),
    "no origin to tell": lambda city, name: _with(city, name, Origin="null"),
    "a document": lambda city, name: {"headers": _headers(city, name), "json": {"reason": "x"}},
    "read, said to be a change": lambda city, name: {
        "method": "GET",
        "headers": _headers(city, name, **{"X-HTTP-Method-Override": "POST"}),
        "query_string": {"_method": "POST", "reason": "x"},
    },
    "a change, said to be read": lambda city, name: {
        "headers": _headers(city, name, **{"X-HTTP-Method-Override": "GET"}),
        "data": {"_method": "GET", "reason": "x"},
    },
}
WHO = ("sun", "zhou", "lin", "chenlead", "zhao", "sysadmin", "secadmin")


def effects(asking, app, share):
    """What any forged request did, and how many were sent."""
    found, tried = [], 0
    for turn, (method, rule) in enumerate(routes(app, "POST", "PATCH")):
        url = address(rule, asking.city.own)
        for name in WHO if tally.FULL else (WHO[turn % len(WHO)],):
            for what in part(FORGED, share, turn):
                sent = FORGED[what](asking.city, name)
                is_read = sent.get("method") == "GET"
                with counted() as statements:
                    answer = asking.send(sent.pop("method", method), url, **sent)
                tried += 1
                wrote = set() if is_read else written(statements)
                is_refused = is_read or answer.status_code in ANSWERS
                if wrote or not is_refused or answer.status_code >= 500:
                    told = (name_of(method, rule), name, what, answer.status_code, wrote)
                    found.append(told)
                if wrote or is_read:
                    asking.undo()
    return found, tried


@on_both
def test_no_forged_form_changes_anything(asking, app, database):
    found, tried = effects(asking, app, 4)

    tell(22, "跨站请求", tried, found, database)


def test_with_the_guard_off_a_forged_form_is_found(asking, app, monkeypatch):
    monkeypatch.setattr(csrf, "protect", lambda: None)
    monkeypatch.setattr("tally.FULL", False)

    assert effects(asking, app, 4)[0]
