"""What a token of each scope may be used for; whatever is not said is refused."""

import pytest
from drafts import DRAFT

from auth import people as acts
from auth.actor import SYSTEM
from extensions import transaction
from issues.api.door import scopes
from issues.vocabulary import TokenScope

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
