"""Every address that takes a form keeps what was sent to it without a session, or says why not."""

import pytest
from sqlalchemy import select
from werkzeug.routing import IntegerConverter

from extensions import db, transaction
from issues.kept import keeping
from issues.kept.content import opened
from issues.models import KeptForm
from issues.web.door.guards import need_of
from issues.web.door.kept import posted

TYPED = "巴河右岸排口水色发黑，附近居民多次反映。"


def takers(app):
    """(rule, address) of each view of people who are signed in that takes a form."""
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.rule.startswith("/api/"):
            continue
        if need_of(rule.endpoint).kind != "public":
            yield rule, address(rule)


def address(rule):
    given = {
        name: 1 if isinstance(one, IntegerConverter) else min(getattr(one, "items", {"x"}))
        for name, one in rule._converters.items()  # noqa: SLF001 - what a rule asks for
    }
    return rule.build(given | dict(rule.defaults or {}), append_unknown=False)[1]


@pytest.fixture
def token(browser):
    return browser.as_("lin").get("/kept").tree.all("input", name="csrf_token")[0]["value"]


def lost(app, url, said):
    """What is kept of a form that was sent to this address when the session had ended."""
    with transaction():
        db.session.query(KeptForm).delete()
    answer = app.test_client().post(url, data=said)
    assert answer.status_code == 302, url
    assert answer.location.startswith("/login"), url
    db.session.rollback()
    return [opened(row) for row in db.session.scalars(select(KeptForm))]


def test_each_address_keeps_what_was_sent_without_a_session_or_says_why_not(app, token):
    with app.test_request_context():
        found = list(takers(app))
    not_kept = []
    for rule, url in found:
        kept = lost(app, url, {"csrf_token": token, "reason": TYPED, "password": "Geheim-1"})
        if not kept:
            not_kept.append(rule.endpoint)
            continue
        assert [(one.action, one.said) for one in kept] == [(url, (("reason", TYPED),))]

    assert set(not_kept) == set(posted.NOT_KEPT)
    assert all(posted.NOT_KEPT.values())
    assert len(found) > 150


def test_a_view_that_forgets_itself_is_found(app, token, monkeypatch):
    monkeypatch.setattr(posted, "NOT_KEPT", posted.NOT_KEPT | {"rounds.close": "x"})

    assert lost(app, "/rounds/1/close", {"csrf_token": token, "reason": TYPED}) == []
    assert len(lost(app, "/leads/new", {"csrf_token": token, "reason": TYPED})) == 1


def test_each_reason_is_of_an_address_there_is(app):
    assert posted.NOT_KEPT.keys() <= app.view_functions.keys()
    assert keeping.MOST >= keeping.MOST_OF_ONE
