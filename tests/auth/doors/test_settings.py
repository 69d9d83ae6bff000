"""The settings of doors, and that nothing leaves this machine but to them, within bounds."""

import socket
import time
from dataclasses import replace

import pytest
from loopback import web_server

from auth.doors import outbound
from auth.doors.door import Unreachable
from auth.doors.settings import doors_of
from config import Config, Misconfigured

OIDC = {
    "OIDC_ISSUER": "https://id.example.org", "OIDC_CLIENT_ID": "us", "OIDC_CLIENT_SECRET": "s",
}  # fmt: skip
LDAP = {
    "LDAP_URL": "ldaps://dir.example.org", "LDAP_BASE": "dc=x", "LDAP_BIND_DN": "cn=x",
    "LDAP_BIND_PASSWORD": "s",
}  # fmt: skip


def read(tmp_path, **given):
    return Config.from_env({"DEMO": "1"} | given, tmp_path)


def test_no_door_is_there_unless_it_is_set(tmp_path):
    assert doors_of(read(tmp_path)) == {}
    told = doors_of(read(tmp_path, CAS_URL="https://cas.example.org/cas", **OIDC, **LDAP))
    assert [(kind.value, door.issuer) for kind, door in told.items()] == [
        ("oidc", "https://id.example.org"),
        ("cas", "https://cas.example.org/cas"),
        ("ldap", "ldaps://dir.example.org"),
    ]


def test_a_secret_of_a_door_is_not_printed(tmp_path):
    settings = read(tmp_path, **OIDC | {"OIDC_CLIENT_SECRET": "hidden"})

    assert "hidden" not in repr(settings)


WRONG = [
    ("OIDC_ISSUER", OIDC | {"OIDC_ISSUER": "http://id.example.org"}),
    ("OIDC_ISSUER", OIDC | {"OIDC_ISSUER": "https://us@id.example.org"}),
    ("OIDC_ISSUER", OIDC | {"OIDC_ISSUER": "https://id.example.org/?x=1"}),
    ("OIDC_CLIENT_ID", OIDC | {"OIDC_CLIENT_ID": ""}),
    ("OIDC_CLIENT_SECRET", OIDC | {"OIDC_CLIENT_SECRET": ""}),
    ("OIDC_ISSUER", {"OIDC_ONLY": "1"}),
    ("OIDC_ONLY", {"OIDC_ONLY": "perhaps"}),
    ("CAS_URL", {"CAS_URL": "http://cas.example.org"}),
    ("LDAP_URL", LDAP | {"LDAP_URL": "http://dir.example.org"}),
    ("LDAP_URL", LDAP | {"LDAP_URL": "ldaps://dir.example.org/dc=x"}),
    ("LDAP_BIND_PASSWORD", LDAP | {"LDAP_BIND_PASSWORD": ""}),
    ("LDAP_FILTER", LDAP | {"LDAP_FILTER": "(uid=chen)"}),
    ("OUTSIDE_ROOTS", OIDC | {"OUTSIDE_ROOTS": "/nowhere/at/all.pem"}),
    ("SIGN_IN_FAILURES", {"SIGN_IN_FAILURES": "3"}),
    ("TOKEN_DAYS", {"TOKEN_DAYS": "0"}),
]


@pytest.mark.parametrize(("name", "given"), WRONG)
def test_a_wrong_setting_stops_the_start_by_its_name(tmp_path, name, given):
    with pytest.raises(Misconfigured, match=name):
        doors_of(read(tmp_path, **given))


def test_a_door_needs_the_address_that_leads_back(tmp_path):
    settings = replace(read(tmp_path, **OIDC), demo=False)

    with pytest.raises(Misconfigured, match="PUBLIC_URL"):
        doors_of(settings)


class Tricky:
    """Answers as it is told."""

    def __init__(self, status=200, headers=None, content=b"fine"):
        self.told = (status, headers or {}, content)

    def answer(self, *_asked):
        return self.told


def asked_of(made):
    with web_server(made):
        return outbound.content_of(f"{made.url}/x", "", {"a": "1"})


def test_a_good_answer_is_read_whole():
    made = Tricky(content=b"x" * 100_000)

    assert asked_of(made) == b"x" * 100_000
    assert made.asked == [("GET", "/x?a=1")]


def test_a_redirect_is_not_followed():
    with web_server(Tricky()) as other:
        for status in (301, 302, 303, 307, 308):
            with pytest.raises(Unreachable):
                asked_of(Tricky(status, {"Location": other.url}))

    assert other.asked == []


@pytest.mark.parametrize(
    "made",
    [
        Tricky(404),
        Tricky(500),
        Tricky(content=b"x" * (outbound.LARGEST + 1)),
        Tricky(headers={"Content-Encoding": "gzip"}, content=b"no gzip"),
        Tricky(headers={"Content-Length": "9"}),
    ],
)
def test_what_is_no_good_answer_is_none(made, monkeypatch):
    monkeypatch.setattr(outbound, "READ_SECONDS", 0.3)

    with pytest.raises(Unreachable):
        asked_of(made)


def test_no_proxy_of_the_machine_s_is_used(monkeypatch):
    with web_server(Tricky()) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert asked_of(Tricky()) == b"fine"

    assert proxy.asked == []


def test_a_slow_answer_is_given_up(monkeypatch):
    monkeypatch.setattr(outbound, "READ_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(Unreachable):
            outbound.content_of(f"http://127.0.0.1:{silent.getsockname()[1]}/", "")

    assert time.monotonic() - began < 3


def test_another_origin_is_never_called():
    with web_server(Tricky()) as here, web_server(Tricky()) as there:
        with outbound.bind(outbound.Session(), here.url, "") as session:
            assert session.get(here.url).status_code == 200
            for url in (there.url, here.url.replace("127.0.0.1", "localhost")):
                with pytest.raises(Unreachable):
                    session.get(url)
        assert there.asked == []
