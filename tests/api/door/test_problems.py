"""Every refusal is a problem in Chinese: who calls, what is accepted, what can be read."""

import json
import re

import pytest
from drafts import DRAFT
from sqlalchemy import select

from auth import people as accounts
from auth.actor import SYSTEM
from auth.models import ApiToken, User
from extensions import db, transaction
from issues.vocabulary import Status

JSON = "application/json"


def test_without_a_token_nothing_is_told(api):
    for path in ("/issues", "/board", "/units", "/policy", "/notices", "/openapi.json"):
        said = api.stranger.get(path, 401)
        assert said.headers["WWW-Authenticate"] == "Bearer"
    api.stranger.get("/issues/BZ-AF-2025-001", 401)
    api.stranger.post("/issues", DRAFT, 401)
    api.with_token("nonsense").get("/issues", 401)
    api.with_token("").get("/issues", 401)


def test_a_revoked_token_and_a_disabled_account_are_out_at_once(api, people):
    token = api.chen.token
    api.chen.get("/issues")
    with transaction():
        row = db.session.scalars(select(ApiToken).join(User).where(User.name == "chen")).one()
        accounts.revoke_token(people.chen, row.id)
    api.with_token(token).get("/issues", 401)
    api.wu.get("/issues")
    with transaction():
        user_id = db.session.scalar(select(User.id).where(User.name == "wu"))
        accounts.disable(SYSTEM, user_id)
    api.wu.get("/issues", 401)


def test_a_browsers_session_may_call_too_but_changes_only_with_its_token(browser, draft):
    visitor = browser.as_("sun")
    url = f"/api/v1/issues/{draft['number']}"

    assert visitor.get(url).json["number"] == draft["number"]
    refused = visitor.client.patch(url, json={"title": "伪造"})
    assert refused.status_code == 400
    assert refused.mimetype == "application/problem+json"
    token = visitor.bare({})["csrf_token"]
    changed = visitor.client.patch(url, json={"title": "真的"}, headers={"X-CSRFToken": token})
    assert changed.status_code == 200
    assert changed.get_json()["title"] == "真的"


def test_what_is_not_served_is_a_problem(api, draft):
    api.sun.get("/nothing", 404)
    api.sun.get("/issues/BZ-AF-2025-999", 404)
    api.sun.get("/policies/99999999999999999999", 404)
    said = api.sun.ask("DELETE", f"/issues/{draft['number']}", 405)
    assert set(re.split(r",\s*", said.headers["Allow"])) >= {"GET", "PATCH"}
    api.sun.ask("GET", f"/issues/{draft['number']}/actions/assign", 405)


def test_a_caller_that_reads_no_json_is_told_so(api, draft):
    api.sun.get("/issues", 406, headers={"Accept": "text/html"})
    for accepts in (JSON, "application/*", "*/*", "text/html, */*;q=0.1"):
        api.sun.get("/issues", headers={"Accept": accepts})


@pytest.mark.parametrize(
    "data",
    [
        b"{", b"nonsense", b"[]", b"7", b'"text"', b"null", b"\xff\xfe", b'{"title": NaN}',
        b'{"title": "a", "title": "b"}', b"[" * 100_000, b'{"title": "\\ud800"}',
        b'{"note": ' + b"[" * 30 + b"]" * 30 + b"}", b'{"note": "\\u0000"}',
        b'{"note": ' + b"9" * 5000 + b"}",
    ],
    ids=range(14),
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_422_and_does_nothing(api, draft, data):
    number = draft["number"]
    said = {"data": data, "content_type": JSON}

    api.sun.ask("POST", f"/issues/{number}/actions/assign", 422, **said)
    api.sun.ask("POST", "/issues", 422, **said)
    api.sun.ask("PATCH", f"/issues/{number}", 422, **said)
    api.wu.ask("POST", f"/issues/{number}/actions/assign", 404, **said)
    assert api.sun.get(f"/issues/{number}")["version"] == draft["version"]


@pytest.mark.both
@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("\a", "不可见的控制字符（U+0007，在“甲”之后）"),
        ("\0", "不可见的控制字符（U+0000，在“甲”之后）"),
        ("\ud800", "无法识别的字符（U+D800，在“甲”之后）"),
        ("\udfff", "无法识别的字符（U+DFFF，在“甲”之后）"),
    ],
    ids=["BEL", "NUL", "first half", "second half"],
)  # fmt: skip
def test_a_sign_that_no_text_holds_is_told_at_its_field_with_its_place(api, make_issue, sign, said):
    """At any depth, whatever the sign: those that no database keeps like any other."""
    text = f"甲{sign}乙"
    issue = make_issue(Status.PLANNING)
    rows = [{"text": "排查", "deadline": "2026-01-31"}, {"text": text, "deadline": "2026-01-31"}]
    plan = {"measures": rows}

    def faults(caller, path, document):
        data = json.dumps(document).encode("ascii")
        return caller.ask("POST", path, 422, data=data, content_type=JSON)["errors"]

    told = faults(api.sun, "/issues", DRAFT | {"title": text})
    below = faults(api.chenlead, f"/issues/{issue.number}/actions/submit_plan", plan)
    name = faults(api.sun, "/issues", DRAFT | {f"no{sign}name": 1})
    coded = faults(api.sun, "/issues", DRAFT | {"region": text, "source": text})

    assert set(told) == {"title"}
    assert said in told["title"][0]
    assert set(below) == {"measures.1.text"}
    assert said in below["measures.1.text"][0]
    assert list(name.values()) == [["没有这一项"]]
    assert set(coded) == {"region", "source"}
    faults(api.zhou, "/policy/preview", {"near": text, f"no{sign}name": text})


def test_a_body_of_another_kind_is_415(api, draft):
    path = f"/issues/{draft['number']}/actions/assign"

    for kind in ("application/x-www-form-urlencoded", "text/plain", "application/xml"):
        api.sun.ask("POST", path, 415, data=b"a=b", content_type=kind)
    api.sun.ask("POST", f"/issues/{draft['number']}/evidence", 415, json={})
    api.sun.ask("POST", path, 200)


def test_a_body_that_is_too_large_is_413(api):
    large = b'{"title": "' + b"a" * (9 * 1024 * 1024) + b'"}'

    api.sun.ask("POST", "/issues", 413, data=large, content_type=JSON)


def test_answers_are_not_kept_by_anyone_between(api, draft):
    said = api.sun.get(f"/issues/{draft['number']}")

    assert said.headers["Cache-Control"] == "no-store"
    assert said.headers["X-Content-Type-Options"] == "nosniff"
    assert said.headers["Content-Type"] == JSON


def test_text_comes_back_as_it_was_sent(api):
    words = "<script>alert(1)</script> \"引号\" 'x' \\ 生僻字𠮷 ; DROP TABLE issue"
    number = api.sun.post("/issues", DRAFT | {"title": words}, 201)["number"]

    assert api.sun.get(f"/issues/{number}")["title"] == words
    assert api.sun.get("/issues", query_string={"q": "𠮷"})["total"] == 1
