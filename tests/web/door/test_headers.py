"""What every answer tells the browser, and that nothing of the inside is told."""

from ipaddress import ip_network

import pytest
from flask import Response
from planted import planted
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from auth.models import LoginAttempt
from extensions import db
from issues.evidence.refusals import Damaged, TooLarge
from issues.web.door.answers.headers import style_nonce
from issues.web.door.guards import signed_in

NEEDED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS = {"wsgi.url_scheme": "https", "HTTP_HOST": "localhost"}


@pytest.mark.parametrize(
    ("url", "status"),
    [("/login", 200), ("/account", 302), ("/nowhere", 404), ("/api/v1/nowhere", 404),
     ("/healthz", 200), ("/static/css/app.css", 200), ("/static/css/none.css", 404)],
)  # fmt: skip
def test_every_answer_carries_the_headers(app, url, status):
    answer = app.test_client().get(url, buffered=True)

    assert answer.status_code == status
    assert NEEDED.items() <= dict(answer.headers).items()
    policy = answer.headers["Content-Security-Policy"]
    for part in ("script-src 'self'", "object-src 'none'", "base-uri 'none'",
                 "frame-ancestors 'none'", "form-action 'self'"):  # fmt: skip
        assert f"{part};" in f"{policy};"
    assert "unsafe" not in policy
    assert "Server" not in answer.headers


def test_a_private_page_is_kept_by_nobody(browser):
    answer = browser.as_("chen").get("/account").answer

    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_a_static_file_is_kept_under_its_digest_alone(app, browser):
    links = browser.stranger.get("/login").tree.all("link")
    named = next(node["href"] for node in links if "css/app.css" in node["href"])

    def kept(url):
        return app.test_client().get(url, buffered=True).headers["Cache-Control"]

    assert "?v=" in named
    assert "immutable" in kept(named)
    assert kept("/static/css/app.css") == "no-cache"


def test_over_https_the_cookie_is_bound_to_the_host(app):
    client = app.test_client()
    answer = client.get("/login", environ_overrides=HTTPS)
    cookie = answer.headers["Set-Cookie"]

    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_over_loopback_http_the_cookie_has_a_plain_name(app):
    answer = app.test_client().get("/login")

    assert answer.headers["Set-Cookie"].startswith("session=")
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize(
    ("peer", "proxies", "address", "secure"),
    [
        ("192.0.2.1", ["10.0.0.0/8"], "192.0.2.1", False),
        ("10.0.0.1", [], "10.0.0.1", False),
        ("10.0.0.1", ["10.0.0.0/8"], "203.0.113.9", True),
    ],
)
def test_only_a_trusted_proxy_says_who_is_behind_it(place, app, peer, proxies, address, secure):
    trusted = tuple(ip_network(proxy) for proxy in proxies)
    claimed = {
        "X-Forwarded-For": "198.51.100.7, 203.0.113.9, 10.0.0.2",
        "X-Forwarded-Proto": "https",
    }
    with planted(place, trusted_proxies=trusted) as visitor:
        client = visitor().app.test_client()
        client.environ_base["REMOTE_ADDR"] = peer
        page = client.get("/login", headers=claimed)
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"username": "nobody", "password": "wrong", "csrf_token": token}
        here = {"Referer": "https://localhost/login"}
        client.post("/login", data=form, headers=claimed | here)

    assert db.session.scalars(select(LoginAttempt.address)).all() == [address]
    assert ("Strict-Transport-Security" in page.headers) is secure


def test_trace_is_refused(app):
    assert app.test_client().open("/login", method="TRACE").status_code == 405


def test_ready_only_while_database_and_store_answer(app, place):
    assert app.test_client().get("/readyz").json == {"status": "ok"}
    with planted(place) as visitor:
        visitor().app.extensions["evidence"] = Unreachable()
        answer = visitor().get("/readyz", 503)

    assert answer.json == {"status": "failing", "failing": ["evidence"]}


class Unreachable:
    def exists(self, _sha256):
        raise OSError


@signed_in
def breaks():
    raise RuntimeError("the inside of the house")


@signed_in
def overtaken():
    raise StaleDataError


@signed_in
def damaged():
    raise Damaged("0" * 64)


@signed_in
def too_large():
    raise TooLarge(25 * 1024 * 1024)


def test_a_failure_gives_a_number_and_no_inside(place, app, caplog):
    with planted(
        place, ("/breaks", ["GET"], breaks), ("/api/v1/breaks", ["GET"], signed_in(breaks))
    ) as visitor:
        page = visitor("chen").get("/breaks", 500)
        reference = page.tree.one("main").one("b").text
        assert "inside of the house" not in page.html
        assert "Traceback" not in page.html

    assert len(reference) == 8
    assert reference in caplog.text
    assert "inside of the house" in caplog.text


def test_without_a_database_every_page_still_says_so_plainly(place, app, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    with planted(place, database_url=f"sqlite:///{gone}/city.db") as visitor:
        with visitor().app.app_context():
            db.engine.dispose()
        for file in gone.iterdir():
            file.unlink()
        gone.rmdir()
        for url in ("/login", "/nowhere"):
            page = visitor().get(url, 500)
            assert page.heading == "系统出错"
            assert NEEDED.items() <= dict(page.answer.headers).items()
        assert visitor().get("/readyz", 503).json["failing"] == ["database"]
        assert visitor().get("/healthz").json == {"status": "ok"}


@pytest.mark.parametrize(
    ("view", "status", "said"),
    [(overtaken, 409, "他人更改"), (damaged, 500, "已损坏"), (too_large, 413, "25 MB")],
)
def test_each_refusal_is_a_page_and_a_problem(place, app, view, status, said):
    with planted(
        place, ("/it", ["GET"], view), ("/api/v1/it", ["GET"], signed_in(view))
    ) as visitor:
        chen = visitor("chen")
        assert said in chen.get("/it", status).text
        problem = chen.get("/api/v1/it", status)

    assert problem.answer.mimetype == "application/problem+json"
    assert problem.json["status"] == status
    assert said in problem.json["detail"]


def test_a_form_larger_than_a_form_is_refused(place, app):
    with planted(place, ("/it", ["POST"], signed_in(lambda: Response("read")))) as visitor:
        chen = visitor("chen")

        page = chen.send("/it", 413, **chen.bare({"text": "长" * 3_000_000}))

    assert page.heading == "提交的内容过大"


def test_a_style_of_its_own_needs_the_nonce_of_its_answer(place, app):
    with planted(place, ("/it", ["GET"], signed_in(lambda: style_nonce()))) as visitor:
        first, second = (visitor("chen").get("/it") for _ in range(2))

    assert f"'nonce-{first.html}'" in first.answer.headers["Content-Security-Policy"]
    assert first.html != second.html
