"""Every address that leaves the system is PUBLIC_URL's, whatever host the request claims."""

import json
from ipaddress import ip_network

import pytest
from planted import planted
from pressed import noon, planned

from auth import people as accounts
from extensions import db, transaction
from issues.models import Notice, Outbox
from issues.notices import drafting
from issues.vocabulary import NoticeKind

HOME = "https://hjzg.example.gov.cn"
EVIL = "evil.example.net"
PROXIES = (ip_network("127.0.0.0/8"),)
OUTSIDE = ("json://127.0.0.1:9/hook",)


class Hostile:
    """What a stranger or a careless proxy may send with every request."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        environ["HTTP_HOST"] = environ["SERVER_NAME"] = EVIL
        for header in ("HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_SERVER", "HTTP_FORWARDED"):
            environ[header] = EVIL
        environ["HTTP_X_FORWARDED_PREFIX"] = f"//{EVIL}"
        return self.app(environ, start_response)


@pytest.fixture
def visitor(place, app):
    """Behind a proxy that is believed, so that what it forwards reaches the application."""
    given = {"chosen_url": HOME, "notify_urls": OUTSIDE, "trusted_proxies": PROXIES}
    with planted(place, **given) as made:
        stranger = made()
        stranger.app.wsgi_app = Hostile(stranger.app.wsgi_app)
        yield made


@pytest.fixture
def draft(people):
    ticket = planned(people)
    with transaction():
        at = noon("2025-11-25")
        return drafting.draft_by_hand(NoticeKind.N3, [ticket.number], people.sun, at).id


def addresses_of(notice_id):
    """The QR's, the frozen page's and the outbox's."""
    db.session.expire_all()
    notice = db.session.get_one(Notice, notice_id)
    line = db.session.query(Outbox).filter_by(notice_id=notice_id).one().line
    return notice, [notice.facts["qr_url"], line.partition(" ")[2], json.dumps(notice.facts)]


def test_a_notice_signed_under_a_hostile_host_bears_the_public_address(visitor, draft):
    zhou = visitor("zhou")
    zhou.sign(f"/notices/{draft}")

    notice, (code, link, facts) = addresses_of(draft)
    assert code == f"{HOME}/verify/{notice.token}"
    assert link == f"{HOME}/notices/{draft}"
    assert EVIL not in facts


def test_a_notice_signed_by_a_program_does_too(visitor, draft, people):
    with transaction():
        token = accounts.issue_token(people.sysadmin, people.zhou.id)
    headers = {"Authorization": f"Bearer {token}"}
    client = visitor().client
    client.post(f"/api/v1/notices/{draft}/actions/sign", json={}, headers=headers)

    notice, (code, link, facts) = addresses_of(draft)
    assert (code, link) == (f"{HOME}/verify/{notice.token}", f"{HOME}/notices/{draft}")
    assert EVIL not in facts


def test_the_pass_of_a_wall_bears_the_public_address(visitor):
    sun = visitor("sun")
    form = sun.bare({"place": "指挥大厅", "days": "30"})
    page = sun.send("/admin/walls", **form)

    assert f"{HOME}/board/wall?token=" in page.html
    assert EVIL not in page.html


@pytest.mark.parametrize(
    "url",
    [
        "/", "/login", "/board", "/board/wall", "/issues", "/notices", "/account", "/dossiers",
        "/api/docs", "/api/v1/openapi.json", "/api/v1/issues", "/nothing/here",
        "/issues/export.xlsx", "/admin/walls", "/rounds",
    ],
)  # fmt: skip
def test_no_answer_repeats_the_host_it_was_asked_at(visitor, url):
    for who in ("sun", None):
        answer = visitor(who).client.get(url)
        assert EVIL.encode() not in answer.data
        assert not [value for value in answer.headers.values() if EVIL in value]


def test_without_a_public_address_nothing_is_signed(place, app, draft):
    with planted(place, demo=False) as made:
        zhou = made("zhou")
        page = zhou.sign(f"/notices/{draft}", 409)

    assert "PUBLIC_URL" in page.text
    assert db.session.get_one(Notice, draft).sha256 is None
