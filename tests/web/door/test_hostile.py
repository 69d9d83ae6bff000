"""Every page and call takes numbers, texts and documents that nobody means without breaking."""

import contextvars
import io
import itertools
import re
from pathlib import Path

import pytest
from databases import POSTGRESQL
from flask import request
from planted import planted
from werkzeug.routing import AnyConverter, IntegerConverter

from auth import people as accounts
from auth.actor import SYSTEM
from extensions import db, transaction
from issues.act_fields import fields_of
from issues.api.door.limits import MOST, SETTING
from issues.models import Setting
from issues.queries.notices.pages import NoticeFilters
from issues.queries.register.filters import Filters
from issues.rights.table import holds
from issues.vocabulary import Action, Status
from issues.web.door.guards import need_of, signed_in

WEB = Path(__file__).parents[3] / "issues" / "web"
READ = re.compile(r'(?:args|form|asked|said|given)(?:\.get(?:list)?\(|\[)\s*"([a-z_]+)"')
CAST = ("sun", "zhou", "lin", "chen", "sysadmin", "secadmin", "auditor")
NOT_SENT = frozenset({"csrf_token", "once", "token"})
VISIT = ("login.", "account.", "sign_in_code.", "factor.", "opening.")
OF_ADDRESSES = ("endpoint", "_scheme", "_anchor", "_method")
"""Names that mean something where an address is put together: no page hands on what it is asked."""

NUMBERS = ("9" * 5000, "9" * 30, "-1", "²")
TEXTS = (b"\0", b"\xed\xa0\x80", b"1e999")
DOCUMENTS = (
    b"", b"[]", b"null", b"[" * 90_000, b'{"a":' * 30_000, b'{"title": "\\ud800"}',
    b'{"title": "\\u0000"}', b'{"near_min": NaN}', b'{"near_min": 1e999}', b'{"a": 1, "a": 2}',
    b'{"near_min": ' + b"9" * 5000 + b"}", b'{"near_min": ' + b"9" * 30 + b"}", b"\xff",
)  # fmt: skip
TOMLS = (
    b"", b"a = " + b"[" * 50_000, b"near_min = " + b"9" * 5000, b"near_min = 0x" + b"f" * 4000,
    b'name = "\\u0000"', b"near_min = nan", b"\xff", b"near_min = 2025-02-30",
)  # fmt: skip


def names_asked():
    """Every name some page reads of a form or a query."""
    found = set(Filters.__dataclass_fields__) | set(NoticeFilters.__dataclass_fields__)
    for path in WEB.rglob("*.py"):
        found |= set(READ.findall(path.read_text(encoding="utf-8")))
    return sorted(found - NOT_SENT)


def names_of_acts():
    return sorted({field.name for action in Action for field in fields_of(action)})


def _said(name, converter, number):
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, IntegerConverter) else number if name == "number" else "x"


def address(rule, number):
    """The rule with the ticket, and a row that may be there."""
    given = {
        name: _said(name, converter, number)
        for name, converter in rule._converters.items()  # noqa: SLF001 - what a rule asks for
    }
    return rule.build(given | dict(rule.defaults or {}), append_unknown=False)[1]


def ends_a_visit(rule):
    """What signs somebody in or out, or is done to an account."""
    return rule.endpoint.startswith(VISIT) or "user_id" in rule.arguments


def routes(app, method, *, api):
    """(endpoint, rule) of each route with this method."""
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint != "static":
            is_call = rule.rule.startswith("/api/") and rule.rule != "/api/docs"
            if is_call == api and not ends_a_visit(rule):
                yield rule


def who(endpoint, people):
    """The first of the cast the view opens for."""
    need = need_of(endpoint)
    if need is None or need.kind != "requires":
        return "chen" if need and need.kind == "with_issue" else "sun"
    return next((name for name in CAST if holds(people[name], need.power)), "sun")


def broken(client, method, url, **sent):
    """What the server says of itself where it broke; empty where it did not."""
    db.session.rollback()
    answer = contextvars.Context().run(client.open, url, method=method, buffered=True, **sent)
    answer.request.environ["wsgi.input"].close()
    db.session.rollback()
    return f"{method} {url[:80]} {answer.status_code}" if answer.status_code >= 500 else ""


@pytest.fixture
def number(make_issue):
    return make_issue(Status.RECTIFYING).number


@pytest.fixture
def walk(people, number, app):
    """(who, url) of every page with this method, and somebody it opens for."""

    def walked(method):
        for rule in routes(app, method, api=False):
            yield who(rule.endpoint, people), address(rule, number)

    return walked


@pytest.mark.both
def test_no_page_breaks_on_what_its_address_asks(walk, browser, database):
    names = [*names_asked(), *OF_ADDRESSES]

    found = [
        broken(browser.as_(name).client, "GET", url, query_string=dict.fromkeys(names, value))
        for name, url in half(walk("GET"), database)
        for value in NUMBERS[:2]
    ]

    assert [said for said in found if said] == []
    assert len(found) > 75


def half(walked, database):
    """Every other one, the others on the other database."""
    return itertools.islice(walked, int(database == POSTGRESQL), None, 2)


@pytest.mark.both
def test_no_form_breaks_on_what_it_is_sent(walk, browser, database):
    names, found = [*names_asked(), *names_of_acts()], []
    tokens = {name: browser.as_(name).bare({}) for name in CAST}
    for name, url in half(walk("POST"), database):
        client = browser.as_(name).client
        found += [
            broken(client, "POST", url, data=dict.fromkeys(names, value) | tokens[name])
            for value in (*NUMBERS[:2], *TEXTS)
        ]

    assert [said for said in found if said] == []
    assert len(found) > 100
    for name in CAST:
        browser.as_(name).get("/account")


def test_no_name_hides_behind_another(browser, number):
    """Each alone: a first fault would keep the others from being read."""
    lin = browser.as_("lin")

    found = [
        broken(lin.client, "GET", url, query_string={name: NUMBERS[0]})
        for url in ("/issues", "/issues/new", "/board", "/board/changes", "/notices", "/board/map")
        for name in names_asked()
    ]

    assert [said for said in found if said] == []


@pytest.fixture
def token(app, people):
    with transaction():
        db.session.add(Setting(key=SETTING, value=MOST))
        secret = accounts.issue_token(SYSTEM, people.sun.id)
    app.extensions["api_limit"].forget()
    yield {"Authorization": f"Bearer {secret}"}
    app.extensions["api_limit"].forget()


@pytest.mark.both
def test_no_call_breaks_on_what_it_is_sent(app, number, token, database):
    client, found = app.test_client(), []
    for method in ("POST", "PATCH"):
        for rule in half(routes(app, method, api=True), database):
            for content in DOCUMENTS:
                sent = {"data": content, "content_type": "application/json", "headers": token}
                found.append(broken(client, method, address(rule, number), **sent))
            form = {"kind": b"\0", "measure": NUMBERS[0], "note": b"\xed\xa0\x80"}
            found.append(broken(client, method, address(rule, number), data=form, headers=token))

    assert [said for said in found if said] == []
    assert len(found) > 100


@pytest.mark.both
def test_no_call_breaks_on_what_its_address_asks(app, number, token, database):
    client = app.test_client()

    found = [
        broken(client, "GET", address(rule, number), query_string={name: value}, headers=token)
        for rule in half(routes(app, "GET", api=True), database)
        for name in ("limit", "after", "within", "page", "unit", "layer", "turning", "on", "q")
        for value in NUMBERS[:2]
    ]

    assert [said for said in found if said] == []
    assert len(found) > 100


@pytest.mark.parametrize(
    ("name", "url", "field", "contents"),
    [
        ("sun", "/policy/drafts/file", "file", TOMLS),
        ("sysadmin", "/admin/maps", "file", DOCUMENTS),
        ("sun", "/issues/import", "profile", TOMLS),
        ("sun", "/admin/calendar", "file", (*TOMLS, *DOCUMENTS)),
    ],
)
def test_no_file_breaks_what_reads_it(browser, name, url, field, contents):
    visitor, found = browser.as_(name), []
    token = visitor.bare({})
    for content in contents:
        files = {field: (io.BytesIO(content), "a.toml")}
        if field == "profile":
            files["workbook"] = (io.BytesIO(b"PK"), "a.xlsx")
        said = {"name": "名", "review_number": "号", "year": "2026", "document": "文"}
        found.append(broken(visitor.client, "POST", url, data=said | files | token))

    assert [said for said in found if said] == []


@pytest.mark.both
@pytest.mark.parametrize("base", ['{"title": "\\ud800"}', '{"a":' * 900, "9" * 5000, "NaN", "[]"])
def test_what_a_form_carries_of_itself_breaks_nothing(browser, number, base):
    sun, url = browser.as_("sun"), f"/issues/{number}/edit"
    form = sun.bare({"base": base, "version": "0", "title": "另一个标题"})

    for path in (url, f"/issues/{number}/acts/amend"):
        assert not broken(sun.client, "POST", path, data=form)


@signed_in
def careless():
    return str(int(request.args["page"]))


def test_the_walk_finds_a_page_that_breaks(place, app):
    with planted(place, ("/careless", ["GET"], careless)) as visitor:
        sun = visitor("sun")
        assert not broken(sun.client, "GET", "/careless", query_string={"page": "1"})
        assert broken(sun.client, "GET", "/careless", query_string={"page": NUMBERS[0]})
