"""What a token of each scope may be used for; whatever is not said is refused."""

import contextvars
import re

import pytest
from drafts import DRAFT
from sqlalchemy import func, select

from auth import people as acts
from auth.actor import SYSTEM
from extensions import db, transaction
from issues.api.door import scopes
from issues.models import Lead
from issues.vocabulary import TokenScope
from issues.web.door.guards import PUBLIC

EVERYTHING = [
    ("GET", "/issues", 200), ("GET", "/units", 200), ("GET", "/board", 200),
    ("GET", "/notices", 200), ("POST", "/policy/preview", 200),
    ("GET", "/issues/NO-1/complainant?reason=x", 404), ("GET", "/issues/NO-1/originals", 404),
    ("POST", "/issues/NO-1/originals", 404), ("POST", "/issues/NO-1/actions/comment", 404),
    ("POST", "/issues/NO-1/actions/grant_clearance", 404), ("POST", "/notices/1/actions/edit", 404),
    ("POST", "/notices/1/actions/sign", 404), ("POST", "/rounds/1/actions/close", 404),
    ("GET", "/issues/NO-1/callbacks", 404), ("POST", "/issues/NO-1/callbacks", 404),
]  # fmt: skip
"""Calls by the head with what a token of full scope is told."""
GRAVE = {"/notices/1/actions/sign", "/rounds/1/actions/close",
         "/issues/NO-1/actions/grant_clearance"}  # fmt: skip


def is_secret(path):
    return any(part in path for part in ("complainant", "originals", "callbacks"))


REFUSED = {
    TokenScope.FULL: lambda _method, _path: False,
    TokenScope.ACT: lambda _method, path: is_secret(path) or path in GRAVE,
    TokenScope.READ: lambda method, path: method != "GET" or is_secret(path),
    TokenScope.LEADS: lambda _method, _path: True,
}


@pytest.fixture
def caller(api, people):
    def of(scope, name="sun"):
        with transaction():
            token = acts.issue_token(SYSTEM, people[name].id, scope=scope)
        return api.with_token(token)

    return of


def test_each_scope_opens_what_it_says_and_nothing_more(caller):
    for scope in TokenScope:
        program = caller(scope, "zhou")
        for method, path, told in EVERYTHING:
            is_refused = REFUSED[scope](method, path)
            body = {} if method == "GET" else {"json": {}}
            said = program.ask(method, path, {200, 403, 404}, **body)
            assert said.status == (403 if is_refused else told), (scope, method, path)


def test_without_the_check_every_scope_opens_everything(caller, monkeypatch):
    """The control."""
    for scope in TokenScope:
        monkeypatch.setitem(scopes.ALLOWS, scope, lambda: True)
    program = caller(TokenScope.LEADS)

    assert program.get("/units").status == 200


def test_acting_registers_a_ticket_and_reading_does_not(caller):
    caller(TokenScope.READ).post("/issues", DRAFT, 403)
    number = caller(TokenScope.ACT).post("/issues", DRAFT, 201)["number"]

    assert caller(TokenScope.READ).get(f"/issues/{number}")["number"] == number


def test_a_machine_posts_leads_and_sees_nothing_not_even_what_there_is(caller):
    machine = caller(TokenScope.LEADS)
    for path in ("/issues", "/issues/NO-1", "/openapi.json", "/nowhere"):
        said = machine.get(path, 403)
        assert said["detail"] == "此接口令牌只能报送线索。"
    machine.get("/leads", 403)
    machine.post("/leads/1/actions/dismiss", {}, 403)
    machine.post("/leads", {}, 422)


def test_a_scope_gives_nothing_its_account_has_not(caller):
    caller(TokenScope.FULL, "chen").post("/issues", DRAFT, 403)
    caller(TokenScope.ACT, "chen").post("/issues", DRAFT, 403)


PART = re.compile(r"<(?:any\(([^,)]+)[^>]*|(\w+)(?:\([^)]*\))?:\w+|\w+)>")
OWN_WAY = {("POST", "/api/v1/leads"), ("GET", "/api/v1/feeds/deadlines.ics")}
"""Leads; and what is opened by a token of its own in the address."""


def address(rule):
    """An address of this rule: of the first of several words, of number 1, of a plain word."""
    return PART.sub(lambda found: found[1] or ("1" if found[2] == "int" else "x"), rule.rule)


def test_a_hundred_leads_posted_twice_are_a_hundred_and_every_other_address_is_shut(app, caller):
    """The machine's own token, over the whole map of addresses and methods."""
    machine = caller(TokenScope.LEADS)
    told = {"origin": "online_monitor", "at": "2025-11-24T09:00:00+08:00"}
    answers = [
        [machine.post("/leads", told | {"origin_ref": f"M-{number}", "text": f"超标{number}"}, 201)
         for number in range(100)]
        for _ in range(2)
    ]  # fmt: skip
    first, second = ([one["id"] for one in turn] for turn in answers)
    assert first == second
    assert db.session.scalar(select(func.count()).select_from(Lead)) == 100

    bearer, asked, let_in = {"Authorization": f"Bearer {machine.token}"}, 0, []
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            if (method, rule.rule) in OWN_WAY or rule.rule in PUBLIC:
                continue
            db.session.rollback()
            alone = contextvars.Context()
            answer = alone.run(client.open, address(rule), method=method, headers=bearer)
            asked += 1
            # a page knows no token: it leads a stranger to sign in
            shut = {403, 404} if rule.rule.startswith("/api/v1/") else {302, 400, 401, 403, 404}
            if answer.status_code not in shut or "/login" not in (answer.location or "/login"):
                let_in.append((method, rule.rule, answer.status_code))
    assert let_in == []
    assert asked > 400
    assert db.session.scalar(select(func.count()).select_from(Lead)) == 100
